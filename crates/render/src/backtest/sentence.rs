//! The headline of a backtest.

use crate::number::{counted, day};
use debtscan_findings::{BacktestReport, BacktestSummary, Uncounted, UncountedCut};
use debtscan_model::CommitId;

/// A claim with its interval, or the data missing for one.
pub(crate) fn headline(report: &BacktestReport) -> String {
    report.summary().map_or_else(|| missing(report), |summary| claim(&summary))
}

/// What past rankings would have covered, and what the best simple one would have.
///
/// Every incident counts as 1, so the claim is of incidents, never of their cost.
pub(crate) fn claim(summary: &BacktestSummary) -> String {
    let when = if summary.is_yearly { "on each 1 January" } else { "at these dates" };
    let incidents = match (summary.horizon_days, summary.is_yearly) {
        (365, true) => "that year's incidents".to_owned(),
        (365, false) => "the next year's incidents".to_owned(),
        (days, _) => format!("the incidents of the next {days} days"),
    };
    let (share, best) = (&summary.share, &summary.best_simple);
    let mut text = format!(
        "Reviewing the top 10% of the code by this ranking {when} would have covered {}% ({}–{}%) of \
         {incidents}; a random 10% would cover {}%.",
        whole(share.mean),
        whole(share.low),
        whole(share.high),
        whole(summary.chance),
    );
    // The lower end, not the mean: a lead that chance reaches in 1 of 40 draws is none.
    if share.low <= summary.chance {
        text.push_str(" This is not distinguishable from chance.");
    }
    let doubt = if best.ahead.low <= 0.0 && best.ahead.high >= 0.0 {
        " (the difference is not significant)"
    } else {
        ""
    };
    text.push_str(&format!(
        " The best simple ranking, {}, would have covered {}%{doubt}.",
        best.score.name(),
        whole(best.share.mean)
    ));
    text
}

/// The claim of an earlier backtest, with the commit that it was of if that is another.
pub(crate) fn of_earlier(summary: &BacktestSummary, revision: CommitId) -> String {
    if summary.revision == revision {
        return format!("Backtest: {}", claim(summary));
    }
    format!("Backtest at {} ({}): {}", summary.revision.short(), day(summary.as_of), claim(summary))
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
