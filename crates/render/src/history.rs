//! The changes of the history, one row each, streamed.

use std::io::{self, Write};

use debtscan_model::{Change, ChangeKind, CommitIdx, RepoPath, Scan};
use serde::Serialize;

use super::document::{Block, Cell, Column, Document, Limit, Section};
use super::json::{PathJson, SCHEMA_VERSION};
use super::number::{counted, day, grouped, rfc3339};
use super::text::visible;
use super::{Terminal, markdown};
use crate::options::{Format, RenderOptions};

/// The columns, in the order of every format.
const COLUMNS: [&str; 7] = ["commit", "path", "old_path", "kind", "added", "deleted", "time"];

/// Writes the changes in the order of the scan.
pub(super) fn changes(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    match options.format {
        Format::Csv => delimited(scan, options, out).map_err(super::delimited::cause),
        Format::Json => json(scan, options, out),
        Format::Ndjson => lines(scan, options, out),
        Format::Table => {
            Terminal::new(out, options.width, options.color).document(&document(scan, options.top))
        }
        Format::Markdown => markdown::document(&document(scan, options.top), out),
    }
}

fn kind(change: &Change) -> &'static str {
    match change.kind {
        ChangeKind::Added => "added",
        ChangeKind::Modified => "modified",
        ChangeKind::Deleted => "deleted",
        ChangeKind::Renamed { .. } => "renamed",
    }
}

fn old_path<'a>(scan: &'a Scan, change: &Change) -> Option<&'a RepoPath> {
    match change.kind {
        ChangeKind::Renamed { from } => Some(scan.path(from)),
        ChangeKind::Added | ChangeKind::Modified | ChangeKind::Deleted => None,
    }
}

/// Text of the commit of the current rows, built once per commit.
#[derive(Default)]
struct CommitText {
    index: Option<CommitIdx>,
    id: String,
    time: String,
}

impl CommitText {
    fn move_to(&mut self, scan: &Scan, index: CommitIdx) {
        if self.index != Some(index) {
            let commit = scan.commit(index);
            *self = Self { index: Some(index), id: commit.id.to_string(), time: rfc3339(commit.time) };
        }
    }
}

/// The rows of `git log --no-merges`, or of `git log --first-parent`: git prints no row for the lines
/// that a merge changes against all of its parents.
fn rows(scan: &Scan) -> impl Iterator<Item = &Change> {
    let first_parent = scan.repository.first_parent;
    scan.changes.iter().filter(move |change| first_parent || !scan.commit(change.commit).is_merge())
}

fn shown<'a>(scan: &'a Scan, options: &RenderOptions) -> impl Iterator<Item = &'a Change> {
    rows(scan).take(options.top.unwrap_or(usize::MAX))
}

fn delimited(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
    writer.write_record(COLUMNS)?;
    let mut commit = CommitText::default();
    for change in shown(scan, options) {
        commit.move_to(scan, change.commit);
        writer.write_field(&commit.id)?;
        writer.write_field(scan.path(change.path).as_bytes())?;
        writer.write_field(old_path(scan, change).map_or(&b""[..], RepoPath::as_bytes))?;
        writer.write_field(kind(change))?;
        writer.write_field(change.lines.map_or_else(String::new, |lines| lines.added.to_string()))?;
        writer.write_field(change.lines.map_or_else(String::new, |lines| lines.deleted.to_string()))?;
        writer.write_field(&commit.time)?;
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.flush()?)
}

/// One change in JSON.
#[derive(Serialize)]
struct ChangeJson<'a> {
    commit: &'a str,
    #[serde(flatten)]
    path: PathJson,
    old_path: Option<PathJson>,
    kind: &'static str,
    added: Option<u32>,
    deleted: Option<u32>,
    time: &'a str,
}

fn change_json<'a>(scan: &Scan, change: &Change, commit: &'a CommitText) -> ChangeJson<'a> {
    ChangeJson {
        commit: &commit.id,
        path: PathJson::new(scan.path(change.path)),
        old_path: old_path(scan, change).map(PathJson::new),
        kind: kind(change),
        added: change.lines.map(|lines| lines.added),
        deleted: change.lines.map(|lines| lines.deleted),
        time: &commit.time,
    }
}

