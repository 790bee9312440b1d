//! Times every stage of a scan on a real repository, without a cache:
//! `cargo bench --package debtscan-scanner --bench phases -- PATH [RUNS]`.
//!
//! Prints medians: wall time, units of work (commits, changes, files) and units a second.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use debtscan_scanner::{
    Keep, KeepWhole, Measure, Merges, PeopleRules, Phase, Progress, Renames, Repository, ScanOptions, Walk,
};

/// Notes when each phase began, and how many units were done by then.
#[derive(Default)]
struct Clock {
    begun: Mutex<Vec<(Phase, Instant, u64)>>,
    done: AtomicU64,
}

impl Progress for Clock {
    fn begin(&self, phase: Phase, _total: Option<u64>) {
        let mut begun = self.begun.lock().expect("no phase panics");
        begun.push((phase, Instant::now(), self.done.load(Ordering::Relaxed)));
    }

    fn advance(&self, n: u64) {
        self.done.fetch_add(n, Ordering::Relaxed);
    }
}

impl Clock {
    /// How long each phase took, and its units.
    fn laps(self) -> Vec<(Phase, Duration, u64)> {
        let end = (Instant::now(), self.done.load(Ordering::Relaxed));
        let begun = self.begun.into_inner().expect("no phase panics");
        let ends = begun.iter().skip(1).map(|(_, time, done)| (*time, *done)).chain([end]);
        let lap = |((phase, start, before), (time, done)): (&(Phase, Instant, u64), (Instant, u64))| {
            (*phase, time.duration_since(*start), done - before)
        };
        begun.iter().zip(ends).map(lap).collect()
    }
}

fn main() -> ExitCode {
    // `cargo bench` adds a flag of its own.
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let Some(path) = words.next() else {
        println!("no repository given: cargo bench --package debtscan-scanner --bench phases -- PATH [RUNS]");
        return ExitCode::SUCCESS;
    };
    let runs = words.next().and_then(|runs| runs.parse().ok()).unwrap_or(3_usize).max(1);
    let options = ScanOptions {
        path: path.into(),
        revision: "HEAD".to_owned(),
        since: None,
        until: None,
        walk: Walk::AllParents,
        merges: Merges::Compared,
        renames: Renames::Follow,
        measure: Measure::Tree,
        exclude: Vec::new(),
        classes: Vec::new(),
        whole: KeepWhole::Never,
        bots: Vec::new(),
        find_commits: Vec::new(),
        people: PeopleRules::default(),
        find_people: Vec::new(),
        anonymize: None,
        threads: 0,
        max_memory: None,
        worker: None,
    };
    let mut all = Vec::new();
    for _ in 0..runs {
        let clock = Clock::default();
        let scanned = Repository::open(&options, None).and_then(|mut it| it.scan(Keep::Nothing, &clock));
        if let Err(error) = scanned {
            println!("{error}");
            return ExitCode::FAILURE;
        }
        all.push(clock.laps());
    }
    println!("| stage | wall ms | units | units a second |\n|---|--:|--:|--:|");
    for position in 0..all[0].len() {
        let (phase, _, units) = all[0][position];
        let mut times: Vec<Duration> = all.iter().map(|laps| laps[position].1).collect();
        times.sort_unstable();
        let time = times[runs / 2];
        let rate = units as f64 / time.as_secs_f64();
        println!("| {} | {:.1} | {units} | {rate:.0} |", phase.name(), time.as_secs_f64() * 1e3);
    }
    ExitCode::SUCCESS
}
