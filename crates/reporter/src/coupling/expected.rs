//! Pairs that are meant to change together, recognised by their names.

use bstr::{BStr, ByteSlice};
use debtscan_findings::Expected;
use debtscan_model::{File, FileClass};

const HEADERS: [&str; 6] = ["h", "hh", "hpp", "hxx", "h++", "inl"];
const SOURCES: [&str; 8] = ["c", "cc", "cpp", "cxx", "c++", "m", "mm", "cu"];

/// Affixes that turn the name of a subject into the name of its test, longest first; lower case.
const PREFIXES: [&str; 5] = ["unittest_", "tests_", "test_", "test-", "test"];
const SUFFIXES: [&str; 16] = [
    "integrationtest",
    "integration_test",
    "unittests",
    "_unittest",
    "unittest",
    "testcase",
    "_tests",
    "-tests",
    ".tests",
    "_test",
    "-test",
    ".test",
    "_spec",
    ".spec",
    "tests",
    "test",
];

/// What two files are to each other by their names; `None` when nothing is expected.
pub(super) fn of_files(a: &File, b: &File) -> Option<Expected> {
    let (a_stem, a_ending) = split(a.path.file_name());
    let (b_stem, b_ending) = split(b.path.file_name());
    let is = |endings: &[&str], ending: &str| endings.contains(&ending);
    let is_header_pair = (is(&HEADERS, &a_ending) && is(&SOURCES, &b_ending))
        || (is(&SOURCES, &a_ending) && is(&HEADERS, &b_ending));
    if is_header_pair && a_stem == b_stem {
        return Some(Expected::HeaderAndSource);
    }
    let is_test_pair = match (a.class, b.class) {
        (FileClass::Test, FileClass::Source) => subject(&a_stem) == Some(b_stem.as_str()),
        (FileClass::Source, FileClass::Test) => subject(&b_stem) == Some(a_stem.as_str()),
        _ => false,
    };
    is_test_pair.then_some(Expected::TestAndSubject)
}

/// A file's name before its last dot, and what follows; lower case.
fn split(name: &BStr) -> (String, String) {
    let name = name.to_str_lossy().to_lowercase();
    match name.rsplit_once('.') {
        // `.gitignore` is a name without an ending.
        Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), ending.to_owned()),
        _ => (name, String::new()),
    }
}

/// The name of what a test tests: its own without what marks a test. A test may also be called like
/// its subject and stand in another folder.
fn subject(stem: &str) -> Option<&str> {
    let stripped = SUFFIXES
        .iter()
        .find_map(|suffix| stem.strip_suffix(suffix))
        .or_else(|| PREFIXES.iter().find_map(|prefix| stem.strip_prefix(prefix)))
        .unwrap_or(stem);
    (!stripped.is_empty()).then_some(stripped)
}

#[cfg(test)]
mod tests {
    use debtscan_model::{File, FileClass};

    use super::of_files;
    use crate::sample::path;
    use debtscan_findings::Expected;

    fn file(name: &str, class: FileClass) -> File {
        File { path: path(name), class, present: None, aliases: Vec::new(), history: Vec::new() }
    }

    #[test]
    fn tests_are_paired_with_what_their_name_says() {
        let check = |test: &str, subject: &str, expected: bool| {
            let (test, subject) = (file(test, FileClass::Test), file(subject, FileClass::Source));
            let expected = expected.then_some(Expected::TestAndSubject);
            assert_eq!(of_files(&test, &subject), expected, "{} {}", test.path, subject.path);
            assert_eq!(of_files(&subject, &test), expected, "{} {}", subject.path, test.path);
        };
        check("src/test/java/org/FooTest.java", "src/main/java/org/Foo.java", true);
        check("x/FooIntegrationTest.java", "y/Foo.java", true);
        check("tests/unit/test_agent.py", "neutron/agent.py", true);
        check("pkg/walk_test.go", "pkg/walk.go", true);
        check("ui/list.spec.ts", "ui/list.ts", true);
        check("tests/walk.rs", "src/walk.rs", true);
        check("tests/other.rs", "src/walk.rs", false);
        check("t/test.c", "src/test.c", false);
    }

    #[test]
    fn headers_are_paired_with_sources_of_the_same_name() {
        let check = |a: &str, b: &str, expected: Option<Expected>| {
            let (a, b) = (file(a, FileClass::Source), file(b, FileClass::Source));
            assert_eq!(of_files(&a, &b), expected, "{} {}", a.path, b.path);
        };
        check("diff.c", "diff.h", Some(Expected::HeaderAndSource));
        check("include/hb-ot.hh", "src/hb-ot.cc", Some(Expected::HeaderAndSource));
        check("diff.c", "diffcore.h", None);
        check("a.h", "a.hpp", None);
        check("Makefile", "makefile.c", None);
    }
}
