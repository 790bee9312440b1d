//! The headline of a backtest.

use crate::number::{counted, day};
use debtscan_findings::{BacktestReport, Estimate, Metric, Score, Uncounted, UncountedCut};

/// A claim with its interval, or the data missing for one.
pub(crate) fn headline(report: &BacktestReport) -> String {
    match tenth(report) {
        Some(tenth) => claim(report, tenth),
        None => missing(report),
    }
}

/// The share in the first 10% of the lines, if the report claims one.
fn tenth(report: &BacktestReport) -> Option<&Estimate> {
    // debtscan's score is the first of `Score::ALL`.
    let debtscan = report.scores.first().filter(|_| report.claims())?;
    Some(&debtscan.figures[Metric::C10.position()])
}

/// The same share of a random order.
fn chance(report: &BacktestReport) -> f64 {
    let random = report.scores.iter().find(|score| score.score == Score::Random);
    random.map_or(0.1, |random| random.figures[Metric::C10.position()].mean)
}

fn claim(report: &BacktestReport, tenth: &Estimate) -> String {
    let when = if report.is_yearly { "on each 1 January" } else { "at these dates" };
    let incidents = match (report.rules.horizon_days, report.is_yearly) {
        (365, true) => "that year's incidents".to_owned(),
        (365, false) => "the next year's incidents".to_owned(),
        (days, _) => format!("the incidents of the next {days} days"),
    };
    let mut text = format!(
        "Reviewing the top 10% of the code by this ranking {when} would have covered {}% ({}–{}%) of \
         {incidents}; a random 10% would cover {}%.",
        whole(tenth.mean),
        whole(tenth.low),
        whole(tenth.high),
        whole(chance(report)),
    );
    // The lower end, not the mean: a lead that chance reaches in 1 of 40 draws is none.
    if tenth.low <= chance(report) {
        text.push_str(" This is not distinguishable from chance.");
    }
    text
}

fn missing(report: &BacktestReport) -> String {
    let rules = &report.rules;
    let is_calendar_year = rules.horizon_days == 365 && report.is_yearly;
    let mut texts = vec![format!(
        "Too little is known to judge the ranking: {} of at least {} {} counted.",
        report.cuts.len(),
        rules.least_cuts,
        if is_calendar_year { "years" } else { "dates" },
    )];
    if report.incidents > report.dated {
        let undated = report.incidents - report.dated;
        texts.push(format!("{} no date.", counted(undated, "incident has", "incidents have")));
    }
    if let Some(nearest) = nearest(&report.uncounted, rules.least_known, rules.least_came) {
        texts.push(format!(
            "The nearest of the others, {}, had {} known (needed: {}) and {} in the {} days after (needed: \
             {}).",
            day(nearest.date),
            counted(nearest.known, "incident", "incidents"),
            rules.least_known,
            nearest.came,
            rules.horizon_days,
            rules.least_came,
        ));
    }
    texts.join(" ")
}

/// The cut date that lacks the fewest incidents; the last of several.
fn nearest(cuts: &[UncountedCut], known: usize, came: usize) -> Option<&UncountedCut> {
    let lacks = |cut: &&UncountedCut| known.saturating_sub(cut.known) + came.saturating_sub(cut.came);
    // `min_by_key` returns the first of equals, which is the latest date here.
    cuts.iter().rev().filter(|cut| cut.reason == Uncounted::TooFew).min_by_key(lacks)
}

/// A share in whole percent.
pub(super) fn whole(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}
