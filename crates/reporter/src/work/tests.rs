//! Classification, weights and corrected shares of hand-made histories.

use debtscan_findings::{AllocationGrouping, AllocationList, AreaSource, WorkKind, WorkMeasure, WorkRule};
use debtscan_incidents::{IncidentFile, Incidents, Labels, ReadOptions, read_labels};
use debtscan_model::{CommitIdx, FileClass, Scan, Trailer, TypePrefix, WordFamilies, WordFamily, Wording};

use super::classify::classify;
use super::labels::PUBLIC;
use super::{AllocationOptions, allocation};
use crate::listing::ListInput;
use crate::options::ReportOptions;
use crate::sample::{SampleScan, commit_id, options};

fn words(lead: Option<WordFamily>, subject: &[WordFamily]) -> Wording {
    let mut families = WordFamilies::default();
    for family in subject {
        families.insert(*family);
    }
    Wording { lead, subject: families, ..Wording::default() }
}

/// A repository with a source file, a test, a text and a change log, and one commit.
fn one(changes: &[(&str, u32, u32)], wording: Wording) -> Scan {
    SampleScan::new()
        .source("lib/a.c", 10, 0)
        .present("tests/a.c", FileClass::Test, 10, 0)
        .present("docs/a.md", FileClass::Docs, 10, 0)
        .present("CHANGELOG.md", FileClass::Docs, 10, 0)
        .commit(5, changes)
        .wording(wording)
        .build()
}

#[track_caller]
fn check(path: &str, wording: Wording, expected: (WorkKind, WorkRule)) {
    assert_eq!(classify(&one(&[(path, 1, 0)], wording), CommitIdx::new(0), false), expected);
}

#[test]
fn the_first_evidence_decides() {
    use WordFamily::{New, Release, Repair, Shape, Test, Text};
    let prefix =
        Wording { prefix: Some(TypePrefix::New), trailer: Some(Trailer::Repair), ..Wording::default() };
    check("tests/a.c", prefix, (WorkKind::New, WorkRule::Prefix));
    let trailer = Wording { trailer: Some(Trailer::Repair), ..words(Some(New), &[New]) };
    check("tests/a.c", trailer, (WorkKind::Repair, WorkRule::Trailer));
    check("tests/a.c", words(Some(Repair), &[Repair]), (WorkKind::Better, WorkRule::Paths));
    check("docs/a.md", Wording::default(), (WorkKind::Better, WorkRule::Paths));
    check("CHANGELOG.md", Wording::default(), (WorkKind::Unclassified, WorkRule::Paths));
    check("lib/a.c", words(Some(Repair), &[Repair]), (WorkKind::Repair, WorkRule::Words));
    check("lib/a.c", words(Some(New), &[New]), (WorkKind::New, WorkRule::Words));
    check("lib/a.c", words(Some(New), &[New, Test]), (WorkKind::Better, WorkRule::Words));
    check("lib/a.c", words(Some(Repair), &[Repair, Text]), (WorkKind::Better, WorkRule::Words));
    check("lib/a.c", words(Some(Shape), &[Shape]), (WorkKind::Better, WorkRule::Words));
    check("lib/a.c", words(None, &[Release]), (WorkKind::Unclassified, WorkRule::Words));
    check(
        "lib/a.c",
        Wording { body_repairs: true, ..Wording::default() },
        (WorkKind::Repair, WorkRule::Words),
    );
    check("lib/a.c", Wording::default(), (WorkKind::Unclassified, WorkRule::Nothing));
    let unread = Wording { is_unread: true, body_repairs: true, ..Wording::default() };
    check("lib/a.c", unread, (WorkKind::Unclassified, WorkRule::Nothing));
}

#[test]
fn programs_and_known_fixes_come_before_words() {
    let scan = SampleScan::new()
        .source("lib/a.c", 10, 0)
        .commit(5, &[("lib/a.c", 1, 0)])
        .by("Robo")
        .bot("Robo")
        .build();
    assert_eq!(classify(&scan, CommitIdx::new(0), true), (WorkKind::Robots, WorkRule::Robot));
    let scan = one(&[("lib/a.c", 1, 0)], words(Some(WordFamily::New), &[WordFamily::New]));
    assert_eq!(classify(&scan, CommitIdx::new(0), true), (WorkKind::Repair, WorkRule::Incident));
}

fn list(scan: &Scan, labels: Labels) -> AllocationList {
    let incidents = Incidents::default();
    let options = ReportOptions { area_source: AreaSource::Directories(1), ..options() };
    let input = ListInput { scan, incidents: &incidents, options: &options };
    allocation(input, &AllocationOptions { grouping: AllocationGrouping::Kind, days: 365, labels })
        .expect("made")
}

