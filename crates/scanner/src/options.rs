//! What to scan, and how. Complete: the scanner has no defaults of its own.

use std::path::PathBuf;

use debtscan_model::Timestamp;

use crate::anonymous::Pseudonyms;
use debtscan_git::renames::Renames;

/// Which commits are history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// All that the scanned commit reaches. A merge brings only what differs from all its parents: the
    /// lines that `git diff --cc` marks in every column.
    AllParents,
    /// The line of first parents, as `git log --first-parent`. A merge is compared with its first
    /// parent and brings all of its branch.
    FirstParent,
}

/// Whether it is looked for what merges changed themselves; with [`Walk::FirstParent`] it always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merges {
    /// Compared with all of their parents.
    Compared,
    /// Merges bring nothing. Saves time where only other commits are of interest.
    LeftOut,
}

/// Whether the files of the scanned tree are read and measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Language, class and complexity of every file.
    Tree,
    /// The same, and what every source and test file imports.
    TreeAndImports,
    /// The same, but files whose path alone says that they are not source (tests, examples, vendored and
    /// generated files) are not parsed: they have a language and a class, and no complexity.
    Source,
    /// History only: present files have no language and no complexity.
    Nothing,
}

/// What a scan keeps for the questions that follow it. Kept results cost memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// The commit graph with the changes of each path, for questions about lines and their origins.
    LineHistory,
    /// Compared commits and measured files, for scans of earlier times.
    Results,
}

/// One end of the time window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeSpec {
    /// A point in time.
    At(Timestamp),
    /// So many calendar months and days (UTC) before the scanned commit's time.
    BeforeAsOf {
        /// Calendar months; a year is 12.
        months: u32,
        /// Days.
        days: u32,
    },
    /// The committer time of a tag, branch or commit, as git names revisions.
    Revision(String),
}

/// All that shapes a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanOptions {
    /// A folder inside the repository (then the scan is limited to it), its root, or a bare one.
    pub path: PathBuf,
    /// What to scan, as git names revisions: `HEAD`, a branch, a tag, an id, `main~10`.
    pub revision: String,
    /// First second of the window; `None` for the beginning.
    pub since: Option<TimeSpec>,
    /// First second after the window; `None` for the end.
    pub until: Option<TimeSpec>,
    /// Which commits are history.
    pub walk: Walk,
    /// Whether merges are compared with their parents.
    pub merges: Merges,
    /// Whether renames are followed.
    pub renames: Renames,
    /// Whether the tree is measured.
    pub measure: Measure,
    /// Patterns in gitignore syntax, from the repository's root, of paths to leave out; the
    /// repository's `.debtscanignore` is added to them.
    pub exclude: Vec<String>,
    /// Names and e-mail addresses of programs, besides [`BOT_PATTERNS`](crate::BOT_PATTERNS) and of
    /// the same kind.
    pub bots: Vec<String>,
    /// Names, e-mail addresses or pseudonyms of people to find, in any spelling that history knows;
    /// letter case is ignored.
    pub find_people: Vec<String>,
    /// What stands for people in the scan and in what is kept; `None` for their names.
    pub anonymize: Option<Pseudonyms>,
    /// Worker threads; 0 for one per core. Changes time and memory only, never the result.
    pub threads: usize,
    /// Bytes of resident memory to stay below where that is possible, mapped packs included; `None` for
    /// what is fastest. Less memory means smaller caches, then fewer threads: the same result, later.
    pub max_memory: Option<u64>,
}
