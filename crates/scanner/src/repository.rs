//! The one door to a repository: every answer about it comes from here.

use std::path::{Path, PathBuf};

use debtscan_model::{
    CommitId, CommitIdx, FileIdx, Lines, Origins, RepoPath, Scan, TimeWindow, Timeline, Timestamp,
};
use rayon::ThreadPool;
use rustc_hash::FxHashSet;

use crate::cache::kept::Kept;
use crate::cache::outcome::{CacheOutcome, RunError};
use crate::cache::store::Store;
use crate::classify::asked::AskedClasses;
use crate::error::ScanError;
use crate::lines::graph::Graph;
use crate::lines::lineage::Lineage;
use crate::lines::origins::OriginRules;
use crate::lines::walk::LineLimits;
use crate::memory::MemoryPlan;
use crate::options::{Keep, KeepWhole, Measure, ScanOptions};
use crate::progress::Progress;
use crate::stage::notes::{self, Notes};
use crate::stage::pipeline::{self, ScanPoint};
use crate::stage::session::{Session, TreeRules};
use crate::stage::timeline::{self, PastTrees, TimelineOptions};
use crate::stage::walk;
use crate::table::commit_graph::CommitGraph;
use crate::threads::start_threads;
use crate::window;
use debtscan_git::commit;
use debtscan_git::id::{commit_id, object_id};
use debtscan_git::open::{self, OpenRepository};
use debtscan_git::path_in_tree::PathFinder;
use debtscan_worker::Parsers;

/// An open repository.
///
/// All methods share one handle of the object database, one thread pool, one memory plan and one cache folder, so
/// [`ScanOptions::threads`] and [`ScanOptions::max_memory`] apply to each of them. Answers depend neither on the
/// number of threads nor on what the cache holds.
pub struct Repository {
    options: ScanOptions,
    cache: Option<PathBuf>,
    opened: OpenRepository,
    parsers: Parsers,
    /// Committer time of the scanned revision, even if the window ends earlier.
    tip_time: Timestamp,
    window: TimeWindow,
    /// `None` until the number of commits is known, which limits the number of threads.
    pool: Option<ThreadPool>,
    /// Results for the next scan; `None` before the first scan and when the last one kept none.
    store: Option<Store>,
    /// From the scanned revision back to the root; empty unless the last scan kept its results.
    first_parents: Vec<ScanPoint>,
    /// `None` unless the last scan kept the history of lines.
    graph: Option<Graph>,
    outcome: CacheOutcome,
}

/// The year 2100 begins. A commit of later date has a wrong clock.
const END_OF_DATES: Timestamp = Timestamp(4_102_444_800);

/// Days without a commit, about 20 years, after which the date of the next one is in doubt.
const LONGEST_REST: i64 = 20 * 365;

impl Repository {
    /// Opens the repository at or above the path of the options. Results are read from the folder `cache` and kept
    /// there; without a folder, nothing is kept.
    ///
    /// # Errors
    /// When there is no readable repository at the path, the revision does not name a commit, or the window is empty.
    pub fn open(options: &ScanOptions, cache: Option<&Path>) -> Result<Self, ScanError> {
        let mut opened = open::open(&options.path, &options.revision)?;
        let window = window_of(options, &opened)?;
        // Trends end at the commit itself, whatever the window.
        let tip_time = opened.as_of;
        if let Some(until) = window.until.filter(|until| *until < opened.as_of) {
            // Measured from the commit's time, everything in the window would look long past.
            opened.as_of = until;
            opened.is_beyond_window = true;
        }
        Ok(Self {
            options: options.clone(),
            cache: cache.map(Path::to_owned),
            opened,
            parsers: Parsers::new(options.worker.as_deref()),
            tip_time,
            window,
            pool: None,
            store: None,
            first_parents: Vec::new(),
            graph: None,
            outcome: CacheOutcome::default(),
        })
    }

    /// Scans the revision of the options, and keeps what the next questions need.
    ///
    /// Whatever concerns a single commit, path or object is counted in [`Scan::skipped`].
    ///
    /// # Errors
    /// When a pattern is malformed, or something that the whole scan needs cannot be read.
    pub fn scan(&mut self, keep: Keep, progress: &dyn Progress) -> Result<Scan, ScanError> {
        let whole = match self.options.whole {
            // The whole first: the part is then read from its results, and not computed again.
            KeepWhole::Always if self.is_part() => Some(Box::new(self.whole(progress)?)),
            KeepWhole::Always | KeepWhole::Never => None,
        };
        let mut scan = Scan { whole, ..self.run(TreeRules::Apply, keep, progress)? };
        let (elsewhere, later) = self.elsewhere(scan.whole.as_deref().unwrap_or(&scan));
        if let Some(whole) = &mut scan.whole {
            add_outside(&mut whole.outside_window, &elsewhere);
            whole.later.clone_from(&later);
        }
        add_outside(&mut scan.outside_window, &elsewhere);
        scan.later = later;
        Ok(scan)
    }

