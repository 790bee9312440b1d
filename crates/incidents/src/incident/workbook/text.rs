//! The cells of a sheet -> lines of separated values, within limits.

use super::super::error::IncidentError;
use super::super::file::FileFormat;

pub(super) const DAMAGED: &str = "is damaged";
pub(super) const DISPROPORTION: &str = "is too large for the size of the file";
pub(super) const UNREADABLE: &str = "cannot be read: it is damaged, encrypted or another kind of archive";

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
pub(super) struct Request<'a> {
    pub(super) file: &'a str,
    pub(super) content: &'a [u8],
    pub(super) wanted: Option<&'a str>,
}

impl Request<'_> {
    pub(super) fn problem(self, reason: &'static str) -> IncidentError {
        IncidentError::Workbook { file: self.file.to_owned(), reason }
    }
}

/// What a sheet may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    pub(super) bytes: u64,
    pub(super) cells: usize,
}

/// The sheet to read, and the names of the others.
pub(super) fn chosen_sheet(
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
pub(super) struct SheetText {
    text: String,
    row: usize,
    column: usize,
    left: Budget,
}

impl SheetText {
    pub(super) fn new(left: Budget) -> Self {
        Self { text: String::new(), row: 0, column: 0, left }
    }

    /// Adds a cell; false beyond the limits. A cell that comes out of order is skipped: no program writes one.
    pub(super) fn add(&mut self, row: usize, column: usize, text: &str) -> bool {
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

    pub(super) fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}
