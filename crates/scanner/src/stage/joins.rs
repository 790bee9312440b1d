//! Histories that a merge joined, such as a library that `git subtree` put below a folder.
//!
//! Each commit belongs to the *line* of the root that its first parents lead to. A merge whose other parent belongs to
//! another line joins that line: its files may have other paths from there on. Commits of the scanned commit's own line
//! are joined by nothing.

use std::collections::BTreeMap;

use bstr::{BStr, BString};
use debtscan_model::{CommitIdx, PathIdx, RepoPath, to_u32};

use crate::table::commit_graph::CommitGraph;
use crate::table::paths::PathTable;
use debtscan_git::joined::JoinedFiles;
use debtscan_git::objects::{Objects, Unreadable};

/// The joined lines of a history.
pub(crate) struct Joins<'a> {
    paths: &'a PathTable,
    /// By position of a commit, its line.
    lines: Vec<u32>,
    /// By position of a commit, its join in `all`, or [`Joins::NONE`].
    join_of: Vec<u32>,
    all: Vec<Join>,
}

/// A merge that joined commits of another line.
struct Join {
    /// The position of the merge.
    merge: usize,
    /// The position of the last joined commit.
    tip: usize,
    places: JoinedPlaces,
}

/// Where the files of a joined line are after the join.
enum JoinedPlaces {
    /// At the same paths.
    Same,
    /// Below a folder.
    Folder(BString),
    /// Some at other paths.
    Moved(BTreeMap<PathIdx, PathIdx>),
}

impl<'a> Joins<'a> {
    const NONE: u32 = u32::MAX;

    /// Finds the joins of those commits that `is_wanted`; `None` if there are none.
    pub(crate) fn find(
        history: &CommitGraph,
        paths: &'a PathTable,
        objects: Objects,
        is_wanted: impl Fn(usize) -> bool,
    ) -> Option<Self> {
        let lines = lines(history)?;
        let mut joins = Self { paths, join_of: vec![Self::NONE; lines.len()], lines, all: Vec::new() };
        let wanted = joins.number(history, is_wanted);
        if !wanted.contains(&true) {
            return None;
        }
        let mut files = JoinedFiles::new(objects);
        let mut folders: BTreeMap<u32, BString> = BTreeMap::new();
        for (number, is_wanted) in wanted.into_iter().enumerate() {
            if !is_wanted {
                continue;
            }
            let Join { merge, tip, .. } = joins.all[number];
            let line = joins.lines[tip];
            // The comparison of commits reports what cannot be read.
            let places = joins.places(history, &mut files, (merge, tip), folders.get(&line));
            let places = places.unwrap_or(JoinedPlaces::Same);
            if let JoinedPlaces::Folder(folder) = &places {
                folders.insert(line, folder.clone());
            }
            joins.all[number].places = places;
        }
        Some(joins)
    }

    /// Numbers the joins, gives each commit the first one that it is part of, and tells which of them are wanted.
    fn number(&mut self, history: &CommitGraph, is_wanted: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut wanted = Vec::new();
        // Parents come first, so the scanned commit is the last.
        let Some(own) = self.lines.last().copied() else { return wanted };
        for merge in 0..self.lines.len() {
            for tip in history.parents.of(merge).iter().skip(1).map(|tip| *tip as usize) {
                let line = self.lines[tip];
                if line == self.lines[merge] || line == own || self.join_of[tip] != Self::NONE {
                    continue;
                }
                let number = to_u32(self.all.len());
                self.all.push(Join { merge, tip, places: JoinedPlaces::Same });
                let mut is_any_wanted = false;
                let mut pending = vec![tip];
                self.join_of[tip] = number;
                while let Some(commit) = pending.pop() {
                    is_any_wanted |= is_wanted(commit);
                    for parent in history.parents.of(commit).iter().map(|parent| *parent as usize) {
                        if self.lines[parent] == line && self.join_of[parent] == Self::NONE {
                            self.join_of[parent] = number;
                            pending.push(parent);
                        }
                    }
                }
                wanted.push(is_any_wanted);
            }
        }
        wanted
    }

