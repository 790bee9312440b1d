//! The changes of the history, one row each, streamed.

use std::io::{self, Write};

use debtscan_model::{Change, ChangeKind, RepoPath, Scan};

use super::document::{Block, Cell, Document, Limit, Section};
use super::json::{RowWriter, SCHEMA_VERSION};
use super::listing::{Column, JsonObject, Kind, Value, cells, headings};
use super::number::{counted, day, grouped};
use super::terminal::Terminal;
use super::{delimited, html, markdown};
use crate::options::{Format, RenderOptions};

/// A change with its scan.
struct ChangedFile<'a> {
    scan: &'a Scan,
    change: &'a Change,
}

impl ChangedFile<'_> {
    fn old_path(&self) -> Option<&RepoPath> {
        match self.change.kind {
            ChangeKind::Renamed { from } => Some(self.scan.path(from)),
            ChangeKind::Added | ChangeKind::Modified | ChangeKind::Deleted => None,
        }
    }

    fn kind(&self) -> &'static str {
        match self.change.kind {
            ChangeKind::Added => "added",
            ChangeKind::Modified => "modified",
            ChangeKind::Deleted => "deleted",
            ChangeKind::Renamed { .. } => "renamed",
        }
    }
}

const OLD_PATH: JsonObject =
    JsonObject { key: "old_path", name: "PathJson", doc: "The path before the change.", is_nullable: true };

/// The columns, in the order of every format.
fn columns<'a>() -> Vec<Column<ChangedFile<'a>>> {
    let lines =
        |key, value, cell| Column::new(key, Kind::Count, "", value).nullable().shown(key, 0).cell(cell);
    vec![
        Column::new("commit", Kind::Word, "", |it: &ChangedFile<'a>| {
            Value::word(it.scan.commit(it.change.commit).id.to_string())
        })
        .shown("commit", 0)
        .cell(|it| Cell::dim(it.scan.commit(it.change.commit).id.short())),
        Column::new("path", Kind::Path, "", |it: &ChangedFile<'a>| {
            Value::Path(it.scan.path(it.change.path).clone())
        })
        .shown("path", 0),
        Column::new("old_path", Kind::Path, "", |it: &ChangedFile<'a>| Value::path(it.old_path()))
            // An object with a `path`, as every other path in JSON that may be missing.
            .json("path")
            .inside(&[&OLD_PATH])
            .shown("old path", 1)
            .comfort(16),
        Column::new("kind", Kind::Word, "", |it: &ChangedFile<'a>| Value::word(it.kind())).shown("kind", 2),
        lines(
            "added",
            |it: &ChangedFile<'a>| Value::maybe_count(it.change.lines.map(|lines| lines.added)),
            |it| line_count(it.change.lines.map(|lines| lines.added)),
        ),
        lines(
            "deleted",
            |it: &ChangedFile<'a>| Value::maybe_count(it.change.lines.map(|lines| lines.deleted)),
            |it| line_count(it.change.lines.map(|lines| lines.deleted)),
        ),
        Column::new("time", Kind::Time, "", |it: &ChangedFile<'a>| {
            Value::Time(it.scan.commit(it.change.commit).time)
        })
        .shown("time", 3),
    ]
}

fn line_count(lines: Option<u32>) -> Cell {
    // git counts no lines of binary content; 0 would say that nothing changed.
    Cell::new(lines.map_or_else(|| "binary".to_owned(), grouped))
}

/// Writes the changes in the order of the scan.
pub(super) fn changes(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    match options.format {
        Format::Csv => {
            let rows = shown(scan, options);
            delimited::table(&columns(), rows, &[], options.formulas, out).map_err(delimited::cause)
        }
        Format::Json => json(scan, options, out),
        Format::Ndjson => lines(scan, options, out),
        Format::Table => Terminal::new(out, options).document(&document(scan, options.top)),
        Format::Markdown => markdown::document(&document(scan, options.top), out),
        Format::Html => html::document(&document(scan, html::with_rows(options).top), out),
    }
}

/// The rows of `git log --no-merges`, or of `git log --first-parent`: git prints no row for the lines
/// that a merge changes against all of its parents.
fn rows(scan: &Scan) -> impl Iterator<Item = ChangedFile<'_>> {
    let first_parent = scan.repository.first_parent;
    let is_shown = move |change: &&Change| first_parent || !scan.commit(change.commit).is_merge();
    scan.changes.iter().filter(is_shown).map(move |change| ChangedFile { scan, change })
}

fn shown<'a>(scan: &'a Scan, options: &RenderOptions) -> impl Iterator<Item = ChangedFile<'a>> {
    rows(scan).take(options.top.unwrap_or(usize::MAX))
}

fn json(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    // Streamed by hand: a long history has too many changes to collect for a serialiser.
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\"changes\":[")?;
    let writer = RowWriter::new(columns());
    for (position, row) in shown(scan, options).enumerate() {
        out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
        writer.write(&row, out)?;
    }
    out.write_all(b"\n]}\n")
}

fn lines(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let writer = RowWriter::new(columns());
    for row in shown(scan, options) {
        writer.write(&row, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn document(scan: &Scan, top: Option<usize>) -> Document {
    let limit = Limit::new(top, 10);
    // A second pass instead of a list of all rows: they are cheap to find and many.
    let all = rows(scan).count();
    let columns = columns();
    let mut more = limit.more(all);
    if !more.is_empty() {
        more.push_str(": use --format csv for all");
    }
    let section = Section {
        title: "CHANGES".to_owned(),
        aside: "oldest first".to_owned(),
        columns: headings(&columns),
        blocks: vec![Block {
            subject: None,
            rows: rows(scan).take(limit.rows()).map(|row| cells(&columns, &row)).collect(),
            more,
        }],
        notes: Vec::new(),
    };
    Document {
        banner: String::new(),
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

    use crate::options::{Detail, Format, Names, RenderOptions};
    use crate::{changes, sample};
    use debtscan_findings::Grouping;

    fn rendered(format: Format) -> Vec<u8> {
        let options = RenderOptions {
            format,
            group: Grouping::Area,
            sort: crate::options::Sort::Cost,
            top: None,
            width: 80,
            names: Names::Fitted,
            detail: Detail::Full,
            color: false,
            formulas: crate::options::Formulas::Escape,
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
