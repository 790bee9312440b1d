//! One definition per type name, so that a search for a name finds what it means.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use syn::visit::{self, Visit};
use syn::{Block, Ident, ItemEnum, ItemStruct, ItemTrait, ItemType, ItemUnion};

use super::finding::TidyFinding;

/// Where a type name is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Definition {
    file: String,
    line: usize,
}

/// The type names of all files, each with its definitions in the order of the files.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    definitions: BTreeMap<String, Vec<Definition>>,
}

impl TypeNames {
    /// Adds the types that a file defines, those of tests and functions included.
    pub(super) fn add(&mut self, file: &str, source: &str) -> Result<()> {
        let syntax = syn::parse_file(source).with_context(|| format!("parsing {file}"))?;
        let mut names = NameReader::default();
        names.visit_file(&syntax);
        for name in names.names {
            let definition = Definition { file: file.to_owned(), line: line_of(source, &name) };
            self.definitions.entry(name).or_default().push(definition);
        }
        Ok(())
    }

    /// Every definition of a name after its first.
    pub(super) fn check(&self) -> Vec<TidyFinding> {
        let mut findings = Vec::new();
        for (name, definitions) in &self.definitions {
            let [first, others @ ..] = definitions.as_slice() else { continue };
            findings.extend(others.iter().map(|other| TidyFinding {
                file: other.file.clone(),
                line: other.line,
                message: format!("type `{name}` is also defined in {}:{}", first.file, first.line),
            }));
        }
        findings
    }
}

/// The line that defines a type. Spans of `proc_macro2` have no lines outside nightly.
fn line_of(source: &str, name: &str) -> usize {
    let defines = |line: &str| {
        let mut words = line.split(|character: char| !character.is_alphanumeric() && character != '_');
        let keyword = words.find(|word| ["struct", "enum", "union", "trait", "type"].contains(word));
        keyword.is_some() && words.next() == Some(name)
    };
    source.lines().position(defines).map_or(1, |position| position + 1)
}

#[derive(Debug, Default)]
struct NameReader {
    names: Vec<String>,
    /// How many blocks of code are open; an alias in one is an abbreviation for its lines.
    blocks: usize,
}

impl NameReader {
    fn add(&mut self, name: &Ident) {
        self.names.push(name.to_string());
    }
}

impl<'ast> Visit<'ast> for NameReader {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        self.add(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        self.add(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_union(&mut self, item: &'ast ItemUnion) {
        self.add(&item.ident);
        visit::visit_item_union(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        self.add(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast ItemType) {
        if self.blocks == 0 {
            self.add(&item.ident);
        }
        visit::visit_item_type(self, item);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.blocks += 1;
        visit::visit_block(self, block);
        self.blocks -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::TypeNames;

    fn findings(files: &[(&str, &str)]) -> Vec<String> {
        let mut names = TypeNames::default();
        for (file, source) in files {
            names.add(file, source).expect("the source parses");
        }
        names.check().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_name_has_one_definition() {
        let one = ("a.rs", "pub struct Row;\nimpl Iterator for Row { type Item = u8; }\n");
        let other = ("b.rs", "// Rows.\nfn f() {\n    enum Row {}\n}\n");
        assert!(findings(&[one]).is_empty());
        assert_eq!(findings(&[one, other]), ["b.rs:3: type `Row` is also defined in a.rs:1"]);
    }

    #[test]
    fn aliases_traits_and_unions_count_and_associated_types_do_not() {
        let types = (
            "a.rs",
            "type A = u8;\nfn f() { type D = u8; }\nstruct D;\ntrait B { type Item; }\nunion C { a: u8 }\n",
        );
        let again = ("b.rs", "struct A;\nstruct B;\nstruct C;\nstruct Item;\n");
        assert_eq!(findings(&[types, again]).len(), 3);
    }
}
