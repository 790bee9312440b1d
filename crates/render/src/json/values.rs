//! The values that the documents are made of.

use debtscan_model::{RepoPath, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::number::{nearest, rfc3339, significant};
use debtscan_findings::{CostForecast, Interval, RankingModel};
use debtscan_incidents::{Costs, Money};

/// Significant digits of a float in an output: enough for any use, few enough to be stable.
const DIGITS: usize = 6;

/// A finite number, rounded to six significant digits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Figure(f64);

impl Figure {
    pub(crate) fn new(value: f64) -> Self {
        // Logarithms and powers may differ in their last digits between platforms. Six digits do not.
        Self(significant(value, DIGITS))
    }
}

/// A point in time: RFC 3339, UTC, whole seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Time(#[schemars(extend("format" = "date-time"))] String);

impl Time {
    pub(crate) fn new(time: Timestamp) -> Self {
        Self(rfc3339(time))
    }
}

/// A path in the repository, relative to its root.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct PathJson {
    /// The path; bytes that are not UTF-8 are replaced by U+FFFD.
    pub(crate) path: String,
    /// The path's bytes in hexadecimal; `null` when `path` is exact.
    pub(crate) path_bytes_hex: Option<String>,
}

impl PathJson {
    pub(crate) fn new(path: &RepoPath) -> Self {
        Self { path: path.to_string(), path_bytes_hex: bytes_hex(path) }
    }
}

/// The bytes of a path that is not UTF-8.
pub(crate) fn bytes_hex(path: &RepoPath) -> Option<String> {
    use std::fmt::Write;

    // Nearly every path, so the field is rare.
    if std::str::from_utf8(path.as_bytes()).is_ok() {
        return None;
    }
    let mut text = String::with_capacity(path.as_bytes().len() * 2);
    for byte in path.as_bytes() {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    Some(text)
}

/// An amount of money.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MoneyJson {
    /// ISO 4217 code.
    currency: String,
    /// Integer minor units (cents for USD); negative for a credit.
    amount_minor: i64,
}

impl MoneyJson {
    pub(super) fn new(money: Money) -> Self {
        Self { currency: money.currency.code().to_owned(), amount_minor: money.minor }
    }

    pub(super) fn list(costs: &Costs) -> Vec<Self> {
        costs.iter().map(Self::new).collect()
    }
}

/// An expected cost per year with its 80% range.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CostPerYearJson {
    /// ISO 4217 code.
    currency: String,
    /// 10% quantile, in minor units.
    low_minor: i64,
    /// Expected value, in minor units.
    mean_minor: i64,
    /// 90% quantile, in minor units.
    high_minor: i64,
}

/// An expected number with its 80% range.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct IntervalJson {
    /// 10% quantile.
    low: Figure,
    /// Expected value.
    mean: Figure,
    /// 90% quantile.
    high: Figure,
}

impl CostPerYearJson {
    pub(super) fn list(costs: &[CostForecast]) -> Vec<Self> {
        let cost = |cost: &CostForecast| Self {
            currency: cost.currency.code().to_owned(),
            // Whole minor units, as every amount: a forecast of a fraction of a cent claims
            // nothing.
            low_minor: nearest(cost.minor.low),
            mean_minor: nearest(cost.minor.mean),
            high_minor: nearest(cost.minor.high),
        };
        costs.iter().map(cost).collect()
    }
}

impl IntervalJson {
    pub(super) fn new(interval: &Interval) -> Self {
        Self {
            low: Figure::new(interval.low),
            mean: Figure::new(interval.mean),
            high: Figure::new(interval.high),
        }
    }
}

/// The constants and totals that turn shares into expectations.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ModelJson {
    /// Y: sum of the incidents' weights, each halved every 1,460 days.
    incident_weight: Figure,
    /// Omega: weight of the files' past incidents in the shares, `0..0.18` with the shipped constants.
    history_weight: Figure,
    /// Share of the past incidents that are placed, or whose fix changes no source file, `0..=1`; a
    /// factor of `history_weight`.
    linked_share: Figure,
    /// N: incidents to expect per year over all ranked files; `null` without dated incidents. In a folder, or
    /// beside excluded files, the part of them that is expected on the scanned files.
    incidents_per_year: Option<Figure>,
    /// Incidents of the 365 days to `as_of` that take part in the ranking.
    incidents_last_year: u32,
    /// Incidents that take part in the ranking.
    incidents_used: u32,
    /// Mean cost of one incident, per currency.
    mean_cost_per_incident: Vec<MeanCostJson>,
    /// Lines of code of all ranked files.
    source_lines: u64,
    /// Constants of the ranking that the configuration changes.
    changed_constants: Vec<ChangedConstantJson>,
}

