//! Workbooks of spreadsheet programs -> the rows of one sheet, as separated values.

mod excel;
mod open_document;

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::IncidentError;
use super::file::FileFormat;

/// Decompressed bytes that any workbook may have, and those per byte of the file. Spreadsheet programs reach 50.
const LEAST_BYTES: u64 = 16 << 20;
const BYTES_PER_BYTE: u64 = 100;
/// Cells of the text, empty ones included, that any workbook may have, and those per byte of the file.
const LEAST_CELLS: usize = 1 << 20;
const CELLS_PER_BYTE: usize = 4;

const DAMAGED: &str = "is damaged";
const DISPROPORTION: &str = "is too large for the size of the file";
const UNREADABLE: &str = "cannot be read: it is damaged, encrypted or another kind of archive";

/// The part of an `OpenDocument` archive that has the sheets; no other workbook has it.
const OPEN_DOCUMENT: &str = "content.xml";

/// The separator of the text.
pub(crate) const SEPARATOR: u8 = b',';

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WorkbookText {
    /// Its rows, one per line, so that the lines are those of the sheet.
    pub(crate) text: String,
    /// [`FileFormat::Xlsx`] or [`FileFormat::Ods`].
    pub(crate) format: FileFormat,
    /// Its name.
    pub(crate) sheet: String,
    /// The names of the other sheets.
    pub(crate) others: Vec<String>,
}

/// What is read, and under which name it is complained of.
#[derive(Debug, Clone, Copy)]
struct Request<'a> {
    file: &'a str,
    content: &'a [u8],
    wanted: Option<&'a str>,
}

impl Request<'_> {
    fn problem(self, reason: &'static str) -> IncidentError {
        IncidentError::Workbook { file: self.file.to_owned(), reason }
    }
}

/// What a sheet may take.
#[derive(Debug, Clone, Copy)]
struct Budget {
    bytes: u64,
    cells: usize,
}

/// Reads the first sheet of a workbook, or the one of this name.
///
/// # Errors
/// If the workbook is damaged, out of proportion to its size, or has no such sheet.
pub(crate) fn read(file: &str, content: &[u8], wanted: Option<&str>) -> Result<WorkbookText, IncidentError> {
    let request = Request { file, content, wanted };
    let budget = Budget {
        bytes: LEAST_BYTES + BYTES_PER_BYTE * content.len() as u64,
        cells: LEAST_CELLS + CELLS_PER_BYTE * content.len(),
    };
    let Ok(parts) = Parts::measure(content, budget.bytes) else { return Err(request.problem(DAMAGED)) };
    if parts.exceeds_limit {
        return Err(request.problem(DISPROPORTION));
    }
    // The library promises errors, not the absence of faults, and the file is anybody's.
    let read = catch_unwind(AssertUnwindSafe(|| match parts.open_document {
        Some(sheets) => open_document::sheet(request, &sheets, budget),
        None => excel::sheet(request, budget),
    }));
    read.unwrap_or_else(|_| Err(request.problem(DAMAGED)))
}

/// The decompressed parts of an archive.
struct Parts {
    /// Whether they are larger than allowed, by decompressing them: what an archive says of its sizes need not be true.
    exceeds_limit: bool,
    /// The part of an `OpenDocument` that has the sheets.
    open_document: Option<Vec<u8>>,
}

impl Parts {
    fn measure(content: &[u8], limit: u64) -> io::Result<Self> {
        let mut archive = zip::ZipArchive::new(Cursor::new(content)).map_err(io::Error::other)?;
        let mut left = limit;
        let mut open_document = None;
        for number in 0..archive.len() {
            let part = archive.by_index(number).map_err(io::Error::other)?;
            let is_sheets = part.name().is_ok_and(|name| name == OPEN_DOCUMENT);
            let mut part = part.take(left + 1);
            let read = if is_sheets {
                let mut bytes = Vec::new();
                let read = part.read_to_end(&mut bytes)? as u64;
                open_document = Some(bytes);
                read
            } else {
                io::copy(&mut part, &mut io::sink())?
            };
            match left.checked_sub(read) {
                Some(rest) => left = rest,
                None => return Ok(Self { exceeds_limit: true, open_document: None }),
            }
        }
        Ok(Self { exceeds_limit: false, open_document })
    }
}

/// The sheet to read, and the names of the others.
fn chosen_sheet(
    request: Request<'_>,
    mut sheets: Vec<String>,
) -> Result<(String, Vec<String>), IncidentError> {
    let is_wanted = |name: &String| request.wanted.is_none_or(|wanted| name == wanted);
    match (sheets.iter().position(is_wanted), request.wanted) {
        (Some(position), _) => Ok((sheets.remove(position), sheets)),
        (None, Some(sheet)) => {
            Err(IncidentError::NoSuchSheet { file: request.file.to_owned(), sheet: sheet.to_owned(), sheets })
        }
        (None, None) => Err(request.problem("has no sheet")),
    }
}

/// Puts cells into lines; they come by row, then by column.
struct SheetText {
    text: String,
    row: usize,
    column: usize,
    left: Budget,
}

impl SheetText {
    fn new(left: Budget) -> Self {
        Self { text: String::new(), row: 0, column: 0, left }
    }

    /// Adds a cell; false beyond the limits. A cell that comes out of order is skipped: no program writes one.
    fn add(&mut self, row: usize, column: usize, text: &str) -> bool {
        if text.is_empty() || row < self.row || (row == self.row && column < self.column) {
            return true;
        }
        let lines = row - self.row;
        let separators = if lines > 0 { column } else { column - self.column };
        let needed = lines + separators;
        let Some(cells) = self.left.cells.checked_sub(needed) else { return false };
        let Some(bytes) = self.left.bytes.checked_sub((needed + text.len() + 2) as u64) else {
            return false;
        };
        self.left = Budget { bytes, cells };
        self.text.extend(std::iter::repeat_n('\n', lines));
        self.text.extend(std::iter::repeat_n(char::from(SEPARATOR), separators));
        (self.row, self.column) = (row, column);
        self.text.push('"');
        self.text.push_str(&text.replace('"', "\"\""));
        self.text.push('"');
        true
    }

    fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

#[cfg(test)]
pub(crate) use excel::tests;
