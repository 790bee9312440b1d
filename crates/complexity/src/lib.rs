//! (language, bytes) -> [`FileComplexity`](debtscan_model::FileComplexity).
#![deny(clippy::disallowed_methods)]
use debtscan_model::{ComplexityMeasure, FileComplexity, Language};

/// Measures one file.
pub fn measure(language: Option<Language>, content: &[u8]) -> FileComplexity {
    let _ = language;
    FileComplexity {
        measure: ComplexityMeasure::Indentation,
        lines: u32::try_from(content.split(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX),
        sloc: 0,
        indentation: 0,
        max_indentation: 0,
        functions: Vec::new(),
        top_level_cyclomatic: 0,
        top_level_cognitive: 0,
        had_syntax_errors: false,
    }
}
