//! Excluded paths: `--exclude` and `.debtscanignore`.

use std::borrow::Cow;

use bstr::ByteSlice;
use debtscan_model::RepoPath;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::error::ScanError;
use debtscan_git::error::Cause;

/// Matches excluded paths.
pub(crate) struct Exclude {
    all: Gitignore,
    /// Each pattern of the option by itself, to find those that match nothing.
    own: Vec<(String, Gitignore)>,
}

impl Exclude {
    /// Takes the content of the tree's `.debtscanignore`, then patterns of the same syntax, which take
    /// precedence.
    pub(crate) fn new(ignore_file: &[u8], patterns: &[String]) -> Result<Self, ScanError> {
        let in_file = ignore_file.lines().map(|line| line.to_str_lossy());
        let all = matcher(in_file.chain(patterns.iter().map(|pattern| pattern.as_str().into())))?;
        let own = patterns.iter().map(|pattern| {
            let matcher = matcher(std::iter::once(pattern.as_str().into()))?;
            // A matcher per pattern, because the common one does not say which pattern matched
            // last.
            Ok((pattern.clone(), matcher))
        });
        Ok(Self { all, own: own.collect::<Result<_, ScanError>>()? })
    }

    /// Returns the patterns of the option that match no path, in their order.
    pub(crate) fn unmatched(&self, paths: &[RepoPath]) -> Vec<String> {
        // `is_none` also counts a negated pattern as a match.
        let is_idle = |matcher: &Gitignore| {
            !paths.iter().any(|path| !matcher.matched_path_or_any_parents(&*os_path(path), false).is_none())
        };
        let idle = self.own.iter().filter(|(_, matcher)| is_idle(matcher));
        idle.map(|(pattern, _)| pattern.clone()).collect()
    }

    /// True if the path, or a folder above it, is excluded.
    pub(crate) fn covers(&self, path: &RepoPath) -> bool {
        // Parents are matched too: git stops at an excluded folder, and a pattern may name only the
        // folder.
        !self.all.is_empty() && self.all.matched_path_or_any_parents(&*os_path(path), false).is_ignore()
    }
}

pub(super) fn matcher<'a>(patterns: impl Iterator<Item = Cow<'a, str>>) -> Result<Gitignore, ScanError> {
    let mut builder = GitignoreBuilder::new("");
    // In git, an unclosed class matches nothing; here it is an error.
    builder.allow_unclosed_class(false);
    let malformed = |pattern: &str, source: ignore::Error| ScanError::InvalidPattern {
        pattern: pattern.to_owned(),
        source: Cause::from(source),
    };
    for pattern in patterns {
        builder.add_line(None, &pattern).map_err(|source| malformed(&pattern, source))?;
    }
    builder.build().map_err(|source| malformed("", source))
}

pub(super) fn os_path(path: &RepoPath) -> Cow<'_, std::path::Path> {
    path.as_bstr().to_path_lossy()
}

#[cfg(test)]
mod tests {
    use super::Exclude;
    use crate::error::ScanError;
    use debtscan_model::RepoPath;

    #[test]
    fn patterns_have_gitignore_syntax_and_the_option_wins_over_the_file() {
        let exclude =
            Exclude::new(b"# generated\n/gen/\n*.min.js\n", &["!keep.min.js".to_owned()]).expect("valid");
        let covers = |path: &str| exclude.covers(&RepoPath::new(path).expect("valid"));
        assert!(covers("gen/a.c") && covers("web/x.min.js"));
        assert!(!covers("src/gen/a.c") && !covers("web/keep.min.js"));
    }

    #[test]
    fn a_malformed_pattern_is_refused_and_an_idle_one_is_known() {
        let refused = Exclude::new(b"", &["[".to_owned()]);
        assert!(matches!(refused, Err(ScanError::InvalidPattern { pattern, .. }) if pattern == "["));
        let patterns = ["gen/", "*.c", "!keep.h", "nothing/"].map(str::to_owned);
        let exclude = Exclude::new(b"idle/", &patterns).expect("valid");
        let paths = ["gen/x", "a.c", "keep.h"].map(|path| RepoPath::new(path).expect("valid"));
        assert_eq!(exclude.unmatched(&paths), ["nothing/"]);
    }
}
