//! Which rows of a tracker are incidents of this repository, by the words of its columns.

use super::field::IncidentField;
use super::record::Incident;

/// What the user says about which rows count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncidentFilter {
    rules: Vec<FilterRule>,
    elsewhere: Vec<NamePattern>,
}

/// The values of one column by which rows count.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FilterRule {
    field: FilterField,
    /// Folded; empty if every value counts that is not in `unwanted`.
    wanted: Vec<String>,
    unwanted: Vec<String>,
}

/// What rows can be chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilterField {
    /// What the tracker calls the item: bug, story.
    Type,
    /// Any of its labels.
    Label,
    /// Where it is in the workflow: open, closed.
    State,
    /// How it was closed: fixed, duplicate.
    Resolution,
}

/// A name, or the beginning of one before `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct NamePattern {
    /// In lower case.
    start: String,
    is_whole: bool,
}

/// A filter that cannot choose anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFilter {
    /// A rule without a word, or a word without a letter or digit.
    #[error("`{0}` has no letter or digit: write a word as it is in the column, or `!` and the word")]
    NoWord(String),
    /// A rule without any word.
    #[error("it is empty: write the words that count, or remove it")]
    NoWords,
}

impl FilterField {
    /// Every field, in the order of the checks.
    pub const ALL: [Self; 4] = [Self::Type, Self::Label, Self::State, Self::Resolution];

    pub(super) fn column(self) -> IncidentField {
        match self {
            Self::Type => IncidentField::Kind,
            Self::Label => IncidentField::Labels,
            Self::State => IncidentField::State,
            Self::Resolution => IncidentField::Resolution,
        }
    }

    fn excluded(self) -> &'static str {
        match self {
            Self::Type => "excluded by `type` in [incidents.where]",
            Self::Label => "excluded by `label` in [incidents.where]",
            Self::State => "excluded by `state` in [incidents.where]",
            Self::Resolution => "excluded by `resolution` in [incidents.where]",
        }
    }
}

impl IncidentFilter {
    /// Lets only rows count with one of these words in the field, and none that follows a `!`. It replaces what
    /// is known of the tool's own words in that field.
    ///
    /// # Errors
    /// If a word has no letter or digit, or there is none.
    pub fn add(&mut self, field: FilterField, words: &[String]) -> Result<(), InvalidFilter> {
        if words.is_empty() {
            return Err(InvalidFilter::NoWords);
        }
        let mut rule = FilterRule { field, wanted: Vec::new(), unwanted: Vec::new() };
        for word in words {
            let (list, bare) = match word.trim().strip_prefix('!') {
                Some(bare) => (&mut rule.unwanted, bare),
                None => (&mut rule.wanted, word.as_str()),
            };
            let folded = folded(bare);
            if folded.is_empty() {
                return Err(InvalidFilter::NoWord(word.clone()));
            }
            list.push(folded);
        }
        self.rules.push(rule);
        Ok(())
    }

    /// Excludes incidents of this ID, service or project; a `*` at the end stands for any text.
    ///
    /// # Errors
    /// If the name has no letter or digit.
    pub fn add_elsewhere(&mut self, name: &str) -> Result<(), InvalidFilter> {
        let start = name.trim().trim_end_matches('*').to_lowercase();
        if !start.contains(char::is_alphanumeric) {
            return Err(InvalidFilter::NoWord(name.to_owned()));
        }
        self.elsewhere.push(NamePattern { start, is_whole: !name.trim().ends_with('*') });
        Ok(())
    }

    /// Both filters as one.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.rules.extend_from_slice(&other.rules);
        self.elsewhere.extend_from_slice(&other.elsewhere);
        self
    }

    /// The value by which the user excludes a row, and why; `None` inside if it counts, outside without a rule.
    #[expect(clippy::option_option, reason = "no rule is not the same as a rule that lets the row count")]
    pub(super) fn excluding(
        &self,
        field: FilterField,
        values: &[String],
    ) -> Option<Option<(String, &'static str)>> {
        let rule = self.rules.iter().find(|rule| rule.field == field)?;
        Some(rule.excluding(values).map(|value| (value, field.excluded())))
    }

    /// Why an incident belongs to another repository: its ID, all of its services, or, without services, all of its
    /// projects are named as such.
    pub(super) fn elsewhere(&self, incident: &Incident) -> Option<Exclusion> {
        let is_elsewhere = |name: &String| {
            let name = name.to_lowercase();
            self.elsewhere.iter().any(|pattern| pattern.matches(&name))
        };
        let names = if incident.services.is_empty() {
            ("project", &incident.projects)
        } else {
            ("service", &incident.services)
        };
        let (column, value) = if is_elsewhere(&incident.id) {
            ("id", incident.id.clone())
        } else if !names.1.is_empty() && names.1.iter().all(is_elsewhere) {
            (names.0, names.1.join(", "))
        } else {
            return None;
        };
        let reason = "belongs elsewhere by `elsewhere` in [incidents]";
        Some(Exclusion { column: column.to_owned(), value, reason })
    }
}

