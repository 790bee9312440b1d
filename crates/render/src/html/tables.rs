//! The tables behind pictures that no other format has.

use crate::document::{Block, Cell, Look, Section, TableColumn};
use crate::number::{self, count, counted, grouped, money, percent};
use crate::text::visible;
use crate::words::{confidence_code, method_phrase, opened_day, unplaced_phrase};
use debtscan_findings::{
    AreaReport, Corners, FilePicture, FileReport, Illustrated, IncidentReport, PlacementReport, Report, Year,
};
use debtscan_model::CommitId;

/// Rows of the longer tables.
pub(super) const ROWS: usize = 100;
/// Most incidents of the table.
const INCIDENTS: usize = 300;
/// Places and commits named per incident.
const NAMED: usize = 3;

fn section(
    title: &str,
    aside: String,
    columns: Vec<TableColumn>,
    rows: Vec<Vec<Cell>>,
    more: String,
) -> Section {
    Section {
        title: title.to_owned(),
        aside,
        columns,
        blocks: vec![Block { subject: None, rows, more }],
        notes: Vec::new(),
    }
}

/// Quarters, newest first.
pub(super) fn quarters(illustrated: &Illustrated) -> Section {
    let rows = illustrated.pictures.quarters.iter().rev().map(|quarter| {
        vec![
            Cell::new(format!("{} Q{}", quarter.year, quarter.number)),
            Cell::new(count(quarter.incidents.len())),
            Cell::new(grouped(quarter.commits)),
        ]
    });
    let columns = vec![
        TableColumn::word("quarter", 0),
        TableColumn::number("incidents", 0),
        TableColumn::number("commits", 0),
    ];
    let has_incidents = illustrated.report.totals.incidents > 0;
    let mut section = section("QUARTERS", String::new(), columns, rows.collect(), String::new());
    if !has_incidents {
        // The column of incidents, which would be all 0.
        section.columns.remove(1);
        for row in &mut section.blocks[0].rows {
            row.remove(1);
        }
    }
    section
}

/// Incidents, newest first.
pub(super) fn incidents(report: &Report) -> Section {
    let mut listed: Vec<&IncidentReport> = report.incidents.iter().collect();
    // `None` is the smallest, so incidents without a date are last.
    listed.sort_by(|a, b| b.opened.cmp(&a.opened).then_with(|| a.id.cmp(&b.id)));
    let rows = listed.iter().take(INCIDENTS).map(|incident| incident_row(report, incident)).collect();
    let more = match listed.len().saturating_sub(INCIDENTS) {
        0 => String::new(),
        hidden => format!("and {}: --format json lists all", counted(hidden, "more", "more")),
    };
    let columns = vec![
        TableColumn::text("incident", 14, 0),
        TableColumn::word("opened", 0),
        TableColumn::text("title", 20, 0),
        TableColumn::word("severity", 0),
        TableColumn::number("cost", 0),
        TableColumn::text("placed in", 20, 0),
        TableColumn::word("by", 0),
        TableColumn::word("confidence", 0),
        TableColumn::word("fix commits", 0),
    ];
    section("INCIDENTS", "newest first".to_owned(), columns, rows, more)
}

fn incident_row(report: &Report, incident: &IncidentReport) -> Vec<Cell> {
    let (places, by, confidence, fixes) = match &incident.placement {
        PlacementReport::Attributed { method, confidence, links, commits, .. } => {
            let place = |link: &debtscan_findings::LinkReport| {
                let path = report
                    .files
                    .get(link.file)
                    .map_or_else(String::new, |file| visible(file.path.as_bytes()));
                format!("{path} {}", percent(link.share))
            };
            let mut places: Vec<String> = links.iter().take(NAMED).map(place).collect();
            if links.len() > NAMED {
                places.push(format!("and {} more", count(links.len() - NAMED)));
            }
            let mut fixes: Vec<String> = commits.iter().take(NAMED).map(CommitId::short).collect();
            if commits.len() > NAMED {
                fixes.push(format!("and {} more", count(commits.len() - NAMED)));
            }
            (places, method_phrase(*method).to_owned(), confidence_code(*confidence), fixes)
        }
        PlacementReport::Unplaced { reason, .. } => {
            (vec![format!("not placed: {}", unplaced_phrase(*reason))], String::new(), "", Vec::new())
        }
    };
    vec![
        Cell::new(visible(incident.id.as_bytes())),
        Cell::dim(opened_day(incident.opened, incident.dated_by)),
        Cell::new(visible(incident.title.as_bytes())),
        Cell::new(incident.severity.as_deref().map_or_else(String::new, |it| visible(it.as_bytes()))),
        Cell::new(incident.cost.map_or_else(String::new, money)),
        Cell::stacked(places, Look::Plain),
        Cell::new(by),
        Cell::new(confidence),
        Cell::stacked(fixes, Look::Dim),
    ]
}

