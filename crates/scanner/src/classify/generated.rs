//! Code that a tool wrote: by its name, or by a mark in the comments at its top.

use bstr::ByteSlice;
use debtscan_model::{Language, RepoPath};

use super::folders::has_one;

/// Size of the start of a file that is searched for marks.
const HEAD_BYTES: usize = 16 << 10;
/// Number of lines within which a generator leaves its mark.
const MARK_LINES: usize = 60;
/// Size of the end of a file in which a bundler names its map.
const TAIL_BYTES: usize = 1 << 10;
/// linguist's rule for minified JavaScript and CSS: a mean line length above this.
const MINIFIED_MEAN_LINE_BYTES: usize = 110;

const LOCK_FILES: [&str; 18] = [
    "Cargo.lock",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "bun.lock",
    "poetry.lock",
    "uv.lock",
    "Pipfile.lock",
    "pdm.lock",
    "Gemfile.lock",
    "composer.lock",
    "go.sum",
    "flake.lock",
    "mix.lock",
    "gradle.lockfile",
    "pubspec.lock",
    ".terraform.lock.hcl",
];

/// Ends of names, in small letters.
const ENDINGS: &[&str] = &[
    ".min.js",
    ".min.mjs",
    ".min.css",
    ".js.map",
    ".css.map",
    ".mjs.map",
    // protobuf, gRPC, Thrift
    ".pb.go",
    ".pb.cc",
    ".pb.h",
    ".pb.rs",
    ".pb.swift",
    ".grpc.swift",
    ".pbobjc.h",
    ".pbobjc.m",
    "_pb2.py",
    "_pb2.pyi",
    "_pb2_grpc.py",
    "_pb.js",
    "_pb.d.ts",
    "_pb.ts",
    "_grpc_pb.js",
    "_grpc_pb.d.ts",
    ".pb.dart",
    ".pbenum.dart",
    ".pbjson.dart",
    // Dart's build_runner
    ".g.dart",
    ".gr.dart",
    ".freezed.dart",
    ".mocks.dart",
    // .NET
    ".designer.cs",
    ".designer.vb",
    ".g.cs",
    ".g.i.cs",
    ".generated.cs",
    // Other generators
    ".generated.ts",
    ".generated.js",
    ".generated.swift",
    ".generated.kt",
    ".generated.go",
    ".generated.h",
    ".generated.cpp",
    ".gen.go",
    ".gen.ts",
    "_generated.go",
    "_generated.rs",
    // Snapshots that test runners write.
    ".snap",
];

/// Whole names, in small letters.
const NAMES: &[&str] = &[
    "generatedpluginregistrant.swift",
    "generatedpluginregistrant.m",
    "generatedpluginregistrant.h",
    "generatedpluginregistrant.java",
    "generated_plugin_registrant.h",
    "generated_plugin_registrant.cc",
    "generated_plugin_registrant.dart",
];

/// Folders that hold nothing else, in any letter case.
const FOLDERS: [&str; 3] = ["generated", "__generated__", "generated-sources"];

/// Whether a file was generated, by its name.
pub(super) fn has_generated_name(path: &RepoPath) -> bool {
    let name = path.file_name();
    let small = name.to_ascii_lowercase();
    let whole = path.as_bytes();
    LOCK_FILES.iter().any(|lock| name == *lock)
        || ENDINGS.iter().any(|end| small.ends_with(end.as_bytes()))
        || NAMES.iter().any(|known| small == known.as_bytes())
        || has_one(path, &FOLDERS)
        // Elsewhere a folder of this name may well hold the generator.
        || whole.starts_with(b"src/gen/")
        || whole.contains_str("/src/gen/")
        // Rails writes it from the database.
        || whole == b"db/schema.rb"
        || whole.ends_with(b"/db/schema.rb")
        || (small.starts_with(b"moc_") && small.ends_with(b".cpp"))
        || (small.starts_with(b"zz_generated"))
}

