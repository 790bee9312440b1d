//! The dry run as a document.

use std::collections::BTreeMap;

use super::phrase::{format_phrase, tool_phrase};
use crate::document::{Block, Cell, Document, Limit, Look, Note, Section, TableColumn};
use crate::head;
use crate::number::{count, counted, exact_money, grouped};
use crate::options::RenderOptions;
use crate::overview::unplaced_section;
use crate::text::visible;
use crate::words::{confidence_code, method_phrase};
use debtscan_findings::{DryRun, IncidentReport, PlacementReport, Report, StatedFact};
use debtscan_incidents::{ColumnMapping, FileReading, RejectedRow, RowFate};

/// The least width for reasons beside the values.
const WIDE: usize = 170;

/// Rows of a list without `--top`.
const DEFAULT_ROWS: usize = 10;

/// The document of a dry run; `width` is the width of a line.
pub(super) fn document(run: &DryRun<'_>, options: &RenderOptions, width: usize) -> Document {
    let mut sections = vec![files(run)];
    // A file that could not be opened has no columns, and its problem is shown above.
    for file in run.incidents.files.iter().filter(|file| file.format.is_some()) {
        sections.push(columns(run, file));
    }
    sections.extend(rejected(run, options.top, width));
    if !run.incidents.list.is_empty() {
        sections.push(stated(run));
    }
    if let Some(report) = run.report {
        sections.extend(placed(run, report, options.top));
        sections.extend(unplaced_section(report, options.top, width));
    }
    let banner = run.report.map_or_else(String::new, |report| head::banner(&report.quality));
    Document { banner, header: header(run), lead: lead(run), sections, next: next(run, options) }
}

fn header(run: &DryRun<'_>) -> Vec<String> {
    let incidents = run.incidents;
    vec![
        format!("debtscan {}", visible(run.tool_version.as_bytes())),
        counted(incidents.files.len(), "file", "files"),
        rows_phrase(incidents.rows),
        counted(incidents.list.len(), "incident", "incidents"),
    ]
}

fn rows_phrase(rows: u64) -> String {
    format!("{} {}", grouped(rows), if rows == 1 { "row" } else { "rows" })
}

/// The rows by outcome; every row is in one of them.
fn lead(run: &DryRun<'_>) -> Vec<String> {
    let incidents = run.incidents;
    let mut parts = vec![counted(incidents.list.len(), "incident", "incidents")];
    if incidents.merged_rows > 0 {
        parts.push(format!("{} merged into other incidents", rows_phrase(incidents.merged_rows)));
    }
    if run.dropped_rows > 0 {
        parts.push(format!("{} rejected", rows_phrase(run.dropped_rows)));
    }
    if run.excluded_rows > 0 {
        parts.push(format!("{} excluded", rows_phrase(run.excluded_rows)));
    }
    // Rows that are not used as a whole are in the sum above.
    let values = of_fate(&incidents.rejected, RowFate::ValueIgnored);
    let sum = format!("{}: {}.", rows_phrase(incidents.rows), parts.join(", "));
    let is_unread = incidents.files.iter().any(|file| file.problem.is_some());
    let values = match values {
        // "Every value was read" would be true of a file in which nothing is usable.
        0 if incidents.rows == run.dropped_rows => "No usable rows.".to_owned(),
        0 if is_unread => "Every value was read, but some files could not be read.".to_owned(),
        0 => "Every value was read.".to_owned(),
        n => format!(
            "{} could not be read and {} ignored; {} kept.",
            counted(n, "value", "values"),
            if n == 1 { "was" } else { "were" },
            if n == 1 { "the incident is" } else { "the incidents are" }
        ),
    };
    let n_unread = incidents.columns.iter().filter(|column| looks_like_data(column)).count();
    let mut lead = vec![sum, values];
    if n_unread > 0 {
        let looks = if n_unread == 1 { "looks" } else { "look" };
        let columns = counted(n_unread, "unread column", "unread columns");
        lead.push(format!("{columns} {looks} like dates, amounts or durations."));
    }
    lead
}

