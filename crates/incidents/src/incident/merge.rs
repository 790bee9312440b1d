//! Rows of one incident -> the incident.

use std::collections::BTreeMap;

use super::filter::{Exclusion, RowVerdict};
use super::record::Incident;
use super::rejected::{RejectedRow, RowFate};
use super::row::{CostCell, RowIncident};
use super::tool::Tool;

/// Tells apart incidents of two trackers that both count 1, 2, 3: number 42 of one is not number 42
/// of the other. Each then carries its tracker in its id, and the number among its tickets. Ids that
/// are more than numbers are one incident wherever they stand, and so is a number that only one
/// tracker has.
pub(super) fn split_by_tracker(id: String, rows: Vec<RowIncident>) -> Vec<(String, Vec<RowIncident>)> {
    let is_number = id.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit());
    // debtscan's own columns are no tracker that counts 1, 2, 3.
    let tracker = |row: &RowIncident| row.tool.filter(|tool| *tool != Tool::Canonical);
    let mut trackers: Vec<Tool> = rows.iter().filter_map(tracker).collect();
    trackers.sort_unstable();
    trackers.dedup();
    if !is_number || trackers.len() < 2 {
        return vec![(id, rows)];
    }
    let mut split: BTreeMap<Option<Tool>, Vec<RowIncident>> = BTreeMap::new();
    for mut row in rows {
        let tracker = tracker(&row);
        if tracker.is_some() {
            // Commit messages name the number without the tracker.
            row.incident.tickets.push(id.clone());
        }
        split.entry(tracker).or_default().push(row);
    }
    let named = |tracker: Option<Tool>| match tracker {
        Some(tool) => format!("{id} ({})", tool.name()),
        None => id.clone(),
    };
    split.into_iter().map(|(tracker, rows)| (named(tracker), rows)).collect()
}

/// Why the rows of one incident are excluded; `None` if they count. The row that was updated last decides.
pub(super) fn verdict(rows: &[RowIncident]) -> Option<Exclusion> {
    let telling = rows.iter().filter(|row| row.verdict != RowVerdict::Silent);
    // The last of equals: rows without a time stand in the order of files and lines.
    let last = telling.max_by_key(|row| (row.incident.updated.is_none(), row.incident.updated))?;
    match &last.verdict {
        RowVerdict::Excluded(exclusion) => Some(exclusion.clone()),
        RowVerdict::Silent | RowVerdict::Counts => None,
    }
}

/// Merges the rows of one incident, given in the order of files and lines; `rows` is not empty.
///
/// Rows that say when they were updated come first, in that order; then the others, as they stand:
/// what somebody keeps by hand beside an export counts more than the export. A cost that a later row
/// changes is added to `rejected`.
pub(super) fn merge(id: String, mut rows: Vec<RowIncident>, rejected: &mut Vec<RejectedRow>) -> Incident {
    // Before the sort: the first row in the order of the files, whatever its time.
    let source = rows.first().expect("an incident has a row").incident.source.clone();
    // Stable: rows of the same time stay in the order of files and lines.
    rows.sort_by_key(|row| (row.incident.updated.is_none(), row.incident.updated));
    let mut known = Incident { id, ..Incident::default() };
    let mut known_cost: Option<CostCell> = None;
    for RowIncident { incident, cost, .. } in rows {
        // Two rows may be two versions of a cost or two parts of it, and nothing tells which: never
        // add them.
        if let (Some(earlier), Some(later)) = (&known_cost, &cost)
            && earlier.money != later.money
        {
            rejected.push(RejectedRow {
                position: earlier.position.clone(),
                column: earlier.column.clone(),
                value: earlier.value.clone(),
                reason: format!(
                    "line {} of {} states another cost for {}, and the later row counts",
                    later.position.line, later.position.file, known.id
                ),
                fate: RowFate::ValueIgnored,
            });
        }
        known_cost = cost.or(known_cost);
        overlay(&mut known, incident);
    }
    sort_lists(&mut known);
    Incident { source, ..known }
}

/// Sorts the lists of an incident, once for all its rows.
fn sort_lists(incident: &mut Incident) {
    fn sort<T: Ord>(list: &mut Vec<T>) {
        list.sort();
        list.dedup();
    }
    // Sorting after each row would take time in the square of their number.
    sort(&mut incident.fix_requests);
    for list in [
        &mut incident.tickets,
        &mut incident.accounts,
        &mut incident.fix_commits,
        &mut incident.introduced_commits,
        &mut incident.paths,
        &mut incident.areas,
        &mut incident.components,
        &mut incident.services,
        &mut incident.projects,
        &mut incident.teams,
        &mut incident.labels,
    ] {
        sort(list);
    }
}

/// Lets a later row's values stand in an incident where it has any. Lists are left unsorted.
fn overlay(known: &mut Incident, later: Incident) {
    fn replace<T>(known: &mut Option<T>, later: Option<T>) {
        if later.is_some() {
            *known = later;
        }
    }
    fn replace_text(known: &mut String, later: String) {
        if !later.is_empty() {
            *known = later;
        }
    }
    // Taken apart in full, so that a new field is not forgotten here.
    let Incident {
        id: _,
        tickets,
        title,
        description,
        opened,
        resolved,
        updated,
        elapsed_seconds,
        effort_seconds,
        severity,
        severity_level,
        cost,
        customers,
        accounts,
        churn_risk,
        root_cause,
        fix_commits,
        fix_requests,
        introduced_commits,
        paths,
        areas,
        components,
        services,
        projects,
        teams,
        labels,
        url,
        source: _,
    } = later;
    replace_text(&mut known.title, title);
    replace_text(&mut known.description, description);
    replace(&mut known.opened, opened);
    replace(&mut known.resolved, resolved);
    replace(&mut known.updated, updated);
    replace(&mut known.elapsed_seconds, elapsed_seconds);
    replace(&mut known.effort_seconds, effort_seconds);
    // The level comes from these words and must not outlive them.
    if severity.is_some() {
        (known.severity, known.severity_level) = (severity, severity_level);
    }
    replace(&mut known.cost, cost);
    replace(&mut known.customers, customers);
    replace(&mut known.churn_risk, churn_risk);
    replace(&mut known.root_cause, root_cause);
    replace(&mut known.url, url);
    known.tickets.extend(tickets);
    known.accounts.extend(accounts);
    known.fix_commits.extend(fix_commits);
    known.fix_requests.extend(fix_requests);
    known.introduced_commits.extend(introduced_commits);
    known.paths.extend(paths);
    known.areas.extend(areas);
    known.components.extend(components);
    known.services.extend(services);
    known.projects.extend(projects);
    known.teams.extend(teams);
    known.labels.extend(labels);
}
