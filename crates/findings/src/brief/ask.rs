//! What is asked: fixes, their effort, their places and their effect.

use debtscan_incidents::EngineerDays;
use debtscan_model::{RepoPath, Timestamp};

use super::future::{CostPerIncident, EffortPrice};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Whether the fixes are tickets or proposals.
    pub source: AskSource,
    /// The fixes, in the order of the file, or the proposals with the most recent incidents first.
    pub fixes: Vec<Fix>,
    /// Their effort together, of those that have one; `None` when none has.
    pub effort: Option<Effort>,
    /// Fixes without an effort; they are in no sum.
    pub without_effort: usize,
    /// Its price; `None` without an effort or the price of an engineer-day.
    pub price: Option<EffortPrice>,
    /// Incidents of the last 24 months in this area: ids, sorted.
    pub recent: Vec<String>,
    /// Of these, incidents fixed in a place that a fix names.
    pub covered: Vec<String>,
    /// The others.
    pub uncovered: Vec<String>,
    /// The share of the area's incidents that the fixes prevent; `None` when nobody says how much they prevent, or no
    /// recent incident is known.
    pub effect: Option<Effect>,
    /// What an incident costs; `None` without a price.
    pub cost_per_incident: Option<CostPerIncident>,
    /// The teams that make the fixes, in the order of the configuration; empty without `[[team]]`.
    pub teams: Vec<TeamFit>,
    /// Teams that fixes name and the configuration does not have: sorted, unique.
    pub unknown_teams: Vec<String>,
    /// The fix to drop first if something must go: the most effort without a recent incident; `None` if each has one.
    pub drop_first: Option<usize>,
    /// Source files whose functions were followed through history; 0 when none were.
    pub files_followed: usize,
}

/// Where the fixes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskSource {
    /// The file of `--fixes`.
    Tickets,
    /// Proposed from evidence.
    Proposals,
}

/// A share of incidents that is prevented.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Of the incidents in the places of the fixes, the share that is prevented, `0..=1`: an assumption.
    pub prevents: f64,
    /// Whose assumption it is.
    pub prevents_from: PreventsFrom,
    /// The share of the area's recent incidents that were in these places, `0..=1`.
    pub places: f64,
    /// The product of both.
    pub total: f64,
}

/// Who assumes how much the fixes prevent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreventsFrom {
    /// The column of the fixes, weighed by their recent incidents.
    Fixes,
    /// The `[[ask]]` of the area.
    Ask,
    /// `brief.prevents`.
    Settings,
}

/// An effort as a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// If it goes well.
    pub low: EngineerDays,
    /// Most likely.
    pub likely: EngineerDays,
    /// If it goes badly.
    pub high: EngineerDays,
}

/// How an effort is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EffortBasis {
    /// The ticket says.
    Ticket,
    /// The pace of work in the area over the last 365 days.
    Pace(Pace),
}

/// The pace of work in an area: source lines added and deleted in a day on which a person worked on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Days on which a person changed source lines of the area, each person counted.
    pub days: u32,
    /// Lines changed in such a day: the mean without the busiest tenth, the mean, and the day on which half of all those
    /// lines are reached.
    pub lines: [f64; 3],
    /// Source lines that the fix is assumed to change.
    pub changes: u32,
}

/// One fix.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Its id in the tracker; a number for a proposal.
    pub id: String,
    /// Its title; empty for a proposal.
    pub title: String,
    /// What is to be done.
    pub kind: FixKind,
    /// The team; `None` when neither the ticket nor the configuration names one.
    pub team: Option<String>,
    /// The effort; `None` when nobody says and no pace is known.
    pub effort: Option<Effort>,
    /// How the effort is known; `None` without one.
    pub effort_basis: Option<EffortBasis>,
    /// Its price; `None` without an effort or the price of an engineer-day.
    pub price: Option<EffortPrice>,
    /// Where it is made.
    pub places: Vec<FixPlace>,
    /// Incidents of the last 24 months fixed there: ids, sorted.
    pub recent: Vec<String>,
    /// Older incidents fixed there: ids, sorted.
    pub older: Vec<String>,
    /// When it is done.
    pub done: Vec<DoneWhen>,
    /// Whether it is likely to take more than a sprint of the team.
    pub exceeds_sprint: bool,
    /// Places that the repository does not have, as the ticket writes them.
    pub unknown_places: Vec<String>,
    /// Incidents that nobody knows, as the ticket writes them.
    pub unknown_incidents: Vec<String>,
}

