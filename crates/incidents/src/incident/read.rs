//! Files -> [`Incidents`]: every row read, rows of one incident merged.

use std::collections::{BTreeMap, BTreeSet};

use super::column_map::ColumnMap;
use super::error::IncidentError;
use super::field::IncidentField;
use super::file::{Encoding, IncidentFile};
use super::filter::{Exclusion, IncidentFilter};
use super::incidents::{ColumnMapping, FileReading, Incidents};
use super::input_sheet::InputSheet;
use super::layout::{Layout, present_field};
use super::options::ReadOptions;
use super::rejected::{RejectedRow, RowFate, RowPosition};
use super::row::{self, RowIncident};
use super::sheet::HeaderKind;
use super::{column, decode, json, merge, sheet};

/// Reads incidents from the content of CSV and JSON files.
///
/// Rows with the same id are one incident, whichever files they are in: the value of the row that was
/// updated last stands, of the later row where that is not known; lists are united. A cost that a
/// later row changes is reported in [`Incidents::rejected`]. No files: no incidents.
///
/// # Errors
/// When a whole file is of no use: neither CSV nor JSON text, no id column, or no usable data
/// row; and when a column that the options name is in no file.
pub fn read(files: &[IncidentFile], options: &ReadOptions) -> Result<Incidents, IncidentError> {
    let incidents = examine(files, options)?;
    match incidents.files.iter().find_map(|file| file.problem.as_ref()) {
        Some(problem) => Err(problem.clone()),
        None => Ok(incidents),
    }
}

/// Reads like [`read`], and goes on where a whole file is of no use: its [`FileReading::problem`] says
/// why.
///
/// # Errors
/// When a column that the options name is in no file.
pub fn examine(files: &[IncidentFile], options: &ReadOptions) -> Result<Incidents, IncidentError> {
    let mut reading = Reading::default();
    let mut headers: Vec<String> = Vec::new();
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    // All files are opened first: a column that the user maps must be in one of them, not in each.
    let opened: Vec<(&IncidentFile, Result<Opened, IncidentError>)> =
        files.iter().map(|file| (file, open(file, options))).collect();
    let sheets = || opened.iter().filter_map(|(_, opened)| opened.as_ref().ok());
    for header in sheets().flat_map(|opened| &opened.sheet.header) {
        if seen.insert(header) {
            headers.push(header.clone());
        }
    }
    let is_missing = |chosen: &&ColumnMap| !headers.iter().any(|header| chosen.names(header));
    // If no file could be opened, that is the error to show.
    if let Some(chosen) = options.columns.iter().find(is_missing).filter(|_| sheets().next().is_some()) {
        return Err(IncidentError::NoSuchColumn { column: chosen.column().to_owned(), header: headers });
    }
    for (file, opened) in opened {
        match opened {
            Ok(opened) => reading.add_file(&file.name, &opened, options),
            Err(problem) => reading.files.push(FileReading::unread(&file.name, problem)),
        }
    }
    Ok(reading.finish(&options.filter))
}

/// A file whose rows are known.
struct Opened {
    encoding: Encoding,
    sheet: InputSheet,
    /// The sheet of a workbook that it is.
    of_workbook: Option<decode::SheetOfWorkbook>,
}

fn open(file: &IncidentFile, options: &ReadOptions) -> Result<Opened, IncidentError> {
    let decode::Decoded { text, encoding, sheet: of_workbook } =
        decode::decode(&file.name, &file.content, options.encoding, options.sheet.as_deref())?;
    let kind = |header: &str| header_kind(header, options);
    // No header begins with a bracket, and no JSON export with anything else.
    let is_json = text.trim_start().starts_with(['{', '[']);
    let sheet = if let Some(of_workbook) = &of_workbook {
        sheet::of_workbook(text, of_workbook.format, &kind)
    } else if is_json {
        json::read(&file.name, &text)?
    } else {
        sheet::read(text, &kind)
    };
    Ok(Opened { encoding, sheet, of_workbook })
}

/// What a header says, by its name or by the user's word.
fn header_kind(header: &str, options: &ReadOptions) -> HeaderKind {
    let chosen = options.columns.iter().find(|chosen| !header.is_empty() && chosen.names(header));
    let meaning = match chosen {
        Some(chosen) => chosen.meaning(),
        // The tool is not known yet: it is recognised by this very header.
        None => column::meaning(header, None),
    };
    match meaning.map(|meaning| meaning.field) {
        Some(IncidentField::Id) => HeaderKind::Id,
        Some(_) => HeaderKind::Known,
        None => HeaderKind::Unknown,
    }
}

