//! The lines that git's diff considers, and the shortest edit between them.
//!
//! git's diff drops lines that do not occur in the other file, and frequent lines surrounded by such lines.
//! It then searches for the shortest edit of the remaining lines, and settles for a longer one once the
//! edit gets long. Below that limit, the number of kept lines is the length of the longest common
//! subsequence, which any exact algorithm finds.

use gix_imara_diff::Token;

/// Maximum number of added and deleted lines for which an edit is searched. git's search from both ends is
/// exact for up to 2 x 255 lines.
const MAX_EDIT: usize = 200;
/// Number of lines on each side of a frequent line that decide whether it is dropped.
const WINDOW_LINES: usize = 100;
/// A line that occurs this often is frequent, whatever the size of the file.
const MAX_FREQUENT: u32 = 1024;

/// How often a line occurs in the whole other file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occurrence {
    None,
    Some,
    Frequent,
}

/// Selects the lines that git's diff considers.
#[derive(Default)]
pub(crate) struct Candidates {
    occurrences: Vec<Occurrence>,
}

impl Candidates {
    /// Copies the lines that git's diff considers from `lines` to `kept`.
    ///
    /// `in_other` holds the number of occurrences of each token in the whole other file, and `n_lines` is
    /// the length of the whole file that contains `lines`.
    pub(crate) fn keep(&mut self, lines: &[Token], in_other: &[u32], n_lines: usize, kept: &mut Vec<Token>) {
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

/// True if a frequent line is dropped: there are unmatched lines both before and after it, closer than any
/// ordinary line, and they outnumber the frequent lines more than three to one, counting the line itself
/// twice.
fn is_dropped(occurrences: &[Occurrence], place: usize) -> bool {
    let start = place.saturating_sub(WINDOW_LINES);
    let end = occurrences.len().min(place + 1 + WINDOW_LINES);
    let before = Neighbours::of(occurrences[start..place].iter().rev());
    if before.unmatched == 0 {
        return false;
    }
    let after = Neighbours::of(occurrences[place + 1..end].iter());
    after.unmatched > 0 && before.unmatched + after.unmatched > 3 * (before.frequent + after.frequent + 2)
}

/// The lines from a position up to the next ordinary line.
#[derive(Default)]
struct Neighbours {
    unmatched: usize,
    frequent: usize,
}

impl Neighbours {
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

/// Number of occurrences in the other file above which a line is frequent: the smallest power of two whose
/// square exceeds the number of lines, at most 1024.
fn frequent_limit(n_lines: usize) -> u32 {
    let bits = usize::BITS - n_lines.leading_zeros();
    1_u32.checked_shl(bits.div_ceil(2)).map_or(MAX_FREQUENT, |limit| limit.min(MAX_FREQUENT))
}

/// Length of the shortest edit between two lists (greedy algorithm of Myers 1986, "An O(ND) Difference
/// Algorithm and Its Variations").
#[derive(Default)]
pub(crate) struct ShortestEdit {
    /// For each diagonal, the furthest position in the first list that an edit of the current length
    /// reaches.
    furthest: Vec<usize>,
}

impl ShortestEdit {
    /// Returns the number of added and deleted lines; `None` if it exceeds [`MAX_EDIT`].
    pub(crate) fn length(&mut self, a: &[Token], b: &[Token]) -> Option<usize> {
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
        // Diagonal k, where k = place in a - place in b, is at index k + middle. Entries beyond the reach
        // of any edit stay 0.
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
                // Past the end of either list, this diagonal cannot lead to the shortest edit.
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

    /// Textbook table of the longest common subsequence.
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