/// The files of the scatter: the corner first, then by change and complexity.
pub(super) fn corners(illustrated: &Illustrated, corners: &Corners) -> Section {
    type Pair<'a> = (&'a FileReport, &'a FilePicture);
    let files = illustrated.report.files.iter().zip(&illustrated.pictures.files);
    let mut files: Vec<Pair<'_>> =
        files.filter(|(file, _)| file.rank.is_some() && file.cognitive.is_some()).collect();
    let is_inside = |(file, _): &Pair<'_>| {
        // `None` is less than any value, so a file without a syntax tree is never inside.
        file.cognitive >= Some(corners.complex_from) && file.revisions_last_year >= corners.busy_from
    };
    files.sort_by_key(|pair| {
        let product = u64::from(pair.0.revisions_last_year).saturating_mul(pair.0.cognitive.unwrap_or(0));
        (!is_inside(pair), std::cmp::Reverse(product))
    });
    let rows = files.iter().take(ROWS).map(|pair| {
        let (file, picture) = pair;
        vec![
            Cell::new(visible(file.path.as_bytes())),
            Cell::new(if is_inside(pair) { "yes" } else { "no" }),
            Cell::new(grouped(file.revisions_last_year)),
            Cell::new(file.cognitive.map_or_else(String::new, grouped)),
            Cell::new(grouped(file.sloc)),
            Cell::new(incidents_of(picture.incidents_last_year)),
        ]
    });
    let columns = vec![
        TableColumn::path("file", 24, 0),
        TableColumn::word("complex and busy", 0),
        TableColumn::number("commits last year", 0),
        TableColumn::number("cognitive complexity", 0),
        TableColumn::number("lines of code", 0),
        TableColumn::number("incidents last year", 0),
    ];
    let more = match files.len().saturating_sub(ROWS) {
        0 => String::new(),
        hidden => format!("and {} more", count(hidden)),
    };
    section("FILES BY CHANGE AND COMPLEXITY", String::new(), columns, rows.collect(), more)
}

fn incidents_of(shares: f64) -> String {
    // An exact 0 without decimals, so that files with a small share differ from files with none.
    if shares == 0.0 { "0".to_owned() } else { number::incidents(shares, 1) }
}

/// The commits of this year and of the year before, by area: what changed where no incident says.
pub(super) fn changed(illustrated: &Illustrated) -> Section {
    let Illustrated { report, pictures } = illustrated;
    let mut areas: Vec<(&AreaReport, &[Year; 2])> = report.areas.iter().zip(&pictures.area_years).collect();
    areas.retain(|(area, years)| area.rank.is_some() && years.iter().any(|year| year.commits > 0));
    let difference = |years: &[Year; 2]| (i64::from(years[0].commits) - i64::from(years[1].commits)).abs();
    areas.sort_by_key(|(_, years)| std::cmp::Reverse(difference(years)));
    let columns = vec![
        TableColumn::path("area", 15, 0),
        TableColumn::number("commits\nlast year", 0),
        TableColumn::number("year\nbefore", 0),
        TableColumn::number("lines changed\nlast year", 0),
        TableColumn::number("year\nbefore", 0),
    ];
    let rows = areas.iter().take(ROWS).map(|(area, years)| {
        let mut cells = vec![Cell::new(visible(area.name.as_bytes()))];
        let pair = |value: &dyn Fn(&Year) -> String| years.each_ref().map(|year| Cell::new(value(year)));
        cells.extend(pair(&|year| grouped(year.commits)));
        cells.extend(pair(&|year| grouped(year.lines)));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let more = match areas.len().saturating_sub(ROWS) {
        0 => String::new(),
        hidden => format!("and {} more", count(hidden)),
    };
    let aside = areas.first().map_or_else(String::new, |(area, [last, before])| {
        let name = visible(area.name.as_bytes());
        format!(
            "most different: {name} with {} after {}",
            counted(last.commits as usize, "commit", "commits"),
            grouped(before.commits)
        )
    });
    section("WHAT CHANGED WITHIN A YEAR", aside, columns, rows, more)
}
