//! Limits on cached and on readable objects.

/// Larger contents are not read. git compares up to 512 MiB by lines, which takes 24 times as much memory; a
/// repository of a few megabytes can hold many such texts.
pub(crate) const BIG_FILE_BYTES: u64 = 64 << 20;

/// From this size on, contents share the memory of [`DEFAULT_SHARED_BYTES`] or of the user's limit.
pub(crate) const LARGE_BYTES: u64 = 1 << 20;

/// Bytes of memory per byte of a large content, for all copies, lines and tokens of it; measured: 17 to 24.
pub(crate) const BYTES_PER_LARGE_BYTE: u64 = 24;

/// Memory that the large contents of all threads share unless the user sets a limit.
pub const DEFAULT_SHARED_BYTES: u64 = 2 << 30;

/// Sizes of the caches of one thread. They affect time and memory only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheLimits {
    /// Bytes of decoded objects in each of two generations.
    pub decoded: usize,
    /// Bytes of free buffers kept for the next object.
    pub free: usize,
    /// Bytes of tree objects of neighbouring commits in each of two generations.
    pub trees: usize,
}

impl CacheLimits {
    /// The default. Measured on curl and git: doubling it saves a few hundredths of the CPU time, halving
    /// it costs a twentieth.
    pub const FULL: Self = Self { decoded: 8 << 20, free: 4 << 20, trees: 5 << 20 };

    /// Divides every size by `divisor`.
    #[must_use]
    pub fn divided_by(self, divisor: usize) -> Self {
        Self { decoded: self.decoded / divisor, free: self.free / divisor, trees: self.trees / divisor }
    }

    /// Maximum size in bytes of all caches of one thread.
    pub fn total(self) -> u64 {
        // Objects and trees are cached in two generations each.
        (2 * self.decoded + self.free + 2 * self.trees) as u64
    }
}
