//! What to know about the data behind a result: what is missing, unreadable, unplaced or excluded.

use debtscan_incidents::Costs;
use debtscan_model::{FileClass, SkipReason, Timestamp};

use crate::incident::RankingExclusion;
use crate::loss::{LossCode, LossExtent};
use crate::model::ChangedConstant;
use crate::people::UnknownPerson;
use crate::placement::UnplacedReason;
use crate::recorded::Hours;
use crate::totals::{BotReport, CommitGroup, MergedPerson, PricedLine};

/// Code of one class that is not ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutClass {
    /// The class.
    pub class: FileClass,
    /// Present files in a language of the source files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// The folders, or files at the root, with most of these bytes, and their bytes.
    pub largest: Vec<(String, u64)>,
}

/// How serious a remark on the data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkLevel {
    /// Figures are incomplete or wrong; `--strict` fails.
    Loss,
    /// Figures are incomplete, and the configuration accepts that.
    Accepted,
    /// Figures are incomplete by no more than the limits allow.
    WithinLimit,
    /// Good to know; nothing is wrong.
    Note,
}

/// A remark on the data.
#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// The configuration says that nothing here is real.
    InventedData,
    /// The clone is shallow.
    ShallowClone,
    /// The clone is partial.
    PartialClone {
        /// Whether an object that was needed is missing.
        is_missing: bool,
    },
    /// Renames were not followed.
    RenamesNotFollowed,
    /// Only first parents were followed.
    FirstParent,
    /// Exclusion patterns that match no path.
    UnmatchedExcludes {
        /// As written.
        patterns: Vec<String>,
    },
    /// Patterns of the user's classes that match no path.
    UnmatchedClasses {
        /// As written.
        patterns: Vec<String>,
    },
    /// The history ends before the scanned commit, whose tree was measured.
    TreeAfterWindow,
    /// The date of the scanned commit cannot be right.
    MisdatedCommit {
        /// Its date.
        dated: Timestamp,
        /// The date that ages and the forecast are measured from.
        as_of: Timestamp,
    },
    /// Present files are excluded by a setting.
    ExcludedFiles {
        /// How many.
        files: usize,
    },
    /// The scanned revision has no source file.
    NoSourceFiles {
        /// Present files by class, without empty classes.
        held: Vec<(FileClass, usize)>,
    },
    /// Code that is not ranked because of its class, most bytes first.
    LeftOut {
        /// Only classes with code.
        classes: Vec<LeftOutClass>,
    },
    /// Source files have parse errors.
    SyntaxErrors {
        /// How many.
        files: usize,
        /// Lines of code that did not parse.
        unparsed: u64,
        /// Of how many lines of code in source files.
        of: u64,
    },
    /// Commits are dated after the scanned commit.
    FutureDates {
        /// How many.
        commits: usize,
    },
    /// Lines of `.git-blame-ignore-revs` name no commit of the scanned history.
    UnknownIgnoreRevs {
        /// How many.
        lines: usize,
    },
    /// Which classes of content were changed, and which commits are no recent activity.
    ChangedLines {
        /// Lines added and deleted over files of every class; at least 1.
        lines: u64,
        /// The same per class, in the order of `FileClass::ALL`.
        by_class: Vec<(FileClass, u64)>,
        /// Source files above which a commit is no recent activity.
        max_files_per_commit: usize,
        /// Commits of more source files than that.
        wide: CommitGroup,
        /// Commits that `.git-blame-ignore-revs` names.
        ignored: CommitGroup,
    },
    /// Programs are among the authors.
    Bots {
        /// The programs, most commits first.
        bots: Vec<BotReport>,
    },
    /// Identities were merged by a rule.
    MergedPeople {
        /// The people, most identities first.
        people: Vec<MergedPerson>,
    },
    /// Things were skipped for one reason.
    Skipped {
        /// Why.
        reason: SkipReason,
        /// How many.
        items: usize,
        /// Of how many; 0 if that is unknown.
        of: usize,
    },
    /// Configured patterns of areas match no file.
    UnmatchedAreaRules {
        /// As `area: pattern`.
        rules: Vec<String>,
    },
    /// Patterns of workspace lists could not be understood.
    MalformedWorkspacePatterns {
        /// As written.
        patterns: Vec<String>,
    },
    /// Lines of CODEOWNERS could not be understood.
    MalformedOwnerLines {
        /// How many.
        lines: usize,
    },
    /// The configuration sets constants of the ranking.
    ChangedConstants {
        /// Those that differ from the shipped ones.
        constants: Vec<ChangedConstant>,
    },
    /// The window has no commit.
    NoCommits,
    /// The incident files have a header and no rows.
    EmptyIncidentFiles,
    /// No incident files were given.
    NoIncidents,
    /// Incidents could not be placed.
    UnattributedIncidents {
        /// How many.
        incidents: usize,
        /// Of how many.
        of: usize,
        /// Their cost.
        cost: Costs,
        /// How many per reason, the most informative reason first; only reasons that occur.
        by_reason: Vec<(UnplacedReason, usize)>,
    },
    /// Unplaced incidents name places that match no area name or alias.
    UnknownPlaces {
        /// Each name with the number of incidents, most incidents first.
        names: Vec<(String, usize)>,
    },
    /// Not all past incidents could be placed, so incident history has less weight.
    LinkedShare {
        /// The share that could, `0..1`.
        share: f64,
    },
    /// Incidents were fixed at least partly in files that no longer exist.
    DeletedCode {
        /// How many.
        incidents: usize,
        /// The cost on deleted files.
        cost: Costs,
    },
    /// Incidents that count in the cost to date and not in the ranking.
    ExcludedIncidents(ExcludedIncidents),
    /// Incidents opened after `as_of` and count in no figure.
    LaterIncidents {
        /// How many.
        incidents: usize,
        /// That date.
        as_of: Timestamp,
    },
    /// A window, a folder or an exclusion hides incidents or parts of them, which count in no figure.
    OutsideIncidents {
        /// Incidents that are hidden whole.
        incidents: usize,
        /// Of these, unplaced ones, which are in no folder.
        unplaced: usize,
        /// Incidents with a hidden part.
        partly: usize,
        /// The hidden cost.
        cost: Costs,
    },
    /// No incident takes part in the forecast.
    NoForecast,
    /// Few incidents take part in the forecast.
    SmallSample {
        /// How many.
        incidents: usize,
    },
    /// Incidents have a negative cost.
    Credits {
        /// How many.
        incidents: usize,
        /// The sum.
        cost: Costs,
    },
    /// Values of input files could not be used.
    RejectedValues {
        /// How many values.
        values: usize,
        /// Rows that were ignored entirely.
        rows: usize,
        /// Rows with such a value, ignored entirely or not.
        affected: usize,
        /// Rows of the files.
        of: u64,
        /// Whether account files were read too.
        has_accounts: bool,
    },
    /// Rows of input files are no incidents or accounts of this repository.
    RowsExcluded {
        /// How many.
        rows: usize,
        /// How many for each reason, the most frequent first.
        by_reason: Vec<(String, usize)>,
    },
    /// The configured model priced incidents.
    ModelledCosts(ModelledCosts),
    /// Recorded costs were converted.
    ConvertedCosts {
        /// The day of the rates, as written.
        date: String,
        /// The costs before conversion.
        original: Costs,
    },
    /// Recorded costs are in a currency without a rate.
    CostsWithoutRate {
        /// How many.
        costs: usize,
    },
    /// Incidents have a duration and no effort, where only effort is priced.
    NoEffort {
        /// How many.
        incidents: usize,
    },
    /// The revenue of accounts was read from a column that may mean something else.
    AccountRevenue {
        /// Its header.
        header: String,
    },
    /// Names of accounts in incidents are in no accounts file.
    UnknownAccounts {
        /// How many.
        names: usize,
    },
    /// Fixes, `[[ask]]` or the plan name areas or teams that do not exist, so they have no effect.
    UnknownInCase {
        /// Names of areas: sorted, unique.
        areas: Vec<String>,
        /// Names of teams: sorted, unique.
        teams: Vec<String>,
    },
    /// No incident has a cost other than zero.
    NoPrices {
        /// Whether costs are known, all of them 0.
        is_all_zero: bool,
        /// Whether the configuration can price incidents.
        has_model: bool,
        /// What is known in hours.
        hours: Hours,
    },
    /// Some incidents have no cost.
    UnpricedIncidents {
        /// How many.
        incidents: usize,
        /// Of how many.
        of: usize,
        /// What they are assumed to have cost, at the mean of their severity; empty if no other has a cost.
        assumed: Costs,
        /// Whether the configuration can price incidents.
        has_model: bool,
        /// What is known in hours.
        hours: Hours,
    },
    /// Costs were recorded in some years only, on which the mean cost rests.
    PricedSpan {
        /// The first incident with a cost, if too many before it have none to be chance.
        from: Option<Timestamp>,
        /// Incidents before it.
        before: usize,
        /// The last incident with a cost, if too many after it have none to be chance.
        to: Option<Timestamp>,
        /// Incidents after it.
        after: usize,
    },
    /// The newest incident is much older than the gaps between incidents explain.
    FeedEnded(FeedEnd),
    /// Entries in the list of leavers match no author.
    UnknownPeople {
        /// Who.
        people: Vec<UnknownPerson>,
        /// Entries of the list.
        entries: usize,
    },
}

