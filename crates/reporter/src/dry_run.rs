//! Counts what incident files state, before anything is ranked.

#[cfg(test)]
mod tests;

use debtscan_findings::{DryRun, Report, SeverityCount, StatedCount, StatedFact};
use debtscan_incidents::{Incident, Incidents, Severity};

/// Takes what was read and, where a repository was scanned with it, its report.
pub fn dry_run<'a>(
    incidents: &'a Incidents,
    report: Option<&'a Report>,
    tool_version: &'static str,
) -> DryRun<'a> {
    let stated = StatedFact::ALL.into_iter().map(|fact| {
        let states = incidents.list.iter().filter(|incident| states(incident, fact));
        StatedCount { fact, incidents: states.count() as u64 }
    });
    DryRun {
        incidents,
        report,
        tool_version,
        dropped_rows: incidents.files.iter().map(|file| file.dropped).sum(),
        excluded_rows: incidents.files.iter().map(|file| file.excluded).sum(),
        recorded: incidents.recorded(),
        severities: severities(incidents),
        stated: stated.collect(),
    }
}

fn states(incident: &Incident, fact: StatedFact) -> bool {
    match fact {
        StatedFact::Fix => !incident.fix_commits.is_empty() || !incident.fix_requests.is_empty(),
        // A description counts whether or not it names a file: only a tree can show that.
        StatedFact::Path => !incident.paths.is_empty() || !incident.description.is_empty(),
        StatedFact::Place => !incident.place_names().is_empty(),
        StatedFact::Opened => incident.opened.is_some(),
        StatedFact::Cost => incident.cost.is_some(),
        StatedFact::Effort => incident.effort_seconds.is_some(),
        StatedFact::Elapsed => incident.elapsed().is_some(),
        StatedFact::Severity => incident.severity_level.is_some(),
        StatedFact::Customers => incident.customers.is_some() || !incident.accounts.is_empty(),
    }
}

fn severities(incidents: &Incidents) -> Vec<SeverityCount> {
    let mut written: Vec<(&str, Option<Severity>)> = incidents
        .list
        .iter()
        .filter_map(|incident| Some((incident.severity.as_deref()?, incident.severity_level)))
        .collect();
    written.sort_by_key(|(text, level)| (level.is_none(), *level, *text));
    let groups = written.chunk_by(|a, b| a.0 == b.0);
    groups
        .map(|group| SeverityCount {
            written: group[0].0.to_owned(),
            level: group[0].1,
            incidents: group.len() as u64,
        })
        .collect()
}
