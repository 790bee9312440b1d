//! `attribution`: measures how often each kind of evidence finds the files of the fix commits.
//!
//! The incidents are placed twice: by their fix commits, which serve as the truth, and without them, by
//! one kind of evidence at a time and by all of it together.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use xtask::process::{self, Profile, build_debtscan};

/// The columns to keep; the id is kept only where it is evidence.
struct EvidenceVariant {
    name: &'static str,
    columns: &'static [&'static str],
    keeps_id: bool,
}

const VARIANTS: [EvidenceVariant; 4] = [
    EvidenceVariant { name: "ids alone", columns: &["url"], keeps_id: true },
    EvidenceVariant { name: "titles alone", columns: &["title"], keeps_id: false },
    EvidenceVariant { name: "areas alone", columns: &["area"], keeps_id: false },
    EvidenceVariant {
        name: "all but the fix",
        columns: &["title", "area", "url", "opened_at"],
        keeps_id: true,
    },
];

/// Shares per path.
type PlacedShares = BTreeMap<String, f64>;

/// The placement of an incident.
struct PlacedIncident {
    method: String,
    confidence: String,
    shares: PlacedShares,
}

struct AttributionRequest {
    repository: PathBuf,
    feeds: Vec<PathBuf>,
    binary: Option<PathBuf>,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let request = parse(args)?;
    let binary = match &request.binary {
        Some(binary) => binary.clone(),
        None => build_debtscan(Profile::Release)?,
    };
    println!(
        "| incident file | evidence | placed by | confidence | incidents | share of fix lines found | overlap | files named |"
    );
    println!("|---|---|---|---|---:|---:|---:|---:|");
    for feed in &request.feeds {
        measure(&request.repository, feed, &binary)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &[String]) -> Result<AttributionRequest> {
    let mut paths = Vec::new();
    let mut binary = None;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--binary" => binary = Some(PathBuf::from(args.next().context("`--binary` needs a file")?)),
            flag if flag.starts_with('-') => bail!("`attribution` has no flag `{flag}`"),
            path => paths.push(PathBuf::from(path)),
        }
    }
    match paths.split_first() {
        Some((repository, feeds)) if !feeds.is_empty() => {
            Ok(AttributionRequest { repository: repository.clone(), feeds: feeds.to_vec(), binary })
        }
        _ => bail!("`attribution` needs a repository and at least one incident file"),
    }
}

/// For one incident: share of the fix's lines in the files found, overlap of the shares, files found.
type EvidenceFigures = (f64, f64, usize);

fn measure(repository: &Path, feed: &Path, binary: &Path) -> Result<()> {
    let home = tempfile::tempdir()?;
    let name = feed.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut truth = place(binary, repository, feed, home.path())?;
    truth.retain(|_, placed| placed.method == "fix-commit");
    for variant in &VARIANTS {
        let hidden = home.path().join("hidden.csv");
        let ids = hide(feed, &hidden, variant)?;
        let found = place(binary, repository, &hidden, home.path())?;
        let mut groups: BTreeMap<(String, String), Vec<EvidenceFigures>> = BTreeMap::new();
        for (id, placed) in &found {
            let Some(expected) = ids.get(id).and_then(|id| truth.get(id)) else { continue };
            let figures = (
                expected
                    .shares
                    .iter()
                    .filter(|(path, _)| placed.shares.contains_key(*path))
                    // Not `sum()`, which returns -0.0 for no values.
                    .fold(0.0, |sum, (_, share)| sum + share),
                overlap(&expected.shares, &placed.shares),
                placed.shares.len(),
            );
            groups.entry((placed.method.clone(), placed.confidence.clone())).or_default().push(figures);
        }
        for ((method, confidence), figures) in &groups {
            print_row(&name, variant.name, method, confidence, figures, truth.len());
        }
        if groups.is_empty() {
            println!("| {name} | {} | none | | 0 of {} | | | |", variant.name, truth.len());
        }
    }
    Ok(())
}

