//! Headers -> fields: what each column of an export means.

use crate::Currency;

/// What a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The incident's id.
    Id,
    /// Its title.
    Title,
    /// When it began.
    Opened,
    /// When it was over.
    Resolved,
    /// Its severity.
    Severity,
    /// What it cost.
    Cost,
    /// The currency of `Cost`.
    Currency,
    /// How many customers it hit.
    Customers,
    /// The area, service or component.
    Area,
    /// Paths in the repository.
    Path,
    /// Commits that fixed it.
    FixCommits,
    /// Link to the tracker.
    Url,
}

/// A field, its canonical name, and the header names that mean it, the most telling first.
///
/// Names are compared without regard to letter case and to everything but letters and digits.
/// Where one export has several of a field's columns, an earlier name wins: ids that people write
/// into commit messages come before those that only the tracker knows.
pub(super) const FIELDS: [(Field, &str, &[&str]); 12] = [
    (
        Field::Id,
        "id",
        &[
            "issue_key",
            "incident_key",
            "incident_number",
            "reference",
            "number",
            "public_id",
            "tiny_id",
            "ticket",
            "ticket_key",
            "ticket_number",
            "ticket_id",
            "identifier",
            "incident_id",
            "id",
            "key",
            "issue",
            "issue_number",
            "issue_id",
            "bug",
            "bug_id",
            "case_number",
            "cve",
            "cve_id",
            "incident",
            "source_id",
            "uuid",
            "sys_id",
        ],
    ),
    (
        Field::Title,
        "title",
        &[
            "title",
            "summary",
            "short_description",
            "incident_name",
            "name",
            "subject",
            "headline",
            "error",
            "message",
            "description",
        ],
    ),
    (
        Field::Opened,
        "opened_at",
        &[
            "opened_at",
            "started_at",
            "impact_started_at",
            "customer_impact_start",
            "start_time",
            "start",
            "detected_at",
            "reported_at",
            "opened",
            "open_date",
            "created_at",
            "created",
            "created_date",
            "creation_date",
            "created_on",
            "first_seen",
            "sys_created_at",
            "sys_created_on",
            "reported",
            "started",
            "date",
        ],
    ),
    (
        Field::Resolved,
        "resolved_at",
        &[
            "resolved_at",
            "resolved",
            "resolution_date",
            "resolved_on",
            "resolved_date",
            "customer_impact_end",
            "fixed_at",
            "mitigated_at",
            "ended_at",
            "end_time",
            "end",
            "closed_at",
            "closed",
            "closed_date",
            "closed_on",
            "completed_at",
            "completed",
            "last_seen",
        ],
    ),
    (
        Field::Severity,
        "severity",
        &["severity", "severity_name", "sev", "priority_name", "priority", "urgency", "impact", "level"],
    ),
    (
        Field::Cost,
        "cost",
        &[
            "cost",
            "total_cost",
            "incident_cost",
            "actual_cost",
            "business_cost",
            "estimated_cost",
            "amount",
            "financial_impact",
            "revenue_loss",
            "lost_revenue",
            "loss",
        ],
    ),
    (Field::Currency, "currency", &["currency", "currency_code", "cost_currency"]),
    (
        Field::Customers,
        "customers",
        &[
            "customers",
            "customers_impacted",
            "customers_affected",
            "affected_customers",
            "impacted_customers",
            "customer_count",
            "users",
            "user_count",
            "users_impacted",
            "users_affected",
            "affected_users",
            "impacted_users",
        ],
    ),
    (
        Field::Area,
        "area",
        &[
            "area",
            "areas",
            "component",
            "components",
            "affected_components",
            "service",
            "services",
            "service_name",
            "affected_services",
            "functionality",
            "functionalities",
            "cmdb_ci",
            "business_service",
            "module",
            "subsystem",
            "product",
            "project",
            "project_name",
            "team",
            "team_name",
            "owner_team",
            "culprit",
        ],
    ),
    (Field::Path, "path", &["path", "paths", "file", "files", "file_path", "file_paths", "affected_files"]),
    (
        Field::FixCommits,
        "fix_commits",
        &[
            "fix_commits",
            "fix_commit",
            "fix_ref",
            "fix_refs",
            "fix_sha",
            "fix_revision",
            "fixed_by",
            "fixing_commits",
            "fixing_commit",
            "commits",
            "commit",
            "commit_id",
            "commit_sha",
            "commit_hash",
            "commit_url",
            "sha",
            "git_commit",
        ],
    ),
    (
        Field::Url,
        "url",
        &[
            "url",
            "permalink",
            "html_url",
            "incident_url",
            "issue_url",
            "source_url",
            "web_url",
            "shortlink",
            "link",
        ],
    ),
];

/// What a header was understood to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The field.
    pub(super) field: Field,
    /// Its canonical name.
    pub(super) name: &'static str,
    /// Position of the header among the field's names; a lower one wins.
    pub(super) rank: usize,
    /// The currency in the header, as in `cost_usd` and `Cost (EUR)`.
    pub(super) currency: Option<Currency>,
}

/// The meaning of a header; `None` when it is not used.
pub(super) fn meaning(header: &str) -> Option<Meaning> {
    let header = custom_field(header.trim());
    let with_currency = split_currency(header)
        .and_then(|(rest, currency)| exact_meaning(&squeeze(rest), Some(currency)))
        .filter(|meaning| meaning.field == Field::Cost);
    with_currency.or_else(|| exact_meaning(&squeeze(header), None))
}

