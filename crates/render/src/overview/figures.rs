//! The leading figures of a table: money, else expected incidents, else shares.

use crate::document::{Cell, Look, TableColumn};
use crate::number::{amount, cost_range, count, count_range, grouped, incidents, money, nearest, percent};
use crate::words::{all_factors, main_driver};
use debtscan_findings::{CostForecast, Forecast, Recorded, Report};

/// The figure that a ranking shows: the strongest that the data allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Expected cost per year.
    Cost,
    /// Expected incidents per year: no incident has a cost.
    Incidents,
    /// Share of next year's incidents: none is known.
    Share,
}

impl Lead {
    pub(crate) fn of(report: &Report) -> Self {
        let is_priced =
            // Costs may all be on undated incidents; then there is a currency and still no forecast
            // in it.
            !report.currencies.is_empty() && report.areas.iter().any(|area| !area.forecast.costs.is_empty());
        let is_counted = report.areas.iter().any(|area| area.forecast.incidents.is_some());
        if is_priced {
            Self::Cost
        } else if is_counted {
            Self::Incidents
        } else {
            Self::Share
        }
    }
}

/// Which of the figures give way, and when: see [`TableColumn::drop`](crate::document::TableColumn::drop).
#[derive(Debug, Clone, Copy)]
pub(super) struct Drops {
    pub(super) incidents: u8,
    pub(super) cost_so_far: u8,
    pub(super) range: u8,
}

/// Headings of recorded and expected figures, in the order of [`cells`].
pub(super) fn columns(report: &Report, lead: Lead, drops: Drops) -> Vec<TableColumn> {
    let mut columns = Vec::new();
    if report.totals.incidents > 0 {
        columns.push(TableColumn::number("incidents\nto date", drops.incidents));
    }
    if !report.currencies.is_empty() {
        columns.push(TableColumn::number("cost\nto date", drops.cost_so_far));
    }
    if !report.totals.modelled.is_zero() {
        // A part of the column before it, so it gives way earlier.
        columns.push(TableColumn::number("modelled\ncost", drops.cost_so_far + 2));
    }
    if shows_hours(report) {
        columns.push(TableColumn::number("hours\nof work", 3));
        columns.push(TableColumn::number("hours\nopen", 4));
    }
    columns.extend(expected_columns(lead, drops));
    columns
}

/// Headings of expected figures alone, in the order of [`expected_cells`].
pub(super) fn expected_columns(lead: Lead, drops: Drops) -> Vec<TableColumn> {
    match lead {
        Lead::Cost | Lead::Incidents => {
            vec![
                TableColumn::number("expected\nnext year", 0),
                TableColumn::number("80%\nrange", drops.range),
            ]
        }
        Lead::Share => vec![TableColumn::number("share of\nnext year", 0)],
    }
}

/// Whether time stands in for money: no incident has a price, and some have hours.
fn shows_hours(report: &Report) -> bool {
    report.currencies.is_empty() && !report.totals.hours.is_unknown()
}

/// Recorded and expected figures, with one line per currency. `decimals` are those of expected incidents.
pub(super) fn cells(
    report: &Report,
    lead: Lead,
    recorded: &Recorded,
    forecast: &Forecast,
    look: Look,
    decimals: usize,
) -> Vec<Cell> {
    let mut cells = Vec::new();
    if report.totals.incidents > 0 {
        let n = recorded.incidents;
        cells.push(Cell::with_look(grouped(n), if n == 0 { Look::Dim } else { Look::Plain }));
    }
    // One list for all cells of the row, so that the lines of one currency stand beside each other.
    let currencies = shown_currencies(report, recorded, forecast);
    if !report.currencies.is_empty() {
        let texts = currencies.iter().map(|currency| {
            money(debtscan_incidents::Money { minor: recorded.costs.minor(*currency), currency: *currency })
        });
        let is_nothing = recorded.costs.is_zero();
        cells.push(Cell::stacked(texts, if is_nothing { Look::Dim } else { Look::Plain }));
    }
    if !report.totals.modelled.is_zero() {
        let texts = currencies.iter().map(|currency| {
            money(debtscan_incidents::Money {
                minor: recorded.modelled.minor(*currency),
                currency: *currency,
            })
        });
        cells.push(Cell::stacked(texts, Look::Dim));
    }
    if shows_hours(report) {
        let hours = |hours: Option<f64>| Cell::new(hours.map_or_else(String::new, |it| incidents(it, 1)));
        cells.extend([hours(recorded.hours.effort), hours(recorded.hours.elapsed)]);
    }
    cells.extend(expected_cells(report, lead, recorded, forecast, look, decimals));
    cells
}

