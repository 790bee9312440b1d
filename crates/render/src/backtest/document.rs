//! The backtest as a document: headline, rankings, calibration, cut dates.

use super::columns::{cut_table, decimals};
use super::sentence::{headline, whole};
use crate::document::{Block, Cell, Document, Limit, Look, Note, Section, TableColumn};
use crate::head;
use crate::listing::{self, Caption};
use crate::number::{count, counted, day};
use crate::options::RenderOptions;
use crate::quality;
use crate::text::visible;
use debtscan_findings::{
    BacktestReport, CalibrationBand, CalibrationBands, CutReport, Estimate, Hidden, Metric, Score,
    ScoreReport, Uncounted,
};

/// The document of a backtest.
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
    let project = report.head.project.as_deref().map(|name| visible(name.as_bytes()));
    let mut header: Vec<String> = project.into_iter().collect();
    header.push(format!("debtscan {}", visible(report.head.tool_version.as_bytes())));
    header.push("backtest".to_owned());
    header.push(report.head.revision.short());
    header.push(counted(report.cuts.len(), "cut date", "cut dates"));
    header.push(counted(report.incidents, "incident", "incidents"));
    let banner = head::banner(&report.head.quality);
    Document { banner, header, lead: vec![headline(report)], sections, next: Vec::new() }
}

/// The figures shown, with their heads and the order in which a narrow terminal drops them.
const SHOWN: [(Metric, &str, u8); 9] = [
    (Metric::C10, "in first\n10%", 0),
    (Metric::C20, "in first\n20%", 2),
    (Metric::Popt, "Popt", 1),
    (Metric::Sc20, "first 20%,\nby score", 7),
    (Metric::Top10, "first 10\nfiles", 3),
    (Metric::Ftop5, "first 5\nfolders", 4),
    (Metric::F20, "first 20%,\nfolders", 6),
    (Metric::Atop3, "first 3\nareas", 5),
    (Metric::A20, "first 20%,\nareas", 6),
];

fn scores(report: &BacktestReport) -> Section {
    let mut columns = vec![TableColumn::word("ranking", 0)];
    for (metric, title, drop) in SHOWN {
        columns.push(TableColumn::number(title, drop));
        // One figure has its range. Nine of them would fit no terminal.
        if metric == Metric::C10 {
            columns.push(TableColumn::number("95%\nrange", 0));
            columns.push(TableColumn::number("debtscan\nahead by", 0));
        }
    }
    let rows = report.scores.iter().map(score_row).collect();
    let aside = format!("share of incidents on ranked files, mean of {}", dates(report));
    let mut notes = vec![Note::new(
        "·",
        "in first 10%: share of the incidents in the first 10% of the lines of code, files by score per line. \
         Popt: area under the whole curve; 0.5 is chance, 1 the oracle. debtscan ahead by: paired difference \
         in the first column, with its 95% range",
        Look::Dim,
    )];
    notes.extend(simpler_wins(report));
    Section {
        title: "COMPARED WITH OTHER RANKINGS".to_owned(),
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
    // The sign by itself, because a leading zero is only dropped at the very beginning.
    let sign = |value: f64| format!("{}{}", if value < 0.0 { "-" } else { "+" }, decimals(value.abs()));
    Cell::new(format!("{} ({} to {})", sign(difference.mean), sign(difference.low), sign(difference.high)))
}

/// The figures in which a simpler ranking did better, significantly or not.
fn simpler_wins(report: &BacktestReport) -> Option<Note> {
    // The oracle cannot be beaten, and a random order is nobody's choice.
    let is_simple = |score: Score| !matches!(score, Score::Debtscan | Score::Oracle | Score::Random);
    let mut wins = Vec::new();
    for (metric, title, _) in SHOWN {
        let simple = report.scores.iter().filter(|score| is_simple(score.score));
        let behind = |score: &&ScoreReport| score.debtscan_has_more[metric.position()].mean;
        let best = simple.min_by(|a, b| behind(a).total_cmp(&behind(b)))?;
        let difference = &best.debtscan_has_more[metric.position()];
        // Half of the last digit that is shown: less would read as a loss of .000.
        if difference.mean < -0.0005 {
            // The 95% range of the paired difference must be below 0 as a whole.
            let doubt = if difference.high < 0.0 { "" } else { " (not significant)" };
            let title = title.replace('\n', " ");
            let title = title.trim_start_matches("in ");
            wins.push(format!("{title}: {} by {}{doubt}", best.score.name(), decimals(-difference.mean)));
        }
    }
    (!wins.is_empty())
        .then(|| Note::new("·", format!("better than debtscan: {}", wins.join("; ")), Look::Plain))
}

fn calibration(report: &BacktestReport) -> Section {
    let columns = vec![
        TableColumn::word("expected\nincidents", 0),
        TableColumn::number("files", 0),
        TableColumn::number("actual ÷\nexpected", 0),
        TableColumn::number("inside\n80% range", 0),
        TableColumn::number("areas", 0),
        TableColumn::number("actual ÷\nexpected", 0),
        TableColumn::number("inside\n80% range", 0),
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
                "median error of the yearly total: {}%; of last year's count: {}%",
                whole(stated),
                whole(last)
            ),
            Look::Plain,
        ));
    }
    // Every cut that counts is calibrated too.
    let quiet = report.calibrated_cuts - report.cuts.len();
    if quiet > 0 {
        let text = format!(
            "includes {} with too few incidents for the other tables; without quiet years every expectation \
             would look too low",
            counted(quiet, "more cut date", "more cut dates"),
        );
        notes.push(Note::new("·", text, Look::Dim));
    }
    notes.push(Note::new("·", given_total(&report.file_bands), Look::Dim));
    Section {
        title: "CALIBRATION".to_owned(),
        aside: format!("incidents per file or area in {} days", report.rules.horizon_days),
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
    [Cell::new(count(band.subjects)), Cell::new(ratio), Cell::new(format!("{}%", whole(covered)))]
}

