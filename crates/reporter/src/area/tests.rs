//! Areas of hand-made trees.

use debtscan_model::{CodeOwnersFile, FileClass, Scan};
use proptest::prelude::*;

use super::{AreaError, AreaMap};
use crate::sample::{SampleScan, file_idx, path};
use debtscan_findings::{AreaRule, AreaSource, REST, ROOT};

/// A scan of present source files, as (path, source lines).
fn tree(files: &[(&str, u32)]) -> Scan {
    files.iter().fold(SampleScan::new(), |scan, (path, sloc)| scan.source(path, *sloc, 0)).build()
}

fn rule(name: &str, paths: &[&str]) -> AreaRule {
    AreaRule {
        id: None,
        name: name.to_owned(),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        ..AreaRule::default()
    }
}

fn build(scan: &Scan, source: AreaSource) -> AreaMap {
    AreaMap::build(scan, source, &[]).expect("areas can be made")
}

fn configured(scan: &Scan, rules: &[AreaRule]) -> AreaMap {
    AreaMap::build(scan, AreaSource::Config, rules).expect("the rules are valid")
}

fn names(map: &AreaMap) -> Vec<&str> {
    map.areas.iter().map(|area| area.name.as_str()).collect()
}

/// The name of the area that holds a path.
fn area<'a>(scan: &Scan, map: &'a AreaMap, path: &str) -> &'a str {
    &map.area(file_idx(scan, path)).name
}

#[test]
fn a_folder_pattern_means_all_below_it_however_it_ends() {
    let scan = tree(&[("lib/a.c", 1), ("lib/vtls/b.c", 1), ("library/c.c", 1), ("lib.c", 1)]);
    for pattern in ["lib", "lib/", "lib/**", "/lib", "./lib/"] {
        let map = configured(&scan, &[rule("core", &[pattern])]);
        let in_core: Vec<&str> = ["lib/a.c", "lib/vtls/b.c", "library/c.c", "lib.c"]
            .into_iter()
            .filter(|path| area(&scan, &map, path) == "core")
            .collect();
        assert_eq!(in_core, ["lib/a.c", "lib/vtls/b.c"], "{pattern}");
        assert!(map.unmatched_rules.is_empty(), "{pattern}");
    }
}

#[test]
fn a_star_stays_in_its_folder_and_the_first_area_wins() {
    let scan = tree(&[("src/a.rs", 1), ("src/b/c.rs", 1), ("src/b/c.py", 1)]);
    let rules = [rule("top", &["src/*"]), rule("rust", &["**/*.rs"]), rule("everything", &["."])];
    let map = configured(&scan, &rules);
    assert_eq!(area(&scan, &map, "src/a.rs"), "top");
    assert_eq!(area(&scan, &map, "src/b/c.rs"), "rust");
    assert_eq!(area(&scan, &map, "src/b/c.py"), "everything");
}

#[test]
fn patterns_without_files_and_areas_without_files_are_told() {
    let scan = tree(&[("src/a.rs", 1)]);
    let rules = [rule("all", &["src", "old/**"]), rule("late", &["src/a.rs"])];
    let map = configured(&scan, &rules);
    assert_eq!(map.unmatched_rules, ["all: old/**", "late: all its files belong to areas before it"]);
    assert_eq!(names(&map), ["all"]);
    let mut limited = scan;
    limited.repository.scope = Some(path("src"));
    assert!(configured(&limited, &rules).unmatched_rules.is_empty(), "other folders were not looked at");
}

#[test]
fn malformed_rules_are_errors_that_name_area_and_pattern() {
    let scan = tree(&[("src/a.rs", 1)]);
    let error =
        |rules: &[AreaRule]| AreaMap::build(&scan, AreaSource::Auto, rules).expect_err("it is malformed");
    let invalid = error(&[rule("pay", &["src/[a"])]);
    assert!(
        matches!(&invalid, AreaError::InvalidPattern { area, pattern, .. } if area == "pay" && pattern == "src/[a"),
        "{invalid}"
    );
    assert_eq!(error(&[rule("a", &["x"]), rule("a", &["y"])]), AreaError::InvalidName("a".to_owned()));
    assert_eq!(AreaMap::build(&scan, AreaSource::Config, &[]), Err(AreaError::NoRules));
    assert_eq!(AreaMap::build(&scan, AreaSource::CodeOwners, &[]), Err(AreaError::NoCodeOwners));
    assert_eq!(AreaMap::build(&scan, AreaSource::Packages, &[]), Err(AreaError::NoPackages));
}

