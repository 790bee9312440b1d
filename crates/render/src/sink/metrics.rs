//! The text format of OpenMetrics 1.0, which Prometheus reads too.
//!
//! A scrape has no times of its own, so that the age of the data is a metric. Labels are few, and areas are limited:
//! with thousands of repositories every further one is thousands of series.

use std::io::{self, Write};

use debtscan_findings::{AreaReport, FindingLevel, FindingRule, Report, ReportFindings};
use debtscan_incidents::Currency;

use super::phrases;
use super::shown::repository;
use crate::number::{decimal, minor_per_unit, significant};
use crate::options::RenderOptions;
use crate::text::{visible, without_commands};

/// Areas with series of their own, unless `--top` says otherwise. Totals of the repository are series too, so that a
/// query gets the other areas as a difference.
const MOST_AREAS: usize = 12;

/// One sample: labels and value, both as text.
type MetricSample = (Vec<(&'static str, String)>, String);

/// A family of samples.
struct MetricFamily<'a> {
    name: &'a str,
    kind: &'a str,
    unit: &'a str,
    help: &'a str,
    samples: Vec<MetricSample>,
}

/// Writes every family.
pub(super) fn write(found: &ReportFindings, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let report = &found.report;
    let labels = MetricLabels { repository: repository(report.project.as_deref(), report.root) };
    for family in of_run(report, &labels).iter().chain(&of_repository(found, &labels)) {
        write_family(family, out)?;
    }
    let areas: Vec<&AreaReport> = report.areas.iter().take(options.top.unwrap_or(MOST_AREAS)).collect();
    for family in of_areas(report, &areas, &labels) {
        write_family(&family, out)?;
    }
    writeln!(out, "# EOF")
}

/// The labels that every sample has.
struct MetricLabels {
    repository: String,
}

impl MetricLabels {
    fn with(&self, more: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        std::iter::once(("repository", self.repository.clone())).chain(more).collect()
    }
}

fn of_run<'a>(report: &Report, labels: &MetricLabels) -> Vec<MetricFamily<'a>> {
    let version =
        labels.with(&[("revision", &report.revision.to_string()), ("version", report.tool_version)]);
    let is_complete = u8::from(report.quality.is_whole());
    let is_invented = u8::from(report.quality.is_invented());
    vec![
        MetricFamily {
            name: "debtscan_report",
            kind: "info",
            unit: "",
            help: "The scanned commit and the version of debtscan.",
            samples: vec![(version, "1".to_owned())],
        },
        gauge(
            "debtscan_as_of_timestamp_seconds",
            "Time of the scanned commit: alert on its age, since a run that stopped leaves its last values behind.",
            vec![(labels.with(&[]), report.as_of.0.to_string())],
        ),
        gauge(
            "debtscan_data_complete",
            "1 if the data is complete within the limits, as for --strict.",
            vec![(labels.with(&[]), is_complete.to_string())],
        ),
        gauge(
            "debtscan_data_invented",
            "1 if the configuration says that nothing here is real.",
            vec![(labels.with(&[]), is_invented.to_string())],
        ),
    ]
}

fn of_repository<'a>(found: &ReportFindings, labels: &MetricLabels) -> Vec<MetricFamily<'a>> {
    let (report, totals) = (&found.report, &found.report.totals);
    let one = |value: String| vec![(labels.with(&[]), value)];
    let unplaced = totals.incidents - totals.incidents_attributed;
    let money = |costs: &debtscan_incidents::Costs| -> Vec<MetricSample> {
        let sample = |it: debtscan_incidents::Money| {
            (labels.with(&[("currency", it.currency.code())]), decimal(it.minor, it.currency))
        };
        costs.iter().map(sample).collect()
    };
    let expected = report.forecast.incidents.iter().map(|it| (labels.with(&[]), number(it.mean))).collect();
    let costs = report
        .forecast
        .costs
        .iter()
        .map(|it| (labels.with(&[("currency", it.currency.code())]), units(it.minor.mean, it.currency)));
    vec![
        gauge("debtscan_incidents", "Incidents to date.", one(totals.incidents.to_string())),
        gauge(
            "debtscan_unplaced_incidents",
            "Incidents without a place in the code.",
            one(unplaced.to_string()),
        ),
        gauge(
            "debtscan_cost_to_date",
            "Cost of incidents to date, in units of the currency.",
            money(&totals.cost()),
        ),
        gauge(
            "debtscan_unplaced_cost",
            "Cost of incidents without a place in the code, in units of the currency.",
            money(&totals.unattributed),
        ),
        gauge("debtscan_expected_incidents", "Incidents expected in the next 365 days.", expected),
        gauge(
            "debtscan_expected_cost",
            "Cost expected in the next 365 days, in units of the currency.",
            costs.collect(),
        ),
        gauge("debtscan_source_lines", "Lines of code.", one(totals.source_lines.to_string())),
        gauge("debtscan_findings", "Findings by rule and level.", findings(found, labels)),
    ]
}

/// Counts with their zeros: a series that vanishes is no zero to an alert.
fn findings(found: &ReportFindings, labels: &MetricLabels) -> Vec<MetricSample> {
    let mut samples = Vec::new();
    for rule in FindingRule::ALL {
        for level in [FindingLevel::Error, FindingLevel::Warning, FindingLevel::Note] {
            let count = found
                .findings
                .iter()
                .filter(|finding| finding.rule() == rule && finding.level == level)
                .count();
            let labels = labels.with(&[("rule", rule.code()), ("level", phrases::level(level))]);
            samples.push((labels, count.to_string()));
        }
    }
    samples
}

fn of_areas<'a>(report: &Report, areas: &[&AreaReport], labels: &MetricLabels) -> Vec<MetricFamily<'a>> {
    let all = |value: &dyn Fn(&AreaReport) -> Option<String>| -> Vec<MetricSample> {
        let sample = |area: &&AreaReport| Some((labels.with(&[("area", &area.id)]), value(area)?));
        areas.iter().filter_map(sample).collect()
    };
    let per_currency = |value: &dyn Fn(&AreaReport, Currency) -> Option<String>| -> Vec<MetricSample> {
        let mut samples = Vec::new();
        for area in areas {
            for currency in &report.currencies {
                let labels = labels.with(&[("area", &area.id), ("currency", currency.code())]);
                samples.extend(value(area, *currency).map(|value| (labels, value)));
            }
        }
        samples
    };
    let to_date = |area: &AreaReport, currency: Currency| {
        let minor = area.recorded.costs.iter().find(|it| it.currency == currency).map_or(0, |it| it.minor);
        Some(decimal(minor, currency))
    };
    let expected = |area: &AreaReport, currency: Currency| {
        let cost = area.forecast.costs.iter().find(|it| it.currency == currency)?;
        Some(units(cost.minor.mean, currency))
    };
    vec![
        gauge(
            "debtscan_area_expected_share_ratio",
            "Share of the incidents expected in the next 365 days, 0 to 1.",
            all(&|area| Some(number(area.forecast.shares.total()))),
        ),
        gauge(
            "debtscan_area_expected_incidents",
            "Incidents expected in the next 365 days.",
            all(&|area| area.forecast.incidents.map(|it| number(it.mean))),
        ),
        gauge(
            "debtscan_area_expected_cost",
            "Cost expected in the next 365 days, in units of the currency.",
            per_currency(&expected),
        ),
        gauge(
            "debtscan_area_cost_to_date",
            "Cost of incidents to date, in units of the currency.",
            per_currency(&to_date),
        ),
        gauge(
            "debtscan_area_incidents",
            "Incidents to date with a part in the area.",
            all(&|area| Some(area.recorded.incidents.to_string())),
        ),
        gauge(
            "debtscan_area_source_lines",
            "Lines of code.",
            all(&|area| Some(area.source_lines.to_string())),
        ),
        gauge(
            "debtscan_area_commits_last_year",
            "Commits of the last 365 days.",
            all(&|area| Some(area.revisions_last_year.to_string())),
        ),
    ]
}

fn gauge<'a>(name: &'a str, help: &'a str, samples: Vec<MetricSample>) -> MetricFamily<'a> {
    // The unit is the end of the name, and has a line of its own.
    let unit = ["seconds", "ratio"].into_iter().find(|unit| name.ends_with(unit)).unwrap_or("");
    MetricFamily { name, kind: "gauge", unit, help, samples }
}

/// A float in the units of its currency.
fn units(minor: f64, currency: Currency) -> String {
    number(minor / minor_per_unit(currency))
}

pub(super) fn number(value: f64) -> String {
    significant(value, 6).to_string()
}

fn write_family(family: &MetricFamily<'_>, out: &mut dyn Write) -> io::Result<()> {
    // A family without samples says nothing.
    if family.samples.is_empty() {
        return Ok(());
    }
    head(family.name, family.kind, family.unit, family.help, out)?;
    let suffix = if family.kind == "info" { "_info" } else { "" };
    for (labels, value) in &family.samples {
        writeln!(out, "{}{suffix}{} {value}", family.name, label_set(labels))?;
    }
    Ok(())
}

/// The lines before the samples of a family.
pub(super) fn head(name: &str, kind: &str, unit: &str, help: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# TYPE {name} {kind}")?;
    if !unit.is_empty() {
        writeln!(out, "# UNIT {name} {unit}")?;
    }
    writeln!(out, "# HELP {name} {help}")
}

/// Labels in braces.
pub(super) fn label_set(labels: &[(&'static str, String)]) -> String {
    let label = |(name, value): &(&'static str, String)| format!("{name}=\"{}\"", escaped(value));
    format!("{{{}}}", labels.iter().map(label).collect::<Vec<_>>().join(","))
}

fn escaped(value: &str) -> String {
    visible(without_commands(value).as_bytes())
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}
