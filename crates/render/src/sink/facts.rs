//! One flat JSON object per area, for developer portals: text, numbers and booleans without nesting.

use std::io::{self, Write};

use debtscan_findings::{AgreedArea, AreaReport, Report};
use debtscan_incidents::Currency;
use serde_json::{Map, Value as Json, json};

use super::shown::repository;
use crate::json::{SCHEMA_VERSION, document};
use crate::number::{minor_per_unit, rfc3339, significant};
use crate::options::RenderOptions;

/// Writes an array of areas by rank.
pub(super) fn write(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let areas = report.areas.iter().take(options.top.unwrap_or(usize::MAX));
    document(&areas.map(|area| facts(report, area)).collect::<Vec<_>>(), out)
}

fn facts(report: &Report, area: &AreaReport) -> Json {
    let agreed = report.agreed.iter().find(|agreed| agreed.area == area.id);
    let expected = area.forecast.incidents;
    let mut facts = Map::new();
    let mut add = |key: &str, value: Json| {
        facts.insert(key.to_owned(), value);
    };
    add("schema_version", json!(SCHEMA_VERSION));
    add("repository", json!(repository(report.project.as_deref(), report.root)));
    add("revision", json!(report.revision.to_string()));
    add("as_of", json!(rfc3339(report.as_of)));
    add("id", json!(area.id));
    add("name", json!(area.name));
    add("owner", json!(area.owner));
    add("rank", json!(area.rank));
    add("source_files", json!(area.source_files));
    add("source_lines", json!(area.source_lines));
    add("commits_last_12_months", json!(area.revisions_last_year));
    add("incidents_to_date", json!(area.recorded.incidents));
    add("incidents_last_12_months", json!(area.incidents_last_12_months));
    add("incidents_previous_12_months", json!(area.incidents_previous_12_months));
    add("last_incident_at", json!(area.last_incident.map(rfc3339)));
    add("expected_share", json!(figure(area.forecast.shares.total())));
    add("expected_incidents_per_year", json!(expected.map(|it| figure(it.mean))));
    add("expected_incidents_per_year_low", json!(expected.map(|it| figure(it.low))));
    add("expected_incidents_per_year_high", json!(expected.map(|it| figure(it.high))));
    add("year_broke_with_past", json!(area.change.broken.is_some()));
    add("has_agreement", json!(agreed.is_some()));
    add("needs_decision", json!(agreed.is_some_and(AgreedArea::needs_decision)));
    add("data_is_complete", json!(report.quality.is_whole()));
    add("data_is_invented", json!(report.quality.is_invented()));
    // Of the whole report, not of the area, so that all areas have the same keys.
    for currency in &report.currencies {
        for (key, value) in money(area, *currency) {
            add(&format!("{key}_{}", currency.code().to_ascii_lowercase()), value);
        }
    }
    Json::Object(facts)
}

/// Amounts in units of a currency: portals have no minor units.
fn money(area: &AreaReport, currency: Currency) -> [(&'static str, Json); 4] {
    let units = |minor: f64| figure(minor / minor_per_unit(currency));
    let to_date = area.recorded.costs.iter().find(|it| it.currency == currency).map_or(0, |it| it.minor);
    let expected = area.forecast.costs.iter().find(|it| it.currency == currency).map(|it| it.minor);
    [
        ("cost_to_date", json!(to_date as f64 / minor_per_unit(currency))),
        ("expected_cost_per_year", json!(expected.map(|it| units(it.mean)))),
        ("expected_cost_per_year_low", json!(expected.map(|it| units(it.low)))),
        ("expected_cost_per_year_high", json!(expected.map(|it| units(it.high)))),
    ]
}

fn figure(value: f64) -> f64 {
    significant(value, 6)
}