impl FilterRule {
    /// The value that excludes a row, all of them if none is wanted; `None` if the row counts.
    fn excluding(&self, values: &[String]) -> Option<String> {
        let folded: Vec<String> = values.iter().map(|value| folded(value)).collect();
        if let Some(position) = folded.iter().position(|value| self.unwanted.contains(value)) {
            return Some(values[position].clone());
        }
        let is_wanted = self.wanted.is_empty() || folded.iter().any(|value| self.wanted.contains(value));
        (!is_wanted).then(|| values.join(", "))
    }
}

impl NamePattern {
    fn matches(&self, name: &str) -> bool {
        if self.is_whole { name == self.start } else { name.starts_with(&self.start) }
    }
}

/// What one row says of being an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowVerdict {
    /// Nothing.
    Silent,
    /// It is one.
    Counts,
    /// It is none.
    Excluded(Exclusion),
}

/// Why a row is excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exclusion {
    /// The column that says so.
    pub(super) column: String,
    pub(super) value: String,
    pub(super) reason: &'static str,
}

/// What makes a row of a known tool no incident, and why.
pub(super) fn no_incident(field: FilterField, values: &[String]) -> Option<(String, &'static str)> {
    let all_are = |known: &[&str]| values.iter().all(|value| known.contains(&folded(value).as_str()));
    // All labels, not any: people mark a bug in a feature as both.
    let reason = match field {
        FilterField::Type if all_are(&NO_INCIDENTS) => "no incident by its type",
        FilterField::Label if all_are(&NO_INCIDENTS) => "no incident by its labels",
        FilterField::Resolution if all_are(&NOT_FIXED) => "no incident by its resolution",
        _ => return None,
    };
    Some((values.join(", "), reason))
}

/// Types and labels of work that nobody suffered from.
const NO_INCIDENTS: [&str; 14] = [
    "story",
    "user story",
    "epic",
    "feature",
    "new feature",
    "feature request",
    "improvement",
    "enhancement",
    "initiative",
    "wish",
    "historia",
    "épica",
    "verbesserung",
    "neue funktion",
];

/// Resolutions of what was counted elsewhere or is no defect.
const NOT_FIXED: [&str; 9] = [
    "duplicate",
    "not planned",
    "won t do",
    "wont do",
    "invalid",
    "not a bug",
    "rejected",
    "declined",
    "duplikat",
];

