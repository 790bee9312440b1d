//! A difference between two texts, short enough to read.

use std::fmt::Write as _;

/// Lines shown of each side.
const SHOWN: usize = 20;

/// Shows the lines from the first to the last difference: `-` present, `+` expected.
pub(super) fn show(present: &str, expected: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (present.split('\n').collect(), expected.split('\n').collect());
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    // The common end must not overlap the common start: `a` and `a a` share one line, not two.
    let shorter = old.len().min(new.len()) - before;
    let after =
        old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(old, new)| old == new).count();
    let mut text = format!("@@ line {} @@\n", before + 1);
    for (sign, lines) in [('-', &old[before..old.len() - after]), ('+', &new[before..new.len() - after])] {
        for line in lines.iter().take(SHOWN) {
            writeln!(text, "{sign}{line}").expect("writing into a string does not fail");
        }
        if lines.len() > SHOWN {
            let more = lines.len() - SHOWN;
            writeln!(text, "{sign}... and {more} more lines").expect("writing into a string does not fail");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn only_what_differs_is_shown() {
        let table = [
            ("a\nb\nc\n", "a\nx\nc\n", "@@ line 2 @@\n-b\n+x\n"),
            ("a\n", "a\na\n", "@@ line 2 @@\n+a\n"),
            ("", "a\n", "@@ line 1 @@\n+a\n"),
            ("a\n", "a", "@@ line 2 @@\n-\n"),
        ];
        for (present, expected, shown) in table {
            assert_eq!(show(present, expected), shown, "{present:?} {expected:?}");
        }
        let long = "x\n".repeat(30);
        assert!(show("y\n", &long).ends_with("+x\n+... and 10 more lines\n"));
    }
}
