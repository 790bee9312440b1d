//! Planning cache sizes and threads for a memory limit.

use debtscan_git::limits::CacheLimits;

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
}

impl MemoryPlan {
    /// Plans for at most `threads` threads and at most `most` bytes of resident memory. Mapped packs take
    /// `mapped` of them.
    pub(crate) fn new(threads: usize, most: Option<u64>, mapped: u64, commits: usize) -> Self {
        let Some(most) = most else { return Self { threads, caches: CacheLimits::FULL } };
        let fixed = mapped + FIXED_BYTES + BYTES_PER_COMMIT * commits as u64;
        let left = most.saturating_sub(fixed);
        let full = CacheLimits::FULL.total();
        // Fewer threads cost more time than caches of a quarter, so caches go first.
        let affordable = left / (full / CHEAP_DIVISOR);
        let threads = threads.min(usize::try_from(affordable).unwrap_or(usize::MAX)).max(1);
        // Rounded up, so that the caches fit.
        let divisor = (full * threads as u64).div_ceil(left.max(1)).clamp(1, MOST_DIVISOR);
        let divisor = usize::try_from(divisor).expect("at most 16");
        Self { threads, caches: CacheLimits::FULL.divided_by(divisor) }
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryPlan;
    use debtscan_git::limits::CacheLimits;

    const MIB: u64 = 1 << 20;

    #[test]
    fn without_a_limit_every_thread_keeps_all() {
        assert_eq!(
            MemoryPlan::new(2, None, 500 * MIB, 80_000),
            MemoryPlan { threads: 2, caches: CacheLimits::FULL }
        );
    }

    // Fixed: 100 MiB of packs, 48 MiB, 256 x 4 KiB = 1 MiB. The caches of a thread take 30 MiB.
    fn plan(threads: usize, left_mib: u64) -> MemoryPlan {
        MemoryPlan::new(threads, Some((149 + left_mib) * MIB), 100 * MIB, 256)
    }

    #[test]
    fn caches_shrink_before_threads_are_given_up_and_shrink_again_after_that() {
        assert_eq!(plan(2, 60), MemoryPlan { threads: 2, caches: CacheLimits::FULL });
        assert_eq!(plan(2, 30), MemoryPlan { threads: 2, caches: CacheLimits::FULL.divided_by(2) });
        assert_eq!(plan(2, 15), MemoryPlan { threads: 2, caches: CacheLimits::FULL.divided_by(4) });
        assert_eq!(plan(2, 14), MemoryPlan { threads: 1, caches: CacheLimits::FULL.divided_by(3) });
        assert_eq!(plan(8, 15), MemoryPlan { threads: 2, caches: CacheLimits::FULL.divided_by(4) });
        assert_eq!(plan(2, 5), MemoryPlan { threads: 1, caches: CacheLimits::FULL.divided_by(6) });
        assert_eq!(plan(2, 0), MemoryPlan { threads: 1, caches: CacheLimits::FULL.divided_by(16) });
    }
}
