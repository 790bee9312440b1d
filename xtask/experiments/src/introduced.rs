//! `introduced`: measures how often debtscan's probable cause of an incident is the one that the project
//! names in an `introduced_commits` column of the incident file.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use xtask::process::{self, Profile, build_debtscan};

/// Hits over the incidents whose cause the project names.
#[derive(Default)]
struct HitRate {
    /// Incidents with a named cause and a fix in the history.
    named: usize,
    /// Those whose fixes deleted lines of code.
    deleting: usize,
    /// Those for which at least one commit was found.
    answered: usize,
    /// Those whose first commit, one of the first three commits, or any commit is named.
    first: usize,
    in_three: usize,
    any: usize,
    /// Commits found, over all.
    commits: usize,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let [repository, feed] = args else { bail!("`introduced` needs a repository and an incident file") };
    let named = named_causes(Path::new(feed))?;
    if named.is_empty() {
        bail!("no row of {feed} names introduced_commits");
    }
    let home = tempfile::tempdir()?;
    let binary = build_debtscan(Profile::Release)?;
    let mut command = Command::new(binary);
    process::isolate(&mut command, home.path());
    command.args([
        "--introduced",
        "--format",
        "json",
        "--no-cache",
        "--quiet",
        "--incidents",
        feed,
        repository,
    ]);
    let output = command.stderr(Stdio::inherit()).stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("{} ended with {}", process::name(&command), output.status);
    }
    let report: Value = serde_json::from_slice(&output.stdout)?;
    let incidents = report["incidents"].as_array().context("the report has no list of incidents")?;
    let mut rate = HitRate::default();
    for incident in incidents {
        let id = incident["id"].as_str().unwrap_or_default();
        if let Some(causes) = named.get(id) {
            rate.count(&incident["introduced"], causes);
        }
    }
    print!("{}", rate.text(feed));
    Ok(ExitCode::SUCCESS)
}

/// The commits that the project names as the cause, by incident id.
fn named_causes(feed: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut reader = csv::Reader::from_path(feed).with_context(|| format!("reading {}", feed.display()))?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let id = column("id").context("the incident file has no column `id`")?;
    let Some(causes) = column("introduced_commits") else { return Ok(BTreeMap::new()) };
    let mut named = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        let commits: Vec<String> = record[causes].split_whitespace().map(str::to_lowercase).collect();
        if !commits.is_empty() {
            named.insert(record[id].to_owned(), commits);
        }
    }
    Ok(named)
}

impl HitRate {
    fn count(&mut self, introduced: &Value, causes: &[String]) {
        let Some(commits) = introduced["commits"].as_array() else { return };
        self.named += 1;
        self.deleting += usize::from(introduced["deleted_lines"].as_u64().unwrap_or(0) > 0);
        self.answered += usize::from(!commits.is_empty());
        self.commits += commits.len();
        let is_named = |commit: &Value| {
            let id = commit["id"].as_str().unwrap_or_default();
            causes.iter().any(|cause| id.starts_with(cause.as_str()))
        };
        self.first += usize::from(commits.first().is_some_and(is_named));
        self.in_three += usize::from(commits.iter().take(3).any(is_named));
        self.any += usize::from(commits.iter().any(is_named));
    }

    fn text(&self, feed: &str) -> String {
        let line = |hits: usize| {
            let percent = |of: usize| 100.0 * hits as f64 / of.max(1) as f64;
            format!(
                "{hits}, {:.0}% of those with an answer, {:.0}% of all",
                percent(self.answered),
                percent(self.named)
            )
        };
        format!(
            "{feed}\n\
             incidents with a named cause and a fix:  {}\n\
             whose fixes delete lines of code:        {}\n\
             with an answer:                          {}, {:.1} commits each\n\
             the first commit is named:               {}\n\
             one of the first three is:               {}\n\
             any of them is:                          {}\n",
            self.named,
            self.deleting,
            self.answered,
            self.commits as f64 / self.answered.max(1) as f64,
            line(self.first),
            line(self.in_three),
            line(self.any),
        )
    }
}
