//! Whether what was expected is what came: by size of the expectation.

use crate::analysis::Analysis;
use crate::parameters::RankingParameters;
use crate::rank::NegativeBinomial;
use debtscan_findings::{CalibrationBand, CalibrationBands, ShareParts};

/// Upper ends of the bands of expected incidents per year; the last band has none.
const ENDS: [f64; 6] = [0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// The bands, without any subject.
pub(super) fn empty_bands() -> CalibrationBands {
    let from = std::iter::once(0.0).chain(ENDS);
    let to = ENDS.into_iter().map(Some).chain([None]);
    let empty: Vec<CalibrationBand> =
        from.zip(to).map(|(from, to)| CalibrationBand { from, to, ..CalibrationBand::default() }).collect();
    CalibrationBands { stated: empty.clone(), given_total: empty }
}

/// Later incidents on one subject of a cut, and on all of them.
#[derive(Clone, Copy)]
struct SubjectOutcome {
    share: f64,
    came: f64,
    total_came: f64,
}

/// Adds one subject of one cut.
fn add_subject(
    bands: &mut CalibrationBands,
    expected: &NegativeBinomial,
    parameters: &RankingParameters,
    outcome: SubjectOutcome,
) {
    let SubjectOutcome { share, came, total_came } = outcome;
    let stated = &mut bands.stated[band(expected.mean)];
    stated.subjects += 1;
    stated.expected += expected.mean;
    stated.came += came;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small number of incidents"
    )]
    // Shares of incidents sum to fractions, but the stated range is of whole ones.
    let whole = (came + 0.5).floor() as u64;
    stated.covered += expected.coverage(whole, parameters.interval_low, parameters.interval_high);
    // Without later incidents there is nothing to share out.
    if total_came <= 0.0 {
        return;
    }
    let given_total = share * total_came;
    let band = &mut bands.given_total[band(given_total)];
    band.subjects += 1;
    band.expected += given_total;
    band.came += came;
}

fn band(expected: f64) -> usize {
    ENDS.iter().filter(|end| **end <= expected).count()
}

/// Holds the forecast of every ranked file and every area of a cut against what came on them.
///
/// `to_come` is by position in the ranked files; `horizon_days` scales the yearly expectation.
pub(super) fn hold(
    cut: &Analysis<'_>,
    to_come: &[f64],
    files: &mut CalibrationBands,
    areas: &mut CalibrationBands,
) {
    let forecaster = &cut.forecaster;
    let total = to_come.iter().fold(0.0, |sum, came| sum + came);
    let hold = |shares: ShareParts, came: f64, bands: &mut CalibrationBands| {
        if let Some(expected) = forecaster.counts(shares.total()) {
            let outcome = SubjectOutcome { share: shares.total(), came, total_came: total };
            add_subject(bands, &expected, &cut.parameters, outcome);
        }
    };
    for (shares, came) in cut.ranking.shares.iter().zip(to_come) {
        hold(*shares, *came, files);
    }
    for area in cut.area_sums.iter().filter(|area| !area.ranked_files.is_empty()) {
        let came = area.ranked_files.iter().fold(0.0, |sum, position| sum + to_come[*position]);
        hold(area.shares, came, areas);
    }
}

/// Adds the bands of another cut.
pub(super) fn add_bands(bands: &mut CalibrationBands, other: &CalibrationBands) {
    let pairs = [(&mut bands.stated, &other.stated), (&mut bands.given_total, &other.given_total)];
    for (band, more) in pairs.into_iter().flat_map(|(bands, more)| bands.iter_mut().zip(more)) {
        band.subjects += more.subjects;
        band.expected += more.expected;
        band.came += more.came;
        band.covered += more.covered;
    }
}
