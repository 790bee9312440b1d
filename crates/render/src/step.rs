//! The steps of an explanation in words: quantity, formula, and formula with values.

use debtscan_findings::{Multiplier, Step};

use crate::number::{count, counted, currency_mark, exact_money, grouped, precise};

/// The texts of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepText {
    /// The name (`size share`).
    pub(crate) quantity: &'static str,
    /// The formula (`LOC / LOC of all source files`).
    pub(crate) formula: &'static str,
    /// The formula with values (`1,234 / 240,000`).
    pub(crate) inputs: String,
}

/// The words of a step in tables and Markdown.
pub(crate) fn shown_text(step: &Step) -> StepText {
    let stored = step_text(step);
    StepText {
        quantity: shown_quantity(step).unwrap_or(stored.quantity),
        formula: shown_formula(step).unwrap_or(stored.formula),
        inputs: match step {
            Step::ComplexityMultiplier { cognitive: None, .. } => {
                "language without a grammar: the mean is assumed".to_owned()
            }
            _ => stored.inputs,
        },
    }
}

/// The name of a step, where it differs from the one in JSON and CSV.
fn shown_quantity(step: &Step) -> Option<&'static str> {
    Some(match step {
        Step::CoupledFilesMultiplier { .. } => "x coupled files",
        Step::OwnShare { .. } | Step::OwnShareOfArea { .. } => "past-incident share",
        Step::Omega { .. } => "past-incident weight omega",
        Step::PartOfSize { .. } => "share from size",
        Step::PartOfMultiplier { multiplier, .. } | Step::PartOfMultiplierOfArea { multiplier, .. } => {
            match multiplier {
                Multiplier::Work => "share from work",
                Multiplier::Complexity => "share from complexity",
                Multiplier::Growth => "share from growth",
                Multiplier::Tests => "share from tests",
                Multiplier::Folder => "share from folder",
                Multiplier::CoupledFiles => "share from coupled files",
            }
        }
        Step::PartOfOwn { .. } => "share from past incidents",
        _ => return None,
    })
}

/// The formula of a step, where it differs from the one in JSON and CSV.
fn shown_formula(step: &Step) -> Option<&'static str> {
    Some(match step {
        Step::Work { .. } => {
            "sum over its commits of 2^(-age / half-life) / source files of the commit, excluding commits over the limit"
        }
        Step::ComplexityMultiplier { .. } => {
            "((cognitive complexity / LOC) / (the same of all) + o)^p, relative to the mean"
        }
        Step::TestsMultiplier { .. } => {
            "((commits with tests, by age, / LOC) / (the same of all) + o)^p, relative to the mean"
        }
        Step::FolderMultiplier { .. } => {
            "(work per line of the folder / the same of all + o)^p, relative to the mean"
        }
        Step::CoupledFilesMultiplier { .. } => {
            "(incidents per line of coupled files / the same of all + o)^(p x trust), relative to the mean"
        }
        Step::OwnShare { .. } => "w x LOC^q / its sum over all source files",
        Step::OwnShareOfArea { .. } => "sum over its files of w x LOC^q / its sum over all source files",
        Step::Omega { .. } => "linked x m x Y / (Y + k); linked: share of incidents linked to code",
        Step::PartOfMultiplierOfArea { .. } => "sum over files of the multiplier's contribution",
        Step::PartOfOwn { .. } => "omega x past-incident share",
        Step::Share { .. } => "sum of the shares above",
        Step::LongerRate { .. } => {
            "sum over incidents of 2^(-age / half-life) / years since the first, with the same decay"
        }
        Step::MeanCost { assumed: 1.., .. } => {
            "mean of past costs; an incident without one is taken at the mean of its severity"
        }
        Step::MeanCost { is_winsorised: false, .. } => "mean of past costs",
        Step::MeanCost { is_winsorised: true, .. } => {
            "mean of past costs, with the largest capped at the second largest"
        }
        _ => return None,
    })
}

/// The words of a step in JSON and CSV, stable within a schema version.
pub(crate) fn step_text(step: &Step) -> StepText {
    StepText { quantity: quantity(step), formula: formula(step), inputs: inputs(step) }
}