/// What a fix does.
#[derive(Debug, Clone, PartialEq)]
pub enum FixKind {
    /// What the ticket says.
    Ticket,
    /// Split the functions of [`Fix::places`].
    Split,
    /// Separate two files that change together without an import that says why.
    Separate {
        /// The other file.
        with: RepoPath,
        /// Commits of the last 365 days that touched both.
        shared_last_year: u32,
        /// Degree of coupling in per cent.
        degree: f64,
    },
    /// Have a second person learn the files of [`Fix::places`].
    Spread {
        /// The share of lines that one person wrote, `0..=1`.
        by_one: f64,
    },
}

/// Where a fix is made.
#[derive(Debug, Clone, PartialEq)]
pub struct FixPlace {
    /// The file.
    pub path: RepoPath,
    /// Its lines of code.
    pub sloc: u32,
    /// The function; `None` for a file as a whole.
    pub function: Option<FixFunction>,
    /// Incidents fixed there, of any time: ids, sorted.
    pub incidents: Vec<String>,
    /// Of these, how many began in the last 24 months.
    pub recent: u32,
}

/// A function at the scanned revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixFunction {
    /// Its name.
    pub name: String,
    /// Its first line, counted from 1.
    pub first_line: u32,
    /// Its last line.
    pub last_line: u32,
    /// Its lines of code.
    pub sloc: u32,
    /// Its cognitive complexity.
    pub cognitive: u32,
    /// Commits of the last 365 days that touched it.
    pub revisions_last_year: u32,
}

/// When a fix is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoneWhen {
    /// As the ticket says; a person confirms it.
    Stated(String),
    /// The next scan finds no function of the places longer than this.
    LinesAtMost {
        /// Lines of code.
        lines: u32,
        /// The longest function of the places now.
        now: u32,
    },
    /// The next scan finds the cognitive complexity of each function of the places at most this.
    ComplexityAtMost {
        /// The limit.
        value: u32,
        /// The largest now.
        now: u32,
    },
    /// The next scan finds no new incident in the places.
    NoNewIncident,
    /// Each of these incidents has a test that fails without its fix; a person confirms it.
    TestFor(Vec<String>),
    /// The next scan finds that one person wrote at most this share, in per cent.
    AuthorAtMost(u32),
    /// The next scan finds that at most this share of the changes touch both files, in per cent.
    TogetherAtMost(u32),
}

impl DoneWhen {
    /// Whether the next scan can check it; a person confirms the others.
    pub fn is_checked_by_scan(&self) -> bool {
        // A scan sees code, commits and incidents. It sees neither what a sentence means nor
        // whether a test fails without a fix.
        !matches!(self, Self::Stated(_) | Self::TestFor(_))
    }
}

/// A team, and whether the fixes fit into its sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamFit {
    /// Its name.
    pub name: String,
    /// Engineer-days in a sprint.
    pub capacity: EngineerDays,
    /// The first day of its next sprint.
    pub sprint_start: Timestamp,
    /// The last working day of this sprint.
    pub sprint_end: Timestamp,
    /// Days from one sprint to the next.
    pub sprint_days: u32,
    /// The effort of its fixes; `None` without any.
    pub effort: Option<Effort>,
    /// Sprints that the likely effort takes; at least 1.
    pub sprints: u32,
    /// The probability that the effort fits into one sprint, `0..=1`; `None` without an effort.
    pub fits: Option<f64>,
}
