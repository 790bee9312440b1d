//! `OpenDocument` spreadsheets -> the rows of one sheet.

use std::io::Cursor;

use calamine::{Data, Ods, Reader as _};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::error::IncidentError;
use super::text::{
    Budget, DAMAGED, DISPROPORTION, Request, SheetText, UNREADABLE, WorkbookText, chosen_sheet,
};
use crate::incident::file::FileFormat;

pub(super) fn sheet(
    request: Request<'_>,
    sheets: &[u8],
    budget: Budget,
) -> Result<WorkbookText, IncidentError> {
    // The library writes out repeated rows and cells, a hundred million of them.
    match Extent::of(sheets) {
        Some(extent) if extent.is_within(budget) => {}
        Some(_) => return Err(request.problem(DISPROPORTION)),
        None => return Err(request.problem(DAMAGED)),
    }
    let mut workbook = Ods::new(Cursor::new(request.content)).map_err(|_| request.problem(UNREADABLE))?;
    let (name, others) = chosen_sheet(request, workbook.sheet_names())?;
    let cells = workbook.worksheet_range(&name).map_err(|_| request.problem(DAMAGED))?;
    let (top, left) = cells.start().unwrap_or_default();
    let mut rows = SheetText::new(budget);
    for (row, column, value) in cells.used_cells() {
        if !rows.add(top as usize + row, left as usize + column, &text_of(value)) {
            return Err(request.problem(DISPROPORTION));
        }
    }
    Ok(WorkbookText { text: rows.finish(), format: FileFormat::Ods, sheet: name, others })
}

/// The text of a cell as a person would type it.
fn text_of(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        // A line break would move the rows below away from their numbers.
        Data::String(text) => text.replace(['\r', '\n'], " "),
        Data::Bool(value) => value.to_string(),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        // `OpenDocument` writes its dates as ISO 8601.
        Data::DateTime(_) | Data::Error(_) | Data::Empty => String::new(),
    }
}

/// What the largest of the tables takes once its repeated rows and cells are written out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Extent {
    cells: u64,
    bytes: u64,
}

/// A row while it is read; `used` skips the empty cells at its end.
#[derive(Debug, Clone, Copy, Default)]
struct OpenRow {
    repeats: u64,
    columns: u64,
    used: u64,
    bytes: u64,
}

/// A table while it is read; `used` skips the empty rows at its end.
#[derive(Debug, Clone, Copy, Default)]
struct OpenTable {
    rows: u64,
    used: u64,
    widest: u64,
    bytes: u64,
}

impl OpenTable {
    fn add(&mut self, row: OpenRow) {
        self.rows = self.rows.saturating_add(row.repeats);
        if row.used > 0 {
            self.used = self.rows;
            self.widest = self.widest.max(row.used);
            self.bytes = self.bytes.saturating_add(row.bytes.saturating_mul(row.repeats));
        }
    }
}

impl Extent {
    /// The extent of all tables together, since the library reads all of them; `None` if this is not XML.
    fn of(sheets: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_reader(sheets);
        let mut buffer = Vec::new();
        let (mut extent, mut table, mut row) = (Self::default(), OpenTable::default(), OpenRow::default());
        // Repetitions of the cell that is open, whether it has a value, and where it began.
        let mut cell: Option<(u64, bool, u64)> = None;
        loop {
            let before = reader.buffer_position();
            match reader.read_event_into(&mut buffer).ok()? {
                Event::Start(tag) => match tag.name().into_inner() {
                    "table:table-row" => row = OpenRow { repeats: repeats(&tag)?, ..OpenRow::default() },
                    "table:table-cell" | "table:covered-table-cell" => {
                        cell = Some((repeats(&tag)?, has_value(&tag), before));
                    }
                    _ => {}
                },
                Event::Empty(tag) => match tag.name().into_inner() {
                    "table:table-row" => table.add(OpenRow { repeats: repeats(&tag)?, ..OpenRow::default() }),
                    "table:table-cell" | "table:covered-table-cell" => {
                        row.add(repeats(&tag)?, has_value(&tag), reader.buffer_position() - before);
                    }
                    _ => {}
                },
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    if let Some((_, has_value, _)) = &mut cell {
                        *has_value = true;
                    }
                }
                Event::End(tag) => match tag.name().into_inner() {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let (repeats, has_value, start) = cell.take()?;
                        row.add(repeats, has_value, reader.buffer_position() - start);
                    }
                    "table:table-row" => table.add(std::mem::take(&mut row)),
                    "table:table" => extent.add(std::mem::take(&mut table)),
                    _ => {}
                },
                Event::Eof => return Some(extent),
                _ => {}
            }
            buffer.clear();
        }
    }

    fn add(&mut self, table: OpenTable) {
        self.cells = self.cells.saturating_add(table.used.saturating_mul(table.widest));
        self.bytes = self.bytes.saturating_add(table.bytes);
    }

    fn is_within(self, budget: Budget) -> bool {
        self.cells <= budget.cells as u64 && self.bytes <= budget.bytes
    }
}

impl OpenRow {
    fn add(&mut self, repeats: u64, has_value: bool, bytes: u64) {
        self.columns = self.columns.saturating_add(repeats);
        if has_value {
            self.used = self.columns;
            self.bytes = self.bytes.saturating_add(bytes.saturating_mul(repeats));
        }
    }
}

/// How often a row or cell is repeated; `None` if that is no number.
fn repeats(tag: &BytesStart<'_>) -> Option<u64> {
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        if matches!(attribute.key.0, "table:number-rows-repeated" | "table:number-columns-repeated") {
            return attribute.value.trim().parse().ok();
        }
    }
    Some(1)
}

