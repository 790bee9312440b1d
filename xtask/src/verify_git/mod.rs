//! `verify-git`: compares every line count of debtscan with git's, row by row.
//!
//! Both read the same commits: all ancestors of the revision that are not merges or, with
//! `--first-parent`, its first-parent history. git runs without user settings, with Myers' algorithm
//! and with the `.gitattributes` of the scanned revision, as debtscan documents.

mod compare;
mod rows;

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use compare::RowComparison;
use rows::NumstatRows;
use xtask::process::{self, Profile, build_debtscan};

/// Differences that are listed; all are counted.
const LISTED: usize = 50;

/// The arguments of the task.
struct RowsRequest {
    repository: PathBuf,
    renames: RenameMode,
    first_parent: bool,
    /// First second of the window, since the epoch.
    since: Option<i64>,
    rev: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RenameMode {
    Off,
    Follow,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let request = parse(args)?;
    let home = tempfile::tempdir()?;
    let binary = build_debtscan(Profile::Release)?;
    let git = read_rows(&mut git_log(&request, home.path()), rows::from_git)?;
    let here = read_rows(&mut changes(&request, &binary, home.path()), rows::from_debtscan)?;
    let comparison = RowComparison::of(&git, &here);
    print!("{}", comparison.report(LISTED, request.renames == RenameMode::Follow));
    Ok(if comparison.is_equal() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse(args: &[String]) -> Result<RowsRequest> {
    let mut repository = None;
    let mut request = RowsRequest {
        repository: PathBuf::new(),
        renames: RenameMode::Off,
        first_parent: false,
        since: None,
        rev: "HEAD".to_owned(),
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--renames" => request.renames = RenameMode::Follow,
            "--first-parent" => request.first_parent = true,
            "--since" => request.since = Some(parse_time(args.next().context("`--since` needs a date")?)?),
            "--rev" => args.next().context("`--rev` needs a revision")?.clone_into(&mut request.rev),
            flag if flag.starts_with('-') => bail!("`verify-git` has no flag `{flag}`"),
            path if repository.is_none() => repository = Some(PathBuf::from(path)),
            surplus => bail!("`verify-git` takes one repository, `{surplus}` is a second"),
        }
    }
    request.repository = repository.context("`verify-git` needs the path of a repository")?;
    Ok(request)
}

/// Reads a date as midnight UTC, or an RFC 3339 time. git would complete a date with the current time.
fn parse_time(text: &str) -> Result<i64> {
    if let Ok(date) = text.parse::<jiff::civil::Date>()
        && text.len() == "2025-01-31".len()
    {
        return Ok(jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0))?.as_second());
    }
    let time: jiff::Timestamp =
        text.parse().with_context(|| format!("`{text}` is not a date such as 2025-01-31"))?;
    Ok(time.as_second())
}

fn git_log(request: &RowsRequest, home: &Path) -> Command {
    let mut command = process::git(&request.repository, home);
    // Settings of the repository's own `.git/config` still apply, so those that would change the
    // rows are set here.
    let settings = [
        "core.quotePath=off",
        "core.attributesFile=/dev/null",
        "diff.orderFile=/dev/null",
        "log.showRoot=true",
    ];
    for setting in settings {
        command.args(["-c", setting]);
    }
    // debtscan reads the attributes from the scanned revision. git reads the checked-out files,
    // which may be of any other revision or not exist at all.
    command.arg(format!("--attr-source={}", request.rev));
    command.arg("log");
    if request.first_parent {
        command.args(["--first-parent", "--diff-merges=first-parent"]);
    } else {
        command.arg("--no-merges");
    }
    command.args(["--numstat", "-z", "--format=%x01%H", "--diff-algorithm=myers"]);
    command.args([
        // That configuration may also name programs that compare or convert files. None of them is
        // to run here.
        "--no-ext-diff",
        "--no-textconv",
        "--no-color",
        "--no-relative",
        "--ignore-submodules=none",
    ]);
    command.args(["--no-show-signature", "--no-notes"]);
    match request.renames {
        RenameMode::Off => command.arg("--no-renames"),
        // Both are git's present defaults. They are named because a configuration or a later
        // version may have others, and debtscan's are fixed.
        RenameMode::Follow => command.args(["-M50%", "-l1000"]),
    };
    if let Some(since) = request.since {
        // `--since` stops at the first older commit of a path through history. Clocks that are
        // wrong would hide younger commits behind it; debtscan tests each commit.
        command.arg(format!("--since-as-filter=@{since} +0000"));
    }
    // The dashes, because a file may have the name of the revision.
    command.args([&request.rev, "--"]);
    command
}

