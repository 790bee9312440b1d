//! The areas as a list: their contents, the rule behind each file, and the unassigned files.

use debtscan_model::{Churn, FileClass, Language, RepoPath};

use crate::area::AreaRule;
use crate::head::{Grouping, ListHead};
use crate::recorded::Recorded;

/// The areas of a repository, with the rules that made them.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaList {
    /// Where it comes from.
    pub head: ListHead,
    /// What the rows of `members` are; with [`Grouping::Area`] there are none.
    pub grouping: Grouping,
    /// Present files.
    pub files: usize,
    /// Lines of code of the source files.
    pub source_lines: u64,
    /// Present files that no rule took.
    pub rest_files: usize,
    /// Path of the CODEOWNERS file, if there is one.
    pub code_owners_file: Option<RepoPath>,
    /// By lines of code, falling, then by name.
    pub areas: Vec<AreaRow>,
    /// By area in that order, then by lines of code.
    pub rules: Vec<AreaRuleRow>,
    /// Folders with files that no rule took, by files.
    pub rest: Vec<AreaMemberRow>,
    /// Files or folders by path.
    pub members: Vec<AreaMemberRow>,
    /// Rules that give the same areas, in this order.
    pub as_rules: Vec<AreaRule>,
    /// Files that those rules would put elsewhere, because no pattern can express their paths.
    pub misplaced_files: usize,
}

/// One area and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaRow {
    /// Stable identifier.
    pub id: String,
    /// The name that reports show.
    pub name: String,
    /// Other names by which incidents may call it.
    pub aliases: Vec<String>,
    /// Its owner, by the configuration or the source of the areas.
    pub owner: Option<String>,
    /// Owners by CODEOWNERS, those of most lines first; empty without such a file.
    pub code_owners: Vec<String>,
    /// The rule that made it.
    pub origin: String,
    /// Present files of any class.
    pub files: usize,
    /// Of these, source files.
    pub source_files: usize,
    /// Of these, test files.
    pub test_files: usize,
    /// Lines of code of the source files.
    pub source_lines: u64,
    /// Their languages, most lines first.
    pub languages: Vec<LanguageLines>,
    /// Churn of the source files, each commit and person counted once.
    pub churn: Churn,
    /// Commits of the 365 days to `as_of`.
    pub revisions_last_year: u32,
    /// What is recorded of incidents.
    pub recorded: Recorded,
}

/// Lines of code of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageLines {
    /// The language.
    pub language: Language,
    /// Lines of code of its source files.
    pub lines: u64,
}

/// A rule and the files that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaRuleRow {
    /// Id of the area.
    pub area: String,
    /// Name of the area.
    pub area_name: String,
    /// The rule: a pattern, a line of CODEOWNERS, a manifest, a folder; `None` where no rule took the files.
    pub rule: Option<String>,
    /// Present files that it took.
    pub files: usize,
    /// Of these, source files.
    pub source_files: usize,
    /// Lines of code of the source files.
    pub source_lines: u64,
}

/// A file or folder and the areas that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaMemberRow {
    /// The path, or `ROOT` for files in no folder.
    pub name: String,
    /// The path; `None` for files in no folder.
    pub path: Option<RepoPath>,
    /// Ids of the areas: one for a file; of a folder those of the files directly in it.
    pub areas: Vec<String>,
    /// Names of the areas.
    pub area_names: Vec<String>,
    /// The rules that took it.
    pub rules: Vec<String>,
    /// Classes of the files: in the order of [`FileClass::ALL`], unique.
    pub classes: Vec<FileClass>,
    /// Present files.
    pub files: usize,
    /// Of these, source files.
    pub source_files: usize,
    /// Lines of code of the source files.
    pub source_lines: u64,
    /// Languages of the source files, most lines first.
    pub languages: Vec<LanguageLines>,
}
