//! The shape of the JSON explanation, and how it is made.

use schemars::JsonSchema;
use serde::Serialize;

use super::money::PriceJson;
use super::output::SCHEMA_VERSION;
use super::schema::SupportJson;
use super::values::{
    ExpectedJson, Figure, IntroductionJson, ModelJson, MoneyJson, PathJson, RecordedJson, Time, ToolJson,
    bytes_hex,
};
use crate::step::{StepText, step_text};
use crate::words::{confidence_code, date_code, method_code, unranked_phrase};
use debtscan_findings::{DateBasis, ExplainedSubject, Explanation};

/// The whole trail of one subject's figures.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan explanation")]
pub(super) struct ExplanationJson {
    #[serde(flatten)]
    pub(super) head: ExplanationHeadJson,
    /// The computation, in order.
    pub(super) steps: Vec<StepJson>,
    /// Incidents with a part here: the largest part of the cost first, then newest.
    pub(super) incidents: Vec<IncidentEvidenceJson>,
    /// Commits that touched it, newest first.
    pub(super) commits: Vec<CommitEvidenceJson>,
    /// For an area, its files by expected cost; empty for a file.
    pub(super) files: Vec<FileEvidenceJson>,
}

/// Everything but the lists.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExplanationHeadJson {
    /// Version of this shape: 1.
    schema_version: u32,
    tool: ToolJson,
    /// Full id of the scanned commit.
    revision: String,
    /// The "now" of every figure: its committer time, or the end of the window where that is earlier.
    as_of: Time,
    subject: SubjectJson,
    /// Rank by expected cost; `null` when it is not ranked.
    rank: Option<usize>,
    /// Of how many; `null` when it is not ranked.
    ranked_of: Option<usize>,
    /// Why it is not ranked, for people; `null` when it is.
    unranked: Option<&'static str>,
    recorded: RecordedJson,
    expected: ExpectedJson,
    model: ModelJson,
    omitted: OmittedEvidenceJson,
}

/// What is explained.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
enum SubjectJson {
    /// An area.
    Area {
        /// Stable identifier.
        id: String,
        /// The name for people.
        name: String,
    },
    /// A file.
    File {
        /// Its path; bytes that are not UTF-8 are replaced by U+FFFD.
        path: String,
        /// The path's bytes in hexadecimal; only there when `path` is not exact.
        #[serde(skip_serializing_if = "Option::is_none")]
        path_bytes_hex: Option<String>,
        /// Older names whose history is part of it: sorted.
        aliases: Vec<PathJson>,
        /// The name of its area.
        area: String,
    },
}

/// How many rows `--top` left out of each list; 0 without it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OmittedEvidenceJson {
    /// Incidents left out.
    incidents: usize,
    /// Commits left out.
    commits: usize,
    /// Files left out.
    files: usize,
}

/// One quantity on the way to the result.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct StepJson {
    /// Its name.
    quantity: &'static str,
    /// How it is computed.
    formula: &'static str,
    /// The formula with numbers filled in.
    inputs: String,
    /// The result.
    value: Figure,
}

/// An incident with a part in the subject.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct IncidentEvidenceJson {
    /// Its id.
    id: String,
    /// Its title; may be empty.
    title: String,
    /// When it began, by the export; `null` when that does not say.
    opened_at: Option<Time>,
    /// When it began, as the ranking dates it; `null` when nothing tells.
    dated_at: Option<Time>,
    /// Which date `dated_at` is: `opened`, `first-fix` or `resolved`; `null` without one.
    dated_by: Option<&'static str>,
    /// `fix-commit`, `pull-request`, `explicit-path`, `text-path`, `ticket-id`, `area-name`, `owner` or
    /// `area-word`.
    method: &'static str,
    /// `high`, `medium` or `low`.
    confidence: &'static str,
    /// Other evidence, the strongest first; one entry per method.
    support: Vec<SupportJson>,
    /// The subject's share of it, `0..=1`.
    share: Figure,
    /// The subject's part of its cost; `null` when it has none.
    cost: Option<MoneyJson>,
    /// How its whole cost is known; `null` without one.
    price: Option<PriceJson>,
    /// Full ids of the fix commits found: sorted.
    fix_commits: Vec<String>,
    /// Lines of the fixes in the subject; 0 when it was not placed by lines.
    fix_lines: u64,
    /// Its weight in the ranking: share x 2^(-age / 1,460 days); 0 when it takes no part.
    weight: Figure,
    /// What probably introduced it, a hint; only there with `--introduced`, and when a commit is known to
    /// have fixed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    introduced: Option<IntroductionJson>,
}

