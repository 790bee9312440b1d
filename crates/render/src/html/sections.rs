//! The sections of a document as headings, tables and lists.

use super::markup::Markup;
use crate::document::{Block, Cell, Content, Look, Note, Section, TableColumn};
use crate::text::{capitalised, sentence_case};

/// Columns that would be dropped before this are not shown: a page is as wide as about 140 columns.
const KEPT: u8 = 10;

/// Longest text of a cell that stays on one line.
const SHORT: usize = 18;

/// Longest word or phrase that stays on one line; a longer one would push the table off the page.
const LONGEST_UNBROKEN: usize = 32;

/// Heading, tables and notes.
pub(super) fn section(markup: &mut Markup, section: &Section) {
    markup.open("section", &[("class", &"fs")]);
    markup.element("h2", &[], sentence_case(&section.title));
    body(markup, section);
    markup.close("section");
}

/// The content below the heading.
pub(super) fn body(markup: &mut Markup, section: &Section) {
    if !section.aside.is_empty() {
        markup.element("p", &[("class", &"q")], format!("{}.", capitalised(&section.aside)));
    }
    for block in &section.blocks {
        table(markup, section, block, &sentence_case(&section.title), &|_, _, _| None);
    }
    notes(markup, &section.notes);
}

/// The notes of a section.
pub(super) fn notes(markup: &mut Markup, notes: &[Note]) {
    if notes.is_empty() {
        return;
    }
    markup.open("ul", &[("class", &"dq")]);
    for note in notes {
        let class = if note.mark == "!" { "loss" } else { "note" };
        markup.open("li", &[("class", &class)]);
        match note.mark.as_str() {
            "" | "·" | "→" | "✗" => {}
            "!" => markup.element("b", &[], "Missing: "),
            label => {
                markup.element("b", &[], label);
                markup.text(": ");
            }
        }
        match note.look {
            Look::Struck => markup.element("s", &[], &note.text),
            _ => words(markup, &note.text),
        }
        markup.close("li");
    }
    markup.close("ul");
}

/// Text whose tags of origin, such as `[model]`, are small labels.
pub(super) fn words(markup: &mut Markup, text: &str) {
    let mut rest = text;
    while let Some((at, word, class)) = first_tag(rest) {
        markup.text(&rest[..at]);
        markup.element("span", &[("class", &class)], word);
        // The brackets go, because the label has a frame.
        rest = &rest[at + word.len() + 2..];
    }
    markup.text(rest);
}

/// Where the first tag of a text is, its word, and how it looks.
fn first_tag(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let tags = [("recorded", "tag"), ("yours", "tag"), ("model", "tag tagm"), ("proposal", "tag tagm")];
    let found =
        tags.into_iter().filter_map(|(word, class)| Some((text.find(&format!("[{word}]"))?, word, class)));
    found.min_by_key(|(at, _, _)| *at)
}

/// Gives the element on the page that the text of a cell leads to, by row and column of a block.
pub(super) type SectionLink<'a> = &'a dyn Fn(&Block, usize, usize) -> Option<String>;