    /// Scans the revision of the options as [`scan`](Self::scan) does, but ignores the rules of its tree that hide
    /// changes: `.debtscanignore`, and `-diff` in `.gitattributes`. Keeps the results for [`scan_at`](Self::scan_at).
    ///
    /// # Errors
    /// As [`scan`](Self::scan).
    pub fn scan_unfiltered(&mut self, progress: &dyn Progress) -> Result<Scan, ScanError> {
        self.run(TreeRules::Ignore, Keep::Results, progress)
    }

    /// Scans the repository as it was at a time; `None` if it had no commit yet. Nothing later shows in the result.
    ///
    /// The scanned commit is the first one with a committer time of at most `time` on the way back from the revision
    /// of the options along first parents, as `git rev-list -1 --first-parent --before` finds it. [`Scan::as_of`] is
    /// `time`.
    ///
    /// # Errors
    /// As [`scan`](Self::scan).
    pub fn scan_at(&mut self, time: Timestamp, progress: &dyn Progress) -> Result<Option<Scan>, ScanError> {
        // A scan that kept no results has no chain to choose from.
        if self.first_parents.is_empty() {
            self.run(TreeRules::Apply, Keep::Results, progress)?;
        }
        // The first match, not the newest: clocks may be skewed, and git searches in the same way.
        let Some(point) = self.first_parents.iter().find(|point| point.time <= time).copied() else {
            return Ok(None);
        };
        let opened = self.opened.at(point.revision, point.tree, time);
        let window = window_of(&self.options, &opened)?;
        let store = self.store.as_mut().expect("a scan that kept its results kept the store");
        let history = walk::walk(&opened, self.options.walk, store, progress);
        let session = Session {
            options: &self.options,
            pool: self.pool.as_ref().expect("the first scan started the threads"),
            opened: &opened,
            parsers: &self.parsers,
            window,
            progress,
            rules: TreeRules::Apply,
            keep: Keep::Results,
        };
        Ok(Some(pipeline::run(&session, history, store)?.scan))
    }

    /// Follows the lines and functions of some files of `scan`, which must come from [`scan`](Self::scan).
    ///
    /// Deleted, binary and unmeasured files are skipped. Lines beyond the limits have no known writer and are
    /// counted in [`Lines::skipped`]. Scans again if the last scan did not [keep](Keep::LineHistory) the history of
    /// lines.
    ///
    /// # Errors
    /// As [`scan`](Self::scan).
    pub fn lines(
        &mut self,
        scan: &Scan,
        files: &[FileIdx],
        limits: LineLimits,
        progress: &dyn Progress,
    ) -> Result<Lines, ScanError> {
        self.need_line_history(progress)?;
        let found = self.lineage().lines(scan, files, limits, progress);
        self.outcome.reused_line_files += found.reused_files;
        self.outcome.errors.extend(found.errors);
        Ok(found.lines)
    }

    /// Finds the commits that wrote the lines that `fixes` deleted. `scan` must come from [`scan`](Self::scan).
    ///
    /// Only lines of source files that the fix did not delete count. A merge has no origins. Scans again if the last
    /// scan did not [keep](Keep::LineHistory) the history of lines.
    ///
    /// # Errors
    /// As [`scan`](Self::scan).
    pub fn origins(
        &mut self,
        scan: &Scan,
        fixes: &[CommitIdx],
        rules: OriginRules,
        progress: &dyn Progress,
    ) -> Result<Origins, ScanError> {
        self.need_line_history(progress)?;
        let found = self.lineage().origins(scan, fixes, rules, progress);
        self.outcome.errors.extend(found.errors);
        Ok(found.origins)
    }

    /// Chooses past dates and lists their trees, for [`timeline`](Self::timeline).
    ///
    /// # Errors
    /// When the window is empty, or a pattern is malformed.
    pub fn past_trees(&self, options: &TimelineOptions) -> Result<PastTrees, ScanError> {
        PastTrees::list(&self.opened, self.tip_time, &self.options.exclude, options)
    }

    /// Measures those files of the listed trees whose paths are wanted, each content once.
    ///
    /// # Errors
    /// When the attributes of the scanned revision cannot be read.
    pub fn timeline(
        &mut self,
        trees: PastTrees,
        is_wanted: impl Fn(&RepoPath) -> bool,
        progress: &dyn Progress,
    ) -> Result<Timeline, ScanError> {
        self.start_threads(trees.n_points())?;
        let pool = self.pool.as_ref().expect("started just now");
        // Not the store of a scan, which need not have read the measured files.
        let options = timeline::store_options(&self.options);
        let mut store = Store::open(self.cache.as_deref(), &self.opened, &options);
        let asked = AskedClasses::new(&self.options.classes)?;
        let timeline = timeline::measure(
            pool,
            &self.opened,
            &self.parsers,
            &mut store,
            (trees, &asked),
            is_wanted,
            progress,
        )?;
        self.outcome.add(store.outcome);
        Ok(timeline)
    }

