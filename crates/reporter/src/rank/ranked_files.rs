//! The files that are ranked, and how much each is changing.

use debtscan_model::{Change, Commit, CommitIdx, FileClass, FileIdx, Scan, Timestamp};
use rustc_hash::FxHashMap;

use crate::parameters::RankingParameters;

/// A ranked file, without its incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedFile {
    /// The file; present, and of class source.
    pub file: FileIdx,
    /// Lines of code; 0 when it could not be measured.
    pub sloc: u32,
    /// Indentation complexity; 0 when it could not be measured.
    pub indentation: u64,
    /// `R`: sum of the weights of the commits that touched it; at least 0.
    pub recent_revisions: f64,
    /// Its folder, as a number in `0..RankedFiles::folders`.
    pub folder: usize,
}

impl RankedFile {
    /// Hotspot score: the geometric mean of recency-weighted revisions and indentation complexity,
    /// `sqrt(R x indentation)`; 0 for a file that is flat or at rest.
    pub fn hotspot(&self) -> f64 {
        (self.recent_revisions * self.indentation as f64).sqrt()
    }
}

/// All files that are ranked: present at the revision and of class source.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedFiles {
    /// The files: sorted by file, unique.
    pub files: Vec<RankedFile>,
    /// For every file of the scan, by [`FileIdx`], its position in `files`; `None` when it is not
    /// ranked.
    pub position_of: Vec<Option<usize>>,
    /// Number of different folders.
    pub folders: usize,
}

impl RankedFiles {
    /// Collects the present source files of a scan, with their change up to `as_of`.
    ///
    /// A commit dated after `as_of` has age 0: it is in the scanned history, so its date is wrong.
    pub fn of(scan: &Scan, as_of: Timestamp, parameters: &RankingParameters) -> Self {
        let mut folder_numbers = FxHashMap::default();
        let mut files = Vec::new();
        let mut position_of = vec![None; scan.files.len()];
        for (index, file) in scan.files.iter().enumerate() {
            let Some(present) = file.present.as_ref().filter(|_| file.class == FileClass::Source) else {
                continue;
            };
            let next_folder = folder_numbers.len();
            let folder = *folder_numbers.entry(file.path.folder()).or_insert(next_folder);
            position_of[index] = Some(files.len());
            files.push(RankedFile {
                file: FileIdx::new(index),
                sloc: present.complexity.as_ref().map_or(0, |complexity| complexity.sloc),
                indentation: present.complexity.as_ref().map_or(0, |complexity| complexity.indentation),
                recent_revisions: 0.0,
                folder,
            });
        }
        let mut ranked = Self { files, position_of, folders: folder_numbers.len() };
        ranked.add_revisions(scan, as_of, parameters);
        ranked
    }

    /// Sums the weights of the commits that touched each file.
    fn add_revisions(&mut self, scan: &Scan, as_of: Timestamp, parameters: &RankingParameters) {
        let mut last_commit: Vec<Option<CommitIdx>> = vec![None; self.files.len()];
        for changes in scan.changes.chunk_by(|a: &Change, b: &Change| a.commit == b.commit) {
            let commit = changes[0].commit;
            if is_after_window(scan, scan.commit(commit)) {
                continue;
            }
            // Most of the work is the power of two, and most commits of some repositories touch no ranked file.
            let mut weight = None;
            for position in changes.iter().filter_map(|change| self.position_of[change.file.get()]) {
                // One commit may touch two names of one file.
                if last_commit[position].replace(commit) != Some(commit) {
                    let weight =
                        weight.get_or_insert_with(|| revision_weight(scan.commit(commit), as_of, parameters));
                    self.files[position].recent_revisions += *weight;
                }
            }
        }
    }

    /// The ranked file behind an index; `None` when it is not ranked.
    pub fn get(&self, file: FileIdx) -> Option<&RankedFile> {
        self.position_of[file.get()].map(|position| &self.files[position])
    }

    /// Spreads values of ranked files over all files of the scan, by [`FileIdx`]; 0 elsewhere.
    pub fn by_file(&self, values: &[f64]) -> Vec<f64> {
        self.position_of.iter().map(|position| position.map_or(0.0, |position| values[position])).collect()
    }

    /// Lines of code of all ranked files.
    pub fn source_lines(&self) -> u64 {
        self.files.iter().map(|file| u64::from(file.sloc)).sum()
    }
}

/// How much something of this age still counts: `2^(-age / half-life)`, in `0..=1`.
///
/// Negative ages count as 0.
pub fn decay(age_days: f64, half_life_days: f64) -> f64 {
    // A clock that was ahead must not make a commit count more than once.
    (-age_days.max(0.0) / half_life_days).exp2()
}

/// Whether a commit is later than the end of the window: in the whole history behind a part of it, such commits
/// place incidents, and say nothing of the past.
pub(super) fn is_after_window(scan: &Scan, commit: &Commit) -> bool {
    scan.window.until.is_some_and(|until| until <= commit.time)
}

