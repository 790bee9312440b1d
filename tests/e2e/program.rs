//! Running the binary, cut off from whoever runs the tests.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
#[must_use]
pub(crate) struct Run {
    /// The exit code; -1 when a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Run {
    /// Asserts that it ended well and said nothing on standard error; returns standard output.
    pub(crate) fn done(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "standard output: {}", self.stdout);
        self.stdout
    }

    /// Asserts that it failed without output; returns standard error.
    pub(crate) fn failed(self) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (2, ""), "standard error: {}", self.stderr);
        self.stderr
    }
}

/// A command in a folder, with an empty environment and a home that does not exist.
pub(crate) fn debtscan(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_debtscan"));
    command
        .env_clear()
        .env("HOME", folder.join("no-home"))
        .env("TZ", "UTC")
        .env("LANG", "C")
        .current_dir(folder)
        .stdin(Stdio::null())
        .args(args);
    command
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Run {
    finish(&command.output().expect("the binary can be started"))
}

/// Runs a command with this on standard input.
pub(crate) fn run_with_input(command: &mut Command, input: &str) -> Run {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the binary can be started");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(input.as_bytes()).expect("it is read");
    drop(stdin);
    finish(&child.wait_with_output().expect("it ends"))
}

fn finish(output: &std::process::Output) -> Run {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}

/// Runs debtscan in a folder.
pub(crate) fn debtscan_in(folder: &Path, args: &[&str]) -> Run {
    run(&mut debtscan(folder, args))
}

/// Compares with the stored snapshot; without debtscan's version.
#[macro_export]
macro_rules! assert_stored {
    ($name:literal, $value:expr) => {{
        let value = $value.replace(env!("CARGO_PKG_VERSION"), "[version]");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, value);
        });
    }};
}
