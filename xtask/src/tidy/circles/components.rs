//! The circles of a directed graph.

use std::collections::{BTreeMap, BTreeSet};

/// Groups of two or more nodes that reach each other, each sorted, in order of their first node.
pub(super) fn circles<'a>(edges: &[(&'a str, &'a str)]) -> Vec<Vec<&'a str>> {
    let mut forward: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut backward: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in edges {
        forward.entry(from).or_default().push(to);
        backward.entry(to).or_default().push(from);
    }
    let mut assigned: BTreeSet<&str> = BTreeSet::new();
    let mut circles = Vec::new();
    for node in forward.keys() {
        if assigned.contains(node) {
            continue;
        }
        let after = reachable(node, &forward);
        let before = reachable(node, &backward);
        // What a node reaches and what reaches it are together its circle. Tarjan's algorithm needs
        // one pass instead of two for each node, but the largest crate has about a hundred modules.
        let circle: Vec<&str> = after.intersection(&before).copied().collect();
        assigned.extend(&circle);
        if circle.len() > 1 {
            circles.push(circle);
        }
    }
    circles
}

/// A node and all nodes that its edges lead to.
fn reachable<'a>(start: &'a str, edges: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::from([start]);
    let mut pending = vec![start];
    while let Some(node) = pending.pop() {
        for next in edges.get(node).into_iter().flatten() {
            if reached.insert(next) {
                pending.push(next);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn only_nodes_that_reach_each_other_are_in_a_circle() {
        assert!(circles(&[("a", "b"), ("b", "c"), ("a", "c")]).is_empty());
        let edges = [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("x", "y"), ("y", "z"), ("z", "x")];
        assert_eq!(circles(&edges), [vec!["b", "c"], vec!["x", "y", "z"]]);
    }
}
