//! One cut: what was known then, the later incidents, and the result of each order.

use debtscan_model::Timestamp;

use super::calibration;
use super::identity::Identity;
use super::metric::{Yard, figures};
use super::options::BacktestOptions;
use super::resample::Draws;
use super::score::{self, KnownAtCut};
use super::target::{Future, Target};
use crate::analysis::Analysis;
use crate::area::{AreaError, AreaMap};
use crate::error::BuildError;
use crate::options::ReportOptions;
use debtscan_findings::{
    AreaSource, CalibrationBands, CutReport, Gains, Hidden, METRICS, Metric, Rules, Score,
};
use debtscan_incidents::{Incident, Incidents};
use debtscan_model::Scan;

/// A cut that counts, with what is needed to draw from it again.
pub(super) struct Cut {
    pub(super) report: CutReport,
    pub(super) sample: Sample,
    pub(super) files: CalibrationBands,
    pub(super) areas: CalibrationBands,
}

/// What each incident of a cut adds to each figure of each score.
pub(super) struct Sample {
    /// Per incident: the part on ranked files.
    pub(super) rankable: Vec<f64>,
    /// Per incident: the gains of all scores, one after the other.
    pub(super) gains: Vec<Vec<f64>>,
    /// The area under the oracle's curve.
    pub(super) oracle_area: f64,
}

impl Sample {
    /// The figures of all scores when each incident counts as often as `times` says.
    pub(super) fn figures(&self, times: &[u32]) -> Vec<Gains> {
        let mut sums = vec![0.0; Score::ALL.len() * METRICS];
        let mut total = 0.0;
        for ((times, gains), rankable) in times.iter().zip(&self.gains).zip(&self.rankable) {
            // A draw with replacement misses more than a third of the incidents.
            if *times == 0 {
                continue;
            }
            let times = f64::from(*times);
            total += times * rankable;
            for (sum, gain) in sums.iter_mut().zip(gains) {
                *sum += times * gain;
            }
        }
        sums.chunks(METRICS).map(|sums| figures(sums, total, self.oracle_area)).collect()
    }
}

/// What became of a cut.
pub(super) enum Judged {
    Counts(Box<Cut>),
    /// Too few incidents known, or on ranked files afterwards.
    TooFew {
        known: usize,
        came: usize,
        /// Expectation against outcome of files and areas, where enough was known.
        bands: Option<Box<(CalibrationBands, CalibrationBands)>>,
    },
}

/// Judges every score at a cut. `scan` is the repository as it was then.
pub(super) fn judge(
    scan: &Scan,
    incidents: &Incidents,
    future: &Future<'_, '_>,
    options: &BacktestOptions,
) -> Result<Judged, BuildError> {
    let Rules { horizon_days, least_known, least_came, .. } = options.rules;
    let date = scan.as_of;
    let end = date.plus_days(horizon_days);
    let identity = Identity::new(future.analysis.scan, &future.origins, scan);
    let known = known_incidents(incidents, future, &identity, date);
    // The score without incidents shows what incident history adds.
    let nothing = Incidents::default();
    let report_options = options_at(scan, &options.report);
    let analysis = Analysis::of_all(scan, &known, &report_options)?;
    let n_known = analysis.history.used.len();
    let target = future.target(&analysis, &identity, (date, end));
    let rankable = target.incidents.iter().filter(|incident| !incident.parts.is_empty()).count();
    // Before anything is hidden, so that hidden data does not change which cuts count.
    if n_known < least_known {
        return Ok(Judged::TooFew { known: n_known, came: rankable, bands: None });
    }
    let partly_known = hide(&known, &options.rules);
    // By default nothing is hidden, which saves an analysis.
    let analysis = if partly_known == known {
        analysis
    } else {
        Analysis::of_all(scan, &partly_known, &report_options)?
    };
    let to_come = to_come(&target, analysis.ranked.files.len());
    let (mut files, mut areas) = (calibration::empty_bands(), calibration::empty_bands());
    // Before quiet cuts are rejected: without them, forecasts would be chosen by their outcome.
    calibration::hold(&analysis, &to_come, &mut files, &mut areas);
    if rankable < least_came {
        let bands = Some(Box::new((files, areas)));
        return Ok(Judged::TooFew { known: n_known, came: rankable, bands });
    }
    let no_incidents = Analysis::of_all(scan, &nothing, &report_options)?;
    let known = KnownAtCut { analysis: &analysis, no_incidents: &no_incidents };
    let sample = sample(&known, &target, &to_come);
    let once = vec![1; sample.gains.len()];
    let on_ranked = sample.rankable.iter().fold(0.0, |sum, part| sum + part);
    let yearly = analysis.parameters.horizon_days as f64;
    let report = CutReport {
        date,
        end,
        revision: scan.repository.revision,
        files: analysis.ranked.files.len(),
        lines: analysis.ranked.source_lines(),
        areas: analysis.area_sums.iter().filter(|area| !area.ranked_files.is_empty()).count(),
        area_source: analysis.areas.source,
        known: n_known,
        came: target.incidents.len(),
        rankable,
        rankable_share: on_ranked / target.incidents.len() as f64,
        unplaced: target.unplaced,
        wide: target.wide,
        last_year: analysis.forecaster.incidents_last_year,
        expected: analysis
            .forecaster
            .incidents_per_year
            .map(|yearly_total| yearly_total * horizon_days as f64 / yearly),
        figures: sample.figures(&once),
    };
    Ok(Judged::Counts(Box::new(Cut { report, sample, files, areas })))
}

