//! CSV with one figure per row: its columns are the same for every repository, whatever its currencies.

use std::io::Write;

use debtscan_findings::{AreaReport, FileReport, Forecast, Recorded, Report};
use debtscan_incidents::Currency;

use super::shown::repository;
use crate::delimited::DelimitedRow;
use crate::number::{decimal, minor_per_unit, rfc3339, significant};
use crate::options::RenderOptions;

const HEADER: [&str; 11] = [
    "repository",
    "revision",
    "as_of",
    "kind",
    "area_id",
    "area_name",
    "path",
    "metric",
    "unit",
    "currency",
    "value",
];

/// What a row is about.
struct Item<'a> {
    kind: &'static str,
    area: &'a AreaReport,
    path: &'a [u8],
}

/// A figure: its name, unit, currency if it is money, and value.
struct LongFigure {
    metric: &'static str,
    unit: &'static str,
    currency: Option<Currency>,
    value: String,
}

/// Writes every figure of every area and every ranked file.
pub(super) fn write(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> csv::Result<()> {
    let top = options.top.unwrap_or(usize::MAX);
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
    writer.write_record(HEADER)?;
    let name = repository(report.project.as_deref(), report.root);
    let mut write = |item: &Item<'_>, figures: Vec<LongFigure>| -> csv::Result<()> {
        for figure in figures {
            let mut row = DelimitedRow::default();
            row.free(&name);
            row.exact(report.revision.to_string());
            row.exact(rfc3339(report.as_of));
            row.exact(item.kind);
            row.exact(&item.area.id);
            row.free(&item.area.name);
            row.exact(item.path);
            row.exact(figure.metric);
            row.exact(figure.unit);
            row.exact(figure.currency.map_or_else(String::new, |currency| currency.code().to_owned()));
            row.exact(figure.value);
            writer.write_byte_record(&csv::ByteRecord::from(row.0))?;
        }
        Ok(())
    };
    for area in report.areas.iter().take(top) {
        write(&Item { kind: "area", area, path: b"" }, of_area(report, area))?;
    }
    for file in report.files.iter().filter(|file| file.rank.is_some()).take(top) {
        let item = Item { kind: "file", area: &report.areas[file.area], path: file.path.as_bytes() };
        write(&item, of_file(report, file))?;
    }
    writer.flush()?;
    Ok(())
}

fn of_area(report: &Report, area: &AreaReport) -> Vec<LongFigure> {
    let mut figures = vec![
        count("source_files", "files", area.source_files as u64),
        count("source_lines", "lines", area.source_lines),
        count("commits_last_year", "commits", u64::from(area.revisions_last_year)),
        count("incidents_last_year", "incidents", u64::from(area.incidents_last_12_months)),
        float("hotspot_score", "score", area.hotspot),
    ];
    figures.extend(common(report, &area.recorded, &area.forecast));
    figures
}

fn of_file(report: &Report, file: &FileReport) -> Vec<LongFigure> {
    let mut figures = vec![
        count("source_lines", "lines", u64::from(file.sloc)),
        count("commits_last_year", "commits", u64::from(file.revisions_last_year)),
        float("hotspot_score", "score", file.hotspot),
    ];
    // A figure that is unknown has no row.
    figures.extend(file.cognitive.map(|value| count("cognitive", "points", value)));
    figures.extend(file.cyclomatic.map(|value| count("cyclomatic", "points", value)));
    figures.extend(common(report, &file.recorded, &file.forecast));
    figures
}

fn common(report: &Report, recorded: &Recorded, forecast: &Forecast) -> Vec<LongFigure> {
    let mut figures = vec![
        count("incidents", "incidents", u64::from(recorded.incidents)),
        float("expected_share", "ratio", forecast.shares.total()),
    ];
    if let Some(incidents) = forecast.incidents {
        figures.push(float("expected_incidents_low", "incidents", incidents.low));
        figures.push(float("expected_incidents", "incidents", incidents.mean));
        figures.push(float("expected_incidents_high", "incidents", incidents.high));
    }
    for currency in &report.currencies {
        let minor = recorded.costs.iter().find(|it| it.currency == *currency).map_or(0, |it| it.minor);
        figures.push(money("cost_to_date", *currency, decimal(minor, *currency)));
    }
    for cost in &forecast.costs {
        let units = |minor: f64| significant(minor / minor_per_unit(cost.currency), 6).to_string();
        figures.push(money("expected_cost_low", cost.currency, units(cost.minor.low)));
        figures.push(money("expected_cost", cost.currency, units(cost.minor.mean)));
        figures.push(money("expected_cost_high", cost.currency, units(cost.minor.high)));
    }
    figures
}

fn count(metric: &'static str, unit: &'static str, value: u64) -> LongFigure {
    LongFigure { metric, unit, currency: None, value: value.to_string() }
}

fn float(metric: &'static str, unit: &'static str, value: f64) -> LongFigure {
    LongFigure { metric, unit, currency: None, value: significant(value, 6).to_string() }
}

fn money(metric: &'static str, currency: Currency, value: String) -> LongFigure {
    LongFigure { metric, unit: "currency", currency: Some(currency), value }
}