fn quantity(step: &Step) -> &'static str {
    match step {
        Step::SizeShare { .. } | Step::SizeShareByFiles { .. } => "size share",
        Step::Work { .. } => "work",
        Step::WorkMultiplier { .. } => "x work",
        Step::ComplexityMultiplier { .. } => "x complexity",
        Step::GrowthMultiplier { .. } => "x growth",
        Step::TestsMultiplier { .. } => "x tests",
        Step::FolderMultiplier { .. } => "x folder",
        Step::CoupledFilesMultiplier { .. } => "x companions",
        Step::CodeShare { .. } | Step::CodeShareOfArea { .. } => "code share",
        Step::IncidentWeight { .. } => "incident weight w",
        Step::IncidentWeightOfAll { .. } => "incident weight of all Y",
        Step::OwnShare { .. } | Step::OwnShareOfArea { .. } => "own share",
        Step::Omega { .. } => "weight of own incidents omega",
        Step::PartOfSize { .. } => "part of size",
        Step::PartOfMultiplier { multiplier, .. } | Step::PartOfMultiplierOfArea { multiplier, .. } => {
            part_of(*multiplier)
        }
        Step::PartOfOwn { .. } => "part of own incidents",
        Step::Share { .. } => "share",
        Step::DecayedRate { .. } => "decayed rate per year",
        Step::RecentRate { .. } => "recent rate per year n",
        Step::LongerRate { .. } => "longer rate per year m",
        Step::IncidentsPerYear { .. } => "incidents per year N",
        Step::VisibleIncidents { .. } => "of these, on scanned files",
        Step::ExpectedIncidents { .. } => "expected incidents per year",
        Step::Shape { .. } => "shape of the negative binomial",
        Step::MeanCost { .. } => "mean cost of an incident",
        Step::ExpectedCost { .. } => "expected cost per year",
        Step::SharePerLine { .. } => "share per line",
        Step::IncidentsPerLine { .. } => "expected incidents per line",
        Step::CostPerLine { .. } => "expected cost per line",
    }
}

fn part_of(multiplier: Multiplier) -> &'static str {
    match multiplier {
        Multiplier::Work => "part of work",
        Multiplier::Complexity => "part of complexity",
        Multiplier::Growth => "part of growth",
        Multiplier::Tests => "part of tests",
        Multiplier::Folder => "part of the folder's work",
        Multiplier::CoupledFiles => "part of companions' incidents",
    }
}

fn formula(step: &Step) -> &'static str {
    match step {
        Step::SizeShare { .. } => "LOC / LOC of all source files",
        Step::SizeShareByFiles { .. } => "files / all source files",
        Step::Work { .. } => {
            "sum over its commits of 2^(-age / half-life) / source files of the commit, without commits over the limit"
        }
        Step::WorkMultiplier { .. } => "((work / LOC) / (work / LOC of all) + o)^p, relative to the mean",
        Step::ComplexityMultiplier { .. } => {
            "((cognitive complexity / LOC) / (that of all) + o)^p, relative to the mean"
        }
        Step::GrowthMultiplier { .. } => "((lines + c) / (lines a year ago + c))^p, relative to the mean",
        Step::TestsMultiplier { .. } => {
            "((commits with tests, by age, / LOC) / (that of all) + o)^p, relative to the mean"
        }
        Step::FolderMultiplier { .. } => {
            "(work per line of the folder / that of all + o)^p, relative to the mean"
        }
        Step::CoupledFilesMultiplier { .. } => {
            "(incidents per line of files that change with it / that of all + o)^(p x trust), relative to the mean"
        }
        Step::CodeShare { .. } => "size share x multipliers",
        Step::CodeShareOfArea { .. } => "sum over its files of size share x multipliers",
        Step::IncidentWeight { .. } => "sum over its incidents of share x 2^(-age / half-life)",
        Step::IncidentWeightOfAll { .. } => "sum of w over all source files",
        Step::OwnShare { .. } => "w x LOC^q / sum of it",
        Step::OwnShareOfArea { .. } => "sum over its files of w x LOC^q / sum of it",
        Step::Omega { .. } => "linked x m x Y / (Y + k); linked: part of the incidents that could be placed",
        Step::PartOfSize { .. } => "(1 - omega) x size share",
        Step::PartOfMultiplier { .. } => "(1 - omega) x (code - size) x ln multiplier / ln (code / size)",
        Step::PartOfMultiplierOfArea { .. } => "sum over its files of what the multiplier adds",
        Step::PartOfOwn { .. } => "omega x own share",
        Step::Share { .. } => "sum of the parts",
        Step::DecayedRate { .. } => {
            "ln 2 x 365 / half-life x sum over incidents of 2^(-age / half-life), age since opened"
        }
        Step::RecentRate { .. } => "y x incidents of the last 365 d + (1 - y) x decayed rate",
        Step::LongerRate { .. } => {
            "sum over incidents of 2^(-age / half-life) / years since the first, decayed alike"
        }
        Step::IncidentsPerYear { .. } => "(n x n + c x m) / (n + c)",
        Step::VisibleIncidents { .. } => "N x sum of their shares in the whole repository",
        Step::ExpectedIncidents { .. } => "incidents per year x share",
        Step::Shape { .. } => "1 / (1 / (d + (k + Y) x share) + e + f / (N + 1))",
        Step::MeanCost { is_winsorised: false, assumed: 0, .. } => {
            "sum of past costs / incidents with a cost"
        }
        Step::MeanCost { is_winsorised: false, .. } => {
            "(sum of past costs + means of the severity of those without one) / incidents"
        }
        Step::MeanCost { assumed: 1.., .. } => {
            "(winsorised sum of past costs + means of the severity of those without one) / incidents; the largest \
             counts as the second"
        }
        Step::MeanCost { is_winsorised: true, .. } => {
            "winsorised sum of past costs / incidents with a cost; the largest counts as the second"
        }
        Step::ExpectedCost { .. } => "expected incidents x mean cost",
        Step::SharePerLine { .. } => "share / LOC",
        Step::IncidentsPerLine { .. } => "expected incidents / LOC",
        Step::CostPerLine { .. } => "expected cost / LOC",
    }
}

