//! Line counts of successive pairs of versions.
//!
//! Successive versions of a file have nearly all lines in common. A `NumstatCounter` remembers the tokens of
//! the last version and how often each occurs, so that the next comparison only has to look between the
//! common ends. The answer is usually certain without a diff: one side is empty, the sides have no line in
//! common, or the shortest edit is so short that git's search cannot have missed it
//! (`shortest_edit`). The rest is a Myers diff (gix-imara-diff) of *all* lines, because git's
//! pruning depends on how often a line occurs in the whole file.

use std::ops::Range;

use debtscan_model::{LineDelta, to_u32};
use gix::ObjectId;
use gix_imara_diff::{Algorithm, Diff, Token};

use crate::ends::CommonEnds;
use crate::line_table::{CommonLines, LineTable};
use crate::shortest_edit::{Candidates, ShortestEdit};

/// The line table is rebuilt once it holds more distinct lines than this plus four times those of the
/// current version, because lines that were deleted long ago accumulate in it.
const MIN_TABLE_LINES: usize = 4096;

/// Counts added and deleted lines between versions of a file, newest pair first.
#[derive(Default)]
pub(crate) struct NumstatCounter {
    table: LineTable,
    /// The version described by `tokens` and `occurrences`.
    known: Option<ObjectId>,
    tokens: Vec<Token>,
    /// Number of occurrences of each line of the table in `tokens`.
    occurrences: Vec<u32>,
    /// The lines of the other version between the common ends.
    middle: Vec<Token>,
    replaced: Vec<Token>,
    marks: Marks,
    candidates: Candidates,
    known_kept: Vec<Token>,
    other_kept: Vec<Token>,
    shortest_edit: ShortestEdit,
    diff: Diff,
}

/// A blob and its content.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// The blob.
    pub id: ObjectId,
    /// Its content.
    pub content: &'a [u8],
}

impl NumstatCounter {
    /// Clears everything. Call it between files.
    pub(crate) fn clear(&mut self) {
        self.known = None;
        self.table.clear();
        self.tokens.clear();
        self.occurrences.clear();
    }

    /// Returns the numstat of two text contents.
    pub(crate) fn count(&mut self, old: Version<'_>, new: Version<'_>) -> LineDelta {
        let is_crowded = self.table.len() > MIN_TABLE_LINES + 4 * self.tokens.len();
        if is_crowded {
            self.clear();
        }
        // After parallel branches, the known version may be the old side of the next pair.
        if self.known == Some(old.id) {
            return self.count_onwards(old, new, KnownSide::KnownIsOld);
        }
        // Without a known version, the lines of a file need not be numbered if the count is certain anyway.
        if self.known.is_none()
            && let ends = CommonEnds::of(old.content, new.content)
            && let Some(delta) = self.count_without_whole(ends.middle(old.content), ends.middle(new.content))
        {
            return delta;
        }
        if self.known != Some(new.id) {
            self.learn(new);
        }
        self.count_onwards(new, old, KnownSide::KnownIsNew)
    }

    /// Returns the numstat of the known version and another one. The older one becomes the known version,
    /// because pairs come newest first and the old side of this pair is the new side of the next.
    fn count_onwards(&mut self, known: Version<'_>, other: Version<'_>, order: KnownSide) -> LineDelta {
        let ends = CommonEnds::of(known.content, other.content);
        let range = self.known_middle(known.content, &ends);
        let mut middle = std::mem::take(&mut self.middle);
        middle.clear();
        let guide = &self.tokens[range.clone()];
        let shared = self.table.tokenise_along(ends.middle(other.content), guide, &mut middle);
        self.occurrences.resize(self.table.len(), 0);
        // The guide was followed only near the expected positions, so a common line may remain
        // unseen.
        let is_shared = shared == CommonLines::Some || self.marks.share(guide, &middle, self.table.len());
        let kept = if is_shared {
            self.lines_kept(range.clone(), &middle, order)
        } else {
            self.replace(range.clone(), &middle);
            0
        };
        let (in_known, in_other) = (lines_u32(range.len() - kept), lines_u32(middle.len() - kept));
        let delta = match order {
            KnownSide::KnownIsNew => {
                self.known = Some(other.id);
                LineDelta { added: in_known, deleted: in_other }
            }
            KnownSide::KnownIsOld => {
                let before = std::mem::take(&mut self.replaced);
                self.replace(range.start..range.start + middle.len(), &before);
                LineDelta { added: in_other, deleted: in_known }
            }
        };
        self.middle = middle;
        delta
    }

