//! The computation of a forecast, quantity by quantity, with the numbers filled in.

use super::ExplainedStep;
use super::target::Subject;
use crate::FourShares;
use crate::build::{Analysis, amount, commits_of, count, grouped, precise};
use crate::rank::{CostDraws, NegativeBinomial, revision_weights};
use crate::{Currency, Money};

/// The steps of a subject; empty when it is not ranked.
pub(super) fn steps(analysis: &Analysis<'_>, subject: &Subject) -> Vec<ExplainedStep> {
    let ranked = subject.ranked_files(analysis);
    if ranked.is_empty() {
        return Vec::new();
    }
    let figures = Figures::of(analysis, *subject, ranked);
    let mut steps = Vec::new();
    base(&figures, &mut steps);
    history(&figures, &mut steps);
    parts(&figures, &mut steps);
    expectation(&figures, &mut steps);
    steps
}

/// The summed quantities of the subject's ranked files.
struct Figures<'a> {
    analysis: &'a Analysis<'a>,
    is_area: bool,
    ranked: Vec<usize>,
    lines: u64,
    size: f64,
    change_weight: f64,
    change: f64,
    base: f64,
    weight: f64,
    own: f64,
    folder: f64,
    shares: FourShares,
}

impl<'a> Figures<'a> {
    fn of(analysis: &'a Analysis<'a>, subject: Subject, ranked: Vec<usize>) -> Self {
        let ranking = &analysis.ranking;
        let sum = |values: &[f64]| ranked.iter().fold(0.0, |sum, position| sum + values[*position]);
        let lines = |position: &usize| u64::from(analysis.universe.files[*position].sloc);
        Self {
            analysis,
            is_area: matches!(subject, Subject::Area(_)),
            lines: ranked.iter().map(lines).sum(),
            size: sum(&ranking.base.size),
            change_weight: sum(&ranking.base.change_weight),
            change: sum(&ranking.base.change),
            base: sum(&ranking.base.base),
            weight: sum(&ranking.incidents.weight),
            own: sum(&ranking.incidents.own),
            folder: sum(&ranking.incidents.folder),
            shares: ranking.sum(ranked.iter().copied()),
            ranked,
        }
    }

    fn has_history(&self) -> bool {
        self.analysis.ranking.incidents.total > 0.0
    }
}

fn step(quantity: &'static str, formula: &'static str, inputs: String, value: f64) -> ExplainedStep {
    ExplainedStep { quantity, formula, inputs, value }
}

fn base(figures: &Figures<'_>, steps: &mut Vec<ExplainedStep>) {
    let Figures { analysis, lines, .. } = figures;
    let base = &analysis.ranking.base;
    let all_lines = analysis.universe.source_lines();
    let (size_formula, size_inputs) = if all_lines == 0 {
        ("files / all source files", format!("{} / {}", figures.ranked.len(), base.size.len()))
    } else {
        ("LOC / LOC of all source files", format!("{} / {}", grouped(*lines), grouped(all_lines)))
    };
    steps.push(step("size share", size_formula, size_inputs, figures.size));
    if figures.is_area {
        steps.push(step(
            "change weight",
            "sum over its files of sqrt(LOC) x R",
            count(figures.ranked.len(), "source file"),
            figures.change_weight,
        ));
    } else {
        let file = &analysis.universe.files[figures.ranked[0]];
        steps.push(revisions(figures));
        steps.push(step(
            "change weight",
            "sqrt(LOC) x R",
            format!("sqrt({}) x {}", grouped(*lines), precise(file.recent_revisions)),
            figures.change_weight,
        ));
    }
    if base.change_weight_total > 0.0 {
        steps.push(step(
            "change share",
            "change weight / change weight of all source files",
            format!("{} / {}", precise(figures.change_weight), precise(base.change_weight_total)),
            figures.change,
        ));
    }
    steps.push(step(
        "base share",
        "a x size share + (1 - a) x change share; a = 1 when nothing changed",
        format!(
            "{} x {} + {} x {}",
            precise(base.size_weight),
            precise(figures.size),
            precise(1.0 - base.size_weight),
            precise(figures.change)
        ),
        figures.base,
    ));
}

