//! Direct recursion: whether a call names its own function.

use tree_sitter::Node;

use crate::function::OpenFunction;
use crate::grammar::Spec;
use crate::names::{child_of_kind, text, type_name};

/// Whether a call in a function calls that function.
///
/// Decided by name: the same name, in a form that reaches the function in that language, and the same
/// number of arguments if functions can be overloaded.
pub(crate) fn is_recursive(spec: &Spec, call: Node<'_>, function: &OpenFunction<'_>, content: &[u8]) -> bool {
    let Some(own_name) = function.name.map(|name| text(name, content)) else { return false };
    let Some((object, name)) = callee(spec, call) else { return false };
    // `def this(…) = this(…)` (Scala) is one constructor that calls another one.
    // The head of a definition looks like a call in Elixir.
    if function.name == Some(name) {
        return false;
    }
    if text(name, content) != own_name || matches!(own_name, b"" | b"this") {
        return false;
    }
    let reaches = match object {
        // In Python, Rust or Go, a bare `f()` inside a method `f` is another function.
        None => !function.is_method || spec.calls.implicit_receiver,
        Some(object) => function.is_method && is_own(spec, object, function, content),
    };
    reaches && (!spec.calls.overloads || arguments(spec, call) == function.parameters)
}

/// The object, if any, and the name in a call.
fn callee<'tree>(spec: &Spec, call: Node<'tree>) -> Option<(Option<Node<'tree>>, Node<'tree>)> {
    let calls = &spec.calls;
    let called = if calls.callee.is_empty() { call.child(0) } else { call.child_by_field_name(calls.callee) };
    let Some(mut called) = called else {
        let (object, name) = calls.own;
        // PHP calls the object of a static call its scope.
        // `self::f()` is a static call with a scope, `$this->f()` a call with an object.
        let object = call.child_by_field_name(object).or_else(|| call.child_by_field_name("scope"));
        return Some((object, call.child_by_field_name(name)?));
    };
    if let Some((_, object, name)) = calls.members.iter().find(|(member, ..)| *member == called.kind()) {
        // Kotlin's and Swift's grammars have no fields here: the object comes first and the name
        // last, perhaps inside a suffix.
        if object.is_empty() {
            return Some((Some(called.named_child(0)?), last_leaf(called)?));
        }
        return Some((Some(called.child_by_field_name(object)?), called.child_by_field_name(name)?));
    }
    // Some grammars wrap a plain name in a node of its own. A callee with more parts, such as
    // `f()()`, is no name.
    while called.child_count() == 1 {
        called = called.child(0)?;
    }
    (called.child_count() == 0).then_some((None, called))
}

/// The last named leaf.
fn last_leaf(node: Node<'_>) -> Option<Node<'_>> {
    let last = |node: Node<'_>| u32::try_from(node.named_child_count()).ok()?.checked_sub(1);
    let mut leaf = node.named_child(last(node)?)?;
    while let Some(position) = last(leaf) {
        leaf = leaf.named_child(position)?;
    }
    Some(leaf)
}

fn is_own(spec: &Spec, object: Node<'_>, function: &OpenFunction<'_>, content: &[u8]) -> bool {
    let object_text = text(object, content);
    spec.calls.receivers.iter().any(|receiver| receiver.as_bytes() == object_text)
        || function.owners.iter().flatten().any(|owner| {
            text(*owner, content) == object_text || type_name(*owner, content).as_bytes() == object_text
        })
}

fn arguments(spec: &Spec, call: Node<'_>) -> u32 {
    let mut list = call.child_by_field_name("arguments");
    for kind in spec.calls.arguments {
        list = child_of_kind(list.unwrap_or(call), &[kind]);
    }
    u32::try_from(list.map_or(0, |list| list.named_child_count())).unwrap_or(u32::MAX)
}
