//! Means over cuts, with their intervals.

use super::cut::Cut;
use super::resample::{Draws, median, quantiles};
use debtscan_findings::{Estimate, Gains, METRICS, Rules, Score, ScoreReport, YearlyTotal};

/// Means, intervals and paired differences; empty without cuts.
///
/// One draw takes as many cuts as there are, and within each as many incidents as came, both with
/// replacement; the order of the files and the oracle's area stay as they are.
pub(super) fn scores(cuts: &[Cut], rules: &Rules) -> Vec<ScoreReport> {
    if cuts.is_empty() {
        return Vec::new();
    }
    let observed: Vec<&Vec<Gains>> = cuts.iter().map(|cut| &cut.report.figures).collect();
    let means = mean(&observed);
    let mut draws = Draws::new(rules.seed);
    let drawn: Vec<Vec<Gains>> = (0..rules.resamples).map(|_| mean_of_draw(cuts, &mut draws)).collect();
    let estimate = |observed: f64, value: &dyn Fn(&Vec<Gains>) -> f64| {
        let mut values: Vec<f64> = drawn.iter().map(value).collect();
        let (low, high) = quantiles(&mut values, 0.025, 0.975);
        Estimate { mean: observed, low, high }
    };
    let report = |(position, score): (usize, &Score)| ScoreReport {
        score: *score,
        figures: std::array::from_fn(|metric| {
            estimate(means[position][metric], &|draw| draw[position][metric])
        }),
        debtscan_has_more: std::array::from_fn(|metric| {
            let difference = |figures: &Vec<Gains>| figures[0][metric] - figures[position][metric];
            estimate(difference(&means), &difference)
        }),
    };
    Score::ALL.iter().enumerate().map(report).collect()
}

fn mean_of_draw(cuts: &[Cut], draws: &mut Draws) -> Vec<Gains> {
    let drawn: Vec<Vec<Gains>> = cuts
        .iter()
        .map(|_| {
            // As many cut dates and incidents as there were, both with replacement.
            let cut = &cuts[draws.below(cuts.len())];
            let incidents = cut.sample.gains.len();
            let mut times = vec![0; incidents];
            for _ in 0..incidents {
                times[draws.below(incidents)] += 1;
            }
            cut.sample.figures(&times)
        })
        .collect();
    mean(&drawn.iter().collect::<Vec<_>>())
}

fn mean(all: &[&Vec<Gains>]) -> Vec<Gains> {
    let mut sums = vec![[0.0; METRICS]; Score::ALL.len()];
    for figures in all {
        for (sum, figure) in sums.iter_mut().flatten().zip(figures.iter().flatten()) {
            *sum += figure;
        }
    }
    sums.iter_mut().flatten().for_each(|sum| *sum /= all.len() as f64);
    sums
}

/// The errors of the yearly total.
pub(super) fn yearly_total(cuts: &[Cut]) -> YearlyTotal {
    let error = |expected: f64, came: usize| (expected - came as f64).abs() / came as f64;
    let stated = cuts.iter().filter_map(|cut| Some(error(cut.report.expected?, cut.report.came)));
    let last_year = cuts.iter().map(|cut| error(f64::from(cut.report.last_year), cut.report.came));
    YearlyTotal {
        median_error: median(&stated.collect::<Vec<_>>()),
        median_error_of_last_year: median(&last_year.collect::<Vec<_>>()),
    }
}
