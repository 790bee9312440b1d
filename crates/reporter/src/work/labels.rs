//! Labelled changes of public projects, which the classifier's errors are known from.
//!
//! The 50 lowest commit ids since 2015 of each project that are no merge and not by a program, labelled from message
//! and diff: `fixtures/work/`, with the rules and who labelled them. docs/allocation.md has the same table in words.

/// The kinds that a person does: new, repair, better, and none of these.
pub(super) const KINDS: usize = 4;

/// Labelled changes: true kind by kind seen.
pub(super) type Counts = [[u32; KINDS]; KINDS];

/// By project: true kind (new, repair, better, none of these) by kind seen, in the same order.
pub(super) const PUBLIC: [(&str, Counts); 5] = [
    ("curl/curl", [[1, 0, 0, 0], [1, 7, 4, 4], [2, 1, 25, 0], [0, 0, 1, 3]]),
    ("apache/kafka", [[4, 0, 0, 3], [0, 12, 5, 2], [0, 0, 23, 0], [0, 0, 1, 0]]),
    ("BurntSushi/ripgrep", [[7, 0, 0, 1], [0, 9, 1, 0], [0, 2, 22, 1], [0, 0, 1, 6]]),
    ("git/git", [[6, 1, 0, 0], [2, 5, 2, 1], [3, 0, 24, 4], [0, 0, 1, 1]]),
    ("redis/redis", [[5, 0, 0, 6], [1, 10, 5, 3], [0, 2, 15, 3], [0, 0, 0, 0]]),
];
