//! When the fixes pay for themselves.

use debtscan_findings::brief::{EffortPrice, Payback, PaybackCourse, PaybackMonth};
use debtscan_model::Timestamp;

use super::future::AreaModel;
use super::triangular::Triangular;
use crate::rank::CostDraws;

/// Months that are followed.
const MONTHS: u32 = 24;
/// Equal parts of the price of the fixes, each represented by its middle.
const PRICE_PARTS: u32 = 32;
/// The probabilities of the bands.
const BANDS: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// When fixes that take effect on a day pay for themselves; `None` without the price of incidents, or in another
/// currency.
pub(super) fn payback(
    model: &AreaModel,
    price: &EffortPrice,
    effect: Option<f64>,
    effective: Timestamp,
) -> Option<Payback> {
    let draws = model.draws.as_ref().filter(|_| model.currency == Some(price.likely.currency))?;
    let break_even = |years: f64| {
        let benefit = model.counts.mean * draws.mean() * (years - model.years_until(effective)).max(0.0);
        (benefit > 0.0).then(|| price.mean() / benefit)
    };
    Some(Payback {
        break_even_4: break_even(1.0),
        break_even_8: break_even(2.0),
        course: effect.map(|effect| course(model, draws, price, effect, effective)),
    })
}

fn course(
    model: &AreaModel,
    draws: &CostDraws,
    price: &EffortPrice,
    effect: f64,
    effective: Timestamp,
) -> PaybackCourse {
    let prices = Triangular {
        low: price.low.minor as f64,
        mode: price.likely.minor as f64,
        high: price.high.minor as f64,
    };
    let parts: Vec<f64> = (0..PRICE_PARTS)
        // The middles of equally likely parts, as for the twenty years.
        .map(|part| prices.quantile((f64::from(part) + 0.5) / f64::from(PRICE_PARTS)))
        .collect();
    let month = |month: u32| {
        let years = (f64::from(month) / 12.0 - model.years_until(effective)).max(0.0);
        let prevented = model.counts.thinned(effect * years);
        let costs = draws.distribution(prevented, &model.parameters);
        let weight = 1.0 / f64::from(PRICE_PARTS);
        let mut net: Vec<(f64, f64)> = costs
            .points()
            .flat_map(|(cost, probability)| {
                parts.iter().map(move |price| (cost - price, probability * weight))
            })
            .collect();
        net.sort_by(|a, b| a.0.total_cmp(&b.0));
        let paid_back = parts.iter().fold(0.0, |sum, price| sum + costs.at_least(*price) * weight);
        PaybackMonth {
            month,
            mean: prevented.mean * draws.mean() - price.mean(),
            quantiles: BANDS.map(|probability| quantile(&net, probability)),
            // Rounding can exceed 1.
            paid_back: paid_back.clamp(0.0, 1.0),
        }
    };
    let months: Vec<PaybackMonth> = (0..=MONTHS).map(month).collect();
    let on_average = months.iter().find(|month| month.mean >= 0.0).map(|month| month.month);
    let by = |month: u32| model.as_of.plus_days(i64::from(month) * model.parameters.horizon_days / 12);
    PaybackCourse { on_average_by: on_average.map(by), on_average, months }
}

/// The smallest value that is not exceeded with this probability; `sorted` are values with their probabilities.
fn quantile(sorted: &[(f64, f64)], probability: f64) -> f64 {
    let mut sum = 0.0;
    let found = sorted.iter().find(|(_, weight)| {
        sum += weight;
        sum >= probability
    });
    found.or(sorted.last()).map_or(0.0, |(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use debtscan_findings::brief::{EffortPrice, Payback};
    use debtscan_incidents::Currency;
    use proptest::prelude::*;

    use super::payback;
    use crate::case::future::AreaModel;
    use crate::parameters::RankingParameters;
    use crate::rank::{CostDraws, NegativeBinomial};
    use crate::sample::{AS_OF, usd};

    fn model(mean: f64, cost: i64) -> AreaModel {
        AreaModel {
            counts: NegativeBinomial { mean, shape: 2.0 },
            draws: CostDraws::new(&[cost]),
            currency: Some(Currency::USD),
            parameters: RankingParameters::default(),
            as_of: AS_OF,
        }
    }

    fn price(minor: i64) -> EffortPrice {
        EffortPrice { low: usd(minor), likely: usd(minor), high: usd(minor) }
    }

    fn of(mean: f64, effect: f64, minor: i64) -> Payback {
        payback(&model(mean, 100), &price(minor), Some(effect), AS_OF.plus_days(73)).expect("priced")
    }

    #[test]
    fn the_mean_breaks_even_where_prevented_cost_meets_the_price() {
        // 10 a year at 100, from 0.2 years on: 0.8 years within four quarters, 1.8 within eight.
        let found = of(10.0, 0.5, 400);
        assert!((found.break_even_4.expect("some") - 0.5).abs() < 1e-12);
        assert!((found.break_even_8.expect("some") - 400.0 / 1_800.0).abs() < 1e-12);
        let course = found.course.expect("an effect");
        // 500 x (m / 12 - .2) >= 400 from month 12 on.
        assert_eq!((course.on_average, course.months[12].mean.abs() < 1e-9), (Some(12), true));
        assert_eq!(course.on_average_by, Some(AS_OF.plus_days(365)));
        // Paid back means at least four incidents prevented, of a mean of 4 with shape 2.
        let four = 1.0 - NegativeBinomial { mean: 4.0, shape: 2.0 }.at_most(3);
        assert!((course.months[12].paid_back - four).abs() < 1e-9);
        assert!((course.months[0].quantiles[2] + 400.0).abs() < 1e-9, "nothing is prevented at once");
    }

    #[test]
    fn without_an_assumed_effect_only_the_threshold_is_known() {
        let found = payback(&model(10.0, 100), &price(400), None, AS_OF).expect("priced");
        assert_eq!((found.course.is_none(), found.break_even_4), (true, Some(0.4)));
        assert_eq!(payback(&model(0.0, 100), &price(400), None, AS_OF).expect("priced").break_even_4, None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_larger_benefit_never_pays_back_later(
            mean in 0.1_f64..30.0, less in 0.0_f64..1.0, more in 0.0_f64..1.0, minor in 1_i64..2_000
        ) {
            let (less, more) = if less <= more { (less, more) } else { (more, less) };
            let (small, large) = (of(mean, less, minor).course, of(mean, more, minor).course);
            let (small, large) = (small.expect("an effect"), large.expect("an effect"));
            for (small, large) in small.months.iter().zip(&large.months) {
                prop_assert!(small.mean <= large.mean + 1e-9);
                prop_assert!(small.paid_back <= large.paid_back + 1e-9);
            }
            let month = |found: Option<u32>| found.unwrap_or(u32::MAX);
            prop_assert!(month(large.on_average) <= month(small.on_average));
        }
    }
}
