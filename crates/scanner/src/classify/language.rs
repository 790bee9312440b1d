//! Language of a file: `.gitattributes`, then GitHub's linguist.

use bstr::ByteSlice;
use debtscan_model::{Language, RepoPath};
use linguist::DetectedLanguage;
use linguist_types::LanguageType;

use debtscan_git::attributes::PathAttributes;

/// Size of the start of a file that linguist's heuristics read (`HEURISTICS_CONSIDER_BYTES`).
const HEURISTIC_BYTES: usize = 50 << 10;

/// Detects the language of a file in linguist's order: attribute, file name, shebang, extension, content.
///
/// `content` is `None` for a deleted file; an ambiguous name then gives the first candidate. If content
/// cannot separate several candidates, one with a grammar wins (linguist uses a classifier trained on
/// samples instead).
pub(crate) fn language(
    path: &RepoPath,
    content: Option<&[u8]>,
    attributes: &PathAttributes,
) -> Option<Language> {
    if let Some(name) = &attributes.language
        && let Some(language) = by_name(name)
    {
        return Some(language);
    }
    // linguist expects text, but its rules only match ASCII names and extensions.
    let name = path.file_name().to_str_lossy();
    let mut candidates = found(linguist::detect_language(&*name, None));
    if candidates.is_empty() {
        // As GitHub's linguist, which compares endings in small letters: R packages hold `R/core.R`.
        candidates = found(linguist::detect_language(&*small_ending(&name), None));
    }
    let by_shebang = || content.filter(|_| !is_known_by_name(&name, &candidates)).and_then(shebang);
    if let Some(language) = by_shebang() {
        return Some(language);
    }
    if candidates.len() == 1 {
        return first(&candidates);
    }
    let Some(content) = content else { return preferred(&candidates) };
    let head = content[..content.len().min(HEURISTIC_BYTES)].to_str_lossy();
    let narrowed = found(linguist::disambiguate(&*small_ending(&name), &head));
    let chosen = preferred(if narrowed.is_empty() { &candidates } else { &narrowed });
    match chosen {
        Some(Language("C")) if name.ends_with(".h") && is_cpp(&head) => language_named("C++"),
        _ => chosen,
    }
}

/// The name with its ending in small letters.
fn small_ending(name: &str) -> String {
    match name.rfind('.') {
        Some(dot) => format!("{}{}", &name[..dot], name[dot..].to_ascii_lowercase()),
        None => name.to_owned(),
    }
}

/// Whether a header holds what no C compiler takes. linguist looks for classes, namespaces and templates only.
fn is_cpp(head: &str) -> bool {
    let is_comment = |line: &str| line.starts_with("//") || line.starts_with('*') || line.starts_with("/*");
    head.lines().map(str::trim_start).filter(|line| !is_comment(line)).any(|line| {
        let has_word = |word: &str| {
            line.match_indices(word).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                before.is_none_or(|char| !char.is_alphanumeric() && char != '_')
            })
        };
        // `enum class Kind`, `enum struct Kind`
        line.starts_with("enum class ")
            || line.starts_with("enum struct ")
            || (has_word("virtual ") && line.contains('('))
            || [
                "operator==",
                "operator!=",
                "operator<",
                "operator()",
                "operator[]",
                "operator=",
                "operator+",
                "operator-",
                "operator bool",
                "operator *",
                "operator ==",
                "operator<<",
            ]
            .iter()
            .any(|word| has_word(word))
            || ["static_cast<", "reinterpret_cast<", "dynamic_cast<", "const_cast<"]
                .iter()
                .any(|word| has_word(word))
            || line.ends_with("= default;")
            || line.ends_with("= delete;")
            || (line.contains(')')
                && [") override", ") const override", ") noexcept", ") const noexcept"]
                    .iter()
                    .any(|end| line.contains(end)))
            || [" : public ", " : private ", " : protected ", " : virtual "]
                .iter()
                .any(|base| line.contains(base))
            || (has_word("explicit ") && line.contains('('))
    })
}

/// True if a language claims the whole name (`Rakefile`), not only its extension.
fn is_known_by_name(name: &str, candidates: &[DetectedLanguage]) -> bool {
    let claims = |candidate: &DetectedLanguage| {
        candidate.definition.filenames.as_ref().is_some_and(|names| names.iter().any(|known| known == name))
    };
    candidates.iter().any(claims)
}

