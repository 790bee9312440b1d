//! What became of incident files before anything is ranked: how they were read, and where each
//! incident would be placed.

use debtscan_incidents::{Costs, Incident, Incidents, SeverityLevel};

use crate::{IncidentReport, PlacementReport, Report};

/// A reading of incident files, to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct DryRun<'a> {
    /// Everything that was read and rejected.
    pub incidents: &'a Incidents,
    /// The report of the repository with these incidents; `None` without repository.
    pub report: Option<&'a Report>,
    /// Version of debtscan, shown in outputs.
    pub tool_version: &'static str,
}

/// A severity as written, with its place on the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityCount {
    /// As written.
    pub written: String,
    /// Its level; `None` when its words are not known.
    pub level: Option<SeverityLevel>,
    /// How many incidents have it.
    pub incidents: u64,
}

/// A thing that incidents may state, and how many do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The canonical names of the columns it comes from, as one text.
    pub(crate) fields: &'static str,
    /// How many incidents state it.
    pub(crate) incidents: u64,
    /// What it is good for, as a lower-case phrase.
    pub(crate) used_for: &'static str,
}

impl<'a> DryRun<'a> {
    /// Takes what was read and, where a repository was scanned with it, its report.
    pub fn new(incidents: &'a Incidents, report: Option<&'a Report>, tool_version: &'static str) -> Self {
        Self { incidents, report, tool_version }
    }

    /// Rows that were left out.
    pub fn dropped_rows(&self) -> u64 {
        self.incidents.files.iter().map(|file| file.dropped).sum()
    }

    /// The severities as written: by level, those of no known level last, then by text.
    pub fn severities(&self) -> Vec<SeverityCount> {
        let mut written: Vec<(&str, Option<SeverityLevel>)> = self
            .incidents
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

    /// What the incidents state, the things that place them first.
    pub(crate) fn stated(&self) -> Vec<Stated> {
        let count = |fields, used_for, has: fn(&Incident) -> bool| {
            let incidents = self.incidents.list.iter().filter(|incident| has(incident)).count() as u64;
            Stated { fields, incidents, used_for }
        };
        vec![
            count("fix_commits", "places it surely: the commits or pull requests of the fix", |incident| {
                !incident.fix_commits.is_empty() || !incident.fix_requests.is_empty()
            }),
            count("path, description", "places it where they name files", |incident| {
                !incident.paths.is_empty() || !incident.description.is_empty()
            }),
            count("area, component, service, project, team", "places it roughly, by name", |incident| {
                !incident.place_names().is_empty()
            }),
            count("opened_at", "how fast it fades, incidents per year", |incident| incident.opened.is_some()),
            count("cost", "recorded cost", |incident| incident.cost.is_some()),
            count("effort_minutes", "pricing by people's hours", |incident| {
                incident.effort_seconds.is_some()
            }),
            count("minutes, opened_at and resolved_at", "pricing by time that passed", |incident| {
                incident.elapsed().is_some()
            }),
            count("severity", "pricing by severity", |incident| incident.severity_level.is_some()),
            count("customers, accounts", "who was hit", |incident| {
                incident.customers.is_some() || !incident.accounts.is_empty()
            }),
        ]
    }

    /// What is recorded, per currency.
    pub(crate) fn recorded(&self) -> Costs {
        self.incidents.recorded()
    }

    /// The incidents that the repository would place, in the order of its report.
    pub(crate) fn placed(&self) -> Vec<&'a IncidentReport> {
        let list = self.report.map(|report| report.incidents.as_slice()).unwrap_or_default();
        let is_placed =
            |incident: &&IncidentReport| matches!(incident.placement, PlacementReport::Attributed { .. });
        list.iter().filter(is_placed).collect()
    }
}
