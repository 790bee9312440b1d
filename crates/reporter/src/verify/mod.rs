//! Whether a fix paid: empirical Bayes before and after.
//!
//! The ranking's own model as of the day of the fix says how many incidents each area would have had; the untreated
//! areas say how incidents went since, and how often chance alone looks like an improvement. Areas are those of
//! today, for both times; files keep their area through renames. Formulas: `docs/metrics.md`.

mod judge;
mod period;
#[cfg(test)]
mod tests;

use debtscan_findings::verify::{AreaOutcome, AreaRole, Trend, Verdict, Verification};
use debtscan_incidents::Incidents;
use debtscan_model::{Scan, Timestamp};

use self::judge::{ENOUGH, Judge, LUCK, first_day};
use self::period::{AreaPeriod, FixPeriod};
use crate::analysis::Analysis;
use crate::area_names::{find_area, similar_areas};
use crate::backtest::cut::{known_incidents, options_at};
use crate::backtest::identity::Identity;
use crate::backtest::target::Future;
use crate::error::BuildError;
use crate::listing::list_head;
use crate::options::ReportOptions;

/// Degree of coupling from which an area may share the effect of a fix. A plain default.
const SPILL_FROM: f64 = 0.3;
/// Commits that two areas must share for that.
const LEAST_SHARED: u32 = 5;
/// Untreated areas that a trend needs, and the incidents expected in them. Plain defaults.
const LEAST_AREAS: usize = 2;
const LEAST_EXPECTED: f64 = 3.0;
/// Incidents that the model of the day must know: as many as for a cut date of the backtest. A plain default.
const LEAST_KNOWN: usize = 10;
/// Placebos from which on they can overrule the model.
const LEAST_PLACEBOS: usize = 3;

/// A fix cannot be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The areas cannot be made as asked, or costs leave the 64-bit range.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// No area has the name.
    #[error("no area named `{name}`")]
    UnknownArea {
        /// The name as given.
        name: String,
        /// Names of similar areas, or of the first ones.
        areas: Vec<String>,
    },
    /// The day is not before that of the scanned commit.
    #[error("no day has passed since the fix")]
    NotPast,
    /// The repository had no commit on that day.
    #[error("the repository had no commit on the day of the fix")]
    NoCommit,
    /// Too few incidents were known on that day for a forecast.
    #[error("too few incidents with a date and a place were known on the day of the fix: {known}")]
    TooFewKnown {
        /// How many.
        known: usize,
    },
    /// The area had no source file on that day.
    #[error("`{area}` had no source file on the day of the fix")]
    NoCode {
        /// The area.
        area: String,
    },
}

/// What to verify.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifyOptions {
    /// How both days are ranked.
    pub report: ReportOptions,
    /// The area of the fix, by name or id.
    pub area: String,
    /// The day from which the fix is in force.
    pub since: Timestamp,
}

/// Verifies a fix. `scan` is the whole history, `past` the repository as of the day of the fix.
///
/// # Errors
/// When the area is unknown, or there is nothing to compare with.
pub fn verify(
    scan: &Scan,
    past: Option<&Scan>,
    incidents: &Incidents,
    options: &VerifyOptions,
) -> Result<Verification, VerifyError> {
    let now = Analysis::of_all(scan, incidents, &options.report)?;
    let area = find_area(&now, &options.area).ok_or_else(|| VerifyError::UnknownArea {
        name: options.area.clone(),
        areas: similar_areas(&now, &options.area),
    })?;
    if options.since.plus_days(1) > scan.as_of {
        return Err(VerifyError::NotPast);
    }
    let past = past.ok_or(VerifyError::NoCommit)?;
    let future = Future::new(&now);
    let identity = Identity::new(scan, &future.origins, past);
    let known = known_incidents(incidents, &future, &identity, past.as_of);
    let report = options_at(past, &options.report);
    let then = Analysis::of_all(past, &known, &report)?;
    let known = then.history.used.len();
    let period = FixPeriod::of(&now, &then, options.since).filter(|_| known >= LEAST_KNOWN);
    let period = period.ok_or(VerifyError::TooFewKnown { known })?;
    if period.areas[area].shape.is_none() {
        return Err(VerifyError::NoCode { area: now.areas.areas[area].name.clone() });
    }
    Ok(verified(&now, &then, &period, area, options.since))
}

