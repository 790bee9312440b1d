//! The backtest: would the ranking have found the incidents that came next?
//!
//! At each of several dates in the past, the cuts, every file is scored from what was known by then,
//! and held against the incidents of the days that followed. [`Backtest`] takes the scan of the whole
//! history, then the scan of each cut, and gives a [`BacktestReport`].
//!
//! What was known at a cut is: the commits of the tree of that date and its history, the code in that
//! tree, and the incidents that had opened and whose fixes were part of that history. All of it comes
//! from the cut's own scan; the whole history serves to see where the later incidents fell, and
//! nothing that it says reaches a score.

mod calibration;
mod curve;
mod cut;
mod dates;
mod identity;
mod metric;
mod resample;
mod score;
mod summary;
mod target;
#[cfg(test)]
mod tests;

use debtscan_incidents::Incidents;
use debtscan_model::{Scan, Timestamp};

pub use calibration::{Band, Bands};
pub use cut::CutReport;
pub use metric::Metric;
pub use score::Score;
pub use summary::{Estimate, ScoreReport, YearlyTotal};

use crate::build::Analysis;
use crate::{BuildError, ListHead, ReportOptions};
use cut::{Cut, Judged, judge};
use target::Future;

/// What is hidden from the ranking, to see how it fares with patchy data. The target stays whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// Nothing.
    Nothing,
    /// So many percent of the known incidents: as if nobody had written them down.
    Incidents(u8),
    /// What ties so many percent of the known incidents to code: as if nobody had linked them.
    Links(u8),
}

/// The rules of a backtest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Days after a cut whose incidents are its target.
    pub horizon_days: i64,
    /// A cut counts when at least so many incidents are known.
    pub least_known: usize,
    /// A cut counts when at least so many incidents came on ranked files.
    pub least_came: usize,
    /// Nothing is claimed from fewer cuts than this.
    pub least_cuts: usize,
    /// Times that cuts and incidents are drawn again for the intervals.
    pub resamples: usize,
    /// Where the draws begin.
    pub seed: u64,
    /// What the ranking does not get to see.
    pub hidden: Hidden,
}

impl Default for Rules {
    /// 365 days, 10 known, 6 later; 3 cuts, 1000 draws. The first three are of the protocol that the
    /// model was chosen by, the others plain defaults.
    fn default() -> Self {
        Self {
            horizon_days: 365,
            least_known: 10,
            least_came: 6,
            least_cuts: 3,
            resamples: 1000,
            seed: 1,
            hidden: Hidden::Nothing,
        }
    }
}

/// What shapes a backtest besides the history and the incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestOptions {
    /// How each cut is ranked.
    pub report: ReportOptions,
    /// The rules.
    pub rules: Rules,
    /// The cuts, ascending; `None`: 1 January (UTC) of each year, as far as windows fit without
    /// overlap into the history.
    pub cuts: Option<Vec<Timestamp>>,
}

/// A cut that does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UncountedCut {
    /// The cut.
    pub date: Timestamp,
    /// Known incidents, at most.
    pub known: usize,
    /// Incidents that came on ranked files, at most.
    pub came: usize,
    /// Why it was not looked at at all.
    pub reason: Uncounted,
}

/// Why a cut does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// Too few incidents were known or came.
    TooFew,
    /// The repository had no commit yet.
    NoCommit,
    /// The days after it are not over at the scanned revision.
    NotOver,
}

/// All that a backtest says.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestReport {
    /// Where it comes from, and what it could not see.
    pub head: ListHead,
    /// Incidents read.
    pub incidents: usize,
    /// Of these, those with a date.
    pub dated: usize,
    /// The rules.
    pub rules: Rules,
    /// Source files above which a commit is no recent change.
    pub max_files_per_commit: usize,
    /// Source files above which a fix is dropped.
    pub max_fix_files: usize,
    /// Whether the cuts are the 1 January of years.
    pub is_yearly: bool,
    /// The cuts that count, ascending.
    pub cuts: Vec<CutReport>,
    /// The others, ascending.
    pub uncounted: Vec<UncountedCut>,
    /// Per score of [`Score::ALL`]; empty when no cut counts.
    pub scores: Vec<ScoreReport>,
    /// Expectation against outcome, of files.
    pub file_bands: Bands,
    /// Expectation against outcome, of areas.
    pub area_bands: Bands,
    /// Cuts behind the bands: those that count, and those with enough known and too little after when
    /// the list goes on. Without the quiet ones the forecasts would be chosen by their outcome.
    pub calibrated_cuts: usize,
    /// How far the yearly total was off.
    pub total: YearlyTotal,
}

impl BacktestReport {
    /// Whether enough cuts count to claim anything.
    pub fn claims(&self) -> bool {
        self.cuts.len() >= self.rules.least_cuts
    }
}

