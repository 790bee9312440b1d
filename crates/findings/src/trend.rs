//! Trends: size and complexity at past dates.

use debtscan_model::{CommitId, RepoPath, Timestamp};

use crate::head::ListHead;

/// The trend of a file, function, folder or area.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendList {
    /// Source and data quality.
    pub head: ListHead,
    /// The kind of subject.
    pub kind: TrendKind,
    /// The subject, as outputs show it.
    pub name: String,
    /// How far apart the points are, for people: `month`, `100 commits`.
    pub every: String,
    /// Present files of the subject that are not source files, which a trend does not measure.
    pub other_files: usize,
    /// The points, oldest first.
    pub points: Vec<TrendPoint>,
    /// The measures that apply to the subject, in the order of [`TrendMeasure::ALL`].
    pub measures: Vec<MeasureTrend>,
    /// Older points beyond the limit.
    pub older_points: usize,
    /// Files of the past that could not be measured in full.
    pub unmeasured: usize,
}

impl TrendList {
    /// The first and last point with figures; `None` when there are no two.
    pub fn ends(&self) -> Option<(&TrendPoint, &TrendPoint)> {
        let mut measured = self.points.iter().filter(|point| point.figures.is_some());
        let first = measured.next()?;
        // From the same iterator, so that a single point is not both ends.
        measured.next_back().map(|last| (first, last))
    }
}

/// One point of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// The point: a boundary of the calendar, or the commit's own time.
    pub at: Timestamp,
    /// The commit whose tree was measured.
    pub commit: CommitId,
    /// Its committer time.
    pub time: Timestamp,
    /// The path at that time, of a file or function.
    pub path: Option<RepoPath>,
    /// The figures; `None` when the subject did not exist.
    pub figures: Option<TrendFigures>,
}

/// The figures of one point; sums over its files, all of them counts of the tree at that time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrendFigures {
    /// Source files; 1 for a file or function.
    pub files: u64,
    /// Files that were measured without syntax tree: their functions and decisions are not counted.
    pub unparsed_files: u64,
    /// All lines.
    pub lines: u64,
    /// Lines of code.
    pub sloc: u64,
    /// Functions; of a function, how many share its name.
    pub functions: u64,
    /// Cyclomatic complexity.
    pub cyclomatic: u64,
    /// Cognitive complexity.
    pub cognitive: u64,
    /// Deepest nesting of control structures.
    pub max_nesting: u64,
    /// Indentation complexity; `None` for a function.
    pub indentation: Option<u64>,
    /// Sum over the files of `sqrt(R x indentation)` with R at that time; `None` for a function.
    pub hotspot: Option<f64>,
}

/// The shape of a trend, after the patterns of complexity trends in Tornhill, "Your Code as a Crime Scene":
/// deteriorating, stable, refactored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrowthShape {
    /// Later points are mostly above earlier ones.
    Rising,
    /// All values are close together.
    Flat,
    /// Later points are mostly below earlier ones.
    Falling,
    /// Neither rising, flat nor falling.
    Mixed,
}

/// The subject of a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrendKind {
    /// An area.
    Area,
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A function.
    Function,
}

impl TrendKind {
    /// The code used in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Folder => "folder",
            Self::File => "file",
            Self::Function => "function",
        }
    }
}

/// A measure of size or complexity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrendMeasure {
    /// Source files.
    Files,
    /// All lines.
    Lines,
    /// Lines of code.
    SourceLines,
    /// Functions.
    Functions,
    /// Cyclomatic complexity.
    Cyclomatic,
    /// Cognitive complexity.
    Cognitive,
    /// Deepest nesting of control structures.
    MaxNesting,
    /// Indentation complexity.
    Indentation,
    /// Hotspot score.
    HotspotScore,
}

impl TrendMeasure {
    /// Every measure, in the order of outputs.
    pub const ALL: [Self; 9] = [
        Self::Files,
        Self::Lines,
        Self::SourceLines,
        Self::Functions,
        Self::Cyclomatic,
        Self::Cognitive,
        Self::MaxNesting,
        Self::Indentation,
        Self::HotspotScore,
    ];

    /// The code used in outputs.
    pub fn code(self) -> &'static str {
        match self {
            // The keys of the columns of a point, so that a reader can join both lists.
            Self::Files => "files",
            Self::Lines => "lines",
            Self::SourceLines => "source_lines",
            Self::Functions => "functions",
            Self::Cyclomatic => "cyclomatic",
            Self::Cognitive => "cognitive",
            Self::MaxNesting => "max_nesting",
            Self::Indentation => "indentation",
            Self::HotspotScore => "hotspot_score",
        }
    }
}

/// One measure over all points.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureTrend {
    /// The measure.
    pub measure: TrendMeasure,
    /// Per point; `None` where the subject did not exist, or has no such figure.
    pub values: Vec<Option<f64>>,
    /// Its shape; `None` for fewer than three values.
    pub shape: Option<GrowthShape>,
}

impl MeasureTrend {
    /// The first and the last value; `None` without any.
    pub fn ends(&self) -> Option<(f64, f64)> {
        let mut known = self.values.iter().flatten();
        let first = *known.next()?;
        // Here a single value is both ends: its row in a table still has something to show.
        Some((first, known.next_back().copied().unwrap_or(first)))
    }
}

impl GrowthShape {
    /// The code used in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Flat => "flat",
            Self::Falling => "falling",
            Self::Mixed => "mixed",
        }
    }
}
