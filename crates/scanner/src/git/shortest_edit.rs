//! Which lines git's diff looks at, and the shortest edit between them.
//!
//! git's diff drops the lines that the other file does not have and frequent lines that stand among such
//! lines, and then looks for the shortest edit of the rest, giving up on the shortest when an edit gets
//! long. Below that limit the number of lines kept is that of the longest common subsequence, which any
//! exact algorithm finds.

use gix_imara_diff::Token;

/// Longest edit, in lines added and deleted, that is looked for. git's search, which goes from both ends,
/// is exact for edits of up to 2 x 255 lines.
const MAX_EDIT: usize = 200;
/// How many lines before and after a frequent line decide whether it is dropped.
const WINDOW_LINES: usize = 100;
/// From this many occurrences on a line is frequent, however large the file.
const MAX_FREQUENT: u32 = 1024;

/// How often a line occurs in the whole other file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occurrence {
    None,
    Some,
    Frequent,
}

/// Finds the lines that git's diff looks at.
#[derive(Default)]
pub(super) struct Candidates {
    occurrences: Vec<Occurrence>,
}

impl Candidates {
    /// Puts those of `lines` into `kept` that git's diff looks at.
    ///
    /// `in_other` is how often each token occurs in the whole other file, `n_lines` the length of the
    /// whole file that `lines` are a part of.
    pub(super) fn keep(&mut self, lines: &[Token], in_other: &[u32], n_lines: usize, kept: &mut Vec<Token>) {
        let limit = frequent_limit(n_lines);
        self.occurrences.clear();
        self.occurrences.extend(lines.iter().map(|line| match in_other[line.0 as usize] {
            0 => Occurrence::None,
            count if count < limit => Occurrence::Some,
            _ => Occurrence::Frequent,
        }));
        let is_kept = |(place, occurrence): (usize, &Occurrence)| match occurrence {
            Occurrence::None => false,
            Occurrence::Some => true,
            Occurrence::Frequent => !is_dropped(&self.occurrences, place),
        };
        kept.clear();
        let with_fate = lines.iter().zip(self.occurrences.iter().enumerate().map(is_kept));
        kept.extend(with_fate.filter(|(_, is_kept)| *is_kept).map(|(line, _)| *line));
    }
}

/// Whether a frequent line is dropped: there are lines without counterpart both before and after it,
/// nearer than any ordinary line, and they are more than three times the frequent ones, among which the
/// line itself counts twice.
fn is_dropped(occurrences: &[Occurrence], place: usize) -> bool {
    let start = place.saturating_sub(WINDOW_LINES);
    let end = occurrences.len().min(place + 1 + WINDOW_LINES);
    let before = Run::of(occurrences[start..place].iter().rev());
    if before.unmatched == 0 {
        return false;
    }
    let after = Run::of(occurrences[place + 1..end].iter());
    after.unmatched > 0 && before.unmatched + after.unmatched > 3 * (before.frequent + after.frequent + 2)
}

/// The lines from some place up to the next ordinary line.
#[derive(Default)]
struct Run {
    unmatched: usize,
    frequent: usize,
}

impl Run {
    fn of<'a>(occurrences: impl Iterator<Item = &'a Occurrence>) -> Self {
        let mut run = Self::default();
        for occurrence in occurrences {
            match occurrence {
                Occurrence::None => run.unmatched += 1,
                Occurrence::Frequent => run.frequent += 1,
                Occurrence::Some => break,
            }
        }
        run
    }
}

/// The number of occurrences in the other file from which on a line is frequent: the smallest power of
/// two whose square is above the number of lines, at most 1024.
fn frequent_limit(n_lines: usize) -> u32 {
    let bits = usize::BITS - n_lines.leading_zeros();
    1_u32.checked_shl(bits.div_ceil(2)).map_or(MAX_FREQUENT, |limit| limit.min(MAX_FREQUENT))
}

/// Length of the shortest edit between two lists (Myers 1986, "An O(ND) Difference Algorithm and Its
/// Variations", the greedy algorithm).
#[derive(Default)]
pub(super) struct ShortestEdit {
    /// By diagonal: how far into the first list an edit of the length at hand can lead.
    furthest: Vec<usize>,
}

