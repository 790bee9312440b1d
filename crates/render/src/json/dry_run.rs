//! The shape of the JSON dry run, and how it is made.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::output::SCHEMA_VERSION;
use super::schema::RejectedJson;
use super::values::{Figure, MoneyJson, PathJson, Time, ToolJson};
use crate::options::RenderOptions;
use crate::words::{confidence_code, method_code, remedy_phrase, unplaced_code};
use debtscan_findings::{DryRun, PlacementReport, Report};
use debtscan_incidents::{
    ChangeRequest, ColumnMapping, Encoding, FileFormat, FileReading, Incident, Severity,
};

/// How incident files were read, and where each incident would be placed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan dry run of incident files")]
pub(super) struct DryRunJson {
    #[serde(flatten)]
    head: DryRunHeadJson,
    /// The columns of each file, in file order.
    columns: Vec<ColumnJson>,
    /// What could not be used: by file, line and column.
    rejected: Vec<RejectedJson>,
    /// The incidents, by the time at which they began.
    incidents: Vec<ReadIncidentJson>,
}

/// Everything but the lists.
#[derive(Debug, Serialize, JsonSchema)]
struct DryRunHeadJson {
    /// Version of this shape: 1.
    schema_version: u32,
    tool: ToolJson,
    /// Full id of the scanned commit; `null` without a repository.
    revision: Option<String>,
    /// Data rows of all files: incidents + merged + dropped.
    rows: u64,
    /// Rows merged into an incident of another row.
    merged_rows: u64,
    /// Rows left out.
    dropped_rows: u64,
    /// How many incidents there are.
    incident_count: usize,
    /// What is recorded, per currency.
    recorded: Vec<MoneyJson>,
    /// The files.
    files: Vec<FileReadingJson>,
    /// The severities as written, and what they were taken for.
    severities: Vec<SeverityJson>,
    /// How many rows `--top` left out of `rejected`; 0 without it.
    omitted_rejected: usize,
    /// How many incidents `--top` left out; 0 without it.
    omitted_incidents: usize,
}

/// A file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FileReadingJson {
    /// The file as named on the command line.
    file: String,
    /// `csv`, `json` or `json-lines`; `null` when it could not be opened.
    format: Option<&'static str>,
    /// What stands between the values of a CSV file; `null` for other formats.
    separator: Option<char>,
    /// `UTF-8`, `UTF-16` or another, such as `windows-1252`; `null` when it could not be opened.
    encoding: Option<&'static str>,
    /// The tool that wrote it; `null` when its headers are no tool's own.
    written_by: Option<&'static str>,
    /// The headers by which the tool was recognised.
    recognised_by: Vec<String>,
    /// Data rows.
    rows: u64,
    /// Rows of these that were left out.
    dropped_rows: u64,
    /// Why it is of no use as a whole; `null` when it is.
    problem: Option<String>,
}

/// A column.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ColumnJson {
    /// The file as named on the command line.
    file: String,
    /// The header as written.
    column: String,
    /// The field it is read as; `null` when it is not read.
    field: Option<&'static str>,
    /// What to know about it: `day first`, `in seconds`.
    how: Vec<String>,
    /// Rows with a value.
    filled_rows: u64,
    /// Its first different values, at most three, cut when they are long.
    samples: Vec<String>,
}

/// A severity.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SeverityJson {
    /// As written.
    written: String,
    /// `critical`, `high`, `medium`, `low` or `minimal`; `null` when its words are not known.
    level: Option<&'static str>,
    /// How many incidents have it.
    incidents: u64,
}

