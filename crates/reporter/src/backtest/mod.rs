//! The backtest: past rankings, tested on the incidents that followed.
//!
//! At each of several dates in the past, the cuts, every file is scored from what was known by then,
//! and compared with the incidents of the days that followed. [`Backtest`] takes the scan of the whole
//! history, then the scan of each cut, and gives a [`BacktestReport`].
//!
//! What was known at a cut is: the commits of the tree of that date and its history, the code in that
//! tree, and the incidents that had opened and whose fixes were part of that history. All of it comes
//! from the cut's own scan; the whole history serves to see where the later incidents fell, and
//! nothing of it reaches a score.

mod calibration;
mod curve;
pub(crate) mod cut;
mod dates;
mod four_share;
pub(crate) mod identity;
mod metric;
mod options;
pub(crate) mod resample;
mod score;
mod summary;
pub(crate) mod target;
#[cfg(test)]
mod tests;

use debtscan_model::{Scan, Timestamp};

use self::calibration::{add_bands, empty_bands};
pub use self::options::BacktestOptions;
use crate::listing::list_head;

use crate::analysis::Analysis;
use crate::error::BuildError;
use cut::{Cut, Judged, judge};
use debtscan_findings::{BacktestReport, CalibrationBands, Uncounted, UncountedCut};
use debtscan_incidents::Incidents;
use target::Future;

/// A backtest under way.
pub struct Backtest<'a, 'b> {
    incidents: &'a Incidents,
    options: &'a BacktestOptions,
    future: Future<'a, 'b>,
    dates: Vec<Timestamp>,
    cuts: Vec<Cut>,
    uncounted: Vec<UncountedCut>,
    /// Expectation against outcome of the cuts with too little after them.
    too_quiet: Vec<(CalibrationBands, CalibrationBands)>,
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
        Ok(Self(Analysis::of_all(scan, incidents, &options.report)?))
    }
}

impl<'a, 'b> Backtest<'a, 'b> {
    /// Chooses the cuts.
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
            // Counted without a scan: a cut that cannot count needs none.
            let (known, came) = test.at_most(date);
            let end = date.plus_days(options.rules.horizon_days);
            // A quiet year still serves the calibration if the list goes on after it.
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

    /// The cuts that may count, or whose forecasts may be compared with the later incidents, ascending:
    /// those whose scans [`Backtest::add`] needs.
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
                // At the end of the list, nobody knows whether a year was quiet or the list had
                // ended.
                self.too_quiet.extend(bands.map(|bands| *bands).filter(|_| is_quiet));
            }
        }
        Ok(())
    }

    /// Sums up.
    pub fn finish(mut self) -> BacktestReport {
        // Some cuts are rejected before their scan, others after it.
        self.uncounted.sort_by_key(|cut| cut.date);
        let analysis = self.future.analysis;
        let (mut file_bands, mut area_bands) = (empty_bands(), empty_bands());
        for cut in &self.cuts {
            add_bands(&mut file_bands, &cut.files);
            add_bands(&mut area_bands, &cut.areas);
        }
        for (files, areas) in &self.too_quiet {
            add_bands(&mut file_bands, files);
            add_bands(&mut area_bands, areas);
        }
        BacktestReport {
            head: list_head(analysis),
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

    /// Numbers of known and of later incidents, in any code.
    fn at_most(&self, date: Timestamp) -> (usize, usize) {
        let end = date.plus_days(self.options.rules.horizon_days);
        let all = || 0..self.incidents.list.len();
        let known = all().filter(|incident| self.future.had_opened(*incident, date)).count();
        (known, all().filter(|incident| self.future.opens_within(*incident, date, end)).count())
    }
}