/// Expected figures alone, with one line per currency of the row.
pub(super) fn expected_cells(
    report: &Report,
    lead: Lead,
    recorded: &Recorded,
    forecast: &Forecast,
    look: Look,
    decimals: usize,
) -> Vec<Cell> {
    let currencies = shown_currencies(report, recorded, forecast);
    let mut cells = Vec::new();
    match lead {
        Lead::Cost => {
            let find =
                |currency| forecast.costs.iter().find(|cost: &&CostForecast| cost.currency == currency);
            let means = currencies.iter().map(|currency| {
                find(*currency).map_or_else(String::new, |cost| amount(cost.minor.mean, cost.currency))
            });
            let ranges =
                currencies.iter().map(|currency| find(*currency).map_or_else(String::new, cost_range));
            cells.push(Cell::stacked(means, look));
            cells.push(Cell::stacked(ranges, Look::Dim));
        }
        Lead::Incidents => {
            let interval = forecast.incidents.as_ref();
            cells.push(Cell::with_look(
                interval.map_or_else(String::new, |it| incidents(it.mean, decimals)),
                look,
            ));
            cells.push(Cell::dim(interval.map_or_else(String::new, count_range)));
        }
        Lead::Share => cells.push(Cell::with_look(percent(forecast.shares.total()), look)),
    }
    cells
}

/// The currencies with an amount in this row; the first one if there is none.
pub(super) fn shown_currencies(
    report: &Report,
    recorded: &Recorded,
    forecast: &Forecast,
) -> Vec<debtscan_incidents::Currency> {
    // A row with five currencies would be five lines high for amounts that are all 0.
    let says_something = |currency: &debtscan_incidents::Currency| {
        recorded.costs.minor(*currency) != 0
            || forecast.costs.iter().any(|cost| cost.currency == *currency && cost.minor.high > 0.0)
    };
    let shown: Vec<_> = report.currencies.iter().copied().filter(says_something).collect();
    if shown.is_empty() { report.currencies.iter().copied().take(1).collect() } else { shown }
}

/// The heading of [`density`].
pub(super) fn density_title(lead: Lead) -> &'static str {
    match lead {
        Lead::Cost | Lead::Incidents => "per 1,000\nlines",
        Lead::Share => "times the\naverage",
    }
}

/// Expected per 1,000 lines of code; without incidents, the share per line relative to the average
/// line. Empty without lines.
pub(super) fn density(report: &Report, lead: Lead, forecast: &Forecast, lines: u64) -> Cell {
    if lines == 0 {
        return Cell::new("");
    }
    // One line costs cents in most repositories, and the columns of a table have no room for
    // leading zeros.
    let per_thousand = 1000.0 / lines as f64;
    match lead {
        Lead::Cost => Cell::stacked(
            shown_currencies(report, &Recorded::default(), forecast).into_iter().map(|currency| {
                let cost = forecast.costs.iter().find(|cost| cost.currency == currency);
                cost.map_or_else(String::new, |cost| amount(cost.minor.mean * per_thousand, currency))
            }),
            Look::Bold,
        ),
        Lead::Incidents => Cell::with_look(
            forecast.incidents.map_or_else(String::new, |it| incidents(it.mean * per_thousand, 2)),
            Look::Bold,
        ),
        Lead::Share => {
            // `lines` is above 0 here, so the average is too.
            let average = lines as f64 / report.model.source_lines.max(1) as f64;
            Cell::with_look(format!("{} ×", incidents(forecast.shares.total() / average, 1)), Look::Bold)
        }
    }
}

/// Number of first rows that make up half of the expected total; at least 1 if anything is expected.
pub(crate) fn half<'a>(forecasts: impl Iterator<Item = &'a Forecast> + Clone) -> usize {
    let total: f64 = forecasts.clone().map(|forecast| forecast.shares.total()).sum();
    // Without source lines all shares are 0, and no number of rows holds half of nothing.
    if total <= 0.0 {
        return 0;
    }
    let mut sum = 0.0;
    for (position, forecast) in forecasts.enumerate() {
        sum += forecast.shares.total();
        // A share of exactly a half may be a hair below it after adding.
        if sum * 2.0 >= total * (1.0 - 1e-9) {
            return position + 1;
        }
    }
    0
}

