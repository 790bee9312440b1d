//! Hand-counted knowledge of small histories.

use debtscan_model::{AuthorIdx, CommitIdx, FileLines, LineRun, Lines, Scan};

use super::{Departures, KnowledgeOptions, knowledge};
use crate::listing::ListInput;
use crate::sample::{SampleScan, file_idx};
use debtscan_findings::{Authorship, Grouping, KnowledgeList, KnowledgeRow, Presence};
use debtscan_incidents::Incidents;
use debtscan_render::{self as render, Detail, Format, Group, Invocation, List, Names, RenderOptions};

fn person(scan: &Scan, name: &str) -> AuthorIdx {
    let position = scan.authors.iter().position(|author| author.name == name);
    AuthorIdx::new(position.expect("a known name"))
}

fn list(
    scan: &Scan,
    grouping: Grouping,
    lines: Option<&Lines>,
    left: &[&str],
    leaving: &[&str],
) -> KnowledgeList {
    let people = |names: &[&str]| {
        let mut people: Vec<AuthorIdx> = names.iter().map(|name| person(scan, name)).collect();
        people.sort_unstable();
        people
    };
    let departures = Departures {
        inactive_days: 180,
        left: people(left),
        leaving: people(leaving),
        ..Departures::default()
    };
    let options = crate::sample::options();
    let input = ListInput { scan, incidents: &Incidents::default(), options: &options };
    knowledge(input, lines, &KnowledgeOptions { grouping, departures, line_limit: None })
        .expect("areas by folder")
}

fn report(scan: &Scan, left: &[&str], leaving: &[&str]) -> KnowledgeList {
    list(scan, Grouping::File, None, left, leaving)
}

fn file<'a>(report: &'a KnowledgeList, wanted: &str) -> &'a KnowledgeRow {
    report.rows.iter().find(|row| row.name == wanted).expect("a row")
}

#[track_caller]
fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
}

/// `lib/a.c`: Ada 60, Bo 36, Cy 4 of 100 lines; `lib/b.c`: Bo 20 of 20; `cli/c.c`: Ada 10, a bot 90.
fn team() -> Scan {
    SampleScan::new()
        .source("lib/a.c", 80, 0)
        .source("lib/b.c", 20, 0)
        .source("cli/c.c", 50, 0)
        .commit(400, &[("lib/a.c", 36, 0), ("lib/b.c", 20, 0)])
        .by("Bo")
        .commit(100, &[("lib/a.c", 60, 30)])
        .by("Ada")
        .commit(90, &[("lib/a.c", 4, 0)])
        .by("Cy")
        .commit(80, &[("cli/c.c", 10, 0)])
        .by("Ada")
        .commit(70, &[("cli/c.c", 90, 0)])
        .by("robot")
        .bot("robot")
        .build()
}

#[test]
fn shares_fragmentation_and_minor_contributors_follow_the_lines_added() {
    let scan = team();
    let report = report(&scan, &[], &[]);
    let a = file(&report, "lib/a.c");
    let shares: Vec<(&str, f64)> = a.main_authors.iter().map(|it| (it.name.as_str(), it.share)).collect();
    assert_eq!(shares.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["Ada", "Bo", "Cy"]);
    [0.6, 0.36, 0.04].into_iter().zip(&shares).for_each(|(expected, (_, share))| near(*share, expected));
    // 1 - (0.36 + 0.1296 + 0.0016)
    near(a.fragmentation, 0.5088);
    assert_eq!((a.contributors, a.minor_contributors, a.island_files), (3, 1, 0));
    let c = file(&report, "cli/c.c");
    assert_eq!((c.contributors, c.island_files, c.island_lines), (1, 1, 50), "the bot is nobody");
    near(c.fragmentation, 0.0);
    assert_eq!((report.people, report.gone), (3, 1), "Bo's last commit is 400 days old");
}

#[test]
fn an_area_adds_up_the_lines_of_its_files() {
    let scan = team();
    let report = list(&scan, Grouping::Area, None, &[], &[]);
    let lib = file(&report, "lib");
    // Bo 56, Ada 60, Cy 4 of 120; Cy has 3.3 %.
    near(lib.main_authors[0].share, 0.5);
    near(lib.fragmentation, 1.0 - 0.25 - (56.0_f64 / 120.0).powi(2) - (4.0_f64 / 120.0).powi(2));
    assert_eq!((lib.files, lib.source_lines, lib.island_files, lib.island_lines), (2, 100, 1, 20));
    assert_eq!((lib.contributors, lib.minor_contributors), (3, 1));
    near(lib.lost, 56.0 / 120.0);
    assert!(!lib.is_lost());
    assert_eq!(report.all.files, 3);
    let folders = list(&scan, Grouping::Directory, None, &[], &[]);
    let names: Vec<&str> = folders.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["lib", "cli"], "most lost lines first");
}

