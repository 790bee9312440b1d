//! The frame around a segment's columns: whose it is, how long it is, and whether it is whole.
//!
//! ```text
//! "debtscan"  format u32  complexity rules u32  version (u8 length, text)  hash length u8  sections u8
//! per section: kind u8, stored length u64, raw length u64, checksum of the stored bytes u32
//! checksum of all of the above u32, then the stored bytes of every section in turn
//! ```
//! Numbers are little-endian. A section is stored as one zstd frame, or as it is when that is not
//! shorter, or so much shorter that a reader could not tell it from an attack.

use super::codec::Damaged;

const MAGIC: &[u8; 8] = b"debtscan";

/// Raised when the meaning of the bytes changes, or when the same version of the tool computes other
/// results from equal input.
const FORMAT: u32 = 9;
/// Results of other versions of the tool are not used.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The default of zstd: half the size of level 1 for ids and paths, and twice as fast as level 9.
const LEVEL: i32 = 3;
/// Sections that claim to expand further are rejected, so that a small file cannot exhaust the memory.
const MAX_RATIO: u64 = 64;
/// Maximum size of an expanded section. A million commits with all rows take about a tenth.
const MAX_SECTION_BYTES: u64 = 1 << 30;
const BYTES_PER_ENTRY: usize = 1 + 8 + 8 + 4;

/// Why a file is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Written by another version, or for another object format.
    Foreign,
    /// Incomplete or changed.
    Damaged,
}

impl From<Damaged> for Unusable {
    fn from(_: Damaged) -> Self {
        Self::Damaged
    }
}

/// The sections of a file, still compressed.
pub(super) struct Sections<'a>(Vec<(u8, usize, &'a [u8])>);

/// Packs sections with their kinds into one file.
pub(super) fn pack(hash_len: usize, sections: &[(u8, Vec<u8>)]) -> std::io::Result<Vec<u8>> {
    let mut header = preamble(hash_len);
    header.push(u8::try_from(sections.len()).map_err(std::io::Error::other)?);
    let mut body = Vec::new();
    for (kind, raw) in sections {
        let packed = zstd::bulk::compress(raw, LEVEL)?;
        // A section of equal bytes shrinks by more than any reader accepts, so it is stored as it
        // is.
        let is_worth_it = packed.len() < raw.len() && raw.len() as u64 <= packed.len() as u64 * MAX_RATIO;
        let stored = if is_worth_it { &packed } else { raw };
        if raw.len() as u64 > MAX_SECTION_BYTES {
            return Err(std::io::Error::other("a section of the cache is too large"));
        }
        header.push(*kind);
        header.extend_from_slice(&(stored.len() as u64).to_le_bytes());
        header.extend_from_slice(&(raw.len() as u64).to_le_bytes());
        header.extend_from_slice(&crc32fast::hash(stored).to_le_bytes());
        body.extend_from_slice(stored);
    }
    header.extend_from_slice(&crc32fast::hash(&header).to_le_bytes());
    header.append(&mut body);
    Ok(header)
}

/// Opens a file. Every section is verified, none is expanded.
pub(super) fn unpack(file: &[u8], hash_len: usize) -> Result<Sections<'_>, Unusable> {
    let expected = preamble(hash_len);
    // Every version writes the same magic word, so a file without it was overwritten.
    let is_ours = file.starts_with(MAGIC) && file.len() >= expected.len();
    let refused = if is_ours { Unusable::Foreign } else { Unusable::Damaged };
    let mut rest = file.strip_prefix(&expected[..]).ok_or(refused)?;
    let n_sections = usize::from(*take(&mut rest, 1)?.first().ok_or(Damaged)?);
    let entries = take(&mut rest, n_sections * BYTES_PER_ENTRY)?;
    let checksum = take(&mut rest, 4)?;
    let header = &file[..file.len() - rest.len() - 4];
    // Before any length of a section is believed.
    if crc32fast::hash(header).to_le_bytes() != checksum {
        return Err(Unusable::Damaged);
    }
    let mut sections = Vec::with_capacity(n_sections);
    for entry in entries.chunks_exact(BYTES_PER_ENTRY) {
        let long = |at: usize| u64::from_le_bytes(entry[at..at + 8].try_into().expect("eight bytes"));
        let stored_len = usize::try_from(long(1)).map_err(|_| Unusable::Damaged)?;
        let raw_len = long(9);
        let stored = take(&mut rest, stored_len)?;
        let is_sound = crc32fast::hash(stored).to_le_bytes() == entry[17..21]
            && raw_len <= MAX_SECTION_BYTES
            && raw_len <= stored.len() as u64 * MAX_RATIO;
        if !is_sound {
            return Err(Unusable::Damaged);
        }
        sections.push((entry[0], usize::try_from(raw_len).map_err(|_| Unusable::Damaged)?, stored));
    }
    if rest.is_empty() { Ok(Sections(sections)) } else { Err(Unusable::Damaged) }
}