/// A path that linguist cannot handle has no language.
fn found(result: linguist::Result<Vec<DetectedLanguage>>) -> Vec<DetectedLanguage> {
    result.unwrap_or_else(|_unusable_name| Vec::new())
}

fn first(candidates: &[DetectedLanguage]) -> Option<Language> {
    candidates.first().map(|candidate| Language(candidate.name))
}

fn preferred(candidates: &[DetectedLanguage]) -> Option<Language> {
    // linguist does not guarantee an order of candidates.
    let mut languages: Vec<Language> = candidates.iter().map(|candidate| Language(candidate.name)).collect();
    languages.sort_unstable();
    let with_grammar = languages.iter().find(|language| debtscan_complexity::has_grammar(**language));
    with_grammar.or(languages.first()).copied()
}

fn by_name(name: &str) -> Option<Language> {
    // An attribute cannot contain a space, so linguist accepts `linguist-language=Common-Lisp`.
    let wanted = name.replace('-', " ");
    let is_it = |known: &&str| known.eq_ignore_ascii_case(name) || known.eq_ignore_ascii_case(&wanted);
    let names = language_names();
    let alias = |known: &&str| {
        let aliases = linguist::definitions::LANGUAGES[*known].aliases.as_ref();
        aliases.is_some_and(|aliases| aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name)))
    };
    names
        .iter()
        .copied()
        .find(|known| is_it(known))
        .or_else(|| names.iter().copied().find(alias))
        .map(Language)
}

/// Detects the language of a script without a known name, by linguist's table of interpreters.
fn shebang(content: &[u8]) -> Option<Language> {
    let line = content.strip_prefix(b"#!")?.lines().next()?;
    let mut words = line.fields();
    let mut program = words.next()?.rsplit_str(b"/").next()?;
    if program == b"env" {
        program = words.find(|word| !word.starts_with(b"-") && !word.contains(&b'='))?;
    }
    // `python3.11` and `python` count as one interpreter.
    let unversioned = program.trim_end_with(|char| char.is_ascii_digit() || char == '.');
    by_interpreter(program).or_else(|| by_interpreter(unversioned))
}

fn by_interpreter(program: &[u8]) -> Option<Language> {
    let runs = |name: &&str| {
        let interpreters = linguist::definitions::LANGUAGES[*name].interpreters.as_ref();
        interpreters.is_some_and(|list| list.iter().any(|interpreter| interpreter.as_bytes() == program))
    };
    let candidates: Vec<&'static str> = language_names().into_iter().filter(runs).collect();
    // Dialects share interpreters, and only a language with a grammar can be measured in full.
    let with_grammar = candidates.iter().find(|name| debtscan_complexity::has_grammar(Language(name)));
    with_grammar.or(candidates.first()).map(|name| Language(name))
}

/// Finds the language with exactly this linguist name.
pub(crate) fn language_named(name: &str) -> Option<Language> {
    linguist::definitions::LANGUAGES.get_key_value(name).map(|(name, _)| Language(name.as_str()))
}

/// All language names of linguist, sorted.
fn language_names() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = linguist::definitions::LANGUAGES.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

pub(super) fn language_type(language: Language) -> Option<LanguageType> {
    linguist::definitions::LANGUAGES.get(language.0).map(|definition| definition.language_type.clone())
}

#[cfg(test)]
mod tests {
    use debtscan_git::attributes::PathAttributes;
    use debtscan_model::RepoPath;

    use super::language;

    /// Checks only the language, for a content under a name.
    fn is(name: &str, content: &str, expected: &str) {
        let path = RepoPath::new(name).expect("valid");
        let found = language(&path, Some(content.as_bytes()), &PathAttributes::default());
        assert_eq!(found.map(|language| language.0), Some(expected), "{name}: {content}");
    }

    #[test]
    fn headers_are_told_apart_by_their_content() {
        is("a.h", "#include <stdio.h>\nint f(int a);\n", "C");
        is("a.h", "#include <vector>\nclass A {\npublic:\n  std::string f();\n};\n", "C++");
        is("a.h", "template <typename T>\nstruct A {};\n", "C++");
        is("a.h", "#import <Foundation/Foundation.h>\n@interface A : NSObject\n@end\n", "Objective-C");
        is("a.h", "", "C");
    }