    /// Returns the count if it does not depend on lines outside the middle parts.
    fn count_without_whole(&mut self, old: &[u8], new: &[u8]) -> Option<LineDelta> {
        let is_certain = old.is_empty() || new.is_empty() || {
            self.middle.clear();
            self.replaced.clear();
            self.table.tokenise(old, &mut self.middle);
            self.table.tokenise(new, &mut self.replaced);
            !self.marks.share(&self.middle, &self.replaced, self.table.len())
        };
        is_certain.then(|| LineDelta { added: count_lines(new), deleted: count_lines(old) })
    }

    /// Numbers all lines of a version, using the known version of the same file as a guide.
    fn learn(&mut self, version: Version<'_>) {
        let mut tokens = std::mem::take(&mut self.replaced);
        tokens.clear();
        self.table.tokenise_along(version.content, &self.tokens, &mut tokens);
        self.replaced = std::mem::replace(&mut self.tokens, tokens);
        self.occurrences.clear();
        self.occurrences.resize(self.table.len(), 0);
        for token in &self.tokens {
            self.occurrences[token.0 as usize] += 1;
        }
        self.known = Some(version.id);
    }

    /// The lines of the known version between the common ends, as a range of `tokens`.
    fn known_middle(&self, content: &[u8], ends: &CommonEnds) -> Range<usize> {
        let middle = count_lines(ends.middle(content)) as usize;
        // Lines are counted in the shorter end.
        let start = if ends.prefix <= ends.suffix {
            count_lines(&content[..ends.prefix]) as usize
        } else {
            let suffix = count_lines(&content[content.len() - ends.suffix..]) as usize;
            self.tokens.len() - middle - suffix
        };
        start..start + middle
    }

    /// Number of lines of the two middle parts that git's diff keeps. Afterwards `tokens` holds the other
    /// version, and `replaced` the middle part of the known one.
    fn lines_kept(&mut self, known: Range<usize>, other: &[Token], order: KnownSide) -> usize {
        let n_known = self.tokens.len();
        let n_other = n_known - known.len() + other.len();
        self.candidates.keep(other, &self.occurrences, n_other, &mut self.other_kept);
        // Between the two selections, because each side is pruned by how often lines occur in the other.
        self.replace(known.clone(), other);
        self.candidates.keep(&self.replaced, &self.occurrences, n_known, &mut self.known_kept);
        if let Some(edits) = self.shortest_edit.length(&self.known_kept, &self.other_kept) {
            // A line that stays is in both lists and in no edit.
            return (self.known_kept.len() + self.other_kept.len() - edits) / 2;
        }
        let mut known_tokens = self.tokens[..known.start].to_vec();
        known_tokens.extend_from_slice(&self.replaced);
        known_tokens.extend_from_slice(&self.tokens[known.start + other.len()..]);
        // The search is not symmetric once it gives up exactness, so the sides keep their order.
        let (old, new) = match order {
            KnownSide::KnownIsNew => (&self.tokens, &known_tokens),
            KnownSide::KnownIsOld => (&known_tokens, &self.tokens),
        };
        self.diff.compute_with(Algorithm::Myers, old, new, lines_u32(self.table.len()));
        self.replaced.len()
            - match order {
                KnownSide::KnownIsNew => self.diff.count_additions(),
                KnownSide::KnownIsOld => self.diff.count_removals(),
            } as usize
    }

    /// Replaces a range of the tokens by `lines` and moves the old ones to `replaced`.
    fn replace(&mut self, range: Range<usize>, lines: &[Token]) {
        self.replaced.clear();
        self.replaced.extend_from_slice(&self.tokens[range.clone()]);
        for token in &self.replaced {
            self.occurrences[token.0 as usize] -= 1;
        }
        for token in lines {
            self.occurrences[token.0 as usize] += 1;
        }
        self.tokens.splice(range, lines.iter().copied());
    }
}

/// Which side of a pair is the known version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KnownSide {
    KnownIsNew,
    KnownIsOld,
}

/// Marks on lines, for finding a line that two lists have in common.
#[derive(Default)]
struct Marks {
    marks: Vec<u32>,
    round: u32,
}

