//! Planning cache sizes and threads for a memory limit.

use debtscan_git::limits::{CacheLimits, DEFAULT_SHARED_BYTES};

/// Caches are first reduced by this factor, then threads are reduced, then caches are reduced further.
const CHEAP_DIVISOR: u64 = 4;
const MOST_DIVISOR: u64 = 16;
/// Memory that a commit and its changes take until the scan is assembled; measured: 1 to 4 KiB.
const BYTES_PER_COMMIT: u64 = 4 << 10;
/// Memory that every run takes.
const FIXED_BYTES: u64 = 48 << 20;

/// The resources that a memory limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MemoryPlan {
    /// Number of worker threads, at least 1.
    pub(crate) threads: usize,
    /// Cache sizes of each thread.
    pub(crate) caches: CacheLimits,
    /// Bytes that the large contents of all threads share.
    pub(crate) shared: u64,
}

impl MemoryPlan {
    /// Plans for at most `threads` threads and at most `most` bytes of resident memory. Mapped packs take
    /// `mapped` of them.
    pub(crate) fn new(threads: usize, most: Option<u64>, mapped: u64, commits: usize) -> Self {
        let Some(most) = most else {
            return Self { threads, caches: CacheLimits::FULL, shared: DEFAULT_SHARED_BYTES };
        };
        let fixed = mapped + FIXED_BYTES + BYTES_PER_COMMIT * commits as u64;
        let left = most.saturating_sub(fixed);
        let full = CacheLimits::FULL.total();
        // Fewer threads cost more time than caches of a quarter, so caches go first.
        let affordable = left / (full / CHEAP_DIVISOR);
        let threads = threads.min(usize::try_from(affordable).unwrap_or(usize::MAX)).max(1);
        // Rounded up, so that the caches fit.
        let divisor = (full * threads as u64).div_ceil(left.max(1)).clamp(1, MOST_DIVISOR);
        let divisor = usize::try_from(divisor).expect("at most 16");
        let caches = CacheLimits::FULL.divided_by(divisor);
        let shared = left.saturating_sub(caches.total() * threads as u64).min(DEFAULT_SHARED_BYTES);
        Self { threads, caches, shared }
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryPlan;
    use debtscan_git::limits::{CacheLimits, DEFAULT_SHARED_BYTES};

    const MIB: u64 = 1 << 20;

    #[test]
    fn without_a_limit_every_thread_keeps_all() {
        let plan = MemoryPlan::new(2, None, 500 * MIB, 80_000);
        let caches = CacheLimits::FULL;
        assert_eq!(plan, MemoryPlan { threads: 2, caches, shared: DEFAULT_SHARED_BYTES });
    }

    /// Fixed: 100 MiB of packs, 48 MiB, 256 x 4 KiB = 1 MiB. The caches of a thread take 30 MiB.
    fn check((offered, left_mib): (usize, u64), threads: usize, divisor: usize, shared_mib: u64) {
        let plan = MemoryPlan::new(offered, Some((149 + left_mib) * MIB), 100 * MIB, 256);
        assert_eq!((plan.threads, plan.caches), (threads, CacheLimits::FULL.divided_by(divisor)));
        assert_eq!(plan.shared / MIB, shared_mib, "whole MiB of {left_mib}");
    }

    #[test]
    fn caches_shrink_before_threads_are_given_up_and_shrink_again_after_that() {
        check((2, 60), 2, 1, 0);
        check((2, 30), 2, 2, 0);
        check((2, 15), 2, 4, 0);
        check((2, 14), 1, 3, 4);
        check((8, 15), 2, 4, 0);
        check((2, 5), 1, 6, 0);
        check((2, 0), 1, 16, 0);
    }

    #[test]
    fn large_contents_share_what_the_caches_leave() {
        check((2, 160), 2, 1, 100);
        check((2, 100_000), 2, 1, 2048);
    }
}
