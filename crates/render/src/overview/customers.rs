//! The areas whose incidents hit customer accounts.

use crate::document::{Block, Cell, Limit, Look, Note, Section, TableColumn};
use crate::number::{count, counted, day, grouped, percent, sums};
use crate::text::visible;
use debtscan_findings::{CustomerImpact, Report};

/// Accounts named per area.
const NAMED: usize = 3;

/// Areas by the revenue of the accounts hit, the order of the report among equals; `None` without any.
pub(super) fn section(report: &Report, top: Option<usize>) -> Option<Section> {
    let customers = report.customers.as_ref()?;
    let limit = Limit::new(top, 10);
    let mut areas: Vec<(&str, &CustomerImpact)> = report
        .areas
        .iter()
        .filter_map(|area| Some((area.name.as_str(), area.customers.as_ref()?)))
        .filter(|(_, impact)| impact.hits > 0)
        .collect();
    if areas.is_empty() {
        return None;
    }
    // The sort is stable: equal areas keep the order of the report.
    areas.sort_by_cached_key(|(_, impact)| {
        let revenue: Vec<i64> = impact.revenue.iter().map(|sum| sum.minor).collect();
        (std::cmp::Reverse(revenue), std::cmp::Reverse(impact.hits))
    });
    let rows = areas.iter().take(limit.rows()).map(|(name, impact)| row(name, impact)).collect();
    let all = &customers.all;
    Some(Section {
        title: "CUSTOMERS HIT".to_owned(),
        aside: format!(
            "{} of {} hit, {} in total; {}",
            count(all.accounts.len()),
            counted(customers.known, "account", "accounts"),
            counted(all.hits as usize, "time", "times"),
            revenue(all)
        ),
        columns: vec![
            TableColumn::text("area", 15, 0),
            TableColumn::number("accounts\nhit", 0),
            TableColumn::number("times", 3),
            TableColumn::number("share of\nincidents", 0),
            TableColumn::number("revenue\na year", 0),
            TableColumn::number("renewals\nahead", 2),
            TableColumn::word("next\nrenewal", 4),
            TableColumn::text("accounts", 24, 1),
        ],
        blocks: vec![Block { subject: None, rows, more: limit.more(areas.len()) }],
        notes: vec![Note::new("·", note(report), Look::Dim)],
    })
}

/// What the accounts pay, and how many have unknown revenue.
fn revenue(impact: &CustomerImpact) -> String {
    let unknown = impact.accounts.iter().filter(|hit| hit.revenue.is_none()).count();
    match (known_revenue(impact), unknown) {
        // An unknown revenue is not 0, so a sum over known accounts says how many it lacks.
        (None, _) => "their revenue is unknown".to_owned(),
        (Some(sum), 0) => format!("they pay {sum} a year"),
        (Some(sum), unknown) => {
            let accounts = count(impact.accounts.len());
            format!("they pay {sum} a year, revenue of {} of {accounts} unknown", count(unknown))
        }
    }
}

/// The sum of known revenue; `None` if none is known.
fn known_revenue(impact: &CustomerImpact) -> Option<String> {
    impact.accounts.iter().any(|hit| hit.revenue.is_some()).then(|| sums(&impact.revenue))
}

fn note(report: &Report) -> String {
    // The configuration may count a part of the revenue as cost, and the note must not deny it.
    let is_priced = report.totals.modelled_by_line.iter().any(|it| it.line == "price.revenue_at_risk");
    let cost =
        if is_priced { "counted as cost only by price.revenue_at_risk" } else { "not counted as cost" };
    format!("revenue: all that the accounts pay, once per area; at risk, not lost, {cost}")
}

fn row(name: &str, impact: &CustomerImpact) -> Vec<Cell> {
    let mut names: Vec<String> =
        impact.accounts.iter().take(NAMED).map(|hit| visible(hit.account.as_bytes())).collect();
    if impact.accounts.len() > NAMED {
        names.push(format!("{} more", count(impact.accounts.len() - NAMED)));
    }
    vec![
        Cell::new(visible(name.as_bytes())),
        Cell::new(count(impact.accounts.len())),
        Cell::new(grouped(impact.hits)),
        Cell::new(percent(impact.incident_share)),
        Cell::with_look(known_revenue(impact).unwrap_or_else(|| "unknown".to_owned()), Look::Bold),
        Cell::new(count(impact.renewals as usize)),
        Cell::dim(impact.next_renewal.map_or_else(String::new, day)),
        Cell::dim(names.join(", ")),
    ]
}