impl Marks {
    /// True if the lists have a line in common; the table holds `n_lines`.
    fn share(&mut self, a: &[Token], b: &[Token], n_lines: usize) -> bool {
        // A round number used again would find marks of an earlier comparison.
        if self.round == u32::MAX {
            *self = Self::default();
        }
        self.round += 1;
        if self.marks.len() < n_lines {
            self.marks.resize(n_lines, 0);
        }
        for token in a {
            self.marks[token.0 as usize] = self.round;
        }
        b.iter().any(|token| self.marks[token.0 as usize] == self.round)
    }
}

fn lines_u32(lines: usize) -> u32 {
    to_u32(lines)
}

/// Number of lines. A last line without a newline counts.
pub(crate) fn count_lines(content: &[u8]) -> u32 {
    let newlines = memchr::memchr_iter(b'\n', content).count();
    let unfinished = content.last().is_some_and(|last| *last != b'\n');
    lines_u32(newlines + usize::from(unfinished))
}

#[cfg(test)]
mod tests {
    use super::{NumstatCounter, Version, count_lines};
    use debtscan_model::LineDelta;
    use gix::ObjectId;
    use gix_imara_diff::{Algorithm, Diff, InternedInput};
    use proptest::prelude::*;

    fn id(n: usize) -> ObjectId {
        ObjectId::from_bytes_or_panic(&[u8::try_from(n).expect("few versions"); 20])
    }

    fn version(n: usize, content: &str) -> Version<'_> {
        Version { id: id(n), content: content.as_bytes() }
    }

    fn check(old: &str, new: &str, added: u32, deleted: u32) {
        let delta = NumstatCounter::default().count(version(1, old), version(2, new));
        assert_eq!(delta, LineDelta { added, deleted }, "{old:?} -> {new:?}");
    }

    // Expected values are those of `git diff --no-index --numstat`.
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

    /// A diff of the whole contents, without caching or shortcuts.
    fn by_whole_diff(old: &str, new: &str) -> LineDelta {
        let input = InternedInput::new(old, new);
        let diff = Diff::compute(Algorithm::Myers, &input);
        LineDelta { added: diff.count_additions(), deleted: diff.count_removals() }
    }

    /// Versions of a file, each an edit of the previous one, with frequent and rare lines.
    fn versions() -> impl Strategy<Value = Vec<String>> {
        let line = prop_oneof![4 => Just(0_u32), 2 => 1..4_u32, 6 => 4..400_u32];
        let edit = (any::<prop::sample::Index>(), 0..12_usize, prop::collection::vec(line.clone(), 0..14));
        let edits = prop::collection::vec(prop::collection::vec(edit, 1..8), 1..10);
        (prop::collection::vec(line, 0..400), edits, any::<bool>()).prop_map(|(start, edits, is_finished)| {
            let mut lines = start;
            let text = |lines: &[u32]| {
                let words: Vec<String> = lines.iter().map(u32::to_string).collect();
                words.join("\n") + if is_finished { "\n" } else { "" }
            };
            let mut versions = vec![text(&lines)];
            for round in edits {
                for (place, removed, added) in round {
                    let start = place.index(lines.len() + 1);
                    let end = lines.len().min(start + removed);
                    lines.splice(start..end, added);
                }
                versions.push(text(&lines));
            }
            versions
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn a_chain_of_versions_counts_as_whole_diffs_do(versions in versions(), steps in prop::collection::vec((0..10_usize, 0..10_usize), 0..6)) {
            let mut counter = NumstatCounter::default();
            let chain = (1..versions.len()).rev().map(|n| (n - 1, n));
            for (old, new) in chain.chain(steps) {
                let (old, new) = (old % versions.len(), new % versions.len());
                if versions[old] != versions[new] {
                    let counted = counter.count(version(old, &versions[old]), version(new, &versions[new]));
                    prop_assert_eq!(counted, by_whole_diff(&versions[old], &versions[new]), "{} -> {}", old, new);
                }
            }
        }
    }

    #[test]
    fn a_last_line_without_newline_counts() {
        let counts = ["", "\n", "a", "a\n", "a\nb"].map(|text| count_lines(text.as_bytes()));
        assert_eq!(counts, [0, 1, 1, 1, 2]);
    }
}
