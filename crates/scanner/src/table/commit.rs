//! A decoded commit, with the facts of its message.

use bstr::BString;
use debtscan_model::{Author, Mark, Timestamp};

use crate::message::facts::MessageFacts;
use debtscan_git::id::ObjectId;

/// A decoded commit object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecodedCommit {
    pub(crate) tree: ObjectId,
    /// All parents that the object names.
    pub(crate) parents: Vec<ObjectId>,
    pub(crate) time: Timestamp,
    /// The author time.
    pub(crate) authored: Timestamp,
    /// As recorded.
    pub(crate) author: Author,
    /// The people credited in the message, in its order, as recorded.
    pub(crate) co_authors: Vec<Author>,
    pub(crate) summary: BString,
    pub(crate) ticket_ids: Vec<String>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) facts: MessageFacts,
}

impl DecodedCommit {
    /// Removes the people and the summary, which may name people too.
    pub(crate) fn forget_people(&mut self) {
        self.author = Author { name: BString::default(), email: BString::default() };
        self.co_authors.clear();
        // Ticket ids and marks stay: they name no one.
        self.summary.clear();
    }
}
