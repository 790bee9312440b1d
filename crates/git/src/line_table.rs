//! Numbers for lines: two lines have the same number if and only if their bytes are equal.

use std::hash::Hasher;

use bstr::ByteSlice;
use debtscan_model::to_u32;
use gix_imara_diff::Token;
use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// Distance from the expected position within which a line is searched for.
const SEARCH_LINES: usize = 32;

/// Whether a content is known to have lines in common with its guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommonLines {
    /// It has at least one.
    Some,
    /// No common line was found, but there was no search for one.
    Unknown,
}

/// Numbers each distinct line. Lines include their newline.
#[derive(Default)]
pub(crate) struct LineTable {
    table: HashTable<u32>,
    /// Start of each line in `bytes`; each line ends where the next one starts.
    starts: Vec<usize>,
    bytes: Vec<u8>,
}

impl LineTable {
    pub(crate) fn clear(&mut self) {
        self.table.clear();
        self.starts.clear();
        self.bytes.clear();
    }

    /// Number of distinct lines.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line, including its newline.
    pub(crate) fn text(&self, token: Token) -> &[u8] {
        line(&self.starts, &self.bytes, token.0)
    }

    /// Appends the number of each line of `content` to `tokens`.
    pub(crate) fn tokenise(&mut self, content: &[u8], tokens: &mut Vec<Token>) {
        tokens.extend(content.lines_with_terminator().map(|line| self.intern(line)));
    }

    /// Does the same for `content` that resembles the lines of `guide`: a line at its expected position is
    /// recognised by one comparison of bytes, without hashing.
    pub(crate) fn tokenise_along(
        &mut self,
        content: &[u8],
        guide: &[Token],
        tokens: &mut Vec<Token>,
    ) -> CommonLines {
        let mut rest = content;
        let mut expected = 0;
        let mut shared = CommonLines::Unknown;
        while !rest.is_empty() {
            if let Some(token) = guide.get(expected)
                && let line = line(&self.starts, &self.bytes, token.0)
                && rest.starts_with(line)
                // An unfinished last line is a prefix of longer lines that are not equal to it.
                && line.ends_with(b"\n")
            {
                rest = &rest[line.len()..];
                tokens.push(*token);
                expected += 1;
                shared = CommonLines::Some;
                continue;
            }
            let (line, after) =
                rest.split_at(rest.find_byte(b'\n').map_or(rest.len(), |newline| newline + 1));
            rest = after;
            let known_lines = self.len();
            let token = self.intern(line);
            tokens.push(token);
            // Numbers are given in order, so a longer table means that this line is new and cannot
            // be in the guide.
            if self.len() > known_lines {
                // A new line usually replaces an old one.
                expected += 1;
            } else if let Some(place) = nearest(guide, expected, token) {
                expected = place + 1;
                shared = CommonLines::Some;
            }
        }
        shared
    }

    fn intern(&mut self, line: &[u8]) -> Token {
        let Self { table, starts, bytes } = self;
        let known = |token: u32| self::line(starts, bytes, token);
        let hash = hash_line(line);
        // The bytes are compared too: a count must not be wrong because two lines have one hash.
        if let Some(token) = table.find(hash, |token| known(*token) == line) {
            return Token(*token);
        }
        let token = to_u32(starts.len());
        table.insert_unique(hash, token, |token| hash_line(known(*token)));
        starts.push(bytes.len());
        bytes.extend_from_slice(line);
        Token(token)
    }
}

fn line<'a>(starts: &[usize], bytes: &'a [u8], token: u32) -> &'a [u8] {
    let token = token as usize;
    &bytes[starts[token]..starts.get(token + 1).copied().unwrap_or(bytes.len())]
}

fn hash_line(line: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(line);
    hasher.finish()
}

/// Returns the position of `token` in `guide`, searching forwards from `expected` and then backwards;
/// `None` if it is not close.
fn nearest(guide: &[Token], expected: usize, token: Token) -> Option<usize> {
    let expected = expected.min(guide.len());
    let end = guide.len().min(expected + SEARCH_LINES);
    let start = expected.saturating_sub(SEARCH_LINES);
    let after = guide[expected..end].iter().position(|other| *other == token).map(|place| expected + place);
    after.or_else(|| {
        guide[start..expected].iter().rposition(|other| *other == token).map(|place| start + place)
    })
}

#[cfg(test)]
mod tests {
    use super::{CommonLines, LineTable, line};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_have_the_same_numbers_with_and_without_a_guide(
            first in "[ab\n]{0,60}", second in "[abc\n]{0,60}"
        ) {
            let mut table = LineTable::default();
            let (mut guide, mut plain, mut along) = (Vec::new(), Vec::new(), Vec::new());
            table.tokenise(first.as_bytes(), &mut guide);
            let shared = table.tokenise_along(second.as_bytes(), &guide, &mut along);
            table.tokenise(second.as_bytes(), &mut plain);
            prop_assert_eq!(&along, &plain);
            prop_assert!(shared == CommonLines::Unknown || plain.iter().any(|token| guide.contains(token)));
            let text: Vec<u8> =
                along.iter().flat_map(|token| line(&table.starts, &table.bytes, token.0).to_vec()).collect();
            prop_assert_eq!(text, second.as_bytes());
        }
    }
}
