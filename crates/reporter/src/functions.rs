//! Functions by how much they change and how complex they are, with the incidents whose fixes touched them.

use std::collections::BTreeMap;

use debtscan_model::{Churn, CommitIdx, FileIdx, FileLines, FunctionHistory, Lines, Scan, to_u32};

use crate::analysis::Analysis;
use crate::attribution::Placement;
use crate::error::BuildError;
use crate::listing::{ListInput, list_head};
use crate::options::ReportOptions;
use crate::rank::{RankedFiles, revision_weights};
use debtscan_findings::{FunctionList, FunctionRow};

/// The present source files by hotspot score, at most `top` of them; equal scores in order of path.
///
/// Files at rest and flat ones, whose score is 0, are among them only when all are asked for.
pub fn hottest_files(scan: &Scan, options: &ReportOptions, top: Option<usize>) -> Vec<FileIdx> {
    let ranked = RankedFiles::of(scan, scan.as_of, &options.parameters());
    let mut scores: Vec<(f64, FileIdx)> = ranked
        .files
        .iter()
        .map(|file| (file.hotspot(), file.file))
        .filter(|(score, _)| top.is_none() || *score > 0.0)
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scores.truncate(top.unwrap_or(usize::MAX));
    scores.into_iter().map(|(_, file)| file).collect()
}

/// Ranks the functions of the files whose lines were followed.
///
/// # Errors
/// When the areas cannot be made as asked, or the recorded costs leave the 64-bit range.
pub fn functions(input: ListInput<'_>, lines: &Lines) -> Result<FunctionList, BuildError> {
    let analysis = input.analysis()?;
    Ok(FunctionList {
        head: list_head(&analysis),
        files: lines.files.len(),
        half_life_days: analysis.parameters.change_half_life_days,
        rows: rows(&analysis, lines),
    })
}

/// The functions of the files whose lines were followed, by score.
pub(crate) fn rows(analysis: &Analysis<'_>, lines: &Lines) -> Vec<FunctionRow> {
    let weights = revision_weights(analysis.scan, analysis.scan.as_of, &analysis.parameters);
    let fixed = incidents_by_fix(analysis);
    let mut rows: Vec<FunctionRow> =
        lines.files.iter().flat_map(|file| file_rows(analysis, file, &weights, &fixed)).collect();
    rows.sort_by(|a, b| {
        let place = |row: &FunctionRow| (row.path.clone(), row.function.first_line, row.function.last_line);
        b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b)))
    });
    for (position, row) in rows.iter_mut().enumerate() {
        row.rank = (row.score > 0.0).then_some(position + 1);
    }
    rows
}

/// Per fix commit: positions of the incidents that it fixed.
fn incidents_by_fix(analysis: &Analysis<'_>) -> BTreeMap<CommitIdx, Vec<usize>> {
    let mut fixed: BTreeMap<CommitIdx, Vec<usize>> = BTreeMap::new();
    for attributed in &analysis.attribution.incidents {
        if let Placement::Attributed { commits, .. } = &attributed.placement {
            for commit in commits {
                fixed.entry(*commit).or_default().push(attributed.incident);
            }
        }
    }
    fixed
}

fn file_rows<'a>(
    analysis: &'a Analysis<'_>,
    lines: &'a FileLines,
    weights: &'a [f64],
    fixed: &'a BTreeMap<CommitIdx, Vec<usize>>,
) -> impl Iterator<Item = FunctionRow> + 'a {
    let file = analysis.scan.file(lines.file);
    let complexity = file.complexity();
    let functions = complexity.map_or(&[][..], |complexity| &complexity.functions);
    functions.iter().zip(&lines.functions).map(move |(function, history)| {
        let commits = || history.changes.iter().map(|change| change.commit);
        let recent_revisions = commits().fold(0.0, |sum, commit| sum + weights[commit.get()]);
        let mut incidents: Vec<usize> =
            commits().filter_map(|commit| fixed.get(&commit)).flatten().copied().collect();
        // One incident can have several fixes in one function.
        incidents.sort_unstable();
        incidents.dedup();
        let mut ids: Vec<String> =
            incidents.iter().map(|incident| analysis.incidents().list[*incident].id.clone()).collect();
        ids.sort_unstable();
        let fixes = commits().filter(|commit| fixed.contains_key(commit)).count();
        FunctionRow {
            rank: None,
            path: file.path.clone(),
            area: analysis.areas.area(lines.file).id.clone(),
            area_name: analysis.areas.area(lines.file).name.clone(),
            function: function.clone(),
            score: (recent_revisions * f64::from(function.cognitive)).sqrt(),
            churn: churn(analysis.scan, history),
            revisions_last_year: revisions_last_year(analysis, history),
            recent_revisions,
            fixes: to_u32(fixes),
            incidents: ids,
        }
    })
}

