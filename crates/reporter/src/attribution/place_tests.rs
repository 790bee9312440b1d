//! Evidence on small histories, with hand-counted parts.

use debtscan_model::{CommitIdx, FileClass, Scan};
use proptest::prelude::*;

use super::attribute;
use crate::attribution::{AttributedIncident, Attribution, Placement};
use crate::parameters::RankingParameters;
use crate::sample::{AS_OF, SampleScan, days_ago, file_idx, fixed_incident, incident, incidents, usd};
use crate::sample_areas::top_folders;
use debtscan_findings::{Confidence, Method, UnplacedReason};
use debtscan_incidents::{ChangeRequest, Costs, Currency, Incident, Money, MoneyOverflow};

/// Commit 1 (100 days ago) changes lib/a.c by 30 and lib/b.c by 10 lines; commit 2 (50 days
/// ago) only docs; commit 3 (10 days ago) names #7 and changes src/c.c.
fn sample() -> Scan {
    SampleScan::new()
        .source("lib/a.c", 100, 0)
        .source("lib/b.c", 300, 0)
        .source("src/c.c", 100, 0)
        .present("docs/d.md", FileClass::Docs, 10, 0)
        .present("Makefile", FileClass::Other, 10, 0)
        .deleted("src/gone.c", FileClass::Source)
        .commit(100, &[("lib/a.c", 20, 10), ("lib/b.c", 5, 5)])
        .commit(50, &[("docs/d.md", 5, 5)])
        .commit(10, &[("src/c.c", 1, 1), ("src/gone.c", 0, 2)])
        .tickets(&["#7"])
        .commit(5, &[("Makefile", 1, 0)])
        .merge(100)
        .outside_window(200)
        .later(300)
        .build()
}

fn try_attribute(scan: &Scan, list: Vec<Incident>) -> Result<Attribution, MoneyOverflow> {
    let areas = top_folders(scan);
    let shares: Vec<f64> = scan
        .files
        .iter()
        .map(|file| file.present.as_ref().map_or(0.0, |present| present.bytes as f64 / 10_000.0))
        .collect();
    attribute(scan, &incidents(list), &areas, &shares, &RankingParameters::default())
}

fn place(scan: &Scan, incident: Incident) -> AttributedIncident {
    try_attribute(scan, vec![incident]).expect("small costs").incidents.remove(0)
}

#[track_caller]
fn check(incident: Incident, method: Method, confidence: Confidence, expected: &[(&str, i64)]) {
    let scan = sample();
    let placed = place(&scan, incident).placement;
    let Placement::Attributed { method: by, confidence: how_sure, links, .. } = placed else {
        panic!("{placed:?}");
    };
    let cents: Vec<_> = links
        .iter()
        .map(|link| (scan.file(link.file).path.to_string(), link.cost.map_or(0, |cost| cost.minor)))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(path, cents)| ((*path).to_owned(), *cents)).collect();
    assert_eq!((by, how_sure, cents), (method, confidence, expected));
}

#[track_caller]
fn check_unplaced(incident: Incident, reason: UnplacedReason) {
    assert_eq!(place(&sample(), incident).placement, Placement::Unplaced(reason));
}