#[test]
fn knowledge_is_lost_with_the_inactive_and_the_left_and_would_be_with_the_leaving() {
    let scan = team();
    let b = |left: &[&str], leaving: &[&str]| {
        let report = report(&scan, left, leaving);
        let row = file(&report, "lib/a.c");
        (row.lost, row.lost_after, row.is_lost(), row.would_be_lost())
    };
    let (lost, after, is_lost, would_be) = b(&[], &[]);
    near(lost, 0.36);
    near(after, 0.36);
    assert!(!is_lost && !would_be);
    let (lost, after, is_lost, would_be) = b(&[], &["Ada"]);
    near(lost, 0.36);
    near(after, 0.96);
    assert!(!is_lost && would_be);
    let (lost, _, is_lost, would_be) = b(&["Ada"], &["Ada"]);
    near(lost, 0.96);
    assert!(is_lost && !would_be, "who has left cannot leave again");
    let report = report(&scan, &[], &["Cy"]);
    let presence: Vec<Presence> =
        file(&report, "lib/a.c").main_authors.iter().map(|it| it.presence).collect();
    assert_eq!(presence, [Presence::Active, Presence::Inactive, Presence::Leaving]);
    assert_eq!(report.leaving, ["Cy"]);
}

#[test]
fn people_of_one_commit_share_its_lines_and_changes_of_form_give_no_credit() {
    let scan = SampleScan::new()
        .source("a.c", 10, 0)
        .commit(9, &[("a.c", 9, 0)])
        .by("Ada")
        .with("Bo")
        .with("Cy")
        .commit(8, &[("a.c", 900, 900)])
        .by("Dee")
        .in_ignore_revs()
        .build();
    let report = report(&scan, &[], &[]);
    let row = file(&report, "a.c");
    assert_eq!((row.contributors, row.minor_contributors), (3, 0));
    row.main_authors.iter().for_each(|author| near(author.share, 1.0 / 3.0));
    assert_eq!((report.people, report.gone), (4, 0), "Dee is there all the same");
}

#[test]
fn the_last_writer_decides_about_loss_where_that_is_known() {
    let scan = team();
    // Of the 80 lines of lib/a.c, 20 are Bo's and 60 Ada's; of the 50 of cli/c.c, 40 are the bot's.
    let run = |first_line, lines, commit| LineRun { first_line, lines, writer: Some(CommitIdx(commit)) };
    let of = |path, owners| FileLines { file: file_idx(&scan, path), owners, functions: Vec::new() };
    let lines = Lines {
        files: vec![
            of("cli/c.c", vec![run(1, 10, 3), run(11, 40, 4)]),
            of("lib/a.c", vec![run(1, 20, 0), run(21, 60, 1)]),
        ],
        skipped: Vec::new(),
    };
    let report = list(&scan, Grouping::File, Some(&lines), &[], &[]);
    let a = file(&report, "lib/a.c");
    near(a.lost, 0.25);
    // The main author follows the same measure as the loss.
    assert_eq!(a.main_authors[0].name, "Ada");
    near(a.main_authors[0].share, 0.75);
    near(a.fragmentation, 1.0 - 0.75 * 0.75 - 0.25 * 0.25);
    assert_eq!(a.loss_by, Authorship::LastWritten);
    assert_eq!(file(&report, "lib/b.c").loss_by, Authorship::LinesAdded);
    assert_eq!(report.all.loss_by, Authorship::LinesAdded, "not known for every file");
}

#[test]
fn nothing_gives_nothing() {
    let scan = SampleScan::new().source("a.c", 10, 0).build();
    let report = report(&scan, &[], &[]);
    let row = file(&report, "a.c");
    assert_eq!((row.contributors, row.bus_factor, row.main_authors.len()), (0, None, 0));
    near(row.lost, 0.0);
    near(row.fragmentation, 0.0);
}

