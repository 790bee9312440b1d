//! The computation of a forecast, quantity by quantity, with its inputs.

use super::target::Subject;
use crate::analysis::Analysis;
use crate::assemble::commits_of;
use crate::rank::{CostDraws, revision_weights};
use debtscan_findings::{ExplainedStep, Multiplier, ShareParts, Step};
use debtscan_incidents::{Currency, Money};

/// The steps of a subject; empty when it is not ranked.
pub(super) fn steps(analysis: &Analysis<'_>, subject: &Subject) -> Vec<ExplainedStep> {
    let ranked = subject.ranked_files(analysis);
    if ranked.is_empty() {
        return Vec::new();
    }
    let figures = SubjectSums::of(analysis, *subject, ranked);
    let mut steps = Vec::new();
    code(&figures, &mut steps);
    history(&figures, &mut steps);
    parts(&figures, &mut steps);
    expectation(&figures, &mut steps);
    steps
}

/// The summed quantities of the subject's ranked files.
struct SubjectSums<'a> {
    analysis: &'a Analysis<'a>,
    is_area: bool,
    ranked: Vec<usize>,
    lines: u64,
    size: f64,
    code: f64,
    /// What each multiplier adds, in the order of [`Multiplier::ALL`].
    added: [f64; 6],
    weight: f64,
    own: f64,
    shares: ShareParts,
}

impl<'a> SubjectSums<'a> {
    fn of(analysis: &'a Analysis<'a>, subject: Subject, ranked: Vec<usize>) -> Self {
        let ranking = &analysis.ranking;
        let sum = |values: &[f64]| ranked.iter().fold(0.0, |sum, position| sum + values[*position]);
        let lines = |position: &usize| u64::from(analysis.ranked.files[*position].sloc);
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
            weight: sum(&ranking.incidents.of_files),
            own: sum(&ranking.own),
            shares: ranking.sum(ranked.iter().copied()),
            ranked,
        }
    }

    fn has_history(&self) -> bool {
        self.analysis.ranking.incidents.total > 0.0
    }
}

fn code(figures: &SubjectSums<'_>, steps: &mut Vec<ExplainedStep>) {
    let SubjectSums { analysis, lines, .. } = figures;
    let files = figures.ranked.len();
    let all_lines = analysis.ranked.source_lines();
    let size = if all_lines == 0 {
        Step::SizeShareByFiles { files, all_files: analysis.ranked.files.len() }
    } else {
        Step::SizeShare { lines: *lines, all_lines }
    };
    steps.push(ExplainedStep { step: size, value: figures.size });
    if figures.is_area {
        steps.push(ExplainedStep { step: Step::CodeShareOfArea { files }, value: figures.code });
        return;
    }
    multipliers(figures, steps);
    let multipliers = analysis.ranking.multipliers.of(figures.ranked[0]);
    let step = Step::CodeShare { size: figures.size, multipliers };
    steps.push(ExplainedStep { step, value: figures.code });
}

/// The six multipliers of a file with what each is made of.
fn multipliers(figures: &SubjectSums<'_>, steps: &mut Vec<ExplainedStep>) {
    let analysis = figures.analysis;
    let (ranking, parameters) = (&analysis.ranking, &analysis.parameters);
    let signals = &ranking.signals;
    let position = figures.ranked[0];
    let lines = figures.lines;
    steps.push(work(figures));
    let all = [
        Step::WorkMultiplier { work: signals.work[position], lines },
        Step::ComplexityMultiplier { cognitive: signals.cognitive[position], lines },
        Step::GrowthMultiplier {
            growth: signals.growth[position],
            line_offset: parameters.growth_line_offset,
            power: parameters.growth_power,
        },
        Step::TestsMultiplier { tested: signals.tested[position], lines },
        Step::FolderMultiplier { rate: signals.folder_work[position], mean: signals.mean_work },
        Step::CoupledFilesMultiplier {
            history_weight: ranking.history_weight,
            power: parameters.companion_power,
        },
    ];
    let factors = ranking.multipliers.of(position);
    steps.extend(all.into_iter().zip(factors).map(|(step, value)| ExplainedStep { step, value }));
}

fn work(figures: &SubjectSums<'_>) -> ExplainedStep {
    let analysis = figures.analysis;
    let position = figures.ranked[0];
    let file = &analysis.ranked.files[position];
    let weights = revision_weights(analysis.scan, analysis.scan.as_of, &analysis.parameters);
    let commits = commits_of(analysis, [file.file]);
    let step = Step::Work {
        counted: commits.iter().filter(|commit| weights[commit.get()] > 0.0).count(),
        commits: commits.len(),
        half_life: analysis.parameters.work_half_life_days,
        max_files: analysis.parameters.max_commit_source_files,
    };
    ExplainedStep { step, value: analysis.ranking.signals.work[position] }
}

