//! Functions by hotspot score.

use debtscan_model::{Churn, FunctionComplexity, RepoPath};

use crate::head::ListHead;

/// The functions of some files.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionList {
    /// Where it comes from.
    pub head: ListHead,
    /// Files that were followed.
    pub files: usize,
    /// Half-life of a revision in `R`, in days.
    pub half_life_days: f64,
    /// By score, then by path and line.
    pub rows: Vec<FunctionRow>,
}

/// A function of a present source file.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionRow {
    /// 1 for the largest score of the list; `None` when the score is 0.
    pub rank: Option<usize>,
    /// Its file.
    pub path: RepoPath,
    /// Id of the area that holds the file.
    pub area: String,
    /// Its name.
    pub area_name: String,
    /// Its name, lines and complexity at the scanned revision.
    pub function: FunctionComplexity,
    /// `sqrt(R x cognitive complexity)`.
    pub score: f64,
    /// What the commits that touched it did inside it, over the window.
    pub churn: Churn,
    /// Commits of the 365 days to `as_of` that touched it.
    pub revisions_last_year: u32,
    /// Recency-weighted revisions `R`, weighted as those of a file.
    pub recent_revisions: f64,
    /// Commits that touched it and fixed an incident.
    pub fixes: u32,
    /// Ids of the incidents that these fixed: sorted, unique.
    pub incidents: Vec<String>,
}
