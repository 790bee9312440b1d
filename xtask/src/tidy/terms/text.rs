//! The prose of a file: paragraphs of documents, messages and comments of code.

use anyhow::{Result, anyhow, bail};
use proc_macro2::{TokenStream, TokenTree};

use crate::tidy::workspace::is_rust;

/// Where prose is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    Docs,
    Messages,
    Comments,
}

impl TextKind {
    pub(super) const ALL: [Self; 3] = [Self::Docs, Self::Messages, Self::Comments];

    pub(super) fn from_name(name: &str) -> Result<Self> {
        Ok(match name {
            "docs" => Self::Docs,
            "messages" => Self::Messages,
            "comments" => Self::Comments,
            _ => bail!("no kind of text is called `{name}`"),
        })
    }
}

/// A piece of prose, without code in backticks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// Line of its start, counted from 1.
    pub(super) line: usize,
    pub(super) kind: TextKind,
    pub(super) text: String,
}

/// Reads the prose of a file, by the ending of its name.
pub(super) fn passages(file: &str, source: &str) -> Result<Vec<Passage>> {
    if !is_rust(file) {
        return Ok(of_document(source));
    }
    let mut passages = of_rust(source)?;
    // The strings of tests are data, and often other people's words.
    if file.ends_with("tests.rs") || file.starts_with("tests/e2e/") || file.contains("/tests/") {
        passages.retain(|passage| passage.kind != TextKind::Messages);
    }
    Ok(passages)
}

/// A passage per paragraph; fenced blocks are skipped.
fn of_document(source: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut paragraph = Passage { line: 1, kind: TextKind::Docs, text: String::new() };
    let mut is_fenced = false;
    for (position, line) in source.lines().enumerate() {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        // Rows of a table, headings and list items begin a passage, or a phrase would be found
        // across two of them.
        let is_row = line.starts_with(['|', '#', '-']);
        if is_fenced || is_fence || line.trim().is_empty() || is_row {
            let next = Passage { line: position + 1, kind: TextKind::Docs, text: String::new() };
            passages.push(std::mem::replace(&mut paragraph, next));
        }
        if !is_fenced && !is_fence && !line.trim().is_empty() {
            if paragraph.text.is_empty() {
                paragraph.line = position + 1;
            }
            paragraph.text.push_str(line);
            paragraph.text.push('\n');
        }
    }
    passages.push(paragraph);
    finish(passages)
}

/// Comments and strings of several words; what follows `#[cfg(test)]` before a module is skipped.
fn of_rust(source: &str) -> Result<Vec<Passage>> {
    let lines: Vec<&str> = source.lines().collect();
    let is_test_module =
        |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{');
    let end = lines.windows(2).position(is_test_module).unwrap_or(lines.len());
    let code = lines[..end].join("\n");
    let mut passages = Vec::new();
    for (position, line) in lines[..end].iter().enumerate() {
        let line = line.trim_start();
        let comment = match line.strip_prefix("//") {
            // Doc comments are tokens.
            Some(rest) if rest.starts_with(['/', '!']) => None,
            Some(rest) => Some(rest),
            None => line.split_once(" // ").map(|(_, rest)| rest),
        };
        if let Some(comment) = comment {
            passages.push((position + 1, TextKind::Comments, comment.to_owned()));
        }
    }
    // As tokens, because only a lexer knows where a string ends. Comments are no tokens and are
    // found by line.
    let tokens: TokenStream = code.parse().map_err(|error| anyhow!("{error}"))?;
    collect_literals(tokens, &mut passages);
    passages.sort_by_key(|(line, ..)| *line);
    Ok(finish(join_comments(passages)))
}

fn collect_literals(tokens: TokenStream, passages: &mut Vec<(usize, TextKind, String)>) {
    let mut is_doc = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect_literals(group.stream(), passages),
            TokenTree::Ident(ident) => is_doc = ident == "doc",
            TokenTree::Punct(punct) => is_doc &= punct.as_char() == '=',
            TokenTree::Literal(literal) => {
                let line = literal.span().start().line;
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    let text = text.value();
                    if is_doc {
                        passages.push((line, TextKind::Comments, text));
                    } else if text.trim().contains(char::is_whitespace) {
                        passages.push((line, TextKind::Messages, without_placeholders(&text)));
                    }
                }
                is_doc = false;
            }
        }
    }
}

/// Blanks out the names in the placeholders of a format string.
fn without_placeholders(text: &str) -> String {
    let mut parts = text.split('{');
    let mut blanked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        blanked.push('{');
        blanked.push_str(part.find('}').map_or(part, |end| &part[end..]));
    }
    blanked
}

/// Joins the lines of a comment, so that a phrase may go over two of them.
fn join_comments(lines: Vec<(usize, TextKind, String)>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut last_line = 0;
    for (line, kind, text) in lines {
        match passages.last_mut() {
            Some(last) if kind == TextKind::Comments && last.kind == kind && line == last_line + 1 => {
                last.text.push_str(&text);
                last.text.push('\n');
            }
            _ => passages.push(Passage { line, kind, text: text + "\n" }),
        }
        last_line = line;
    }
    passages
}

/// Blanks out code in backticks and drops what is left without text.
fn finish(passages: Vec<Passage>) -> Vec<Passage> {
    let without_code = |passage: Passage| {
        // A name of code is written as the code has it, retired term or not.
        let text: String = passage.text.split('`').step_by(2).collect::<Vec<_>>().join("`");
        Passage { text, ..passage }
    };
    passages.into_iter().map(without_code).filter(|passage| !passage.text.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{TextKind, passages};

    fn texts(file: &str, source: &str) -> Vec<(usize, TextKind, String)> {
        let passages = passages(file, source).expect("readable");
        passages.into_iter().map(|it| (it.line, it.kind, it.text.trim().replace('\n', "|"))).collect()
    }

    #[test]
    fn documents_have_paragraphs_and_no_code() {
        let source = "# Title\n\nOne `two` three\nfour.\n\n```sh\nfive\n```\n| a | b |\n| c | d |\n";
        let expected = [(1, "# Title"), (3, "One ` three|four."), (9, "| a | b |"), (10, "| c | d |")];
        let expected: Vec<_> =
            expected.iter().map(|(line, text)| (*line, TextKind::Docs, (*text).to_owned())).collect();
        assert_eq!(texts("a.md", source), expected);
    }

    #[test]
    fn code_has_comments_and_messages() {
        let source = "//! A module\n//! of two lines.\n\n/// Doc.\nfn f() {\n    // why\n    g(\"one {name} two\", \"key\"); // end\n}\n\
                      #[cfg(test)]\nmod tests {\n    // not this\n}\n";
        let found = texts("a.rs", source);
        let expected = [
            (1, TextKind::Comments, " A module| of two lines.".trim().to_owned()),
            (4, TextKind::Comments, "Doc.".to_owned()),
            (6, TextKind::Comments, "why|end".to_owned()),
            (7, TextKind::Messages, "one {} two".to_owned()),
        ];
        assert_eq!(found, expected);
    }
}
