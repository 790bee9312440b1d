//! How the figures of an area or file are computed, down to commits and incident IDs.

mod error;
mod steps;
mod target;
#[cfg(test)]
mod tests;
mod trail;

pub use self::error::ExplainError;
pub(crate) use self::target::suggestions;

use crate::analysis::Analysis;
use crate::assemble::{data_quality, totals};
use debtscan_findings::Explanation;

/// Explains the figures of one area (by id or name) or file (by path or older path).
///
/// The figures are those of the [`report`](crate::report()) of the same analysis.
///
/// # Errors
/// When nothing is called `target`.
pub fn explain(analysis: &Analysis<'_>, target: &str) -> Result<Explanation, ExplainError> {
    let scan = analysis.scan;
    let subject = target::find(analysis, target)?;
    Ok(Explanation {
        tool_version: analysis.options.tool_version,
        revision: scan.repository.revision,
        as_of: scan.as_of,
        subject: subject.describe(analysis),
        rank: subject.rank(analysis),
        unranked: subject.unranked(analysis),
        recorded: subject.recorded(analysis).clone(),
        forecast: subject.forecast(analysis),
        model: analysis.model(),
        quality: data_quality(analysis, &totals(analysis)),
        steps: steps::steps(analysis, &subject),
        incidents: trail::incidents(analysis, &subject),
        commits: trail::commits(analysis, &subject),
        files: trail::files(analysis, &subject),
    })
}
