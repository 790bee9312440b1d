//! Text that the preprocessor or a macro hides from the grammar: which functions are found in it.

use debtscan_complexity::{Limits, Measurer};
use debtscan_model::{FileComplexity, Language};

/// A function: name, lines, cyclomatic and cognitive complexity.
type Function<'a> = (&'a str, (u32, u32), (u32, u32));

fn measure(language: &'static str, content: &str) -> FileComplexity {
    Measurer::new().measure(Some(Language(language)), content.as_bytes(), &Limits::default()).complexity
}

fn check(language: &'static str, content: &str, expected: &[Function<'_>]) {
    let complexity = measure(language, content);
    let figures = complexity.functions.iter().map(|function| {
        let lines = (function.first_line, function.last_line);
        (function.name.as_str(), lines, (function.cyclomatic, function.cognitive))
    });
    let found: Vec<Function<'_>> = figures.collect();
    assert_eq!(found, expected, "{language}: {content}");
}

#[test]
fn of_branches_that_exclude_one_another_the_first_is_kept_and_the_others_decisions_count() {
    let code = "int pick(int a)\n{\n#ifdef WIDE\n  if(a > 1) {\n#else\n  if(a > 2 && a) {\n#endif\n    return 1;\n  }\n  \
                return 0;\n}\nint next(int a) { if(a) return 1; return 0; }\n";
    // if 1, and in the skipped branch if 1 and && 1; cognitive: #ifdef 1, if 1, #else 1, if 1
    check("C", code, &[("pick", (1, 11), (4, 4)), ("next", (12, 12), (2, 1))]);
    let complexity = measure("C", code);
    assert!(complexity.had_syntax_errors);
    assert_eq!((complexity.unparsed_lines, complexity.sloc), (1, 12), "the line of the skipped branch");
}

#[test]
fn a_condition_that_never_holds_is_never_the_branch_to_keep() {
    let code =
        "int f(int a)\n{\n#if 0\n  while(a) {\n#else\n  if(a) {\n#endif\n    a--;\n  }\n  return a;\n}\n";
    check("C", code, &[("f", (1, 11), (3, 4))]);
}

#[test]
fn alternative_heads_of_one_function_are_one_function() {
    // Cognitive: ?: 1, and #else 1, which is inside the function; #ifdef precedes it.
    let code =
        "#ifdef WIDE\nstatic int f(long a)\n#else\nstatic int f(int a)\n#endif\n{\n  return a ? 1 : 2;\n}\n";
    check("C", code, &[("f", (2, 8), (2, 2))]);
}

#[test]
fn branches_with_whole_functions_are_all_kept_even_behind_a_macro() {
    let code =
        "DEFINE(x)\n#ifdef WIDE\nint f(void) { return 1; }\n#else\nint g(void) { return 2; }\n#endif\n";
    check("C", code, &[("f", (3, 3), (1, 0)), ("g", (5, 5), (1, 0))]);
}

#[test]
fn macros_with_blocks_are_loops_by_their_names_in_c_and_cpp_alike() {
    let block = "int f(int n)\n{\n  RTE_FOREACH_DEV(port) {\n    if(port > n)\n      return 1;\n  }\n  \
                 FOREACH_PAIR(struct a *, b) {\n    n--;\n  }\n  ONCE(n) {\n    n--;\n  }\n  return 0;\n}\n";
    for language in ["C", "C++"] {
        check(language, block, &[("f", (1, 14), (4, 4))]);
    }
}

#[test]
fn a_function_has_its_own_name_whatever_stands_before_it() {
    let code = "FAST_CODE timeDelta_t next(void)\n{\n  return cycles;\n}\nvoid FAST_CODE_NOINLINE update(void) { }\n\
                static GIT_PATH_FUNC(path_of, \"X\")\nstatic GIT_PATH_FUNC(path_of_that, \"Y\")\n\nstatic int\n\
                __attribute ((always_inline)) internal_function\nlast(int a)\n{\n  return a;\n}\n";
    check("C", code, &[("next", (1, 4), (1, 0)), ("update", (5, 5), (1, 0)), ("last", (9, 14), (1, 0))]);
}