fn given_total(bands: &CalibrationBands) -> String {
    let filled = bands.given_total.iter().filter(|band| band.expected > 0.0);
    let texts = filled.map(|band| format!("{}: {}", span(band), decimals_2(band.came / band.expected)));
    format!("actual ÷ expected per file, given the true total: {}", texts.collect::<Vec<_>>().join("; "))
}

fn cuts(report: &BacktestReport, options: &RenderOptions) -> Section {
    let sum = |value: &dyn Fn(&CutReport) -> usize| report.cuts.iter().map(value).sum::<usize>();
    let (came, wide) = (sum(&|cut| cut.came), sum(&|cut| cut.wide));
    let unplaced = sum(&|cut| cut.unplaced);
    // Weighted by incidents: the mean of the shares would give a quiet year the weight of a bad
    // one.
    let ranked = report.cuts.iter().map(|cut| cut.rankable_share * cut.came as f64).fold(0.0, |a, b| a + b);
    let text = format!(
        "{} {} placed in source files; figures cover the {:.1}% on files that existed at the cut date. \
         Excluded: {} placed in no source file, {} with a fix of more than {} source files",
        counted(came, "later incident", "later incidents"),
        if came == 1 { "is" } else { "are" },
        if came > 0 { ranked / came as f64 * 100.0 } else { 0.0 },
        count(unplaced),
        count(wide),
        count(report.max_fix_files),
    );
    let caption = Caption {
        title: "BY CUT DATE".to_owned(),
        aside: format!("incidents before, and in the {} days after", report.rules.horizon_days),
        notes: vec![Note::new("·", text, Look::Plain)],
        // All of them: a bad year must not be hidden in a list that is cut.
        default_top: usize::MAX,
        ..Caption::default()
    };
    listing::section(&cut_table(), report.cuts.iter().rev(), caption, options)
}

fn uncounted(report: &BacktestReport, options: &RenderOptions) -> Option<Section> {
    let limit = Limit::new(options.top, 10);
    let rules = &report.rules;
    let reason = |cut: &debtscan_findings::UncountedCut| match cut.reason {
        Uncounted::NoCommit => "the repository had no commit yet".to_owned(),
        Uncounted::NotOver => format!("the next {} days are not over", rules.horizon_days),
        Uncounted::TooFew => format!(
            "{} known before, {} in the next {} days",
            counted(cut.known, "incident", "incidents"),
            count(cut.came),
            rules.horizon_days
        ),
    };
    // Newest first, as the table of cut dates.
    let shown = report.uncounted.iter().rev().take(limit.rows());
    let mut notes: Vec<Note> = shown.map(|cut| Note::new(day(cut.date), reason(cut), Look::Plain)).collect();
    let more = limit.more(report.uncounted.len());
    if !more.is_empty() {
        notes.push(Note::new("", more, Look::Dim));
    }
    (!notes.is_empty()).then(|| Section {
        title: "SKIPPED CUT DATES".to_owned(),
        aside: format!(
            "a cut date needs {} known incidents and {} later ones on ranked files",
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
        "known at a cut date: the last first-parent commit with a committer time up to it, the history and \
         files of that commit, and the incidents opened and fixed by then"
            .to_owned(),
        format!(
            "every incident counts as 1, spread over the source lines its fix changed; commits of more than {} \
             source files are excluded from recent activity",
            count(report.max_files_per_commit)
        ),
        format!(
            "95% ranges: bootstrap over cut dates, and over incidents within them, {} draws, seed {}",
            count(rules.resamples),
            rules.seed
        ),
    ];
    notes.extend(texts.into_iter().map(|text| Note::new("·", text, Look::Dim)));
    Section { title: "METHOD".to_owned(), notes, ..Section::default() }
}

/// The data hidden from the ranking.
fn hidden(hidden: Hidden) -> Option<Note> {
    let text = match hidden {
        Hidden::Nothing => return None,
        Hidden::Incidents(percent) => format!("{percent}% of the known incidents"),
        Hidden::Links(percent) => format!("the evidence of {percent}% of the known incidents"),
    };
    Some(Note::new("!", format!("hidden from the ranking: {text}, chosen at random"), Look::Bold))
}

fn dates(report: &BacktestReport) -> String {
    let Some((first, last)) = report.cuts.first().zip(report.cuts.last()) else { return String::new() };
    let ends = if report.cuts.len() == 1 {
        day(first.date)
    } else {
        format!("{} to {}", day(first.date), day(last.date))
    };
    format!("{}, {ends}", counted(report.cuts.len(), "cut date", "cut dates"))
}

fn range(estimate: &Estimate) -> String {
    format!("{}–{}", decimals(estimate.low), decimals(estimate.high))
}

fn decimals_2(value: f64) -> String {
    format!("{value:.2}")
}
