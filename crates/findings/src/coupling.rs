//! Change coupling: what changes in the same commits.

use debtscan_model::{RepoPath, Timestamp};

use crate::head::{Grouping, ListHead};

/// A list of couplings.
#[derive(Debug, Clone, PartialEq)]
pub struct CouplingList {
    /// Where it comes from.
    pub head: ListHead,
    /// What is coupled.
    pub grouping: Grouping,
    /// The thresholds in force.
    pub gates: CouplingGates,
    /// Which table comes first.
    pub order: CouplingOrder,
    /// Whether renames were followed.
    pub renames_followed: bool,
    /// Commits that count; without merges, unless only first parents were followed.
    pub commits: usize,
    /// Commits ignored because they touch too many files.
    pub wide_commits: usize,
    /// Commits ignored because `.git-blame-ignore-revs` names them.
    pub ignored_commits: usize,
    /// Present source and test files.
    pub files: usize,
    /// Of these, files whose imports could not be read.
    pub files_without_imports: usize,
    /// By degree, then mean revisions, both falling, then by path or name.
    pub pairs: Vec<CouplingPair>,
    /// By sum, falling, then by path or name; without those that have no counted commit.
    pub sums: Vec<CouplingSum>,
}

/// Which pairs are shown, and which commits count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouplingGates {
    /// Least mean of the two revisions. 5, code-maat's default.
    pub min_revisions: u32,
    /// Least shared revisions. 5, code-maat's default.
    pub min_shared: u32,
    /// Least degree in per cent. 30, code-maat's default.
    pub min_degree: u32,
    /// Largest degree in per cent, fractions dropped. 100, code-maat's default.
    pub max_degree: u32,
    /// Commits of more files than this, of any class, do not count at all. 30, code-maat's default.
    pub max_changeset: usize,
}

impl Default for CouplingGates {
    // code-maat's defaults, so that its users find the same pairs. Deviations are in
    // docs/metrics.md.
    fn default() -> Self {
        Self { min_revisions: 5, min_shared: 5, min_degree: 30, max_degree: 100, max_changeset: 30 }
    }
}

/// Which table comes first; CSV has only that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CouplingOrder {
    /// Pairs, then sums.
    Pairs,
    /// Sums, then pairs.
    Sums,
}

/// Two files, folders or areas that change together.
#[derive(Debug, Clone, PartialEq)]
pub struct CouplingPair {
    /// The first by path or name.
    pub a: CouplingSide,
    /// The second.
    pub b: CouplingSide,
    /// Commits that count and touched both.
    pub shared: u32,
    /// Of these, commits of the 365 days to `as_of`.
    pub shared_last_year: u32,
    /// Time of the last of them.
    pub last_shared: Option<Timestamp>,
    /// Why the pair changes together, as far as the code shows it.
    pub relation: Relation,
    /// Who imports whom.
    pub import: ImportLink,
    /// Whether the two are in different areas; `None` when an area is not known.
    pub crosses_areas: Option<bool>,
    /// Different incidents with a part in both.
    pub shared_incidents: u32,
}

impl CouplingPair {
    /// Mean of the two revisions.
    pub fn mean_revisions(&self) -> f64 {
        f64::from(self.a.revisions + self.b.revisions) / 2.0
    }

    /// Degree of coupling in per cent, `0..=100`: 100 x shared / mean revisions.
    pub fn degree(&self) -> f64 {
        // One division of exact integers, so that a pair that always changes together has exactly
        // 100.
        200.0 * f64::from(self.shared) / f64::from(self.a.revisions + self.b.revisions)
    }
}

/// One side of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouplingSide {
    /// A path, the name of an area, or [`ROOT`](crate::area::ROOT) for files in no folder.
    pub name: String,
    /// The path of a file or folder; `None` for an area and for files in no folder.
    pub path: Option<RepoPath>,
    /// Id of the area; `None` for a folder with files of several areas.
    pub area: Option<String>,
    /// Commits that count and touched it.
    pub revisions: u32,
}

/// How much one file, folder or area changes together with others.
#[derive(Debug, Clone, PartialEq)]
pub struct CouplingSum {
    /// What it is.
    pub side: CouplingSide,
    /// Sum of coupling: over its commits that count, how many others each touched.
    pub sum: u64,
    /// Listed pairs that it is part of.
    pub pairs: u32,
    /// Of these, hidden ones.
    pub hidden_pairs: u32,
    /// The largest degree among them in per cent; `None` without pairs.
    pub strongest: Option<f64>,
}

/// Why a pair changes together, as far as the code shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The two are meant to change together.
    Expected(Expected),
    /// One imports the other.
    Imported,
    /// Both are of one package, whose files see each other without an import.
    SamePackage,
    /// Neither imports the other, and both could be read: nothing in the code says why.
    Hidden,
    /// Imports could not be read.
    Unknown,
}

impl Relation {
    /// The code used in outputs.
    pub fn code(self) -> &'static str {
        match self {
            // Values of CSV and JSON; tables have phrases of their own.
            Self::Expected(Expected::TestAndSubject) => "test-and-subject",
            Self::Expected(Expected::HeaderAndSource) => "header-and-source",
            Self::Imported => "imported",
            Self::SamePackage => "same-package",
            Self::Hidden => "hidden",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a pair is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// A test and what it tests.
    TestAndSubject,
    /// A header and the source that defines what it declares.
    HeaderAndSource,
}

/// The imports between two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportLink {
    /// The first imports the second.
    AtoB,
    /// The second imports the first.
    BtoA,
    /// Each imports the other.
    Both,
    /// Neither imports the other.
    None,
    /// None is needed: files of one package see each other without an import.
    Unneeded,
    /// Imports could not be read.
    Unknown,
}

impl ImportLink {
    /// The code used in outputs.
    pub fn code(self) -> &'static str {
        match self {
            // Values of CSV and JSON; tables show the relation instead.
            Self::AtoB => "a-imports-b",
            Self::BtoA => "b-imports-a",
            Self::Both => "both",
            Self::None => "none",
            Self::Unneeded => "not-needed",
            Self::Unknown => "unknown",
        }
    }
}