fn inputs(step: &Step) -> String {
    match step {
        Step::SizeShare { lines, all_lines } => format!("{} / {}", grouped(*lines), grouped(*all_lines)),
        Step::SizeShareByFiles { files, all_files } => format!("{files} / {all_files}"),
        Step::Work { counted: n, commits, half_life, max_files } => {
            let commits = counted(*commits, "commit", "commits");
            format!("{} of {commits}, half-life {} d, limit {max_files}", count(*n), precise(*half_life))
        }
        Step::WorkMultiplier { work: value, lines } | Step::TestsMultiplier { tested: value, lines } => {
            format!("{} on {} lines", precise(*value), grouped(*lines))
        }
        Step::ComplexityMultiplier { cognitive: None, .. } => {
            "no grammar for it: taken for average".to_owned()
        }
        Step::ComplexityMultiplier { cognitive: Some(cognitive), lines } => {
            format!("cognitive complexity {} on {} lines", precise(*cognitive), grouped(*lines))
        }
        Step::GrowthMultiplier { growth, line_offset, power } => {
            format!("{}, c {}, power {}", precise(*growth), precise(*line_offset), precise(*power))
        }
        Step::FolderMultiplier { rate, mean } => {
            format!("{} per 1,000 lines against {}", precise(rate * 1e3), precise(mean * 1e3))
        }
        Step::CoupledFilesMultiplier { history_weight, power } => {
            format!("trust {}, power {}", precise(*history_weight), precise(*power))
        }
        Step::CodeShare { size, multipliers } => {
            let factors = multipliers.map(precise);
            format!("{} x {}", precise(*size), factors.join(" x "))
        }
        Step::CodeShareOfArea { files }
        | Step::OwnShareOfArea { files }
        | Step::PartOfMultiplierOfArea { files, .. } => counted(*files, "source file", "source files"),
        Step::IncidentWeight { incidents, half_life }
        | Step::DecayedRate { incidents, half_life }
        | Step::LongerRate { incidents, half_life } => {
            let incidents = counted(*incidents, "incident", "incidents");
            format!("{incidents}, half-life {} d", precise(*half_life))
        }
        Step::IncidentWeightOfAll { incidents } => counted(*incidents, "incident", "incidents"),
        Step::OwnShare { weight, lines, power } => {
            format!("{} x {}^{}", precise(*weight), grouped(*lines), precise(*power))
        }
        Step::PartOfSize { omega, size } => product(1.0 - omega, *size),
        Step::PartOfMultiplier { code, size, .. } => {
            format!("code {}, size {}", precise(*code), precise(*size))
        }
        Step::PartOfOwn { omega, own } => product(*omega, *own),
        Step::Share { parts } => parts.iter().copied().map(precise).collect::<Vec<_>>().join(" + "),
        Step::VisibleIncidents { per_year, visible_share: share }
        | Step::ExpectedIncidents { per_year, share } => product(*per_year, *share),
        Step::MeanCost { total, incidents, .. } => {
            format!("{} / {}", exact_money(*total), grouped(*incidents))
        }
        Step::ExpectedCost { currency, incidents, mean } => {
            format!("{} x {}{}", precise(*incidents), currency_mark(*currency), precise(*mean))
        }
        Step::SharePerLine { share: value, lines }
        | Step::IncidentsPerLine { incidents: value, lines }
        | Step::CostPerLine { cost: value, lines } => format!("{} / {}", precise(*value), grouped(*lines)),
        Step::Omega { .. } | Step::RecentRate { .. } | Step::IncidentsPerYear { .. } | Step::Shape { .. } => {
            rate_inputs(step)
        }
    }
}

fn product(a: f64, b: f64) -> String {
    format!("{} x {}", precise(a), precise(b))
}

/// Values of the longer formulas; empty for any other step.
fn rate_inputs(step: &Step) -> String {
    match step {
        Step::Omega { linked_share, max_weight, incident_weight, saturation } => format!(
            "{} x {} x {} / ({2} + {})",
            precise(*linked_share),
            precise(*max_weight),
            precise(*incident_weight),
            precise(*saturation)
        ),
        Step::RecentRate { last_year_weight, last_year, decayed_rate } => format!(
            "{} x {} + {} x {}",
            precise(*last_year_weight),
            grouped(*last_year),
            precise(1.0 - last_year_weight),
            precise(*decayed_rate)
        ),
        Step::IncidentsPerYear { recent, longer_weight, longer } => {
            let (recent, weight) = (precise(*recent), precise(*longer_weight));
            format!("({recent} x {recent} + {weight} x {}) / ({recent} + {weight})", precise(*longer))
        }
        Step::Shape { offset, saturation, incident_weight, share, floor, of_few, per_year } => format!(
            "1 / (1 / ({} + ({} + {}) x {}) + {} + {} / ({} + 1))",
            precise(*offset),
            precise(*saturation),
            precise(*incident_weight),
            precise(*share),
            precise(*floor),
            precise(*of_few),
            precise(*per_year)
        ),
        _ => String::new(),
    }
}
