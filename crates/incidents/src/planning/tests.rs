//! Fixes and plans as people write them.

use super::fixes::read_fixes;
use super::last::read_earlier_plan;
use super::plan::read_plan;
use crate::{Currency, EngineerDays, IncidentFile, ReadOptions};
use debtscan_model::Timestamp;

fn file(text: &str) -> IncidentFile {
    IncidentFile { name: "f.csv".to_owned(), content: text.as_bytes().to_vec() }
}

#[test]
fn a_fix_has_places_a_range_and_an_effect() {
    let text = "id,title,estimate days,low,high,prevents,paths,incidents,done when\n\
                F-1,Split it,4.5,3,7 days,75 %,\"lib/a.c:f; lib/b.c\",INC-1 | INC-2,tests\n\
                ,Only a title,2,3,1,1.5,,,\n,,9,,,,,,\n";
    let fixes = read_fixes(&file(text), &ReadOptions::default()).expect("read");
    let first = &fixes.list[0];
    assert_eq!((first.id.as_str(), first.title.as_str()), ("F-1", "Split it"));
    assert_eq!(first.estimate, Some(EngineerDays(45)));
    assert_eq!((first.low, first.high), (Some(EngineerDays(30)), Some(EngineerDays(70))));
    assert_eq!((first.prevents, first.paths.join(" ")), (Some(750), "lib/a.c:f lib/b.c".to_owned()));
    assert_eq!((first.incidents.len(), first.done.as_deref()), (2, Some("tests")));
    let second = &fixes.list[1];
    assert_eq!((second.id.as_str(), second.low, second.prevents), ("Only a title", None, None));
    let reasons: Vec<_> = fixes.rejected.iter().map(|row| (row.position.line, row.is_skipped())).collect();
    assert_eq!(reasons, [(3, false), (3, false), (4, true)], "{:?}", fixes.rejected);
}

#[test]
fn a_plan_keeps_its_order_and_names_what_it_cannot_read() {
    let text = "Item,Team,Effort,Due,Cost of delay per week (EUR),Can move\n\
                Second,Core,20,2026-12-11,1500,yes\nFirst,Core,5,soon,,no\nNothing,Core,,,,\n";
    let plan = read_plan(&file(text), &ReadOptions::default()).expect("read");
    let names: Vec<_> = plan.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Second", "First"]);
    let delay = plan.items[0].delay_week.expect("a price");
    assert_eq!((delay.minor, Some(delay.currency)), (150_000, Currency::from_iso("EUR")));
    assert_eq!((plan.items[0].is_movable, plan.items[1].due), (Some(true), None));
    assert_eq!(plan.rejected.len(), 2, "{:?}", plan.rejected);
}

#[test]
fn a_file_that_names_nothing_is_refused_with_a_hint() {
    let error = read_plan(&file("a,b\n1,2\n"), &ReadOptions::default()).expect_err("no names");
    assert_eq!(error.to_string(), "cannot read planned items from f.csv: no column names them");
    assert!(error.hint().starts_with("name it one of: item"), "{}", error.hint());
}

#[test]
fn a_fix_names_what_it_needs() {
    let fixes = read_fixes(&file("id,depends on\nA,\nB,A; C\n"), &ReadOptions::default()).expect("read");
    let needs: Vec<_> = fixes.list.iter().map(|fix| fix.needs.join(" ")).collect();
    assert_eq!(needs, ["", "A C"]);
}

#[test]
fn an_earlier_plan_is_read_from_its_json() {
    let text = r#"{"as_of": "2026-09-07T00:00:00Z", "capacity": 0.25, "left_out": [{"id": "C"}],
                   "fixes": [{"id": "A", "title": "Split", "done": "2026-09-18T00:00:00Z",
                              "effort_days": {"low": 3, "likely": 4.5, "high": 7}, "prevents_per_year": 1200.5},
                             {"id": "B"}]}"#;
    let plan = read_earlier_plan(&file(text)).expect("a plan");
    // date -u -d 2026-09-07 +%s
    assert_eq!((plan.as_of, plan.capacity), (Some(Timestamp(1_788_739_200)), Some(250)));
    assert_eq!(plan.fixes[0].done, Some(Timestamp(1_788_739_200 + 11 * 86_400)));
    assert_eq!(plan.fixes[0].effort, Some(EngineerDays(45)));
    assert_eq!((plan.fixes[1].title.as_str(), plan.left_out.join(" ")), ("B", "C".to_owned()));
    for wrong in ["", "[]", "{}", r#"{"fixes": [{}]}"#, "id,title\nA,b\n"] {
        let error = read_earlier_plan(&file(wrong)).expect_err(wrong);
        assert!(error.hint().contains("debtscan plan --format json"), "{}", error.hint());
    }
}

#[test]
fn engineer_days_read_as_people_write_them() {
    assert_eq!([45, 90, 0].map(|tenths| EngineerDays(tenths).to_string()), ["4.5", "9", "0"]);
}

#[test]
fn weeks_and_hours_are_no_days_and_a_range_ends_after_its_start() {
    let text = "id,estimate days,low,high\nA,2 weeks,,\nB,16h,,\nC,4 days,,\nD,,10,2\n";
    let fixes = read_fixes(&file(text), &ReadOptions::default()).expect("read");
    let estimates: Vec<_> = fixes.list.iter().map(|fix| fix.estimate).collect();
    assert_eq!(estimates, [None, None, Some(EngineerDays(40)), None]);
    assert_eq!((fixes.list[3].low, fixes.list[3].high), (None, None));
    let lines: Vec<_> = fixes.rejected.iter().map(|row| row.position.line).collect();
    assert_eq!(lines, [2, 3, 5], "{:?}", fixes.rejected);
}