/// A changed constant.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ChangedConstantJson {
    /// The key in `[ranking]`.
    name: &'static str,
    /// The value in force.
    value: Figure,
    /// The shipped value.
    shipped: Figure,
}

/// The mean cost of one incident.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MeanCostJson {
    /// ISO 4217 code.
    currency: String,
    /// The mean in minor units.
    mean_minor: Figure,
    /// Incidents with a cost, zero included.
    incidents: u32,
    /// Of these, incidents priced by the configured model.
    modelled_incidents: u32,
    /// Of these, incidents without a cost that are taken at the mean cost of their severity.
    assumed_incidents: u32,
    /// The largest cost in minor units, when the mean is winsorised; `null` otherwise.
    largest_minor: Option<u64>,
    /// What it counts as in the mean; `null` otherwise.
    largest_counts_as_minor: Option<u64>,
}

impl ModelJson {
    pub(super) fn new(model: &RankingModel) -> Self {
        Self {
            incident_weight: Figure::new(model.incident_weight),
            history_weight: Figure::new(model.omega),
            linked_share: Figure::new(model.linked_share),
            incidents_per_year: model.incidents_per_year.map(Figure::new),
            incidents_last_year: model.incidents_last_year,
            incidents_used: model.incidents_used,
            mean_cost_per_incident: model
                .mean_costs
                .iter()
                .map(|mean| MeanCostJson {
                    currency: mean.currency.code().to_owned(),
                    // A factor of a product, not an amount: rounded to a cent it would shift the
                    // sums made from it.
                    mean_minor: Figure::new(mean.minor),
                    incidents: mean.incidents,
                    modelled_incidents: mean.modelled,
                    assumed_incidents: mean.assumed,
                    largest_minor: mean.winsorised.map(|(largest, _)| largest),
                    largest_counts_as_minor: mean.winsorised.map(|(_, counted)| counted),
                })
                .collect(),
            source_lines: model.source_lines,
            changed_constants: model
                .changed_constants
                .iter()
                .map(|constant| ChangedConstantJson {
                    name: constant.name,
                    value: Figure::new(constant.value),
                    shipped: Figure::new(constant.shipped),
                })
                .collect(),
        }
    }
}

/// The program that wrote the document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ToolJson {
    /// Always `debtscan`.
    name: &'static str,
    /// Its version.
    version: String,
}

impl ToolJson {
    pub(super) fn new(version: &str) -> Self {
        Self { name: "debtscan", version: version.to_owned() }
    }
}

/// Where the lines came from that an incident's fixes deleted: a hint, and right in about a third of
/// cases.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct IntroductionJson {
    /// Telling lines that the fixes deleted; 0 when they only added.
    deleted_lines: u64,
    /// Those whose origin is not known.
    untraced_lines: u64,
    /// The commits that wrote the others: most lines first, then the oldest.
    commits: Vec<IntroducerJson>,
}

/// A commit that wrote lines which a fix deleted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct IntroducerJson {
    /// Full id.
    id: String,
    /// Committer time.
    committed_at: Time,
    /// First line of the message.
    summary: String,
    /// How many of the deleted lines it wrote.
    lines: u64,
}

impl IntroductionJson {
    pub(crate) fn new(introduction: &debtscan_findings::Introduction) -> Self {
        let commit = |commit: &debtscan_findings::Introducer| IntroducerJson {
            id: commit.id.to_string(),
            committed_at: Time::new(commit.time),
            summary: commit.summary.clone(),
            lines: commit.lines,
        };
        Self {
            deleted_lines: introduction.deleted,
            untraced_lines: introduction.untraced,
            commits: introduction.commits.iter().map(commit).collect(),
        }
    }
}
