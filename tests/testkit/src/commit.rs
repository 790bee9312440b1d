//! One commit, described edit by edit and written at the end.

use bstr::{BString, ByteSlice};
use gix::ObjectId;
use gix::actor::Signature;
use gix::date::Time;
use gix::objs::tree::{EntryKind, EntryMode};

use crate::id::parse_id;
use crate::tree::{TreeContent, TreeLeaf};
use crate::{AUTHOR_EMAIL, AUTHOR_NAME, RepoBuilder};

/// A commit in the making; nothing is written before [`CommitBuilder::create`].
///
/// The edits are applied in the order of the calls, to the tree of the first parent.
#[must_use = "a commit is written by `create`"]
#[derive(Debug)]
pub struct CommitBuilder<'repo> {
    repo: &'repo mut RepoBuilder,
    message: BString,
    edits: Vec<TreeEdit>,
    parents: CommitParents,
    author: (BString, BString),
    committer: (BString, BString),
    author_time: Option<i64>,
    committer_time: Option<i64>,
    offset: i32,
    encoding: Option<BString>,
}

#[derive(Debug)]
enum CommitParents {
    Head,
    HeadAnd(Vec<String>),
    Exactly(Vec<String>),
}

#[derive(Debug)]
enum TreeEdit {
    Put { path: BString, mode: EntryMode, content: Vec<u8> },
    Gitlink { path: BString, commit: String },
    Remove { path: BString },
    Rename { from: BString, to: BString },
    Copy { from: BString, to: BString },
}

fn bytes(text: impl AsRef<[u8]>) -> BString {
    BString::from(text.as_ref())
}

impl RepoBuilder {
    /// Begins a commit on top of `HEAD`; a final newline is added to the message if missing.
    pub fn commit(&mut self, message: impl AsRef<[u8]>) -> CommitBuilder<'_> {
        CommitBuilder::new(self, message.as_ref())
    }
}

impl<'repo> CommitBuilder<'repo> {
    pub(crate) fn new(repo: &'repo mut RepoBuilder, message: &[u8]) -> Self {
        Self {
            repo,
            message: message.into(),
            edits: Vec::new(),
            parents: CommitParents::Head,
            author: (AUTHOR_NAME.into(), AUTHOR_EMAIL.into()),
            committer: (AUTHOR_NAME.into(), AUTHOR_EMAIL.into()),
            author_time: None,
            committer_time: None,
            offset: 0,
            encoding: None,
        }
    }

    fn put(mut self, path: impl AsRef<[u8]>, mode: EntryMode, content: impl AsRef<[u8]>) -> Self {
        self.edits.push(TreeEdit::Put { path: bytes(path), mode, content: content.as_ref().to_vec() });
        self
    }

    /// Writes a regular file; folders are created with their files.
    pub fn write(self, path: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        self.put(path, EntryKind::Blob.into(), content)
    }

    /// Writes an executable file.
    pub fn write_executable(self, path: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        self.put(path, EntryKind::BlobExecutable.into(), content)
    }

    /// Writes a file with a raw mode that git no longer writes but old histories contain (`0o100664`).
    ///
    /// # Panics
    /// When git has no entry of this mode.
    pub fn write_with_mode(self, path: impl AsRef<[u8]>, mode: u32, content: impl AsRef<[u8]>) -> Self {
        let mode = EntryMode::try_from(mode).expect("a mode that a tree can hold");
        self.put(path, mode, content)
    }

    /// Writes a symbolic link.
    pub fn symlink(self, path: impl AsRef<[u8]>, target: impl AsRef<[u8]>) -> Self {
        self.put(path, EntryKind::Link.into(), target)
    }

    /// Writes a submodule at a commit of another repository, given as a full hexadecimal id.
    pub fn gitlink(mut self, path: impl AsRef<[u8]>, commit: impl Into<String>) -> Self {
        self.edits.push(TreeEdit::Gitlink { path: bytes(path), commit: commit.into() });
        self
    }

    /// Removes a file or a whole folder.
    pub fn remove(mut self, path: impl AsRef<[u8]>) -> Self {
        self.edits.push(TreeEdit::Remove { path: bytes(path) });
        self
    }

