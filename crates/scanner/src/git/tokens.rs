//! Line counts of one pair of contents, with the lines of the previous pair remembered.
//!
//! Successive versions of a file share nearly all lines. A [`LineCounter`] keeps the token of every
//! line of the content it saw last, so that the next comparison only has to tokenise what lies
//! between the common ends. The count itself is the Myers diff of gix-imara-diff over *all* lines,
//! because git's own pruning heuristics depend on how often a line occurs in the whole file.

use std::hash::Hasher;

use bstr::ByteSlice;
use debtscan_model::LineDelta;
use gix::ObjectId;
use gix_imara_diff::{Algorithm, Diff, Token};
use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// The table is started afresh when it holds more distinct lines than this plus four times the lines
/// of the contents at hand: the diff clears arrays of the table's size for every pair.
const MIN_TABLE_LINES: usize = 4096;

/// Gives every distinct line a number. Lines include their newline.
#[derive(Default)]
struct LineTable {
    table: HashTable<u32>,
    /// Start of each line in `bytes`; the end is the next start.
    starts: Vec<usize>,
    bytes: Vec<u8>,
}

impl LineTable {
    fn clear(&mut self) {
        self.table.clear();
        self.starts.clear();
        self.bytes.clear();
    }

    fn intern(&mut self, line: &[u8]) -> Token {
        let Self { table, starts, bytes } = self;
        let known = |token: u32| {
            let token = token as usize;
            &bytes[starts[token]..starts.get(token + 1).copied().unwrap_or(bytes.len())]
        };
        let hash = hash_line(line);
        if let Some(token) = table.find(hash, |token| known(*token) == line) {
            return Token(*token);
        }
        let token = u32::try_from(starts.len()).expect("a file has fewer than 2^32 lines");
        table.insert_unique(hash, token, |token| hash_line(known(*token)));
        starts.push(bytes.len());
        bytes.extend_from_slice(line);
        Token(token)
    }
}

fn hash_line(line: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(line);
    hasher.finish()
}

/// Counts lines added and deleted between versions of one file, newest pair first.
#[derive(Default)]
pub(crate) struct LineCounter {
    lines: LineTable,
    /// The tokens of the content with this id.
    remembered: Option<(ObjectId, Vec<Token>)>,
    diff: Diff,
}

/// A content and its blob id.
#[derive(Clone, Copy)]
pub(crate) struct Version<'a> {
    pub(crate) id: ObjectId,
    pub(crate) content: &'a [u8],
}

impl LineCounter {
    /// Forgets everything; call between files.
    pub(crate) fn clear(&mut self) {
        self.lines.clear();
        self.remembered = None;
    }

    /// The numstat of a pair of text contents.
    pub(crate) fn count(&mut self, old: Version<'_>, new: Version<'_>) -> LineDelta {
        let ends = CommonEnds::of(old.content, new.content);
        let old_middle = &old.content[ends.prefix..old.content.len() - ends.suffix];
        let new_middle = &new.content[ends.prefix..new.content.len() - ends.suffix];
        if old_middle.is_empty() || new_middle.is_empty() {
            return LineDelta { added: count_lines(new_middle), deleted: count_lines(old_middle) };
        }
        let (old_tokens, new_tokens) = self.tokens(old, new, &ends);
        let n_tokens = u32::try_from(self.lines.starts.len()).expect("a file has fewer than 2^32 lines");
        self.diff.compute_with(Algorithm::Myers, &old_tokens, &new_tokens, n_tokens);
        // Pairs come newest first, so the old side of this pair is the new side of the next.
        self.remembered = Some((old.id, old_tokens));
        LineDelta { added: self.diff.count_additions(), deleted: self.diff.count_removals() }
    }

    fn tokens(&mut self, old: Version<'_>, new: Version<'_>, ends: &CommonEnds) -> (Vec<Token>, Vec<Token>) {
        let (known, known_is_old) = match self.remembered.take() {
            Some((id, tokens)) if id == new.id => (tokens, false),
            Some((id, tokens)) if id == old.id => (tokens, true),
            _ => {
                self.lines.clear();
                (self.tokenise(new.content), false)
            }
        };
        let other = if known_is_old { new } else { old };
        let middle = &other.content[ends.prefix..other.content.len() - ends.suffix];
        let prefix_lines = count_lines(&other.content[..ends.prefix]) as usize;
        let suffix_lines = count_lines(&other.content[other.content.len() - ends.suffix..]) as usize;
        let mut tokens = Vec::with_capacity(prefix_lines + suffix_lines + middle.len() / 16);
        tokens.extend_from_slice(&known[..prefix_lines]);
        tokens.extend(lines(middle).map(|line| self.lines.intern(line)));
        tokens.extend_from_slice(&known[known.len() - suffix_lines..]);
        let is_crowded = self.lines.starts.len() > MIN_TABLE_LINES + 4 * (known.len() + tokens.len());
        if is_crowded {
            self.lines.clear();
            return (self.tokenise(old.content), self.tokenise(new.content));
        }
        if known_is_old { (known, tokens) } else { (tokens, known) }
    }

