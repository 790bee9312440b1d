//! Why a repository cannot be read.

use std::path::PathBuf;

/// An error of the git library, boxed because its types change with every release.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why a repository cannot be read. Whatever concerns a single commit, path or object is a
/// [`Skipped`](debtscan_model::Skipped) instead.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no repository at or above the path.
    #[error("`{}` is not in a git repository", path.display())]
    NotARepository {
        /// The path as given.
        path: PathBuf,
        /// The library's error message, unless it only says "not found".
        #[source]
        source: Option<Cause>,
    },
    /// The repository stores its references in a format that the library cannot read.
    #[error("cannot read references in `{format}` format of the repository at `{}`", path.display())]
    UnsupportedRefStorage {
        /// The path as given.
        path: PathBuf,
        /// The value of `extensions.refStorage`.
        format: String,
    },
    /// The branch has no commit yet.
    #[error("`{reference}` has no commits yet")]
    Unborn {
        /// The reference without commit.
        reference: String,
    },
    /// The revision does not name a commit.
    #[error("revision `{revision}` not found")]
    UnknownRevision {
        /// The revision as given.
        revision: String,
        /// The library's error message, unless it only says "not found".
        #[source]
        source: Option<Cause>,
    },
    /// Something that every answer needs cannot be read.
    #[error("cannot read {what}")]
    Read {
        /// The part of the repository.
        what: String,
        /// The library's error message.
        #[source]
        source: Cause,
    },
}

impl GitError {
    /// What the user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotARepository { .. } => "give the path of a git checkout or bare repository",
            Self::UnsupportedRefStorage { .. } => {
                "clone it with `git clone --ref-format=files` and scan the clone"
            }
            Self::Unborn { .. } => "commit something, or name another branch with --rev",
            Self::UnknownRevision { .. } => "`git branch --all` and `git tag` list the names",
            Self::Read { .. } => "check the repository with `git fsck`",
        }
    }
}
