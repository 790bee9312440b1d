//! Files -> [`Incidents`]: every row read, rows of one incident merged.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::merge;
use super::row::{self, RowIncident};
use super::sheet::Sheet;
use super::{ColumnMapping, FileReading, IncidentError, IncidentFile, Incidents, ReadOptions, RejectedRow};
use super::{column, decode, json, sheet};

/// Reads incidents from the content of CSV and JSON files.
///
/// Rows with the same id are one incident, whichever files they are in: the value of the row that was
/// updated last stands, of the later row where that is not known; lists are united. A cost that a
/// later row changes is reported in [`Incidents::rejected`]. No files: no incidents.
///
/// # Errors
/// When a whole file is of no use: neither CSV nor JSON text, no id column, or data rows of which none
/// can be used; and when a column that the options name is in no file.
pub fn read(files: &[IncidentFile], options: &ReadOptions) -> Result<Incidents, IncidentError> {
    let mut reading = Reading::default();
    let mut headers: Vec<String> = Vec::new();
    let mut sheets = Vec::new();
    for file in files {
        let decoded = decode::decode(&file.name, &file.content)?;
        let is_json = decoded.text.trim_start().starts_with(['{', '[']);
        let sheet = if is_json { json::read(&file.name, &decoded.text)? } else { sheet::read(decoded.text) };
        for header in &sheet.header {
            if !headers.contains(header) {
                headers.push(header.clone());
            }
        }
        sheets.push((file, decoded.encoding, sheet));
    }
    let is_missing = |chosen: &&super::ColumnMap| !headers.iter().any(|header| chosen.names(header));
    if let Some(chosen) = options.columns.iter().find(is_missing).filter(|_| !files.is_empty()) {
        return Err(IncidentError::NoSuchColumn { column: chosen.column().to_owned(), header: headers });
    }
    for (file, encoding, sheet) in &sheets {
        let layout = Layout::new(&file.name, sheet, options);
        reading.add_file(&layout, sheet, *encoding)?;
    }
    Ok(reading.finish())
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
    fn add_file(
        &mut self,
        layout: &Layout<'_>,
        sheet: &Sheet,
        encoding: super::Encoding,
    ) -> Result<(), IncidentError> {
        let file = layout.file;
        if !layout.has_id() && sheet.rows.iter().all(|row| row.damage.is_none()) {
            return Err(IncidentError::NoIdColumn {
                file: file.to_owned(),
                similar: column::similar_to_id(&sheet.header),
                accepted: column::id_names().to_vec(),
                header: sheet.header.clone(),
            });
        }
        self.columns.extend(layout.mappings(sheet));
        let first_rejected = self.rejected.len();
        let mut n_used = 0_u64;
        for row in &sheet.rows {
            self.rows += 1;
            if let Some(read) = row::read(layout, row, &mut self.rejected) {
                n_used += 1;
                self.by_id.entry(read.incident.id.clone()).or_default().push(read);
            }
        }
        let rows = sheet.rows.len() as u64;
        let (tool, recognised_by) = match &layout.recognised {
            Some(recognised) => (Some(recognised.tool), recognised.by.clone()),
            None => (None, Vec::new()),
        };
        self.files.push(FileReading {
            file: file.to_owned(),
            format: sheet.format,
            encoding,
            tool,
            recognised_by,
            rows,
            dropped: rows - n_used,
        });
        match self.rejected.get(first_rejected) {
            Some(first) if n_used == 0 => {
                let first = Box::new(first.clone());
                Err(IncidentError::AllRejected { file: file.to_owned(), rows, first })
            }
            _ => Ok(()),
        }
    }

    fn finish(mut self) -> Incidents {
        let mut list = Vec::new();
        let mut merged_rows = 0;
        for (id, rows) in self.by_id {
            for (id, rows) in merge::split_by_tracker(id, rows) {
                merged_rows += rows.len() as u64 - 1;
                list.push(merge::merge(id, rows, &mut self.rejected));
            }
        }
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
