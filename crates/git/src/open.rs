//! Opening a repository and resolving the revision to scan.

use std::path::{Path, PathBuf};

use debtscan_model::{RepoPath, Timestamp};
use gix::ObjectId;
use gix::revision::spec::parse::Error as RevisionError;
use rustc_hash::FxHashSet;

use crate::commit::parse_header;
use crate::error::{Cause, GitError};
use crate::objects::SharedObjects;

/// An open repository at one commit.
pub struct OpenRepository {
    /// The objects, shared by all threads.
    pub objects: SharedObjects,
    /// The commit.
    pub revision: ObjectId,
    /// Its tree.
    pub tree: ObjectId,
    /// The "now" of all figures: the committer time, or an earlier time that was requested.
    pub as_of: Timestamp,
    /// True if the requested window ends before the committer time.
    pub is_beyond_window: bool,
    /// The committer time if it cannot be right.
    pub misdated: Option<Timestamp>,
    /// The folder that the scan is limited to.
    pub scope: Option<RepoPath>,
    /// Commits at the boundary of a shallow clone, whose parents are missing.
    pub shallow: FxHashSet<ObjectId>,
    /// True if objects may be missing on purpose, as in a partial clone.
    pub is_partial: bool,
    /// True if `git replace` substitutes objects.
    pub has_replacements: bool,
    /// Identifies the repository.
    pub identity: RepositoryIdentity,
}

impl OpenRepository {
    /// Returns the same repository at another commit, with another "now".
    #[must_use]
    pub fn at(&self, revision: ObjectId, tree: ObjectId, as_of: Timestamp) -> Self {
        Self {
            revision,
            tree,
            as_of,
            is_beyond_window: false,
            misdated: None,
            objects: self.objects.clone(),
            scope: self.scope.clone(),
            shallow: self.shallow.clone(),
            identity: self.identity.clone(),
            ..*self
        }
    }
}

/// Distinguishes the repositories of one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryIdentity {
    /// Hash of the git folder and the object format: 40 hexadecimal digits.
    pub key: String,
    /// Another such hash, for data stored without people.
    pub anonymous_key: String,
    /// The git folder shared by all work trees, as a canonical path.
    pub git_dir: PathBuf,
}

fn read_error(what: &str) -> impl FnOnce(gix::Error) -> GitError + '_ {
    move |source| GitError::Read { what: what.to_owned(), source: Cause::from(source) }
}

/// Opens the repository at or above `path` and resolves `revision`.
///
/// A scan depends on objects and references alone. Of the configuration, only the repository's own is read, and
/// of that only the object format, the reference format and whether objects may be missing; everything else, and
/// the configuration of the user and the system, must not change a report. No hook, filter or other process of
/// the repository is run.
pub fn open(path: &Path, revision: &str) -> Result<OpenRepository, GitError> {
    let repo = discover(path)?;
    let local = repo.to_thread_local();
    // gix reads the placeholder files of another storage as an empty repository.
    if let Some(format) =
        local.config_snapshot().string("extensions.refStorage").filter(|format| *format != "files")
    {
        return Err(GitError::UnsupportedRefStorage { path: path.to_owned(), format: format.to_string() });
    }
    let revision_id = resolve(&local, revision)?;
    let shared = SharedObjects::new(repo);
    let data = shared.handle().commit(&revision_id).map_err(|_| GitError::Read {
        what: format!("the scanned commit {revision_id}"),
        source: Cause::from("the object is missing or corrupt"),
    })?;
    let header = parse_header(&data, revision_id.kind()).ok_or_else(|| GitError::Read {
        what: format!("the scanned commit {revision_id}"),
        source: Cause::from("the commit object is malformed"),
    })?;
    let shallow = local.shallow_commits().map_err(read_error("the list of shallow commits"))?;
    Ok(OpenRepository {
        revision: revision_id,
        tree: header.tree,
        as_of: Timestamp(header.committer_seconds),
        is_beyond_window: false,
        misdated: None,
        scope: scope(path)?,
        shallow: shallow.map_or_else(FxHashSet::default, |commits| commits.iter().copied().collect()),
        is_partial: is_partial(&local),
        has_replacements: local.objects.store_ref().replacements().next().is_some(),
        identity: identity_of(&local)?,
        objects: shared,
    })
}

fn discover(path: &Path) -> Result<gix::ThreadSafeRepository, GitError> {
    // The user's configuration must not change a report, and a malformed value in the repository's own
    // configuration is no reason to refuse the repository. The filter keeps the library from obeying keys of the
    // repository that move the work tree, the list of shallow commits or the replacements, or that size caches.
    let options = gix::open::Options::isolated().lossy_config(true).filter_config_section(|_| false);
    let trust = gix::sec::trust::Mapping { full: options.clone(), reduced: options };
    let mut repo =
        gix::ThreadSafeRepository::discover_opts(path, gix::discover::upwards::Options::default(), trust)
            .map_err(|source| GitError::NotARepository {
                path: path.to_owned(),
                source: beyond_absence(source),
            })?
            .to_thread_local();
    // The filter does not cover `gitoxide.core.refsNamespace`.
    repo.clear_namespace();
    Ok(repo.into_sync())
}

/// The library's error message, unless it only says "not found".
fn beyond_absence(source: gix::Error) -> Option<Cause> {
    if is_ambiguous(&source) {
        return Some(Cause::from("several objects have ids that begin with these digits: give more of them"));
    }
    (!is_absent(&source)).then(|| Cause::from(source))
}