    #[test]
    fn extensions_of_several_languages_are_told_apart_by_content() {
        is("a.m", "#import <Foundation/Foundation.h>\n@implementation A\n@end\n", "Objective-C");
        is("a.m", "% area of a circle\nfunction y = area(r)\ny = pi * r ^ 2;\nend\n", "MATLAB");
        is("a.m", "(* a comment *)\nf[x_] := x^2\n", "Wolfram Language");
        is("a.m", ":- module hello.\n", "Mercury");
        is("a.ts", "export const a: number = 1;\n", "TypeScript");
        is("a.ts", "<?xml version=\"1.0\"?>\n<!DOCTYPE TS>\n<TS version=\"2.1\">\n</TS>\n", "XML");
        is("a.tsx", "export const A = () => <p/>;\n", "TSX");
        is("a.tsx", "<?xml version=\"1.0\"?>\n<tileset/>\n", "XML");
        is("a.pl", "use strict;\nuse warnings;\nmy $x = 1;\n", "Perl");
        is("a.pl", ":- use_module(library(lists)).\nmember(X, [X|_]).\n", "Prolog");
        is("a.r", "f <- function(x) x + 1\n", "R");
        is("a.r", "REBOL [Title: \"x\"]\n", "Rebol");
        is("a.cs", "using System;\nnamespace A { class B { } }\n", "C#");
        is("a.ex", "defmodule A do\nend\n", "Elixir");
        is("a.php", "<?php\necho 1;\n", "PHP");
        is("a.php", "<?hh\nfunction f(): void {}\n", "Hack");
    }

    #[test]
    fn a_shebang_wins_over_an_extension_but_not_over_a_known_name() {
        is("run", "#!/bin/bash\n", "Shell");
        is("run", "#!/usr/bin/env -S ruby -w\n", "Ruby");
        is("run", "#!/usr/bin/python3.11\n", "Python");
        is("run", "#!/usr/bin/env Rscript\n", "R");
        is("run.cgi", "#!/usr/bin/perl\n", "Perl");
        is("a.t", "#!/usr/bin/perl\nuse Test::More;\n", "Perl");
        is("a.py", "#!/bin/sh\n", "Shell");
        is("a.py", "#!/unknown/interpreter\n", "Python");
        is("Rakefile", "#!/bin/sh\n", "Ruby");
    }

    #[test]
    fn endings_in_capitals_are_those_in_small_letters() {
        for (name, expected) in [
            ("R/core.R", "R"),
            ("MAIN.CPP", "C++"),
            ("OLD.C", "C"),
            ("A.JAVA", "Java"),
            ("TOOL.PY", "Python"),
            ("core.R", "R"),
        ] {
            is(name, "x\n", expected);
        }
    }

    #[test]
    fn what_no_c_compiler_takes_makes_a_header_cpp() {
        is("a.h", "struct A {\n  virtual int f() const;\n};\n", "C++");
        is("a.h", "bool operator==(const A &a, const A &b);\n", "C++");
        is("a.h", "enum class Kind { One, Two };\n", "C++");
        is("a.h", "struct A {\n  A(const A &) = delete;\n};\n", "C++");
        is("a.h", "struct B : public A {\n};\n", "C++");
        // Words of C, or of a comment.
        is("a.h", "/* a virtual function (of a sort) */\nint virtual_memory(int a);\n", "C");
        is("a.h", "int operator_count(void);\nenum kind { ONE, TWO };\n", "C");
    }

    #[test]
    fn an_attribute_names_a_language_or_an_alias() {
        let found = |name: &str| {
            let attributes = PathAttributes { language: Some(name.to_owned()), ..PathAttributes::default() };
            language(&RepoPath::new("a").expect("valid"), None, &attributes).map(|found| found.0)
        };
        assert_eq!(found("c++"), Some("C++"));
        assert_eq!(found("cpp"), Some("C++"));
        assert_eq!(found("golang"), Some("Go"));
        assert_eq!(found("Common-Lisp"), Some("Common Lisp"));
        assert_eq!(found("nothing"), None);
    }
}
