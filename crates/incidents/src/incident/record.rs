//! One incident as all its rows state it together.

use debtscan_model::Timestamp;

use super::rejected::RowPosition;
use super::severity::Severity;
use crate::money::amount::Money;

/// One incident, merged over all its rows and files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incident {
    /// Its id, as the tracker writes it; unique among [`Incidents::list`](crate::Incidents::list).
    pub id: String,
    /// Further ids by which people may call it, such as the ticket that an incident was followed up
    /// in: as written, sorted, unique.
    pub tickets: Vec<String>,
    /// One line of text; empty when the export has none.
    pub title: String,
    /// Whatever else the export tells in prose: description, stack trace, location in the code. May
    /// be long and hold line ends; never printed, only searched for evidence. Empty when there is
    /// none.
    pub description: String,
    /// When it began; `None` when the export does not say.
    pub opened: Option<Timestamp>,
    /// When it was over; `None` when the export does not say.
    pub resolved: Option<Timestamp>,
    /// When its row was last written; `None` when the export does not say.
    pub updated: Option<Timestamp>,
    /// How long it lasted, in seconds, where the export has a column for it; `None` otherwise. See
    /// [`elapsed`](Self::elapsed).
    pub elapsed_seconds: Option<u64>,
    /// How long people worked on it, summed over them, in seconds; `None` when the export does not
    /// say. Not the same as the time that passed.
    pub effort_seconds: Option<u64>,
    /// The severity as written (`SEV-1`, `1 - Critical`); `None` when the export does not say.
    pub severity: Option<String>,
    /// The severity on the one scale; `None` when there is none or its words are not known.
    pub severity_level: Option<Severity>,
    /// What it cost, as recorded; `None` when unknown, which is not the same as zero.
    pub cost: Option<Money>,
    /// Number of customers affected; `None` when unknown.
    pub customers: Option<u64>,
    /// Names or ids of the customers' accounts it hit, as written: sorted, unique.
    pub accounts: Vec<String>,
    /// How likely the customer is to leave, as written (`high`, `At risk`, `35 %`); `None` when the
    /// export does not say.
    pub churn_risk: Option<String>,
    /// What caused it, as the tracker classifies it (`config change`), one line; `None` when the
    /// export does not say.
    pub root_cause: Option<String>,
    /// Commit ids of the fix, 7 to 64 hexadecimal digits each, lower case: sorted, unique.
    pub fix_commits: Vec<String>,
    /// Pull and merge requests that fixed it: sorted, unique.
    pub fix_requests: Vec<ChangeRequest>,
    /// Commits that the export says brought the defect in, written like `fix_commits`.
    pub introduced_commits: Vec<String>,
    /// Paths in the repository, files or folders, as written: sorted, unique.
    pub paths: Vec<String>,
    /// Names of areas of the code, as written: sorted, unique.
    pub areas: Vec<String>,
    /// Names of components, modules, functionalities: sorted, unique.
    pub components: Vec<String>,
    /// Names of services as they run, configuration items: sorted, unique.
    pub services: Vec<String>,
    /// Names of products or of the tracker's projects: sorted, unique.
    pub projects: Vec<String>,
    /// Names of the teams in charge: sorted, unique.
    pub teams: Vec<String>,
    /// Labels and tags, as written: sorted, unique.
    pub labels: Vec<String>,
    /// Link to the tracker; `None` when the export does not say.
    pub url: Option<String>,
    /// Where it was read: its first row in the order of the files.
    pub source: RowPosition,
}

/// A pull request (GitHub, Bitbucket) or merge request (GitLab).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeRequest {
    /// Host and repository as its URL has them (`github.com/owner/name`), or the repository alone
    /// where it was written as `owner/name#7`; `None` where only a number is known.
    pub repository: Option<String>,
    /// Its number.
    pub number: u64,
}

/// How long an incident lasted, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// The time, in seconds.
    pub seconds: u64,
    /// Whether the export states it, rather than beginning and end alone.
    pub is_recorded: bool,
}

/// What kind of thing a name in an export is. Ordered from the most telling about code to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// An area of the code.
    Area,
    /// A component, module or functionality.
    Component,
    /// A service or configuration item.
    Service,
    /// A product or a project of the tracker.
    Project,
    /// A team.
    Team,
}

impl Incident {
    /// How long it lasted: as recorded, else from beginning to end; `None` when neither is known or
    /// the end is before the beginning.
    pub fn elapsed(&self) -> Option<Elapsed> {
        if let Some(seconds) = self.elapsed_seconds {
            return Some(Elapsed { seconds, is_recorded: true });
        }
        let seconds = self.resolved?.0.checked_sub(self.opened?.0)?;
        // A negative span is a mistake of the export and no time.
        let seconds = u64::try_from(seconds).ok()?;
        Some(Elapsed { seconds, is_recorded: false })
    }

    /// The names it gives of one kind of place: sorted, unique.
    pub fn names(&self, kind: PlaceKind) -> &[String] {
        match kind {
            PlaceKind::Area => &self.areas,
            PlaceKind::Component => &self.components,
            PlaceKind::Service => &self.services,
            PlaceKind::Project => &self.projects,
            PlaceKind::Team => &self.teams,
        }
    }

    /// The names of the most telling kind that it gives, for a team says nothing more where a
    /// component is named; empty when it names no place at all.
    pub fn place_names(&self) -> &[String] {
        let kinds = PlaceKind::ALL.into_iter();
        kinds.map(|kind| self.names(kind)).find(|names| !names.is_empty()).unwrap_or_default()
    }
}

impl PlaceKind {
    /// All kinds, the most telling first.
    pub const ALL: [Self; 5] = [Self::Area, Self::Component, Self::Service, Self::Project, Self::Team];
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;

    use super::{Elapsed, Incident};

    #[test]
    fn the_recorded_time_counts_before_the_dates() {
        let dated = Incident {
            opened: Some(Timestamp(1_000)),
            resolved: Some(Timestamp(4_600)),
            ..Incident::default()
        };
        assert_eq!(dated.elapsed(), Some(Elapsed { seconds: 3_600, is_recorded: false }));
        let recorded = Incident { elapsed_seconds: Some(60), ..dated.clone() };
        assert_eq!(recorded.elapsed(), Some(Elapsed { seconds: 60, is_recorded: true }));
        let backwards = Incident { resolved: Some(Timestamp(999)), ..dated };
        assert_eq!(backwards.elapsed(), None);
    }

    #[test]
    fn only_the_most_telling_kind_of_name_places_an_incident() {
        let names = |text: &str| vec![text.to_owned()];
        let named = Incident { services: names("api"), teams: names("core"), ..Incident::default() };
        assert_eq!(named.place_names(), ["api"]);
        assert_eq!(Incident { areas: names("lib"), ..named }.place_names(), ["lib"]);
        assert!(Incident::default().place_names().is_empty());
    }
}
