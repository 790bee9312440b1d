//! The results of earlier scans of one repository, by commit and by content.

use std::path::{Path, PathBuf};

use bstr::{BStr, BString};
use debtscan_model::{Author, FileClass, Language, to_u32};
use rustc_hash::FxHashMap;

use super::commits::{Parent, StoredCommit};
use super::container::Unusable;
use super::files::CachedFile;
use super::folder::{self, FoundFiles, RepositoryFolder};
use super::outcome::{CacheOutcome, RunError};
use super::rows::{CachedRow, RowColumns};
use super::segment::{DiffMode, Needs, Segment};
use crate::options::{Measure, ScanOptions};
use crate::table::known::{CachedCommit, CachedParent, RowsLocation};
use crate::table::measured::Depth;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::error::Cause;
use debtscan_git::id::ObjectId;
use debtscan_git::open::OpenRepository;
use debtscan_git::tree::TreeFile;

/// Position of a commit: the segment, and the position in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct CommitPlace {
    pub(super) segment: u32,
    pub(super) position: u32,
    /// Its rows, in the last segment that has them.
    pub(super) rows: Option<RowsLocation>,
}

/// The results of earlier scans of one repository. Without a cache folder it is empty, and nothing is
/// written.
#[derive(Default)]
pub(crate) struct Store {
    /// Where results are stored; `None` without a cache folder.
    pub(super) dir: Option<CacheDir>,
    /// How commits are compared.
    pub(super) mode: DiffMode,
    /// The segments that were read, followed by those that this run added.
    pub(super) segments: Vec<Segment>,
    /// Number of segments that were read.
    pub(super) n_read: usize,
    /// Objects seen by this run; unused without a cache folder.
    pub(super) seen: Seen,
    pub(super) commits: FxHashMap<ObjectId, CachedCommit>,
    /// One per commit.
    pub(super) places: Vec<CommitPlace>,
    /// By segment, the number of each of its commits. Segments may have commits in common.
    pub(super) known: Vec<Vec<CachedCommit>>,
    pub(super) files: FxHashMap<ObjectId, Vec<(u32, u32)>>,
    /// True if commits are stored without people.
    pub(super) is_anonymous: bool,
    pub(crate) outcome: CacheOutcome,
}

/// Objects seen by the scans of this run, new or not. They are in no particular order and may repeat,
/// because few runs use them.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) commits: Vec<ObjectId>,
    pub(super) files: Vec<(ObjectId, BString)>,
}

/// The cache folder of a repository.
pub(super) struct CacheDir {
    pub(super) root: PathBuf,
    pub(super) folder: RepositoryFolder,
    pub(super) repository: PathBuf,
    pub(super) hash_len: usize,
    /// The files that existed when it was opened, oldest first.
    pub(super) files: Vec<PathBuf>,
    /// True if at least one of them is useless.
    pub(super) has_useless: bool,
}

impl Store {
    /// Reads the cached results of a repository.
    pub(crate) fn open(cache: Option<&Path>, opened: &OpenRepository, options: &ScanOptions) -> Self {
        let mode = DiffMode::new(options.renames, options.walk);
        let mut store = Self { mode, ..Self::default() };
        // The content of a replaced object differs from its id.
        let Some(root) = cache.filter(|_| !opened.has_replacements) else { return store };
        store.is_anonymous = options.anonymize.is_some();
        // Results without people must not be mixed with those that name them.
        let identity = &opened.identity;
        let key = if store.is_anonymous { &identity.anonymous_key } else { &identity.key };
        let folder = RepositoryFolder::new(root, key);
        let found = folder.files().unwrap_or_else(|error| {
            let source = Cause::from(error);
            store.outcome.errors.push(RunError::Read { path: folder.path().to_owned(), source });
            FoundFiles::default()
        });
        let refuse = |path| RunError::Read { path, source: Cause::from(folder::not_regular()) };
        // Reported, not removed: whatever took the place of a file was not put there by a scan.
        store.outcome.errors.extend(found.others.into_iter().map(refuse));
        let mut dir = CacheDir {
            root: root.to_owned(),
            folder,
            repository: opened.identity.git_dir.clone(),
            hash_len: opened.revision.as_slice().len(),
            files: found.regular,
            has_useless: false,
        };
        // Sections that this scan cannot use are neither expanded nor decoded.
        let needs = Needs::For { mode, files: options.measure != Measure::Nothing };
        for file in &dir.files {
            match load(file, dir.hash_len, needs) {
                Ok(segment) => store.segments.push(segment),
                Err(error) => {
                    dir.has_useless = true;
                    store.outcome.errors.extend(error);
                }
            }
        }
        store.dir = Some(dir);
        store.n_read = store.segments.len();
        // A compacted segment holds nearly all commits, and the others add a few.
        let most = store.segments.iter().map(|segment| segment.commits.len()).max().unwrap_or(0);
        store.commits.reserve(most);
        store.places.reserve(most);
        (0..store.n_read).for_each(|number| store.index(number));
        store
    }

