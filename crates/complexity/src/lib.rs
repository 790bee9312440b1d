//! Measures the complexity of one file: (language, bytes) -> [`FileComplexity`](debtscan_model::FileComplexity).
//!
//! Takes a language by its linguist name and the content of a file. Gives cyclomatic and cognitive
//! complexity, nesting, size and parameters per function if there is a grammar, and lines and
//! indentation for every file. It never reads files, knows git, starts threads, looks at a clock
//! or refuses input: broken code is measured and marked, and code beyond the limits is measured
//! by indentation.
//!
//! - [`Measurer`]: measures files one by one; owns the parser
//! - [`Limits`], [`ExceededLimit`]: the limits on the work, and the limit that was exceeded
//! - [`Measurer::markers`]: the comments that admit debt
//! - [`grammars`], [`has_grammar`]: the languages that are parsed
//! - [`imports()`], [`has_imports`]: the imports of a file, read from its text
//! - [`RULES`]: the version of the rules, for callers that cache results
//!
//! `docs/complexity.md` says what each construct counts.
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
mod names;
mod rewrite;
mod role;
mod walk;

pub use imports::{has_imports, imports};
pub use languages::{grammars, has_grammar};
pub use markers::{Marker, Markers, markers_by_signs, may_have_markers};
pub use measurer::{ExceededLimit, Limits, Measurement, Measurer, unparsed};

/// Version of the rules: raised whenever the same content gives different figures than before, because
/// of a table, a grammar, the walk or a limit. Results cached under another version are not used.
pub const RULES: u32 = 4;
