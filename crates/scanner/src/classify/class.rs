//! Class of a file.
//!
//! The user's `[classes]` take precedence, then `.gitattributes` (`linguist-*`), then the rules below, which are defaults
//! of this tool: conventions of each ecosystem by path, and marks of generators by content.

use debtscan_git::attributes::PathAttributes;
use debtscan_model::{FileClass, Language, RepoPath};
use linguist_types::LanguageType;

use super::build_files::is_build;
use super::folders::{has_one, telling};
use super::generated::{has_generated_content, has_generated_name};
use super::language::{language, language_type};
use super::test_names::is_test;
use super::vendored::{has_vendored_content, has_vendored_path};

/// Languages that linguist does not list as programming languages, but which contain product code.
const COMPONENT_LANGUAGES: [&str; 9] =
    ["Vue", "Svelte", "Astro", "SQL", "PLSQL", "PLpgSQL", "TSQL", "SQLPL", "Jupyter Notebook"];

const EXAMPLE_FOLDERS: [&str; 6] = ["example", "examples", "sample", "samples", "demo", "demos"];
/// Ends of names of such folders: `watchOS Example`, `flutter_http_example`.
const EXAMPLE_ENDS: [&str; 12] = [
    " example",
    " examples",
    "-example",
    "-examples",
    "_example",
    "_examples",
    "-sample",
    "-samples",
    "_sample",
    "_samples",
    "-demo",
    "_demo",
];
const DOCS_FOLDERS: [&str; 6] = ["doc", "docs", "documentation", "man", "manual", "website"];

/// The class of a file as decided by its path and attributes.
pub(crate) fn by_path(path: &RepoPath, attributes: &PathAttributes) -> FileClass {
    class(path, None, language(path, None, attributes), attributes)
}

/// Decides the class of a file. [`FileClass`] documents the order of the rules.
pub(crate) fn class(
    path: &RepoPath,
    content: Option<&[u8]>,
    language: Option<Language>,
    attributes: &PathAttributes,
) -> FileClass {
    if let Some(class) = attributes.class {
        return class;
    }
    let is_ours = || is_test(path) || has_one(path, &DOCS_FOLDERS);
    let is_vendored = attributes.vendored.unwrap_or_else(|| {
        // Test data and documentation are not the project's code either way, and have classes of their own.
        (has_vendored_path(path) && !is_ours())
            || content.is_some_and(|content| has_vendored_content(path, content, language) && !is_ours())
    });
    let is_generated = || {
        attributes.generated.unwrap_or_else(|| {
            has_generated_name(path)
                || content.is_some_and(|content| has_generated_content(content, language))
        })
    };
    if is_vendored {
        FileClass::Vendored
    } else if is_generated() {
        FileClass::Generated
    } else if is_test(path) {
        FileClass::Test
    } else if has_one(path, &EXAMPLE_FOLDERS) || is_called_example(path) {
        FileClass::Example
    } else if attributes.documentation.unwrap_or_else(|| is_docs(path, language)) {
        FileClass::Docs
    } else if is_build(path, language) {
        FileClass::Build
    } else if language.is_some_and(is_source_language) {
        FileClass::Source
    } else {
        FileClass::Other
    }
}

fn is_called_example(path: &RepoPath) -> bool {
    let ends = |folder: &&[u8]| {
        let small = folder.to_ascii_lowercase();
        EXAMPLE_ENDS.iter().any(|end| small.ends_with(end.as_bytes()))
    };
    telling(path).iter().any(ends)
}

fn is_docs(path: &RepoPath, language: Option<Language>) -> bool {
    let is_prose = language.is_some_and(|language| language_type(language) == Some(LanguageType::Prose));
    is_prose || has_one(path, &DOCS_FOLDERS)
}

fn is_source_language(language: Language) -> bool {
    language_type(language) == Some(LanguageType::Programming) || COMPONENT_LANGUAGES.contains(&language.0)
}

#[cfg(test)]
mod tests {
    use super::class;
    use crate::classify::language::language;
    use debtscan_git::attributes::PathAttributes;
    use debtscan_model::{FileClass, RepoPath};

    fn check(path: &str, content: &str, expected_language: Option<&str>, expected: FileClass) {
        let repo_path = RepoPath::new(path).expect("valid");
        let attributes = PathAttributes::default();
        let found = language(&repo_path, Some(content.as_bytes()), &attributes);
        assert_eq!(found.map(|language| language.0), expected_language, "{path}");
        assert_eq!(class(&repo_path, Some(content.as_bytes()), found, &attributes), expected, "{path}");
    }

