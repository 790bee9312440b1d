//! The results of earlier scans of one repository, by commit and by content.

use std::path::{Path, PathBuf};

use bstr::{BStr, BString};
use debtscan_model::{Author, FileClass, Language};
use rustc_hash::FxHashMap;

use super::commits::{StoredCommit, Parent};
use super::container::Refused;
use super::files::CachedFile;
use super::folder::{self, RepositoryFolder};
use super::outcome::{CacheError, CacheOutcome};
use super::rows::{CachedRow, RowColumns};
use super::segment::{DiffMode, Needs, Segment};
use debtscan_git::error::Cause;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::id::ObjectId;
use debtscan_git::open::OpenRepository;
use debtscan_git::tree::TreeFile;
use crate::options::{Measure, ScanOptions};
use crate::table::known::{CachedCommit, CachedParent, RowsLocation};
use crate::table::measured::Depth;

/// Where a commit is found: positions of a segment, and of the commit in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct CommitPlace {
    pub(super) segment: u32,
    pub(super) position: u32,
    /// Its rows; of the last segment that has them.
    pub(super) rows: Option<RowsLocation>,
}

/// The results of earlier scans of one repository. Without a folder it knows nothing and keeps
/// nothing.
#[derive(Default)]
pub(crate) struct Store {
    /// Where it lies; `None` when it is off.
    pub(super) home: Option<CacheDir>,
    /// How commits are compared.
    pub(super) mode: DiffMode,
    /// First those that were read, then those that this run added.
    pub(super) segments: Vec<Segment>,
    /// How many of them were read.
    pub(super) n_read: usize,
    /// What the scans of this run have met; only when there is a home.
    pub(super) seen: Seen,
    pub(super) commits: FxHashMap<ObjectId, CachedCommit>,
    /// One per commit.
    pub(super) places: Vec<CommitPlace>,
    /// By segment, one per commit of it: segments may have commits in common.
    pub(super) known: Vec<Vec<CachedCommit>>,
    pub(super) files: FxHashMap<ObjectId, Vec<(u32, u32)>>,
    /// Whether commits are kept without what their objects say of people.
    pub(super) is_anonymous: bool,
    pub(crate) outcome: CacheOutcome,
}

/// Everything that scans have met, new or not; in any order, repeated or not, as few runs ask.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) commits: Vec<ObjectId>,
    pub(super) files: Vec<(ObjectId, BString)>,
}

pub(super) struct CacheDir {
    pub(super) root: PathBuf,
    pub(super) folder: RepositoryFolder,
    pub(super) repository: PathBuf,
    pub(super) hash_len: usize,
    /// The files that were there, oldest first.
    pub(super) files: Vec<PathBuf>,
    /// Whether one of them is of no use any more.
    pub(super) has_refuse: bool,
}

impl Store {
    /// Reads what is known of the opened repository.
    pub(crate) fn open(cache: Option<&Path>, opened: &OpenRepository, options: &ScanOptions) -> Self {
        let mode = DiffMode::new(options.renames, options.walk);
        let mut store = Self { mode, ..Self::default() };
        // A replaced object is not what its id says.
        let Some(root) = cache.filter(|_| !opened.has_replacements) else { return store };
        store.is_anonymous = options.anonymize.is_some();
        let identity = &opened.identity;
        let key = if store.is_anonymous { &identity.anonymous_key } else { &identity.key };
        let folder = RepositoryFolder::new(root, key);
        let files = folder.files().unwrap_or_else(|error| {
            let source = Cause::from(error);
            store.outcome.errors.push(CacheError::Read { path: folder.path().to_owned(), source });
            Vec::new()
        });
        let mut home = CacheDir {
            root: root.to_owned(),
            folder,
            repository: opened.identity.git_dir.clone(),
            hash_len: opened.revision.as_slice().len(),
            files,
            has_refuse: false,
        };
        let needs = Needs::For { mode, files: options.measure != Measure::Nothing };
        for file in &home.files {
            match load(file, home.hash_len, needs) {
                Ok(segment) => store.segments.push(segment),
                Err(trouble) => {
                    home.has_refuse = true;
                    store.outcome.errors.extend(trouble);
                }
            }
        }
        store.home = Some(home);
        store.n_read = store.segments.len();
        let most = store.segments.iter().map(|segment| segment.commits.len()).max().unwrap_or(0);
        store.commits.reserve(most);
        store.places.reserve(most);
        (0..store.n_read).for_each(|number| store.index(number));
        store
    }

    /// Adds what a scan learned, so that the next one knows it.
    pub(crate) fn add(&mut self, learned: Option<Segment>) {
        let Some(segment) = learned.filter(|segment| !segment.is_empty()) else { return };
        self.segments.push(segment);
        self.index(self.segments.len() - 1);
    }