#[test]
fn paths_that_are_not_utf8_are_matched_by_their_bytes() {
    let mut scan = tree(&[("src/a.rs", 1)]);
    scan.files[0].path = debtscan_model::RepoPath::new(b"src/\xe9.rs".to_vec()).expect("a valid path");
    assert_eq!(names(&configured(&scan, &[rule("rust", &["src/*.rs"])])), ["rust"]);
}

#[test]
fn ids_are_made_of_names_and_are_unique() {
    let scan = tree(&[("a/x.c", 1), ("b/x.c", 1), ("c/x.c", 1), ("d/x.c", 1)]);
    let rules = [
        rule("Card Payments!", &["a"]),
        rule("card payments", &["b"]),
        rule("@org/team", &["c"]),
        rule("…", &["d"]),
    ];
    let map = configured(&scan, &rules);
    let ids: Vec<(&str, &str)> =
        map.areas.iter().map(|area| (area.name.as_str(), area.id.as_str())).collect();
    let expected = [
        ("@org/team", "org/team"),
        ("Card Payments!", "card-payments"),
        ("card payments", "card-payments-2"),
        ("…", "area"),
    ];
    assert_eq!(ids, expected);
}

fn owned(content: &str, at: &str, paths: &[&str]) -> Vec<String> {
    let mut scan = tree(&paths.iter().map(|path| (*path, 1)).collect::<Vec<_>>());
    scan.code_owners = Some(CodeOwnersFile { path: path(at), content: content.as_bytes().to_vec() });
    let map = build(&scan, AreaSource::CodeOwners);
    paths.iter().map(|path| area(&scan, &map, path).to_owned()).collect()
}

#[test]
fn the_last_matching_line_of_code_owners_wins() {
    // The examples of GitHub's documentation, in its order of precedence.
    let content = "\
# comment
*       @global-owner1 @global-owner2
*.js    @js-owner #inline comment
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/apps/github
/scripts/ @doctocat @octocat
**/with\\ blank.c @blank
";
    let paths = [
        "README",
        "src/x.js",
        "build/logs/deep/x.log",
        "docs/getting-started.md",
        "docs/build-app/troubleshooting.md",
        "src/apps/x.c",
        "apps/github/x.c",
        "scripts/x.sh",
        "src/with blank.c",
    ];
    let expected = [
        "@global-owner1 @global-owner2",
        "@js-owner",
        "@doctocat",
        "docs@example.com",
        "@global-owner1 @global-owner2",
        "@octocat",
        REST,
        "@doctocat @octocat",
        "@blank",
    ];
    assert_eq!(owned(content, ".github/CODEOWNERS", &paths), expected);
}

#[test]
fn brackets_and_braces_of_code_owners_are_part_of_a_name() {
    // GitHub: "Using [ ] to define a character range" does not work, and gitignore knows no braces.
    let content =
        "* @core\n/app/[id]/ @users\n/tmpl/{{slug}}/ @tmpl\n/x{a,b}/ @brace\n[slug].ts @slug\n/p/[id] @p\n";
    let paths = [
        "app/[id]/page.ts",
        "app/i/list.ts",
        "tmpl/{{slug}}/m.py",
        "x{a,b}/k.ts",
        "xa/k.ts",
        "y/[slug].ts",
        "y/s.ts",
        "p/[id]/deep/x.ts",
    ];
    let expected = ["@users", "@core", "@tmpl", "@brace", "@core", "@slug", "@core", "@p"];
    assert_eq!(owned(content, ".github/CODEOWNERS", &paths), expected);
    // GitLab knows classes in brackets, but no braces either.
    let content = "* @core\n/app/[ij]/ @users\n/x{a,b}/ @brace\n";
    let expected = ["@core", "@users", "@core", "@brace", "@core"];
    assert_eq!(
        owned(content, ".gitlab/CODEOWNERS", &[&["app/[id]/page.ts"], &paths[1..5]].concat()),
        expected
    );
}

#[test]
fn gitlab_sections_add_their_owners_and_know_defaults_and_exclusions() {
    let content = "\
* @all
[Database][2] @dba
model/db/
config/db/ @docs
^[Documentation]
!LEGAL.md
*.md @writers
[DATABASE]
model/db/CHANGELOG.md @log
";
    let paths =
        ["x.c", "src/model/db/x.sql", "config/db/x.sql", "README.md", "LEGAL.md", "model/db/CHANGELOG.md"];
    let expected = ["@all", "@all @dba", "@all @docs", "@all @writers", "@all", "@all @log @writers"];
    assert_eq!(owned(content, "CODEOWNERS", &paths), expected);
}

