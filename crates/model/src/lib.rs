//! The vocabulary of debtscan: the types that crates exchange.
//!
//! The crate performs no IO, and knows neither git libraries nor money.
//!
//! - [`RepoPath`], [`CommitId`], the dense indices and [`Timestamp`]: identity and time
//! - [`Author`], [`Commit`], [`Change`]: the history
//! - [`Ancestry`], [`Mark`]: the commit graph, and what commits state about each other
//! - [`FileComplexity`], [`FunctionComplexity`]: the tree at the scanned revision
//! - [`Scan`]: the result of a scan, history and tree together
//! - [`Lines`], [`Timeline`]: lines and files followed through that history
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
mod count;
mod file;
mod id;
mod lines;
mod manifest;
mod message;
mod path;
mod scan;
mod skipped;
mod time;
mod timeline;
mod todos;

pub use ancestry::{Ancestry, Mark, Node};
pub use change::{Author, Change, ChangeKind, Commit, LineDelta};
pub use complexity::{ComplexityMeasure, FileComplexity, FunctionComplexity, Language};
pub use count::to_u32;
pub use file::{Churn, File, FileClass, Import, PresentFile};
pub use id::{AuthorIdx, ChangeIdx, CommitId, CommitIdx, FileIdx, InvalidCommitId, PathIdx};
pub use lines::{FileLines, FixOrigins, FunctionChange, FunctionHistory, LineRun, Lines, Origin, Origins};
pub use manifest::{BuildTool, Manifest, Workspace};
pub use message::{AppliedBy, MergeFacts, Trailer, TypePrefix, WordFamilies, WordFamily, Wording};
pub use path::{InvalidRepoPath, RepoPath};
pub use scan::{CodeOwnersFile, MergedAuthor, Scan, ScannedRepository};
pub use skipped::{SkipReason, SkipSubject, Skipped};
pub use time::{SECONDS_PER_DAY, TimeWindow, Timestamp};
pub use timeline::{PastFile, Snapshot, Timeline};
pub use todos::{TodoComment, TodoWord};