/// Whether a file was generated, by its content.
pub(super) fn has_generated_content(content: &[u8], language: Option<Language>) -> bool {
    let head = &content[..content.len().min(HEAD_BYTES)];
    // Few files have any of the words at all.
    let may_have_mark = WORDS.iter().any(|word| contains_small(head, word));
    (may_have_mark && has_mark(head, language))
        || language.is_some_and(|language| is_bundle(language, content))
}

/// The beginning of what Qt's moc writes.
const MOC: &[u8] = b"meta object code from reading c++ file";
/// Every mark has one of these words.
const WORDS: [&[u8]; 5] = [b"generated", b"do not edit", b"do not modify", b"parser, made by gnu bison", MOC];

/// Whether text contains small letters in any letter case.
fn contains_small(text: &[u8], small: &[u8]) -> bool {
    let (first, capital) = (small[0], small[0].to_ascii_uppercase());
    let mut from = 0;
    while let Some(at) = memchr::memchr2(first, capital, &text[from..]) {
        let start = from + at;
        match text.get(start..start + small.len()) {
            Some(found) if found.eq_ignore_ascii_case(small) => return true,
            Some(_) => from = start + 1,
            None => return false,
        }
    }
    false
}

/// Whether the comments before the first line of code have a mark.
fn has_mark(head: &[u8], language: Option<Language>) -> bool {
    let mut comments = LeadingComments::new(language);
    for line in head.lines().take(MARK_LINES) {
        match comments.next(line) {
            HeadLine::Comment(text) => {
                if is_mark(&text.to_ascii_lowercase()) {
                    return true;
                }
            }
            HeadLine::Nothing => {}
            HeadLine::Code => return false,
        }
    }
    false
}

/// Whether the text of one line of a comment, in small letters, is a mark of a generator.
fn is_mark(text: &[u8]) -> bool {
    let text = text.trim();
    let text =
        text.trim_start_with(|char| matches!(char, '!' | '*' | '=' | '-' | '#' | '/' | '<' | ' ' | '~'));
    let starts = |begin: &str| text.starts_with(begin.as_bytes());
    if starts("@generated")
        || text.contains_str(" is @generated")
        || text.contains_str(" automatically @generated")
    {
        return true;
    }
    if is_order(text, b"do not edit") || is_order(text, b"do not modify") {
        return true;
    }
    // `<auto-generated>`, `Generated from X by ANTLR`, `Auto-generated by X`, `Code generated by X`
    let begin = text.strip_prefix(b"code ").unwrap_or(text);
    let begin =
        begin.strip_prefix(b"automatically ").or_else(|| begin.strip_prefix(b"autom. ")).unwrap_or(begin);
    let begin =
        ["auto-", "auto "].iter().find_map(|auto| begin.strip_prefix(auto.as_bytes())).unwrap_or(begin);
    let begin = begin.strip_prefix(b"auto").unwrap_or(begin);
    let after = begin.strip_prefix(b"generated");
    let by_tool = |rest: &[u8]| {
        rest.starts_with(b">")
            || rest.starts_with(b" /")
            || rest.starts_with(b" by:")
            || rest.starts_with(b" file")
            || rest.starts_with(b" code")
            || rest.starts_with(b" from ")
            || rest.starts_with(b" with ")
            || rest.starts_with(b" automatically")
            || rest.starts_with(b" using ")
            || rest.strip_prefix(b" by ").is_some_and(is_tool)
            || (rest.is_empty() && begin.len() < text.len())
    };
    after.is_some_and(by_tool)
        || is_statement(text)
        || starts("a bison parser, made by gnu bison")
        || text.contains_str("lexical scanner generated by flex")
        || text.contains_str("was generated by jflex")
        || text.starts_with(MOC)
}

/// Whether `by ...` names a tool, not what happens when the program runs.
fn is_tool(rest: &[u8]) -> bool {
    ![
        &b"the database"[..],
        b"the server",
        b"the db",
        b"default",
        b"hand",
        b"the system",
        b"the user",
        b"the client",
        b"postgres",
        b"mysql",
    ]
    .iter()
    .any(|other| rest.starts_with(other))
}