fn verified(
    now: &Analysis<'_>,
    then: &Analysis<'_>,
    period: &FixPeriod,
    area: usize,
    since: Timestamp,
) -> Verification {
    let role = |other: usize| {
        let together = period.together(area, other);
        if other == area {
            AreaRole::Treated
        } else if together.degree() >= SPILL_FROM && together.shared >= LEAST_SHARED {
            AreaRole::SpillOver
        } else {
            AreaRole::Control
        }
    };
    let compared: Vec<usize> =
        (0..period.areas.len()).filter(|it| period.areas[*it].shape.is_some()).collect();
    let controls: Vec<usize> = compared.iter().copied().filter(|it| role(*it) == AreaRole::Control).collect();
    let judge_of = |of: usize| {
        let others = controls.iter().filter(|it| **it != of).map(|it| &period.areas[*it]);
        let others: Vec<&AreaPeriod> = others.collect();
        let trend = trend(&others);
        (Judge::new(&period.areas[of], &others, trend.as_ref(), period), trend)
    };
    let outcome = |of: usize| {
        let (judge, _) = judge_of(of);
        let named = &now.areas.areas[of];
        AreaOutcome {
            id: named.id.clone(),
            name: named.name.clone(),
            role: role(of),
            together: period.together(area, of).degree(),
            ..judge.outcome(&period.areas[of])
        }
    };
    let (judge, trend) = judge_of(area);
    let treated = outcome(area);
    let mut others: Vec<AreaOutcome> =
        compared.iter().filter(|it| **it != area).map(|it| outcome(*it)).collect();
    others.sort_by(|a, b| a.at_most.total_cmp(&b.at_most).then_with(|| a.id.cmp(&b.id)));
    // Where even no incident would be no improvement, the count says nothing.
    let is_placebo = |it: &&AreaOutcome| it.role == AreaRole::Control && it.verdict != Verdict::TooEarly;
    let placebos: Vec<&AreaOutcome> = others.iter().filter(is_placebo).collect();
    let extreme = |it: &AreaOutcome| match treated.verdict {
        Verdict::Worse => it.at_least <= treated.at_least,
        _ => it.at_most <= treated.at_most,
    };
    let as_good = placebos.iter().filter(|it| extreme(it)).count();
    let is_verdict = matches!(treated.verdict, Verdict::Better | Verdict::Worse);
    let is_common = is_verdict && placebos.len() >= LEAST_PLACEBOS && is_common(as_good, placebos.len());
    let called_better = placebos.iter().filter(|it| it.verdict == Verdict::Better).count();
    Verification {
        head: list_head(now),
        since,
        revision: then.scan.repository.revision,
        known: then.history.used.len(),
        days: period.days,
        verdict: if is_common { Verdict::NoClearChange } else { treated.verdict },
        trend,
        placebos: placebos.len(),
        as_good,
        called_better,
        is_common,
        ask_again: first_day(since, |years| judge.none(years) <= LUCK),
        power: judge.power(period.years),
        telling_from: first_day(since, |years| judge.power(years) >= ENOUGH),
        area: treated,
        others,
    }
}

/// Whether untreated areas do as well too often: among all areas in any order, the one of the fix would be among the
/// best with more than the probability of [`LUCK`]. With few placebos, none may have done as well.
fn is_common(as_good: usize, placebos: usize) -> bool {
    as_good > 0 && (as_good as f64 + 1.0) / (placebos as f64 + 1.0) > LUCK
}

/// How incidents went in these areas; `None` where they are too few to tell.
fn trend(areas: &[&AreaPeriod]) -> Option<Trend> {
    let expected = areas.iter().fold(0.0, |sum, area| sum + area.forecast);
    let observed = areas.iter().map(|area| area.observed).sum();
    let is_enough = areas.len() >= LEAST_AREAS && expected >= LEAST_EXPECTED && observed > 0;
    is_enough.then_some(Trend { areas: areas.len(), expected, observed })
}
