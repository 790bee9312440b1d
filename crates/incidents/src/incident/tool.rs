//! Headers -> the tool that wrote the export.

use super::duration::Unit;
use super::field::Field;
use super::names::squeeze;

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
}

/// What a header means in one tool's exports alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnColumn {
    /// This field.
    Read(Field),
    /// Nothing, although the name means something elsewhere.
    Unread,
}

/// By what a tool's exports are known.
struct Signature {
    tool: Tool,
    /// Headers that hardly any other tool writes.
    sure: &'static [&'static str],
    /// Headers that several tools write.
    usual: &'static [&'static str],
}

/// What a sure and a usual header count, and how much is needed.
const SURE: usize = 3;
const USUAL: usize = 1;
const NEEDED: usize = 4;

/// Where two tools are as likely, the first one is taken.
const SIGNATURES: [Signature; 17] = [
    Signature {
        tool: Tool::Canonical,
        sure: &["fix_commits", "introduced_commits", "cost_usd"],
        usual: &["id", "title", "opened_at", "resolved_at", "area", "path"],
    },
    Signature {
        tool: Tool::PagerDuty,
        sure: &["incident_number", "escalation_policy_name", "escalation_policy", "engaged_seconds"],
        usual: &[
            "urgency",
            "service_name",
            "service",
            "team_name",
            "teams",
            "priority_name",
            "created_at",
            "created_on",
            "resolved_at",
            "resolved_on",
            "seconds_to_resolve",
            "html_url",
            "description",
            "status",
        ],
    },
    Signature {
        tool: Tool::JiraCloud,
        sure: &[
            "project_type",
            "status_category",
            "assignee_id",
            "reporter_id",
            "parent_key",
            "work_item_key",
        ],
        usual: &["issue_key", "issue_id", "issue_type", "project_key", "summary", "components", "sprint"],
    },
    Signature {
        tool: Tool::JiraServer,
        sure: &["component_s", "fix_version_s", "custom_field_epic_link", "parent_id"],
        usual: &["issue_key", "issue_id", "issue_type", "project_key", "summary", "log_work"],
    },
    Signature {
        tool: Tool::Jira,
        sure: &["issue_key", "issue_type", "fields_issuetype", "fields_summary", "fields_project"],
        usual: &["issue_id", "summary", "key", "fields_created", "fields_components", "fields_priority"],
    },
    Signature {
        tool: Tool::ServiceNow,
        sure: &["cmdb_ci", "sys_id", "incident_state", "sys_created_on", "made_sla", "sys_mod_count"],
        usual: &[
            "number",
            "opened_at",
            "assignment_group",
            "short_description",
            "business_service",
            "configuration_item",
            "impact",
            "urgency",
            "closed_code",
            "close_code",
            "caller_id",
            "caller",
        ],
    },
    Signature {
        tool: Tool::Linear,
        sure: &["cycle_number", "triaged", "initiatives", "project_milestone", "roadmaps", "priority_label"],
        usual: &[
            "id",
            "identifier",
            "team",
            "estimate",
            "creator",
            "project_id",
            "started",
            "completed",
            "canceled",
        ],
    },
    Signature {
        tool: Tool::Sentry,
        sure: &["culprit", "user_count", "first_seen", "short_id"],
        usual: &[
            "error",
            "location",
            "details",
            "events",
            "users",
            "permalink",
            "level",
            "last_seen",
            "link",
        ],
    },
    Signature {
        tool: Tool::GitHub,
        sure: &[
            "closed_by_pull_requests_references",
            "state_reason",
            "author_association",
            "reaction_groups",
        ],
        usual: &[
            "number",
            "state",
            "labels",
            "created_at",
            "closed_at",
            "url",
            "html_url",
            "body",
            "milestone",
        ],
    },
    Signature {
        tool: Tool::GitLab,
        sure: &["iid", "created_at_utc", "closed_at_utc", "author_username", "references", "time_stats"],
        usual: &["issue_id", "url", "web_url", "state", "labels", "milestone", "due_date", "time_spent"],
    },
    Signature {
        tool: Tool::Opsgenie,
        sure: &["tiny_id", "owner_team", "is_seen", "created_at_date"],
        usual: &[
            "alert_id",
            "alias",
            "message",
            "acknowledged",
            "snoozed",
            "priority",
            "owner",
            "teams",
            "tags",
        ],
    },
    Signature {
        tool: Tool::IncidentIo,
        sure: &["incident_status", "incident_type", "custom_field_entries", "incident_timestamp_values"],
        usual: &[
            "reference",
            "name",
            "permalink",
            "severity",
            "summary",
            "reported_at",
            "external_issue_reference",
        ],
    },
    Signature {
        tool: Tool::FireHydrant,
        sure: &[
            "current_milestone",
            "lifecycle_phases",
            "severity_impact",
            "customer_impact_summary",
            "tag_list",
        ],
        usual: &["number", "name", "milestones", "started_at", "incident_url", "functionalities", "services"],
    },
    Signature {
        tool: Tool::Rootly,
        sure: &["sequential_id", "cancelled_at", "time_to_internal_response", "in_triage_at"],
        usual: &[
            "slug",
            "started_at",
            "detected_at",
            "acknowledged_at",
            "mitigated_at",
            "time_to_resolve",
            "kind",
        ],
    },
    Signature {
        tool: Tool::Statuspage,
        sure: &["impact_override", "monitoring_at", "incident_updates", "postmortem_body"],
        usual: &["id", "name", "status", "impact", "shortlink", "created_at", "resolved_at", "page_id"],
    },
    Signature {
        tool: Tool::Datadog,
        sure: &["customer_impact_scope", "customer_impacted", "customer_impact_start", "time_to_repair"],
        usual: &[
            "public_id",
            "title",
            "state",
            "severity",
            "created",
            "resolved",
            "detected",
            "time_to_detect",
        ],
    },
    Signature {
        tool: Tool::DevLake,
        sure: &["lead_time_minutes", "original_estimate_minutes", "original_status", "incident_key"],
        usual: &[
            "url",
            "title",
            "status",
            "resolution_date",
            "created_date",
            "time_spent_minutes",
            "component",
        ],
    },
];