fn exact_meaning(squeezed: &str, currency: Option<Currency>) -> Option<Meaning> {
    FIELDS.iter().find_map(|(field, name, synonyms)| {
        let rank = synonyms.iter().position(|synonym| squeeze(synonym) == squeezed)?;
        Some(Meaning { field: *field, name, rank, currency })
    })
}

/// The inside of Jira's `Custom field (Severity)`.
fn custom_field(header: &str) -> &str {
    const PREFIX: &str = "custom field (";
    match (header.get(..PREFIX.len()), header.strip_suffix(')')) {
        (Some(start), Some(inner)) if start.eq_ignore_ascii_case(PREFIX) => inner[PREFIX.len()..].trim(),
        _ => header,
    }
}

/// Letters and digits alone, in lower case: `Issue key`, `issue_key` and `issueKey` are equal.
fn squeeze(header: &str) -> String {
    header.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Splits `cost_usd`, `Cost (EUR)` and `cost in €` before the currency.
fn split_currency(header: &str) -> Option<(&str, Currency)> {
    // Currency codes that are also words people end headers with.
    const WORDS: [&str; 4] = ["all", "top", "try", "cve"];
    let header = header.trim_end_matches([')', ']', ' ']);
    let start = header.rfind(['_', '-', ' ', '(', '['])? + 1;
    let (before, code) = (&header[..start], &header[start..]);
    let currency = if WORDS.contains(&code) { None } else { Currency::from_sign(code) }?;
    let before = before.trim_end_matches(['_', '-', ' ', '(', '[']);
    let before = before.strip_suffix("in").filter(|rest| rest.ends_with(['_', '-', ' '])).unwrap_or(before);
    Some((before, currency))
}

/// The names that are accepted for the id column.
pub(super) fn id_names() -> &'static [&'static str] {
    FIELDS.iter().find(|(field, ..)| *field == Field::Id).expect("the table has an id").2
}

/// The header most similar to an id name, when one differs by at most a third of its letters.
pub(super) fn similar_to_id(header: &[String]) -> Option<(String, &'static str)> {
    let mut best: Option<(usize, &String, &'static str)> = None;
    for written in header {
        let squeezed: Vec<char> = squeeze(written).chars().take(64).collect();
        for name in id_names() {
            let target: Vec<char> = squeeze(name).chars().collect();
            let distance = edit_distance(&squeezed, &target);
            if distance * 3 <= target.len() && best.is_none_or(|(least, ..)| distance < least) {
                best = Some((distance, written, name));
            }
        }
    }
    best.map(|(_, written, name)| (written.clone(), name))
}

/// Levenshtein distance.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Field, meaning, similar_to_id, squeeze};

    fn field(header: &str) -> Option<Field> {
        meaning(header).map(|meaning| meaning.field)
    }

    #[test]
    fn headers_are_recognised_in_every_spelling() {
        for header in ["opened_at", "Opened At", " OPENED-AT ", "openedAt"] {
            assert_eq!(field(header), Some(Field::Opened), "{header}");
        }
        for (header, expected) in [
            ("Issue key", Field::Id),
            ("Component/s", Field::Area),
            ("Custom field (Severity)", Field::Severity),
            ("Custom field (Affected services)", Field::Area),
            ("userCount", Field::Customers),
            ("path(s)", Field::Path),
            ("file(s)", Field::Path),
            ("Short description", Field::Title),
        ] {
            assert_eq!(field(header), Some(expected), "{header}");
        }
        for header in ["", "labels", "introduced_commits", "Watchers", "Σ Time Spent", "cost_avg", "cost_all"]
        {
            assert_eq!(field(header), None, "{header}");
        }
    }

    #[test]
    fn the_currency_is_taken_from_the_header() {
        for (header, code) in [
            ("cost_usd", Some("USD")),
            ("Cost (EUR)", Some("EUR")),
            ("total cost in GBP", Some("GBP")),
            ("Cost [€]", Some("EUR")),
            ("cost", None),
        ] {
            let meaning = meaning(header).expect(header);
            assert_eq!(meaning.field, Field::Cost, "{header}");
            assert_eq!(meaning.currency.map(|currency| currency.to_string()).as_deref(), code, "{header}");
        }
    }

    #[test]
    fn ids_that_people_write_come_before_those_of_the_tracker() {
        let rank = |header| meaning(header).expect("an id").rank;
        assert!(rank("Issue key") < rank("Issue id"));
        assert!(rank("number") < rank("id"));
        assert!(rank("incident_number") < rank("id"));
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<String> =
            FIELDS.iter().flat_map(|(_, _, synonyms)| synonyms.iter().map(|name| squeeze(name))).collect();
        let n_names = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), n_names);
    }

    #[test]
    fn a_misspelt_id_is_recognised_as_such() {
        let header = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            similar_to_id(&header(&["titel", "incidnt_id"])),
            Some(("incidnt_id".to_owned(), "incident_id"))
        );
        assert_eq!(similar_to_id(&header(&["Error", "Details"])), None);
    }

    #[test]
    fn the_documentation_lists_every_header_in_its_order() {
        let documentation = include_str!("../../../../docs/incidents.md");
        for (_, canonical, synonyms) in FIELDS {
            let listed = synonyms.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let row = documentation.lines().find(|line| line.starts_with(&format!("| `{canonical}` |")));
            assert!(row.is_some_and(|row| row.contains(&format!("| {listed} |"))), "{canonical}");
        }
    }
}
