//! Each file of `fixtures/complexity` states, beside each function, the figures counted by hand:
//! `expect <name>: cyclomatic=… cognitive=… nesting=… params=… sloc=…`, and at the end
//! `expect top-level: cyclomatic=… cognitive=…`.

use std::fmt::Write as _;
use std::path::Path;

use debtscan_model::{ComplexityMeasure, FileComplexity};

use crate::measure;

/// Compares all that a fixture states with all that is measured, in order.
fn check(language: &'static str, path: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/complexity").join(path);
    let source = std::fs::read_to_string(path).expect("the fixture is part of the repository");
    let complexity = measure(language, &source).complexity;
    assert_eq!(complexity.measure, ComplexityMeasure::SyntaxTree);
    assert!(!complexity.had_syntax_errors, "the fixture must parse without repair");
    assert_eq!(stated(&complexity), expected(&source));
}

/// The expectations in a fixture's comments, one a line.
fn expected(source: &str) -> String {
    let mut lines = String::new();
    for (_, expectation) in source.lines().filter_map(|line| line.split_once("expect ")) {
        if expectation.contains(": cyclomatic=") {
            writeln!(lines, "{}", expectation.trim_end_matches("*/").trim())
                .expect("a string takes any text");
        }
    }
    lines
}

/// The measured figures in the form of the comments.
fn stated(complexity: &FileComplexity) -> String {
    let mut lines = String::new();
    for function in &complexity.functions {
        writeln!(
            lines,
            "{}: cyclomatic={} cognitive={} nesting={} params={} sloc={}",
            function.name,
            function.cyclomatic,
            function.cognitive,
            function.max_nesting,
            function.parameters,
            function.sloc
        )
        .expect("a string takes any text");
    }
    writeln!(
        lines,
        "top-level: cyclomatic={} cognitive={}",
        complexity.top_level_cyclomatic, complexity.top_level_cognitive
    )
    .expect("a string takes any text");
    lines
}

#[test]
fn the_worked_examples_of_the_whitepaper_give_the_figures_printed_there() {
    check("Java", "java/Paper.java");
}

#[test]
fn java_figures_equal_the_hand_count() {
    check("Java", "java/Constructs.java");
}

#[test]
fn rust_figures_equal_the_hand_count() {
    check("Rust", "rust/constructs.rs");
}

#[test]
fn c_figures_equal_the_hand_count() {
    check("C", "c/constructs.c");
}

#[test]
fn c_sources_measured_as_cpp_give_the_same_figures() {
    let source = "int f(int a)\n{\n  if(a && a > 1)\n    return 1;\n  else\n    return 2;\n}\n";
    assert_eq!(stated(&measure("C", source).complexity), stated(&measure("C++", source).complexity));
}

#[test]
fn cpp_figures_equal_the_hand_count() {
    check("C++", "cpp/constructs.cpp");
}

#[test]
fn go_figures_equal_the_hand_count() {
    check("Go", "go/constructs.go");
}

#[test]
fn python_figures_equal_the_hand_count() {
    check("Python", "python/constructs.py");
}

#[test]
fn javascript_figures_equal_the_hand_count() {
    check("JavaScript", "javascript/constructs.js");
}

#[test]
fn typescript_figures_equal_the_hand_count() {
    check("TypeScript", "typescript/constructs.ts");
}

#[test]
fn tsx_figures_equal_the_hand_count() {
    check("TSX", "tsx/constructs.tsx");
}

#[test]
fn csharp_figures_equal_the_hand_count() {
    check("C#", "csharp/Constructs.cs");
}

#[test]
fn dart_figures_equal_the_hand_count() {
    check("Dart", "dart/constructs.dart");
}

#[test]
fn elixir_figures_equal_the_hand_count() {
    check("Elixir", "elixir/constructs.ex");
}

#[test]
fn kotlin_figures_equal_the_hand_count() {
    check("Kotlin", "kotlin/constructs.kt");
}

#[test]
fn lua_figures_equal_the_hand_count() {
    check("Lua", "lua/constructs.lua");
}

#[test]
fn php_figures_equal_the_hand_count() {
    check("PHP", "php/constructs.php");
}

#[test]
fn powershell_figures_equal_the_hand_count() {
    check("PowerShell", "powershell/constructs.ps1");
}

#[test]
fn r_figures_equal_the_hand_count() {
    check("R", "r/constructs.R");
}

#[test]
fn ruby_figures_equal_the_hand_count() {
    check("Ruby", "ruby/constructs.rb");
}

#[test]
fn scala_figures_equal_the_hand_count() {
    check("Scala", "scala/constructs.scala");
}

#[test]
fn shell_figures_equal_the_hand_count() {
    check("Shell", "shell/constructs.sh");
}

#[test]
fn swift_figures_equal_the_hand_count() {
    check("Swift", "swift/constructs.swift");
}

#[test]
fn c_cut_and_hidden_by_the_preprocessor_gives_the_figures_of_the_hand_count() {
    check("C", "c/preprocessor.c");
}

#[test]
fn cpp_with_macros_for_syntax_gives_the_figures_of_the_hand_count() {
    check("C++", "cpp/macros.cpp");
}

#[test]
fn csharp_cut_by_conditionals_gives_the_figures_of_the_hand_count() {
    check("C#", "csharp/Conditionals.cs");
}

#[test]
fn kotlin_words_used_as_names_give_the_figures_of_the_hand_count() {
    check("Kotlin", "kotlin/names.kt");
}

#[test]
fn typescript_closures_are_called_by_what_they_are_bound_to() {
    check("TypeScript", "typescript/names.ts");
}
