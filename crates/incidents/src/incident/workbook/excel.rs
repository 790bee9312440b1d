//! XLSX workbooks -> the rows of one sheet.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use jiff::civil::Date;

use super::super::error::IncidentError;
use super::text::{
    Budget, DAMAGED, DISPROPORTION, Request, SheetText, UNREADABLE, WorkbookText, chosen_sheet,
};
use crate::incident::file::FileFormat;

pub(super) fn sheet(request: Request<'_>, budget: Budget) -> Result<WorkbookText, IncidentError> {
    let mut workbook = Xlsx::new(Cursor::new(request.content)).map_err(|_| request.problem(UNREADABLE))?;
    let (name, others) = chosen_sheet(request, workbook.sheet_names())?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| request.problem(DAMAGED))?;
    let mut rows = SheetText::new(budget);
    while let Some(cell) = cells.next_cell().map_err(|_| request.problem(DAMAGED))? {
        let (row, column) = cell.get_position();
        if !rows.add(row as usize, column as usize, &text_of(cell.get_value())) {
            return Err(request.problem(DISPROPORTION));
        }
    }
    Ok(WorkbookText { text: rows.finish(), format: FileFormat::Xlsx, sheet: name, others })
}

/// The text of a cell as a person would type it.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        // A line break would move the rows below away from their numbers.
        DataRef::String(text) => text.replace(['\r', '\n'], " "),
        DataRef::SharedString(text) => text.replace(['\r', '\n'], " "),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(time) => time_text(time),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        // `#N/A` and the like: there is no value.
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// `2026-07-03`, `2026-07-03 14:00:00`, or `26:30:00` of a duration.
fn time_text(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() {
        let part = |value: u8| i8::try_from(value).unwrap_or(1);
        let date = Date::new(i16::try_from(year).unwrap_or(1900), part(month), part(day));
        let start = jiff::civil::date(1899, 12, 31);
        let days = date.ok().and_then(|date| start.until(date).ok()).map_or(0, |span| span.get_days());
        // Day 60 of the calendar of spreadsheets does not exist.
        let days = if days >= 60 { days + 1 } else { days };
        return format!("{}:{minute:02}:{second:02}", i64::from(days) * 24 + i64::from(hour));
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::super::{IncidentError, read};

    /// A workbook of these sheets, each with the XML of its rows.
    pub(crate) fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            archive.start_file(name, SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("in memory");
        };
        part(
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        );
        let (mut list, mut links) = (String::new(), String::new());
        for (number, (name, rows)) in (1..).zip(sheets) {
            list.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"));
            links.push_str(&format!(
                "<Relationship Id=\"rId{number}\" Target=\"worksheets/sheet{number}.xml\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>"
            ));
            let sheet = format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            );
            part(&format!("xl/worksheets/sheet{number}.xml"), &sheet);
        }
        part(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"
            ),
        );
        part(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"
            ),
        );
        part(
            "xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>",
        );
        archive.finish().expect("in memory").into_inner()
    }

    /// A cell of text.
    fn text(place: &str, text: &str) -> String {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    fn row(number: usize, cells: &[String]) -> String {
        format!("<row r=\"{number}\">{}</row>", cells.concat())
    }

    /// A title above, a header, two incidents with a date, a duration and an amount.
    pub(crate) fn incidents() -> String {
        [
            row(1, &[text("A1", "Incidents of 2026")]),
            row(3, &[text("A3", "ID"), text("B3", "Opened"), text("C3", "Downtime (h)"), text("D3", "Cost (EUR)")]),
            row(
                4,
                &[
                    text("A4", "INC-1"),
                    // 46206: 2026-07-03; 1.5 days are 36 hours.
                    "<c r=\"B4\" s=\"1\"><v>46206</v></c><c r=\"C4\"><v>1.5</v></c><c r=\"D4\"><v>1200.5</v></c>".to_owned(),
                ],
            ),
            row(
                5,
                &[text("A5", "INC-2 &quot;x&quot;"), "<c r=\"B5\" s=\"1\"><v>46210.5</v></c><c r=\"D5\"><v>800</v></c>".to_owned()],
            ),
        ]
        .concat()
    }

    #[test]
    fn the_lines_are_the_rows_of_the_sheet() {
        let content = workbook(&[("Incidents", &incidents()), ("Notes", "")]);
        let sheet = read("a.xlsx", &content, None).expect("a workbook");
        assert_eq!((sheet.sheet.as_str(), sheet.others), ("Incidents", vec!["Notes".to_owned()]));
        let lines: Vec<&str> = sheet.text.lines().collect();
        assert_eq!(lines[0], "\"Incidents of 2026\"");
        assert_eq!(lines[1], "");
        assert_eq!(lines[2], "\"ID\",\"Opened\",\"Downtime (h)\",\"Cost (EUR)\"");
        assert_eq!(lines[3], "\"INC-1\",\"2026-07-03\",\"1.5\",\"1200.5\"");
        assert_eq!(lines[4], "\"INC-2 \"\"x\"\"\",\"2026-07-07 12:00:00\",,\"800\"");
    }

    #[test]
    fn durations_are_hours_minutes_and_seconds() {
        // 26 h 30 min are 1.1041666 days; 70 days are 1,680 hours.
        let rows =
            "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>1.104166667</v></c><c r=\"B1\" s=\"2\"><v>70</v></c></row>";
        let sheet = read("a.xlsx", &workbook(&[("A", rows)]), None).expect("a workbook");
        assert_eq!(sheet.text, "\"26:30:00\",\"1680:00:00\"\n");
    }

    #[test]
    fn a_sheet_is_chosen_by_name() {
        let second = row(1, &[text("A1", "id")]);
        let content = workbook(&[("Cover", ""), ("Data", &second)]);
        assert_eq!(read("a.xlsx", &content, Some("Data")).expect("there").text, "\"id\"\n");
        let error = read("a.xlsx", &content, Some("data")).expect_err("not there");
        assert!(matches!(error, IncidentError::NoSuchSheet { sheets, .. } if sheets == ["Cover", "Data"]));
    }

    #[test]
    fn damage_and_disproportion_are_refused() {
        let whole = workbook(&[("A", &incidents())]);
        for end in (0..whole.len()).step_by(97) {
            let _refused_or_read = read("a.xlsx", &whole[..end], None);
        }
        for at in (30..whole.len()).step_by(13) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let _refused_or_read = read("a.xlsx", &damaged, None);
        }
        let bomb = format!("<row r=\"1\"><c r=\"A1\"><v>{}</v></c></row>", "1".repeat(40 << 20));
        let error = read("a.xlsx", &workbook(&[("A", &bomb)]), None).expect_err("a bomb");
        assert!(error.to_string().ends_with("is too large for the size of the file"), "{error}");
        // Cells far apart cost a separator or a line each.
        let far: String = (1..200).map(|number| row(number, &[text(&format!("XFD{number}"), "x")])).collect();
        assert!(read("a.xlsx", &workbook(&[("A", &far)]), None).is_err());
    }
}
