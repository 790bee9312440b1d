//! Incidents and cost per year, for any share of the whole.

use std::f64::consts::LN_2;

use debtscan_model::{Timestamp, to_u32};

use super::{CostDraws, IncidentHistory, NegativeBinomial, PastCosts, PricedSpan, SeverityMeans, decay};
use crate::parameters::RankingParameters;
use debtscan_findings::{CostForecast, Forecast, Interval, ShareParts};
use debtscan_incidents::{Currency, Incidents};

/// Turns a share into incidents and cost per year.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecaster {
    /// The constants.
    pub parameters: RankingParameters,
    /// `Y`: sum of the decayed incident weights.
    pub incident_weight: f64,
    /// Incidents that take part.
    pub incidents_used: u32,
    /// Of these, opened in the 365 days to `as_of`.
    pub incidents_last_year: u32,
    /// `sum of 2^(-age / 90 d)`, by opening date.
    pub decayed_incidents: f64,
    /// The decayed yearly rate: `ln 2 x 365 / 90 x sum of 2^(-age / 90 d)`, by opening date.
    pub decayed_rate: f64,
    /// `n = 0.5 x last year + 0.5 x decayed rate`: the rate of the last year and months.
    pub recent_rate: f64,
    /// `sum of 2^(-age / 730 d)`, by opening date.
    pub longer_incidents: f64,
    /// Age of the first incident in days; 0 without incidents.
    pub oldest_days: f64,
    /// The years that these stand for, halved alike, at least 0.5.
    pub longer_years: f64,
    /// The longer yearly rate `m`: incidents, halved every 730 d, over the years they stand for, halved
    /// alike, from the first incident on and at least half a year; 0 without incidents.
    pub longer_rate: f64,
    /// `N`: incidents expected per year over all ranked files, `(n x n + 3 x m) / (n + 3)`: a rate that
    /// rests on few incidents is drawn towards the longer one. `None` when no incident takes part.
    pub incidents_per_year: Option<f64>,
    /// Past costs per currency: sorted by currency.
    pub costs: Vec<(Currency, CostDraws)>,
    /// Mean costs by severity, per currency: sorted by currency.
    pub severity_means: Vec<(Currency, SeverityMeans)>,
    /// When costs were recorded.
    pub priced_span: PricedSpan,
    /// The part of all incidents that is expected on the files that are scanned, `0..=1`: the sum of their shares
    /// in the whole. Below 1 where a folder or an exclusion hides files.
    pub visible_share: f64,
}

impl Forecaster {
    /// Computes the yearly totals from the incidents that take part.
    ///
    /// `currencies` are those to forecast: sorted, unique.
    pub fn of(
        history: &IncidentHistory,
        incidents: &Incidents,
        incident_weight: f64,
        currencies: &[Currency],
        as_of: Timestamp,
        parameters: &RankingParameters,
    ) -> Self {
        let year_ago = parameters.year_before(as_of);
        let mut ages: Vec<f64> = history.used.iter().map(|used| used.opened.days_until(as_of)).collect();
        // Sorted, so that the sum does not depend on the order of the incidents.
        ages.sort_by(f64::total_cmp);
        let decayed = ages.iter().fold(0.0, |sum, age| sum + decay(*age, parameters.rate_half_life_days));
        // The steady rate that leaves this much decayed weight behind.
        let decayed_rate = LN_2 * parameters.horizon_days as f64 / parameters.rate_half_life_days * decayed;
        let incidents_last_year = to_u32(history.used.iter().filter(|used| used.opened > year_ago).count());
        // In the backtest, this mix missed the next year's count by a median of 28 %, last year's
        // count alone by 32 %.
        let recent_rate = parameters.last_year_weight * f64::from(incidents_last_year)
            + (1.0 - parameters.last_year_weight) * decayed_rate;
        let (longer_incidents, longer_years) = longer(&ages, parameters);
        let longer_rate = longer_incidents / longer_years;
        // Without incidents the total is unknown, which is not the same as 0.
        let incidents_per_year =
            (!history.used.is_empty()).then(|| drawn_towards(longer_rate, recent_rate, parameters));
        let PastCosts { span: priced_span, draws: costs, means: severity_means } =
            PastCosts::of(history, incidents, currencies);
        Self {
            parameters: *parameters,
            incident_weight,
            incidents_used: to_u32(history.used.len()),
            incidents_last_year,
            decayed_incidents: decayed,
            decayed_rate,
            recent_rate,
            longer_incidents,
            oldest_days: ages.last().copied().unwrap_or(0.0),
            longer_years,
            longer_rate,
            incidents_per_year,
            costs,
            severity_means,
            priced_span,
            visible_share: 1.0,
        }
    }

