//! One row -> one incident, with everything that could not be used reported.

use debtscan_model::{SECONDS_PER_DAY, Timestamp};

use super::cell;
use super::date;
use super::duration::{self, DayLength, DurationFormat};
use super::field::IncidentField;
use super::filter::{self, Exclusion, FilterField, IncidentFilter, RowVerdict};
use super::input_sheet::SheetRow;
use super::layout::{Layout, present_field};
use super::names::squeeze;
use super::record::{ChangeRequest, Incident};
use super::reference::{self, BareNumber, Reference};
use super::rejected::{RejectedRow, RowFate, RowPosition};
use super::severity::Severity;
use super::tool::Tool;
use super::total::is_total;

use crate::money::amount::Money;
use crate::money::currency::Currency;
use crate::money::parse::MoneyContext;
use crate::number::{Decimal, DecimalMark};

/// A cost with the cell it came from.
#[derive(Debug, Clone)]
pub(super) struct CostCell {
    /// The cost.
    pub(super) money: Money,
    /// Where it was read.
    pub(super) position: RowPosition,
    /// The column's header as written.
    pub(super) column: String,
    /// The value as written.
    pub(super) value: String,
}

/// A usable row.
pub(super) struct RowIncident {
    /// The incident as this row states it.
    pub(super) incident: Incident,
    /// The cell that states its cost.
    pub(super) cost: Option<CostCell>,
    /// The tool that wrote its file, where it is known.
    pub(super) tool: Option<Tool>,
    /// Whether it is an incident.
    pub(super) verdict: RowVerdict,
    /// Its values that cannot be used.
    pub(super) rejected: Vec<RejectedRow>,
}

/// Reads one row.
///
/// # Errors
/// The row, if it is of no use as a whole.
pub(super) fn read(
    layout: &Layout<'_>,
    row: &SheetRow,
    filter: &IncidentFilter,
) -> Result<RowIncident, RejectedRow> {
    RowReader { layout, row, rejected: Vec::new() }.read(filter)
}

/// Reads one row of a file.
struct RowReader<'a> {
    layout: &'a Layout<'a>,
    row: &'a SheetRow,
    rejected: Vec<RejectedRow>,
}

impl<'a> RowReader<'a> {
    fn read(mut self, filter: &IncidentFilter) -> Result<RowIncident, RejectedRow> {
        if let Some((reason, fate)) = self.damage() {
            let value = self.row.fields.first().map_or(String::new(), |field| cell::one_line(field));
            return Err(self.whole_row(String::new(), value, reason, fate));
        }
        // Without an ID nothing else is read: its problems would belong to no incident.
        let id = self.id()?;
        let cost = self.cost();
        let (opened, resolved) = self.span();
        let (fix_commits, fix_requests) = self.fixes();
        let labels = self.labels();
        let severity = self.line(IncidentField::Severity).or_else(|| severity_among(&labels));
        let incident = Incident {
            id,
            tickets: self.names(IncidentField::Tickets),
            title: self.title(),
            description: self.description(),
            opened,
            resolved,
            updated: self.date(IncidentField::Updated).map(|(_, time)| time),
            // No incident is over in no time: a zero is a program's word for "not known yet".
            elapsed_seconds: self
                .duration(IncidentField::Elapsed, DayLength::Calendar)
                .filter(|seconds| *seconds > 0),
            // Trackers write a zero where nobody logged time.
            effort_seconds: self
                .duration(IncidentField::Effort, DayLength::Work)
                .filter(|seconds| *seconds > 0),
            severity_level: severity.as_deref().and_then(|text| self.severity_level(text)),
            severity,
            cost: cost.as_ref().map(|cost| cost.money),
            customers: self.customers(),
            accounts: sorted(
                self.cells(IncidentField::Accounts).flat_map(|(_, cell)| cell::companies(cell)).collect(),
            ),
            churn_risk: self.line(IncidentField::ChurnRisk),
            root_cause: self.line(IncidentField::RootCause),
            fix_commits,
            fix_requests,
            introduced_commits: self.introduced(),
            paths: self.names(IncidentField::Path),
            areas: self.best_names(IncidentField::Area),
            components: self.components(),
            services: self.best_names(IncidentField::Service),
            projects: self.best_names(IncidentField::Project),
            teams: self.best_names(IncidentField::Team),
            labels,
            url: self.url(),
            source: self.position(),
        };
        let verdict = self.verdict(filter);
        Ok(RowIncident { incident, cost, tool: self.layout.tool(), verdict, rejected: self.rejected })
    }

