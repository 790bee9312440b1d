//! Words of commit messages by family.
//!
//! English only. The lists were written from published ones for fixes (Mockus & Votta 2000; Amit & Feitelson 2021)
//! and from the habits of large projects; docs/allocation.md has how often they are right.

use std::sync::LazyLock;

use debtscan_model::WordFamily;
use rustc_hash::FxHashMap;

/// Something was wrong. Ordered by bytes, as are all lists here.
const REPAIR: &[&str] = &[
    "accidentally",
    "breakage",
    "broken",
    "bug",
    "bugfix",
    "bugfixes",
    "bugs",
    "corrected",
    "correctly",
    "corrupt",
    "corrupted",
    "corruption",
    "crash",
    "crashed",
    "crashes",
    "crashing",
    "cve",
    "deadlock",
    "deadlocks",
    "dereference",
    "fail",
    "failed",
    "failing",
    "fails",
    "failure",
    "failures",
    "faulty",
    "fix",
    "fixed",
    "fixes",
    "fixing",
    "fixup",
    "flaky",
    "hang",
    "hanging",
    "hangs",
    "hotfix",
    "incorrect",
    "incorrectly",
    "invalid",
    "leak",
    "leaked",
    "leaking",
    "leaks",
    "missing",
    "mistake",
    "mistakenly",
    "npe",
    "nullpointerexception",
    "overflow",
    "overflows",
    "panics",
    "prevent",
    "prevents",
    "properly",
    "race",
    "races",
    "regression",
    "regressions",
    "revert",
    "reverted",
    "reverting",
    "reverts",
    "segfault",
    "segfaults",
    "undefined",
    "underflow",
    "uninitialised",
    "uninitialized",
    "vulnerability",
    "workaround",
    "wrong",
    "wrongly",
];

/// Something was wrong, in a text where a word may stand for many things.
const BODY_REPAIR: &[&str] = &[
    "broken",
    "bug",
    "bugs",
    "corruption",
    "crash",
    "crashed",
    "crashes",
    "deadlock",
    "fix",
    "fixed",
    "fixes",
    "incorrect",
    "incorrectly",
    "leak",
    "leaks",
    "regression",
    "segfault",
    "wrong",
    "wrongly",
];

const TEXT: &[&str] = &[
    "comment",
    "comments",
    "copyright",
    "doc",
    "docs",
    "document",
    "documentation",
    "documented",
    "faq",
    "grammar",
    "guide",
    "howto",
    "indent",
    "indentation",
    "javadoc",
    "javadocs",
    "license",
    "licence",
    "manpage",
    "manual",
    "md",
    "nit",
    "nitpick",
    "nitpicks",
    "nits",
    "readme",
    "reword",
    "rustdoc",
    "spelled",
    "spelling",
    "typo",
    "typos",
    "whitespace",
    "wording",
];

const NEW: &[&str] = &[
    "accept",
    "accepts",
    "add",
    "added",
    "adding",
    "adds",
    "allow",
    "allowing",
    "allows",
    "create",
    "enable",
    "enables",
    "expose",
    "exposes",
    "feature",
    "features",
    "implement",
    "implementation",
    "implemented",
    "implementing",
    "implements",
    "initial",
    "introduce",
    "introduced",
    "introduces",
    "new",
    "offer",
    "option",
    "options",
    "provide",
    "provides",
    "support",
    "supported",
    "supports",
    "teach",
];

const SHAPE: &[&str] = &[
    "checksrc",
    "checkstyle",
    "clean",
    "cleaning",
    "cleanup",
    "cleanups",
    "clippy",
    "consolidate",
    "convert",
    "converted",
    "dead",
    "dedup",
    "deduplicate",
    "delete",
    "deleted",
    "deprecate",
    "deprecated",
    "drop",
    "dropped",
    "drops",
    "extract",
    "extracted",
    "factor",
    "format",
    "formatting",
    "improve",
    "improved",
    "improvement",
    "improvements",
    "improves",
    "inline",
    "isolate",
    "lint",
    "migrate",
    "migration",
    "modernize",
    "move",
    "moved",
    "moving",
    "polish",
    "refactor",
    "refactored",
    "refactoring",
    "refactors",
    "remove",
    "removed",
    "removes",
    "removing",
    "rename",
    "renamed",
    "renaming",
    "reorder",
    "reorganize",
    "replace",
    "replaced",
    "replaces",
    "restructure",
    "reuse",
    "revamp",
    "rework",
    "reworked",
    "rewrite",
    "rewritten",
    "separate",
    "simplification",
    "simplified",
    "simplify",
    "split",
    "style",
    "switch",
    "tidy",
    "tweak",
    "unify",
    "unused",
    "use",
    "warning",
    "warnings",
];

