//! `bench`: times debtscan, git and the installed peers in rotation.

mod generated;
mod jobs;
mod measure;
mod peers;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use self::jobs::{Baseline, Job, OnFailure};
use self::measure::{Cost, medians, shown};
use xtask::process::{self, Profile, build_debtscan};

const USAGE: &str = "\
bench PATH... [--runs N] [--incidents FILE] [--no-peers]   real repositories
bench --synthetic N[,N...]                                  generated histories of N commits
bench --giants                                              a giant commit, file, line, number of revisions";

struct BenchRequest {
    repositories: Vec<PathBuf>,
    runs: usize,
    incidents: Option<PathBuf>,
    with_peers: bool,
    synthetic: Vec<u32>,
    giants: bool,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let request = parse(args)?;
    let has_time = measure::check_clock();
    let binary = build_debtscan(Profile::Release)?;
    print_machine(&binary)?;
    if !request.synthetic.is_empty() {
        generated::growth(&binary, &request.synthetic, has_time)?;
    }
    if request.giants {
        generated::giants(&binary, has_time)?;
    }
    for repository in &request.repositories {
        bench(&binary, repository, &request, has_time)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &[String]) -> Result<BenchRequest> {
    let mut request = BenchRequest {
        repositories: Vec::new(),
        runs: 3,
        incidents: None,
        with_peers: true,
        synthetic: Vec::new(),
        giants: false,
    };
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
            "--synthetic" => {
                let counts = args.next().context("`--synthetic` needs numbers of commits")?;
                let counts: Result<_, _> = counts.split(',').map(str::parse).collect();
                request.synthetic = counts.context("`--synthetic` needs numbers of commits")?;
            }
            "--no-peers" => request.with_peers = false,
            "--giants" => request.giants = true,
            flag if flag.starts_with('-') => bail!("`bench` has no flag `{flag}`\n{USAGE}"),
            path => request.repositories.push(std::path::absolute(path)?),
        }
    }
    if request.repositories.is_empty() && request.synthetic.is_empty() && !request.giants {
        bail!("`bench` needs the path of a repository\n{USAGE}");
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
    println!("{debtscan}, {git}, {cores} cores");
    Ok(())
}

/// Runs every job of a repository in turns and prints their table.
fn bench(binary: &Path, repository: &Path, request: &BenchRequest, has_time: bool) -> Result<()> {
    let home = tempfile::tempdir()?;
    let mut jobs = jobs::of(binary, repository, request.incidents.as_deref(), home.path())?;
    if request.with_peers {
        jobs.extend(peers::installed(repository, home.path())?);
    }
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); jobs.len()];
    let mut has_failed = vec![false; jobs.len()];
    // In turns, not one job after the other: a machine that slows down over minutes slows all of
    // them.
    for run in 0..request.runs {
        for turn in 0..jobs.len() {
            // The first job warms the file cache for the others, so the order rotates too.
            let job = (turn + run) % jobs.len();
            if has_failed[job] {
                continue;
            }
            // Outside the measured time, like all that a job needs to start from the same state
            // again.
            let command = (jobs[job].prepare)()?;
            match measure::measure(&command, has_time) {
                Ok(cost) => costs[job].push(cost),
                Err(error) if jobs[job].on_failure == OnFailure::SkipJob => {
                    println!("skipped, because it failed here: {}: {}", jobs[job].name, first_line(&error));
                    has_failed[job] = true;
                }
                Err(error) => return Err(error),
            }
        }
    }
    let name = repository.display();
    println!("\n{name}: {}, medians of {} interleaved runs\n", size(repository, home.path())?, request.runs);
    println!("| what | wall s (each run) | CPU s | peak MiB | against | wall ratio | CPU ratio |");
    println!("|---|--:|--:|--:|---|--:|--:|");
    let medians: Vec<Cost> = costs.iter().map(|runs| medians(runs)).collect();
    for ((job, runs), _) in jobs.iter().zip(&costs).zip(&has_failed).filter(|(_, has_failed)| !**has_failed) {
        let base = jobs.iter().position(|base| Some(base.name.as_str()) == job.against.name());
        print_row(job, runs, base.map(|base| medians[base]));
    }
    Ok(())
}

fn first_line(error: &anyhow::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

fn size(repository: &Path, home: &Path) -> Result<String> {
    let count = |flag: &str| -> Result<String> {
        let output =
            process::output(process::git(repository, home).args(["rev-list", "--count", flag, "HEAD"]))?;
        Ok(String::from_utf8_lossy(&output).trim().to_owned())
    };
    Ok(format!("{} non-merge commits, {} merges", count("--no-merges")?, count("--merges")?))
}

fn print_row(job: &Job, runs: &[Cost], base: Option<Cost>) {
    let cost = medians(runs);
    let each: Vec<_> = runs.iter().map(|cost| format!("{:.2}", cost.wall_seconds)).collect();
    let against = match &job.against {
        Baseline::Nothing => "",
        Baseline::Job(name) => name,
    };
    println!(
        "| {} | {:.2} ({}) | {} | {} | {against} | {} | {} |",
        job.name,
        cost.wall_seconds,
        each.join(", "),
        shown(cost.cpu_seconds, 2),
        shown(cost.peak_mib, 0),
        shown(base.map(|base| cost.wall_seconds / base.wall_seconds), 3),
        shown(base.and_then(|base| Some(cost.cpu_seconds? / base.cpu_seconds?)), 3),
    );
}
