//! Where an incident is placed, and by which evidence.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::{Figure, MoneyJson, PathJson, bytes_hex};
use crate::words::{confidence_code, method_code, remedy_phrase, unplaced_code};
use debtscan_findings::{LinkReport, PlacementReport, Report, Support};
use debtscan_incidents::ChangeRequest;

/// The status of an incident whose cost falls on files.
const ATTRIBUTED: &str = "attributed";

/// The status of any other.
const UNPLACED: &str = "unplaced";

/// Where an incident was placed: the same members for every status, so that one query reads all of them.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct PlacementJson {
    /// `attributed`: its cost falls on files; `unplaced`: it could not be placed in any file.
    status: &'static str,
    /// `fix-commit`, `pull-request`, `explicit-path`, `text-path`, `ticket-id`, `area-name`, `owner` or
    /// `area-word`; `null` if unplaced.
    method: Option<&'static str>,
    /// `high`, `medium` or `low`; `null` if unplaced.
    confidence: Option<&'static str>,
    /// Full ids of the fix commits found: sorted; empty if unplaced.
    fix_commits: Vec<String>,
    /// Other evidence, the strongest first; one entry per method.
    support: Vec<SupportJson>,
    /// The files, largest share first; the shares sum to 1, the costs to the incident's. Empty if unplaced.
    links: Vec<LinkJson>,
    /// `no-evidence`, `commit-not-found`, `merge-commit`, `outside-window`, `fixed-later`, `no-source-change`
    /// or `unknown-place`; `null` if placed.
    reason: Option<&'static str>,
    /// What would place it, for people; `null` if placed.
    remedy: Option<String>,
}

/// Evidence besides the one that decided.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct SupportJson {
    /// Its method, as above.
    method: &'static str,
    /// Whether any of its files is among those that carry the cost.
    agrees: bool,
}

/// One file's part of an incident.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct LinkJson {
    /// The file's path, as in `files`.
    path: String,
    /// The path's bytes in hexadecimal; `null` when `path` is exact.
    path_bytes_hex: Option<String>,
    /// Its share of the incident, `0..=1`.
    share: Figure,
    /// Its part of the cost; `null` when the incident has none.
    cost: Option<MoneyJson>,
}

impl PlacementJson {
    pub(crate) fn new(report: &Report, placement: &PlacementReport) -> Self {
        match placement {
            PlacementReport::Attributed { method, confidence, links, commits, support } => Self {
                status: ATTRIBUTED,
                method: Some(method_code(*method)),
                confidence: Some(confidence_code(*confidence)),
                fix_commits: commits.iter().map(ToString::to_string).collect(),
                support: SupportJson::list(support),
                links: links.iter().map(|link| LinkJson::new(report, link)).collect(),
                reason: None,
                remedy: None,
            },
            PlacementReport::Unplaced { reason, remedy } => Self {
                status: UNPLACED,
                method: None,
                confidence: None,
                fix_commits: Vec::new(),
                support: Vec::new(),
                links: Vec::new(),
                reason: Some(unplaced_code(*reason)),
                remedy: Some(remedy_phrase(*remedy).to_owned()),
            },
        }
    }
}

impl LinkJson {
    fn new(report: &Report, link: &LinkReport) -> Self {
        // The path, not the position: `--top` may cut the list of files.
        let path = &report.files[link.file].path;
        Self {
            path: path.to_string(),
            path_bytes_hex: bytes_hex(path),
            share: Figure::new(link.share),
            cost: link.cost.map(MoneyJson::new),
        }
    }
}

impl SupportJson {
    pub(crate) fn list(support: &[Support]) -> Vec<Self> {
        support.iter().map(|it| Self { method: method_code(it.method), agrees: it.agrees }).collect()
    }
}

/// A pull or merge request.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct RequestJson {
    /// Host and repository; `null` where only a number is known.
    repository: Option<String>,
    /// Its number.
    number: u64,
}

/// Where an incident would be placed: the same members for every status.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ReadPlacementJson {
    /// `attributed`: its cost would fall on files; `unplaced`: it could not be placed in any file.
    status: &'static str,
    /// How that is known; `null` if unplaced.
    method: Option<&'static str>,
    /// The confidence: `high`, `medium` or `low`; `null` if unplaced.
    confidence: Option<&'static str>,
    /// The files, the largest share first; empty if unplaced.
    files: Vec<ShareJson>,
    /// Why not; `null` if placed.
    reason: Option<&'static str>,
    /// What would place it; `null` if placed.
    remedy: Option<String>,
}

/// A file's share of an incident.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ShareJson {
    #[serde(flatten)]
    path: PathJson,
    /// `0..=1`; the shares of one incident sum to 1.
    share: Figure,
}

impl RequestJson {
    pub(crate) fn list(requests: &[ChangeRequest]) -> Vec<Self> {
        let request = |it: &ChangeRequest| Self { repository: it.repository.clone(), number: it.number };
        requests.iter().map(request).collect()
    }
}

impl ReadPlacementJson {
    pub(crate) fn new(report: &Report, placement: &PlacementReport) -> Self {
        match placement {
            PlacementReport::Attributed { method, confidence, links, .. } => Self {
                status: ATTRIBUTED,
                method: Some(method_code(*method)),
                confidence: Some(confidence_code(*confidence)),
                files: links
                    .iter()
                    .map(|link| ShareJson {
                        path: PathJson::new(&report.files[link.file].path),
                        share: Figure::new(link.share),
                    })
                    .collect(),
                reason: None,
                remedy: None,
            },
            PlacementReport::Unplaced { reason, remedy } => Self {
                status: UNPLACED,
                method: None,
                confidence: None,
                files: Vec::new(),
                reason: Some(unplaced_code(*reason)),
                remedy: Some(remedy_phrase(*remedy).to_owned()),
            },
        }
    }
}