fn files(run: &DryRun<'_>) -> Section {
    let rows = run.incidents.files.iter().map(|file| {
        let known_by: Vec<String> =
            file.recognised_by.iter().take(6).map(|name| visible(name.as_bytes())).collect();
        let more = file.recognised_by.len().saturating_sub(known_by.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        vec![
            Cell::new(visible(file.file.as_bytes())),
            Cell::new(format_phrase(file)),
            Cell::with_look(tool_phrase(file), if file.tool.is_some() { Look::Bold } else { Look::Dim }),
            Cell::new(grouped(file.rows)),
            Cell::with_look(
                if file.dropped > 0 { grouped(file.dropped) } else { String::new() },
                Look::Accent,
            ),
            Cell::dim(format!("{}{more}", known_by.join(", "))),
        ]
    });
    let mut notes = Vec::new();
    for problem in run.incidents.files.iter().filter_map(|file| file.problem.as_ref()) {
        notes.push(Note::new("!", visible(problem.to_string().as_bytes()), Look::Accent));
        if !problem.hint().is_empty() {
            notes.push(Note::new("→", visible(problem.hint().as_bytes()), Look::Dim));
        }
    }
    for file in run.incidents.files.iter().filter(|file| !file.other_sheets.is_empty()) {
        let name = visible(file.file.as_bytes());
        let others: Vec<String> = file.other_sheets.iter().map(|sheet| visible(sheet.as_bytes())).collect();
        let text =
            format!("{name}: other sheets are not read: {}; choose one with --sheet", others.join(", "));
        notes.push(Note::new("·", text, Look::Dim));
    }
    for file in run.incidents.files.iter().filter(|file| file.rows_above > 0) {
        let name = visible(file.file.as_bytes());
        let text = format!(
            "{name}: the header is on line {}; {} above it ignored",
            file.header_line,
            rows_phrase(file.rows_above)
        );
        notes.push(Note::new("·", text, Look::Dim));
    }
    // The headers of an unreadable file were never seen.
    let is_usable = |file: &&FileReading| file.problem.is_none();
    if run.incidents.files.iter().filter(is_usable).any(|file| file.tool.is_none()) {
        let text = "no known tool's headers were found: columns are recognised by name only";
        notes.push(Note::new("·", text, Look::Dim));
    }
    Section {
        title: "FILES".to_owned(),
        columns: vec![
            TableColumn::path("file", 24, 0),
            TableColumn::word("format", 3),
            TableColumn::word("source", 0),
            TableColumn::number("rows", 0),
            TableColumn::number("bad\nrows", 0),
            TableColumn::text("recognised by", 30, 2),
        ],
        blocks: vec![Block { rows: rows.collect(), ..Block::default() }],
        notes,
        ..Section::default()
    }
}

fn columns(run: &DryRun<'_>, file: &FileReading) -> Section {
    let of_file = || run.incidents.columns.iter().filter(|column| column.file == file.file);
    let mut read: Vec<(&ColumnMapping, &'static str)> =
        of_file().filter_map(|column| Some((column, column.field?))).collect();
    // By field, in the order of the file.
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, (_, field)) in read.iter().enumerate() {
        first.entry(field).or_insert(position);
    }
    read.sort_by_key(|(_, field)| first[field]);
    let rows = read.iter().map(|(column, field)| {
        // A column without any value is read and changes nothing.
        let look = if column.present == 0 { Look::Dim } else { Look::Plain };
        vec![
            Cell::with_look(visible(column.column.as_bytes()), look),
            Cell::with_look(*field, if column.present == 0 { Look::Dim } else { Look::Bold }),
            Cell::with_look(grouped(column.present), look),
            Cell::new(column.how.join(", ")),
            Cell::dim(visible(column.samples.join(" · ").as_bytes())),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let n_read = rows.len();
    let unread: Vec<String> = of_file().filter(|column| column.field.is_none()).map(unread_name).collect();
    let mut notes = Vec::new();
    if !unread.is_empty() {
        notes.push(Note::new("unread", unread.join(", "), Look::Dim));
        let text = "map one with --map FIELD=COLUMN, such as --map area=\"…\"";
        notes.push(Note::new("", text, Look::Dim));
    }
    for column in of_file().filter(|column| looks_like_data(column)) {
        let text = format!("{} {}", unread_name(column), visible(column.how.join(", ").as_bytes()));
        notes.push(Note::new("!", text, Look::Accent));
    }
    Section {
        title: format!("COLUMNS OF {}", visible(file.file.as_bytes())),
        aside: format!("{} read, {} unread", count(n_read), count(unread.len())),
        columns: vec![
            TableColumn::text("column", 24, 0),
            TableColumn::word("read as", 0),
            TableColumn::number("values", 2),
            TableColumn::text("unit or rule", 24, 1),
            TableColumn::text("examples", 30, 3),
        ],
        blocks: vec![Block { rows, ..Block::default() }],
        notes,
    }
}

/// Whether an unread column has values that fit a field.
fn looks_like_data(column: &ColumnMapping) -> bool {
    // The reader of the file words the suggestion, and only a column that looks like data has one.
    column.field.is_none() && column.how.iter().any(|how| how.contains("--map"))
}

/// A header as part of a list; `(no name)` for an empty one.
fn unread_name(column: &ColumnMapping) -> String {
    if column.column.is_empty() { "(no name)".to_owned() } else { visible(column.column.as_bytes()) }
}

fn rejected(run: &DryRun<'_>, top: Option<usize>, width: usize) -> Option<Section> {
    let rejected = &run.incidents.rejected;
    if rejected.is_empty() {
        return None;
    }
    let limit = Limit::new(top, DEFAULT_ROWS);
    let is_wide = width >= WIDE;
    let shown = &rejected[..rejected.len().min(limit.rows())];
    // Reasons end with the fix, so none is shortened: on narrow terminals they are listed below.
    let mut reasons: Vec<&str> = Vec::new();
    for row in shown {
        // A search of the list: there are as many reasons as kinds of mistakes, not as rows.
        if !reasons.contains(&row.reason.as_str()) {
            reasons.push(&row.reason);
        }
    }
    let number =
        |reason: &str| (reasons.iter().position(|known| *known == reason).unwrap_or(0) + 1).to_string();
    let row = |row: &RejectedRow| {
        let (ignored, look) = match row.fate {
            RowFate::Skipped => ("row", Look::Accent),
            RowFate::ValueIgnored => ("value", Look::Plain),
            RowFate::Excluded => ("no incident", Look::Dim),
        };
        vec![
            Cell::new(visible(format!("{}:{}", row.position.file, row.position.line).as_bytes())),
            Cell::with_look(ignored, look),
            Cell::new(visible(row.column.as_bytes())),
            Cell::new(visible(row.value.as_bytes())),
            Cell::new(if is_wide { visible(row.reason.as_bytes()) } else { number(&row.reason) }),
        ]
    };
    let rows = shown.iter().map(row).collect();
    let notes = reasons.iter().map(|reason| Note::new(number(reason), visible(reason.as_bytes()), Look::Dim));
    let counts = [
        (RowFate::Skipped, "row", "rows"),
        (RowFate::ValueIgnored, "value", "values"),
        (RowFate::Excluded, "row excluded", "rows excluded"),
    ];
    let counts = counts.map(|(fate, one, many)| (of_fate(rejected, fate), one, many));
    let aside: Vec<String> =
        counts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(*n, one, many)).collect();
    let (title, aside) = if rejected.iter().all(RejectedRow::is_excluded) {
        ("EXCLUDED", counted(rejected.len(), "row", "rows"))
    } else {
        ("REJECTED", aside.join(", "))
    };
    Some(Section {
        title: title.to_owned(),
        aside,
        columns: vec![
            TableColumn::path("file:line", 20, 0),
            TableColumn::word("ignored", 2),
            TableColumn::text("column", 12, 1),
            TableColumn::text("value", 16, 0),
            if is_wide { TableColumn::text("problem", 60, 0) } else { TableColumn::word("problem", 0) },
        ],
        blocks: vec![Block { subject: None, rows, more: limit.more(rejected.len()) }],
        notes: if is_wide { Vec::new() } else { notes.collect() },
    })
}

fn of_fate(rejected: &[RejectedRow], fate: RowFate) -> usize {
    rejected.iter().filter(|row| row.fate == fate).count()
}

fn stated(run: &DryRun<'_>) -> Section {
    let n = run.incidents.list.len() as u64;
    let rows = run.stated.iter().map(|stated| {
        let look = if stated.incidents == 0 { Look::Dim } else { Look::Plain };
        let (fields, used_for) = fact_phrases(stated.fact);
        vec![
            Cell::with_look(fields, look),
            Cell::with_look(grouped(stated.incidents), look),
            Cell::dim(used_for),
        ]
    });
    let mut notes = Vec::new();
    let sums: Vec<String> = run.recorded.iter().map(exact_money).collect();
    if !sums.is_empty() {
        notes.push(Note::new("recorded", sums.join(" + "), Look::Plain));
    }
    let severities: Vec<String> = run
        .severities
        .iter()
        .map(|severity| {
            let written = visible(severity.written.as_bytes());
            let level = severity.level.map_or("unknown", debtscan_incidents::Severity::name);
            // "High → high" says nothing.
            let is_same = level.eq_ignore_ascii_case(&written);
            let arrow = if is_same { String::new() } else { format!(" → {level}") };
            format!("{written}{arrow} ({})", grouped(severity.incidents))
        })
        .collect();
    if !severities.is_empty() {
        notes.push(Note::new("severity", severities.join(", "), Look::Plain));
    }
    Section {
        title: "EVIDENCE".to_owned(),
        aside: format!("fields filled in {}", counted(run.incidents.list.len(), "incident", "incidents")),
        columns: vec![
            TableColumn::text("field", 44, 0),
            TableColumn::number(if n == 1 { "incident" } else { "incidents" }, 0),
            TableColumn::text("used for", 40, 1),
        ],
        blocks: vec![Block { rows: rows.collect(), ..Block::default() }],
        notes,
    }
}

/// The fields that state a fact, and the use of the fact.
fn fact_phrases(fact: StatedFact) -> (&'static str, &'static str) {
    match fact {
        StatedFact::Fix => ("fix_commits", "placement by fix commit or pull request (high confidence)"),
        StatedFact::Path => ("path, description", "placement by the files they name"),
        StatedFact::Place => {
            ("area, component, service, project, team", "placement by area or owner name (low confidence)")
        }
        StatedFact::Opened => ("opened_at", "age of the incident, incidents per year"),
        StatedFact::Cost => ("cost", "recorded cost"),
        StatedFact::Effort => ("effort_minutes", "modelled cost, by hours of work"),
        StatedFact::Elapsed => ("minutes, opened_at and resolved_at", "modelled cost, by hours open"),
        StatedFact::Severity => ("severity", "modelled cost, by severity"),
        StatedFact::Customers => ("customers, accounts", "affected customers"),
    }
}

fn placed(run: &DryRun<'_>, report: &Report, top: Option<usize>) -> Option<Section> {
    let placed = run.placed();
    if placed.is_empty() {
        return None;
    }
    let limit = Limit::new(top, DEFAULT_ROWS);
    // Sorted, and with it the strongest method first.
    let mut by_method: BTreeMap<_, usize> = BTreeMap::new();
    for incident in &placed {
        if let PlacementReport::Attributed { method, .. } = &incident.placement {
            *by_method.entry(*method).or_default() += 1;
        }
    }
    let methods = match by_method.first_key_value() {
        Some((method, _)) if by_method.len() == 1 => format!(", all by {}", method_phrase(*method)),
        _ => {
            let texts =
                by_method.into_iter().map(|(method, n)| format!("{} {}", method_phrase(method), count(n)));
            format!(": {}", texts.collect::<Vec<_>>().join(", "))
        }
    };
    let n = report.incidents.len();
    Some(Section {
        title: "PLACED".to_owned(),
        aside: format!("{} of {}{methods}", count(placed.len()), count(n)),
        columns: vec![
            TableColumn::text("incident", 16, 0),
            TableColumn::word("placed by", 0),
            TableColumn::word("confidence", 1),
            TableColumn::path("first file", 40, 0),
            TableColumn::number("files", 2),
            TableColumn::text("area", 20, 3),
        ],
        blocks: vec![Block {
            subject: None,
            rows: placed.iter().take(limit.rows()).map(|incident| placed_row(incident, report)).collect(),
            more: limit.more(placed.len()),
        }],
        notes: Vec::new(),
    })
}

fn placed_row(incident: &IncidentReport, report: &Report) -> Vec<Cell> {
    let id = Cell::new(visible(incident.id.as_bytes()));
    let PlacementReport::Attributed { method, confidence, links, .. } = &incident.placement else {
        return vec![id, Cell::new(""), Cell::new(""), Cell::new(""), Cell::new(""), Cell::new("")];
    };
    // The first link has the largest share.
    let file = links.first().map(|link| &report.files[link.file]);
    let path = file.map_or_else(String::new, |file| visible(file.path.as_bytes()));
    let area = file.map_or_else(String::new, |file| visible(report.areas[file.area].name.as_bytes()));
    vec![
        id,
        Cell::new(method_phrase(*method)),
        Cell::new(confidence_code(*confidence)),
        Cell::new(path),
        Cell::new(count(links.len())),
        Cell::dim(area),
    ]
}

fn next(run: &DryRun<'_>, options: &RenderOptions) -> Vec<(String, String)> {
    if run.incidents.list.is_empty() {
        return Vec::new();
    }
    let is_bare = options.invocation.arguments.is_empty();
    let command = options.invocation.command(if is_bare { "scan" } else { "" });
    vec![(command, "rank the code with these incidents".to_owned())]
}