    /// Incidents expected per year on the files that are scanned; `None` without dated incidents.
    pub fn visible_per_year(&self) -> Option<f64> {
        self.incidents_per_year.map(|per_year| per_year * self.visible_share)
    }

    /// How many incidents may come in the 365 days after `as_of` where this share of them falls; `None`
    /// without dated incidents.
    pub fn counts(&self, share: f64) -> Option<NegativeBinomial> {
        let incidents_per_year = self.incidents_per_year?;
        // A share of a part of the repository is a smaller share of the whole, whose incidents
        // these are.
        let share = share * self.visible_share;
        Some(NegativeBinomial::of_share(incidents_per_year, self.incident_weight, share, &self.parameters))
    }

    /// The forecast for the 365 days after `as_of` with this share of the incidents; `omega` is the weight of incident
    /// history in it.
    pub fn forecast(&self, shares: ShareParts, omega: f64) -> Forecast {
        let factors = shares.factors(omega);
        let Some(counts) = self.counts(shares.total()) else {
            return Forecast { shares, factors, incidents: None, costs: Vec::new() };
        };
        let incidents = Interval {
            low: counts.quantile(self.parameters.interval_low) as f64,
            mean: counts.mean,
            high: counts.quantile(self.parameters.interval_high) as f64,
        };
        let costs = self
            .costs
            .iter()
            .map(|(currency, draws)| {
                let (low, high) = draws.interval(counts, &self.parameters);
                // The mean of a sum of a random number of costs is the product of both means
                // (Wald).
                let minor = Interval { low, mean: counts.mean * draws.mean(), high };
                CostForecast { currency: *currency, minor }
            })
            .collect();
        Forecast { shares, factors, incidents: Some(incidents), costs }
    }
}

/// Incidents since the first one, halved with age, and the years that they stand for; `ages` in days, ascending.
fn longer(ages: &[f64], parameters: &RankingParameters) -> (f64, f64) {
    let Some(first) = ages.last() else { return (0.0, 0.5) };
    let half_life = parameters.longer_half_life_days;
    let sum = ages.iter().fold(0.0, |sum, age| sum + decay(*age, half_life));
    let days = half_life / LN_2 * (1.0 - decay(*first, half_life));
    // The first weeks of a list must not be scaled up to a year.
    (sum, (days / parameters.horizon_days as f64).max(0.5))
}

