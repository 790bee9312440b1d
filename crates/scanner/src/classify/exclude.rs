//! Excluded paths: `--exclude` and `.debtscanignore`.

use std::borrow::Cow;
use std::path::Path;

use bstr::ByteSlice;
use debtscan_model::RepoPath;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, Glob};

use crate::error::ScanError;
use debtscan_git::error::Cause;

/// Longest pattern in bytes. No path of a work tree is longer, and the engine takes time of the square.
const LONGEST_PATTERN: usize = 4096;
/// Most patterns of one list: each path is compared with all of them.
const MOST_PATTERNS: usize = 1 << 16;
/// Patterns per automaton, whose size is limited.
const PATTERNS_PER_SET: usize = 512;

/// Matches excluded paths.
pub(crate) struct Exclude {
    all: PatternSets,
    /// The patterns of the option.
    own: Vec<String>,
}

impl Exclude {
    /// Takes the content of the tree's `.debtscanignore`, then patterns of the same syntax, which take
    /// precedence.
    pub(crate) fn new(ignore_file: &[u8], patterns: &[String]) -> Result<Self, ScanError> {
        let in_file = (1..).zip(ignore_file.lines());
        let in_file = in_file.map(|(line, text)| Pattern { text: text.to_str_lossy(), line: Some(line) });
        let own = patterns.iter().map(|pattern| Pattern { text: pattern.into(), line: None });
        let all: Vec<Pattern<'_>> = in_file.chain(own).collect();
        Ok(Self { all: PatternSets::new(&all)?, own: patterns.to_vec() })
    }

    /// Returns the patterns of the option that match no path, in their order.
    pub(crate) fn unmatched(&self, paths: &[RepoPath]) -> Vec<String> {
        let own: Vec<Pattern<'_>> =
            self.own.iter().map(|pattern| Pattern { text: pattern.into(), line: None }).collect();
        let mut idle = Vec::new();
        // In groups, which mostly match or do not match as a whole; from the back, so that the first comes next.
        let mut pending: Vec<&[Pattern<'_>]> = own.chunks(PATTERNS_PER_SET).rev().collect();
        while let Some(group) = pending.pop() {
            let sets = PatternSets::new(group).expect("all of them were valid together");
            if !paths.iter().any(|path| !sets.matched(&os_path(path)).is_none()) {
                idle.extend(group.iter().map(|pattern| pattern.text.clone().into_owned()));
            } else if group.len() > 1 {
                let (first, second) = group.split_at(group.len() / 2);
                pending.extend([second, first]);
            }
        }
        idle
    }

    /// True if the path, or a folder above it, is excluded.
    pub(crate) fn covers(&self, path: &RepoPath) -> bool {
        self.all.matched(&os_path(path)).is_ignore()
    }
}

/// A pattern, and its line if it comes from `.debtscanignore`.
#[derive(Debug, Clone)]
struct Pattern<'a> {
    text: Cow<'a, str>,
    line: Option<usize>,
}

impl Pattern<'_> {
    fn refused(&self, source: impl Into<Cause>) -> ScanError {
        ScanError::InvalidPattern { pattern: shortened(&self.text), line: self.line, source: source.into() }
    }
}

/// The beginning of a text that is too long for a message.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 80;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Patterns in their order, as many automata as they need.
struct PatternSets(Vec<Gitignore>);

