//! The languages that are parsed: one table per file.
//!
//! To add a language: add its grammar to the manifest, write its table, list it in [`SPECS`].

mod c;
mod cpp;
mod go;
mod java;
mod javascript;
mod python;
mod rust;
mod typescript;

use std::sync::OnceLock;

use debtscan_model::Language;

use crate::grammar::{Grammar, Spec};

/// Every language with a grammar, sorted by name.
static SPECS: [&Spec; 9] = [
    &c::SPEC,
    &cpp::SPEC,
    &go::SPEC,
    &java::SPEC,
    &javascript::SPEC,
    &python::SPEC,
    &rust::SPEC,
    &typescript::TSX,
    &typescript::TYPESCRIPT,
];

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
                assert_ne!(language.id_for_node_kind(token, false), 0, "{}: {token}", spec.name);
            }
            let members = spec.calls.members.iter().map(|(kind, ..)| kind);
            let label = Some(&spec.label).filter(|label| !label.is_empty());
            for kind in members.chain(spec.not_parameters).chain(label) {
                assert_ne!(language.id_for_node_kind(kind, true), 0, "{}: {kind}", spec.name);
            }
            for (_, object, name) in spec.calls.members {
                assert!(language.field_id_for_name(object).is_some(), "{}: {object}", spec.name);
                assert!(language.field_id_for_name(name).is_some(), "{}: {name}", spec.name);
            }
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
