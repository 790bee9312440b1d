//! The limits, and what is said when one is hit.

use debtscan_complexity::{ExceededLimit, Limits, Measurer};
use debtscan_model::{ComplexityMeasure, Language};

const CODE: &str = "fn f(x: u32) -> u32 {\n    if x > 1 { 1 } else { 2 }\n}\n// end\n";
const RUST: Option<Language> = Some(Language("Rust"));

#[test]
fn languages_without_a_grammar_are_measured_by_indentation_and_nothing_is_limited() {
    for language in [None, Some(Language("Markdown"))] {
        let measured = Measurer::new().measure(language, CODE.as_bytes(), &Limits::default());
        assert_eq!(measured.limited, None);
        let complexity = measured.complexity;
        assert_eq!(complexity.measure, ComplexityMeasure::Indentation);
        assert_eq!(
            (complexity.lines, complexity.sloc),
            (4, 4),
            "without a grammar a comment is a line like any other"
        );
        assert_eq!((complexity.indentation, complexity.max_indentation), (1, 1));
        assert!(complexity.functions.is_empty());
    }
}

#[test]
fn parsed_files_have_the_same_indentation_as_unparsed_ones() {
    let parsed = Measurer::new().measure(RUST, CODE.as_bytes(), &Limits::default()).complexity;
    assert_eq!((parsed.lines, parsed.sloc, parsed.indentation, parsed.max_indentation), (4, 3, 1, 1));
}

#[test]
fn content_longer_than_the_limit_is_measured_by_indentation() {
    let limits = Limits { max_bytes: CODE.len() - 1, ..Limits::default() };
    let measured = Measurer::new().measure(RUST, CODE.as_bytes(), &limits);
    assert_eq!(measured.limited, Some(ExceededLimit::TooLarge));
    assert_eq!(measured.complexity.measure, ComplexityMeasure::Indentation);
    let limits = Limits { max_bytes: CODE.len(), ..Limits::default() };
    assert_eq!(Measurer::new().measure(RUST, CODE.as_bytes(), &limits).limited, None);
}

#[test]
fn a_parse_beyond_the_budget_is_given_up_and_the_next_file_is_not_disturbed() {
    let long = CODE.repeat(1_000);
    let mut measurer = Measurer::new();
    let tight = Limits { max_steps: 1_000, ..Limits::default() };
    let measured = measurer.measure(RUST, long.as_bytes(), &tight);
    assert_eq!(measured.limited, Some(ExceededLimit::ParseBudget));
    assert_eq!(measured.complexity.measure, ComplexityMeasure::Indentation);
    assert_eq!(measured.complexity.sloc, 4_000);

    let next = measurer.measure(RUST, CODE.as_bytes(), &Limits::default());
    assert_eq!(next, Measurer::new().measure(RUST, CODE.as_bytes(), &Limits::default()));
}

#[test]
fn the_budget_is_a_count_so_that_it_is_hit_at_the_same_size_every_time() {
    let long = CODE.repeat(200);
    let fits = |measurer: &mut Measurer, max_steps: u64| {
        let limits = Limits { max_steps, ..Limits::default() };
        measurer.measure(RUST, long.as_bytes(), &limits).limited.is_none()
    };
    let smallest = |measurer: &mut Measurer| {
        let (mut low, mut high) = (0, 1_000_000);
        while low < high {
            let middle = u64::midpoint(low, high);
            if fits(measurer, middle) { high = middle } else { low = middle + 1 }
        }
        low
    };
    let mut used = Measurer::new();
    let first = smallest(&mut used);
    assert!(first > 1_000, "{first}");
    assert_eq!(smallest(&mut used), first);
    assert_eq!(smallest(&mut Measurer::new()), first);
}

#[test]
fn what_was_measured_before_changes_nothing() {
    let mut used = Measurer::new();
    let sources: [(&str, &str); 4] =
        [("C", "int f(\n"), ("Python", "def f():\n  x = '''\n"), ("JavaScript", "`${`"), ("Rust", CODE)];
    for (language, source) in sources {
        let language = Some(Language(language));
        let again = used.measure(language, source.as_bytes(), &Limits::default());
        assert_eq!(again, Measurer::new().measure(language, source.as_bytes(), &Limits::default()));
    }
}
