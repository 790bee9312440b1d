//! What past incidents cost, as a basis for what future ones will: over the years in which costs are recorded, and
//! with the mean of their severity for those without a cost.

use std::collections::BTreeMap;

use debtscan_model::Timestamp;

use super::{CostDraws, IncidentHistory};
use debtscan_incidents::{Currency, Incident, Incidents};

/// Weight of the overall mean in that of a severity, in incidents. A plain default: five
/// incidents of a severity make half of its mean.
const OVERALL_WEIGHT: f64 = 5.0;

/// A run of incidents without a cost is no chance if it is less likely than this, judged by how many between the
/// first and the last with a cost have one. A plain default.
const UNLIKELY: f64 = 0.01;

/// A shorter run is not reported. A plain default.
const SHORTEST_RUN: usize = 5;

/// When costs were recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PricedSpan {
    /// The first incident with a cost, if too many before it have none; the mean begins there.
    pub from: Option<Timestamp>,
    /// Incidents before it.
    pub before: usize,
    /// The last incident with a cost, if too many after it have none; the mean ends there.
    pub to: Option<Timestamp>,
    /// Incidents after it.
    pub after: usize,
}

impl PricedSpan {
    fn of(opened: &[Timestamp], is_priced: &[bool]) -> Self {
        let (Some(first), Some(last)) = (
            is_priced.iter().position(|is_priced| *is_priced),
            is_priced.iter().rposition(|is_priced| *is_priced),
        ) else {
            return Self::default();
        };
        // Without both ends: they must not lower the share of priced incidents by which they are
        // judged.
        let within = &is_priced[first..=last];
        let priced = within.iter().filter(|is_priced| **is_priced).count();
        // Laplace's rule: even where all have a cost, one without is no miracle.
        let without = 1.0 - (priced as f64 + 1.0) / (within.len() as f64 + 2.0);
        let is_no_chance = |run: usize| {
            let length = i32::try_from(run).unwrap_or(i32::MAX);
            run >= SHORTEST_RUN && without.powi(length) < UNLIKELY
        };
        let (before, after) = (first, is_priced.len() - 1 - last);
        let mut span = Self::default();
        if is_no_chance(before) {
            (span.from, span.before) = (Some(opened[first]), before);
        }
        if is_no_chance(after) {
            (span.to, span.after) = (Some(opened[last]), after);
        }
        span
    }

    /// Whether incidents of this date are a basis for the mean.
    pub fn contains(&self, opened: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= opened) && self.to.is_none_or(|to| opened <= to)
    }
}

/// Mean costs in one currency, in minor units.
#[derive(Debug, Clone, PartialEq)]
pub struct SeverityMeans {
    /// Of all incidents with a cost.
    pub overall: f64,
    /// By severity, the mean of its incidents with a cost, drawn towards the overall one.
    by_severity: BTreeMap<String, f64>,
}

impl SeverityMeans {
    fn of(costs: &[(Option<String>, i64)]) -> Self {
        let mean = |sum: f64, count: usize| if count == 0 { 0.0 } else { sum / count as f64 };
        let overall = mean(costs.iter().fold(0.0, |sum, (_, cost)| sum + *cost as f64), costs.len());
        let mut sums: BTreeMap<String, (f64, usize)> = BTreeMap::new();
        for (severity, cost) in costs {
            let Some(severity) = severity else { continue };
            let (sum, count) = sums.entry(severity.clone()).or_default();
            *sum += *cost as f64;
            *count += 1;
        }
        let drawn =
            |(sum, count): (f64, usize)| (sum + OVERALL_WEIGHT * overall) / (count as f64 + OVERALL_WEIGHT);
        let by_severity = sums.into_iter().map(|(severity, sum)| (severity, drawn(sum))).collect();
        Self { overall, by_severity }
    }

    /// What an incident without a cost is expected to have cost: the mean of its severity, or the overall one if its
    /// severity is not known or none of that severity has a cost.
    pub fn of_incident(&self, incident: &Incident) -> f64 {
        severity(incident)
            .and_then(|severity| self.by_severity.get(&severity))
            .copied()
            .unwrap_or(self.overall)
    }