    /// Moves a file or a whole folder; a following [`CommitBuilder::write`] edits it in the same commit.
    pub fn rename(mut self, from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> Self {
        self.edits.push(TreeEdit::Rename { from: bytes(from), to: bytes(to) });
        self
    }

    /// Copies a file or a whole folder.
    pub fn copy(mut self, from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> Self {
        self.edits.push(TreeEdit::Copy { from: bytes(from), to: bytes(to) });
        self
    }

    /// Names the author; bytes as given, UTF-8 or not. The committer stays.
    pub fn author(mut self, name: impl AsRef<[u8]>, email: impl AsRef<[u8]>) -> Self {
        self.author = (bytes(name), bytes(email));
        self
    }

    /// Names the committer; bytes as given, UTF-8 or not. The author stays.
    pub fn committer(mut self, name: impl AsRef<[u8]>, email: impl AsRef<[u8]>) -> Self {
        self.committer = (bytes(name), bytes(email));
        self
    }

    /// Sets author and committer time in seconds since the epoch; the clock ticks all the same.
    pub fn at(mut self, seconds: i64) -> Self {
        self.author_time = Some(seconds);
        self.committer_time = Some(seconds);
        self
    }

    /// Sets only the author time, in seconds since the epoch.
    pub fn authored_at(mut self, seconds: i64) -> Self {
        self.author_time = Some(seconds);
        self
    }

    /// Sets the time zone that both times are written in, in seconds east of UTC.
    pub fn offset(mut self, seconds: i32) -> Self {
        self.offset = seconds;
        self
    }

    /// Adds an `encoding` header; the message's bytes are written as given.
    pub fn encoding(mut self, name: impl AsRef<[u8]>) -> Self {
        self.encoding = Some(bytes(name));
        self
    }

    /// Takes exactly these parents, full hexadecimal ids, in place of `HEAD`; none makes a root.
    pub fn parents(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.parents = CommitParents::Exactly(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Takes these parents after `HEAD`: one makes a merge, more an octopus.
    ///
    /// The tree stays that of `HEAD`; write what the others bring.
    pub fn merge(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.parents = CommitParents::HeadAnd(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Writes the commit, moves the current branch (or the detached `HEAD`) there and returns the
    /// full hexadecimal id.
    ///
    /// # Panics
    /// When an edit removes or moves a missing file, a parent was not written by this builder,
    /// or the object cannot be written.
    pub fn create(self) -> String {
        let head = self.repo.head_id();
        let named = |ids: &[String]| ids.iter().map(|id| parse_id(id)).collect::<Vec<_>>();
        let parents: Vec<ObjectId> = match &self.parents {
            CommitParents::Head => head.into_iter().collect(),
            CommitParents::HeadAnd(others) => head.into_iter().chain(named(others)).collect(),
            CommitParents::Exactly(ids) => named(ids),
        };
        let mut tree =
            parents.first().map_or_else(TreeContent::default, |first| self.repo.tree_of(*first).clone());
        // One by one, in the order of the calls: a write after a rename edits the moved file.
        for edit in &self.edits {
            apply(self.repo.gix(), &mut tree, edit);
        }

        // The clock ticks for a commit with a time of its own, too. A date set on one commit then
        // does not move the commits after it.
        let now = self.repo.tick();
        let signature = |(name, email): (BString, BString), time: Option<i64>| Signature {
            name,
            email,
            time: Time::new(time.unwrap_or(now), self.offset),
        };
        let mut message = self.message;
        // As `git commit` does, so that readers of messages see in tests what they see in practice.
        if !message.ends_with(b"\n") {
            message.push(b'\n');
        }
        let commit = gix::objs::Commit {
            tree: tree.write(self.repo.gix()),
            parents: parents.iter().copied().collect(),
            author: signature(self.author, self.author_time),
            committer: signature(self.committer, self.committer_time),
            encoding: self.encoding,
            message,
            extra_headers: Vec::new(),
        };
        let id = self
            .repo
            .gix()
            .write_object(commit)
            .expect("a commit object can be written into a temporary folder")
            .detach();
        self.repo.record(id, parents, tree);
        id.to_string()
    }
}

fn apply(repo: &gix::Repository, tree: &mut TreeContent, edit: &TreeEdit) {
    match edit {
        TreeEdit::Put { path, mode, content } => {
            let id =
                repo.write_blob(content).expect("a blob can be written into a temporary folder").detach();
            tree.put(path.as_bstr(), TreeLeaf { mode: *mode, id });
        }
        TreeEdit::Gitlink { path, commit } => {
            // The commit of a submodule is in another repository. Only its id is written here, no
            // object.
            let leaf = TreeLeaf { mode: EntryKind::Commit.into(), id: parse_id(commit) };
            tree.put(path.as_bstr(), leaf);
        }
        TreeEdit::Remove { path } => {
            tree.take(path.as_bstr());
        }
        TreeEdit::Rename { from, to } => {
            let taken = tree.take(from.as_bstr());
            tree.put_moved(taken, from.as_bstr(), to.as_bstr());
        }
        TreeEdit::Copy { from, to } => {
            // From a clone, because `take` removes what it returns.
            let taken = tree.clone().take(from.as_bstr());
            tree.put_moved(taken, from.as_bstr(), to.as_bstr());
        }
    }
}
