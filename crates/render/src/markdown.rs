//! A document as GitHub-flavoured Markdown, to paste into an issue.
//!
//! Text of other people is shown, never interpreted: no HTML, no link, no mention of a person.

use std::io::{self, Write};

use super::document::{Block, Cell, Content, Document, Look, Section, TableColumn};
use super::text::{capitalised, sentence_case, without_commands};

/// Columns that would be dropped before this one are hidden: an issue is about 120 columns wide.
const KEPT: u8 = 7;

/// Writes the document.
pub(super) fn document(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    if !document.banner.is_empty() {
        writeln!(out, "> {}\n", escaped(&document.banner))?;
    }
    if let Some((first, others)) = document.header.split_first() {
        write!(out, "**{}**", escaped(first))?;
        for part in others {
            write!(out, " · {}", escaped(part))?;
        }
        writeln!(out)?;
    }
    if !document.lead.is_empty() {
        writeln!(out, "\n{}", escaped(&document.lead.join(" ")))?;
    }
    for part in &document.sections {
        section(part, out)?;
    }
    if !document.next.is_empty() {
        writeln!(out)?;
    }
    for (command, gives) in &document.next {
        writeln!(out, "- next: {}: {}", code(command), escaped(gives))?;
    }
    Ok(())
}

fn section(section: &Section, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### {}", escaped(&sentence_case(&section.title)))?;
    if !section.aside.is_empty() {
        writeln!(out, "\n{}.", escaped(&capitalised(&section.aside)))?;
    }
    for block in &section.blocks {
        table(&section.columns, block, out)?;
    }
    if !section.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &section.notes {
        // Marks of a terminal; a list item has its own bullet.
        let mark = match note.mark.as_str() {
            "" | "·" | "→" | "✗" => String::new(),
            "!" => "⚠ ".to_owned(),
            label => format!("**{}**: ", escaped(label)),
        };
        let strike = if note.look == Look::Struck { "~~" } else { "" };
        writeln!(out, "- {mark}{strike}{}{strike}", escaped(&note.text))?;
    }
    Ok(())
}

fn table(columns: &[TableColumn], block: &Block, out: &mut dyn Write) -> io::Result<()> {
    let has_content = |column: usize| {
        block.rows.iter().any(|row| row[column].lines.iter().any(|(text, _)| !text.is_empty()))
    };
    let shown: Vec<usize> = (0..columns.len())
        .filter(|column| {
            let it = &columns[*column];
            // Bars are blocks of a fixed-width font, which tables on GitHub do not have.
            it.drop <= KEPT && it.content != Content::Bar && has_content(*column)
        })
        .collect();
    if shown.is_empty() {
        return Ok(());
    }
    let subject = columns.iter().position(TableColumn::is_elastic);
    writeln!(out)?;
    for column in &shown {
        let title = match block.subject {
            Some(title) if subject == Some(*column) => title,
            _ => &columns[*column].title,
        };
        // Headings are broken for terminals, some within a word.
        let title = escaped(&title.replace("-\n", "").replace('\n', " "));
        write!(out, "| {} ", title.replace('|', "\\|"))?;
    }
    writeln!(out, "|")?;
    for column in &shown {
        let is_number = columns[*column].content == Content::Number;
        write!(out, "{}", if is_number { "| ---: " } else { "| :--- " })?;
    }
    writeln!(out, "|")?;
    for row in &block.rows {
        for column in &shown {
            write!(out, "| {} ", cell(&row[*column], &columns[*column]))?;
        }
        writeln!(out, "|")?;
    }
    if !block.more.is_empty() {
        writeln!(out, "\n{}", escaped(&block.more))?;
    }
    Ok(())
}

fn cell(cell: &Cell, column: &TableColumn) -> String {
    let quoted = |text: &String| {
        if column.content == Content::Path && !text.is_empty() { code(text) } else { escaped(text) }
    };
    let lines: Vec<String> = cell.lines.iter().map(|(text, _)| quoted(text)).collect();
    // A line break is the only way to have two lines in a cell.
    // A table is split at pipes before anything else is recognised.
    lines.join("<br>").replace('|', "\\|")
}

/// Text that Markdown and HTML show as it is.
///
/// Text that would mention a person or team, or become a link, becomes code, which does neither.
pub(super) fn escaped(text: &str) -> String {
    // A backslash does not stop a mention or a link; a code span does.
    if text.contains('@') || has_link(text) {
        return code(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // Only before a digit does it link to an issue.
            '#' if characters.peek().is_some_and(char::is_ascii_digit) => out.push_str("\\#"),
            // Entities are decoded before HTML is looked for, so `&lt;` of a title must not become
            // `<`.
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // `$` begins a formula on GitHub, so two amounts in one line would swallow the text
            // between them.
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// Text as a code span: the fence is longer than any run of backticks within.
pub(super) fn code(text: &str) -> String {
    // A backslash is literal within a code span. Only a longer fence can hold a backtick.
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // One blank at both ends is removed by the reader. Without it the backtick would join the
    // fence.
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", without_commands(text))
}

/// Whether GitHub would make a link of a part of the text: an address, or `GH-1` for an issue.
fn has_link(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let names_issue = lower
        .match_indices("gh-")
        .any(|(at, mark)| lower[at + mark.len()..].starts_with(|character: char| character.is_ascii_digit()));
    names_issue || ["://", "www.", "mailto:", "xmpp:"].iter().any(|mark| lower.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn text_of_others_is_shown_and_not_interpreted() {
        assert_eq!(escaped("<b>a|b</b> *c* `d` [e](f)"), "&lt;b&gt;a|b&lt;/b&gt; \\*c\\* \\`d\\` \\[e\\](f)");
        assert_eq!(escaped("ask @octocat"), "`ask @octocat`", "nobody is mentioned");
        for link in ["see https://evil.example", "www.evil.example", "as in gh-12", "HTTP://x"] {
            assert_eq!(escaped(link), format!("`{link}`"), "nothing is linked");
        }
    }

    #[test]
    fn code_survives_backticks_and_pipes() {
        assert_eq!(code("a|b"), "`a|b`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }
}