    /// Whether any severity is known.
    fn tells(&self) -> bool {
        !self.by_severity.is_empty()
    }
}

/// A severity: its level, or the text where its words are not known.
fn severity(incident: &Incident) -> Option<String> {
    let level = incident.severity_level.map(|level| level.name().to_owned());
    let text = || incident.severity.as_ref().map(|text| text.trim().to_lowercase());
    level.or_else(text).filter(|text| !text.is_empty())
}

/// Past costs, by currency.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PastCosts {
    /// When costs were recorded.
    pub span: PricedSpan,
    /// What is drawn from: sorted by currency.
    pub draws: Vec<(Currency, CostDraws)>,
    /// Means by severity: sorted by currency.
    pub means: Vec<(Currency, SeverityMeans)>,
}

impl PastCosts {
    /// Takes the incidents of a history. `currencies` are sorted and unique.
    ///
    /// A currency's mean is over all incidents with a cost in *any* currency, each with 0 in the others, so that the
    /// expectations of several currencies add up instead of counting every incident once per currency. Incidents
    /// without a cost count with the mean of their severity where any severity is known; else they are ignored, so
    /// that they get the overall mean.
    pub fn of(history: &IncidentHistory, incidents: &Incidents, currencies: &[Currency]) -> Self {
        let mut used: Vec<(Timestamp, &Incident)> =
            history.used.iter().map(|used| (used.opened, &incidents.list[used.incident])).collect();
        // Dates may come from fixes, so that the order of the list need not be that of time.
        used.sort_by_key(|(opened, _)| *opened);
        let opened: Vec<Timestamp> = used.iter().map(|(opened, _)| *opened).collect();
        let has_cost = |incident: &Incident| incident.cost.is_some_and(|cost| cost.minor != 0);
        let is_priced: Vec<bool> = used.iter().map(|(_, incident)| has_cost(incident)).collect();
        let span = PricedSpan::of(&opened, &is_priced);
        used.retain(|(opened, _)| span.contains(*opened));
        let mut costs = Self { span, ..Self::default() };
        for currency in currencies {
            let minor = |incident: &Incident| {
                let cost = incident.cost?;
                // In another currency it counts as 0, so that the expected costs of all currencies
                // add up.
                Some((severity(incident), if cost.currency == *currency { cost.minor } else { 0 }))
            };
            let mut recorded: Vec<(Option<String>, i64)> =
                used.iter().filter_map(|(_, incident)| minor(incident)).collect();
            let minors: Vec<i64> = recorded.iter().map(|(_, minor)| *minor).collect();
            let Some(draws) = CostDraws::new(&minors) else { continue };
            // The one largest cost of a lifetime does not set the mean of its severity either.
            if let Some((largest, counted)) = draws.winsorised() {
                let largest = recorded.iter_mut().find(|(_, minor)| u64::try_from(*minor) == Ok(largest));
                let counted = i64::try_from(counted).expect("it was a cost");
                largest.expect("it is one of them").1 = counted;
            }
            let means = SeverityMeans::of(&recorded);
            let unpriced = used.iter().filter(|(_, incident)| incident.cost.is_none());
            // Without severities, all of them would get the overall mean, and the mean would stay
            // what it is.
            let assumed: Vec<i64> = if means.tells() {
                unpriced.map(|(_, incident)| rounded(means.of_incident(incident))).collect()
            } else {
                Vec::new()
            };
            costs.draws.push((*currency, draws.with_assumed(&assumed)));
            costs.means.push((*currency, means));
        }
        costs
    }
}

/// The nearest number of minor units.
#[expect(clippy::cast_possible_truncation, reason = "a mean of 64-bit amounts lies between them")]
pub fn rounded(minor: f64) -> i64 {
    minor.round() as i64
}

#[cfg(test)]
mod tests {
    use super::{PastCosts, PricedSpan, SeverityMeans};
    use crate::rank::{IncidentHistory, UsedIncident};
    use crate::sample::{days_ago, incident, incidents, usd};
    use debtscan_incidents::{Currency, Incident, Severity};

