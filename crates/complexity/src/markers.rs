//! Self-admitted debt: comments in which the author says that something is still to be done.
//!
//! Where there is a grammar, only what the syntax tree calls a comment counts. Elsewhere a comment is
//! what follows a comment sign of the language's family on the same line, outside double quotes.

use debtscan_model::{Language, TodoWord};
use tree_sitter::Tree;

use crate::grammar::Grammar;
use crate::languages;
use crate::measurer::{Limits, Measurer, parse};
use crate::role::Role;

/// Longest text of a marker in characters.
const MAX_TEXT: usize = 200;

/// Kind of the node that holds what a macro of C stands for.
const MACRO_TEXT: &str = "preproc_arg";

/// One marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its line, counted from 1.
    pub line: u32,
    /// The word.
    pub word: TodoWord,
    /// The comment from the word to the end of its line, without white space and the end of a block comment
    /// there; lossy, at most 200 characters.
    pub text: String,
}

/// The markers of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markers {
    /// By line; one a line, the first.
    pub found: Vec<Marker>,
    /// Whether comments were recognised by the syntax tree.
    pub by_syntax_tree: bool,
}

/// Whether content contains any of the words, in a comment or not; cheaper than finding the comments.
pub fn may_have_markers(content: &[u8]) -> bool {
    !candidates(content).is_empty()
}

impl Measurer {
    /// Finds the markers of one file. A file beyond the limits is read by comment signs.
    pub fn markers(&mut self, language: Option<Language>, content: &[u8], limits: &Limits) -> Markers {
        let candidates = candidates(content);
        let slot = language.and_then(languages::slot);
        if candidates.is_empty() {
            return Markers { found: Vec::new(), by_syntax_tree: slot.is_some() };
        }
        let is_affordable = content.len() <= limits.max_bytes && i32::try_from(content.len()).is_ok();
        let parsed = slot.filter(|_| is_affordable).and_then(|slot| {
            let grammar = languages::grammar(slot);
            // The text itself, not the rewritten one: rewriting blanks the comments of dropped
            // branches.
            parse(self.parser(grammar), content, limits.max_steps).map(|tree| (grammar, tree))
        });
        let found = if let Some((grammar, tree)) = &parsed {
            let mut signs = SignFinder::new(content, &["//", "/*"]);
            collect(content, &candidates, |at| comment_end(grammar, tree, at, &mut signs))
        } else {
            by_signs(language, content, &candidates)
        };
        Markers { found, by_syntax_tree: parsed.is_some() }
    }
}

/// The markers of a file by comment signs, without a parser.
pub fn markers_by_signs(language: Option<Language>, content: &[u8]) -> Markers {
    Markers { found: by_signs(language, content, &candidates(content)), by_syntax_tree: false }
}

fn by_signs(language: Option<Language>, content: &[u8], candidates: &[Candidate]) -> Vec<Marker> {
    let mut signs = SignFinder::new(content, signs(language));
    collect(content, candidates, |at| signs.has_sign_before(at).then_some(usize::MAX))
}

/// A word on its own, wherever it stands.
struct Candidate {
    start: usize,
    word: TodoWord,
}

fn candidates(content: &[u8]) -> Vec<Candidate> {
    let mut found = Vec::new();
    // A word on its own only: `TODO_LIST` and `HACKATHON` are names, not admissions.
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    for word in TodoWord::ALL {
        let text = word.name().as_bytes();
        let first = text[0];
        let starts = content.iter().enumerate().filter(|(_, byte)| **byte == first).map(|(start, _)| start);
        for start in starts.filter(|start| content[*start..].starts_with(text)) {
            let before = start.checked_sub(1).and_then(|before| content.get(before));
            if !is_part(before) && !is_part(content.get(start + text.len())) {
                found.push(Candidate { start, word });
            }
        }
    }
    found.sort_by_key(|candidate| candidate.start);
    found
}

