//! The repository: its folder, references and clock.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::refs::transaction::{PreviousValue, RefEdit};
use gix::refs::{FullName, Target};

use crate::id::parse_id;
use crate::tree::TreeContent;
use crate::{AUTHOR_EMAIL, AUTHOR_NAME, START, TICK};

/// How objects are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectFormat {
    /// Ids of 40 hexadecimal digits.
    Sha1,
    /// Ids of 64 hexadecimal digits.
    Sha256,
}

/// A repository in a temporary folder that disappears with it.
///
/// It has objects and references, but neither index nor checked-out files. `HEAD` starts as the
/// unborn branch `main`.
pub struct RepoBuilder {
    repo: gix::Repository,
    root: PathBuf,
    /// Deletes the folder when dropped; `None` if the caller owns it.
    // Never read: it is kept for its destructor.
    _temporary: Option<tempfile::TempDir>,
    head: HeadTarget,
    // Sorted maps, so that every walk over them has the same order in each run.
    branches: BTreeMap<String, ObjectId>,
    pub(crate) commits: BTreeMap<ObjectId, WrittenCommit>,
    pub(crate) tags: Vec<ObjectId>,
    ticks: i64,
}

/// A written commit.
pub(crate) struct WrittenCommit {
    pub(crate) parents: Vec<ObjectId>,
    pub(crate) tree: TreeContent,
}

#[derive(Debug)]
enum HeadTarget {
    Branch(String),
    Detached(ObjectId),
}

impl fmt::Debug for RepoBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RepoBuilder")
            .field("root", &self.root)
            .field("head", &self.head)
            .field("commits", &self.commits.len())
            .finish_non_exhaustive()
    }
}

impl Default for RepoBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl RepoBuilder {
    /// Makes an empty repository with SHA-1 ids and a `.git` folder.
    pub fn new() -> Self {
        Self::temporary(ObjectFormat::Sha1, gix::create::Kind::WithWorktree)
    }

    /// Makes an empty repository with SHA-256 ids.
    pub fn sha256() -> Self {
        Self::temporary(ObjectFormat::Sha256, gix::create::Kind::WithWorktree)
    }

    /// Makes an empty bare repository: [`RepoBuilder::path`] is the git folder itself.
    pub fn bare() -> Self {
        Self::temporary(ObjectFormat::Sha1, gix::create::Kind::Bare)
    }

    /// Makes an empty repository in `folder`, which outlives the builder.
    ///
    /// # Panics
    /// When there is a repository already, or the folder cannot be written.
    pub fn in_folder(folder: &Path, format: ObjectFormat) -> Self {
        Self::init(folder.to_owned(), None, format, gix::create::Kind::WithWorktree)
    }

