//! The areas of a list as tables of `debtscan.toml`.

use debtscan_findings::{AreaList, AreaRule};

use super::number::counted;

/// The areas as `[[area]]` tables of `debtscan.toml`, after a comment that names their source.
pub fn areas_config(list: &AreaList) -> String {
    let mut text = format!(
        "# The areas at {}, from: {}. Put them into debtscan.toml to use them.\n\
         # The first area that matches a path wins, so the order matters.\n",
        list.head.revision.short(),
        list.head.area_source,
    );
    if list.rest_files > 0 {
        text.extend(["# Unassigned: ", &counted(list.rest_files, "file", "files"), ".\n"]);
    }
    if list.misplaced_files > 0 {
        let files = counted(list.misplaced_files, "file", "files");
        text.extend(["# ", &files, " may move to another area: no pattern can match the path exactly.\n"]);
    }
    // Written by hand, not by a serialiser: order, line breaks and comments are for whoever edits
    // it.
    text.push_str(&as_toml(&list.as_rules));
    text
}

/// Rules as tables of `debtscan.toml`.
pub(crate) fn as_toml(rules: &[AreaRule]) -> String {
    let mut text = String::new();
    for rule in rules {
        text.push_str("\n[[area]]\n");
        text.extend(rule.id.iter().map(|id| format!("id = {}\n", quoted(id))));
        text.extend(["name = ", &quoted(&rule.name), "\n"]);
        text.extend(["paths = ", &list(&rule.paths), "\n"]);
        if !rule.aliases.is_empty() {
            text.extend(["aliases = ", &list(&rule.aliases), "\n"]);
        }
        text.extend(rule.owner.iter().map(|owner| format!("owner = {}\n", quoted(owner))));
    }
    text
}

fn list(items: &[String]) -> String {
    if let [only] = items {
        return format!("[{}]", quoted(only));
    }
    let lines: Vec<String> = items.iter().map(|item| format!("    {},\n", quoted(item))).collect();
    format!("[\n{}]", lines.concat())
}

/// A basic string of TOML.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        match character {
            // Names of folders may hold anything, and must not end the string or add a key.
            '"' | '\\' => out.extend(['\\', character]),
            _ if character.is_control() => out.extend([format!("\\u{:04X}", u32::from(character))]),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
