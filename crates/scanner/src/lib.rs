//! Repository -> [`Scan`](debtscan_model::Scan), and further answers about its history.
//!
//! Opens a [`Repository`] by [`ScanOptions`]; a scan of it gives every commit with its line
//! counts, every file with its history under its present name, and the complexity of the tree at
//! the scanned revision. Knows nothing of incidents or cost, opens no network connection, starts no
//! process, and writes nothing, unless it is given a folder to keep results in for the next scan.
//!
//! ```no_run
//! use debtscan_scanner::{
//!     Keep, KeepWhole, Measure, Merges, PeopleRules, Renames, Repository, ScanOptions, Silent, Walk,
//! };
//!
//! let options = ScanOptions {
//!     path: ".".into(),
//!     revision: "HEAD".to_owned(),
//!     since: None,
//!     until: None,
//!     walk: Walk::AllParents,
//!     merges: Merges::Compared,
//!     renames: Renames::Follow,
//!     measure: Measure::Tree,
//!     exclude: Vec::new(),
//!     classes: Vec::new(),
//!     whole: KeepWhole::Never,
//!     bots: Vec::new(),
//!     find_commits: Vec::new(),
//!     people: PeopleRules::default(),
//!     find_people: Vec::new(),
//!     anonymize: None,
//!     threads: 0,
//!     max_memory: None,
//!     worker: None,
//! };
//! let mut repository = Repository::open(&options, None)?;
//! let scan = repository.scan(Keep::Nothing, &Silent)?;
//! println!("{} commits touched {} files", scan.commits.len(), scan.files.len());
//! # Ok::<(), debtscan_scanner::ScanError>(())
//! ```
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod anonymous;
mod cache;
mod classify;
mod error;
mod identity;
mod lines;
mod memory;
mod message;
mod options;
mod ordered;
mod progress;
mod repository;
mod stage;
mod table;
mod threads;
mod window;

pub use anonymous::Pseudonyms;
pub use cache::entries::{cache_entries, clear_cache};
pub use cache::folder::CacheEntry;
pub use cache::outcome::{CacheOutcome, RunError};
pub use debtscan_git::error::{Cause, GitError};
pub use debtscan_git::renames::Renames;
pub use debtscan_worker::{is_worker, serve};
pub use error::ScanError;
pub use identity::{BOT_PATTERNS, MergeRule, PeopleRules};
pub use lines::origins::OriginRules;
pub use lines::walk::LineLimits;
pub use options::{ClassRule, Keep, KeepWhole, Measure, Merges, ScanOptions, TimeSpec, Walk};
pub use progress::{Phase, Progress, Silent};
pub use repository::Repository;
pub use stage::notes::Notes;
pub use stage::timeline::{Every, PastTrees, TimelineOptions};
