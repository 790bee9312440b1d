//! Paths that the user wants left out: `--exclude` and `.debtscanignore`.

use bstr::ByteSlice;
use debtscan_model::RepoPath;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::ScanError;
use crate::error::Cause;

/// Decides which paths are left out.
pub(crate) struct Exclude(Gitignore);

impl Exclude {
    /// Takes the content of the tree's `.debtscanignore`, then patterns of the same syntax, which win.
    pub(crate) fn new(ignore_file: &[u8], patterns: &[String]) -> Result<Self, ScanError> {
        let mut builder = GitignoreBuilder::new("");
        let mut add = |pattern: &str| match builder.add_line(None, pattern) {
            Ok(_) => Ok(()),
            Err(source) => {
                Err(ScanError::InvalidPattern { pattern: pattern.to_owned(), source: Cause::from(source) })
            }
        };
        for line in ignore_file.lines() {
            add(&line.to_str_lossy())?;
        }
        for pattern in patterns {
            add(pattern)?;
        }
        let matcher = builder.build().map_err(|source| ScanError::InvalidPattern {
            pattern: patterns.join(", "),
            source: Cause::from(source),
        })?;
        Ok(Self(matcher))
    }

    /// Whether the path, or a folder above it, is left out.
    pub(crate) fn covers(&self, path: &RepoPath) -> bool {
        !self.0.is_empty() && self.0.matched_path_or_any_parents(&*os_path(path), false).is_ignore()
    }
}

fn os_path(path: &RepoPath) -> std::borrow::Cow<'_, std::path::Path> {
    path.as_bstr().to_path_lossy()
}

#[cfg(test)]
mod tests {
    use super::Exclude;
    use debtscan_model::RepoPath;

    #[test]
    fn patterns_have_gitignore_syntax_and_the_option_wins_over_the_file() {
        let exclude =
            Exclude::new(b"# generated\n/gen/\n*.min.js\n", &["!keep.min.js".to_owned()]).expect("valid");
        let covers = |path: &str| exclude.covers(&RepoPath::new(path).expect("valid"));
        assert!(covers("gen/a.c") && covers("web/x.min.js"));
        assert!(!covers("src/gen/a.c") && !covers("web/keep.min.js"));
    }
}
