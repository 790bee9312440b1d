//! The steps of an explanation in words: quantity, formula, and formula with values.

use debtscan_findings::{ExplainedStep, Factor, Quantity, Whose};

use crate::expression::{plain_text, text};
use crate::number::{count, counted, currency_mark, precise};
use crate::text::visible;

/// The texts of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepText {
    /// The name (`size share`).
    pub(crate) quantity: String,
    /// The formula (`LOC / LOC of all source files`).
    pub(crate) formula: String,
    /// The formula with values (`1,234 / 240,000`).
    pub(crate) inputs: String,
}

/// The words of a step in tables and Markdown.
pub(crate) fn shown_text(step: &ExplainedStep) -> StepText {
    // Only the numbers differ: grouped thousands are for the eye.
    StepText { inputs: text(&step.inputs), ..step_text(step) }
}

/// The words of a step in JSON and CSV, where programs read the numbers.
pub(crate) fn step_text(step: &ExplainedStep) -> StepText {
    StepText {
        quantity: quantity(&step.quantity),
        formula: formula(&step.quantity),
        inputs: plain_text(&step.inputs),
    }
}

fn quantity(quantity: &Quantity) -> String {
    let name = match quantity {
        Quantity::SizeShare | Quantity::SizeShareByFiles => "size share",
        Quantity::Work { .. } => "work",
        Quantity::WorkMultiplier => "x work",
        Quantity::ComplexityMultiplier { .. } => "x complexity",
        Quantity::Growth => "growth",
        Quantity::GrowthMultiplier { .. } => "x growth",
        Quantity::TestedCommits { .. } => "commits with tests",
        Quantity::TestsMultiplier => "x tests",
        Quantity::WorkPerLine => "work per line of all",
        Quantity::FolderWorkPerLine { .. } => "work per line of folder",
        Quantity::FolderMultiplier => "x folder",
        Quantity::CoupledIncidents => "coupled incidents",
        Quantity::CoupledFilesMultiplier => "x coupled files",
        Quantity::CodeShare(_) => "code share",
        Quantity::IncidentWeight { .. } => "incident weight w",
        Quantity::IncidentWeightOfAll { .. } => "incident weight of all Y",
        Quantity::PastIncidentShare(_) => "past-incident share",
        Quantity::Omega => "past-incident weight omega",
        Quantity::Share { .. } => "share",
        Quantity::Factor(factor, _) => match factor {
            Factor::ChangeRate => "factor change rate",
            Factor::Complexity => "factor complexity",
            Factor::Neighbours => "factor neighbours",
            Factor::PastIncidents => "factor past incidents",
        },
        Quantity::ShareAsProduct => "share as a product",
        Quantity::DecayedRate { .. } => "decayed rate per year",
        Quantity::RecentRate => "recent rate per year n",
        Quantity::LongerYears { .. } => "years of the longer rate",
        Quantity::LongerRate { .. } => "longer rate per year m",
        Quantity::IncidentsPerYear => "incidents per year N",
        Quantity::VisibleIncidents => "of these, on scanned files",
        Quantity::ExpectedIncidents => "expected incidents per year",
        Quantity::Shape => "shape of the negative binomial",
        // Steps are repeated per currency, so their names need it.
        Quantity::MeanCost { currency, .. } => return in_currency("mean cost of an incident", *currency),
        Quantity::ExpectedCost { currency } => return in_currency("expected cost per year", *currency),
        Quantity::SharePerLine => "share per line",
        Quantity::IncidentsPerLine => "expected incidents per line",
        Quantity::CostPerLine { currency } => return in_currency("expected cost per line", *currency),
    };
    name.to_owned()
}

/// `mean cost of an incident, $`.
fn in_currency(name: &str, currency: debtscan_incidents::Currency) -> String {
    format!("{name}, {}", currency_mark(currency).trim())
}

fn formula(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Work { .. }
        | Quantity::TestedCommits { .. }
        | Quantity::FolderWorkPerLine { .. }
        | Quantity::IncidentWeight { .. }
        | Quantity::IncidentWeightOfAll { .. }
        | Quantity::DecayedRate { .. }
        | Quantity::LongerYears { .. }
        | Quantity::LongerRate { .. } => decayed_formula(quantity),
        Quantity::CodeShare(_) | Quantity::PastIncidentShare(_) | Quantity::Factor(..) => {
            formula_of_subject(quantity)
        }
        // It counts as average, so the quotient in its formula is 1.
        Quantity::ComplexityMultiplier { has_grammar: false } => {
            "(1 + o)^p / average: no grammar reads it, so it counts as average".to_owned()
        }
        Quantity::GrowthMultiplier { most } => {
            let most = precise(*most);
            format!("growth^p / average, with growth from 1/{most} to {most}")
        }
        Quantity::Share { has_incidents: false } => "code share, since no incident counts".to_owned(),
        Quantity::MeanCost { is_winsorised, assumed, .. } => mean_cost(*is_winsorised, *assumed),
        _ => plain_formula(quantity).to_owned(),
    }
}

