//! What to scan, and how. The options are complete: the scanner has no defaults.

use std::path::PathBuf;

use debtscan_model::{FileClass, Timestamp};

use crate::anonymous::Pseudonyms;
use crate::identity::PeopleRules;
use debtscan_git::renames::Renames;

/// Which commits are part of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// All commits reachable from the scanned one. A merge contributes only what differs from all of its
    /// parents: the lines that `git diff --cc` marks in every column.
    AllParents,
    /// First parents only, as in `git log --first-parent`. A merge is compared with its first parent and
    /// counts as its whole branch.
    FirstParent,
}

/// Whether merges are compared with their parents. With [`Walk::FirstParent`] they always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merges {
    /// They are compared with all parents.
    Compared,
    /// They contribute nothing. This saves time if only other commits matter.
    LeftOut,
}

/// Which files of the scanned tree are read and measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Language, class and complexity of every file.
    Tree,
    /// Also the imports of every source and test file.
    TreeAndImports,
    /// As [`Measure::Tree`], but files that are not source by path alone (tests, examples, vendored and
    /// generated files) are not parsed: they have a language and a class, but no complexity.
    Source,
    /// None: present files have no language and no complexity.
    Nothing,
}

/// Whether a scan of a part comes with the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepWhole {
    /// A scan that a window, folder or exclusion limits comes with a scan of the whole
    /// ([`Scan::whole`](debtscan_model::Scan::whole)).
    Always,
    /// It does not.
    Never,
}

/// What a scan keeps in memory for the questions that follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// The commit graph with the changes of each path, for [`lines`](crate::Repository::lines) and
    /// [`origins`](crate::Repository::origins).
    LineHistory,
    /// Compared commits and measured files, for [`scan_at`](crate::Repository::scan_at).
    Results,
}

/// One end of the time window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeSpec {
    /// A point in time.
    At(Timestamp),
    /// A number of calendar months and days (UTC) before the time of the scanned commit.
    BeforeAsOf {
        /// Calendar months; a year is 12.
        months: u32,
        /// Days.
        days: u32,
    },
    /// The committer time of a tag, branch or commit, in git's syntax of revisions.
    Revision(String),
}

/// The class of the files that a pattern matches, whatever else is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassRule {
    /// In gitignore syntax, relative to the root of the repository.
    pub pattern: String,
    /// Their class.
    pub class: FileClass,
}

/// Everything that affects a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanOptions {
    /// The root of a repository, a bare repository, or a folder inside one, which limits the scan to it.
    pub path: PathBuf,
    /// The revision to scan, in git's syntax: `HEAD`, a branch, a tag, an id, `main~10`.
    pub revision: String,
    /// First second of the window; `None` for the start of history.
    pub since: Option<TimeSpec>,
    /// First second after the window; `None` for the end of history.
    pub until: Option<TimeSpec>,
    /// Which commits are part of the history.
    pub walk: Walk,
    /// Whether merges are compared with their parents.
    pub merges: Merges,
    /// Whether renames are followed.
    pub renames: Renames,
    /// Which files of the tree are measured.
    pub measure: Measure,
    /// Patterns of excluded paths in gitignore syntax, relative to the root of the repository. They add to
    /// its `.debtscanignore`.
    pub exclude: Vec<String>,
    /// Classes that the user gives to files; of several rules for a file, the first counts.
    pub classes: Vec<ClassRule>,
    /// Whether a scan of a part comes with the whole.
    pub whole: KeepWhole,
    /// Patterns of names and e-mail addresses of bots, besides [`BOT_PATTERNS`](crate::BOT_PATTERNS).
    pub bots: Vec<String>,
    /// Full ids of commits to look for: those that the repository has outside the scanned history join
    /// [`Scan::outside_window`](debtscan_model::Scan::outside_window).
    pub find_commits: Vec<String>,
    /// Which identities are one person.
    pub people: PeopleRules,
    /// Names, e-mail addresses or pseudonyms of people to find, in any spelling in the history and any
    /// letter case.
    pub find_people: Vec<String>,
    /// Pseudonyms for people in the scan and in the cache; `None` to keep their names.
    pub anonymize: Option<Pseudonyms>,
    /// Number of worker threads; 0 for one per core. It affects time and memory only, never the result.
    pub threads: usize,
    /// Target for resident memory in bytes, including mapped packs; `None` for the fastest setting. A lower
    /// limit means smaller caches, then fewer threads: the same result, but slower.
    pub max_memory: Option<u64>,
    /// The program to start as a worker for each thread that parses: one that calls
    /// [`serve`](crate::serve) if [`is_worker`](crate::is_worker). `None` to parse in this process.
    pub worker: Option<PathBuf>,
}
