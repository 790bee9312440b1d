//! The year ahead as outcomes: if nothing is done, and for each of three ways to decide.

use debtscan_findings::Interval;
use debtscan_findings::brief::{
    CaseOption, CostOutcome, CustomerHit, Displacement, EffortPrice, Outcome, When, YEARS,
};
use debtscan_incidents::{Costs, Currency, Money};
use debtscan_model::Timestamp;

use crate::parameters::RankingParameters;
use crate::rank::{CostDraws, NegativeBinomial};

/// The model of an area's incidents and their prices.
#[derive(Debug, Clone)]
pub(super) struct AreaModel {
    /// Incidents of the 365 days after `as_of` if nothing is done.
    pub(super) counts: NegativeBinomial,
    /// What one may cost; `None` without a price.
    pub(super) draws: Option<CostDraws>,
    /// The currency of these prices.
    pub(super) currency: Option<Currency>,
    pub(super) parameters: RankingParameters,
    pub(super) as_of: Timestamp,
}

impl AreaModel {
    /// The fraction of the year ahead that has passed at a day, at least 0; above 1 beyond the year.
    pub(super) fn years_until(&self, day: Timestamp) -> f64 {
        (self.as_of.days_until(day) / self.parameters.horizon_days as f64).max(0.0)
    }

    /// The year ahead if nothing is done, with the probability of at least `last_year` incidents.
    pub(super) fn nothing(&self, last_year: f64, fixes: Option<&EffortPrice>) -> Outcome {
        // Shares of incidents may sum to a fraction, but a year has whole incidents.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "shares of a count of incidents"
        )]
        let many = last_year.round() as u64;
        let fewer = many.checked_sub(1).map_or(0.0, |most| self.counts.at_most(most));
        Outcome { as_many_as_last_year: Some((1.0 - fewer).max(0.0)), ..self.outcome(0.0, None, fixes) }
    }

    /// The year ahead when a share of the incidents is prevented from a day on.
    pub(super) fn outcome(
        &self,
        effect: f64,
        effective: Option<Timestamp>,
        fixes: Option<&EffortPrice>,
    ) -> Outcome {
        let untreated = effective.map_or(1.0, |day| self.years_until(day).min(1.0));
        // Only the part of the year after that day is treated.
        let counts = self.counts.thinned(1.0 - effect * (1.0 - untreated));
        let quantile = |probability| counts.quantile(probability);
        let (low, high) = (self.parameters.interval_low, self.parameters.interval_high);
        Outcome {
            incidents: Interval { low: quantile(low) as f64, mean: counts.mean, high: quantile(high) as f64 },
            shape: counts.shape,
            incident_years: middles().map(quantile),
            as_many_as_last_year: None,
            cost: self.draws.as_ref().map(|draws| self.cost(draws, counts, fixes)),
        }
    }

    fn cost(&self, draws: &CostDraws, counts: NegativeBinomial, fixes: Option<&EffortPrice>) -> CostOutcome {
        let costs = draws.distribution(counts, &self.parameters);
        let (low, high) = draws.interval(counts, &self.parameters);
        let years = middles().map(|probability| costs.quantile(probability));
        let above = fixes.map(|price| {
            let price = price.likely.minor.max(0).unsigned_abs();
            u32::try_from(years.iter().filter(|year| **year > price).count()).expect("at most twenty")
        });
        CostOutcome {
            range: Interval { low, mean: counts.mean * draws.mean(), high },
            years,
            above_fixes: above,
        }
    }
}

/// The middles of equal parts of a distribution.
fn middles() -> [f64; YEARS] {
    std::array::from_fn(|year| (year as f64 + 0.5) / YEARS as f64)
}

/// When work on the fixes begins, and from when on they prevent incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Schedule {
    pub(super) start: Timestamp,
    pub(super) effective: Timestamp,
}

/// What the three options are made from.
pub(super) struct OptionInput<'a> {
    pub(super) model: &'a AreaModel,
    pub(super) effect: Option<f64>,
    pub(super) price: Option<&'a EffortPrice>,
    pub(super) now: Schedule,
    pub(super) later: Schedule,
    pub(super) displacement: Option<&'a Displacement>,
    pub(super) customers: Option<&'a [CustomerHit]>,
}

/// Now, a quarter later, never.
pub(super) fn options(input: &OptionInput<'_>, nothing: &Outcome) -> Vec<CaseOption> {
    let delay = |of: fn(&Displacement) -> &Costs| input.displacement.map(of).cloned().unwrap_or_default();
    let option = |when, schedule: Schedule, delay: Costs| {
        let outcome =
            input.effect.map(|effect| input.model.outcome(effect, Some(schedule.effective), input.price));
        let together = together(input, input.price.copied(), outcome.as_ref(), &delay);
        CaseOption {
            when,
            start: Some(schedule.start),
            effective: Some(schedule.effective),
            fixes: input.price.copied(),
            outcome,
            delay,
            together,
            renewals: renewals(input, schedule.effective),
        }
    };
    let end = input.model.as_of.plus_days(input.model.parameters.horizon_days);
    // Doing nothing costs nothing, in the same currency, so that sums can be compared.
    let free = input.price.map(|price| {
        let nothing = Money { minor: 0, ..price.likely };
        EffortPrice { low: nothing, likely: nothing, high: nothing }
    });
    let free = free.or_else(|| {
        let nothing = Money { minor: 0, currency: input.model.currency? };
        Some(EffortPrice { low: nothing, likely: nothing, high: nothing })
    });
    vec![
        option(When::Now, input.now, delay(|it| &it.delay)),
        option(When::Later, input.later, delay(|it| &it.delay_later)),
        CaseOption {
            when: When::Never,
            start: None,
            effective: None,
            fixes: free,
            outcome: Some(nothing.clone()),
            delay: Costs::default(),
            together: together(input, free, Some(nothing), &Costs::default()),
            renewals: renewals(input, end),
        },
    ]
}

/// Price of the fixes, mean cost and cost of delay; `None` when they are in different currencies.
fn together(
    input: &OptionInput<'_>,
    price: Option<EffortPrice>,
    outcome: Option<&Outcome>,
    delay: &Costs,
) -> Option<f64> {
    let (price, cost) = price.zip(outcome?.cost)?;
    let currency = input.model.currency?;
    // Amounts of different currencies are never added up.
    let is_one = price.likely.currency == currency
        && delay.iter().all(|sum| sum.minor == 0 || sum.currency == currency);
    is_one.then(|| price.likely.minor as f64 + cost.range.mean + delay.minor(currency) as f64)
}

/// Accounts at risk that renew in the year ahead before a day.
fn renewals(input: &OptionInput<'_>, until: Timestamp) -> Option<Vec<usize>> {
    let end = input.model.as_of.plus_days(input.model.parameters.horizon_days).min(until);
    let renews = |hit: &CustomerHit| {
        hit.is_at_risk && hit.renewal.is_some_and(|renewal| input.model.as_of < renewal && renewal <= end)
    };
    let customers = input.customers?.iter().enumerate();
    Some(customers.filter(|(_, hit)| renews(hit)).map(|(position, _)| position).collect())
}
