//! `backtest-suite`: the backtest over many repositories, and how sure its means are.
//!
//! debtscan judges one repository at a time; this task runs it over a list of them and takes means over
//! feeds. The list and the feeds stay outside this repository.

mod hidden;
mod list;
mod macro_mean;
mod outcome;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use self::hidden::Hidden;
use self::list::Feed;
use self::macro_mean::{Draws, Estimate, Suite};
use self::outcome::Outcome;
use xtask::process::{self, Profile, build_debtscan};

struct Request {
    list: PathBuf,
    binary: Option<PathBuf>,
    cache: Option<PathBuf>,
    json: Option<PathBuf>,
    /// Percent of the known incidents that are hidden, one suite for each, seed and way of hiding.
    hidden: Vec<String>,
    /// What is hidden is drawn so many times.
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
    let suite_of = |hidden: Option<&Hidden>| -> Result<Suite> {
        let mut outcomes = Vec::new();
        for feed in &feeds {
            let arguments = hidden.map_or_else(Vec::new, Hidden::arguments);
            eprintln!("{} {}", feed.name, arguments.join(" "));
            let mut command = command(&binary, feed, &cache, home.path());
            outcomes.push(Outcome::read(feed, &process::output(command.args(arguments))?)?);
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
        let feeds: Vec<Value> = whole.outcomes.iter().map(Outcome::to_json).collect();
        let document = json!({ "resamples": request.resamples, "feeds": feeds, "means": means,
            "calibration": whole.calibration(), "with_hidden_incidents": hidden });
        let text = serde_json::to_string_pretty(&document)? + "\n";
        std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &[String]) -> Result<Request> {
    let mut list = None;
    let mut request = Request {
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
    request.list = list.context("`backtest-suite` needs a list of feeds")?;
    Ok(request)
}

fn command(binary: &Path, feed: &Feed, cache: &Path, home: &Path) -> Command {
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

/// Three decimals without the zero before them.
fn decimals(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or_else(|| text.clone(), ToOwned::to_owned)
}

/// The same with its sign.
fn signed_decimals(value: f64) -> String {
    format!("{}{}", if value < 0.0 { "-" } else { "+" }, decimals(value.abs()))
}

fn print_feeds(suite: &Suite) {
    println!(
        "| feed | cuts | incidents came | rankable | debtscan c20/popt/top10 | hotspot product | bugspots |"
    );
    println!("|---|---|---|---|---|---|---|");
    for outcome in &suite.outcomes {
        let figures = |score: &str| {
            let of = |figure: &str| outcome.mean(score, figure).map_or_else(|| "-".to_owned(), decimals);
            [of("c20"), of("popt"), of("top10")].join("/")
        };
        println!(
            "| {} | {} | {} | {:.0} % | {} | {} | {} |",
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
        println!("\nWithout a cut that counts, and so in no mean: {}.", silent.join(", "));
    }
}

fn print_means(suite: &Suite, resamples: usize) -> Value {
    let figures = suite.figures();
    println!(
        "\nMean over {} feeds of {} repositories, {} cuts; 95 % ranges: repositories drawn again, then cuts.\n",
        suite.n_feeds(),
        suite.n_repositories(),
        suite.n_cuts()
    );
    println!("| score | {} |", figures.join(" | "));
    println!("|---|{}", "---|".repeat(figures.len()));
    let drawn = suite.draw(resamples, &mut Draws::new(1));
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
    println!("\n| debtscan has more than | {} |", figures.join(" | "));
    println!("|---|{}", "---|".repeat(figures.len()));
    for score in suite.scores().iter().filter(|score| *score != "debtscan" && *score != "oracle") {
        let cell = |figure: &String| signed(&suite.difference(&drawn, "debtscan", score, figure));
        println!("| {score} | {} |", figures.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
    Value::Object(document)
}

fn signed(it: &Estimate) -> String {
    format!("{:+.3} [{:+.3}, {:+.3}]", it.mean, it.low, it.high)
}

fn print_calibration(suite: &Suite) {
    println!(
        "\n| expected a year | files | came / expected | given the total | within 80 % | areas | came / expected | given the total | within 80 % |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for band in suite.bands() {
        println!("{band}");
    }
    let percent =
        |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |it| format!("{:.0} %", it * 100.0));
    let (stated, last) = suite.total_errors();
    println!(
        "\nThe yearly total was off by {} in the median over all cuts, last year's count by {}.",
        percent(stated),
        percent(last)
    );
}
