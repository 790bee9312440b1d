//! How much a reader of objects keeps in memory, and how large an object may be.

/// git's default `core.bigFileThreshold`: larger contents are not compared line by line.
pub(crate) const BIG_FILE_BYTES: u64 = 512 << 20;

/// What one worker thread keeps in memory of what it has read, so as not to read it again. Changes time
/// and memory only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CacheLimits {
    /// Bytes of decoded objects, in each of two generations.
    pub(crate) decoded: usize,
    /// Bytes of buffers that wait for the next object.
    pub(crate) free: usize,
    /// Bytes of folders of neighbouring commits, in each of two generations.
    pub(crate) trees: usize,
}

impl CacheLimits {
    /// Measured on curl and git: twice as much saves a few hundredths of the CPU time, half as much costs
    /// a twentieth.
    pub(crate) const FULL: Self = Self { decoded: 8 << 20, free: 4 << 20, trees: 5 << 20 };

    /// So many times less.
    pub(crate) fn divided_by(self, divisor: usize) -> Self {
        Self { decoded: self.decoded / divisor, free: self.free / divisor, trees: self.trees / divisor }
    }
}