fn revisions(figures: &Figures<'_>) -> ExplainedStep {
    let analysis = figures.analysis;
    let file = &analysis.universe.files[figures.ranked[0]];
    let weights = revision_weights(analysis.scan, analysis.scan.as_of, &analysis.parameters);
    let commits = commits_of(analysis, [file.file]);
    let counted = commits.iter().filter(|commit| weights[commit.get()] > 0.0).count();
    step(
        "recent revisions R",
        "sum over its commits of 2^(-age / half-life), without commits over the limit of source files",
        format!(
            "{} of {}, half-life {} d, limit {}",
            grouped(counted as u64),
            count(commits.len(), "commit"),
            precise(analysis.parameters.change_half_life_days),
            analysis.parameters.max_commit_source_files
        ),
        file.recent_revisions,
    )
}

fn history(figures: &Figures<'_>, steps: &mut Vec<ExplainedStep>) {
    if !figures.has_history() {
        return;
    }
    let analysis = figures.analysis;
    let parameters = &analysis.parameters;
    let incidents = &analysis.ranking.incidents;
    let is_in = |(position, _): &(usize, f64)| figures.ranked.binary_search(position).is_ok();
    let touching = analysis.history.used.iter().filter(|used| used.parts.iter().any(is_in)).count();
    let half_life = precise(parameters.incident_half_life_days);
    steps.push(step(
        "incident weight w",
        "sum over its incidents of share x 2^(-age / half-life)",
        format!("{}, half-life {half_life} d", count(touching, "incident")),
        figures.weight,
    ));
    steps.push(step(
        "incident weight of all Y",
        "sum of w over all source files",
        count(analysis.history.used.len(), "incident"),
        incidents.total,
    ));
    steps.push(step(
        "own share",
        "w / Y",
        format!("{} / {}", precise(figures.weight), precise(incidents.total)),
        figures.own,
    ));
    steps.push(folder(figures));
    steps.push(step(
        "weight of history omega",
        "linked x m x Y / (Y + k); linked: part of the incidents that could be placed",
        format!(
            "{} x {} x {} / ({2} + {})",
            precise(analysis.history.linked_share),
            precise(parameters.max_history_weight),
            precise(incidents.total),
            precise(parameters.history_saturation)
        ),
        analysis.ranking.omega,
    ));
}

fn folder(figures: &Figures<'_>) -> ExplainedStep {
    let analysis = figures.analysis;
    if figures.is_area {
        let inputs = count(figures.ranked.len(), "source file");
        return step("folder share", "sum over its files of folder share", inputs, figures.folder);
    }
    let incidents = &analysis.ranking.incidents;
    let folder = analysis.universe.files[figures.ranked[0]].folder;
    if incidents.folder_base[folder] <= 0.0 {
        let files = analysis.universe.files.iter().filter(|file| file.folder == folder).count();
        let inputs =
            format!("{} / {} / {files}", precise(incidents.folder_weight[folder]), precise(incidents.total));
        return step("folder share", "w of the folder / Y / files of the folder", inputs, figures.folder);
    }
    let inputs = format!(
        "{} / {} x {} / {}",
        precise(incidents.folder_weight[folder]),
        precise(incidents.total),
        precise(figures.base),
        precise(incidents.folder_base[folder])
    );
    let formula = "w of the folder / Y x base share / base share of the folder";
    step("folder share", formula, inputs, figures.folder)
}

fn parts(figures: &Figures<'_>, steps: &mut Vec<ExplainedStep>) {
    let analysis = figures.analysis;
    let omega = analysis.ranking.omega;
    let size_weight = analysis.ranking.base.size_weight;
    let own_weight = analysis.parameters.own_weight;
    let shares = &figures.shares;
    let product = |history: f64, weight: f64, share: f64| {
        format!("{} x {} x {}", precise(history), precise(weight), precise(share))
    };
    steps.push(step(
        "part of size",
        "(1 - omega) x a x size share",
        product(1.0 - omega, size_weight, figures.size),
        shares.size,
    ));
    steps.push(step(
        "part of change",
        "(1 - omega) x (1 - a) x change share",
        product(1.0 - omega, 1.0 - size_weight, figures.change),
        shares.change,
    ));
    if figures.has_history() {
        let inputs = product(omega, own_weight, figures.own);
        steps.push(step("part of own incidents", "omega x h x own share", inputs, shares.own));
        let inputs = product(omega, 1.0 - own_weight, figures.folder);
        let formula = "omega x (1 - h) x folder share";
        steps.push(step("part of the folder's incidents", formula, inputs, shares.folder));
    }
    let summands = [shares.size, shares.change, shares.own, shares.folder].map(precise);
    steps.push(step("share", "sum of the parts", summands.join(" + "), shares.total()));
}

