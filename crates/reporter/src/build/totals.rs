//! Sums over the whole repository.

use std::collections::BTreeMap;

use debtscan_model::{FileClass, Scan};

use super::Analysis;
use crate::attribution::{Method, Placement};
use crate::rank::source_files_per_commit;
use crate::{BotReport, Costs, Totals};

/// Sums over commits, files and incidents.
pub(crate) fn report(analysis: &Analysis<'_>) -> Totals {
    let scan = analysis.scan;
    let times = || scan.commits.iter().map(|commit| commit.time);
    let first_parent = scan.repository.first_parent;
    let merges = || scan.commits.iter().filter(|commit| commit.is_merge());
    let present = |class: FileClass| {
        scan.files.iter().filter(|file| file.class == class && file.present.is_some()).count()
    };
    let mut totals = Totals {
        commits: scan.commits.iter().filter(|commit| first_parent || !commit.is_merge()).count(),
        merges: scan.merges.len() + merges().count(),
        merges_with_changes: merges().count(),
        authors: scan.authors.len() - scan.bots.len(),
        bots: bots(scan),
        first_commit: times().min(),
        last_commit: times().max(),
        files_by_class: FileClass::ALL.iter().map(|class| (*class, present(*class))).collect(),
        source_lines: analysis.universe.source_lines(),
        max_files_per_commit: analysis.parameters.max_commit_source_files,
        incidents: analysis.incidents().list.len(),
        ..Totals::default()
    };
    count_changed_lines(analysis, &mut totals);
    super::prices::count(analysis, &mut totals);
    let mut by_method: BTreeMap<Method, (usize, Costs)> = BTreeMap::new();
    for attributed in &analysis.attribution.incidents {
        match &attributed.placement {
            Placement::Attributed { method, links, .. } => {
                totals.incidents_attributed += 1;
                let is_modelled = super::prices::is_modelled(analysis, attributed.incident);
                let (incidents, costs) = by_method.entry(*method).or_default();
                *incidents += 1;
                for link in links {
                    let Some(cost) = link.cost else { continue };
                    costs.add(cost);
                    totals.attributed.add(cost);
                    if is_modelled {
                        totals.attributed_modelled.add(cost);
                    }
                    if scan.file(link.file).present.is_none() {
                        totals.deleted_code.add(cost);
                    }
                }
            }
            Placement::Unplaced(_) => {
                if let Some(cost) = analysis.incidents().list[attributed.incident].cost {
                    totals.unattributed.add(cost);
                    if super::prices::is_modelled(analysis, attributed.incident) {
                        totals.unattributed_modelled.add(cost);
                    }
                }
            }
        }
    }
    totals.by_method =
        by_method.into_iter().map(|(method, (incidents, costs))| (method, incidents, costs)).collect();
    totals
}

/// Sums the changed lines by class of file and by what keeps a commit from being recent change.
fn count_changed_lines(analysis: &Analysis<'_>, totals: &mut Totals) {
    let scan = analysis.scan;
    let mut by_class = FileClass::ALL.map(|class| (class, 0_u64));
    let mut by_commit = vec![0_u64; scan.commits.len()];
    for change in &scan.changes {
        let lines = change.lines.map_or(0, debtscan_model::LineDelta::total);
        let class = scan.file(change.file).class;
        let slot = by_class.iter_mut().find(|(known, _)| *known == class).expect("every class has a slot");
        slot.1 += lines;
        by_commit[change.commit.get()] += lines;
        totals.changed_lines += lines;
    }
    totals.changed_lines_by_class = by_class.to_vec();
    let source_files = source_files_per_commit(scan);
    for ((commit, lines), source_files) in scan.commits.iter().zip(by_commit).zip(source_files) {
        let group = if commit.in_ignore_revs {
            &mut totals.ignored_commits
        } else if source_files > totals.max_files_per_commit {
            &mut totals.wide_commits
        } else {
            continue;
        };
        group.commits += 1;
        group.changed_lines += lines;
    }
}

fn bots(scan: &Scan) -> Vec<BotReport> {
    let mut commits = vec![0; scan.authors.len()];
    for commit in &scan.commits {
        for author in std::iter::once(&commit.author).chain(&commit.co_authors) {
            commits[author.get()] += 1;
        }
    }
    let report = |bot: &debtscan_model::AuthorIdx| BotReport {
        name: scan.author(*bot).name.to_string(),
        email: scan.author(*bot).email.to_string(),
        commits: commits[bot.get()],
    };
    scan.bots.iter().map(report).collect()
}
