//! What the terminal shows, as a whole and by property.

use super::sample;
use super::text::width;
use super::{explanation, report};
use crate::options::{Detail, Format, Names, RenderOptions};
use debtscan_findings::Grouping;
use debtscan_findings::{Acceptance, Explanation, LossCode, Remark, Report};
use debtscan_incidents::{Currency, Money};

fn options(width: usize) -> RenderOptions {
    RenderOptions {
        format: Format::Table,
        group: Grouping::Area,
        sort: crate::options::Sort::Cost,
        top: None,
        width,
        names: Names::Fitted,
        detail: Detail::Full,
        color: false,
        formulas: crate::options::Formulas::Escape,
        invocation: crate::options::Invocation::default(),
    }
}

fn rendered(report_value: &Report, options: &RenderOptions) -> String {
    let mut out = Vec::new();
    report(report_value, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn explained(value: &Explanation, options: &RenderOptions) -> String {
    let mut out = Vec::new();
    explanation(value, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn assert_fits(text: &str, limit: usize, what: &str) {
    for line in text.lines() {
        // A word of a suggested command is not cut, because it would be another argument.
        let is_one_word = !line.trim_end_matches(" \\").trim().contains(' ');
        assert!(is_one_word || width(line) <= limit, "{what} at {limit}: {} columns: {line}", width(line));
        assert!(!line.ends_with(' '), "{what} at {limit}: white space at the end of {line:?}");
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for (name, sample) in sample::all() {
        for limit in 60..=220 {
            for group in [Grouping::Area, Grouping::File] {
                let options = RenderOptions { group, ..options(limit) };
                assert_fits(&rendered(&sample, &options), limit, name);
            }
        }
    }
}

#[test]
fn no_line_of_an_explanation_is_wider_than_the_terminal() {
    for (name, sample) in sample::explanations() {
        for limit in 60..=220 {
            assert_fits(&explained(&sample, &options(limit)), limit, name);
        }
    }
}

#[test]
fn an_explanation_is_a_trail_that_can_be_followed() {
    for limit in [80, 160] {
        let file = explained(&sample::explained_file(), &options(limit));
        insta::assert_snapshot!(format!("explained_file_{limit}"), file);
    }
    insta::assert_snapshot!("explained_area_100", explained(&sample::explained_area(), &options(100)));
    let cut = explained(&sample::explained_file(), &RenderOptions { top: Some(1), ..options(80) });
    assert!(cut.contains("and 1 more\n"), "2 incidents: {cut}");
    assert!(cut.contains("and 13 more\n"), "14 commits: {cut}");
}

#[test]
fn markdown_shows_the_same_sections_and_runs_nothing() {
    let markdown = RenderOptions { format: Format::Markdown, ..options(80) };
    insta::assert_snapshot!("priced_markdown", rendered(&sample::priced(), &markdown));
    insta::assert_snapshot!("explained_file_markdown", explained(&sample::explained_file(), &markdown));
    for (name, sample) in sample::all() {
        let text = rendered(&sample, &markdown);
        // Every row of a table needs as many bars as its head. Escaped ones are text.
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        for pair in text.lines().collect::<Vec<_>>().windows(2) {
            if pair.iter().all(|line| line.starts_with('|')) {
                assert_eq!(bars(pair[0]), bars(pair[1]), "{name}: {pair:?}");
            }
        }
        assert!(!text.contains(|character: char| character.is_control() && character != '\n'), "{name}");
    }
}

#[test]
fn a_terminal_of_less_than_sixty_columns_is_treated_as_sixty() {
    for (_, sample) in sample::all() {
        assert_eq!(rendered(&sample, &options(0)), rendered(&sample, &options(60)));
    }
}

#[test]
fn without_colour_there_is_no_escape_byte_and_with_colour_nothing_else_changes() {
    for (name, sample) in sample::all() {
        let plain = rendered(&sample, &options(100));
        let forbidden = |character: char| character.is_control() && character != '\n';
        assert!(!plain.contains(forbidden), "{name}: {plain:?}");
        let colored = rendered(&sample, &RenderOptions { color: true, ..options(100) });
        assert!(colored.contains("\x1b["), "{name}");
        assert_eq!(without_styles(&colored), plain, "{name}");
    }
}

/// Removes `ESC [ ... m`.
fn without_styles(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').unwrap().1);
    }
    plain
}

#[test]
fn the_report_reads_well_at_80_and_200_columns() {
    for limit in [80, 200] {
        insta::assert_snapshot!(format!("priced_{limit}"), rendered(&sample::priced(), &options(limit)));
        insta::assert_snapshot!(format!("no_prices_{limit}"), rendered(&sample::counted(), &options(limit)));
        insta::assert_snapshot!(format!("no_incidents_{limit}"), rendered(&sample::bare(), &options(limit)));
    }
    insta::assert_snapshot!("several_currencies_100", rendered(&sample::several_currencies(), &options(100)));
    insta::assert_snapshot!("hostile_100", rendered(&sample::hostile(), &options(100)));
    insta::assert_snapshot!("empty_80", rendered(&sample::empty(), &options(80)));
    let by_file = RenderOptions { group: Grouping::File, ..options(120) };
    insta::assert_snapshot!("by_file_120", rendered(&sample::priced(), &by_file));
}

#[test]
fn every_list_obeys_top_and_says_how_many_more_there_are() {
    let top = RenderOptions { top: Some(2), ..options(80) };
    let text = rendered(&sample::many(), &top);
    assert!(text.contains("and 38 more\n"), "40 areas: {text}");
    assert!(text.contains("and 10 more\n"), "12 files: {text}");
    // 9 incidents are unplaced; the seven hidden ones cost $450 + $440 + ... + $390 = $2,940
    assert!(text.contains("and 7 more, $2,940: --format json lists all\n"), "{text}");
}

#[test]
fn every_area_and_file_is_in_a_row_or_in_a_number() {
    let mut sample = sample::priced();
    let template = sample.areas[5].clone();
    for (name, rank, incidents) in [("empty", Some(7), 0), ("gone", None, 3), ("docs", None, 0)] {
        let mut area = template.clone();
        (area.name, area.rank, area.start_rank, area.source_lines) = (name.to_owned(), rank, None, 0);
        area.recorded.incidents = incidents;
        area.forecast.shares = debtscan_findings::ShareParts::default();
        sample.areas.push(area);
    }
    let file = sample.files[11].clone();
    for (rank, is_present) in [(Some(13), true), (Some(14), true), (None, false)] {
        let mut file = file.clone();
        (file.rank, file.start_rank, file.is_present, file.sloc) = (rank, None, is_present, 0);
        file.forecast.shares = debtscan_findings::ShareParts::default();
        sample.files.push(file);
    }
    let text = rendered(&sample, &options(100));
    // 9 areas: 7 ranked (one without lines, one of less than 1%), one with incidents alone, one with nothing.
    assert!(text.contains("half of the expected cost is in 1 of 7 areas\n"), "{text}");
    assert!(text.contains("\n–  gone "), "{text}");
    assert!(text.contains("  not ranked, no source files: docs\n"), "{text}");
    let not_listed = "not listed: 1 area with less than 1% of the expected total, and 1 area without lines of \
                      code\n";
    assert!(text.contains(not_listed), "5 rows and 2: {text}");
    // 15 files: 14 ranked, two of them without lines, and a deleted one.
    assert!(text.contains("half of the expected cost is in 4 of 14 files\n"), "{text}");
    let more = "    and 4 more; not ranked: 1 deleted or non-source file with past incidents\n";
    assert!(text.contains(more), "10 rows of 14: {text}");
}

#[test]
fn two_files_never_look_alike() {
    let mut sample = sample::priced();
    // As in OpenStack Neutron, where two files of one name were shortened to the same text.
    for (file, folder) in sample.files.iter_mut().zip(["agent", "plugins"]) {
        file.path = sample::path(format!("neutron/{folder}/ml2/drivers/ovn/ovsdb_monitor_of_all.py"));
    }
    for limit in 60..=220 {
        let text = rendered(&sample, &options(limit));
        let start = text.find("COSTLIEST FILES").expect("the ranking of files");
        let lines = text[start..].lines().take_while(|line| !line.is_empty()).skip(3).take(10);
        let names: std::collections::BTreeSet<&str> =
            lines.map(|line| line.split_whitespace().nth(1).expect("a name")).collect();
        assert_eq!(names.len(), 10, "at {limit}: {text}");
    }
}

#[test]
fn a_folder_without_source_files_expects_nothing() {
    let mut sample = sample::bare();
    sample.files.clear();
    for area in &mut sample.areas {
        (area.rank, area.start_rank, area.source_lines) = (None, None, 0);
    }
    let text = rendered(&sample, &options(100));
    assert!(text.contains("\nThere are no source files to rank.\n"), "{text}");
    assert!(!text.contains("are estimated"), "{text}");
}

#[test]
fn a_shallow_clone_is_not_the_full_history() {
    let mut sample = sample::hostile();
    assert!(sample.quality.is_shallow());
    (sample.project, sample.scope, sample.window) = (None, None, debtscan_model::TimeWindow::default());
    let text = rendered(&sample, &options(200));
    assert!(text.contains(" · partial history (shallow clone): "), "{text}");
    assert!(!rendered(&sample::priced(), &options(200)).contains("full history"));
}

#[test]
fn a_command_of_several_lines_still_says_what_it_gives() {
    let mut sample = sample::priced();
    // 62 columns: with the command and its arguments more than 80.
    sample.files[0].path = sample::path("source/".repeat(8) + "file.c");
    let invocation = crate::Invocation {
        program: None,
        repository: Some("clones/shop".to_owned()),
        arguments: vec!["--incidents".to_owned(), "exports/incidents-of-all-years.csv".to_owned()],
    };
    let text = rendered(&sample, &RenderOptions { invocation, ..options(80) });
    let command = "\n  # how each figure was computed\n  debtscan explain \\\n    source/";
    assert!(text.contains(command), "{text}");
}

#[test]
fn without_any_cost_incidents_that_are_not_placed_have_no_column_of_it() {
    let heading = |sample: &Report| {
        let text = rendered(sample, &options(100));
        let heading = text.lines().find(|line| line.starts_with("incident  ")).expect("a heading");
        heading.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(heading(&sample::priced()).contains(&"cost".to_owned()));
    let mut free = sample::priced();
    free.currencies.clear();
    assert!(!heading(&free).contains(&"cost".to_owned()));
}

#[test]
fn the_next_command_follows_from_what_is_missing() {
    let text = rendered(&sample::bare(), &options(80));
    assert!(text.contains("debtscan scan --incidents FILE.csv"), "{text}");
    assert!(rendered(&sample::priced(), &options(80)).contains("debtscan explain lib/url.c"));
    for command in ["debtscan trend ", "debtscan hotspots", "debtscan knowledge"] {
        assert!(text.contains(command), "{command}: {text}");
    }
    let hostile = rendered(&sample::hostile(), &options(80));
    assert!(!hostile.contains("explain caf"), "a path that cannot be typed is not suggested: {hostile}");
}

#[test]
fn skipped_items_are_listed_once_with_examples() {
    let text = rendered(&sample::hostile(), &options(200));
    assert_eq!(text.matches("submodules, not scanned").count(), 1, "{text}");
    assert!(text.contains("1,312 submodules, not scanned: third_party/module-0"), "{text}");
    assert!(text.contains("and 1,307 more"), "{text}");
    assert!(text.contains("incomplete: --strict would exit with 1"), "{text}");
}

#[test]
fn a_wider_terminal_never_shows_less() {
    for (name, sample) in sample::all() {
        // Dropped columns may make room for longer names, so letters are counted, not columns.
        let mut before = 0;
        for limit in 60..=220 {
            let text = rendered(&sample, &options(limit));
            let start = text.find("BY AREA").unwrap_or(text.len());
            // The letters of the first table that are no gaps.
            let is_row = |line: &&str| !line.is_empty() && !line.contains("  and ") && !line.starts_with('!');
            let table = text[start..].lines().skip(1).take_while(is_row);
            let letters = table.map(|line| line.chars().filter(|letter| *letter != ' ').count()).sum();
            assert!(letters >= before, "{name} at {limit}: {letters} letters after {before}\n{text}");
            before = letters;
        }
    }
}

#[test]
fn the_default_report_is_one_screen() {
    for (name, sample) in sample::all() {
        let text = rendered(&sample, &RenderOptions { detail: Detail::Summary, ..options(100) });
        assert!(text.lines().count() <= 45, "{name}: {} lines\n{text}", text.lines().count());
    }
}

#[test]
fn a_summary_with_accounts_and_long_reasons_is_one_screen_and_counts_what_it_cuts() {
    let mut report = sample::many();
    let with_accounts = sample::modelled();
    report.customers = with_accounts.customers;
    for area in &mut report.areas {
        area.customers = with_accounts.areas[0].customers.clone();
    }
    let accepted =
        |code: LossCode| Acceptance { code, reason: "known since the split ".repeat(12), until: None };
    report.quality.remarks = vec![Remark::ShallowClone, Remark::TreeAfterWindow];
    report.quality.rules.accepted =
        vec![accepted(LossCode::ShallowClone), accepted(LossCode::TreeAfterWindow)];
    let text = rendered(&report, &RenderOptions { detail: Detail::Summary, ..options(100) });
    assert!(text.lines().count() <= 45, "{} lines\n{text}", text.lines().count());
    let customers = &text[text.find("CUSTOMERS HIT").expect("it is there")..];
    let more = customers.lines().find(|line| line.contains("more")).expect("the rest is counted");
    let shown = customers.lines().filter(|line| line.contains("Acme")).count();
    assert!((1..=3).contains(&shown) && more.contains(&format!("and {} more", 40 - shown)), "{text}");
    assert!(text.contains("incomplete, as accepted in the configuration"), "{text}");
    assert!(text.contains("1 more accepted gap"), "{text}");
    assert!(text.contains("debtscan explain"), "{text}");
}

#[test]
fn a_pipe_gets_whole_paths() {
    let mut sample = sample::priced();
    let path = format!("{}file.c", "folder/".repeat(12));
    sample.files[0].path = sample::path(&path);
    let options = RenderOptions { names: Names::Whole, ..options(100) };
    assert!(rendered(&sample, &options).lines().any(|line| line.contains(&path)));
}

#[test]
fn the_headline_says_what_incidents_without_a_cost_would_add_if_it_is_much() {
    let sentence = "7 incidents without a cost would add about $30,000 at the mean cost of their severity.";
    let mut sample = sample::priced();
    sample.totals.incidents_assumed = 7;
    sample.totals.assumed.add(Money { minor: 3_000_000, currency: Currency::USD });
    let lead = |sample: &Report| {
        let text = rendered(sample, &options(200));
        text.split("\n\n").next().unwrap_or_default().to_owned()
    };
    assert!(!lead(&sample).contains(sentence));
    sample.totals.is_assumed_large = true;
    assert!(lead(&sample).contains(sentence), "{}", lead(&sample));
}

#[test]
fn years_that_count_fixes_say_so() {
    let sentence = "90 incidents without an opening date count from their first fix.";
    let mut sample = sample::priced();
    assert!(!rendered(&sample, &options(200)).contains(sentence));
    // 90 of 96
    sample.quality.assumptions.push(debtscan_findings::Assumption::DatedByFix { incidents: 90 });
    assert!(rendered(&sample, &options(200)).contains(sentence));
}
