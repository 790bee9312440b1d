//! The versions of a file, and the versions that each was made from.
//!
//! A *version* is the content of a path after a commit that changed it. The graph of versions is the
//! history of the file, simplified as in `git blame`: a merge that took a path unchanged from one parent
//! leads to that parent alone.
//!
//! One pass over all commits, parents first, determines the commit that made the version of a path at each
//! commit without reading objects: a commit without a row has the version of its parent. Only for a merge
//! without a row whose parents differ is the choice open; it is looked up in the tree of the merge when the
//! walk reaches it.

use std::rc::Rc;

use debtscan_model::to_u32;
use rustc_hash::FxHashMap;

use super::graph::{Graph, PathRow};
use crate::cache::edits::CachedEdits;
use debtscan_git::id::ObjectId;
use debtscan_git::objects::{Objects, Unreadable};
use debtscan_git::path_in_tree::PathFinder;
use debtscan_git::renames::Renames;
use debtscan_git::tree_diff::rename_source;

/// The version of a path at a commit: 0 if there is none, otherwise a tag and the position of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct VersionState(u32);

/// The commit that made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Maker {
    /// The path does not exist.
    Absent,
    /// The commit at this position changed the path.
    Change(u32),
    /// The commit at this position has the path, but was not compared with its parents.
    Unknown(u32),
    /// The merge at this position took the path from one of its parents.
    Merge(u32),
}

const TAG_SHIFT: u32 = 30;
const POSITION: u32 = (1 << TAG_SHIFT) - 1;

impl VersionState {
    fn new(maker: Maker) -> Self {
        let tagged = |tag: u32, position: u32| {
            // Two bits are the tag. The largest known histories have a few million commits.
            assert!(position <= POSITION, "fewer than 2^30 commits");
            Self(tag << TAG_SHIFT | position)
        };
        match maker {
            Maker::Absent => Self(0),
            Maker::Change(position) => tagged(1, position),
            Maker::Unknown(position) => tagged(2, position),
            Maker::Merge(position) => tagged(3, position),
        }
    }

    fn maker(self) -> Maker {
        let position = self.0 & POSITION;
        match self.0 >> TAG_SHIFT {
            1 => Maker::Change(position),
            2 => Maker::Unknown(position),
            3 => Maker::Merge(position),
            _ => Maker::Absent,
        }
    }
}

/// A version of the file.
#[derive(Debug, Clone)]
pub(super) struct VersionNode {
    path: u32,
    /// The commit that made it.
    pub(super) position: u32,
    pub(super) blob: ObjectId,
    /// True if the changes of that commit are known.
    pub(super) is_compared: bool,
    /// The versions it was made from; `None` until they are requested.
    parents: Option<Rc<[usize]>>,
}

/// Reads the repository. Each thread needs its own.
pub(super) struct VersionReader {
    pub(super) objects: Objects,
    pub(super) finder: PathFinder,
}

/// The versions of one file, found as the walk requests them.
pub(super) struct VersionGraph<'a> {
    graph: &'a Graph,
    paths: &'a [debtscan_model::RepoPath],
    // One list over all commits for each name of the file: four bytes a commit, and no object is
    // read for it.
    states: FxHashMap<u32, Rc<Vec<VersionState>>>,
    nodes: Vec<VersionNode>,
    by_maker: FxHashMap<(u32, u32), usize>,
}

impl<'a> VersionGraph<'a> {
    pub(super) fn new(graph: &'a Graph, paths: &'a [debtscan_model::RepoPath]) -> Self {
        Self { graph, paths, states: FxHashMap::default(), nodes: Vec::new(), by_maker: FxHashMap::default() }
    }

    pub(super) fn node(&self, node: usize) -> &VersionNode {
        &self.nodes[node]
    }

    /// True if the commit that made a version only passes lines on, as the project declares.
    pub(super) fn is_ignored(&self, node: usize) -> bool {
        self.graph.is_ignored[self.nodes[node].position as usize]
    }

