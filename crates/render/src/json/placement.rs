//! Where an incident is placed, and by which evidence.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::{Figure, MoneyJson, PathJson, bytes_hex};
use crate::words::{confidence_code, method_code, remedy_phrase, unplaced_code};
use debtscan_findings::{PlacementReport, Report, Support};
use debtscan_incidents::ChangeRequest;

/// Where an incident was placed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "status", rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(crate) enum PlacementJson {
    /// Its cost falls on files.
    Attributed {
        /// `fix-commit`, `pull-request`, `explicit-path`, `text-path`, `ticket-id`, `area-name`, `owner` or
        /// `area-word`.
        method: &'static str,
        /// `high`, `medium` or `low`.
        confidence: &'static str,
        /// Full ids of the fix commits found: sorted.
        fix_commits: Vec<String>,
        /// Other evidence, the strongest first; one entry per method.
        support: Vec<SupportJson>,
        /// The files, largest share first; the shares sum to 1, the costs to the incident's.
        links: Vec<LinkJson>,
    },
    /// It could not be placed in any file.
    Unplaced {
        /// `no-evidence`, `commit-not-found`, `merge-commit`, `outside-window`, `no-source-change`
        /// or `unknown-place`.
        reason: &'static str,
        /// What would place it, for people.
        remedy: String,
    },
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
    /// The path's bytes in hexadecimal; only there when `path` is not exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes_hex: Option<String>,
    /// Its share of the incident, `0..=1`.
    share: Figure,
    /// Its part of the cost; `null` when the incident has none.
    cost: Option<MoneyJson>,
}

impl PlacementJson {
    pub(crate) fn new(report: &Report, placement: &PlacementReport) -> Self {
        match placement {
            PlacementReport::Attributed { method, confidence, links, commits, support } => Self::Attributed {
                method: method_code(*method),
                confidence: confidence_code(*confidence),
                fix_commits: commits.iter().map(ToString::to_string).collect(),
                support: SupportJson::list(support),
                links: links
                    .iter()
                    .map(|link| {
                        // The path, not the position: `--top` may cut the list of files.
                        let path = &report.files[link.file].path;
                        LinkJson {
                            path: path.to_string(),
                            path_bytes_hex: bytes_hex(path),
                            share: Figure::new(link.share),
                            cost: link.cost.map(MoneyJson::new),
                        }
                    })
                    .collect(),
            },
            PlacementReport::Unplaced { reason, remedy } => {
                Self::Unplaced { reason: unplaced_code(*reason), remedy: remedy_phrase(*remedy).to_owned() }
            }
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

/// Where an incident would be placed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "status", rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(crate) enum ReadPlacementJson {
    /// Its cost would fall on files.
    Attributed {
        /// How that is known.
        method: &'static str,
        /// The confidence: `high`, `medium` or `low`.
        confidence: &'static str,
        /// The files, the largest share first.
        files: Vec<ShareJson>,
    },
    /// It could not be placed in any file.
    Unplaced {
        /// Why not.
        reason: &'static str,
        /// What would place it.
        remedy: String,
    },
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
            PlacementReport::Attributed { method, confidence, links, .. } => Self::Attributed {
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
            PlacementReport::Unplaced { reason, remedy } => {
                Self::Unplaced { reason: unplaced_code(*reason), remedy: remedy_phrase(*remedy).to_owned() }
            }
        }
    }
}
