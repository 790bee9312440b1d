//! `verify`: measures how often `debtscan verify` calls an area better, or worse, when nobody chose it for a fix.
//!
//! Dates are drawn from the history; every area of every date counts. The same is done for the plain comparison of
//! the area with the most incidents before, which is what a team would fix.

use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use xtask::process::{self, Profile, build_debtscan};

/// Verdicts of areas without a fix.
#[derive(Default)]
struct Verdicts {
    runs: usize,
    areas: usize,
    too_early: usize,
    /// Areas where a verdict of "better" is possible: no incident at all would be called so.
    possible: usize,
    better: usize,
    worse: usize,
    /// Of these, what is left when the areas without a fix may withhold the verdict: what a user reads.
    told_better: usize,
    told_worse: usize,
    /// Worst areas with incidents before, and of these those with fewer, and with at most half as many, since.
    worst: usize,
    fewer: usize,
    halved: usize,
    /// Incidents of the worst areas before and since, and those expected.
    before: u64,
    since: u64,
    expected: f64,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let mut names = Vec::new();
    let (mut dates, mut years, mut binary, mut more) = (20, 2, None, Vec::new());
    let mut words = args.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a value"));
        match word.as_str() {
            "--dates" => dates = value()?.parse()?,
            "--years" => years = value()?.parse()?,
            "--binary" => binary = Some(value()?.into()),
            "--config" => more.extend(["--config".to_owned(), value()?.clone()]),
            _ => names.push(word.clone()),
        }
    }
    let [repository, feed] = names.as_slice() else {
        bail!("`verify` needs a repository and an incident file")
    };
    let binary = match binary {
        Some(binary) => binary,
        None => build_debtscan(Profile::Release)?,
    };
    let home = tempfile::tempdir()?;
    let log = git(repository, &["log", "--first-parent", "--format=%H %cs"])?;
    let commits: Vec<(&str, &str)> = log.lines().filter_map(|line| line.split_once(' ')).collect();
    let latest = commits.first().context("the history is empty")?.1;
    let mut found = Verdicts::default();
    let mut state = 1_u64;
    let mut tries = 0;
    while found.runs < dates && tries < dates * 20 {
        tries += 1;
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (_, since) = commits[usize::try_from(state >> 33)? % commits.len()];
        let Some(end) = later(since, years).filter(|end| end.as_str() <= latest) else { continue };
        let Some((revision, _)) = commits.iter().find(|(_, day)| *day <= end.as_str()) else { continue };
        let mut base =
            vec!["--incidents".to_owned(), feed.clone(), "--rev".to_owned(), (*revision).to_owned()];
        base.extend(more.iter().cloned());
        let program = Program { binary: &binary, home: home.path(), repository, base: &base };
        let Ok(areas) = program.json(&["areas"]) else { continue };
        let mut names =
            areas["areas"].as_array().into_iter().flatten().filter_map(|area| area["name"].as_str());
        // Any area that had code then: the others are compared with it.
        let verified =
            names.find_map(|area| program.json(&["verify", "--area", area, "--since", since]).ok());
        if let Some(verified) = verified {
            found.count(&verified);
            for area in called(&verified) {
                let told = program.json(&["verify", "--area", &area, "--since", since])?;
                found.told_better += usize::from(told["verdict"] == "better");
                found.told_worse += usize::from(told["verdict"] == "worse");
            }
            println!(
                "{since} to {end}: {} areas to date, {} better",
                found.areas - found.too_early,
                found.better
            );
        }
    }
    found.print();
    Ok(ExitCode::SUCCESS)
}

/// The areas that the model and the trend call better or worse.
fn called(verified: &Value) -> Vec<String> {
    let others = verified["others"].as_array().into_iter().flatten();
    let areas = std::iter::once(&verified["area"]).chain(others);
    let called = areas.filter(|area| area["verdict"] == "better" || area["verdict"] == "worse");
    called.filter_map(|area| area["name"].as_str().map(str::to_owned)).collect()
}

/// The same day some years later.
fn later(day: &str, years: u32) -> Option<String> {
    let (year, rest) = day.split_once('-')?;
    let rest = if rest == "02-29" { "02-28" } else { rest };
    Some(format!("{:04}-{rest}", year.parse::<u32>().ok()? + years))
}

fn git(repository: &str, args: &[&str]) -> Result<String> {
    let output = Command::new("git").arg("-C").arg(repository).args(args).output()?;
    if !output.status.success() {
        bail!("git ended with {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether even no incident would be called better: `(1 + mean / shape)^-shape <= 0.1`.
fn is_possible(area: &Value) -> bool {
    let (mean, shape) = (area["expected"]["mean"].as_f64(), area["shape"].as_f64());
    let none = mean.zip(shape).map(|(mean, shape)| (-shape * (mean / shape).ln_1p()).exp());
    none.is_some_and(|none| none <= 0.1)
}

struct Program<'a> {
    binary: &'a std::path::Path,
    home: &'a std::path::Path,
    repository: &'a str,
    base: &'a [String],
}

impl Program<'_> {
    fn json(&self, words: &[&str]) -> Result<Value> {
        let mut command = Command::new(self.binary);
        process::isolate(&mut command, self.home);
        command.args(words).args(self.base).args(["--format", "json", "--quiet", "--cache-dir"]);
        command.arg(self.home.join("cache")).arg(self.repository);
        let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output()?;
        if !output.status.success() {
            bail!("debtscan ended with {}", output.status);
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

impl Verdicts {
    fn count(&mut self, verified: &Value) {
        self.runs += 1;
        let others = verified["others"].as_array().into_iter().flatten();
        let areas: Vec<&Value> = [&verified["area"]].into_iter().chain(others).collect();
        for area in &areas {
            self.areas += 1;
            self.possible += usize::from(is_possible(area));
            match area["verdict"].as_str() {
                Some("too-early") => self.too_early += 1,
                Some("better") => self.better += 1,
                Some("worse") => self.worse += 1,
                _ => {}
            }
        }
        let number = |area: &Value, key: &str| area[key].as_u64().unwrap_or(0);
        let worst = areas.iter().max_by_key(|area| number(area, "before"));
        if let Some(worst) = worst.filter(|area| number(area, "before") > 0) {
            let (before, since) = (number(worst, "before"), number(worst, "observed"));
            self.worst += 1;
            self.fewer += usize::from(since < before);
            self.halved += usize::from(since * 2 <= before);
            self.before += before;
            self.since += since;
            self.expected += worst["expected"]["mean"].as_f64().unwrap_or(0.0);
        }
    }

    fn print(&self) {
        let percent = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
        println!("dates {}, areas {}, too early {}", self.runs, self.areas, self.too_early);
        println!(
            "better {} of {} in which it is possible ({:.1}%)",
            self.better,
            self.possible,
            percent(self.better, self.possible)
        );
        println!("worse {} of all ({:.1}%)", self.worse, percent(self.worse, self.areas));
        println!(
            "told: better {} ({:.1}% of those), worse {} ({:.1}% of all)",
            self.told_better,
            percent(self.told_better, self.possible),
            self.told_worse,
            percent(self.told_worse, self.areas)
        );
        println!(
            "worst area of the time before: {} dates, fewer since in {} ({:.0}%), at most half in {} ({:.0}%)",
            self.worst,
            self.fewer,
            percent(self.fewer, self.worst),
            self.halved,
            percent(self.halved, self.worst)
        );
        println!(
            "            incidents {} before, {} since, {:.1} expected",
            self.before, self.since, self.expected
        );
    }
}