    fn tokenise(&mut self, content: &[u8]) -> Vec<Token> {
        lines(content).map(|line| self.lines.intern(line)).collect()
    }
}

/// Lines with their newline; the last one may lack it.
fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.lines_with_terminator()
}

/// Number of lines; a last line without newline counts.
pub(crate) fn count_lines(content: &[u8]) -> u32 {
    let newlines = memchr::memchr_iter(b'\n', content).count();
    let unfinished = content.last().is_some_and(|last| *last != b'\n');
    u32::try_from(newlines + usize::from(unfinished)).expect("a file has fewer than 2^32 lines")
}

/// Bytes of whole lines that two contents share at their start and end, not overlapping.
struct CommonEnds {
    prefix: usize,
    suffix: usize,
}

impl CommonEnds {
    fn of(a: &[u8], b: &[u8]) -> Self {
        let same = common_prefix(a, b);
        let is_all = same == a.len() && same == b.len();
        let prefix = if is_all { same } else { a[..same].rfind_byte(b'\n').map_or(0, |newline| newline + 1) };
        let (a, b) = (&a[prefix..], &b[prefix..]);
        let same = common_suffix(a, b);
        let starts_a_line = |content: &[u8]| {
            let start = content.len() - same;
            start == 0 || content[start - 1] == b'\n'
        };
        let suffix = if starts_a_line(a) && starts_a_line(b) {
            same
        } else {
            a[a.len() - same..].find_byte(b'\n').map_or(0, |newline| same - newline - 1)
        };
        Self { prefix, suffix }
    }
}

/// Blocks are compared as slices, which is a vectorised memory comparison.
const BLOCK: usize = 64;

fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    blocks + a[blocks..].iter().zip(&b[blocks..]).take_while(|(a, b)| a == b).count()
}

fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let blocks =
        a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    let (a, b) = (&a[..a.len() - blocks], &b[..b.len() - blocks]);
    blocks + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::{LineCounter, Version, count_lines};
    use debtscan_model::LineDelta;
    use gix::ObjectId;

    fn id(n: u8) -> ObjectId {
        ObjectId::from_bytes_or_panic(&[n; 20])
    }

    fn check(old: &str, new: &str, added: u32, deleted: u32) {
        let delta = LineCounter::default().count(
            Version { id: id(1), content: old.as_bytes() },
            Version { id: id(2), content: new.as_bytes() },
        );
        assert_eq!(delta, LineDelta { added, deleted }, "{old:?} -> {new:?}");
    }

    // Expected values: `git diff --no-index --numstat` of the two contents.
    #[test]
    fn pairs_are_counted_as_numstat_does() {
        check("", "a\nb\n", 2, 0);
        check("a\nb\n", "", 0, 2);
        check("a\nb\n", "a\nx\nb\n", 1, 0);
        check("a\nb", "a\nb\n", 1, 1);
        check("a\nb\nc\n", "a\nx\nc\n", 1, 1);
        check("a\na\n", "a\na\na\n", 1, 0);
        check("a\nb\nc\n", "c\na\nb\n", 1, 1);
        check("xa\nb\n", "ya\nb\n", 1, 1);
        check("a\r\nb\n", "a\nb\n", 1, 1);
        check("one line", "another line", 1, 1);
    }

    #[test]
    fn a_chain_of_versions_counts_as_its_pairs_do_alone() {
        let versions: Vec<String> = (0..40_u32)
            .map(|seed| (0..60).map(|line| ((line * 7 + seed * line % 5) % 23).to_string() + "\n").collect())
            .collect();
        let mut chained = LineCounter::default();
        for n in (1..versions.len()).rev() {
            let old =
                Version { id: id(u8::try_from(n - 1).expect("small")), content: versions[n - 1].as_bytes() };
            let new = Version { id: id(u8::try_from(n).expect("small")), content: versions[n].as_bytes() };
            assert_eq!(chained.count(old, new), LineCounter::default().count(old, new), "version {n}");
        }
    }

    #[test]
    fn a_last_line_without_newline_counts() {
        let counts = ["", "\n", "a", "a\n", "a\nb"].map(|text| count_lines(text.as_bytes()));
        assert_eq!(counts, [0, 1, 1, 1, 2]);
    }
}
