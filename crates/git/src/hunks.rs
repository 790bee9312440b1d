//! Differences between two versions of a file, hunk by hunk, as `git blame` computes them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use debtscan_model::{LineDelta, to_u32};
use gix::ObjectId;
use gix_imara_diff::{Algorithm, Diff, IndentHeuristic, IndentLevel, Token};
use rustc_hash::FxHashMap;

use crate::line_table::LineTable;
use crate::tokens::{Version, count_lines};

/// The line table is rebuilt once it holds more lines than this plus eight times those of the current
/// version.
const MIN_TABLE_LINES: usize = 16_384;
/// Number of versions whose tokens stay cached: a version is first the newer and then the older side of a
/// pair, and parallel branches alternate.
const VERSIONS: usize = 8;
/// Block size in which git strips a common tail before it compares.
const TAIL_BLOCK: usize = 1024;
/// Tab width of git's indent heuristic.
const TAB_WIDTH: u8 = 8;
/// Minimum number of letters and digits in a moved block: git's default for `blame -M`.
const MIN_MOVED_LETTERS: usize = 20;
/// Maximum number of equal deleted lines tried as the start of a moved block.
const MAX_SOURCES: usize = 8;

/// A replaced line range; either side may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hunk {
    /// First line of the old side, counted from 0; if that side is empty, the line after it.
    pub old_start: u32,
    /// Number of lines of the old side.
    pub old_len: u32,
    /// First line of the new side, likewise.
    pub new_start: u32,
    /// Number of lines of the new side.
    pub new_len: u32,
}

impl Hunk {
    /// The line after the old side.
    pub fn old_end(&self) -> u32 {
        self.old_start + self.old_len
    }

    /// The line after the new side.
    pub fn new_end(&self) -> u32 {
        self.new_start + self.new_len
    }
}

/// A block of lines that was deleted in one place and added in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// First line on the old side, counted from 0.
    pub old_start: u32,
    /// First line on the new side.
    pub new_start: u32,
    /// Number of lines.
    pub len: u32,
}

/// The difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileEdit {
    /// Ascending and disjoint, with unchanged lines in between.
    pub hunks: Vec<Hunk>,
    /// Blocks within the hunks, ascending by `new_start`, disjoint on the new side.
    pub moves: Vec<Move>,
}

/// Whether white space is significant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whitespace {
    /// Significant.
    Counts,
    /// Ignored, as in `git blame -w`.
    Ignored,
}

/// Compares successive versions of a file. Each thread needs its own.
pub struct Differ {
    whitespace: Whitespace,
    table: LineTable,
    /// The versions seen last, the latest at the end.
    versions: Vec<(ObjectId, Rc<Vec<Token>>)>,
    diff: Diff,
}

impl Differ {
    /// Creates one that knows no version.
    pub fn new(whitespace: Whitespace) -> Self {
        Self { whitespace, table: LineTable::default(), versions: Vec::new(), diff: Diff::default() }
    }

    /// Returns whether white space is significant.
    pub fn whitespace(&self) -> Whitespace {
        self.whitespace
    }

    /// Clears all cached versions. Call it between files.
    pub fn clear(&mut self) {
        self.table.clear();
        self.versions.clear();
    }

    /// Returns the difference between `old` and `new`.
    pub fn compare(&mut self, old: Version<'_>, new: Version<'_>) -> FileEdit {
        self.clear_if_crowded();
        let (hunks, old_tokens, new_tokens) = self.hunks(old, new);
        let moves = self.moves(&old_tokens, &new_tokens, &hunks);
        FileEdit { hunks, moves }
    }

    /// Clears the table if most of its lines were deleted long ago. All tokens lose their meaning.
    fn clear_if_crowded(&mut self) {
        let is_crowded = |lines: usize| self.table.len() > MIN_TABLE_LINES + 8 * lines;
        if self.versions.last().is_some_and(|(_, tokens)| is_crowded(tokens.len())) {
            self.clear();
        }
    }

    /// Returns the hunks between two versions, with the tokens of both.
    fn hunks(&mut self, old: Version<'_>, new: Version<'_>) -> (Vec<Hunk>, Rc<Vec<Token>>, Rc<Vec<Token>>) {
        let (new_tokens, old_tokens) = (self.tokens(new), self.tokens(old));
        let tail = match self.whitespace {
            Whitespace::Counts => common_tail_lines(old.content, new.content),
            Whitespace::Ignored => 0,
        };
        let before = &old_tokens[..old_tokens.len() - tail];
        let after = &new_tokens[..new_tokens.len() - tail];
        let n_lines = lines_u32(self.table.len());
        self.diff.compute_with(Algorithm::Myers, before, after, n_lines);
        let table = &self.table;
        let indent = |token: Token| IndentLevel::for_ascii_line(table.text(token).iter().copied(), TAB_WIDTH);
        // git slides each hunk by this heuristic. Without it, a function added after another one
        // would seem to begin with the closing brace of its predecessor.
        self.diff.postprocess_with(before, after, IndentHeuristic::new(indent));
        let hunks = self
            .diff
            .hunks()
            .map(|hunk| Hunk {
                old_start: hunk.before.start,
                old_len: hunk.before.end - hunk.before.start,
                new_start: hunk.after.start,
                new_len: hunk.after.end - hunk.after.start,
            })
            .collect();
        (hunks, old_tokens, new_tokens)
    }

