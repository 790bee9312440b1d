//! The computation of a forecast, quantity by quantity, with the numbers filled in.

use super::target::Subject;
use crate::build::{Analysis, amount, commits_of, count, grouped, precise};
use crate::rank::{CostDraws, NegativeBinomial, revision_weights};
use debtscan_findings::{ExplainedStep, ShareParts};
use debtscan_incidents::{Currency, Money};

/// The steps of a subject; empty when it is not ranked.
pub(super) fn steps(analysis: &Analysis<'_>, subject: &Subject) -> Vec<ExplainedStep> {
    let ranked = subject.ranked_files(analysis);
    if ranked.is_empty() {
        return Vec::new();
    }
    let figures = Figures::of(analysis, *subject, ranked);
    let mut steps = Vec::new();
    code(&figures, &mut steps);
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
    code: f64,
    /// What each multiplier adds, in the order of [`MULTIPLIERS`].
    added: [f64; 6],
    weight: f64,
    own: f64,
    shares: ShareParts,
}

/// The multipliers and what they add, in the order of [`Multipliers`](crate::rank::Multipliers).
const MULTIPLIERS: [(&str, &str); 6] = [
    ("x work", "part of work"),
    ("x complexity", "part of complexity"),
    ("x growth", "part of growth"),
    ("x tests", "part of tests"),
    ("x folder", "part of the folder's work"),
    ("x companions", "part of companions' incidents"),
];