fn changes(request: &RowsRequest, binary: &Path, home: &Path) -> Command {
    let mut command = Command::new(binary);
    process::isolate(&mut command, home);
    command.arg("changes").arg(&request.repository).args(["--format", "csv", "--quiet", "--renames"]);
    command.arg(match request.renames {
        RenameMode::Off => "off",
        RenameMode::Follow => "follow",
    });
    if request.first_parent {
        command.arg("--first-parent");
    }
    if let Some(since) = request.since {
        let since = jiff::Timestamp::from_second(since).expect("it was parsed from a time");
        command.args(["--since", &since.to_string()]);
    }
    command.args(["--rev", &request.rev]);
    command
}

/// Runs a command and streams its output to a reader.
fn read_rows(
    command: &mut Command,
    read: impl FnOnce(BufReader<std::process::ChildStdout>) -> Result<NumstatRows>,
) -> Result<NumstatRows> {
    let name = process::name(command);
    println!("$ {name}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {name}"))?;
    let stdout = child.stdout.take().context("the child has a standard output")?;
    // Read while it runs, so that the whole output is never in memory at once.
    let rows = read(BufReader::with_capacity(1 << 20, stdout));
    let status = child.wait()?;
    // A reader that fails breaks the pipe; its error explains more than the exit status.
    let rows = rows.with_context(|| format!("reading the output of {name}"))?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use debtscan_testkit::{RepoBuilder, TestResult};

    use super::rows::{NumstatRow, from_git};
    use super::{RenameMode, RowsRequest, git_log, parse_time, read_rows};

    #[test]
    fn git_is_read_with_renames_binary_content_empty_commits_and_odd_paths() -> TestResult {
        let mut repo = RepoBuilder::new();
        let old = repo.commit("one").write("a\tb", "1\n2\n3\n4\n").write(b"\xe9", b"\0").create();
        repo.commit("empty").create();
        let new = repo.commit("two").rename("a\tb", "c\nd").remove(b"\xe9").create();
        let home = tempfile::tempdir()?;
        let rows = |renames, since| {
            let repository = repo.path().to_owned();
            let request =
                RowsRequest { repository, renames, first_parent: false, since, rev: "main".to_owned() };
            read_rows(&mut git_log(&request, home.path()), from_git)
        };
        let key = |commit: &str, path: &[u8]| (commit.as_bytes().to_vec(), path.to_vec());
        let row = |lines| NumstatRow { lines, from: None };

        let off = rows(RenameMode::Off, None)?;
        assert_eq!(off.len(), 5);
        assert_eq!(off[&key(&old, b"a\tb")], row(Some((4, 0))));
        assert_eq!(off[&key(&old, b"\xe9")], row(None));
        assert_eq!(off[&key(&new, b"a\tb")], row(Some((0, 4))));
        assert_eq!(off[&key(&new, b"c\nd")], row(Some((4, 0))));

        let follow = rows(RenameMode::Follow, Some(debtscan_testkit::START + 1))?;
        assert_eq!(follow.len(), 2);
        let moved = NumstatRow { lines: Some((0, 0)), from: Some(b"a\tb".to_vec()) };
        assert_eq!(follow[&key(&new, b"c\nd")], moved);
        Ok(())
    }

    #[test]
    fn a_date_is_midnight_in_utc() {
        assert_eq!(parse_time("2024-01-01").expect("a date"), debtscan_testkit::START);
        assert_eq!(parse_time("2024-01-01T01:00:00+01:00").expect("a time"), debtscan_testkit::START);
        assert!(parse_time("yesterday").is_err());
    }
}
