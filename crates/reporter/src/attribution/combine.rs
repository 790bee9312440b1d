//! How several pieces of evidence become one answer.

use std::collections::BTreeSet;

use debtscan_model::{ChangeIdx, CommitIdx, FileIdx};

use super::PathNames;
use debtscan_findings::{Confidence, Method, Support};

/// One piece of evidence that leads to files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EvidenceItem {
    pub(super) method: Method,
    pub(super) names: PathNames,
    pub(super) confidence: Confidence,
    /// File and weight: sorted by file, unique, weights at least 1; never empty.
    pub(super) weights: Vec<(FileIdx, u64)>,
    pub(super) commits: Vec<CommitIdx>,
    pub(super) changes: Vec<ChangeIdx>,
    pub(super) is_wide: bool,
}

/// Joins pieces of evidence, strongest first; `None` for none.
///
/// 1. The strongest piece decides which files carry the cost, and in which parts.
/// 2. When it names only a set of files, each weaker piece narrows it to the files that both name,
///    if there are any.
/// 3. A weaker piece agrees when it names any of those files.
/// 4. A fix that the incident itself names keeps its confidence. Any other answer gains one level when
///    another piece agrees, up to medium for a set of files; it loses one when pieces that name files
///    disagree and none agrees.
pub(super) fn combine(pieces: Vec<EvidenceItem>) -> Option<(EvidenceItem, Vec<Support>)> {
    let mut pieces = pieces.into_iter();
    let mut decided = pieces.next()?;
    let mut support = Vec::new();
    let mut is_contradicted = false;
    for piece in pieces {
        let files: BTreeSet<FileIdx> = piece.weights.iter().map(|(file, _)| *file).collect();
        let is_common = |(file, _): &&(FileIdx, u64)| files.contains(file);
        let agrees = decided.weights.iter().any(|weight| is_common(&weight));
        if agrees && decided.names == PathNames::Set {
            decided.weights.retain(|weight| is_common(&weight));
        }
        // Sets of files by name cover 32% of the lines of curl's fixes, so that missing one proves
        // nothing.
        is_contradicted |= !agrees && piece.names == PathNames::Files;
        support.push(Support { method: piece.method, agrees });
    }
    let is_certain = matches!(decided.method, Method::FixCommit | Method::PullRequest);
    let is_backed = support.iter().any(|piece| piece.agrees);
    if !is_certain && is_backed {
        decided.confidence = match (decided.confidence, decided.names) {
            (Confidence::Low, _) | (_, PathNames::Set) => Confidence::Medium,
            _ => Confidence::High,
        };
    } else if !is_certain && is_contradicted {
        decided.confidence = match decided.confidence {
            Confidence::High => Confidence::Medium,
            Confidence::Medium | Confidence::Low => Confidence::Low,
        };
    }
    support.sort_unstable();
    Some((decided, support))
}

#[cfg(test)]
mod tests {
    use debtscan_model::FileIdx;

    use super::{EvidenceItem, combine};
    use crate::attribution::PathNames;
    use debtscan_findings::{Confidence, Method, Support};

    fn piece(method: Method, names: PathNames, confidence: Confidence, files: &[usize]) -> EvidenceItem {
        let weights = files.iter().map(|file| (FileIdx::new(*file), 10 + *file as u64)).collect();
        let (commits, changes) = (Vec::new(), Vec::new());
        EvidenceItem { method, names, confidence, weights, commits, changes, is_wide: false }
    }

    fn area(files: &[usize]) -> EvidenceItem {
        piece(Method::AreaName, PathNames::Set, Confidence::Low, files)
    }

    fn owner(files: &[usize]) -> EvidenceItem {
        piece(Method::Owner, PathNames::Set, Confidence::Low, files)
    }

    fn ticket(files: &[usize]) -> EvidenceItem {
        piece(Method::TicketId, PathNames::Files, Confidence::Medium, files)
    }

    #[track_caller]
    fn check(pieces: &[EvidenceItem], files: &[usize], confidence: Confidence, support: &[(Method, bool)]) {
        let (decided, found) = combine(pieces.to_vec()).expect("some evidence");
        let decided_files: Vec<usize> = decided.weights.iter().map(|(file, _)| file.get()).collect();
        let support: Vec<Support> =
            support.iter().map(|(method, agrees)| Support { method: *method, agrees: *agrees }).collect();
        assert_eq!((decided_files.as_slice(), decided.confidence, found), (files, confidence, support));
    }

    #[test]
    fn one_piece_stands_alone() {
        assert_eq!(combine(Vec::new()), None);
        check(&[area(&[1, 2])], &[1, 2], Confidence::Low, &[]);
    }

    #[test]
    fn a_set_is_narrowed_by_weaker_evidence_and_surer_for_it() {
        let found = [(Method::Owner, true)];
        check(&[area(&[1, 2, 3]), owner(&[2, 3, 4])], &[2, 3], Confidence::Medium, &found);
        check(&[area(&[1, 2]), owner(&[3])], &[1, 2], Confidence::Low, &[(Method::Owner, false)]);
    }

    #[test]
    fn files_are_not_narrowed_but_surer_or_less_sure() {
        check(&[ticket(&[1, 2]), area(&[2, 3])], &[1, 2], Confidence::High, &[(Method::AreaName, true)]);
        check(&[ticket(&[1]), area(&[2])], &[1], Confidence::Medium, &[(Method::AreaName, false)]);
        let text = piece(Method::TextPath, PathNames::Files, Confidence::Medium, &[1]);
        check(&[text.clone(), ticket(&[2])], &[1], Confidence::Low, &[(Method::TicketId, false)]);
        let found = [(Method::TicketId, false), (Method::AreaName, true)];
        check(&[text, ticket(&[2]), area(&[1])], &[1], Confidence::High, &found);
    }

    #[test]
    fn a_fix_that_the_incident_names_is_not_doubted() {
        let fix = piece(Method::FixCommit, PathNames::Files, Confidence::High, &[1]);
        check(&[fix, ticket(&[2])], &[1], Confidence::High, &[(Method::TicketId, false)]);
        let wide = piece(Method::PullRequest, PathNames::Files, Confidence::Medium, &[1]);
        check(&[wide, area(&[1])], &[1], Confidence::Medium, &[(Method::AreaName, true)]);
    }
}
