//! Degrees and sums counted by hand, as code-maat defines them.

use debtscan_model::{BuildTool, FileClass, Import, Manifest, Scan};

use super::{CouplingOptions, coupling};
use crate::listing::ListInput;
use crate::sample::{SampleScan, fixed_incident, incidents, path};
use debtscan_findings::{
    CouplingGates, CouplingList, CouplingOrder, CouplingPair, Expected, Grouping, ImportLink, Relation,
};
use debtscan_incidents::Incidents;

fn list_with(scan: SampleScan, grouping: Grouping, gates: CouplingGates, known: &Incidents) -> CouplingList {
    list_of(&scan.build(), grouping, gates, known)
}

fn list_of(scan: &Scan, grouping: Grouping, gates: CouplingGates, known: &Incidents) -> CouplingList {
    let options = crate::sample::options();
    let input = ListInput { scan, incidents: known, options: &options };
    let options = CouplingOptions { grouping, gates, order: CouplingOrder::Pairs };
    coupling(input, &options).expect("valid options")
}

fn list(scan: SampleScan, grouping: Grouping, gates: CouplingGates) -> CouplingList {
    list_with(scan, grouping, gates, &Incidents::default())
}

/// Everything that ever changed together.
fn open() -> CouplingGates {
    CouplingGates { min_revisions: 1, min_shared: 1, min_degree: 0, ..CouplingGates::default() }
}

/// Seven commits with a and b, three with a alone, one with b and c.
fn sample() -> SampleScan {
    let mut scan = SampleScan::new().source("x/a.c", 1, 0).source("x/b.c", 1, 0).source("y/c.c", 1, 0);
    for age in 0..7 {
        scan = scan.commit(age * 100, &[("x/a.c", 1, 0), ("x/b.c", 1, 0)]);
    }
    for _ in 0..3 {
        scan = scan.commit(0, &[("x/a.c", 1, 0)]);
    }
    scan.commit(0, &[("x/b.c", 1, 0), ("y/c.c", 1, 0)])
}

fn degrees(list: &CouplingList) -> Vec<(String, u32, f64)> {
    let row = |pair: &CouplingPair| (format!("{} {}", pair.a.name, pair.b.name), pair.shared, pair.degree());
    list.pairs.iter().map(row).collect()
}

#[test]
fn the_degree_is_the_shared_revisions_by_the_mean_of_both() {
    let list = list(sample(), Grouping::File, open());
    // a has 10 revisions, b 8, c 1: 100 x 7 / 9 and 100 x 1 / 4.5
    let found = degrees(&list);
    assert_eq!((found[0].0.as_str(), found[0].1), ("x/a.c x/b.c", 7));
    assert!((found[0].2 - 700.0 / 9.0).abs() < 1e-9);
    assert_eq!((found[1].0.as_str(), found[1].1), ("x/b.c y/c.c", 1));
    assert!((found[1].2 - 100.0 / 4.5).abs() < 1e-9);
    assert_eq!(found.len(), 2);
    // 0, 100, 200 and 300 days ago lie inside the last 365
    assert_eq!(list.pairs[0].shared_last_year, 4);
    assert_eq!(list.pairs[0].crosses_areas, Some(false));
    assert_eq!(list.pairs[1].crosses_areas, Some(true));
}

#[test]
fn the_sum_counts_every_other_file_of_every_commit() {
    let list = list(sample(), Grouping::File, open());
    let sums: Vec<(&str, u64, u32)> =
        list.sums.iter().map(|sum| (sum.side.name.as_str(), sum.sum, sum.side.revisions)).collect();
    // a: 7 x 1; b: 7 x 1 + 1; c: 1
    assert_eq!(sums, [("x/b.c", 8, 8), ("x/a.c", 7, 10), ("y/c.c", 1, 1)]);
}

