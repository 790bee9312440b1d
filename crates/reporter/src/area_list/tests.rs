//! The areas, explained and written as rules.

use debtscan_model::{CodeOwnersFile, FileClass, Scan};

use super::areas;
use crate::area::{AreaMap, as_rules};
use crate::listing::ListInput;
use crate::options::ReportOptions;
use crate::sample::{SampleScan, path};
use debtscan_findings::{AreaList, AreaRule, AreaSource, Grouping};
use debtscan_incidents::Incidents;
use debtscan_render::areas_config;

fn list(scan: &Scan, source: AreaSource, rules: &[AreaRule], grouping: Grouping) -> AreaList {
    let options =
        ReportOptions { area_source: source, area_rules: rules.to_vec(), ..crate::sample::options() };
    areas(ListInput { scan, incidents: &Incidents::default(), options: &options }, grouping)
        .expect("valid options")
}

fn rule(name: &str, paths: &[&str]) -> AreaRule {
    let paths = paths.iter().map(|path| (*path).to_owned()).collect();
    AreaRule { name: name.to_owned(), paths, ..AreaRule::default() }
}

fn sample() -> SampleScan {
    SampleScan::new()
        .source("lib/a.c", 100, 0)
        .language("C")
        .source("lib/tls/b.c", 50, 0)
        .language("C")
        .source("lib/tls/c.py", 10, 0)
        .language("Python")
        .source("src/d.c", 30, 0)
        .present("lib/t/a_test.c", FileClass::Test, 10, 0)
        .present("README", FileClass::Docs, 10, 0)
        .deleted("lib/gone.c", FileClass::Source)
}

/// The map written down and read again has every file, deleted ones too, where it was.
fn check_round_trip(scan: &Scan, source: AreaSource, rules: &[AreaRule]) {
    let map = AreaMap::build(scan, source, rules).expect("valid rules");
    let (written, misplaced) = as_rules(scan, &map);
    assert_eq!(misplaced, 0, "{written:?}");
    let again = AreaMap::build(scan, AreaSource::Config, &written).expect("valid rules");
    let names = |map: &AreaMap| -> Vec<(String, String)> {
        let area = |position: &usize| (map.areas[*position].id.clone(), map.areas[*position].name.clone());
        map.area_of.iter().map(area).collect()
    };
    assert_eq!(names(&map), names(&again), "{written:?}");
}

#[test]
fn every_rule_says_what_it_took() {
    let rules = [rule("TLS", &["lib/tls/"]), rule("Library", &["lib/", "*.c"])];
    let list = list(&sample().build(), AreaSource::Config, &rules, Grouping::Area);
    let rules: Vec<(&str, Option<&str>, usize, u64)> = list
        .rules
        .iter()
        .map(|row| (row.area.as_str(), row.rule.as_deref(), row.files, row.source_lines))
        .collect();
    let expected =
        [("library", Some("lib/"), 2, 100), ("tls", Some("lib/tls/"), 2, 60), ("rest", None, 2, 30)];
    assert_eq!(rules, expected);
    let rest: Vec<(&str, usize)> = list.rest.iter().map(|row| (row.name.as_str(), row.files)).collect();
    assert_eq!(rest, [("(top level)", 1), ("src", 1)]);
    assert_eq!((list.files, list.rest_files, list.source_lines), (6, 2, 190));
}

#[test]
fn an_area_has_its_size_owners_and_languages() {
    let mut scan = sample().build();
    let content = b"* @everybody\n/lib/tls/ @tls\n".to_vec();
    scan.code_owners = Some(CodeOwnersFile { path: path("CODEOWNERS"), content });
    let list = list(&scan, AreaSource::Directories(1), &[], Grouping::Area);
    let lib = &list.areas[0];
    assert_eq!((lib.name.as_str(), lib.files, lib.source_files, lib.test_files), ("lib", 4, 3, 1));
    assert_eq!(lib.source_lines, 160);
    let languages: Vec<(&str, u64)> = lib.languages.iter().map(|it| (it.language.0, it.lines)).collect();
    assert_eq!(languages, [("C", 150), ("Python", 10)]);
    assert_eq!(lib.code_owners, ["@everybody", "@tls"], "101 lines against 60");
}