fn print_row(
    feed: &str,
    evidence: &str,
    method: &str,
    confidence: &str,
    figures: &[EvidenceFigures],
    of: usize,
) {
    let n = figures.len();
    let mean = |part: &dyn Fn(&EvidenceFigures) -> f64| figures.iter().map(part).sum::<f64>() / n as f64;
    let mut files: Vec<usize> = figures.iter().map(|(_, _, files)| *files).collect();
    files.sort_unstable();
    println!(
        "| {feed} | {evidence} | {method} | {confidence} | {n} of {of} | {:.2} | {:.2} | {} |",
        mean(&|it| it.0),
        mean(&|it| it.1),
        files[n / 2]
    );
}

/// The share of the cost in the same files: 1 if both split it alike.
fn overlap(a: &PlacedShares, b: &PlacedShares) -> f64 {
    a.iter()
        .map(|(path, share)| b.get(path).map_or(0.0, |other| share.min(*other)))
        .fold(0.0, |sum, part| sum + part)
}

/// Writes the incident file with only the variant's columns; returns the original ids by the written ones.
fn hide(feed: &Path, hidden: &Path, variant: &EvidenceVariant) -> Result<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(feed)?;
    let header = reader.headers()?.clone();
    let position = |name: &str| header.iter().position(|column| column == name);
    let id = position("id").context("the incident file has no column `id`")?;
    let kept: Vec<usize> = variant.columns.iter().filter_map(|name| position(name)).collect();
    let mut writer = csv::Writer::from_path(hidden)?;
    let names = kept.iter().map(|column| &header[*column]);
    writer.write_record(std::iter::once("id").chain(names))?;
    let mut ids = BTreeMap::new();
    for (number, record) in reader.records().enumerate() {
        let record = record?;
        let written = if variant.keeps_id { record[id].to_owned() } else { format!("row~{number}") };
        writer.write_record(
            std::iter::once(written.as_str()).chain(kept.iter().map(|column| &record[*column])),
        )?;
        ids.insert(written, record[id].to_owned());
    }
    writer.flush()?;
    Ok(ids)
}

/// The placed incidents, by id.
fn place(
    binary: &Path,
    repository: &Path,
    feed: &Path,
    home: &Path,
) -> Result<BTreeMap<String, PlacedIncident>> {
    let mut command = Command::new(binary);
    process::isolate(&mut command, home);
    command
        .arg(repository)
        .args(["--quiet", "--format", "json", "--areas", "folders", "--incidents"])
        .arg(feed);
    command.arg("--cache-dir").arg(home.join("cache"));
    let report: Value = serde_json::from_slice(&process::output(&mut command)?)?;
    let incidents = report["incidents"].as_array().context("a report has incidents")?;
    let mut placed = BTreeMap::new();
    for incident in incidents {
        let placement = &incident["placement"];
        if placement["status"] != "attributed" {
            continue;
        }
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned).context("a text");
        let links = placement["links"].as_array().context("a placement has links")?;
        let mut shares = PlacedShares::new();
        for link in links {
            shares.insert(text(&link["path"])?, link["share"].as_f64().context("a share")?);
        }
        let (method, confidence) = (text(&placement["method"])?, text(&placement["confidence"])?);
        placed.insert(text(&incident["id"])?, PlacedIncident { method, confidence, shares });
    }
    Ok(placed)
}

#[cfg(test)]
mod tests {
    use super::{PlacedShares, overlap};

    #[test]
    fn two_placements_overlap_where_both_put_cost() {
        let shares = |parts: &[(&str, f64)]| -> PlacedShares {
            parts.iter().map(|(path, share)| ((*path).to_owned(), *share)).collect()
        };
        let fix = shares(&[("a", 0.75), ("b", 0.25)]);
        assert!((overlap(&fix, &fix) - 1.0).abs() < 1e-12);
        assert!((overlap(&fix, &shares(&[("b", 0.5), ("c", 0.5)])) - 0.25).abs() < 1e-12);
        assert!(overlap(&fix, &shares(&[("c", 1.0)])).abs() < 1e-12);
    }
}
