//! Markup whose text cannot become markup.
//!
//! Tags and attribute names are literals of this crate. Everything else enters through [`Markup::text`], an
//! attribute value or [`Markup::data`], and each of these escapes for the place where it puts the text.

use std::fmt::{self, Display, Write};

/// A piece of HTML or SVG under construction.
#[derive(Debug, Clone, Default)]
pub(super) struct Markup(String);

/// Attributes: names are literals, values are escaped.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

impl Markup {
    /// Starts an element.
    pub(super) fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        self.0.push('>');
    }

    /// Ends an element.
    pub(super) fn close(&mut self, tag: &'static str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// An element without content.
    pub(super) fn empty(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        self.0.push_str("/>");
    }

    /// An element that holds text alone.
    pub(super) fn element(&mut self, tag: &'static str, attributes: Attributes<'_>, text: impl Display) {
        self.open(tag, attributes);
        self.text(text);
        self.close(tag);
    }

    /// Text.
    pub(super) fn text(&mut self, text: impl Display) {
        // Escaped while it is formatted: there is no unescaped copy that could be appended by
        // mistake.
        write!(Escaped(&mut self.0), "{text}").expect("writing to a string cannot fail");
    }

    /// A path, which may be broken after each of its parts.
    pub(super) fn path(&mut self, path: &str) {
        // A long path without a place to break would push its table off the page.
        for part in path.split_inclusive(['/', '_']) {
            self.text(part);
            self.empty("wbr", &[]);
        }
    }

    /// Another piece.
    pub(super) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// JSON in a script element that does not run.
    ///
    /// Characters that end the element, or that old parsers treat as the end of a line, become escapes, which
    /// leaves the value the same: outside strings, JSON has none of them.
    pub(super) fn data(&mut self, id: &'static str, json: &str) {
        self.open("script", &[("type", &"application/json"), ("id", &id)]);
        for character in json.chars() {
            match character {
                // HTML knows no entities within a script element, so JSON has to escape in its own
                // way.
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                    write!(self.0, "\\u{:04x}", u32::from(character))
                        .expect("writing to a string cannot fail");
                }
                _ => self.0.push(character),
            }
        }
        self.close("script");
    }

    /// A stylesheet or script of this crate, unchanged: its hash is in the policy.
    pub(super) fn asset(&mut self, tag: &'static str, content: &'static str) {
        self.open(tag, &[]);
        self.0.push_str(content);
        self.close(tag);
    }

    /// The text of the markup.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    fn start(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            // A browser would ignore it without a word: the policy allows no inline style or
            // handler.
            debug_assert!(*name != "style" && !name.starts_with("on"), "the policy forbids {name}");
            write!(self.0, " {name}=\"").expect("writing to a string cannot fail");
            write!(Escaped(&mut self.0), "{value}").expect("writing to a string cannot fail");
            self.0.push('"');
        }
    }
}

/// Escapes what is written to it, for text and for attribute values alike.
struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                // Not needed in text, but one rule for both places cannot be used in the wrong one.
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // A build server that prints the page obeys `##vso[…]`.
                '#' if self.0.ends_with('#') => self.0.push_str("&#35;"),
                _ => self.0.push(character),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn text_and_attributes_cannot_end_where_they_stand() {
        let mut markup = Markup::default();
        let hostile = "</p><script>alert('1')</script>\" onload=\"x&y";
        markup.element("p", &[("title", &hostile)], hostile);
        let escaped = "&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&amp;y";
        assert_eq!(markup.as_str(), format!("<p title=\"{escaped}\">{escaped}</p>"));
    }

    #[test]
    fn data_cannot_end_its_element_and_keeps_its_value() {
        let value = serde_json::json!(["</script><!--", "a & b\u{2028}"]);
        let mut markup = Markup::default();
        markup.data("data", &value.to_string());
        let json = markup.as_str().strip_prefix("<script type=\"application/json\" id=\"data\">").unwrap();
        let json = json.strip_suffix("</script>").unwrap();
        assert!(!json.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(json).unwrap(), value);
    }
}
