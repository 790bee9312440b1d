//! Text -> header and rows, with the line that each row starts on.

use super::below::mark_text_below;
use super::file::FileFormat;
use super::input_sheet::{InputSheet, SheetRow};
use super::workbook;

/// What a header says to the reader of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderKind {
    /// It names the rows.
    Id,
    /// It has another known meaning.
    Known,
    /// It is not known.
    Unknown,
}

/// Separators in the order in which they are tried.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// An extra last row. If it is not found alone, a quote was never closed.
const END: &str = "\u{1}end of incidents\u{1}";

/// The problem of a row that swallows the rest of the file.
const UNCLOSED: &str = "unclosed quote: the rest of the file became part of this row";

/// Rows among which the header is looked for.
const ROWS_SEARCHED: usize = 20;

/// Reads header and rows.
///
/// The separator is the one that gives the most known headers, then the most headers; a first line such as
/// `sep=;` (written by spreadsheet programs) states it. The header is the first row, unless a later one is
/// clearly it: people write titles and group names above their tables, and notes below.
pub(crate) fn read(text: String, kind: &dyn Fn(&str) -> HeaderKind) -> InputSheet {
    let stated = stated_separator(&text);
    separated(text, stated, kind)
}

/// Reads the text of a sheet of a workbook.
pub(crate) fn of_workbook(text: String, format: FileFormat, kind: &dyn Fn(&str) -> HeaderKind) -> InputSheet {
    InputSheet { format, ..separated(text, Some((workbook::SEPARATOR, 0)), kind) }
}

/// Reads header and rows with the separator and the length of its line, if the text states it.
fn separated(mut text: String, stated: Option<(u8, usize)>, kind: &dyn Fn(&str) -> HeaderKind) -> InputSheet {
    let skipped = stated.map_or(0, |(_, len)| len);
    let candidates: Vec<u8> = stated.map_or_else(|| SEPARATORS.to_vec(), |(separator, _)| vec![separator]);
    let (separator, header_row) = find_header(&text[skipped..], &candidates, kind);
    text.push('\n');
    text.push_str(END);
    text.push('\n');
    let mut rows = records(&text, skipped, separator);
    let rows_above = rows.drain(..header_row.min(rows.len())).count() as u64;
    let mut sheet = InputSheet {
        header: Vec::new(),
        header_line: 0,
        rows_above,
        rows,
        format: FileFormat::Csv { separator: char::from(separator) },
    };
    if !sheet.rows.is_empty() {
        let first = sheet.rows.remove(0);
        sheet.header_line = first.line;
        // A header is no row, so its damage could not be reported: an empty row carries it.
        if first.damage.is_some() {
            sheet.rows.insert(0, SheetRow { fields: Vec::new(), ..first.clone() });
        }
        sheet.header = first.fields;
    }
    mark_text_below(&mut sheet);
    sheet
}

/// The records that hold anything, the header among them.
fn records(text: &str, skipped: usize, separator: u8) -> Vec<SheetRow> {
    let mut lines = LineCounter::new(text);
    let mut reader = reader(&text[skipped..], separator);
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    let mut follows_gap = false;
    loop {
        let start = skipped + usize::try_from(reader.position().byte()).expect("the text is in memory");
        let more = reader.read_record(&mut record).expect("text is UTF-8 and rows may differ in length");
        if !more {
            return rows;
        }
        let line = lines.line_of_row(start);
        // The reader passes over blank lines silently, and a gap tells notes from rows.
        follows_gap |= starts_with_blank_line(text, start);
        let mut fields: Vec<String> = record.iter().map(|field| field.trim().to_owned()).collect();
        let is_last =
            skipped + usize::try_from(reader.position().byte()).expect("the text is in memory") >= text.len();
        // Only at the end: a row of a file can hold the same text.
        if is_last && fields == [END] {
            return rows;
        }
        let mut damage = None;
        if is_last
            && let Some(last) = fields.last_mut()
            && let Some(rest) = last.strip_suffix(END)
        {
            damage = Some(UNCLOSED.to_owned());
            *last = rest.trim().to_owned();
        }
        // The first record is kept even if it is empty: it is the header of an empty table.
        if rows.is_empty() || damage.is_some() || fields.iter().any(|field| !field.is_empty()) {
            rows.push(SheetRow { line, fields, numbers: Vec::new(), follows_gap, damage, is_beside: false });
            follows_gap = false;
        } else {
            follows_gap = true;
        }
    }
}

