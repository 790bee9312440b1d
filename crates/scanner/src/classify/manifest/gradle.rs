//! `settings.gradle`: the projects of a build, parsed as text.

use std::collections::BTreeMap;

use super::facts::{ManifestFacts, workspace};

/// `include 'a', 'b:c'` in any form, `project(':a').projectDir = file('x')`, `rootProject.name = 'n'`.
pub(super) fn settings(text: &str) -> ManifestFacts {
    let text = without_comments(text);
    let mut projects: BTreeMap<String, String> = BTreeMap::new();
    for (position, word) in text.match_indices("include") {
        let rest = &text[position + word.len()..];
        // `includeBuild` and `includeGroup` are other statements.
        // The file is a program, so only its most common statements are understood.
        let is_whole = !rest.starts_with(char::is_alphanumeric)
            && !text[..position].ends_with(|before: char| before.is_alphanumeric() || before == '.');
        if is_whole {
            projects.extend(names(rest).into_iter().map(|name| (name.clone(), name.replace(':', "/"))));
        }
    }
    for line in text.lines().filter(|line| line.contains("projectDir")) {
        let quoted: Vec<&str> = quoted(line).collect();
        if let [project, .., folder] = quoted[..] {
            // A later `projectDir` moves a project that `include` placed by its name.
            projects.insert(project.trim_start_matches(':').to_owned(), folder.to_owned());
        }
    }
    let name = text.lines().find_map(|line| line.trim_start().strip_prefix("rootProject.name"));
    let name = name.and_then(|rest| quoted(rest).next()).map(str::to_owned);
    let members: Vec<String> = projects.into_values().collect();
    ManifestFacts {
        name,
        workspace: (!members.is_empty()).then(|| workspace(members, Vec::new())),
        uses: Vec::new(),
    }
}

/// The quoted names right after `include`, separated only by commas, brackets and white space.
fn names(rest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = rest.trim_start_matches([' ', '\t', '(', '[']);
    while let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let Some((name, after)) = rest[1..].split_once(quote) else { break };
        names.push(name.trim_start_matches(':').to_owned());
        let Some(next) = after.trim_start().strip_prefix(',') else { break };
        rest = next.trim_start();
    }
    names
}

fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split(['"', '\'']).skip(1).step_by(2)
}

fn without_comments(text: &str) -> String {
    let is_comment = |line: &&str| line.trim_start().starts_with("//");
    let lines = text.lines().filter(|line| !is_comment(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::settings;

    fn members(text: &str) -> Vec<String> {
        settings(text).workspace.map(|list| list.members).unwrap_or_default()
    }

    #[test]
    fn projects_are_included_in_any_form() {
        let text = "// include 'no'\ninclude 'clients',\n    'connect:api'\ninclude(\":core\", \"x\")\nincludeBuild 'other'\n";
        assert_eq!(members(text), ["clients", "connect/api", "core", "x"]);
        let text = "include 'a'\nproject(':a').projectDir = file('modules/a')\nrootProject.name = 'root'\n";
        assert_eq!(members(text), ["modules/a"]);
        assert_eq!(settings(text).name.as_deref(), Some("root"));
        assert_eq!(settings("pluginManagement {}\n").workspace, None);
    }
}
