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
#[cfg(test)]
mod tests;
mod trend;

use std::io::{self, Write};

use debtscan_findings::{Finding, FindingLevel, Report, ReportFindings};
use debtscan_model::CommitId;

use crate::delimited;
use crate::options::RenderOptions;
use crate::text::visible;

pub(crate) use self::trend::write as trend;

/// Findings that a code host shows in one run; GitHub stores 5,000, and nobody reads as many.
const MOST_FINDINGS: usize = 1_000;

/// A format for pipelines and dashboards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sink {
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
    sink: Sink,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = Shown::new(found, options);
    match sink {
        Sink::Sarif => sarif::write(&shown, out),
        Sink::Github => github::annotations(&found.findings, out),
        Sink::GithubSummary => github::summary(&shown, out),
        Sink::Gitlab => gitlab::write(&shown, out),
        Sink::Junit => junit::write(&shown, out),
        Sink::Openmetrics => metrics::write(found, options, out),
        Sink::Facts => facts::write(&found.report, options, out),
        Sink::CsvLong => long::write(&found.report, options, out).map_err(delimited::cause),
    }
}

/// The findings that fit into an output.
struct Shown<'a> {
    report: &'a Report,
    /// Of a place in the code, or of the repository.
    findings: &'a [Finding],
    /// How many did not fit.
    omitted: usize,
}

impl<'a> Shown<'a> {
    fn new(found: &'a ReportFindings, options: &RenderOptions) -> Self {
        // Findings are sorted, so that the first ones are the dearest.
        let most = options.top.map_or(MOST_FINDINGS, |top| top.min(MOST_FINDINGS));
        let limit = most.min(found.findings.len());
        let (findings, rest) = found.findings.split_at(limit);
        Self { report: &found.report, findings, omitted: rest.len() }
    }

    /// What was cut; `None` if nothing was.
    fn cut(&self) -> Option<String> {
        (self.omitted > 0).then(|| phrases::omitted(self.findings.len(), self.omitted))
    }
}

/// The name of the repository in rows and labels: its project name, else its oldest commit, else nothing.
fn repository(project: Option<&str>, root: Option<CommitId>) -> String {
    let root = || root.map_or_else(String::new, |root| root.to_string());
    project.map_or_else(root, str::to_owned)
}

/// The path of a finding as text for people; nothing for the whole repository.
fn shown_path(finding: &Finding) -> String {
    finding.path.as_ref().map_or_else(String::new, |path| visible(path.as_bytes()))
}

/// Whether a tool that knows only good and bad should call it bad.
fn is_bad(level: FindingLevel) -> bool {
    level != FindingLevel::Note
}