impl<'a> Figures<'a> {
    fn of(analysis: &'a Analysis<'a>, subject: Subject, ranked: Vec<usize>) -> Self {
        let ranking = &analysis.ranking;
        let sum = |values: &[f64]| ranked.iter().fold(0.0, |sum, position| sum + values[*position]);
        let lines = |position: &usize| u64::from(analysis.universe.files[*position].sloc);
        let mut added = [0.0; 6];
        for position in &ranked {
            for (sum, part) in added.iter_mut().zip(ranking.added(*position)) {
                *sum += part;
            }
        }
        Self {
            analysis,
            is_area: matches!(subject, Subject::Area(_)),
            lines: ranked.iter().map(lines).sum(),
            size: sum(&ranking.size),
            code: sum(&ranking.code),
            added,
            weight: sum(&ranking.incidents.weight),
            own: sum(&ranking.own),
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

fn code(figures: &Figures<'_>, steps: &mut Vec<ExplainedStep>) {
    let Figures { analysis, lines, .. } = figures;
    let all_lines = analysis.universe.source_lines();
    let (size_formula, size_inputs) = if all_lines == 0 {
        let files = analysis.universe.files.len();
        ("files / all source files", format!("{} / {files}", figures.ranked.len()))
    } else {
        ("LOC / LOC of all source files", format!("{} / {}", grouped(*lines), grouped(all_lines)))
    };
    steps.push(step("size share", size_formula, size_inputs, figures.size));
    if figures.is_area {
        steps.push(step(
            "code share",
            "sum over its files of size share x multipliers",
            count(figures.ranked.len(), "source file"),
            figures.code,
        ));
        return;
    }
    multipliers(figures, steps);
    let factors = analysis.ranking.multipliers.of(figures.ranked[0]);
    let product: Vec<String> = factors.iter().map(|factor| precise(*factor)).collect();
    steps.push(step(
        "code share",
        "size share x multipliers",
        format!("{} x {}", precise(figures.size), product.join(" x ")),
        figures.code,
    ));
}

/// The six multipliers of a file with what each is made of.
fn multipliers(figures: &Figures<'_>, steps: &mut Vec<ExplainedStep>) {
    let analysis = figures.analysis;
    let (ranking, parameters) = (&analysis.ranking, &analysis.parameters);
    let signals = &ranking.signals;
    let position = figures.ranked[0];
    steps.push(work(figures));
    let cognitive = signals.cognitive[position].map_or_else(
        || "no grammar for it: taken for average".to_owned(),
        |cognitive| {
            format!("cognitive complexity {} on {} lines", precise(cognitive), grouped(figures.lines))
        },
    );
    let per_line = |value: f64| format!("{} on {} lines", precise(value), grouped(figures.lines));
    let rate = |rate: f64| {
        format!("{} per 1,000 lines against {}", precise(rate * 1e3), precise(signals.mean_work * 1e3))
    };
    let inputs = [
        per_line(signals.work[position]),
        cognitive,
        format!(
            "{}, c {}, power {}",
            precise(signals.growth[position]),
            precise(parameters.growth_line_offset),
            precise(parameters.growth_power)
        ),
        per_line(signals.tested[position]),
        rate(signals.folder_work[position]),
        format!("trust {}, power {}", precise(ranking.trust), precise(parameters.companion_power)),
    ];
    let formulas = [
        "((work / LOC) / (work / LOC of all) + o)^p, relative to the mean",
        "((cognitive complexity / LOC) / (that of all) + o)^p, relative to the mean",
        "((lines + c) / (lines a year ago + c))^p, relative to the mean",
        "((commits with tests, by age, / LOC) / (that of all) + o)^p, relative to the mean",
        "(work per line of the folder / that of all + o)^p, relative to the mean",
        "(incidents per line of files that change with it / that of all + o)^(p x trust), relative to the mean",
    ];
    let factors = ranking.multipliers.of(position);
    for (index, inputs) in inputs.into_iter().enumerate() {
        steps.push(step(MULTIPLIERS[index].0, formulas[index], inputs, factors[index]));
    }
}

fn work(figures: &Figures<'_>) -> ExplainedStep {
    let analysis = figures.analysis;
    let position = figures.ranked[0];
    let file = &analysis.universe.files[position];
    let weights = revision_weights(analysis.scan, analysis.scan.as_of, &analysis.parameters);
    let commits = commits_of(analysis, [file.file]);
    let counted = commits.iter().filter(|commit| weights[commit.get()] > 0.0).count();
    step(
        "work",
        "sum over its commits of 2^(-age / half-life) / source files of the commit, without commits over the limit",
        format!(
            "{} of {}, half-life {} d, limit {}",
            grouped(counted as u64),
            count(commits.len(), "commit"),
            precise(analysis.parameters.work_half_life_days),
            analysis.parameters.max_commit_source_files
        ),
        analysis.ranking.signals.work[position],
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
    let (formula, inputs) = if figures.is_area {
        ("sum over its files of w x LOC^q / sum of it", count(figures.ranked.len(), "source file"))
    } else {
        let power = precise(parameters.own_line_power);
        ("w x LOC^q / sum of it", format!("{} x {}^{power}", precise(figures.weight), grouped(figures.lines)))
    };
    steps.push(step("own share", formula, inputs, figures.own));
    steps.push(step(
        "weight of own incidents omega",
        "linked x m x Y / (Y + k); linked: part of the incidents that could be placed",
        format!(
            "{} x {} x {} / ({2} + {})",
            precise(analysis.history.linked_share),
            precise(parameters.max_own_weight),
            precise(incidents.total),
            precise(parameters.history_saturation)
        ),
        analysis.ranking.omega,
    ));
}

fn parts(figures: &Figures<'_>, steps: &mut Vec<ExplainedStep>) {
    let omega = figures.analysis.ranking.omega;
    let product = |a: f64, b: f64| format!("{} x {}", precise(a), precise(b));
    let size = figures.shares.size;
    steps.push(step("part of size", "(1 - omega) x size share", product(1.0 - omega, figures.size), size));
    let mut summands = vec![size];
    for ((_, quantity), added) in MULTIPLIERS.into_iter().zip(figures.added) {
        let (formula, inputs) = if figures.is_area {
            ("sum over its files of what the multiplier adds", count(figures.ranked.len(), "source file"))
        } else {
            let formula = "(1 - omega) x (code - size) x ln multiplier / ln (code / size)";
            (formula, format!("code {}, size {}", precise(figures.code), precise(figures.size)))
        };
        steps.push(step(quantity, formula, inputs, added));
        summands.push(added);
    }
    if figures.has_history() {
        let own = figures.shares.own;
        steps.push(step("part of own incidents", "omega x own share", product(omega, figures.own), own));
        summands.push(own);
    }
    let summands: Vec<String> = summands.into_iter().map(precise).collect();
    steps.push(step("share", "sum of the parts", summands.join(" + "), figures.shares.total()));
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
        "recent rate per year n",
        "y x incidents of the last 365 d + (1 - y) x decayed rate",
        format!(
            "{} x {} + {} x {}",
            precise(parameters.last_year_weight),
            grouped(outlook.incidents_last_year),
            precise(1.0 - parameters.last_year_weight),
            precise(outlook.decayed_rate)
        ),
        outlook.recent_rate,
    ));
    let half_life = precise(parameters.longer_half_life_days);
    steps.push(step(
        "longer rate per year m",
        "sum over incidents of 2^(-age / half-life) / years since the first, decayed alike",
        format!("{}, half-life {half_life} d", count(analysis.history.used.len(), "incident")),
        outlook.longer_rate,
    ));
    let (recent, weight) = (precise(outlook.recent_rate), precise(parameters.longer_rate_weight));
    steps.push(step(
        "incidents per year N",
        "(n x n + c x m) / (n + c)",
        format!(
            "({recent} x {recent} + {weight} x {}) / ({recent} + {weight})",
            precise(outlook.longer_rate)
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
        "1 / (1 / (d + (k + Y) x share) + e + f / (N + 1))",
        format!(
            "1 / (1 / ({} + ({} + {}) x {}) + {} + {} / ({} + 1))",
            precise(parameters.dispersion_offset),
            precise(parameters.history_saturation),
            precise(outlook.incident_weight),
            precise(share),
            precise(parameters.dispersion_floor),
            precise(parameters.dispersion_of_few),
            precise(per_year)
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
