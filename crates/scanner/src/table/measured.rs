//! Measured files of the scanned tree.

use debtscan_model::{FileClass, PresentFile, Skipped};

/// How deeply a file was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// Its content was read for language, class and size.
    // The order of variants is the order of depth: a deeper result serves a shallower question.
    Read,
    /// It was also parsed, or measured by indentation.
    Parsed,
}

/// A measured file of the scanned tree.
pub(crate) struct MeasuredFile {
    /// Position in the path table.
    pub(crate) path: usize,
    pub(crate) class: FileClass,
    pub(crate) present: PresentFile,
    pub(crate) skipped: Option<Skipped>,
    pub(crate) depth: Depth,
    /// True if its content was read, so that the result stays valid.
    pub(crate) is_worth_keeping: bool,
}
