//! A trend as metrics with times, for `promtool tsdb create-blocks-from openmetrics`.

use std::io::{self, Write};

use debtscan_findings::TrendList;

use super::metrics::{head, label_set, number};
use super::shown::repository;

/// Writes every measure, its points by time.
pub(crate) fn write(list: &TrendList, out: &mut dyn Write) -> io::Result<()> {
    let labels = [
        ("repository", repository(list.head.project.as_deref(), list.head.root)),
        ("kind", list.kind.code().to_owned()),
        ("subject", list.name.clone()),
    ];
    let labels = label_set(&labels);
    for measure in &list.measures {
        let name = format!("debtscan_trend_{}", measure.measure.code());
        let points = list.points.iter().zip(&measure.values);
        let known: Vec<(i64, f64)> =
            points.filter_map(|(point, value)| value.map(|value| (point.at.0, value))).collect();
        if known.is_empty() {
            continue;
        }
        let help = format!("{} at past dates, as of debtscan trend.", measure.measure.code());
        head(&name, "gauge", "", &help, out)?;
        for (at, value) in known {
            writeln!(out, "{name}{labels} {} {at}", number(value))?;
        }
    }
    writeln!(out, "# EOF")
}
