//! Attribution: which files an incident's cost falls on, how that is known, and how sure it is.
//!
//! [`attribute`] gathers the kinds of evidence from the strongest to the weakest. The strongest that
//! leads to files decides; weaker evidence narrows a set of files, and makes the answer surer or less
//! sure. What leads nowhere stays [`Placement::Unplaced`], with its reason: cost is never spread
//! silently.

mod areas;
mod combine;
mod commits;
mod copies;
mod ids;
mod owners;
mod paths;
mod place;
#[cfg(test)]
mod place_tests;
mod text;
mod ticket;
mod words;

use debtscan_incidents::Money;
use debtscan_model::{ChangeIdx, CommitIdx, FileIdx, Timestamp};

pub(crate) use paths::PathIndex;
pub use place::attribute;
pub(crate) use place::{Fixes, fixes};

/// How an incident was tied to files. Ordered from the strongest evidence to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// The incident names the commits that fixed it; split by their changed source lines.
    FixCommit,
    /// The incident names the pull requests that fixed it; split by the changed source lines of their
    /// commits.
    PullRequest,
    /// The incident names files or folders; folders are spread by base share.
    ExplicitPath,
    /// Its title or description names files, as stack traces do; the first ones weigh most.
    TextPath,
    /// Commit messages name the incident's id; split by their changed source lines.
    TicketId,
    /// The incident names an area, by name or alias; spread by base share.
    AreaName,
    /// The incident names the owner of an area or of files in CODEOWNERS; spread by base share.
    Owner,
    /// A word of the place that the incident names is that of a folder or file; spread by base share.
    AreaWord,
}

impl Method {
    /// All methods, strongest first.
    pub const ALL: [Self; 8] = [
        Self::FixCommit,
        Self::PullRequest,
        Self::ExplicitPath,
        Self::TextPath,
        Self::TicketId,
        Self::AreaName,
        Self::Owner,
        Self::AreaWord,
    ];
}

/// How sure an attribution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The evidence names lines or files.
    High,
    /// The evidence names files indirectly, the fix was very wide, or two kinds of evidence meet in
    /// a set of files.
    Medium,
    /// The evidence names only a set of files, or other evidence speaks against it.
    Low,
}

/// One file's part of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The file; it may be deleted, in which case the cost counts as deleted code.
    pub file: FileIdx,
    /// The weight of this file; the share is `weight / sum of weights` of the incident.
    pub weight: u64,
    /// The part of the incident's recorded cost; `None` when the incident has no cost.
    pub cost: Option<Money>,
}

/// Why an incident could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnplacedReason {
    /// It names no commit, path or area, and no commit message names it.
    NoEvidence,
    /// It names commits, none of which is in the scanned history.
    CommitNotFound,
    /// It names only merge commits that brought no change.
    MergeCommit,
    /// It names commits that lie outside `--since`/`--until`.
    OutsideWindow,
    /// Its fix changes no source file.
    NoSourceChange,
    /// It names paths or areas that the repository does not have.
    UnknownPlace,
}

/// Other evidence on an incident, besides the one that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Support {
    /// Its kind.
    pub method: Method,
    /// Whether any of its files is among those of the evidence that decided.
    pub agrees: bool,
}

/// What became of one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// Its cost falls on files.
    Attributed {
        /// How that is known.
        method: Method,
        /// How sure it is.
        confidence: Confidence,
        /// The files: sorted by file, unique, never empty; weights are at least 1.
        links: Vec<Link>,
        /// The fix commits found: sorted, unique; empty for paths and areas.
        commits: Vec<CommitIdx>,
        /// The changes counted: sorted, unique; empty for paths and areas.
        changes: Vec<ChangeIdx>,
        /// Other evidence: sorted, one entry per method.
        support: Vec<Support>,
    },
    /// It could not be tied to any file.
    Unplaced(UnplacedReason),
}

/// One incident with its placement and the dates the ranking uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributedIncident {
    /// Position in [`Incidents::list`](debtscan_incidents::Incidents::list).
    pub incident: usize,
    /// What became of it.
    pub placement: Placement,
    /// When it began: the recorded date, else the first fix commit's time, else when it was
    /// resolved; `None` when nothing tells.
    pub opened: Option<Timestamp>,
    /// From when on it is known where it was: the last fix commit's time, else resolved, else
    /// opened; `None` when nothing tells.
    pub known: Option<Timestamp>,
    /// Whether its fix touches more than 40 source files, so that the ranking leaves it out.
    pub is_wide: bool,
}

/// What became of all incidents: same length and order as the incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// One entry per incident.
    pub incidents: Vec<AttributedIncident>,
}
