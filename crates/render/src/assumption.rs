//! Assumptions in words.

use debtscan_findings::Assumption;

use crate::number::{counted, money, precise};

/// An assumption as a sentence.
pub(crate) fn assumption_text(assumption: &Assumption) -> String {
    match assumption {
        Assumption::Activity { work_half_life, revision_half_life, max_files } => format!(
            "Work counts half after {work_half_life} days, and a revision in hotspots after {revision_half_life}; \
             commits over {max_files} source files do not count."
        ),
        Assumption::IncidentDecay { half_life } => format!(
            "An incident counts half after {half_life} days; weights and half-lives are defaults measured on other \
             projects."
        ),
        Assumption::YearlyTotal { last_year_weight } => format!(
            "Next year's number of incidents is {} x last year's count and {} x a decayed rate, drawn towards a \
             longer rate where these are few; last year's count alone misses by a median of 32 %.",
            precise(*last_year_weight),
            precise(1.0 - last_year_weight)
        ),
        Assumption::Ranges => {
            "Intervals hold 80 %: counts are negative binomial, costs are drawn from past ones.".to_owned()
        }
        Assumption::DatedByFix { incidents } => format!(
            "{} without an opening date count from their first fix commit, else from when they were resolved.",
            counted(*incidents, "incident", "incidents")
        ),
        Assumption::MeanCost { winsorised } if winsorised.is_empty() => {
            "The cost of an incident is the mean of the past costs, zeros included; it has no trend."
                .to_owned()
        }
        Assumption::MeanCost { winsorised } => {
            let tails: Vec<String> = winsorised
                .iter()
                .map(|(largest, counted)| format!("{} counts as {}", money(*largest), money(*counted)))
                .collect();
            format!(
                "The cost of an incident is the winsorised mean of the past costs, zeros included: the largest, {}; \
                 it has no trend.",
                tails.join(", ")
            )
        }
        Assumption::CurrenciesApart => {
            "Currencies are not converted: an incident in one counts as zero in the mean of the others."
                .to_owned()
        }
        Assumption::Credits => "Credits lower the mean cost, and count as zero in the intervals.".to_owned(),
    }
}
