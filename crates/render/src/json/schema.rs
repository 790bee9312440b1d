//! The shape of the JSON report.

use schemars::JsonSchema;
use serde::Serialize;

use super::money::{CustomersJson, ImpactJson, PriceJson, PriceLineJson};
use super::row::Figures;
use super::values::{
    ChurnJson, ExpectedJson, Figure, IntroductionJson, ModelJson, MoneyJson, PathJson, RecordedJson, Time,
    ToolJson,
};

/// What a repository's areas and files have cost, and what to expect of them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan report")]
pub(super) struct ReportJson {
    #[serde(flatten)]
    pub(super) head: HeadJson,
    /// The areas by rank.
    pub(super) areas: Vec<AreaJson>,
    /// Present source files by rank, then unranked files that carry cost.
    pub(super) files: Vec<FileJson>,
    /// The incidents, costliest first.
    pub(super) incidents: Vec<IncidentJson>,
}

/// Everything but the lists.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct HeadJson {
    /// Version of this shape: 1. A reader checks it before anything else.
    pub(super) schema_version: u32,
    pub(super) tool: ToolJson,
    pub(super) repository: RepositoryJson,
    pub(super) trust: TrustJson,
    pub(super) totals: TotalsJson,
    /// Every currency with a cost: sorted by code.
    pub(super) currencies: Vec<CurrencyJson>,
    pub(super) model: ModelJson,
    /// What the incidents mean for customers; `null` without an accounts file.
    pub(super) customers: Option<CustomersJson>,
    pub(super) omitted: OmittedJson,
}

/// What was scanned.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RepositoryJson {
    /// Name of the project from the configuration; `null` when not set.
    pub(super) project: Option<String>,
    /// Full id of the scanned commit.
    pub(super) revision: String,
    /// The "now" of every figure: its committer time, or the end of the window where that is earlier.
    pub(super) as_of: Time,
    pub(super) window: WindowJson,
    /// The folder that the scan was limited to; `null` for the whole repository.
    pub(super) scope: Option<PathJson>,
    /// Whether only first parents were followed (`--first-parent`).
    pub(super) first_parent: bool,
    /// What the areas were made from: `config`, `codeowners`, `packages`, `folders` or `dir:N`.
    pub(super) area_source: String,
}

/// The half-open span of committer times that was scanned.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WindowJson {
    /// The first second inside; `null` when unbounded.
    pub(super) since: Option<Time>,
    /// The first second after; `null` when unbounded.
    pub(super) until: Option<Time>,
}

