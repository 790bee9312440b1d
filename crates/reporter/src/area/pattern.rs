//! Path patterns: one written pattern -> the globs that mean the same.

use globset::{Glob, GlobBuilder};

/// Builds a glob whose `*` stays within one folder.
pub(super) fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    // Escapes hold on Windows, too, where globset does not read them by default.
    GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build()
}

/// Whether the last component of a pattern names one thing, which may be a folder.
pub(super) fn ends_plainly(pattern: &str) -> bool {
    let last = pattern.rsplit('/').next().unwrap_or(pattern);
    !last.contains(['*', '?', '[', '{'])
}
