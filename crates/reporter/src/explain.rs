//! How the figures of an area or file are computed, down to commits and incident IDs.

mod steps;
mod target;
#[cfg(test)]
mod tests;
mod trail;

pub(crate) use target::suggestions;

use debtscan_model::Scan;

use crate::assemble::{Analysis, data_quality, totals};
use crate::{BuildError, ReportOptions};
use debtscan_findings::Explanation;
use debtscan_incidents::Incidents;

/// A target could not be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The figures themselves could not be computed.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// No area, file or older file name is called so.
    #[error("find an area or file called {target:?}")]
    UnknownTarget {
        /// The target as given.
        target: String,
        /// Up to three area names or paths close to it, closest first; may be empty.
        suggestions: Vec<String>,
    },
    /// A folder is called so, and it is no area.
    #[error("explain {folder:?}: it is a folder, and neither an area nor a file")]
    Folder {
        /// The target as given.
        folder: String,
        /// Names of the areas that its files belong to: in the order of the areas.
        areas: Vec<String>,
    },
}

/// Explains the figures of one area (by id or name) or file (by path or older path).
///
/// The figures are those of [`build`](crate::build()) for the same arguments.
///
/// # Errors
/// When the figures cannot be computed, or nothing is called `target`.
pub fn explain(
    scan: &Scan,
    incidents: &Incidents,
    options: &ReportOptions,
    target: &str,
) -> Result<Explanation, ExplainError> {
    let analysis = Analysis::of(scan, incidents, options)?;
    let subject = target::find(&analysis, target)?;
    Ok(Explanation {
        tool_version: options.tool_version,
        revision: scan.repository.revision,
        as_of: scan.as_of,
        subject: subject.describe(&analysis),
        rank: subject.rank(&analysis),
        unranked: subject.unranked(&analysis),
        recorded: subject.recorded(&analysis).clone(),
        forecast: subject.forecast(&analysis),
        model: analysis.model(),
        quality: data_quality(&analysis, &totals(&analysis)),
        steps: steps::steps(&analysis, &subject),
        incidents: trail::incidents(&analysis, &subject),
        commits: trail::commits(&analysis, &subject),
        files: trail::files(&analysis, &subject),
    })
}