    /// Adds the results of a scan for the next one.
    pub(crate) fn add(&mut self, learned: Option<Segment>) {
        let Some(segment) = learned.filter(|segment| !segment.is_empty()) else { return };
        self.segments.push(segment);
        self.index(self.segments.len() - 1);
    }

    fn index(&mut self, number: usize) {
        let segment = &self.segments[number];
        let index = to_u32(number);
        let rows = &segment.rows[self.mode.index()];
        let mut known = Vec::with_capacity(segment.commits.len());
        for (position, id) in (0_u32..).zip(&segment.commits.ids) {
            let next = CachedCommit(to_u32(self.places.len()));
            let commit = *self.commits.entry(*id).or_insert(next);
            // The map returned the offered number, so the commit is new.
            if commit == next {
                self.places.push(CommitPlace { segment: index, position, rows: None });
            }
            // A later segment wins: its run compared the commit again, under newer attributes.
            if rows.has(position as usize) {
                self.places[commit.get()].rows =
                    Some(RowsLocation { segment: number, position: position as usize });
            }
            known.push(commit);
        }
        self.known.push(known);
        let mut shared: Vec<ObjectId> = Vec::new();
        for (position, entry) in (0_u32..).zip(&segment.files) {
            // By content first: a moved file is found under its old path, and only its class changes.
            let files = self.files.entry(entry.file.blob).or_default();
            files.push((index, position));
            if files.len() == 2 {
                shared.push(entry.file.blob);
            }
        }
        self.sort_shared(index, shared);
    }

    /// Sorts the files of each content by path after a segment was added, for [`Self::file`].
    ///
    /// A repository can hold tens of thousands of empty files, which are all one content.
    fn sort_shared(&mut self, index: u32, mut shared: Vec<ObjectId>) {
        // Contents that were shared before this segment.
        let again = self.segments[index as usize].files.iter().map(|entry| entry.file.blob);
        shared.extend(again.filter(|blob| self.files[blob].len() > 2));
        shared.sort_unstable();
        shared.dedup();
        for blob in shared {
            let segments = &self.segments;
            let path = |(segment, position): &(u32, u32)| path_of(segments, *segment, *position);
            let files = self.files.get_mut(&blob).expect("a shared content was indexed");
            // Stable: of one path, the oldest segment stays first.
            files.sort_by(|a, b| path(a).cmp(path(b)));
        }
    }

    /// Number of cached commits, reachable or not.
    pub(crate) fn n_commits(&self) -> usize {
        self.places.len()
    }

    /// Finds a commit by its id.
    pub(crate) fn find(&self, id: &ObjectId) -> Option<CachedCommit> {
        self.commits.get(id).copied()
    }

