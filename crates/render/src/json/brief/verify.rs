//! The JSON verification of a fix.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::brief::verify::{role_word, verdict_word};
use crate::json::output::{SCHEMA_VERSION, document, line};
use crate::json::quality::{TrustJson, trust};
use crate::json::table::DocumentSchema;
use crate::json::values::{Figure, IntervalJson, Time, ToolJson};
use debtscan_findings::verify::{AreaOutcome, Verification};

/// Whether a fix paid.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan verify")]
struct VerificationJson {
    #[serde(flatten)]
    head: VerifyHeadJson,
    /// The area of the fix.
    area: AreaOutcomeJson,
    /// The areas that are compared: the least likely improvement first.
    others: Vec<AreaOutcomeJson>,
}

/// Everything but the areas.
#[derive(Debug, Serialize, JsonSchema)]
struct VerifyHeadJson {
    /// Version of this shape: 1. A reader checks it before anything else.
    schema_version: u32,
    tool: ToolJson,
    /// Name of the project from the configuration; `null` when not set.
    project: Option<String>,
    /// Full id of the scanned commit.
    revision: String,
    /// Its committer time, or the end of the window where that is earlier.
    as_of: Time,
    trust: TrustJson,
    /// The day from which the fix is in force.
    since: Time,
    /// Full id of the commit that the model of that day was made from.
    since_revision: String,
    /// Days since then.
    days: i64,
    /// Incidents that the model of that day knew.
    known_incidents: usize,
    /// `better`, `no-clear-change`, `worse` or `too-early`.
    verdict: &'static str,
    /// How incidents went in the untreated areas; `null` with too few to tell.
    trend: Option<TrendJson>,
    /// Untreated areas in which an improvement would show by now.
    placebos: usize,
    /// Of these, areas that did at least as well, or as badly for `worse`.
    placebos_as_good: usize,
    /// Of these, areas that the same rule calls better.
    placebos_called_better: usize,
    /// Whether a verdict of the model is withheld, because untreated areas did as well.
    withheld: bool,
    /// First day on which no incident at all would be an improvement; `null` beyond ten years.
    ask_again: Option<Time>,
    /// Probability that half as many incidents would be called better by now, `0..=1`.
    power: Figure,
    /// From when on it is at least 0.8; `null` beyond ten years.
    telling_from: Option<Time>,
}

/// How incidents went in the untreated areas.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TrendJson {
    /// Areas.
    areas: usize,
    /// Incidents that the model of that day expected there.
    expected: Figure,
    /// Incidents that came.
    observed: u32,
}

/// What was expected of an area, and what came.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AreaOutcomeJson {
    /// Stable identifier.
    id: String,
    /// Its name.
    name: String,
    /// `treated`, `control` or `spill-over`.
    role: &'static str,
    /// Incidents mainly here in the same number of days before.
    before: u32,
    /// Incidents mainly here since then.
    observed: u32,
    /// Incidents that the model of that day expected.
    forecast: Figure,
    /// The same with the trend of the other untreated areas.
    expected: IntervalJson,
    /// Shape of the negative binomial distribution of the expected incidents.
    shape: Figure,
    /// Probability of at most `observed` incidents by chance, `0..=1`.
    at_most: Figure,
    /// Probability of at least `observed` incidents.
    at_least: Figure,
    /// What the model says of it alone: the words of `verdict`.
    verdict: &'static str,
    /// Share of commits of two years that touched both this area and that of the fix, `0..=1`.
    together: Figure,
}

/// Writes the verification as one document.
pub(crate) fn verification(value: &Verification, out: &mut dyn Write) -> io::Result<()> {
    document(&converted(value), out)
}

/// Writes the verification as one object per line: the head, the area, the others.
pub(crate) fn verification_lines(value: &Verification, out: &mut dyn Write) -> io::Result<()> {
    let document = converted(value);
    line("verification", &document.head, out)?;
    line("area", &document.area, out)?;
    document.others.iter().try_for_each(|area| line("area", area, out))
}

/// The JSON Schema of the verification, with a final newline.
pub(crate) fn verification_schema() -> String {
    DocumentSchema::new::<VerificationJson>().finish()
}

fn converted(found: &Verification) -> VerificationJson {
    let head = &found.head;
    VerificationJson {
        head: VerifyHeadJson {
            schema_version: SCHEMA_VERSION,
            tool: ToolJson::new(head.tool_version),
            project: head.project.clone(),
            revision: head.revision.to_string(),
            as_of: Time::new(head.as_of),
            trust: trust(&head.quality),
            since: Time::new(found.since),
            since_revision: found.revision.to_string(),
            days: found.days,
            known_incidents: found.known,
            verdict: verdict_word(found.verdict),
            trend: found.trend.map(|trend| TrendJson {
                areas: trend.areas,
                expected: Figure::new(trend.expected),
                observed: trend.observed,
            }),
            placebos: found.placebos,
            placebos_as_good: found.as_good,
            placebos_called_better: found.called_better,
            withheld: found.is_common,
            ask_again: found.ask_again.map(Time::new),
            power: Figure::new(found.power),
            telling_from: found.telling_from.map(Time::new),
        },
        area: outcome(&found.area),
        others: found.others.iter().map(outcome).collect(),
    }
}

fn outcome(it: &AreaOutcome) -> AreaOutcomeJson {
    AreaOutcomeJson {
        id: it.id.clone(),
        name: it.name.clone(),
        role: role_word(it.role),
        before: it.before,
        observed: it.observed,
        forecast: Figure::new(it.forecast),
        expected: IntervalJson::new(&it.expected),
        shape: Figure::new(it.shape),
        at_most: Figure::new(it.at_most),
        at_least: Figure::new(it.at_least),
        verdict: verdict_word(it.verdict),
        together: Figure::new(it.together),
    }
}