    /// The row's id.
    ///
    /// # Errors
    /// The row, if it has none.
    fn id(&self) -> Result<String, RejectedRow> {
        let without = |field, reason: &str| {
            let column = self.layout.used.iter().find(|(_, meaning)| meaning.field == field);
            let (header, value) = column.map_or_else(Default::default, |(column, _)| {
                let value = self.row.fields.get(*column).cloned().unwrap_or_default();
                (self.layout.header[*column].clone(), value)
            });
            self.whole_row(header, value, reason.to_owned(), RowFate::Skipped)
        };
        if self.layout.takes_id_from_url() {
            let url = self.first(IncidentField::Url).and_then(|(_, url)| number_in_url(url));
            return url.ok_or_else(|| without(IncidentField::Url, "no id in its link"));
        }
        let id = self.first(IncidentField::Id).map(|(_, id)| cell::one_line(id));
        // A cell may hold nothing but the mark of a list.
        id.filter(|id| !id.is_empty()).ok_or_else(|| without(IncidentField::Id, "no id"))
    }

    /// Whether the row is an incident, by the user's words, else by those of a known tool.
    fn verdict(&self, filter: &IncidentFilter) -> RowVerdict {
        let mut verdict = RowVerdict::Silent;
        for field in FilterField::ALL {
            let column = self.layout.used.iter().find(|(_, meaning)| meaning.field == field.column());
            // Another file may say it of the same incident.
            let Some((column, _)) = column else { continue };
            let values = match field {
                FilterField::Label => self.labels(),
                _ => self.line(field.column()).into_iter().collect(),
            };
            let excluded = match filter.excluding(field, &values) {
                Some(excluded) => excluded,
                None if values.is_empty() => continue,
                // In a file kept by hand, every row was put there as an incident.
                None => self.layout.tool().and_then(|_| filter::no_incident(field, &values)),
            };
            if let Some((value, reason)) = excluded {
                let column = self.layout.header[*column].clone();
                return RowVerdict::Excluded(Exclusion { column, value, reason });
            }
            verdict = RowVerdict::Counts;
        }
        verdict
    }

    /// Why the row as a whole is not read, if it is not.
    fn damage(&self) -> Option<(String, RowFate)> {
        let n_headers = self.layout.header.len();
        // Spreadsheets pad short rows with separators; these are no fields.
        let n_fields = self.row.fields.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
        if let Some(damage) = &self.row.damage {
            Some((damage.clone(), self.row.fate()))
        } else if n_fields > n_headers {
            // A separator inside a value has shifted the others, so that none can be trusted.
            let reason = format!(
                "{n_fields} fields under {n_headers} headers: put quotes around values that hold the separator"
            );
            Some((reason, RowFate::Skipped))
        } else if self.is_total() {
            Some(("a total, not an incident".to_owned(), RowFate::Excluded))
        } else if self.row.fields == self.layout.header {
            // Exports put together by hand repeat it.
            Some(("repeats the header".to_owned(), RowFate::Excluded))
        } else if self.is_pull_request() {
            Some(("a pull request, which GitHub lists among the issues".to_owned(), RowFate::Excluded))
        } else {
            None
        }
    }

    /// Whether the row sums up others: what names it is a word such as `Total`.
    fn is_total(&self) -> bool {
        let id = self.first(IncidentField::Id).map(|(_, id)| id);
        let first = || self.row.fields.iter().map(String::as_str).find(|field| !field.is_empty());
        // A total often has no ID; then the word is in the first filled cell.
        id.or_else(first).is_some_and(is_total)
    }