#[test]
fn namespaces_classes_and_structs_behind_macros_are_no_functions() {
    let code = "NS_BEGIN\nnamespace a {\nclass EXPORT Basket {\n  int first(int a) { return a ? 1 : 2; }\n};\n}\nNS_END\n";
    check("C++", code, &[("a::Basket::first", (4, 4), (2, 1))]);
    check("C", "struct __rte_cache_aligned name {\n  int a;\n};\nenum class Kind { A, B };\n", &[]);
}

#[test]
fn a_function_that_the_parser_finds_no_end_of_ends_before_the_next_one() {
    let code = "static int f(int a)\n{\n  if(a) {\n    return 1;\n  return 0;\n}\n\nint g(int a)\n{\n  return a && 1;\n}\n";
    check("C", code, &[("f", (1, 7), (2, 1)), ("g", (8, 11), (2, 1))]);
}

#[test]
fn lines_that_do_not_parse_are_counted_and_whole_functions_around_them_are_found() {
    let code = "int f(int a) { return a; }\nint = = 3 3;\n\n// a comment\nint g(int a) { return a; }\n";
    let complexity = measure("C", code);
    assert_eq!(complexity.functions.len(), 2);
    assert_eq!((complexity.unparsed_lines, complexity.sloc), (1, 3));
    assert_eq!(measure("C", "int f(void) { return 1; }\n").unparsed_lines, 0);
}

#[test]
fn conditionals_deeper_than_the_limit_and_without_end_are_left_alone() {
    for code in ["#if A\n".repeat(100_000), "#else\n#endif\n".repeat(1_000), "#if A\n{\n".repeat(60)] {
        measure("C", &code);
        measure("C#", &code);
    }
    let nested = format!("{}int f(void) {{ return 1; }}\n{}", "#if A\n".repeat(100), "#endif\n".repeat(100));
    check("C", &nested, &[("f", (101, 101), (1, 0))]);
}

#[test]
fn definitions_with_a_list_of_names_are_functions_of_any_type() {
    let code = "static struct foo *\nfirst(a)\n  int a;\n{\n  return 0;\n}\nchar *second(a, b) int a[N], (*b)(); { return a ? 0 : 1; }\n\
                int third(a) long a; { return 1; }\nDECLARE(x)\nint y;\n";
    check("C", code, &[("first", (1, 6), (1, 0)), ("second", (7, 7), (2, 1)), ("third", (8, 8), (1, 0))]);
    assert_eq!(measure("C", code).functions.iter().map(|it| it.parameters).collect::<Vec<_>>(), [1, 2, 1]);
    assert_eq!(measure("C", code).unparsed_lines, 0);
}

#[test]
fn a_macro_with_arguments_between_type_and_name_is_no_name() {
    let code = "int PRINTF_FMT(1, 2) first(const char *f, ...) { return 1; }\nstatic struct foo *ATTR(x)\nsecond(int a)\n{\n  \
                return 0;\n}\n";
    check("C", code, &[("first", (1, 1), (1, 0)), ("second", (2, 6), (1, 0))]);
    check("C++", code, &[("first", (1, 1), (1, 0)), ("second", (2, 6), (1, 0))]);
}

#[test]
fn kotlin_classes_may_close_on_the_line_of_their_last_member() {
    let code = "interface I { fun x() }\nenum class E { A, B }\nclass B { object O : I { fun n() { } } }\n\
                val f = run(object : I { override fun x() = 1 })\nclass C { companion object { const val X = \"a\" } }\n\
                class D { fun go() { if (a) b() } }\n";
    check("Kotlin", code, &[("B.O.n", (3, 3), (1, 0)), ("x", (4, 4), (1, 0)), ("D.go", (6, 6), (2, 1))]);
    assert_eq!(measure("Kotlin", code).unparsed_lines, 0);
}

#[test]
fn kotlins_soft_keywords_may_be_called() {
    let code =
        "class B {\n  fun go() {\n    open(x)\n    inner()\n    if (a) b()\n  }\n  fun next() { }\n}\n";
    check("Kotlin", code, &[("B.go", (2, 6), (2, 1)), ("B.next", (7, 7), (1, 0))]);
    let types = "class B {\n  var p: suspend () -> Unit = { }\n  val q: Int\n    get() = 1\n}\n";
    check("Kotlin", types, &[("B.p", (2, 2), (1, 0)), ("B.q.get", (4, 4), (1, 0))]);
}
