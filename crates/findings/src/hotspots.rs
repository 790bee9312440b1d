//! Hotspots: complex code that changes often, per file, folder or area.

use debtscan_model::{Churn, ComplexityMeasure, Language, RepoPath};

use crate::head::{Grouping, ListHead};
use crate::recorded::Recorded;

/// Where bands and quadrants begin. Absolute: the same file has the same band and quadrant whatever
/// else is in the repository, and whatever folder was scanned.
///
/// The values of [`Default`] are plain defaults, chosen for what they mean; `docs/metrics.md` says
/// how files of four repositories spread over them.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotThresholds {
    /// Least score of the bands moderate, high and severe: ascending.
    ///
    /// A steady pace of n changes a year gives R = n x 180 / (365 x ln 2) = 0.71 n. With an indentation
    /// complexity of 1,000 (about 500 lines, two levels deep on average) a score of 50 is 3.5 changes
    /// a year, 100 is 14 (more than one a month) and 200 is 56 (more than one a week).
    pub bands: [f64; 3],
    /// Least recency-weighted revisions `R` of an active file. 1: one change today, or two half a year
    /// ago; a steady pace of 1.4 changes a year.
    pub active_from: f64,
    /// Cognitive complexity of one function above which its file is complex. 15: the limit of
    /// `SonarSource`'s own rule (S3776).
    pub complex_above: u32,
    /// For files without a syntax tree: least indentation complexity of a complex file. 1,000: from there on
    /// most files with a syntax tree are complex by `complex_above`, over ripgrep, git, kafka and neutron.
    pub complex_indentation_from: u64,
}

impl Default for HotspotThresholds {
    fn default() -> Self {
        Self {
            // Doubled each time: a score is a square root, so each step is four times the product
            // below it.
            bands: [50.0, 100.0, 200.0],
            active_from: 1.0,
            complex_above: 15,
            complex_indentation_from: 1_000,
        }
    }
}

/// An absolute grade of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
// From the highest: the band of a folder or area is the least of its files' bands in this order.
pub enum Band {
    /// From the third threshold.
    Severe,
    /// From the second threshold.
    High,
    /// From the first threshold.
    Moderate,
    /// Above 0.
    Low,
    /// 0: without indentation or recent activity.
    None,
}

impl Band {
    /// Every band, highest first.
    // The array of sums in a list has this order.
    pub const ALL: [Self; 5] = [Self::Severe, Self::High, Self::Moderate, Self::Low, Self::None];

    /// The word used in outputs.
    pub fn word(self) -> &'static str {
        match self {
            // Values of CSV and JSON, and the words that people read.
            Self::Severe => "severe",
            Self::High => "high",
            Self::Moderate => "moderate",
            Self::Low => "low",
            Self::None => "none",
        }
    }
}

/// How complex a file is, and how much it is changing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quadrant {
    /// Complex code under work.
    ComplexActive,
    /// Complex code that hardly changes.
    ComplexQuiet,
    /// Simple code under work.
    SimpleActive,
    /// Simple code that hardly changes.
    SimpleQuiet,
}

impl Quadrant {
    /// Every quadrant, in the order of outputs.
    pub const ALL: [Self; 4] =
        [Self::ComplexActive, Self::ComplexQuiet, Self::SimpleActive, Self::SimpleQuiet];

    /// The code used in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::ComplexActive => "complex-active",
            Self::ComplexQuiet => "complex-quiet",
            Self::SimpleActive => "simple-active",
            Self::SimpleQuiet => "simple-quiet",
        }
    }

    /// The words that people see.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::ComplexActive => "complex, active",
            Self::ComplexQuiet => "complex, quiet",
            Self::SimpleActive => "simple, active",
            Self::SimpleQuiet => "simple, quiet",
        }
    }
}

/// A list of hotspots.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotList {
    /// Where it comes from.
    pub head: ListHead,
    /// What a row stands for.
    pub grouping: Grouping,
    /// The thresholds in force.
    pub thresholds: HotspotThresholds,
    /// Half-life of a revision in `R`, in days.
    pub half_life_days: f64,
    /// All source files together.
    pub all: HotspotClass,
    /// The files per quadrant, in the order of [`Quadrant::ALL`].
    pub quadrants: [HotspotClass; 4],
    /// The files per band, in the order of [`Band::ALL`].
    pub bands: [HotspotClass; 5],
    /// By score, then by path or name.
    pub rows: Vec<HotspotRow>,
}

/// Files of one quadrant or band.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HotspotClass {
    /// How many.
    pub files: usize,
    /// Their lines of code.
    pub source_lines: u64,
    /// Sum of their scores.
    pub score: f64,
    /// Sum of the incidents' shares in them.
    pub incident_shares: f64,
}

/// A file, folder or area. Only present source files count.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotRow {
    /// 1 for the largest score of the list; `None` when the score is 0. Relative: it depends on what
    /// else is in the list.
    pub rank: Option<usize>,
    /// A path, the name of an area, or [`ROOT`](crate::area::ROOT) for files in no folder.
    pub name: String,
    /// The path of a file or folder; `None` for an area and for files in no folder.
    pub path: Option<RepoPath>,
    /// Id of the area that holds it; `None` for a folder with files of several areas.
    pub area: Option<String>,
    /// Its name.
    pub area_name: Option<String>,
    /// `sqrt(R x indentation)` of a file; of anything else the sum over its files.
    pub score: f64,
    /// The band of the score; of anything but a file that of its top file. Absolute: it depends
    /// on nothing else.
    pub band: Band,
    /// The quadrant of a file; `None` for anything else.
    pub quadrant: Option<Quadrant>,
    /// Files per quadrant, in the order of [`Quadrant::ALL`].
    pub quadrants: [usize; 4],
    /// Source files.
    pub files: usize,
    /// Lines of code.
    pub source_lines: u64,
    /// A file's language, if known.
    pub language: Option<Language>,
    /// How a file was measured; `None` when it was not, or for anything else.
    pub measure: Option<ComplexityMeasure>,
    /// Churn over the window, each commit and person counted once.
    pub churn: Churn,
    /// Commits of the 365 days to `as_of`.
    pub revisions_last_year: u32,
    /// Recency-weighted revisions `R`, each commit counted once.
    pub recent_revisions: f64,
    /// Indentation complexity.
    pub indentation: u64,
    /// Cyclomatic complexity over all functions; `None` when nothing here was parsed.
    pub cyclomatic: Option<u64>,
    /// Cognitive complexity over all functions; `None` when nothing here was parsed.
    pub cognitive: Option<u64>,
    /// The function with the largest cognitive complexity.
    pub worst_function: Option<WorstFunction>,
    /// Files with parse errors; their complexity is approximate.
    pub files_with_syntax_errors: usize,
    /// The file with the largest score; `None` for a file, and where all scores are 0.
    // Named like the key in JSON, which is older than the term `top file` that people read.
    pub hottest_file: Option<RepoPath>,
    /// What is recorded of incidents.
    pub recorded: Recorded,
}

/// The function of a file, folder or area with the largest cognitive complexity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorstFunction {
    /// Its file.
    pub path: RepoPath,
    /// Its qualified name.
    pub name: String,
    /// Its first line, counted from 1.
    pub first_line: u32,
    /// Its cognitive complexity.
    pub cognitive: u32,
    /// Its cyclomatic complexity.
    pub cyclomatic: u32,
}
