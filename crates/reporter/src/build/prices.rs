//! How costs are known: counts, remarks and the assumption behind the mean.

use std::collections::BTreeMap;

use super::Analysis;
use super::remarks::Remarks;
use super::words::{amount, count as counted, grouped, in_parentheses};
use crate::hours::{add_hours, hours_of};
use debtscan_findings::{Basis, Hours, Price, Totals};
use debtscan_incidents::{Costs, Money};

/// Whether the configured model priced an incident, by its position in the list.
pub(super) fn is_modelled(analysis: &Analysis<'_>, incident: usize) -> bool {
    let price = analysis.pricing.prices[incident].as_ref();
    price.is_some_and(|price| price.basis == Basis::Modelled)
}

/// Sums what is recorded and what is modelled, by line of the configuration.
pub(super) fn count(analysis: &Analysis<'_>, totals: &mut Totals) {
    let mut by_line: BTreeMap<&str, (usize, Costs)> = BTreeMap::new();
    let mut is_converted = false;
    for (incident, price) in analysis.incidents().list.iter().zip(&analysis.pricing.prices) {
        add_hours(&mut totals.hours, &hours_of(incident), 1.0);
        let Some(price) = price else { continue };
        if price.basis == Basis::Recorded {
            totals.recorded.add(price.amount);
            totals.incidents_recorded += 1;
            totals.recorded_unconverted.add(price.original.unwrap_or(price.amount));
            is_converted |= price.original.is_some();
            continue;
        }
        totals.modelled.add(price.amount);
        totals.incidents_modelled += 1;
        for part in &price.parts {
            let (incidents, costs) = by_line.entry(&part.line).or_default();
            *incidents += 1;
            costs.add(part.amount);
        }
    }
    if !is_converted {
        totals.recorded_unconverted = Costs::default();
    }
    let lines = by_line.into_iter();
    totals.modelled_by_line =
        lines.map(|(line, (incidents, costs))| (line.to_owned(), incidents, costs)).collect();
}

/// What to know of the prices, and what to configure.
pub(super) fn remarks(analysis: &Analysis<'_>, totals: &Totals, remarks: &mut Remarks) {
    if totals.incidents_modelled > 0 {
        modelled(totals, remarks);
    }
    if !totals.recorded_unconverted.is_zero() {
        let message = format!(
            "Recorded costs were converted at the rates of {} in [price.rates]: {} as recorded.",
            analysis.rates_of.unwrap_or_default(),
            in_parentheses(&totals.recorded_unconverted).trim().trim_matches(['(', ')'])
        );
        remarks.note("converted-costs", message, "");
    }
    if analysis.pricing.without_rate > 0 {
        let costs = counted(analysis.pricing.without_rate, "recorded cost");
        let message = format!("{costs} in a currency that [price.rates] has no rate for: not converted.");
        remarks.note("costs-without-rate", message, "add the currency to [price.rates]");
    }
    no_effort(analysis, remarks);
    accounts(analysis, remarks);
    let unpriced = totals.incidents - totals.incidents_recorded - totals.incidents_modelled;
    if analysis.currencies.is_empty() {
        let (what, hint) = match (unpriced < totals.incidents, analysis.has_model) {
            (true, _) => {
                ("All costs are 0", "fill in the cost column; left empty, [price] in debtscan.toml applies")
            }
            (false, true) => ("No incident has a cost", "fill in the cost column"),
            (false, false) => ("No incident has a cost", HOW_TO_PRICE),
        };
        let known = hours(&totals.hours);
        let message = format!("{what}, so areas are ranked by expected incidents, not by money.{known}");
        remarks.note("no-prices", message, hint);
    } else if unpriced > 0 {
        let message = format!(
            "{} of {} without a cost: forecasts assume that they cost the mean of the others.{}",
            grouped(unpriced as u64),
            counted(totals.incidents, "incident"),
            if analysis.has_model { String::new() } else { hours(&totals.hours) }
        );
        let hint = if analysis.has_model { "fill in the cost column" } else { HOW_TO_PRICE };
        remarks.note("unpriced-incidents", message, hint);
    }
}

