//! What multiplies the size of a file: its work, complexity, growth, tests and surroundings.

use std::ops::Range;

use bstr::BStr;
use debtscan_model::{Change, Commit, CommitIdx, ComplexityMeasure, FileClass, FileIdx, Scan, Timestamp};

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
    /// Lines of the last year's commits: added less deleted.
    pub grown_by: Vec<i64>,
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
            grown_by: Vec::new(),
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
            if !is_work(commit, parameters) {
                continue;
            }
            positions.clear();
            positions.extend(changes.iter().filter_map(|change| ranked.position_of[change.file.get()]));
            if positions.is_empty() {
                continue;
            }
            positions.sort_unstable();
            // One commit may touch two names of a file.
            positions.dedup();
            let has_test = changes.iter().any(|change| scan.file(change.file).class == FileClass::Test);
            signals.add_commit(commit, as_of, has_test, &positions, parameters);
        }
        signals.growth = growth(scan, ranked, &grown_by, parameters);
        signals.grown_by = grown_by;
        for (position, file) in ranked.files.iter().enumerate() {
            // Indentation is no cognitive complexity: files without a syntax tree get the average
            // instead.
            signals.cognitive[position] = scan
                .file(file.file)
                .complexity()
                .filter(|complexity| complexity.measure == ComplexityMeasure::SyntaxTree)
                .map(|complexity| complexity.cognitive() as f64);
        }
        let lines = ranked.source_lines() as f64;
        let work = signals.work.iter().fold(0.0, |sum, work| sum + work);
        signals.mean_work = if lines > 0.0 { work / lines } else { 0.0 };
        let folders = FolderSums::of(scan, ranked, &signals.work, parameters);
        signals.folder_work = folders.work_per_line(ranked, signals.mean_work);
        signals
    }

    fn add_commit(
        &mut self,
        commit: &Commit,
        as_of: Timestamp,
        has_test: bool,
        positions: &[usize],
        parameters: &RankingParameters,
    ) {
        let age_days = commit.time.days_until(as_of);
        let touched = commit.source_files as usize;
        // Spread over its files: whole commits ranked worse in the backtest (.403 of the incidents
        // in 20 % of the lines instead of .409).
        let work = decay(age_days, parameters.work_half_life_days) / touched as f64;
        let tested = if has_test { decay(age_days, parameters.test_half_life_days) } else { 0.0 };
        for position in positions {
            self.work[*position] += work;
            self.tested[*position] += tested;
        }
        if touched <= parameters.max_companion_source_files && positions.len() > 1 {
            // Each commit gives a file one part, spread over the other files.
            let weight = decay(age_days, parameters.companion_half_life_days) / (touched - 1) as f64;
            let start = self.coupled.files.len();
            self.coupled.files.extend(positions);
            self.coupled.commits.push((weight, start..self.coupled.files.len()));
        }
    }

    /// For every ranked file, the incidents per line of the files that change with it.
    pub fn coupled_incidents(
        &self,
        ranked: &RankedFiles,
        incident_weight: &[f64],
        parameters: &RankingParameters,
    ) -> CoupledIncidents {
        let offset = parameters.companion_line_offset;
        let lines = |position: usize| f64::from(ranked.files[position].sloc) + offset;
        let count = ranked.files.len();
        let weight_sum = incident_weight.iter().fold(0.0, |sum, weight| sum + weight);
        let mut incidents = CoupledIncidents {
            mean: weight_sum / (ranked.source_lines() as f64 + offset * count as f64),
            found: vec![0.0; count],
            shared: vec![0.0; count],
        };
        if weight_sum <= 0.0 {
            return CoupledIncidents { mean: 0.0, ..incidents };
        }
        for (weight, range) in &self.coupled.commits {
            let files = &self.coupled.files[range.clone()];
            let density = |position: usize| incident_weight[position] / lines(position);
            // The sum less its own part instead of all pairs: in proportion to the files of the
            // commit.
            let all = files.iter().fold(0.0, |sum, position| sum + density(*position));
            for position in files {
                incidents.shared[*position] += weight * (files.len() - 1) as f64;
                // A rounding error must not become a negative weight.
                incidents.found[*position] += weight * (all - density(*position)).max(0.0);
            }
        }
        incidents
    }
}

/// Incidents per line of the files that change with a file; vectors are by position in [`RankedFiles::files`].
#[derive(Debug, Clone, PartialEq)]
pub struct CoupledIncidents {
    /// `d` of all ranked files together; 0 without incidents.
    pub mean: f64,
    /// Sum of `k x d`, where `k` is the weight of the commits two files share and `d = w / (LOC + 50)`.
    pub found: Vec<f64>,
    /// Sum of `k`.
    pub shared: Vec<f64>,
}

