//! Hotspots: code that is complex and keeps changing, per file, folder or area.

mod group;
mod rows;
#[cfg(test)]
mod tests;
mod threshold;

pub use self::threshold::{Band, HotspotThresholds, Quadrant};

use debtscan_model::{Churn, ComplexityMeasure, Language, RepoPath};

use crate::listing::ListInput;
use crate::{BuildError, Grouping, ListHead, Recorded};

/// What a list of hotspots shows.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotOptions {
    /// What a row stands for.
    pub grouping: Grouping,
    /// Where bands and quadrants begin.
    pub thresholds: HotspotThresholds,
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
    /// The band of the score; of anything but a file that of its hottest file. Absolute: it depends
    /// on nothing else.
    pub band: Band,
    /// Where a file stands; `None` for anything else.
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
    /// Files that the parser had to repair: complexity there is less certain.
    pub files_with_syntax_errors: usize,
    /// The file with the largest score; `None` for a file, and where all scores are 0.
    pub hottest_file: Option<RepoPath>,
    /// What is recorded of incidents.
    pub recorded: Recorded,
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

/// Lists the hotspots of a scan.
///
/// # Errors
/// When the areas cannot be made as asked, or the recorded costs leave the 64-bit range.
pub fn hotspots(input: ListInput<'_>, options: &HotspotOptions) -> Result<HotspotList, BuildError> {
    let analysis = input.analysis()?;
    let measured = rows::measure(&analysis, &options.thresholds);
    let rows = match options.grouping {
        Grouping::File => rows::files(&analysis, &measured),
        Grouping::Directory => group::folders(&analysis, &measured),
        Grouping::Area => group::areas(&analysis, &measured),
    };
    let mut list = HotspotList {
        head: ListHead::of(&analysis, input.options),
        grouping: options.grouping,
        thresholds: options.thresholds.clone(),
        half_life_days: analysis.parameters.change_half_life_days,
        all: HotspotClass::default(),
        quadrants: [HotspotClass::default(); 4],
        bands: [HotspotClass::default(); 5],
        rows,
    };
    for (file, measured) in analysis.universe.files.iter().zip(&measured) {
        let incident_shares = analysis.recorded[file.file.get()].incident_shares;
        let classes = [
            &mut list.all,
            &mut list.quadrants[measured.quadrant as usize],
            &mut list.bands[measured.band as usize],
        ];
        for class in classes {
            class.files += 1;
            class.source_lines += u64::from(file.sloc);
            class.score += measured.score;
            class.incident_shares += incident_shares;
        }
    }
    Ok(list)
}