    /// Counts the lines of a merge that no parent has, and the lines of all parents that the merge lacks:
    /// those that `git diff --cc` marks in the column of every parent.
    pub(crate) fn compare_merge(&mut self, parents: &[Version<'_>], merge: Version<'_>) -> LineDelta {
        let mut added: Option<Vec<Range<u32>>> = None;
        let mut deleted: Option<BTreeMap<u32, Vec<Token>>> = None;
        // Only here: the tokens of one parent are compared with those of the next.
        self.clear_if_crowded();
        for parent in parents {
            let (hunks, old, _) = self.hunks(*parent, merge);
            let new_lines = hunks.iter().map(|hunk| hunk.new_start..hunk.new_end());
            added = Some(match added {
                // `git diff --cc` marks a line with one `+` per parent, and only all of them
                // together mean that the merge wrote it.
                Some(others) => intersection(&others, new_lines),
                None => new_lines.collect(),
            });
            // The place in the merge is the only position that the hunks of different parents
            // share.
            let lost = hunks.iter().filter(|hunk| hunk.old_len > 0);
            let lost =
                lost.map(|hunk| (hunk.new_start, &old[hunk.old_start as usize..hunk.old_end() as usize]));
            deleted = Some(match deleted {
                Some(others) => lost
                    .filter_map(|(place, lines)| Some((place, self.common(others.get(&place)?, lines))))
                    .collect(),
                None => lost.map(|(place, lines)| (place, lines.to_vec())).collect(),
            });
        }
        let added = added.iter().flatten().map(|lines| lines.end - lines.start).sum();
        let deleted = deleted.iter().flat_map(BTreeMap::values).map(Vec::len).sum();
        LineDelta { added, deleted: lines_u32(deleted) }
    }

    /// The longest common subsequence of two lists of lines, as a diff finds it.
    fn common(&mut self, a: &[Token], b: &[Token]) -> Vec<Token> {
        self.diff.compute_with(Algorithm::Myers, a, b, lines_u32(self.table.len()));
        let kept = (0_u32..).zip(a).filter(|(place, _)| !self.diff.is_removed(*place));
        kept.map(|(_, line)| *line).collect()
    }

    /// Returns the tokens of a version.
    fn tokens(&mut self, version: Version<'_>) -> Rc<Vec<Token>> {
        // The list has at most `VERSIONS` entries, so a linear search beats a map, and moving the
        // match to the end keeps the least recently used one at the front.
        if let Some(place) = self.versions.iter().position(|(id, _)| *id == version.id) {
            let known = self.versions.remove(place);
            let tokens = Rc::clone(&known.1);
            self.versions.push(known);
            return tokens;
        }
        let mut tokens = Vec::new();
        let guide = self.versions.last().map_or(&[][..], |(_, tokens)| tokens);
        match self.whitespace {
            Whitespace::Counts => self.table.tokenise_along(version.content, guide, &mut tokens),
            Whitespace::Ignored => {
                self.table.tokenise_along(&without_whitespace(version.content), guide, &mut tokens)
            }
        };
        let tokens = Rc::new(tokens);
        if self.versions.len() >= VERSIONS {
            self.versions.remove(0);
        }
        self.versions.push((version.id, Rc::clone(&tokens)));
        tokens
    }

    /// Finds the longest blocks of added lines that were deleted elsewhere, searching from the top.
    fn moves(&self, old: &[Token], new: &[Token], hunks: &[Hunk]) -> Vec<Move> {
        let mut moves = Vec::new();
        // A move deletes in one hunk and adds in another.
        if hunks.len() < 2 {
            return moves;
        }
        // For each deleted line, its positions and the end of the hunk around each.
        let mut sources: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        for hunk in hunks {
            for place in hunk.old_start..hunk.old_end() {
                let places = sources.entry(old[place as usize].0).or_default();
                if places.len() < MAX_SOURCES {
                    places.push((place, hunk.old_end()));
                }
            }
        }
        if sources.is_empty() {
            return moves;
        }
        for hunk in hunks {
            let mut at = hunk.new_start;
            while at < hunk.new_end() {
                let candidates = sources.get(&new[at as usize].0).map_or(&[][..], Vec::as_slice);
                let length = |(place, end): &(u32, u32)| {
                    let old = &old[*place as usize..*end as usize];
                    let new = &new[at as usize..hunk.new_end() as usize];
                    old.iter().zip(new).take_while(|(a, b)| a == b).count()
                };
                // The first one wins among equally long blocks.
                let best = candidates.iter().map(|source| (length(source), source.0));
                let best = best.max_by_key(|(length, place)| (*length, std::cmp::Reverse(*place)));
                let Some((length, old_start)) = best else {
                    at += 1;
                    continue;
                };
                let len = to_u32(length);
                if self.letters(&new[at as usize..at as usize + length]) >= MIN_MOVED_LETTERS {
                    moves.push(Move { old_start, new_start: at, len });
                }
                at += len;
            }
        }
        moves
    }

    fn letters(&self, lines: &[Token]) -> usize {
        let in_line =
            |line: &Token| self.table.text(*line).iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
        lines.iter().map(in_line).sum()
    }
}

/// Intersects two ascending lists of disjoint ranges.
fn intersection(a: &[Range<u32>], b: impl Iterator<Item = Range<u32>>) -> Vec<Range<u32>> {
    let mut common = Vec::new();
    let mut first = 0;
    for b in b {
        while a.get(first).is_some_and(|a| a.end <= b.start) {
            first += 1;
        }
        let overlapping = a[first..].iter().take_while(|a| a.start < b.end);
        common.extend(overlapping.map(|a| a.start.max(b.start)..a.end.min(b.end)));
    }
    common.retain(|lines| !lines.is_empty());
    common
}

fn lines_u32(lines: usize) -> u32 {
    to_u32(lines)
}

/// Counts the lines of the common tail that git strips before a comparison without context.
fn common_tail_lines(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks_exact(TAIL_BLOCK).zip(b.rchunks_exact(TAIL_BLOCK)).take_while(|(a, b)| a == b);
    let tail = &a[a.len() - TAIL_BLOCK * blocks.count()..];
    // The line that straddles the cut is not stripped.
    memchr::memchr(b'\n', tail).map_or(0, |newline| count_lines(&tail[newline + 1..]) as usize)
}

/// Returns the content without white space other than line ends; the last line gets a line end too.
fn without_whitespace(content: &[u8]) -> Vec<u8> {
    let is_kept = |byte: &u8| *byte == b'\n' || !(byte.is_ascii_whitespace() || *byte == b'\x0b');
    let mut kept: Vec<u8> = content.iter().copied().filter(is_kept).collect();
    if content.last().is_some_and(|last| *last != b'\n') {
        kept.push(b'\n');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Differ, FileEdit, Hunk, Move, Whitespace, common_tail_lines};
    use crate::tokens::Version;
    use gix::ObjectId;

    fn compare(whitespace: Whitespace, old: &str, new: &str) -> FileEdit {
        let version = |n: u8, content| Version { id: ObjectId::from_bytes_or_panic(&[n; 20]), content };
        Differ::new(whitespace).compare(version(1, old.as_bytes()), version(2, new.as_bytes()))
    }

    fn check(old: &str, new: &str, expected: &[[u32; 4]]) {
        let hunks = compare(Whitespace::Counts, old, new).hunks;
        let expected: Vec<Hunk> = expected
            .iter()
            .map(|[old_start, old_len, new_start, new_len]| Hunk {
                old_start: *old_start,
                old_len: *old_len,
                new_start: *new_start,
                new_len: *new_len,
            })
            .collect();
        assert_eq!(hunks, expected, "{old:?} -> {new:?}");
    }

    // Expected positions are those of `git diff --no-index -U0`, which counts lines from 1.
    #[test]
    fn hunks_lie_where_git_puts_them() {
        check("a\nb\nc\n", "a\nx\nc\n", &[[1, 1, 1, 1]]);
        check("a\nb\n", "a\nb\nc\n", &[[2, 0, 2, 1]]);
        check("a\nb\nc\n", "a\nc\n", &[[1, 1, 1, 0]]);
        check("", "a\n", &[[0, 0, 0, 1]]);
        check("f {\n  x\n}\n\ng {\n  y\n}\n", "f {\n  x\n}\n\nh {\n  x\n}\n\ng {\n  y\n}\n", &[[4, 0, 4, 4]]);
    }

    #[test]
    fn only_white_space_is_no_change_where_it_is_ignored() {
        let edit = compare(Whitespace::Ignored, "if (a)\r\n\tb();\nc", "if(a)\n    b();\nc\n");
        assert_eq!(edit, FileEdit::default());
    }

    #[test]
    fn a_block_that_stands_elsewhere_is_moved_and_a_lone_brace_is_not() {
        let block = "fn moved_function() {\n    some_statement();\n}\n";
        let rest = "one\ntwo\nthree\nfour\n";
        let edit = compare(Whitespace::Counts, &format!("{block}{rest}"), &format!("{rest}{block}"));
        assert_eq!(edit.moves, [Move { old_start: 0, new_start: 4, len: 3 }]);
        let edit = compare(Whitespace::Counts, "}\none\ntwo\n", "one\ntwo\n}\n");
        assert_eq!((edit.hunks.len(), edit.moves.len()), (2, 0));
    }

    #[test]
    fn the_tail_is_cut_at_a_line_in_whole_blocks() {
        let line = "0123456789abcde\n";
        let tail = line.repeat(64);
        assert_eq!(
            common_tail_lines(tail.as_bytes(), tail.as_bytes()),
            63,
            "the first line of a block stays"
        );
        assert_eq!(common_tail_lines(&tail.as_bytes()[1..], tail.as_bytes()), 0, "shorter than a block");
        let (a, b) = (format!("a\n{tail}"), format!("b\n{tail}"));
        assert_eq!(common_tail_lines(a.as_bytes(), b.as_bytes()), 63);
    }
}
