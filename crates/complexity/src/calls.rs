//! Direct recursion: does a call name the function that it stands in?

use tree_sitter::Node;

use crate::function::OpenFunction;
use crate::grammar::Spec;
use crate::names::{text, type_name};

/// Whether a call, standing in a function, calls that function.
///
/// Decided by names: the same name, in the form that reaches the function in that language, and
/// where functions can be overloaded the same number of arguments.
pub(crate) fn is_recursive(spec: &Spec, call: Node<'_>, function: &OpenFunction<'_>, content: &[u8]) -> bool {
    let Some(own_name) = function.name.map(|name| text(name, content)) else { return false };
    let Some((object, name)) = callee(spec, call) else { return false };
    if text(name, content) != own_name || own_name.is_empty() {
        return false;
    }
    let reaches = match object {
        None => !function.is_method || spec.calls.implicit_receiver,
        Some(object) => function.is_method && is_own(spec, object, function, content),
    };
    reaches && (!spec.calls.overloads || arguments(call) == function.parameters)
}

/// The object, if any, and the name that a call names.
fn callee<'tree>(spec: &Spec, call: Node<'tree>) -> Option<(Option<Node<'tree>>, Node<'tree>)> {
    let Some(function) = call.child_by_field_name("function") else {
        // Java names both on the call itself.
        return Some((call.child_by_field_name("object"), call.child_by_field_name("name")?));
    };
    let kind = function.kind();
    if let Some((_, object, name)) = spec.calls.members.iter().find(|(member, ..)| *member == kind) {
        return Some((Some(function.child_by_field_name(object)?), function.child_by_field_name(name)?));
    }
    (function.child_count() == 0).then_some((None, function))
}

fn is_own(spec: &Spec, object: Node<'_>, function: &OpenFunction<'_>, content: &[u8]) -> bool {
    let object_text = text(object, content);
    spec.calls.receivers.iter().any(|receiver| receiver.as_bytes() == object_text)
        || function.owners.iter().flatten().any(|owner| {
            text(*owner, content) == object_text || type_name(*owner, content).as_bytes() == object_text
        })
}

fn arguments(call: Node<'_>) -> u32 {
    let count = call.child_by_field_name("arguments").map_or(0, |list| list.named_child_count());
    u32::try_from(count).unwrap_or(u32::MAX)
}
