//! Facts that commit messages state: co-authors, marks and ticket ids.

pub(crate) mod co_authors;
pub(crate) mod mark;
pub(crate) mod ticket;