    fn is_pull_request(&self) -> bool {
        // Only pull requests have this key.
        let column = || self.layout.header.iter().position(|header| header == "pull_request");
        let is_one = || column().is_some_and(|column| present_field(self.row, column).is_some());
        self.layout.tool() == Some(Tool::GitHub) && is_one()
    }

    fn position(&self) -> RowPosition {
        RowPosition { file: self.layout.file.to_owned(), line: self.row.line }
    }

    fn whole_row(&self, column: String, value: String, reason: String, fate: RowFate) -> RejectedRow {
        RejectedRow { position: self.position(), column, value, reason, fate }
    }

    fn reject(&mut self, column: usize, value: &str, reason: impl Into<String>) {
        self.rejected.push(RejectedRow {
            position: self.position(),
            column: self.layout.header[column].clone(),
            value: cell::shown(value),
            reason: reason.into(),
            fate: RowFate::ValueIgnored,
        });
    }

    /// The cells of a field that hold a value: the most telling column first.
    fn cells(&self, field: IncidentField) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let row = self.row;
        let columns = self.layout.used.iter().filter(move |(_, meaning)| meaning.field == field);
        columns.filter_map(move |(column, _)| present_field(row, *column).map(|cell| (*column, cell)))
    }

    /// Cells that hold one value each, even where it came as a list of one.
    fn scalars(&self, field: IncidentField) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        self.cells(field).map(|(column, cell)| (column, cell.trim_end_matches(cell::LIST_MARK)))
    }

    fn first(&self, field: IncidentField) -> Option<(usize, &'a str)> {
        self.cells(field).next()
    }

    /// The first value of a field, as one line.
    fn line(&self, field: IncidentField) -> Option<String> {
        self.first(field).map(|(_, cell)| cell::one_line(cell))
    }

    /// The level of a severity, on the scale of the column that it is in.
    fn severity_level(&self, text: &str) -> Option<Severity> {
        let column =
            self.first(IncidentField::Severity).map(|(column, _)| squeeze(&self.layout.header[column]));
        let is_of_three =
            column.zip(self.layout.tool()).is_some_and(|(column, tool)| tool.has_three_levels(&column));
        if is_of_three { Severity::parse_of_three(text) } else { Severity::parse(text) }
    }

    /// The link: of a spreadsheet's hyperlink its address.
    fn url(&self) -> Option<String> {
        let (column, cell) = self.first(IncidentField::Url)?;
        let written = self.row.fields.get(column).map_or("", String::as_str);
        Some(cell::hyperlink(written).map_or_else(|| cell::one_line(cell), |(address, _)| address.to_owned()))
    }

    fn title(&self) -> String {
        let title = self.line(IncidentField::Title);
        let from_description = || self.line(IncidentField::Description);
        let is_allowed = self.layout.takes_title_from_description();
        title.or_else(|| if is_allowed { from_description() } else { None }).unwrap_or_default()
    }

    /// All prose, a paragraph per column.
    fn description(&self) -> String {
        let texts: Vec<String> =
            self.cells(IncidentField::Description).map(|(_, cell)| cell::shown(cell)).collect();
        texts.join("\n\n")
    }

    /// The names in all columns of a field.
    fn names(&self, field: IncidentField) -> Vec<String> {
        sorted(self.cells(field).flat_map(|(_, cell)| cell::names(cell)).collect())
    }

    /// The components; of Azure DevOps the last part of the area path, by which people know the place:
    /// `Export` of `Shop\Checkout\Export`.
    fn components(&self) -> Vec<String> {
        let components = self.best_names(IncidentField::Component);
        if !components.is_empty() || self.layout.tool() != Some(Tool::AzureDevOps) {
            return components;
        }
        let areas = self.best_names(IncidentField::Area);
        let last = areas.iter().filter_map(|area| area.rsplit_once('\\'));
        sorted(last.map(|(_, name)| name.to_owned()).collect())
    }

    /// The labels: Zendesk writes blanks between them.
    fn labels(&self) -> Vec<String> {
        let labels = self.names(IncidentField::Labels);
        if self.layout.tool() != Some(Tool::Zendesk) {
            return labels;
        }
        sorted(labels.iter().flat_map(|label| label.split_whitespace()).map(str::to_owned).collect())
    }

    /// The names in the columns of the most telling header: of several `Components` columns all count,
    /// of a service and its configuration item the service alone.
    fn best_names(&self, field: IncidentField) -> Vec<String> {
        let rank = |column: usize| self.layout.meanings[column].map(|meaning| meaning.rank);
        let Some((first, _)) = self.first(field) else { return Vec::new() };
        let cells = self.cells(field).filter(|(column, _)| rank(*column) == rank(first));
        sorted(cells.flat_map(|(_, cell)| cell::names(cell)).collect())
    }

    /// Beginning and end. An end before the beginning is reported and not used: one of the two is wrong.
    fn span(&mut self) -> (Option<Timestamp>, Option<Timestamp>) {
        let opened = self.date(IncidentField::Opened);
        let resolved = self.date(IncidentField::Resolved);
        if let (Some((beginning, opened)), Some((column, resolved))) = (opened, resolved)
            && resolved < self.earliest_end(beginning, column, opened)
        {
            let of_column = |column| {
                present_field(self.row, column).unwrap_or_default().trim_end_matches(cell::LIST_MARK)
            };
            let reason = format!("before its `{}`: correct one of the two", self.layout.header[beginning]);
            let value = of_column(column);
            self.reject(column, value, reason);
            return (Some(opened), None);
        }
        (opened.map(|(_, time)| time), resolved.map(|(_, time)| time))
    }

    /// The earliest end that does not contradict a beginning: where the end is a day without a time, the
    /// first second of the beginning's day.
    fn earliest_end(&self, beginning: usize, end: usize, opened: Timestamp) -> Timestamp {
        // A day without a time is read as its first second, which is before any beginning on that
        // day.
        let has_time = |column| present_field(self.row, column).is_some_and(|value| value.contains(':'));
        if has_time(beginning) && !has_time(end) {
            Timestamp(opened.0 - opened.0.rem_euclid(SECONDS_PER_DAY))
        } else {
            opened
        }
    }

    /// The first date of a field, and its column.
    fn date(&mut self, field: IncidentField) -> Option<(usize, Timestamp)> {
        for (column, value) in self.scalars(field) {
            if date::is_never(value) {
                continue;
            }
            if self.layout.contradicts_order(column, value) {
                self.reject(column, value, "day and month contradict --date-order");
                continue;
            }
            match self.layout.date(column, value) {
                Ok(timestamp) => return Some((column, timestamp)),
                Err(error) => self.reject(column, value, error.reason()),
            }
        }
        None
    }

    /// The decimal mark of a column: JSON's own numbers have a point.
    fn mark(&self, column: usize) -> Option<DecimalMark> {
        let is_number = self.row.numbers.contains(&column);
        if is_number { Some(DecimalMark::Point) } else { self.layout.marks[column] }
    }

    fn duration(&mut self, field: IncidentField, length: DayLength) -> Option<u64> {
        for (column, value) in self.scalars(field) {
            let unit = self.layout.meanings[column].and_then(|meaning| meaning.unit);
            let format = DurationFormat { unit, length, mark: self.mark(column) };
            match duration::parse(value, format) {
                Ok(seconds) => return Some(seconds),
                Err(error) => self.reject(column, value, error.reason()),
            }
        }
        None
    }

    fn customers(&mut self) -> Option<u64> {
        for (column, value) in self.scalars(IncidentField::Customers) {
            // A count has no fraction, so that `1,200` can only mean thousands.
            let number = Decimal::read(value, self.mark(column), 0);
            match number.ok().and_then(Decimal::whole) {
                Some(count) => return Some(count),
                None => self.reject(column, value, "not a whole number of at least 0"),
            }
        }
        None
    }

    /// Commits, and pull or merge requests.
    fn fixes(&mut self) -> (Vec<String>, Vec<ChangeRequest>) {
        let (mut commits, mut requests) = (Vec::new(), Vec::new());
        for (column, value) in self.cells(IncidentField::Fix) {
            for part in reference::parse(value, bare_number(&self.layout.header[column])) {
                match part {
                    Ok(Reference::Commit(commit)) => commits.push(commit),
                    Ok(Reference::Request(request)) => requests.push(request),
                    Err(part) => self.reject(
                        column,
                        part,
                        "neither a commit (7 to 64 hexadecimal digits, or a URL that holds them) nor a pull \
                         request (#12, or its URL)",
                    ),
                }
            }
        }
        requests.sort();
        requests.dedup();
        (sorted(commits), requests)
    }

    fn introduced(&mut self) -> Vec<String> {
        let mut commits = Vec::new();
        for (column, value) in self.cells(IncidentField::Introduced) {
            for part in reference::parse(value, BareNumber::Unclear) {
                match part {
                    Ok(Reference::Commit(commit)) => commits.push(commit),
                    // A request can bring many commits, and only one of them the defect.
                    Ok(Reference::Request(_)) => {
                        self.reject(column, value, "a pull request is not a commit: give the commit's id");
                    }
                    Err(part) => self.reject(
                        column,
                        part,
                        "not a commit: give its id (7 to 64 hexadecimal digits) or a URL that holds it",
                    ),
                }
            }
        }
        sorted(commits)
    }

    fn cost(&mut self) -> Option<CostCell> {
        let mut cost: Option<CostCell> = None;
        for (column, value) in self.scalars(IncidentField::Cost) {
            let stated = self.layout.meanings[column].and_then(|meaning| meaning.currency);
            // The row says that it is another currency: the default must not stand in for it.
            let Ok(known) = self.currency(stated) else {
                self.reject(column, value, "unknown currency in its row");
                continue;
            };
            let (default, mark) = (self.layout.default_currency, self.mark(column));
            let parsed = Money::read(value, &MoneyContext { known, default, mark, times: 1 });
            match (parsed, &cost) {
                (Err(error), _) => self.reject(column, value, error.to_string()),
                (Ok(read), None) => {
                    cost = Some(CostCell {
                        money: read.money,
                        position: self.position(),
                        column: self.layout.header[column].clone(),
                        value: value.to_owned(),
                    });
                }
                // A recorded and an estimated cost of one incident must not be added up.
                (Ok(read), Some(first)) if first.money != read.money => {
                    let reason = format!("another cost is in column `{}`, which is used", first.column);
                    self.reject(column, value, reason);
                }
                (Ok(_), Some(_)) => {}
            }
        }
        cost
    }

    /// The currency that is stated around a cost: by its header, else by the row's currency column.
    ///
    /// # Errors
    /// When the row names one that is unknown.
    fn currency(&mut self, of_header: Option<Currency>) -> Result<Option<Currency>, UnknownCurrency> {
        let Some((column, value)) = self.first(IncidentField::Currency) else {
            return Ok(of_header);
        };
        if let Some(currency) = Currency::from_sign(value) {
            if of_header.is_some_and(|header| header != currency) {
                self.reject(column, value, "conflicts with the currency in the header of the cost");
                return Err(UnknownCurrency);
            }
            return Ok(Some(currency));
        }
        self.reject(column, value, "not an ISO 4217 currency code such as USD");
        Err(UnknownCurrency)
    }
}

struct UnknownCurrency;

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}

/// Whether a bare number in a column of this name is the number of a request.
fn bare_number(header: &str) -> BareNumber {
    let name = squeeze(header);
    let is_short = matches!(name.as_str(), "pr" | "fixpr" | "prnumber" | "prurl" | "githubpr");
    if is_short || name.contains("pullrequest") || name.contains("mergerequest") {
        BareNumber::Request
    } else {
        BareNumber::Unclear
    }
}

/// The label that states a severity by itself: `severity::2`, `priority: high`, `P1`.
fn severity_among(labels: &[String]) -> Option<String> {
    labels.iter().find(|label| Severity::is_stated_by(label)).cloned()
}

/// The last run of digits in a link's path: `https://sentry.io/organizations/o/issues/123/`.
fn number_in_url(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    // The last number: organisations and projects before it may be numbers, too.
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    path.split('/').rev().find(is_number).map(str::to_owned)
}
