//! Text -> header and rows, with the line each row starts on.

use super::column;
use super::field::Field;
use super::file::FileFormat;

/// A file's rows, whatever its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The headers as written, without surrounding white space.
    pub(super) header: Vec<String>,
    /// The rows that hold anything, in file order.
    pub(super) rows: Vec<Row>,
    /// The format it was in.
    pub(super) format: FileFormat,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line it starts on, counted from 1 with the header.
    pub(super) line: u64,
    /// Its fields, without surrounding white space; any number of them.
    pub(super) fields: Vec<String>,
    /// Columns whose value is a number of the format itself, with a point as decimal mark: ascending.
    pub(super) numbers: Vec<usize>,
    /// Why it cannot be read as a whole, as a lower-case phrase; `None` when it can.
    pub(super) damage: Option<String>,
}

/// Separators that are tried, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A last row that is always ours: when it is not found alone, a quote was never closed.
const END: &str = "\u{1}end of incidents\u{1}";

/// What is wrong with a row that swallows the rest of the file.
const UNCLOSED: &str = "a quote is never closed, so the rest of the file is part of this row";

/// Reads header and rows. The separator is the one that gives the most known headers, then the
/// most headers; a first line such as `sep=;` (written by spreadsheet programs) states it.
pub(super) fn read(mut text: String) -> Sheet {
    let stated = stated_separator(&text);
    let skipped = stated.map_or(0, |(_, len)| len);
    let separator = stated.map_or_else(|| sniff(&text), |(separator, _)| separator);
    text.push('\n');
    text.push_str(END);
    text.push('\n');
    let mut lines = LineCounter::new(&text);
    let mut records = reader(&text[skipped..], separator);
    let mut record = csv::StringRecord::new();
    let mut header = None;
    let mut rows = Vec::new();
    loop {
        let start = skipped + usize::try_from(records.position().byte()).expect("the text is in memory");
        let more = records.read_record(&mut record).expect("text is UTF-8 and rows may differ in length");
        if !more {
            break;
        }
        let line = lines.line_of_row(start);
        let mut fields: Vec<String> = record.iter().map(|field| field.trim().to_owned()).collect();
        if fields == [END] {
            break;
        }
        let mut is_unclosed = false;
        if let Some(last) = fields.last_mut()
            && let Some(rest) = last.strip_suffix(END)
        {
            is_unclosed = true;
            *last = rest.trim().to_owned();
        }
        let damage = is_unclosed.then(|| UNCLOSED.to_owned());
        if header.is_none() {
            header = Some(fields);
            if is_unclosed {
                rows.push(Row { line, fields: Vec::new(), numbers: Vec::new(), damage });
            }
        } else if is_unclosed || fields.iter().any(|field| !field.is_empty()) {
            rows.push(Row { line, fields, numbers: Vec::new(), damage });
        }
    }
    let format = FileFormat::Csv { separator: char::from(separator) };
    Sheet { header: header.unwrap_or_default(), rows, format }
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The separator of a first line `sep=;`, and the length of that line.
fn stated_separator(text: &str) -> Option<(u8, usize)> {
    let first = text.split_inclusive('\n').next()?;
    match first.trim_end_matches(['\r', '\n']).as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] if SEPARATORS.contains(separator) => {
            Some((*separator, first.len()))
        }
        _ => None,
    }
}

fn sniff(text: &str) -> u8 {
    let mut best = (SEPARATORS[0], (0, 0));
    for separator in SEPARATORS {
        let mut record = csv::StringRecord::new();
        let mut records = reader(text, separator);
        let is_header =
            records.read_record(&mut record).expect("text is UTF-8 and rows may differ in length");
        if !is_header {
            continue;
        }
        let meanings = || record.iter().filter_map(|header| column::meaning(header, None));
        let has_id = meanings().any(|meaning| meaning.field == Field::Id);
        let score = (meanings().count() + usize::from(has_id), record.len());
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

/// Counts lines up to ever later bytes.
struct LineCounter<'a> {
    text: &'a [u8],
    position: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), position: 0, line: 1 }
    }

    /// The line of the first byte at or after `start` that ends no line: blank lines before a row
    /// are no part of it.
    fn line_of_row(&mut self, start: usize) -> u64 {
        while let Some(byte) = self.text.get(self.position) {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => self.text.get(self.position + 1) != Some(&b'\n'),
                _ => false,
            };
            if self.position >= start && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            self.line += u64::from(ends_line);
            self.position += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, read};

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        read(text.to_owned()).rows.into_iter().map(|Row { line, fields, .. }| (line, fields)).collect()
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (line, fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn the_separator_is_found_from_the_header() {
        for text in [
            "id,title\n1,a;b|c\n",
            "id;title\n1;a;b|c\n",
            "id\ttitle\n1\ta;b|c\n",
            "id|title\n1|a;b|c\n",
            "sep=;\nid;title\n1;x\n",
            "\"id\",\"title; text\",created\n1,x,2026-01-01\n",
        ] {
            let sheet = read(text.to_owned());
            assert_eq!(sheet.header[0], "id", "{text}");
            assert_eq!(sheet.rows[0].fields[0], "1", "{text}");
        }
    }

    #[test]
    fn rows_know_their_first_line_through_blank_lines_and_quoted_newlines() {
        let expected = [row(2, &["1", "a\r\nb"]), row(5, &["2", "c"]), row(7, &["3", "d"])];
        assert_eq!(rows("id,title\r\n1,\"a\r\nb\"\r\n\r\n2,c\r\n,\r\n3,d"), expected);
        assert_eq!(rows("sep=,\nid,title\n1,a\n"), [row(3, &["1", "a"])]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_noticed() {
        let sheet = read("id,title\n1,a\n2,\"b\n3,c\n".to_owned());
        let unclosed: Vec<bool> = sheet.rows.iter().map(|row| row.damage.is_some()).collect();
        assert_eq!(unclosed, [false, true]);
        assert_eq!(sheet.rows[1].fields, ["2", "b\n3,c"]);
    }
}