/// `do not edit` and nothing more, or with an object that is the file.
fn is_order(text: &[u8], order: &[u8]) -> bool {
    let Some(at) = text.find(order) else { return false };
    let rest = &text[at + order.len()..];
    let rest = rest
        .trim_start_with(|char| matches!(char, '!' | '.' | ' ' | ',' | '-' | '*' | '/' | '>' | ';' | ':'));
    rest.is_empty()
        || ["this file", "this code", "by hand", "manually", "directly", "it ", "unless you are sure", "the class manually", "this line",
            "the file", "this class", "this generated", "instead", "edit ", "run ", "regenerate", "generated", "changes will"]
            .iter()
            .any(|object| rest.starts_with(object.as_bytes()))
            // "do not edit this file without asking" is for people.
            && !rest.contains_str("without")
}

/// `This file is auto-generated`, `this class was automatically generated by X`, `this is a generated file`
fn is_statement(text: &[u8]) -> bool {
    let subjects: [&[u8]; 9] = [
        b"this file",
        b"this class",
        b"this code",
        b"this module",
        b"this script",
        b"this header",
        b"this source file",
        b"this document",
        b"the following code",
    ];
    let said = subjects.iter().filter_map(|subject| Some((text.find(subject)?, subject.len()))).any(
        |(at, length)| {
            let rest = text[at + length..].trim_start();
            let verbs: [&[u8]; 5] = [b"is ", b"was ", b"has been ", b"contains ", b"were "];
            let Some(rest) = verbs.iter().find_map(|verb| rest.strip_prefix(*verb)) else { return false };
            let rest = rest.strip_prefix(b"a ").or_else(|| rest.strip_prefix(b"an ")).unwrap_or(rest);
            [
                "generated",
                "auto-generated",
                "autogenerated",
                "auto generated",
                "automatically generated",
                "machine generated",
                "machine-generated",
                "automatically @generated",
                "automatically created",
            ]
            .iter()
            .any(|word| rest.starts_with(word.as_bytes()))
        },
    );
    said || text.contains_str("this is a generated file")
        || text.contains_str("this is an autogenerated file")
        || text.contains_str("this is generated code")
        || text.contains_str("this is an auto-generated file")
        || text.contains_str("this is an automatically generated")
}

/// A line of the beginning of a file.
enum HeadLine<'a> {
    /// The text of a comment.
    Comment(&'a [u8]),
    /// Blank, or what may precede such a comment: a shebang, an include guard, a pragma.
    Nothing,
    /// The first line of code; what follows is no head.
    Code,
}

/// Tells the comments at the beginning of a file from its code.
struct LeadingComments {
    /// The sign that ends the open block comment.
    until: Option<&'static [u8]>,
    is_vim: bool,
}

/// Signs that begin a comment to the end of the line.
const LINE_SIGNS: [&[u8]; 7] = [b"//", b"#", b"--", b";", b"%", b"!", b"'"];
/// Signs around a block comment.
const BLOCK_SIGNS: [(&[u8], &[u8]); 6] =
    [(b"/*", b"*/"), (b"<!--", b"-->"), (b"(*", b"*)"), (b"{-", b"-}"), (b"<#", b"#>"), (b"--[[", b"]]")];
/// Lines of code that may precede the comment of a generator.
const PREAMBLES: [&[u8]; 12] = [
    b"#!",
    b"<?",
    b"#pragma",
    b"#ifndef",
    b"#ifdef",
    b"#if ",
    b"#define",
    b"#line",
    b"'use strict'",
    b"\"use strict\"",
    b"#![",
    b"@file:",
];

impl LeadingComments {
    fn new(language: Option<Language>) -> Self {
        Self { until: None, is_vim: language == Some(Language("Vim Script")) }
    }

