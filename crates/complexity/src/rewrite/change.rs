//! Changes to the text.

use super::construct::Construct;

/// A change to a range of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextChange {
    /// Replace it by spaces.
    Blank(Option<Construct>),
    /// Replace it by this word and spaces.
    // Only words that are not longer than what they replace, so that positions stay.
    Write(&'static str),
    /// Replace it by spaces, and count its decisions.
    Drop,
}

/// Changes with their ranges, which may be nested but do not overlap otherwise.
pub(super) type Changes = Vec<(usize, usize, TextChange)>;
