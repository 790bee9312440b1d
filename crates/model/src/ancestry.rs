//! The commit graph, and what commits state about each other.

use crate::count::to_u32;
use std::collections::BinaryHeap;

use crate::CommitIdx;

/// What a commit message states about its commit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It contains the pull or merge request of this number, as a squash or as the merge of its branch.
    PullRequest(u64),
    /// It reverts the commit with this id: 7 to 64 hexadecimal digits, lower case.
    Reverts(String),
    /// It is a cherry-pick of the commit with this id, in the same format.
    PickedFrom(String),
}

/// The entry of the scan that a commit of the graph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// One of [`Scan::commits`](crate::Scan::commits).
    Commit(CommitIdx),
    /// The entry of [`Scan::merges`](crate::Scan::merges) at this position.
    Merge(u32),
    /// A commit outside the window.
    Outside,
}

/// The graph of all commits reachable from the scanned one through followed parents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ancestry {
    nodes: Vec<Node>,
    // One flat list instead of a list per node: a history can have a hundred thousand nodes, nearly
    // all with one or two parents.
    /// End of each node's parents in `parents`.
    ends: Vec<u32>,
    parents: Vec<u32>,
}

impl Ancestry {
    /// Adds a commit after all of its parents, which are given as positions in the order of adding.
    pub fn push(&mut self, node: Node, parents: impl IntoIterator<Item = u32>) {
        self.nodes.push(node);
        self.parents.extend(parents);
        self.ends.push(to_u32(self.parents.len()));
    }

    /// The commits, parents before children.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The parents of the commit at a position, in their order in the commit.
    pub fn parents(&self, position: usize) -> &[u32] {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.parents[start as usize..self.ends[position] as usize]
    }

    /// The commits that the merge at a position brought in: those reachable from its other parents and not
    /// from its first. Shape: positions, ascending; empty for a commit with at most one parent.
    ///
    /// The work is proportional to the part of history between the merge and its fork.
    pub fn branch_of(&self, position: usize) -> Vec<usize> {
        let [first, others @ ..] = self.parents(position) else { return Vec::new() };
        // Largest position first, so that all children of a commit are seen before it.
        // A commit can be pending more than once, with different sides. They come off the heap
        // together, because the position is compared first.
        let mut pending: BinaryHeap<(u32, ReachedFrom)> =
            others.iter().map(|parent| (*parent, ReachedFrom::Branch)).collect();
        let mut n_branch = pending.len();
        pending.push((*first, ReachedFrom::Trunk));
        let mut branch = Vec::new();
        while n_branch > 0 {
            let (current, mut side) = pending.pop().expect("some are of the branch");
            n_branch -= usize::from(side == ReachedFrom::Branch);
            while let Some((_, other)) = pending.peek().filter(|(next, _)| *next == current).copied() {
                pending.pop();
                n_branch -= usize::from(other == ReachedFrom::Branch);
                side = side.max(other);
            }
            if side == ReachedFrom::Branch {
                branch.push(current as usize);
            }
            // Parents of the trunk are followed too, because the branch may have merged the trunk
            // before. The loop ends once only the trunk is pending, usually soon after the fork.
            for parent in self.parents(current as usize) {
                pending.push((*parent, side));
                n_branch += usize::from(side == ReachedFrom::Branch);
            }
        }
        // Taken off the heap in descending order.
        branch.reverse();
        branch
    }
}

/// Where a commit was reached from; the trunk wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ReachedFrom {
    Branch,
    Trunk,
}

#[cfg(test)]
mod tests {
    use super::{Ancestry, Node};

    /// Parents of commit 0, 1, ...
    fn graph(parents: &[&[u32]]) -> Ancestry {
        let mut graph = Ancestry::default();
        for parents in parents {
            graph.push(Node::Outside, parents.iter().copied());
        }
        graph
    }

    #[test]
    fn a_merge_brought_what_its_first_parent_had_not() {
        // 0 - 1 - 3 - 5(merge of 3 and 4), 0 - 2 - 4
        let graph = graph(&[&[], &[0], &[0], &[1], &[2], &[3, 4]]);
        assert_eq!(graph.branch_of(5), [2, 4]);
        assert_eq!([graph.branch_of(4), graph.branch_of(0)], [vec![], vec![]]);
    }

    #[test]
    fn what_came_from_the_trunk_into_the_branch_is_not_of_the_branch() {
        // The branch 1 - 3(merge of 1 and the trunk's 2) - 4 is merged by 5 into 2.
        let graph = graph(&[&[], &[0], &[0], &[1, 2], &[3], &[2, 4]]);
        assert_eq!(graph.branch_of(5), [1, 3, 4]);
        // An octopus merge brings in all of its branches, and an unrelated branch with a root of its own
        // completely.
        let octopus = self::graph(&[&[], &[0], &[0], &[], &[0, 1, 2, 3]]);
        assert_eq!(octopus.branch_of(4), [1, 2, 3]);
    }
}
