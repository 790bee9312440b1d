//! The invented company: what was written, and the findings about it.

use crate::brief::Brief;
use crate::report::Report;

/// The invented company, as its command shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Demo<'a> {
    /// The folder of the repository, as the user wrote it.
    pub folder: String,
    /// The area that the brief is about.
    pub area: &'a str,
    /// An area that was once repaired, and the day of that, as options take it.
    pub repaired: (&'a str, &'a str),
    /// What the folder has, in the order to look at it.
    pub files: Vec<(DemoFile, String)>,
    /// The ranking.
    pub report: &'a Report,
    /// The business case of the area.
    pub brief: &'a Brief,
}

/// A file of the invented company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoFile {
    /// The page of the ranking.
    ReportPage,
    /// The page of the business case.
    BriefPage,
    /// The incidents.
    Incidents,
    /// The customers.
    Accounts,
    /// The fixes that are asked for.
    Fixes,
    /// What teams have planned.
    Plan,
    /// The configuration, which names the files.
    Settings,
}
