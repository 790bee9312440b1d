//! The JSON report: its head, and its tables.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::agreed::AgreedJson;
use super::backtest::BacktestSummaryJson;
use super::change::BrokenYearsJson;
use super::money::{CustomersJson, PriceLineJson};
use super::output::SCHEMA_VERSION;
use super::past_year::PastYearJson;
use super::quality::{TrustJson, trust};
use super::repository::{CurrencyJson, RepositoryJson};
use super::table::{DocumentSchema, write_document, write_lines};
use super::values::{Figure, ModelJson, MoneyJson, Time, ToolJson};
use crate::incident_columns::{IncidentRow, incident_columns};
use crate::listing::{Sheet, SheetShape};
use crate::options::RenderOptions;
use crate::report_columns::{FileRow, area_columns, areas_in_order, file_columns};
use crate::words::method_code;
use debtscan_findings::{CommitGroup, Grouping, MergedPerson, Report, Totals};

/// What a repository's areas and files have cost, and what to expect of them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan report")]
struct ReportHeadJson {
    /// Version of this shape: 1. A reader checks it before anything else.
    schema_version: u32,
    tool: ToolJson,
    repository: RepositoryJson,
    trust: TrustJson,
    totals: TotalsJson,
    /// Every currency with a cost: sorted by code.
    currencies: Vec<CurrencyJson>,
    model: ModelJson,
    /// What the last backtest of the same incidents and configuration said; `null` if none is in the cache.
    backtest: Option<BacktestSummaryJson>,
    broken_years: BrokenYearsJson,
    /// What the incidents mean for customers; `null` without an accounts file.
    customers: Option<CustomersJson>,
    /// What history alone says about the last year; `null` with incidents, or without any change in it.
    past_year: Option<PastYearJson>,
    /// What was agreed about areas (`[[ask]]`), in the order of the configuration.
    agreed: Vec<AgreedJson>,
    omitted: OmittedJson,
}

/// Sums over the whole repository.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TotalsJson {
    /// Commits in the window, without merges; with `--first-parent`, all commits on that line.
    commits: usize,
    /// Merge commits.
    merges: usize,
    /// Of these, merges in the window that carry changes: what differs from all their parents, or,
    /// with `--first-parent`, all that they brought.
    merges_with_changes: usize,
    /// Different people who wrote those commits, including co-authors and excluding bots.
    authors: usize,
    /// The programs among the authors, excluded from every count of authors: by name, then e-mail.
    bots: Vec<BotJson>,
    /// The people with several identities, merged because of one name or GitHub account: by name, then e-mail.
    merged_people: Vec<MergedPersonJson>,
    /// Lines added and deleted by the commits in the window, over files of every class.
    changed_lines: u64,
    /// The same per class; they sum to `changed_lines`.
    changed_lines_by_class: Vec<ClassLinesJson>,
    /// Source files above which a commit is excluded from recent activity (`--max-files-per-commit`).
    max_files_per_commit: usize,
    /// Commits of more source files than that.
    wide_commits: CommitGroupJson,
    /// Commits that `.git-blame-ignore-revs` names; not part of `wide_commits`.
    ignored_commits: CommitGroupJson,
    /// Time of the first commit in the window; `null` without commits.
    first_commit_at: Option<Time>,
    /// Time of the last commit in the window; `null` without commits.
    last_commit_at: Option<Time>,
    /// Present files per class.
    files_by_class: Vec<ClassCountJson>,
    /// Lines of code of present source files.
    source_lines: u64,
    /// Incidents that opened by `as_of`, with a part in what is scanned.
    incidents: usize,
    /// Incidents that opened after `as_of`; they count in nothing else.
    incidents_later: usize,
    /// Incidents that a window, a folder or an exclusion hides completely; they count only in `outside_cost`.
    incidents_outside: usize,
    /// Their cost, and that of the hidden parts of other incidents.
    outside_cost: Vec<MoneyJson>,
    /// Placed incidents.
    incidents_attributed: usize,
    /// All recorded cost, after conversion. To the minor unit, `recorded_cost` + `modelled_cost` =
    /// `attributed_cost` + `unattributed_cost`.
    recorded_cost: Vec<MoneyJson>,
    /// All cost that the configured price model says; empty without a model.
    modelled_cost: Vec<MoneyJson>,
    /// Recorded cost before conversion; empty when nothing was converted.
    recorded_cost_unconverted: Vec<MoneyJson>,
    /// Incidents with a recorded cost, zero included.
    incidents_with_recorded_cost: usize,
    /// Incidents priced by the model.
    incidents_with_modelled_cost: usize,
    /// Incidents without a cost, if others have one.
    incidents_with_assumed_cost: usize,
    /// Their assumed cost: the mean of their severity, drawn towards that of all incidents. Part of no other sum.
    assumed_cost: Vec<MoneyJson>,
    /// Modelled cost per line of the configuration: sorted by line.
    modelled_by_line: Vec<PriceLineJson>,
    /// Hours that people worked on the incidents; `null` when unknown.
    effort_hours: Option<Figure>,
    /// Hours from beginning to end of the incidents; `null` when unknown.
    elapsed_hours: Option<Figure>,
    /// Cost of placed incidents, including that on deleted files; recorded and modelled.
    attributed_cost: Vec<MoneyJson>,
    /// Of that, modelled cost.
    attributed_modelled_cost: Vec<MoneyJson>,
    /// The part of `attributed_cost` on files that no longer exist.
    deleted_code_cost: Vec<MoneyJson>,
    /// Cost of unplaced incidents; recorded and modelled.
    unattributed_cost: Vec<MoneyJson>,
    /// Of that, modelled cost.
    unattributed_modelled_cost: Vec<MoneyJson>,
    /// Incidents per method, the strongest evidence first; without methods that placed no incident.
    attributed_by_method: Vec<MethodJson>,
}