    fn index(&mut self, number: usize) {
        let segment = &self.segments[number];
        let index = u32::try_from(number).expect("fewer than 2^32 segments");
        let rows = &segment.rows[self.mode.index()];
        let mut known = Vec::with_capacity(segment.commits.len());
        for (position, id) in (0_u32..).zip(&segment.commits.ids) {
            let next = CachedCommit(u32::try_from(self.places.len()).expect("fewer than 2^32 commits"));
            let commit = *self.commits.entry(*id).or_insert(next);
            if commit == next {
                self.places.push(CommitPlace { segment: index, position, rows: None });
            }
            if rows.has(position as usize) {
                self.places[commit.get()].rows =
                    Some(RowsLocation { segment: number, position: position as usize });
            }
            known.push(commit);
        }
        self.known.push(known);
        for (position, entry) in (0_u32..).zip(&segment.files) {
            self.files.entry(entry.file.blob).or_default().push((index, position));
        }
    }

    /// How many commits are known, reachable or not.
    pub(crate) fn n_commits(&self) -> usize {
        self.places.len()
    }

    /// A commit by its id.
    pub(crate) fn find(&self, id: &ObjectId) -> Option<CachedCommit> {
        self.commits.get(id).copied()
    }

    /// A commit object as it was decoded before; `None` where people are left out of what is kept.
    pub(crate) fn commit(&self, commit: CachedCommit) -> Option<CommitRecord<'_>> {
        if self.is_anonymous {
            return None;
        }
        let CommitPlace { segment, position, .. } = self.places[commit.get()];
        let list = &self.segments[segment as usize].commits;
        let object = StoredCommit { list, position: position as usize };
        Some(CommitRecord { segment: segment as usize, object, known: &self.known[segment as usize] })
    }

    /// A name and an e-mail of the commits of a segment.
    pub(crate) fn person(&self, segment: usize, person: u32) -> &Author {
        self.segments[segment].commits.person(person)
    }

    /// How many people the commits of a segment name.
    pub(crate) fn n_people(&self, segment: usize) -> usize {
        self.segments[segment].commits.n_people()
    }

    /// How many segments there are.
    pub(crate) fn n_segments(&self) -> usize {
        self.segments.len()
    }

    /// Where the rows of a commit are, if it was compared and counted before.
    pub(crate) fn find_rows(&self, commit: CachedCommit) -> Option<RowsLocation> {
        self.places[commit.get()].rows
    }

    /// The rows of a commit; their paths are those of its segment.
    pub(crate) fn rows(&self, place: RowsLocation) -> &[CachedRow] {
        self.rows_of(place.segment).slice(place.position)
    }

    /// Whether only exact renames were looked for in a commit.
    pub(crate) fn hit_rename_limit(&self, place: RowsLocation) -> bool {
        self.rows_of(place.segment).hit_rename_limit(place.position)
    }

    fn rows_of(&self, segment: usize) -> &RowColumns {
        &self.segments[segment].rows[self.mode.index()]
    }

    /// What kind of file a path of a segment names, for all that path and common attributes say; `None` when that
    /// is not kept.
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

    /// Whether a file with this content was measured before.
    pub(crate) fn has_measured(&self, blob: &ObjectId) -> bool {
        self.files.contains_key(blob)
    }

    /// A file of the scanned tree, as it was measured before, at least so closely.
    pub(crate) fn file(
        &self,
        file: &TreeFile,
        attributes: &PathAttributes,
        depth: Depth,
    ) -> Option<&CachedFile> {
        self.files.get(&file.id)?.iter().find_map(|(segment, position)| {
            let segment = &self.segments[*segment as usize];
            let entry = &segment.files[*position as usize];
            let is_it = segment.paths.get(entry.path as usize) == file.path.as_bytes()
                && entry.file.depth >= depth
                && entry.file.attributes == attributes.without_text();
            is_it.then_some(&entry.file)
        })
    }

    /// The same content in the same language, under whatever path.
    pub(crate) fn same_content(&self, blob: &ObjectId, language: Option<Language>) -> Option<&CachedFile> {
        let known = self
            .files
            .get(blob)?
            .iter()
            .map(|(segment, position)| &self.segments[*segment as usize].files[*position as usize].file);
        known.into_iter().find(|file| file.language == language && file.complexity.is_some())
    }
}

/// A commit of the store, and what its positions refer to.
pub(crate) struct CommitRecord<'a> {
    /// Whose table of people it refers to.
    pub(crate) segment: usize,
    pub(crate) object: StoredCommit<'a>,
    /// The commits of this segment.
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

/// Reads one file; the error is `None` when it is sound, but written by another version.
pub(super) fn load(file: &Path, hash_len: usize, needs: Needs) -> Result<Segment, Option<CacheError>> {
    let content = folder::read(file)
        .map_err(|error| Some(CacheError::Read { path: file.to_owned(), source: Cause::from(error) }))?;
    Segment::decode(&content, hash_len, needs).map_err(|refused| match refused {
        Refused::Foreign => None,
        Refused::Damaged => Some(CacheError::Damaged { path: file.to_owned() }),
    })
}
