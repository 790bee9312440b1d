//! Files of the scanned tree, measured.

use debtscan_model::{FileClass, PresentFile, Skipped};

/// How closely a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// Its content is read for its language, class and size.
    Read,
    /// It is parsed, or measured by indentation, too.
    Parsed,
}

/// A file of the scanned tree, measured.
pub(crate) struct MeasuredFile {
    /// Position in the path table.
    pub(crate) path: usize,
    pub(crate) class: FileClass,
    pub(crate) present: PresentFile,
    pub(crate) skipped: Option<Skipped>,
    pub(crate) depth: Depth,
    /// Whether its content was read, so that the result holds for good.
    pub(crate) is_worth_keeping: bool,
}