/// Formulas that need no values; empty for any other quantity.
fn plain_formula(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::SizeShare => "LOC / LOC of all source files",
        Quantity::SizeShareByFiles => "files / all source files",
        Quantity::WorkMultiplier => "(work / LOC / (work / LOC of all) + o)^p / average over the code",
        Quantity::ComplexityMultiplier { .. } => {
            "(cognitive complexity / LOC / (the same of all) + o)^p / average over the code"
        }
        Quantity::Growth => "(lines + c) / (lines a year ago + c)",
        Quantity::TestsMultiplier => {
            "(commits with tests / LOC / (the same of all) + o)^p / average over the code"
        }
        Quantity::WorkPerLine => "work of all source files / their LOC",
        Quantity::FolderMultiplier => {
            "(work per line of its folder / that of all + o)^p / average over the code"
        }
        Quantity::CoupledIncidents => {
            "(incidents per line of files that change with it, each by shared commits, + c x mean) / (shared commits \
             + c) / mean"
        }
        Quantity::CoupledFilesMultiplier => "(coupled incidents + o)^(p x trust) / average over the code",
        Quantity::Omega => "linked x m x Y / (Y + k); linked: share of incidents whose place is known",
        Quantity::Share { .. } => "(1 - omega) x code share + omega x past-incident share",
        Quantity::ShareAsProduct => "size share x factors",
        Quantity::RecentRate => "y x incidents of the last 365 d + (1 - y) x decayed rate",
        Quantity::IncidentsPerYear => "(n x n + c x m) / (n + c)",
        Quantity::VisibleIncidents => "N x sum of their shares in the whole repository",
        Quantity::ExpectedIncidents => "incidents per year x share",
        Quantity::Shape => "1 / (1 / (d + (k + Y) x share) + e + f / (N + 1))",
        Quantity::ExpectedCost { .. } => "expected incidents x mean cost",
        Quantity::SharePerLine => "share / LOC",
        Quantity::IncidentsPerLine => "expected incidents / LOC",
        Quantity::CostPerLine { .. } => "expected cost / LOC",
        _ => "",
    }
}

/// Formulas of what counts less with age, and of folders; empty for any other quantity.
fn decayed_formula(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Work { counted: n, commits, half_life, max_files } => format!(
            "sum over {} of {} of 2^(-age / {} d) / source files of the commit, without ignored ones and those of more \
             than {} source files",
            count(*n),
            counted(*commits, "commit", "commits"),
            precise(*half_life),
            count(*max_files)
        ),
        Quantity::TestedCommits { commits, half_life } => format!(
            "sum over {} that touched a test of 2^(-age / {} d)",
            counted(*commits, "commit", "commits"),
            precise(*half_life)
        ),
        Quantity::FolderWorkPerLine { folder } => format!(
            "{}: (work in it + k x work per line above) / (LOC in it + k); k: a part of all lines",
            visible(folder.as_bytes())
        ),
        Quantity::IncidentWeight { incidents, half_life } => format!(
            "sum over {} of share here x 2^(-age / {} d)",
            counted(*incidents, "incident", "incidents"),
            precise(*half_life)
        ),
        Quantity::IncidentWeightOfAll { incidents } => {
            format!("the same over all {} that count", counted(*incidents, "incident", "incidents"))
        }
        Quantity::DecayedRate { incidents, half_life } => format!(
            "ln 2 x 365 / half-life x sum over {} of 2^(-age / {} d), age since opened",
            counted(*incidents, "incident", "incidents"),
            precise(*half_life)
        ),
        Quantity::LongerYears { half_life } => format!(
            "{} d / ln 2 / 365 x (1 - 2^(-age of the first incident / {0} d)), at least 0.5",
            precise(*half_life)
        ),
        Quantity::LongerRate { incidents, half_life } => format!(
            "sum over {} of 2^(-age / {} d) / years",
            counted(*incidents, "incident", "incidents"),
            precise(*half_life)
        ),
        _ => String::new(),
    }
}

/// Formulas that differ between files and areas; empty for any other quantity.
fn formula_of_subject(quantity: &Quantity) -> String {
    let files = |files: &usize| counted(*files, "source file", "source files");
    match quantity {
        Quantity::CodeShare(Whose::File) => "size share x the six multipliers".to_owned(),
        Quantity::CodeShare(Whose::Area { files: n }) => {
            format!("sum of the code shares of its {}", files(n))
        }
        Quantity::PastIncidentShare(Whose::File) => "w x LOC^q / its sum over all source files".to_owned(),
        Quantity::PastIncidentShare(Whose::Area { files: n }) => {
            format!("sum of the past-incident shares of its {}", files(n))
        }
        Quantity::Factor(Factor::PastIncidents, _) => {
            "1 - omega + omega x past-incident share / code share".to_owned()
        }
        Quantity::Factor(factor, Whose::File) => match factor {
            Factor::ChangeRate => "x work x growth x tests",
            Factor::Complexity => "x complexity",
            Factor::Neighbours | Factor::PastIncidents => "x folder x coupled files",
        }
        .to_owned(),
        Quantity::Factor(_, Whose::Area { files: n }) => format!(
            "exp(sum over its {} of weight x ln of the same factor of the file); weight: logarithmic \
             mean of its code and size share / that of the area",
            files(n)
        ),
        _ => String::new(),
    }
}

fn mean_cost(is_winsorised: bool, assumed: u32) -> String {
    let mut sum = "sum of past costs".to_owned();
    if is_winsorised {
        // Winsorising as subtraction, so that the line can be recomputed with four operations.
        sum.push_str(" - what the largest has more than the second");
    }
    if assumed > 0 {
        sum.push_str(" + the mean of their severity for incidents without a cost");
    }
    let is_sum = is_winsorised || assumed > 0;
    if is_sum { format!("({sum}) / incidents") } else { format!("{sum} / incidents with a cost") }
}
