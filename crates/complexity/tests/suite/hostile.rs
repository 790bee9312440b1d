//! Any bytes are measured: no panic, no overflow of the stack, bounded work.

use debtscan_complexity::{ExceededLimit, Limits, Measurer, grammars};
use debtscan_model::{ComplexityMeasure, Language};

use crate::measure;

/// Measures the same content as every language; the figures do not matter, coming back does.
fn survives(content: &[u8]) {
    for language in grammars() {
        let measured = measure(language.0, content);
        let lines = content.split_inclusive(|byte| *byte == b'\n').count();
        assert_eq!(measured.complexity.lines as usize, lines, "{language}");
        assert!(measured.complexity.sloc <= measured.complexity.lines, "{language}");
        for function in &measured.complexity.functions {
            assert!(function.first_line <= function.last_line, "{language}: {function:?}");
            assert!(function.last_line <= measured.complexity.lines, "{language}: {function:?}");
            assert!(function.sloc >= 1, "{language}: {function:?}");
        }
    }
}

#[test]
fn empty_content_gives_zeros() {
    for language in grammars() {
        let complexity = measure(language.0, "").complexity;
        assert_eq!((complexity.lines, complexity.sloc, complexity.indentation), (0, 0, 0), "{language}");
        assert!(complexity.functions.is_empty(), "{language}");
    }
}

#[test]
fn bytes_that_are_not_text_are_measured() {
    survives(b"\xff\xfe\x00\x80 int \xc3( a) { if (\xe9) }\n\x00\x00\n");
    survives(&[0; 4096]);
    survives(&(0..=255).cycle().take(16 * 1024).collect::<Vec<u8>>());
    survives(b"\xef\xbb\xbfint main() { return 0; }\r\n");
    survives(b"'''\n\"\"\"\n`${`\n\"\\\n/* \n<a>\nr#\"\n");
}

#[test]
fn invalid_utf8_in_a_name_is_replaced() {
    let complexity = measure("C", b"int caf\xe9(int a) { return a; }\n").complexity;
    assert!(
        complexity.functions.iter().all(|function| std::str::from_utf8(function.name.as_bytes()).is_ok())
    );
}

#[test]
fn a_line_of_megabytes_is_measured() {
    let limits = Limits { max_bytes: usize::MAX, max_steps: u64::MAX };
    let code = format!("int a[] = {{{}}};", format!("{}, ", "x".repeat(98)).repeat(50_000));
    let text = format!("a = '{}'\n", "y".repeat(5_000_000));
    for (language, content) in [("C", code), ("Python", text)] {
        let measured = Measurer::new().measure(Some(Language(language)), content.as_bytes(), &limits);
        let complexity = measured.complexity;
        assert_eq!((measured.limited, complexity.lines, complexity.sloc), (None, 1, 1), "{language}");
    }
}

#[test]
fn deep_nesting_of_any_bracket_does_not_overflow_the_stack() {
    for (open, close) in [("(", ")"), ("{", "}"), ("[", "]")] {
        survives(format!("{}1{}\n", open.repeat(10_000), close.repeat(10_000)).as_bytes());
        survives(open.repeat(10_000).as_bytes());
        for language in ["C", "Python", "JavaScript"] {
            measure(language, format!("{}1{}\n", open.repeat(50_000), close.repeat(50_000)));
        }
    }
    survives("if (x) {".repeat(5_000).as_bytes());
    survives("a && (".repeat(5_000).as_bytes());
}

#[test]
fn looking_ahead_to_the_end_of_the_file_at_every_token_is_bounded() {
    // The grammar of Dart looks for the end of a template string in text that makes no sense to it.
    let measured = measure("Dart", "[".repeat(100_000));
    assert_eq!(measured.limited, Some(ExceededLimit::ParseBudget));
    assert_eq!(measured.complexity.measure, ComplexityMeasure::Indentation);
}

