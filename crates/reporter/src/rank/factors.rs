//! What multiplies the size of a file: its work, complexity, growth, tests and surroundings.

use std::ops::Range;

use debtscan_model::{Change, ComplexityMeasure, FileClass, Scan, Timestamp};

use super::ranked_files::is_after_window;
use super::{RankedFile, RankedFiles, decay};
use crate::area::{FolderTree, ROOT_FOLDER};
use crate::parameters::RankingParameters;

/// Signals of the ranked files besides size and incidents; vectors are by position in
/// [`RankedFiles::files`].
#[derive(Debug, Clone, PartialEq)]
pub struct Signals {
    /// Sum over its commits of `2^(-age / 365 d) / source files of the commit`: each commit counts
    /// once, spread evenly over its source files.
    pub work: Vec<f64>,
    /// Cognitive complexity; `None` for a file that no grammar reads.
    pub cognitive: Vec<Option<f64>>,
    /// `(lines + 10) / (lines a year ago + 10)`, the latter from the line counts of its changes;
    /// 1 for a file whose content could not be measured.
    pub growth: Vec<f64>,
    /// Sum of `2^(-age / 1460 d)` over its commits that touched a test file too.
    pub tested: Vec<f64>,
    /// Work per line of its folder and the folders above, each drawn towards the one above it; 0
    /// when nothing was worked on.
    pub folder_work: Vec<f64>,
    /// Work per line of all ranked files; 0 without lines or without work.
    pub mean_work: f64,
    /// Who changes together with whom.
    coupled: CoupledFiles,
}

/// Commits of a few source files, with the ranked files among them.
#[derive(Debug, Clone, PartialEq)]
struct CoupledFiles {
    /// Per commit: weight of each pair of its files, and the range of the ranked ones in `files`.
    commits: Vec<(f64, Range<usize>)>,
    /// Positions of ranked files, ascending within a commit.
    files: Vec<usize>,
}

impl Signals {
    /// Collects the signals of the ranked files from the history up to `as_of`.
    ///
    /// Commits that touch more than `max_commit_source_files`, and those that
    /// `.git-blame-ignore-revs` names, say nothing of work, tests and coupled files.
    pub fn of(scan: &Scan, ranked: &RankedFiles, as_of: Timestamp, parameters: &RankingParameters) -> Self {
        let count = ranked.files.len();
        let mut signals = Self {
            work: vec![0.0; count],
            cognitive: vec![None; count],
            growth: Vec::new(),
            tested: vec![0.0; count],
            folder_work: Vec::new(),
            mean_work: 0.0,
            coupled: CoupledFiles { commits: Vec::new(), files: Vec::new() },
        };
        let year_ago = parameters.year_before(as_of);
        // Lines by which each file grew within the last year.
        let mut grown_by = vec![0_i64; count];
        let mut positions: Vec<usize> = Vec::new();
        for changes in scan.changes.chunk_by(|a: &Change, b: &Change| a.commit == b.commit) {
            let commit = &scan.commits[changes[0].commit.get()];
            if is_after_window(scan, commit) {
                continue;
            }
            // Wide commits count too: the lines of a year ago are those of today less all that was added
            // since.
            if commit.time > year_ago {
                add_growth(&mut grown_by, changes, ranked);
            }
            let touched = commit.source_files as usize;
            if touched == 0 || touched > parameters.max_commit_source_files || commit.in_ignore_revs {
                continue;
            }
            positions.clear();
            positions.extend(changes.iter().filter_map(|change| ranked.position_of[change.file.get()]));
            if positions.is_empty() {
                continue;
            }
            positions.sort_unstable();
            positions.dedup();
            let has_test = changes.iter().any(|change| scan.file(change.file).class == FileClass::Test);
            signals.add_commit(commit.time.days_until(as_of), touched, has_test, &positions, parameters);
        }
        signals.growth = growth(scan, ranked, &grown_by, parameters);
        for (position, file) in ranked.files.iter().enumerate() {
            signals.cognitive[position] = scan
                .file(file.file)
                .complexity()
                .filter(|complexity| complexity.measure == ComplexityMeasure::SyntaxTree)
                .map(|complexity| complexity.cognitive() as f64);
        }
        let lines = ranked.source_lines() as f64;
        let work = signals.work.iter().fold(0.0, |sum, work| sum + work);
        signals.mean_work = if lines > 0.0 { work / lines } else { 0.0 };
        signals.folder_work = folder_work(scan, ranked, &signals, parameters);
        signals
    }

