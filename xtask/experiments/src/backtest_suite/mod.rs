//! `backtest-suite`: the backtest over many repositories, with ranges for its means.
//!
//! debtscan backtests one repository at a time; this experiment runs it over a list of them and computes
//! means. The list and the incident files are outside this repository.

mod decimals;
mod hidden;
mod list;
mod macro_mean;
mod outcome;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use self::decimals::decimals;
use self::hidden::HiddenIncidents;
use self::list::SuiteEntry;
use self::macro_mean::{MeanEstimate, RandomDraws, Suite};
use self::outcome::SuiteOutcome;
use xtask::process::{self, Profile, build_debtscan};

struct SuiteRequest {
    list: PathBuf,
    binary: Option<PathBuf>,
    cache: Option<PathBuf>,
    json: Option<PathBuf>,
    /// Percentages of incidents to hide; each runs one suite per seed and method.
    hidden: Vec<String>,
    /// Number of random draws of the hidden incidents.
    seeds: u32,
    resamples: usize,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let request = parse(args)?;
    let feeds = list::read(&request.list)?;
    let binary = match &request.binary {
        Some(binary) => binary.clone(),
        None => build_debtscan(Profile::Release)?,
    };
    let home = tempfile::tempdir()?;
    let cache = request.cache.clone().unwrap_or_else(|| home.path().join("cache"));
    let suite_of = |hidden: Option<&HiddenIncidents>| -> Result<Suite> {
        let mut outcomes = Vec::new();
        for feed in &feeds {
            let arguments = hidden.map_or_else(Vec::new, HiddenIncidents::arguments);
            eprintln!("{} {}", feed.name, arguments.join(" "));
            let mut command = command(&binary, feed, &cache, home.path());
            outcomes.push(SuiteOutcome::read(feed, &process::output(command.args(arguments))?)?);
        }
        Ok(Suite::new(outcomes))
    };
    let whole = suite_of(None)?;
    print_feeds(&whole);
    let means = print_means(&whole, request.resamples);
    print_calibration(&whole);
    let hidden = if request.hidden.is_empty() {
        Vec::new()
    } else {
        hidden::print(&request.hidden, request.seeds, &whole, suite_of)?
    };
    if let Some(file) = &request.json {
        let feeds: Vec<Value> = whole.outcomes.iter().map(SuiteOutcome::to_json).collect();
        let document = json!({ "resamples": request.resamples, "feeds": feeds, "means": means,
            "calibration": whole.calibration(), "with_hidden_incidents": hidden });
        let text = serde_json::to_string_pretty(&document)? + "\n";
        std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &[String]) -> Result<SuiteRequest> {
    let mut list = None;
    let mut request = SuiteRequest {
        list: PathBuf::new(),
        binary: None,
        cache: None,
        json: None,
        hidden: Vec::new(),
        seeds: 3,
        resamples: 2000,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("`{arg}` needs a value"));
        match arg.as_str() {
            "--debtscan" => request.binary = Some(std::path::absolute(value()?)?),
            "--cache-dir" => request.cache = Some(std::path::absolute(value()?)?),
            "--json" => request.json = Some(std::path::absolute(value()?)?),
            "--hide" => request.hidden = value()?.split(',').map(ToOwned::to_owned).collect(),
            "--seeds" => request.seeds = value()?.parse().context("`--seeds` needs a number")?,
            "--resamples" => request.resamples = value()?.parse().context("`--resamples` needs a number")?,
            flag if flag.starts_with('-') => bail!("`backtest-suite` has no flag `{flag}`"),
            path => list = Some(std::path::absolute(path)?),
        }
    }
    request.list = list.context("`backtest-suite` needs a list")?;
    Ok(request)
}

fn command(binary: &Path, feed: &SuiteEntry, cache: &Path, home: &Path) -> Command {
    let mut command = Command::new(binary);
    process::isolate(&mut command, home);
    command.args(["backtest", "--format", "json", "--quiet", "--cache-dir"]).arg(cache);
    command.arg("--incidents").arg(&feed.incidents);
    if let Some(revision) = &feed.revision {
        command.args(["--rev", revision]);
    }
    command.arg(&feed.repository);
    command
}

fn print_feeds(suite: &Suite) {
    println!(
        "| incident file | cut dates | later incidents | rankable | debtscan c20/popt/top10 | hotspot product | bugspots |"
    );
    println!("|---|---|---|---|---|---|---|");
    for outcome in &suite.outcomes {
        let figures = |score: &str| {
            let of = |figure: &str| outcome.mean(score, figure).map_or_else(|| "-".to_owned(), decimals);
            [of("c20"), of("popt"), of("top10")].join("/")
        };
        println!(
            "| {} | {} | {} | {:.0}% | {} | {} | {} |",
            outcome.name,
            outcome.cuts.len(),
            outcome.came,
            outcome.rankable_share() * 100.0,
            figures("debtscan"),
            figures("hotspot_product"),
            figures("bugspots"),
        );
    }
    let silent: Vec<&str> =
        suite.outcomes.iter().filter(|it| it.cuts.is_empty()).map(|it| it.name.as_str()).collect();
    if !silent.is_empty() {
        println!("\nNot in the means, without a usable cut date: {}.", silent.join(", "));
    }
}

fn print_means(suite: &Suite, resamples: usize) -> Value {
    let figures = suite.figures();
    println!(
        "\nMean over {} incident files of {} repositories, {} cut dates; 95% bootstrap ranges over repositories, then cut dates.\n",
        suite.n_feeds(),
        suite.n_repositories(),
        suite.n_cuts()
    );
    println!("| score | {} |", figures.join(" | "));
    println!("|---|{}", "---|".repeat(figures.len()));
    let drawn = suite.draw(resamples, &mut RandomDraws::new(1));
    let mut document = serde_json::Map::new();
    for score in suite.scores() {
        let mut row = serde_json::Map::new();
        let mut cells = Vec::new();
        for figure in &figures {
            let it = suite.estimate(&drawn, &score, figure);
            let more = suite.difference(&drawn, "debtscan", &score, figure);
            cells.push(format!("{} [{}, {}]", decimals(it.mean), decimals(it.low), decimals(it.high)));
            row.insert(figure.clone(), json!({ "value": it.to_json(), "debtscan_has_more": more.to_json() }));
        }
        println!("| {score} | {} |", cells.join(" | "));
        document.insert(score, Value::Object(row));
    }
    println!("\n| debtscan's advantage over | {} |", figures.join(" | "));
    println!("|---|{}", "---|".repeat(figures.len()));
    for score in suite.scores().iter().filter(|score| *score != "debtscan" && *score != "oracle") {
        let cell = |figure: &String| signed(&suite.difference(&drawn, "debtscan", score, figure));
        println!("| {score} | {} |", figures.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
    Value::Object(document)
}

fn signed(it: &MeanEstimate) -> String {
    format!("{:+.3} [{:+.3}, {:+.3}]", it.mean, it.low, it.high)
}

fn print_calibration(suite: &Suite) {
    println!(
        "\n| expected per year | files | actual / expected | given the total | in 80% range | areas | actual / expected | given the total | in 80% range |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for band in suite.bands() {
        println!("{band}");
    }
    let percent =
        |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |it| format!("{:.0}%", it * 100.0));
    let (stated, last) = suite.total_errors();
    println!(
        "\nThe yearly total was off by {} in the median over all cuts, last year's count by {}.",
        percent(stated),
        percent(last)
    );
}
