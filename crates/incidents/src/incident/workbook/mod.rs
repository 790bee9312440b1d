//! Workbooks of spreadsheet programs -> the rows of one sheet, as separated values.

mod excel;
mod open_document;
mod text;

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::IncidentError;
use text::{Budget, DAMAGED, DISPROPORTION, Request};
pub(crate) use text::{SEPARATOR, WorkbookText};

/// Decompressed bytes that any workbook may have, and those per byte of the file. Spreadsheet programs reach 50.
const LEAST_BYTES: u64 = 16 << 20;
const BYTES_PER_BYTE: u64 = 100;
/// Cells of the text, empty ones included, that any workbook may have, and those per byte of the file.
const LEAST_CELLS: usize = 1 << 20;
const CELLS_PER_BYTE: usize = 4;

/// The part of an `OpenDocument` archive that has the sheets; no other workbook has it.
const OPEN_DOCUMENT: &str = "content.xml";

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

#[cfg(test)]
pub(crate) use excel::tests;
