//! Starting worker threads.

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::ScanError;
use debtscan_git::error::Cause;

/// Address space of a thread's stack; only what is used becomes memory. The parsers recurse in C once per node
/// that they drop, so 150 kB of text overflow the usual 2 MiB. 4 MiB of text, the most that is parsed, take less than 8.
const STACK_BYTES: usize = 64 << 20;

/// Starts a pool of `threads` threads.
pub(crate) fn start_threads(threads: usize) -> Result<ThreadPool, ScanError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|source| ScanError::Threads { threads, source: Cause::from(source) })
}