/// The words of a text in lower case, punctuation as blanks.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{FilterField, IncidentFilter};
    use crate::{IncidentFile, Incidents, ReadOptions, read};

    fn filter(rules: &[(FilterField, &[&str])], elsewhere: &[&str]) -> IncidentFilter {
        let mut filter = IncidentFilter::default();
        for (field, words) in rules {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            filter.add(*field, &words).expect("words");
        }
        for name in elsewhere {
            filter.add_elsewhere(name).expect("a name");
        }
        filter
    }

    fn file(name: &str, content: &str) -> IncidentFile {
        IncidentFile { name: name.to_owned(), content: content.into() }
    }

    fn ids(incidents: &Incidents) -> Vec<&str> {
        incidents.list.iter().map(|incident| incident.id.as_str()).collect()
    }

    fn excluded(incidents: &Incidents) -> Vec<(u64, &str, &str)> {
        let rows = incidents.rejected.iter().filter(|row| row.is_excluded());
        rows.map(|row| (row.position.line, row.value.as_str(), row.reason.as_str())).collect()
    }

    const JIRA: &str = "Summary,Issue key,Issue id,Issue Type,Status,Resolution,Labels,Created\n\
        a,OPS-1,1,Bug,Done,Fixed,incident,2026-01-05 10:00\n\
        b,OPS-2,2,Story,Done,Done,incident,2026-01-06 10:00\n\
        c,OPS-3,3,Bug,Done,Duplicate,incident,not a date\n\
        d,OPS-4,4,Bug,Open,,flaky,2026-01-07 10:00\n\
        e,OPS-5,5,Incident,Done,Fixed,,2026-01-08 10:00\n";

    #[test]
    fn stories_and_duplicates_are_excluded_and_lose_nothing() {
        let incidents = read(&[file("a.csv", JIRA)], &ReadOptions::default()).expect("usable");
        assert_eq!(ids(&incidents), ["OPS-1", "OPS-4", "OPS-5"]);
        assert_eq!(
            excluded(&incidents),
            [(3, "Story", "no incident by its type"), (4, "Duplicate", "no incident by its resolution")]
        );
        assert_eq!((incidents.files[0].dropped, incidents.files[0].excluded), (0, 2));
        // The date of a row that does not count is nobody's loss.
        assert!(incidents.rejected.iter().all(super::super::rejected::RejectedRow::is_excluded));
    }

    #[test]
    fn the_words_of_the_user_replace_those_of_the_tool_in_their_column() {
        let read = |rules: &[(FilterField, &[&str])]| {
            let options = ReadOptions { filter: filter(rules, &[]), ..ReadOptions::default() };
            let incidents = read(&[file("a.csv", JIRA)], &options).expect("usable");
            ids(&incidents).join(" ")
        };
        assert_eq!(read(&[(FilterField::Type, &["story", "INCIDENT"])]), "OPS-2 OPS-5");
        assert_eq!(read(&[(FilterField::Type, &["!Bug"])]), "OPS-2 OPS-5");
        // A row without a label does not have the label.
        assert_eq!(read(&[(FilterField::Label, &["incident"])]), "OPS-1");
        assert_eq!(read(&[(FilterField::Label, &["!flaky"])]), "OPS-1 OPS-5");
        assert_eq!(read(&[(FilterField::State, &["open"])]), "OPS-4");
        assert_eq!(read(&[(FilterField::Resolution, &["!fixed"])]), "OPS-3 OPS-4");
        assert_eq!(read(&[(FilterField::Type, &["bug"]), (FilterField::State, &["done"])]), "OPS-1");
    }

    #[test]
    fn a_file_without_the_column_says_nothing_of_it() {
        let costs = file("costs.csv", "id,cost_usd\nOPS-1,100\nOPS-2,200\nX-9,5\n");
        let rules = filter(&[(FilterField::Type, &["bug"])], &[]);
        let options = ReadOptions { filter: rules, ..ReadOptions::default() };
        let incidents = read(&[file("a.csv", JIRA), costs], &options).expect("usable");
        // OPS-2 is a story, and its cost goes with it.
        assert_eq!(ids(&incidents), ["X-9", "OPS-1", "OPS-4"]);
        let files: Vec<_> = incidents.files.iter().map(|file| (file.dropped, file.excluded)).collect();
        assert_eq!(files, [(0, 3), (0, 1)]);
        assert_eq!(incidents.rows, incidents.list.len() as u64 + incidents.merged_rows + 4);
    }

    #[test]
    fn what_belongs_to_another_repository_is_excluded() {
        let content = "id,service,project\nPAY-1,web,\nOPS-2,billing,\nOPS-3,\"billing, web\",\nOPS-4,,Mobile app\nOPS-5,,\n";
        let options = ReadOptions {
            filter: filter(&[], &["pay-*", "Billing", "mobile APP"]),
            ..ReadOptions::default()
        };
        let incidents = read(&[file("a.csv", content)], &options).expect("usable");
        assert_eq!(ids(&incidents), ["OPS-3", "OPS-5"]);
        let reason = "belongs elsewhere by `elsewhere` in [incidents]";
        assert_eq!(
            excluded(&incidents),
            [(2, "PAY-1", reason), (3, "billing", reason), (5, "Mobile app", reason)]
        );
    }

    #[test]
    fn words_that_choose_nothing_are_refused() {
        let mut filter = IncidentFilter::default();
        assert!(filter.add(FilterField::Type, &[]).is_err());
        assert!(filter.add(FilterField::Type, &["!".to_owned()]).is_err());
        assert!(filter.add_elsewhere("*").is_err());
    }
}