fn expectation(figures: &Figures<'_>, steps: &mut Vec<ExplainedStep>) {
    let analysis = figures.analysis;
    let outlook = &analysis.outlook;
    let parameters = &analysis.parameters;
    let share = figures.shares.total();
    let Some(per_year) = outlook.incidents_per_year else {
        per_line(figures, "share per line", "share / LOC", share, steps);
        return;
    };
    let half_life = precise(parameters.rate_half_life_days);
    steps.push(step(
        "decayed rate per year",
        "ln 2 x 365 / half-life x sum over incidents of 2^(-age / half-life), age since opened",
        format!("{}, half-life {half_life} d", count(analysis.history.used.len(), "incident")),
        outlook.decayed_rate,
    ));
    steps.push(step(
        "incidents per year N",
        "y x incidents of the last 365 d + (1 - y) x decayed rate",
        format!(
            "{} x {} + {} x {}",
            precise(parameters.last_year_weight),
            grouped(outlook.incidents_last_year),
            precise(1.0 - parameters.last_year_weight),
            precise(outlook.decayed_rate)
        ),
        per_year,
    ));
    let counts = NegativeBinomial::of_share(per_year, outlook.incident_weight, share, parameters);
    steps.push(step(
        "expected incidents per year",
        "N x share",
        format!("{} x {}", precise(per_year), precise(share)),
        counts.mean,
    ));
    steps.push(step(
        "shape of the negative binomial",
        "1 / (1 / (d + (k + Y) x share) + e)",
        format!(
            "1 / (1 / ({} + ({} + {}) x {}) + {})",
            precise(parameters.dispersion_offset),
            precise(parameters.history_saturation),
            precise(outlook.incident_weight),
            precise(share),
            precise(parameters.dispersion_floor)
        ),
        counts.shape,
    ));
    if outlook.costs.is_empty() {
        per_line(figures, "expected incidents per line", "expected incidents / LOC", counts.mean, steps);
    }
    for (currency, draws) in &outlook.costs {
        cost(figures, *currency, draws, counts.mean, steps);
    }
}

fn cost(
    figures: &Figures<'_>,
    currency: Currency,
    draws: &CostDraws,
    incidents: f64,
    steps: &mut Vec<ExplainedStep>,
) {
    let unit = 10_f64.powi(i32::try_from(currency.minor_digits()).expect("at most three digits"));
    let mean = draws.mean() / unit;
    let total = i64::try_from(draws.total()).expect("attribution checked that all costs sum in 64 bits");
    steps.push(step(
        "mean cost of an incident",
        match draws.winsorised() {
            None => "sum of past costs / incidents with a cost",
            Some(_) => {
                "winsorised sum of past costs / incidents with a cost; the largest counts as the second"
            }
        },
        format!("{} / {}", amount(Money { minor: total, currency }), grouped(draws.recorded())),
        mean,
    ));
    let expected = incidents * mean;
    steps.push(step(
        "expected cost per year",
        "expected incidents x mean cost",
        format!("{} x {currency} {}", precise(incidents), precise(mean)),
        expected,
    ));
    per_line(figures, "expected cost per line", "expected cost / LOC", expected, steps);
}

fn per_line(
    figures: &Figures<'_>,
    quantity: &'static str,
    formula: &'static str,
    value: f64,
    steps: &mut Vec<ExplainedStep>,
) {
    if figures.lines > 0 {
        let inputs = format!("{} / {}", precise(value), grouped(figures.lines));
        steps.push(step(quantity, formula, inputs, value / figures.lines as f64));
    }
}