    /// Returns the decoded commit object; `None` if the cache stores no people.
    pub(crate) fn commit(&self, commit: CachedCommit) -> Option<CommitRecord<'_>> {
        if self.is_anonymous {
            return None;
        }
        let CommitPlace { segment, position, .. } = self.places[commit.get()];
        let list = &self.segments[segment as usize].commits;
        let object = StoredCommit { list, position: position as usize };
        Some(CommitRecord { segment: segment as usize, object, known: &self.known[segment as usize] })
    }

    /// Returns a person named by the commits of a segment.
    pub(crate) fn person(&self, segment: usize, person: u32) -> &Author {
        self.segments[segment].commits.person(person)
    }

    /// Number of people named by the commits of a segment.
    pub(crate) fn n_people(&self, segment: usize) -> usize {
        self.segments[segment].commits.n_people()
    }

    /// Number of segments.
    pub(crate) fn n_segments(&self) -> usize {
        self.segments.len()
    }

    /// Returns the position of a commit's rows, if it was compared and counted before.
    pub(crate) fn find_rows(&self, commit: CachedCommit) -> Option<RowsLocation> {
        self.places[commit.get()].rows
    }

    /// Returns the rows of a commit. Their paths are positions in its segment.
    pub(crate) fn rows(&self, place: RowsLocation) -> &[CachedRow] {
        self.rows_of(place.segment).slice(place.position)
    }

    /// True if only exact renames were detected in a commit.
    pub(crate) fn hit_rename_limit(&self, place: RowsLocation) -> bool {
        self.rows_of(place.segment).hit_rename_limit(place.position)
    }

    fn rows_of(&self, segment: usize) -> &RowColumns {
        &self.segments[segment].rows[self.mode.index()]
    }

    /// The class of a path of a segment as decided by the path alone; `None` if it is not cached.
    pub(crate) fn class_by_path(&self, segment: usize, path: usize) -> Option<FileClass> {
        self.segments[segment].classes.get(path).copied().flatten()
    }

    /// The paths of each segment.
    pub(crate) fn paths(&self) -> impl Iterator<Item = impl Iterator<Item = &BStr>> {
        self.segments.iter().map(|segment| segment.paths.iter().map(BStr::new))
    }

    /// Forgets the rows of a commit, so that it is compared again.
    pub(crate) fn forget_rows(&mut self, id: &ObjectId) {
        let commit = self.commits[id];
        self.places[commit.get()].rows = None;
    }

    /// True if a file with this content was measured before.
    pub(crate) fn has_measured(&self, blob: &ObjectId) -> bool {
        self.files.contains_key(blob)
    }

    /// Returns a file of the scanned tree as it was measured before, at least to this depth.
    pub(crate) fn file(
        &self,
        file: &TreeFile,
        attributes: &PathAttributes,
        depth: Depth,
    ) -> Option<&CachedFile> {
        let files = self.files.get(&file.id)?;
        let path = file.path.as_bytes();
        let path_of = |(segment, position): &(u32, u32)| path_of(&self.segments, *segment, *position);
        let first = files.partition_point(|known| path_of(known) < path);
        let same_path = files[first..].iter().take_while(|known| path_of(known) == path);
        same_path
            .map(|(segment, position)| &self.segments[*segment as usize].files[*position as usize].file)
            .find(|known| known.depth >= depth && known.attributes == attributes.without_text())
    }

    /// Returns a file of the same content and language under any path.
    pub(crate) fn same_content(&self, blob: &ObjectId, language: Option<Language>) -> Option<&CachedFile> {
        let known = self
            .files
            .get(blob)?
            .iter()
            .map(|(segment, position)| &self.segments[*segment as usize].files[*position as usize].file);
        // The same bytes can be C in one path and C++ in another.
        known.into_iter().find(|file| file.language == language && file.complexity.is_some())
    }
}

/// The path of a file of a segment.
fn path_of(segments: &[Segment], segment: u32, position: u32) -> &[u8] {
    let segment = &segments[segment as usize];
    segment.paths.get(segment.files[position as usize].path as usize)
}

/// A commit, and the tables that its positions refer to.
pub(crate) struct CommitRecord<'a> {
    /// The segment whose table of people it refers to.
    pub(crate) segment: usize,
    pub(crate) object: StoredCommit<'a>,
    /// The numbers of the commits of this segment.
    known: &'a [CachedCommit],
}

impl CommitRecord<'_> {
    pub(crate) fn parents(&self) -> impl Iterator<Item = CachedParent> {
        let StoredCommit { list, .. } = self.object;
        self.object.parents().iter().map(|parent| match *parent {
            Parent::Here(here) => CachedParent::Known(self.known[here as usize], list.ids[here as usize]),
            Parent::Elsewhere(id) => CachedParent::Id(id),
        })
    }
}

/// Reads a file. The error is `None` if it is intact but was written by another version.
pub(super) fn load(file: &Path, hash_len: usize, needs: Needs) -> Result<Segment, Option<RunError>> {
    let content = folder::read(file)
        .map_err(|error| Some(RunError::Read { path: file.to_owned(), source: Cause::from(error) }))?;
    Segment::decode(&content, hash_len, needs).map_err(|refused| match refused {
        Unusable::Foreign => None,
        Unusable::Damaged => Some(RunError::Damaged { path: file.to_owned() }),
    })
}