/// A backtest under way.
pub struct Backtest<'a, 'b> {
    incidents: &'a Incidents,
    options: &'a BacktestOptions,
    future: Future<'a, 'b>,
    dates: Vec<Timestamp>,
    cuts: Vec<Cut>,
    uncounted: Vec<UncountedCut>,
    /// Expectation against outcome of the cuts with too little after them.
    too_quiet: Vec<(Bands, Bands)>,
}

/// The whole history, read for a backtest.
pub struct Hindsight<'a>(Analysis<'a>);

impl<'a> Hindsight<'a> {
    /// Ties the incidents to the whole history.
    ///
    /// # Errors
    /// As [`build`](crate::build()).
    pub fn of(
        scan: &'a Scan,
        incidents: &'a Incidents,
        options: &'a BacktestOptions,
    ) -> Result<Self, BuildError> {
        Ok(Self(Analysis::of(scan, incidents, &options.report)?))
    }
}

impl<'a, 'b> Backtest<'a, 'b> {
    /// Settles on the cuts.
    pub fn new(hindsight: &'a Hindsight<'b>, options: &'a BacktestOptions) -> Self {
        let analysis = &hindsight.0;
        let future = Future::new(analysis);
        let scan = analysis.scan;
        let all = options.cuts.clone().unwrap_or_else(|| dates::yearly(scan, options.rules.horizon_days));
        let mut test = Self {
            incidents: analysis.incidents(),
            options,
            future,
            dates: Vec::new(),
            cuts: Vec::new(),
            uncounted: Vec::new(),
            too_quiet: Vec::new(),
        };
        for date in all {
            let (known, came) = test.at_most(date);
            let end = date.plus_days(options.rules.horizon_days);
            let is_sparse = came < options.rules.least_came && !test.future.goes_on_after(end);
            let reason = if end > scan.as_of {
                Some(Uncounted::NotOver)
            } else if known < options.rules.least_known || is_sparse {
                Some(Uncounted::TooFew)
            } else {
                None
            };
            match reason {
                Some(reason) => test.uncounted.push(UncountedCut { date, known, came, reason }),
                None => test.dates.push(date),
            }
        }
        test
    }

    /// The cuts that may count or be held against what came, ascending: those whose scans
    /// [`Backtest::add`] wants.
    pub fn dates(&self) -> Vec<Timestamp> {
        self.dates.clone()
    }

    /// Judges a cut: `scan` is the repository as it was at `date`, `None` when there was none.
    ///
    /// # Errors
    /// As [`build`](crate::build()).
    pub fn add(&mut self, date: Timestamp, scan: Option<&Scan>) -> Result<(), BuildError> {
        let Some(scan) = scan else {
            self.uncounted.push(UncountedCut { date, known: 0, came: 0, reason: Uncounted::NoCommit });
            return Ok(());
        };
        match judge(scan, self.incidents, &self.future, self.options)? {
            Judged::Counts(cut) => self.cuts.push(*cut),
            Judged::TooFew { known, came, bands } => {
                self.uncounted.push(UncountedCut { date, known, came, reason: Uncounted::TooFew });
                let end = date.plus_days(self.options.rules.horizon_days);
                let is_quiet = self.future.goes_on_after(end);
                self.too_quiet.extend(bands.map(|bands| *bands).filter(|_| is_quiet));
            }
        }
        Ok(())
    }

    /// Sums up.
    pub fn finish(mut self) -> BacktestReport {
        self.uncounted.sort_by_key(|cut| cut.date);
        let analysis = self.future.analysis;
        let (mut file_bands, mut area_bands) = (Bands::default(), Bands::default());
        for cut in &self.cuts {
            file_bands.add_all(&cut.files);
            area_bands.add_all(&cut.areas);
        }
        for (files, areas) in &self.too_quiet {
            file_bands.add_all(files);
            area_bands.add_all(areas);
        }
        BacktestReport {
            head: ListHead::of(analysis, &self.options.report),
            incidents: self.incidents.list.len(),
            dated: self.future.incidents.iter().filter(|incident| incident.opened.is_some()).count(),
            rules: self.options.rules,
            max_files_per_commit: analysis.parameters.max_commit_source_files,
            max_fix_files: analysis.parameters.max_fix_source_files,
            is_yearly: self.options.cuts.is_none(),
            scores: summary::scores(&self.cuts, &self.options.rules),
            total: summary::yearly_total(&self.cuts),
            file_bands,
            area_bands,
            calibrated_cuts: self.cuts.len() + self.too_quiet.len(),
            uncounted: self.uncounted,
            cuts: self.cuts.into_iter().map(|cut| cut.report).collect(),
        }
    }

    /// Incidents that were known and that came, whatever code they are in.
    fn at_most(&self, date: Timestamp) -> (usize, usize) {
        let end = date.plus_days(self.options.rules.horizon_days);
        let all = || 0..self.incidents.list.len();
        let known = all().filter(|incident| self.future.had_opened(*incident, date)).count();
        (known, all().filter(|incident| self.future.opens_within(*incident, date, end)).count())
    }
}
