//! Figures of a backtest by their identifiers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::values::Figure;
use debtscan_findings::{Estimate, Metric, Score};

/// Estimates by figure.
pub(crate) type Estimates = BTreeMap<&'static str, EstimateJson>;

/// Figures by score, then by figure.
pub(crate) type ScoreFigures = BTreeMap<&'static str, BTreeMap<&'static str, Figure>>;

/// A mean over cuts with the interval that holds 95% of the draws.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct EstimateJson {
    /// 2.5% quantile.
    low: Figure,
    /// What was observed.
    mean: Figure,
    /// 97.5% quantile.
    high: Figure,
}

/// The estimates of one score, in the order of [`Metric::ALL`].
pub(crate) fn estimates(all: &[Estimate]) -> Estimates {
    let estimate = |estimate: &Estimate| EstimateJson {
        low: Figure::new(estimate.low),
        mean: Figure::new(estimate.mean),
        high: Figure::new(estimate.high),
    };
    Metric::ALL.iter().zip(all).map(|(metric, it)| (metric.id(), estimate(it))).collect()
}

/// The figures of one cut date, in the order of [`Score::ALL`].
pub(crate) fn score_figures(all: &[impl AsRef<[f64]>]) -> ScoreFigures {
    let of_score = |figures: &[f64]| {
        Metric::ALL.iter().zip(figures).map(|(metric, figure)| (metric.id(), Figure::new(*figure))).collect()
    };
    Score::ALL.iter().zip(all).map(|(score, figures)| (score.id(), of_score(figures.as_ref()))).collect()
}
