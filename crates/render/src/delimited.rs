//! CSV: one header line, one row per area, file or piece of evidence.
//!
//! Paths, ids and commits are exact, because other programs join by them; those of the dry run, which
//! nothing joins by, are free text. Free text (names, owners,
//! titles, messages) that a spreadsheet would take for a formula is preceded by `'`.

use std::borrow::Cow;
use std::io::{self, Write};

use debtscan_model::{ComplexityMeasure, Timestamp};

use super::listing::{Kind, Value, View};
use super::number::{decimal, nearest, rfc3339, significant};
use super::step::step_text;
use super::words::{basis_code, confidence_code, method_code};
use super::{Group, RenderOptions};
use debtscan_findings::{Explanation, Forecast, Recorded, Report};
use debtscan_incidents::{Currency, Money};

/// Free text that no spreadsheet runs.
///
/// A leading `=`, `+`, `-`, `@`, tab or carriage return begins a formula. An `@` before nothing but
/// a plain name (`@org/team`) calls nothing and stays.
fn guarded(text: &str) -> Cow<'_, str> {
    let is_plain = |text: &str| {
        text.chars().all(|character| character.is_alphanumeric() || "@/._- ,".contains(character))
    };
    // Tabs and line ends are text; other control characters would reach the terminal that shows it.
    let controls = |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    let shown: Cow<'_, str> = if text.contains(controls) {
        let escaped = |character: char| {
            if controls(character) { character.escape_default().to_string() } else { character.to_string() }
        };
        Cow::Owned(text.chars().map(escaped).collect())
    } else {
        Cow::Borrowed(text)
    };
    match text.chars().next() {
        Some('@') if is_plain(text) => shown,
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => Cow::Owned(format!("'{shown}")),
        _ => shown,
    }
}

/// A row under construction: cells are bytes, since paths are.
#[derive(Default)]
pub(super) struct Row(pub(super) Vec<Vec<u8>>);

impl Row {
    pub(super) fn exact(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.push(bytes.as_ref().to_vec());
    }

    pub(super) fn free(&mut self, text: &str) {
        self.exact(guarded(text).as_bytes());
    }

    pub(super) fn number(&mut self, value: impl std::fmt::Display + Copy) {
        self.exact(value.to_string());
    }

    fn maybe(&mut self, value: Option<impl ToString>) {
        self.exact(value.map_or_else(String::new, |value| value.to_string()));
    }

    fn figure(&mut self, value: f64) {
        self.number(significant(value, 6));
    }

    fn time(&mut self, value: Option<Timestamp>) {
        self.maybe(value.map(rfc3339));
    }

    /// Writes a row of evidence, empty to its end.
    fn write(mut self, writer: &mut csv::Writer<&mut dyn Write>) -> csv::Result<()> {
        self.0.resize(EVIDENCE_COLUMNS.len(), Vec::new());
        writer.write_record(self.0)
    }

    fn money(&mut self, value: Option<Money>) {
        self.maybe(value.map(|money| decimal(money.minor, money.currency)));
        self.maybe(value.map(|money| money.currency));
    }
}