/// What makes money of incidents without a cost.
const HOW_TO_PRICE: &str = "fill in the cost column, or set effort_hour, elapsed_minute or [price.severity] under [price] in debtscan.toml";

fn modelled(totals: &Totals, remarks: &mut Remarks) {
    let lines: Vec<String> = totals
        .modelled_by_line
        .iter()
        .map(|(line, incidents, costs)| {
            format!("{line} {}{}", counted(*incidents, "incident"), in_parentheses(costs))
        })
        .collect();
    let message = format!(
        "{} priced by your model{}, {} by record{}. By line of debtscan.toml: {}.",
        counted(totals.incidents_modelled, "incident"),
        in_parentheses(&totals.modelled),
        grouped(totals.incidents_recorded as u64),
        in_parentheses(&totals.recorded),
        lines.join(", ")
    );
    remarks.note("modelled-costs", message, "");
}

fn no_effort(analysis: &Analysis<'_>, remarks: &mut Remarks) {
    let incidents = analysis.incidents().list.iter().zip(&analysis.pricing.prices);
    let is_recorded = |price: &Option<Price>| price.as_ref().is_some_and(|it| it.basis == Basis::Recorded);
    let elapsed_only = incidents
        .filter(|(incident, price)| {
            !is_recorded(price) && incident.effort_seconds.is_none() && incident.elapsed().is_some()
        })
        .count();
    if analysis.has_effort_price && elapsed_only > 0 {
        let message = format!(
            "{} with a duration and no effort: people are charged on effort, so their work is not priced.",
            counted(elapsed_only, "incident")
        );
        remarks.note("no-effort", message, "export the hours worked");
    }
}

fn accounts(analysis: &Analysis<'_>, remarks: &mut Remarks) {
    let Some(accounts) = analysis.accounts else { return };
    if let Some(header) = &accounts.doubtful_revenue {
        let message = format!(
            "The revenue of accounts was read from `{header}`, which in Salesforce and HubSpot is the customer's \
             own turnover."
        );
        remarks.note("account-revenue", message, "export what the account pays a year as `arr`");
    }
    let list = &analysis.incidents().list;
    let unknown: usize = list.iter().map(|incident| accounts.unknown_in(incident)).sum();
    if unknown > 0 {
        let message = format!(
            "{} in incidents that no row of the accounts file bears.",
            counted(unknown, "account name")
        );
        remarks.note("unknown-accounts", message, "use the account's name or id in both files");
    }
}

/// What is known in hours, as a sentence after a blank; empty when nothing is.
fn hours(hours: &Hours) -> String {
    let part = |hours: Option<f64>, what: &str| {
        hours.map(|hours| format!("{} {what}", super::words::precise_hours(hours)))
    };
    let known: Vec<String> =
        [part(hours.effort, "hours of work"), part(hours.elapsed, "hours from beginning to end")]
            .into_iter()
            .flatten()
            .collect();
    if known.is_empty() { String::new() } else { format!(" Known are {}.", known.join(" and ")) }
}

/// How the mean cost was made; `None` without any cost.
pub(super) fn assumption(analysis: &Analysis<'_>) -> Option<String> {
    let costs = &analysis.outlook.costs;
    if costs.is_empty() {
        return None;
    }
    let tails: Vec<String> = costs
        .iter()
        .filter_map(|(currency, draws)| {
            let money =
                |minor: u64| Some(amount(Money { minor: i64::try_from(minor).ok()?, currency: *currency }));
            let (largest, counted) = draws.winsorised()?;
            Some(format!("{} counts as {}", money(largest)?, money(counted)?))
        })
        .collect();
    Some(if tails.is_empty() {
        "The cost of an incident is the mean of the past costs, zeros included; it has no trend.".to_owned()
    } else {
        format!(
            "The cost of an incident is the winsorised mean of the past costs, zeros included: the largest, {}; \
             it has no trend.",
            tails.join(", ")
        )
    })
}
