//! Sampled futures: other costs of the incidents to come, other efforts.
//!
//! Each quantity has [`FUTURES`] equally likely values, the quantiles at the middle of each part of its distribution.
//! Every value is in exactly one future, in an order that depends on the name of the quantity alone.

use debtscan_findings::plan::FUTURES;

use super::super::triangular::Triangular;
use super::candidates::{AreaValue, FixCandidates};
use super::problem::Problem;
use crate::parameters::RankingParameters;

/// The problems of the futures.
pub(super) fn futures(
    problem: &Problem,
    candidates: &FixCandidates,
    incident_values: &[usize],
    parameters: &RankingParameters,
) -> Vec<Problem> {
    let years: Vec<Vec<f64>> = candidates.values.iter().map(|value| factors(value, parameters)).collect();
    let efforts: Vec<Vec<u32>> = candidates
        .list
        .iter()
        .map(|candidate| {
            let days = candidate.fix.effort.map_or([1; 3], |it| [it.low.0, it.likely.0, it.high.0]);
            let [low, mode, high] = days.map(f64::from);
            let distribution = Triangular { low, mode, high };
            shuffled(&candidate.fix.id).map(|part| tenths(distribution.quantile(middle(part)))).collect()
        })
        .collect();
    let future = |number: usize| {
        let mut future = problem.clone();
        for (weight, value) in future.weights.iter_mut().zip(incident_values) {
            *weight = scaled(*weight, years[*value][number]);
        }
        for (job, efforts) in future.jobs.iter_mut().zip(&efforts) {
            job.effort = efforts[number];
        }
        future
    };
    (0..FUTURES as usize).map(future).collect()
}

/// By future: the cost, or number, of the incidents of a year in proportion to its mean.
fn factors(value: &AreaValue, parameters: &RankingParameters) -> Vec<f64> {
    let mean = value.per_year();
    let costs = value.draws.as_ref().map(|draws| draws.distribution(value.counts, parameters));
    let of_part = |part: u32| {
        let probability = middle(part);
        let year = match &costs {
            Some(costs) => costs.quantile(probability),
            None => value.counts.quantile(probability),
        };
        if mean > 0.0 { year as f64 / mean } else { 0.0 }
    };
    shuffled(&value.id).map(of_part).collect()
}

fn middle(part: u32) -> f64 {
    (f64::from(part) + 0.5) / f64::from(FUTURES)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a quantile of an effort")]
fn tenths(days: f64) -> u32 {
    (days.round() as u32).max(1)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a weight; a factor of an unlikely year saturates"
)]
fn scaled(weight: u64, factor: f64) -> u64 {
    (weight as f64 * factor).round().min(1e15) as u64
}

/// The parts of a distribution in an order of their own.
fn shuffled(name: &str) -> impl Iterator<Item = u32> {
    // FNV-1a, then Knuth's MMIX generator.
    let mut state = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut parts: Vec<u32> = (0..FUTURES).collect();
    for last in (1..parts.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = (state >> 33) % (last as u64 + 1);
        parts.swap(last, usize::try_from(other).expect("at most the number of futures"));
    }
    parts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{FUTURES, shuffled};

    #[test]
    fn each_future_has_another_part_of_each_distribution() {
        for name in ["", "a", "b"] {
            let mut parts: Vec<u32> = shuffled(name).collect();
            assert_ne!(parts, (0..FUTURES).collect::<Vec<_>>(), "{name}");
            parts.sort_unstable();
            assert_eq!(parts, (0..FUTURES).collect::<Vec<_>>(), "{name}");
        }
        assert_ne!(shuffled("a").collect::<Vec<_>>(), shuffled("b").collect::<Vec<_>>());
    }
}
