//! Lines and indentation: the measure for any text.
//!
//! Source: Hindle, Godfrey & Holt, "Reading Beside the Lines: Indentation as a Proxy for Complexity
//! Metrics", ICPC 2008. Every line that is not blank counts, comments included.

/// The widths, in spaces, that one level of indentation may have.
const UNITS: std::ops::RangeInclusive<usize> = 2..=8;
/// The unit of a file without indented lines: the most common one. Tabs need none.
const DEFAULT_UNIT: usize = 4;

/// The indentation of a file.
pub(crate) struct Indentation {
    /// For each line, true if it is blank.
    pub(crate) blank: Vec<bool>,
    /// Lines that are not blank.
    pub(crate) non_blank: u32,
    /// Sum of the levels of the lines that are not blank.
    pub(crate) sum: u64,
    /// The deepest level.
    pub(crate) max: u32,
}

/// Leading white space of one line that is not blank.
struct Leading {
    tabs: usize,
    spaces: usize,
}

impl Indentation {
    /// Measures a text; lines end at `\n`, and a `\r` before it is white space.
    pub(crate) fn of(content: &[u8]) -> Self {
        let mut blank = Vec::new();
        let mut leading = Vec::new();
        for line in content.split_inclusive(|byte| *byte == b'\n') {
            let found = leading_of(line);
            blank.push(found.is_none());
            leading.extend(found);
        }
        let unit = unit_of(&leading);
        let levels = || leading.iter().map(|line| line.tabs + line.spaces / unit);
        Self {
            blank,
            non_blank: saturate(leading.len()),
            sum: levels().map(|level| level as u64).sum(),
            max: saturate(levels().max().unwrap_or(0)),
        }
    }

    /// Number of lines.
    pub(crate) fn lines(&self) -> u32 {
        saturate(self.blank.len())
    }
}

/// A count as `u32`, saturated.
pub(crate) fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The leading white space; `None` for a blank line.
fn leading_of(line: &[u8]) -> Option<Leading> {
    let mut leading = Leading { tabs: 0, spaces: 0 };
    for byte in line {
        match byte {
            b'\t' => leading.tabs += 1,
            b' ' => leading.spaces += 1,
            // Form feeds separate sections in old C and Lisp sources. They are blank, but indent
            // nothing.
            b'\n' | b'\r' | 0x0b | 0x0c => {}
            _ => return Some(leading),
        }
    }
    None
}

/// The most common step to the right between successive lines indented by spaces alone; of two
/// equally common ones the smaller.
fn unit_of(lines: &[Leading]) -> usize {
    let mut seen = [0_usize; *UNITS.end() + 1];
    // Only steps to the right: a step to the left may close several levels at once.
    for pair in lines.windows(2) {
        let step = pair[1].spaces.saturating_sub(pair[0].spaces);
        // A step of one space is the star of a block comment, and one of more than eight aligns
        // arguments.
        if pair[0].tabs == 0 && pair[1].tabs == 0 && UNITS.contains(&step) {
            seen[step] += 1;
        }
    }
    let most = seen.iter().copied().max().filter(|most| *most > 0);
    most.and_then(|most| seen.iter().position(|count| *count == most)).unwrap_or(DEFAULT_UNIT)
}

#[cfg(test)]
mod tests {
    use super::Indentation;

    fn check(text: &str, expected: (u32, u32, u64, u32)) {
        let found = Indentation::of(text.as_bytes());
        assert_eq!((found.lines(), found.non_blank, found.sum, found.max), expected, "{text:?}");
    }

    #[test]
    fn a_tab_is_one_level_and_blank_lines_count_nothing() {
        check("", (0, 0, 0, 0));
        check("\n", (1, 0, 0, 0));
        check("a\n\tb\n\t\tc\n   \n\t\n", (5, 3, 3, 2));
    }

    #[test]
    fn the_unit_is_the_most_common_step_to_the_right() {
        check("a\n  b\n    c\n", (3, 3, 3, 2));
        check("a\n    b\n        c\n", (3, 3, 3, 2));
        check("a\n   b\na\n   b\na\n    b\n", (6, 6, 3, 1));
    }

    #[test]
    fn equally_common_steps_take_the_smaller_unit() {
        check("a\n  b\na\n    b\n", (4, 4, 3, 2));
    }

    #[test]
    fn without_any_step_four_spaces_are_a_level() {
        check("        a\n        b\n", (2, 2, 4, 2));
    }

    #[test]
    fn the_star_of_a_block_comment_is_not_a_level() {
        check("/*\n * a\n */\nf {\n    b\n}\n", (6, 6, 1, 1));
    }

    #[test]
    fn a_last_line_without_newline_counts_and_crlf_changes_nothing() {
        check("a\r\n  b\r\n\r\n    c", (4, 3, 3, 2));
    }
}
