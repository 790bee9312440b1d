//! Rows of (commit, path) with their lines, read from git and from debtscan.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{BufRead, Read};

use anyhow::{Context, Result, bail, ensure};

/// Commit id in hexadecimal, path: both as bytes.
pub(super) type RowKey = (Vec<u8>, Vec<u8>);

/// All rows of one side, by commit and path.
pub(super) type NumstatRows = BTreeMap<RowKey, NumstatRow>;

/// One path in one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumstatRow {
    /// Lines added and deleted; `None` for binary content.
    pub(super) lines: Option<(u64, u64)>,
    /// The path it was renamed from.
    pub(super) from: Option<Vec<u8>>,
}

/// The columns of `debtscan changes --format csv`.
const COLUMNS: [&str; 7] = ["commit", "path", "old_path", "kind", "added", "deleted", "time"];

/// Starts the record of a commit in the output of `git log`; no numstat record starts with it.
const COMMIT_MARK: u8 = 1;

/// Reads `git log -z --numstat --format=%x01%H`.
pub(super) fn from_git(mut input: impl BufRead) -> Result<NumstatRows> {
    let mut rows = NumstatRows::new();
    let mut commit = Vec::new();
    while let Some(record) = next_record(&mut input)? {
        // Even with `-z`, a line break separates the header of a commit from its first row.
        let record = record.strip_prefix(b"\n").unwrap_or(&record);
        if let Some(id) = record.strip_prefix(&[COMMIT_MARK]) {
            commit = id.to_vec();
            continue;
        }
        // At most three, as a path may contain tabs itself.
        let mut fields = record.splitn(3, |byte| *byte == b'\t');
        let (Some(added), Some(deleted), Some(path)) = (fields.next(), fields.next(), fields.next()) else {
            bail!("`{}` is not a numstat record", record.escape_ascii());
        };
        let lines = parse_lines(added, deleted, b"-")?;
        // A rename has an empty path here, and both paths as the next two records.
        let (path, from) = if path.is_empty() {
            let from = next_record(&mut input)?.context("a rename names its old path")?;
            let to = next_record(&mut input)?.context("a rename names its new path")?;
            (to, Some(from))
        } else {
            (path.to_vec(), None)
        };
        insert(&mut rows, (commit.clone(), path), NumstatRow { lines, from })?;
    }
    Ok(rows)
}

/// Reads up to the next NUL; `None` at the end.
fn next_record(input: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    let mut record = Vec::new();
    if input.read_until(0, &mut record)? == 0 {
        return Ok(None);
    }
    if record.last() == Some(&0) {
        record.pop();
    }
    Ok(Some(record))
}

/// Reads `debtscan changes --format csv`.
pub(super) fn from_debtscan(input: impl Read) -> Result<NumstatRows> {
    let mut reader = csv::Reader::from_reader(input);
    let header = reader.byte_headers()?.clone();
    let expected = csv::ByteRecord::from(COLUMNS.to_vec());
    // New columns may follow the known ones.
    ensure!(
        header.iter().take(COLUMNS.len()).eq(expected.iter()),
        "the columns are {header:?}, not {expected:?}"
    );
    let mut rows = NumstatRows::new();
    for record in reader.into_byte_records() {
        let record = record?;
        let field = |at: usize| record.get(at).unwrap_or_default();
        let from = (!field(2).is_empty()).then(|| unquote(field(2)));
        let lines = parse_lines(field(4), field(5), b"")?;
        insert(&mut rows, (field(0).to_vec(), unquote(field(1))), NumstatRow { lines, from })?;
    }
    Ok(rows)
}

fn insert(rows: &mut NumstatRows, key: RowKey, row: NumstatRow) -> Result<()> {
    match rows.entry(key) {
        Entry::Vacant(vacant) => {
            vacant.insert(row);
            Ok(())
        }
        Entry::Occupied(occupied) => {
            let (commit, path) = occupied.key();
            bail!("two rows for {} in {}", path.escape_ascii(), commit.escape_ascii())
        }
    }
}

fn parse_lines(added: &[u8], deleted: &[u8], binary: &[u8]) -> Result<Option<(u64, u64)>> {
    if added == binary && deleted == binary {
        return Ok(None);
    }
    let number = |field: &[u8]| {
        let text = str::from_utf8(field).ok().and_then(|text| text.parse().ok());
        text.with_context(|| format!("`{}` is not a line count", field.escape_ascii()))
    };
    Ok(Some((number(added)?, number(deleted)?)))
}

/// Undoes git's C-style quoting (`"caf\303\251"`); a path without quotes is unchanged.
fn unquote(field: &[u8]) -> Vec<u8> {
    let Some(inner) = field.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) else {
        return field.to_vec();
    };
    let mut path = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'\\' {
            path.push(*byte);
            continue;
        }
        let octal: Vec<u8> =
            rest.iter().copied().take(3).take_while(|digit| matches!(digit, b'0'..=b'7')).collect();
        // git always writes three digits, so a digit that follows is part of the name.
        if octal.len() == 3 {
            path.push(octal.iter().fold(0, |value: u8, digit| (value << 3) | (digit - b'0')));
            rest = &rest[3..];
        } else if let Some((letter, after)) = rest.split_first() {
            path.push(match letter {
                b'a' => 7,
                b'b' => 8,
                b't' => b'\t',
                b'n' => b'\n',
                b'v' => 11,
                b'f' => 12,
                b'r' => b'\r',
                other => *other,
            });
            rest = after;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{NumstatRow, from_debtscan, unquote};

    #[test]
    fn debtscan_is_read_with_quoted_and_raw_paths() {
        let text = b"commit,path,old_path,kind,added,deleted,time\n\
            aa,\"a,b\",,modified,1,2,t\naa,\"\"\"caf\\351\"\"\",,added,,,t\naa,new,old,renamed,0,0,t\n";
        let rows = from_debtscan(text.as_slice()).expect("readable");
        let expected = [
            (b"\"caf\\351\"".as_slice(), NumstatRow { lines: None, from: None }),
            (b"a,b", NumstatRow { lines: Some((1, 2)), from: None }),
            (b"new", NumstatRow { lines: Some((0, 0)), from: Some(b"old".to_vec()) }),
        ];
        assert_eq!(rows.len(), expected.len());
        for (path, row) in expected {
            assert_eq!(rows[&(b"aa".to_vec(), unquote(path))], row, "{}", path.escape_ascii());
        }
    }

    #[test]
    fn surprises_are_errors() {
        assert!(from_debtscan(b"commit,path\n".as_slice()).is_err(), "columns");
        let twice = "commit,path,old_path,kind,added,deleted,time\na,p,,added,1,0,t\na,p,,added,1,0,t\n";
        assert!(from_debtscan(twice.as_bytes()).is_err(), "a row twice");
        let half = "commit,path,old_path,kind,added,deleted,time\na,p,,added,1,,t\n";
        assert!(from_debtscan(half.as_bytes()).is_err(), "half binary");
    }

    #[test]
    fn quoting_is_undone() {
        let table: [(&[u8], &[u8]); 4] = [
            (b"plain", b"plain"),
            (br#""caf\303\251""#, b"caf\xc3\xa9"),
            (br#""a\tb\\\"c""#, b"a\tb\\\"c"),
            (b"caf\xe9", b"caf\xe9"),
        ];
        for (quoted, expected) in table {
            assert_eq!(unquote(quoted), expected, "{}", quoted.escape_ascii());
        }
    }
}
