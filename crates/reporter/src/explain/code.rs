//! The code share of a file: its size times six multipliers.

use debtscan_findings::{Expression, Quantity, Whose};
use debtscan_model::{CommitIdx, FileClass, RepoPath};

use super::expression::{count, negative, number, power, product, quotient, sum, total};
use super::sums::SubjectSums;
use crate::assemble::commits_of;
use crate::rank::{FolderSums, complexity_of_all, decay, work_of};

/// The steps to the code share of a file or area.
pub(super) fn code(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let files = figures.ranked.len();
    let all_lines = analysis.ranked.source_lines();
    if all_lines == 0 {
        let inputs = quotient(count(files), count(analysis.ranked.files.len()));
        figures.push(Quantity::SizeShareByFiles, inputs);
    } else {
        figures.push(Quantity::SizeShare, quotient(count(figures.lines), count(all_lines)));
    }
    // An area has no multipliers of its own: each of its files has.
    if figures.is_area {
        let shares = total(figures.ranked.iter().map(|position| analysis.ranking.code[*position]));
        figures.push(Quantity::CodeShare(Whose::Area { files }), shares);
        return;
    }
    work(figures);
    complexity(figures);
    growth(figures);
    tests(figures);
    folder(figures);
    coupled(figures);
    let multipliers = analysis.ranking.multipliers.of(figures.ranked[0]).map(number);
    let factors: Vec<Expression> = std::iter::once(number(figures.size)).chain(multipliers).collect();
    figures.push(Quantity::CodeShare(Whose::File), product(factors));
}

/// `(relative + offset)^power / average`, for the multiplier of this number.
fn multiplier(
    figures: &SubjectSums<'_>,
    number_of: usize,
    base: Expression,
    exponent: Expression,
) -> Expression {
    let average = figures.analysis.ranking.multipliers.averages[number_of];
    quotient(power(base, exponent), number(average))
}

/// `(a file's value / its lines) / (that of all / their lines)`; 1 where that says nothing.
fn relative(value: f64, lines: u64, of_all: f64, all_lines: u64) -> Expression {
    if lines == 0 || of_all <= 0.0 {
        return count(1_u64);
    }
    let of_all = quotient(number(of_all), count(all_lines));
    quotient(quotient(number(value), count(lines)), of_all)
}

fn work(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let parameters = &analysis.parameters;
    let file = &analysis.ranked.files[figures.ranked[0]];
    let commits = commits_of(analysis, [file.file]);
    let works: Vec<f64> =
        commits.iter().map(|it| work_of(analysis.scan, *it, analysis.scan.as_of, parameters)).collect();
    let quantity = Quantity::Work {
        counted: works.iter().filter(|work| **work > 0.0).count(),
        commits: commits.len(),
        half_life: parameters.work_half_life_days,
        max_files: parameters.max_commit_source_files,
    };
    figures.push(quantity, total(works.into_iter()));
    let signals = &analysis.ranking.signals;
    let of_all = signals.work.iter().fold(0.0, |sum, work| sum + work);
    let work = signals.work[figures.ranked[0]];
    let relative = relative(work, figures.lines, of_all, analysis.ranked.source_lines());
    let base = sum([relative, number(parameters.work_offset)]);
    let inputs = multiplier(figures, 0, base, number(parameters.work_power));
    figures.push(Quantity::WorkMultiplier, inputs);
}

fn complexity(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let parameters = &analysis.parameters;
    let signals = &analysis.ranking.signals;
    let cognitive = signals.cognitive[figures.ranked[0]];
    let (of_all, all_lines) = complexity_of_all(&analysis.ranked, signals);
    let relative = match cognitive {
        Some(cognitive) => relative(cognitive, figures.lines, of_all, all_lines),
        None => count(1_u64),
    };
    let base = sum([relative, number(parameters.complexity_offset)]);
    let inputs = multiplier(figures, 1, base, number(parameters.complexity_power));
    figures.push(Quantity::ComplexityMultiplier { has_grammar: cognitive.is_some() }, inputs);
}

fn growth(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let parameters = &analysis.parameters;
    let position = figures.ranked[0];
    let signals = &analysis.ranking.signals;
    let growth = signals.growth[position];
    if let Some(complexity) = analysis.scan.file(analysis.ranked.files[position].file).complexity() {
        let now = i64::from(complexity.lines);
        let before = (now - signals.grown_by[position]).max(0);
        let offset = || number(parameters.growth_line_offset);
        let inputs = quotient(sum([count(now), offset()]), sum([count(before), offset()]));
        figures.push(Quantity::Growth, inputs);
    }
    let most = parameters.max_growth;
    let limited = if growth > most {
        Expression::Least(Box::new(number(growth)), Box::new(number(most)))
    } else if growth < 1.0 / most {
        let least = quotient(count(1_u64), number(most));
        Expression::Greatest(Box::new(number(growth)), Box::new(least))
    } else {
        number(growth)
    };
    let inputs = multiplier(figures, 2, limited, number(parameters.growth_power));
    figures.push(Quantity::GrowthMultiplier { most }, inputs);
}