/// Makes markers of the candidates that stand in a comment, whose end `end_of_comment` tells.
fn collect(
    content: &[u8],
    candidates: &[Candidate],
    mut end_of_comment: impl FnMut(&Candidate) -> Option<usize>,
) -> Vec<Marker> {
    let mut found: Vec<Marker> = Vec::new();
    let (mut line, mut counted) = (1_u32, 0);
    for candidate in candidates {
        for byte in &content[counted..candidate.start] {
            line = line.saturating_add(u32::from(*byte == b'\n'));
        }
        counted = candidate.start;
        // `TODO/FIXME` and the like mean one piece of debt.
        if found.last().is_some_and(|last| last.line == line) {
            continue;
        }
        let Some(end) = end_of_comment(candidate) else { continue };
        let rest = &content[candidate.start..end.min(content.len())];
        let rest = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or(rest);
        let text = String::from_utf8_lossy(rest);
        // Without a syntax tree, the end of the comment is unknown, so its sign is still in the
        // text.
        let text = text.trim_end().trim_end_matches("*/").trim_end_matches("-->").trim_end();
        let text = text.chars().take(MAX_TEXT).collect();
        found.push(Marker { line, word: candidate.word, text });
    }
    found
}

/// The end of the comment that a candidate stands in; `None` when it stands in none.
fn comment_end(
    grammar: &Grammar,
    tree: &Tree,
    candidate: &Candidate,
    macro_signs: &mut SignFinder<'_>,
) -> Option<usize> {
    let end = candidate.start + candidate.word.name().len();
    let mut node = tree.root_node().descendant_for_byte_range(candidate.start, end);
    while let Some(at) = node {
        if grammar.role(at) == Role::Comment {
            return Some(at.end_byte());
        }
        // The grammars of C take the rest of a macro's line, comments included, for one token.
        if at.kind() == MACRO_TEXT && macro_signs.has_sign_before(candidate) {
            return Some(at.end_byte());
        }
        node = at.parent();
    }
    None
}

/// The signs that begin a comment in a language without grammar here; all of the common ones where
/// nothing is known of it.
fn signs(language: Option<Language>) -> &'static [&'static str] {
    const HASH: &[&str] = &["#"];
    const SLASH: &[&str] = &["//", "/*", "*"];
    const DASH: &[&str] = &["--"];
    const SEMICOLON: &[&str] = &[";"];
    const PERCENT: &[&str] = &["%"];
    const MARKUP: &[&str] = &["<!--"];
    const ANY: &[&str] = &["//", "/*", "*", "#", "<!--", "--"];
    match language.map_or("", |language| language.0) {
        "Shell" | "Perl" | "Raku" | "Ruby" | "R" | "Makefile" | "CMake" | "Dockerfile" | "YAML" | "TOML"
        | "Tcl" | "Elixir" | "Nix" | "Julia" | "Crystal" | "Awk" | "sed" | "fish" | "PowerShell" | "HCL"
        | "Starlark" | "Meson" | "Just" | "Nim" | "GDScript" | "Cython" | "Python" => HASH,
        "SQL" | "PLSQL" | "PLpgSQL" | "TSQL" | "Lua" | "Haskell" | "Ada" | "Elm" | "VHDL" | "AppleScript" => {
            DASH
        }
        "Emacs Lisp" | "Common Lisp" | "Scheme" | "Clojure" | "Assembly" | "Unix Assembly" | "Racket"
        | "INI" | "LLVM" | "AutoHotkey" => SEMICOLON,
        "TeX" | "Erlang" | "MATLAB" | "Prolog" | "PostScript" => PERCENT,
        "HTML" | "XML" | "Markdown" | "SVG" => MARKUP,
        "" | "Text" => ANY,
        // Most other languages have the comments of C.
        _ => SLASH,
    }
}

/// Finds the first comment sign of each line.
struct SignFinder<'a> {
    content: &'a [u8],
    signs: &'static [&'static str],
    /// Start of the line that was read last.
    line: usize,
    /// Position up to which it was read, from its start.
    read: usize,
    is_quoted: bool,
    /// End of its first sign.
    sign_end: Option<usize>,
}

