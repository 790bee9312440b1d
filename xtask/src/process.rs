//! Runs other programs: cargo, git and debtscan itself.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// The workspace's folder.
pub fn workspace_root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the workspace")
}

/// A cargo command in the workspace's folder, run by the cargo that runs this task.
pub fn cargo(args: &[&str]) -> Command {
    // cargo sets `CARGO` for what it runs. `cargo` from `PATH` may be another toolchain.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(workspace_root());
    command
}

/// Removes every user setting from a command, so that its result depends only on its arguments.
pub fn isolate(command: &mut Command, home: &Path) {
    command
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("XDG_CACHE_HOME", home)
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        // debtscan reads both of these. The samples in the documentation need the same colours and
        // line length on every machine.
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100");
}

/// A git command for a repository, without user or system configuration, in UTC.
pub fn git(repository: &Path, home: &Path) -> Command {
    let mut command = Command::new("git");
    isolate(&mut command, home);
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_ATTR_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        // git refuses a repository of another user unless the user's configuration allows it, and
        // that configuration is not read here.
        .args(["-c", "safe.directory=*", "-C"])
        .arg(repository);
    command
}

/// Compiler settings of a binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Fast to build.
    Dev,
    /// As users run it.
    Release,
}

/// Builds debtscan and returns the path of the binary.
pub fn build_debtscan(profile: Profile) -> Result<PathBuf> {
    let mut command =
        cargo(&["build", "--quiet", "--locked", "--package", "debtscan", "--message-format", "json"]);
    if profile == Profile::Release {
        command.arg("--release");
    }
    let output = command.stderr(Stdio::inherit()).output().context("starting cargo")?;
    if !output.status.success() {
        bail!("building debtscan failed");
    }
    let executable = |line: &str| {
        // Asked from cargo, because the target folder may be set to any place.
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    };
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(executable)
        .next_back()
        .context("cargo reported no debtscan binary")
}

/// Runs a command to its end and returns its standard output.
///
/// # Errors
/// If the command cannot start or fails; the message contains its standard error.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("starting {}", name(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}:\n{}", name(command), output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(output.stdout)
}

/// The command as typed in a shell.
pub fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The result of a streamed command.
pub struct Streamed {
    /// Whether it exited with 0.
    pub success: bool,
    /// Every line of both outputs; lines of one output are in order.
    pub lines: Vec<String>,
}

/// Runs a command and copies both outputs while it runs.
pub fn stream(command: &mut Command) -> Result<Streamed> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {}", name(command)))?;
    let stderr = child.stderr.take().context("the child has a standard error")?;
    let stdout = child.stdout.take().context("the child has a standard output")?;
    // A thread of its own: read one after the other, the child would block as soon as the pipe that
    // nobody reads is full.
    let from_stderr = thread::spawn(move || pass_through(stderr, std::io::stderr()));
    let mut lines = pass_through(stdout, std::io::stdout())?;
    let more = from_stderr.join().expect("passing lines through does not panic")?;
    lines.extend(more);
    Ok(Streamed { success: child.wait()?.success(), lines })
}

fn pass_through(source: impl Read, mut target: impl Write) -> Result<Vec<String>> {
    let mut reader = BufReader::new(source);
    let mut lines = Vec::new();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        // As bytes, since a test may print anything.
        target.write_all(&line)?;
        lines.push(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
    Ok(lines)
}
