//! The incidents after a cut, and the files of the cut's tree that they fall on.

use std::collections::BTreeMap;

use debtscan_model::{CommitIdx, FileClass, FileIdx, LineDelta, PathIdx, Timestamp};

use super::identity::{Identity, PathOrigins};
use crate::analysis::Analysis;
use crate::attribution::{FixLookup, Placement, fixes};
use debtscan_findings::Method;

/// Every incident by the whole history: when it opened, and the commits that locate it.
pub(crate) struct Future<'a, 'b> {
    pub(super) analysis: &'a Analysis<'b>,
    pub(crate) origins: PathOrigins,
    /// In the order of the incident list.
    pub(super) incidents: Vec<Dated>,
}

/// An incident with its date and its evidence.
pub(super) struct Dated {
    pub(super) opened: Option<Timestamp>,
    fixes: FixLookup,
}

/// An incident that opened after the cut.
pub(super) struct LaterIncidents {
    /// Ranked file of the cut, by position in its ranked files, and part of the incident: sorted, unique.
    /// They sum to less than 1 when a part falls on files that the cut does not rank.
    pub(super) parts: Vec<(usize, f64)>,
}

/// The incidents in the days after a cut.
#[derive(Default)]
pub(super) struct Target {
    /// Placed incidents, in the order of the incident list.
    pub(super) incidents: Vec<LaterIncidents>,
    /// Incidents that opened in these days and are placed in no source file.
    pub(super) unplaced: usize,
    /// Incidents that opened in these days and whose fix touches too many source files.
    pub(super) wide: usize,
}

impl<'a, 'b> Future<'a, 'b> {
    pub(crate) fn new(analysis: &'a Analysis<'b>) -> Self {
        let found = fixes(analysis.scan, analysis.incidents(), &analysis.parameters).into_iter();
        let dated = found.zip(&analysis.attribution.incidents);
        let incidents = dated.map(|(fixes, attributed)| Dated { opened: attributed.opened, fixes }).collect();
        Self { analysis, origins: PathOrigins::of(analysis.scan), incidents }
    }

    /// Whether an incident could be known at a time, whatever the history: it had opened.
    pub(super) fn had_opened(&self, incident: usize, time: Timestamp) -> bool {
        self.incidents[incident].opened.is_some_and(|opened| opened <= time)
    }

    /// Whether the list has incidents after a time. Where it has none, nobody may have kept it until then.
    pub(super) fn goes_on_after(&self, time: Timestamp) -> bool {
        self.incidents.iter().any(|incident| incident.opened.is_some_and(|opened| opened > time))
    }

    /// Whether an incident opened in the days `(from, to]`.
    pub(super) fn opens_within(&self, incident: usize, from: Timestamp, to: Timestamp) -> bool {
        self.incidents[incident].opened.is_some_and(|opened| from < opened && opened <= to)
    }

    /// Whether an incident was known at a cut: it had opened, and every fix that it names was there.
    pub(super) fn was_known(&self, incident: usize, time: Timestamp, identity: &Identity<'_>) -> bool {
        let fixes = &self.incidents[incident].fixes;
        self.had_opened(incident, time)
            && identity.knows_all(&fixes.named.commits)
            && identity.knows_all(&fixes.requested.commits)
    }

    /// The incidents in the days `(from, to]` on the files of a cut.
    pub(super) fn target(
        &self,
        cut: &Analysis<'_>,
        identity: &Identity<'_>,
        (from, to): (Timestamp, Timestamp),
    ) -> Target {
        let mut target = Target::default();
        for incident in (0..self.incidents.len()).filter(|incident| self.opens_within(*incident, from, to)) {
            match self.parts(incident, cut, identity) {
                None => target.unplaced += 1,
                Some(parts) if parts.source_files > cut.parameters.max_fix_source_files => target.wide += 1,
                Some(parts) => target.incidents.push(LaterIncidents { parts: parts.ranked(cut) }),
            }
        }
        target
    }

