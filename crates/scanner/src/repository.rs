//! Scans of one repository: of a revision, and of what it was at earlier times.

use std::path::Path;

use debtscan_model::{Scan, TimeWindow, Timestamp};
use rayon::ThreadPool;

use crate::cache::outcome::CacheOutcome;
use crate::cache::store::Store;
use crate::cache::update::Sharing;
use crate::error::ScanError;
use crate::git::open::{self, Opened};
use crate::lines::lineage::Lineage;
use crate::memory::MemoryPlan;
use crate::options::ScanOptions;
use crate::progress::Progress;
use crate::stage::pipeline::{Point, Scanned, run};
use crate::stage::session::{Rules, Session, Wanted};
use crate::stage::walk;
use crate::threads::start_threads;
use crate::window;

/// Scans a repository.
///
/// # Errors
/// When there is no readable repository at the path, the revision does not name a commit, or a
/// pattern is malformed. Whatever concerns a single commit, path or object is counted in
/// [`Scan::skipped`] instead.
pub fn scan(options: &ScanOptions, progress: &dyn Progress) -> Result<Scan, ScanError> {
    Ok(scan_with_cache(options, None, progress)?.0)
}

/// Scans a repository, and reuses and keeps results in the folder `cache`.
///
/// The scan is the same as that of [`scan`], whatever the folder holds. Trouble with it is told in the
/// outcome. Without a folder nothing is kept.
///
/// # Errors
/// As [`scan`].
pub fn scan_with_cache(
    options: &ScanOptions,
    cache: Option<&Path>,
    progress: &dyn Progress,
) -> Result<(Scan, CacheOutcome), ScanError> {
    let mut series = Series::open(options, cache)?;
    let scanned = series.run(Rules::Today, Sharing::Last, Wanted::ScanOnly, progress)?;
    series.store.keep();
    let outcome = std::mem::take(&mut series.store.outcome);
    // To take the store apart takes a tenth of a run with a warm cache, and nobody waits for it. Where no thread can be
    // had, it is taken apart here.
    let _beside = std::thread::Builder::new().spawn(move || drop(series.store));
    Ok((scanned.scan, outcome))
}

/// Scans a repository, and keeps what is needed to ask about lines afterwards.
///
/// The scan is the same as that of [`scan_with_cache`].
///
/// # Errors
/// As [`scan`].
pub fn scan_with_lineage(
    options: &ScanOptions,
    cache: Option<&Path>,
    progress: &dyn Progress,
) -> Result<(Scan, Lineage, CacheOutcome), ScanError> {
    let mut series = Series::open(options, cache)?;
    let scanned = series.run(Rules::Today, Sharing::Last, Wanted::Lineage, progress)?;
    series.store.keep();
    let Series { pool, opened, store, .. } = series;
    let pool = pool.expect("the scan started the threads");
    let graph = scanned.graph.expect("it was wanted");
    Ok((scanned.scan, Lineage::new(opened, pool, graph, cache), store.outcome))
}

/// Scans of one repository at several points of its history, which share what they have in common: a
/// commit is compared and counted once, and a file with the same content is measured once.
///
/// Every scan is what a scan of that revision alone would be: nothing later shows in it.
pub struct Series<'a> {
    options: &'a ScanOptions,
    /// `None` before the first scan, whose size decides how many threads there may be.
    pool: Option<ThreadPool>,
    opened: Opened,
    window: TimeWindow,
    store: Store,
    /// From the scanned revision back; empty before its scan.
    first_parents: Vec<Point>,
}

