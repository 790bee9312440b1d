//! JSON whose strings neither control the terminal that shows them nor the build that prints them.
//!
//! The values stay the same: JSON allows every character to be written as `\uXXXX`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::text::is_invisible;

/// Writes a value on one line.
pub(super) fn write_line<W: Write>(out: W, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping(CompactFormatter)))
}

/// Writes a value indented.
pub(super) fn write_indented<W: Write>(out: W, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping(PrettyFormatter::new())))
}

/// A layout with strings in which every character is visible.
struct Escaping<F>(F);

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // Nearly all strings are paths and ids, which need nothing.
        if fragment.is_ascii() && !fragment.contains("##") && !fragment.contains('\x7f') {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (at, character) in fragment.char_indices() {
            // Build servers obey `##vso[…]` and `##[…]` anywhere in a line.
            let is_command = character == '#' && fragment[..at].ends_with('#');
            if is_command || is_invisible(character) {
                out.write_all(&fragment.as_bytes()[written..at])?;
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
                written = at + character.len_utf8();
            }
        }
        out.write_all(&fragment.as_bytes()[written..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_key(out)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{write_indented, write_line};

    #[test]
    fn strings_keep_their_value_and_hide_nothing() {
        let value = json!({
            "a": ["\u{1b}[2J", "\u{9b}2J", "\u{202e}x", "\u{e0041}", "\u{7f}", "Müller 漢", "\"\\"],
            "##vso[x]": "### ##[error]a #1 ##",
            "b": [], "c": {}, "d": [1, 2.5, null, true],
        });
        let (mut line, mut indented) = (Vec::new(), Vec::new());
        write_line(&mut line, &value).expect("a vector takes any text");
        write_indented(&mut indented, &value).expect("a vector takes any text");
        for out in [line, indented] {
            let text = String::from_utf8(out).expect("JSON is UTF-8");
            assert!(!text.contains("##"), "{text}");
            assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{e0041}', '\u{7f}']), "{text}");
            assert!(text.contains("Müller 漢"), "{text}");
            assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), value);
        }
    }

    #[test]
    fn the_layout_is_that_of_the_json_library() {
        let value = json!({ "a": [1, { "b": [] }], "c": {} });
        let mut out = Vec::new();
        write_indented(&mut out, &value).expect("a vector takes any text");
        assert_eq!(String::from_utf8(out).ok(), serde_json::to_string_pretty(&value).ok());
    }
}