fn words(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_fix_splits_its_cost_by_changed_source_lines() {
    // 30 : 10 of 100 cents
    let fixed = fixed_incident("i", 100, &[1]);
    check(fixed, Method::FixCommit, Confidence::High, &[("lib/a.c", 75), ("lib/b.c", 25)]);
    // with commit 3: 30 : 10 : 2 : 2 of 44 -> the deleted file keeps its part
    let both = fixed_incident("i", 4_400, &[1, 3]);
    let parts = [("lib/a.c", 3_000), ("lib/b.c", 1_000), ("src/c.c", 200), ("src/gone.c", 200)];
    check(both, Method::FixCommit, Confidence::High, &parts);
}

#[test]
fn a_fix_without_source_places_an_incident_nowhere_whatever_weaker_evidence_says() {
    // Commit 2 changes docs, commit 4 a build file; both incidents say more than enough besides.
    let more = |fix: usize| Incident {
        description: "src/c.c:3".to_owned(),
        areas: words(&["lib"]),
        components: words(&["src"]),
        ..fixed_incident("#7", 100, &[fix])
    };
    for fix in [2, 4] {
        check_unplaced(more(fix), UnplacedReason::NoSourceChange);
        check_unplaced(Incident { paths: words(&["lib"]), ..more(fix) }, UnplacedReason::NoSourceChange);
        let named = Incident { paths: words(&["lib/a.c"]), ..more(fix) };
        check(named, Method::ExplicitPath, Confidence::High, &[("lib/a.c", 100)]);
    }
    // With a second fix that changes source, that one says where.
    let parts = [("lib/a.c", 75), ("lib/b.c", 25)];
    check(fixed_incident("i", 100, &[1, 2]), Method::FixCommit, Confidence::High, &parts);
}

#[test]
fn a_message_that_names_the_incident_in_a_commit_without_source_ends_the_search() {
    let scan = SampleScan::new()
        .source("lib/a.c", 100, 0)
        .present("lib/a_test.c", FileClass::Test, 10, 0)
        .commit(10, &[("lib/a_test.c", 9, 0)])
        .tickets(&["#7"])
        .build();
    let named = Incident { areas: words(&["lib"]), ..incident("#7") };
    assert_eq!(place(&scan, named).placement, Placement::Unplaced(UnplacedReason::NoSourceChange));
}

#[test]
fn an_incident_that_may_have_been_anywhere_in_a_set_counts_in_no_file_of_it() {
    let scan = sample();
    let counted = |incident: Incident| {
        let placement = place(&scan, incident).placement;
        let files: Vec<String> =
            placement.counted_in(|file| file).iter().map(|file| scan.file(*file).path.to_string()).collect();
        (files, placement.counted_in(|file| top_folders(&scan).area_of[file.get()]).len())
    };
    let both = vec!["lib/a.c".to_owned(), "lib/b.c".to_owned()];
    assert_eq!(counted(fixed_incident("i", 1, &[1])), (both, 1));
    // Of a set in one area, the area is known.
    assert_eq!(counted(Incident { areas: words(&["lib"]), ..incident("i") }), (Vec::new(), 1));
    let two = Incident { areas: words(&["lib", "src"]), ..incident("i") };
    assert_eq!(counted(two), (Vec::new(), 0));
}

#[test]
fn the_strongest_evidence_that_leads_to_files_decides_alone() {
    let all =
        Incident { paths: words(&["lib/b.c"]), areas: words(&["docs"]), ..fixed_incident("#7", 100, &[1]) };
    let fix = [("lib/a.c", 75), ("lib/b.c", 25)];
    check(all.clone(), Method::FixCommit, Confidence::High, &fix);
    let without_fix = Incident { fix_commits: Vec::new(), ..all };
    // The ticket's commit names other files, so the path is less sure.
    check(without_fix.clone(), Method::ExplicitPath, Confidence::Medium, &[("lib/b.c", 100)]);
    let without_path = Incident { paths: words(&["nowhere.c"]), ..without_fix };
    let ticket = [("src/c.c", 50), ("src/gone.c", 50)];
    check(without_path.clone(), Method::TicketId, Confidence::Medium, &ticket);
    let only_area = Incident { id: "#8".to_owned(), areas: words(&["LIB"]), ..without_path };
    // base share by size: 100 : 300
    check(only_area, Method::AreaName, Confidence::Low, &[("lib/a.c", 25), ("lib/b.c", 75)]);
}

#[test]
fn an_unplaced_incident_says_the_most_telling_reason() {
    check_unplaced(incident("x"), UnplacedReason::NoEvidence);
    check_unplaced(fixed_incident("x", 1, &[2]), UnplacedReason::NoSourceChange);
    check_unplaced(fixed_incident("x", 1, &[2, 100]), UnplacedReason::NoSourceChange);
    check_unplaced(fixed_incident("x", 1, &[100]), UnplacedReason::MergeCommit);
    check_unplaced(fixed_incident("x", 1, &[200]), UnplacedReason::OutsideWindow);
    let unknown = Incident { areas: words(&["HTTP"]), ..incident("x") };
    check_unplaced(unknown.clone(), UnplacedReason::UnknownPlace);
    let missing = Incident { fix_commits: words(&["fffffff"]), ..unknown };
    check_unplaced(missing, UnplacedReason::CommitNotFound);
}

#[test]
fn an_incident_that_was_fixed_after_the_scanned_commit_is_not_placed_by_guesses() {
    // The area would place it, and so would the text.
    let open = |commits: &[usize]| Incident {
        areas: words(&["lib"]),
        title: "crash in lib/a.c".to_owned(),
        ..fixed_incident("x", 1, commits)
    };
    check_unplaced(open(&[300]), UnplacedReason::FixedLater);
    check_unplaced(open(&[200, 300]), UnplacedReason::FixedLater);
    // A part of the fix is there.
    check(open(&[1, 300]), Method::FixCommit, Confidence::High, &[("lib/a.c", 1), ("lib/b.c", 0)]);
    // An id that the clone does not have, of an incident that was open at the time.
    let unknown = |resolved: i64| Incident {
        fix_commits: words(&["fffffff"]),
        resolved: Some(days_ago(resolved)),
        ..open(&[])
    };
    check_unplaced(unknown(-1), UnplacedReason::FixedLater);
    assert!(matches!(place(&sample(), unknown(1)).placement, Placement::Attributed { .. }));
}

#[test]
fn an_incident_is_dated_by_its_export_and_its_fixes() {
    let scan = sample();
    let dates = |incident: Incident| {
        let placed = place(&scan, incident);
        (placed.opened, placed.known)
    };
    let fixed = fixed_incident("i", 1, &[1, 3]);
    assert_eq!(dates(fixed.clone()), (Some(days_ago(100)), Some(days_ago(10))));
    let opened = Some(days_ago(200));
    assert_eq!(dates(Incident { opened, ..fixed }), (opened, Some(days_ago(10))));
    let resolved = Some(days_ago(20));
    assert_eq!(dates(Incident { resolved, ..incident("i") }), (resolved, resolved));
    assert_eq!(dates(Incident { opened, resolved, ..incident("i") }), (opened, resolved));
    assert_eq!(dates(Incident { opened, ..incident("i") }), (opened, opened));
    assert_eq!(dates(incident("i")), (None, None));
    // A commit message that names it dates it too.
    assert_eq!(dates(incident("#7")), (Some(days_ago(10)), Some(days_ago(10))));
}

#[test]
fn a_fix_with_a_clock_ahead_of_the_scanned_commit_counts_as_of_then() {
    let scan = SampleScan::new().source("a.c", 1, 0).commit(-30, &[("a.c", 1, 0)]).build();
    assert_eq!(place(&scan, fixed_incident("i", 1, &[1])).known, Some(AS_OF));
}

#[test]
fn a_fix_of_more_than_forty_source_files_is_wide_and_less_certain() {
    let names: Vec<String> = (0..41).map(|number| format!("f{number:02}.c")).collect();
    let wide = |touched: usize| {
        let sample = names.iter().fold(SampleScan::new(), |sample, name| sample.source(name, 1, 0));
        let changes: Vec<_> = names[..touched].iter().map(|name| (name.as_str(), 1, 0)).collect();
        let placed = place(&sample.commit(1, &changes).build(), fixed_incident("i", 1, &[1]));
        let Placement::Attributed { confidence, .. } = placed.placement else { panic!("it has files") };
        (placed.is_wide, confidence)
    };
    assert_eq!(wide(40), (false, Confidence::High));
    assert_eq!(wide(41), (true, Confidence::Medium));
}

#[test]
fn the_commits_and_changes_behind_an_attribution_are_kept() {
    let scan = sample();
    let placed = place(&scan, fixed_incident("i", 1, &[3, 1])).placement;
    let Placement::Attributed { commits, changes, .. } = placed else { panic!("{placed:?}") };
    assert_eq!(commits, [CommitIdx(0), CommitIdx(2)]);
    let paths: Vec<_> =
        changes.iter().map(|change| scan.file(scan.change(*change).file).path.to_string()).collect();
    assert_eq!(paths, ["lib/a.c", "lib/b.c", "src/c.c", "src/gone.c"]);
}

#[test]
fn costs_beyond_64_bits_are_refused_even_when_they_cancel() {
    let list = |a, b| {
        vec![
            Incident { cost: Some(usd(a)), ..incident("a") },
            Incident { cost: Some(usd(b)), ..incident("b") },
        ]
    };
    assert!(try_attribute(&sample(), list(i64::MAX, 0)).is_ok());
    assert!(try_attribute(&sample(), list(i64::MAX, -1)).is_err());
    assert!(try_attribute(&sample(), list(i64::MIN, 0)).is_err());
}

fn any_incident() -> impl Strategy<Value = Incident> {
    let cost = proptest::option::of((-1_000_000_000_i64..1_000_000_000, 0_usize..3));
    let evidence = (
        proptest::collection::vec(1_usize..7, 0..3),
        proptest::sample::subsequence(vec!["lib", "lib/a.c", "src/gone.c", "nowhere"], 0..3),
        proptest::sample::subsequence(vec!["lib", "SRC", "docs", "ftp"], 0..3),
    );
    (cost, evidence).prop_map(|(cost, (fixes, paths, areas))| Incident {
        cost: cost.map(|(minor, currency)| Money {
            minor,
            currency: Currency::new(["USD", "EUR", "JPY"][currency]).expect("a code"),
        }),
        paths: words(&paths),
        areas: words(&areas),
        ..fixed_incident("", 0, &fixes)
    })
}

proptest! {
    #[test]
    fn cost_in_is_cost_on_files_and_areas_plus_cost_unattributed(
        mut list in proptest::collection::vec(any_incident(), 0..12)
    ) {
        for (number, incident) in list.iter_mut().enumerate() {
            incident.id = format!("#{number}");
        }
        let scan = sample();
        let areas = top_folders(&scan);
        let ordered = incidents(list.clone());
        let attribution = try_attribute(&scan, list).expect("small costs");
        let mut by_area = vec![Costs::default(); areas.areas.len()];
        let mut by_file = vec![Costs::default(); scan.files.len()];
        let mut unattributed = Costs::default();
        for placed in &attribution.incidents {
            match &placed.placement {
                Placement::Attributed { links, .. } => {
                    prop_assert!(links.is_sorted_by(|a, b| a.file < b.file));
                    prop_assert!(links.iter().all(|link| link.weight > 0));
                    for link in links {
                        if let Some(cost) = link.cost {
                            by_file[link.file.get()].add(cost);
                            by_area[areas.area_of[link.file.get()]].add(cost);
                        }
                    }
                }
                Placement::Unplaced(_) => {
                    if let Some(cost) = ordered.list[placed.incident].cost {
                        unattributed.add(cost);
                    }
                }
            }
        }
        for groups in [by_file, by_area] {
            let mut sum = unattributed.clone();
            for group in &groups {
                sum.add_all(group);
            }
            prop_assert_eq!(sum, ordered.recorded());
        }
    }

    #[test]
    fn the_order_of_the_incidents_changes_nothing(
        list in proptest::collection::vec(any_incident(), 1..8).prop_shuffle()
    ) {
        let scan = sample();
        let place_alone: Vec<_> =
            list.iter().map(|incident| place(&scan, incident.clone()).placement).collect();
        // All ids are equal and undated, so the sample keeps the order of the list.
        let together = try_attribute(&scan, list).expect("small costs").incidents;
        let together: Vec<_> = together.into_iter().map(|placed| placed.placement).collect();
        prop_assert_eq!(place_alone, together);
    }
}

#[test]
fn a_file_that_is_named_by_its_path_needs_no_class() {
    let scan = sample();
    let named = place(&scan, Incident { paths: words(&["docs/d.md"]), ..incident("i") });
    let Placement::Attributed { links, .. } = named.placement else { panic!("it is a known path") };
    assert_eq!(links[0].file, file_idx(&scan, "docs/d.md"));
}

#[test]
fn a_pull_request_of_the_scanned_repository_stands_for_its_commits() {
    // Request 5 is a squash of 3 : 1 lines, request 6 the merge of commit 1; #7 is of another repository.
    let scan = SampleScan::new()
        .source("lib/a.c", 100, 0)
        .source("src/c.c", 100, 0)
        .commit(30, &[("src/c.c", 4, 0)])
        .commit(20, &[("lib/a.c", 3, 0), ("src/c.c", 1, 0)])
        .squash_of(5)
        .merge_of(60, 6, &[1])
        .build();
    let request =
        |repository: &str, number| ChangeRequest { repository: Some(repository.to_owned()), number };
    let list = vec![
        Incident { fix_requests: vec![request("o/shop", 5)], cost: Some(usd(100)), ..incident("a") },
        Incident { fix_requests: vec![request("o/shop", 6)], cost: Some(usd(100)), ..incident("b") },
        Incident { fix_requests: vec![request("o/other", 5)], cost: Some(usd(100)), ..incident("c") },
    ];
    let placed = try_attribute(&scan, list).expect("small costs").incidents;
    let cents = |position: usize| match &placed[position].placement {
        Placement::Attributed { method, links, .. } => {
            let cents = links.iter().map(|link| link.cost.map_or(0, |cost| cost.minor)).collect();
            (Some(*method), cents)
        }
        Placement::Unplaced(_) => (None, Vec::new()),
    };
    assert_eq!(cents(0), (Some(Method::PullRequest), vec![75, 25]));
    assert_eq!(cents(1), (Some(Method::PullRequest), vec![100]));
    assert_eq!(placed[2].placement, Placement::Unplaced(UnplacedReason::CommitNotFound));
}

#[test]
fn text_and_words_place_what_nothing_stronger_does() {
    let trace = Incident {
        description: "#1 0x0 in f () at ../src/c.c:3".to_owned(),
        cost: Some(usd(100)),
        ..incident("i")
    };
    check(trace, Method::TextPath, Confidence::Medium, &[("src/c.c", 100)]);
    let word = Incident { services: words(&["a"]), cost: Some(usd(100)), ..incident("i") };
    check_unplaced(word, UnplacedReason::UnknownPlace);
    let labelled = Incident { labels: words(&["lib"]), ..incident("i") };
    // A label counts as an alias alone, and `lib` is an area's name.
    check_unplaced(labelled, UnplacedReason::NoEvidence);
}
