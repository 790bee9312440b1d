//! Accuracy of the ranking when some incidents are hidden from it.

use anyhow::Result;
use serde_json::{Value, json};

use super::decimals::{decimals, signed_decimals};
use super::macro_mean::Suite;

/// The printed figures.
const FIGURES: [&str; 4] = ["c10", "c20", "popt", "top10"];

/// The incidents that one run of the suite hides.
pub(super) struct HiddenIncidents {
    /// The flag of `debtscan backtest`.
    flag: &'static str,
    percent: String,
    seed: u32,
}

impl HiddenIncidents {
    pub(super) fn arguments(&self) -> Vec<String> {
        vec![self.flag.to_owned(), self.percent.clone(), "--seed".to_owned(), self.seed.to_string()]
    }
}

/// Runs the suite for every flag, percentage and seed, and prints the figures of the ranking and their
/// advantage over the ranking without incidents.
pub(super) fn print(
    percents: &[String],
    seeds: u32,
    whole: &Suite,
    suite_of: impl Fn(Option<&HiddenIncidents>) -> Result<Suite>,
) -> Result<Vec<Value>> {
    println!(
        "\nIncidents hidden from the ranking, {seeds} draws: the mean, and the minimum of all draws. Without"
    );
    let without = FIGURES.map(|figure| decimals(whole.mean("no_incidents", figure)));
    println!("any incident: {}.\n", without.join(" / "));
    println!("| hidden | {} | advantage over no incidents: {} |", FIGURES.join(" | "), FIGURES.join(" | "));
    println!("|---{}|", "|---".repeat(2 * FIGURES.len()));
    row("nothing", std::slice::from_ref(&figures(whole)));
    let mut rows = Vec::new();
    for (flag, what) in [("--drop-incidents", "of the incidents"), ("--drop-links", "of the evidence")] {
        for percent in percents {
            let mut draws = Vec::new();
            for seed in 1..=seeds {
                draws.push(figures(&suite_of(Some(&HiddenIncidents {
                    flag,
                    percent: percent.clone(),
                    seed,
                }))?));
            }
            row(&format!("{percent}% {what}"), &draws);
            let draws: Vec<Value> =
                draws.iter().map(|draw| json!({ "has": draw.0, "has_more": draw.1 })).collect();
            rows.push(json!({ "flag": flag, "percent": percent, "figures": FIGURES, "draws": draws }));
        }
    }
    Ok(rows)
}

/// debtscan's figures, and their advantage over the ranking without incidents, in the order of [`FIGURES`].
type DrawFigures = ([f64; 4], [f64; 4]);

fn figures(suite: &Suite) -> DrawFigures {
    let has = FIGURES.map(|figure| suite.mean("debtscan", figure));
    (has, FIGURES.map(|figure| suite.mean("debtscan", figure) - suite.mean("no_incidents", figure)))
}

fn row(name: &str, draws: &[DrawFigures]) {
    let mean = |of: &dyn Fn(&DrawFigures) -> f64| draws.iter().map(of).sum::<f64>() / draws.len() as f64;
    let least = |of: &dyn Fn(&DrawFigures) -> f64| draws.iter().map(of).fold(f64::INFINITY, f64::min);
    let mut cells = vec![name.to_owned()];
    cells.extend((0..FIGURES.len()).map(|figure| decimals(mean(&|draw| draw.0[figure]))));
    cells.extend((0..FIGURES.len()).map(|figure| {
        let (mean, least) = (mean(&|draw| draw.1[figure]), least(&|draw| draw.1[figure]));
        format!("{} ({})", signed_decimals(mean), signed_decimals(least))
    }));
    println!("| {} |", cells.join(" | "));
}
