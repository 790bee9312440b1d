//! A backtest as a document: the sentence, the scores side by side, calibration, the cuts.

use super::sentence::{statement, whole};
use crate::RenderOptions;
use crate::document::{Block, Cell, Column, Document, Limit, Look, Note, Section};
use crate::number::{count, counted, day, grouped};
use crate::quality;
use crate::text::visible;
use debtscan_findings::{
    BacktestReport, CalibrationBand, CalibrationBands, CutReport, Estimate, Hidden, Metric, Score,
    ScoreReport, Uncounted,
};

/// What a backtest says to people.
pub(crate) fn document(report: &BacktestReport, options: &RenderOptions) -> Document {
    let mut sections = Vec::new();
    if !report.scores.is_empty() {
        sections.push(scores(report));
        sections.push(calibration(report));
        sections.push(cuts(report, options));
    }
    sections.extend(uncounted(report, options));
    sections.push(method(report));
    sections.push(quality::of(&report.head.quality, &report.head.totals, options));
    let what = report.head.project.as_deref().map(|name| visible(name.as_bytes()));
    let mut header: Vec<String> = what.into_iter().collect();
    header.push(format!("debtscan {}", visible(report.head.tool_version.as_bytes())));
    header.push("backtest".to_owned());
    header.push(report.head.revision.short());
    header.push(counted(report.cuts.len(), "cut date", "cut dates"));
    header.push(counted(report.incidents, "incident", "incidents"));
    Document { header, lead: vec![statement(report)], sections, next: Vec::new() }
}

/// The figures shown, most important first: heading and how soon it gives way to a narrow terminal.
const SHOWN: [(Metric, &str, u8); 9] = [
    (Metric::C10, "in 10 %\nof lines", 0),
    (Metric::C20, "in 20 %\nof lines", 2),
    (Metric::Popt, "area,\nPopt", 1),
    (Metric::Sc20, "20 %,\nby score", 7),
    (Metric::Top10, "10 first\nfiles", 3),
    (Metric::Ftop5, "5 first\nfolders", 4),
    (Metric::F20, "20 %, by\nfolder", 6),
    (Metric::Atop3, "3 first\nareas", 5),
    (Metric::A20, "20 %, by\narea", 6),
];

fn scores(report: &BacktestReport) -> Section {
    let mut columns = vec![Column::word("score", 0)];
    for (metric, title, drop) in SHOWN {
        columns.push(Column::number(title, drop));
        if metric == Metric::C10 {
            columns.push(Column::number("95 %\nrange", 0));
            columns.push(Column::number("debtscan\nhas more", 0));
        }
    }
    let rows = report.scores.iter().map(score_row).collect();
    let aside = format!("share of the rankable incident cost, mean of {}", dates(report));
    let mut notes = vec![Note::new(
        "·",
        "in 10 % of lines: what the first tenth of the lines of code holds, files in order of score per line. \
         Popt: 0.5 is chance, 1 the oracle. debtscan has more: the difference in the first column, drawn in \
         pairs, with its 95 % range",
        Look::Dim,
    )];
    notes.extend(simpler_wins(report));
    Section {
        title: "WOULD IT HAVE FOUND WHAT CAME".to_owned(),
        aside,
        columns,
        blocks: vec![Block { rows, ..Block::default() }],
        notes,
    }
}

fn score_row(report: &ScoreReport) -> Vec<Cell> {
    let look = if report.score == Score::Debtscan { Look::Bold } else { Look::Plain };
    let mut row = vec![Cell::with_look(report.score.name(), look)];
    for (metric, ..) in SHOWN {
        let estimate = &report.figures[metric.position()];
        row.push(Cell::with_look(decimals(estimate.mean), look));
        if metric == Metric::C10 {
            row.push(Cell::dim(range(estimate)));
            row.push(more(report));
        }
    }
    row
}

/// The paired difference in the first figure.
fn more(report: &ScoreReport) -> Cell {
    if report.score == Score::Debtscan {
        return Cell::new("");
    }
    let difference = &report.debtscan_has_more[Metric::C10.position()];
    let sign = |value: f64| format!("{}{}", if value < 0.0 { "-" } else { "+" }, decimals(value.abs()));
    Cell::new(format!("{} ({} to {})", sign(difference.mean), sign(difference.low), sign(difference.high)))
}

