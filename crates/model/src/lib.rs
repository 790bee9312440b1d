//! debtscan's vocabulary: the types that cross crate borders.
//!
//! Takes nothing, gives types, and will never do IO, know git's libraries or handle money.
//!
//! - [`RepoPath`], [`CommitId`], the dense indices and [`Timestamp`]: identity and time
//! - [`Author`], [`Commit`], [`Change`]: what history says
//! - [`Ancestry`], [`Mark`]: who descends from whom, and what commits say of each other
//! - [`FileComplexity`], [`FunctionComplexity`]: what the tree at the scanned revision says
//! - [`Scan`]: both together, all that the scanner tells of a repository
//! - [`Lines`]: on request, what follows single lines and functions through that history
//!
//! ```
//! use debtscan_model::{LineDelta, RepoPath};
//!
//! let path = RepoPath::new(b"src/lib.rs".to_vec()).expect("a valid path");
//! assert_eq!(path.parent().expect("it has a parent").to_string(), "src");
//! assert_eq!(LineDelta { added: 3, deleted: 2 }.total(), 5);
//! ```
#![deny(clippy::disallowed_methods)]

mod ancestry;
mod change;
mod complexity;
mod debt;
mod file;
mod id;
mod lines;
mod manifest;
mod path;
mod scan;
mod skipped;
mod time;
mod timeline;

pub use ancestry::{Ancestry, Mark, Node};
pub use change::{Author, Change, ChangeKind, Commit, LineDelta};
pub use complexity::{ComplexityMeasure, FileComplexity, FunctionComplexity, Language};
pub use debt::{DebtNote, DebtWord};
pub use file::{Churn, File, FileClass, Import, PresentFile};
pub use id::{AuthorIdx, ChangeIdx, CommitId, CommitIdx, FileIdx, InvalidCommitId, PathIdx};
pub use lines::{FileLines, FixOrigins, FunctionChange, FunctionHistory, LineRun, Lines, Origin, Origins};
pub use manifest::{BuildTool, Manifest, Workspace};
pub use path::{InvalidRepoPath, RepoPath};
pub use scan::{CodeOwnersFile, Repository, Scan};
pub use skipped::{SkipReason, SkipSubject, Skipped};
pub use time::{SECONDS_PER_DAY, TimeWindow, Timestamp};
pub use timeline::{PastFile, Snapshot, Timeline};
