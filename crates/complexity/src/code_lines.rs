//! Lines with code: at least one token that is not part of a comment.

use tree_sitter::Node;

use crate::indentation::saturate;

/// Collects tokens in any order, overlapping or not, at constant cost each.
pub(crate) struct CodeLines {
    /// Per line: tokens that start there, minus those that ended on the line before.
    change: Vec<i32>,
    last_single: usize,
}

impl CodeLines {
    /// Creates a number of lines without code.
    pub(crate) fn new(lines: usize) -> Self {
        Self { change: vec![0; lines + 1], last_single: usize::MAX }
    }

    /// Marks the lines of a token. A newline at its end does not reach into the next line.
    pub(crate) fn mark(&mut self, token: Node<'_>) {
        let (first, end) = (token.start_position().row, token.end_position());
        // Some tokens, such as the body of a heredoc, include the newline that ends them.
        let last = if end.column == 0 && end.row > first { end.row - 1 } else { end.row };
        if first == last {
            // Most lines have several tokens, which arrive one after another. A missing token that
            // the parser inserted has no text.
            if first == self.last_single || token.start_byte() == token.end_byte() {
                return;
            }
            self.last_single = first;
        }
        self.mark_rows(first, last);
    }

    /// Marks lines by their rows.
    pub(crate) fn mark_rows(&mut self, first: usize, last: usize) {
        let lines = self.change.len() - 1;
        if first < lines {
            // Only the ends are recorded, so a string over a thousand lines costs as much as one
            // over two.
            self.change[first] += 1;
            self.change[(last + 1).min(lines)] -= 1;
        }
    }

    /// Counts: position `n` is the number of lines with code among the first `n`. A blank line inside a
    /// token, as in a multi-line string, does not count.
    pub(crate) fn totals(&self, blank: &[bool]) -> Vec<u32> {
        let (mut open, mut total) = (0, 0_usize);
        let mut totals = vec![0];
        for (change, blank) in self.change.iter().zip(blank) {
            open += change;
            total += usize::from(open > 0 && !blank);
            totals.push(saturate(total));
        }
        totals
    }
}
