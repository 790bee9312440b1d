//! From the whole history to the part of it that is shown: a window, a folder or an exclusion hides files and
//! changes, and moves nothing.

use std::collections::BTreeMap;

use debtscan_model::{ChangeIdx, CommitId, CommitIdx, FileIdx, Scan};

use super::{AttributedIncident, HiddenChanges, Link, Placement};

/// Where the parts of the whole are in a scan of a part of it.
pub(crate) struct HistoryView<'a> {
    whole: &'a Scan,
    part: &'a Scan,
    /// By file of the whole, that of the part; `None` if it is hidden.
    file: Vec<Option<FileIdx>>,
    commits: BTreeMap<CommitId, CommitIdx>,
}

impl<'a> HistoryView<'a> {
    /// `whole` and `part` are scans of one revision, so that files go by their paths.
    pub(crate) fn new(whole: &'a Scan, part: &'a Scan) -> Self {
        let commits = part.commits.iter().enumerate();
        Self {
            whole,
            part,
            file: whole.files.iter().map(|file| part.find_file(&file.path)).collect(),
            commits: commits.map(|(position, commit)| (commit.id, CommitIdx::new(position))).collect(),
        }
    }

    /// The file of the part; `None` if it is hidden.
    pub(crate) fn file(&self, of_whole: FileIdx) -> Option<FileIdx> {
        self.file[of_whole.get()]
    }

    /// What shows of an incident; `None` if nothing does. An incident that is placed nowhere is in no folder.
    pub(crate) fn cut(&self, incident: &AttributedIncident) -> Option<AttributedIncident> {
        let Placement::Attributed {
            method, confidence, names, links, fixes, commits, changes, support, ..
        } = &incident.placement
        else {
            // An unplaced incident is in no folder, so that only a scan of all folders reports it.
            return self.part.repository.scope.is_none().then(|| incident.clone());
        };
        let (mut seen, mut hidden) = (Vec::new(), HiddenChanges::default());
        for link in links {
            if let Some(file) = self.file(link.file) {
                seen.push(Link { file, ..link.clone() });
                continue;
            }
            hidden.weight += u128::from(link.weight);
            if let Some(cost) = link.cost {
                // Parts of one amount sum within its bounds.
                hidden.cost.get_or_insert(debtscan_incidents::Money { minor: 0, ..cost }).minor += cost.minor;
            }
        }
        if seen.is_empty() {
            return None;
        }
        let placement = Placement::Attributed {
            method: *method,
            confidence: *confidence,
            names: *names,
            links: seen,
            hidden,
            fixes: fixes.clone(),
            commits: commits.iter().filter_map(|commit| self.commit(*commit)).collect(),
            changes: changes.iter().filter_map(|change| self.change(*change)).collect(),
            support: support.clone(),
        };
        Some(AttributedIncident { placement, ..incident.clone() })
    }

    fn commit(&self, of_whole: CommitIdx) -> Option<CommitIdx> {
        // Numbers of commits differ between the scans; IDs do not.
        self.commits.get(&self.whole.commit(of_whole).id).copied()
    }

    fn change(&self, of_whole: ChangeIdx) -> Option<ChangeIdx> {
        let change = self.whole.change(of_whole);
        let range = self.part.changes_of(self.commit(change.commit)?);
        let path = self.whole.path(change.path);
        // The changes of one commit come sorted by path.
        let found =
            self.part.changes[range.clone()].binary_search_by(|own| self.part.path(own.path).cmp(path));
        found.ok().map(|position| ChangeIdx::new(range.start + position))
    }
}