/// Sums over the whole repository.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TotalsJson {
    /// Commits in the window, merges left out; with `--first-parent`, all commits on that line.
    pub(super) commits: usize,
    /// Merge commits.
    pub(super) merges: usize,
    /// Of these, merges in the window that carry changes: what differs from all their parents, or,
    /// with `--first-parent`, all that they brought.
    pub(super) merges_with_changes: usize,
    /// Different people who wrote those commits, co-authors included, bots left out.
    pub(super) authors: usize,
    /// The programs among the authors, left out of every count of authors: by name, then e-mail.
    pub(super) bots: Vec<BotJson>,
    /// Lines added and deleted by the commits in the window, over files of every class.
    pub(super) changed_lines: u64,
    /// The same per class; they sum to `changed_lines`.
    pub(super) changed_lines_by_class: Vec<ClassLinesJson>,
    /// Source files above which a commit is no recent change (`--max-files-per-commit`).
    pub(super) max_files_per_commit: usize,
    /// Commits of more source files than that.
    pub(super) wide_commits: CommitGroupJson,
    /// Commits that `.git-blame-ignore-revs` names; not part of `wide_commits`.
    pub(super) ignored_commits: CommitGroupJson,
    /// Time of the first commit in the window; `null` without commits.
    pub(super) first_commit_at: Option<Time>,
    /// Time of the last commit in the window; `null` without commits.
    pub(super) last_commit_at: Option<Time>,
    /// Present files per class.
    pub(super) files_by_class: Vec<ClassCountJson>,
    /// Lines of code of present source files.
    pub(super) source_lines: u64,
    /// Incidents read.
    pub(super) incidents: usize,
    /// Incidents tied to files.
    pub(super) incidents_attributed: usize,
    /// All recorded cost, after conversion. To the minor unit, `recorded_cost` + `modelled_cost` =
    /// `attributed_cost` + `unattributed_cost`.
    pub(super) recorded_cost: Vec<MoneyJson>,
    /// All cost that the configured price model says; empty without a model.
    pub(super) modelled_cost: Vec<MoneyJson>,
    /// Recorded cost before conversion; empty when nothing was converted.
    pub(super) recorded_cost_unconverted: Vec<MoneyJson>,
    /// Incidents with a recorded cost, zero included.
    pub(super) incidents_with_recorded_cost: usize,
    /// Incidents priced by the model.
    pub(super) incidents_with_modelled_cost: usize,
    /// Modelled cost per line of the configuration: sorted by line.
    pub(super) modelled_by_line: Vec<PriceLineJson>,
    /// Hours that people worked on the incidents; `null` when unknown.
    pub(super) effort_hours: Option<Figure>,
    /// Hours from beginning to end of the incidents; `null` when unknown.
    pub(super) elapsed_hours: Option<Figure>,
    /// Cost tied to files, deleted ones included; recorded and modelled.
    pub(super) attributed_cost: Vec<MoneyJson>,
    /// Of that, modelled cost.
    pub(super) attributed_modelled_cost: Vec<MoneyJson>,
    /// Of the cost tied to files, that of files that no longer exist.
    pub(super) deleted_code_cost: Vec<MoneyJson>,
    /// Cost that could not be tied to any file; recorded and modelled.
    pub(super) unattributed_cost: Vec<MoneyJson>,
    /// Of that, modelled cost.
    pub(super) unattributed_modelled_cost: Vec<MoneyJson>,
    /// Incidents per method, the strongest evidence first; methods without incidents left out.
    pub(super) attributed_by_method: Vec<MethodJson>,
}

/// A program that wrote commits.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct BotJson {
    /// Its name.
    pub(super) name: String,
    /// Its e-mail address.
    pub(super) email: String,
    /// Commits that it wrote or is credited in.
    pub(super) commits: usize,
}

/// Present files of one class.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ClassCountJson {
    /// `source`, `test`, `example`, `docs`, `generated`, `vendored` or `other`.
    pub(super) class: &'static str,
    /// How many.
    pub(super) files: usize,
}

/// Changed lines of one class.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ClassLinesJson {
    /// `source`, `test`, `example`, `docs`, `generated`, `vendored` or `other`.
    pub(super) class: &'static str,
    /// How many.
    pub(super) lines: u64,
}

/// Commits that are no recent change; their lines stay in every churn.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CommitGroupJson {
    /// How many.
    pub(super) commits: usize,
    /// Lines that they added and deleted, over files of every class.
    pub(super) changed_lines: u64,
}

/// Incidents tied to files by one method.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct MethodJson {
    /// `fix-commit`, `pull-request`, `explicit-path`, `text-path`, `ticket-id`, `area-name`, `owner` or
    /// `area-word`.
    pub(super) method: &'static str,
    /// How many.
    pub(super) incidents: usize,
    /// Their cost, recorded and modelled.
    pub(super) cost: Vec<MoneyJson>,
}

/// A currency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CurrencyJson {
    /// ISO 4217 code.
    pub(super) code: String,
    /// Decimal digits of the minor unit: `amount_minor / 10^minor_digits` is the amount.
    pub(super) minor_digits: u32,
}

/// How many rows `--top` left out of each list; 0 without it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct OmittedJson {
    /// Areas left out.
    pub(super) areas: usize,
    /// Files left out.
    pub(super) files: usize,
    /// Incidents left out.
    pub(super) incidents: usize,
}

/// What could not be read, placed or trusted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TrustJson {
    /// Whether nothing was lost: no remark has the severity `loss`.
    pub(super) whole: bool,
    /// Remarks: losses first, then by code.
    pub(super) remarks: Vec<RemarkJson>,
    /// What was skipped, by reason.
    pub(super) skipped: Vec<SkippedJson>,
    /// Values of incident files that could not be used.
    pub(super) rejected: Vec<RejectedJson>,
    /// Defaults in force that are assumptions, one sentence each.
    pub(super) assumptions: Vec<String>,
}