#[test]
fn each_gate_holds_back_what_is_just_below_it() {
    let pairs = |gates: CouplingGates| list(sample(), Grouping::File, gates).pairs.len();
    assert_eq!(pairs(CouplingGates::default()), 1);
    let defaults = CouplingGates::default;
    assert_eq!(pairs(CouplingGates { min_shared: 7, ..defaults() }), 1);
    assert_eq!(pairs(CouplingGates { min_shared: 8, ..defaults() }), 0);
    assert_eq!(pairs(CouplingGates { min_revisions: 9, ..defaults() }), 1, "the mean of 10 and 8");
    assert_eq!(pairs(CouplingGates { min_revisions: 10, ..defaults() }), 0);
    assert_eq!(pairs(CouplingGates { min_degree: 77, ..defaults() }), 1, "77.8 %");
    assert_eq!(pairs(CouplingGates { min_degree: 78, ..defaults() }), 0);
    assert_eq!(pairs(CouplingGates { max_degree: 77, ..defaults() }), 1, "fractions are dropped");
    assert_eq!(pairs(CouplingGates { max_degree: 76, ..defaults() }), 0);
}

#[test]
fn commits_of_too_many_files_do_not_count_at_all() {
    // 31 files of any class: two of them code.
    let notes: Vec<String> = (0..29).map(|number| format!("n{number:02}.md")).collect();
    let build = |n_notes: usize| {
        let mut scan = SampleScan::new().source("a.c", 1, 0).source("b.c", 1, 0);
        for note in &notes {
            scan = scan.present(note, FileClass::Docs, 1, 0);
        }
        let mut changes: Vec<(&str, u32, u32)> = vec![("a.c", 1, 0), ("b.c", 1, 0)];
        changes.extend(notes[..n_notes].iter().map(|note| (note.as_str(), 1, 0)));
        let wide = scan.commit(0, &changes).commit(0, &[("a.c", 1, 0), ("b.c", 1, 0)]);
        list(wide, Grouping::File, open())
    };
    let kept = build(28);
    assert_eq!((kept.pairs[0].shared, kept.commits, kept.wide_commits), (2, 2, 0));
    // 29 others in the commit of 30 files, and one in the second commit.
    assert_eq!(kept.sums[0].sum, 29 + 1);
    let left_out = build(29);
    assert_eq!((left_out.pairs[0].shared, left_out.commits, left_out.wide_commits), (1, 1, 1));
    assert_eq!(left_out.pairs[0].a.revisions, 1, "no revision either, as in code-maat");
}

#[test]
fn a_commit_of_the_ignore_list_does_not_count() {
    let scan = sample().commit(0, &[("x/a.c", 1, 0), ("y/c.c", 1, 0)]).in_ignore_revs();
    let list = list(scan, Grouping::File, open());
    assert_eq!((list.pairs.len(), list.ignored_commits), (2, 1));
}

#[test]
fn folders_and_areas_are_coupled_by_commits_that_touch_both() {
    for grouping in [Grouping::Directory, Grouping::Area] {
        let list = list(sample(), grouping, open());
        // x has 11 revisions, y 1, one shared
        let found = degrees(&list);
        assert_eq!((found[0].0.as_str(), found[0].1), ("x y", 1));
        assert!((found[0].2 - 100.0 / 6.0).abs() < 1e-9);
        assert_eq!(list.pairs.len(), 1);
        assert_eq!(list.sums.iter().map(|sum| sum.sum).collect::<Vec<_>>(), [1, 1]);
    }
}

