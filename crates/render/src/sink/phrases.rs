//! The words of findings.

use debtscan_findings::{
    Finding, FindingExpectation, FindingLevel, FindingRule, FindingSubject, FindingValues,
};
use debtscan_incidents::Costs;

use crate::number::{amount, count, counted, grouped, incidents, percent, sums};
use crate::text::visible;

/// Ids of incidents that a message names; the rest are counted.
const NAMED_INCIDENTS: usize = 5;

/// That data is missing.
pub(super) const INCOMPLETE: &str = "The data is incomplete: figures may be too low or misplaced. The table and the JSON report say what is missing.";

/// What a rule finds, as a title.
pub(super) fn title(rule: FindingRule) -> &'static str {
    match rule {
        FindingRule::AgreedRule => "More incidents than agreed",
        FindingRule::BrokenYear => "Year that broke with the past",
        FindingRule::KnowledgeLost => "Lost knowledge",
        FindingRule::KnowledgeIsland => "Knowledge of one person",
        FindingRule::CostlyHotspot => "Costly hotspot",
        FindingRule::ComplexFunction => "Complex function in a costly area",
        FindingRule::UnplacedCost => "Incidents without a place in the code",
    }
}

/// When a rule applies, in one sentence.
pub(super) fn definition(rule: FindingRule) -> &'static str {
    match rule {
        FindingRule::AgreedRule => "An area had more incidents in 91 days than the limit in its [[ask]].",
        FindingRule::BrokenYear => {
            "An area had far more incidents in the last 365 days than its past and the model lead to expect."
        }
        FindingRule::KnowledgeLost => {
            "In an area with much of the expected cost, inactive authors added at least half of the lines."
        }
        FindingRule::KnowledgeIsland => {
            "An area with much of the expected cost has a bus factor of 1: without one person, most of its files have \
             no author."
        }
        FindingRule::CostlyHotspot => {
            "A file is among the fewest that hold half of the expected cost, and among the fewest that hold half of \
             the hotspot scores."
        }
        FindingRule::ComplexFunction => {
            "A function in an area with much of the expected cost has a cognitive complexity above 15."
        }
        FindingRule::UnplacedCost => "Incidents name no commit, path, ticket or area that the history has.",
    }
}

/// Why it costs, and what to do next.
pub(super) fn advice(rule: FindingRule) -> &'static str {
    match rule {
        FindingRule::AgreedRule => {
            "The limit was agreed so that nobody has to argue again: plan the agreed work for the next sprint. \
             `debtscan brief --area NAME` has the business case."
        }
        FindingRule::BrokenYear => {
            "Something changed here. Read the incidents of the year before planning: `debtscan explain NAME` lists them."
        }
        FindingRule::KnowledgeLost => {
            "Changes by people who do not know the code take longer and break more. Let two people change it \
             together. `debtscan knowledge` shows the files."
        }
        FindingRule::KnowledgeIsland => {
            "Nobody else can change it safely. Have a second person review and change it. `debtscan knowledge` shows \
             the files."
        }
        FindingRule::CostlyHotspot => {
            "Much of the future cost is here. Split its complex functions before the next feature. `debtscan explain \
             PATH` shows the commits and incidents behind the figures."
        }
        FindingRule::ComplexFunction => {
            "Split it where you change it anyway, and add a test first. `debtscan trend PATH` shows how it grew."
        }
        FindingRule::UnplacedCost => {
            "Their cost is in the totals, but in no area. Name the fix commit or a path. `debtscan incidents` lists \
             what each one lacks."
        }
    }
}