    fn places(
        &self,
        history: &CommitGraph,
        files: &mut JoinedFiles,
        (merge, tip): (usize, usize),
        known: Option<&BString>,
    ) -> Result<JoinedPlaces, Unreadable> {
        let (joined, merged) = (history.commits[tip].tree, history.commits[merge].tree);
        if let Some(folder) = known
            && files.has_folder(merged, folder.as_ref())?
        {
            return Ok(JoinedPlaces::Folder(folder.clone()));
        }
        if let Some(folder) = files.folder_with(joined, merged)? {
            return Ok(JoinedPlaces::Folder(folder));
        }
        let moved = files.moved(joined, merged)?;
        if let Some(folder) = common_folder(&moved) {
            return Ok(JoinedPlaces::Folder(folder));
        }
        let position = |path: &BString| self.paths.find(path.as_ref()).map(PathIdx::new);
        let moved: BTreeMap<PathIdx, PathIdx> =
            moved.iter().filter_map(|(from, to)| Some((position(from)?, position(to)?))).collect();
        Ok(if moved.is_empty() { JoinedPlaces::Same } else { JoinedPlaces::Moved(moved) })
    }

    /// Whether two commits belong to one line.
    pub(crate) fn are_of_one_line(&self, a: CommitIdx, b: CommitIdx) -> bool {
        self.lines[a.get()] == self.lines[b.get()]
    }

    /// The merge that joined the line of a commit; `None` for the line of the scanned commit.
    pub(crate) fn merge_of(&self, commit: CommitIdx) -> Option<CommitIdx> {
        self.join(commit).map(|join| CommitIdx::new(join.merge))
    }

    /// Where the join of a commit put the file that had a path just before it; `None` if it has no such file.
    pub(crate) fn joined_path(&self, path: PathIdx, commit: CommitIdx) -> Option<PathIdx> {
        match &self.join(commit)?.places {
            JoinedPlaces::Same => Some(path),
            JoinedPlaces::Moved(moved) => Some(moved.get(&path).copied().unwrap_or(path)),
            JoinedPlaces::Folder(folder) => {
                let path: &RepoPath = &self.paths.sorted[path.get()];
                let below = below(folder.as_ref(), path.as_bstr());
                self.paths.find(below.as_ref()).map(PathIdx::new)
            }
        }
    }

    fn join(&self, commit: CommitIdx) -> Option<&Join> {
        self.all.get(self.join_of[commit.get()] as usize)
    }
}

/// The line of each commit; `None` if there is only one, or if history is cut off, where lines seem to have several
/// roots.
fn lines(history: &CommitGraph) -> Option<Vec<u32>> {
    let mut lines: Vec<u32> = Vec::with_capacity(history.commits.len());
    let mut roots = 0;
    for (position, commit) in history.commits.iter().enumerate() {
        let parents = history.parents.of(position);
        if parents.len() < commit.parents.len() {
            return None;
        }
        let line = parents.first().map(|parent| lines[*parent as usize]);
        lines.push(line.unwrap_or_else(|| {
            roots += 1;
            roots - 1
        }));
    }
    (roots > 1).then_some(lines)
}

/// The folder below which all of these files were moved; `None` if there is none, or no file.
fn common_folder(moved: &[(BString, BString)]) -> Option<BString> {
    let folder_of = |(from, to): &(BString, BString)| {
        let folder = to.strip_suffix(from.as_slice())?.strip_suffix(b"/")?;
        Some(BString::from(folder))
    };
    let first = folder_of(moved.first()?)?;
    moved.iter().all(|pair| folder_of(pair).as_ref() == Some(&first)).then_some(first)
}

fn below(folder: &BStr, path: &BStr) -> BString {
    let mut joined = folder.to_owned();
    joined.extend_from_slice(b"/");
    joined.extend_from_slice(path);
    joined
}
