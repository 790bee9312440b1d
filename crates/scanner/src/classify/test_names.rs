//! Tests, by the convention of each ecosystem.

use bstr::ByteSlice;
use debtscan_model::RepoPath;

use super::folders::{is_main, split_extension, telling};

/// Folders that hold tests, in any letter case.
const FOLDERS: &[&str] = &[
    "test",
    "tests",
    "testing",
    "testdata",
    "test_data",
    "test-data",
    "testfixtures",
    "test-fixtures",
    "test_fixtures",
    "testutil",
    "testutils",
    "testsuite",
    "testsuites",
    "unittest",
    "unittests",
    // JavaScript
    "__test__",
    "__tests__",
    "__mocks__",
    "__fixtures__",
    "__testdata__",
    "__snapshots__",
    "__bench__",
    "__benchmarks__",
    "cypress",
    "e2e",
    "fixtures",
    // Android, Xcode
    "androidtest",
    "uitests",
    "bench",
    "benches",
    "benchmark",
    "benchmarks",
    "jmh",
    "jmh-benchmarks",
];

/// Folders of tests in Ruby, JavaScript and the like; a package of a specification elsewhere.
const SPEC_FOLDERS: &[&str] = &["spec", "specs"];
const WITHOUT_SPEC_FOLDERS: &[&str] =
    &["go", "rs", "java", "kt", "scala", "cs", "fs", "py", "swift", "c", "h", "cpp", "cc"];

/// What a folder `X-tests`, `X_test` or `XTests` tests. Others ending in `-test` may well be product code, such as a
/// renderer for tests.
const KINDS: &[&str] = &[
    "acceptance",
    "android",
    "api",
    "browser",
    "compat",
    "compatibility",
    "component",
    "conformance",
    "contract",
    "e2e",
    "end-to-end",
    "end2end",
    "functional",
    "fuzz",
    "instrumentation",
    "int",
    "integration",
    "ios",
    "kernel",
    "load",
    "mutation",
    "perf",
    "performance",
    "property",
    "regression",
    "self",
    "smoke",
    "snapshot",
    "stress",
    "system",
    "ui",
    "unit",
    "upgrade",
];

/// How test files are named in an ecosystem.
struct TestNames {
    /// Endings of files, in small letters.
    extensions: &'static [&'static str],
    /// Beginnings and ends of the name without its ending, in exact letter case.
    prefixes: &'static [&'static str],
    suffixes: &'static [&'static str],
    /// Whole names without their ending.
    whole: &'static [&'static str],
    /// Names that look like it and are product code.
    product: &'static [&'static str],
    /// Folders in which the name says nothing, because what lies there ships.
    shipped: &'static [&'static str],
}

const NONE: TestNames =
    TestNames { extensions: &[], prefixes: &[], suffixes: &[], whole: &[], product: &[], shipped: &[] };