/// 60 commits over 30 days by two people, half of them repairs, in two areas; and one too old.
fn history() -> Scan {
    let mut scan =
        SampleScan::new().source("lib/a.c", 10, 0).source("web/b.c", 10, 0).commit(400, &[("lib/a.c", 9, 0)]);
    for nth in 0..60_i64 {
        let family = if nth % 2 == 0 { WordFamily::Repair } else { WordFamily::New };
        let changes: &[(&str, u32, u32)] =
            if nth % 3 == 0 { &[("lib/a.c", 2, 1), ("web/b.c", 1, 0)] } else { &[("lib/a.c", 4, 0)] };
        scan = scan.commit(100 - nth / 2, changes).wording(words(Some(family), &[family]));
        if nth % 4 == 0 {
            scan = scan.by("Bo");
        }
    }
    scan.build()
}

#[test]
fn work_is_conserved_over_kinds_months_and_areas() {
    let list = list(&history(), Labels::default());
    assert_eq!(list.all.changes, 60);
    let days = |row: &debtscan_findings::WorkRow| row.by(WorkMeasure::AuthorDays).total;
    // By hand: every day has two commits; on every other day, one of them is by Bo: 30 days and 15 more.
    assert!((days(&list.all) - 45.0).abs() < 1e-9, "{}", days(&list.all));
    for rows in [&list.months, &list.areas] {
        assert!((rows.iter().map(days).sum::<f64>() - 45.0).abs() < 1e-9);
        let lines: f64 = rows.iter().map(|row| row.by(WorkMeasure::SourceLines).total).sum();
        // 20 commits of 4 lines in two areas, and 40 of 4 in one.
        assert!((lines - 240.0).abs() < 1e-9);
    }
    for measure in WorkMeasure::ALL {
        let seen: f64 = WorkKind::ALL.iter().map(|kind| list.all.by(measure).of(*kind).seen).sum();
        let corrected: f64 = WorkKind::ALL
            .iter()
            .map(|kind| list.all.by(measure).of(*kind).corrected.expect("enough changes").mean)
            .sum();
        assert!((seen - 1.0).abs() < 1e-9 && (corrected - 1.0).abs() < 1e-9, "{seen} {corrected}");
    }
    assert!((list.all.by(WorkMeasure::Changes).of(WorkKind::Repair).seen - 0.5).abs() < 1e-9);
}

#[test]
fn the_order_of_threads_and_runs_changes_nothing() {
    assert_eq!(list(&history(), Labels::default()), list(&history(), Labels::default()));
}

#[test]
fn own_labels_are_found_by_the_beginning_of_a_commit_id() {
    // Commit 2 is the first repair of the period; 9999 is none.
    let ids = [(2, "new"), (3, "new"), (9999, "repair")];
    let rows: Vec<String> = ids
        .iter()
        .map(|(number, kind)| format!("{},{kind}", &commit_id(*number).to_string()[..12]))
        .collect();
    let content = format!("commit,kind\n{}\n", rows.join("\n")).into_bytes();
    let file = IncidentFile { name: "labels.csv".to_owned(), content };
    let labels = read_labels(&file, &ReadOptions::default()).expect("read");
    let list = list(&history(), labels);
    assert_eq!((list.calibration.own, list.calibration.unknown), (2, 1));
    let new = list.accuracy.iter().find(|row| row.kind == WorkKind::New).expect("a row");
    assert_eq!((new.labelled, new.agreed, new.seen_as), (2, 1, [1, 1, 0, 0]));
}

#[test]
fn the_table_of_public_labels_has_every_label() {
    let files = [
        ("curl/curl", include_str!("../../../../fixtures/work/curl.csv")),
        ("apache/kafka", include_str!("../../../../fixtures/work/kafka.csv")),
        ("BurntSushi/ripgrep", include_str!("../../../../fixtures/work/ripgrep.csv")),
        ("git/git", include_str!("../../../../fixtures/work/git.csv")),
        ("redis/redis", include_str!("../../../../fixtures/work/redis.csv")),
    ];
    for ((name, counts), (file, content)) in PUBLIC.iter().zip(files) {
        assert_eq!(*name, file);
        let labelled = ["new", "repair", "better", "other"].map(|kind| {
            let is_kind = |line: &&str| line.split(',').nth(1) == Some(kind);
            u32::try_from(content.lines().skip(1).filter(is_kind).count()).expect("few")
        });
        assert_eq!(counts.map(|row| row.iter().sum::<u32>()), labelled, "{name}");
    }
}