#[test]
fn the_folder_of_code_owners_says_whose_syntax_it_has() {
    // What GitLab reads as the head of a section is a plain name to GitHub.
    let content = "* @all\n[docs] @writers\n";
    let paths = ["[docs]/a.md", "src/a.c"];
    assert_eq!(owned(content, ".github/CODEOWNERS", &paths), ["@writers", "@all"]);
    // A section without rules has no effect.
    assert_eq!(owned(content, ".gitlab/CODEOWNERS", &paths), ["@all", "@all"]);
    // "Escaping a pattern starting with # using \\ [...] doesn't work" (GitHub); it does in GitLab.
    let escaped = "* @all\n\\#notes/ @writers\n";
    let notes = ["#notes/a.md"];
    assert_eq!(owned(escaped, ".github/CODEOWNERS", &notes), ["@all"]);
    assert_eq!(owned(escaped, ".gitlab/CODEOWNERS", &notes), ["@writers"]);
}

#[test]
fn malformed_lines_of_code_owners_are_counted_and_passed_over() {
    let mut scan = tree(&[("src/a.rs", 1)]);
    let content = "* @all\n!src/ @nobody\nsrc/ not-an-owner\nsrc/[a @x\n";
    scan.code_owners =
        Some(CodeOwnersFile { path: path("CODEOWNERS"), content: content.as_bytes().to_vec() });
    let map = build(&scan, AreaSource::CodeOwners);
    // On GitHub, a bracket is part of a name, closed or not.
    assert_eq!(map.malformed_owner_lines, 2);
    assert_eq!(names(&map), ["@all"]);
    assert_eq!(map.areas[0].owner.as_deref(), Some("@all"));
}

#[test]
fn packages_are_the_innermost_folders_with_a_manifest() {
    let scan = SampleScan::new()
        .present("Cargo.toml", FileClass::Other, 0, 0)
        .source("build.rs", 10, 0)
        .present("crates/core/Cargo.toml", FileClass::Other, 0, 0)
        .source("crates/core/src/lib.rs", 100, 0)
        .present("crates/core/ui/package.json", FileClass::Other, 0, 0)
        .source("crates/core/ui/src/app.ts", 50, 0)
        .present("examples/demo/Cargo.toml", FileClass::Example, 0, 0)
        .present("examples/demo/src/main.rs", FileClass::Example, 30, 0)
        .source("examples/demo/src/generated.rs", 5, 0)
        .present("crates/core/tests/x.rs", FileClass::Test, 30, 0)
        .present("empty/Cargo.toml", FileClass::Other, 0, 0)
        .build();
    let map = build(&scan, AreaSource::Packages);
    assert_eq!(names(&map), [ROOT, "crates/core", "crates/core/ui"]);
    assert_eq!(area(&scan, &map, "crates/core/src/lib.rs"), "crates/core");
    assert_eq!(area(&scan, &map, "crates/core/ui/src/app.ts"), "crates/core/ui");
    assert_eq!(area(&scan, &map, "examples/demo/src/main.rs"), ROOT);
    let core = map.areas.iter().find(|area| area.name == "crates/core").expect("it is there");
    assert_eq!(core.origin, "crates/core/Cargo.toml");
}

/// A workspace of three packages and a root with code outside of them.
fn workspace(largest: u32) -> Scan {
    SampleScan::new()
        .present("Cargo.toml", FileClass::Other, 0, 0)
        .present("crates/a/Cargo.toml", FileClass::Other, 0, 0)
        .source("crates/a/src/engine/x.rs", largest / 2, 0)
        .source("crates/a/src/parser/x.rs", largest - largest / 2, 0)
        .present("crates/b/Cargo.toml", FileClass::Other, 0, 0)
        .source("crates/b/src/x.rs", 2_000, 0)
        .present("crates/c/Cargo.toml", FileClass::Other, 0, 0)
        .source("crates/c/src/x.rs", 2_000, 0)
        .source("crates/main/x.rs", 2_000, 0)
        .build()
}

#[test]
fn automatic_areas_are_packages_where_they_tell_the_parts() {
    // a holds 2,000 of 8,000 lines: no package is more than a third.
    let map = build(&workspace(2_000), AreaSource::Auto);
    assert_eq!(map.source, AreaSource::Packages);
    // What no package holds goes by the folder in which it stands.
    assert_eq!(names(&map), [REST, "crates/a", "crates/b", "crates/c", "crates/main"]);
}

