//! Outcomes, options, payback and review, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::amounts::MinorJson;
use crate::json::values::{Figure, IntervalJson, MoneyJson, Time};
use crate::number::nearest;
use debtscan_findings::brief::{
    CaseOption, EffortPrice, Outcome, Payback, PaybackCourse, PaybackMonth, Review, When,
};

/// The 365 days after `as_of` as a distribution of outcomes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct OutcomeJson {
    /// Incidents: a negative binomial distribution.
    incidents: IntervalJson,
    /// Its shape.
    shape: Figure,
    /// Incidents of twenty equally likely years, ascending.
    incident_years: Vec<u64>,
    /// Probability of at least as many incidents as last year; `null` where something is done.
    as_many_as_last_year: Option<Figure>,
    /// Cost in minor units of the currency of `pricing`; `null` without a price.
    cost: Option<MinorJson>,
    /// Cost of twenty equally likely years, ascending, in minor units; empty without a price.
    cost_years_minor: Vec<u64>,
    /// Of these, years above the price of the fixes; `null` without one.
    years_above_fixes: Option<u32>,
}

/// The price of an effort.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct EffortPriceJson {
    /// If it goes well.
    low: MoneyJson,
    /// Most likely.
    likely: MoneyJson,
    /// If it goes badly.
    high: MoneyJson,
}

/// One way to decide.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct OptionJson {
    /// `now`, `later` or `never`.
    when: &'static str,
    /// First day of work; `null` for never.
    start: Option<Time>,
    /// From when on the fixes prevent incidents; `null` for never.
    in_force: Option<Time>,
    /// Price of the fixes; `null` without one.
    fixes: Option<EffortPriceJson>,
    /// Incidents and cost; `null` without an assumed effect.
    outcome: Option<OutcomeJson>,
    /// What the delay of planned items costs.
    delay_cost: Vec<MoneyJson>,
    /// Price of the fixes, mean cost and cost of delay, in minor units; `null` when one is unknown.
    together_minor: Option<i64>,
}

/// When the fixes pay for themselves.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PaybackJson {
    /// Effect at which they do so on average within four quarters, as a share of the area's incidents; above 1 when
    /// none is enough, `null` when no cost is expected.
    break_even_four_quarters: Option<Figure>,
    /// The same within eight.
    break_even_eight_quarters: Option<Figure>,
    /// First month after which the mean net benefit is at least 0; `null` beyond two years or without an effect.
    on_average_months: Option<u32>,
    /// The day that ends this month.
    on_average_by: Option<Time>,
    /// Net benefit by month from 0 to 24; empty without an effect.
    months: Vec<MonthJson>,
}

/// Net benefit of some months, in minor units of the currency of `pricing`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MonthJson {
    /// Months after `as_of`.
    month: u32,
    /// Mean.
    mean_minor: i64,
    /// Quantiles of 10, 25, 50, 75 and 90%.
    quantiles_minor: Vec<i64>,
    /// Probability that the fixes have paid for themselves.
    paid_back: Figure,
}

/// How to tell whether it worked.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReviewJson {
    /// When to look.
    date: Time,
    /// The day from which incidents count.
    from: Time,
    /// Who looks; `null` when unknown.
    owner: Option<String>,
    /// The largest number of incidents that is an improvement; `null` when even 0 could be luck.
    better_at_most: Option<u64>,
    /// Probability of at most that number, or of none, if nothing had been done.
    better_by_luck: Figure,
    /// The smallest number that is worse.
    worse_from: u64,
    rule: RuleJson,
}

/// More incidents than this in 91 days, and the next sprint goes to the area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RuleJson {
    /// The largest number that is still ordinary.
    limit: u64,
    /// Whether the configuration sets it.
    agreed: bool,
    /// Probability that a quarter exceeds it by chance.
    by_chance: Figure,
    /// Incidents of the 91 days to `as_of`.
    last_quarter: u32,
    /// Whether they exceed it.
    exceeded: bool,
}

impl OutcomeJson {
    pub(super) fn new(outcome: &Outcome) -> Self {
        let cost = outcome.cost.as_ref();
        Self {
            incidents: IntervalJson::new(&outcome.incidents),
            shape: Figure::new(outcome.shape),
            incident_years: outcome.incident_years.to_vec(),
            as_many_as_last_year: outcome.as_many_as_last_year.map(Figure::new),
            cost: cost.map(|cost| MinorJson::new(&cost.range)),
            cost_years_minor: cost.map(|cost| cost.years.to_vec()).unwrap_or_default(),
            years_above_fixes: cost.and_then(|cost| cost.above_fixes),
        }
    }
}

impl EffortPriceJson {
    pub(super) fn new(price: &EffortPrice) -> Self {
        Self {
            low: MoneyJson::new(price.low),
            likely: MoneyJson::new(price.likely),
            high: MoneyJson::new(price.high),
        }
    }
}

impl OptionJson {
    pub(super) fn new(option: &CaseOption) -> Self {
        Self {
            when: match option.when {
                When::Now => "now",
                When::Later => "later",
                When::Never => "never",
            },
            start: option.start.map(Time::new),
            in_force: option.effective.map(Time::new),
            fixes: option.fixes.as_ref().map(EffortPriceJson::new),
            outcome: option.outcome.as_ref().map(OutcomeJson::new),
            delay_cost: MoneyJson::list(&option.delay),
            together_minor: option.together.map(nearest),
        }
    }
}

impl PaybackJson {
    pub(super) fn new(payback: &Payback) -> Self {
        let course: Option<&PaybackCourse> = payback.course.as_ref();
        let month = |month: &PaybackMonth| MonthJson {
            month: month.month,
            // Whole minor units, as every amount.
            mean_minor: nearest(month.mean),
            quantiles_minor: month.quantiles.map(nearest).to_vec(),
            paid_back: Figure::new(month.paid_back),
        };
        Self {
            break_even_four_quarters: payback.break_even_4.map(Figure::new),
            break_even_eight_quarters: payback.break_even_8.map(Figure::new),
            on_average_months: course.and_then(|course| course.on_average),
            on_average_by: course.and_then(|course| course.on_average_by).map(Time::new),
            // Empty without a course, as the documentation of the field says: a reader needs no
            // case for `null`.
            months: course.map(|course| course.months.iter().map(month).collect()).unwrap_or_default(),
        }
    }
}

impl ReviewJson {
    pub(super) fn new(review: &Review) -> Self {
        Self {
            date: Time::new(review.date),
            from: Time::new(review.from),
            owner: review.owner.clone(),
            better_at_most: review.better_at_most,
            better_by_luck: Figure::new(review.better_by_luck),
            worse_from: review.worse_from,
            rule: RuleJson {
                limit: review.rule.limit,
                agreed: review.rule.is_agreed,
                by_chance: Figure::new(review.rule.by_chance),
                last_quarter: review.rule.last_quarter,
                exceeded: review.rule.is_exceeded(),
            },
        }
    }
}