/// Only the incidents that were known at the cut, as the list has them.
pub(crate) fn known_incidents(
    incidents: &Incidents,
    future: &Future<'_, '_>,
    identity: &Identity<'_>,
    date: Timestamp,
) -> Incidents {
    let list = incidents
        .list
        .iter()
        .enumerate()
        .filter(|(position, _)| future.was_known(*position, date, identity))
        // The date is the same as that by its fixes; it stays when these are hidden.
        .map(|(position, incident)| Incident {
            opened: future.incidents[position].opened,
            ..incident.clone()
        })
        .collect();
    Incidents { list, ..Incidents::default() }
}

/// The known incidents that are not hidden from the ranking.
///
/// Each incident has its place in the draws by its place in the list, and what is hidden at 25 % is
/// hidden at 50 % too.
fn hide(known: &Incidents, rules: &Rules) -> Incidents {
    let (percent, keeps_rows) = match rules.hidden {
        Hidden::Nothing => return known.clone(),
        Hidden::Incidents(percent) => (percent, false),
        Hidden::Links(percent) => (percent, true),
    };
    let mut draws = Draws::new(rules.seed);
    let mut list = Vec::new();
    for (position, incident) in known.list.iter().enumerate() {
        if draws.below(100) >= usize::from(percent) {
            list.push(incident.clone());
        } else if keeps_rows {
            // A message may name the incident too, so its id goes as well.
            list.push(Incident { id: format!("hidden {position}"), ..unlinked(incident) });
        }
    }
    Incidents { list, ..Incidents::default() }
}

/// An incident without anything that leads to code.
fn unlinked(incident: &Incident) -> Incident {
    // Dates and cost stay, so that the yearly total and the mean cost are not affected.
    Incident {
        opened: incident.opened,
        resolved: incident.resolved,
        cost: incident.cost,
        source: incident.source.clone(),
        ..Incident::default()
    }
}

/// The options at the cut. A source of areas that did not exist yet gives way to folders.
pub(crate) fn options_at(scan: &Scan, options: &ReportOptions) -> ReportOptions {
    match AreaMap::build(scan, options.area_source, &options.area_rules) {
        Err(AreaError::NoCodeOwners | AreaError::NoPackages) => {
            ReportOptions { area_source: AreaSource::Folders, ..options.clone() }
        }
        // Any other error is that of the analysis too.
        _ => options.clone(),
    }
}

/// Later incidents on each ranked file.
fn to_come(target: &Target, files: usize) -> Vec<f64> {
    let mut to_come = vec![0.0; files];
    for (position, part) in target.incidents.iter().flat_map(|incident| &incident.parts) {
        to_come[*position] += part;
    }
    to_come
}

fn sample(known: &KnownAtCut<'_, '_>, target: &Target, to_come: &[f64]) -> Sample {
    let yard = Yard::new(known.analysis);
    let of_score = |score| yard.gains(&score::values(score, known, to_come));
    let gains: Vec<Vec<Gains>> = Score::ALL.iter().map(|score| of_score(*score)).collect();
    let total = to_come.iter().fold(0.0, |sum, came| sum + came);
    let oracle = Score::ALL.iter().position(|score| *score == Score::Oracle).expect("the list holds it");
    let under = gains[oracle].iter().zip(to_come);
    let under = under.fold(0.0, |sum, (gains, came)| sum + gains[Metric::Popt.position()] * came);
    let of_incident = |parts: &[(usize, f64)]| {
        let mut row = vec![0.0; Score::ALL.len() * METRICS];
        for (position, part) in parts {
            for (sums, gains) in row.chunks_mut(METRICS).zip(&gains) {
                for (sum, gain) in sums.iter_mut().zip(&gains[*position]) {
                    *sum += part * gain;
                }
            }
        }
        row
    };
    Sample {
        rankable: target
            .incidents
            .iter()
            .map(|incident| incident.parts.iter().fold(0.0, |sum, (_, part)| sum + part))
            .collect(),
        gains: target.incidents.iter().map(|incident| of_incident(&incident.parts)).collect(),
        oracle_area: under / total,
    }
}
