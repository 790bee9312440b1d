//! Assumptions in words.

use debtscan_findings::Assumption;

use crate::number::{counted, money, precise};

/// An assumption as a sentence.
pub(crate) fn assumption_text(assumption: &Assumption) -> String {
    match assumption {
        Assumption::Activity { work_half_life, revision_half_life, max_files } => format!(
            "Work has a half-life of {work_half_life} days, hotspot activity of {revision_half_life}. Commits over \
             {max_files} source files are excluded."
        ),
        Assumption::IncidentDecay { half_life } => format!(
            "Incidents have a half-life of {half_life} days. Weights and half-lives are defaults measured on other \
             projects."
        ),
        Assumption::YearlyTotal { last_year_weight } => format!(
            "The expected number of incidents is {} x last year's count plus {} x a decayed rate, shrunk towards a \
             longer-term rate if there are few; last year's count alone has a median error of 32%.",
            precise(*last_year_weight),
            precise(1.0 - last_year_weight)
        ),
        Assumption::Ranges => {
            "Ranges cover 80%: counts are negative binomial, costs are drawn from past costs.".to_owned()
        }
        Assumption::DatedByFix { incidents } => format!(
            "{} without an opening date are dated by the first fix commit, or else by when they were resolved.",
            counted(*incidents, "incident", "incidents")
        ),
        Assumption::MeanCost { winsorised } if winsorised.is_empty() => {
            "An incident is expected to cost the mean of past costs, zeros included, without a trend."
                .to_owned()
        }
        Assumption::MeanCost { winsorised } => {
            let tails: Vec<String> = winsorised
                .iter()
                .map(|(largest, counted)| format!("the largest cost, {}, is capped at {}", money(*largest), money(*counted)))
                .collect();
            format!(
                "An incident is expected to cost the winsorised mean of past costs, zeros included, without a trend: \
                 {}.",
                tails.join(", ")
            )
        }
        Assumption::CurrenciesApart => {
            "Currencies are not converted: an incident in one currency counts as zero in the means of the others."
                .to_owned()
        }
        Assumption::Credits => "Credits lower the mean cost, and count as zero in the ranges.".to_owned(),
    }
}