/// One incident as it was read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ReadIncidentJson {
    /// The file of its first row.
    file: String,
    /// The line of its first row.
    line: u64,
    /// Its id, as the tracker writes it.
    id: String,
    /// Further ids by which commits may name it.
    tickets: Vec<String>,
    /// Its title; may be empty.
    title: String,
    /// When it began; `null` when the export does not say.
    opened_at: Option<Time>,
    /// When it was over; `null` when the export does not say.
    resolved_at: Option<Time>,
    /// When its row was last written; `null` when the export does not say.
    updated_at: Option<Time>,
    /// How long it lasted: recorded, else from beginning to end; `null` when unknown.
    elapsed_seconds: Option<u64>,
    /// How long people worked on it, all together; `null` when unknown.
    effort_seconds: Option<u64>,
    /// The severity as written; `null` when unknown.
    severity: Option<String>,
    /// `critical`, `high`, `medium`, `low` or `minimal`; `null` when unknown.
    severity_level: Option<&'static str>,
    /// Recorded cost; `null` when unknown, which is not zero.
    cost: Option<MoneyJson>,
    /// Customers affected; `null` when unknown.
    customers: Option<u64>,
    /// Accounts affected, by name or id.
    accounts: Vec<String>,
    /// How likely the customer is to leave, as written; `null` when unknown.
    churn_risk: Option<String>,
    /// What caused it; `null` when unknown.
    root_cause: Option<String>,
    /// Commits that fixed it, as written.
    fix_commits: Vec<String>,
    /// Pull and merge requests that fixed it.
    fix_requests: Vec<RequestJson>,
    /// Commits that brought the defect in, as written.
    introduced_commits: Vec<String>,
    /// Paths it names.
    paths: Vec<String>,
    /// Areas it names.
    areas: Vec<String>,
    /// Components it names.
    components: Vec<String>,
    /// Services it names.
    services: Vec<String>,
    /// Products and projects it names.
    projects: Vec<String>,
    /// Teams it names.
    teams: Vec<String>,
    /// Its labels.
    labels: Vec<String>,
    /// Link to the tracker; `null` when unknown.
    url: Option<String>,
    /// Where it would be placed; `null` without a repository.
    placement: Option<ReadPlacementJson>,
}

/// A pull or merge request.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RequestJson {
    /// Host and repository; `null` where only a number is known.
    repository: Option<String>,
    /// Its number.
    number: u64,
}

/// Where an incident would be placed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "status", rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
enum ReadPlacementJson {
    /// Its cost would fall on files.
    Attributed {
        /// How that is known.
        method: &'static str,
        /// How sure it is: `high`, `medium` or `low`.
        confidence: &'static str,
        /// The files, the largest share first.
        files: Vec<ShareJson>,
    },
    /// It could not be tied to any file.
    Unplaced {
        /// Why not.
        reason: &'static str,
        /// What would place it.
        remedy: String,
    },
}

/// A file's share of an incident.
#[derive(Debug, Serialize, JsonSchema)]
struct ShareJson {
    #[serde(flatten)]
    path: PathJson,
    /// `0..=1`; the shares of one incident sum to 1.
    share: Figure,
}

/// Writes the dry run as one document.
pub(crate) fn dry_run(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    super::output::document(&convert(run, options.top), out)
}

/// Writes the dry run as one object per line: the head, the columns, what was rejected, the incidents.
pub(crate) fn dry_run_lines(
    run: &DryRun<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = convert(run, options.top);
    super::output::line("incidents", &document.head, out)?;
    document.columns.iter().try_for_each(|column| super::output::line("column", column, out))?;
    document.rejected.iter().try_for_each(|row| super::output::line("rejected", row, out))?;
    document.incidents.iter().try_for_each(|incident| super::output::line("incident", incident, out))
}

/// The JSON Schema of [`dry_run`]'s output, with a final newline.
pub(crate) fn dry_run_schema() -> String {
    super::output::schema_text::<DryRunJson>()
}

fn convert(run: &DryRun<'_>, top: Option<usize>) -> DryRunJson {
    let incidents = run.incidents;
    let top = top.unwrap_or(usize::MAX);
    let placements = placements(run.report);
    let severity = |severity: &debtscan_findings::SeverityCount| SeverityJson {
        level: severity.level.map(Severity::name),
        written: severity.written.clone(),
        incidents: severity.incidents,
    };
    DryRunJson {
        head: DryRunHeadJson {
            schema_version: SCHEMA_VERSION,
            tool: ToolJson::new(run.tool_version),
            revision: run.report.map(|report| report.revision.to_string()),
            rows: incidents.rows,
            merged_rows: incidents.merged_rows,
            dropped_rows: run.dropped_rows,
            incident_count: incidents.list.len(),
            recorded: run.recorded.iter().map(MoneyJson::new).collect(),
            files: incidents.files.iter().map(file).collect(),
            severities: run.severities.iter().map(severity).collect(),
            omitted_rejected: incidents.rejected.len().saturating_sub(top),
            omitted_incidents: incidents.list.len().saturating_sub(top),
        },
        columns: incidents.columns.iter().map(column).collect(),
        rejected: incidents.rejected.iter().take(top).map(super::convert::rejected).collect(),
        incidents: incidents
            .list
            .iter()
            .take(top)
            .map(|incident| read_incident(incident, run.report, &placements))
            .collect(),
    }
}