#[test]
fn pairs_are_told_apart_by_name_and_by_import() {
    let relative = |path: &str| vec![Import::Relative(path.to_owned())];
    let scan = SampleScan::new()
        .source("a.c", 1, 0)
        .language("C")
        .importing(relative("lib/b.h"))
        .source("a.h", 1, 0)
        .language("C")
        .importing(Vec::new())
        .source("lib/b.c", 1, 0)
        .language("C")
        .importing(Vec::new())
        .source("lib/b.h", 1, 0)
        .language("C")
        .importing(Vec::new())
        .source("z.cob", 1, 0)
        .present("t/a_test.c", FileClass::Test, 1, 0)
        .language("C")
        .importing(Vec::new())
        .commit(
            0,
            &[
                ("a.c", 1, 0),
                ("a.h", 1, 0),
                ("lib/b.c", 1, 0),
                ("lib/b.h", 1, 0),
                ("t/a_test.c", 1, 0),
                ("z.cob", 1, 0),
            ],
        );
    let list = list(scan, Grouping::File, open());
    assert_eq!(list.pairs.len(), 15);
    let of = |a: &str, b: &str| {
        let pair = list.pairs.iter().find(|pair| pair.a.name == a && pair.b.name == b);
        let pair = pair.unwrap_or_else(|| panic!("{a} and {b} are coupled"));
        (pair.relation, pair.import)
    };
    assert_eq!(of("a.c", "a.h").0, Relation::Expected(Expected::HeaderAndSource));
    assert_eq!(of("a.c", "t/a_test.c").0, Relation::Expected(Expected::TestAndSubject));
    assert_eq!(of("a.c", "lib/b.h"), (Relation::Imported, ImportLink::AtoB));
    assert_eq!(of("a.c", "lib/b.c"), (Relation::Imported, ImportLink::AtoB), "through its header");
    assert_eq!(of("a.h", "lib/b.c"), (Relation::Hidden, ImportLink::None));
    assert_eq!(of("a.c", "z.cob"), (Relation::Unknown, ImportLink::Unknown));
    assert_eq!(list.files_without_imports, 1);
}

#[test]
fn modules_are_found_where_each_language_looks() {
    let check = |language: &'static str, a: &str, b: &str, import: Option<Import>, expected: ImportLink| {
        let scan = SampleScan::new()
            .source(a, 1, 0)
            .language(language)
            .importing(import.into_iter().collect())
            .source(b, 1, 0)
            .language(language)
            .importing(Vec::new())
            .commit(0, &[(a, 1, 0), (b, 1, 0)]);
        assert_eq!(list(scan, Grouping::File, open()).pairs[0].import, expected, "{a} {b}");
    };
    let module = |name: &str| Some(Import::Module(name.to_owned()));
    let relative = |name: &str| Some(Import::Relative(name.to_owned()));
    check("Java", "a/src/main/java/o/A.java", "b/src/main/java/p/B.java", module("p/B"), ImportLink::AtoB);
    check("Java", "a/src/main/java/o/A.java", "b/src/main/java/p/B.java", module("p/*"), ImportLink::AtoB);
    check("Java", "a/src/main/java/o/A.java", "b/src/main/java/p/B.java", None, ImportLink::None);
    check("Java", "a/src/main/java/o/A.java", "b/src/test/java/o/B.java", None, ImportLink::Unneeded);
    check("Python", "n/a.py", "n/db/api.py", module("n/db/api"), ImportLink::AtoB);
    check("Python", "n/a.py", "n/db/__init__.py", module("n/db"), ImportLink::AtoB);
    check("Python", "n/a.py", "n/b.py", relative("b"), ImportLink::AtoB);
    check("Go", "cmd/a.go", "pkg/x/b.go", module("github.com/o/r/pkg/x"), ImportLink::AtoB);
    check("Go", "pkg/a.go", "pkg/b.go", None, ImportLink::Unneeded);
    check("Rust", "c/src/a.rs", "c/src/b/mod.rs", module("crate/b/Thing"), ImportLink::AtoB);
    check("Rust", "c/src/a.rs", "c/src/a/b.rs", module("self/b"), ImportLink::AtoB);
    check("Rust", "c/src/a/x.rs", "c/src/a/y.rs", module("super/y/Z"), ImportLink::AtoB);
    check("Rust", "c/src/a.rs", "d/src/b.rs", module("d/b"), ImportLink::Unknown);
    check("TypeScript", "ui/a.ts", "ui/b/index.ts", relative("./b"), ImportLink::AtoB);
    check("Ruby", "lib/a.rb", "lib/b/c.rb", module("b/c"), ImportLink::AtoB);
    check("PHP", "src/A.php", "src/Model/User.php", module("App/Model/User"), ImportLink::AtoB);
    check("PHP", "src/A.php", "src/Model/User.php", module("Other/User"), ImportLink::None);
    check("PHP", "src/A.php", "src/B.php", None, ImportLink::Unneeded);
    check("Dart", "lib/a.dart", "lib/src/b.dart", relative("src/b.dart"), ImportLink::AtoB);
    check("Dart", "lib/a.dart", "lib/src/b.dart", module("lib/src/b.dart"), ImportLink::AtoB);
    check("Lua", "x/a.lua", "x/b/init.lua", module("x/b"), ImportLink::AtoB);
    check("Shell", "t/t1.sh", "t/test-lib.sh", module("test-lib.sh"), ImportLink::AtoB);
    check("PowerShell", "a.ps1", "m/b.psm1", module("m/b.psm1"), ImportLink::AtoB);
    check("Elixir", "lib/a.ex", "lib/my_app/user.ex", module("my_app/user"), ImportLink::AtoB);
    check("R", "R/a.R", "inst/b.R", module("inst/b.R"), ImportLink::AtoB);
    check("Swift", "Sources/M/a.swift", "Sources/M/x/b.swift", None, ImportLink::Unneeded);
    check("Swift", "Sources/M/a.swift", "Sources/N/b.swift", module("N"), ImportLink::None);
    check("C#", "M/A.cs", "M/B.cs", None, ImportLink::Unneeded);
}

