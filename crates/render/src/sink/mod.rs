//! Formats for pipelines and dashboards: findings one by one, and figures by name.
//!
//! Every one of these formats has limits where it is read. What a limit cuts is said in the output, and the dearest is
//! kept.

mod facts;
mod fingerprint;
mod github;
mod gitlab;
mod junit;
mod long;
mod metrics;
mod phrases;
mod sarif;
mod shown;
#[cfg(test)]
mod tests;
mod trend;

use std::io::{self, Write};

use debtscan_findings::ReportFindings;

use crate::delimited;
use crate::options::RenderOptions;

use self::shown::ShownFindings;
pub(crate) use self::trend::write as trend;

/// A format for pipelines and dashboards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolFormat {
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub: annotations.
    Github,
    /// Markdown for the job summary of GitHub, below 1 MiB.
    GithubSummary,
    /// The Code Quality report of GitLab.
    Gitlab,
    /// JUnit XML.
    Junit,
    /// The text format of Prometheus and OpenMetrics 1.0.
    Openmetrics,
    /// One flat JSON object per area, for developer portals.
    Facts,
    /// CSV with one figure per row.
    CsvLong,
}

/// Writes a report with its findings.
pub(crate) fn report(
    found: &ReportFindings,
    sink: ToolFormat,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = ShownFindings::new(found, options);
    match sink {
        ToolFormat::Sarif => sarif::write(&shown, out),
        ToolFormat::Github => github::annotations(found, out),
        ToolFormat::GithubSummary => github::summary(&shown, out),
        ToolFormat::Gitlab => gitlab::write(&shown, out),
        ToolFormat::Junit => junit::write(&shown, out),
        ToolFormat::Openmetrics => metrics::write(found, options, out),
        ToolFormat::Facts => facts::write(&found.report, options, out),
        ToolFormat::CsvLong => long::write(&found.report, options, out).map_err(delimited::cause),
    }
}
