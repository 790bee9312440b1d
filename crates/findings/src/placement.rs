//! How an incident was placed and with which confidence, or why it was not.

use debtscan_model::CommitId;

use debtscan_incidents::Money;

/// The evidence that places an incident in files. Ordered from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
// The order is used: the support of an incident is sorted by it, the strongest first.
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

/// Confidence in a placement.
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

/// Other evidence on an incident, besides the decisive one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Support {
    /// Its kind.
    pub method: Method,
    /// Whether it shares a file with the decisive evidence.
    pub agrees: bool,
}

/// Why an incident could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnplacedReason {
    /// It names no commit, path or area, and no commit message names it.
    NoEvidence,
    /// It names commits, and none is in the scanned history.
    CommitNotFound,
    /// It names only merge commits that brought no change.
    MergeCommit,
    /// It names commits that exist outside the scanned history: outside `--since`/`--until`, or not in that of `--rev`.
    OutsideWindow,
    /// It was fixed after the as-of date, so the report cannot know where.
    FixedLater,
    /// Its fix changes no source file.
    NoSourceChange,
    /// It names paths or areas that the repository does not have.
    UnknownPlace,
}

/// Where an incident was placed.
#[derive(Debug, Clone, PartialEq)]
pub enum PlacementReport {
    /// Its cost falls on files.
    Attributed {
        /// How that is known.
        method: Method,
        /// Confidence in that.
        confidence: Confidence,
        /// The files, largest share first, then by path.
        links: Vec<LinkReport>,
        /// The fix commits found: sorted.
        commits: Vec<CommitId>,
        /// Other evidence, strongest first, and whether it agrees.
        support: Vec<Support>,
    },
    /// It could not be placed in any file.
    Unplaced {
        /// Why not.
        reason: UnplacedReason,
        /// What would place it.
        remedy: Remedy,
    },
}

/// One file's part of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkReport {
    /// Position in `Report::files`.
    pub file: usize,
    /// Its share of the incident, `0..=1`.
    pub share: f64,
    /// Its part of the recorded cost.
    pub cost: Option<Money>,
}

/// What would place an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// Name its fix, or its id in the message of the fix.
    NameFix,
    /// Fetch the whole history.
    FetchHistory,
    /// Check that the fix is on the scanned branch, under the id it has there.
    CheckBranch,
    /// Name the commits that changed code instead of the merge.
    NameCommits,
    /// Widen the window.
    WidenWindow,
    /// Scan a later commit.
    ScanLater,
    /// Name the code that was at fault by its path.
    NamePath,
    /// Give a path that exists, or the fix.
    GivePathOrFix,
    /// Add the place it names to the aliases of an area, or give the fix.
    AddAlias,
}
