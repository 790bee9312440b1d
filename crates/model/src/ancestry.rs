//! Who descends from whom, and what commits say of each other.

use std::collections::BinaryHeap;

use crate::CommitIdx;

/// What a commit's message says that the commit is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It brought the pull or merge request of this number: a squash, or the merge of its branch.
    PullRequest(u64),
    /// It takes back the commit of this id: 7 to 64 hexadecimal digits, lower case.
    Reverts(String),
    /// It is a copy of the commit of this id, on another branch: as above.
    PickedFrom(String),
}

/// Which entry of the scan a commit of the graph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// One of [`Scan::commits`](crate::Scan::commits).
    Commit(CommitIdx),
    /// The entry of [`Scan::merges`](crate::Scan::merges) at this position.
    Merge(u32),
    /// A commit outside the window.
    Outside,
}

/// The graph of all commits reachable from the scanned one, by the parents that were followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ancestry {
    nodes: Vec<Node>,
    /// Where the parents of each node end in `parents`.
    ends: Vec<u32>,
    parents: Vec<u32>,
}

impl Ancestry {
    /// Adds a commit after all of its parents, given as positions in the order of adding.
    pub fn push(&mut self, node: Node, parents: impl IntoIterator<Item = u32>) {
        self.nodes.push(node);
        self.parents.extend(parents);
        self.ends.push(u32::try_from(self.parents.len()).expect("fewer than 2^32 edges"));
    }

    /// The commits, parents before children.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The parents of the commit at a position, in the order in which it names them.
    pub fn parents(&self, position: usize) -> &[u32] {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.parents[start as usize..self.ends[position] as usize]
    }

    /// What the merge at a position brought: the commits reachable from its other parents and not
    /// from its first. Shape: positions, ascending; empty for a commit of at most one parent.
    ///
    /// Work in proportion to the part of history between the merge and its fork.
    pub fn branch_of(&self, position: usize) -> Vec<usize> {
        let [first, others @ ..] = self.parents(position) else { return Vec::new() };
        // Largest position first: all children of a commit are seen before it.
        let mut pending: BinaryHeap<(u32, Side)> =
            others.iter().map(|parent| (*parent, Side::Branch)).collect();
        let mut n_branch = pending.len();
        pending.push((*first, Side::Trunk));
        let mut branch = Vec::new();
        while n_branch > 0 {
            let (current, mut side) = pending.pop().expect("some are of the branch");
            n_branch -= usize::from(side == Side::Branch);
            while let Some((_, other)) = pending.peek().filter(|(next, _)| *next == current).copied() {
                pending.pop();
                n_branch -= usize::from(other == Side::Branch);
                side = side.max(other);
            }
            if side == Side::Branch {
                branch.push(current as usize);
            }
            for parent in self.parents(current as usize) {
                pending.push((*parent, side));
                n_branch += usize::from(side == Side::Branch);
            }
        }
        branch.reverse();
        branch
    }
}

/// From where a commit was reached; the trunk wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
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
        // An octopus brings all its branches, and an old branch with a root of its own all of it.
        let octopus = self::graph(&[&[], &[0], &[0], &[], &[0, 1, 2, 3]]);
        assert_eq!(octopus.branch_of(4), [1, 2, 3]);
    }
}