#[test]
fn lines_without_a_known_writer_are_told_beside_the_loss() {
    let scan = SampleScan::new().source("a.c", 100, 0).commit(400, &[("a.c", 10, 0)]).by("Ada").build();
    let run = |first_line, lines, writer| LineRun { first_line, lines, writer };
    let owners = vec![run(1, 75, None), run(76, 25, Some(CommitIdx(0)))];
    let of_a = FileLines { file: file_idx(&scan, "a.c"), owners, functions: Vec::new() };
    let lines = Lines { files: vec![of_a], skipped: Vec::new() };
    let report = list(&scan, Grouping::File, Some(&lines), &[], &[]);
    near(report.all.lost, 1.0);
    near(report.all.unknown, 0.75);
    near(file(&report, "a.c").unknown, 0.75);
    let options = RenderOptions {
        format: Format::Table,
        group: Group::File,
        sort: debtscan_render::Sort::Cost,
        top: None,
        width: 80,
        names: Names::Fitted,
        detail: Detail::Full,
        color: false,
        formulas: debtscan_render::Formulas::Escape,
        invocation: Invocation::default(),
    };
    let mut table = Vec::new();
    render::list(List::Knowledge(&report), &options, &mut table).expect("memory");
    let table = String::from_utf8(table).expect("UTF-8").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(table.contains("of lines with a known author were last written by inactive authors"), "{table}");
    assert!(table.contains("The author of 75.0"), "{table}");
}

#[test]
fn two_who_share_a_name_are_told_apart_by_their_addresses() {
    let mut scan = SampleScan::new()
        .source("a.c", 10, 0)
        .commit(9, &[("a.c", 9, 0)])
        .by("Ada")
        .commit(8, &[("a.c", 9, 0)])
        .by("Bo")
        .build();
    for (author, email) in scan.authors.iter_mut().zip(["a@home", "a@work"]) {
        (author.name, author.email) = ("Ada".into(), email.into());
    }
    let both = [AuthorIdx::new(0), AuthorIdx::new(1)];
    assert_eq!(super::told_apart(&scan, &both), ["Ada <a@home>", "Ada <a@work>"]);
    assert_eq!(super::told_apart(&scan, &both[..1]), ["Ada"]);
}

/// Ada wrote `a.c` in other paths before it was joined, and Bo touched it once.
#[test]
fn one_row_has_one_notion_of_authorship() {
    let scan = SampleScan::new()
        .source("a.c", 20, 0)
        .source("b.c", 20, 0)
        .commit(400, &[("b.c", 20, 0)])
        .by("Cy")
        .commit(400, &[])
        .by("Ada")
        .commit(10, &[("a.c", 1, 0)])
        .by("Bo")
        .build();
    let run = |first_line, lines, commit| LineRun { first_line, lines, writer: Some(CommitIdx(commit)) };
    let owners = vec![run(1, 19, 1), run(20, 1, 2)];
    let of_a = FileLines { file: file_idx(&scan, "a.c"), owners, functions: Vec::new() };
    let lines = Lines { files: vec![of_a], skipped: Vec::new() };
    let report = list(&scan, Grouping::File, Some(&lines), &[], &[]);
    let a = file(&report, "a.c");
    let main = &a.main_authors[0];
    assert_eq!((main.name.as_str(), main.presence, a.island_files), ("Ada", Presence::Inactive, 1));
    near(main.share, 0.95);
    near(a.lost, 0.95);
}

#[test]
fn two_people_are_no_alarm() {
    let people = |names: &[&str]| {
        let of = |sample: SampleScan, name: &&str| sample.commit(9, &[("a.c", 9, 0)]).by(name);
        report(&names.iter().fold(SampleScan::new().source("a.c", 10, 0), of).build(), &[], &[])
    };
    let alone = people(&["Ada"]);
    assert!(alone.is_small_team());
    assert_eq!((alone.all.bus_factor, alone.all.island_files), (None, 0));
    assert!(people(&["Ada", "Bo"]).is_small_team());
    let three = ["Ada", "Bo", "Cy"]
        .iter()
        .zip(["a.c", "b.c", "c.c"])
        .fold(SampleScan::new(), |sample, (name, path)| {
            sample.source(path, 10, 0).commit(9, &[(path, 9, 0)]).by(name)
        });
    let three = report(&three.build(), &[], &[]);
    assert!(!three.is_small_team());
    assert_eq!((three.all.bus_factor, three.all.island_files), (Some(2), 3));
}

#[test]
fn nobody_is_inactive_while_a_namesake_is_active() {
    let mut scan = SampleScan::new()
        .source("a.c", 10, 0)
        .commit(400, &[("a.c", 9, 0)])
        .by("Ada")
        .commit(8, &[("a.c", 1, 0)])
        .by("Bo")
        .build();
    near(report(&scan, &[], &[]).all.lost, 0.9);
    scan.namesakes = vec![vec![AuthorIdx::new(0), AuthorIdx::new(1)]];
    near(report(&scan, &[], &[]).all.lost, 0.0);
}
