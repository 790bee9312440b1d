//! Opening a repository and settling on the commit to scan.

use std::path::{Path, PathBuf};

use debtscan_model::{RepoPath, Timestamp};
use gix::ObjectId;
use rustc_hash::FxHashSet;

use super::commit::parse_header;
use super::objects::SharedObjects;
use crate::error::{Cause, ScanError};

/// A repository, and what is being scanned in it.
pub(crate) struct Opened {
    /// The repository's objects, shared by the workers.
    pub(crate) objects: SharedObjects,
    /// The scanned commit.
    pub(crate) revision: ObjectId,
    /// Its tree.
    pub(crate) tree: ObjectId,
    /// The "now" of every figure: its committer time, or an earlier one that was asked for.
    pub(crate) as_of: Timestamp,
    /// Whether the window that was asked for ends before its committer time.
    pub(crate) is_beyond_window: bool,
    /// The folder the scan is limited to.
    pub(crate) scope: Option<RepoPath>,
    /// Commits whose parents are absent from a shallow clone.
    pub(crate) shallow: FxHashSet<ObjectId>,
    /// Whether objects may be absent on purpose.
    pub(crate) is_partial: bool,
    /// Whether some objects stand in for others (`git replace`).
    pub(crate) has_replacements: bool,
    /// Which repository it is.
    pub(crate) identity: Identity,
}

impl Opened {
    /// The same repository at another commit, with another "now".
    pub(crate) fn at(&self, revision: ObjectId, tree: ObjectId, as_of: Timestamp) -> Self {
        Self {
            revision,
            tree,
            as_of,
            is_beyond_window: false,
            objects: self.objects.clone(),
            scope: self.scope.clone(),
            shallow: self.shallow.clone(),
            identity: self.identity.clone(),
            ..*self
        }
    }
}

/// Tells repositories of one machine apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// 40 hexadecimal digits, made from the git folder and the object format.
    pub(crate) key: String,
    /// Another such key, for what is kept without people.
    pub(crate) anonymous_key: String,
    /// The git folder that all work trees share, canonical.
    pub(crate) git_dir: PathBuf,
}

fn read_error(what: &str) -> impl FnOnce(gix::Error) -> ScanError + '_ {
    move |source| ScanError::Read { what: what.to_owned(), source: Cause::from(source) }
}

/// Opens the repository at or above `path` and resolves `revision`.
///
/// Only configuration inside the repository is read: the user's and the system's must not change a
/// report. No hook, filter or other process of the repository is ever run.
pub(crate) fn open(path: &Path, revision: &str) -> Result<Opened, ScanError> {
    let repo = discover(path)?;
    let local = repo.to_thread_local();
    if let Some(format) =
        local.config_snapshot().string("extensions.refStorage").filter(|format| *format != "files")
    {
        return Err(ScanError::UnsupportedRefStorage { path: path.to_owned(), format: format.to_string() });
    }
    let revision_id = resolve(&local, revision)?;
    let shared = SharedObjects::new(repo);
    let data = shared.handle().commit(&revision_id).map_err(|_| ScanError::Read {
        what: format!("the scanned commit {revision_id}"),
        source: Cause::from("the object is missing or corrupt"),
    })?;
    let header = parse_header(&data, revision_id.kind()).ok_or_else(|| ScanError::Read {
        what: format!("the scanned commit {revision_id}"),
        source: Cause::from("the commit object is malformed"),
    })?;
    let shallow = local.shallow_commits().map_err(read_error("the list of shallow commits"))?;
    Ok(Opened {
        revision: revision_id,
        tree: header.tree,
        as_of: Timestamp(header.committer_seconds),
        is_beyond_window: false,
        scope: scope(&local, path)?,
        shallow: shallow.map_or_else(FxHashSet::default, |commits| commits.iter().copied().collect()),
        is_partial: is_partial(&local),
        has_replacements: local.objects.store_ref().replacements().next().is_some(),
        identity: identity_of(&local)?,
        objects: shared,
    })
}

