//! The sentences on an area whose last year broke with its past.

use debtscan_findings::{AreaChange, BrokenYear, BrokenYears};

use crate::number::{count, count_range, counted, incidents, percent};

/// What happened, what is expected and why, how likely the same is again, and what became of such years before;
/// `None` if the year did not break. `name` is ready to be shown.
pub(crate) fn sentences(name: &str, change: &AreaChange, years: &BrokenYears) -> Option<String> {
    let broken = change.broken.as_ref()?;
    Some(format!(
        "{name} broke with its past: {} in the last 365 days, {} in the {} years before. {} {}",
        counted(change.last_year as usize, "incident", "incidents"),
        count(broken.past_incidents as usize),
        count(broken.past_years as usize),
        expected(change, broken),
        precedents(years)
    ))
}

fn expected(change: &AreaChange, broken: &BrokenYear) -> String {
    format!(
        "The model expects {} next (80% range {}), {} of it from past incidents here and the rest from its code; it \
         gives {} or more a probability of {}.",
        incidents(broken.expected.mean, usize::from(broken.expected.mean < 9.5)),
        count_range(&broken.expected),
        percent(broken.of_past_incidents),
        count(change.last_year as usize),
        percent(broken.again)
    )
}

fn precedents(years: &BrokenYears) -> String {
    let followed = match (years.years, years.followed) {
        (0, _) => return "No earlier year of any area broke like this.".to_owned(),
        (1, 0) => "The one such year in this history was not followed by another".to_owned(),
        (1, _) => "The one such year in this history was followed by another".to_owned(),
        (years, 0) => {
            format!("Of {} such years in this history, none was followed by another", count(years as usize))
        }
        (years, followed) => format!(
            "Of {} such years in this history, {} {} followed by another",
            count(years as usize),
            count(followed as usize),
            if followed == 1 { "was" } else { "were" }
        ),
    };
    format!(
        "{followed} ({}, then {}).",
        counted(years.incidents as usize, "incident", "incidents"),
        count(years.after as usize)
    )
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use debtscan_findings::{AreaChange, BrokenYear, BrokenYears, Interval};

    #[test]
    fn a_broken_year_is_told_with_its_precedents() {
        let broken = BrokenYear {
            past_years: 5,
            past_incidents: 9,
            by_past: 0.000_006,
            expected: Interval { low: 1.0, mean: 3.6, high: 7.0 },
            of_past_incidents: 0.14,
            again: 0.012,
        };
        let change =
            AreaChange { last_year: 13, year_before: 2, broken: Some(broken), ..AreaChange::default() };
        let years = BrokenYears { years: 6, followed: 2, incidents: 84, after: 41 };
        assert_eq!(
            sentences("lib", &change, &years).as_deref(),
            Some(
                "lib broke with its past: 13 incidents in the last 365 days, 9 in the 5 years before. The model \
                 expects 3.6 next (80% range 1–7), 14.0% of it from past incidents here and the rest from its code; \
                 it gives 13 or more a probability of 1.2%. Of 6 such years in this history, 2 were followed by \
                 another (84 incidents, then 41)."
            )
        );
        let alone = sentences("lib", &change, &BrokenYears::default());
        assert!(alone.is_some_and(|text| text.ends_with("No earlier year of any area broke like this.")));
        assert_eq!(sentences("lib", &AreaChange::default(), &years), None);
    }
}
