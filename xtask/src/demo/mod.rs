//! `demo`: an invented shop: its history and its incidents.
//!
//! The repository is built from constants, so commit ids and report are the same on every machine.

mod code;
mod export;
mod incidents;
mod story;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};

/// Where the repository is, below the folder of the demo.
pub(crate) const REPOSITORY: &str = "shop";
/// Where the incidents are, below the folder of the demo.
pub(crate) const INCIDENTS: &str = "incidents.csv";

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let [folder] = args else { bail!("`demo` takes one folder") };
    let folder = Path::new(folder);
    let commits = build(folder)?;
    check_out(&folder.join(REPOSITORY));
    println!("{commits} commits in {}", folder.join(REPOSITORY).display());
    println!("incidents in {}", folder.join(INCIDENTS).display());
    Ok(ExitCode::SUCCESS)
}

/// Writes the repository and the incidents into a folder and returns the number of commits.
pub(crate) fn build(folder: &Path) -> Result<usize> {
    let repository = folder.join(REPOSITORY);
    // Before anything is written: the folder comes from the command line, and a typing error must
    // not overwrite a repository.
    ensure!(!repository.exists(), "{} exists already", repository.display());
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let history = story::tell(&repository);
    let file = folder.join(INCIDENTS);
    fs::write(&file, export::to_csv(&history)?).with_context(|| format!("writing {}", file.display()))?;
    Ok(history.commits)
}

/// Checks the files out for human readers; debtscan itself reads only the object database.
fn check_out(repository: &Path) {
    let checked_out = tempfile::tempdir().is_ok_and(|home| {
        let mut command = xtask::process::git(repository, home.path());
        command.args(["reset", "--hard", "--quiet"]).status().is_ok_and(|status| status.success())
    });
    // A note, not an error. The builder works without git, and so does all that reads the demo.
    if !checked_out {
        println!("git could not check the files out; debtscan does not need them");
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use debtscan_testkit::{TestResult, git};

    use super::{INCIDENTS, REPOSITORY, build};

    #[test]
    fn the_demo_is_the_same_everywhere_and_sound() -> TestResult {
        let (here, there) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let commits = build(here.path())?;
        build(&there.path().join("deep/er"))?;
        assert!(commits >= 140, "{commits}");
        assert_eq!(
            fs::read(here.path().join(INCIDENTS))?,
            fs::read(there.path().join("deep/er").join(INCIDENTS))?,
            "the incidents name commit ids"
        );
        let repository = here.path().join(REPOSITORY);
        git(&repository, &["fsck", "--strict"]);
        let count = |args: &[&str]| String::from_utf8_lossy(&git(&repository, args)).lines().count();
        assert_eq!(count(&["rev-list", "HEAD"]), commits);
        assert_eq!(count(&["rev-list", "--merges", "HEAD"]), 2);
        assert!(count(&["log", "--no-merges", "-M", "--diff-filter=R", "--format=%H"]) >= 3);
        assert!(build(here.path()).is_err(), "nothing is overwritten");
        Ok(())
    }
}
