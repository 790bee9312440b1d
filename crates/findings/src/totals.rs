//! Sums over the whole repository.

use debtscan_model::{FileClass, Timestamp};

use crate::placement::Method;
use crate::recorded::Hours;
use debtscan_incidents::Costs;

/// Sums over the whole repository.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Totals {
    /// Non-merge commits in the window; with first parents alone, all commits on that line.
    pub commits: usize,
    /// Merge commits.
    pub merges: usize,
    /// Of these, merges in the window that carry changes: what differs from all parents, or, with
    /// first parents alone, all that they brought.
    pub merges_with_changes: usize,
    /// Different people who wrote those commits, with co-authors, without bots.
    pub authors: usize,
    /// The programs among the authors: by name, then e-mail; with the commits of each.
    pub bots: Vec<BotReport>,
    /// The people whose identities a rule merged: by name, then e-mail.
    pub merged_people: Vec<MergedPerson>,
    /// Lines added and deleted by the commits in the window, over files of every class.
    pub changed_lines: u64,
    /// The same per class, in the order of `FileClass::ALL`; they sum to `changed_lines`.
    // A list instead of a map, in the order of outputs.
    pub changed_lines_by_class: Vec<(FileClass, u64)>,
    /// Commits that touch more source files than this are not recent activity.
    pub max_files_per_commit: usize,
    /// Commits of more source files than that.
    pub wide_commits: CommitGroup,
    /// Commits that `.git-blame-ignore-revs` names, wide or not; not part of `wide_commits`.
    pub ignored_commits: CommitGroup,
    /// Time of the first and last commit in the window.
    pub first_commit: Option<Timestamp>,
    /// Time of the last commit in the window.
    pub last_commit: Option<Timestamp>,
    /// Present files per class, in the order of `FileClass::ALL`.
    pub files_by_class: Vec<(FileClass, usize)>,
    /// Lines of code of present source files.
    pub source_lines: u64,
    /// Incidents that opened by `as_of`, with a part in what is scanned.
    pub incidents: usize,
    /// Incidents that opened after `as_of`; they count in nothing else.
    pub incidents_later: usize,
    /// Incidents that a window, a folder or an exclusion hides completely; they count only in `outside`.
    pub incidents_outside: usize,
    /// Their cost, and that of the hidden parts of other incidents.
    pub outside: Costs,
    /// Of the incidents read, those that began in the 365 days to `as_of`, placed or not.
    pub incidents_last_12_months: usize,
    /// The same of the 365 days before those.
    pub incidents_previous_12_months: usize,
    /// Cost of the incidents of the last 365 days, recorded and modelled.
    pub cost_last_12_months: Costs,
    /// The same of the 365 days before those.
    pub cost_previous_12_months: Costs,
    /// Incidents placed in files.
    pub incidents_attributed: usize,
    /// Recorded cost, after conversion.
    pub recorded: Costs,
    /// Modelled cost. Always `recorded + modelled = attributed + unattributed`; what is hidden is in none of them.
    pub modelled: Costs,
    /// Recorded cost as it was before conversion; empty when nothing was converted.
    pub recorded_unconverted: Costs,
    /// Incidents with a recorded cost.
    pub incidents_recorded: usize,
    /// Incidents with a modelled cost.
    pub incidents_modelled: usize,
    /// Incidents without a cost, where others have one.
    pub incidents_assumed: usize,
    /// What they are assumed to have cost: the mean of their severity, drawn towards that of all. Part of no other
    /// sum.
    pub assumed: Costs,
    /// Whether that is more than a fifth of all cost in any currency.
    pub is_assumed_large: bool,
    /// Modelled cost per line of the configuration, sorted by line.
    pub modelled_by_line: Vec<PricedLine>,
    /// Hours over all incidents.
    pub hours: Hours,
    /// Cost placed in files, deleted ones included; recorded and modelled.
    pub attributed: Costs,
    /// Of that, modelled cost.
    pub attributed_modelled: Costs,
    /// Of the placed cost, the cost on files that no longer exist.
    pub deleted_code: Costs,
    /// Cost that could not be placed in any file; recorded and modelled.
    pub unattributed: Costs,
    /// Of that, modelled cost.
    pub unattributed_modelled: Costs,
    /// Incidents per method, strongest first; only methods with incidents.
    pub by_method: Vec<MethodTotal>,
}

impl Totals {
    /// All cost, recorded and modelled.
    pub fn cost(&self) -> Costs {
        let mut costs = self.recorded.clone();
        // The cost of an incident is either recorded or modelled, so nothing counts twice.
        costs.add_all(&self.modelled);
        costs
    }
}

/// A group of commits, with the lines that they changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommitGroup {
    /// How many.
    pub commits: usize,
    /// Lines that they added and deleted, over files of every class.
    pub changed_lines: u64,
}

/// A program that wrote commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotReport {
    /// Its name; bytes that are not UTF-8 are replaced.
    pub name: String,
    /// Its e-mail address; bytes that are not UTF-8 are replaced.
    pub email: String,
    /// Commits that it wrote or is credited in.
    pub commits: usize,
}

/// A person with several identities that a rule merged, not the mailmap or one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedPerson {
    /// The name that stands for all; bytes that are not UTF-8 are replaced.
    pub name: String,
    /// The address that stands for all; empty for a pseudonym.
    pub email: String,
    /// The other identities, as `name <address>` or a pseudonym: by name, then address.
    pub others: Vec<String>,
}

/// The cost that one line of the configuration gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    /// The key: `price.effort_hour`.
    pub line: String,
    /// Incidents that it priced, alone or with others.
    pub incidents: usize,
    /// The cost over all of them.
    pub cost: Costs,
}

/// Incidents placed by one method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodTotal {
    /// The method.
    pub method: Method,
    /// How many.
    pub incidents: usize,
    /// Their cost.
    pub cost: Costs,
}