fn churn(scan: &Scan, history: &FunctionHistory) -> Churn {
    let times = || history.changes.iter().map(|change| scan.commit(change.commit).time);
    Churn {
        revisions: to_u32(history.changes.len()),
        lines_added: history.changes.iter().map(|change| u64::from(change.added)).sum(),
        lines_deleted: history.changes.iter().map(|change| u64::from(change.deleted)).sum(),
        authors: scan.count_people(history.changes.iter().map(|change| change.commit)),
        first_change: times().min(),
        last_change: times().max(),
    }
}

fn revisions_last_year(analysis: &Analysis<'_>, history: &FunctionHistory) -> u32 {
    let as_of = analysis.scan.as_of;
    let year_ago = analysis.parameters.year_before(as_of);
    let times = history.changes.iter().map(|change| analysis.scan.commit(change.commit).time);
    to_u32(times.filter(|time| year_ago < *time && *time <= as_of).count())
}

#[cfg(test)]
mod tests {
    use debtscan_model::{CommitIdx, FileLines, FunctionChange, FunctionComplexity, FunctionHistory, Lines};

    use super::{functions, hottest_files};
    use crate::listing::ListInput;
    use crate::options::ReportOptions;
    use crate::sample::{SampleScan, commit_id, file_idx};
    use debtscan_findings::AreaSource;
    use debtscan_incidents::{IncidentFile, ReadOptions, read};

    fn options() -> ReportOptions {
        ReportOptions { area_source: AreaSource::Auto, ..crate::sample::options() }
    }

    fn function(name: &str, first_line: u32, cognitive: u32) -> FunctionComplexity {
        FunctionComplexity {
            name: name.to_owned(),
            first_line,
            last_line: first_line + 3,
            sloc: 4,
            cyclomatic: 1,
            cognitive,
            max_nesting: 0,
            parameters: 0,
        }
    }

    fn history(commits: &[u32]) -> FunctionHistory {
        let change = |commit: &u32| FunctionChange { commit: CommitIdx(*commit), added: 2, deleted: 1 };
        FunctionHistory { changes: commits.iter().map(change).collect() }
    }

    #[test]
    fn functions_are_ranked_by_recent_revisions_and_cognitive_complexity() {
        let mut scan = SampleScan::new()
            .source("a.c", 10, 4)
            .source("b.c", 10, 4)
            .commit(720, &[("a.c", 1, 0)])
            .commit(180, &[("a.c", 1, 0), ("b.c", 1, 0)])
            .commit(0, &[("a.c", 1, 0)])
            .build();
        let file = file_idx(&scan, "a.c");
        let present = scan.files[file.get()].present.as_mut().expect("present");
        let names = [function("busy", 1, 4), function("flat", 5, 0), function("old", 9, 16)];
        present.complexity.as_mut().expect("measured").functions = names.to_vec();
        let lines = Lines {
            files: vec![FileLines {
                file,
                owners: Vec::new(),
                functions: vec![history(&[1, 2]), history(&[0, 2]), history(&[0])],
            }],
            skipped: Vec::new(),
        };
        let csv = format!("id,fix_commits\nINC-1,{}\nINC-2,{}\n", commit_id(2), commit_id(3));
        let file = IncidentFile { name: "i.csv".to_owned(), content: csv.into_bytes() };
        let incidents = read(&[file], &ReadOptions::default()).expect("read");
        let options = options();
        let input = ListInput { scan: &scan, incidents: &incidents, options: &options };
        let table = functions(input, &lines).expect("built");
        let rows: Vec<_> =
            table.rows.iter().map(|row| (row.rank, row.function.name.as_str(), row.fixes)).collect();
        // busy: sqrt((1/2 + 1) x 4) = 2.449; old: sqrt(1/16 x 16) = 1; flat: 0.
        assert_eq!(rows, [(Some(1), "busy", 2), (Some(2), "old", 0), (None, "flat", 1)]);
        let busy = &table.rows[0];
        assert!((busy.score - 6.0_f64.sqrt()).abs() < 1e-12, "{}", busy.score);
        assert_eq!((busy.churn.revisions, busy.churn.lines_added, busy.churn.lines_deleted), (2, 4, 2));
        assert_eq!((busy.revisions_last_year, busy.incidents.join(" ")), (2, "INC-1 INC-2".to_owned()));
    }

    #[test]
    fn the_hottest_files_come_first_and_flat_ones_only_with_all() {
        let scan = SampleScan::new()
            .source("a.c", 10, 4)
            .source("b.c", 10, 9)
            .source("flat.c", 10, 0)
            .commit(0, &[("a.c", 1, 0), ("b.c", 1, 0), ("flat.c", 1, 0)])
            .build();
        let [a, b, flat] = ["a.c", "b.c", "flat.c"].map(|path| file_idx(&scan, path));
        assert_eq!(hottest_files(&scan, &options(), Some(1)), [b]);
        assert_eq!(hottest_files(&scan, &options(), Some(9)), [b, a]);
        assert_eq!(hottest_files(&scan, &options(), None), [b, a, flat]);
    }
}
