//! What happened in an area, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::amounts::days;
use crate::json::values::{Figure, MoneyJson, PathJson, Time};
use crate::words::{basis_code, date_code};
use debtscan_findings::brief::{BriefYear, CaseIncident, CustomerHit, Past, Place};

/// What happened.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PastJson {
    /// The 365 days to `as_of`.
    last_year: YearJson,
    /// The 365 days before those.
    year_before: YearJson,
    /// Incidents that began earlier.
    older_incidents: u32,
    /// Incidents without a date, or with one after `as_of`.
    undated_incidents: u32,
    /// Where last year's incidents were fixed: most incidents first.
    places: Vec<PlaceJson>,
    /// The fewest files that hold half of last year's incidents; `null` without any.
    files_with_half: Option<usize>,
    /// Accounts that last year's incidents hit; `null` without an accounts file.
    customers: Option<Vec<CustomerJson>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct YearJson {
    /// Those with any part here: newest first.
    incidents: Vec<CaseIncidentJson>,
    /// Incidents with no larger share in another area: each incident counts in one area.
    mainly_here: u32,
    /// Of those, how many of each severity, the most severe first; without one, an empty word.
    by_severity: Vec<SeverityJson>,
    /// Sum of the incidents' shares here.
    incident_shares: Figure,
    /// This area's part of their recorded cost.
    recorded_cost: Vec<MoneyJson>,
    /// This area's part of their modelled cost.
    modelled_cost: Vec<MoneyJson>,
    /// Incidents mainly here without a cost, or with a cost of 0.
    without_cost: u32,
    /// What handling them took, this area's part; `null` unless handling is priced.
    handling: Option<HandlingJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SeverityJson {
    /// The word as written.
    severity: String,
    /// How many.
    incidents: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct HandlingJson {
    /// Engineer-days.
    days: Figure,
    /// Their price.
    cost: MoneyJson,
    /// Incidents of a severity without a price.
    unpriced: u32,
}

/// An incident of an area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CaseIncidentJson {
    /// Its id.
    id: String,
    /// Its title; empty when there is none, or titles are removed.
    title: String,
    /// When it began.
    opened_at: Time,
    /// Which date that is.
    dated_by: Option<&'static str>,
    /// The severity as written; `null` without one.
    severity: Option<String>,
    /// The area's share of it, `0..=1`.
    share: Figure,
    /// Whether it counts here: no other area has a larger share.
    mainly_here: bool,
    /// The area's part of its cost; `null` when unknown.
    cost: Option<MoneyJson>,
    /// `recorded` or `modelled`; `null` without a cost.
    basis: Option<&'static str>,
    /// The area's part of the price of handling it; `null` without one.
    handling: Option<MoneyJson>,
    /// Full ids of the fix commits found.
    fix_commits: Vec<String>,
    /// The accounts that it hit.
    accounts: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PlaceJson {
    /// The file.
    // Flattened, because a path that is not UTF-8 has a second field with its bytes.
    #[serde(flatten)]
    file: PathJson,
    /// The function; `null` for a file as a whole.
    function: Option<String>,
    /// Ids of last year's incidents fixed there.
    incidents: Vec<String>,
}

/// An account that was hit.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CustomerJson {
    /// Its name; with `--redact` a number.
    account: String,
    /// What it pays a year; `null` when unknown.
    revenue_per_year: Option<MoneyJson>,
    /// When its contract ends or renews; `null` when unknown.
    renewal_at: Option<Time>,
    /// The risk of losing it, as written; `null` when unknown.
    risk: Option<String>,
    /// Whether those words say that it may leave.
    at_risk: bool,
    /// Ids of the incidents that hit it.
    incidents: Vec<String>,
}

impl PastJson {
    pub(super) fn new(past: &Past) -> Self {
        let customers = past.customers.as_ref();
        Self {
            last_year: YearJson::new(&past.last),
            year_before: YearJson::new(&past.before),
            older_incidents: past.older,
            undated_incidents: past.undated,
            places: past.places.iter().map(PlaceJson::new).collect(),
            // JSON has the incidents of each place, so the number of files is enough here.
            files_with_half: past.half.map(|half| half.files),
            customers: customers.map(|customers| customers.iter().map(CustomerJson::new).collect()),
        }
    }
}

impl YearJson {
    fn new(year: &BriefYear) -> Self {
        let severity =
            |(word, number): &(String, u32)| SeverityJson { severity: word.clone(), incidents: *number };
        Self {
            incidents: year.incidents.iter().map(CaseIncidentJson::new).collect(),
            mainly_here: year.main,
            by_severity: year.by_severity.iter().map(severity).collect(),
            incident_shares: Figure::new(year.shares),
            recorded_cost: MoneyJson::list(&year.recorded),
            modelled_cost: MoneyJson::list(&year.modelled),
            without_cost: year.without_cost,
            handling: year.handling.map(|handling| HandlingJson {
                days: days(handling.days),
                cost: MoneyJson::new(handling.cost),
                unpriced: handling.unpriced,
            }),
        }
    }
}

impl CaseIncidentJson {
    fn new(incident: &CaseIncident) -> Self {
        Self {
            id: incident.id.clone(),
            title: incident.title.clone(),
            opened_at: Time::new(incident.opened),
            dated_by: incident.dated_by.map(date_code),
            severity: incident.severity.clone(),
            share: Figure::new(incident.share),
            mainly_here: incident.is_main,
            cost: incident.cost.map(MoneyJson::new),
            basis: incident.basis.map(basis_code),
            handling: incident.handling.map(MoneyJson::new),
            fix_commits: incident.commits.iter().map(ToString::to_string).collect(),
            accounts: incident.accounts.clone(),
        }
    }
}

impl PlaceJson {
    fn new(place: &Place) -> Self {
        Self {
            file: PathJson::new(&place.path),
            function: place.function.clone(),
            incidents: place.incidents.clone(),
        }
    }
}

impl CustomerJson {
    fn new(hit: &CustomerHit) -> Self {
        Self {
            account: hit.account.clone(),
            revenue_per_year: hit.revenue.map(MoneyJson::new),
            renewal_at: hit.renewal.map(Time::new),
            risk: hit.risk.clone(),
            at_risk: hit.is_at_risk,
            incidents: hit.incidents.clone(),
        }
    }
}
