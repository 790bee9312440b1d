//! The configuration that `debtscan init` writes: the template, with what was found in place of its examples.
//!
//! Everything stays a comment, so that the file changes no figure before somebody has read it.

use debtscan_findings::AreaList;

use crate::areas_config::{as_toml, quoted};
use crate::number::{count, counted};

/// Areas that a leader still tells apart; more are a list for machines.
const MOST_AREAS: usize = 15;

/// What was found in a repository.
#[derive(Debug, Clone, Copy)]
pub struct Starter<'a> {
    /// The name of its folder.
    pub name: Option<&'a str>,
    /// Files at its root that look like exports of incidents.
    pub incident_files: &'a [String],
    /// Its areas; `None` if the history could not be read.
    pub areas: Option<&'a AreaList>,
}

/// The template with what was found.
pub fn starter_config(template: &str, found: &Starter<'_>) -> String {
    let mut text = template.to_owned();
    if let Some(name) = found.name {
        text = with_value(&text, "name", &quoted(name));
    }
    if !found.incident_files.is_empty() {
        let files: Vec<String> = found.incident_files.iter().map(|file| quoted(file)).collect();
        text = with_value(&text, "files", &format!("[{}]", files.join(", ")));
    }
    if let Some(list) = found.areas {
        text = with_bots(&text, list);
        text = with_areas(&text, list);
    }
    text
}

/// Replaces the example of the first setting of this name.
fn with_value(text: &str, key: &str, value: &str) -> String {
    let start = format!("#{key} = ");
    let mut is_done = false;
    let line = |line: &str| {
        if is_done || !line.starts_with(&start) {
            return format!("{line}\n");
        }
        is_done = true;
        format!("{start}{value}\n")
    };
    text.lines().map(line).collect()
}

fn with_bots(text: &str, list: &AreaList) -> String {
    let bots = &list.head.totals.bots;
    if bots.is_empty() {
        return text.to_owned();
    }
    // Names are text of strangers: quoted, and in a comment that a line end cannot leave.
    let names: Vec<String> = bots.iter().map(|bot| quoted(&bot.name)).collect();
    let found = format!("# Excluded here without this key: {}.\n#bots = ", names.join(", "));
    text.replacen("#bots = ", &found, 1)
}

/// Replaces the examples of areas, which end the template.
fn with_areas(text: &str, list: &AreaList) -> String {
    let Some(at) = text.find("#[[area]]\n") else { return text.to_owned() };
    let areas = list.as_rules.len();
    let mut text = format!(
        "{}# The areas here, from: {}. The first area that matches a path wins, so the order matters.\n",
        &text[..at],
        list.head.area_source
    );
    if areas > MOST_AREAS {
        let words = format!(
            "# These are {} areas, more than a leader tells apart: name about ten. All of them, as settings:\n\
             # debtscan areas --write-config. The largest:\n",
            count(areas)
        );
        text.push_str(&words);
    }
    if list.rest_files > 0 {
        let files = counted(list.rest_files, "file is", "files are");
        text.extend(["# In no area: ", &files, " unassigned.\n"]);
    }
    for line in as_toml(&shown(list)).trim_start().lines() {
        text.extend(if line.is_empty() { ["", "", "\n"] } else { ["#", line, "\n"] });
    }
    text
}

/// The rules of the areas with most code, in their order.
fn shown(list: &AreaList) -> Vec<debtscan_findings::AreaRule> {
    // Areas of a list are sorted by lines of code.
    let largest: Vec<&str> = list.areas.iter().take(MOST_AREAS).map(|area| area.name.as_str()).collect();
    list.as_rules.iter().filter(|rule| largest.contains(&rule.name.as_str())).cloned().collect()
}
