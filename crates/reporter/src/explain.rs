//! How the figures of an area or file are computed, down to commits and incident IDs.

mod code;
mod error;
mod expression;
mod steps;
mod sums;
mod target;
#[cfg(test)]
mod tests;
mod trail;

pub use self::error::ExplainError;
pub(crate) use self::target::suggestions;

use self::target::Subject;
use crate::analysis::Analysis;
use crate::assemble::{data_quality, totals};
use crate::change::{broken_years, changes};
use crate::yearly::Yearly;
use debtscan_findings::{DataQuality, Explanation};

/// Explains the figures of one area (by id or name) or file (by path or older path).
///
/// The figures are those of the [`report`](crate::report()) of the same analysis.
///
/// # Errors
/// When nothing is called `target`.
pub fn explain(analysis: &Analysis<'_>, target: &str) -> Result<Explanation, ExplainError> {
    let subject = target::find(analysis, target)?;
    Ok(explained(analysis, subject, data_quality(analysis, &totals(analysis))))
}

/// The explanation of an area, by position in `areas.areas`; without data quality, which its report has.
pub(crate) fn explained_area(analysis: &Analysis<'_>, area: usize) -> Explanation {
    explained(
        analysis,
        Subject::Area(area),
        DataQuality::empty(analysis.options.losses.clone(), analysis.scan.as_of),
    )
}

fn explained(analysis: &Analysis<'_>, subject: Subject, quality: DataQuality) -> Explanation {
    let yearly = Yearly::of(analysis);
    let change = match subject {
        Subject::Area(area) => changes(analysis, &yearly).into_iter().nth(area),
        Subject::File(_) => None,
    };
    Explanation {
        tool_version: analysis.options.tool_version,
        revision: analysis.scan.repository.revision,
        as_of: analysis.scan.as_of,
        subject: subject.describe(analysis),
        rank: subject.rank(analysis),
        unranked: subject.unranked(analysis),
        recorded: subject.recorded(analysis).clone(),
        forecast: subject.forecast(analysis),
        change,
        broken_years: broken_years(&yearly),
        model: analysis.model(),
        quality,
        steps: steps::steps(analysis, &subject),
        incidents: trail::incidents(analysis, &subject),
        commits: trail::commits(analysis, &subject),
        files: trail::files(analysis, &subject),
    }
}