    /// One incident a month, oldest first, each with its cost in dollars and severity.
    fn costs(list: &[(Option<i64>, Option<Severity>)]) -> PastCosts {
        let list: Vec<Incident> = list
            .iter()
            .map(|(cost, level)| Incident {
                cost: cost.map(|cost| usd(100 * cost)),
                severity_level: *level,
                ..incident("i")
            })
            .collect();
        let months = i64::try_from(list.len()).expect("few");
        let opened = |nth: usize| days_ago(30 * (months - i64::try_from(nth).expect("few")));
        let used = (0..list.len())
            .map(|nth| UsedIncident { incident: nth, opened: opened(nth), decay: 1.0, parts: vec![(0, 1.0)] })
            .collect();
        let history = IncidentHistory { used, excluded: Vec::new(), linked_share: 1.0 };
        PastCosts::of(&history, &incidents(list), &[Currency::USD])
    }

    fn mean(costs: &PastCosts) -> f64 {
        costs.draws[0].1.mean() / 100.0
    }

    #[test]
    fn a_price_that_began_and_stopped_leaves_the_years_with_a_price() {
        let zero = (Some(0), None);
        let paid = (Some(100), None);
        let list = [vec![zero; 20], vec![paid, zero, paid, paid, paid], vec![zero; 6]].concat();
        let found = costs(&list);
        // Of five, four are paid: by Laplace 5 of 7, and (2/7)^6 is below 1 %.
        let expected =
            PricedSpan { from: Some(days_ago(330)), before: 20, to: Some(days_ago(210)), after: 6 };
        assert_eq!(found.span, expected);
        assert!((mean(&found) - 80.0).abs() < 1e-9);
    }

    #[test]
    fn a_few_without_a_cost_are_chance() {
        let list = [vec![(Some(100), None); 5], vec![(Some(0), None); 4]].concat();
        assert_eq!(costs(&list).span, PricedSpan::default());
        // One of two is paid, so that five without are to be expected now and then: 2^-5 is above 1 %.
        let list: Vec<_> = (0..20).map(|nth| (Some(100 * (nth % 2)), None)).collect();
        let list = [list, vec![(Some(0), None); 5]].concat();
        assert_eq!(costs(&list).span, PricedSpan::default());
        assert_eq!(costs(&[(None, None); 9]).span, PricedSpan::default());
    }

    #[test]
    fn without_a_cost_an_incident_takes_the_mean_of_its_severity_drawn_towards_all() {
        let [low, high] = [Some(Severity::Low), Some(Severity::High)];
        let list = [vec![(Some(10), low); 5], vec![(Some(1_010), high); 5], vec![(None, high), (None, None)]];
        let found = costs(&list.concat());
        // Overall 510; high: (5 x 1,010 + 5 x 510) / 10 = 760; without a severity: 510.
        let (_, means): &(_, SeverityMeans) = &found.means[0];
        let of = |severity_level| means.of_incident(&Incident { severity_level, ..incident("i") }) / 100.0;
        assert!((of(high) - 760.0).abs() < 1e-9 && (of(low) - 260.0).abs() < 1e-9);
        assert!((of(None) - 510.0).abs() < 1e-9 && (of(Some(Severity::Critical)) - 510.0).abs() < 1e-9);
        // (5 x 10 + 5 x 1,010 + 760 + 510) / 12
        assert!((mean(&found) - 6_370.0 / 12.0).abs() < 1e-9);
        assert_eq!((found.draws[0].1.recorded(), found.draws[0].1.assumed()), (12, 2));
    }

    #[test]
    fn without_severities_the_others_keep_the_overall_mean() {
        let found = costs(&[(Some(100), None), (Some(300), None), (None, None)]);
        assert!((mean(&found) - 200.0).abs() < 1e-9);
        assert_eq!((found.draws[0].1.recorded(), found.draws[0].1.assumed()), (2, 0));
    }
}