#[test]
fn an_index_passes_on_what_it_imports_also_of_another_package() {
    let file = |scan: SampleScan, path: &str, imports: &[Import]| {
        scan.source(path, 1, 0).language("TypeScript").importing(imports.to_vec())
    };
    let relative = |name: &str| Import::Relative(name.to_owned());
    let scan = file(SampleScan::new(), "packages/a/src/index.ts", &[relative("./inner")]);
    let scan = file(scan, "packages/a/src/inner/index.ts", &[relative("./one")]);
    let scan = file(scan, "packages/a/src/inner/one.ts", &[]);
    let scan = file(scan, "packages/a/src/two.ts", &[]);
    let scan = file(scan, "packages/b/x.ts", &[Import::Module("@shop/a".to_owned())]);
    let one = "packages/a/src/inner/one.ts";
    let scan = scan.commit(0, &[(one, 1, 0), ("packages/a/src/two.ts", 1, 0), ("packages/b/x.ts", 1, 0)]);
    let mut scan = scan.build();
    scan.manifests = vec![Manifest {
        path: path("packages/a/package.json"),
        tool: BuildTool::Npm,
        name: Some("@shop/a".to_owned()),
        workspace: None,
        uses: Vec::new(),
    }];
    let list = list_of(&scan, Grouping::File, open(), &Incidents::default());
    let relations: Vec<(&str, &str, Relation)> =
        list.pairs.iter().map(|pair| (pair.a.name.as_str(), pair.b.name.as_str(), pair.relation)).collect();
    let expected = [
        (one, "packages/a/src/two.ts", Relation::Hidden),
        (one, "packages/b/x.ts", Relation::Imported),
        ("packages/a/src/two.ts", "packages/b/x.ts", Relation::Hidden),
    ];
    assert_eq!(relations, expected);
}

#[test]
fn incidents_in_both_are_counted() {
    let known = incidents(vec![fixed_incident("I-1", 100, &[1]), fixed_incident("I-2", 100, &[8])]);
    let list = list_with(sample(), Grouping::File, open(), &known);
    assert_eq!(list.pairs.iter().map(|pair| pair.shared_incidents).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn an_empty_repository_has_no_coupling() {
    let list = list(SampleScan::new(), Grouping::File, CouplingGates::default());
    assert!(list.pairs.is_empty() && list.sums.is_empty());
}
