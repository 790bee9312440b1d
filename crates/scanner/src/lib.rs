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
mod assemble;
mod cache;
mod class;
mod compare;
mod debt;
mod error;
mod exclude;
mod git;
mod history;
mod ignore_revs;
mod imports;
mod lines;
mod manifest;
mod mark;
mod measure;
mod memory;
mod options;
mod ordered;
mod people;
mod progress;
mod scan;
mod series;
mod ticket;
mod timeline;
mod window;

pub use anonymous::Pseudonyms;
pub use cache::{CacheEntry, CacheError, CacheOutcome, cache_entries, clear_cache};
pub use debt::debt_notes;
pub use error::{Cause, ScanError};
pub use lines::{LineLimits, Lineage, LinesOutcome, OriginRules, OriginsOutcome};
pub use options::{Measure, Merges, Renames, ScanOptions, TimeSpec, Walk};
pub use people::BOT_PATTERNS;
pub use progress::{Phase, Progress, Silent};
pub use series::{Series, scan, scan_with_cache, scan_with_lineage};
pub use timeline::{Every, PastTrees, TimelineOptions};