/// Where a score that anybody can compute did better, for sure or not.
fn simpler_wins(report: &BacktestReport) -> Option<Note> {
    let is_simple = |score: Score| !matches!(score, Score::Debtscan | Score::Oracle | Score::Random);
    let mut wins = Vec::new();
    for (metric, title, _) in SHOWN {
        let simple = report.scores.iter().filter(|score| is_simple(score.score));
        let behind = |score: &&ScoreReport| score.debtscan_has_more[metric.position()].mean;
        let best = simple.min_by(|a, b| behind(a).total_cmp(&behind(b)))?;
        let difference = &best.debtscan_has_more[metric.position()];
        if difference.mean < -0.0005 {
            let sure = if difference.high < 0.0 { "" } else { ", within the error" };
            let title = title.replace('\n', " ");
            let title = title.trim_start_matches("in ");
            wins.push(format!("{title}: {} by {}{sure}", best.score.name(), decimals(-difference.mean)));
        }
    }
    (!wins.is_empty())
        .then(|| Note::new("·", format!("where another score did better: {}", wins.join("; ")), Look::Plain))
}

fn calibration(report: &BacktestReport) -> Section {
    let columns = vec![
        Column::word("expected\na year", 0),
        Column::number("files", 0),
        Column::number("came /\nexpected", 0),
        Column::number("within\nthe 80 %", 0),
        Column::number("areas", 0),
        Column::number("came /\nexpected", 0),
        Column::number("within\nthe 80 %", 0),
    ];
    let rows = report.file_bands.stated.iter().zip(&report.area_bands.stated);
    let rows = rows.filter(|(files, areas)| files.subjects + areas.subjects > 0);
    let rows = rows.map(|(files, areas)| {
        let mut row = vec![Cell::new(span(files))];
        row.extend([files, areas].into_iter().flat_map(band_cells));
        row
    });
    let mut notes = Vec::new();
    if let (Some(stated), Some(last)) = (report.total.median_error, report.total.median_error_of_last_year) {
        notes.push(Note::new(
            "·",
            format!(
                "the yearly total was off by {} % in the median; last year's count by {} %",
                whole(stated),
                whole(last)
            ),
            Look::Plain,
        ));
    }
    let quiet = report.calibrated_cuts - report.cuts.len();
    if quiet > 0 {
        let text = format!(
            "with {} that had too few incidents after {} to count elsewhere: without the quiet years every \
             expectation would look too low",
            counted(quiet, "more cut", "more cuts"),
            if quiet == 1 { "it" } else { "them" },
        );
        notes.push(Note::new("·", text, Look::Dim));
    }
    notes.push(Note::new("·", given_total(&report.file_bands), Look::Dim));
    Section {
        title: "WAS IT AS EXPECTED".to_owned(),
        aside: "incidents per file or area and window".to_owned(),
        columns,
        blocks: vec![Block { rows: rows.collect(), ..Block::default() }],
        notes,
    }
}

fn span(band: &CalibrationBand) -> String {
    band.to.map_or_else(|| format!("{} or more", band.from), |to| format!("{}–{to}", band.from))
}

fn band_cells(band: &CalibrationBand) -> [Cell; 3] {
    if band.subjects == 0 {
        return [Cell::new("0"), Cell::new(""), Cell::new("")];
    }
    let ratio = if band.expected > 0.0 { decimals_2(band.came / band.expected) } else { String::new() };
    let covered = band.covered / band.subjects as f64;
    [Cell::new(count(band.subjects)), Cell::new(ratio), Cell::new(format!("{} %", whole(covered)))]
}

fn given_total(bands: &CalibrationBands) -> String {
    let filled = bands.given_total.iter().filter(|band| band.expected > 0.0);
    let texts = filled.map(|band| format!("{}: {}", span(band), decimals_2(band.came / band.expected)));
    format!("had the total been known, came / expected per file: {}", texts.collect::<Vec<_>>().join("; "))
}

fn cuts(report: &BacktestReport, options: &RenderOptions) -> Section {
    let limit = Limit::new(options.top, usize::MAX);
    let columns = vec![
        Column::word("cut", 0),
        Column::number("incidents\nknown", 0),
        Column::number("\ncame", 0),
        Column::number("on ranked\nfiles", 1),
        Column::number("expected", 2),
        Column::number("debtscan\nin 10 %", 0),
        Column::number("\nPopt", 3),
        Column::number("hotspot\nin 10 %", 1),
        Column::number("\nPopt", 4),
        Column::word("commit", 6),
        Column::number("lines\nof code", 5),
    ];
    let rows = report.cuts.iter().rev().take(limit.rows()).map(cut_row).collect();
    let sum = |value: &dyn Fn(&CutReport) -> usize| report.cuts.iter().map(value).sum::<usize>();
    let (came, wide) = (sum(&|cut| cut.came), sum(&|cut| cut.wide));
    let unplaced = sum(&|cut| cut.unplaced);
    let ranked = report.cuts.iter().map(|cut| cut.rankable_share * cut.came as f64).fold(0.0, |a, b| a + b);
    let text = format!(
        "{} came and {} tied to source files; {:.1} % of that fell on files that existed at the cut, and \
         figures are of this part. Left out: {} tied to no source file, {} with a fix of more than {} \
         source files",
        counted(came, "incident", "incidents"),
        if came == 1 { "is" } else { "are" },
        if came > 0 { ranked / came as f64 * 100.0 } else { 0.0 },
        count(unplaced),
        count(wide),
        count(report.max_fix_files),
    );
    Section {
        title: "CUT BY CUT".to_owned(),
        aside: format!("incidents of the {} days after", report.rules.horizon_days),
        columns,
        blocks: vec![Block { rows, more: limit.more(report.cuts.len()), ..Block::default() }],
        notes: vec![Note::new("·", text, Look::Plain)],
    }
}

