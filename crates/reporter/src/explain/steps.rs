//! The computation of a forecast, quantity by quantity, with its inputs.

use debtscan_findings::{ExplainedStep, Expression, Factor, Quantity, Whose};
use debtscan_incidents::{Currency, Money};

use super::code::{code, code_weight};
use super::expression::{count, negative, number, power, product, quotient, sum, total};
use super::sums::SubjectSums;
use super::target::Subject;
use crate::analysis::Analysis;
use crate::rank::{CostDraws, UsedIncident, logarithmic_mean};

/// The steps of a subject; empty when it is not ranked.
pub(super) fn steps(analysis: &Analysis<'_>, subject: &Subject) -> Vec<ExplainedStep> {
    let ranked = subject.ranked_files(analysis);
    if ranked.is_empty() {
        return Vec::new();
    }
    let mut figures = SubjectSums::of(analysis, *subject, ranked);
    code(&mut figures);
    if figures.has_incidents() {
        history(&mut figures);
    }
    share(&mut figures);
    if figures.size > 0.0 && figures.code > 0.0 {
        factors(&mut figures);
    }
    expectation(&mut figures);
    figures.steps
}

fn whose(figures: &SubjectSums<'_>) -> Whose {
    if figures.is_area { Whose::Area { files: figures.ranked.len() } } else { Whose::File }
}

fn history(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let (parameters, ranking) = (&analysis.parameters, &analysis.ranking);
    let is_in = |position: &usize| figures.ranked.binary_search(position).is_ok();
    let weight = |used: &UsedIncident, is_counted: &dyn Fn(&usize) -> bool| {
        let parts = used.parts.iter().filter(|(position, _)| is_counted(position));
        used.decay * parts.fold(0.0, |sum, (_, share)| sum + share)
    };
    let used = &analysis.history.used;
    let own: Vec<f64> = used.iter().map(|used| weight(used, &is_in)).filter(|it| *it > 0.0).collect();
    let half_life = parameters.incident_half_life_days;
    figures.push(Quantity::IncidentWeight { incidents: own.len(), half_life }, total(own.into_iter()));
    let total_weight = analysis.forecaster.incident_weight;
    // A part that hides nothing has the weight of the whole but for rounding.
    let of_all = if (total_weight - ranking.incidents.total).abs() <= 1e-9 * total_weight {
        total(used.iter().map(|used| weight(used, &|_| true)))
    } else {
        // The weight in the whole repository; the scan covers only a part.
        number(total_weight)
    };
    let incidents = analysis.forecaster.incidents_used as usize;
    figures.push(Quantity::IncidentWeightOfAll { incidents }, of_all);
    let inputs = if figures.is_area {
        total(figures.ranked.iter().map(|position| ranking.own[*position]))
    } else {
        let position = figures.ranked[0];
        let lines = count(figures.lines.max(1));
        let weight = number(ranking.incidents.of_files[position]);
        let weighted = product([weight, power(lines, number(parameters.own_line_power))]);
        quotient(weighted, number(ranking.own_total))
    };
    figures.push(Quantity::PastIncidentShare(whose(figures)), inputs);
    let (linked, most) = (analysis.history.linked_share, parameters.max_own_weight);
    let above = product([number(linked), number(most), number(total_weight)]);
    let below = sum([number(total_weight), number(parameters.history_saturation)]);
    figures.push(Quantity::Omega, quotient(above, below));
}

fn share(figures: &mut SubjectSums<'_>) {
    let has_incidents = figures.has_incidents();
    let inputs = if has_incidents {
        let omega = figures.analysis.ranking.omega;
        let code = product([code_weight(omega), number(figures.code)]);
        sum([code, product([number(omega), number(figures.own)])])
    } else {
        number(figures.code)
    };
    figures.push(Quantity::Share { has_incidents }, inputs);
}

/// The factors of the share, and their product. Those of a file are its multipliers; those of an area are their
/// weighted geometric means (`ShareParts::factors`).
fn factors(figures: &mut SubjectSums<'_>) {
    let ranking = &figures.analysis.ranking;
    let whose = whose(figures);
    let mut of_share = vec![number(figures.size)];
    let of_code =
        [(Factor::ChangeRate, &[0, 2, 3][..]), (Factor::Complexity, &[1]), (Factor::Neighbours, &[4, 5])];
    for (factor, multipliers) in of_code {
        let of = |position: usize| {
            let all = ranking.multipliers.of(position);
            multipliers.iter().map(move |number_of| all[*number_of])
        };
        let (inputs, exact) = if figures.is_area {
            let whole = logarithmic_mean(figures.code, figures.size);
            let log = |position: &usize| {
                let log: f64 = of(*position).fold(0.0, |sum, multiplier| sum + multiplier.ln());
                ranking.weight_of_logs(*position) / whole * log
            };
            let logs: Vec<f64> = figures.ranked.iter().map(log).collect();
            let exact = logs.iter().fold(0.0, |sum, log| sum + log).exp();
            (Expression::Exp(Box::new(total(logs.into_iter()))), exact)
        } else {
            let position = figures.ranked[0];
            let exact = of(position).fold(1.0, |product, multiplier| product * multiplier);
            (product(of(position).map(number).collect::<Vec<_>>()), exact)
        };
        of_share.push(number(exact));
        figures.push(Quantity::Factor(factor, whose), inputs);
    }
    if figures.has_incidents() {
        let omega = ranking.omega;
        let own = quotient(product([number(omega), number(figures.own)]), number(figures.code));
        let exact = 1.0 - omega + omega * figures.own / figures.code;
        of_share.push(number(exact));
        let inputs = sum([count(1_u64), negative(number(omega)), own]);
        figures.push(Quantity::Factor(Factor::PastIncidents, whose), inputs);
    }
    figures.push(Quantity::ShareAsProduct, product(of_share));
}

