//! Remarks on costs: recorded, modelled, missing, and the assumption behind the mean.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::hours::{add_hours, hours_of};
use crate::rank::{PricedSpan, rounded};
use debtscan_findings::{Assumption, Basis, ModelledCosts, Price, PricedLine, Remark, Totals};
use debtscan_incidents::{Costs, Incident, Money};

/// Whether the configured model priced an incident, by its position in the list.
pub(super) fn is_modelled(analysis: &Analysis<'_>, incident: usize) -> bool {
    let price = analysis.pricing.prices[incident].as_ref();
    price.is_some_and(|price| price.basis == Basis::Modelled)
}

/// Sums what is recorded and what is modelled, by line of the configuration.
pub(super) fn count(analysis: &Analysis<'_>, totals: &mut Totals) {
    let mut by_line: BTreeMap<&str, (usize, Costs)> = BTreeMap::new();
    let mut is_converted = false;
    let incidents = analysis.incidents().list.iter().zip(&analysis.attribution.incidents);
    for ((incident, attributed), price) in incidents.zip(&analysis.pricing.prices) {
        let placement = &attributed.placement;
        add_hours(&mut totals.hours, &hours_of(incident), placement.visible_share());
        let Some(price) = price else {
            assume(analysis, incident, placement.visible_share(), totals);
            continue;
        };
        // Of a placed incident, only the part on scanned files.
        let amount = placement.visible_cost().unwrap_or(price.amount);
        if price.basis == Basis::Recorded {
            totals.recorded.add(amount);
            totals.incidents_recorded += 1;
            let original = price.original.map_or(amount, |original| placement.visible_part(original));
            totals.recorded_unconverted.add(original);
            is_converted |= price.original.is_some();
            continue;
        }
        totals.modelled.add(amount);
        totals.incidents_modelled += 1;
        for part in &price.parts {
            let (incidents, costs) = by_line.entry(&part.line).or_default();
            *incidents += 1;
            costs.add(placement.visible_part(part.amount));
        }
    }
    // Without a conversion both sums are equal.
    if !is_converted {
        totals.recorded_unconverted = Costs::default();
    }
    let cost = totals.cost();
    totals.is_assumed_large =
        // Five times a sum can exceed 64 bits.
        totals.assumed.iter().any(|sum| i128::from(sum.minor) * 5 > i128::from(cost.minor(sum.currency)));
    let lines = by_line.into_iter();
    totals.modelled_by_line = lines
        .map(|(line, (incidents, cost))| PricedLine { line: line.to_owned(), incidents, cost })
        .collect();
}

/// Adds what an incident without a cost is assumed to have cost.
fn assume(analysis: &Analysis<'_>, incident: &Incident, visible_share: f64, totals: &mut Totals) {
    let means = &analysis.forecaster.severity_means;
    totals.incidents_assumed += usize::from(!means.is_empty());
    for (currency, means) in means {
        let minor = rounded(means.of_incident(incident) * visible_share);
        totals.assumed.add(Money { minor, currency: *currency });
    }
}

/// The remarks on prices.
pub(super) fn remarks(analysis: &Analysis<'_>, totals: &Totals, remarks: &mut Vec<Remark>) {
    if totals.incidents_modelled > 0 {
        remarks.push(Remark::ModelledCosts(ModelledCosts {
            incidents: totals.incidents_modelled,
            cost: totals.modelled.clone(),
            recorded_incidents: totals.incidents_recorded,
            recorded: totals.recorded.clone(),
            by_line: totals.modelled_by_line.clone(),
        }));
    }
    if !totals.recorded_unconverted.is_zero() {
        let conversion = analysis.options.price.conversion.as_ref();
        remarks.push(Remark::ConvertedCosts {
            date: conversion.expect("only a conversion leaves unconverted costs behind").date.clone(),
            original: totals.recorded_unconverted.clone(),
        });
    }
    if analysis.pricing.without_rate > 0 {
        remarks.push(Remark::CostsWithoutRate { costs: analysis.pricing.without_rate });
    }
    no_effort(analysis, remarks);
    accounts(analysis, remarks);
    let unpriced = totals.incidents - totals.incidents_recorded - totals.incidents_modelled;
    let (has_model, hours) = (!analysis.options.price.is_empty(), totals.hours);
    if analysis.currencies.is_empty() {
        // If any incident has a price, all of these prices are zeros.
        let is_all_zero = unpriced < totals.incidents;
        remarks.push(Remark::NoPrices { is_all_zero, has_model, hours });
    } else if unpriced > 0 {
        let of = totals.incidents;
        let assumed = totals.assumed.clone();
        remarks.push(Remark::UnpricedIncidents { incidents: unpriced, of, assumed, has_model, hours });
    }
    let PricedSpan { from, before, to, after } = analysis.forecaster.priced_span;
    if from.is_some() || to.is_some() {
        remarks.push(Remark::PricedSpan { from, before, to, after });
    }
}

fn no_effort(analysis: &Analysis<'_>, remarks: &mut Vec<Remark>) {
    let incidents = analysis.incidents().list.iter().zip(&analysis.pricing.prices);
    let is_recorded = |price: &Option<Price>| price.as_ref().is_some_and(|it| it.basis == Basis::Recorded);
    let elapsed_only = incidents
        .filter(|(incident, price)| {
            !is_recorded(price) && incident.effort_seconds.is_none() && incident.elapsed().is_some()
        })
        .count();
    // Elapsed time is never charged as work, so that this rate prices none of them.
    if analysis.options.price.effort_hour.is_some() && elapsed_only > 0 {
        remarks.push(Remark::NoEffort { incidents: elapsed_only });
    }
}

fn accounts(analysis: &Analysis<'_>, remarks: &mut Vec<Remark>) {
    let Some(accounts) = &analysis.options.accounts else { return };
    if let Some(header) = &accounts.doubtful_revenue {
        remarks.push(Remark::AccountRevenue { header: header.clone() });
    }
    let list = &analysis.incidents().list;
    let names: usize = list.iter().map(|incident| accounts.unknown_in(incident)).sum();
    if names > 0 {
        remarks.push(Remark::UnknownAccounts { names });
    }
}

/// How the mean cost was made; `None` without any cost.
pub(super) fn assumption(analysis: &Analysis<'_>) -> Option<Assumption> {
    let costs = &analysis.forecaster.costs;
    if costs.is_empty() {
        return None;
    }
    let tails = costs.iter().filter_map(|(currency, draws)| {
        let money = |minor: u64| Some(Money { minor: i64::try_from(minor).ok()?, currency: *currency });
        let (largest, counted) = draws.winsorised()?;
        Some((money(largest)?, money(counted)?))
    });
    Some(Assumption::MeanCost { winsorised: tails.collect() })
}
