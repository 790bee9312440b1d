//! Skipped items in words.

use debtscan_model::SkipReason;

use crate::number::counted;

/// Skipped items by reason: `3 submodules, not scanned`.
pub fn skipped_text(reason: SkipReason, items: usize) -> String {
    // No wildcard: a new reason must get words of its own.
    let (one, many, rest) = match reason {
        SkipReason::ShallowBoundary => {
            ("commit", "commits", " at the edge of the shallow clone, without changes")
        }
        SkipReason::UnreadableObject => ("object", "objects", " missing or unreadable"),
        SkipReason::RenameLimit => {
            ("commit", "commits", " with too many paths to compare; only exact renames are followed")
        }
        SkipReason::TooLargeToCount => ("file", "files", " too large to count lines"),
        SkipReason::TooLargeToParse => ("file", "files", " too large to parse, measured by indentation"),
        SkipReason::ParserStopped => ("file", "files", " that ended the parser, measured by indentation"),
        SkipReason::ParseTimeout => {
            ("file", "files", " beyond the limits of the parser, measured by indentation")
        }
        SkipReason::Submodule => ("submodule", "submodules", ", not scanned"),
        SkipReason::InvalidPath => ("path", "paths", " that cannot be represented, skipped"),
        SkipReason::TooManyPaths => {
            ("commit", "commits", " whose trees repeat themselves into too many paths, skipped")
        }
        SkipReason::LineHistoryLimit => {
            ("file", "files", " with a very long history; the origin of their oldest lines is unknown")
        }
    };
    format!("{}{rest}", counted(items, one, many))
}