fn is_ambiguous(error: &gix::Error) -> bool {
    let found = error.iter_errors().filter_map(|error| error.downcast_ref());
    found.into_iter().any(|error| {
        matches!(error, RevisionError::AmbiguousPrefix { .. } | RevisionError::AmbiguousRefAndObject { .. })
    })
}

/// True if there is no such repository, reference or object, or the text is no revision at all.
fn is_absent(error: &gix::Error) -> bool {
    let classes = error.classify();
    classes.is_not_found() || error.classify().is_validation()
}

/// Identifies the repository at or above `path`.
pub fn identity(path: &Path) -> Result<RepositoryIdentity, GitError> {
    identity_of(&discover(path)?.to_thread_local())
}

fn identity_of(repo: &gix::Repository) -> Result<RepositoryIdentity, GitError> {
    let read_error = |source: Cause| GitError::Read {
        what: format!("the git folder `{}`", repo.common_dir().display()),
        source,
    };
    let git_dir = repo.common_dir().canonicalize().map_err(|error| read_error(Cause::from(error)))?;
    let key = |purpose: &[u8]| {
        let mut hasher = gix::hash::hasher(gix::hash::Kind::Sha1);
        hasher.update(repo.object_hash().to_string().as_bytes());
        hasher.update(b"\0");
        hasher.update(git_dir.as_os_str().as_encoded_bytes());
        hasher.update(purpose);
        hasher.try_finalize().map_err(|error| read_error(Cause::from(error))).map(|key| key.to_string())
    };
    Ok(RepositoryIdentity { key: key(b"")?, anonymous_key: key(b"\0anonymous")?, git_dir })
}

fn resolve(repo: &gix::Repository, revision: &str) -> Result<ObjectId, GitError> {
    if revision == "HEAD" {
        let head = repo.head().map_err(read_error("HEAD"))?;
        if head.is_unborn() {
            let reference = head.referent_name().map_or("HEAD".to_owned(), |name| name.shorten().to_string());
            return Err(GitError::Unborn { reference });
        }
    }
    let unknown = |source: gix::Error| GitError::UnknownRevision {
        revision: revision.to_owned(),
        source: beyond_absence(source),
    };
    let object = repo.rev_parse_single(revision).map_err(unknown)?.object().map_err(unknown)?;
    Ok(object.peel_to_commit().map_err(unknown)?.id)
}

/// Returns the committer time of the commit that `revision` names.
pub fn commit_time(opened: &OpenRepository, revision: &str) -> Result<Timestamp, GitError> {
    let unknown = |source: Option<Cause>| GitError::UnknownRevision { revision: revision.to_owned(), source };
    let mut objects = opened.objects.handle();
    let commit = objects
        .repo()
        .rev_parse_single(revision)
        .and_then(|id| Ok(id.object()?.peel_to_commit()?.id))
        .map_err(|source| unknown(beyond_absence(source)))?;
    let damaged = |_| unknown(Some(Cause::from("the commit is missing or corrupt")));
    let data = objects.commit(&commit).map_err(damaged)?;
    let header = parse_header(&data, commit.kind());
    let header = header.ok_or_else(|| unknown(Some(Cause::from("the commit object is malformed"))))?;
    Ok(Timestamp(header.committer_seconds))
}

/// Returns the folder that `path` names within the work tree; `None` for its root.
///
/// The work tree is the folder that holds `.git`, because `core.worktree` and `core.bare` could name any other.
fn scope(path: &Path) -> Result<Option<RepoPath>, GitError> {
    let (found, _) = gix::discover::upwards(path).map_err(|source| GitError::NotARepository {
        path: path.to_owned(),
        source: beyond_absence(source),
    })?;
    let Some(root) = found.into_repository_and_work_tree_directories().1 else { return Ok(None) };
    let canonical = |path: &Path| {
        path.canonicalize().map_err(|source| GitError::Read {
            what: format!("the path `{}`", path.display()),
            source: Cause::from(source),
        })
    };
    let (root, path) = (canonical(&root)?, canonical(path)?);
    let Ok(relative) = path.strip_prefix(&root) else { return Ok(None) };
    // A path inside `.git` means the whole repository.
    if relative.as_os_str().is_empty() || relative.starts_with(".git") {
        return Ok(None);
    }
    let unusable =
        |source: Cause| GitError::Read { what: format!("the path `{}`", relative.display()), source };
    let bytes = gix::path::into_bstr(relative).map_err(|source| unusable(Cause::from(source)))?;
    let bytes = gix::path::to_unix_separators_on_windows(bytes).into_owned();
    RepoPath::new(Vec::from(bytes)).map(Some).map_err(|source| unusable(Cause::from(source)))
}

fn is_partial(repo: &gix::Repository) -> bool {
    let config = repo.config_snapshot();
    let by_extension = config.string("extensions.partialClone").is_some();
    // Some clones only mark their remote as a promisor.
    let is_promisor = |name| config.boolean(format!("remote.{name}.promisor").as_str()).unwrap_or(false);
    let remotes = config.plumbing().sections_by_name("remote").into_iter().flatten();
    let mut names = remotes.filter_map(|section| section.header().subsection_name().map(ToOwned::to_owned));
    by_extension || names.any(is_promisor)
}