impl<'a> Series<'a> {
    /// Opens the repository and reads what the folder `cache` holds of it.
    ///
    /// # Errors
    /// When there is no readable repository at the path, the revision does not name a commit, or the
    /// window is empty.
    pub fn open(options: &'a ScanOptions, cache: Option<&Path>) -> Result<Self, ScanError> {
        let mut opened = open::open(&options.path, &options.revision)?;
        let window = window_of(options, &opened)?;
        if let Some(until) = window.until.filter(|until| *until < opened.as_of) {
            // Seen from the commit, all that the window holds would look long past.
            opened.as_of = until;
            opened.is_beyond_window = true;
        }
        let store = Store::open(cache, &opened, options);
        Ok(Self { options, pool: None, opened, window, store, first_parents: Vec::new() })
    }

    /// Scans the revision of the options to learn what happened, whatever its tree says of history:
    /// its `.debtscanignore` leaves no file out, and no `-diff` in its `.gitattributes` hides lines.
    /// All else is as in [`scan`].
    ///
    /// # Errors
    /// As [`scan`].
    pub fn hindsight(&mut self, progress: &dyn Progress) -> Result<Scan, ScanError> {
        Ok(self.run(Rules::Hindsight, Sharing::Another, Wanted::ScanOnly, progress)?.scan)
    }

    /// Scans the repository as it was at a time; `None` when it had no commit yet.
    ///
    /// That is the first commit with a committer time of at most `time` on the way back from the
    /// revision of the options along first parents, as `git rev-list -1 --first-parent --before`
    /// finds it. [`Scan::as_of`] is `time`; all else is what [`scan`] gives for that commit.
    ///
    /// # Errors
    /// As [`scan`].
    pub fn scan_at(&mut self, time: Timestamp, progress: &dyn Progress) -> Result<Option<Scan>, ScanError> {
        if self.first_parents.is_empty() {
            self.run(Rules::Today, Sharing::Another, Wanted::ScanOnly, progress)?;
        }
        let Some(point) = self.first_parents.iter().find(|point| point.time <= time).copied() else {
            return Ok(None);
        };
        let opened = self.opened.at(point.revision, point.tree, time);
        let window = window_of(self.options, &opened)?;
        let history = walk::walk(&opened, self.options.walk, &self.store, progress);
        let pool = self.pool.as_ref().expect("the first scan started the threads");
        let session = Session {
            options: self.options,
            pool,
            opened: &opened,
            window,
            progress,
            rules: Rules::Today,
            wanted: Wanted::ScanOnly,
        };
        Ok(Some(run(&session, history, &mut self.store, Sharing::Another)?.scan))
    }

    /// Keeps what is new in the cache, and says what the cache did.
    pub fn finish(mut self) -> CacheOutcome {
        self.store.keep();
        self.store.outcome
    }

    fn run(
        &mut self,
        rules: Rules,
        sharing: Sharing,
        wanted: Wanted,
        progress: &dyn Progress,
    ) -> Result<Scanned, ScanError> {
        let history = walk::walk(&self.opened, self.options.walk, &self.store, progress);
        if self.pool.is_none() {
            self.pool = Some(self.prepare(history.commits.len())?);
        }
        let pool = self.pool.as_ref().expect("started just now");
        let session = Session {
            options: self.options,
            pool,
            opened: &self.opened,
            window: self.window,
            progress,
            rules,
            wanted,
        };
        let mut scanned = run(&session, history, &mut self.store, sharing)?;
        self.first_parents = std::mem::take(&mut scanned.first_parents);
        Ok(scanned)
    }

    /// Starts the threads, with the caches that the memory allows.
    fn prepare(&mut self, commits: usize) -> Result<ThreadPool, ScanError> {
        let threads = match self.options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let mapped = self.opened.objects.mapped_bytes();
        let plan = MemoryPlan::new(threads, self.options.max_memory, mapped, commits);
        self.opened.objects.set_limits(plan.caches);
        start_threads(plan.threads)
    }
}

fn window_of(options: &ScanOptions, opened: &Opened) -> Result<TimeWindow, ScanError> {
    let time_of = |revision: &str| open::commit_time(opened, revision);
    window::resolve(options.since.as_ref(), options.until.as_ref(), opened.as_of, time_of)
}