fn expectation(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let forecaster = &analysis.forecaster;
    let parameters = &analysis.parameters;
    let share = figures.shares.total();
    let Some(per_year) = forecaster.incidents_per_year else {
        per_line(figures, Quantity::SharePerLine, number(share));
        return;
    };
    rates(figures, per_year);
    let counts = forecaster.counts(share).expect("there is a yearly total");
    let visible_share = forecaster.visible_share;
    let mut visible = per_year;
    if visible_share < 1.0 {
        visible *= visible_share;
        let inputs = product([number(per_year), number(visible_share)]);
        figures.push(Quantity::VisibleIncidents, inputs);
    }
    figures.push(Quantity::ExpectedIncidents, product([number(visible), number(share)]));
    let weight = sum([number(parameters.history_saturation), number(forecaster.incident_weight)]);
    let evidence = product([weight, number(share * visible_share)]);
    let of_share = quotient(count(1_u64), sum([number(parameters.dispersion_offset), evidence]));
    let of_few =
        quotient(number(parameters.dispersion_of_few), sum([number(per_year.max(0.0)), count(1_u64)]));
    let inverse = sum([of_share, number(parameters.dispersion_floor), of_few]);
    figures.push(Quantity::Shape, quotient(count(1_u64), inverse));
    // Without a cost, the expected incidents per line decide where to start.
    if forecaster.costs.is_empty() {
        per_line(figures, Quantity::IncidentsPerLine, number(counts.mean));
    }
    for (currency, draws) in &forecaster.costs {
        cost(figures, *currency, draws, counts.mean);
    }
}

/// The incidents expected per year in the whole.
fn rates(figures: &mut SubjectSums<'_>, per_year: f64) {
    let analysis = figures.analysis;
    let (forecaster, parameters) = (&analysis.forecaster, &analysis.parameters);
    let incidents = forecaster.incidents_used as usize;
    let days = || count(u64::try_from(parameters.horizon_days).expect("a year has days"));
    let half_life = parameters.rate_half_life_days;
    let ln_2 = || Expression::Log(Box::new(count(2_u64)));
    let per_half_life = quotient(product([ln_2(), days()]), number(half_life));
    let decayed = product([per_half_life, number(forecaster.decayed_incidents)]);
    figures.push(Quantity::DecayedRate { incidents, half_life }, decayed);
    let weight = parameters.last_year_weight;
    let last_year = product([number(weight), count(forecaster.incidents_last_year)]);
    let recent = sum([last_year, product([code_weight(weight), number(forecaster.decayed_rate)])]);
    figures.push(Quantity::RecentRate, recent);
    let longer = parameters.longer_half_life_days;
    let faded = power(number(0.5), quotient(number(forecaster.oldest_days), number(longer)));
    let in_years = quotient(quotient(number(longer), ln_2()), days());
    let years = product([in_years, sum([count(1_u64), negative(faded)])]);
    let years = Expression::Greatest(Box::new(number(0.5)), Box::new(years));
    figures.push(Quantity::LongerYears { half_life: longer }, years);
    let inputs = quotient(number(forecaster.longer_incidents), number(forecaster.longer_years));
    figures.push(Quantity::LongerRate { incidents, half_life: longer }, inputs);
    let (recent, weight) = (forecaster.recent_rate, parameters.longer_rate_weight);
    let inputs = if recent + weight > 0.0 {
        let longer = product([number(weight), number(forecaster.longer_rate)]);
        let above = sum([product([number(recent), number(recent)]), longer]);
        quotient(above, sum([number(recent), number(weight)]))
    } else {
        number(per_year)
    };
    figures.push(Quantity::IncidentsPerYear, inputs);
}

fn cost(figures: &mut SubjectSums<'_>, currency: Currency, draws: &CostDraws, incidents: f64) {
    let unit = 10_f64.powi(i32::try_from(currency.minor_digits()).expect("at most three digits"));
    let amount = |minor: i128| {
        // Recorded costs sum in 64 bits; with assumed ones the sum may not.
        i64::try_from(minor).map_or_else(
            |_| number(minor as f64 / unit),
            |minor| Expression::Amount(Money { minor, currency }),
        )
    };
    let cut = draws.winsorised().map_or(0, |(largest, counted)| i128::from(largest - counted));
    // First the sum as recorded; the next addends correct it.
    let mut sums = vec![amount(draws.total() - draws.assumed_total() + cut)];
    if cut > 0 {
        sums.push(negative(amount(cut)));
    }
    if draws.assumed() > 0 {
        sums.push(amount(draws.assumed_total()));
    }
    let quantity = Quantity::MeanCost {
        currency,
        is_winsorised: draws.winsorised().is_some(),
        assumed: draws.assumed(),
    };
    figures.push(quantity, quotient(sum(sums), count(draws.recorded())));
    let mean = draws.mean() / unit;
    figures.push(Quantity::ExpectedCost { currency }, product([number(incidents), number(mean)]));
    per_line(figures, Quantity::CostPerLine { currency }, number(incidents * mean));
}

/// Adds a quantity per line of code, where there are any.
fn per_line(figures: &mut SubjectSums<'_>, quantity: Quantity, value: Expression) {
    if figures.lines > 0 {
        figures.push(quantity, quotient(value, count(figures.lines)));
    }
}
