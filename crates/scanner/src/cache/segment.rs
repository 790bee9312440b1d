//! A file of the cache: commits, their rows, and measured files.

use std::io;

use bstr::{BStr, BString};
use debtscan_model::{FileClass, to_u32};
use rustc_hash::FxHashMap;

use super::codec::{Damaged, Reader, Texts, Writer};
use super::commits::Commits;
use super::container::{self, Sections, Unusable};
use super::files::{self, CachedFile, FileEntry};
use super::rows::{CachedRows, RowColumns};
use crate::options::Walk;
use crate::table::commit::DecodedCommit;
use debtscan_git::id::ObjectId;
use debtscan_git::renames::Renames;

/// How commits are compared with their parents. The rows of each mode are stored separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct DiffMode(usize);

impl DiffMode {
    /// Number of modes.
    // Renames and followed parents change which rows a commit has, the window and the scope do not.
    pub(super) const COUNT: usize = 4;

    pub(super) fn new(renames: Renames, walk: Walk) -> Self {
        Self(match (renames, walk) {
            (Renames::Follow, Walk::AllParents) => 0,
            (Renames::Off, Walk::AllParents) => 1,
            (Renames::Follow, Walk::FirstParent) => 2,
            (Renames::Off, Walk::FirstParent) => 3,
        })
    }

    /// Position among the modes, less than [`DiffMode::COUNT`].
    pub(super) fn index(self) -> usize {
        self.0
    }
}

/// Kinds of sections. The rows of each mode follow from [`ROWS`] on.
const IDS: u8 = 0;
const COMMITS: u8 = 1;
const PATHS: u8 = 2;
const FILES: u8 = 3;
const CLASSES: u8 = 4;
// The gap leaves room for further kinds before the rows.
const ROWS: u8 = 16;

/// The sections of a file that a reader needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    Everything,
    /// Commits, the rows of one mode, and optionally files.
    For {
        mode: DiffMode,
        files: bool,
    },
}

/// The content of a file of the cache.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    pub(super) commits: Commits,
    pub(super) paths: Texts,
    /// The class of each path as decided by the path alone; `None` if unknown or if an attribute decides.
    /// Empty, or one entry per path.
    pub(super) classes: Vec<Option<FileClass>>,
    /// By mode; each is empty or has one entry per commit.
    pub(super) rows: [RowColumns; DiffMode::COUNT],
    pub(super) files: Vec<FileEntry>,
    path_position: FxHashMap<BString, u32>,
}

impl Segment {
    pub(super) fn is_empty(&self) -> bool {
        self.commits.len() == 0 && self.files.is_empty()
    }

    pub(super) fn push_commit(
        &mut self,
        id: ObjectId,
        commit: &DecodedCommit,
        rows: [Option<&CachedRows>; DiffMode::COUNT],
        age: u8,
    ) {
        self.commits.push(id, commit, age);
        let Self { paths, path_position, .. } = self;
        for (columns, rows) in self.rows.iter_mut().zip(rows) {
            columns.push(rows, |path| intern(paths, path_position, path.as_ref()));
        }
    }

    pub(super) fn push_file(&mut self, path: &BStr, file: CachedFile, age: u8) {
        let path = intern(&mut self.paths, &mut self.path_position, path);
        self.files.push(FileEntry { path, age, file });
    }

    pub(super) fn encode(&self, hash_len: usize) -> io::Result<Vec<u8>> {
        let section = |kind: u8, write: &dyn Fn(&mut Writer)| {
            let mut writer = Writer::default();
            write(&mut writer);
            (kind, writer.0)
        };
        let mut sections = vec![
            section(IDS, &|to| self.commits.write_ids(to)),
            section(COMMITS, &|to| self.commits.write(to)),
            section(PATHS, &|to| self.paths.write(to)),
            section(FILES, &|to| files::write(&self.files, to)),
            section(CLASSES, &|to| files::write_classes(&self.classes, to)),
        ];
        for (kind, rows) in (ROWS..).zip(&self.rows) {
            if !rows.is_empty() {
                sections.push(section(kind, &|to| rows.write(to)));
            }
        }
        container::pack(hash_len, &sections)
    }

    pub(super) fn decode(file: &[u8], hash_len: usize, needs: Needs) -> Result<Self, Unusable> {
        let sections = container::unpack(file, hash_len)?;
        let needed = |kind| sections.get(kind)?.ok_or(Damaged);
        let bytes = needed(PATHS)?;
        let mut from = Reader::new(&bytes);
        let paths = Texts::read(&mut from)?;
        from.finish()?;
        let classes = files::read_classes(&needed(CLASSES)?, paths.len())?;
        // Both halves take about the same time.
        let read_rest = || rows_and_files(&sections, paths.len(), hash_len, needs);
        let (commits, rest) = std::thread::scope(|scope| {
            let beside = std::thread::Builder::new().spawn_scoped(scope, read_rest);
            let commits = needed(IDS).and_then(|ids| Commits::read(&ids, &needed(COMMITS)?, hash_len));
            // If no thread can be started, the second half is read afterwards.
            let rest = beside.map_or_else(|_| read_rest(), |rest| rest.join().expect("damage is no panic"));
            (commits, rest)
        });
        let (commits, (rows, files)) = (commits?, rest?);
        // Rows are found by the position of their commit.
        if rows.iter().any(|rows| ![0, commits.len()].contains(&rows.len())) {
            return Err(Unusable::Damaged);
        }
        Ok(Self { commits, paths, classes, rows, files, path_position: FxHashMap::default() })
    }
}

fn rows_and_files(
    sections: &Sections<'_>,
    n_paths: usize,
    hash_len: usize,
    needs: Needs,
) -> Result<([RowColumns; DiffMode::COUNT], Vec<FileEntry>), Damaged> {
    let mut rows: [RowColumns; DiffMode::COUNT] = Default::default();
    for (position, (kind, rows)) in (ROWS..).zip(&mut rows).enumerate() {
        let is_wanted = match needs {
            Needs::Everything => true,
            Needs::For { mode, .. } => mode.index() == position,
        };
        if let Some(bytes) = if is_wanted { sections.get(kind)? } else { None } {
            *rows = RowColumns::read(&bytes, n_paths)?;
        }
    }
    let files = match needs {
        Needs::Everything | Needs::For { files: true, .. } => {
            files::read(&sections.get(FILES)?.ok_or(Damaged)?, n_paths, hash_len)?
        }
        Needs::For { files: false, .. } => Vec::new(),
    };
    Ok((rows, files))
}

fn intern(paths: &mut Texts, position: &mut FxHashMap<BString, u32>, path: &BStr) -> u32 {
    if let Some(known) = position.get(path) {
        return *known;
    }
    let new = to_u32(paths.len());
    paths.push(path);
    position.insert(path.to_owned(), new);
    new
}