/// What made writing fail, as itself: the csv crate's own conversion hides the kind, and a broken pipe
/// must be known for one.
pub(super) fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes the rows of the group that is asked for.
pub(super) fn report(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> csv::Result<()> {
    let top = options.top.unwrap_or(usize::MAX);
    let mut writer = csv::Writer::from_writer(out);
    let currencies: Vec<Currency> = report.totals.cost().iter().map(|sum| sum.currency).collect();
    match options.group {
        Group::Area => {
            writer.write_record(header(&AREA_COLUMNS, &currencies))?;
            for area in report.areas.iter().take(top) {
                writer.write_record(area_row(area, &currencies).0)?;
            }
        }
        Group::File | Group::Directory => {
            writer.write_record(header(&FILE_COLUMNS, &currencies))?;
            for file in report.files.iter().take(top) {
                writer.write_record(file_row(report, file, &currencies).0)?;
            }
        }
    }
    Ok(writer.flush()?)
}

const AREA_COLUMNS: [&str; 20] = [
    "rank",
    "start_rank",
    "area_id",
    "area",
    "owner",
    "origin",
    "files",
    "source_files",
    "source_lines",
    "revisions",
    "revisions_last_year",
    "lines_added",
    "lines_deleted",
    "authors",
    "hotspot_score",
    "accounts_hit",
    "account_hits",
    "account_revenue_per_year",
    "renewals_ahead",
    "next_renewal",
];

const FILE_COLUMNS: [&str; 21] = [
    "rank",
    "start_rank",
    "path",
    "present",
    "area_id",
    "class",
    "language",
    "source_lines",
    "complexity_measure",
    "cyclomatic",
    "cognitive",
    "max_nesting",
    "worst_function",
    "worst_function_cognitive",
    "indentation",
    "revisions",
    "revisions_last_year",
    "lines_added",
    "lines_deleted",
    "authors",
    "hotspot_score",
];

const FIGURE_COLUMNS: [&str; 14] = [
    "incidents",
    "incident_shares",
    "customers",
    "effort_hours",
    "elapsed_hours",
    "expected_share",
    "expected_share_size",
    "expected_share_change",
    "expected_share_complexity",
    "expected_share_surroundings",
    "expected_share_own_incidents",
    "expected_incidents_per_year_low",
    "expected_incidents_per_year_mean",
    "expected_incidents_per_year_high",
];

fn header(columns: &[&str], currencies: &[Currency]) -> Vec<String> {
    let mut names: Vec<String> =
        columns.iter().chain(&FIGURE_COLUMNS).map(|name| (*name).to_owned()).collect();
    for currency in currencies {
        let code = currency.code().to_lowercase();
        names.push(format!("cost_so_far_{code}"));
        names.push(format!("modelled_cost_so_far_{code}"));
        names.extend(["low", "mean", "high"].map(|part| format!("expected_cost_per_year_{part}_{code}")));
    }
    names
}

fn area_row(area: &debtscan_findings::AreaReport, currencies: &[Currency]) -> Row {
    let mut row = Row::default();
    row.maybe(area.rank);
    row.maybe(area.start_rank);
    row.exact(&area.id);
    row.free(&area.name);
    row.free(area.owner.as_deref().unwrap_or(""));
    row.free(&area.origin);
    row.number(area.files);
    row.number(area.source_files);
    row.number(area.source_lines);
    row.number(area.churn.revisions);
    row.number(area.revisions_last_year);
    row.number(area.churn.lines_added);
    row.number(area.churn.lines_deleted);
    row.number(area.churn.authors);
    row.figure(area.hotspot);
    let customers = area.customers.as_ref();
    row.maybe(customers.map(|it| it.accounts.len()));
    row.maybe(customers.map(|it| it.hits));
    let amounts = |it: &debtscan_findings::CustomerImpact| {
        let amount = |money: Money| format!("{} {}", money.currency, decimal(money.minor, money.currency));
        it.revenue.iter().map(amount).collect::<Vec<_>>().join("; ")
    };
    row.maybe(customers.map(amounts));
    row.maybe(customers.map(|it| it.renewals));
    row.time(customers.and_then(|it| it.next_renewal));
    figures(&mut row, &area.recorded, &area.forecast, currencies);
    row
}

fn file_row(report: &Report, file: &debtscan_findings::FileReport, currencies: &[Currency]) -> Row {
    let mut row = Row::default();
    row.maybe(file.rank);
    row.maybe(file.start_rank);
    row.exact(file.path.as_bytes());
    row.number(file.is_present);
    row.exact(&report.areas[file.area].id);
    row.exact(file.class.name());
    row.exact(file.language.map_or("", |language| language.0));
    row.number(file.sloc);
    row.exact(match file.measure {
        Some(ComplexityMeasure::SyntaxTree) => "syntax-tree",
        Some(ComplexityMeasure::Indentation) => "indentation",
        None => "",
    });
    row.maybe(file.cyclomatic);
    row.maybe(file.cognitive);
    row.maybe(file.max_nesting);
    row.free(file.worst_function.as_ref().map_or("", |(name, _, _)| name));
    row.maybe(file.worst_function.as_ref().map(|(_, _, cognitive)| cognitive));
    row.number(file.indentation);
    row.number(file.churn.revisions);
    row.number(file.revisions_last_year);
    row.number(file.churn.lines_added);
    row.number(file.churn.lines_deleted);
    row.number(file.churn.authors);
    row.figure(file.hotspot);
    figures(&mut row, &file.recorded, &file.forecast, currencies);
    row
}

fn figures(row: &mut Row, recorded: &Recorded, forecast: &Forecast, currencies: &[Currency]) {
    row.number(recorded.incidents);
    row.figure(recorded.incident_shares);
    row.maybe(recorded.customers);
    row.maybe(recorded.hours.effort.map(|hours| significant(hours, 6)));
    row.maybe(recorded.hours.elapsed.map(|hours| significant(hours, 6)));
    let shares = &forecast.shares;
    for share in
        [shares.total(), shares.size, shares.change, shares.complexity, shares.surroundings, shares.own]
    {
        row.figure(share);
    }
    let interval = forecast.incidents.map(|it| [it.low, it.mean, it.high]);
    for part in 0..3 {
        row.maybe(interval.map(|parts| significant(parts[part], 6)));
    }
    for currency in currencies {
        row.exact(decimal(recorded.costs.minor(*currency), *currency));
        row.exact(decimal(recorded.modelled.minor(*currency), *currency));
        let cost = forecast.costs.iter().find(|cost| cost.currency == *currency);
        let parts = cost.map(|cost| [cost.minor.low, cost.minor.mean, cost.minor.high]);
        for part in 0..3 {
            row.maybe(parts.map(|parts| decimal(nearest(parts[part]), *currency)));
        }
    }
}

/// Writes the rows of a list's first table.
pub(super) fn list(view: &View<'_>, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let Some(sheet) = view.sheets.first() else { return Ok(writer.flush()?) };
    let currencies = &view.head.currencies;
    let mut header = Vec::new();
    for field in &sheet.shape.fields {
        if field.kind == Kind::Money {
            let of = |currency: &Currency| format!("{}_{}", field.key, currency.code().to_lowercase());
            header.extend(currencies.iter().map(of));
        } else {
            header.push(field.key.to_owned());
        }
    }
    writer.write_record(header)?;
    for values in &sheet.values {
        let mut row = Row::default();
        for (field, value) in sheet.shape.fields.iter().zip(values) {
            cell_of(&mut row, field.kind, value, currencies);
        }
        writer.write_record(row.0)?;
    }
    Ok(writer.flush()?)
}

fn cell_of(row: &mut Row, kind: Kind, value: &Value, currencies: &[Currency]) {
    match value {
        Value::Money(costs) => {
            let amount = |currency: &Currency| decimal(costs.minor(*currency), *currency);
            for currency in currencies {
                row.exact(amount(currency));
            }
        }
        Value::None if kind == Kind::Money => row.0.resize(row.0.len() + currencies.len(), Vec::new()),
        Value::None => row.exact(""),
        Value::Count(value) => row.number(*value),
        Value::Figure(value) | Value::Share(value) => row.figure(*value),
        Value::Text(text) => row.free(text),
        Value::Word(word) => row.exact(word),
        Value::Words(words) => row.free(&words.join(" ")),
        Value::Path(path) => row.exact(path.as_bytes()),
        Value::Flag(value) => row.number(*value),
        Value::Time(time) => row.time(Some(*time)),
    }
}

const EVIDENCE_COLUMNS: [&str; 18] = [
    "kind",
    "id",
    "date",
    "text",
    "method",
    "confidence",
    "share",
    "cost",
    "currency",
    "fix_commits",
    "lines_added",
    "lines_deleted",
    "fix_lines",
    "source_files",
    "formula",
    "inputs",
    "value",
    "cost_basis",
];

/// Writes one row per piece of evidence: steps, incidents, commits, files.
///
/// `value` is the result of a step, the weight of an incident or commit, the share of a file.
pub(super) fn explanation(
    value: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> csv::Result<()> {
    let top = options.top.unwrap_or(usize::MAX);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(EVIDENCE_COLUMNS)?;
    for step in &value.steps {
        let mut row = Row::default();
        row.exact("step");
        let text = step_text(&step.step);
        row.exact(text.quantity);
        row.0.resize(14, Vec::new());
        row.free(text.formula);
        row.free(&text.inputs);
        row.figure(step.value);
        row.write(&mut writer)?;
    }
    for incident in value.incidents.iter().take(top) {
        let mut row = Row::default();
        row.exact("incident");
        row.exact(&incident.id);
        row.time(incident.opened);
        row.free(&incident.title);
        row.exact(method_code(incident.method));
        row.exact(confidence_code(incident.confidence));
        row.figure(incident.share);
        row.money(incident.cost);
        let commits: Vec<String> = incident.fix_commits.iter().map(ToString::to_string).collect();
        row.exact(commits.join(" "));
        row.0.resize(12, Vec::new());
        row.number(incident.fix_lines);
        row.0.resize(16, Vec::new());
        row.figure(incident.weight);
        row.exact(incident.price.as_ref().map_or("", |price| basis_code(price.basis)));
        row.write(&mut writer)?;
    }
    for commit in value.commits.iter().take(top) {
        let mut row = Row::default();
        row.exact("commit");
        row.number(commit.id);
        row.time(Some(commit.time));
        row.free(&commit.summary);
        row.0.resize(10, Vec::new());
        row.number(commit.lines_added);
        row.number(commit.lines_deleted);
        row.0.resize(13, Vec::new());
        row.number(commit.source_files);
        row.0.resize(16, Vec::new());
        row.figure(commit.weight);
        row.write(&mut writer)?;
    }
    for file in value.files.iter().take(top) {
        // A row per currency, so that no amounts are added up across them.
        let costs: Vec<Money> = file.recorded.costs.iter().collect();
        for cost in costs.iter().copied().map(Some).chain(costs.is_empty().then_some(None)) {
            let mut row = Row::default();
            row.exact("file");
            row.exact(file.path.as_bytes());
            row.0.resize(7, Vec::new());
            row.money(cost);
            row.0.resize(16, Vec::new());
            row.figure(file.forecast.shares.total());
            row.write(&mut writer)?;
        }
    }
    Ok(writer.flush()?)
}

#[cfg(test)]
mod tests {
    use super::{explanation, guarded, report};
    use crate::{Format, Group, RenderOptions, sample};

    #[test]
    fn a_broken_pipe_stays_a_broken_pipe() {
        let error = csv::Error::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe));
        assert_eq!(super::cause(error).kind(), std::io::ErrorKind::BrokenPipe);
    }

    fn options(group: Group) -> RenderOptions {
        RenderOptions {
            format: Format::Csv,
            group,
            top: None,
            width: 80,
            color: false,
            invocation: crate::Invocation::default(),
        }
    }

    fn read(bytes: &[u8]) -> (csv::ByteRecord, Vec<csv::ByteRecord>) {
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.byte_headers().unwrap().clone();
        (header, reader.byte_records().collect::<Result<_, _>>().unwrap())
    }

    fn cell<'a>(header: &csv::ByteRecord, row: &'a csv::ByteRecord, name: &str) -> &'a [u8] {
        let position = header.iter().position(|cell| cell == name.as_bytes());
        &row[position.unwrap_or_else(|| panic!("a column {name}"))]
    }

    #[test]
    fn formulas_in_free_text_are_disarmed_and_team_names_stay() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(guarded("-2|x"), "'-2|x");
        assert_eq!(guarded("@org/team-a"), "@org/team-a");
        assert_eq!(guarded("lib = x"), "lib = x");
        assert_eq!(guarded("=a\u{1b}[31m"), "'=a\\u{1b}[31m");
        assert_eq!(guarded("two\nlines\t"), "two\nlines\t");
    }

    #[test]
    fn paths_keep_every_byte_and_rows_keep_their_columns() {
        let hostile = sample::hostile();
        let mut out = Vec::new();
        report(&hostile, &options(Group::File), &mut out).unwrap();
        let (header, rows) = read(&out);
        assert_eq!(rows.len(), hostile.files.len());
        for (row, file) in rows.iter().zip(&hostile.files) {
            assert_eq!(cell(&header, row, "path"), file.path.as_bytes());
        }
    }

    #[test]
    fn amounts_are_exact_decimal_text_per_currency() {
        let mut out = Vec::new();
        report(&sample::several_currencies(), &options(Group::Area), &mut out).unwrap();
        let (header, rows) = read(&out);
        let text = |name| std::str::from_utf8(cell(&header, &rows[1], name)).unwrap().to_owned();
        assert_eq!(text("cost_so_far_usd"), "18240.50");
        assert_eq!(text("cost_so_far_chf"), "41200000.00");
        assert_eq!(text("expected_cost_per_year_mean_chf"), "3100000.00");
        // 0.176 x 10 incidents x 1,202.62
        assert_eq!(text("expected_cost_per_year_mean_usd"), "2116.61");
        assert_eq!(cell(&header, &rows[0], "expected_cost_per_year_mean_chf"), b"");
    }

    #[test]
    fn an_explanation_is_one_row_per_piece_of_evidence() {
        let value = sample::explained_file();
        let mut out = Vec::new();
        explanation(&value, &options(Group::Area), &mut out).unwrap();
        let (header, rows) = read(&out);
        assert_eq!(rows.len(), value.steps.len() + value.incidents.len() + value.commits.len());
        let incident = rows.iter().find(|row| &row[0] == b"incident").unwrap();
        assert_eq!(cell(&header, incident, "cost"), b"4000.00");
        assert_eq!(cell(&header, incident, "currency"), b"USD");
        assert_eq!(cell(&header, incident, "fix_lines"), b"41");
        assert_eq!(cell(&header, incident, "value"), b"0.7");
    }
}
