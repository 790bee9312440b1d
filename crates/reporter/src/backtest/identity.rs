//! Which file of an earlier tree a later change belongs to.

use debtscan_model::{ChangeKind, CommitIdx, FileIdx, PathIdx, Scan};
use rustc_hash::FxHashMap;

/// How a path came into being.
#[derive(Debug, Clone, Copy)]
struct Creation {
    commit: CommitIdx,
    /// The path it had before; `None` when it was new.
    from: Option<PathIdx>,
}

/// Where every path of a history came from.
pub(crate) struct PathOrigins {
    /// By [`PathIdx`], ascending by commit.
    creations: Vec<Vec<Creation>>,
}

impl PathOrigins {
    /// Reads the renames and additions of a scan.
    pub(super) fn of(scan: &Scan) -> Self {
        let mut creations = vec![Vec::new(); scan.paths.len()];
        for change in &scan.changes {
            let from = match change.kind {
                ChangeKind::Renamed { from } => Some(from),
                ChangeKind::Added => None,
                ChangeKind::Modified | ChangeKind::Deleted => continue,
            };
            creations[change.path.get()].push(Creation { commit: change.commit, from });
        }
        Self { creations }
    }

    /// The name, at a cut, of the file that `path` names after `commit`, by the renames that
    /// `is_known` does not say to be part of the cut's history; `None` when it was made after it.
    ///
    /// Only what happened up to `commit` is looked at.
    fn name_before(
        &self,
        path: PathIdx,
        commit: CommitIdx,
        is_known: &dyn Fn(CommitIdx) -> bool,
    ) -> Result<PathIdx, PathIdx> {
        let (mut path, mut end) = (path, commit.get() + 1);
        loop {
            let made = self.creations[path.get()].iter().rev();
            let made = made.filter(|creation| creation.commit.get() < end);
            match made.into_iter().find(|creation| !is_known(creation.commit)) {
                // Strictly earlier every time, so this ends.
                Some(Creation { commit, from: Some(from) }) => (path, end) = (*from, commit.get()),
                Some(Creation { from: None, .. }) => return Err(path),
                None => return Ok(path),
            }
        }
    }
}

/// The files of a cut, to be found by what later commits call them.
pub(crate) struct Identity<'a> {
    later: &'a Scan,
    origins: &'a PathOrigins,
    cut: &'a Scan,
    /// By [`CommitIdx`] of the later scan: the same commit in the cut's history.
    in_cut: Vec<Option<CommitIdx>>,
    /// Older names of files that the cut's tree has, and only one of them had.
    older_names: FxHashMap<&'a [u8], Option<FileIdx>>,
}

impl<'a> Identity<'a> {
    pub(crate) fn new(later: &'a Scan, origins: &'a PathOrigins, cut: &'a Scan) -> Self {
        let index_of: FxHashMap<_, _> = cut
            .commits
            .iter()
            .enumerate()
            .map(|(index, commit)| (commit.id, CommitIdx::new(index)))
            .collect();
        let in_cut = later.commits.iter().map(|commit| index_of.get(&commit.id).copied()).collect();
        let mut older_names: FxHashMap<&[u8], Option<FileIdx>> = FxHashMap::default();
        for (index, file) in cut.files.iter().enumerate().filter(|(_, file)| file.present.is_some()) {
            for alias in &file.aliases {
                let name = cut.path(*alias).as_bytes();
                older_names
                    .entry(name)
                    // A name that two files had leads to neither.
                    .and_modify(|known| *known = None)
                    .or_insert(Some(FileIdx::new(index)));
            }
        }
        Self { later, origins, cut, in_cut, older_names }
    }

    /// Whether all these commits of the later scan are part of the cut's history.
    pub(super) fn knows_all(&self, commits: &[CommitIdx]) -> bool {
        commits.iter().all(|commit| self.in_cut[commit.get()].is_some())
    }

    /// The file of the cut's tree that `path` names after `commit`, both of the later scan; `None`
    /// when the tree has no such file: it was made later, or was gone by then.
    pub(super) fn file(&self, path: PathIdx, commit: CommitIdx) -> Option<FileIdx> {
        if let Some(commit) = self.in_cut.get(commit.get()).copied().flatten() {
            return self.file_of_known(path, commit);
        }
        let is_known = |commit: CommitIdx| self.in_cut[commit.get()].is_some();
        match self.origins.name_before(path, commit, &is_known) {
            Ok(name) => self.present(name).or_else(|| {
                // A branch that left before a rename still uses the old name.
                self.older_names.get(self.later.path(name).as_bytes()).copied().flatten()
            }),
            // Deleted and made again.
            Err(name) => self.present(name),
        }
    }

    fn present(&self, name: PathIdx) -> Option<FileIdx> {
        let file = self.cut.find_file(self.later.path(name))?;
        self.cut.file(file).present.is_some().then_some(file)
    }

    fn file_of_known(&self, path: PathIdx, commit: CommitIdx) -> Option<FileIdx> {
        let name = self.later.path(path);
        let changes = &self.cut.changes[self.cut.changes_of(commit)];
        let change = changes.iter().find(|change| self.cut.path(change.path) == name)?;
        self.cut.file(change.file).present.is_some().then_some(change.file)
    }
}
