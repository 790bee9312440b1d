//! What a column of an incident file can mean.

/// What a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IncidentField {
    /// The incident's id.
    Id,
    /// Further ids.
    Tickets,
    /// Its title.
    Title,
    /// Prose that may hold evidence.
    Description,
    /// When it began.
    Opened,
    /// When it was over.
    Resolved,
    /// When the row was last written.
    Updated,
    /// How long it lasted.
    Elapsed,
    /// How long people worked on it.
    Effort,
    /// Its severity.
    Severity,
    /// What it cost.
    Cost,
    /// The currency of `Cost`.
    Currency,
    /// How many customers it hit.
    Customers,
    /// Which accounts it hit.
    Accounts,
    /// How likely the customer is to leave.
    ChurnRisk,
    /// What caused it.
    RootCause,
    /// Areas of the code.
    Area,
    /// Components, modules, functionalities.
    Component,
    /// Services as they run.
    Service,
    /// Products and projects.
    Project,
    /// Teams.
    Team,
    /// Paths in the repository.
    Path,
    /// Commits, pull and merge requests that fixed it.
    Fix,
    /// Commits that brought the defect in.
    Introduced,
    /// Labels and tags.
    Labels,
    /// Link to the tracker.
    Url,
    /// What the tracker calls it: bug, story, incident.
    Kind,
    /// Where it is in the tracker's workflow: open, in progress, closed.
    State,
    /// How the tracker says that it ended: fixed, duplicate, not planned.
    Resolution,
}

impl IncidentField {
    /// Whether its values are points in time.
    pub(super) fn is_date(self) -> bool {
        matches!(self, Self::Opened | Self::Resolved | Self::Updated)
    }

    /// Whether its values are spans of time.
    pub(super) fn is_duration(self) -> bool {
        matches!(self, Self::Elapsed | Self::Effort)
    }
}
