//! The place of a node: its depth, and whether it continues an `else` chain.

use tree_sitter::TreeCursor;

use super::{Frame, TreeWalk};
use crate::function::Level;
use crate::role::Role;

/// The place of a node in its parent.
#[derive(Clone, Copy, Default)]
pub(super) struct NodePlace {
    pub(super) level: Level,
    /// Whether an `if` here continues an `else` chain.
    pub(super) goes_on: bool,
}

impl NodePlace {
    fn at(level: Level) -> Self {
        Self { level, goes_on: false }
    }
}

impl<'tree> TreeWalk<'tree, '_> {
    /// The place of a node, given its parent.
    pub(super) fn place(&self, role: Role, cursor: &TreeCursor<'tree>) -> NodePlace {
        let Some(parent) = self.frames.last() else { return NodePlace::default() };
        let level = parent.level;
        if Self::only_groups(parent, role) {
            return NodePlace::at(level);
        }
        let fields = &self.grammar.fields;
        let in_field = |field| cursor.field_id().is_some_and(|at| Some(at) == field);
        let is_inside = match parent.role {
            Role::If | Role::ElseIf if in_field(fields.alternative) || parent.is_otherwise => {
                return Self::alternative(role, level);
            }
            Role::If | Role::ElseIf => {
                in_field(fields.consequence) || in_field(fields.body) || parent.is_open
            }
            Role::Else if role == Role::If && self.grammar.spec.shape.has_else_if => {
                return NodePlace { level, goes_on: true };
            }
            // Clauses of their own, so all of their parts are inside.
            Role::Else | Role::Catch | Role::Handlers | Role::Branch => true,
            Role::HandlerModifier => in_field(fields.handler),
            Role::Loop => in_field(fields.body) || parent.is_open,
            Role::Guard | Role::Try | Role::KeywordBlock => parent.is_open,
            Role::Switch => in_field(fields.body) || Self::is_part_of_switch(role),
            Role::LetElse => in_field(fields.alternative),
            // By the sign, not by fields: grammars disagree on what they call the branches.
            Role::Ternary if self.grammar.has_question_mark => parent.is_open,
            Role::Ternary => !in_field(fields.condition),
            // These nest for cognitive complexity, but are no control structures.
            Role::Closure | Role::Block | Role::DirectiveElse => return NodePlace::at(level.in_closure()),
            Role::Directive | Role::DirectiveElseIf => {
                return NodePlace::at(if in_field(fields.alternative) { level } else { level.in_closure() });
            }
            _ => false,
        };
        NodePlace::at(if is_inside { level.in_structure() } else { level })
    }

    /// Whether a node has the level of its parent: clauses, blocks that determine their own inside,
    /// and groups.
    fn only_groups(parent: &Frame<'tree>, role: Role) -> bool {
        match parent.role {
            Role::If | Role::ElseIf => {
                matches!(role, Role::Else | Role::ElseIf | Role::Group | Role::KeywordBlock)
            }
            Role::Switch | Role::Loop => role == Role::KeywordBlock,
            Role::KeywordBlock => matches!(role, Role::Else | Role::Handlers | Role::Group),
            Role::Handlers => role == Role::Cases,
            Role::Try => role == Role::Group,
            _ => false,
        }
    }

    fn alternative(role: Role, level: Level) -> NodePlace {
        match role {
            // `else if` is as deep as the `if` that it continues, in the paper and for readers.
            Role::If => NodePlace { level, goes_on: true },
            _ => NodePlace::at(level.in_structure()),
        }
    }

    fn is_part_of_switch(role: Role) -> bool {
        matches!(
            role,
            Role::Case | Role::Default | Role::PatternCase | Role::SwitchBody | Role::Cases | Role::Else
        )
    }
}