/// Incidents that count in the cost to date and not in the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExcludedIncidents {
    /// Why.
    pub reason: RankingExclusion,
    /// How many.
    pub incidents: usize,
    /// Whether any incident has a cost.
    pub has_cost: bool,
    /// Whether the as-of date is the end of the window rather than the scanned commit.
    pub is_beyond_window: bool,
    /// Source files above which a fix is too wide.
    pub max_fix_files: usize,
}

/// An incident list that probably ended before the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedEnd {
    /// When the newest incident opened.
    pub newest: Timestamp,
    /// Days from then to `as_of`.
    pub days: u32,
    /// The longest of the last gaps between incidents, in days.
    pub longest_gap_days: u32,
}

/// What the configured model priced.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelledCosts {
    /// How many incidents it priced.
    pub incidents: usize,
    /// What it says they cost.
    pub cost: Costs,
    /// How many have a recorded cost.
    pub recorded_incidents: usize,
    /// What is recorded.
    pub recorded: Costs,
    /// Per line of the configuration.
    pub by_line: Vec<PricedLine>,
}

impl Remark {
    /// Stable identifier, such as `shallow-clone` or `unattributed-incidents`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InventedData => "invented-data",
            Self::ShallowClone => "shallow-clone",
            Self::PartialClone { .. } => "partial-clone",
            Self::RenamesNotFollowed => "renames-not-followed",
            Self::FirstParent => "first-parent",
            Self::UnmatchedExcludes { .. } => "unmatched-excludes",
            Self::UnmatchedClasses { .. } => "unmatched-classes",
            Self::TreeAfterWindow => "tree-after-window",
            Self::MisdatedCommit { .. } => "misdated-commit",
            Self::ExcludedFiles { .. } => "excluded-files",
            Self::NoSourceFiles { .. } => "no-source-files",
            Self::LeftOut { .. } => "left-out",
            Self::SyntaxErrors { .. } => "syntax-errors",
            Self::FutureDates { .. } => "future-dates",
            Self::UnknownIgnoreRevs { .. } => "unknown-ignore-revs",
            Self::ChangedLines { .. } => "changed-lines",
            Self::Bots { .. } => "bots",
            Self::MergedPeople { .. } => "merged-people",
            Self::Skipped { reason, .. } => skip_code(*reason),
            Self::UnmatchedAreaRules { .. } => "unmatched-area-rules",
            Self::MalformedWorkspacePatterns { .. } => "malformed-workspace-patterns",
            Self::MalformedOwnerLines { .. } => "malformed-owner-lines",
            Self::ChangedConstants { .. } => "changed-constants",
            Self::NoCommits => "no-commits",
            Self::EmptyIncidentFiles => "empty-incident-files",
            Self::NoIncidents => "no-incidents",
            Self::UnattributedIncidents { .. } => "unattributed-incidents",
            Self::UnknownPlaces { .. } => "unknown-places",
            Self::LinkedShare { .. } => "linked-share",
            Self::DeletedCode { .. } => "deleted-code",
            Self::ExcludedIncidents(excluded) => exclusion_code(excluded.reason),
            Self::LaterIncidents { .. } => "later-incidents",
            Self::OutsideIncidents { .. } => "outside-incidents",
            Self::NoForecast => "no-forecast",
            Self::SmallSample { .. } => "small-sample",
            Self::Credits { .. } => "credits",
            Self::RejectedValues { .. } => "rejected-values",
            Self::RowsExcluded { .. } => "rows-excluded",
            Self::ModelledCosts(_) => "modelled-costs",
            Self::ConvertedCosts { .. } => "converted-costs",
            Self::CostsWithoutRate { .. } => "costs-without-rate",
            Self::NoEffort { .. } => "no-effort",
            Self::AccountRevenue { .. } => "account-revenue",
            Self::UnknownAccounts { .. } => "unknown-accounts",
            Self::UnknownInCase { .. } => "unknown-in-case",
            Self::NoPrices { .. } => "no-prices",
            Self::UnpricedIncidents { .. } => "unpriced-incidents",
            Self::PricedSpan { .. } => "priced-span",
            // Codes are values in JSON, so they do not follow when a variant is renamed.
            Self::FeedEnded(_) => "incidents-ended",
            Self::UnknownPeople { .. } => "unknown-people",
        }
    }

    /// The kind of loss that it reports; `None` for a note.
    pub fn loss(&self) -> Option<LossCode> {
        match self {
            Self::ShallowClone => Some(LossCode::ShallowClone),
            Self::PartialClone { is_missing: true } => Some(LossCode::PartialClone),
            Self::TreeAfterWindow => Some(LossCode::TreeAfterWindow),
            Self::MisdatedCommit { .. } => Some(LossCode::MisdatedCommit),
            Self::NoCommits => Some(LossCode::NoCommits),
            Self::EmptyIncidentFiles => Some(LossCode::EmptyIncidentFiles),
            Self::UnattributedIncidents { incidents, by_reason, .. } => {
                (without_place(*incidents, by_reason) > 0).then_some(LossCode::UnplacedIncidents)
            }
            Self::RejectedValues { .. } => Some(LossCode::RejectedValues),
            // A leaver who matches nobody makes the knowledge loss too small.
            Self::UnknownPeople { .. } => Some(LossCode::UnknownPeople),
            Self::SyntaxErrors { unparsed, .. } => (*unparsed > 0).then_some(LossCode::UnparsedLines),
            Self::Skipped { reason, .. } => LossCode::of_skipped(*reason),
            // Everything else leaves the figures right, and `--strict` must not fail for it.
            _ => None,
        }
    }

    /// How much is lost; `None` if the loss has no measure.
    pub fn extent(&self) -> Option<LossExtent> {
        let extent = |lost: usize, of: usize| LossExtent { lost: lost as u64, of: of as u64 };
        match self {
            Self::UnattributedIncidents { incidents, of, by_reason, .. } => {
                Some(extent(without_place(*incidents, by_reason), *of))
            }
            Self::RejectedValues { affected, of, .. } => Some(LossExtent { lost: *affected as u64, of: *of }),
            Self::SyntaxErrors { unparsed, of, .. } => Some(LossExtent { lost: *unparsed, of: *of }),
            Self::Skipped { items, of, .. } => Some(extent(*items, *of)),
            _ => None,
        }
    }
}

