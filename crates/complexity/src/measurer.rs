//! The entry point: measures by syntax tree if possible and affordable, else by indentation.

use std::cell::Cell;
use std::ops::ControlFlow;

use debtscan_model::{ComplexityMeasure, FileComplexity, Language};
use debtscan_parser_memory::{Meter, ParserBudget, counted_parser};
use tree_sitter::{ParseOptions, Parser, Tree};

use crate::grammar::Grammar;
use crate::indentation::Indentation;
use crate::languages;
use crate::rewrite;
use crate::walk;

/// Steps of the parser between two calls of its progress callback (`OP_COUNT_PER_PARSER_CALLBACK_CHECK`
/// in tree-sitter's `parser.c`).
const STEPS_PER_CALLBACK: u64 = 100;
/// Size of the chunks in which the parser receives the text.
const CHUNK_BYTES: usize = 4096;
/// Cost of a chunk: a step per 16 bytes, which take about as long.
const STEPS_PER_CHUNK: u64 = 256;
/// Bytes that the parser may hold at a time, for any text and for each byte of it. Of 53,868 real files, the nearest one
/// takes 83% of this. The fixed part is small because the parser can stop only between two callbacks, and what
/// texts made for it take until then grows with the square of what it allows.
const LIVE_BYTES: u64 = 1 << 20;
const LIVE_BYTES_PER_BYTE: u64 = 128;
/// Bytes that the parser may ask for in all. The nearest real file takes 36% of this.
const TOTAL_BYTES: u64 = 16 << 20;
const TOTAL_BYTES_PER_BYTE: u64 = 1024;

/// Limits on the work for one file. Both are counts, so the same file gives the same figures on
/// any machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Content longer than this, in bytes, is not parsed; content of 2 GiB or more never is.
    pub max_bytes: usize,
    /// Parsing stops after this many steps (shifts and reductions, in all alternatives that the
    /// parser follows in parallel, and one per 16 bytes read), give or take 300. Code
    /// takes about 0.7 steps a byte; lists of short numbers and bytes that are not code take up to 4.
    pub max_steps: u64,
}

impl Default for Limits {
    /// 4 MiB and 6 million steps, defaults of this tool: the longest hand-written files known have
    /// 3 MB, and the steps are more than twice what 4 MiB of ordinary code takes.
    fn default() -> Self {
        Self { max_bytes: 4 << 20, max_steps: 6_000_000 }
    }
}

/// The limit that prevented a file from being parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceededLimit {
    /// The content is longer than [`Limits::max_bytes`].
    TooLarge,
    /// The parser took more than [`Limits::max_steps`], or memory out of proportion to the content.
    ParseBudget,
    /// The parser ended without a result: it failed, or took more memory or time than it may.
    Stopped,
}

/// The complexity of one file, and the limit that made it coarser, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// The figures; measured by indentation if `limited` is set.
    pub complexity: FileComplexity,
    /// The limit that was exceeded; `None` also for languages without a grammar.
    pub limited: Option<ExceededLimit>,
}

/// Measures files one by one. The result does not depend on files measured before.
#[derive(Default)]
pub struct Measurer {
    parser: Option<Parser>,
}

impl Measurer {
    /// Creates a measurer without a parser.
    pub fn new() -> Self {
        Self::default()
    }

