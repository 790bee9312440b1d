//! What the pictures of a report show besides its rows.

use crate::explanation::Explanation;
use crate::forecast::Forecast;
use crate::report::Report;
use debtscan_incidents::Costs;

/// A report with its pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Illustrated {
    /// The report.
    pub report: Report,
    /// What its pictures show besides.
    pub pictures: Pictures,
}

/// What the pictures of a report show besides its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// What is expected of all ranked files together.
    pub whole: Forecast,
    /// The year to `as_of` and the one before, over all areas; deleted files included.
    pub years: [Year; 2],
    /// The same per area, in the order of [`Report::areas`].
    pub area_years: Vec<[Year; 2]>,
    /// Per file, in the order of [`Report::files`].
    pub files: Vec<FilePicture>,
    /// Ranked files with at least [`Pictures::DENSE`] times the average density.
    pub dense_files: usize,
    /// Change against complexity; `None` if no file has both.
    pub corners: Option<Corners>,
    /// Calendar quarters (UTC) to that of `as_of`, ascending, without gaps; empty without commits. At most
    /// [`Pictures::QUARTERS`].
    pub quarters: Vec<Quarter>,
    /// Dated incidents before the first of these quarters.
    pub earlier_incidents: usize,
    /// Incidents without a date, or dated after `as_of`.
    pub undated_incidents: usize,
    /// The trails of the first areas by rank, at most [`Pictures::TRAILS`].
    pub trails: Vec<Explanation>,
}

impl Pictures {
    /// Density from which a file stands out; a default.
    pub const DENSE: f64 = 2.0;
    /// Most quarters: ten years. A default.
    pub const QUARTERS: usize = 40;
    /// Most trails: as many areas as a page can explain before it is too long to send. A default.
    pub const TRAILS: usize = 12;
}

/// What is recorded of 365 days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Year {
    /// Different incidents that began in it, with any part here.
    pub incidents: u32,
    /// Sum of their shares here.
    pub incident_shares: f64,
    /// Their cost here, recorded and modelled.
    pub costs: Costs,
    /// Commits that touched source files here.
    pub commits: u32,
    /// Lines that these added and deleted in source files here.
    pub lines: u64,
}

/// What pictures show of a file.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FilePicture {
    /// Sum of the shares of incidents that began in the 365 days to `as_of`.
    pub incidents_last_year: f64,
    /// Share of the expected incidents by share of the lines: 1 for the average line; `None` without lines or rank.
    pub density: Option<f64>,
}

/// Files by commits of the last year and cognitive complexity.
///
/// Its figures are of ranked files that have a syntax tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corners {
    /// Least commits of the last year of a busy file.
    pub busy_from: u32,
    /// Least cognitive complexity of a complex file.
    pub complex_from: u64,
    /// Files with a syntax tree.
    pub files: usize,
    /// Ranked files without one, which cannot be shown.
    pub unmeasured: usize,
    /// Files that are complex and busy.
    pub in_corner: usize,
    /// Lines of code of these.
    pub corner_lines: u64,
    /// Lines of code of all ranked files.
    pub lines: u64,
    /// Incidents of the last year, by shares, in complex and busy files.
    pub corner_incidents: f64,
    /// The same in all files, deleted ones included.
    pub incidents: f64,
    /// How many would fall into the corner if incidents followed lines alone.
    pub by_size: f64,
}

/// A calendar quarter (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quarter {
    /// The year.
    // Both in the types of the calendar library.
    pub year: i16,
    /// 1 to 4.
    pub number: i8,
    /// Commits that touched ranked files.
    pub commits: u32,
    /// Incidents that began in it, as ascending positions in [`Report::incidents`].
    pub incidents: Vec<usize>,
}
