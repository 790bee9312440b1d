//! Repository -> [`Scan`](debtscan_model::Scan).
//!
//! Takes a path to a git repository and [`ScanOptions`]; gives every non-merge commit with its line
//! counts, every file with its history under its present name, and the complexity of the tree at
//! the scanned revision. Knows nothing of incidents or cost, opens no network connection, starts no
//! process, and writes nothing.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod error;
mod options;
mod progress;

pub use error::ScanError;
pub use options::{Measure, Renames, ScanOptions, TimeSpec};
pub use progress::{Phase, Progress, Silent};

/// Scans a repository.
pub fn scan(options: &ScanOptions, progress: &dyn Progress) -> Result<debtscan_model::Scan, ScanError> {
    let _ = (options, progress);
    Err(ScanError::Unborn { reference: "HEAD".to_owned() })
}
