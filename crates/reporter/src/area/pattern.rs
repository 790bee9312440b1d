//! Path patterns: one written pattern -> the globs that mean the same.

use globset::{Candidate, Glob, GlobBuilder, GlobSet};

/// Longest pattern in bytes. No path of a work tree is longer, and the engine takes time of the square.
pub(super) const LONGEST_PATTERN: usize = 4096;
/// Globs per automaton, whose size is limited.
const GLOBS_PER_SET: usize = 512;

/// Globs in their order, as many automata as they need.
#[derive(Debug, Default)]
pub(super) struct Globs {
    /// Each with the number of globs before it.
    sets: Vec<(usize, GlobSet)>,
}

impl Globs {
    /// Builds them, and returns the positions of those that are too large even alone, which match nothing.
    pub(super) fn new(globs: &[Glob]) -> (Self, Vec<(usize, globset::Error)>) {
        let mut too_large = Vec::new();
        let mut sets = Vec::new();
        let starts = (0..globs.len()).step_by(GLOBS_PER_SET);
        let mut pending: Vec<(usize, &[Glob])> =
            starts.zip(globs.chunks(GLOBS_PER_SET)).collect::<Vec<_>>().into_iter().rev().collect();
        while let Some((start, group)) = pending.pop() {
            match GlobSet::new(group) {
                Ok(set) => sets.push((start, set)),
                Err(_) if group.len() > 1 => {
                    let (first, second) = group.split_at(group.len() / 2);
                    pending.extend([(start + first.len(), second), (start, first)]);
                }
                Err(error) => too_large.push((start, error)),
            }
        }
        (Self { sets }, too_large)
    }

    /// The positions of all globs that match, ascending, in place of what `found` holds.
    pub(super) fn matches_into(&self, candidate: &Candidate<'_>, found: &mut Vec<usize>) {
        found.clear();
        let mut here = Vec::new();
        for (start, set) in &self.sets {
            set.matches_candidate_into(candidate, &mut here);
            found.extend(here.iter().map(|position| start + position));
        }
    }

    /// Whether any glob matches.
    pub(super) fn is_match(&self, candidate: &Candidate<'_>) -> bool {
        self.sets.iter().any(|(_, set)| set.is_match_candidate(candidate))
    }
}

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

#[cfg(test)]
mod tests {
    use super::{Globs, glob};
    use globset::Candidate;

    #[test]
    fn thousands_of_globs_match_under_their_own_positions() {
        let globs: Vec<_> =
            (0..5_000).map(|number| glob(&format!("d{}/**/x*", number / 2)).expect("valid")).collect();
        let (globs, too_large) = Globs::new(&globs);
        assert!(too_large.is_empty());
        let mut found = vec![7];
        globs.matches_into(&Candidate::new("d2400/a/b/xyz"), &mut found);
        assert_eq!(found, [4_800, 4_801]);
        assert!(globs.is_match(&Candidate::new("d0/x")) && !globs.is_match(&Candidate::new("d2500/x")));
        assert!(!Globs::default().is_match(&Candidate::new("d0/x")));
    }
}
