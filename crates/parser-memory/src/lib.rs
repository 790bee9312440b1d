//! The memory that tree-sitter asks for, counted per thread and compared with a budget.
//!
//! A few kilobytes of repeated tokens make the parser ask for gigabytes. Its progress callback can stop it,
//! but knows nothing of memory, so this crate gives tree-sitter an allocator that counts the bytes that it asks for. The
//! sizes asked for are the same on every 64-bit machine, and so is the answer of [`Meter::is_exceeded`].
//!
//! This is the only crate of the workspace with unsafe code. tree-sitter takes its allocator through an unsafe
//! function, and no safe interface shows what the C code allocates.

#![deny(clippy::disallowed_methods)]

mod allocator;
mod usage;

pub use allocator::counted_parser;
pub use usage::{Meter, ParserBudget};
