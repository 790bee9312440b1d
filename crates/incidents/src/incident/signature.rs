//! Headers -> the tool that wrote them.

use std::collections::{BTreeMap, BTreeSet};

use super::names::squeeze;
use super::tool::Tool;

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
// One sure header alone is not enough; a usual one beside it is.
const NEEDED: usize = 4;

/// Where two tools are as likely, the first one is taken.
const SIGNATURES: [Signature; 30] = [
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
    // Jira's own headers in the language of the user who exports.
    Signature {
        tool: Tool::Jira,
        sure: &[
            "Vorgangsschlüssel",
            "Clave de incidencia",
            "Clave de la incidencia",
            "Clé de ticket",
            "Clé du ticket",
            "Clé de demande",
            "Chiave segnalazione",
            "Chiave ticket",
            "Chave da item",
            "Chave do item",
            "Chave da ocorrência",
            "Ключ проблемы",
            "Ключ задачи",
            "Код запроса",
            "課題キー",
            "问题关键字",
        ],
        usual: &[
            "Vorgangs-ID",
            "Vorgangstyp",
            "Zusammenfassung",
            "ID de la incidencia",
            "Tipo de Incidencia",
            "Resumen",
            "ID du ticket",
            "Type de ticket",
            "Résumé",
            "ID segnalazione",
            "Tipo segnalazione",
            "Riepilogo",
            "Tipo de item",
            "ID da item",
            "Resumo",
            "Тип задачи",
            "Тема",
            "課題タイプ",
            "要約",
            "问题类型",
            "摘要",
            "概要",
        ],
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
    Signature {
        tool: Tool::AzureDevOps,
        sure: &[
            "work_item_type",
            "area_path",
            "iteration_path",
            "fields_system_title",
            "fields_system_area_path",
        ],
        usual: &["id", "title", "state", "tags", "assigned_to", "fields_system_id", "fields_system_state"],
    },
    Signature {
        tool: Tool::Bugzilla,
        sure: &[
            "cf_last_resolved",
            "last_change_time",
            "whiteboard",
            "target_milestone",
            "op_sys",
            "rep_platform",
        ],
        usual: &[
            "bug_id",
            "product",
            "component",
            "resolution",
            "summary",
            "assignee",
            "changed",
            "keywords",
        ],
    },
    Signature {
        tool: Tool::Redmine,
        sure: &["tracker", "done", "target_version", "last_updated_by", "parent_task"],
        usual: &[
            "project",
            "subject",
            "category",
            "assignee",
            "estimated_time",
            "spent_time",
            "private",
            "files",
        ],
    },
    Signature {
        tool: Tool::YouTrack,
        sure: &["fixed_in_build", "subsystem", "fix_versions", "affected_versions", "fixed_in"],
        usual: &["issue_id", "project", "summary", "reporter", "resolved", "assignee", "state", "estimation"],
    },
    Signature {
        tool: Tool::Zendesk,
        sure: &[
            "summation_column",
            "requester_id",
            "satisfaction_score",
            "group_stations",
            "full_resolution_time_in_minutes",
            "submitter_id",
        ],
        usual: &["requester", "submitter", "subject", "via", "ticket_type", "solved_at", "organization"],
    },
    Signature {
        tool: Tool::Freshdesk,
        sure: &[
            "resolution_time_in_hrs",
            "due_by_time",
            "survey_results",
            "agent_interactions",
            "resolution_status",
        ],
        usual: &["ticket_id", "subject", "agent", "group", "created_time", "resolved_time", "source", "tags"],
    },
    Signature {
        tool: Tool::SplunkOnCall,
        sure: &["routing_key", "paged_teams", "current_phase", "paged_users", "alert_count"],
        usual: &[
            "incident",
            "entity_id",
            "start_time",
            "ack_time",
            "resolve_time",
            "service",
            "incident_number",
        ],
    },
    Signature {
        tool: Tool::GrafanaOnCall,
        sure: &["alerts_count", "integration_id", "route_id", "permalinks"],
        usual: &["id", "team_id", "state", "created_at", "resolved_at", "acknowledged_at", "title"],
    },
    Signature {
        tool: Tool::Launchpad,
        sure: &["date_fix_released", "bug_link", "bug_target_name", "date_fix_committed", "date_triaged"],
        usual: &[
            "importance",
            "web_link",
            "date_created",
            "date_closed",
            "milestone_link",
            "status",
            "title",
        ],
    },
    Signature {
        tool: Tool::Osv,
        sure: &["affected", "database_specific", "schema_version"],
        usual: &["id", "summary", "details", "aliases", "published", "modified", "references", "severity"],
    },
    Signature {
        tool: Tool::Nvd,
        sure: &["source_identifier", "vuln_status", "configurations", "weaknesses"],
        usual: &["id", "published", "last_modified", "descriptions", "metrics", "references"],
    },
    Signature {
        tool: Tool::GitHubAdvisories,
        sure: &["ghsa_id", "cvss_severities", "cwes", "cwe_ids"],
        usual: &["cve_id", "summary", "severity", "published_at", "identifiers", "vulnerabilities", "cvss"],
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
    // Looked up by name, because a header may have a hundred thousand columns.
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, column) in squeezed.iter().enumerate() {
        // Keys of JSON exports are named with the envelopes around them.
        let inner =
            ["attributes", "node", "incident"].iter().find_map(|envelope| column.strip_prefix(envelope));
        for name in [Some(column.as_str()), inner].into_iter().flatten() {
            places.entry(name).or_default().push(position);
        }
    }
    let found = |names: &[&str]| -> Vec<usize> {
        let named = names.iter().filter_map(|name| places.get(squeeze(name).as_str()));
        let positions: BTreeSet<usize> = named.flatten().copied().collect();
        positions.into_iter().collect()
    };
    let distinct = |positions: &[usize]| {
        // Jira repeats a header per value, which proves nothing more.
        let mut names: Vec<&str> = positions.iter().map(|position| squeezed[*position].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    };
    let mut best: Option<(usize, Recognised)> = None;
    for signature in &SIGNATURES {
        let (sure, usual) = (found(signature.sure), found(signature.usual));
        let score = SURE * distinct(&sure) + USUAL * distinct(&usual);
        // Of equal scores the first in the table: the editions of Jira precede Jira as such.
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