fn preamble(hash_len: usize) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    // Measured files depend on the rules of complexity, which change more often than the format.
    bytes.extend_from_slice(&debtscan_complexity::RULES.to_le_bytes());
    bytes.push(u8::try_from(VERSION.len()).expect("a version is short"));
    bytes.extend_from_slice(VERSION.as_bytes());
    bytes.push(u8::try_from(hash_len).expect("a hash is short"));
    bytes
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> Result<&'a [u8], Damaged> {
    let (taken, left) = rest.split_at_checked(len).ok_or(Damaged)?;
    *rest = left;
    Ok(taken)
}

impl Sections<'_> {
    /// Expands the section of a kind; `None` if the file has none.
    pub(super) fn get(&self, kind: u8) -> Result<Option<Vec<u8>>, Damaged> {
        let Some((_, raw_len, stored)) = self.0.iter().find(|(found, ..)| *found == kind) else {
            return Ok(None);
        };
        // `pack` compresses only what becomes shorter, so equal lengths mean that it was stored as it is.
        if *raw_len == stored.len() {
            return Ok(Some(stored.to_vec()));
        }
        // The length limits the expansion: a frame that claims more is an error, not an allocation.
        let raw = zstd::bulk::decompress(stored, *raw_len).map_err(|_| Damaged)?;
        if raw.len() == *raw_len { Ok(Some(raw)) } else { Err(Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Unusable, pack, unpack};

    fn sample() -> Vec<u8> {
        let text = b"the same words, ".repeat(9);
        pack(20, &[(1, text), (7, Vec::new()), (9, vec![0; 100_000])]).expect("packed")
    }

    #[test]
    fn sections_come_back_by_kind() {
        let file = sample();
        let sections = unpack(&file, 20).expect("whole");
        assert_eq!(sections.get(1).expect("sound"), Some(b"the same words, ".repeat(9)));
        assert_eq!(sections.get(7).expect("sound"), Some(Vec::new()));
        assert_eq!(sections.get(9).expect("sound"), Some(vec![0; 100_000]));
        assert_eq!(sections.get(2).expect("sound"), None);
    }

    #[test]
    fn every_truncation_and_every_flipped_bit_is_noticed() {
        let file = pack(20, &[(1, b"some content, some content, some content".to_vec()), (2, vec![1, 2, 3])]);
        let file = file.expect("packed");
        for len in 0..file.len() {
            assert!(unpack(&file[..len], 20).is_err(), "{len} bytes");
        }
        for position in 0..file.len() * 8 {
            let mut garbled = file.clone();
            garbled[position / 8] ^= 1 << (position % 8);
            assert!(unpack(&garbled, 20).is_err(), "bit {position}");
        }
        assert!(unpack(&[&file[..], b"x"].concat(), 20).is_err());
    }

    #[test]
    fn files_for_another_object_format_are_foreign() {
        assert_eq!(unpack(&sample(), 32).err(), Some(Unusable::Foreign));
        for overwritten in [[b'x'; 200], [0; 200]] {
            assert_eq!(unpack(&overwritten, 20).err(), Some(Unusable::Damaged));
        }
    }
}