    fn next<'a>(&mut self, line: &'a [u8]) -> HeadLine<'a> {
        let line = line.trim();
        if let Some(end) = self.until {
            if let Some(at) = line.find(end) {
                self.until = None;
                return HeadLine::Comment(&line[..at]);
            }
            return HeadLine::Comment(line);
        }
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        if line.is_empty() || PREAMBLES.iter().any(|begin| line.starts_with(begin)) {
            return HeadLine::Nothing;
        }
        for (begin, end) in BLOCK_SIGNS {
            if let Some(rest) = line.strip_prefix(begin) {
                if let Some(at) = rest.find(end) {
                    return HeadLine::Comment(&rest[..at]);
                }
                self.until = Some(end);
                return HeadLine::Comment(rest);
            }
        }
        // A quoted word is a statement in many languages, and a comment in Vim's.
        let sign = LINE_SIGNS
            .iter()
            .find(|sign| line.starts_with(sign) && (**sign != b"'" || !line.ends_with(b"'")));
        match sign {
            Some(sign) => HeadLine::Comment(&line[sign.len()..]),
            None if self.is_vim && line.starts_with(b"\"") => HeadLine::Comment(&line[1..]),
            None => HeadLine::Code,
        }
    }
}

/// Whether JavaScript or CSS is the output of a bundler or minifier.
fn is_bundle(language: Language, content: &[u8]) -> bool {
    if !matches!(language.0, "JavaScript" | "CSS") || content.is_empty() {
        return false;
    }
    let end = &content[content.len().saturating_sub(TAIL_BYTES)..];
    let names_map = end.lines().rev().filter(|line| !line.trim().is_empty()).take(2).any(|line| {
        let line = line.trim();
        let text = line.strip_prefix(b"//").or_else(|| line.strip_prefix(b"/*"));
        text.is_some_and(|text| {
            let text = text.trim_start();
            text.starts_with(b"# sourceMappingURL=") || text.starts_with(b"@ sourceMappingURL=")
        })
    });
    // The mean, not the longest line: hand-written code may embed one long string.
    names_map || content.len() / content.lines().count() > MINIFIED_MEAN_LINE_BYTES
}

#[cfg(test)]
mod tests {
    use debtscan_model::{Language, RepoPath};

    use super::{has_generated_content, has_generated_name};

    #[track_caller]
    fn check(expected: bool, language: &'static str, content: &str) {
        assert_eq!(
            has_generated_content(content.as_bytes(), Some(Language(language))),
            expected,
            "{content}"
        );
    }

    #[test]
    fn generators_leave_a_mark_in_the_first_comment() {
        check(true, "Go", "// Code generated by protoc-gen-go. DO NOT EDIT.\n");
        check(true, "C#", "//------\n// <auto-generated>\n//     This code was generated by a tool.\n");
        check(true, "C#", "// <autogenerated />\n");
        check(true, "C", "/* A Bison parser, made by GNU Bison 3.8.2.  */\nint a;\n");
        check(
            true,
            "C",
            "#line 3 \"lex.yy.c\"\n\n#define  YY_INT_ALIGNED short int\n\n/* A lexical scanner generated by flex */\n",
        );
        check(true, "C", "/* Generated by Cython 3.0.0 */\n");
        check(true, "C++", "/*****\n** Meta object code from reading C++ file 'a.h'\n**\n");
        check(
            true,
            "C++",
            "/* ----\n * This file was automatically generated by SWIG (https://www.swig.org).\n * Version 4\n",
        );
        check(true, "Java", "// Generated from Shop.g4 by ANTLR 4.13.1\npackage a;\n");
        check(true, "Java", "/* Generated By:JavaCC: Do not edit this line. Shop.java */\n");
        check(true, "Java", "/* The following code was generated by JFlex 1.4.3 on 1/2/20 */\n");
        check(
            true,
            "Java",
            "/*\n * Shop\n *\n * NOTE: This class is auto generated by OpenAPI Generator (https://x).\n */\n",
        );
        check(true, "Java", "/**\n * Autogenerated by Thrift Compiler (0.9.1)\n *\n */\n");
        check(true, "R", "# Generated by using Rcpp::compileAttributes() -> do not edit by hand\n");
        check(
            true,
            "Ruby",
            "#\n# DO NOT MODIFY!!!!\n# This file is automatically generated by Racc 1.4.16\n",
        );
        check(true, "JavaScript", "// @generated by Peggy 2.0.1.\n");
        check(true, "JavaScript", "/*\n * Generated by PEG.js 0.10.0.\n */\n");
        check(true, "Dart", "// coverage:ignore-file\n// GENERATED CODE - DO NOT MODIFY BY HAND\n");
        check(true, "C", "//\n//  Generated file. Do not edit.\n//\n");
        check(true, "Rust", "/* automatically generated by rust-bindgen 0.59.1 */\n");
        check(true, "Rust", "// This file is @generated by prost-build.\n");
        check(true, "TOML", "# This file is automatically @generated by Cargo.\n");
        check(
            true,
            "Ruby",
            "# This file is auto-generated from the current state of the database. Instead\n",
        );
        check(
            true,
            "Python",
            "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# Generated by the protocol buffer compiler.  DO NOT EDIT!\n",
        );
        check(true, "PHP", "<?php\n\n// This file is auto-generated. Do not edit.\n");
        check(true, "SQL", "-- Code generated by sqlc. DO NOT EDIT.\n");
        check(true, "Vim Script", "\" Generated by a tool. Do not edit.\n");
        check(true, "PowerShell", "<#\nThis file is generated.\n#>\n");
    }

