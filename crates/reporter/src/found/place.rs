//! Where a finding is, and what is expected there.

use debtscan_findings::{
    AreaReport, Finding, FindingArea, FindingExpectation, FindingLevel, FindingSubject, FindingValues,
    Forecast, Report,
};
use debtscan_model::{ChangeKind, FileIdx, RepoPath, Scan};

/// Where findings are.
pub(super) struct FoundPlaces<'a> {
    pub(super) scan: &'a Scan,
    pub(super) report: &'a Report,
}

impl FoundPlaces<'_> {
    /// A file with the first path that it had in the scanned history.
    pub(super) fn file(&self, position: usize) -> (Option<RepoPath>, Option<RepoPath>) {
        let path = &self.report.files[position].path;
        (Some(path.clone()), Some(self.origin(path)))
    }

    fn origin(&self, path: &RepoPath) -> RepoPath {
        let Some(file) = self.index(path) else { return path.clone() };
        let mut changes = self.scan.file(file).history.iter().map(|change| self.scan.change(*change));
        // The oldest change comes first, so the first rename has the oldest name.
        let first = changes.find_map(|change| match change.kind {
            ChangeKind::Renamed { from } => Some(self.scan.path(from).clone()),
            _ => None,
        });
        first.unwrap_or_else(|| path.clone())
    }

    pub(super) fn index(&self, path: &RepoPath) -> Option<FileIdx> {
        self.scan.find_file(path)
    }

    /// A finding about an area.
    pub(super) fn of_area(&self, area: &AreaReport, level: FindingLevel, values: FindingValues) -> Finding {
        // Code hosts show nothing without a file, so an area is shown at its costliest one.
        let ranked = area.file_positions.iter().find(|position| self.report.files[**position].rank.is_some());
        let (path, origin) = ranked.map_or((None, None), |position| self.file(*position));
        Finding {
            level,
            subject: FindingSubject::Area,
            area: Some(area_of(area)),
            path,
            origin,
            lines: None,
            expected: Some(expectation(&area.forecast, 1.0)),
            values,
        }
    }
}

pub(super) fn area_of(area: &AreaReport) -> FindingArea {
    FindingArea { id: area.id.clone(), name: area.name.clone(), owner: area.owner.clone() }
}

/// A part, `0..=1`, of what is expected.
pub(super) fn expectation(forecast: &Forecast, part: f64) -> FindingExpectation {
    FindingExpectation {
        share: forecast.shares.total() * part,
        incidents: forecast.incidents.map(|incidents| incidents.mean * part),
        costs: forecast.costs.iter().map(|cost| (cost.currency, cost.minor.mean * part)).collect(),
    }
}
