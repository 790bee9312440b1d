//! The common start and end of two contents.

use bstr::ByteSlice;

/// Lengths in bytes of the whole lines that two contents have in common at their start and end. They do not
/// overlap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CommonEnds {
    pub(crate) prefix: usize,
    pub(crate) suffix: usize,
}

impl CommonEnds {
    pub(crate) fn of(a: &[u8], b: &[u8]) -> Self {
        let prefix = Self::prefix_of(a, b);
        // The suffix is searched behind the prefix, so that the two cannot overlap when lines
        // repeat: `a a` against `a` has one common line, not two.
        let (a, b) = (&a[prefix..], &b[prefix..]);
        let same = common_suffix(a, b);
        let starts_a_line = |content: &[u8]| {
            let start = content.len() - same;
            start == 0 || content[start - 1] == b'\n'
        };
        // The common bytes may begin inside a line, but only whole lines count.
        let suffix = if starts_a_line(a) && starts_a_line(b) {
            same
        } else {
            a[a.len() - same..].find_byte(b'\n').map_or(0, |newline| same - newline - 1)
        };
        Self { prefix, suffix }
    }

    /// Length in bytes of the whole lines that two contents have in common at their start.
    pub(crate) fn prefix_of(a: &[u8], b: &[u8]) -> usize {
        let same = common_prefix(a, b);
        let is_all = same == a.len() && same == b.len();
        // An unfinished last line counts only if the contents are equal: `b` and `b\n` are two
        // lines for git.
        if is_all { same } else { a[..same].rfind_byte(b'\n').map_or(0, |newline| newline + 1) }
    }

    /// Returns the part of one of the two contents between the common ends.
    pub(crate) fn middle<'a>(&self, content: &'a [u8]) -> &'a [u8] {
        &content[self.prefix..content.len() - self.suffix]
    }
}

/// Comparing slices of the first size is a vectorised memory comparison. The block that differs is searched
/// in steps of the second.
const BLOCKS: [usize; 2] = [2048, 32];

fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let mut same = 0;
    for block in BLOCKS {
        let (a, b) = (&a[same..], &b[same..]);
        same += a.chunks_exact(block).zip(b.chunks_exact(block)).take_while(|(a, b)| a == b).count() * block;
    }
    same + a[same..].iter().zip(&b[same..]).take_while(|(a, b)| a == b).count()
}

fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let mut same = 0;
    for block in BLOCKS {
        let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
        same +=
            a.rchunks_exact(block).zip(b.rchunks_exact(block)).take_while(|(a, b)| a == b).count() * block;
    }
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    same + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::{CommonEnds, common_prefix, common_suffix};
    use proptest::prelude::*;

    #[test]
    fn ends_are_whole_lines_and_do_not_overlap() {
        let check = |a: &str, b: &str, prefix: usize, suffix: usize| {
            let ends = CommonEnds::of(a.as_bytes(), b.as_bytes());
            assert_eq!((ends.prefix, ends.suffix), (prefix, suffix), "{a:?} {b:?}");
        };
        check("a\nb\nc\n", "a\nx\nc\n", 2, 2);
        check("a\n", "a\na\n", 2, 0);
        check("xa\nb\n", "ya\nb\n", 0, 2);
        check("ab\n", "ac\n", 0, 0);
        check("a\nb", "a\nb\n", 2, 0);
        check("a\nb", "a\nb", 3, 0);
        check("", "a\n", 0, 0);
        check("a\nb\n", "b\n", 0, 2);
    }

    proptest! {
        #[test]
        fn common_bytes_are_counted_across_blocks(
            same in prop::collection::vec(any::<u8>(), 0..5000), a in prop::collection::vec(0..4_u8, 0..40),
            b in prop::collection::vec(4..8_u8, 0..40)
        ) {
            let (front, back) = (|x: &[u8]| [&same[..], x].concat(), |x: &[u8]| [x, &same[..]].concat());
            prop_assert_eq!(common_prefix(&front(&a), &front(&b)), same.len());
            prop_assert_eq!(common_suffix(&back(&a), &back(&b)), same.len());
        }
    }
}