/// Unplaced incidents whose place is unknown. That no product code was at fault, or that nothing was fixed by then,
/// is known of the others.
fn without_place(incidents: usize, by_reason: &[(UnplacedReason, usize)]) -> usize {
    let is_known = |reason: UnplacedReason| {
        matches!(reason, UnplacedReason::NoSourceChange | UnplacedReason::FixedLater)
    };
    let known: usize =
        by_reason.iter().filter(|(reason, _)| is_known(*reason)).map(|(_, number)| number).sum();
    incidents.saturating_sub(known)
}

fn skip_code(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::ShallowBoundary => "skipped-shallow-boundary",
        SkipReason::UnreadableObject => "skipped-unreadable-object",
        SkipReason::RenameLimit => "skipped-rename-limit",
        SkipReason::TooLargeToCount => "skipped-too-large-to-count",
        SkipReason::TooLargeToParse => "skipped-too-large-to-parse",
        SkipReason::ParseTimeout => "skipped-parse-timeout",
        SkipReason::ParserStopped => "skipped-parser-stopped",
        SkipReason::Submodule => "skipped-submodule",
        SkipReason::InvalidPath => "skipped-invalid-path",
        SkipReason::TooManyPaths => "skipped-too-many-paths",
        SkipReason::LineHistoryLimit => "skipped-line-history-limit",
    }
}

/// Unplaced incidents have a remark of their own.
fn exclusion_code(reason: RankingExclusion) -> &'static str {
    match reason {
        RankingExclusion::Unplaced => "unplaced-incidents",
        RankingExclusion::Undated => "undated-incidents",
        RankingExclusion::AfterAsOf => "incidents-after-as-of",
        RankingExclusion::WideFix => "wide-fixes",
        RankingExclusion::NoPresentSource => "no-present-source",
    }
}
