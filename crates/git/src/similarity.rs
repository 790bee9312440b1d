//! Similarity of two blobs, by git's documented measure.
//!
//! Content is cut into spans that end at a newline or after 64 bytes. Similarity is the number of bytes in
//! common spans, relative to the larger content. Spans are compared by a 17-bit hash with git's own
//! constants, because results must equal those of git.

use bstr::ByteSlice;

/// The similarity of equal contents.
pub(crate) const MAX_SCORE: u64 = 60_000;

/// Maximum length of a span without a newline.
const SPAN_BYTES: u32 = 64;
/// Modulus of the span hash.
const HASH_BASE: u32 = 107_927;
/// Number of bytes in which git looks for a NUL before it treats content as text.
const BINARY_PROBE_BYTES: usize = 8000;

/// True if git treats the content as binary in the absence of attributes.
pub fn is_binary(content: &[u8]) -> bool {
    content[..content.len().min(BINARY_PROBE_BYTES)].find_byte(0).is_some()
}

/// The spans of a content: bytes per span hash, sorted by hash, unique.
#[derive(Debug)]
pub(crate) struct Spans(Vec<(u32, u64)>);

impl Spans {
    /// Cuts content into spans. In text, a carriage return before a newline is ignored.
    pub(crate) fn new(content: &[u8]) -> Self {
        let is_text = !is_binary(content);
        // About the length of a line of code, and half the maximum length of a span.
        let mut spans = Vec::with_capacity(content.len() / 32);
        let (mut low, mut high, mut len) = (0_u32, 0_u32, 0_u32);
        for (position, byte) in content.iter().enumerate() {
            if is_text && *byte == b'\r' && content.get(position + 1) == Some(&b'\n') {
                continue;
            }
            // git's `hash_chars`.
            (low, high) = ((low << 7) ^ (high >> 25), (high << 7) ^ (low >> 25));
            low = low.wrapping_add(u32::from(*byte));
            len += 1;
            if len == SPAN_BYTES || *byte == b'\n' {
                spans.push((hash(low, high), u64::from(len)));
                (low, high, len) = (0, 0, 0);
            }
        }
        // Older releases of git ignored an unfinished last span; since 2.43.2 it counts.
        if len > 0 {
            spans.push((hash(low, high), u64::from(len)));
        }
        spans.sort_unstable();
        spans.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        Self(spans)
    }

    /// Number of bytes that two contents have in common.
    fn common_bytes(&self, other: &Self) -> u64 {
        let mut others = other.0.iter().peekable();
        let mut common = 0;
        for (hash, bytes) in &self.0 {
            while others.next_if(|(other, _)| other < hash).is_some() {}
            if let Some((_, other_bytes)) = others.next_if(|(other, _)| other == hash) {
                common += bytes.min(other_bytes);
            }
        }
        common
    }
}

fn hash(low: u32, high: u32) -> u32 {
    low.wrapping_add(high.wrapping_mul(0x61)) % HASH_BASE
}

/// True if the sizes alone rule out a similarity of `min_score`.
pub(crate) fn sizes_differ_too_much(a: u64, b: u64, min_score: u64) -> bool {
    let (smaller, larger) = (a.min(b), a.max(b));
    // git's `estimate_similarity`.
    larger * (MAX_SCORE - min_score) < (larger - smaller) * MAX_SCORE
}

/// The similarity of two contents, `0..=MAX_SCORE`; 0 if one is empty.
pub(crate) fn score(old: (&Spans, u64), new: (&Spans, u64)) -> u64 {
    let larger = old.1.max(new.1);
    if new.1 == 0 { 0 } else { old.0.common_bytes(new.0) * MAX_SCORE / larger }
}

#[cfg(test)]
mod tests {
    use super::{MAX_SCORE, Spans, score, sizes_differ_too_much};

    fn similarity(a: &str, b: &str) -> u64 {
        score((&Spans::new(a.as_bytes()), a.len() as u64), (&Spans::new(b.as_bytes()), b.len() as u64))
    }

    #[test]
    fn similarity_is_the_share_of_common_bytes_of_the_larger_content() {
        assert_eq!(similarity("one\ntwo\n", "one\ntwo\n"), MAX_SCORE);
        // 4 of 8 bytes are in common lines.
        assert_eq!(similarity("one\ntwo\n", "one\nsix\n"), MAX_SCORE / 2);
        assert_eq!(similarity("one\n", ""), 0);
        // A moved line still counts as common.
        assert_eq!(similarity("one\ntwo\n", "two\none\n"), MAX_SCORE);
    }

    #[test]
    fn sizes_rule_out_pairs_that_cannot_be_half_alike() {
        assert!(!sizes_differ_too_much(100, 50, MAX_SCORE / 2));
        assert!(sizes_differ_too_much(101, 50, MAX_SCORE / 2));
    }
}