/// The recent rate, weighted by its own incidents, with the longer one; 0 only when both are.
fn drawn_towards(longer: f64, recent: f64, parameters: &RankingParameters) -> f64 {
    let weight = parameters.longer_rate_weight;
    // The recent rate weighs as many incidents as it has, so that a few of them say little.
    if recent + weight > 0.0 { (recent * recent + weight * longer) / (recent + weight) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::LN_2;

    use super::Forecaster;
    use crate::parameters::RankingParameters;
    use crate::rank::{IncidentHistory, UsedIncident};
    use crate::sample::{AS_OF, days_ago, incident, incidents, usd};
    use debtscan_findings::ShareParts;
    use debtscan_incidents::{Currency, Incident, Money};

    fn eur() -> Currency {
        Currency::new("EUR").expect("a code")
    }

    /// Three incidents, opened 0, 365 and 730 days ago: USD 1.00, EUR 2.00, and unknown cost.
    fn forecaster(currencies: &[Currency]) -> Forecaster {
        let costs = [Some(usd(100)), Some(Money { minor: 200, currency: eur() }), None];
        let list = costs.iter().map(|cost| Incident { cost: *cost, ..incident("i") }).collect();
        let used = [0, 365, 730]
            .iter()
            .enumerate()
            .map(|(incident, age)| UsedIncident {
                incident,
                opened: days_ago(*age),
                decay: 1.0,
                parts: vec![(0, 1.0)],
            })
            .collect();
        let history = IncidentHistory { used, excluded: vec![None; 3], linked_share: 1.0 };
        Forecaster::of(&history, &incidents(list), 3.0, currencies, AS_OF, &RankingParameters::default())
    }

    /// Ages of 0, 365 and 730 days, halved every 90, times 365 / 90 ln 2.
    fn rate() -> f64 {
        let year = (-365.0_f64 / 90.0).exp2();
        LN_2 * 365.0 / 90.0 * (1.0 + year + year * year)
    }

    /// Three incidents in two years: weights 1, 2^-1/2 and 1/2, over `730 / ln 2 x 1/2` days.
    fn total() -> f64 {
        let recent = 0.5 + 0.5 * rate();
        let longer = (1.0 + 0.5_f64.sqrt() + 0.5) / (1.0 / LN_2);
        (recent * recent + 3.0 * longer) / (recent + 3.0)
    }

    #[test]
    fn the_yearly_total_is_half_last_year_and_half_a_decayed_rate_drawn_towards_a_longer_one() {
        let forecaster = forecaster(&[]);
        // The incident exactly 365 days old is not of the last year.
        assert_eq!(forecaster.incidents_last_year, 1);
        assert!((forecaster.decayed_rate - rate()).abs() < 1e-12);
        assert!((forecaster.recent_rate - (0.5 + 0.5 * rate())).abs() < 1e-12);
        assert!((forecaster.incidents_per_year.expect("dated") - total()).abs() < 1e-12);
    }

    #[test]
    fn after_years_without_incidents_a_few_are_still_expected_and_a_plain_rate_can_be_had() {
        let parameters = RankingParameters::default();
        // Two incidents ten years ago: 2 x 2^-5 over 730 / ln 2 x 31/32 days.
        let ages = [3_650.0, 3_650.0];
        let longer = 2.0 / 32.0 / (2.0 / LN_2 * 31.0 / 32.0);
        let rate = |ages: &[f64]| {
            let (incidents, years) = super::longer(ages, &parameters);
            incidents / years
        };
        assert!((rate(&ages) - longer).abs() < 1e-12);
        assert!((super::drawn_towards(longer, 0.0, &parameters) - longer).abs() < 1e-12);
        // A single day of history counts as half a year.
        assert!((rate(&[0.0]) - 2.0).abs() < 1e-12);
        let plain = RankingParameters { longer_rate_weight: 0.0, ..parameters };
        assert!((super::drawn_towards(longer, 7.0, &plain) - 7.0).abs() < 1e-12);
        assert!(super::drawn_towards(longer, 0.0, &plain).abs() < 1e-12);
    }

    #[test]
    fn a_mean_is_over_all_recorded_costs_so_that_currencies_add_up() {
        let forecaster = forecaster(&[eur(), Currency::USD]);
        let means: Vec<_> = forecaster
            .costs
            .iter()
            .map(|(currency, draws)| (*currency, draws.total(), draws.recorded()))
            .collect();
        assert_eq!(means, [(eur(), 200, 2), (Currency::USD, 100, 2)]);
        let forecast = forecaster.forecast(ShareParts { size: 0.5, ..ShareParts::default() }, 0.0);
        let incidents = forecast.incidents.expect("dated").mean;
        assert!((incidents - 0.5 * total()).abs() < 1e-12);
        let cents: Vec<f64> = forecast.costs.iter().map(|cost| cost.minor.mean / incidents).collect();
        assert!((cents[0] - 100.0).abs() < 1e-9 && (cents[1] - 50.0).abs() < 1e-9, "{cents:?}");
    }

    #[test]
    fn nothing_is_forecast_without_incidents() {
        let history = IncidentHistory { used: Vec::new(), excluded: Vec::new(), linked_share: 1.0 };
        let parameters = RankingParameters::default();
        let forecaster =
            Forecaster::of(&history, &incidents(Vec::new()), 0.0, &[Currency::USD], AS_OF, &parameters);
        let forecast = forecaster.forecast(ShareParts { size: 1.0, ..ShareParts::default() }, 0.0);
        assert_eq!((forecast.incidents, forecast.costs), (None, Vec::new()));
    }
}
