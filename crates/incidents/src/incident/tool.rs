//! Tools whose exports are known, and what is special about each.

use super::duration::DurationUnit;
use super::field::IncidentField;
use super::names;

/// A tool whose exports are known by their headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    /// The columns of `docs/incidents.md` themselves.
    Canonical,
    /// `PagerDuty`: incidents, analytics.
    PagerDuty,
    /// Jira Cloud.
    JiraCloud,
    /// Jira Server or Data Center.
    JiraServer,
    /// Jira of an unknown edition.
    Jira,
    /// `ServiceNow`: the incident table.
    ServiceNow,
    /// Linear.
    Linear,
    /// Sentry.
    Sentry,
    /// GitHub issues.
    GitHub,
    /// GitLab issues.
    GitLab,
    /// Opsgenie alerts and incidents.
    Opsgenie,
    /// incident.io.
    IncidentIo,
    /// `FireHydrant`.
    FireHydrant,
    /// Rootly.
    Rootly,
    /// Statuspage.
    Statuspage,
    /// Datadog incidents.
    Datadog,
    /// Apache `DevLake`.
    DevLake,
    /// Azure `DevOps` work items.
    AzureDevOps,
    /// Bugzilla.
    Bugzilla,
    /// Redmine.
    Redmine,
    /// `YouTrack`.
    YouTrack,
    /// Zendesk tickets.
    Zendesk,
    /// Freshdesk or Freshservice tickets.
    Freshdesk,
    /// Splunk On-Call (`VictorOps`).
    SplunkOnCall,
    /// Grafana `OnCall` alert groups.
    GrafanaOnCall,
    /// Launchpad.
    Launchpad,
    /// OSV vulnerability records.
    Osv,
    /// National Vulnerability Database.
    Nvd,
    /// GitHub security advisories.
    GitHubAdvisories,
}

/// What a header means in one tool's exports alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnColumn {
    /// This field.
    Read(IncidentField),
    /// This field, in that place among the tool's columns of the field.
    ReadAt(IncidentField, usize),
    /// Nothing, although the name means something elsewhere.
    Unread,
}