    fn temporary(format: ObjectFormat, kind: gix::create::Kind) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("debtscan-test-")
            .tempdir()
            .expect("a temporary folder can be made");
        // A subfolder: nothing is beside the repository but what a test puts there, and its name,
        // unlike that of the temporary folder, is the same in each run.
        Self::init(folder.path().join("repo"), Some(folder), format, kind)
    }

    fn init(
        root: PathBuf,
        temporary: Option<tempfile::TempDir>,
        format: ObjectFormat,
        kind: gix::create::Kind,
    ) -> Self {
        let create = gix::create::Options {
            object_hash: match format {
                ObjectFormat::Sha1 => None,
                ObjectFormat::Sha256 => Some(gix::hash::Kind::Sha256),
            },
            ..Default::default()
        };
        // Neither the user's configuration nor the environment is read, as in [`crate::git()`].
        let open = gix::open::Options::isolated();
        let mut repo = gix::ThreadSafeRepository::init_opts(&root, kind, create, open)
            .expect("a repository can be made in an empty folder")
            .to_thread_local();
        // A reflog entry needs an identity and the time. Without a log, neither the configuration
        // nor the clock is asked for one.
        repo.refs.write_reflog = gix::refs::store::WriteReflog::Disable;
        Self {
            repo,
            root,
            _temporary: temporary,
            head: HeadTarget::Branch("main".to_owned()),
            branches: BTreeMap::new(),
            commits: BTreeMap::new(),
            tags: Vec::new(),
            ticks: 0,
        }
    }

    /// The repository's folder: the work tree, or the git folder when bare.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// The folder that holds `HEAD`, `objects` and `refs`.
    pub fn git_dir(&self) -> &Path {
        self.repo.git_dir()
    }

    /// The commit at `HEAD`, as full hexadecimal id; `None` when unborn.
    pub fn head(&self) -> Option<String> {
        self.head_id().map(|id| id.to_string())
    }

    /// The time of the next commit, in seconds since the epoch.
    pub fn now(&self) -> i64 {
        START + self.ticks * TICK
    }

    /// Moves the clock forward before the next commit.
    pub fn wait(&mut self, hours: u32) -> &mut Self {
        self.ticks += i64::from(hours);
        self
    }

    /// Makes a branch at `HEAD` and switches to it.
    ///
    /// # Panics
    /// When `HEAD` is unborn.
    pub fn branch(&mut self, name: &str) -> &mut Self {
        let id = self.head().expect("a branch starts at a commit");
        self.branch_at(name, &id)
    }

    /// Makes a branch at a commit, or moves it there, and switches to it.
    pub fn branch_at(&mut self, name: &str, id: &str) -> &mut Self {
        let id = parse_id(id);
        self.set_reference(&format!("refs/heads/{name}"), id);
        self.branches.insert(name.to_owned(), id);
        self.point_head_at(name);
        self
    }

    /// Switches to a branch that has commits.
    ///
    /// # Panics
    /// When there is no such branch.
    pub fn checkout(&mut self, name: &str) -> &mut Self {
        assert!(self.branches.contains_key(name), "no branch named {name}");
        self.point_head_at(name);
        self
    }

    /// Switches to a branch without commits: the next commit is a root.
    ///
    /// # Panics
    /// When the branch exists.
    pub fn orphan(&mut self, name: &str) -> &mut Self {
        assert!(!self.branches.contains_key(name), "branch {name} has commits");
        self.point_head_at(name);
        self
    }

    /// Detaches `HEAD` at a commit.
    pub fn detach(&mut self, id: &str) -> &mut Self {
        let id = parse_id(id);
        self.head = HeadTarget::Detached(id);
        self.edit_reference("HEAD", Target::Object(id));
        self
    }

    /// Makes a lightweight tag.
    pub fn tag(&mut self, name: &str, id: &str) -> &mut Self {
        self.set_reference(&format!("refs/tags/{name}"), parse_id(id));
        self
    }

    /// Makes an annotated tag, dated like the next commit, and returns the id of the tag object.
    ///
    /// # Panics
    /// When the tag object cannot be written.
    pub fn annotated_tag(&mut self, name: &str, id: &str, message: &str) -> String {
        let tag = gix::objs::Tag {
            target: parse_id(id),
            target_kind: gix::objs::Kind::Commit,
            name: name.into(),
            tagger: Some(gix::actor::Signature {
                name: AUTHOR_NAME.into(),
                email: AUTHOR_EMAIL.into(),
                time: gix::date::Time::new(self.now(), 0),
            }),
            message: format!("{message}\n").into(),
            signature: None,
        };
        let id = self.repo.write_object(tag).expect("a tag object can be written").detach();
        self.tags.push(id);
        self.set_reference(&format!("refs/tags/{name}"), id);
        id.to_string()
    }

    /// Runs the installed `git` in this repository and returns its standard output.
    ///
    /// # Panics
    /// When git is not installed or fails; its standard error is shown.
    pub fn git(&self, args: &[&str]) -> Vec<u8> {
        crate::git(&self.root, args)
    }

    pub(crate) fn gix(&self) -> &gix::Repository {
        &self.repo
    }

    pub(crate) fn head_id(&self) -> Option<ObjectId> {
        match &self.head {
            HeadTarget::Branch(name) => self.branches.get(name).copied(),
            HeadTarget::Detached(id) => Some(*id),
        }
    }

    /// Every commit that a branch or `HEAD` points to.
    pub(crate) fn tips(&self) -> Vec<ObjectId> {
        self.branches.values().copied().chain(self.head_id()).collect()
    }

    pub(crate) fn tree_of(&self, commit: ObjectId) -> &TreeContent {
        &self.commits.get(&commit).expect("the parent was written by this builder").tree
    }

    /// Returns the time of the commit being written and moves the clock on.
    pub(crate) fn tick(&mut self) -> i64 {
        let now = self.now();
        self.ticks += 1;
        now
    }

    /// Remembers a written commit and moves `HEAD` there.
    pub(crate) fn record(&mut self, id: ObjectId, parents: Vec<ObjectId>, tree: TreeContent) {
        self.commits.insert(id, WrittenCommit { parents, tree });
        match &mut self.head {
            HeadTarget::Branch(name) => {
                let name = name.clone();
                self.set_reference(&format!("refs/heads/{name}"), id);
                self.branches.insert(name, id);
            }
            HeadTarget::Detached(_) => {
                self.head = HeadTarget::Detached(id);
                self.edit_reference("HEAD", Target::Object(id));
            }
        }
    }

    fn point_head_at(&mut self, branch: &str) {
        // A symbolic reference may name a branch that does not exist yet. That is how git itself
        // writes an unborn branch.
        let name = full_name(&format!("refs/heads/{branch}"));
        self.edit_reference("HEAD", Target::Symbolic(name));
        self.head = HeadTarget::Branch(branch.to_owned());
    }

    fn set_reference(&self, name: &str, id: ObjectId) {
        self.edit_reference(name, Target::Object(id));
    }

    fn edit_reference(&self, name: &str, target: Target) {
        // Any previous value: tests move branches backwards and sideways.
        let edit = RefEdit::update(full_name(name), target, PreviousValue::Any, "");
        self.repo.edit_reference(edit).expect("a reference can be written into a temporary folder");
    }
}

fn full_name(name: &str) -> FullName {
    FullName::try_from(name).expect("a valid reference name")
}