/// The first column whose values look like the ids of incidents: different keys such as `OPS-17`.
fn candidate(sheet: &InputSheet) -> Option<String> {
    let is_key = |text: &str| {
        let (project, number) = text.rsplit_once(['-', '_']).unwrap_or((text, ""));
        let is_project = project.starts_with(|first: char| first.is_ascii_alphabetic())
            && project.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_project && (is_number(number) || is_number(project.trim_start_matches(char::is_alphabetic)))
    };
    let is_id = |column: &usize| {
        let values: Vec<&str> = sheet.rows.iter().filter_map(|row| present_field(row, *column)).collect();
        let mut different = values.clone();
        different.sort_unstable();
        different.dedup();
        // A team or a version repeats; an ID does not.
        values.len() > 1 && different.len() == values.len() && values.iter().all(|value| is_key(value))
    };
    let column = (0..sheet.header.len()).find(is_id)?;
    // Without a header line, the first incident takes its place.
    sheet.header.get(column).filter(|header| !header.is_empty() && !is_key(header)).cloned()
}

#[derive(Default)]
struct Reading {
    by_id: BTreeMap<String, Vec<RowIncident>>,
    rows: u64,
    rejected: Vec<RejectedRow>,
    files: Vec<FileReading>,
    columns: Vec<ColumnMapping>,
}

impl Reading {
    fn add_file(&mut self, file: &str, opened: &Opened, options: &ReadOptions) {
        let sheet = &opened.sheet;
        let layout = Layout::new(file, sheet, options);
        let (tool, recognised_by) = match &layout.recognised {
            Some(recognised) => (Some(recognised.tool), recognised.by.clone()),
            None => (None, Vec::new()),
        };
        let rows = sheet.rows.len() as u64;
        self.columns.extend(layout.mappings(sheet));
        let mut reading = FileReading {
            file: file.to_owned(),
            format: Some(sheet.format),
            encoding: Some(opened.encoding),
            tool,
            recognised_by,
            header_line: sheet.header_line,
            rows_above: sheet.rows_above,
            sheet: opened.of_workbook.as_ref().map(|sheet| sheet.name.clone()),
            other_sheets: opened.of_workbook.as_ref().map_or_else(Vec::new, |sheet| sheet.others.clone()),
            rows,
            dropped: rows,
            excluded: 0,
            problem: None,
        };
        self.rows += rows;
        // Damage, such as an unclosed quote in the header, explains better than a missing column.
        if !layout.has_id() && sheet.rows.iter().all(|row| row.damage.is_none()) {
            reading.problem = Some(IncidentError::NoIdColumn {
                file: file.to_owned(),
                suggested: column::similar_to_id(&sheet.header).or_else(|| candidate(sheet)),
                accepted: column::id_names().to_vec(),
                header: sheet.header.clone(),
            });
        } else {
            let first_rejected = self.rejected.len();
            let mut n_used = 0_u64;
            for row in &sheet.rows {
                match row::read(&layout, row, &options.filter) {
                    Ok(read) => {
                        n_used += 1;
                        self.by_id.entry(read.incident.id.clone()).or_default().push(read);
                    }
                    Err(rejected) => self.rejected.push(rejected),
                }
            }
            reading.excluded =
                self.rejected[first_rejected..].iter().filter(|row| row.is_excluded()).count() as u64;
            reading.dropped = rows - n_used - reading.excluded;
            // Going on would show an empty report as if there had been no incidents.
            let first = self.rejected.get(first_rejected).filter(|_| n_used == 0);
            reading.problem = first.map(|first| {
                let first = Box::new(first.clone());
                IncidentError::AllRejected { file: file.to_owned(), rows, first }
            });
        }
        self.files.push(reading);
    }

    /// Excludes the rows of an incident.
    fn exclude(&mut self, positions: Vec<RowPosition>, exclusion: &Exclusion) {
        for position in positions {
            if let Some(file) = self.files.iter_mut().find(|file| file.file == position.file) {
                file.excluded += 1;
            }
            self.rejected.push(RejectedRow {
                position,
                column: exclusion.column.clone(),
                value: exclusion.value.clone(),
                reason: exclusion.reason.to_owned(),
                fate: RowFate::Excluded,
            });
        }
    }

    fn finish(mut self, filter: &IncidentFilter) -> Incidents {
        let mut list = Vec::new();
        let mut merged_rows = 0;
        for (id, rows) in std::mem::take(&mut self.by_id) {
            for (id, mut rows) in merge::split_by_tracker(id, rows) {
                let verdict = merge::verdict(&rows);
                let positions: Vec<RowPosition> =
                    rows.iter().map(|row| row.incident.source.clone()).collect();
                let mut unusable: Vec<RejectedRow> =
                    rows.iter_mut().flat_map(|row| std::mem::take(&mut row.rejected)).collect();
                let incident = merge::merge(id, rows, &mut unusable);
                if let Some(exclusion) = verdict.or_else(|| filter.elsewhere(&incident)) {
                    self.exclude(positions, &exclusion);
                    continue;
                }
                merged_rows += positions.len() as u64 - 1;
                self.rejected.extend(unusable);
                list.push(incident);
            }
        }
        // The order of files and rows must not show in a result.
        list.sort_by(|a, b| (a.opened, &a.id).cmp(&(b.opened, &b.id)));
        self.rejected.sort();
        Incidents {
            list,
            rows: self.rows,
            merged_rows,
            rejected: self.rejected,
            files: self.files,
            columns: self.columns,
        }
    }
}