impl Tool {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Canonical => "debtscan",
            Self::PagerDuty => "PagerDuty",
            Self::JiraCloud => "Jira Cloud",
            Self::JiraServer => "Jira Server or Data Center",
            Self::Jira => "Jira",
            Self::ServiceNow => "ServiceNow",
            Self::Linear => "Linear",
            Self::Sentry => "Sentry",
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
            Self::Opsgenie => "Opsgenie",
            Self::IncidentIo => "incident.io",
            Self::FireHydrant => "FireHydrant",
            Self::Rootly => "Rootly",
            Self::Statuspage => "Statuspage",
            Self::Datadog => "Datadog",
            Self::DevLake => "DevLake",
            Self::AzureDevOps => "Azure DevOps",
            Self::Bugzilla => "Bugzilla",
            Self::Redmine => "Redmine",
            Self::YouTrack => "YouTrack",
            Self::Zendesk => "Zendesk",
            Self::Freshdesk => "Freshdesk or Freshservice",
            Self::SplunkOnCall => "Splunk On-Call",
            Self::GrafanaOnCall => "Grafana OnCall",
            Self::Launchpad => "Launchpad",
            Self::Osv => "OSV",
            Self::Nvd => "NVD",
            Self::GitHubAdvisories => "GitHub security advisories",
        }
    }

    /// Whether it is Jira of any kind.
    pub(super) fn is_jira(self) -> bool {
        matches!(self, Self::Jira | Self::JiraCloud | Self::JiraServer)
    }

    /// What a header means in this tool's exports alone; `None` for nothing special.
    pub(super) fn own_column(self, squeezed: &str) -> Option<OwnColumn> {
        let own = match (self, squeezed) {
            // A module path or function, not a place on earth.
            (Self::Sentry, "location") => OwnColumn::Read(IncidentField::Description),
            // Changes that brought the incident in, or that repaired it: tickets all the same.
            (Self::ServiceNow, "causedby" | "rfc") => OwnColumn::Read(IncidentField::Tickets),
            // More than a line; the title is called name or title.
            (Self::IncidentIo | Self::FireHydrant | Self::Rootly | Self::Datadog, "summary") => {
                OwnColumn::Read(IncidentField::Description)
            }
            // There is no other title.
            (Self::PagerDuty, "description") | (Self::SplunkOnCall, "service") => {
                OwnColumn::Read(IncidentField::Title)
            }
            // People set the priority; `severity` keeps its default.
            (Self::ServiceNow, "priority") => OwnColumn::ReadAt(IncidentField::Severity, 0),
            (Self::ServiceNow, "urgency") => OwnColumn::ReadAt(IncidentField::Severity, 1),
            (Self::ServiceNow, "impact") => OwnColumn::ReadAt(IncidentField::Severity, 2),
            (Self::ServiceNow, "severity") => OwnColumn::ReadAt(IncidentField::Severity, 3),
            (Self::Redmine, "category") => OwnColumn::Read(IncidentField::Component),
            (Self::Zendesk | Self::Freshdesk, "group") => OwnColumn::Read(IncidentField::Team),
            (Self::SplunkOnCall, "entityid") => OwnColumn::Read(IncidentField::Service),
            // Ranked behind every header of an end: it is a substitute for one.
            (Self::PagerDuty, "laststatuschangeon") => OwnColumn::ReadAt(IncidentField::Resolved, 50),
            // The key under which alerts are joined; attachments, and when work is planned to begin; the page
            // where a defect shows, and who may see it.
            (Self::PagerDuty, "incidentkey")
            | (Self::Redmine, "files" | "startdate")
            | (Self::Bugzilla, "url" | "groups") => OwnColumn::Unread,
            // What is left of the time that was promised.
            (tool, "timetoresolution") if tool.is_jira() => OwnColumn::Unread,
            _ => return None,
        };
        Some(own)
    }

    /// What bare numbers count in this tool's column.
    pub(super) fn duration_unit(self, squeezed: &str) -> Option<DurationUnit> {
        match squeezed {
            // Nothing in these headers says so, but the numbers are seconds.
            "timespent" | "σtimespent" | "aggregatetimespent" if self.is_jira() => {
                Some(DurationUnit::Second)
            }
            "timespent" | "totaltimespent" | "timestatstotaltimespent" if self == Self::GitLab => {
                Some(DurationUnit::Second)
            }
            "timetoresolve" | "timetorepair" | "customerimpactduration"
                if matches!(self, Self::Rootly | Self::Datadog) =>
            {
                Some(DurationUnit::Second)
            }
            "businessstc" | "calendarstc" | "calendarduration" | "businessduration" | "timeworked"
                if self == Self::ServiceNow =>
            {
                Some(DurationUnit::Second)
            }
            // In the other languages of its users.
            _ if self.is_jira() && names::is_localised(squeezed, IncidentField::Effort) => {
                Some(DurationUnit::Second)
            }
            "resolutiontime" if self == Self::Zendesk => Some(DurationUnit::Hour),
            "completedwork" if self == Self::AzureDevOps => Some(DurationUnit::Hour),
            "spenttime" | "totalspenttime" if self == Self::Redmine => Some(DurationUnit::Hour),
            "spenttime" if self == Self::YouTrack => Some(DurationUnit::Minute),
            _ => None,
        }
    }

    /// Whether a bare number in this column is one of three steps, 1 for high to 3 for low.
    pub(super) fn has_three_levels(self, squeezed: &str) -> bool {
        self == Self::ServiceNow && matches!(squeezed, "severity" | "impact" | "urgency")
    }

    /// Whether the export of this tool has no id but the one in its links.
    pub(super) fn has_id_in_url(self) -> bool {
        matches!(self, Self::Sentry | Self::Launchpad)
    }
}
