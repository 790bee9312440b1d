//! A commit as it was decoded, with what its message says.

use bstr::BString;
use debtscan_model::{Author, Mark, Timestamp};

use debtscan_git::id::ObjectId;

/// A commit object, as far as a scan needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecodedCommit {
    pub(crate) tree: ObjectId,
    /// All parents that the object names.
    pub(crate) parents: Vec<ObjectId>,
    pub(crate) time: Timestamp,
    /// The time of the author's signature.
    pub(crate) authored: Timestamp,
    /// As recorded.
    pub(crate) author: Author,
    /// Whom the message credits, in its order, as recorded.
    pub(crate) co_authors: Vec<Author>,
    pub(crate) summary: BString,
    pub(crate) ticket_ids: Vec<String>,
    pub(crate) marks: Vec<Mark>,
}

impl DecodedCommit {
    /// Leaves out who made it and what was written about it, where people are named too.
    pub(crate) fn forget_people(&mut self) {
        self.author = Author { name: BString::default(), email: BString::default() };
        self.co_authors.clear();
        self.summary.clear();
    }
}