impl ShortestEdit {
    /// Lines added and deleted; `None` if there are more than [`MAX_EDIT`].
    pub(super) fn length(&mut self, a: &[Token], b: &[Token]) -> Option<usize> {
        let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[prefix..], &b[prefix..]);
        let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
        if a.is_empty() || b.is_empty() {
            return Some(a.len() + b.len()).filter(|edits| *edits <= MAX_EDIT);
        }
        if a.len().abs_diff(b.len()) > MAX_EDIT {
            return None;
        }
        // Diagonal k, where k = place in a - place in b, is at index k + middle. An index too far out
        // stays 0, which no edit reaches.
        let middle = MAX_EDIT + 1;
        self.furthest.clear();
        self.furthest.resize(2 * middle + 1, 0);
        let furthest = &mut self.furthest;
        for edits in 0..=MAX_EDIT {
            for diagonal in (middle - edits..=middle + edits).step_by(2) {
                let is_lowest = diagonal == middle - edits;
                let is_highest = diagonal == middle + edits;
                let mut in_a = if edits == 0 {
                    0
                } else if is_lowest || (!is_highest && furthest[diagonal - 1] < furthest[diagonal + 1]) {
                    furthest[diagonal + 1]
                } else {
                    furthest[diagonal - 1] + 1
                };
                // Off the end of either list: this diagonal cannot be the shortest any more.
                let Some(mut in_b) = (in_a + middle).checked_sub(diagonal) else { continue };
                if in_a > a.len() || in_b > b.len() {
                    furthest[diagonal] = in_a;
                    continue;
                }
                let run = a[in_a..].iter().zip(&b[in_b..]).take_while(|(a, b)| a == b).count();
                in_a += run;
                in_b += run;
                furthest[diagonal] = in_a;
                if in_a == a.len() && in_b == b.len() {
                    return Some(edits);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidates, ShortestEdit, frequent_limit};
    use gix_imara_diff::Token;
    use proptest::prelude::*;

    fn tokens(numbers: &[u32]) -> Vec<Token> {
        numbers.iter().map(|number| Token(*number)).collect()
    }

    /// The textbook table of the longest common subsequence.
    fn length_by_table(a: &[u32], b: &[u32]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (column, y) in b.iter().enumerate() {
                let above = row[column + 1];
                row[column + 1] = if x == y { diagonal + 1 } else { above.max(row[column]) };
                diagonal = above;
            }
        }
        a.len() + b.len() - 2 * row[b.len()]
    }

    proptest! {
        #[test]
        fn the_length_is_that_of_the_longest_common_subsequence(
            a in prop::collection::vec(0..6_u32, 0..60), b in prop::collection::vec(0..6_u32, 0..60)
        ) {
            let expected = Some(length_by_table(&a, &b)).filter(|edits| *edits <= super::MAX_EDIT);
            prop_assert_eq!(ShortestEdit::default().length(&tokens(&a), &tokens(&b)), expected);
        }
    }

    #[test]
    fn a_long_edit_is_given_up() {
        let a: Vec<u32> = (0..900).collect();
        let b: Vec<u32> = (0..900).rev().collect();
        assert_eq!(ShortestEdit::default().length(&tokens(&a), &tokens(&b)), None);
        assert_eq!(ShortestEdit::default().length(&tokens(&a), &[]), None);
    }

    // 0 is unmatched, 1 occurs once in the other file, 2 a hundred times.
    fn check(lines: &[u32], n_dropped: usize, why: &str) {
        let mut kept = Vec::new();
        Candidates::default().keep(&tokens(lines), &[0, 1, 100], 400, &mut kept);
        let n_matched = lines.iter().filter(|line| **line > 0).count();
        assert_eq!(n_matched - kept.len(), n_dropped, "{why}");
    }

    #[test]
    fn a_frequent_line_among_many_unmatched_ones_is_dropped() {
        check(&[0, 0, 0, 2, 0, 0, 0], 0, "6 is not above 3 x 2");
        check(&[0, 0, 0, 2, 0, 0, 0, 0], 1, "7 is");
        check(&[0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0], 0, "9 is not above 3 x 3");
        check(&[0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0], 2, "10 is");
        check(&[0, 0, 0, 0, 0, 0, 0, 2], 0, "none after");
        check(&[2, 0, 0, 0, 0, 0, 0, 0], 0, "none before");
        check(&[0, 0, 0, 1, 2, 0, 0, 0, 0], 0, "an ordinary line is between");
        check(&[0, 0, 0, 2, 1, 0, 0, 0, 0], 0, "an ordinary line is between");
    }

    #[test]
    fn only_a_hundred_lines_on_either_side_decide() {
        let far = |distance: usize| [vec![0; 9], vec![2; 1], vec![2; distance - 1], vec![0; 900]].concat();
        let mut kept = Vec::new();
        for (distance, is_dropped) in [(3, true), (101, false)] {
            Candidates::default().keep(&tokens(&far(distance)), &[0, 1, 100], 1000, &mut kept);
            assert_eq!(kept.is_empty(), is_dropped, "{distance}");
        }
    }

    // By hand: 1000 has 10 bits, half of which are 5, and 2^5 = 32.
    #[test]
    fn the_limit_of_frequent_grows_with_the_root_of_the_size() {
        let limits = [0, 1, 3, 4, 15, 16, 1000, 1 << 20, 1 << 40].map(frequent_limit);
        assert_eq!(limits, [1, 2, 2, 4, 4, 8, 32, 1024, 1024]);
    }
}
