//! Repository -> [`Scan`](debtscan_model::Scan).
//!
//! Takes a path to a git repository and [`ScanOptions`]; gives every commit with its line
//! counts, every file with its history under its present name, and the complexity of the tree at
//! the scanned revision. Knows nothing of incidents or cost, opens no network connection, starts no
//! process, and writes nothing, unless it is given a folder to keep results in for the next scan
//! ([`scan_with_cache`]).
//!
//! ```no_run
//! use debtscan_scanner::{Measure, Merges, Renames, ScanOptions, Silent, Walk, scan};
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
//!     bots: Vec::new(),
//!     find_people: Vec::new(),
//!     anonymize: None,
//!     threads: 0,
//!     max_memory: None,
//! };
//! let scan = scan(&options, &Silent)?;
//! println!("{} commits touched {} files", scan.commits.len(), scan.files.len());
//! # Ok::<(), debtscan_scanner::ScanError>(())
//! ```
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod anonymous;
mod cache;
mod classify;
mod error;
mod git;
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
pub use cache::outcome::{CacheError, CacheOutcome};
pub use error::{Cause, ScanError};
pub use git::renames::Renames;
pub use identity::BOT_PATTERNS;
pub use lines::lineage::{Lineage, LinesOutcome};
pub use lines::origins::{OriginRules, OriginsOutcome};
pub use lines::walk::LineLimits;
pub use options::{Measure, Merges, ScanOptions, TimeSpec, Walk};
pub use progress::{Phase, Progress, Silent};
pub use repository::{Series, scan, scan_with_cache, scan_with_lineage};
pub use stage::notes::debt_notes;
pub use stage::timeline::{Every, PastTrees, TimelineOptions};