/// Whether the attributes of a cell have a value. Whatever is unclear counts as one.
fn has_value(tag: &BytesStart<'_>) -> bool {
    tag.attributes().any(|attribute| {
        attribute.is_ok_and(|attribute| {
            let key = attribute.key.0;
            key == "table:formula" || key.starts_with("office:") || key.starts_with("calcext:")
        })
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::super::super::error::IncidentError;
    use super::super::super::file::FileFormat;
    use super::super::read;

    /// A spreadsheet of these sheets, each with the XML of its rows.
    fn spreadsheet(sheets: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            archive.start_file(name, SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("in memory");
        };
        part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
        part(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/></manifest:manifest>",
        );
        let tables: Vec<String> = sheets
            .iter()
            .map(|(name, rows)| format!("<table:table table:name=\"{name}\">{rows}</table:table>"))
            .collect();
        let tables = tables.concat();
        part(
            "content.xml",
            &format!(
                "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
            ),
        );
        archive.finish().expect("in memory").into_inner()
    }

    fn text(text: &str) -> String {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    }

    fn row(cells: &[String]) -> String {
        format!("<table:table-row>{}</table:table-row>", cells.concat())
    }

    /// A title, an empty row, a header, two incidents, and the empty rest that programs write.
    fn incidents() -> String {
        let date = |date: &str| {
            format!(
                "<table:table-cell office:value-type=\"date\" office:date-value=\"{date}\"><text:p>x</text:p></table:table-cell>"
            )
        };
        let number = |number: &str| {
            format!(
                "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>x</text:p></table:table-cell>"
            )
        };
        let rest = "<table:table-cell table:number-columns-repeated=\"16380\"/>".to_owned();
        [
            row(&[text("Incidents of 2026"), rest.clone()]),
            "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
            row(&[text("ID"), text("Opened"), text("Downtime"), text("Cost (EUR)")]),
            row(&[
                text("INC-1"),
                date("2026-07-03"),
                "<table:table-cell office:value-type=\"time\" office:time-value=\"PT26H30M00S\"><text:p>26:30</text:p></table:table-cell>".to_owned(),
                number("1200.5"),
            ]),
            row(&[text("INC-2"), date("2026-07-07T12:00:00"), "<table:table-cell/>".to_owned(), number("800"), rest]),
            "<table:table-row table:number-rows-repeated=\"1048571\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
        ]
        .concat()
    }

    #[test]
    fn the_lines_are_the_rows_of_the_sheet() {
        let content = spreadsheet(&[("Incidents", &incidents()), ("Notes", &row(&[text("n")]))]);
        let sheet = read("a.ods", &content, None).expect("a spreadsheet");
        assert_eq!((sheet.sheet.as_str(), sheet.others), ("Incidents", vec!["Notes".to_owned()]));
        assert_eq!(sheet.format, FileFormat::Ods);
        let lines: Vec<&str> = sheet.text.lines().collect();
        assert_eq!(
            lines,
            [
                "\"Incidents of 2026\"",
                "",
                "\"ID\",\"Opened\",\"Downtime\",\"Cost (EUR)\"",
                "\"INC-1\",\"2026-07-03\",\"PT26H30M00S\",\"1200.5\"",
                "\"INC-2\",\"2026-07-07T12:00:00\",,\"800\"",
            ]
        );
        assert_eq!(read("a.ods", &content, Some("Notes")).expect("there").text, "\"n\"\n");
        let error = read("a.ods", &content, Some("notes")).expect_err("not there");
        assert!(
            matches!(error, IncidentError::NoSuchSheet { sheets, .. } if sheets == ["Incidents", "Notes"])
        );
    }

    #[test]
    fn damage_is_an_error() {
        let whole = spreadsheet(&[("A", &incidents())]);
        for end in (0..whole.len()).step_by(97) {
            let _refused_or_read = read("a.ods", &whole[..end], None);
        }
        for at in (30..whole.len()).step_by(13) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let _refused_or_read = read("a.ods", &damaged, None);
        }
    }

    #[test]
    fn rows_and_cells_that_are_repeated_out_of_proportion_are_refused() {
        let cell = |repeats: &str, value: &str| {
            format!(
                "<table:table-cell table:number-columns-repeated=\"{repeats}\" office:value-type=\"string\"><text:p>{value}</text:p></table:table-cell>"
            )
        };
        let rows = |repeats: &str, cells: &str| {
            format!("<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>")
        };
        let wide = cell("16384", "x");
        let bombs = [
            // A full sheet in a hundred bytes.
            rows("1048576", &wide),
            // One cell far to the right of many rows.
            rows(
                "1048576",
                &(cell("1", "")
                    + "<table:table-cell table:number-columns-repeated=\"16000\"/>"
                    + &cell("1", "x")),
            ),
            // A wide row above a long column.
            rows("1", &wide) + &rows("1048575", &cell("1", "x")),
            // A long text in many cells.
            rows("1000", &cell("1000", &"long ".repeat(100))),
            // One full row after the other.
            rows("1", &wide).repeat(100),
        ];
        for bomb in bombs {
            let error = read("a.ods", &spreadsheet(&[("A", &bomb)]), None).expect_err("a bomb");
            assert!(error.to_string().ends_with("is too large for the size of the file"), "{error}");
            // The library reads every sheet.
            assert!(read("a.ods", &spreadsheet(&[("A", ""), ("B", &bomb)]), None).is_err());
        }
    }
}