    /// The version of a path at a commit; `None` if the path does not exist there.
    pub(super) fn version_at(
        &mut self,
        source: &mut VersionReader,
        known: &mut CachedEdits,
        path: u32,
        position: usize,
    ) -> Result<Option<usize>, Unreadable> {
        let state = self.states(path)[position];
        self.resolve(source, known, path, state)
    }

    /// The versions that a version was made from, in the order of the parents of its commit.
    pub(super) fn parents(
        &mut self,
        source: &mut VersionReader,
        known: &mut CachedEdits,
        node: usize,
    ) -> Result<Rc<[usize]>, Unreadable> {
        if let Some(parents) = &self.nodes[node].parents {
            return Ok(Rc::clone(parents));
        }
        let VersionNode { path, position, blob, is_compared, .. } = self.nodes[node];
        let mut found = Vec::new();
        if is_compared {
            let row = self.row(path, position).copied();
            let commits = self.graph.parents(position as usize);
            for parent in commits {
                let parent = *parent as usize;
                let mut version = self.version_at(source, known, path, parent)?;
                if version.is_none()
                    // The path itself is looked up first: of several parents, only some may have it
                    // under the old name.
                    && let Some(from) = row.and_then(|row| row.from)
                {
                    version = self.version_at(source, known, from, parent)?;
                }
                // Rows of a merge compare it with all parents, so they do not state what was
                // renamed against only one of them.
                let may_be_renamed = commits.len() > 1 && self.graph.renames == Renames::Follow;
                if version.is_none() && may_be_renamed {
                    version = self.renamed_version_at(source, known, (path, position, blob), parent)?;
                }
                // Two parents often have the same version, whose lines must not be passed on twice.
                found.extend(version.filter(|version| !found.contains(version)));
            }
        }
        // As in `git blame`, a parent with the complete content under any name takes all lines.
        if let Some(whole) = found.iter().copied().find(|version| self.nodes[*version].blob == blob) {
            found = vec![whole];
        }
        let parents: Rc<[usize]> = found.into();
        self.nodes[node].parents = Some(Rc::clone(&parents));
        Ok(parents)
    }

    /// Finds the origin of a path that a merge has and one of its parents lacks: a version at that parent.
    fn renamed_version_at(
        &mut self,
        source: &mut VersionReader,
        known: &mut CachedEdits,
        (path, position, blob): (u32, u32, ObjectId),
        parent: usize,
    ) -> Result<Option<usize>, Unreadable> {
        // Cheaper than comparing the whole trees, with the same result.
        let earlier = self.earlier_name_at(source, known, (path, position), parent)?;
        if earlier.is_some_and(|version| self.nodes[version].blob == blob) {
            return Ok(earlier);
        }
        let (of_parent, of_merge) = (self.graph.trees[parent], self.graph.trees[position as usize]);
        let name = self.paths[path as usize].as_bstr();
        let found = rename_source(&mut source.objects, of_parent, of_merge, name)?;
        let found = found.and_then(|from| {
            let place = self.paths.binary_search_by(|known| known.as_bstr().cmp(from.as_ref())).ok()?;
            u32::try_from(place).ok()
        });
        match found {
            Some(from) => self.version_at(source, known, from, parent),
            None => Ok(None),
        }
    }

    /// The version at a parent under the last name that the path had before a merge.
    fn earlier_name_at(
        &mut self,
        source: &mut VersionReader,
        known: &mut CachedEdits,
        (path, position): (u32, u32),
        parent: usize,
    ) -> Result<Option<usize>, Unreadable> {
        let renames: Vec<u32> = self.graph.rows[path as usize]
            .iter()
            .rev()
            .filter(|row| row.position < position)
            .filter_map(|row| row.from)
            .collect();
        for from in renames {
            if let Some(version) = self.version_at(source, known, from, parent)? {
                return Ok(Some(version));
            }
        }
        Ok(None)
    }

