//! The scores that a backtest compares: debtscan's own, those of others, and the two extremes.

use debtscan_model::CommitIdx;

use super::four_share::four_share;
use crate::analysis::Analysis;
use crate::rank::{BaseShares, source_files_per_commit};
use debtscan_findings::{Score, ShareParts};

/// What was known at a cut, which every score but the oracle is computed from.
pub(super) struct KnownAtCut<'a, 'b> {
    /// With the incidents that were known.
    pub(super) analysis: &'a Analysis<'b>,
    /// Without any.
    pub(super) no_incidents: &'a Analysis<'b>,
}

/// The score of every ranked file of the cut, by position in the ranked files; `to_come` is what came.
pub(super) fn values(score: Score, known: &KnownAtCut<'_, '_>, to_come: &[f64]) -> Vec<f64> {
    let analysis = known.analysis;
    let files = &analysis.ranked.files;
    match score {
        Score::Debtscan => shares(analysis),
        Score::NoIncidents => shares(known.no_incidents),
        Score::FourShare => {
            let base = BaseShares::of(&analysis.ranked, &analysis.parameters);
            let ranking = &analysis.ranking;
            four_share(&analysis.ranked, &base, &ranking.incidents, ranking.history_weight)
        }
        Score::HotspotProduct => {
            let commits = commits_last_year(analysis);
            files.iter().zip(commits).map(|(file, commits)| commits * file.indentation as f64).collect()
        }
        Score::HotspotMean => files.iter().map(crate::rank::RankedFile::hotspot).collect(),
        Score::Bugspots => bugspots(analysis),
        Score::PastIncidents => analysis.history.weights(&analysis.ranked),
        Score::Commits => commits_last_year(analysis),
        Score::Lines => files.iter().map(|file| f64::from(file.sloc)).collect(),
        Score::Random => vec![1.0; files.len()],
        Score::Oracle => to_come.to_vec(),
    }
}

fn shares(analysis: &Analysis<'_>) -> Vec<f64> {
    analysis.ranking.shares.iter().map(ShareParts::total).collect()
}

/// Commits of the 365 days to the cut per ranked file, without the very wide ones.
fn commits_last_year(analysis: &Analysis<'_>) -> Vec<f64> {
    let scan = analysis.scan;
    let year_ago = analysis.parameters.year_before(scan.as_of);
    let counts: Vec<bool> = scan
        .commits
        .iter()
        .zip(source_files_per_commit(scan))
        .map(|(commit, source_files)| {
            let is_narrow = source_files <= analysis.parameters.max_commit_source_files;
            commit.time > year_ago && is_narrow && !commit.in_ignore_revs
        })
        .collect();
    let of_file = |file: &crate::rank::RankedFile| {
        let history = scan.file(file.file).history.iter();
        let mut commits: Vec<CommitIdx> = history.map(|change| scan.change(*change).commit).collect();
        // History is in the order of commits, so that equal ones are neighbours.
        commits.dedup();
        commits.iter().filter(|commit| counts[commit.get()]).count() as f64
    };
    analysis.ranked.files.iter().map(of_file).collect()
}

/// Words in the first line of a message that make a commit a fix: bugspots' own.
const FIX_WORDS: [&[u8]; 6] = [b"fix", b"fixes", b"fixed", b"close", b"closes", b"closed"];

/// Whether bugspots treats a commit as a fix.
fn is_called_fix(summary: &[u8]) -> bool {
    // As in the tool's own `\b`, an underscore belongs to the word.
    let words = summary.split(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'));
    words.into_iter().any(|word| FIX_WORDS.iter().any(|fix| word.eq_ignore_ascii_case(fix)))
}

/// Bugspots: needs no incident, it reads messages.
fn bugspots(analysis: &Analysis<'_>) -> Vec<f64> {
    let scan = analysis.scan;
    let source_files = source_files_per_commit(scan);
    let is_fix = |commit: CommitIdx| {
        is_called_fix(&scan.commit(commit).summary)
            && source_files[commit.get()] <= analysis.parameters.max_commit_source_files
    };
    let fixes: Vec<bool> = (0..scan.commits.len()).map(|commit| is_fix(CommitIdx::new(commit))).collect();
    // The commit is in the history, so that a later date is a wrong clock.
    let time = |commit: usize| scan.commits[commit].time.min(scan.as_of);
    let first = (0..fixes.len()).filter(|commit| fixes[*commit]).map(time).min();
    let Some(first) = first else { return vec![0.0; analysis.ranked.files.len()] };
    // If all fixes are of one day, the span would be 0.
    let span = first.days_until(scan.as_of).max(1.0);
    let weight = |commit: CommitIdx| {
        let progress = 1.0 - time(commit.get()).days_until(scan.as_of) / span;
        // The constants are those of the tool.
        1.0 / (1.0 + (12.0 - 12.0 * progress).exp())
    };
    let of_file = |file: &crate::rank::RankedFile| {
        let history = scan.file(file.file).history.iter();
        let mut commits: Vec<CommitIdx> = history.map(|change| scan.change(*change).commit).collect();
        commits.dedup();
        commits.iter().filter(|commit| fixes[commit.get()]).fold(0.0, |sum, commit| sum + weight(*commit))
    };
    analysis.ranked.files.iter().map(of_file).collect()
}

#[cfg(test)]
mod tests {
    use super::is_called_fix;

    #[test]
    fn bugspots_knows_a_fix_by_whole_words() {
        assert!(is_called_fix(b"url: Fixed a leak") && is_called_fix(b"(closes #12)"));
        assert!(!is_called_fix(b"prefix the fixture") && !is_called_fix(b"fixing"));
    }
}