/// What was found, in one to three sentences, ready to be shown.
pub(super) fn message(finding: &Finding) -> String {
    let area = finding.area.as_ref().map_or_else(String::new, |area| visible(area.name.as_bytes()));
    let fact = match &finding.values {
        FindingValues::AgreedRule { limit, incidents } => format!(
            "{area} had {} in the last 91 days ({}); at most {} {} agreed.",
            counted(incidents.len(), "incident", "incidents"),
            named(incidents),
            count(*limit as usize),
            if *limit == 1 { "was" } else { "were" }
        ),
        FindingValues::BrokenYear { last_year, broken } => format!(
            "{area} broke with its past: {} in the last 365 days, {} in the {} years before.",
            counted(*last_year as usize, "incident", "incidents"),
            count(broken.past_incidents as usize),
            count(broken.past_years as usize)
        ),
        FindingValues::KnowledgeLost { lost, source_lines, inactive_days } => format!(
            "{area}: authors without a commit in {} days added {} of the lines ({} lines of code).",
            count(*inactive_days as usize),
            percent(*lost),
            grouped(*source_lines)
        ),
        FindingValues::KnowledgeIsland { source_lines, contributors } => format!(
            "{area}: without one person, most of its files have no author ({} lines of code, {}).",
            grouped(*source_lines),
            counted(*contributors, "contributor", "contributors")
        ),
        FindingValues::CostlyHotspot {
            rank,
            hotspot_rank,
            revisions_last_year,
            complex_functions,
            incidents,
            costs,
        } => {
            format!(
                "Rank {} by expected cost and {} by hotspot score: {} in the last 365 days, {} above a cognitive \
                 complexity of 15, {}.",
                count(*rank),
                count(*hotspot_rank),
                counted(*revisions_last_year as usize, "commit", "commits"),
                counted(*complex_functions, "function", "functions"),
                to_date(*incidents, costs)
            )
        }
        FindingValues::ComplexFunction { cognitive, limit, cyclomatic, source_lines } => format!(
            "{} has a cognitive complexity of {}, above {} (cyclomatic {}, {} of code).",
            subject(finding),
            count(*cognitive as usize),
            count(*limit as usize),
            count(*cyclomatic as usize),
            counted(*source_lines as usize, "line", "lines")
        ),
        FindingValues::UnplacedCost { incidents, of, costs } => {
            let cost =
                if costs.is_zero() { String::new() } else { format!(", with a cost of {}", sums(costs)) };
            format!(
                "{} of {} have no place in the code{cost}.",
                count(*incidents),
                counted(*of, "incident", "incidents")
            )
        }
    };
    match &finding.expected {
        Some(expected) => format!("{fact} {}", expectation(expected)),
        None => fact,
    }
}

/// The name of what a finding is about, ready to be shown.
pub(super) fn subject(finding: &Finding) -> String {
    match &finding.subject {
        FindingSubject::Function { name, .. } => visible(name.as_bytes()),
        FindingSubject::File => shown_path(finding),
        FindingSubject::Area => {
            finding.area.as_ref().map_or_else(String::new, |area| visible(area.name.as_bytes()))
        }
        FindingSubject::Repository => "repository".to_owned(),
    }
}

fn to_date(number: u32, costs: &Costs) -> String {
    let number = counted(number as usize, "incident", "incidents");
    if costs.is_zero() { format!("{number} to date") } else { format!("{number} to date ({})", sums(costs)) }
}

fn named(ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().take(NAMED_INCIDENTS).map(|id| visible(id.as_bytes())).collect();
    match ids.len().saturating_sub(NAMED_INCIDENTS) {
        0 => shown.join(", "),
        more => format!("{} and {} more", shown.join(", "), count(more)),
    }
}

/// What is expected, in one sentence.
fn expectation(expected: &FindingExpectation) -> String {
    let costs: Vec<String> =
        expected.costs.iter().map(|(currency, minor)| amount(*minor, *currency)).collect();
    let cost = if costs.is_empty() { String::new() } else { format!(" and {}", costs.join(" + ")) };
    match expected.incidents {
        Some(mean) => format!(
            "Expected in the next 365 days: {} incidents{cost}, {} of all.",
            incidents(mean, usize::from(mean < 9.5)),
            percent(expected.share)
        ),
        None => format!("Share of the expected incidents: {}.", percent(expected.share)),
    }
}

/// What an output does not have.
pub(super) fn omitted(shown: usize, omitted: usize) -> String {
    format!(
        "The {} dearest findings are shown; {} more {} omitted.",
        count(shown),
        count(omitted),
        if omitted == 1 { "is" } else { "are" }
    )
}

/// The word for a level.
pub(super) fn level(level: FindingLevel) -> &'static str {
    match level {
        FindingLevel::Error => "error",
        FindingLevel::Warning => "warning",
        FindingLevel::Note => "note",
    }
}

/// The path of a finding as text for people; nothing for the whole repository.
pub(super) fn shown_path(finding: &Finding) -> String {
    finding.path.as_ref().map_or_else(String::new, |path| visible(path.as_bytes()))
}