    fn row(&self, path: u32, position: u32) -> Option<&'a PathRow> {
        let rows = &self.graph.rows[path as usize];
        rows.binary_search_by_key(&position, |row| row.position).ok().map(|found| &rows[found])
    }

    /// Returns the state of a path at every commit.
    fn states(&mut self, path: u32) -> Rc<Vec<VersionState>> {
        if let Some(states) = self.states.get(&path) {
            return Rc::clone(states);
        }
        let graph = self.graph;
        let mut states = vec![VersionState::new(Maker::Absent); graph.len()];
        let mut rows = graph.rows[path as usize].iter().peekable();
        // Before its first row, a path does not exist, if every commit was compared.
        let start = match rows.peek() {
            Some(first) if graph.is_all_compared => first.position as usize,
            None if graph.is_all_compared => graph.len(),
            _ => 0,
        };
        for position in start..graph.len() {
            let at = to_u32(position);
            let row = rows.next_if(|row| row.position == at);
            states[position] = match row {
                // Whatever the parents had, this commit may have changed.
                _ if !graph.is_compared[position] => VersionState::new(Maker::Unknown(at)),
                Some(row) if row.is_gone => VersionState::new(Maker::Absent),
                Some(_) => VersionState::new(Maker::Change(at)),
                None => {
                    let parents = graph.parents(position);
                    let state = |parent: &u32| states[*parent as usize];
                    let first = parents.first().map_or(VersionState::new(Maker::Absent), state);
                    if parents.iter().all(|parent| state(parent) == first) {
                        first
                    } else {
                        VersionState::new(Maker::Merge(at))
                    }
                }
            };
        }
        let states = Rc::new(states);
        self.states.insert(path, Rc::clone(&states));
        states
    }

    /// Finds the version of a state.
    fn resolve(
        &mut self,
        source: &mut VersionReader,
        known: &mut CachedEdits,
        path: u32,
        mut state: VersionState,
    ) -> Result<Option<usize>, Unreadable> {
        loop {
            let (position, is_compared) = match state.maker() {
                Maker::Absent => return Ok(None),
                Maker::Change(position) => (position, true),
                Maker::Unknown(position) => (position, false),
                Maker::Merge(position) => {
                    let Some(blob) = self.blob(source, known, path, position)? else { return Ok(None) };
                    let states = self.states(path);
                    let mut taken = None;
                    for parent in self.graph.parents(position as usize) {
                        let parent = states[*parent as usize];
                        // The first parent with the same content, as `git blame` simplifies
                        // history.
                        if self.blob_of(source, known, path, parent)? == Some(blob) {
                            taken = Some(parent);
                            break;
                        }
                    }
                    // A merge that took the content of no parent has a row, so the rows must be wrong.
                    state = taken.ok_or(Unreadable::Damaged)?;
                    continue;
                }
            };
            if let Some(node) = self.by_maker.get(&(path, position)) {
                return Ok(Some(*node));
            }
            let Some(blob) = self.blob(source, known, path, position)? else { return Ok(None) };
            self.nodes.push(VersionNode { path, position, blob, is_compared, parents: None });
            self.by_maker.insert((path, position), self.nodes.len() - 1);
            return Ok(Some(self.nodes.len() - 1));
        }
    }

    fn blob_of(
        &self,
        source: &mut VersionReader,
        known: &mut CachedEdits,
        path: u32,
        state: VersionState,
    ) -> Result<Option<ObjectId>, Unreadable> {
        match state.maker() {
            Maker::Absent => Ok(None),
            Maker::Change(position) | Maker::Unknown(position) | Maker::Merge(position) => {
                self.blob(source, known, path, position)
            }
        }
    }

    /// The content of a path at a commit.
    fn blob(
        &self,
        source: &mut VersionReader,
        known: &mut CachedEdits,
        path: u32,
        position: u32,
    ) -> Result<Option<ObjectId>, Unreadable> {
        let row_blob = self.row(path, position).and_then(|row| row.blob);
        let commit = self.graph.ids[position as usize];
        let name = self.paths[path as usize].as_bytes();
        // From the cache first: finding a path in a tree reads one object per folder.
        if let Some(content) = known.content(&commit, name) {
            return Ok(content.blob);
        }
        let blob = if row_blob.is_some() {
            row_blob
        } else {
            let tree = self.graph.trees[position as usize];
            source.finder.find(&mut source.objects, tree, name)?.map(|side| side.id)
        };
        known.learn_blob(commit, name, blob);
        Ok(blob)
    }
}
