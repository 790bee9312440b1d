//! Writing a new repository, file by file and commit by commit: the only code here that writes.
//!
//! Everything comes from the caller, so the same calls give the same object ids on every machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bstr::BString;
use gix::ObjectId;
use gix::actor::Signature;
use gix::date::Time;
use gix::objs::tree::{Entry, EntryKind};
use gix::refs::transaction::{PreviousValue, RefEdit};
use gix::refs::{FullName, Target};

use crate::error::Cause;

/// The branch of a new repository.
const BRANCH: &str = "refs/heads/main";

/// A new repository cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {what} of the new repository `{}`", folder.display())]
pub struct CreateError {
    /// The part of the repository.
    what: &'static str,
    folder: PathBuf,
    #[source]
    source: Cause,
}

/// The files of one commit: path, relative and with slashes, to content.
#[derive(Debug, Clone, Default)]
pub struct FileSet(BTreeMap<String, ObjectId>);

/// One commit to write.
#[derive(Debug, Clone)]
pub struct NewCommit<'a> {
    /// The message; ends with a newline.
    pub message: &'a str,
    /// Name and address of author and committer.
    pub author: (&'a str, &'a str),
    /// Author and committer time, seconds since the epoch, UTC.
    pub seconds: i64,
    /// The parents; none for the first commit.
    pub parents: &'a [ObjectId],
}

/// A repository in the making. It has objects, but no branch before [`finish`](Self::finish).
pub struct NewRepository {
    repo: gix::Repository,
    folder: PathBuf,
}

impl NewRepository {
    /// Makes an empty repository with a work tree in `folder`, which is created.
    ///
    /// # Errors
    /// When there is a repository already, or the folder cannot be written.
    pub fn create(folder: &Path) -> Result<Self, CreateError> {
        let made = gix::ThreadSafeRepository::init_opts(
            folder,
            gix::create::Kind::WithWorktree,
            gix::create::Options::default(),
            gix::open::Options::isolated(),
        );
        let made = made.map_err(|source| error("the start", folder, source))?;
        let mut repo = made.to_thread_local();
        repo.refs.write_reflog = gix::refs::store::WriteReflog::Disable;
        Ok(Self { repo, folder: folder.to_owned() })
    }

    /// Writes a file into a snapshot.
    ///
    /// # Errors
    /// When the content cannot be written.
    pub fn put(&self, snapshot: &mut FileSet, path: &str, content: &str) -> Result<(), CreateError> {
        let id = self.repo.write_blob(content).map_err(|source| self.error("a file", source))?;
        snapshot.0.insert(path.to_owned(), id.detach());
        Ok(())
    }

    /// Writes a commit of all files of a snapshot, and returns its id.
    ///
    /// # Errors
    /// When an object cannot be written.
    pub fn commit(&self, files: &FileSet, commit: &NewCommit<'_>) -> Result<ObjectId, CreateError> {
        let (name, email) = commit.author;
        let signature =
            Signature { name: name.into(), email: email.into(), time: Time::new(commit.seconds, 0) };
        let paths: Vec<(&str, ObjectId)> = files.0.iter().map(|(path, id)| (path.as_str(), *id)).collect();
        let object = gix::objs::Commit {
            tree: self.write_folder(&paths)?,
            parents: commit.parents.iter().copied().collect(),
            author: signature.clone(),
            committer: signature,
            encoding: None,
            message: commit.message.into(),
            extra_headers: Vec::new(),
        };
        self.write_object(object)
    }

    /// Points the branch `main` at a commit, and checks its files out.
    ///
    /// # Errors
    /// When the branch, the index or a file cannot be written.
    pub fn finish(self, head: ObjectId, files: &FileSet) -> Result<(), CreateError> {
        for (path, id) in &files.0 {
            let object = self.repo.find_object(*id).map_err(|source| self.error("a file", source))?;
            let target = self.folder.join(path);
            let folder = target.parent().unwrap_or(&self.folder);
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&target, &object.data));
            written.map_err(|source| self.error("a file", source))?;
        }
        let commit = self.repo.find_commit(head).map_err(|source| self.error("the index", source))?;
        let tree = commit.tree_id().map_err(|source| self.error("the index", source))?.detach();
        let mut index = self.repo.index_from_tree(&tree).map_err(|source| self.error("the index", source))?;
        index
            .write(gix::index::write::Options::default())
            .map_err(|source| self.error("the index", source))?;
        let branch = FullName::try_from(BRANCH).expect("a valid name");
        let edits = [
            RefEdit::update(branch.clone(), Target::Object(head), PreviousValue::Any, ""),
            RefEdit::update(
                FullName::try_from("HEAD").expect("a valid name"),
                Target::Symbolic(branch),
                PreviousValue::Any,
                "",
            ),
        ];
        for edit in edits {
            self.repo.edit_reference(edit).map_err(|source| self.error("the branch", source))?;
        }
        Ok(())
    }

    /// Writes one folder; the paths are relative to it and sorted.
    fn write_folder(&self, files: &[(&str, ObjectId)]) -> Result<ObjectId, CreateError> {
        let mut folders: BTreeMap<&str, Vec<(&str, ObjectId)>> = BTreeMap::new();
        let mut entries = Vec::new();
        for (path, oid) in files {
            match path.split_once('/') {
                Some((folder, rest)) => folders.entry(folder).or_default().push((rest, *oid)),
                None => entries.push(Entry {
                    mode: EntryKind::Blob.into(),
                    filename: BString::from(*path),
                    oid: *oid,
                }),
            }
        }
        for (name, below) in folders {
            let oid = self.write_folder(&below)?;
            entries.push(Entry { mode: EntryKind::Tree.into(), filename: BString::from(name), oid });
        }
        entries.sort();
        self.write_object(gix::objs::Tree { entries })
    }

    fn write_object(&self, object: impl gix::objs::WriteTo) -> Result<ObjectId, CreateError> {
        let id = self.repo.write_object(object).map_err(|source| self.error("an object", source))?;
        Ok(id.detach())
    }

    fn error(&self, what: &'static str, source: impl Into<Cause>) -> CreateError {
        error(what, &self.folder, source)
    }
}

fn error(what: &'static str, folder: &Path, source: impl Into<Cause>) -> CreateError {
    CreateError { what, folder: folder.to_owned(), source: source.into() }
}
