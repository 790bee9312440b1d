//! The changes of a period that each clock can time.

use std::collections::BTreeMap;

use debtscan_findings::{DeliveryExcluded, DeliverySource};
use debtscan_model::{AppliedBy, CommitId, CommitIdx, Mark, Node, SECONDS_PER_DAY, Scan, Timestamp};
use rustc_hash::FxHashMap;

use super::clock::{Merged, RequestClock};
use crate::analysis::Analysis;
use crate::attribution::Placement;

/// Commits of a branch above which it is a release rather than a change.
const MOST_COMMITS: usize = 50;

/// One change with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timed {
    /// Where it is in the graph: the merge, or the commit itself; 0 of an incident.
    pub(super) node: usize,
    pub(super) seconds: i64,
    /// Files that it touches; at least 1.
    pub(super) files: u32,
    /// Positions in `areas.areas`: sorted, unique.
    pub(super) areas: Vec<usize>,
}

/// All changes of a period by source, and what was not used.
pub(super) struct DeliveryFlow {
    by_source: [Vec<Timed>; 4],
    /// Commits behind the changes of each source.
    commits: [usize; 4],
    /// The most trusted source of each commit by a person in the period; merges are none.
    pub(super) first_source: Vec<Option<DeliverySource>>,
    pub(super) excluded: DeliveryExcluded,
}

impl DeliveryFlow {
    /// Collects the changes that were merged or applied from a date on.
    pub(super) fn of(analysis: &Analysis<'_>, from: Timestamp) -> Self {
        let mut collector = Collector::new(analysis, from);
        collector.tickets();
        collector.branches();
        collector.requests();
        collector.applied();
        collector.finish()
    }

    /// The changes of a source, by node.
    pub(super) fn of_source(&self, source: DeliverySource) -> &[Timed] {
        &self.by_source[source as usize]
    }

    /// The number of commits behind them.
    pub(super) fn commits_of(&self, source: DeliverySource) -> usize {
        self.commits[source as usize]
    }
}

struct Collector<'a> {
    analysis: &'a Analysis<'a>,
    scan: &'a Scan,
    from: Timestamp,
    /// Copies of other commits.
    copies: Vec<CommitId>,
    /// By position in the graph, the merge on the trunk that brought the commit.
    brought_by: Vec<Option<usize>>,
    /// The commits that each merge on the trunk brought, without merges.
    branches: BTreeMap<usize, Vec<CommitIdx>>,
    /// Merges on the trunk whose branch reaches out of the window.
    cut: Vec<usize>,
    /// The first source of each commit.
    first: Vec<Option<DeliverySource>>,
    by_source: [Vec<Timed>; 4],
    commits: [usize; 4],
    excluded: DeliveryExcluded,
}

impl<'a> Collector<'a> {
    fn new(analysis: &'a Analysis<'a>, from: Timestamp) -> Self {
        let scan = analysis.scan;
        let copies = scan.marks.iter().filter(|(_, mark)| matches!(mark, Mark::PickedFrom(_)));
        let mut collector = Self {
            analysis,
            scan,
            from,
            copies: copies.map(|(id, _)| *id).collect(),
            brought_by: vec![None; scan.ancestry.nodes().len()],
            branches: BTreeMap::new(),
            cut: Vec::new(),
            first: vec![None; scan.commits.len()],
            by_source: Default::default(),
            commits: [0; 4],
            excluded: DeliveryExcluded::default(),
        };
        collector.find_branches();
        collector
    }

    /// Gives every commit that is not on the trunk to the first merge on the trunk from which it can be reached.
    fn find_branches(&mut self) {
        let ancestry = &self.scan.ancestry;
        let nodes = ancestry.nodes();
        let mut trunk = Vec::new();
        let mut next = nodes.len().checked_sub(1);
        while let Some(position) = next {
            trunk.push(position);
            next = ancestry.parents(position).first().map(|parent| *parent as usize);
        }
        let mut is_known = vec![false; nodes.len()];
        for position in &trunk {
            is_known[*position] = true;
        }
        for merge in trunk.into_iter().rev().filter(|position| ancestry.parents(*position).len() > 1) {
            let mut pending: Vec<usize> =
                ancestry.parents(merge)[1..].iter().map(|parent| *parent as usize).collect();
            let (mut commits, mut is_cut) = (Vec::new(), false);
            while let Some(position) = pending.pop() {
                if std::mem::replace(&mut is_known[position], true) {
                    continue;
                }
                self.brought_by[position] = Some(merge);
                match nodes[position] {
                    Node::Commit(commit) if !self.scan.commit(commit).is_merge() => commits.push(commit),
                    Node::Commit(_) | Node::Merge(_) => {}
                    Node::Outside => is_cut = true,
                }
                pending.extend(ancestry.parents(position).iter().map(|parent| *parent as usize));
            }
            commits.sort_unstable();
            if is_cut {
                self.cut.push(merge);
            }
            self.branches.insert(merge, commits);
        }
    }

