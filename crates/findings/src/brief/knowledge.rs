//! The knowledge of an area that is at risk, and the code there that changes go around.

use debtscan_model::RepoPath;

use crate::knowledge::KnowledgeRow;

/// Who knows an area, and what would be lost.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaKnowledge {
    /// Days without a commit after which an author is inactive.
    pub inactive_days: u32,
    /// The area, by the lines that each person added.
    pub row: KnowledgeRow,
}

/// A complex file that changed far less than its folder in the last 365 days, measured by its own past.
#[derive(Debug, Clone, PartialEq)]
pub struct AvoidedFile {
    /// The file.
    pub path: RepoPath,
    /// Its largest cognitive complexity of a function.
    pub cognitive: u32,
    /// Commits of the last 365 days that touched it.
    pub commits: u32,
    /// The commits that its share in the past of its folder would give.
    pub usual: f64,
    /// Commits of the last 365 days that touched source files of its folder.
    pub folder_commits: u32,
    /// The probability of so few by chance, `0..=1`.
    pub by_chance: f64,
}
