//! Preprocessor conditionals: which of them cut a construct, and which branches to keep.
//!
//! A conditional whose branches are whole statements or declarations is left to the grammar. In all
//! others, the directives are blanked. Branches that can follow each other are all kept (`else if …`,
//! `&& x`, `a,`); of branches that exclude each other (`if (a) {` and `if (b) {`), the first is kept.

use super::bracket::{Bracket, Last};
use super::change::{Changes, TextChange};
use super::construct::Construct;
use super::flow::Flow;
use super::lexer::LexemeKind;

/// A branch that has ended.
pub(super) struct Branch {
    flow: Flow,
    start: usize,
    end: usize,
    /// True if its condition never holds.
    is_never: bool,
}

/// A conditional in progress.
pub(super) struct Conditional {
    directives: Vec<(usize, usize)>,
    branches: Vec<Branch>,
    is_never: bool,
}

impl Branch {
    fn is_empty(&self) -> bool {
        self.flow.first.is_none()
    }

    /// Whether it opens brackets without closing them, or the reverse.
    fn is_unbalanced(&self) -> bool {
        !self.flow.opens.is_empty() || self.flow.closes > 0
    }

    /// Whether anything may follow it.
    // After these tokens, a statement, a value or an operand may follow, so branches can be joined.
    fn is_whole(&self) -> bool {
        !self.is_unbalanced()
            && matches!(self.flow.last, Last::End | Last::Comma | Last::Else | Last::Operator | Last::Label)
    }

    fn goes_on(&self) -> bool {
        matches!(self.flow.first, Some(Last::Else | Last::Operator | Last::Comma | Last::Label))
    }

    /// Whether it is a part of the code before or after it.
    fn cuts(&self, next: LexemeKind) -> bool {
        let ends_open = match self.flow.last {
            Last::End => false,
            Last::Comma | Last::Operator | Last::Prefix | Last::Open | Last::Else | Last::Label => true,
            Last::Close | Last::Word => {
                // The next token decides: after `f()` or a name, a word or `}` begins something
                // else, while `{` or an operator continues the same construct.
                let starts_another = matches!(
                    next,
                    LexemeKind::Word
                        | LexemeKind::End
                        | LexemeKind::Directive(_)
                        | LexemeKind::Close(b'}')
                        | LexemeKind::Sign(b'~')
                );
                !starts_another || self.flow.head.is_control() || self.flow.head.is_unfinished()
            }
        };
        ends_open || self.is_unbalanced() || self.goes_on() || self.flow.begins_with_close
    }
}

impl Conditional {
    pub(super) fn new(directive: (usize, usize), is_never: bool) -> Self {
        Self { directives: vec![directive], branches: Vec::new(), is_never }
    }

    /// The number of branches that have ended.
    pub(super) fn branches(&self) -> usize {
        self.branches.len()
    }

    /// Ends the current branch at a directive.
    pub(super) fn end_branch(&mut self, flow: Flow, directive: (usize, usize)) {
        let start = self.directives.last().map_or(0, |(_, end)| *end);
        let is_never = std::mem::take(&mut self.is_never);
        self.branches.push(Branch { flow, start, end: directive.0, is_never });
        self.directives.push(directive);
    }

    /// Joins the branches to the enclosing flow, given the kind of the next token.
    /// Returns whether it cuts a construct, and the changes that blank it.
    pub(super) fn decide(self, around: &mut Flow, next: LexemeKind, is_else_next: bool) -> (bool, Changes) {
        let mut changes = Vec::new();
        let is_inside =
            around.last != Last::End || matches!(around.context.kind, Bracket::Inline | Bracket::Init);
        let has_text = self.branches.iter().any(|branch| !branch.is_empty());
        let cuts = has_text
            && (is_inside
                || is_else_next
                || self.branches.iter().any(|branch| !branch.is_empty() && branch.cuts(next)));
        // Also for an uncut conditional: the caller uses these changes only if an `else` follows,
        // which continues the statement before the directives.
        self.blank_directives(&mut changes);
        if !cuts {
            if let Some(last) = self.branches.into_iter().rev().find(|branch| !branch.is_empty()) {
                around.first = around.first.or(last.flow.first);
                around.last = last.flow.last;
                around.head = last.flow.head;
            }
            return (false, changes);
        }
        let chosen = self.chosen();
        let mut joined: Option<Flow> = None;
        // Only one statement can precede an `else`.
        let is_one_statement = is_else_next && matches!(around.last, Last::Close | Last::Else);
        let ends_chain = chosen.is_some_and(|chosen| {
            let flow = &self.branches[chosen].flow;
            flow.first == Some(Last::Else) && !flow.begins_with_else_if
        });
        for (position, branch) in self.branches.into_iter().enumerate() {
            if branch.is_empty() {
                continue;
            }
            let is_chosen = chosen == Some(position);
            let repeats_else = ends_chain && branch.flow.first == Some(Last::Else);
            let may_stay = !branch.is_never
                && !repeats_else
                && !is_one_statement
                && (branch.is_whole() || branch.goes_on() && !branch.is_unbalanced());
            if is_chosen {
                join(around, &branch.flow);
                joined = Some(branch.flow);
            } else if may_stay && chosen.is_some() {
                // Brackets are those of the chosen branch alone. A kept branch is balanced, so only
                // its last token matters for what follows.
                if joined.is_none() || !matches!(branch.flow.last, Last::End) {
                    around.last = branch.flow.last;
                }
            } else {
                changes.push((branch.start, branch.end, TextChange::Drop));
            }
        }
        if let Some(flow) = joined {
            around.first = around.first.or(flow.first);
            around.begins_with_close |= around.first == flow.first && flow.begins_with_close;
            around.last = flow.last;
            around.head = flow.head;
        }
        (true, changes)
    }

    /// The branch to keep: the first with unbalanced brackets, or else the first with text.
    fn chosen(&self) -> Option<usize> {
        let may_be = |branch: &&Branch| !branch.is_empty() && !branch.is_never;
        let position = |branch: &Branch| self.branches.iter().position(|other| std::ptr::eq(other, branch));
        // The brackets outside expect those that such a branch opens or closes. A balanced branch
        // would leave the function without its end.
        let unbalanced = self.branches.iter().filter(may_be).find(|branch| branch.is_unbalanced());
        unbalanced.or_else(|| self.branches.iter().find(may_be)).and_then(position)
    }

    fn blank_directives(&self, changes: &mut Changes) {
        let last = self.directives.len() - 1;
        for (position, (start, end)) in self.directives.iter().enumerate() {
            let what = match position {
                0 => Some(Construct::Conditional),
                _ if position == last => None,
                _ => Some(Construct::Alternative),
            };
            changes.push((*start, *end, TextChange::Blank(what)));
        }
    }
}

/// Applies the brackets of a branch to the enclosing flow.
fn join(around: &mut Flow, branch: &Flow) {
    for _ in 0..branch.closes {
        // The branch may close brackets that were opened before the flow around it began.
        if around.opens.pop().is_none() {
            around.closes += 1;
        }
    }
    around.opens.extend_from_slice(&branch.opens);
    around.depth = branch.depth;
}