/// A table.
pub(super) fn table(
    markup: &mut Markup,
    section: &Section,
    block: &Block,
    caption: &str,
    link: SectionLink<'_>,
) {
    let columns = &section.columns;
    let has_content = |column: usize| {
        block.rows.iter().any(|row| row[column].lines.iter().any(|(text, _)| !text.is_empty()))
    };
    let shown: Vec<usize> = (0..columns.len())
        // A bar beside its figure repeats it, and the pictures of a page say it better.
        .filter(|at| columns[*at].drop <= KEPT && columns[*at].content != Content::Bar && has_content(*at))
        .collect();
    if shown.is_empty() {
        return;
    }
    let subject = columns.iter().position(TableColumn::is_elastic).or(shown.first().copied());
    // Reachable by keyboard: a table that is wider than the window scrolls within this element.
    markup.open("div", &[("class", &"sc"), ("tabindex", &0), ("role", &"group"), ("aria-label", &caption)]);
    markup.open("table", &[]);
    markup.element("caption", &[], caption);
    markup.open("thead", &[]);
    markup.open("tr", &[]);
    for at in &shown {
        let title = match block.subject {
            Some(title) if subject == Some(*at) => title,
            _ => &columns[*at].title,
        };
        // A heading that a terminal breaks within a word is whole on a page.
        let title = title.replace("-\n", "").replace('\n', " ");
        markup.element("th", &[("scope", &"col"), ("class", &align(&columns[*at]))], capitalised(&title));
    }
    markup.close("tr");
    markup.close("thead");
    markup.open("tbody", &[]);
    for (number, row) in block.rows.iter().enumerate() {
        markup.open("tr", &[]);
        for at in &shown {
            let is_long = |(text, _): &(String, Look)| text.chars().count() > LONGEST_UNBROKEN;
            let class = match align(&columns[*at]) {
                // A phrase of many words is not a word, whatever its column says.
                "w" if row[*at].lines.iter().any(is_long) => "t",
                class => class,
            };
            let is_head = subject == Some(*at);
            if is_head {
                markup.open("th", &[("scope", &"row"), ("class", &class)]);
            } else {
                markup.open("td", &[("class", &class)]);
            }
            let target = link(block, number, *at);
            if let Some(target) = &target {
                markup.open("a", &[("href", &format_args!("#{target}"))]);
            }
            cell(markup, &row[*at], columns[*at].content);
            if target.is_some() {
                markup.close("a");
            }
            markup.close(if is_head { "th" } else { "td" });
        }
        markup.close("tr");
    }
    markup.close("tbody");
    markup.close("table");
    markup.close("div");
    if !block.more.is_empty() {
        markup.element("p", &[("class", &"q")], format!("{}.", capitalised(&block.more)));
    }
}

fn align(column: &TableColumn) -> &'static str {
    match column.content {
        Content::Number => "r",
        Content::Word | Content::Bar => "w",
        Content::Text | Content::Path | Content::Function => "t",
    }
}

fn cell(markup: &mut Markup, cell: &Cell, content: Content) {
    for (position, (text, look)) in cell.lines.iter().enumerate() {
        if position > 0 {
            markup.empty("br", &[]);
        }
        let class = match look {
            Look::Plain => "",
            Look::Dim | Look::Struck => "d",
            Look::Bold | Look::Accent => "b",
        };
        // A short identifier must not break at its hyphens.
        let class =
            if class.is_empty() && content == Content::Text && text.len() <= SHORT { "nb" } else { class };
        if content == Content::Path && !text.is_empty() {
            markup.open("code", &[("class", &class)]);
            markup.path(text);
            markup.close("code");
        } else if class.is_empty() {
            markup.text(text);
        } else {
            markup.element("span", &[("class", &class)], text);
        }
    }
}

/// Commands to run next.
pub(super) fn next(markup: &mut Markup, commands: &[(String, String)]) {
    if commands.is_empty() {
        return;
    }
    markup.open("footer", &[]);
    markup.element("p", &[], "Next:");
    markup.open("ul", &[]);
    for (command, gives) in commands {
        markup.open("li", &[]);
        markup.element("code", &[], command);
        markup.text(format_args!(" {gives}"));
        markup.close("li");
    }
    markup.close("ul");
    markup.close("footer");
}

#[cfg(test)]
mod tests {
    use super::{Markup, words};

    #[test]
    fn tags_of_origin_become_labels_and_other_text_stays() {
        let mut markup = Markup::default();
        words(&mut markup, "It cost $5 [recorded], and may again. [model] [x] <b>");
        let expected = "It cost $5 <span class=\"tag\">recorded</span>, and may again. \
                        <span class=\"tag tagm\">model</span> [x] &lt;b&gt;";
        assert_eq!(markup.as_str(), expected);
    }
}
