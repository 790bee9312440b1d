//! Who knows an area, and the code that changes go around, in JSON.

use debtscan_findings::MainAuthor;
use debtscan_findings::brief::{AreaKnowledge, AvoidedFile};
use schemars::JsonSchema;
use serde::Serialize;

use crate::json::values::{Figure, PathJson};
use crate::knowledge::presence_code;

/// Who knows the area, by the lines that each person added.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "AreaKnowledgeJson")]
pub(super) struct KnowledgeJson {
    /// People who added lines, without bots.
    people: usize,
    /// Up to three of them, the largest share first.
    main_authors: Vec<MainAuthorJson>,
    /// Days without a commit after which an author is inactive.
    inactive_days: u32,
    /// The share of the lines that inactive authors added, 0 to 1.
    inactive_share: Figure,
    /// How many people must leave before most files have no author; `null` when no file has one, or in a repository
    /// of two people or fewer.
    bus_factor: Option<u32>,
}

/// A main author.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "AreaAuthorJson")]
pub(super) struct MainAuthorJson {
    /// The name; a pseudonym when people are anonymous.
    name: String,
    /// The part of the lines, 0 to 1.
    share: Figure,
    /// `active` or `inactive`.
    presence: &'static str,
}

/// A complex file that changed far less than its folder in the last 365 days, measured by its own past.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AvoidedJson {
    /// The file.
    path: PathJson,
    /// The largest cognitive complexity of its functions.
    cognitive: u32,
    /// Commits of the last 365 days that touched it.
    commits_last_year: u32,
    /// The commits that its share in the past of its folder would give.
    usual_commits: Figure,
    /// Commits of the last 365 days that touched source files of its folder.
    folder_commits_last_year: u32,
    /// The probability of so few by chance, 0 to 1.
    by_chance: Figure,
}

impl KnowledgeJson {
    pub(super) fn new(knowledge: &AreaKnowledge) -> Self {
        let author = |author: &MainAuthor| MainAuthorJson {
            name: author.name.clone(),
            share: Figure::new(author.share),
            presence: presence_code(author.presence),
        };
        Self {
            people: knowledge.row.contributors,
            main_authors: knowledge.row.main_authors.iter().map(author).collect(),
            inactive_days: knowledge.inactive_days,
            inactive_share: Figure::new(knowledge.row.lost),
            bus_factor: knowledge.row.bus_factor,
        }
    }
}

impl AvoidedJson {
    pub(super) fn new(file: &AvoidedFile) -> Self {
        Self {
            path: PathJson::new(&file.path),
            cognitive: file.cognitive,
            commits_last_year: file.commits,
            usual_commits: Figure::new(file.usual),
            folder_commits_last_year: file.folder_commits,
            by_chance: Figure::new(file.by_chance),
        }
    }
}