/// A remark on the data.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RemarkJson {
    /// Stable identifier.
    pub(super) code: &'static str,
    /// `loss`: figures are incomplete or wrong; `note`: nothing is wrong.
    pub(super) severity: &'static str,
    /// One sentence for people.
    pub(super) message: String,
    /// What the reader can do about it; empty when nothing.
    pub(super) hint: String,
}

/// Things skipped for one reason.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SkippedJson {
    /// Stable identifier.
    pub(super) reason: &'static str,
    /// The reason for people.
    pub(super) description: &'static str,
    /// Whether figures are incomplete because of it.
    pub(super) is_loss: bool,
    /// How many.
    pub(super) count: usize,
    /// Up to five of them.
    pub(super) examples: Vec<String>,
}

/// A value of an incident file that could not be used.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RejectedJson {
    /// The file as named on the command line.
    pub(super) file: String,
    /// The line on which the row starts, counted from 1.
    pub(super) line: u64,
    /// The column's header; empty when the whole row is the problem.
    pub(super) column: String,
    /// The value as written.
    pub(super) value: String,
    /// What is wrong with it.
    pub(super) reason: String,
    /// Whether the whole row was left out, rather than this value alone.
    pub(super) row_dropped: bool,
}

/// One area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AreaJson {
    /// Stable identifier: the key to join runs by.
    pub(super) id: String,
    /// The name for people.
    pub(super) name: String,
    /// Who answers for it; `null` when unknown.
    pub(super) owner: Option<String>,
    /// The rule that made it.
    pub(super) origin: String,
    /// 1 for the largest expected cost (without prices incidents, without incidents share); `null`
    /// without source files.
    pub(super) rank: Option<usize>,
    /// 1 for the largest expected cost per line of code; `null` without lines.
    pub(super) start_rank: Option<usize>,
    /// Present files of any class.
    pub(super) files: usize,
    /// Present source files.
    pub(super) source_files: usize,
    /// Lines of code of the source files.
    pub(super) source_lines: u64,
    pub(super) churn: ChurnJson,
    /// Sum of the hotspot scores of its source files.
    pub(super) hotspot_score: Figure,
    pub(super) recorded: RecordedJson,
    pub(super) expected: ExpectedJson,
    /// The customer accounts that its incidents hit; `null` without an accounts file.
    pub(super) customers: Option<ImpactJson>,
    #[serde(flatten)]
    #[schemars(skip)]
    pub(super) figures: Figures,
}

/// One file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FileJson {
    /// Its path, or the last one it had; bytes that are not UTF-8 are replaced by U+FFFD.
    pub(super) path: String,
    /// The path's bytes in hexadecimal; only there when `path` is not exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path_bytes_hex: Option<String>,
    /// Whether it exists at the scanned commit.
    pub(super) present: bool,
    /// `id` of its area.
    pub(super) area: String,
    /// `source`, `test`, `example`, `docs`, `generated`, `vendored` or `other`.
    pub(super) class: &'static str,
    /// Its language as GitHub names it; `null` when unknown.
    pub(super) language: Option<&'static str>,
    /// 1 for the largest expected cost; `null` when it is not ranked.
    pub(super) rank: Option<usize>,
    /// 1 for the largest expected cost per line of code; `null` when it is not ranked.
    pub(super) start_rank: Option<usize>,
    /// Lines of code; 0 when unknown.
    pub(super) source_lines: u32,
    pub(super) complexity: ComplexityJson,
    pub(super) churn: ChurnJson,
    /// Revisions weighted by age (half-life 180 days), wide commits left out.
    pub(super) recent_revisions: Figure,
    /// sqrt(recent revisions x indentation complexity).
    pub(super) hotspot_score: Figure,
    /// 1 for the largest hotspot score; `null` when the score is 0.
    pub(super) hotspot_rank: Option<usize>,
    pub(super) recorded: RecordedJson,
    pub(super) expected: ExpectedJson,
}

