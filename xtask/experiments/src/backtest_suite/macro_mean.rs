//! Means over incident files, and their bootstrap ranges over repositories and cut dates.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::outcome::{SuiteBand, SuiteFigures, SuiteOutcome};

/// The figures in the order of the tables.
const FIGURES: [&str; 9] = ["c10", "c20", "popt", "sc20", "top10", "ftop5", "f20", "atop3", "a20"];

/// `SplitMix64`: the same draws on every machine.
pub(super) struct RandomDraws(u64);

impl RandomDraws {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let product = u128::from(mixed ^ (mixed >> 31)) * bound as u128;
        usize::try_from(product >> 64).expect("below a usize")
    }
}

/// A mean with its 95% range.
pub(super) struct MeanEstimate {
    pub(super) mean: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl MeanEstimate {
    fn new(mean: f64, mut drawn: Vec<f64>) -> Self {
        drawn.sort_by(f64::total_cmp);
        let at = |probability: f64| {
            let Some(last) = drawn.len().checked_sub(1) else { return mean };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
            let position = (probability * last as f64).round() as usize;
            drawn[position.min(last)]
        };
        Self { mean, low: at(0.025), high: at(0.975) }
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "mean": self.mean, "low": self.low, "high": self.high })
    }
}

/// All outcomes of one run of the suite.
pub(super) struct Suite {
    pub(super) outcomes: Vec<SuiteOutcome>,
    /// Means over the entries with cut dates.
    observed: SuiteFigures,
    /// Entries with cut dates, by repository.
    clusters: Vec<Vec<usize>>,
}