fn file(file: &FileReading) -> FileReadingJson {
    let (format, separator) = match file.format {
        None => (None, None),
        Some(FileFormat::Csv { separator }) => (Some("csv"), Some(separator)),
        Some(FileFormat::Json) => (Some("json"), None),
        Some(FileFormat::JsonLines) => (Some("json-lines"), None),
    };
    FileReadingJson {
        file: file.file.clone(),
        format,
        separator,
        encoding: file.encoding.map(|encoding| match encoding {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 | Encoding::Utf16WithoutMark => "UTF-16",
            Encoding::Other(name) => name,
        }),
        written_by: file.tool.map(debtscan_incidents::Tool::name),
        recognised_by: file.recognised_by.clone(),
        rows: file.rows,
        dropped_rows: file.dropped,
        problem: file.problem.as_ref().map(ToString::to_string),
    }
}

fn column(column: &ColumnMapping) -> ColumnJson {
    ColumnJson {
        file: column.file.clone(),
        column: column.column.clone(),
        field: column.field,
        how: column.how.clone(),
        filled_rows: column.present,
        samples: column.samples.clone(),
    }
}

fn placements(report: Option<&Report>) -> BTreeMap<&str, &PlacementReport> {
    let incidents = report.map(|report| report.incidents.as_slice()).unwrap_or_default();
    incidents.iter().map(|incident| (incident.id.as_str(), &incident.placement)).collect()
}

fn read_incident(
    incident: &Incident,
    report: Option<&Report>,
    placements: &BTreeMap<&str, &PlacementReport>,
) -> ReadIncidentJson {
    let request = |request: &ChangeRequest| RequestJson {
        repository: request.repository.clone(),
        number: request.number,
    };
    let placed = report.and_then(|report| Some((report, placements.get(incident.id.as_str())?)));
    ReadIncidentJson {
        file: incident.source.file.clone(),
        line: incident.source.line,
        id: incident.id.clone(),
        tickets: incident.tickets.clone(),
        title: incident.title.clone(),
        opened_at: incident.opened.map(Time::new),
        resolved_at: incident.resolved.map(Time::new),
        updated_at: incident.updated.map(Time::new),
        elapsed_seconds: incident.elapsed().map(|elapsed| elapsed.seconds),
        effort_seconds: incident.effort_seconds,
        severity: incident.severity.clone(),
        severity_level: incident.severity_level.map(Severity::name),
        cost: incident.cost.map(MoneyJson::new),
        customers: incident.customers,
        accounts: incident.accounts.clone(),
        churn_risk: incident.churn_risk.clone(),
        root_cause: incident.root_cause.clone(),
        fix_commits: incident.fix_commits.clone(),
        fix_requests: incident.fix_requests.iter().map(request).collect(),
        introduced_commits: incident.introduced_commits.clone(),
        paths: incident.paths.clone(),
        areas: incident.areas.clone(),
        components: incident.components.clone(),
        services: incident.services.clone(),
        projects: incident.projects.clone(),
        teams: incident.teams.clone(),
        labels: incident.labels.clone(),
        url: incident.url.clone(),
        placement: placed.map(|(report, placement)| read_placement(report, placement)),
    }
}

fn read_placement(report: &Report, placement: &PlacementReport) -> ReadPlacementJson {
    match placement {
        PlacementReport::Attributed { method, confidence, links, .. } => ReadPlacementJson::Attributed {
            method: method_code(*method),
            confidence: confidence_code(*confidence),
            files: links
                .iter()
                .map(|link| ShareJson {
                    path: PathJson::new(&report.files[link.file].path),
                    share: Figure::new(link.share),
                })
                .collect(),
        },
        PlacementReport::Unplaced { reason, remedy } => ReadPlacementJson::Unplaced {
            reason: unplaced_code(*reason),
            remedy: remedy_phrase(*remedy).to_owned(),
        },
    }
}