/// How complex a file is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ComplexityJson {
    /// `syntax-tree`, `indentation`, or `null` when it was not measured.
    pub(super) measure: Option<&'static str>,
    /// Cyclomatic complexity summed over functions; `null` when not parsed.
    pub(super) cyclomatic: Option<u64>,
    /// Cognitive complexity summed over functions; `null` when not parsed.
    pub(super) cognitive: Option<u64>,
    /// Deepest nesting of control structures; `null` when not parsed.
    pub(super) max_nesting: Option<u32>,
    /// Number of functions; `null` when not parsed.
    pub(super) functions: Option<usize>,
    /// The function with the largest cognitive complexity; `null` when there is none.
    pub(super) worst_function: Option<FunctionJson>,
    /// Sum of the lines' indentation levels; 0 when unknown.
    pub(super) indentation: u64,
    /// Whether the parser had to repair the text.
    pub(super) had_syntax_errors: bool,
}

/// A function.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FunctionJson {
    /// Its name with enclosing types.
    pub(super) name: String,
    /// Its first line, counted from 1.
    pub(super) first_line: u32,
    /// Its cognitive complexity.
    pub(super) cognitive: u32,
}

/// One incident.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct IncidentJson {
    /// Its id, as the tracker writes it.
    pub(super) id: String,
    /// Its title; may be empty.
    pub(super) title: String,
    /// When it began, by the export; `null` when that does not say.
    pub(super) opened_at: Option<Time>,
    /// When it began, as the ranking dates it; `null` when nothing tells.
    pub(super) dated_at: Option<Time>,
    /// Which date `dated_at` is: `opened`, `first-fix` or `resolved`; `null` without one.
    pub(super) dated_by: Option<&'static str>,
    /// When it was over; `null` when unknown.
    pub(super) resolved_at: Option<Time>,
    /// The severity as written; `null` when unknown.
    pub(super) severity: Option<String>,
    /// What it cost, recorded or modelled; `null` when unknown, which is not zero.
    pub(super) cost: Option<MoneyJson>,
    /// How the cost is known; `null` without one.
    pub(super) price: Option<PriceJson>,
    /// Hours that people worked on it; `null` when unknown.
    pub(super) effort_hours: Option<Figure>,
    /// Hours from beginning to end; `null` when unknown.
    pub(super) elapsed_hours: Option<Figure>,
    /// Customers affected; `null` when unknown.
    pub(super) customers: Option<u64>,
    /// Link to the tracker; `null` when unknown.
    pub(super) url: Option<String>,
    pub(super) placement: PlacementJson,
    /// Why it takes no part in the ranking: `unplaced`, `undated`, `after-as-of`, `wide-fix` or
    /// `no-present-source`; `null` when it does.
    pub(super) left_out: Option<&'static str>,
    /// What probably introduced it, a hint; only there with `--introduced`, and when a commit is known to
    /// have fixed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) introduced: Option<IntroductionJson>,
}

/// Where an incident was placed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "status", rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(super) enum PlacementJson {
    /// Its cost falls on files.
    Attributed {
        /// `fix-commit`, `pull-request`, `explicit-path`, `text-path`, `ticket-id`, `area-name`, `owner` or
        /// `area-word`.
        method: &'static str,
        /// `high`, `medium` or `low`.
        confidence: &'static str,
        /// Full ids of the fix commits found: sorted.
        fix_commits: Vec<String>,
        /// Other evidence, the strongest first; one entry per method.
        support: Vec<SupportJson>,
        /// The files, largest share first; the shares sum to 1, the costs to the incident's.
        links: Vec<LinkJson>,
    },
    /// It could not be tied to any file.
    Unplaced {
        /// `no-evidence`, `commit-not-found`, `merge-commit`, `outside-window`, `no-source-change`
        /// or `unknown-place`.
        reason: &'static str,
        /// What would place it, for people.
        remedy: String,
    },
}

/// Evidence besides the one that decided.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SupportJson {
    /// Its method, as above.
    pub(super) method: &'static str,
    /// Whether any of its files is among those that carry the cost.
    pub(super) agrees: bool,
}

/// One file's part of an incident.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct LinkJson {
    /// The file's path, as in `files`.
    pub(super) path: String,
    /// The path's bytes in hexadecimal; only there when `path` is not exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path_bytes_hex: Option<String>,
    /// Its share of the incident, `0..=1`.
    pub(super) share: Figure,
    /// Its part of the cost; `null` when the incident has none.
    pub(super) cost: Option<MoneyJson>,
}