/// How concentrated a list is: `half of the expected cost is in 3 of 40 areas`; empty for fewer than two rows.
pub(super) fn concentration(lead: Lead, half: usize, n: usize, many: &str) -> String {
    // "In 1 of 1 areas" says nothing.
    if n < 2 || half == 0 {
        return String::new();
    }
    let what = match lead {
        Lead::Cost => "expected cost",
        Lead::Incidents | Lead::Share => "expected incidents",
    };
    let is = if lead == Lead::Cost { "is" } else { "are" };
    format!("half of the {what} {is} in {} of {} {many}", count(half), count(n))
}

/// The look of a leading figure: accented in the rows that make up half of the expected total.
pub(super) fn look(position: usize, half: usize) -> Look {
    if position < half { Look::Accent } else { Look::Bold }
}

/// The heading of [`why`].
pub(crate) const WHY: &str = "compared with\nits size";

/// What multiplies the share of size most; empty for a share of 0.
pub(crate) fn why(forecast: &Forecast) -> Cell {
    Cell::new(forecast.factors.as_ref().map(main_driver).unwrap_or_default())
}

/// All factors besides size: `1.4 0.9 1.0 2.1`; empty for a share of 0.
pub(super) fn factors(forecast: &Forecast) -> Cell {
    Cell::dim(forecast.factors.as_ref().map(all_factors).unwrap_or_default())
}

/// Columns of a full bar.
const BAR: u8 = 12;

/// A bar that is full for the largest of the table; in eighths of a column.
pub(super) fn bar(part: f64, largest: f64, look: Look) -> Cell {
    if largest <= 0.0 {
        return Cell::new("");
    }
    // Unicode has blocks of an eighth of a column. A bar of whole columns would show twelve steps
    // only.
    let eighths = nearest(part / largest * f64::from(BAR * 8)).clamp(0, i64::from(BAR * 8));
    let eighths = usize::try_from(eighths).expect("clamped to the bar");
    let mut text = "█".repeat(eighths / 8);
    text.push_str(["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]);
    Cell::with_look(text, if look == Look::Accent { Look::Accent } else { Look::Dim })
}

/// A score without unit: one decimal below a hundred; empty for 0.
pub(crate) fn score(value: f64) -> Cell {
    if value <= 0.0 {
        return Cell::new("");
    }
    // 99.95 is the first value that one decimal would round to 100.0, a digit wider than the rest.
    Cell::new(if value >= 99.95 { grouped(nearest(value)) } else { incidents(value, 1) })
}

#[cfg(test)]
mod tests {
    use super::{Lead, bar, density, half};
    use crate::document::Look;
    use debtscan_findings::{Forecast, ShareParts};

    fn forecast(share: f64) -> Forecast {
        Forecast {
            shares: ShareParts { size: share, ..ShareParts::default() },
            factors: None,
            incidents: None,
            costs: Vec::new(),
        }
    }

    #[test]
    fn half_counts_the_first_rows_that_hold_half_of_the_whole() {
        let rows = |shares: &[f64]| shares.iter().map(|share| forecast(*share)).collect::<Vec<_>>();
        assert_eq!(half(rows(&[0.3, 0.2, 0.5]).iter()), 2);
        assert_eq!(half(rows(&[0.6, 0.4]).iter()), 1);
        assert_eq!(half(rows(&[]).iter()), 0);
    }

    #[test]
    fn without_incidents_a_line_is_compared_with_the_average_line() {
        let report = crate::sample::bare();
        // 9,669.6 of 96,696 lines are a tenth; twice its share is 0.2
        let cell = density(&report, Lead::Share, &forecast(0.2), 9_670);
        assert_eq!(cell.lines[0].0, "2.0 ×");
        assert_eq!(density(&report, Lead::Share, &forecast(0.2), 0).lines[0].0, "");
    }

    #[test]
    fn a_bar_is_drawn_in_eighths_of_a_column() {
        let text = |part| bar(part, 1.0, Look::Plain).lines[0].0.clone();
        assert_eq!(text(1.0), "█".repeat(12));
        // 0.26 x 96 eighths = 24.96 = 25 eighths = 3 columns and 1 eighth
        assert_eq!(text(0.26), "███▏");
        assert_eq!(text(0.0), "");
    }
}