#[test]
fn the_rows_may_be_files_or_folders() {
    let scan = sample().build();
    let files = list(&scan, AreaSource::Directories(1), &[], Grouping::File);
    assert_eq!(files.members.len(), 6);
    assert_eq!(files.members[1].areas, ["lib"]);
    let folders = list(&scan, AreaSource::Directories(1), &[], Grouping::Directory);
    let names: Vec<&str> = folders.members.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["(top level)", "lib", "lib/t", "lib/tls", "src"]);
}

#[test]
fn a_written_map_gives_the_same_areas() {
    let scan = sample().build();
    for source in
        [AreaSource::Auto, AreaSource::Folders, AreaSource::Directories(1), AreaSource::Directories(2)]
    {
        check_round_trip(&scan, source, &[]);
    }
    check_round_trip(&scan, AreaSource::Config, &[rule("TLS", &["lib/tls/"]), rule("C", &["**/*.c"])]);
    check_round_trip(&scan, AreaSource::Config, &[rule("One", &["lib/a.c"])]);
    let mut owned = sample().build();
    let content = b"*.c @c\n/lib/ @lib\n/lib/tls/*.py @py\n/src/ @c\n".to_vec();
    owned.code_owners = Some(CodeOwnersFile { path: path("CODEOWNERS"), content });
    check_round_trip(&owned, AreaSource::CodeOwners, &[]);
}

#[test]
fn areas_inside_of_each_other_are_taken_apart() {
    // A has most of x and a part of y, B has most of y and a part of x: no order of the two is right.
    let mut scan = SampleScan::new();
    for name in ["x/1", "x/2", "x/3", "x/in/4", "y/1", "y/2", "y/3", "y/in/4", "odd [x]*/{y}", "sp ace/z "] {
        scan = scan.source(name, 1, 0);
    }
    let rules = [rule("A", &["x/in/", "y/?"]), rule("B", &["x/", "y/in/", "odd*/"]), rule("C", &["sp*/"])];
    check_round_trip(&scan.build(), AreaSource::Config, &rules);
}

#[test]
fn the_written_configuration_is_toml() {
    let owner = Some("team \"x\"".to_owned());
    let rules = [AreaRule { owner, id: Some("tls".to_owned()), ..rule("TLS", &["lib/tls/"]) }];
    let list = list(&sample().build(), AreaSource::Config, &rules, Grouping::Area);
    let text = areas_config(&list);
    let tables =
        "\n[[area]]\nid = \"tls\"\nname = \"TLS\"\npaths = [\"lib/tls/\"]\nowner = \"team \\\"x\\\"\"\n";
    assert!(text.ends_with(tables), "{text}");
    assert!(text.contains("# Unassigned: 4 files."), "{text}");
}

#[test]
fn an_id_that_was_given_stays() {
    let scan = SampleScan::new().source("new/a.c", 10, 0).source("other/d.c", 10, 0).build();
    let renamed = AreaRule { id: Some("code".to_owned()), ..rule("The code", &["new/"]) };
    let map = AreaMap::build(&scan, AreaSource::Config, &[renamed]).expect("valid rules");
    assert!(map.areas.iter().any(|area| area.id == "code" && area.name == "The code"));
}

#[test]
fn the_written_configuration_keeps_ids_that_names_do_not_tell() {
    let scan = SampleScan::new()
        .source("new/a.c", 10, 0)
        .alias("old/a.c")
        .source("other/d.c", 10, 0)
        .commit(20, &[("old/a.c", 1, 0)])
        .commit(10, &[("new/a.c", 0, 0)])
        .renamed_from("old/a.c")
        .build();
    let written = list(&scan, AreaSource::Directories(1), &[], Grouping::Area);
    let again = list(&scan, AreaSource::Config, &written.as_rules, Grouping::Area);
    for list in [&written, &again] {
        let ids: Vec<(&str, &str)> =
            list.areas.iter().map(|area| (area.name.as_str(), area.id.as_str())).collect();
        assert_eq!(ids, [("new", "old"), ("other", "other")]);
    }
}