/// A tool, and the headers by which it was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recognised {
    pub(super) tool: Tool,
    /// As written, the surest first, then from left to right.
    pub(super) by: Vec<String>,
}

/// The tool that wrote this header; `None` when no tool's own names are among them.
pub(super) fn recognise(header: &[String]) -> Option<Recognised> {
    let squeezed: Vec<String> = header.iter().map(|written| squeeze(written)).collect();
    // Keys of JSON exports are named with the envelopes around them.
    let is_named = |column: &str, name: &str| {
        let name = squeeze(name);
        let inner =
            ["attributes", "node", "incident"].iter().find_map(|envelope| column.strip_prefix(envelope));
        column == name || inner.is_some_and(|inner| inner == name)
    };
    let found = |names: &[&str]| -> Vec<usize> {
        let is_any = |column: &str| names.iter().any(|name| is_named(column, name));
        (0..squeezed.len()).filter(|position| is_any(&squeezed[*position])).collect()
    };
    let distinct = |positions: &[usize]| {
        let mut names: Vec<&str> = positions.iter().map(|position| squeezed[*position].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    };
    let mut best: Option<(usize, Recognised)> = None;
    for signature in &SIGNATURES {
        let (sure, usual) = (found(signature.sure), found(signature.usual));
        let score = SURE * distinct(&sure) + USUAL * distinct(&usual);
        if score < NEEDED || best.as_ref().is_some_and(|(highest, _)| score <= *highest) {
            continue;
        }
        let mut by: Vec<String> = Vec::new();
        for position in sure.into_iter().chain(usual) {
            if !by.contains(&header[position]) {
                by.push(header[position].clone());
            }
        }
        best = Some((score, Recognised { tool: signature.tool, by }));
    }
    best.map(|(_, recognised)| recognised)
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
            (Self::Sentry, "location") => OwnColumn::Read(Field::Description),
            // Changes that brought the incident in, or that repaired it: tickets all the same.
            (Self::ServiceNow, "causedby" | "rfc") => OwnColumn::Read(Field::Tickets),
            // More than a line; the title is called name or title.
            (Self::IncidentIo | Self::FireHydrant | Self::Rootly | Self::Datadog, "summary") => {
                OwnColumn::Read(Field::Description)
            }
            // The title of an incident; there is no other text.
            (Self::PagerDuty, "description") => OwnColumn::Read(Field::Title),
            // The key under which alerts are joined.
            (Self::PagerDuty, "incidentkey") => OwnColumn::Unread,
            // What is left of the time that was promised.
            (tool, "timetoresolution") if tool.is_jira() => OwnColumn::Unread,
            _ => return None,
        };
        Some(own)
    }

    /// What bare numbers count in this tool's column.
    pub(super) fn duration_unit(self, squeezed: &str) -> Option<Unit> {
        match squeezed {
            "timespent" | "σtimespent" | "aggregatetimespent" if self.is_jira() => Some(Unit::Second),
            "timespent" | "totaltimespent" | "timestatstotaltimespent" if self == Self::GitLab => {
                Some(Unit::Second)
            }
            "timetoresolve" | "timetorepair" | "customerimpactduration"
                if matches!(self, Self::Rootly | Self::Datadog) =>
            {
                Some(Unit::Second)
            }
            "businessstc" | "calendarstc" if self == Self::ServiceNow => Some(Unit::Second),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tool, recognise};

    fn tool(header: &str) -> Option<Tool> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        recognise(&header).map(|recognised| recognised.tool)
    }

    #[test]
    fn a_tool_is_known_by_names_that_others_do_not_write() {
        let header = ["Summary", "Issue key", "Issue id", "Project type", "Status"].map(str::to_owned);
        let recognised = recognise(&header).expect("Jira");
        assert_eq!(recognised.tool, Tool::JiraCloud);
        assert_eq!(recognised.by, ["Project type", "Summary", "Issue key", "Issue id"]);
        assert_eq!(tool("Summary,Issue key,Issue id,Issue Type"), Some(Tool::Jira));
        assert_eq!(tool("id,title,opened_at,fix_commits"), Some(Tool::Canonical));
    }

    #[test]
    fn a_header_that_anybody_may_write_is_nobodys() {
        for header in ["id,title", "id,title,status", "key,owner", ""] {
            assert_eq!(tool(header), None, "{header}");
        }
    }
}
