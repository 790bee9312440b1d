//! The complexity of a file of the scanned tree.

use std::fmt;

/// A language, by its name in GitHub's linguist (`"Rust"`, `"C++"`, `"TSX"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
// A static name, because the set of languages is fixed when the binary is built, and every file has
// one.
pub struct Language(pub &'static str);

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How a file was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComplexityMeasure {
    /// By a grammar: every figure is available.
    SyntaxTree,
    /// Without a grammar: `functions` is empty, and only lines and indentation are known.
    Indentation,
}

/// The complexity of one function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionComplexity {
    /// Its name with enclosing types (`Parser::parse`), or `<anonymous>`; lossy UTF-8.
    pub name: String,
    /// First line, counted from 1.
    pub first_line: u32,
    /// Last line, inclusive; at least `first_line`.
    pub last_line: u32,
    /// Number of its lines with code, not only comments or blanks; at least 1.
    pub sloc: u32,
    /// McCabe's cyclomatic complexity (McCabe 1976): decisions + 1.
    pub cyclomatic: u32,
    /// Cognitive complexity (Campbell, `SonarSource` 2018); 0 for straight code.
    pub cognitive: u32,
    /// Deepest nesting of control structures; 0 for straight code.
    pub max_nesting: u32,
    /// Number of declared parameters.
    pub parameters: u32,
}

/// The complexity of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileComplexity {
    /// How it was measured.
    pub measure: ComplexityMeasure,
    /// Number of lines. A last line without a newline counts.
    pub lines: u32,
    /// Number of lines with code: not blank and, in a parsed file, not only comments.
    pub sloc: u32,
    /// Sum over non-blank lines of their indentation level (Hindle, Godfrey & Holt 2008): leading
    /// white space divided by the file's own indentation unit. Comparable across languages.
    pub indentation: u64,
    /// Deepest indentation level.
    pub max_indentation: u32,
    /// The functions, in order of their first byte. Nested functions have entries of their own.
    pub functions: Vec<FunctionComplexity>,
    /// Cyclomatic complexity outside all functions; 0 if there are no decisions or the file was not parsed.
    pub top_level_cyclomatic: u32,
    /// Cognitive complexity outside all functions; 0 if there is none or the file was not parsed.
    pub top_level_cognitive: u32,
    /// True if the parser had to repair the text, so that the figures are approximate.
    pub had_syntax_errors: bool,
    /// Lines with code that did not parse; 0 for a file without syntax errors or without a grammar.
    pub unparsed_lines: u32,
}

impl FileComplexity {
    /// Sum of the cyclomatic complexity inside and outside functions; 0 if not parsed.
    pub fn cyclomatic(&self) -> u64 {
        // The sum is wider than the parts: it must not overflow for a generated file with many
        // functions.
        self.functions.iter().map(|function| u64::from(function.cyclomatic)).sum::<u64>()
            + u64::from(self.top_level_cyclomatic)
    }

    /// Sum of the cognitive complexity inside and outside functions; 0 if not parsed.
    pub fn cognitive(&self) -> u64 {
        self.functions.iter().map(|function| u64::from(function.cognitive)).sum::<u64>()
            + u64::from(self.top_level_cognitive)
    }

    /// Deepest nesting of control structures in any function; 0 without functions.
    pub fn max_nesting(&self) -> u32 {
        self.functions.iter().map(|function| function.max_nesting).max().unwrap_or(0)
    }
}