/// For every commit, the number of different source files it touches in the whole repository, deleted
/// ones included.
pub fn source_files_per_commit(scan: &Scan) -> Vec<usize> {
    scan.commits.iter().map(|commit| commit.source_files as usize).collect()
}

/// For every commit, its weight in the revisions of a file at `as_of`: [`decay`] of its age, or 0
/// when it touches too many source files or `.git-blame-ignore-revs` names it.
pub fn revision_weights(scan: &Scan, as_of: Timestamp, parameters: &RankingParameters) -> Vec<f64> {
    scan.commits.iter().map(|commit| revision_weight(commit, as_of, parameters)).collect()
}

fn revision_weight(commit: &Commit, as_of: Timestamp, parameters: &RankingParameters) -> f64 {
    let source_files = commit.source_files as usize;
    if commit.in_ignore_revs || source_files > parameters.max_commit_source_files {
        return 0.0;
    }
    decay(commit.time.days_until(as_of), parameters.change_half_life_days)
}

#[cfg(test)]
mod tests {
    use debtscan_model::FileClass;

    use super::{RankedFiles, source_files_per_commit};
    use crate::parameters::RankingParameters;
    use crate::sample::{AS_OF, SampleScan, file_idx};

    fn revisions(scan: &debtscan_model::Scan, path: &str) -> f64 {
        let ranked = RankedFiles::of(scan, AS_OF, &RankingParameters::default());
        ranked.get(file_idx(scan, path)).expect("ranked").recent_revisions
    }

    #[test]
    fn a_revision_halves_every_180_days_and_one_from_the_future_counts_once() {
        let scan = SampleScan::new()
            .source("a.c", 10, 0)
            .commit(360, &[("a.c", 1, 0)])
            .commit(180, &[("a.c", 1, 0)])
            .commit(0, &[("a.c", 1, 0)])
            .commit(-90, &[("a.c", 1, 0)])
            .build();
        // 1/4 + 1/2 + 1 + 1
        assert!((revisions(&scan, "a.c") - 2.75).abs() < 1e-12);
    }

    #[test]
    fn only_present_source_files_are_ranked() {
        let scan = SampleScan::new()
            .source("a.c", 10, 0)
            .present("t/a_test.c", FileClass::Test, 10, 0)
            .deleted("old.c", FileClass::Source)
            .build();
        let ranked = RankedFiles::of(&scan, AS_OF, &RankingParameters::default());
        assert_eq!(ranked.files.len(), 1);
        assert_eq!(ranked.get(file_idx(&scan, "old.c")), None);
        assert_eq!(ranked.get(file_idx(&scan, "a.c")).expect("ranked").sloc, 10);
    }

    #[test]
    fn a_commit_over_fifty_source_files_is_no_revision_and_deleted_ones_count() {
        let names: Vec<String> = (0..51).map(|number| format!("f{number:02}.c")).collect();
        let build = |touched: usize, is_last_deleted: bool| {
            let mut scan = SampleScan::new().present("notes.md", FileClass::Docs, 1, 0);
            for (number, name) in names.iter().enumerate() {
                let is_deleted = is_last_deleted && number == 50;
                scan =
                    if is_deleted { scan.deleted(name, FileClass::Source) } else { scan.source(name, 1, 0) };
            }
            let mut changes: Vec<(&str, u32, u32)> =
                names[..touched].iter().map(|name| (name.as_str(), 1, 0)).collect();
            changes.push(("notes.md", 1, 0));
            scan.commit(0, &changes).build()
        };
        assert!((revisions(&build(50, false), "f00.c") - 1.0).abs() < 1e-12);
        assert!(revisions(&build(51, false), "f00.c").abs() < 1e-12);
        assert!(revisions(&build(51, true), "f00.c").abs() < 1e-12);
        assert_eq!(source_files_per_commit(&build(51, true)), [51]);
    }

    #[test]
    fn a_commit_of_the_ignore_list_is_no_revision() {
        let scan = SampleScan::new()
            .source("a.c", 10, 0)
            .commit(0, &[("a.c", 1, 0)])
            .commit(0, &[("a.c", 1, 0)])
            .in_ignore_revs()
            .build();
        assert!((revisions(&scan, "a.c") - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_file_that_one_commit_names_twice_has_one_revision() {
        let scan = SampleScan::new()
            .source("new.c", 10, 4)
            .alias("old.c")
            .commit(0, &[("new.c", 1, 0), ("old.c", 0, 1)])
            .build();
        assert!((revisions(&scan, "new.c") - 1.0).abs() < 1e-12);
        let ranked = RankedFiles::of(&scan, AS_OF, &RankingParameters::default());
        assert!((ranked.files[0].hotspot() - 2.0).abs() < 1e-12, "sqrt(1 x 4)");
    }
}