const TEST: &[&str] = &[
    "bench",
    "benchmark",
    "benchmarks",
    "benchsuite",
    "coverage",
    "fuzz",
    "fuzzer",
    "fuzzing",
    "junit",
    "mock",
    "mocks",
    "pytest",
];

const BUILD: &[&str] = &[
    "appveyor",
    "autotools",
    "azure",
    "bazel",
    "build",
    "building",
    "builds",
    "bump",
    "bumped",
    "bumps",
    "ci",
    "cirrus",
    "cmake",
    "configure",
    "dependencies",
    "dependency",
    "deps",
    "docker",
    "dockerfile",
    "gha",
    "gradle",
    "jenkins",
    "jenkinsfile",
    "makefile",
    "maven",
    "meson",
    "packaging",
    "pom",
    "travis",
    "update",
    "updated",
    "updates",
    "upgrade",
    "upgraded",
    "upgrades",
    "workflow",
    "workflows",
];

const RELEASE: &[&str] =
    &["changelog", "l10n", "relnotes", "snapshot", "thanks", "translation", "translations"];

const SPEED: &[&str] = &[
    "cache",
    "caching",
    "efficiency",
    "efficient",
    "efficiently",
    "faster",
    "latency",
    "optimise",
    "optimised",
    "optimization",
    "optimizations",
    "optimize",
    "optimized",
    "parallelism",
    "perf",
    "performance",
    "speed",
    "speedup",
];

/// By word, its family. Looked up only.
static FAMILIES: LazyLock<FxHashMap<&'static str, WordFamily>> = LazyLock::new(|| {
    let lists = [
        (REPAIR, WordFamily::Repair),
        (TEXT, WordFamily::Text),
        (NEW, WordFamily::New),
        (SHAPE, WordFamily::Shape),
        (TEST, WordFamily::Test),
        (BUILD, WordFamily::Build),
        (RELEASE, WordFamily::Release),
        (SPEED, WordFamily::Speed),
    ];
    lists.iter().flat_map(|(list, family)| list.iter().map(|word| (*word, *family))).collect()
});

/// The family of a word in lower case.
pub(super) fn family(word: &str) -> Option<WordFamily> {
    let found = FAMILIES.get(word).copied();
    found.or_else(|| is_test_name(word).then_some(WordFamily::Test))
}

/// True if a word below the subject says that something was wrong.
pub(super) fn is_repair_in_body(word: &str) -> bool {
    BODY_REPAIR.contains(&word)
}

/// `test`, `tests`, `testing`, `test1245`, and the numbered tests of git: `t7513`.
fn is_test_name(word: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match word.strip_prefix("test") {
        Some(rest) => matches!(rest, "" | "s" | "ing" | "ed" | "case" | "cases") || is_number(rest),
        None => word.strip_prefix('t').is_some_and(|rest| rest.len() == 4 && is_number(rest)),
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::WordFamily;

    use super::{BUILD, NEW, RELEASE, REPAIR, SHAPE, SPEED, TEST, TEXT, family};

    #[test]
    fn no_word_is_in_two_families() {
        let mut all: Vec<&str> =
            [REPAIR, TEXT, NEW, SHAPE, TEST, BUILD, RELEASE, SPEED].into_iter().flatten().copied().collect();
        let words = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), words);
    }

    #[test]
    fn tests_have_names_with_numbers() {
        let test = Some(WordFamily::Test);
        assert_eq!(["test", "test46", "t9902", "tests"].map(family), [test; 4]);
        assert_eq!(["testify", "t99020", "tool", "t"].map(family), [None; 4]);
    }
}