    #[test]
    fn people_write_about_generated_things_too() {
        check(false, "Java", "/** The id is autogenerated by the database. */\nclass A {}\n");
        check(false, "Java", "class A {\n  // autogenerated by the database\n  int id;\n}\n");
        check(false, "Python", "# DO NOT EDIT without asking the billing team.\nx = 1\n");
        check(false, "Python", "# Do not edit this table without asking\nx = 1\n");
        check(false, "JavaScript", "// The linter skips @generated files.\nrun();\n");
        check(false, "C", "const char *head =\n\"/* DO NOT EDIT */\"\n;\n");
        check(false, "C", "\"/* DO NOT EDIT */\"\n");
        check(
            false,
            "Perl",
            "#!/usr/bin/perl\nuse strict;\nprint <<HEAD\n/* DO NOT EDIT: generated by this script */\nHEAD\n",
        );
        check(false, "Rust", "let text = \"DO NOT EDIT\";\n");
        check(false, "Go", "// Package gen writes code that is generated by templates.\npackage gen\n");
        check(false, "Java", "// autogenerated by the database\nclass A {}\n");
        check(false, "Ruby", "# Ids are generated by default.\nclass A\nend\n");
    }

    #[test]
    fn bundles_name_their_map_or_have_no_lines() {
        check(true, "JavaScript", "var a = 1;\n//# sourceMappingURL=shop.js.map\n");
        check(true, "CSS", "a { color: red }\n/*# sourceMappingURL=a.css.map */\n");
        check(
            false,
            "JavaScript",
            "const mark = '//# sourceMappingURL=';\nrun(mark);\n\nexport default run;\n",
        );
        check(true, "JavaScript", &format!("{}\n", "a();".repeat(100)));
        check(false, "C", &format!("{}\n", "a();".repeat(100)));
    }

    #[track_caller]
    fn named(expected: bool, paths: &str) {
        for path in paths.split_whitespace() {
            assert_eq!(has_generated_name(&RepoPath::new(path).expect("valid")), expected, "{path}");
        }
    }

    #[test]
    fn generators_have_names_for_their_output() {
        named(
            true,
            "Form1.Designer.cs lower.designer.cs a/B.g.cs src/Shop.Generated.cs api/shop.pb.go a/shop_pb2.py",
        );
        named(
            true,
            "lib/order.freezed.dart src/gen/v1.serde.rs a/src/gen/x.go src/generated/a/lexer.rs src/__generated__/graphql.ts",
        );
        named(
            true,
            "db/schema.rb windows/flutter/generated_plugin_registrant.h ios/GeneratedPluginRegistrant.swift .terraform.lock.hcl",
        );
        named(true, "web/shop.min.js Cargo.lock moc_window.cpp pkg/zz_generated.deepcopy.go");
        named(
            false,
            "src/designer.cs cmd/gen/main.go internal/gen/gen.go generator/a.py lib/schema.rb src/degenerated.rs",
        );
    }
}