impl PatternSets {
    fn new(patterns: &[Pattern<'_>]) -> Result<Self, ScanError> {
        if let Some(beyond) = patterns.get(MOST_PATTERNS) {
            return Err(beyond.refused(format!("only {MOST_PATTERNS} patterns can be read")));
        }
        if let Some(long) = patterns.iter().find(|pattern| pattern.text.len() > LONGEST_PATTERN) {
            return Err(long.refused(format!("it is longer than {LONGEST_PATTERN} bytes")));
        }
        let mut sets = Vec::new();
        let mut pending: Vec<&[Pattern<'_>]> = patterns.chunks(PATTERNS_PER_SET).rev().collect();
        while let Some(group) = pending.pop() {
            match set_of(group) {
                Ok(set) => sets.push(set),
                // Together they are too large for one automaton, or one of them is malformed.
                Err(_) if group.len() > 1 => {
                    let (first, second) = group.split_at(group.len() / 2);
                    pending.extend([second, first]);
                }
                Err(source) => return Err(group[0].refused(source)),
            }
        }
        Ok(Self(sets))
    }

    /// What the last matching pattern says of the path, or of the nearest folder above it that any pattern matches:
    /// git stops at an excluded folder, and a pattern may name only the folder.
    fn matched(&self, path: &Path) -> Match<&Glob> {
        if let [only] = &self.0[..] {
            return only.matched_path_or_any_parents(path, false);
        }
        let mut at = Some(path);
        let mut is_folder = false;
        while let Some(path) = at {
            let found = self.0.iter().rev().map(|set| set.matched(path, is_folder));
            if let Some(found) = found.into_iter().find(|found| !found.is_none()) {
                return found;
            }
            (at, is_folder) = (path.parent(), true);
        }
        Match::None
    }
}

fn set_of(patterns: &[Pattern<'_>]) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new("");
    // In git, an unclosed class matches nothing; here it is an error.
    builder.allow_unclosed_class(false);
    for pattern in patterns {
        builder.add_line(None, &pattern.text)?;
    }
    builder.build()
}

/// The matcher of a single pattern.
pub(super) fn matcher(pattern: &str) -> Result<Gitignore, ScanError> {
    let pattern = Pattern { text: pattern.into(), line: None };
    if pattern.text.len() > LONGEST_PATTERN {
        return Err(pattern.refused(format!("it is longer than {LONGEST_PATTERN} bytes")));
    }
    set_of(std::slice::from_ref(&pattern)).map_err(|source| pattern.refused(source))
}

pub(super) fn os_path(path: &RepoPath) -> Cow<'_, Path> {
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
        assert!(
            matches!(refused, Err(ScanError::InvalidPattern { pattern, line: None, .. }) if pattern == "[")
        );
        let patterns = ["gen/", "*.c", "!keep.h", "nothing/"].map(str::to_owned);
        let exclude = Exclude::new(b"idle/", &patterns).expect("valid");
        let paths = ["gen/x", "a.c", "keep.h"].map(|path| RepoPath::new(path).expect("valid"));
        assert_eq!(exclude.unmatched(&paths), ["nothing/"]);
    }

    #[test]
    fn a_malformed_line_of_the_file_is_named() {
        let mut file = "ok/**/x*\n".repeat(20_000);
        file.push_str("[\n");
        let refused = Exclude::new(file.as_bytes(), &["later".to_owned()]).err().expect("it is malformed");
        assert!(
            refused.to_string().starts_with("invalid exclude pattern `[` in line 20001 of .debtscanignore")
        );
        let long = Exclude::new(format!("a\n{}\n", "?".repeat(5_000)).as_bytes(), &[]).err();
        let long = long.expect("it is too long").to_string();
        assert_eq!(
            long,
            format!("invalid exclude pattern `{}…` in line 2 of .debtscanignore", "?".repeat(80))
        );
        let many = Exclude::new("a\n".repeat(65_537).as_bytes(), &[]).err().expect("there are too many");
        assert_eq!(many.to_string(), "invalid exclude pattern `a` in line 65537 of .debtscanignore");
    }

    #[test]
    fn many_patterns_mean_what_few_of_them_mean() {
        // As `git check-ignore` has it: the last match counts, and a folder above only if nothing nearer matches.
        let lines: Vec<String> = (0..20_000).map(|number| format!("x{number}/**/y*\n")).collect();
        let mut file = lines.concat();
        file.push_str("gen/\n");
        let patterns: Vec<String> =
            (0..2_000).map(|number| format!("idle{number}/")).chain(["!gen/keep.c".to_owned()]).collect();
        let exclude = Exclude::new(file.as_bytes(), &patterns).expect("valid");
        let path = |path: &str| RepoPath::new(path).expect("valid");
        for covered in ["x0/a/y.c", "x19999/a/b/yes", "gen/a.c", "gen/keep/deep.c", "lib/gen/a"] {
            assert!(exclude.covers(&path(covered)), "{covered}");
        }
        for kept in ["x20000/a/y.c", "x0/a/z.c", "gen/keep.c", "gen.c"] {
            assert!(!exclude.covers(&path(kept)), "{kept}");
        }
        let idle = exclude.unmatched(&[path("idle7/a"), path("gen/keep.c")]);
        assert_eq!((idle.len(), idle[6].as_str(), idle[7].as_str()), (1_999, "idle6/", "idle8/"));
    }
}
