//! An invented company, to try debtscan on: two years of history, and the incidents, accounts, fixes and plan that go
//! with it.
//!
//! [`build`] writes all of it into one repository, always with the same object ids. This crate knows nothing of scans,
//! incidents or reports, so no figure that debtscan prints about the company can come from here.
//!
//! ```no_run
//! debtscan_demo::build("debtscan-demo".as_ref())?;
//! # Ok::<(), debtscan_demo::CreateError>(())
//! ```
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod calendar;
mod change;
mod code;
mod company;
mod files;
mod history;
mod incidents;
mod inputs;
mod random;
mod work;

use std::path::Path;

pub use debtscan_git::create::CreateError;

/// The id of the last commit: a repository with this branch is the demo.
pub const HEAD: &str = "51892468f8f243399a7c316c40270c19b649325c";

/// The area that the story is about.
pub const AREA: &str = company::PAYMENTS;

/// An area that was once repaired, and the day on which that was merged.
pub const REPAIRED: (&str, &str) = (company::WEB_APP, "2025-03-10");

/// Writes the company into `folder`, which is created: a repository whose last commit has every input.
///
/// # Errors
/// When there is a repository already, or the folder cannot be written.
pub fn build(folder: &Path) -> Result<(), CreateError> {
    history::write(folder)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use debtscan_testkit::{TestResult, git};

    use super::{HEAD, build};

    fn lines(folder: &std::path::Path, args: &[&str]) -> Vec<String> {
        String::from_utf8_lossy(&git(folder, args)).lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_company_is_the_same_everywhere_and_its_repository_sound() -> TestResult {
        let folder = tempfile::tempdir()?;
        let demo = folder.path().join("a b/demo");
        build(&demo)?;
        assert_eq!(lines(&demo, &["rev-parse", "HEAD"]), [HEAD]);
        git(&demo, &["fsck", "--strict"]);
        assert!(lines(&demo, &["status", "--porcelain"]).is_empty(), "everything is checked out");
        assert!(build(&demo).is_err(), "nothing is overwritten");
        Ok(())
    }

    #[test]
    fn the_story_has_its_size() -> TestResult {
        let folder = tempfile::tempdir()?;
        let demo = folder.path().join("demo");
        build(&demo)?;
        let ends = lines(&demo, &["log", "--format=%ad", "--date=short"]);
        assert_eq!(
            (ends.first().map(String::as_str), ends.last().map(String::as_str)),
            (Some("2026-06-26"), Some("2024-07-01"))
        );
        let people = lines(&demo, &["shortlog", "-sn", "HEAD"]);
        assert_eq!(people.len(), 8, "seven people and a robot: {people:?}");
        let incidents = fs::read_to_string(demo.join("business/incidents.csv"))?;
        assert!((25..=40).contains(&(incidents.lines().count() - 1)));
        assert_eq!(fs::read_to_string(demo.join("business/accounts.csv"))?.lines().count() - 1, 15);
        let fixes = incidents.lines().flat_map(|line| line.split([',', ' '])).filter(|word| word.len() == 40);
        for fix in fixes {
            git(&demo, &["cat-file", "-e", fix]);
        }
        Ok(())
    }
}
