//! The file next to the segments that keeps one result of a workflow until the next one replaces it.
//!
//! It is found again by a digest of everything that it depends on besides the history; which history it is of is up
//! to its content.

use std::path::{Path, PathBuf};

use super::container::{self, Unusable};
use super::folder::{self, RepositoryFolder};
use super::outcome::RunError;
use debtscan_git::error::Cause;
use debtscan_git::id::digest;
use debtscan_git::open::OpenRepository;

const FILE_NAME: &str = "backtest";
const DIGEST: u8 = 0;
const CONTENT: u8 = 1;

/// The kept result of a repository.
pub(crate) struct Kept {
    folder: RepositoryFolder,
    repository: PathBuf,
    hash_len: usize,
}

impl Kept {
    /// The place of the result; `None` if nothing may be cached.
    pub(crate) fn of(cache: Option<&Path>, opened: &OpenRepository, is_anonymous: bool) -> Option<Self> {
        // The content of a replaced object differs from its id.
        let root = cache.filter(|_| !opened.has_replacements)?;
        let identity = &opened.identity;
        let key = if is_anonymous { &identity.anonymous_key } else { &identity.key };
        Some(Self {
            folder: RepositoryFolder::new(root, key),
            repository: identity.git_dir.clone(),
            hash_len: opened.revision.as_slice().len(),
        })
    }

    /// The content that was kept for the same inputs; `None` for others, and if it was written by another version.
    pub(crate) fn recall(&self, inputs: &[Vec<u8>]) -> Result<Option<Vec<u8>>, RunError> {
        let file = self.folder.path().join(FILE_NAME);
        let content = match folder::read(&file) {
            Ok(content) => content,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(RunError::Read { path: file, source: Cause::from(error) }),
        };
        let parsed = container::unpack(&content, self.hash_len).and_then(|sections| {
            let wanted = digest(inputs).into_bytes();
            let is_it = !wanted.is_empty() && sections.get(DIGEST)? == Some(wanted);
            Ok(if is_it { sections.get(CONTENT)? } else { None })
        });
        match parsed {
            Ok(content) => Ok(content),
            Err(Unusable::Foreign) => Ok(None),
            Err(Unusable::Damaged) => Err(RunError::Damaged { path: file }),
        }
    }

    /// Keeps a content for some inputs, in place of the one before.
    pub(crate) fn keep(&self, inputs: &[Vec<u8>], content: Vec<u8>) -> Result<(), RunError> {
        let sections = [(DIGEST, digest(inputs).into_bytes()), (CONTENT, content)];
        let written = container::pack(self.hash_len, &sections)
            .and_then(|content| self.folder.replace(FILE_NAME, &content))
            .and_then(|()| self.folder.mark_used(&self.repository));
        let path = self.folder.path().to_owned();
        written.map_err(|error| RunError::Write { path, source: Cause::from(error) })
    }
}