fn history(figures: &SubjectSums<'_>, steps: &mut Vec<ExplainedStep>) {
    if !figures.has_history() {
        return;
    }
    let analysis = figures.analysis;
    let parameters = &analysis.parameters;
    let all = &analysis.ranking.incidents;
    let is_in = |(position, _): &(usize, f64)| figures.ranked.binary_search(position).is_ok();
    let touching = analysis.history.used.iter().filter(|used| used.parts.iter().any(is_in)).count();
    let weight = Step::IncidentWeight { incidents: touching, half_life: parameters.incident_half_life_days };
    let of_all = Step::IncidentWeightOfAll { incidents: analysis.history.used.len() };
    let own = if figures.is_area {
        Step::OwnShareOfArea { files: figures.ranked.len() }
    } else {
        Step::OwnShare { weight: figures.weight, lines: figures.lines, power: parameters.own_line_power }
    };
    let omega = Step::Omega {
        linked_share: analysis.history.linked_share,
        max_weight: parameters.max_own_weight,
        incident_weight: analysis.forecaster.incident_weight,
        saturation: parameters.history_saturation,
    };
    steps.extend([
        ExplainedStep { step: weight, value: figures.weight },
        ExplainedStep { step: of_all, value: all.total },
        ExplainedStep { step: own, value: figures.own },
        ExplainedStep { step: omega, value: analysis.ranking.omega },
    ]);
}

fn parts(figures: &SubjectSums<'_>, steps: &mut Vec<ExplainedStep>) {
    let omega = figures.analysis.ranking.omega;
    let size = figures.shares.size;
    steps.push(ExplainedStep { step: Step::PartOfSize { omega, size: figures.size }, value: size });
    let mut summands = vec![size];
    for (multiplier, added) in Multiplier::ALL.into_iter().zip(figures.added) {
        let step = if figures.is_area {
            Step::PartOfMultiplierOfArea { multiplier, files: figures.ranked.len() }
        } else {
            Step::PartOfMultiplier { multiplier, code: figures.code, size: figures.size }
        };
        steps.push(ExplainedStep { step, value: added });
        summands.push(added);
    }
    if figures.has_history() {
        let own = figures.shares.own;
        steps.push(ExplainedStep { step: Step::PartOfOwn { omega, own: figures.own }, value: own });
        summands.push(own);
    }
    steps.push(ExplainedStep { step: Step::Share { parts: summands }, value: figures.shares.total() });
}

fn expectation(figures: &SubjectSums<'_>, steps: &mut Vec<ExplainedStep>) {
    let analysis = figures.analysis;
    let forecaster = &analysis.forecaster;
    let parameters = &analysis.parameters;
    let (share, lines) = (figures.shares.total(), figures.lines);
    let Some(per_year) = forecaster.incidents_per_year else {
        per_line(Step::SharePerLine { share, lines }, share, lines, steps);
        return;
    };
    let counts = forecaster.counts(share).expect("there is a yearly total");
    let visible_share = forecaster.visible_share;
    let incidents = forecaster.incidents_used as usize;
    let decayed = Step::DecayedRate { incidents, half_life: parameters.rate_half_life_days };
    let recent = Step::RecentRate {
        last_year_weight: parameters.last_year_weight,
        last_year: forecaster.incidents_last_year,
        decayed_rate: forecaster.decayed_rate,
    };
    let longer = Step::LongerRate { incidents, half_life: parameters.longer_half_life_days };
    let total = Step::IncidentsPerYear {
        recent: forecaster.recent_rate,
        longer_weight: parameters.longer_rate_weight,
        longer: forecaster.longer_rate,
    };
    let shape = Step::Shape {
        offset: parameters.dispersion_offset,
        saturation: parameters.history_saturation,
        incident_weight: forecaster.incident_weight,
        share: share * visible_share,
        floor: parameters.dispersion_floor,
        of_few: parameters.dispersion_of_few,
        per_year,
    };
    steps.extend([
        ExplainedStep { step: decayed, value: forecaster.decayed_rate },
        ExplainedStep { step: recent, value: forecaster.recent_rate },
        ExplainedStep { step: longer, value: forecaster.longer_rate },
        ExplainedStep { step: total, value: per_year },
    ]);
    let mut visible = per_year;
    if visible_share < 1.0 {
        visible *= visible_share;
        let step = Step::VisibleIncidents { per_year, visible_share };
        steps.push(ExplainedStep { step, value: visible });
    }
    steps.extend([
        ExplainedStep { step: Step::ExpectedIncidents { per_year: visible, share }, value: counts.mean },
        ExplainedStep { step: shape, value: counts.shape },
    ]);
    if forecaster.costs.is_empty() {
        per_line(Step::IncidentsPerLine { incidents: counts.mean, lines }, counts.mean, lines, steps);
    }
    for (currency, draws) in &forecaster.costs {
        cost(figures, *currency, draws, counts.mean, steps);
    }
}

fn cost(
    figures: &SubjectSums<'_>,
    currency: Currency,
    draws: &CostDraws,
    incidents: f64,
    steps: &mut Vec<ExplainedStep>,
) {
    let unit = 10_f64.powi(i32::try_from(currency.minor_digits()).expect("at most three digits"));
    let mean = draws.mean() / unit;
    let total = i64::try_from(draws.total()).expect("attribution checked that all costs sum in 64 bits");
    let mean_cost = Step::MeanCost {
        total: Money { minor: total, currency },
        incidents: draws.recorded(),
        is_winsorised: draws.winsorised().is_some(),
        assumed: draws.assumed(),
    };
    let expected = incidents * mean;
    steps.extend([
        ExplainedStep { step: mean_cost, value: mean },
        ExplainedStep { step: Step::ExpectedCost { currency, incidents, mean }, value: expected },
    ]);
    let lines = figures.lines;
    per_line(Step::CostPerLine { cost: expected, lines }, expected, lines, steps);
}

/// Adds a quantity per line of code, where there are any.
fn per_line(step: Step, value: f64, lines: u64, steps: &mut Vec<ExplainedStep>) {
    if lines > 0 {
        steps.push(ExplainedStep { step, value: value / lines as f64 });
    }
}
