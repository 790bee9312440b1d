//! Whether what was expected is what came: by size of the expectation.

use crate::ShareParts;
use crate::build::Analysis;
use crate::rank::{NegativeBinomial, RankingParameters};

/// Upper ends of the bands of expected incidents per year; the last band has none.
const ENDS: [f64; 6] = [0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// Expectations of one size, and what came.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Band {
    /// The least expectation in it, in incidents per window.
    pub from: f64,
    /// The first expectation above it; `None` for the last band.
    pub to: Option<f64>,
    /// How many files or areas of how many cuts: subject-years.
    pub subjects: usize,
    /// Sum of the expectations.
    pub expected: f64,
    /// Incidents that came, by their parts.
    pub came: f64,
    /// Sum over subjects of how surely the rounded number of incidents lies within the 80 % interval
    /// ([`NegativeBinomial::coverage`]); 80 % of `subjects` where the distribution is right.
    pub covered: f64,
}

/// The bands of files or areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// By the expectation that was stated.
    pub stated: Vec<Band>,
    /// By the expectation at the true total: what the shares alone are worth. `covered` is 0. Without
    /// the cuts after which nothing came.
    pub given_total: Vec<Band>,
}

impl Default for Bands {
    fn default() -> Self {
        let from = std::iter::once(0.0).chain(ENDS);
        let to = ENDS.into_iter().map(Some).chain([None]);
        let empty: Vec<Band> = from.zip(to).map(|(from, to)| Band { from, to, ..Band::default() }).collect();
        Self { stated: empty.clone(), given_total: empty }
    }
}

impl Bands {
    /// Adds one subject of one cut.
    fn add(
        &mut self,
        expected: &NegativeBinomial,
        parameters: &RankingParameters,
        (share, came, total_came): (f64, f64, f64),
    ) {
        let band = &mut self.stated[band(expected.mean)];
        band.subjects += 1;
        band.expected += expected.mean;
        band.came += came;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number of incidents"
        )]
        let whole = (came + 0.5).floor() as u64;
        band.covered += expected.coverage(whole, parameters.interval_low, parameters.interval_high);
        if total_came <= 0.0 {
            return;
        }
        let given_total = share * total_came;
        let band = &mut self.given_total[self::band(given_total)];
        band.subjects += 1;
        band.expected += given_total;
        band.came += came;
    }
}

fn band(expected: f64) -> usize {
    ENDS.iter().filter(|end| **end <= expected).count()
}

/// Holds the forecast of every ranked file and every area of a cut against what came on them.
///
/// `to_come` is by position in the universe; `horizon_days` scales the yearly expectation.
pub(super) fn hold(cut: &Analysis<'_>, to_come: &[f64], files: &mut Bands, areas: &mut Bands) {
    let outlook = &cut.outlook;
    let total = to_come.iter().fold(0.0, |sum, came| sum + came);
    let hold = |shares: ShareParts, came: f64, bands: &mut Bands| {
        if let Some(expected) = outlook.counts(shares.total()) {
            bands.add(&expected, &cut.parameters, (shares.total(), came, total));
        }
    };
    for (shares, came) in cut.ranking.shares.iter().zip(to_come) {
        hold(*shares, *came, files);
    }
    for area in cut.area_sums.iter().filter(|area| !area.ranked_files.is_empty()) {
        let came = area.ranked_files.iter().fold(0.0, |sum, position| sum + to_come[*position]);
        hold(area.shares, came, areas);
    }
}

impl Bands {
    /// Adds the bands of another cut.
    pub(super) fn add_all(&mut self, other: &Self) {
        let pairs = [(&mut self.stated, &other.stated), (&mut self.given_total, &other.given_total)];
        for (band, more) in pairs.into_iter().flat_map(|(bands, more)| bands.iter_mut().zip(more)) {
            band.subjects += more.subjects;
            band.expected += more.expected;
            band.came += more.came;
            band.covered += more.covered;
        }
    }
}
