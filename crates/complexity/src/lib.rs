//! How complex is one file: (language, bytes) -> [`FileComplexity`](debtscan_model::FileComplexity).
//!
//! Takes a language by its linguist name and the content of a file. Gives cyclomatic and cognitive
//! complexity, nesting, size and parameters per function where there is a grammar, and lines and
//! indentation for every file. Will never read a file, know git, start a thread, look at a clock,
//! or refuse an input: broken code is measured and marked, and code beyond the limits is measured
//! by indentation.
//!
//! - [`Measurer`]: measures file after file; owns the parsers
//! - [`Limits`], [`Limit`]: what bounds the work, and which bound was hit
//! - [`Measurer::markers`]: the comments that admit debt
//! - [`grammars`], [`has_grammar`]: the languages that are parsed
//! - [`imports()`], [`has_imports`]: what a file imports, read from its text
//! - [`RULES`]: the version of the rules, for those who keep results
//!
//! What each construct counts is published in `docs/complexity.md`.
//!
//! ```
//! use debtscan_complexity::{Limits, Measurer};
//! use debtscan_model::Language;
//!
//! let code = b"fn sign(x: i32) -> i32 {\n    if x < 0 { -1 } else { 1 }\n}\n";
//! let measured = Measurer::new().measure(Some(Language("Rust")), code, &Limits::default());
//!
//! let sign = &measured.complexity.functions[0];
//! assert_eq!((sign.name.as_str(), sign.cyclomatic, sign.cognitive), ("sign", 2, 2));
//! assert_eq!(measured.limited, None);
//! ```
#![deny(clippy::disallowed_methods)]

mod calls;
mod code_lines;
mod function;
mod grammar;
mod imports;
mod indentation;
mod languages;
mod markers;
mod measurer;
mod mend;
mod names;
mod role;
mod walk;

pub use imports::{has_imports, imports};
pub use languages::{grammars, has_grammar};
pub use markers::{Marker, Markers, may_have_markers};
pub use measurer::{Limit, Limits, Measurement, Measurer};

/// Version of the rules: raised whenever equal content of a language gives other figures than before,
/// by a table, a grammar, the walk or a limit. What was kept under another version is not used again.
pub const RULES: u32 = 3;
