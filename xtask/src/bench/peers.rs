//! Other tools that read histories, if they are installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::jobs::{Baseline, Job, OnFailure};
use xtask::process;

/// A tool, the arguments that print its version, and its arguments in a checkout.
struct Peer {
    program: &'static str,
    version: &'static [&'static str],
    arguments: &'static [&'static str],
    what: &'static str,
}

const PYDRILLER: &str = "import pydriller
for commit in pydriller.Repository('.', only_no_merge=True).traverse_commits():
    [(file.new_path, file.added_lines, file.deleted_lines) for file in commit.modified_files]";

const PEERS: [Peer; 9] = [
    Peer { program: "tokei", version: &["--version"], arguments: &["."], what: "line counts of the tree" },
    Peer {
        program: "hotspots",
        version: &["--version"],
        arguments: &["analyze", ".", "--format", "json"],
        what: "complexity of the tree",
    },
    Peer {
        program: "omen",
        version: &["--version"],
        arguments: &["-f", "json", "hotspot"],
        what: "churn x complexity",
    },
    // It has no `--version`.
    Peer { program: "git-hotspots", version: &["--help"], arguments: &[], what: "changes by function" },
    Peer {
        program: "debtmap",
        version: &["--version"],
        arguments: &["analyze", ".", "--format", "json"],
        what: "complexity and debt",
    },
    Peer {
        program: "python3",
        version: &["-c", "import pydriller; print('pydriller', pydriller.__version__)"],
        arguments: &["-c", PYDRILLER],
        what: "lines by commit and file",
    },
    Peer {
        program: "git-of-theseus-analyze",
        version: &["--help"],
        // It writes its result files into the folder that it scans otherwise, where the other
        // programs would count them.
        arguments: &["--outdir", "/dev/shm/debtscan-bench-theseus", "--quiet", "."],
        what: "blame by cohort",
    },
    Peer { program: "git-fame", version: &["--version"], arguments: &["."], what: "blame of the tree" },
    Peer {
        program: "code-complexity",
        version: &["--version"],
        arguments: &[".", "--format", "json"],
        what: "commits x lines",
    },
];

/// The installed peers. They share one checkout of the repository.
pub(super) fn installed(repository: &Path, home: &Path) -> Result<Vec<Job>> {
    let checkout = home.join("checkout");
    let mut jobs = Vec::new();
    for peer in &PEERS {
        let mut ask = Command::new(peer.program);
        ask.args(peer.version);
        environment(&mut ask, home);
        let answer = match process::output(&mut ask) {
            Ok(answer) => answer,
            Err(error) => {
                // Printed, so that a reader of the table knows which programs were not compared.
                println!("not installed: {} ({})", peer.name(), error.root_cause());
                continue;
            }
        };
        // Made for the first peer that is installed. `--shared` takes the objects of the original,
        // so a large repository costs only its checked-out files.
        if !checkout.exists() {
            let mut clone = process::git(Path::new("."), home);
            process::output(clone.args(["clone", "--quiet", "--shared"]).arg(repository).arg(&checkout))?;
        }
        let answer = String::from_utf8_lossy(&answer);
        // Some programs print a page of help instead of a version. That is no name for a row of a
        // table.
        let first_line = answer.lines().next().filter(|line| line.len() < 40);
        let version = match first_line.filter(|_| peer.version != ["--help"]) {
            Some(number) if number.starts_with(|first: char| first.is_ascii_digit()) => {
                format!("{} {number}", peer.name())
            }
            Some(version) => version.to_owned(),
            None => peer.name().to_owned(),
        };
        jobs.push(job(peer, &version, checkout.clone(), home.to_owned()));
    }
    Ok(jobs)
}

impl Peer {
    fn name(&self) -> &'static str {
        if self.program == "python3" { "pydriller" } else { self.program }
    }
}

fn job(peer: &'static Peer, version: &str, checkout: PathBuf, home: PathBuf) -> Job {
    let prepare = Box::new(move || {
        let mut command = Command::new(peer.program);
        environment(&mut command, &home);
        command.args(peer.arguments).current_dir(&checkout);
        Ok(command)
    });
    let name = format!("{version}: {}", peer.what);
    Job { name, against: Baseline::Nothing, on_failure: OnFailure::SkipJob, prepare }
}

fn environment(command: &mut Command, home: &Path) {
    process::isolate(command, home);
    // Python packages that a user installed, outside the system's folder.
    command.envs(std::env::var_os("PYTHONPATH").map(|path| ("PYTHONPATH", path)));
}
