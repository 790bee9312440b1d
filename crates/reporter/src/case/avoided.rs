//! Code that changes go around: a complex file that its folder's changes used to touch, and no longer do.
//!
//! The share of a folder's commits that touched the file before the last 365 days is what is usual for it. The number
//! of last year's commits is binomial around that share, if nothing is different; a file is listed when so few had a
//! probability below [`BY_CHANCE`], its worst function is above [`COMPLEX`], and the folder grew.

use debtscan_findings::brief::AvoidedFile;
use debtscan_model::{CommitIdx, FileIdx, Timestamp, to_u32};

use crate::analysis::Analysis;
use crate::assemble::commits_of;

/// The probability of so few commits by chance. A plain default; small, because many files are looked at.
const BY_CHANCE: f64 = 0.01;
/// Commits that are usual at least: with fewer, none at all would be no surprise.
const FEWEST: f64 = 5.0;
/// The cognitive complexity above which a function is one that people may avoid (the threshold of `SonarSource`).
const COMPLEX: u32 = 15;
/// Files listed at most.
const MOST: usize = 5;

/// The files of an area that changes go around, the least likely first.
pub(super) fn avoided(analysis: &Analysis<'_>, area: usize) -> Vec<AvoidedFile> {
    let scan = analysis.scan;
    let year_ago = analysis.parameters.year_before(scan.as_of);
    let mut found: Vec<AvoidedFile> = Vec::new();
    for position in &analysis.area_sums[area].ranked_files {
        let file = analysis.ranked.files[*position].file;
        let Some(cognitive) = worst(analysis, file).filter(|worst| *worst > COMPLEX) else { continue };
        let folder = neighbours(analysis, file);
        if folder.len() < 2 || !grew(analysis, &folder, year_ago) {
            continue;
        }
        let own = split(analysis, commits_of(analysis, [file]), year_ago);
        let all = split(analysis, commits_of(analysis, folder.iter().copied()), year_ago);
        if all[0] == 0 {
            continue;
        }
        let share = f64::from(own[0]) / f64::from(all[0]);
        let usual = share * f64::from(all[1]);
        let by_chance = at_most(own[1], all[1], share);
        if usual >= FEWEST && by_chance < BY_CHANCE {
            found.push(AvoidedFile {
                path: scan.file(file).path.clone(),
                cognitive,
                commits: own[1],
                usual,
                folder_commits: all[1],
                by_chance,
            });
        }
    }
    found.sort_by(|a, b| a.by_chance.total_cmp(&b.by_chance).then_with(|| a.path.cmp(&b.path)));
    found.truncate(MOST);
    found
}

fn worst(analysis: &Analysis<'_>, file: FileIdx) -> Option<u32> {
    let present = analysis.scan.file(file).present.as_ref()?;
    let functions = &present.complexity.as_ref()?.functions;
    functions.iter().map(|function| function.cognitive).max()
}

/// The ranked files of a file's folder, itself among them.
fn neighbours(analysis: &Analysis<'_>, file: FileIdx) -> Vec<FileIdx> {
    let folder = analysis.ranked.get(file).map(|file| file.folder);
    let files = analysis.ranked.files.iter();
    files.filter(|other| Some(other.folder) == folder).map(|other| other.file).collect()
}

/// Whether more lines were added to some files than deleted since a day.
fn grew(analysis: &Analysis<'_>, files: &[FileIdx], since: Timestamp) -> bool {
    let scan = analysis.scan;
    let changes = files.iter().flat_map(|file| &scan.file(*file).history).map(|change| scan.change(*change));
    let recent = changes.filter(|change| scan.commit(change.commit).time > since);
    let lines = recent.filter_map(|change| change.lines);
    lines.map(|lines| i64::from(lines.added) - i64::from(lines.deleted)).sum::<i64>() > 0
}

/// The commits until a day, and after it.
fn split(analysis: &Analysis<'_>, commits: Vec<CommitIdx>, day: Timestamp) -> [u32; 2] {
    let (late, early): (Vec<CommitIdx>, Vec<CommitIdx>) =
        commits.into_iter().partition(|commit| analysis.scan.commit(*commit).time > day);
    [to_u32(early.len()), to_u32(late.len())]
}

/// The probability of at most `most` of `n`, each with the probability `share`.
fn at_most(most: u32, n: u32, share: f64) -> f64 {
    if share >= 1.0 {
        return if most >= n { 1.0 } else { 0.0 };
    }
    // The terms are summed from the logarithm of the first, which may be too small for a float.
    let mut term = f64::from(n) * (1.0 - share).ln();
    let mut sum = 0.0;
    for number in 0..=most.min(n) {
        sum += term.exp();
        term += (f64::from(n - number) / f64::from(number + 1)).ln() + (share / (1.0 - share)).ln();
        if number == n {
            break;
        }
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::{at_most, avoided};
    use crate::analysis::Analysis;
    use crate::sample::{self, SampleScan, incidents};

    #[test]
    fn the_binomial_distribution_is_that_of_a_coin() {
        assert!((at_most(0, 3, 0.5) - 0.125).abs() < 1e-12);
        assert!((at_most(1, 3, 0.5) - 0.5).abs() < 1e-12);
        assert!((at_most(3, 3, 0.5) - 1.0).abs() < 1e-12);
        // 0.9^10
        assert!((at_most(0, 10, 0.1) - 0.348_678_440_1).abs() < 1e-9);
        assert!((at_most(2, 2, 1.0) - 1.0).abs() < 1e-12);
    }

    /// Half of the older commits touch `old.c`; of last year's 12 commits to the folder, `recent` do.
    fn history(recent: usize) -> usize {
        let mut scan = SampleScan::new().source("auth/old.c", 200, 40).functions(&[("check", 1, 30)]).source(
            "auth/new.c",
            100,
            10,
        );
        for age in 0..20 {
            let file = if age % 2 == 0 { "auth/old.c" } else { "auth/new.c" };
            scan = scan.commit(800 - age, &[(file, 5, 1)]);
        }
        for number in 0..12 {
            let file = if number < recent { "auth/old.c" } else { "auth/new.c" };
            scan = scan.commit(300 - i64::try_from(number).expect("small"), &[(file, 5, 1)]);
        }
        let scan = scan.build();
        let (incidents, options) = (incidents(Vec::new()), sample::options());
        let analysis = Analysis::of(&scan, &incidents, &options).expect("analysed");
        avoided(&analysis, 0).len()
    }

    #[test]
    fn a_file_is_avoided_if_so_few_changes_are_no_chance() {
        // At most 0 of 12 with a half: 1 in 4096. At most 3: 299 in 4096.
        assert_eq!(history(0), 1);
        assert_eq!(history(3), 0);
    }
}
