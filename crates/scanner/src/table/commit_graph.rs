//! All commits of a scan, and their parents.

use bstr::BString;
use debtscan_model::{Author, Mark, Skipped, Timestamp, to_u32};

use crate::message::facts::MessageFacts;
use crate::options::Walk;
use crate::table::known::CachedCommit;
use debtscan_git::id::ObjectId;

/// A commit with everything that a scan needs.
#[derive(Debug, Clone)]
pub(crate) struct RawCommit {
    pub(crate) id: ObjectId,
    /// Its number in the store, if it is cached.
    pub(crate) known: Option<CachedCommit>,
    pub(crate) tree: ObjectId,
    /// All parents that the object names.
    pub(crate) parents: Vec<ObjectId>,
    /// How many of them were followed, from the first on; 0 at a shallow boundary.
    pub(crate) n_followed: usize,
    pub(crate) time: Timestamp,
    pub(crate) authored: Timestamp,
    /// Position of the author in the table of signatures.
    pub(crate) signature: u32,
    /// Positions of the co-authors, in the order of the message.
    pub(crate) co_signatures: Vec<u32>,
    pub(crate) summary: BString,
    pub(crate) ticket_ids: Vec<String>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) facts: MessageFacts,
}

impl CommitGraph {
    /// Number of commits that each signature wrote or is credited in, in the order of `signatures`.
    pub(crate) fn commits_per_signature(&self) -> Vec<u64> {
        let mut commits = vec![0; self.signatures.len()];
        for commit in &self.commits {
            // Credits count like commits, because squash merges leave all authors but one to them.
            for signature in std::iter::once(&commit.signature).chain(&commit.co_signatures) {
                commits[*signature as usize] += 1;
            }
        }
        commits
    }
}

impl RawCommit {
    /// True if it counts as a commit even without changes: all commits except merges, unless only first
    /// parents are followed.
    pub(crate) fn is_counted(&self, walk: Walk) -> bool {
        // All parents, not only the followed ones: at a shallow boundary, a merge is still a merge.
        self.parents.len() < 2 || walk == Walk::FirstParent
    }
}

/// All commits reachable from the scanned one through followed parents.
pub(crate) struct CommitGraph {
    /// Parents before children; among available commits, the one with the smallest (time, id) first.
    pub(crate) commits: Vec<RawCommit>,
    /// By commit, the positions of its followed and readable parents.
    pub(crate) parents: Edges,
    /// Names and e-mail addresses of authors and co-authors as recorded, in the order of the walk.
    pub(crate) signatures: Vec<Author>,
    /// Number of commits that are not cached.
    pub(crate) n_unknown: usize,
    /// Commits that could not be read.
    pub(crate) skipped: Vec<Skipped>,
}

/// Lists of positions, one per commit, stored back to back.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edges {
    all: Vec<u32>,
    ends: Vec<u32>,
}

impl Edges {
    pub(crate) fn push(&mut self, positions: impl Iterator<Item = u32>) {
        self.all.extend(positions);
        self.ends.push(to_u32(self.all.len()));
    }

    /// The same edges in reverse, each list in ascending order.
    pub(crate) fn reversed(&self) -> Self {
        let mut ends = vec![0_u32; self.ends.len()];
        for to in &self.all {
            ends[*to as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        // A counting sort: two passes over the edges and no list per commit.
        let mut next: Vec<u32> = std::iter::once(0).chain(ends.iter().copied()).collect();
        let mut all = vec![0_u32; self.all.len()];
        for from in 0..self.ends.len() {
            for to in self.of(from) {
                let place = &mut next[*to as usize];
                all[*place as usize] = to_u32(from);
                *place += 1;
            }
        }
        Self { all, ends }
    }

    /// The list of one commit.
    pub(crate) fn of(&self, position: usize) -> &[u32] {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[position] as usize]
    }
}
