//! The text of a ticket in Markdown, Jira's markup or HTML.

use super::body::{Draft, Piece, TicketPart};
use crate::markdown;

/// What a tracker reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TicketMarkup {
    Markdown,
    Jira,
    Html,
}

impl TicketMarkup {
    /// The text of a ticket.
    pub(super) fn text(self, draft: &Draft) -> String {
        let parts: Vec<String> = draft.parts.iter().map(|part| self.part(part)).collect();
        match self {
            Self::Html => parts.concat(),
            Self::Markdown | Self::Jira => parts.join("\n\n"),
        }
    }

    fn part(self, part: &TicketPart) -> String {
        let list = |lines: &[Vec<Piece>], mark: &str| -> String {
            let lines: Vec<String> = lines.iter().map(|line| format!("{mark} {}", self.line(line))).collect();
            lines.join("\n")
        };
        let items = |lines: &[Vec<Piece>]| -> String {
            let lines: Vec<String> =
                lines.iter().map(|line| format!("<li>{}</li>", self.line(line))).collect();
            format!("<ul>{}</ul>", lines.concat())
        };
        match (self, part) {
            (Self::Markdown, TicketPart::Heading(text)) => format!("### {text}"),
            (Self::Jira, TicketPart::Heading(text)) => format!("h3. {text}"),
            (Self::Html, TicketPart::Heading(text)) => format!("<h3>{}</h3>", html(text)),
            (Self::Markdown | Self::Jira, TicketPart::Text(line)) => self.line(line),
            (Self::Html, TicketPart::Text(line)) => format!("<p>{}</p>", self.line(line)),
            (Self::Markdown, TicketPart::List(lines)) => list(lines, "-"),
            (Self::Markdown, TicketPart::Tasks(lines)) => list(lines, "- [ ]"),
            (Self::Jira, TicketPart::List(lines) | TicketPart::Tasks(lines)) => list(lines, "*"),
            (Self::Html, TicketPart::List(lines) | TicketPart::Tasks(lines)) => items(lines),
        }
    }

    fn line(self, line: &[Piece]) -> String {
        line.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(self, piece: &Piece) -> String {
        match (self, piece) {
            // A backslash alone may not keep `#1` from becoming a link.
            (Self::Markdown, Piece::Words(text)) => markdown::escaped(text).replace("\\#", "#\u{200b}"),
            (Self::Markdown, Piece::Code(text)) => markdown::code(text),
            (Self::Jira, Piece::Words(text)) => jira(text),
            (Self::Jira, Piece::Code(text)) => format!("{{{{{}}}}}", jira(text)),
            (Self::Html, Piece::Words(text)) => html(text),
            (Self::Html, Piece::Code(text)) => format!("<code>{}</code>", html(text)),
        }
    }
}

/// Text without Jira's markup.
fn jira(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\{}[]*_-+^~?!|#@".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::body::{Draft, Piece, TicketPart};
    use super::TicketMarkup;

    fn text(markup: TicketMarkup, hostile: &str) -> String {
        let line = vec![Piece::Words(hostile.to_owned()), Piece::Code(hostile.to_owned())];
        let parts = vec![
            TicketPart::Heading("Where"),
            TicketPart::List(vec![line.clone()]),
            TicketPart::Tasks(vec![line]),
        ];
        markup.text(&Draft { title: String::new(), parts, tenths: None })
    }

    #[test]
    fn text_of_strangers_is_shown_and_not_interpreted() {
        let hostile = "@boss #1 <img onerror=x> [~boss] {code} `a` **b**";
        let markdown = text(TicketMarkup::Markdown, hostile);
        // What calls somebody is code, in a fence that the text cannot close.
        assert!(markdown.starts_with("### Where\n\n- ``@boss #1 <img"), "{markdown}");
        assert!(markdown.contains("- [ ] ``@boss"), "{markdown}");
        let markdown = text(TicketMarkup::Markdown, "fixes #1 <b>");
        assert!(
            markdown.starts_with("### Where\n\n- fixes #\u{200b}1 &lt;b&gt;`fixes #1 <b>`"),
            "{markdown}"
        );
        let jira = text(TicketMarkup::Jira, hostile);
        assert!(!jira.contains("[~boss") && !jira.contains(" {code}"), "{jira}");
        assert!(jira.starts_with("h3. Where\n\n* \\@boss"), "{jira}");
        let html = text(TicketMarkup::Html, hostile);
        assert!(!html.contains("<img") && html.starts_with("<h3>Where</h3><ul><li>@boss"), "{html}");
    }
}