#[test]
fn a_package_with_more_than_a_third_of_the_code_is_split() {
    // a holds 8,000 of 14,000 lines.
    let map = build(&workspace(8_000), AreaSource::Auto);
    assert_eq!(map.source, AreaSource::Packages);
    assert_eq!(
        names(&map),
        [REST, "crates/a", "crates/a/engine", "crates/a/parser", "crates/b", "crates/c", "crates/main"]
    );
}

#[test]
fn a_shortened_name_that_is_taken_gives_way_to_the_path() {
    let scan = SampleScan::new()
        .present("api/pom.xml", FileClass::Other, 0, 0)
        .source("api/src/org/common/x.java", 4_000, 0)
        .source("api/src/org/net/x.java", 4_000, 0)
        .present("api/common/pom.xml", FileClass::Other, 0, 0)
        .source("api/common/x.java", 4_000, 0)
        .present("web/pom.xml", FileClass::Other, 0, 0)
        .source("web/x.java", 4_000, 0)
        .build();
    // api holds 8,000 of 16,000 lines and is split.
    let map = build(&scan, AreaSource::Auto);
    assert_eq!(area(&scan, &map, "api/common/x.java"), "api/common");
    assert_eq!(area(&scan, &map, "api/src/org/common/x.java"), "api/src/org/common");
    assert_eq!(area(&scan, &map, "api/src/org/net/x.java"), "api/net");
}

#[test]
fn two_packages_tell_less_than_folders() {
    let scan = SampleScan::new()
        .present("a/go.mod", FileClass::Other, 0, 0)
        .source("a/x.go", 500, 0)
        .present("b/go.mod", FileClass::Other, 0, 0)
        .source("b/x.go", 500, 0)
        .build();
    assert_eq!(build(&scan, AreaSource::Auto).source, AreaSource::Folders);
}

#[test]
fn of_several_manifests_in_a_folder_the_more_telling_one_is_named() {
    let scan = SampleScan::new()
        .present("a/composer.json", FileClass::Other, 0, 0)
        .present("a/pyproject.toml", FileClass::Other, 0, 0)
        .present("a/setup.py", FileClass::Other, 0, 0)
        .source("a/x.py", 10, 0)
        .build();
    assert_eq!(build(&scan, AreaSource::Packages).areas[0].origin, "a/pyproject.toml");
}

#[test]
fn automatic_areas_are_folders_where_one_package_holds_nearly_all() {
    // a holds 14,000 of 20,000 lines: 70 %.
    assert_eq!(build(&workspace(14_000), AreaSource::Auto).source, AreaSource::Folders);
}

#[test]
fn large_folders_are_split_and_small_ones_stay_with_their_parent() {
    let scan = SampleScan::new()
        .source("lib/http.c", 60_000, 0)
        .source("lib/vtls/x.c", 20_000, 0)
        .source("lib/tiny/x.c", 1_000, 0)
        .source("src/tool.c", 15_000, 0)
        .source("src/more/tool.c", 3_600, 0)
        .source("scripts/x.pl", 400, 0)
        .source("main.c", 100, 0)
        .present("tests/x.c", FileClass::Test, 90_000, 0)
        .deleted("ares/x.c", FileClass::Source)
        .deleted("lib/vtls/old/y.c", FileClass::Source)
        .deleted("old.c", FileClass::Source)
        .build();
    let map = build(&scan, AreaSource::Auto);
    assert_eq!(map.source, AreaSource::Folders);
    // 100,100 source lines: lib (81,000) is more than a fifth and parts; lib/tiny is below 2 %,
    // src below a fifth, scripts below 0.5 %. tests has no source lines and 1 of 8 files.
    assert_eq!(names(&map), [ROOT, REST, "lib", "lib/vtls", "src", "tests"]);
    assert_eq!(area(&scan, &map, "lib/tiny/x.c"), "lib");
    assert_eq!(area(&scan, &map, "src/more/tool.c"), "src");
    assert_eq!(area(&scan, &map, "scripts/x.pl"), ROOT);
    assert_eq!(area(&scan, &map, "lib/vtls/old/y.c"), "lib/vtls");
    assert_eq!(area(&scan, &map, "old.c"), ROOT);
    assert_eq!(area(&scan, &map, "ares/x.c"), REST);
}

#[test]
fn a_chain_of_single_folders_is_no_part_of_a_name() {
    let scan = tree(&[
        ("clients/src/main/java/org/apache/kafka/common/x.java", 9_000),
        ("clients/src/main/java/org/apache/kafka/clients/x.java", 9_000),
        ("core/x.java", 9_000),
    ]);
    let map = build(&scan, AreaSource::Auto);
    assert_eq!(names(&map), ["clients/clients", "clients/common", "core"]);
    // Nor is a `src` in which the parts lie.
    let scan = tree(&[
        ("core/x.java", 9_000),
        ("streams/more/x.java", 9_000),
        ("streams/src/main/a/x.java", 9_000),
        ("streams/src/main/b/x.java", 9_000),
    ]);
    let map = build(&scan, AreaSource::Auto);
    assert_eq!(names(&map), ["core", "streams/a", "streams/b", "streams/more"]);
}

