//! Why a scan cannot go on.

use std::path::PathBuf;

/// The cause inside the git library, boxed because its types change with every release.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why a scan cannot go on. Whatever concerns a single commit, path or object is a
/// [`Skipped`](debtscan_model::Skipped) instead.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// There is no repository at or above the path.
    #[error("no git repository at or above `{}`", path.display())]
    NotARepository {
        /// The path as given.
        path: PathBuf,
        /// What the library said, where that is more than that there is none.
        #[source]
        source: Option<Cause>,
    },
    /// The repository keeps its references in a format that the library cannot read.
    #[error("the repository at `{}` stores references as `{format}`, which debtscan cannot read", path.display())]
    UnsupportedRefStorage {
        /// The path as given.
        path: PathBuf,
        /// The value of `extensions.refStorage`.
        format: String,
    },
    /// The branch has no commit yet.
    #[error("`{reference}` has no commit yet: there is nothing to scan")]
    Unborn {
        /// The reference without commit.
        reference: String,
    },
    /// The revision does not name a commit.
    #[error("revision `{revision}` does not name a commit of this repository")]
    UnknownRevision {
        /// The revision as given.
        revision: String,
        /// What the library said, where that is more than that there is none.
        #[source]
        source: Option<Cause>,
    },
    /// An end of the window is neither a time nor a revision.
    #[error("`{text}` is neither a time nor a revision of this repository")]
    UnknownTime {
        /// The text as given.
        text: String,
        /// What the library said, where that is more than that there is none.
        #[source]
        source: Option<Cause>,
    },
    /// A pattern of `--exclude` or `.debtscanignore` is malformed.
    #[error("exclude pattern `{pattern}` is malformed")]
    InvalidPattern {
        /// The pattern.
        pattern: String,
        /// What the library said.
        #[source]
        source: Cause,
    },
    /// Something that the whole scan needs cannot be read.
    #[error("could not read {what}")]
    Read {
        /// What was to be read.
        what: String,
        /// What the library said.
        #[source]
        source: Cause,
    },
    /// The window ends before it begins.
    #[error("the window ends before it begins: --since is not earlier than --until")]
    EmptyWindow,
    /// The worker threads could not be started.
    #[error("could not start {threads} worker threads")]
    Threads {
        /// How many.
        threads: usize,
        /// What the system said.
        #[source]
        source: Cause,
    },
}

impl ScanError {
    /// What the user can do about it, if anything.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotARepository { .. } => Some("give the path of a git checkout or bare repository"),
            Self::UnsupportedRefStorage { .. } => {
                Some("clone it with `git clone --ref-format=files` and scan the clone")
            }
            Self::Unborn { .. } => Some("commit something, or name another branch with --rev"),
            Self::UnknownRevision { .. } => {
                Some("list what exists with `git branch --all` and `git tag`; an id needs at least 4 digits")
            }
            Self::UnknownTime { .. } => {
                Some("write a date (2025-01-31), an RFC 3339 time, an age (90d, 18mo) or a tag")
            }
            Self::EmptyWindow => Some("swap the two, or leave one out"),
            Self::Read { .. } => Some("check the repository with `git fsck`"),
            Self::InvalidPattern { .. } | Self::Threads { .. } => None,
        }
    }
}
