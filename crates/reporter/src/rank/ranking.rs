//! The ranking: size times multipliers of the code, joined with past incidents.

use super::{
    BaseShares, CoupledIncidents, IncidentHistory, IncidentWeights, RankedFiles, Signals, history_weight,
};
use crate::parameters::RankingParameters;
use debtscan_findings::ShareParts;

/// What multiplies a file's part of all lines; by position in [`RankedFiles::files`].
///
/// Each is above 0, and relative to the average of the code as it is weighted by the ones before
/// it, so that size x all of them sums to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Multipliers {
    /// Recent work per line.
    pub work: Vec<f64>,
    /// Cognitive complexity per line.
    pub complexity: Vec<f64>,
    /// Growth within the last year.
    pub growth: Vec<f64>,
    /// Commits together with tests, per line.
    pub tests: Vec<f64>,
    /// Recent work per line of the folder.
    pub folder: Vec<f64>,
    /// Incidents per line of the files that change with it.
    pub coupled: Vec<f64>,
    /// What each was divided by so that its average is 1, in the order of the fields.
    pub averages: [f64; 6],
}

impl Multipliers {
    /// The six multipliers of one file, in the order of the fields.
    pub fn of(&self, position: usize) -> [f64; 6] {
        [&self.work, &self.complexity, &self.growth, &self.tests, &self.folder, &self.coupled]
            .map(|factor| factor[position])
    }
}

/// The ranking of all ranked files.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The signals of the files.
    pub signals: Signals,
    /// `LOC / sum of LOC`; sums to 1. Without any line of code all files are equal.
    pub size: Vec<f64>,
    /// What multiplies the size.
    pub multipliers: Multipliers,
    /// Size x multipliers; sums to 1.
    pub code: Vec<f64>,
    /// Incidents of the files that change together.
    pub coupled: CoupledIncidents,
    /// How much the incidents weigh.
    pub incidents: IncidentWeights,
    /// `w x LOC^0.25 / sum`; sums to 1, or all 0 without incidents.
    pub own: Vec<f64>,
    /// The sum of `w x LOC^0.25`.
    pub own_total: f64,
    /// Weight of incident history, `linked share x Y / (Y + 20)`: 0 without incidents, below 1.
    pub history_weight: f64,
    /// Weight of the files' own incidents.
    pub omega: f64,
    /// The parts per file, by position in [`RankedFiles::files`]; all totals sum to 1.
    pub shares: Vec<ShareParts>,
}

impl Ranking {
    /// Joins code and incident history: `share = (1 - omega) x code + omega x own`.
    pub fn of(
        ranked: &RankedFiles,
        signals: Signals,
        base: &BaseShares,
        history: &IncidentHistory,
        parameters: &RankingParameters,
    ) -> Self {
        Self::with_trust(ranked, signals, base, history, None, parameters)
    }

    /// The same with another trust in incident history than that of this ranked: of a part, that of the whole.
    pub fn with_trust(
        ranked: &RankedFiles,
        signals: Signals,
        base: &BaseShares,
        history: &IncidentHistory,
        trust: Option<f64>,
        parameters: &RankingParameters,
    ) -> Self {
        let incidents = IncidentWeights::of(ranked, history);
        let own_trust = || history_weight(incidents.total, history.linked_share, parameters);
        // Without any incident there is nothing to trust.
        let history_weight = trust.filter(|_| incidents.total > 0.0).unwrap_or_else(own_trust);
        let omega = parameters.max_own_weight * history_weight;
        let (own, own_total) = own(ranked, &incidents.of_files, parameters);
        let size = base.size.clone();
        let coupled = signals.coupled_incidents(ranked, &incidents.of_files, parameters);
        let (multipliers, code) = multiply(ranked, &signals, &size, &coupled, history_weight, parameters);
        let mut ranking = Self {
            signals,
            size,
            multipliers,
            code,
            coupled,
            incidents,
            own,
            own_total,
            history_weight,
            omega,
            shares: Vec::new(),
        };
        ranking.shares = (0..ranked.files.len()).map(|position| ranking.parts(position)).collect();
        ranking
    }

    /// The logarithmic mean of the code's and the size's share of a file, by which the logarithms of its multipliers
    /// are weighted; 0 where size is.
    ///
    /// The logarithmic mean Divisia index (Ang 2004): the difference between code and size is split
    /// in proportion to the logarithms of the multipliers. It leaves no remainder, and does not
    /// depend on an order.
    pub fn weight_of_logs(&self, position: usize) -> f64 {
        logarithmic_mean(self.code[position], self.size[position])
    }