#[test]
fn a_small_repository_is_not_split() {
    let map = build(&tree(&[("src/a/x.rs", 900), ("src/b/x.rs", 900)]), AreaSource::Auto);
    assert_eq!(names(&map), ["src"]);
}

#[test]
fn a_repository_without_source_has_its_top_level_folders() {
    let scan = SampleScan::new()
        .present("docs/a.md", FileClass::Docs, 10, 0)
        .present("img/a.png", FileClass::Other, 0, 0)
        .build();
    assert_eq!(names(&build(&scan, AreaSource::Auto)), ["docs", "img"]);
}

#[test]
fn folders_are_cut_to_a_depth() {
    let scan = SampleScan::new()
        .source("x.c", 1, 0)
        .source("lib/x.c", 1, 0)
        .source("lib/vtls/x.c", 1, 0)
        .source("lib/vtls/deep/x.c", 1, 0)
        .deleted("lib/gone/x.c", FileClass::Source)
        .deleted("gone/x.c", FileClass::Source)
        .build();
    let map = build(&scan, AreaSource::Directories(2));
    assert_eq!(names(&map), [ROOT, REST, "lib", "lib/vtls"]);
    assert_eq!(area(&scan, &map, "lib/vtls/deep/x.c"), "lib/vtls");
    assert_eq!(area(&scan, &map, "lib/gone/x.c"), "lib");
    assert_eq!(area(&scan, &map, "gone/x.c"), REST);
    assert_eq!(names(&build(&scan, AreaSource::Directories(1))), [ROOT, REST, "lib"]);
    assert_eq!(names(&build(&scan, AreaSource::Directories(0))), [ROOT]);
}

#[test]
fn a_limited_scan_is_divided_below_its_folder() {
    let mut scan = tree(&[("lib/x.c", 1), ("lib/vtls/x.c", 1), ("lib/vtls/deep/x.c", 1)]);
    scan.repository.scope = Some(path("lib"));
    assert_eq!(names(&build(&scan, AreaSource::Auto)), ["lib", "lib/vtls"]);
    assert_eq!(names(&build(&scan, AreaSource::Directories(1))), ["lib", "lib/vtls"]);
}

proptest! {
    #[test]
    fn every_file_is_in_exactly_one_area(
        files in proptest::collection::btree_map("([abc]/){0,4}(x\\.c|Cargo\\.toml|y\\.c)", (0_u32..9_000, any::<bool>()), 0..30),
    ) {
        let mut scan = SampleScan::new();
        for (path, (sloc, is_present)) in &files {
            // A path is a file or a folder; the sample's names cannot be both.
            scan = if *is_present { scan.source(path, *sloc, 0) } else { scan.deleted(path, FileClass::Source) };
        }
        let mut scan = scan.build();
        scan.code_owners = Some(CodeOwnersFile { path: path("CODEOWNERS"), content: b"a/ @a\nx.c @x\n".to_vec() });
        let rules = [rule("one", &["a/**"]), rule("two", &["**/x.c"])];
        let sources = [AreaSource::Auto, AreaSource::Config, AreaSource::CodeOwners, AreaSource::Packages,
            AreaSource::Folders, AreaSource::Directories(0), AreaSource::Directories(2)];
        for source in sources {
            for rules in [&rules[..], &[]] {
                let map = match AreaMap::build(&scan, source, rules) {
                    Ok(map) => map,
                    Err(AreaError::NoPackages | AreaError::NoRules) => continue,
                    Err(error) => panic!("{error}"),
                };
                prop_assert_ne!(map.source, AreaSource::Auto);
                let mut seen = vec![0; scan.files.len()];
                for (position, area) in map.areas.iter().enumerate() {
                    prop_assert!(!area.files.is_empty());
                    prop_assert!(area.files.is_sorted());
                    for file in &area.files {
                        seen[file.get()] += 1;
                        prop_assert_eq!(map.area_of[file.get()], position);
                    }
                }
                prop_assert!(seen.iter().all(|times| *times == 1));
                prop_assert!(map.areas.is_sorted_by(|a, b| a.name <= b.name));
                let mut ids: Vec<&str> = map.areas.iter().map(|area| area.id.as_str()).collect();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), map.areas.len());
            }
        }
    }
}