/// Each takes memory or allocations of the square of its size: 12 KB of the first took 6 GB.
#[test]
fn repeated_tokens_are_stopped_before_they_take_memory_out_of_proportion() {
    let bombs = [
        ("C", "a=>".repeat(4_000)),
        ("C", "a=>".repeat(20_000)),
        ("Java", "a=>".repeat(3_000)),
        ("TypeScript", "yield*=^".repeat(3_000)),
        ("Shell", "a|&".repeat(10_000)),
        ("PHP", format!("<?php {}", "{-".repeat(4_000))),
    ];
    for (language, content) in bombs {
        let measured = measure(language, &content);
        assert_eq!(measured.limited, Some(ExceededLimit::ParseBudget), "{language}");
        assert_eq!(measured.complexity.measure, ComplexityMeasure::Indentation, "{language}");
        assert_eq!(measured, measure(language, &content), "{language}: the same each time");
    }
}

#[test]
fn nesting_of_well_formed_code_is_counted_at_any_depth() {
    const DEPTH: u32 = 50_000;
    let depth = DEPTH as usize;
    let code = format!("int f(int x) {{ {} {} return 0; }}", "if (x) {".repeat(depth), "}".repeat(depth));
    let measured = measure("C", code);
    assert_eq!(measured.complexity.measure, ComplexityMeasure::SyntaxTree);
    let f = &measured.complexity.functions[0];
    assert_eq!((f.cyclomatic, f.max_nesting), (DEPTH + 1, DEPTH));
    assert_eq!(f.cognitive, DEPTH * (DEPTH + 1) / 2, "1 + 2 + … + depth");
}

#[test]
fn deeply_nested_parentheses_parse_and_are_one_sequence() {
    let code = format!("int f(int x) {{ return {}x{}; }}", "(x && ".repeat(50_000), ")".repeat(50_000));
    let f = &measure("C", code).complexity.functions[0];
    assert_eq!((f.cyclomatic, f.cognitive, f.max_nesting), (50_001, 1, 0));
}

#[test]
fn names_of_nested_functions_stay_short() {
    let code = format!("{}{}", "function f() { ".repeat(2_000), "}".repeat(2_000));
    let complexity = measure("JavaScript", code).complexity;
    assert_eq!(complexity.functions.len(), 2_000);
    assert!(complexity.functions.iter().all(|function| function.name.len() < 300));
}

#[test]
fn python_indented_a_thousand_levels_deep_is_measured() {
    let mut code = String::from("def f(x):\n");
    for depth in 1..=1_000 {
        code.push_str(&" ".repeat(depth));
        code.push_str("if x:\n");
    }
    code.push_str(&" ".repeat(1_001));
    code.push_str("pass\n");
    survives(code.as_bytes());
}

#[test]
fn broken_code_is_measured_and_marked() {
    let complexity = measure("C", "int f(int a) { if(a) return 1; }\nint g( {{{ ) + ;\n").complexity;
    assert!(complexity.had_syntax_errors);
    assert_eq!(complexity.measure, ComplexityMeasure::SyntaxTree);
    assert_eq!((complexity.functions[0].name.as_str(), complexity.functions[0].cyclomatic), ("f", 2));
    assert!(!measure("C", "int f(void) { return 1; }\n").complexity.had_syntax_errors);
}

#[test]
fn decisions_in_text_that_does_not_parse_still_count() {
    let code = "int f(int a)\n{\n  a = 1;\n  else if(a > 1 && a < 9) {\n    a = 2;\n  }\n  return a;\n}\n";
    let complexity = measure("C", code).complexity;
    assert!(complexity.had_syntax_errors);
    assert_eq!((complexity.functions.len(), complexity.functions[0].cyclomatic), (1, 3), "else if, &&");
    assert_eq!(complexity.unparsed_lines, 1);
}

#[test]
fn line_endings_of_another_system_change_no_figure() {
    let unix = "int f(int a)\n{\n  // a comment\n\n  if(a)\n    return 1;\n  return 0;\n}\n";
    let windows = unix.replace('\n', "\r\n");
    assert_eq!(measure("C", unix).complexity, measure("C", windows).complexity);
}
