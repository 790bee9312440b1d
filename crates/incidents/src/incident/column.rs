//! Headers -> fields: what each column of an export means.

use super::duration::DurationUnit;
use super::field::IncidentField;
use super::names::{self, FIELDS, squeeze};
use super::tool::{OwnColumn, Tool};
use crate::money::currency::Currency;

/// What a header was understood to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The field.
    pub(super) field: IncidentField,
    /// Position of the header among the field's names; a lower one wins.
    pub(super) rank: usize,
    /// The currency in the header, as in `cost_usd` and `Cost (EUR)`.
    pub(super) currency: Option<Currency>,
    /// What bare numbers count, for durations; `None` if nothing says.
    pub(super) unit: Option<DurationUnit>,
}

impl Meaning {
    /// A field, by a header that says nothing more.
    pub(super) fn of(field: IncidentField) -> Self {
        Self { field, rank: CHOSEN, currency: None, unit: None }
    }
}

/// The rank of a column that was chosen by hand: before all others.
const CHOSEN: usize = 0;

/// The rank of a column that is read only for lack of any other.
const LAST: usize = usize::MAX;

/// The meaning of a header in an export of `tool`; `None` when it is not used.
pub(super) fn meaning(header: &str, tool: Option<Tool>) -> Option<Meaning> {
    let header = qualified(custom_field(header.trim()));
    if matches!(header, "#" | "№" | "N°" | "Nº") {
        // A row number, unless nothing else names the rows: Redmine's id.
        return Some(Meaning { rank: LAST, ..Meaning::of(IncidentField::Id) });
    }
    let squeezed = squeeze(header);
    // The tool decides first: `description` is PagerDuty's title, and prose elsewhere.
    match tool.and_then(|tool| tool.own_column(&squeezed)) {
        Some(OwnColumn::Read(field)) => {
            let unit = if field.is_duration() { unit_of(header, &squeezed, tool) } else { None };
            // Where the tool's own name is known, it is the most telling.
            return Some(Meaning { rank: CHOSEN + 1, unit, ..Meaning::of(field) });
        }
        Some(OwnColumn::ReadAt(field, place)) => {
            return Some(Meaning { rank: CHOSEN + 1 + place, ..Meaning::of(field) });
        }
        Some(OwnColumn::Unread) => return None,
        None => {}
    }
    let with_currency = split_currency(header)
        .and_then(|(rest, currency)| exact(&squeeze(rest), Some(currency), None))
        // Behind any other name, a currency code is a part of the name.
        .filter(|meaning| meaning.field == IncidentField::Cost);
    if with_currency.is_some() {
        return with_currency;
    }
    let unit = || unit_of(header, &squeezed, tool);
    if let Some(meaning) = exact(&squeezed, None, None) {
        return Some(Meaning { unit: if meaning.field.is_duration() { unit() } else { None }, ..meaning });
    }
    let (base, unit) = DurationUnit::split(header, &squeezed)?;
    // A unit makes a duration only of a name that already means one.
    exact(base, None, Some(unit)).filter(|meaning| meaning.field.is_duration())
}

fn exact(squeezed: &str, currency: Option<Currency>, unit: Option<DurationUnit>) -> Option<Meaning> {
    let (field, rank) = names::find(squeezed)?;
    // Behind what was chosen by hand and the tool's own.
    Some(Meaning { rank: rank + CHOSEN + 2, currency, unit, ..Meaning::of(field) })
}

/// The unit in a duration's header, else the one in which this tool writes it.
fn unit_of(header: &str, squeezed: &str, tool: Option<Tool>) -> Option<DurationUnit> {
    // A header that states its unit overrides the tool's habit.
    let stated = DurationUnit::named_in(squeezed)
        .or_else(|| DurationUnit::split(header, squeezed).map(|(_, unit)| unit));
    stated.or_else(|| tool?.duration_unit(squeezed))
}

/// The inside of Jira's `Custom field (Severity)`.
fn custom_field(header: &str) -> &str {
    /// "Custom field" in the languages of Jira, squeezed.
    const PREFIXES: [&str; 13] = [
        "customfield",
        "benutzerdefiniertesfeld",
        "benutzerdefiniertefelder",
        "campopersonalizado",
        "champpersonnalisé",
        "champspersonnalisés",
        "campopersonalizzato",
        "настраиваемоеполе",
        "пользовательскоеполе",
        "カスタムフィールド",
        "自定义字段",
        "aangepastveld",
        "polaniestandardowe",
    ];
    let inner = header.strip_suffix(')').or_else(|| header.strip_suffix('）'));
    match inner.and_then(|inner| inner.split_once(['(', '（'])) {
        Some((prefix, inner)) if PREFIXES.contains(&squeeze(prefix).as_str()) => inner.trim(),
        _ => header,
    }
}

/// The header without what says nothing new: `Created At (UTC)` is `Created At`, and a JSON key is
/// named without the envelopes around it (`fields.priority`, `attributes.title`).
fn qualified(header: &str) -> &str {
    const ENVELOPES: [&str; 8] = [
        "fields.",
        "attributes.",
        "node.",
        "incident.",
        // Azure DevOps
        "System.",
        "Microsoft.VSTS.Common.",
        "Microsoft.VSTS.Scheduling.",
        "Microsoft.VSTS.TCM.",
    ];
    let header = header.strip_suffix("(UTC)").map_or(header, str::trim_end);
    let inner = ENVELOPES.iter().find_map(|envelope| header.strip_prefix(envelope));
    inner.map_or(header, qualified)
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
    // Only the whole word `in`: `margin` ends with the same letters.
    let before = before.strip_suffix("in").filter(|rest| rest.ends_with(['_', '-', ' '])).unwrap_or(before);
    Some((before, currency))
}