fn cut_row(cut: &CutReport) -> Vec<Cell> {
    let figure = |score: Score, metric: Metric| {
        let position = Score::ALL.iter().position(|known| *known == score).expect("the list holds it");
        Cell::new(decimals(cut.figures[position][metric.position()]))
    };
    vec![
        Cell::new(day(cut.date)),
        Cell::new(count(cut.known)),
        Cell::new(count(cut.came)),
        Cell::new(format!("{} %", whole(cut.rankable_share))),
        Cell::new(cut.expected.map_or_else(String::new, |expected| format!("{expected:.0}"))),
        figure(Score::Debtscan, Metric::C10),
        figure(Score::Debtscan, Metric::Popt),
        figure(Score::HotspotProduct, Metric::C10),
        figure(Score::HotspotProduct, Metric::Popt),
        Cell::new(cut.revision.short()),
        Cell::new(grouped(cut.lines)),
    ]
}

fn uncounted(report: &BacktestReport, options: &RenderOptions) -> Option<Section> {
    let limit = Limit::new(options.top, 10);
    let rules = &report.rules;
    let reason = |cut: &debtscan_findings::UncountedCut| match cut.reason {
        Uncounted::NoCommit => "the repository had no commit yet".to_owned(),
        Uncounted::NotOver => format!("the {} days after it are not over", rules.horizon_days),
        Uncounted::TooFew => format!(
            "{} known, {} in the {} days after",
            counted(cut.known, "incident", "incidents"),
            count(cut.came),
            rules.horizon_days
        ),
    };
    let shown = report.uncounted.iter().rev().take(limit.rows());
    let mut notes: Vec<Note> = shown.map(|cut| Note::new(day(cut.date), reason(cut), Look::Plain)).collect();
    let more = limit.more(report.uncounted.len());
    if !more.is_empty() {
        notes.push(Note::new("", more, Look::Dim));
    }
    (!notes.is_empty()).then(|| Section {
        title: "NOT COUNTED".to_owned(),
        aside: format!(
            "a cut needs {} known incidents and {} on ranked files after it",
            rules.least_known, rules.least_came
        ),
        notes,
        ..Section::default()
    })
}

fn method(report: &BacktestReport) -> Section {
    let rules = &report.rules;
    let mut notes: Vec<Note> = hidden(rules.hidden).into_iter().collect();
    let texts = [
        "known at a cut: the last commit of the first-parent line with a committer time not after it, its \
         history and tree, and the incidents that had opened and whose fixes that history holds"
            .to_owned(),
        format!(
            "every incident counts alike, by its fix's changed source lines; commits of more than {} source \
             files are no recent change",
            count(report.max_files_per_commit)
        ),
        format!(
            "95 % ranges: cuts drawn again, and incidents within them, {} times from seed {}",
            count(rules.resamples),
            rules.seed
        ),
    ];
    notes.extend(texts.into_iter().map(|text| Note::new("·", text, Look::Dim)));
    Section { title: "HOW IT WAS DONE".to_owned(), notes, ..Section::default() }
}

/// What the ranking did not get to see.
fn hidden(hidden: Hidden) -> Option<Note> {
    let text = match hidden {
        Hidden::Nothing => return None,
        Hidden::Incidents(percent) => format!("{percent} % of the known incidents"),
        Hidden::Links(percent) => format!("what ties {percent} % of the known incidents to code"),
    };
    Some(Note::new("!", format!("hidden from the ranking: {text}, drawn at random"), Look::Bold))
}

fn dates(report: &BacktestReport) -> String {
    let Some((first, last)) = report.cuts.first().zip(report.cuts.last()) else { return String::new() };
    let ends = if report.cuts.len() == 1 {
        day(first.date)
    } else {
        format!("{} to {}", day(first.date), day(last.date))
    };
    format!("{}, {ends}", counted(report.cuts.len(), "cut", "cuts"))
}

fn range(estimate: &Estimate) -> String {
    format!("{}–{}", decimals(estimate.low), decimals(estimate.high))
}

/// Three decimals without the leading zero, as in the literature: `.231`, `1.000`.
fn decimals(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or(text.clone(), ToOwned::to_owned)
}

fn decimals_2(value: f64) -> String {
    format!("{value:.2}")
}