fn discover(path: &Path) -> Result<gix::ThreadSafeRepository, ScanError> {
    let options = gix::open::Options::isolated().lossy_config(true);
    let trust = gix::sec::trust::Mapping { full: options.clone(), reduced: options };
    gix::ThreadSafeRepository::discover_opts(path, gix::discover::upwards::Options::default(), trust)
        .map_err(|source| ScanError::NotARepository { path: path.to_owned(), source: beyond_absence(source) })
}

/// What the library said, in its own words, unless it is only that there is nothing of the name.
fn beyond_absence(source: gix::Error) -> Option<Cause> {
    const ABSENT: [&str; 3] =
        ["could not be found", "Could not find a git repository", "couldn't parse revision"];
    let cause = Cause::from(source);
    let text = cause.to_string();
    if text.contains("mbiguous") {
        return Some(Cause::from("several objects have ids that begin so: give more digits"));
    }
    (!ABSENT.iter().any(|absent| text.contains(absent))).then_some(cause)
}

/// Which repository is at or above `path`.
pub(crate) fn identity(path: &Path) -> Result<Identity, ScanError> {
    identity_of(&discover(path)?.to_thread_local())
}

fn identity_of(repo: &gix::Repository) -> Result<Identity, ScanError> {
    let read_error = |source: Cause| ScanError::Read {
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
    Ok(Identity { key: key(b"")?, anonymous_key: key(b"\0anonymous")?, git_dir })
}

fn resolve(repo: &gix::Repository, revision: &str) -> Result<ObjectId, ScanError> {
    if revision == "HEAD" {
        let head = repo.head().map_err(read_error("HEAD"))?;
        if head.is_unborn() {
            let reference = head.referent_name().map_or("HEAD".to_owned(), |name| name.shorten().to_string());
            return Err(ScanError::Unborn { reference });
        }
    }
    let unknown = |source: gix::Error| ScanError::UnknownRevision {
        revision: revision.to_owned(),
        source: beyond_absence(source),
    };
    let object = repo.rev_parse_single(revision).map_err(unknown)?.object().map_err(unknown)?;
    Ok(object.peel_to_commit().map_err(unknown)?.id)
}

/// The committer time of the commit that `revision` names.
pub(crate) fn commit_time(opened: &Opened, revision: &str) -> Result<Timestamp, ScanError> {
    let unknown = |source: Option<Cause>| ScanError::UnknownTime { text: revision.to_owned(), source };
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

/// The folder of the work tree that `path` names, from the work tree's root.
fn scope(repo: &gix::Repository, path: &Path) -> Result<Option<RepoPath>, ScanError> {
    let Some(root) = repo.workdir() else { return Ok(None) };
    let canonical = |path: &Path| {
        path.canonicalize().map_err(|source| ScanError::Read {
            what: format!("the path `{}`", path.display()),
            source: Cause::from(source),
        })
    };
    let (root, path) = (canonical(root)?, canonical(path)?);
    let Ok(relative) = path.strip_prefix(&root) else { return Ok(None) };
    if relative.as_os_str().is_empty() || relative.starts_with(".git") {
        return Ok(None);
    }
    let unusable =
        |source: Cause| ScanError::Read { what: format!("the path `{}`", relative.display()), source };
    let bytes = gix::path::into_bstr(relative).map_err(|source| unusable(Cause::from(source)))?;
    let bytes = gix::path::to_unix_separators_on_windows(bytes).into_owned();
    RepoPath::new(Vec::from(bytes)).map(Some).map_err(|source| unusable(Cause::from(source)))
}

fn is_partial(repo: &gix::Repository) -> bool {
    let config = repo.config_snapshot();
    let by_extension = config.string("extensions.partialClone").is_some();
    by_extension
        || repo
            .remote_names()
            .iter()
            .any(|name| config.boolean(format!("remote.{name}.promisor").as_str()).unwrap_or(false))
}
