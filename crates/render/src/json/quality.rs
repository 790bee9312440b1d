//! Data quality in JSON.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::row::{Figures, object};
use super::values::{Figure, Time};
use crate::assumption::assumption_text;
use crate::dry_run::columns::rejected_columns;
use crate::listing::Field;
use crate::remark::{RemarkText, remark_text};
use crate::skipped::skipped_text;
use crate::words::level_code;
use debtscan_findings::{Acceptance, AcceptanceState, DataQuality, Remark, SkippedGroup};

/// What could not be read, placed or trusted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TrustJson {
    /// Whether the data are complete enough for `--strict`: no remark has the severity `loss`.
    whole: bool,
    /// Remarks: most severe first, then by code.
    remarks: Vec<RemarkJson>,
    /// The losses that the configuration accepts.
    accepted: Vec<AcceptedJson>,
    /// What was skipped, by reason.
    skipped: Vec<SkippedJson>,
    /// Values of incident files that could not be used.
    rejected: Vec<RejectedJson>,
    /// Defaults in force that are assumptions, one sentence each.
    assumptions: Vec<String>,
}

/// A remark on the data.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RemarkJson {
    /// Stable identifier.
    code: &'static str,
    /// `loss`: figures are incomplete or wrong; `accepted`: the same, but the configuration accepts it;
    /// `within-limit`: figures are incomplete by no more than `limit`; `note`: nothing is wrong.
    severity: &'static str,
    /// The share that is lost, `0..=1`: of incidents, rows, lines of code, commits, changes or files; `null` where a
    /// loss has no measure, and for notes.
    share: Option<Figure>,
    /// The share that may be lost, `0..=1`; `null` where nothing may be lost, and for notes.
    limit: Option<Figure>,
    /// One sentence for people.
    message: String,
    /// What the reader can do about it; empty when nothing.
    hint: String,
}

/// A loss that the configuration accepts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AcceptedJson {
    /// The code of the remark that reports it.
    code: &'static str,
    /// Why it is accepted.
    reason: String,
    /// The last day on which it is accepted, as its start; `null` for no end.
    until: Option<Time>,
    /// `in-force`: the loss occurred, and is accepted; `expired`: its last day is before `as_of`; `unused`: the loss did
    /// not occur.
    state: &'static str,
}

/// Things skipped for one reason.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SkippedJson {
    /// Stable identifier.
    reason: &'static str,
    /// The reason for people.
    description: String,
    /// Whether figures are incomplete because of it.
    is_loss: bool,
    /// How many.
    count: usize,
    /// Up to five of them.
    examples: Vec<String>,
}

/// A value of an incident file that could not be used.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct RejectedJson(Figures);

// Written by hand, because the columns are the one definition of a rejected value.
impl JsonSchema for RejectedJson {
    fn schema_name() -> Cow<'static, str> {
        "RejectedJson".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields: Vec<Field> = rejected_columns().iter().map(|column| column.field).collect();
        let doc = "A value of an incident file that could not be used.";
        object(doc, &fields, generator).try_into().expect("an object is a schema")
    }
}

pub(super) fn trust(quality: &DataQuality) -> TrustJson {
    let remark = |remark: &Remark| {
        let RemarkText { message, hint } = remark_text(remark);
        let limit = remark.loss().and_then(|code| quality.rules.limits.of(code));
        let extent = remark.loss().and_then(|_| remark.extent()).filter(|extent| extent.of > 0);
        RemarkJson {
            code: remark.code(),
            severity: level_code(quality.level(remark)),
            share: extent.map(|extent| Figure::new(extent.lost as f64 / extent.of as f64)),
            limit: limit.map(|limit| Figure::new(f64::from(limit.hundredths()) / 10_000.0)),
            message,
            hint,
        }
    };
    let accepted = |(accepted, state): (&Acceptance, AcceptanceState)| AcceptedJson {
        code: accepted.code.code(),
        reason: accepted.reason.clone(),
        until: accepted.until.map(Time::new),
        state: match state {
            AcceptanceState::InForce => "in-force",
            AcceptanceState::Expired => "expired",
            AcceptanceState::Unused => "unused",
        },
    };
    let skipped = |group: &SkippedGroup| SkippedJson {
        reason: group.reason.code(),
        description: skipped_text(group.reason, group.items),
        is_loss: group.reason.is_loss(),
        count: group.items,
        examples: group.examples.clone(),
    };
    let columns = rejected_columns();
    TrustJson {
        whole: quality.is_whole(),
        remarks: quality.remarks.iter().map(remark).collect(),
        accepted: quality.acceptances().map(accepted).collect(),
        skipped: quality.skipped.iter().map(skipped).collect(),
        rejected: quality.rejected.iter().map(|row| RejectedJson(Figures::new(&columns, row))).collect(),
        assumptions: quality.assumptions.iter().map(assumption_text).collect(),
    }
}
