//! The languages that are parsed: one table per file.
//!
//! To add a language: add its grammar to the manifest, write its table, list it in [`SPECS`].

mod c;
mod cpp;
mod csharp;
mod dart;
mod elixir;
mod go;
mod java;
mod javascript;
mod kotlin;
mod lua;
mod php;
mod powershell;
mod python;
mod r;
mod ruby;
mod rust;
mod scala;
mod shell;
mod swift;
mod typescript;

use std::sync::OnceLock;

use debtscan_model::Language;

use crate::grammar::{Grammar, Spec};

/// Every language with a grammar, sorted by name.
static SPECS: [&Spec; 21] = [
    &c::SPEC,
    &csharp::SPEC,
    &cpp::SPEC,
    &dart::SPEC,
    &elixir::SPEC,
    &go::SPEC,
    &java::SPEC,
    &javascript::SPEC,
    &kotlin::SPEC,
    &lua::SPEC,
    &php::SPEC,
    &powershell::SPEC,
    &python::SPEC,
    &r::SPEC,
    &ruby::SPEC,
    &rust::SPEC,
    &scala::SPEC,
    &shell::SPEC,
    &swift::SPEC,
    &typescript::TSX,
    &typescript::TYPESCRIPT,
];

// Resolved on first use, because most repositories have a few languages, and shared by all threads.
static GRAMMARS: [OnceLock<Grammar>; SPECS.len()] = [const { OnceLock::new() }; SPECS.len()];

/// The languages that are parsed, sorted by name.
pub fn grammars() -> impl ExactSizeIterator<Item = Language> {
    SPECS.iter().map(|spec| Language(spec.name))
}

/// Whether files in a language are parsed; otherwise they are measured by indentation.
pub fn has_grammar(language: Language) -> bool {
    slot(language).is_some()
}

/// The position of a language among those that are parsed.
pub(crate) fn slot(language: Language) -> Option<usize> {
    SPECS.iter().position(|spec| spec.name == language.0)
}

/// The resolved table at a position that [`slot`] gave.
pub(crate) fn grammar(slot: usize) -> &'static Grammar {
    GRAMMARS[slot].get_or_init(|| Grammar::resolve(SPECS[slot]))
}

#[cfg(test)]
mod tests {
    use super::{GRAMMARS, SPECS, grammar, grammars, has_grammar};
    use crate::grammar::Spec;
    use crate::role::{Name, Role};
    use debtscan_model::Language;

    #[test]
    fn every_kind_and_operator_in_a_table_exists_in_its_grammar_and_stands_there_once() {
        for spec in SPECS {
            let language = (spec.grammar)();
            let mut seen = Vec::new();
            for (kind, _) in spec.roles.iter().copied().flatten() {
                assert_ne!(language.id_for_node_kind(kind, true), 0, "{}: {kind}", spec.name);
                assert!(!seen.contains(kind), "{}: {kind} twice", spec.name);
                seen.push(kind);
            }
            for (token, _) in spec.operators {
                let exists = language.id_for_node_kind(token, false) != 0 || !spec.shape.spelled.is_empty();
                assert!(exists, "{}: {token}", spec.name);
            }
            for kind in kinds(spec) {
                assert_ne!(language.id_for_node_kind(kind, true), 0, "{}: {kind}", spec.name);
            }
            for field in fields(spec) {
                assert!(language.field_id_for_name(field).is_some(), "{}: {field}", spec.name);
            }
        }
    }

    /// The node kinds that a table names outside its roles.
    fn kinds(spec: &Spec) -> Vec<&'static str> {
        let naming = &spec.naming;
        let lists = [naming.bodies, naming.headers, naming.parameter_lists, naming.not_parameters];
        let named = naming.names.iter().flat_map(|(kind, name)| match name {
            Name::Kind(inner) | Name::Start(inner) => vec![*kind, *inner],
            _ => vec![*kind],
        });
        let members = spec.calls.members.iter().map(|(kind, ..)| *kind);
        let alone = [spec.label, spec.shape.spelled].into_iter().filter(|kind| !kind.is_empty());
        let lists = lists.into_iter().chain([spec.calls.arguments]).flatten().copied();
        lists.chain(named).chain(members).chain(alone).collect()
    }

    /// The fields that a table names.
    fn fields(spec: &Spec) -> Vec<&'static str> {
        let of_roles = spec.roles.iter().copied().flatten().filter_map(|(_, role)| match role {
            Role::Binder(field)
            | Role::LogicalBinder(field)
            | Role::Type(field)
            | Role::Creation(field)
            | Role::Namespace(field) => Some(*field),
            _ => None,
        });
        let of_names = spec.naming.names.iter().filter_map(|(_, name)| match name {
            Name::Field(field) | Name::LastField(field) | Name::AccessorField(field) => Some(*field),
            _ => None,
        });
        let of_members = spec.calls.members.iter().flat_map(|(_, object, name)| [*object, *name]);
        of_roles.chain(of_names).chain(of_members).filter(|field| !field.is_empty()).collect()
    }

    #[test]
    fn what_a_call_calls_stands_in_a_field_that_exists() {
        for spec in SPECS {
            let language = (spec.grammar)();
            let has = |field: &str| field.is_empty() || language.field_id_for_name(field).is_some();
            let (object, name) = spec.calls.own;
            assert!(has(spec.calls.callee) || (has(object) && has(name)), "{}", spec.name);
        }
    }

    #[test]
    fn every_language_is_listed_once_in_order_and_found_by_its_name() {
        let names: Vec<Language> = grammars().collect();
        assert!(names.is_sorted(), "{names:?}");
        assert_eq!(names.len(), GRAMMARS.len());
        for (slot, name) in names.into_iter().enumerate() {
            assert!(has_grammar(name));
            assert_eq!(grammar(slot).spec.name, name.0);
        }
        assert!(!has_grammar(Language("Markdown")));
    }
}