impl CoupledIncidents {
    /// Relative to the mean file, drawn towards it: `(found + 0.5 x mean) / (shared + 0.5) / mean`; 1 without
    /// incidents.
    pub fn relative(&self, position: usize, parameters: &RankingParameters) -> f64 {
        if self.mean <= 0.0 {
            return 1.0;
        }
        let prior = parameters.companion_prior;
        (self.found[position] + prior * self.mean) / (self.shared[position] + prior) / self.mean
    }
}

/// Whether a commit says anything of work, tests and coupled files.
fn is_work(commit: &Commit, parameters: &RankingParameters) -> bool {
    // A commit without source files has nothing to spread its work over, and would divide by 0.
    let touched = commit.source_files as usize;
    (1..=parameters.max_commit_source_files).contains(&touched) && !commit.in_ignore_revs
}

/// What a commit counts as work on each of its files at `as_of`: its decayed weight, spread evenly over them; 0 when
/// it is none.
pub fn work_of(scan: &Scan, commit: CommitIdx, as_of: Timestamp, parameters: &RankingParameters) -> f64 {
    let commit = scan.commit(commit);
    if is_after_window(scan, commit) || !is_work(commit, parameters) {
        return 0.0;
    }
    decay(commit.time.days_until(as_of), parameters.work_half_life_days) / f64::from(commit.source_files)
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
        // Equal lines added on two branches count twice, so that the difference can fall below 0.
        let before = (now - grown_by).max(0);
        (now as f64 + offset) / (before as f64 + offset)
    };
    ranked.files.iter().zip(grown_by).map(ratio).collect()
}

/// Work and lines of the folders with ranked files, each with everything below it.
pub struct FolderSums<'a> {
    tree: FolderTree<'a>,
    /// By number of the folder, without the root: work and lines.
    sums: Vec<(f64, u64)>,
    /// Lines that are counted for each as if they were worked on as those of the folder above.
    pub prior: f64,
}

/// A folder on the way to a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FolderLevel<'a> {
    /// Its path.
    pub path: &'a BStr,
    /// Work in it and below.
    pub work: f64,
    /// Lines of code in it and below.
    pub lines: u64,
}

impl<'a> FolderSums<'a> {
    /// Sums the work of the ranked files.
    pub fn of(scan: &'a Scan, ranked: &RankedFiles, work: &[f64], parameters: &RankingParameters) -> Self {
        let tree = FolderTree::of(scan);
        let mut sums = vec![(0.0, 0); tree.folders.len()];
        for (file, work) in ranked.files.iter().zip(work) {
            let mut folder = tree.of_file[file.file.get()];
            // Not the root: the rate of everything is the mean itself.
            while folder != ROOT_FOLDER {
                sums[folder].0 += work;
                sums[folder].1 += u64::from(file.sloc);
                folder = tree.folders[folder].above;
            }
        }
        Self { tree, sums, prior: parameters.folder_prior * ranked.source_lines() as f64 }
    }

    /// Work per line of every file's folder, by position: `(work + k x rate above) / (LOC + k)` from the repository
    /// downwards, where `k` is 3% of all lines and a folder includes everything below it.
    fn work_per_line(&self, ranked: &RankedFiles, mean_work: f64) -> Vec<f64> {
        let rates = self.tree.pass_down(mean_work, |folder, above| {
            if folder == ROOT_FOLDER {
                return above;
            }
            let (work, lines) = self.sums[folder];
            self.drawn(work, lines, above)
        });
        ranked.files.iter().map(|file| rates[self.tree.of_file[file.file.get()]]).collect()
    }

    /// The work per line of a folder, drawn towards that of the one above.
    pub fn drawn(&self, work: f64, lines: u64, above: f64) -> f64 {
        let lines = lines as f64;
        // A repository without any line of code has no rates at all.
        if self.prior + lines > 0.0 { (work + self.prior * above) / (lines + self.prior) } else { above }
    }

    /// The folders that hold a file, the outermost first; none for a file in no folder.
    pub fn levels(&self, file: FileIdx) -> Vec<FolderLevel<'a>> {
        let mut levels = Vec::new();
        let mut folder = self.tree.of_file[file.get()];
        while folder != ROOT_FOLDER {
            let (work, lines) = self.sums[folder];
            levels.push(FolderLevel { path: self.tree.folders[folder].path, work, lines });
            folder = self.tree.folders[folder].above;
        }
        levels.reverse();
        levels
    }
}
