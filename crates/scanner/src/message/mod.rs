//! Facts that commit messages state: co-authors, marks, ticket ids and the kind of work.

pub(crate) mod co_authors;
pub(crate) mod facts;
pub(crate) mod mark;
pub(crate) mod ticket;
mod words;
