//! What the tree at the scanned revision says about a file.

use std::fmt;

/// A language, by the name that GitHub's linguist gives it (`"Rust"`, `"C++"`, `"TSX"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(pub &'static str);

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How a file was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComplexityMeasure {
    /// Parsed by a grammar: every figure is there.
    SyntaxTree,
    /// No grammar for it: `functions` is empty, only lines and indentation are known.
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
    /// Lines between the two that hold code, not only comment or blank; at least 1.
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
    /// All lines; a last line without newline counts.
    pub lines: u32,
    /// Lines with code: not blank and, in a parsed file, not only comment.
    pub sloc: u32,
    /// Sum over non-blank lines of their indentation level (Hindle, Godfrey & Holt 2008): leading
    /// white space divided by the file's own indentation unit. Comparable across languages.
    pub indentation: u64,
    /// Deepest indentation level.
    pub max_indentation: u32,
    /// The functions, in order of their first byte; nested functions stand on their own.
    pub functions: Vec<FunctionComplexity>,
    /// Decisions outside every function, cyclomatic; 0 when there are none or it was not parsed.
    pub top_level_cyclomatic: u32,
    /// Cognitive complexity outside every function; 0 when there is none or it was not parsed.
    pub top_level_cognitive: u32,
    /// Whether the parser had to repair the text: the figures hold, with lower confidence.
    pub had_syntax_errors: bool,
}

impl FileComplexity {
    /// Sum of the functions' cyclomatic complexity and the decisions outside them; 0 if not parsed.
    pub fn cyclomatic(&self) -> u64 {
        self.functions.iter().map(|function| u64::from(function.cyclomatic)).sum::<u64>()
            + u64::from(self.top_level_cyclomatic)
    }

    /// Sum of cognitive complexity in and outside functions; 0 if not parsed.
    pub fn cognitive(&self) -> u64 {
        self.functions.iter().map(|function| u64::from(function.cognitive)).sum::<u64>()
            + u64::from(self.top_level_cognitive)
    }

    /// Deepest nesting of control structures in any function; 0 without functions.
    pub fn max_nesting(&self) -> u32 {
        self.functions.iter().map(|function| function.max_nesting).max().unwrap_or(0)
    }
}
