//! Sums over the whole repository.

use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{AuthorIdx, Commit, FileClass, Scan};

use super::Analysis;
use crate::attribution::{Method, Placement};
use crate::rank::source_files_per_commit;
use crate::{BotReport, Costs, Totals};

/// Sums over commits, files and incidents.
pub(crate) fn report(analysis: &Analysis<'_>) -> Totals {
    let scan = analysis.scan;
    let touching = touching(scan);
    let commits = || scan.commits.iter().zip(&touching).filter(|(_, touches)| **touches).map(|it| it.0);
    let times = || commits().map(|commit| commit.time);
    let first_parent = scan.repository.first_parent;
    let merges = || commits().filter(|commit| commit.is_merge());
    let present = |class: FileClass| {
        scan.files.iter().filter(|file| file.class == class && file.present.is_some()).count()
    };
    let mut totals = Totals {
        commits: commits().filter(|commit| first_parent || !commit.is_merge()).count(),
        merges: scan.merges.len() + merges().count(),
        merges_with_changes: merges().count(),
        authors: authors(scan, commits()),
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

/// By commit: whether it belongs to what is reported, which in a folder are the commits that changed
/// something there.
fn touching(scan: &Scan) -> Vec<bool> {
    let mut touching = vec![scan.repository.scope.is_none(); scan.commits.len()];
    for change in &scan.changes {
        touching[change.commit.get()] = true;
    }
    touching
}

/// How many people wrote these commits, bots left out.
fn authors<'a>(scan: &Scan, commits: impl Iterator<Item = &'a Commit>) -> usize {
    if scan.repository.scope.is_none() {
        return scan.authors.len() - scan.bots.len();
    }
    let people = commits.flat_map(|commit| std::iter::once(&commit.author).chain(&commit.co_authors));
    let people: BTreeSet<&AuthorIdx> = people.collect();
    people.into_iter().filter(|person| scan.bots.binary_search(person).is_err()).count()
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
    let report = |bot: &AuthorIdx| BotReport {
        name: scan.author(*bot).name.to_string(),
        email: scan.author(*bot).email.to_string(),
        commits: commits[bot.get()],
    };
    scan.bots.iter().map(report).collect()
}