    /// Finds the debt comments (`TODO`, `FIXME`, `HACK`, `XXX`) in the source, test and example files of
    /// `scan`, which must come from [`scan`](Self::scan). The commits that wrote them are left open.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn notes(&mut self, scan: &Scan, progress: &dyn Progress) -> Result<Notes, ScanError> {
        self.start_threads(scan.commits.len())?;
        let pool = self.pool.as_ref().expect("started just now");
        Ok(notes::find(pool, &self.opened, &self.parsers, scan, self.options.anonymize.is_some(), progress))
    }

    /// The result that [`keep`](Self::keep) stored for the same inputs; `None` for others, and without a cache.
    ///
    /// What it says of the history must be part of it: the inputs do not have to name a revision.
    pub fn recall(&mut self, inputs: &[Vec<u8>]) -> Option<Vec<u8>> {
        let recalled = self.kept()?.recall(inputs);
        recalled.unwrap_or_else(|error| {
            self.outcome.errors.push(error);
            None
        })
    }

    /// Stores one result of a workflow in the cache, in place of the one before.
    pub fn keep(&mut self, inputs: &[Vec<u8>], content: Vec<u8>) {
        let kept = self.kept().map(|kept| kept.keep(inputs, content));
        self.outcome.errors.extend(kept.and_then(Result::err));
    }

    fn kept(&self) -> Option<Kept> {
        Kept::of(self.cache.as_deref(), &self.opened, self.options.anonymize.is_some())
    }

    /// Writes what is new to the cache, and says what the cache did.
    pub fn finish(mut self) -> CacheOutcome {
        if let Some(store) = self.store.take() {
            self.release(store);
        }
        if self.parsers.could_not_start() {
            self.outcome.errors.push(RunError::NoWorkers);
        }
        self.outcome
    }

    fn run(&mut self, rules: TreeRules, keep: Keep, progress: &dyn Progress) -> Result<Scan, ScanError> {
        let store = self.store.take();
        let mut store =
            store.unwrap_or_else(|| Store::open(self.cache.as_deref(), &self.opened, &self.options));
        let history = walk::walk(&self.opened, self.options.walk, &store, progress);
        self.doubt_time(&history)?;
        self.start_threads(history.commits.len())?;
        let session = Session {
            options: &self.options,
            pool: self.pool.as_ref().expect("started just now"),
            opened: &self.opened,
            parsers: &self.parsers,
            window: self.window,
            progress,
            rules,
            keep,
        };
        // On an error the store is dropped, so that nothing of an incomplete scan is cached.
        let scanned = pipeline::run(&session, history, &mut store)?;
        self.first_parents = scanned.first_parents;
        self.graph = scanned.graph;
        match keep {
            Keep::Results => self.store = Some(store),
            Keep::Nothing | Keep::LineHistory => self.release(store),
        }
        Ok(scanned.scan)
    }

    /// The commits looked for that the repository has, but that are not part of the history of `scan`; and those of
    /// them that are later than it.
    fn elsewhere(&self, scan: &Scan) -> (Vec<CommitId>, Vec<CommitId>) {
        let wanted = &self.options.find_commits;
        if wanted.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let mut objects = self.opened.objects.handle();
        let whole_id = |text: &String| match CommitId::from_hex(text) {
            Ok(id) => Some(id),
            Err(_) => objects.find_prefix(text).map(|id| commit_id(&id)),
        };
        let mut found: Vec<CommitId> = wanted.iter().filter_map(whole_id).collect();
        found.sort_unstable();
        found.dedup();
        let in_history: FxHashSet<CommitId> = scan
            .commits
            .iter()
            .map(|commit| commit.id)
            .chain(scan.merges.iter().chain(&scan.outside_window).copied())
            .collect();
        found.retain(|id| !in_history.contains(id));
        let mut later = Vec::new();
        found.retain(|id| {
            let Ok(data) = objects.commit(&object_id(id.as_bytes())) else { return false };
            // A commit that cannot be decoded exists all the same.
            if let Some(header) = commit::parse_header(&data, self.opened.revision.kind())
                && header.committer_seconds > scan.as_of.0
            {
                later.push(*id);
            }
            true
        });
        (found, later)
    }

    /// True if a window, a folder or an exclusion may hide something.
    fn is_part(&self) -> bool {
        let TimeWindow { since, until } = self.window;
        if since.is_some()
            || until.is_some()
            || self.opened.scope.is_some()
            || !self.options.exclude.is_empty()
        {
            return true;
        }
        let mut objects = self.opened.objects.handle();
        let mut finder = PathFinder::new(&objects);
        // What cannot be read hides nothing, and the scan reports it.
        finder.find(&mut objects, self.opened.tree, b".debtscanignore").is_ok_and(|found| found.is_some())
    }

    /// Scans all files of the revision with their whole history. The results are kept for the scan of the part.
    fn whole(&mut self, progress: &dyn Progress) -> Result<Scan, ScanError> {
        let mut store = Store::open(self.cache.as_deref(), &self.opened, &self.options);
        let history = walk::walk(&self.opened, self.options.walk, &store, progress);
        self.doubt_time(&history)?;
        self.start_threads(history.commits.len())?;
        let opened = OpenRepository {
            scope: None,
            ..self.opened.at(self.opened.revision, self.opened.tree, self.opened.as_of)
        };
        let options = ScanOptions {
            exclude: Vec::new(),
            find_people: Vec::new(),
            measure: match self.options.measure {
                Measure::TreeAndImports => Measure::Tree,
                measure => measure,
            },
            ..self.options.clone()
        };
        let session = Session {
            options: &options,
            pool: self.pool.as_ref().expect("started just now"),
            opened: &opened,
            parsers: &self.parsers,
            window: TimeWindow { since: None, until: None },
            progress,
            rules: TreeRules::HideNoFile,
            keep: Keep::Results,
        };
        let scan = pipeline::run(&session, history, &mut store)?.scan;
        self.store = Some(store);
        Ok(Scan { window: TimeWindow { since: None, until: self.window.until }, ..scan })
    }

    /// Measures from an earlier time if the scanned commit is dated in the far future: everything would look
    /// long past, and the forecast would be empty.
    fn doubt_time(&mut self, history: &CommitGraph) -> Result<(), ScanError> {
        let as_of = self.opened.as_of;
        // `--until` sets the time, or an earlier scan of this run has corrected it.
        if as_of != self.tip_time || self.opened.misdated.is_some() {
            return Ok(());
        }
        let others = history.commits.iter().filter(|commit| commit.id != self.opened.revision);
        let times: Vec<Timestamp> = others.map(|commit| commit.time).collect();
        if as_of >= END_OF_DATES {
            self.opened.misdated = Some(as_of);
            if let Some(newest) = times.into_iter().filter(|time| *time < END_OF_DATES).max() {
                self.opened.as_of = newest;
                self.window = window_of(&self.options, &self.opened)?;
            }
        } else if times.into_iter().max().is_some_and(|newest| newest.plus_days(LONGEST_REST) < as_of) {
            self.opened.misdated = Some(as_of);
        }
        Ok(())
    }

    fn need_line_history(&mut self, progress: &dyn Progress) -> Result<(), ScanError> {
        if self.graph.is_none() {
            self.run(TreeRules::Apply, Keep::LineHistory, progress)?;
        }
        Ok(())
    }

    fn lineage(&self) -> Lineage<'_> {
        Lineage {
            opened: &self.opened,
            pool: self.pool.as_ref().expect("the scan started the threads"),
            graph: self.graph.as_ref().expect("the scan kept it"),
            cache: self.cache.as_deref(),
        }
    }

    /// Writes what is new to the cache, and frees the memory.
    fn release(&mut self, mut store: Store) {
        store.keep();
        self.outcome.add(std::mem::take(&mut store.outcome));
        // Freeing takes a tenth of a run with a warm cache, and nobody waits for it. If no thread can be started, the
        // closure is dropped here, and the store with it.
        let _beside = std::thread::Builder::new().spawn(move || drop(store));
    }

    /// Starts the threads, with the object caches that the memory limit allows, unless they are running.
    fn start_threads(&mut self, commits: usize) -> Result<(), ScanError> {
        if self.pool.is_some() {
            return Ok(());
        }
        let threads = match self.options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let mapped = self.opened.objects.mapped_bytes();
        let plan = MemoryPlan::new(threads, self.options.max_memory, mapped, commits);
        self.opened.objects.set_limits(plan.caches, plan.shared);
        self.pool = Some(start_threads(plan.threads)?);
        Ok(())
    }
}

fn add_outside(known: &mut Vec<CommitId>, more: &[CommitId]) {
    known.extend_from_slice(more);
    known.sort_unstable();
    known.dedup();
}

fn window_of(options: &ScanOptions, opened: &OpenRepository) -> Result<TimeWindow, ScanError> {
    let time_of = |revision: &str| open::commit_time(opened, revision);
    window::resolve(options.since.as_ref(), options.until.as_ref(), opened.as_of, time_of)
}