    /// What each multiplier adds to a file's share, in the order of [`Multipliers`]; below 0 where
    /// it lowers it. Together with size they give the part of code.
    fn added(&self, position: usize) -> [f64; 6] {
        let mean = self.weight_of_logs(position);
        // No multiplier is 0: an offset or a limit keeps each above it, so that its logarithm is
        // finite.
        self.multipliers.of(position).map(|multiplier| (1.0 - self.omega) * mean * multiplier.ln())
    }

    fn parts(&self, position: usize) -> ShareParts {
        let [work, complexity, growth, tests, folder, coupled] = self.added(position);
        ShareParts {
            size: (1.0 - self.omega) * self.size[position],
            change: work + growth + tests,
            complexity,
            surroundings: folder + coupled,
            own: self.omega * self.own[position],
        }
    }

    /// The summed parts of some files, given by position in [`RankedFiles::files`].
    pub fn sum(&self, positions: impl IntoIterator<Item = usize>) -> ShareParts {
        let sum = positions
            .into_iter()
            .fold(ShareParts::default(), |sum, position| sum.plus(&self.shares[position]));
        // What cancels leaves nothing but rounding.
        let least = sum.size * ROUNDING;
        let clean = |part: f64| if part.abs() < least { 0.0 } else { part };
        ShareParts {
            change: clean(sum.change),
            complexity: clean(sum.complexity),
            surroundings: clean(sum.surroundings),
            ..sum
        }
    }
}

/// `(a - b) / ln(a / b)`; 0 unless both are above 0.
pub fn logarithmic_mean(a: f64, b: f64) -> f64 {
    if a <= 0.0 || b <= 0.0 {
        return 0.0;
    }
    let ratio = a / b;
    // Where both are nearly equal, their logarithmic mean is their mean, without 0 / 0.
    if (ratio - 1.0).abs() < 1e-6 { f64::midpoint(a, b) } else { (a - b) / ratio.ln() }
}

/// The share of every file in the incidents of files: `w x LOC^0.25 / sum`; and the sum.
fn own(ranked: &RankedFiles, weight: &[f64], parameters: &RankingParameters) -> (Vec<f64>, f64) {
    let product = |(file, weight): (&super::RankedFile, &f64)| {
        // A file that could not be measured must not lose its incidents.
        weight * f64::from(file.sloc.max(1)).powf(parameters.own_line_power)
    };
    let products: Vec<f64> = ranked.files.iter().zip(weight).map(product).collect();
    let sum = products.iter().fold(0.0, |sum, product| sum + product);
    (products.iter().map(|product| if sum > 0.0 { product / sum } else { 0.0 }).collect(), sum)
}

fn multiply(
    ranked: &RankedFiles,
    signals: &Signals,
    size: &[f64],
    coupled: &CoupledIncidents,
    history_weight: f64,
    parameters: &RankingParameters,
) -> (Multipliers, Vec<f64>) {
    let power = |values: Vec<f64>, offset: f64, power: f64| -> Vec<f64> {
        values.into_iter().map(|value| (value + offset).powf(power)).collect()
    };
    let mut code = size.to_vec();
    let offset = parameters.work_offset;
    let work = power(per_line(ranked, &signals.work), offset, parameters.work_power);
    let (work, mean_work) = weigh(&mut code, work);
    let complexity = complexity_per_line(ranked, signals);
    let complexity = power(complexity, parameters.complexity_offset, parameters.complexity_power);
    let (complexity, mean_complexity) = weigh(&mut code, complexity);
    // A new file grew from nothing: without a limit, this ratio would grow with its length.
    let growth = signals.growth.iter().map(|it| it.clamp(1.0 / parameters.max_growth, parameters.max_growth));
    let (growth, mean_growth) = weigh(&mut code, power(growth.collect(), 0.0, parameters.growth_power));
    let tests = power(per_line(ranked, &signals.tested), offset, parameters.test_power);
    let (tests, mean_tests) = weigh(&mut code, tests);
    let mean = signals.mean_work;
    let folder = signals.folder_work.iter().map(|rate| if mean > 0.0 { rate / mean } else { 1.0 }).collect();
    let (folder, mean_folder) = weigh(&mut code, power(folder, offset, parameters.folder_power));
    let coupled = (0..ranked.files.len()).map(|position| coupled.relative(position, parameters)).collect();
    let (coupled, mean_coupled) =
        // The less trust in incident history, the closer this multiplier is to 1.
        weigh(&mut code, power(coupled, offset, parameters.companion_power * history_weight));
    let averages = [mean_work, mean_complexity, mean_growth, mean_tests, mean_folder, mean_coupled];
    (Multipliers { work, complexity, growth, tests, folder, coupled, averages }, code)
}