    #[test]
    fn code_of_the_product_is_source() {
        check("src/main.rs", "fn main() {}\n", Some("Rust"), FileClass::Source);
        check("lib/url.c", "int x;\n", Some("C"), FileClass::Source);
        check("lib/url.h", "#include <stdio.h>\nint x(void);\n", Some("C"), FileClass::Source);
        check("lib/contest.py", "x = 1\n", Some("Python"), FileClass::Source);
        check("bin/run", "#!/usr/bin/env python3\n", Some("Python"), FileClass::Source);
        check("web/App.tsx", "export const a = 1;\n", Some("TSX"), FileClass::Source);
        check("src/latest/x.go", "package x\n", Some("Go"), FileClass::Source);
    }

    #[test]
    fn tests_examples_and_docs_have_classes_of_their_own() {
        check("tests/unit/x.c", "int x;\n", Some("C"), FileClass::Test);
        check("core/src/test/java/a/BTest.java", "class B {}\n", Some("Java"), FileClass::Test);
        check("pkg/url_test.go", "package x\n", Some("Go"), FileClass::Test);
        check("src/a.spec.ts", "it();\n", Some("TypeScript"), FileClass::Test);
        check("t/t0001-init.sh", "#!/bin/sh\n", Some("Shell"), FileClass::Test);
        check("docs/examples/x.c", "int x;\n", Some("C"), FileClass::Example);
        check("watchOS Example/App.swift", "let a = 1\n", Some("Swift"), FileClass::Example);
        check("pkgs/flutter_http_example/lib/a.dart", "int a;\n", Some("Dart"), FileClass::Example);
        check("README.md", "# x\n", Some("Markdown"), FileClass::Docs);
        check("docs/conf.py", "x = 1\n", Some("Python"), FileClass::Docs);
    }

    #[test]
    fn what_people_did_not_write_is_not_source() {
        check("vendor/x/y.go", "package y\n", Some("Go"), FileClass::Vendored);
        check("Cargo.lock", "[[package]]\n", Some("TOML"), FileClass::Generated);
        check("api/x.go", "// Code generated by x. DO NOT EDIT.\n", Some("Go"), FileClass::Generated);
        check("src/gen.rs", "let text = \"DO NOT EDIT\";\n", Some("Rust"), FileClass::Source);
        check("Makefile", "all:\n", Some("Makefile"), FileClass::Build);
        check("setup.py", "setup()\n", Some("Python"), FileClass::Build);
        check("config.yml", "a: 1\n", Some("YAML"), FileClass::Other);
    }

    #[test]
    fn templates_are_no_source_but_components_and_notebooks_are() {
        check("a.ipynb", "{\"cells\": []}\n", Some("Jupyter Notebook"), FileClass::Source);
        check("models/a.sql", "select 1;\n", Some("SQL"), FileClass::Source);
        check("a.html.erb", "<%= x if y %>\n", Some("HTML+ERB"), FileClass::Other);
        check("a.j2", "{% if x %}{% endif %}\n", Some("Jinja"), FileClass::Other);
        check("a.vue", "<template></template>\n", Some("Vue"), FileClass::Source);
        check("a.svelte", "<script></script>\n", Some("Svelte"), FileClass::Source);
    }

    #[test]
    fn a_name_that_is_not_utf8_has_its_language_and_class() {
        let path = RepoPath::new(b"caf\xe9/\xff.py".to_vec()).expect("valid");
        let attributes = PathAttributes::default();
        let found = language(&path, Some(b"x = 1\n"), &attributes);
        assert_eq!(found.map(|language| language.0), Some("Python"));
        assert_eq!(class(&path, Some(b"x = 1\n"), found, &attributes), FileClass::Source);
    }

    #[test]
    fn attributes_win_over_names() {
        let path = RepoPath::new("vendor/own.c").expect("valid");
        let attributes = PathAttributes {
            vendored: Some(false),
            language: Some("c++".to_owned()),
            ..PathAttributes::default()
        };
        let found = language(&path, Some(b"int x;\n"), &attributes);
        assert_eq!(found.map(|language| language.0), Some("C++"));
        assert_eq!(class(&path, None, found, &attributes), FileClass::Source);
        let asked = PathAttributes { class: Some(FileClass::Test), ..attributes };
        assert_eq!(class(&path, None, found, &asked), FileClass::Test, "the user's word comes first");
    }
}
