//! Changes that people labelled with the kind of their work -> [`Labels`].

use super::table::{ColumnNames, PlanningError, Table};
use crate::incident::file::IncidentFile;
use crate::incident::options::ReadOptions;
use crate::incident::rejected::{RejectedRow, RowFate, RowPosition};

/// The kind of work that a person sees in a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelledKind {
    /// Something that was not possible before.
    New,
    /// Something that was wrong is put right.
    Repair,
    /// The same in a better state.
    Better,
    /// None of these.
    Other,
}

/// One labelled change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The commit id or its beginning: 7 to 64 hexadecimal digits, lower case.
    pub commit: String,
    /// What the person sees in it.
    pub kind: LabelledKind,
    /// Where it is.
    pub position: RowPosition,
}

/// The labels of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// In the order of the file.
    pub list: Vec<Label>,
    /// Rows without a kind: not yet labelled.
    pub open: usize,
    /// What could not be used: sorted.
    pub rejected: Vec<RejectedRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LabelField {
    Commit,
    Kind,
}

const NAMES: [ColumnNames<LabelField>; 2] = [
    (LabelField::Commit, &["commit", "sha", "hash", "id", "revision"]),
    (LabelField::Kind, &["kind", "label", "type", "work"]),
];

/// Reads labels from a CSV file, as `debtscan allocation --sample` writes one.
///
/// A row without a kind is counted as open; one with an unknown kind or without a commit id is rejected.
///
/// # Errors
/// If the file is not text, or no column names the commits.
pub fn read_labels(file: &IncidentFile, options: &ReadOptions) -> Result<Labels, PlanningError> {
    let table = Table::read("labels", file, &NAMES, &[LabelField::Commit], options)?;
    let mut labels = Labels::default();
    let rejected = &mut labels.rejected;
    for row in table.rows(rejected) {
        let Some(commit) = row.text(LabelField::Commit).map(|text| text.trim().to_ascii_lowercase()) else {
            rejected.push(row.without_name());
            continue;
        };
        if !(7..=64).contains(&commit.len()) || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            rejected.push(row.rejection(
                None,
                &commit,
                "not a commit id of at least 7 digits",
                RowFate::Skipped,
            ));
            continue;
        }
        let Some(word) = row.text(LabelField::Kind) else {
            labels.open += 1;
            continue;
        };
        match kind(word) {
            Some(kind) => labels.list.push(Label { commit, kind, position: row.position() }),
            None => rejected.push(row.rejection(
                None,
                word,
                "not a kind of work: new, repair, better or other",
                RowFate::Skipped,
            )),
        }
    }
    labels.rejected.sort();
    Ok(labels)
}

fn kind(word: &str) -> Option<LabelledKind> {
    match word.trim().to_lowercase().as_str() {
        "new" | "new value" | "feature" | "feat" | "n" => Some(LabelledKind::New),
        "repair" | "fix" | "bug" | "running" | "keeping it running" | "r" => Some(LabelledKind::Repair),
        "better" | "improvement" | "making it better" | "refactor" | "chore" | "b" => {
            Some(LabelledKind::Better)
        }
        "other" | "none" | "unclassified" | "release" | "o" => Some(LabelledKind::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{LabelledKind, read_labels};
    use crate::incident::file::IncidentFile;
    use crate::incident::options::ReadOptions;

    #[test]
    fn labels_open_rows_and_mistakes_are_told_apart() {
        let content =
            "commit,subject,kind\n0123ABCDEF,\"a, b\",Repair\n1123abcdef,x,\n22,y,new\n3123abcdef,z,maybe\n";
        let file = IncidentFile { name: "labels.csv".to_owned(), content: content.as_bytes().to_vec() };
        let labels = read_labels(&file, &ReadOptions::default()).expect("read");
        let found: Vec<_> = labels.list.iter().map(|label| (label.commit.as_str(), label.kind)).collect();
        assert_eq!(found, [("0123abcdef", LabelledKind::Repair)]);
        assert_eq!(labels.open, 1);
        let reasons: Vec<_> =
            labels.rejected.iter().map(|row| (row.position.line, row.value.as_str())).collect();
        assert_eq!(reasons, [(4, "22"), (5, "maybe")]);
    }
}