    fn is_inside(&self, time: Timestamp) -> bool {
        self.from <= time && time <= self.scan.as_of
    }

    fn is_robot(&self, commit: CommitIdx) -> bool {
        self.scan.bots.binary_search(&self.scan.commit(commit).author).is_ok()
    }

    fn is_copy(&self, commit: CommitIdx) -> bool {
        self.copies.binary_search(&self.scan.commit(commit).id).is_ok()
    }

    /// Time of a node, and whether it merges a main branch back; `None` outside the window.
    fn merged(&self, node: usize) -> Option<(Timestamp, bool)> {
        match self.scan.ancestry.nodes()[node] {
            Node::Commit(commit) => {
                let commit = self.scan.commit(commit);
                Some((commit.time, commit.wording.is_back_merge))
            }
            Node::Merge(position) => {
                let facts = self.scan.merge_facts.get(position as usize)?;
                Some((facts.time, facts.is_back_merge))
            }
            Node::Outside => None,
        }
    }

    /// Adds a change; without any file in the scanned part, it is none.
    fn add(&mut self, source: DeliverySource, node: usize, seconds: i64, commits: &[CommitIdx]) {
        let mut files: Vec<usize> = Vec::new();
        for commit in commits {
            let changes = &self.scan.changes[self.scan.changes_of(*commit)];
            files.extend(changes.iter().map(|change| change.file.get()));
        }
        files.sort_unstable();
        files.dedup();
        if files.is_empty() {
            return;
        }
        let mut areas: Vec<usize> = files.iter().map(|file| self.analysis.areas.area_of[*file]).collect();
        areas.sort_unstable();
        areas.dedup();
        let files = debtscan_model::to_u32(files.len());
        self.by_source[source as usize].push(Timed { node, seconds, files, areas });
        self.commits[source as usize] += commits.len();
        for commit in commits {
            let first = &mut self.first[commit.get()];
            *first = Some(first.map_or(source, |known| known.min(source)));
        }
    }

    /// From the recorded beginning of an incident to its last fix.
    fn tickets(&mut self) {
        let analysis = self.analysis;
        for attributed in &analysis.attribution.incidents {
            let incident = &analysis.incidents().list[attributed.incident];
            let (Some(opened), Placement::Attributed { commits, .. }) =
                (incident.opened, &attributed.placement)
            else {
                continue;
            };
            let Some(last) = commits.iter().map(|commit| self.scan.commit(*commit).time).max() else {
                continue;
            };
            if !self.is_inside(last) {
                continue;
            }
            if last < opened {
                self.excluded.broken_dates += 1;
                continue;
            }
            self.add(DeliverySource::Ticket, 0, last.0 - opened.0, commits);
        }
    }

    /// From the first commit of a branch to its merge.
    fn branches(&mut self) {
        for (merge, commits) in std::mem::take(&mut self.branches) {
            let Some((time, is_back_merge)) = self.merged(merge) else { continue };
            if self.is_inside(time) {
                self.branch(merge, time, is_back_merge, &commits);
            }
            self.branches.insert(merge, commits);
        }
    }

    fn branch(&mut self, merge: usize, time: Timestamp, is_back_merge: bool, commits: &[CommitIdx]) {
        if is_back_merge {
            self.excluded.back_merges += 1;
        } else if self.cut.binary_search(&merge).is_ok() {
            self.excluded.cut_branches += 1;
        } else if commits.len() > MOST_COMMITS {
            self.excluded.long_branches += 1;
        } else if !commits.is_empty() && commits.iter().all(|commit| self.is_robot(*commit)) {
            self.excluded.robots += 1;
        } else {
            let written = commits.iter().filter(|commit| !self.is_copy(**commit));
            let Some(first) = written.map(|commit| self.scan.commit(*commit).authored).min() else {
                self.excluded.copies += u64::from(!commits.is_empty());
                return;
            };
            match elapsed(first, time) {
                Some(seconds) => self.add(DeliverySource::Branch, merge, seconds, commits),
                None => self.excluded.broken_dates += 1,
            }
        }
    }

