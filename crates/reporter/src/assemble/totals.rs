//! Sums over the whole repository.

use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{Author, AuthorIdx, Change, FileClass, MergedAuthor, Scan};

use crate::analysis::Analysis;
use crate::attribution::Placement;
use debtscan_findings::{BotReport, MergedPerson, Method, MethodTotal, Totals};
use debtscan_incidents::Costs;

/// Sums over commits, files and incidents.
pub(crate) fn report(analysis: &Analysis<'_>) -> Totals {
    let scan = analysis.scan;
    // In declaration order, so that the number of a class is its position in the list.
    let mut present = FileClass::ALL.map(|class| (class, 0));
    for file in scan.files.iter().filter(|file| file.present.is_some()) {
        present[file.class as usize].1 += 1;
    }
    let mut totals = Totals {
        authors: authors(scan),
        files_by_class: present.to_vec(),
        source_lines: analysis.ranked.source_lines(),
        max_files_per_commit: analysis.parameters.max_commit_source_files,
        incidents: analysis.incidents().list.len(),
        incidents_later: analysis.beyond.later,
        incidents_outside: analysis.beyond.outside.incidents,
        outside: analysis.beyond.outside.cost.clone(),
        ..Totals::default()
    };
    count_commits(analysis, &mut totals);
    count_recent(analysis, &mut totals);
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
    totals.by_method = by_method
        .into_iter()
        .map(|(method, (incidents, cost))| MethodTotal { method, incidents, cost })
        .collect();
    totals
}

/// Counts the incidents of the last year and of the year before it, with their cost.
fn count_recent(analysis: &Analysis<'_>, totals: &mut Totals) {
    let as_of = analysis.scan.as_of;
    let year_ago = analysis.parameters.year_before(as_of);
    let two_years_ago = analysis.parameters.year_before(year_ago);
    for attributed in &analysis.attribution.incidents {
        let Some(opened) = attributed.opened.filter(|opened| two_years_ago < *opened && *opened <= as_of)
        else {
            continue;
        };
        let (count, costs) = if opened > year_ago {
            (&mut totals.incidents_last_12_months, &mut totals.cost_last_12_months)
        } else {
            (&mut totals.incidents_previous_12_months, &mut totals.cost_previous_12_months)
        };
        *count += 1;
        // Of a placed incident, only the part on scanned files.
        let cost = analysis.incidents().list[attributed.incident].cost;
        if let Some(cost) = attributed.placement.visible_cost().or(cost) {
            costs.add(cost);
        }
    }
}

/// Number of people behind the reported commits, without bots.
fn authors(scan: &Scan) -> usize {
    // Without a scope every author has a reported commit; in a folder only those who changed it.
    if scan.repository.scope.is_none() {
        return scan.authors.len() - scan.bots.len();
    }
    let mut people: BTreeSet<AuthorIdx> = BTreeSet::new();
    for changes in scan.changes.chunk_by(|a: &Change, b: &Change| a.commit == b.commit) {
        let commit = scan.commit(changes[0].commit);
        people.insert(commit.author);
        people.extend(&commit.co_authors);
    }
    people.into_iter().filter(|person| scan.bots.binary_search(person).is_err()).count()
}

/// Counts commits, and sums the changed lines by class of file and by what keeps a commit from being recent
/// change, all in one pass: the commits are the largest table of a scan.
fn count_commits(analysis: &Analysis<'_>, totals: &mut Totals) {
    let scan = analysis.scan;
    let class_of: Vec<FileClass> = scan.files.iter().map(|file| file.class).collect();
    let mut by_class = FileClass::ALL.map(|class| (class, 0_u64));
    let mut written = vec![0; scan.authors.len()];
    let mut changes = scan.changes.as_slice();
    for (index, commit) in scan.commits.iter().enumerate() {
        let is_own = |change: &&Change| change.commit.get() == index;
        // Changes are sorted by commit, so that each commit takes its own off the front.
        let (own, later) = changes.split_at(changes.iter().take_while(is_own).count());
        changes = later;
        let mut lines = 0;
        for change in own {
            let changed = change.lines.map_or(0, debtscan_model::LineDelta::total);
            by_class[class_of[change.file.get()] as usize].1 += changed;
            lines += changed;
        }
        totals.changed_lines += lines;
        for author in std::iter::once(&commit.author).chain(&commit.co_authors) {
            written[author.get()] += 1;
        }
        // In a folder, what is reported are the commits that changed something there.
        if scan.repository.scope.is_none() || !own.is_empty() {
            let is_merge = commit.is_merge();
            // With first parents, a merge is the commit of its branch.
            totals.commits += usize::from(scan.repository.first_parent || !is_merge);
            totals.merges_with_changes += usize::from(is_merge);
            let first = totals.first_commit.map_or(commit.time, |first| first.min(commit.time));
            totals.first_commit = Some(first);
            totals.last_commit = totals.last_commit.max(Some(commit.time));
        }
        let group = if commit.in_ignore_revs {
            &mut totals.ignored_commits
        } else if commit.source_files as usize > totals.max_files_per_commit {
            &mut totals.wide_commits
        } else {
            continue;
        };
        group.commits += 1;
        group.changed_lines += lines;
    }
    totals.merges = scan.merges.len() + totals.merges_with_changes;
    totals.changed_lines_by_class = by_class.to_vec();
    totals.bots = bots(scan, &written);
    totals.merged_people = merged_people(scan);
}

/// The bots, with what each wrote, given by author.
fn bots(scan: &Scan, written: &[usize]) -> Vec<BotReport> {
    let report = |bot: &AuthorIdx| BotReport {
        name: scan.author(*bot).name.to_string(),
        email: scan.author(*bot).email.to_string(),
        commits: written[bot.get()],
    };
    scan.bots.iter().map(report).collect()
}

/// The people whose identities a rule merged.
fn merged_people(scan: &Scan) -> Vec<MergedPerson> {
    let label = |author: &Author| {
        if author.email.is_empty() {
            author.name.to_string()
        } else {
            format!("{} <{}>", author.name, author.email)
        }
    };
    let report = |merged: &MergedAuthor| MergedPerson {
        name: scan.author(merged.author).name.to_string(),
        email: scan.author(merged.author).email.to_string(),
        others: merged.others.iter().map(label).collect(),
    };
    scan.merged.iter().map(report).collect()
}