impl Suite {
    pub(super) fn new(outcomes: Vec<SuiteOutcome>) -> Self {
        let mut by_repository: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, outcome) in outcomes.iter().enumerate().filter(|(_, it)| !it.cuts.is_empty()) {
            by_repository.entry(&outcome.repository).or_default().push(position);
        }
        let clusters: Vec<Vec<usize>> = by_repository.into_values().collect();
        let once: Vec<(usize, Vec<usize>)> = clusters
            .iter()
            .flatten()
            .map(|feed| (*feed, (0..outcomes[*feed].cuts.len()).collect()))
            .collect();
        let observed = mean(&outcomes, &once);
        Self { outcomes, observed, clusters }
    }

    pub(super) fn n_feeds(&self) -> usize {
        self.clusters.iter().map(Vec::len).sum()
    }

    pub(super) fn n_repositories(&self) -> usize {
        self.clusters.len()
    }

    pub(super) fn n_cuts(&self) -> usize {
        self.outcomes.iter().map(|outcome| outcome.cuts.len()).sum()
    }

    pub(super) fn figures(&self) -> Vec<String> {
        let has = |figure: &str| self.observed.keys().any(|(_, known)| known == figure);
        FIGURES.into_iter().filter(|figure| has(figure)).map(ToOwned::to_owned).collect()
    }

    /// All scores, debtscan's first, then by their figure `c20`.
    pub(super) fn scores(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.observed.keys().map(|(score, _)| score).collect();
        let mut all: Vec<String> = all.into_iter().cloned().collect();
        all.sort_by(|a, b| {
            let key = |score: &String| self.value(&self.observed, score, "c20");
            (b == "debtscan").cmp(&(a == "debtscan")).then(key(b).total_cmp(&key(a)))
        });
        all
    }

    /// Bootstrap means: draws repositories with all their entries, then cut dates of each entry, both with
    /// replacement.
    pub(super) fn draw(&self, resamples: usize, draws: &mut RandomDraws) -> Vec<SuiteFigures> {
        let one = |draws: &mut RandomDraws| {
            let mut drawn = Vec::new();
            for _ in 0..self.clusters.len() {
                for feed in &self.clusters[draws.below(self.clusters.len())] {
                    let cuts = self.outcomes[*feed].cuts.len();
                    drawn.push((*feed, (0..cuts).map(|_| draws.below(cuts)).collect()));
                }
            }
            mean(&self.outcomes, &drawn)
        };
        if self.clusters.is_empty() { Vec::new() } else { (0..resamples).map(|_| one(draws)).collect() }
    }

    /// The mean over the entries with cut dates.
    pub(super) fn mean(&self, score: &str, figure: &str) -> f64 {
        self.value(&self.observed, score, figure)
    }

    pub(super) fn estimate(&self, drawn: &[SuiteFigures], score: &str, figure: &str) -> MeanEstimate {
        let of = |figures: &SuiteFigures| self.value(figures, score, figure);
        MeanEstimate::new(of(&self.observed), drawn.iter().map(of).collect())
    }

    /// The difference of two scores, over the same draws.
    pub(super) fn difference(
        &self,
        drawn: &[SuiteFigures],
        score: &str,
        rival: &str,
        figure: &str,
    ) -> MeanEstimate {
        let of =
            |figures: &SuiteFigures| self.value(figures, score, figure) - self.value(figures, rival, figure);
        MeanEstimate::new(of(&self.observed), drawn.iter().map(of).collect())
    }

    #[expect(clippy::unused_self, reason = "keys are those of the suite")]
    fn value(&self, figures: &SuiteFigures, score: &str, figure: &str) -> f64 {
        figures.get(&(score.to_owned(), figure.to_owned())).copied().unwrap_or(f64::NAN)
    }

    /// Median relative errors over all cut dates: of the stated total and of last year's count.
    pub(super) fn total_errors(&self) -> (Option<f64>, Option<f64>) {
        let cuts = || self.outcomes.iter().flat_map(|outcome| &outcome.cuts);
        let error = |expected: f64, came: f64| (expected - came).abs() / came;
        let stated = cuts().filter_map(|cut| Some(error(cut.expected?, cut.came))).collect();
        (median(stated), median(cuts().map(|cut| error(cut.last_year, cut.came)).collect()))
    }

    fn band_sums(&self, of: &'static str, by: &'static str) -> Vec<SuiteBand> {
        let mut sums: Vec<SuiteBand> = Vec::new();
        for bands in self.outcomes.iter().filter_map(|outcome| outcome.bands.get(&(of, by))) {
            sums.resize(sums.len().max(bands.len()), [0.0; 4]);
            for (sum, band) in sums.iter_mut().zip(bands) {
                sum.iter_mut().zip(band).for_each(|(sum, more)| *sum += more);
            }
        }
        sums
    }

    /// The rows of the calibration table.
    pub(super) fn bands(&self) -> Vec<String> {
        let names = self.outcomes.first().map_or(&[][..], |outcome| &outcome.band_names);
        let all =
            [("files", "stated"), ("files", "given_total"), ("areas", "stated"), ("areas", "given_total")];
        let sums = all.map(|(of, by)| self.band_sums(of, by));
        let ratio = |band: &SuiteBand| {
            if band[1] > 0.0 { format!("{:.2}", band[2] / band[1]) } else { "-".to_owned() }
        };
        let row = |(position, name): (usize, &String)| {
            let cells = |stated: &[SuiteBand], given: &[SuiteBand]| {
                let band = &stated[position];
                let covered =
                    if band[0] > 0.0 { format!("{:.0}%", band[3] / band[0] * 100.0) } else { "-".to_owned() };
                format!("{} | {} | {} | {covered}", band[0], ratio(band), ratio(&given[position]))
            };
            format!("| {name} | {} | {} |", cells(&sums[0], &sums[1]), cells(&sums[2], &sums[3]))
        };
        names.iter().enumerate().map(row).collect()
    }

    /// The calibration as JSON.
    pub(super) fn calibration(&self) -> Value {
        let names = self.outcomes.first().map_or(&[][..], |outcome| &outcome.band_names);
        let list = |of, by| -> Vec<Value> {
            names
                .iter()
                .zip(self.band_sums(of, by))
                .map(|(name, band)| {
                    json!({ "band": name, "subjects": band[0], "expected": band[1], "came": band[2],
                        "covered": if by == "stated" { json!(band[3]) } else { Value::Null } })
                })
                .collect()
        };
        json!({ "files": { "stated": list("files", "stated"), "given_total": list("files", "given_total") },
            "areas": { "stated": list("areas", "stated"), "given_total": list("areas", "given_total") } })
    }
}

/// The mean over entries of the means over cut dates.
fn mean(outcomes: &[SuiteOutcome], drawn: &[(usize, Vec<usize>)]) -> SuiteFigures {
    let mut sums = SuiteFigures::new();
    for (feed, cuts) in drawn {
        let weight = 1.0 / (drawn.len() * cuts.len()) as f64;
        for cut in cuts {
            for (key, value) in &outcomes[*feed].cuts[*cut].figures {
                *sums.entry(key.clone()).or_insert(0.0) += weight * value;
            }
        }
    }
    sums
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        count if count % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}
