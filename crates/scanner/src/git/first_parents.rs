//! The line of first parents.

use debtscan_model::Timestamp;
use gix::ObjectId;

use super::commit::parse_header;
use super::objects::Objects;
use super::open::Opened;

/// A commit of the line of first parents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineCommit {
    pub(crate) id: ObjectId,
    pub(crate) tree: ObjectId,
    pub(crate) time: Timestamp,
}

/// The scanned commit and its first parents, newest first, to a root or the edge of a shallow clone. It
/// ends early at a commit that cannot be read, which the scan reports.
pub(crate) fn first_parents(opened: &Opened, objects: &mut Objects) -> Vec<LineCommit> {
    let mut line = Vec::new();
    let mut next = Some(opened.revision);
    while let Some(id) = next {
        let Ok(data) = objects.commit(&id) else { break };
        let Some(header) = parse_header(&data, id.kind()) else { break };
        line.push(LineCommit { id, tree: header.tree, time: Timestamp(header.committer_seconds) });
        next = header.parents.first().copied().filter(|_| !opened.shallow.contains(&id));
    }
    line
}
