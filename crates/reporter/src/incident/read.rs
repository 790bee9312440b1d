//! Files -> [`Incidents`]: every row read, rows of one incident merged.

use std::collections::BTreeMap;

use super::row::{CostCell, Layout, RowIncident};
use super::{ColumnMapping, Incident, IncidentError, IncidentFile, Incidents, ReadOptions, RejectedRow};
use super::{column, decode, sheet};

/// Reads incidents from the content of CSV files.
///
/// Rows with the same id are one incident, whichever files they are in: a later row's values stand
/// where it has any, lists are united. A cost that a later row changes is reported in
/// [`Incidents::rejected`]. No files: no incidents.
///
/// # Errors
/// When a whole file is of no use: not CSV text, no id column, or data rows of which none can be
/// used.
pub fn read(files: &[IncidentFile], options: &ReadOptions) -> Result<Incidents, IncidentError> {
    let mut merging = Merging::default();
    for file in files {
        merging.add_file(file, options)?;
    }
    Ok(merging.finish())
}

#[derive(Default)]
struct Merging {
    by_id: BTreeMap<String, (Incident, Option<CostCell>)>,
    rows: u64,
    merged_rows: u64,
    rejected: Vec<RejectedRow>,
    columns: Vec<ColumnMapping>,
}

impl Merging {
    fn add_file(&mut self, file: &IncidentFile, options: &ReadOptions) -> Result<(), IncidentError> {
        let sheet = sheet::read(decode::decode(&file.name, &file.content)?);
        let layout = Layout::new(&file.name, &sheet, options);
        if !layout.has_id() {
            return Err(IncidentError::NoIdColumn {
                file: file.name.clone(),
                similar: column::similar_to_id(&sheet.header),
                accepted: column::id_names().to_vec(),
                header: sheet.header,
            });
        }
        self.columns.extend(layout.mappings());
        let first_rejected = self.rejected.len();
        let mut n_used = 0_u64;
        for row in &sheet.rows {
            self.rows += 1;
            if let Some(read) = layout.read(row, &mut self.rejected) {
                n_used += 1;
                self.add_row(read);
            }
        }
        match self.rejected.get(first_rejected) {
            Some(first) if n_used == 0 => Err(IncidentError::AllRejected {
                file: file.name.clone(),
                rows: sheet.rows.len() as u64,
                first: Box::new(first.clone()),
            }),
            _ => Ok(()),
        }
    }

    fn add_row(&mut self, RowIncident { incident, cost }: RowIncident) {
        let Some((known, known_cost)) = self.by_id.get_mut(&incident.id) else {
            self.by_id.insert(incident.id.clone(), (incident, cost));
            return;
        };
        self.merged_rows += 1;
        if let (Some(earlier), Some(later)) = (&known_cost, &cost)
            && earlier.money != later.money
        {
            self.rejected.push(RejectedRow {
                position: earlier.position.clone(),
                column: earlier.column.clone(),
                value: earlier.value.clone(),
                reason: format!(
                    "line {} of {} states another cost for {}, and the later row counts",
                    later.position.line, later.position.file, incident.id
                ),
                dropped: false,
            });
        }
        if cost.is_some() {
            *known_cost = cost;
        }
        merge(known, incident);
    }

    fn finish(mut self) -> Incidents {
        let mut list: Vec<Incident> = self.by_id.into_values().map(|(incident, _)| incident).collect();
        // Stable: within one time the incidents stay in the order of their ids.
        list.sort_by_key(|incident| incident.opened);
        self.rejected.sort();
        Incidents {
            list,
            rows: self.rows,
            merged_rows: self.merged_rows,
            rejected: self.rejected,
            columns: self.columns,
        }
    }
}

/// Lets a later row's values stand in an incident where it has any.
fn merge(known: &mut Incident, later: Incident) {
    fn replace<T>(known: &mut Option<T>, later: Option<T>) {
        if later.is_some() {
            *known = later;
        }
    }
    fn unite(known: &mut Vec<String>, later: Vec<String>) {
        known.extend(later);
        known.sort();
        known.dedup();
    }
    if !later.title.is_empty() {
        known.title = later.title;
    }
    replace(&mut known.opened, later.opened);
    replace(&mut known.resolved, later.resolved);
    replace(&mut known.severity, later.severity);
    replace(&mut known.cost, later.cost);
    replace(&mut known.customers, later.customers);
    replace(&mut known.url, later.url);
    unite(&mut known.fix_commits, later.fix_commits);
    unite(&mut known.paths, later.paths);
    unite(&mut known.areas, later.areas);
}