/// One entry per ecosystem; the first that has the ending counts.
const NAMES: &[TestNames] = &[
    // https://pkg.go.dev/cmd/go#hdr-Test_packages
    TestNames { extensions: &["go"], suffixes: &["_test"], ..NONE },
    // Modules behind `#[cfg(test)]`; no tool demands a name.
    TestNames {
        extensions: &["rs"],
        suffixes: &["_test", "_tests"],
        whole: &["test", "tests"],
        product: &["unit_test"],
        ..NONE
    },
    // pytest, unittest, Django
    TestNames {
        extensions: &["py", "pyi", "pyx"],
        prefixes: &["test_"],
        suffixes: &["_test", "_tests"],
        whole: &["conftest", "test", "tests"],
        ..NONE
    },
    // minitest, RSpec
    TestNames {
        extensions: &["rb", "cr"],
        prefixes: &["test_"],
        suffixes: &["_test", "_spec"],
        whole: &["test_helper", "spec_helper", "rails_helper"],
        ..NONE
    },
    // Jest, Vitest, Mocha, Cypress, Playwright, tsd
    TestNames {
        extensions: &["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "coffee", "vue", "svelte"],
        prefixes: &["test-", "test_"],
        suffixes: &[
            ".test",
            ".tests",
            ".spec",
            ".specs",
            "-test",
            "-tests",
            "-spec",
            "_test",
            "_tests",
            "_spec",
            ".cy",
            ".e2e",
            ".e2e-spec",
            ".test-d",
            ".bench",
            ".benchmark",
            ".itest",
        ],
        whole: &["test", "tests"],
        ..NONE
    },
    // Surefire, Failsafe
    TestNames { extensions: &["java"], suffixes: &["Test", "Tests", "TestCase", "IT", "ITCase"], ..NONE },
    // The same, and Kotest, ScalaTest, Spock
    TestNames {
        extensions: &["kt", "scala", "groovy"],
        suffixes: &["Test", "Tests", "TestCase", "IT", "ITCase", "Spec", "Suite"],
        ..NONE
    },
    // xUnit, NUnit, MSTest
    TestNames { extensions: &["cs", "fs", "vb"], suffixes: &["Test", "Tests", "Specs"], ..NONE },
    // XCTest, Quick
    TestNames { extensions: &["swift", "m", "mm"], suffixes: &["Test", "Tests", "TestCase", "Spec"], ..NONE },
    // PHPUnit, Codeception. PSR-4 puts what ships below `src` or `app`.
    TestNames {
        extensions: &["php"],
        suffixes: &["Test", "TestCase", "Cest", "_test"],
        shipped: &["src", "app"],
        ..NONE
    },
    // GoogleTest, Catch2, Unity, Google Benchmark, libFuzzer
    TestNames {
        extensions: &["c", "cc", "cpp", "cxx", "c++", "h", "hh", "hpp", "hxx"],
        prefixes: &["test_", "test-"],
        suffixes: &[
            "_test",
            "_tests",
            "-test",
            "-tests",
            "_unittest",
            "_unittests",
            "Test",
            "Tests",
            "_benchmark",
            "_bench",
            "_fuzzer",
        ],
        whole: &["test", "tests", "unittest"],
        ..NONE
    },
    // Pester
    TestNames { extensions: &["ps1"], suffixes: &[".Tests", ".tests", ".Test", ".test"], ..NONE },
    // busted
    TestNames { extensions: &["lua"], prefixes: &["test_"], suffixes: &["_spec", "_test"], ..NONE },
    TestNames { extensions: &["dart"], suffixes: &["_test"], ..NONE },
    TestNames { extensions: &["ex", "exs"], suffixes: &["_test"], whole: &["test_helper"], ..NONE },
    // Common Test, EUnit
    TestNames { extensions: &["erl"], suffixes: &["_SUITE", "_test", "_tests"], ..NONE },
    // Hspec, Tasty
    TestNames { extensions: &["hs"], suffixes: &["Spec", "Test", "Tests"], ..NONE },
    TestNames { extensions: &["clj", "cljs", "cljc"], suffixes: &["_test"], ..NONE },
    TestNames { extensions: &["jl"], prefixes: &["test_"], whole: &["runtests"], ..NONE },
    // testthat
    TestNames { extensions: &["r"], prefixes: &["test-", "test_"], whole: &["testthat"], ..NONE },
    TestNames {
        extensions: &["sh", "bash", "zsh", "tcl"],
        prefixes: &["test_", "test-"],
        suffixes: &["_test", "-test", ".test"],
        whole: &["test", "tests"],
        ..NONE
    },
];

/// Everywhere else.
const OTHERS: TestNames = TestNames {
    prefixes: &["test_"],
    suffixes: &["_test", "_tests", ".test", ".spec", "_spec", "-test", "-spec"],
    whole: &["test", "tests"],
    ..NONE
};

/// Endings that only tests have: Perl's `prove`, Bats.
const TEST_EXTENSIONS: &[&str] = &["t", "bats"];

/// Whether a path is that of a test.
pub(super) fn is_test(path: &RepoPath) -> bool {
    let (stem, extension) = split_extension(path.file_name());
    let extension = extension.to_ascii_lowercase();
    let extension = extension.to_str_lossy();
    is_in_test_folder(path, &extension) || (!extension.is_empty() && has_test_name(path, stem, &extension))
}

fn has_test_name(path: &RepoPath, stem: &[u8], extension: &str) -> bool {
    if TEST_EXTENSIONS.contains(&extension) {
        return true;
    }
    // `OffsetSpec.java` below `src/main` is a specification of offsets.
    if is_main(path) {
        return false;
    }
    let names = NAMES.iter().find(|names| names.extensions.contains(&extension)).unwrap_or(&OTHERS);
    let is_named = names.whole.iter().any(|name| stem == name.as_bytes())
        || names.prefixes.iter().any(|name| stem.starts_with(name.as_bytes()))
        || names.suffixes.iter().any(|name| stem.len() > name.len() && stem.ends_with(name.as_bytes()));
    let is_shipped = || {
        telling(path).iter().any(|folder| names.shipped.iter().any(|shipped| *folder == shipped.as_bytes()))
    };
    is_named && !names.product.iter().any(|name| stem == name.as_bytes()) && !is_shipped()
}

fn is_in_test_folder(path: &RepoPath, extension: &str) -> bool {
    let folders = telling(path);
    folders.iter().enumerate().any(|(depth, folder)| {
        let small = folder.to_ascii_lowercase();
        let is_one = |names: &[&str]| names.iter().any(|name| small == name.as_bytes());
        let is_below_src = folders[..depth].contains(&&b"src"[..]);
        is_one(FOLDERS)
            || (is_one(SPEC_FOLDERS) && !WITHOUT_SPEC_FOLDERS.contains(&extension))
            // git's and Perl's own convention
            || (depth == 0 && small == b"t")
            || is_of_kind(&small)
            // In Rust modules are named as the author likes; tests of a crate lie in `tests`.
            || ((small.ends_with(b"-tests") || small.ends_with(b"_tests")) && !(extension == "rs" && is_below_src))
            // `dotnet new` makes `Shop.Tests`, Xcode `ShopTests` and `ShopUITests`.
            || small.ends_with(b".tests")
            || small.ends_with(b".test")
            || (folder.len() > 5 && folder.ends_with(b"Tests"))
            || (depth > 0 && folders[depth - 1] == b"src" && is_test_source_set(folder))
    })
}

/// `integration-tests`, `unit_test`, `e2etests`
fn is_of_kind(small: &[u8]) -> bool {
    let stem = small.strip_suffix(b"tests").or_else(|| small.strip_suffix(b"test"));
    let Some(stem) = stem else { return false };
    let kind = stem.strip_suffix(b"-").or_else(|| stem.strip_suffix(b"_")).unwrap_or(stem);
    KINDS.iter().any(|known| kind == known.as_bytes())
}

/// `src/jvmTest`, `src/androidTestFree`, `src/testFixtures`, `src/testDebug`, Maven's `src/it`
fn is_test_source_set(folder: &[u8]) -> bool {
    let is_camel = |rest: &[u8]| rest.first().is_none_or(u8::is_ascii_uppercase);
    folder == b"it"
        || folder.ends_with(b"Test")
        || folder.strip_prefix(b"test").is_some_and(is_camel)
        || folder.strip_prefix(b"androidTest").is_some_and(is_camel)
}

#[cfg(test)]
mod tests {
    use debtscan_model::RepoPath;

    use super::is_test;

    #[track_caller]
    fn check(expected: bool, paths: &str) {
        for path in paths.split_whitespace() {
            assert_eq!(is_test(&RepoPath::new(path).expect("valid")), expected, "{path}");
        }
    }

    #[test]
    fn each_ecosystem_has_its_own_tests() {
        check(
            true,
            "Shop.Tests/Orders.cs Src/Shop.UnitTests/A.cs src/IntegrationTests/A.cs test2/Shop.Test/A.cs",
        );
        check(
            true,
            "src/commonTest/kotlin/Fake.kt app/src/androidTest/java/a/Robot.kt src/testFixtures/java/a/Fake.java",
        );
        check(
            true,
            "src/jvmTest/kotlin/F.kt app/src/testDebug/java/A.kt core/src/test/java/a/BTest.java src/it/x/pom.java",
        );
        check(
            true,
            "ShopTests/Helper.swift ShopUITests/Robot.swift ShopTests/Helper.m Sources/OrderTests.m a/BSpec.swift",
        );
        check(
            true,
            "tools/Get-Order.Tests.ps1 src/OrderTest.cpp unittests/Order.cpp testsuite/order.c src/a_unittest.cc",
        );
        check(
            true,
            "cypress/support/login.js src/order.cy.ts src/types.test-d.ts src/__benchmarks__/o.ts src/o.bench.ts",
        );
        check(
            true,
            "src/__fixtures__/order.ts src/__testdata__/order.ts src/a.spec.tsx web/a-test.js e2e/login.ts",
        );
        check(
            true,
            "pkg/url_test.go testdata/a.go lib/a_spec.rb test/models/a.rb spec/models/order_spec.rb t/t0001.sh",
        );
        check(
            true,
            "pkg/test_a.py a/conftest.py shop/tests.py lib/a_test.exs apps/a/test/b.exs integration_test/a_test.dart",
        );
        check(
            true,
            "crates/a/tests/it.rs src/parser_tests.rs src/parser/tests.rs benches/a.rs tests/testthat/test-a.R",
        );
        check(
            true,
            "integration-tests/src/main/java/a/Fake.java e2e-tests/a.py acceptance_tests/a.rb int-test/A.java",
        );
        check(
            true,
            "apps/shop_SUITE.erl src/OrderSpec.hs tests/OrderTest.php lib/ShopTest.php t/basic.t test/run.bats",
        );
    }

    #[test]
    fn product_code_that_is_named_like_a_test_is_none() {
        // Go knows `_test.go` alone.
        check(false, "promqltest/test.go test_helpers.go labels/test_utils.go pkg/spec/parse.go");
        check(false, "clients/src/main/java/org/a/OffsetSpec.java src/main/java/a/AbortTransactionSpec.java");
        check(
            false,
            "src/main/scala/akka/MultiNodeSpec.scala src/main/java/a/test/Runner.java src/commonMain/kotlin/a/LoadTest.kt",
        );
        check(
            false,
            "crates/a/src/renderable/unit_test.rs crates/a/src/resolve_tests/mod.rs packages/runtime-test/src/index.ts",
        );
        check(
            false,
            "src/Illuminate/Console/CreatesMatchingTest.php src/latest/x.go lib/contest.py src/Contest.cs",
        );
        check(
            false,
            "src/attest.c lib/protest.rb src/greatest.ts src/Latest.java spring-test/src/main/java/a/MockMvc.java",
        );
        check(false, "src/IT.java src/digit.java src/Test.java contests/a.py");
    }
}
