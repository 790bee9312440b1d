//! Preprocessor conditionals: which of them cut a construct, and what then to keep.
//!
//! A conditional whose branches are whole statements or declarations is left to the grammar. Of one
//! that is not, the directives are blanked. Branches that follow one another as they stand are all
//! kept (`else if …`, `&& x`, `a,`); of branches that exclude one another (`if (a) {` and `if (b) {`)
//! the first stays.

use super::What;
use super::lexer::Kind;
use super::scan::{Bracket, Change, Changes, Flow, Last};

/// A branch, read to its end.
pub(super) struct Branch {
    flow: Flow,
    start: usize,
    end: usize,
    /// Whether its condition is never true.
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

    /// Whether it opens or closes brackets of others.
    fn is_unbalanced(&self) -> bool {
        !self.flow.opens.is_empty() || self.flow.closes > 0
    }

    /// Whether it may be followed by anything.
    fn is_whole(&self) -> bool {
        !self.is_unbalanced()
            && matches!(self.flow.last, Last::End | Last::Comma | Last::Else | Last::Operator | Last::Label)
    }

    fn goes_on(&self) -> bool {
        matches!(self.flow.first, Some(Last::Else | Last::Operator | Last::Comma | Last::Label))
    }

    /// Whether it cuts what stands before or behind it.
    fn cuts(&self, next: Kind) -> bool {
        let ends_open = match self.flow.last {
            Last::End => false,
            Last::Comma | Last::Operator | Last::Prefix | Last::Open | Last::Else | Last::Label => true,
            Last::Close | Last::Word => {
                let starts_another = matches!(
                    next,
                    Kind::Word | Kind::End | Kind::Directive(_) | Kind::Close(b'}') | Kind::Sign(b'~')
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

    /// How many branches have ended.
    pub(super) fn branches(&self) -> usize {
        self.branches.len()
    }

    /// A branch ends at a directive.
    pub(super) fn end_branch(&mut self, flow: Flow, directive: (usize, usize)) {
        let start = self.directives.last().map_or(0, |(_, end)| *end);
        let is_never = std::mem::take(&mut self.is_never);
        self.branches.push(Branch { flow, start, end: directive.0, is_never });
        self.directives.push(directive);
    }

    /// Joins the branches to the flow around, given the kind of the token behind the conditional.
    /// Gives whether it cuts a construct, and what blanks it.
    pub(super) fn decide(self, around: &mut Flow, next: Kind, is_else_next: bool) -> (bool, Changes) {
        let mut changes = Vec::new();
        let is_inside =
            around.last != Last::End || matches!(around.context.kind, Bracket::Inline | Bracket::Init);
        let has_text = self.branches.iter().any(|branch| !branch.is_empty());
        let cuts = has_text
            && (is_inside
                || is_else_next
                || self.branches.iter().any(|branch| !branch.is_empty() && branch.cuts(next)));
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
        // Of the statements that an `else` goes on from, only one can stand.
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
                if joined.is_none() || !matches!(branch.flow.last, Last::End) {
                    around.last = branch.flow.last;
                }
            } else {
                changes.push((branch.start, branch.end, Change::LeaveOut));
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

    /// The branch to keep: the first that opens or closes what others hold, or else the first with text.
    fn chosen(&self) -> Option<usize> {
        let may_be = |branch: &&Branch| !branch.is_empty() && !branch.is_never;
        let position = |branch: &Branch| self.branches.iter().position(|other| std::ptr::eq(other, branch));
        let unbalanced = self.branches.iter().filter(may_be).find(|branch| branch.is_unbalanced());
        unbalanced.or_else(|| self.branches.iter().find(may_be)).and_then(position)
    }

    fn blank_directives(&self, changes: &mut Changes) {
        let last = self.directives.len() - 1;
        for (position, (start, end)) in self.directives.iter().enumerate() {
            let what = match position {
                0 => Some(What::Conditional),
                _ if position == last => None,
                _ => Some(What::Alternative),
            };
            changes.push((*start, *end, Change::Blank(what)));
        }
    }
}

/// Applies the brackets of a branch to the flow around it.
fn join(around: &mut Flow, branch: &Flow) {
    for _ in 0..branch.closes {
        if around.opens.pop().is_none() {
            around.closes += 1;
        }
    }
    around.opens.extend_from_slice(&branch.opens);
    around.depth = branch.depth;
}
