//! The differences between two sets of rows, by kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::rows::{NumstatRow, NumstatRows, RowKey};

/// The kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DifferenceKind {
    /// One side has no row at all for the commit.
    Commit,
    /// The sides disagree about a rename or its source.
    RenamePair,
    /// Only one side treats the content as binary.
    Binary,
    /// A row without lines on one side only: the sides read a file mode differently.
    Mode,
    /// Different line counts.
    LineCount,
    /// Only git has the row.
    Missing,
    /// Only debtscan has the row.
    Extra,
}

impl DifferenceKind {
    fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::RenamePair => "rename-pair",
            Self::Binary => "binary-attribute",
            Self::Mode => "non-canonical-mode",
            Self::LineCount => "line-count",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

/// (commit, from, to)
type RenamePair = (Vec<u8>, Vec<u8>, Vec<u8>);

/// Two sets of rows, compared.
pub(super) struct RowComparison {
    in_git: usize,
    here: usize,
    equal: usize,
    different: usize,
    missing: usize,
    extra: usize,
    differences: Vec<(DifferenceKind, RowKey, Option<NumstatRow>, Option<NumstatRow>)>,
    pairs_equal: usize,
    pairs_only_git: Vec<RenamePair>,
    pairs_only_here: Vec<RenamePair>,
}

impl RowComparison {
    pub(super) fn of(git: &NumstatRows, here: &NumstatRows) -> Self {
        let (git_pairs, here_pairs) = (pairs(git), pairs(here));
        let mut comparison = Self {
            in_git: git.len(),
            here: here.len(),
            equal: 0,
            different: 0,
            missing: 0,
            extra: 0,
            differences: Vec::new(),
            pairs_equal: git_pairs.intersection(&here_pairs).count(),
            pairs_only_git: git_pairs.difference(&here_pairs).cloned().collect(),
            pairs_only_here: here_pairs.difference(&git_pairs).cloned().collect(),
        };
        // A rename that one side alone finds changes the rows of both its paths. They are of one
        // kind, or a single decision would look like several wrong line counts.
        let disputed: BTreeSet<RowKey> = git_pairs
            .symmetric_difference(&here_pairs)
            .flat_map(|(commit, from, to)| [(commit.clone(), from.clone()), (commit.clone(), to.clone())])
            .collect();
        let git_commits: BTreeSet<&[u8]> = git.keys().map(|(commit, _)| commit.as_slice()).collect();
        let here_commits: BTreeSet<&[u8]> = here.keys().map(|(commit, _)| commit.as_slice()).collect();

        for (key, theirs) in git {
            let ours = here.get(key);
            if ours.is_some_and(|ours| ours.lines == theirs.lines) {
                comparison.equal += 1;
                continue;
            }
            // The first cause that applies: what is behind it explains the rest of the difference.
            let class = match ours {
                _ if disputed.contains(key) => DifferenceKind::RenamePair,
                Some(ours) if ours.lines.is_none() || theirs.lines.is_none() => DifferenceKind::Binary,
                Some(_) => DifferenceKind::LineCount,
                None if !here_commits.contains(key.0.as_slice()) => DifferenceKind::Commit,
                // A row without lines is a change of mode alone. Old trees have modes such as
                // 100664, which git reads as the nearest one of today.
                None if theirs.lines == Some((0, 0)) => DifferenceKind::Mode,
                None => DifferenceKind::Missing,
            };
            *(if ours.is_some() { &mut comparison.different } else { &mut comparison.missing }) += 1;
            comparison.differences.push((class, key.clone(), Some(theirs.clone()), ours.cloned()));
        }
        for (key, ours) in here.iter().filter(|(key, _)| !git.contains_key(*key)) {
            let class = match ours.lines {
                _ if disputed.contains(key) => DifferenceKind::RenamePair,
                _ if !git_commits.contains(key.0.as_slice()) => DifferenceKind::Commit,
                Some((0, 0)) => DifferenceKind::Mode,
                _ => DifferenceKind::Extra,
            };
            comparison.extra += 1;
            comparison.differences.push((class, key.clone(), None, Some(ours.clone())));
        }
        comparison
    }

    pub(super) fn is_equal(&self) -> bool {
        self.differences.is_empty() && self.pairs_only_git.is_empty() && self.pairs_only_here.is_empty()
    }