/// Multiplies `code`, which sums to 1, by a factor and scales both so that it still does; also returns what the factor
/// was divided by.
fn weigh(code: &mut [f64], mut factor: Vec<f64>) -> (Vec<f64>, f64) {
    // Above 0 unless there is no file at all: the code sums to 1, and no factor is 0.
    let mean = code.iter().zip(&factor).fold(0.0, |sum, (code, factor)| sum + code * factor);
    for (code, factor) in code.iter_mut().zip(&mut factor) {
        *factor /= mean;
        // Rounding must not make a factor of nothing.
        if (*factor - 1.0).abs() < ROUNDING {
            *factor = 1.0;
        }
        *code *= *factor;
    }
    (factor, mean)
}

/// A factor nearer to 1 than this is 1.
const ROUNDING: f64 = 1e-13;

/// Values per line relative to the whole; 1 for all when there is nothing, and without lines.
fn per_line(ranked: &RankedFiles, values: &[f64]) -> Vec<f64> {
    let lines = ranked.source_lines() as f64;
    // Without lines this is no number, but then no file has lines to use it.
    let mean = values.iter().fold(0.0, |sum, value| sum + value) / lines;
    let relative = |(file, value): (&super::RankedFile, &f64)| {
        if file.sloc == 0 || mean <= 0.0 { 1.0 } else { value / f64::from(file.sloc) / mean }
    };
    ranked.files.iter().zip(values).map(relative).collect()
}

/// Cognitive complexity per line relative to all files that a grammar reads; 1 for the others.
fn complexity_per_line(ranked: &RankedFiles, signals: &Signals) -> Vec<f64> {
    let (sum, lines) = complexity_of_all(ranked, signals);
    let relative = |(file, cognitive): (&super::RankedFile, &Option<f64>)| match cognitive {
        Some(cognitive) if file.sloc > 0 && sum > 0.0 => {
            cognitive / f64::from(file.sloc) / (sum / lines as f64)
        }
        _ => 1.0,
    };
    ranked.files.iter().zip(&signals.cognitive).map(relative).collect()
}

/// Cognitive complexity and lines of all files that a grammar reads.
pub fn complexity_of_all(ranked: &RankedFiles, signals: &Signals) -> (f64, u64) {
    let files = ranked.files.iter().zip(&signals.cognitive);
    files.fold((0.0, 0), |(sum, lines), (file, cognitive)| {
        cognitive.map_or((sum, lines), |cognitive| (sum + cognitive, lines + u64::from(file.sloc)))
    })
}

#[cfg(test)]
mod tests {
    use debtscan_model::{FileClass, Scan};

    use super::{BaseShares, IncidentHistory, RankedFiles, Ranking, Signals};
    use crate::parameters::RankingParameters;
    use crate::rank::UsedIncident;
    use crate::sample::{AS_OF, SampleScan, assert_close};
    use debtscan_findings::ShareParts;

    fn rank(scan: &Scan, parts: &[(usize, f64)]) -> Ranking {
        let parameters = RankingParameters::default();
        let ranked = RankedFiles::of(scan, AS_OF, &parameters);
        let used = UsedIncident { incident: 0, opened: AS_OF, decay: 1.0, parts: parts.to_vec() };
        let used = if parts.is_empty() { Vec::new() } else { vec![used] };
        let history = IncidentHistory { used, excluded: Vec::new(), linked_share: 1.0 };
        let base = BaseShares::of(&ranked, &parameters);
        let signals = Signals::of(scan, &ranked, AS_OF, &parameters);
        Ranking::of(&ranked, signals, &base, &history, &parameters)
    }

    fn totals(ranking: &Ranking) -> Vec<f64> {
        ranking.shares.iter().map(ShareParts::total).collect()
    }

    #[test]
    fn where_nothing_is_known_but_lines_size_decides() {
        let ranking = rank(&SampleScan::new().source("x.c", 100, 0).source("y.c", 300, 0).build(), &[]);
        assert_close(&totals(&ranking), &[0.25, 0.75]);
        assert_close(&[ranking.shares[0].size, ranking.shares[0].change], &[0.25, 0.0]);
        assert!(rank(&SampleScan::new().build(), &[]).shares.is_empty());
        let without_lines = rank(&SampleScan::new().source("x.c", 0, 0).source("y.c", 0, 0).build(), &[]);
        assert_close(&totals(&without_lines), &[0.5, 0.5]);
    }

    #[test]
    fn work_of_a_commit_is_spread_over_its_source_files_and_halves_in_a_year() {
        let scan = SampleScan::new()
            .source("x.c", 100, 0)
            .source("y.c", 100, 0)
            .present("t/x_test.c", FileClass::Test, 9, 0)
            .commit(365, &[("x.c", 1, 1)])
            .commit(0, &[("x.c", 1, 1), ("y.c", 1, 1), ("t/x_test.c", 1, 0)])
            .build();
        let ranking = rank(&scan, &[]);
        assert_close(&ranking.signals.work, &[0.5 + 0.5, 0.5]);
        assert_close(&ranking.signals.tested, &[1.0, 1.0]);
        // per line, relative to 1.5 on 200 lines: 4/3 and 2/3
        let (x, y) = ((4.0_f64 / 3.0 + 0.05).powf(0.3), (2.0_f64 / 3.0 + 0.05).powf(0.3));
        assert_close(&totals(&ranking), &[x / (x + y), y / (x + y)]);
    }

