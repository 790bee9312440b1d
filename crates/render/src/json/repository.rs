//! What was scanned, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::{PathJson, Time};
use crate::words::area_source_code;
use debtscan_findings::{ListHead, Report};
use debtscan_incidents::Currency;
use debtscan_model::TimeWindow;

/// What was scanned.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RepositoryJson {
    /// Name of the project from the configuration; `null` when not set.
    project: Option<String>,
    /// Full id of the scanned commit.
    revision: String,
    /// Full id of the oldest commit of its history, which is the same in every clone and fork; `null` if history is
    /// truncated (`git clone --depth`).
    root_commit: Option<String>,
    /// The "now" of every figure: its committer time, or the end of the window where that is earlier.
    as_of: Time,
    window: WindowJson,
    /// The folder that the scan was limited to; `null` for the whole repository.
    scope: Option<PathJson>,
    /// Whether only first parents were followed (`--first-parent`).
    first_parent: bool,
    /// What the areas were made from: `config`, `codeowners`, `packages`, `folders` or `dir:N`.
    area_source: String,
}

/// The half-open span of committer times that was scanned.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WindowJson {
    /// The first second inside; `null` when unbounded.
    since: Option<Time>,
    /// The first second after; `null` when unbounded.
    until: Option<Time>,
}

/// A currency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CurrencyJson {
    /// ISO 4217 code.
    code: String,
    /// Decimal digits of the minor unit: `amount_minor / 10^minor_digits` is the amount.
    minor_digits: u32,
}

impl RepositoryJson {
    pub(super) fn of_report(report: &Report) -> Self {
        Self {
            project: report.project.clone(),
            revision: report.revision.to_string(),
            root_commit: report.root.map(|root| root.to_string()),
            as_of: Time::new(report.as_of),
            window: WindowJson::new(report.window),
            scope: report.scope.as_ref().map(PathJson::new),
            first_parent: report.first_parent,
            area_source: area_source_code(report.area_source),
        }
    }

    pub(super) fn of_list(head: &ListHead) -> Self {
        Self {
            project: head.project.clone(),
            revision: head.revision.to_string(),
            root_commit: head.root.map(|root| root.to_string()),
            as_of: Time::new(head.as_of),
            window: WindowJson::new(head.window),
            scope: head.scope.as_ref().map(PathJson::new),
            first_parent: head.first_parent,
            area_source: area_source_code(head.area_source),
        }
    }
}

impl WindowJson {
    fn new(window: TimeWindow) -> Self {
        Self { since: window.since.map(Time::new), until: window.until.map(Time::new) }
    }
}

impl CurrencyJson {
    pub(super) fn list(currencies: impl IntoIterator<Item = Currency>) -> Vec<Self> {
        let currency = |currency: Currency| Self {
            code: currency.code().to_owned(),
            // A reader without a table of ISO 4217 can still turn minor units into amounts.
            minor_digits: currency.minor_digits(),
        };
        currencies.into_iter().map(currency).collect()
    }
}
