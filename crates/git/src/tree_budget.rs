//! How much one listing or comparison of trees may cost, in proportion to the trees that it reads.
//!
//! A tree object can stand in many folders, so a dozen of them can stand for billions of paths. Real trees hold
//! nearly every subtree once: their paths take about twice as many bytes as the trees that name them.

use gix::ObjectId;
use rustc_hash::FxHashSet;

use crate::objects::Unreadable;

/// Allowed whatever is read: about 25,000 paths.
const BASE: u64 = 2 << 20;
/// Allowed for each byte of a tree, the first time that it is read.
const PER_TREE_BYTE: u64 = 32;
/// Cost of a path besides its length: what a change takes in memory.
const PER_PATH: u64 = 64;
/// Bytes of trees that cost as much as one byte of a path. Comparing is much cheaper than keeping.
const WALKED_BYTES: u64 = 16;

/// What is left of the budget of one comparison. Once exceeded, it stays exceeded.
#[derive(Debug)]
pub(crate) struct TreeBudget {
    spent: u64,
    allowed: u64,
    seen: FxHashSet<ObjectId>,
}

impl TreeBudget {
    pub(crate) fn new() -> Self {
        Self { spent: 0, allowed: BASE, seen: FxHashSet::default() }
    }

    /// Accounts for walking through a tree of this size.
    pub(crate) fn walk(&mut self, tree: ObjectId, bytes: usize) -> Result<(), Unreadable> {
        if self.seen.insert(tree) {
            self.allowed += PER_TREE_BYTE * bytes as u64;
        }
        self.spend(bytes as u64 / WALKED_BYTES)
    }

    /// Accounts for a path of this length. Call it before the path is allocated: a deep folder makes each of
    /// its paths long.
    pub(crate) fn path(&mut self, folder: usize, name: usize) -> Result<(), Unreadable> {
        self.spend(PER_PATH + folder as u64 + name as u64)
    }

    /// Whether it has held so far.
    pub(crate) fn check(&self) -> Result<(), Unreadable> {
        if self.spent <= self.allowed { Ok(()) } else { Err(Unreadable::TooLarge) }
    }

    fn spend(&mut self, cost: u64) -> Result<(), Unreadable> {
        self.spent = self.spent.saturating_add(cost);
        self.check()
    }
}

#[cfg(test)]
mod tests {
    use super::{BASE, TreeBudget};
    use gix::ObjectId;

    #[test]
    fn a_tree_pays_for_its_own_paths_once() {
        let tree = ObjectId::from_bytes_or_panic(&[7; 20]);
        let mut budget = TreeBudget::new();
        // A real folder: 100,000 entries of 40 bytes, with paths of 60 bytes.
        budget.walk(tree, 4_000_000).expect("it is read once");
        for _ in 0..100_000 {
            budget.path(40, 20).expect("as many paths as the tree has entries");
        }
        // The same tree in nine more folders, then in ever more.
        let mut folders = 1;
        while budget.walk(tree, 4_000_000).is_ok() && (0..100_000).all(|_| budget.path(40, 20).is_ok()) {
            folders += 1;
        }
        // 2 MiB + 32 x 4 MB = 130.1 MB; a folder costs 100,000 x 124 + 250,000 = 12.65 MB.
        assert_eq!(folders, 10);
        assert!(budget.check().is_err(), "it stays exceeded");
    }

    #[test]
    fn small_trees_have_the_base() {
        let mut budget = TreeBudget::new();
        let paths = (0..1_u32 << 20).take_while(|_| budget.path(10, 10).is_ok()).count();
        assert_eq!(paths as u64, BASE / 84);
    }
}
