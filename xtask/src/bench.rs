//! `bench`: debtscan against `git log --numstat` on the same repository, in turns.
//!
//! Both read the whole history of `HEAD`; debtscan also measures the tree and ranks. Its cache is
//! cold in every run.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process::{self, Profile, build_debtscan};

/// GNU time; without it only wall time is known.
const TIME: &str = "/usr/bin/time";

struct Request {
    repositories: Vec<PathBuf>,
    runs: usize,
    incidents: Option<PathBuf>,
}

/// What one run took.
#[derive(Debug, Clone, Copy)]
struct Cost {
    wall_seconds: f64,
    /// User and system; `None` without GNU time.
    cpu_seconds: Option<f64>,
    /// Peak resident memory; `None` without GNU time.
    peak_kib: Option<f64>,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let request = parse(args)?;
    let has_time = Path::new(TIME).is_file();
    if !has_time {
        println!("{TIME} is not installed: wall time only, no CPU time and no memory\n");
    }
    let binary = build_debtscan(Profile::Release)?;
    print_machine(&binary)?;
    println!("| repository | what | wall s (each run) | CPU s | peak MiB | wall / git | CPU / git |");
    println!("|---|---|---|---|---|---|---|");
    for repository in &request.repositories {
        let mut ours = Vec::new();
        let mut theirs = Vec::new();
        for run in 0..request.runs {
            let home = tempfile::tempdir()?;
            let git_log = git_log(repository, home.path());
            let debtscan = debtscan(&binary, repository, &request, home.path());
            // Who goes first warms the other's files up, so they take turns at that too.
            if run % 2 == 0 {
                theirs.push(measure(&git_log, has_time)?);
                ours.push(measure(&debtscan, has_time)?);
            } else {
                ours.push(measure(&debtscan, has_time)?);
                theirs.push(measure(&git_log, has_time)?);
            }
        }
        let git = print_row(repository, "git log --numstat", &theirs, None);
        print_row(repository, "debtscan", &ours, Some(git));
    }
    println!("\nFigures are medians of {} interleaved runs.", request.runs);
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &[String]) -> Result<Request> {
    let mut request = Request { repositories: Vec::new(), runs: 3, incidents: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--runs" => {
                let count = args.next().and_then(|count| count.parse().ok()).filter(|count| *count > 0);
                request.runs = count.context("`--runs` needs a number from 1")?;
            }
            "--incidents" => {
                let file = args.next().context("`--incidents` needs a file")?;
                request.incidents = Some(std::path::absolute(file)?);
            }
            flag if flag.starts_with('-') => bail!("`bench` has no flag `{flag}`"),
            path => request.repositories.push(std::path::absolute(path)?),
        }
    }
    if request.repositories.is_empty() {
        bail!("`bench` needs the path of a repository");
    }
    Ok(request)
}

fn print_machine(binary: &Path) -> Result<()> {
    let version = |command: &mut Command| -> Result<String> {
        Ok(String::from_utf8_lossy(&process::output(command)?).trim().to_owned())
    };
    let cores = std::thread::available_parallelism()?;
    let debtscan = version(Command::new(binary).arg("--version"))?;
    let git = version(Command::new("git").arg("--version"))?;
    println!("{debtscan}, {git}, {cores} cores\n");
    Ok(())
}

fn git_log(repository: &Path, home: &Path) -> Command {
    let mut command = process::git(repository, home);
    command.args(["log", "--no-merges", "--numstat", "--no-renames", "--format=%H"]);
    command
}

fn debtscan(binary: &Path, repository: &Path, request: &Request, home: &Path) -> Command {
    let mut command = Command::new(binary);
    process::isolate(&mut command, home);
    command.arg(repository).args(["--format", "json", "--quiet"]);
    if let Some(incidents) = &request.incidents {
        command.arg("--incidents").arg(incidents);
    }
    command
}

/// Runs a command to its end, its output thrown away.
fn measure(command: &Command, has_time: bool) -> Result<Cost> {
    let mut timed = Command::new(if has_time { TIME.as_ref() } else { command.get_program() });
    if has_time {
        timed.arg("-v").arg(command.get_program());
    }
    timed.args(command.get_args()).env_clear();
    timed.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let started = Instant::now();
    let output = timed
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("starting {}", process::name(&timed)))?;
    let wall_seconds = started.elapsed().as_secs_f64();
    let report = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{} ended with {}:\n{report}", process::name(command), output.status);
    }
    let cpu_seconds = reading(&report, "User time (seconds): ")
        .zip(reading(&report, "System time (seconds): "))
        .map(|(user, system)| user + system);
    let peak_kib = reading(&report, "Maximum resident set size (kbytes): ");
    Ok(Cost { wall_seconds, cpu_seconds, peak_kib })
}

/// Finds a number in the output of `time -v`.
fn reading(report: &str, label: &str) -> Option<f64> {
    report.lines().rev().find_map(|line| line.trim().strip_prefix(label)?.parse().ok())
}

/// Prints the medians, as ratios to git's where they are given, and returns them.
fn print_row(repository: &Path, what: &str, runs: &[Cost], git: Option<Cost>) -> Cost {
    let all = |value: fn(&Cost) -> Option<f64>| median(runs.iter().filter_map(value).collect());
    let wall_seconds = all(|cost| Some(cost.wall_seconds)).unwrap_or_default();
    let cost =
        Cost { wall_seconds, cpu_seconds: all(|cost| cost.cpu_seconds), peak_kib: all(|cost| cost.peak_kib) };
    let each: Vec<_> = runs.iter().map(|cost| format!("{:.2}", cost.wall_seconds)).collect();
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.2}"));
    let wall_ratio = git.map(|git| wall_seconds / git.wall_seconds);
    let cpu_ratio = git.and_then(|git| Some(cost.cpu_seconds? / git.cpu_seconds?));
    println!(
        "| {} | {what} | {wall_seconds:.2} ({}) | {} | {} | {} | {} |",
        repository.display(),
        each.join(", "),
        number(cost.cpu_seconds),
        number(cost.peak_kib.map(|kib| kib / 1024.0)),
        number(wall_ratio),
        number(cpu_ratio),
    );
    cost
}

/// The middle value, or the mean of the two in the middle; `None` when there is none.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { f64::midpoint(values[middle - 1], upper) })
}

#[cfg(test)]
mod tests {
    use super::{median, reading};

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        let table = [
            (vec![], None),
            (vec![3.0], Some(3.0)),
            (vec![9.0, 1.0], Some(5.0)),
            (vec![9.0, 1.0, 2.0], Some(2.0)),
        ];
        for (values, expected) in table {
            assert_eq!(median(values.clone()).map(f64::to_bits), expected.map(f64::to_bits), "{values:?}");
        }
    }

    #[test]
    fn readings_of_gnu_time_are_found() {
        let report = "\tUser time (seconds): 1.25\n\tMaximum resident set size (kbytes): 2048\n";
        assert_eq!(reading(report, "User time (seconds): ").map(f64::to_bits), Some(1.25_f64.to_bits()));
        assert!(reading(report, "System time (seconds): ").is_none());
    }
}