    /// Measures one file.
    ///
    /// Any bytes are accepted, UTF-8 or not; empty content gives zeros. Content that does not
    /// match the language is measured as far as the parser understands it, and marked with
    /// [`FileComplexity::had_syntax_errors`].
    pub fn measure(&mut self, language: Option<Language>, content: &[u8], limits: &Limits) -> Measurement {
        let indentation = Indentation::of(content);
        // Indentation is measured for every file, so that files with and without a grammar can be
        // compared.
        let mut complexity = by_indentation(&indentation);
        let Some(slot) = language.and_then(languages::slot) else {
            return Measurement { complexity, limited: None };
        };
        // tree-sitter counts bytes in 32 bits, so longer text must not reach it, whatever the
        // limit.
        if content.len() > limits.max_bytes || i32::try_from(content.len()).is_err() {
            return Measurement { complexity, limited: Some(ExceededLimit::TooLarge) };
        }
        let grammar = languages::grammar(slot);
        let rewritten = rewrite::rewrite(content, grammar.spec.shape.dialect);
        let Some(tree) = parse(self.parser(grammar), &rewritten.text, limits.max_steps) else {
            return Measurement { complexity, limited: Some(ExceededLimit::ParseBudget) };
        };
        // Names and operators are read from the original text. Rewriting keeps every position.
        let found = walk::walk(grammar, &tree, content, &indentation, &rewritten);
        complexity.measure = ComplexityMeasure::SyntaxTree;
        complexity.sloc = found.sloc;
        complexity.functions = found.functions;
        complexity.top_level_cyclomatic = found.top_level_cyclomatic;
        complexity.top_level_cognitive = found.top_level_cognitive;
        complexity.unparsed_lines = found.unparsed_lines;
        complexity.had_syntax_errors = tree.root_node().has_error() || found.unparsed_lines > 0;
        Measurement { complexity, limited: None }
    }

    /// A new parser for each file: an old one keeps buffers, so that the memory that a file takes would depend on the
    /// files before it.
    pub(crate) fn parser(&mut self, grammar: &Grammar) -> &mut Parser {
        let parser = self.parser.insert(counted_parser());
        parser
            .set_language(&grammar.language)
            .expect("the linked grammars have a version that the linked runtime accepts");
        parser
    }
}

/// The measurement of content that was not parsed for the given reason.
pub fn unparsed(content: &[u8], reason: ExceededLimit) -> Measurement {
    Measurement { complexity: by_indentation(&Indentation::of(content)), limited: Some(reason) }
}

fn by_indentation(indentation: &Indentation) -> FileComplexity {
    FileComplexity {
        measure: ComplexityMeasure::Indentation,
        lines: indentation.lines(),
        sloc: indentation.non_blank,
        indentation: indentation.sum,
        max_indentation: indentation.max,
        functions: Vec::new(),
        top_level_cyclomatic: 0,
        top_level_cognitive: 0,
        had_syntax_errors: false,
        unparsed_lines: 0,
    }
}

/// Parses within a number of steps and in memory in proportion to the content; `None` if either is not enough.
///
/// Each chunk of text costs steps, because some grammars look ahead to the end of the file at every
/// token that they cannot parse, which the parser does not count.
pub(crate) fn parse(parser: &mut Parser, content: &[u8], max_steps: u64) -> Option<Tree> {
    let bytes = content.len() as u64;
    let memory = Meter::start(ParserBudget {
        live: LIVE_BYTES.saturating_add(bytes.saturating_mul(LIVE_BYTES_PER_BYTE)),
        total: TOTAL_BYTES.saturating_add(bytes.saturating_mul(TOTAL_BYTES_PER_BYTE)),
    });
    let steps = Cell::new(0_u64);
    let is_affordable = || steps.get() <= max_steps && !memory.is_exceeded();
    let spend = |more: u64| {
        steps.set(steps.get().saturating_add(more));
        is_affordable()
    };
    let mut on_progress = |_: &tree_sitter::ParseState| {
        if spend(STEPS_PER_CALLBACK) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let mut read = |offset: usize, _| -> &[u8] {
        // Beyond the budget the text ends, and with it the look-ahead.
        if !spend(STEPS_PER_CHUNK) {
            return &[];
        }
        let rest = content.get(offset..).unwrap_or(&[]);
        &rest[..rest.len().min(CHUNK_BYTES)]
    };
    let options = ParseOptions::new().progress_callback(&mut on_progress);
    let tree = parser.parse_with_options(&mut read, None, Some(options));
    // A text that ended early because of the budget parses, but as another text.
    let tree = tree.filter(|_| is_affordable());
    if tree.is_none() {
        // Otherwise the next parse would resume this one.
        parser.reset();
    }
    tree
}
