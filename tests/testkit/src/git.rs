//! The installed `git`, without the user's settings.

use std::path::Path;
use std::process::Command;

/// Runs `git` in a folder without any user or system configuration, in UTC and the C locale, and
/// returns its standard output.
///
/// # Panics
/// When git is not installed or fails; its standard error is shown.
pub fn git(folder: &Path, args: &[&str]) -> Vec<u8> {
    // The folder does not exist. That is enough for git, which reads a missing file as an empty
    // one, and nothing is written there.
    let home = folder.join("no-home");
    let output = Command::new("git")
        // A developer's `GIT_DIR`, `core.quotePath` or `diff.renames` would change what git reports,
        // and a test would fail on one machine only.
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", &home)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_ATTR_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        // git prints times in the zone of the process if a format asks for local time.
        .env("TZ", "UTC")
        .current_dir(folder)
        .args(args)
        .output()
        .expect("git is installed");
    assert!(
        output.status.success(),
        "git {} failed in {}: {}",
        args.join(" "),
        folder.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}
