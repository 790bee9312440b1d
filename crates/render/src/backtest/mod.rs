//! The backtest: document and CSV.

mod document;
mod sentence;

use std::io::Write;

pub(super) use self::document::document;
pub(super) use self::sentence::statement;
use super::number::{day, significant};
use debtscan_findings::{BacktestReport, Metric, Score};

/// The columns of the CSV.
const COLUMNS: [&str; 7] = ["date", "revision", "score", "figure", "value", "low", "high"];

/// Writes one row per score and figure: first of each cut date, then of the mean over cut dates, with an
/// interval and with empty date and revision.
pub(super) fn delimited(report: &BacktestReport, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    let number = |value: f64| significant(value, 6).to_string();
    for cut in &report.cuts {
        let (date, revision) = (day(cut.date), cut.revision.to_string());
        for (score, figures) in Score::ALL.iter().zip(&cut.figures) {
            for (metric, figure) in Metric::ALL.iter().zip(figures) {
                let value = number(*figure);
                writer.write_record([&date, &revision, score.id(), metric.id(), &value, "", ""])?;
            }
        }
    }
    for score in &report.scores {
        for (metric, it) in Metric::ALL.iter().zip(&score.figures) {
            let [value, low, high] = [it.mean, it.low, it.high].map(number);
            writer.write_record(["", "", score.score.id(), metric.id(), &value, &low, &high])?;
        }
    }
    writer.flush()?;
    Ok(())
}
