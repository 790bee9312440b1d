//! Fixes that are asked for -> [`Fixes`].

use super::days::EngineerDays;
use super::table::{ColumnNames, PlanningError, Table};
use crate::incident::file::IncidentFile;
use crate::incident::options::ReadOptions;
use crate::incident::rejected::{RejectedRow, RowFate, RowPosition};

/// One fix, as its ticket says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticket {
    /// Its id; the title if it has none.
    pub id: String,
    /// Its title; the id if it has none.
    pub title: String,
    /// The area; `None` when it does not say.
    pub area: Option<String>,
    /// The team; `None` when it does not say.
    pub team: Option<String>,
    /// The most likely effort.
    pub estimate: Option<EngineerDays>,
    /// The effort if it goes well.
    pub low: Option<EngineerDays>,
    /// The effort if it goes badly.
    pub high: Option<EngineerDays>,
    /// The share of the incidents in its places that it prevents, in thousandths.
    pub prevents: Option<u32>,
    /// Files and folders, or functions as `path:name`, as written.
    pub paths: Vec<String>,
    /// Ids of incidents that it would have prevented, as written.
    pub incidents: Vec<String>,
    /// Ids of fixes that must be done before, as written.
    pub needs: Vec<String>,
    /// When it is done, in words.
    pub done: Option<String>,
    /// Where it is.
    pub position: RowPosition,
}

/// The fixes of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fixes {
    /// In the order of the file.
    pub list: Vec<Ticket>,
    /// What could not be used: sorted.
    pub rejected: Vec<RejectedRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FixField {
    Id,
    Title,
    Area,
    Team,
    Estimate,
    Low,
    High,
    Prevents,
    Paths,
    Incidents,
    Needs,
    Done,
}

const NAMES: [ColumnNames<FixField>; 12] = [
    (FixField::Id, &["id", "key", "issuekey", "ticket", "number"]),
    (FixField::Title, &["title", "summary", "name", "fix"]),
    (FixField::Area, &["area", "component"]),
    (FixField::Team, &["team"]),
    (
        FixField::Estimate,
        &["estimate", "estimatedays", "days", "effort", "effortdays", "engineerdays", "likely"],
    ),
    (FixField::Low, &["low", "lowdays", "min", "best", "estimatelow", "optimistic"]),
    (FixField::High, &["high", "highdays", "max", "worst", "estimatehigh", "pessimistic"]),
    (FixField::Prevents, &["prevents", "effect"]),
    (FixField::Paths, &["paths", "path", "files", "functions", "places"]),
    (FixField::Incidents, &["incidents", "incidentids"]),
    (FixField::Needs, &["needs", "dependson", "dependencies", "after", "blockedby", "requires"]),
    (FixField::Done, &["done", "donewhen", "acceptancecriteria", "definitionofdone"]),
];

/// Reads fixes from a CSV file.
///
/// A row without id and title is rejected; a value that cannot be read is ignored and reported. A range that does
/// not hold the estimate is ignored.
///
/// # Errors
/// If the file is not text, or no column names the fixes.
pub fn read_fixes(file: &IncidentFile, options: &ReadOptions) -> Result<Fixes, PlanningError> {
    let table = Table::read("fixes", file, &NAMES, &[FixField::Title, FixField::Id], options)?;
    let mut fixes = Fixes::default();
    let rejected = &mut fixes.rejected;
    for row in table.rows(rejected) {
        let text = |field| row.text(field).map(str::to_owned);
        let (id, title) = (text(FixField::Id), text(FixField::Title));
        let Some((id, title)) = id.clone().or_else(|| title.clone()).zip(title.or(id)) else {
            rejected.push(row.without_name());
            continue;
        };
        let estimate = row.days(FixField::Estimate, rejected);
        let low = row.days(FixField::Low, rejected);
        let high = row.days(FixField::High, rejected);
        let is_range = low.is_none_or(|low| estimate.is_none_or(|likely| low <= likely))
            && high.is_none_or(|high| estimate.is_none_or(|likely| likely <= high))
            && low.zip(high).is_none_or(|(low, high)| low <= high);
        // The estimate is kept: it is the figure that was asked for, the range only spreads it.
        if !is_range {
            rejected.push(row.rejection(
                None,
                "",
                "the range does not hold the estimate, or ends below its start: it is ignored",
                RowFate::ValueIgnored,
            ));
        }
        fixes.list.push(Ticket {
            id,
            title,
            area: text(FixField::Area),
            team: text(FixField::Team),
            estimate,
            low: low.filter(|_| is_range),
            high: high.filter(|_| is_range),
            prevents: row.share(FixField::Prevents, rejected),
            paths: row.list(FixField::Paths),
            incidents: row.list(FixField::Incidents),
            needs: row.list(FixField::Needs),
            done: text(FixField::Done),
            position: row.position(),
        });
    }
    fixes.rejected.sort();
    Ok(fixes)
}
