//! Pairs of line lists whose diff is certain without git's search.
//!
//! git's diff drops lines that the other file does not have, may drop frequent lines that stand among
//! such lines, and then looks for the shortest edit of the rest, giving up on the shortest when an edit
//! gets long. Where no frequent line can have been dropped and the edit is short, the number of lines
//! kept is that of the longest common subsequence, which any exact algorithm finds.

use gix_imara_diff::Token;

/// Longest edit, in lines added and deleted, that is looked for.
///
/// git's search stays exact while it is at most 2 x 255 steps long; beyond a fifth of that, leaving the
/// pair to gix-imara-diff is cheaper.
const MAX_EDIT: usize = 100;
/// A frequent line is dropped only if the lines around it that the other file lacks are more than three
/// times the frequent ones, itself counted twice.
const MIN_UNMATCHED: usize = 7;
/// No line counts as less than frequent because of the file's size beyond this many occurrences.
const MAX_FREQUENT: u32 = 1024;

/// Whether it is certain which lines git's diff considers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pruning {
    Certain,
    Uncertain,
}

/// Puts those of `lines` into `kept` that also occur in the other file.
///
/// `in_other` is how often each token occurs in the whole other file, `n_lines` the length of the whole
/// file that `lines` are of. Uncertain when a frequent line may be dropped.
pub(super) fn keep_candidates(
    lines: &[Token],
    in_other: &[u32],
    n_lines: usize,
    kept: &mut Vec<Token>,
) -> Pruning {
    kept.clear();
    let frequent = frequent_limit(n_lines);
    let (mut n_unmatched, mut has_frequent_after_unmatched, mut is_surrounded) = (0, false, false);
    for line in lines {
        let occurrences = in_other[line.0 as usize];
        if occurrences == 0 {
            n_unmatched += 1;
            is_surrounded |= has_frequent_after_unmatched;
            if is_surrounded && n_unmatched >= MIN_UNMATCHED {
                return Pruning::Uncertain;
            }
            continue;
        }
        kept.push(*line);
        if occurrences >= frequent {
            has_frequent_after_unmatched |= n_unmatched > 0;
        } else {
            (n_unmatched, has_frequent_after_unmatched, is_surrounded) = (0, false, false);
        }
    }
    Pruning::Certain
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
    use super::{Pruning, ShortestEdit, frequent_limit, keep_candidates};
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
        let a: Vec<u32> = (0..200).collect();
        let b: Vec<u32> = (0..200).rev().collect();
        assert_eq!(ShortestEdit::default().length(&tokens(&a), &tokens(&b)), None);
        assert_eq!(ShortestEdit::default().length(&tokens(&a), &[]), None);
    }

    // 0 is unmatched, 1 occurs once in the other file, 2 a hundred times.
    fn pruning(lines: &[u32]) -> Pruning {
        keep_candidates(&tokens(lines), &[0, 1, 100], 400, &mut Vec::new())
    }

    #[test]
    fn a_frequent_line_among_many_unmatched_ones_is_uncertain() {
        assert_eq!(pruning(&[0, 0, 0, 2, 0, 0, 0]), Pruning::Certain, "6 is not above 3 x 2");
        assert_eq!(pruning(&[0, 0, 0, 2, 0, 0, 0, 0]), Pruning::Uncertain, "7 is");
        assert_eq!(pruning(&[0, 0, 0, 0, 0, 0, 0, 2]), Pruning::Certain, "none after");
        assert_eq!(pruning(&[2, 0, 0, 0, 0, 0, 0, 0]), Pruning::Certain, "none before");
        assert_eq!(pruning(&[0, 0, 0, 1, 2, 0, 0, 0, 0]), Pruning::Certain, "a matched line is between");
        assert_eq!(pruning(&[0, 0, 0, 2, 1, 0, 0, 0, 0]), Pruning::Certain, "a matched line is between");
    }

    // By hand: 1000 has 10 bits, half of which are 5, and 2^5 = 32.
    #[test]
    fn the_limit_of_frequent_grows_with_the_root_of_the_size() {
        let limits = [0, 1, 3, 4, 15, 16, 1000, 1 << 20, 1 << 40].map(frequent_limit);
        assert_eq!(limits, [1, 2, 2, 4, 4, 8, 32, 1024, 1024]);
    }
}
