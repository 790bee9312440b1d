//! Files -> complexity and markers, parsed in processes of their own.
//!
//! The grammars are C code that reads bytes of strangers: a file of some kilobytes can make it overflow its stack,
//! ask for gigabytes or take minutes. So each thread that parses has a worker, which is the program itself, started
//! again: sources go in and results come out over pipes. A worker may use memory and processor time in proportion to
//! the file, and on Linux it can open nothing. Whatever ends it costs one file, which is named and measured by
//! indentation. Knows nothing of repositories.
//!
//! - [`Parsers`]: where to parse; [`Parsers::parser`] gives one parser per thread
//! - [`is_worker`] and [`serve()`]: the other end, at the start of the program

mod budget;
mod parser;
#[cfg(target_os = "linux")]
mod sandbox;
mod serve;
mod wire;

pub use parser::{FileParser, Parsers};
pub use serve::{is_worker, serve};
