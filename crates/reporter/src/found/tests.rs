//! Findings of small histories, with figures counted by hand.

use debtscan_model::Scan;

use super::findings;
use crate::analysis::Analysis;
use crate::options::{AgreedGoal, ReportOptions};
use crate::report::report;
use crate::sample::{self, SampleScan, days_ago, fixed_incident, incident, incidents, path};
use debtscan_findings::brief::GoalState;
use debtscan_findings::{Finding, FindingLevel, FindingLines, FindingRule, FindingSubject, FindingValues};
use debtscan_incidents::Incidents;

fn found(scan: &Scan, incidents: &Incidents, options: &ReportOptions) -> Vec<Finding> {
    let analysis = Analysis::of(scan, incidents, options).expect("analysed");
    findings(&analysis, &report(&analysis))
}

/// `core/a.c` has nearly all lines, complexity and changes; `edge/b.c` has a complex function too.
fn history() -> SampleScan {
    let scan = SampleScan::new()
        .source("core/a.c", 1000, 400)
        .functions(&[("one", 1, 20), ("two", 20, 15), ("one", 40, 60)])
        .alias("core/old.c")
        .source("edge/b.c", 10, 4)
        .functions(&[("odd", 1, 90)]);
    let scan = scan.commit(100, &[("core/a.c", 50, 0), ("edge/b.c", 10, 0)]).by("Ada");
    let scan = scan.commit(90, &[("core/a.c", 5, 0)]).renamed_from("core/old.c").by("Ada");
    (0..5).fold(scan, |scan, number| scan.commit(20 + number, &[("core/a.c", 5, 1)]).by("Ada"))
}

fn with_team(scan: SampleScan) -> Scan {
    let scan = scan.commit(9, &[("edge/b.c", 1, 0)]).by("Bo");
    scan.commit(8, &[("core/a.c", 1, 0), ("edge/b.c", 1, 0)]).by("Cy").build()
}

fn of_rule(found: &[Finding], rule: FindingRule) -> Vec<&Finding> {
    found.iter().filter(|finding| finding.rule() == rule).collect()
}

#[test]
fn functions_are_found_where_the_cost_is_and_carry_their_part_of_it() {
    let scan = with_team(history());
    let found = found(&scan, &incidents(Vec::new()), &sample::options());
    let functions = of_rule(&found, FindingRule::ComplexFunction);
    // `two` is at the limit of 15, and `odd` is where little is expected.
    let places: Vec<_> = functions.iter().map(|it| (it.subject.clone(), it.lines)).collect();
    let one = |ordinal, first| {
        let subject = FindingSubject::Function { name: "one".to_owned(), ordinal };
        (subject, Some(FindingLines { first, last: first + 9 }))
    };
    // The dearer of the two first.
    assert_eq!(places, [one(1, 40), one(0, 1)]);
    let share = |finding: &Finding| finding.expected.as_ref().expect("expected").share;
    // 60 of 95 and 20 of 95: three times as much.
    sample::assert_close(&[share(functions[0])], &[share(functions[1]) * 3.0]);
    let hotspot = of_rule(&found, FindingRule::CostlyHotspot);
    let [hotspot] = hotspot[..] else { panic!("{hotspot:?}") };
    sample::assert_close(&[share(functions[0])], &[share(hotspot) * 60.0 / 95.0]);
    assert_eq!(hotspot.level, FindingLevel::Warning);
}

#[test]
fn a_place_keeps_its_first_name() {
    let found = found(&with_team(history()), &incidents(Vec::new()), &sample::options());
    let hotspot = of_rule(&found, FindingRule::CostlyHotspot)[0];
    assert_eq!(hotspot.path, Some(path("core/a.c")));
    assert_eq!(hotspot.origin, Some(path("core/old.c")));
}

#[test]
fn one_who_knows_a_costly_area_is_found_and_one_who_left_is_a_loss() {
    let found_in = |scan: &Scan| {
        let found = found(scan, &incidents(Vec::new()), &sample::options());
        let rules = [FindingRule::KnowledgeIsland, FindingRule::KnowledgeLost];
        found.iter().filter(|it| rules.contains(&it.rule())).map(|it| it.values.clone()).collect::<Vec<_>>()
    };
    let here = found_in(&with_team(history()));
    assert_eq!(here, [FindingValues::KnowledgeIsland { source_lines: 1000, contributors: 2 }]);
    let old = SampleScan::new().source("core/a.c", 1000, 400);
    let old = old.commit(300, &[("core/a.c", 97, 0)]).by("Ada").commit(5, &[("core/a.c", 2, 0)]).by("Bo");
    let gone = found_in(&old.commit(4, &[("core/a.c", 1, 0)]).by("Cy").build());
    let lost = FindingValues::KnowledgeLost { lost: 0.97, source_lines: 1000, inactive_days: 180 };
    assert_eq!(gone, [lost]);
    // Two people are no team in which knowledge could be spread.
    let two = found_in(&history().commit(9, &[("edge/b.c", 1, 0)]).by("Bo").build());
    assert_eq!(two, []);
}

#[test]
fn what_was_agreed_comes_first_and_unplaced_cost_last() {
    let scan = with_team(history());
    let mut first = fixed_incident("INC-1", 500, &[3]);
    first.opened = Some(days_ago(30));
    let mut second = fixed_incident("INC-2", 500, &[4]);
    second.opened = Some(days_ago(25));
    let mut nowhere = incident("INC-3");
    nowhere.opened = Some(days_ago(10));
    nowhere.cost = Some(sample::usd(700));
    let goal = |max_incidents| AgreedGoal {
        area: "core".to_owned(),
        state: GoalState::Accepted,
        since: None,
        until: None,
        reason: None,
        owner: None,
        review: None,
        max_incidents: Some(max_incidents),
        prevents: None,
    };
    let run = |limit| {
        let options = ReportOptions { goals: vec![goal(limit)], ..sample::options() };
        found(&scan, &incidents(vec![first.clone(), second.clone(), nowhere.clone()]), &options)
    };
    let found = run(1);
    let ids = vec!["INC-1".to_owned(), "INC-2".to_owned()];
    assert_eq!(found[0].values, FindingValues::AgreedRule { limit: 1, incidents: ids });
    let FindingValues::UnplacedCost { incidents: 1, of: 3, costs } = &found.last().expect("a finding").values
    else {
        panic!("{:?}", found.last())
    };
    assert_eq!(costs.iter().next(), Some(sample::usd(700)));
    assert_eq!(of_rule(&run(2), FindingRule::AgreedRule), Vec::<&Finding>::new());
}