/// The names that are accepted for the id column.
pub(super) fn id_names() -> &'static [&'static str] {
    FIELDS.iter().find(|(field, ..)| *field == IncidentField::Id).expect("the table has an id").2
}

/// The header that looks like a misspelt id name; `None` if none does.
pub(super) fn similar_to_id(header: &[String]) -> Option<String> {
    // Not the names of internal ids: `source` is a word of its own and no misspelt `source_id`.
    const NAMES: [&str; 11] = [
        "incident_id",
        "incident_number",
        "incident_key",
        "issue_key",
        "issue_id",
        "issue_number",
        "ticket_id",
        "ticket_number",
        "case_number",
        "identifier",
        "reference",
    ];
    let distance = |written: &str, name: &str| {
        let (written, name) = (squeeze(written), squeeze(name));
        let longest = 2 * name.chars().count();
        // The distance takes time in the product of both lengths, and a header can be a paragraph.
        let distance = strsim::levenshtein(&written.chars().take(longest).collect::<String>(), &name);
        // Two edits are a slip of the keyboard; with none, the name would have been recognised.
        (distance > 0 && distance <= 2).then_some(distance)
    };
    let candidates = header
        .iter()
        .flat_map(|written| NAMES.iter().filter_map(move |name| Some((distance(written, name)?, written))));
    let best = candidates.min_by_key(|(distance, ..)| *distance);
    best.map(|(_, written)| written.clone())
}

#[cfg(test)]
mod tests {
    use super::{DurationUnit, FIELDS, IncidentField, Tool, meaning, similar_to_id, squeeze};

    fn field(header: &str) -> Option<IncidentField> {
        meaning(header, None).map(|meaning| meaning.field)
    }

    #[test]
    fn headers_are_recognised_in_every_spelling() {
        for header in ["opened_at", "Opened At", " OPENED-AT ", "openedAt"] {
            assert_eq!(field(header), Some(IncidentField::Opened), "{header}");
        }
        for (header, expected) in [
            ("Issue key", IncidentField::Id),
            ("Component/s", IncidentField::Component),
            ("Custom field (Severity)", IncidentField::Severity),
            ("Custom field (Affected services)", IncidentField::Service),
            ("userCount", IncidentField::Customers),
            ("path(s)", IncidentField::Path),
            ("file(s)", IncidentField::Path),
            ("Short description", IncidentField::Title),
        ] {
            assert_eq!(field(header), Some(expected), "{header}");
        }
        for header in ["", "Watchers", "Story Points", "cost_avg", "cost_all", "customer_impact_scope"] {
            assert_eq!(field(header), None, "{header}");
        }
    }

    #[test]
    fn the_unit_of_a_span_is_taken_from_the_header_or_the_tool() {
        let unit = |header: &str, tool: Option<Tool>| {
            let meaning = meaning(header, tool).expect(header);
            (meaning.field, meaning.unit)
        };
        for (header, tool, field, expected) in [
            ("minutes", None, IncidentField::Elapsed, Some(DurationUnit::Minute)),
            ("seconds_to_resolve", None, IncidentField::Elapsed, Some(DurationUnit::Second)),
            ("LeadTimeMinutes", None, IncidentField::Elapsed, Some(DurationUnit::Minute)),
            ("Outage (h)", None, IncidentField::Elapsed, Some(DurationUnit::Hour)),
            ("Duration", None, IncidentField::Elapsed, None),
            ("engaged_seconds", None, IncidentField::Effort, Some(DurationUnit::Second)),
            ("Time Spent", None, IncidentField::Effort, None),
            ("Time Spent", Some(Tool::JiraCloud), IncidentField::Effort, Some(DurationUnit::Second)),
            ("Σ Time Spent", Some(Tool::JiraCloud), IncidentField::Effort, Some(DurationUnit::Second)),
            (
                "attributes.time_to_resolve",
                Some(Tool::Datadog),
                IncidentField::Elapsed,
                Some(DurationUnit::Second),
            ),
        ] {
            assert_eq!(unit(header, tool), (field, expected), "{header}");
        }
    }

    #[test]
    fn a_key_of_json_is_known_through_its_envelopes_and_a_zone_says_nothing_new() {
        assert_eq!(field("fields.priority"), Some(IncidentField::Severity));
        assert_eq!(field("attributes.fields.services"), Some(IncidentField::Service));
        assert_eq!(field("Created At (UTC)"), Some(IncidentField::Opened));
    }

    #[test]
    fn a_tools_own_name_counts_before_the_general_one() {
        let of = |header, tool| meaning(header, Some(tool)).map(|meaning| meaning.field);
        assert_eq!(of("Location", Tool::Sentry), Some(IncidentField::Description));
        assert_eq!(of("Location", Tool::ServiceNow), None);
        assert_eq!(of("incident_key", Tool::PagerDuty), None);
        assert_eq!(of("incident_key", Tool::DevLake), Some(IncidentField::Id));
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
            let meaning = meaning(header, None).expect(header);
            assert_eq!(meaning.field, IncidentField::Cost, "{header}");
            assert_eq!(meaning.currency.map(|currency| currency.to_string()).as_deref(), code, "{header}");
        }
    }

    #[test]
    fn ids_that_people_write_come_before_those_of_the_tracker() {
        let rank = |header| meaning(header, None).expect("an id").rank;
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
        assert_eq!(similar_to_id(&header(&["titel", "incidnt_id"])).as_deref(), Some("incidnt_id"));
        assert_eq!(similar_to_id(&header(&["Error", "Details", "source", "sourced"])), None);
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