    #[test]
    fn complexity_counts_per_line_and_unknown_grammars_are_average() {
        let scan = SampleScan::new()
            .source("a.c", 100, 0)
            .functions(&[("f", 1, 30)])
            .source("b.c", 100, 0)
            .functions(&[("g", 1, 10)])
            .source("c.xyz", 100, 0)
            .build();
        let factor = |relative: f64| (relative + 0.3).powf(0.45);
        // 30 and 10 on 200 lines: 1.5 and 0.5 of the mean
        let factors = [factor(1.5), factor(0.5), factor(1.0)];
        let sum: f64 = factors.iter().sum();
        assert_close(&totals(&rank(&scan, &[])), &factors.map(|factor| factor / sum));
    }

    #[test]
    fn growth_counts_up_to_threefold() {
        let scan = SampleScan::new()
            .source("new.c", 190, 0)
            .source("old.c", 190, 0)
            .commit(800, &[("old.c", 90, 0)])
            .commit(730, &[("old.c", 100, 0)])
            .commit(100, &[("new.c", 190, 0)])
            .build();
        let ranking = rank(&scan, &[]);
        // new: 200 / 10, old: 200 / 200
        assert_close(&ranking.signals.growth, &[20.0, 1.0]);
        let [new, old] = [0, 1].map(|file| ranking.multipliers.of(file)[2]);
        assert_close(&[new / old], &[3.0_f64.sqrt()]);
    }

    #[test]
    fn a_folder_is_drawn_towards_the_one_above() {
        let scan = SampleScan::new()
            .source("a/b/x.c", 100, 0)
            .source("a/y.c", 100, 0)
            .source("z.c", 800, 0)
            .commit(0, &[("a/b/x.c", 1, 1)])
            .build();
        // One commit on 1,000 lines; k = 30. a: (1 + .03) / 230; a/b: (1 + 30 x that) / 130.
        let a = 1.03 / 230.0;
        assert_close(&rank(&scan, &[]).signals.folder_work, &[(1.0 + 30.0 * a) / 130.0, a, 0.001]);
    }

    #[test]
    fn incidents_raise_the_file_itself_and_its_companions() {
        let scan = SampleScan::new()
            .source("x.c", 100, 0)
            .source("y.c", 100, 0)
            .source("z.c", 100, 0)
            .commit(0, &[("x.c", 1, 1), ("y.c", 1, 1)])
            .commit(0, &[("z.c", 1, 1)])
            .commit(0, &[("z.c", 1, 1)])
            .build();
        let ranking = rank(&scan, &[(0, 1.0)]);
        assert_close(&[ranking.history_weight, ranking.omega], &[1.0 / 21.0, 0.18 / 21.0]);
        assert_close(&ranking.own, &[1.0, 0.0, 0.0]);
        // y: (1/150 + .5 x mean) / 1.5 / mean with mean = 1/450; x and z: half a mean over shared + .5
        let power = 0.3 / 21.0;
        let [x, y, z] = [0, 1, 2].map(|file| ranking.multipliers.of(file)[5]);
        assert_close(&[y / z], &[((3.0_f64 + 0.5) / 1.5 + 0.05).powf(power) / 1.05_f64.powf(power)]);
        assert_close(&[x / z], &[(0.5_f64 / 1.5 + 0.05).powf(power) / 1.05_f64.powf(power)]);
        assert!(ranking.shares[1].surroundings > ranking.shares[2].surroundings);
    }

    #[test]
    fn the_named_parts_sum_to_the_share_and_shares_to_one() {
        let scan = SampleScan::new()
            .source("a/x.c", 120, 0)
            .functions(&[("f", 1, 30)])
            .source("a/y.c", 80, 0)
            .source("b/z.c", 400, 0)
            .functions(&[("g", 1, 3)])
            .commit(200, &[("b/z.c", 9, 0), ("a/y.c", 2, 2)])
            .commit(0, &[("a/x.c", 60, 1)])
            .build();
        let ranking = rank(&scan, &[(1, 0.5), (2, 0.5)]);
        for position in 0..3 {
            let share =
                (1.0 - ranking.omega) * ranking.code[position] + ranking.omega * ranking.own[position];
            assert_close(&[ranking.shares[position].total()], &[share]);
        }
        assert_close(&[ranking.sum([0, 1, 2]).total(), ranking.code.iter().sum()], &[1.0, 1.0]);
    }
}
