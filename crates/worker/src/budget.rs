//! What one file may cost a worker: memory and processor time in proportion to its size.

/// Memory for any file, in bytes, besides what the worker had at its start.
const LEAST_MEMORY: u64 = 64 << 20;
/// Memory per byte of the file. Of 53,868 real files of 16 kB and more, none took more than 118 bytes a byte for its
/// tree; text, copies and results come on top.
const MEMORY_PER_BYTE: u64 = 256;

/// Seconds of processor time for any file.
const LEAST_SECONDS: u64 = 3;
/// Bytes that add a second. Real code parses at some megabytes a second, so that this is a margin of more than ten:
/// the budgets of memory and steps decide, and this one ends what escapes them.
const BYTES_PER_SECOND: u64 = 128 << 10;

/// Memory for a file, in bytes.
pub(crate) fn memory(content: usize) -> u64 {
    LEAST_MEMORY + MEMORY_PER_BYTE * content as u64
}

/// Processor time for a file, in whole seconds.
pub(crate) fn seconds(content: usize) -> u64 {
    LEAST_SECONDS + content as u64 / BYTES_PER_SECOND
}

#[cfg(test)]
mod tests {
    use super::{memory, seconds};

    #[test]
    fn budgets_grow_with_the_file() {
        assert_eq!((memory(0), seconds(0)), (64 << 20, 3));
        // The largest file that is parsed.
        assert_eq!((memory(4 << 20), seconds(4 << 20)), ((64 << 20) + (1 << 30), 35));
    }
}
