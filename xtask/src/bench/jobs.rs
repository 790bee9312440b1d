//! The commands that are timed on a real repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use jiff::tz::Offset;

use xtask::process;

/// A command to time.
pub(super) struct Job {
    pub(super) name: String,
    pub(super) against: Baseline,
    pub(super) on_failure: OnFailure,
    /// Resets its folders to the initial state and returns the command.
    pub(super) prepare: Box<dyn Fn() -> Result<Command>>,
}

/// Reaction to a job whose command fails.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnFailure {
    Stop,
    /// Report it and skip the job: not every peer supports every repository.
    SkipJob,
}

/// The job that ratios are relative to.
pub(super) enum Baseline {
    Nothing,
    /// The job of this name.
    Job(&'static str),
}

impl Baseline {
    pub(super) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Job(name) => Some(name),
        }
    }
}

const GIT: &str = "git log --numstat --no-renames";
const GIT_RENAMES: &str = "git log --numstat -M";
const GIT_YEAR: &str = "git log --since=1.year --numstat";
const COLD: &str = "debtscan, cold, complexity and ranking included";
const WARM: &str = "debtscan, warm";
/// Revision with 50 fewer commits, for the incremental run.
const NEW_COMMITS: &str = "HEAD~50";

/// The jobs of git and debtscan; a job may be compared with any earlier one.
pub(super) fn of(
    binary: &Path,
    repository: &Path,
    incidents: Option<&Path>,
    home: &Path,
) -> Result<Vec<Job>> {
    let place = BenchSetup {
        binary: binary.to_owned(),
        repository: repository.to_owned(),
        incidents: incidents.map(Path::to_owned),
        home: home.to_owned(),
    };
    let year_ago = place.a_year_before_head()?;
    let git = |name: &str, flags: &[&str]| {
        let (place, flags) = (place.clone(), owned(flags));
        let prepare = move || {
            let mut command = process::git(&place.repository, &place.home);
            // `--no-merges`, since debtscan does not count the changes of merges either. Both count
            // the same commits.
            command.args(["log", "--no-merges", "--numstat", "--format=%H"]).args(&flags);
            Ok(command)
        };
        let (against, on_failure) = (Baseline::Nothing, OnFailure::Stop);
        Job { name: name.to_owned(), against, on_failure, prepare: Box::new(prepare) }
    };
    let ours = |name: &str, against: &'static str, words: &[&str]| {
        let (place, words) = (place.clone(), owned(words));
        let prepare = move || {
            let mut command = place.debtscan(words[0] == "scan", &words);
            command.arg("--no-cache");
            Ok(command)
        };
        let (against, on_failure) = (Baseline::Job(against), OnFailure::Stop);
        Job { name: name.to_owned(), against, on_failure, prepare: Box::new(prepare) }
    };
    Ok(vec![
        git(GIT, &["--no-renames"]),
        ours("debtscan changes, cold, no renames", GIT, &["changes", "--renames", "off", "--format", "csv"]),
        git(GIT_RENAMES, &["-M"]),
        ours("debtscan changes, cold", GIT_RENAMES, &["changes", "--format", "csv"]),
        git(GIT_YEAR, &["--since", &year_ago]),
        ours("debtscan changes --since 1y, cold", GIT_YEAR, &["changes", "--since", "1y", "--format", "csv"]),
        ours(COLD, GIT, &["scan", "--format", "json"]),
        warm(&place)?,
        incremental(&place)?,
    ])
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Folders and files that the jobs of one repository share.
#[derive(Clone)]
struct BenchSetup {
    binary: PathBuf,
    repository: PathBuf,
    incidents: Option<PathBuf>,
    home: PathBuf,
}

impl BenchSetup {
    fn debtscan(&self, is_report: bool, words: &[String]) -> Command {
        let mut command = Command::new(&self.binary);
        process::isolate(&mut command, &self.home);
        command.args(words).arg("--quiet").arg(&self.repository);
        // Only a report takes an incident file; `changes` would reject the option.
        if let Some(incidents) = self.incidents.as_ref().filter(|_| is_report) {
            command.arg("--incidents").arg(incidents);
        }
        command
    }

    /// A report that reads and writes a cache.
    fn cached_report(&self, cache: &Path) -> Command {
        let mut command = self.debtscan(true, &owned(&["scan", "--format", "json"]));
        command.arg("--cache-dir").arg(cache);
        command
    }

    /// One year before HEAD. `debtscan --since 1y` counts from the scanned commit, `git log
    /// --since=1.year` from today, so git gets the exact second.
    fn a_year_before_head(&self) -> Result<String> {
        let mut command = process::git(&self.repository, &self.home);
        let time = process::output(command.args(["log", "-1", "--format=%ct"]))?;
        let seconds: i64 = String::from_utf8_lossy(&time).trim().parse().context("reading HEAD's time")?;
        // By the calendar, since not every year has 365 days.
        let head = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds)?);
        Ok(Offset::UTC.to_timestamp(head.checked_sub(jiff::Span::new().years(1))?)?.to_string())
    }
}

/// The full report from a cache that is up to date.
fn warm(place: &BenchSetup) -> Result<Job> {
    let (place, cache) = (place.clone(), place.home.join("warm"));
    // The run that fills the cache is not measured.
    process::output(&mut place.cached_report(&cache))?;
    let prepare = Box::new(move || Ok(place.cached_report(&cache)));
    let (against, on_failure) = (Baseline::Job(COLD), OnFailure::Stop);
    Ok(Job { name: WARM.to_owned(), against, on_failure, prepare })
}

/// The full report from a cache that lacks fifty commits; each run starts from the same older cache.
fn incremental(place: &BenchSetup) -> Result<Job> {
    let (place, older, cache) = (place.clone(), place.home.join("older"), place.home.join("incremental"));
    process::output(place.cached_report(&older).args(["--rev", NEW_COMMITS]))?;
    let prepare = Box::new(move || {
        // The measured run brings the cache up to date, so the next one needs the older cache
        // again.
        if cache.exists() {
            fs_err(std::fs::remove_dir_all(&cache), &cache)?;
        }
        copy_folder(&older, &cache)?;
        Ok(place.cached_report(&cache))
    });
    let (against, on_failure) = (Baseline::Job(WARM), OnFailure::Stop);
    Ok(Job { name: "debtscan, 50 new commits".to_owned(), against, on_failure, prepare })
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs_err(std::fs::create_dir_all(to), to)?;
    for entry in fs_err(std::fs::read_dir(from), from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("an entry has a name")?);
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            fs_err(std::fs::copy(&path, &target), &path)?;
        }
    }
    Ok(())
}

fn fs_err<T>(result: std::io::Result<T>, path: &Path) -> Result<T> {
    result.with_context(|| format!("copying the cache at {}", path.display()))
}