/// A person with several identities that were merged.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MergedPersonJson {
    /// The name that stands for all.
    name: String,
    /// The address that stands for all; empty for a pseudonym.
    email: String,
    /// The other identities, as `name <address>` or a pseudonym.
    others: Vec<String>,
}

impl MergedPersonJson {
    fn list(people: &[MergedPerson]) -> Vec<Self> {
        let person = |person: &MergedPerson| Self {
            name: person.name.clone(),
            email: person.email.clone(),
            others: person.others.clone(),
        };
        people.iter().map(person).collect()
    }
}

/// A program that wrote commits.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct BotJson {
    /// Its name.
    name: String,
    /// Its e-mail address.
    email: String,
    /// Commits that it wrote or is credited in.
    commits: usize,
}

/// Present files of one class.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ClassCountJson {
    /// `source`, `test`, `example`, `docs`, `generated`, `vendored` or `other`.
    class: &'static str,
    /// How many.
    files: usize,
}

/// Changed lines of one class.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ClassLinesJson {
    /// `source`, `test`, `example`, `docs`, `generated`, `vendored` or `other`.
    class: &'static str,
    /// How many.
    lines: u64,
}

/// Commits that are excluded from recent activity; their lines stay in every churn.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CommitGroupJson {
    /// How many.
    commits: usize,
    /// Lines that they added and deleted, over files of every class.
    changed_lines: u64,
}

/// Incidents placed by one method.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MethodJson {
    /// `fix-commit`, `pull-request`, `explicit-path`, `text-path`, `ticket-id`, `area-name`, `owner` or
    /// `area-word`.
    method: &'static str,
    /// How many.
    incidents: usize,
    /// Their cost, recorded and modelled.
    cost: Vec<MoneyJson>,
}

/// Number of rows of each list that `--top` hides; 0 without it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OmittedJson {
    /// Hidden areas.
    areas: usize,
    /// Hidden files.
    files: usize,
    /// Hidden incidents.
    incidents: usize,
}

/// The tables of a report.
const AREAS: &str = "The areas by rank, or by what changed with `--sort changed`.";
const FILES: &str = "Present source files by rank, then unranked files that carry cost.";
const INCIDENTS: &str = "The incidents, costliest first.";

fn areas_shape() -> SheetShape {
    SheetShape::new("areas", "area", "One area.", &area_columns()).named("AreaJson", AREAS)
}

fn files_shape() -> SheetShape {
    SheetShape::new("files", "file", "One file.", &file_columns()).named("FileJson", FILES)
}

fn incidents_shape() -> SheetShape {
    SheetShape::new("incidents", "incident", "One incident.", &incident_columns())
        .named("IncidentJson", INCIDENTS)
}

fn areas(report: &Report, options: &RenderOptions) -> Sheet {
    let columns = area_columns();
    Sheet::of_values(areas_shape(), &columns, &areas_in_order(report, options.sort), options.top)
}

fn files(report: &Report, top: Option<usize>) -> Sheet {
    let rows: Vec<FileRow<'_>> = report.files.iter().map(|file| FileRow::new(report, file)).collect();
    Sheet::of_values(files_shape(), &file_columns(), &rows, top)
}

fn incidents(report: &Report, top: Option<usize>) -> Sheet {
    let rows: Vec<IncidentRow<'_>> =
        report.incidents.iter().map(|incident| IncidentRow { report, incident }).collect();
    Sheet::of_values(incidents_shape(), &incident_columns(), &rows, top)
}

/// Writes the report as one document.
pub(crate) fn report(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let top = options.top;
    let sheets = [areas(report, options), files(report, top), incidents(report, top)];
    write_document(&head(report, top), &sheets, out)
}

