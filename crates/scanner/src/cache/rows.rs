//! The rows of compared commits, in columns.

use bstr::BString;
use debtscan_model::LineDelta;

use super::codec::{Damaged, Reader, Texts, Writer};
use super::commits::{range, read_lengths, write_lengths};
use debtscan_git::change::{ChangeSide, CountResult, RawChange, TextRule};

/// All changes of one commit, as found and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedRows {
    pub(crate) changes: Vec<RawChange>,
    /// One per change.
    pub(crate) counts: Vec<CountResult>,
    /// One per change: the text rule of `.gitattributes` under which it was counted.
    pub(crate) rules: Vec<TextRule>,
    /// True if only exact renames were detected.
    pub(crate) hit_rename_limit: bool,
}

/// State of the rows of one commit of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowState {
    Unknown,
    Known,
    KnownAtRenameLimit,
}

/// The kind of a cached change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CachedKind {
    Added,
    Modified,
    Deleted,
    /// From this path of the segment.
    Renamed(u32),
}

/// A cached change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CachedRow {
    /// Position among the paths of the segment.
    pub(crate) path: u32,
    pub(crate) kind: CachedKind,
    pub(crate) counted: CountResult,
    /// The text rule of `.gitattributes` under which it was counted.
    pub(crate) rule: TextRule,
}

/// The rows of the commits of a segment in one diff mode, one entry per commit.
#[derive(Debug, Default)]
pub(super) struct RowColumns {
    states: Vec<RowState>,
    ends: Vec<usize>,
    all: Vec<CachedRow>,
}

impl RowColumns {
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    pub(super) fn has(&self, position: usize) -> bool {
        self.states.get(position).is_some_and(|state| *state != RowState::Unknown)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.states.iter().all(|state| *state == RowState::Unknown)
    }

    /// Adds the next commit.
    pub(super) fn push(&mut self, rows: Option<&CachedRows>, mut path: impl FnMut(&BString) -> u32) {
        let Some(known) = rows else {
            self.states.push(RowState::Unknown);
            self.ends.push(self.all.len());
            return;
        };
        for ((change, counted), rule) in known.changes.iter().zip(&known.counts).zip(&known.rules) {
            let kind = match (&change.from, change.old, change.new) {
                // Blobs are not stored. Whoever needs them looks the path up in the tree.
                (Some(from), ..) => CachedKind::Renamed(path(from)),
                (None, None, _) => CachedKind::Added,
                (None, Some(_), None) => CachedKind::Deleted,
                (None, Some(_), Some(_)) => CachedKind::Modified,
            };
            self.all.push(CachedRow { path: path(&change.path), kind, counted: *counted, rule: *rule });
        }
        self.states.push(if known.hit_rename_limit { RowState::KnownAtRenameLimit } else { RowState::Known });
        self.ends.push(self.all.len());
    }

    /// The cached rows of a commit; empty if they are unknown.
    pub(super) fn slice(&self, position: usize) -> &[CachedRow] {
        if self.has(position) { &self.all[range(&self.ends, position)] } else { &[] }
    }

    /// True if only exact renames were detected.
    pub(super) fn hit_rename_limit(&self, position: usize) -> bool {
        self.states.get(position) == Some(&RowState::KnownAtRenameLimit)
    }

    /// The rows of a commit as they were found; `None` if they are unknown.
    pub(super) fn get(&self, position: usize, paths: &Texts) -> Option<CachedRows> {
        if !self.has(position) {
            return None;
        }
        let rows = self.slice(position);
        let path = |path: u32| BString::from(paths.get(path as usize));
        let change = |row: &CachedRow| {
            let (old, new) = match row.kind {
                CachedKind::Added => (None, Some(ChangeSide::KNOWN)),
                CachedKind::Deleted => (Some(ChangeSide::KNOWN), None),
                CachedKind::Modified | CachedKind::Renamed(_) => {
                    (Some(ChangeSide::KNOWN), Some(ChangeSide::KNOWN))
                }
            };
            let from = if let CachedKind::Renamed(from) = row.kind { Some(path(from)) } else { None };
            RawChange { path: path(row.path), from, old, new, others: None }
        };
        Some(CachedRows {
            changes: rows.iter().map(change).collect(),
            counts: rows.iter().map(|row| row.counted).collect(),
            rules: rows.iter().map(|row| row.rule).collect(),
            hit_rename_limit: self.states[position] == RowState::KnownAtRenameLimit,
        })
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.count(self.len());
        for state in &self.states {
            to.byte(match state {
                RowState::Unknown => 0,
                RowState::Known => 1,
                RowState::KnownAtRenameLimit => 2,
            });
        }
        write_lengths(&self.ends, to);
        // Column by column, because zstd finds more repetition in bytes of one meaning.
        self.all.iter().for_each(|row| to.byte(code(row)));
        let mut before = 0;
        for row in &self.all {
            // Paths are numbered by first use, so the changes of a commit tend to have close
            // numbers.
            to.signed(i64::from(row.path) - before);
            before = i64::from(row.path);
        }
        for row in &self.all {
            if let CachedKind::Renamed(from) = row.kind {
                to.number(u64::from(from));
            }
        }
        let lines = || self.all.iter().filter_map(|row| lines(row.counted));
        lines().for_each(|lines| to.number(u64::from(lines.added)));
        lines().for_each(|lines| to.number(u64::from(lines.deleted)));
    }