fn tests(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let (scan, parameters) = (analysis.scan, &analysis.parameters);
    let file = &analysis.ranked.files[figures.ranked[0]];
    let has_test = commits_with_tests(figures);
    let half_life = parameters.test_half_life_days;
    let weight = |commit: &CommitIdx| {
        let age = scan.commit(*commit).time.days_until(scan.as_of);
        // As in the ranking, a commit that does not count as work does not count here.
        let counts = has_test[commit.get()] && work_of(scan, *commit, scan.as_of, parameters) > 0.0;
        if counts { decay(age, half_life) } else { 0.0 }
    };
    let weights: Vec<f64> = commits_of(analysis, [file.file]).iter().map(weight).collect();
    let commits = weights.iter().filter(|weight| **weight > 0.0).count();
    figures.push(Quantity::TestedCommits { commits, half_life }, total(weights.into_iter()));
    let tested = &analysis.ranking.signals.tested;
    let of_all = tested.iter().fold(0.0, |sum, tested| sum + tested);
    let own = tested[figures.ranked[0]];
    let relative = relative(own, figures.lines, of_all, analysis.ranked.source_lines());
    let base = sum([relative, number(parameters.work_offset)]);
    let inputs = multiplier(figures, 3, base, number(parameters.test_power));
    figures.push(Quantity::TestsMultiplier, inputs);
}

/// For every commit, whether it touched a test.
fn commits_with_tests(figures: &SubjectSums<'_>) -> Vec<bool> {
    let scan = figures.analysis.scan;
    let mut has_test = vec![false; scan.commits.len()];
    for change in scan.changes.iter().filter(|change| scan.file(change.file).class == FileClass::Test) {
        has_test[change.commit.get()] = true;
    }
    has_test
}

/// The work per line of each folder above the file, from the outermost on, and the multiplier.
fn folder(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let parameters = &analysis.parameters;
    let signals = &analysis.ranking.signals;
    let (mean, position) = (signals.mean_work, figures.ranked[0]);
    let relative = if mean > 0.0 {
        let work = signals.work.iter().fold(0.0, |sum, work| sum + work);
        figures.push(Quantity::WorkPerLine, quotient(number(work), count(analysis.ranked.source_lines())));
        let sums = FolderSums::of(analysis.scan, &analysis.ranked, &signals.work, parameters);
        let mut above = mean;
        for level in sums.levels(analysis.ranked.files[position].file) {
            let work = sum([number(level.work), product([number(sums.prior), number(above)])]);
            let lines = sum([count(level.lines), number(sums.prior)]);
            let folder = RepoPath::new(level.path.to_vec()).expect("a folder of a path is one");
            figures.push(Quantity::FolderWorkPerLine { folder }, quotient(work, lines));
            // The exact rate goes down, so that the rounding of one step does not reach the next.
            above = sums.drawn(level.work, level.lines, above);
        }
        quotient(number(signals.folder_work[position]), number(mean))
    } else {
        count(1_u64)
    };
    let base = sum([relative, number(parameters.work_offset)]);
    let inputs = multiplier(figures, 4, base, number(parameters.folder_power));
    figures.push(Quantity::FolderMultiplier, inputs);
}

fn coupled(figures: &mut SubjectSums<'_>) {
    let analysis = figures.analysis;
    let parameters = &analysis.parameters;
    let incidents = &analysis.ranking.coupled;
    let position = figures.ranked[0];
    let relative = if incidents.mean > 0.0 {
        let (mean, prior) = (|| number(incidents.mean), || number(parameters.companion_prior));
        let found = sum([number(incidents.found[position]), product([prior(), mean()])]);
        let shared = sum([number(incidents.shared[position]), prior()]);
        figures.push(Quantity::CoupledIncidents, quotient(quotient(found, shared), mean()));
        number(incidents.relative(position, parameters))
    } else {
        count(1_u64)
    };
    let base = sum([relative, number(parameters.work_offset)]);
    let trust = number(analysis.ranking.history_weight);
    let inputs = multiplier(figures, 5, base, product([number(parameters.companion_power), trust]));
    figures.push(Quantity::CoupledFilesMultiplier, inputs);
}

/// `1 - omega`.
pub(super) fn code_weight(omega: f64) -> Expression {
    sum([count(1_u64), negative(number(omega))])
}