/// Writes the report as one object per line: the head, the rows, the incidents.
pub(crate) fn report_lines(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let top = options.top;
    let rows = match options.group {
        // A stream has the rows that were asked for. Areas and files together would count
        // everything twice.
        Grouping::Area => areas(report, options),
        Grouping::File | Grouping::Directory => files(report, top),
    };
    write_lines("report", &head(report, top), &[rows, incidents(report, top)], out)
}

/// The JSON Schema of [`report()`]'s output, with a final newline.
pub(crate) fn report_schema() -> String {
    let mut schema = DocumentSchema::new::<ReportHeadJson>();
    for shape in [areas_shape(), files_shape(), incidents_shape()] {
        schema.add_rows(&shape);
    }
    schema.finish()
}

fn head(report: &Report, top: Option<usize>) -> ReportHeadJson {
    // Without a limit nothing is omitted.
    let top = top.unwrap_or(usize::MAX);
    let omitted = |n: usize| n.saturating_sub(top);
    ReportHeadJson {
        schema_version: SCHEMA_VERSION,
        tool: ToolJson::new(report.tool_version),
        repository: RepositoryJson::of_report(report),
        trust: trust(&report.quality),
        totals: totals(&report.totals),
        currencies: CurrencyJson::list(report.totals.cost().iter().map(|sum| sum.currency)),
        model: ModelJson::new(&report.model),
        backtest: report.backtest.as_ref().map(BacktestSummaryJson::new),
        broken_years: BrokenYearsJson::new(&report.broken_years),
        customers: report.customers.as_ref().map(CustomersJson::new),
        past_year: report.past_year.as_ref().map(PastYearJson::new),
        agreed: AgreedJson::list(&report.agreed),
        omitted: OmittedJson {
            areas: omitted(report.areas.len()),
            files: omitted(report.files.len()),
            incidents: omitted(report.incidents.len()),
        },
    }
}

fn totals(totals: &Totals) -> TotalsJson {
    TotalsJson {
        commits: totals.commits,
        merges: totals.merges,
        merges_with_changes: totals.merges_with_changes,
        authors: totals.authors,
        bots: totals
            .bots
            .iter()
            .map(|bot| BotJson { name: bot.name.clone(), email: bot.email.clone(), commits: bot.commits })
            .collect(),
        merged_people: MergedPersonJson::list(&totals.merged_people),
        changed_lines: totals.changed_lines,
        changed_lines_by_class: totals
            .changed_lines_by_class
            .iter()
            .map(|(class, lines)| ClassLinesJson { class: class.name(), lines: *lines })
            .collect(),
        max_files_per_commit: totals.max_files_per_commit,
        wide_commits: group(totals.wide_commits),
        ignored_commits: group(totals.ignored_commits),
        first_commit_at: totals.first_commit.map(Time::new),
        last_commit_at: totals.last_commit.map(Time::new),
        files_by_class: totals
            .files_by_class
            .iter()
            .map(|(class, files)| ClassCountJson { class: class.name(), files: *files })
            .collect(),
        source_lines: totals.source_lines,
        incidents: totals.incidents,
        incidents_later: totals.incidents_later,
        incidents_outside: totals.incidents_outside,
        outside_cost: MoneyJson::list(&totals.outside),
        incidents_attributed: totals.incidents_attributed,
        recorded_cost: MoneyJson::list(&totals.recorded),
        modelled_cost: MoneyJson::list(&totals.modelled),
        recorded_cost_unconverted: MoneyJson::list(&totals.recorded_unconverted),
        incidents_with_recorded_cost: totals.incidents_recorded,
        incidents_with_modelled_cost: totals.incidents_modelled,
        incidents_with_assumed_cost: totals.incidents_assumed,
        assumed_cost: MoneyJson::list(&totals.assumed),
        modelled_by_line: PriceLineJson::list(&totals.modelled_by_line),
        effort_hours: totals.hours.effort.map(Figure::new),
        elapsed_hours: totals.hours.elapsed.map(Figure::new),
        attributed_cost: MoneyJson::list(&totals.attributed),
        attributed_modelled_cost: MoneyJson::list(&totals.attributed_modelled),
        deleted_code_cost: MoneyJson::list(&totals.deleted_code),
        unattributed_cost: MoneyJson::list(&totals.unattributed),
        unattributed_modelled_cost: MoneyJson::list(&totals.unattributed_modelled),
        attributed_by_method: totals
            .by_method
            .iter()
            .map(|it| MethodJson {
                method: method_code(it.method),
                incidents: it.incidents,
                cost: MoneyJson::list(&it.cost),
            })
            .collect(),
    }
}

fn group(group: CommitGroup) -> CommitGroupJson {
    CommitGroupJson { commits: group.commits, changed_lines: group.changed_lines }
}