    /// The result as text, with the first `listed` differences of each kind.
    pub(super) fn report(&self, listed: usize, with_renames: bool) -> String {
        let mut text = String::new();
        let mut by_class: BTreeMap<DifferenceKind, usize> = BTreeMap::new();
        for (class, (commit, path), git, here) in self.differences.iter().take(listed) {
            let (commit, path) = (commit.escape_ascii(), path.escape_ascii());
            line(
                &mut text,
                &format!(
                    "{:<18} {commit} {path}: git {}, here {}",
                    class.name(),
                    show(git.as_ref()),
                    show(here.as_ref())
                ),
            );
        }
        if self.differences.len() > listed {
            line(&mut text, &format!("... and {} more", self.differences.len() - listed));
        }
        for (side, pairs) in [("only git", &self.pairs_only_git), ("only debtscan", &self.pairs_only_here)]
            .iter()
            .filter(|_| with_renames)
        {
            for (commit, from, to) in pairs.iter().take(listed) {
                let (commit, from, to) = (commit.escape_ascii(), from.escape_ascii(), to.escape_ascii());
                line(&mut text, &format!("{side:<18} {commit} {from} => {to}"));
            }
            if pairs.len() > listed {
                line(&mut text, &format!("... and {} more", pairs.len() - listed));
            }
        }
        for (class, ..) in &self.differences {
            *by_class.entry(*class).or_default() += 1;
        }
        for (class, count) in by_class {
            line(&mut text, &format!("{count:>9} of class {}", class.name()));
        }
        let counts = [
            ("rows in git", self.in_git),
            ("rows here", self.here),
            ("equal", self.equal),
            ("different", self.different),
            ("missing", self.missing),
            ("extra", self.extra),
        ];
        for (name, count) in counts {
            line(&mut text, &format!("{count:>9} {name}"));
        }
        if with_renames {
            let (only_git, only_here) = (self.pairs_only_git.len(), self.pairs_only_here.len());
            let all = self.pairs_equal + only_git + only_here;
            let share = if all == 0 { 100.0 } else { 100.0 * self.pairs_equal as f64 / all as f64 };
            line(&mut text, &format!("{:>9} rename pairs equal ({share:.2}% of {all})", self.pairs_equal));
            line(&mut text, &format!("{only_git:>9} rename pairs only in git"));
            line(&mut text, &format!("{only_here:>9} rename pairs only in debtscan"));
        }
        text
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing into a string does not fail");
}

fn pairs(rows: &NumstatRows) -> BTreeSet<RenamePair> {
    let renamed = rows.iter().filter_map(|((commit, path), row)| Some((commit, row.from.as_ref()?, path)));
    renamed.map(|(commit, from, to)| (commit.clone(), from.clone(), to.clone())).collect()
}

fn show(row: Option<&NumstatRow>) -> String {
    match row {
        None => "nothing".to_owned(),
        Some(NumstatRow { lines: None, .. }) => "binary".to_owned(),
        Some(NumstatRow { lines: Some((added, deleted)), .. }) => format!("+{added} -{deleted}"),
    }
}

#[cfg(test)]
mod tests {
    use super::RowComparison;
    use crate::verify_git::rows::{NumstatRow, NumstatRows};

    type CountedLine<'a> = (&'a str, &'a str, &'a str, Option<(u64, u64)>);

    fn rows(lines: &[CountedLine<'_>]) -> NumstatRows {
        lines
            .iter()
            .map(|(commit, from, path, lines)| {
                let from = (!from.is_empty()).then(|| from.as_bytes().to_vec());
                ((commit.as_bytes().to_vec(), path.as_bytes().to_vec()), NumstatRow { lines: *lines, from })
            })
            .collect()
    }

    #[test]
    fn equal_rows_are_equal() {
        let same = rows(&[("a", "", "x", Some((1, 2))), ("a", "o", "n", Some((0, 0))), ("b", "", "x", None)]);
        let comparison = RowComparison::of(&same, &same);
        assert!(comparison.is_equal());
        let expected = "        3 rows in git\n        3 rows here\n        3 equal\n        0 different\n        \
                        0 missing\n        0 extra\n        1 rename pairs equal (100.00% of 1)\n        \
                        0 rename pairs only in git\n        0 rename pairs only in debtscan\n";
        assert_eq!(comparison.report(50, true), expected);
    }

    #[test]
    fn each_difference_has_its_class() {
        let git = rows(&[
            ("a", "", "binary", None),
            ("a", "", "count", Some((1, 2))),
            ("a", "", "mode", Some((0, 0))),
            ("a", "", "gone", Some((3, 0))),
            ("a", "old", "new", Some((1, 1))),
            ("c", "", "x", Some((1, 0))),
        ]);
        let here = rows(&[
            ("a", "", "binary", Some((1, 0))),
            ("a", "", "count", Some((2, 3))),
            ("a", "", "more", Some((3, 0))),
            ("a", "", "old", Some((0, 9))),
            ("a", "", "new", Some((9, 0))),
        ]);
        let comparison = RowComparison::of(&git, &here);
        assert!(!comparison.is_equal());
        let report = comparison.report(50, true);
        let listed: Vec<_> =
            report.lines().take(9).map(|line| line.split(": ").next().unwrap_or(line)).collect();
        let expected = [
            "binary-attribute   a binary",
            "line-count         a count",
            "missing            a gone",
            "non-canonical-mode a mode",
            "rename-pair        a new",
            "commit             c x",
            "extra              a more",
            "rename-pair        a old",
            "only git           a old => new",
        ];
        assert_eq!(listed, expected);
        assert!(report.contains("git +1 -2, here +2 -3"));
        assert!(comparison.report(2, false).contains("... and 6 more"));
    }
}