    /// From the opening of a pull request to its merge, at least.
    fn requests(&mut self) {
        let scan = self.scan;
        let mut node_of: FxHashMap<CommitId, usize> = FxHashMap::default();
        for (position, node) in scan.ancestry.nodes().iter().enumerate() {
            match node {
                Node::Commit(commit) => node_of.insert(scan.commit(*commit).id, position),
                Node::Merge(merge) => node_of.insert(scan.merges[*merge as usize], position),
                Node::Outside => None,
            };
        }
        // The own number of a backport follows that of the original, and is larger.
        let mut numbers: BTreeMap<usize, u64> = BTreeMap::new();
        for (id, mark) in &scan.marks {
            if let (Mark::PullRequest(number), Some(node)) = (mark, node_of.get(id)) {
                let known = numbers.entry(*node).or_default();
                *known = (*known).max(*number);
            }
        }
        // A number may come back in a revert or a second commit; the first merge counts.
        let mut first: BTreeMap<u64, (Timestamp, usize)> = BTreeMap::new();
        for (node, number) in numbers {
            let Some((time, _)) = self.merged(node) else { continue };
            let known = first.entry(number).or_insert((time, node));
            *known = (*known).min((time, node));
        }
        let merged = first.iter().map(|(number, (time, _))| Merged { number: *number, time: *time });
        let clock = RequestClock::of(merged.collect());
        let inside = |node: &usize| self.merged(*node).is_some_and(|(time, _)| self.is_inside(time));
        let is_odd = |number: &u64| clock.odd.binary_search(number).is_ok();
        self.excluded.odd_numbers =
            first.iter().filter(|(number, (_, node))| is_odd(number) && inside(node)).count() as u64;
        for (number, (time, node)) in first {
            if !self.is_inside(time) {
                continue;
            }
            let commits = match scan.ancestry.nodes()[node] {
                Node::Commit(commit) if !scan.commit(commit).is_merge() => vec![commit],
                _ => self.branches.get(&node).cloned().unwrap_or_default(),
            };
            if commits.is_empty() {
                self.excluded.empty_merges += 1;
                continue;
            }
            if commits.iter().all(|commit| self.is_robot(*commit)) {
                self.excluded.robots += u64::from(!self.branches.contains_key(&node));
                continue;
            }
            if let Some(seconds) = clock.seconds(Merged { number, time }) {
                self.add(DeliverySource::Request, node, seconds, &commits);
            }
        }
        self.by_source[DeliverySource::Request as usize].sort_by_key(|change| change.node);
    }

    /// From writing a patch to another person applying it.
    fn applied(&mut self) {
        let nodes = self.scan.ancestry.nodes();
        for (node, commit) in nodes.iter().enumerate().filter_map(|(position, node)| match node {
            Node::Commit(commit) => Some((position, *commit)),
            _ => None,
        }) {
            let it = self.scan.commit(commit);
            if it.is_merge()
                || it.applied_by != AppliedBy::Other
                || !self.is_inside(it.time)
                || self.is_robot(commit)
            {
                continue;
            }
            if self.is_copy(commit) {
                self.excluded.copies += 1;
                continue;
            }
            match elapsed(it.authored, it.time) {
                Some(seconds) => self.add(DeliverySource::Applied, node, seconds, &[commit]),
                None => self.excluded.broken_dates += 1,
            }
        }
    }

    fn finish(self) -> DeliveryFlow {
        let is_of_people = |index: &usize| {
            let commit = &self.scan.commits[*index];
            self.is_inside(commit.time) && !commit.is_merge() && !self.is_robot(CommitIdx::new(*index))
        };
        let indices = (0..self.scan.commits.len()).filter(is_of_people);
        let first_source = indices.map(|index| self.first[index]).collect();
        DeliveryFlow {
            by_source: self.by_source,
            commits: self.commits,
            first_source,
            excluded: self.excluded,
        }
    }
}

/// Seconds between two times, 0 if clocks differ by less than a day; `None` if the first is missing or later.
fn elapsed(written: Timestamp, applied: Timestamp) -> Option<i64> {
    let is_broken = written.0 <= 0 || written.0 > applied.0.saturating_add(SECONDS_PER_DAY);
    (!is_broken).then(|| (applied.0 - written.0).max(0))
}
