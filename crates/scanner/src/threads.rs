//! The worker threads of a repository.

use rayon::{ThreadPool, ThreadPoolBuilder};

use debtscan_git::error::Cause;
use crate::error::ScanError;

/// Starts so many threads.
pub(crate) fn start_threads(threads: usize) -> Result<ThreadPool, ScanError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|source| ScanError::Threads { threads, source: Cause::from(source) })
}
