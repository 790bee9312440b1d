//! Starting worker threads.

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::ScanError;
use debtscan_git::error::Cause;

/// Starts a pool of `threads` threads.
pub(crate) fn start_threads(threads: usize) -> Result<ThreadPool, ScanError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|source| ScanError::Threads { threads, source: Cause::from(source) })
}
