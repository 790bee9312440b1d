//! Lengths and positions of tables.

/// Converts a length or position of a table to `u32`, the type of every index.
///
/// # Panics
/// If the length is 2^32 or more, which no table of a scan reaches.
pub fn to_u32(length: usize) -> u32 {
    // Rows take at least a few bytes each, so such a table would not fit into memory either.
    u32::try_from(length).expect("a table has fewer than 2^32 rows")
}