fn json(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\"changes\":[")?;
    let mut commit = CommitText::default();
    for (position, change) in shown(scan, options).enumerate() {
        commit.move_to(scan, change.commit);
        out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &change_json(scan, change, &commit))?;
    }
    out.write_all(b"\n]}\n")
}

fn lines(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut commit = CommitText::default();
    for change in shown(scan, options) {
        commit.move_to(scan, change.commit);
        serde_json::to_writer(&mut *out, &change_json(scan, change, &commit))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn document(scan: &Scan, top: Option<usize>) -> Document {
    let limit = Limit::new(top, 10);
    let all = rows(scan).count();
    let rows = rows(scan).take(limit.rows()).map(|change| {
        let commit = scan.commit(change.commit);
        let lines = |count: Option<u32>| Cell::new(count.map_or_else(|| "binary".to_owned(), grouped));
        let path = |path: &RepoPath| visible(path.as_bytes());
        vec![
            Cell::dim(commit.id.short()),
            Cell::new(path(scan.path(change.path))),
            Cell::new(old_path(scan, change).map_or_else(String::new, path)),
            Cell::new(kind(change)),
            lines(change.lines.map(|lines| lines.added)),
            lines(change.lines.map(|lines| lines.deleted)),
            Cell::dim(day(commit.time)),
        ]
    });
    let [id, path, old, kind, added, deleted, time] = COLUMNS;
    let mut more = limit.more(all);
    if !more.is_empty() {
        more.push_str(": use --format csv for all");
    }
    let section = Section {
        title: "CHANGES".to_owned(),
        aside: "oldest first".to_owned(),
        columns: vec![
            Column::word(id, 0),
            Column::path(path, 24, 0),
            Column::path(&old.replace('_', " "), 16, 1),
            Column::word(kind, 2),
            Column::number(added, 0),
            Column::number(deleted, 0),
            Column::word(time, 3),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more }],
        notes: Vec::new(),
    };
    Document {
        header: vec![
            format!("revision {}", scan.repository.revision.short()),
            format!("as of {}", day(scan.as_of)),
            counted(scan.commits.len(), "commit", "commits"),
            counted(all, "change", "changes"),
        ],
        sections: vec![section],
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::options::{Format, RenderOptions};
    use crate::{changes, sample};
    use debtscan_findings::Grouping;

    fn rendered(format: Format) -> Vec<u8> {
        let options = RenderOptions {
            format,
            group: Grouping::Area,
            top: None,
            width: 80,
            color: false,
            invocation: crate::options::Invocation::default(),
        };
        let mut out = Vec::new();
        changes(&sample::scan(), &options, &mut out).unwrap();
        out
    }

    #[test]
    fn csv_keeps_the_bytes_of_paths_and_leaves_binary_counts_empty() {
        let first = "1".repeat(40);
        let second = "2".repeat(40);
        // 2001-09-09T01:46:40Z is second 1,000,000,000
        let expected = [
            b"commit,path,old_path,kind,added,deleted,time\n".to_vec(),
            format!("{first},\"a,b.c\",,added,3,0,2001-09-09T01:46:40Z\n").into_bytes(),
            [first.as_bytes(), b",caf\xe9.png,,added,,,2001-09-09T01:46:40Z\n"].concat(),
            [second.as_bytes(), b",new.c,caf\xe9.png,renamed,1,2,2001-09-09T01:46:41Z\n"].concat(),
        ]
        .concat();
        assert_eq!(rendered(Format::Csv), expected);
    }

    #[test]
    fn json_has_the_same_rows_and_the_bytes_of_odd_paths() {
        let document: Value = serde_json::from_slice(&rendered(Format::Json)).unwrap();
        let rows = document["changes"].as_array().unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1]["path_bytes_hex"], "636166e92e706e67");
        assert_eq!(rows[1]["added"], Value::Null);
        assert_eq!(rows[2]["old_path"]["path_bytes_hex"], "636166e92e706e67");
        let lines = String::from_utf8(rendered(Format::Ndjson)).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(&lines, rows);
    }

    #[test]
    fn a_table_shows_the_changes() {
        let text = String::from_utf8(rendered(Format::Table)).unwrap();
        assert!(text.contains("caf\\xe9.png"), "{text}");
        assert!(text.contains("binary"), "{text}");
    }
}