/// A commit that touched the subject.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CommitEvidenceJson {
    /// Full id.
    id: String,
    /// Committer time.
    committed_at: Time,
    /// First line of the message.
    summary: String,
    /// Lines added in the subject.
    lines_added: u64,
    /// Lines deleted in the subject.
    lines_deleted: u64,
    /// Source files that the whole commit touches.
    source_files: usize,
    /// Its weight in the recent revisions: 2^(-age / 180 days); 0 for a commit of more than 50
    /// source files.
    weight: Figure,
}

/// A file of an explained area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FileEvidenceJson {
    /// Its path; bytes that are not UTF-8 are replaced by U+FFFD.
    path: String,
    /// The path's bytes in hexadecimal; only there when `path` is not exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes_hex: Option<String>,
    recorded: RecordedJson,
    expected: ExpectedJson,
}

/// The whole document, its lists of evidence cut to `top` rows.
pub(super) fn explanation(value: &Explanation, top: Option<usize>) -> ExplanationJson {
    let top = top.unwrap_or(usize::MAX);
    let omitted = |n: usize| n.saturating_sub(top);
    ExplanationJson {
        head: ExplanationHeadJson {
            schema_version: SCHEMA_VERSION,
            tool: ToolJson::new(value.tool_version),
            revision: value.revision.to_string(),
            as_of: Time::new(value.as_of),
            subject: subject(&value.subject),
            rank: value.rank.map(|(rank, _)| rank),
            ranked_of: value.rank.map(|(_, of)| of),
            unranked: value.unranked.map(unranked_phrase),
            recorded: RecordedJson::new(&value.recorded),
            expected: ExpectedJson::new(&value.forecast),
            model: ModelJson::new(&value.model),
            omitted: OmittedEvidenceJson {
                incidents: omitted(value.incidents.len()),
                commits: omitted(value.commits.len()),
                files: omitted(value.files.len()),
            },
        },
        steps: value
            .steps
            .iter()
            .map(|step| {
                let StepText { quantity, formula, inputs } = step_text(&step.step);
                StepJson { quantity, formula, inputs, value: Figure::new(step.value) }
            })
            .collect(),
        incidents: value.incidents.iter().take(top).map(incident).collect(),
        commits: value.commits.iter().take(top).map(commit).collect(),
        files: value
            .files
            .iter()
            .take(top)
            .map(|file| FileEvidenceJson {
                path: file.path.to_string(),
                path_bytes_hex: bytes_hex(&file.path),
                recorded: RecordedJson::new(&file.recorded),
                expected: ExpectedJson::new(&file.forecast),
            })
            .collect(),
    }
}

fn subject(subject: &ExplainedSubject) -> SubjectJson {
    match subject {
        ExplainedSubject::Area { id, name } => SubjectJson::Area { id: id.clone(), name: name.clone() },
        ExplainedSubject::File { path, aliases, area } => SubjectJson::File {
            path: path.to_string(),
            path_bytes_hex: bytes_hex(path),
            aliases: aliases.iter().map(PathJson::new).collect(),
            area: area.clone(),
        },
    }
}

fn incident(incident: &debtscan_findings::ExplainedIncident) -> IncidentEvidenceJson {
    IncidentEvidenceJson {
        id: incident.id.clone(),
        title: incident.title.clone(),
        opened_at: incident.opened.filter(|_| incident.dated_by == Some(DateBasis::Opened)).map(Time::new),
        dated_at: incident.opened.map(Time::new),
        dated_by: incident.dated_by.map(date_code),
        method: method_code(incident.method),
        confidence: confidence_code(incident.confidence),
        support: incident
            .support
            .iter()
            .map(|it| SupportJson { method: method_code(it.method), agrees: it.agrees })
            .collect(),
        share: Figure::new(incident.share),
        cost: incident.cost.map(MoneyJson::new),
        price: incident.price.as_ref().map(PriceJson::new),
        fix_commits: incident.fix_commits.iter().map(ToString::to_string).collect(),
        fix_lines: incident.fix_lines,
        weight: Figure::new(incident.weight),
        introduced: incident.introduced.as_ref().map(IntroductionJson::new),
    }
}

fn commit(commit: &debtscan_findings::ExplainedCommit) -> CommitEvidenceJson {
    CommitEvidenceJson {
        id: commit.id.to_string(),
        committed_at: Time::new(commit.time),
        summary: commit.summary.clone(),
        lines_added: commit.lines_added,
        lines_deleted: commit.lines_deleted,
        source_files: commit.source_files,
        weight: Figure::new(commit.weight),
    }
}
