//! Data quality in JSON.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::row::{Figures, object};
use crate::assumption::assumption_text;
use crate::dry_run::columns::rejected_columns;
use crate::listing::Field;
use crate::remark::{RemarkText, remark_text, skipped_text};
use crate::words::level_code;
use debtscan_findings::{DataQuality, Remark, SkippedGroup};

/// What could not be read, placed or trusted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TrustJson {
    /// Whether the data are complete: no remark has the severity `loss`.
    whole: bool,
    /// Remarks: losses first, then by code.
    remarks: Vec<RemarkJson>,
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
    /// `loss`: figures are incomplete or wrong; `note`: nothing is wrong.
    severity: &'static str,
    /// One sentence for people.
    message: String,
    /// What the reader can do about it; empty when nothing.
    hint: String,
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
        // The code is for programs; the words may change in any version.
        RemarkJson { code: remark.code(), severity: level_code(remark.level()), message, hint }
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
        skipped: quality.skipped.iter().map(skipped).collect(),
        rejected: quality.rejected.iter().map(|row| RejectedJson(Figures::new(&columns, row))).collect(),
        assumptions: quality.assumptions.iter().map(assumption_text).collect(),
    }
}