impl<'a> SignFinder<'a> {
    fn new(content: &'a [u8], signs: &'static [&'static str]) -> Self {
        Self { content, signs, line: usize::MAX, read: 0, is_quoted: false, sign_end: None }
    }

    /// Whether a comment sign precedes the candidate on its line: at the line's start or after white space,
    /// and outside double quotes. A lone `*` must begin the line.
    ///
    /// Candidates come in order. Each line is read once, because a generated line can be as long as its file
    /// and have a candidate every few bytes.
    fn has_sign_before(&mut self, candidate: &Candidate) -> bool {
        let from = if self.line == usize::MAX { 0 } else { self.line + self.read };
        // Nothing is read beyond a candidate, and this one is not before the last.
        let unread = &self.content[from..candidate.start];
        if let Some(at) = unread.iter().rposition(|byte| *byte == b'\n') {
            *self = Self { line: from + at + 1, ..Self::new(self.content, self.signs) };
        } else if self.line == usize::MAX {
            self.line = 0;
        }
        let before = &self.content[self.line..candidate.start];
        while self.sign_end.is_none() && self.read < before.len() {
            self.sign_end = self.sign_at(before, self.read);
            self.is_quoted ^= before[self.read] == b'"';
            self.read += 1;
        }
        self.sign_end.is_some_and(|end| end <= before.len())
    }

    /// The end of the sign that begins at this position; it may end behind `before`.
    fn sign_at(&self, before: &[u8], at: usize) -> Option<usize> {
        let line = &self.content[self.line..];
        let is_free = at == 0
            || before[at - 1].is_ascii_whitespace()
            || matches!(before[at - 1], b';' | b'{' | b'}' | b')');
        let sign = self.signs.iter().find(|sign| {
            let begins = line[at..].starts_with(sign.as_bytes());
            if **sign == "*" {
                // A line of a block comment. Elsewhere in a line, `*` multiplies.
                begins && before[..at].iter().all(u8::is_ascii_whitespace)
            } else {
                begins && is_free && !self.is_quoted
            }
        })?;
        Some(at + sign.len())
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::{Language, TodoWord};

    use super::may_have_markers;
    use crate::{Limits, Measurer};

    fn check(language: &'static str, content: &str, expected: &[(u32, &str)], by_syntax_tree: bool) {
        let markers =
            Measurer::new().markers(Some(Language(language)), content.as_bytes(), &Limits::default());
        let found: Vec<(u32, &str)> = markers.found.iter().map(|it| (it.line, it.text.as_str())).collect();
        assert_eq!(found, expected, "{language}: {content}");
        assert_eq!(markers.by_syntax_tree, by_syntax_tree, "{language}");
    }

    #[test]
    fn words_in_comments_count_and_words_in_code_do_not() {
        let content = "// TODO: split this\nfn f() {\n    let TODO = \"FIXME later\"; // a HACK\n    /* one\n       \
                       XXX two */\n    todo!();\n}\n/// FIXME(ada): docs too\nfn TODO_list() {}\n";
        let expected = [(1, "TODO: split this"), (3, "HACK"), (5, "XXX two"), (8, "FIXME(ada): docs too")];
        check("Rust", content, &expected, true);
        check(
            "C",
            "int a; /* TODO */ char *s = \"// TODO\";\n#define X 1 // FIXME x\n",
            &[(1, "TODO"), (2, "FIXME x")],
            true,
        );
        check("Python", "s = '# TODO'\n# TODO a\n", &[(2, "TODO a")], true);
    }

    #[test]
    fn only_the_word_in_capitals_and_on_its_own_counts_and_one_a_line() {
        let content = "// todo MASTODON XXXX TODOS HACK_ME\n// TODO and FIXME\n// pre-TODO\n";
        check("Java", content, &[(2, "TODO and FIXME"), (3, "TODO")], true);
    }

    #[test]
    fn without_a_grammar_a_comment_sign_must_stand_before_the_word() {
        let shell = "echo TODO # FIXME quote\necho \"# TODO\"\n  # XXX\necho $# TODO\n";
        check("Tcl", shell, &[(1, "FIXME quote"), (3, "XXX")], false);
        let slash = "get http://x/TODO\n// TODO one\n * HACK two */\nx * TODO\n";
        check("Zephir", slash, &[(2, "TODO one"), (3, "HACK two")], false);
        check("HTML", "<p>TODO</p>\n<!-- TODO: a -->\n", &[(2, "TODO: a")], false);
    }

    #[test]
    fn lines_are_counted_from_one_and_words_have_names() {
        assert!(may_have_markers(b"x XXX"));
        assert!(!may_have_markers(b"TODOS"));
        check("Rust", "\n\n// XXX", &[(3, "XXX")], true);
        assert_eq!(TodoWord::ALL.map(TodoWord::name), ["TODO", "FIXME", "HACK", "XXX"]);
    }

    #[test]
    fn signs_in_quotes_and_after_words_do_not_count_in_a_line_of_many_words() {
        let words = "TODO ".repeat(20_000);
        check("Perl", &format!("x = \"# {words}"), &[], false);
        check("Perl", &format!("a\n{words}\n  # TODO b"), &[(3, "TODO b")], false);
        check("Perl", "TODO; # TODO a\n", &[(1, "TODO a")], false);
        check("Batchfile", "  * TODO a\n a * TODO\n", &[(1, "TODO a")], false);
    }
}