    /// By the order of evidence of the attribution, but with the classes of the cut's tree.
    fn parts(&self, incident: usize, cut: &Analysis<'_>, identity: &Identity<'_>) -> Option<TargetParts> {
        let dated = &self.incidents[incident];
        let placement = &self.analysis.attribution.incidents[incident].placement;
        let by_links = |wanted: &[Method]| match placement {
            Placement::Attributed { method, links, .. } if wanted.contains(method) => {
                // Links have the names of today, after all commits.
                let end = CommitIdx::new(self.analysis.scan.commits.len());
                let links = links.iter().map(|link| (link.file, link.weight));
                self.parts_of_links(links, end, cut, identity)
            }
            _ => None,
        };
        let fixes = &dated.fixes;
        // The same order of evidence as in attribution.
        self.parts_of_commits(&fixes.named.commits, cut, identity)
            .or_else(|| self.parts_of_commits(&fixes.requested.commits, cut, identity))
            .or_else(|| by_links(&[Method::ExplicitPath, Method::TextPath]))
            .or_else(|| self.parts_of_commits(&fixes.naming, cut, identity))
            .or_else(|| by_links(&[Method::AreaName, Method::Owner, Method::AreaWord]))
    }

    /// The changed source lines of some commits.
    fn parts_of_commits(
        &self,
        commits: &[CommitIdx],
        cut: &Analysis<'_>,
        identity: &Identity<'_>,
    ) -> Option<TargetParts> {
        let scan = self.analysis.scan;
        let mut parts = TargetParts::default();
        for commit in commits {
            for change in &scan.changes[scan.changes_of(*commit)] {
                let lines = change.lines.map_or(0, LineDelta::total);
                let file = identity.file(change.path, *commit);
                parts.add(file, change.file, scan.file(change.file).class, lines, cut);
            }
        }
        parts.finish()
    }

    fn parts_of_links(
        &self,
        links: impl Iterator<Item = (FileIdx, u64)>,
        end: CommitIdx,
        cut: &Analysis<'_>,
        identity: &Identity<'_>,
    ) -> Option<TargetParts> {
        let scan = self.analysis.scan;
        let mut parts = TargetParts::default();
        for (link, weight) in links {
            let file = scan.file(link);
            let path = scan.paths.binary_search(&file.path).map(PathIdx::new).ok();
            let before = path.and_then(|path| identity.file(path, end));
            parts.add(before, link, file.class, weight, cut);
        }
        // A set of files is no wide fix, however many it holds.
        parts.source_files = 0;
        parts.finish()
    }
}

/// Weights of source files, old and new.
#[derive(Default)]
struct TargetParts {
    /// By file of the cut.
    old: BTreeMap<FileIdx, u64>,
    /// By file of the whole history: those that the cut's tree does not have.
    new: BTreeMap<FileIdx, u64>,
    source_files: usize,
}

impl TargetParts {
    /// Adds lines of a file: `before` in the cut's tree, `later` in the whole history.
    fn add(
        &mut self,
        before: Option<FileIdx>,
        later: FileIdx,
        later_class: FileClass,
        lines: u64,
        cut: &Analysis<'_>,
    ) {
        if let Some(file) = before {
            if cut.scan.file(file).class == FileClass::Source {
                *self.old.entry(file).or_insert(0) += lines;
            }
        } else if later_class == FileClass::Source {
            *self.new.entry(later).or_insert(0) += lines;
        }
        self.source_files = self.old.len() + self.new.len();
    }

    /// As the attribution does: files without counted lines are ignored, unless there are no others.
    fn finish(mut self) -> Option<Self> {
        let is_empty = self.old.is_empty() && self.new.is_empty();
        if self.old.values().chain(self.new.values()).all(|lines| *lines == 0) {
            self.old.values_mut().chain(self.new.values_mut()).for_each(|lines| *lines = 1);
        }
        (!is_empty).then_some(self)
    }

    /// The parts that fall on files which the cut ranks.
    fn ranked(&self, cut: &Analysis<'_>) -> Vec<(usize, f64)> {
        let total: u64 = self.old.values().chain(self.new.values()).sum();
        let place = |(file, lines): (&FileIdx, &u64)| {
            let position = cut.ranked.position_of[file.get()]?;
            (*lines > 0).then(|| (position, *lines as f64 / total as f64))
        };
        self.old.iter().filter_map(place).collect()
    }
}