fn starts_with_blank_line(text: &str, start: usize) -> bool {
    // The reader may stop between the two characters of a line end.
    let is_within_line_end = start > 0 && text.as_bytes()[start - 1] == b'\r';
    let rest = &text[start..];
    let rest = if is_within_line_end { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
    rest.starts_with(['\r', '\n'])
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        // The reader of rows judges rows that are shorter or longer than the header.
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

/// How much a row looks like a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct HeaderScore {
    /// Known headers, an id counted twice.
    known: usize,
    fields: usize,
}

/// The separator and the number of the header among the records.
fn find_header(text: &str, separators: &[u8], kind: &dyn Fn(&str) -> HeaderKind) -> (u8, usize) {
    let mut best = (separators[0], 0, HeaderScore::default());
    for separator in separators {
        let mut reader = reader(text, *separator);
        let mut record = csv::StringRecord::new();
        let mut rows = Vec::new();
        while rows.len() < ROWS_SEARCHED
            && reader.read_record(&mut record).expect("text is UTF-8 and rows may differ in length")
        {
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if rows.is_empty() || cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(cells);
            }
        }
        let (row, score) = header_among(&rows, kind);
        // Only a better score wins, so that a tie goes to the more usual separator.
        if score > best.2 {
            best = (*separator, row, score);
        }
    }
    (best.0, best.1)
}

/// The number of the header row, and its score.
fn header_among(rows: &[Vec<String>], kind: &dyn Fn(&str) -> HeaderKind) -> (usize, HeaderScore) {
    let kinds = |cells: &[String]| -> (usize, bool) {
        let kinds: Vec<HeaderKind> = cells.iter().map(|cell| kind(cell)).collect();
        let known = kinds.iter().filter(|kind| **kind != HeaderKind::Unknown).count();
        (known, kinds.contains(&HeaderKind::Id))
    };
    let score = |cells: &[String]| {
        let (known, has_id) = kinds(cells);
        HeaderScore { known: known + usize::from(has_id), fields: cells.len() }
    };
    let Some(first) = rows.first() else { return (0, HeaderScore::default()) };
    let (known_first, first_has_id) = kinds(first);
    let mut best = (0, score(first));
    for (number, cells) in rows.iter().enumerate().take(ROWS_SEARCHED).skip(1) {
        let (known, has_id) = kinds(cells);
        // IDs, dates and amounts begin with digits, names of columns do not.
        let holds_value = cells.iter().any(|cell| cell.starts_with(|start: char| start.is_ascii_digit()));
        // A data row may hold a word or two that are headers elsewhere.
        let needed = if first_has_id { (known_first + 2).max(3) } else { (known_first + 1).max(2) };
        if has_id && known >= needed && !holds_value && score(cells).known > best.1.known {
            best = (number, score(cells));
        }
    }
    best
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
                // A lone carriage return ends a line; before a line feed, the line feed does.
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
    use super::{HeaderKind, SheetRow};

    fn read(text: &str) -> super::InputSheet {
        let kind = |header: &str| match header.to_lowercase().as_str() {
            "id" => HeaderKind::Id,
            "title" | "date" | "cost" | "incident" => HeaderKind::Known,
            _ => HeaderKind::Unknown,
        };
        super::read(text.to_owned(), &kind)
    }

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        read(text).rows.into_iter().map(|SheetRow { line, fields, .. }| (line, fields)).collect()
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
            let sheet = read(text);
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
        let sheet = read("id,title\n1,a\n2,\"b\n3,c\n");
        let unclosed: Vec<bool> = sheet.rows.iter().map(|row| row.damage.is_some()).collect();
        assert_eq!(unclosed, [false, true]);
        assert_eq!(sheet.rows[1].fields, ["2", "b\n3,c"]);
    }

    #[test]
    fn titles_and_group_names_above_the_header_are_skipped() {
        let sheet = read("Overview Q3;;\nPrepared by: x;;\n;;\nID;Title;Cost\n1;a;5\n");
        assert_eq!((sheet.header[0].as_str(), sheet.header_line, sheet.rows_above), ("ID", 4, 2));
        assert_eq!(sheet.rows[0].line, 5);
        let sheet = read("Incident,,,\nID,Title,Date,Cost\nF-1,a,b,5\n");
        assert_eq!((sheet.header[0].as_str(), sheet.header_line), ("ID", 2));
        // A data row that says `title` is no header.
        assert_eq!(read("id,kind\nA,title\n").header, ["id", "kind"]);
        assert_eq!(read("a,b\nid,5\n").header, ["a", "b"]);
    }

    #[test]
    fn text_below_the_table_is_no_row_of_it() {
        let damaged =
            |text: &str| -> Vec<bool> { read(text).rows.iter().map(|row| row.damage.is_some()).collect() };
        assert_eq!(
            damaged("id,title,cost\nA,b,5\nB,c,6\n\nNote: estimates,,\nTotal,,11\n"),
            [false, false, true, false]
        );
        assert_eq!(damaged("id,title,cost\r\nA,b,5\r\n\r\nSource\r\nAcme Ltd\r\n"), [false, true, true]);
        assert_eq!(damaged("id,title,cost\nA,b,5\n\nMade by hand\nAcme Ltd\n"), [false, true, true]);
        assert_eq!(damaged("id,title,cost\nA,b,5\nB,,\nC\n"), [false, false, false], "ids alone are rows");
    }
}