    fn add_commit(
        &mut self,
        age_days: f64,
        touched: usize,
        has_test: bool,
        positions: &[usize],
        parameters: &RankingParameters,
    ) {
        let work = decay(age_days, parameters.work_half_life_days) / touched as f64;
        let tested = if has_test { decay(age_days, parameters.test_half_life_days) } else { 0.0 };
        for position in positions {
            self.work[*position] += work;
            self.tested[*position] += tested;
        }
        if touched <= parameters.max_companion_source_files && positions.len() > 1 {
            let weight = decay(age_days, parameters.companion_half_life_days) / (touched - 1) as f64;
            let start = self.coupled.files.len();
            self.coupled.files.extend(positions);
            self.coupled.commits.push((weight, start..self.coupled.files.len()));
        }
    }

    /// For every ranked file, the incidents per line of the files that change with it, relative to
    /// the mean file; 1 without incidents.
    ///
    /// `(sum of k x d + 0.5 x mean d) / (sum of k + 0.5) / mean d`, where `k` is the weight of the
    /// commits two files share and `d = w / (LOC + 50)`.
    pub fn coupled_incidents(
        &self,
        ranked: &RankedFiles,
        incident_weight: &[f64],
        parameters: &RankingParameters,
    ) -> Vec<f64> {
        let offset = parameters.companion_line_offset;
        let lines = |position: usize| f64::from(ranked.files[position].sloc) + offset;
        let count = ranked.files.len();
        let weight_sum = incident_weight.iter().fold(0.0, |sum, weight| sum + weight);
        let mean = weight_sum / (ranked.source_lines() as f64 + offset * count as f64);
        if weight_sum <= 0.0 {
            return vec![1.0; count];
        }
        let mut shared = vec![0.0; count];
        let mut found = vec![0.0; count];
        for (weight, range) in &self.coupled.commits {
            let files = &self.coupled.files[range.clone()];
            let density = |position: usize| incident_weight[position] / lines(position);
            let all = files.iter().fold(0.0, |sum, position| sum + density(*position));
            for position in files {
                shared[*position] += weight * (files.len() - 1) as f64;
                // A rounding error must not become a negative weight.
                found[*position] += weight * (all - density(*position)).max(0.0);
            }
        }
        let prior = parameters.companion_prior;
        (0..count)
            .map(|position| (found[position] + prior * mean) / (shared[position] + prior) / mean)
            .collect()
    }
}

/// Adds what some changes added to the ranked files, less what they deleted.
fn add_growth(grown_by: &mut [i64], changes: &[Change], ranked: &RankedFiles) {
    for change in changes {
        let position = ranked.position_of[change.file.get()];
        if let (Some(position), Some(lines)) = (position, change.lines) {
            grown_by[position] += i64::from(lines.added) - i64::from(lines.deleted);
        }
    }
}

/// Lines now over lines a year ago, ten added to both so that small files do not leap.
fn growth(scan: &Scan, ranked: &RankedFiles, grown_by: &[i64], parameters: &RankingParameters) -> Vec<f64> {
    let offset = parameters.growth_line_offset;
    let ratio = |(file, grown_by): (&RankedFile, &i64)| {
        let file = scan.file(file.file);
        let Some(complexity) = file.present.as_ref().and_then(|it| it.complexity.as_ref()) else {
            return 1.0;
        };
        let now = i64::from(complexity.lines);
        let before = (now - grown_by).max(0);
        (now as f64 + offset) / (before as f64 + offset)
    };
    ranked.files.iter().zip(grown_by).map(ratio).collect()
}

/// Work per line of every file's folder: `(work + k x rate above) / (LOC + k)` from the repository
/// downwards, where `k` is 3% of all lines and a folder includes everything below it.
fn folder_work(
    scan: &Scan,
    ranked: &RankedFiles,
    signals: &Signals,
    parameters: &RankingParameters,
) -> Vec<f64> {
    let tree = FolderTree::of(scan);
    let folder_of = |file: &RankedFile| tree.of_file[file.file.get()];
    // By folder, without the root: work and lines.
    let mut sums = vec![(0.0, 0.0); tree.folders.len()];
    for (file, work) in ranked.files.iter().zip(&signals.work) {
        let mut folder = folder_of(file);
        while folder != ROOT_FOLDER {
            sums[folder].0 += work;
            sums[folder].1 += f64::from(file.sloc);
            folder = tree.folders[folder].above;
        }
    }
    let prior = parameters.folder_prior * ranked.source_lines() as f64;
    let rates = tree.pass_down(signals.mean_work, |folder, above| {
        let (work, lines) = sums[folder];
        if folder != ROOT_FOLDER && prior + lines > 0.0 {
            (work + prior * above) / (lines + prior)
        } else {
            above
        }
    });
    ranked.files.iter().map(|file| rates[folder_of(file)]).collect()
}
