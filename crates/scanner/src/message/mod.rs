//! What a commit message says of its commit.

pub(crate) mod co_authors;
pub(crate) mod mark;
pub(crate) mod ticket;
