//! The chain of first parents.

use debtscan_model::Timestamp;
use gix::ObjectId;

use crate::commit::parse_header;
use crate::objects::Objects;
use crate::open::OpenRepository;

/// A commit in the chain of first parents.
#[derive(Debug, Clone, Copy)]
pub struct FirstParent {
    /// The commit.
    pub id: ObjectId,
    /// Its tree.
    pub tree: ObjectId,
    /// Its committer time.
    pub time: Timestamp,
}

/// Returns the scanned commit and its first parents, newest first, up to a root or the boundary of a
/// shallow clone. The chain ends early at an unreadable commit, which the scan reports.
pub fn first_parents(opened: &OpenRepository, objects: &mut Objects) -> Vec<FirstParent> {
    let mut line = Vec::new();
    let mut next = Some(opened.revision);
    while let Some(id) = next {
        let Ok(data) = objects.commit(&id) else { break };
        let Some(header) = parse_header(&data, id.kind()) else { break };
        line.push(FirstParent { id, tree: header.tree, time: Timestamp(header.committer_seconds) });
        next = header.parents.first().copied().filter(|_| !opened.shallow.contains(&id));
    }
    line
}