    /// Reads the rows of commits whose paths are among `n_paths`. The caller checks the number of commits.
    pub(super) fn read(bytes: &[u8], n_paths: usize) -> Result<Self, Damaged> {
        let mut from = Reader::new(bytes);
        let n_commits = from.count()?;
        let states = from.column(n_commits, |from| match from.byte()? {
            0 => Ok(RowState::Unknown),
            1 => Ok(RowState::Known),
            2 => Ok(RowState::KnownAtRenameLimit),
            _ => Err(Damaged),
        })?;
        let ends = read_lengths(n_commits, &mut from)?;
        let n_rows = ends.last().copied().unwrap_or(0);
        let mut rows = from.column(n_rows, |from| uncode(from.byte()?))?;
        let valid = |path: u32| if (path as usize) < n_paths { Ok(path) } else { Err(Damaged) };
        let mut before = 0_i64;
        for row in &mut rows {
            // Checked, because a damaged difference can be any 64-bit number.
            before = before.checked_add(from.signed()?).ok_or(Damaged)?;
            row.path = valid(u32::try_from(before).map_err(|_| Damaged)?)?;
        }
        for row in &mut rows {
            if let CachedKind::Renamed(path) = &mut row.kind {
                *path = valid(from.u32()?)?;
            }
        }
        for part in [Part::Added, Part::Deleted] {
            for row in &mut rows {
                if let CountResult::Lines(lines) = &mut row.counted {
                    match part {
                        Part::Added => lines.added = from.u32()?,
                        Part::Deleted => lines.deleted = from.u32()?,
                    }
                }
            }
        }
        from.finish()?;
        Ok(Self { states, ends, all: rows })
    }
}

#[derive(Clone, Copy)]
enum Part {
    Added,
    Deleted,
}

fn lines(counted: CountResult) -> Option<LineDelta> {
    match counted {
        CountResult::Lines(lines) => Some(lines),
        CountResult::Binary | CountResult::TooLarge | CountResult::Unreadable => None,
    }
}

/// Encodes the kind, the count result and the text rule in six bits.
fn code(row: &CachedRow) -> u8 {
    let kind = match row.kind {
        CachedKind::Added => 0,
        CachedKind::Modified => 1,
        CachedKind::Deleted => 2,
        CachedKind::Renamed(_) => 3,
    };
    let counted = match row.counted {
        CountResult::Lines(_) => 0,
        CountResult::Binary => 1,
        CountResult::TooLarge => 2,
        // `new_rows` refuses such commits, because the object may be readable in the next run.
        CountResult::Unreadable => unreachable!("such a commit is not kept"),
    };
    let rule = match row.rule {
        TextRule::Detect => 0,
        TextRule::Text => 1,
        TextRule::Binary => 2,
    };
    kind | counted << 2 | rule << 4
}

fn uncode(code: u8) -> Result<CachedRow, Damaged> {
    let kind = match code & 3 {
        0 => CachedKind::Added,
        1 => CachedKind::Modified,
        2 => CachedKind::Deleted,
        // The source is in a column of its own, which is read next.
        _ => CachedKind::Renamed(0),
    };
    let counted = match code >> 2 & 3 {
        0 => CountResult::Lines(LineDelta::default()),
        1 => CountResult::Binary,
        2 => CountResult::TooLarge,
        _ => return Err(Damaged),
    };
    let rule = match code >> 4 {
        0 => TextRule::Detect,
        1 => TextRule::Text,
        2 => TextRule::Binary,
        _ => return Err(Damaged),
    };
    Ok(CachedRow { path: 0, kind, counted, rule })
}
