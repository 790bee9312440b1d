//! Test repositories, written object by object.
//!
//! Takes a description of a history, gives a real git repository in a temporary folder, and will
//! never start a `git` process to build it, read the user's configuration or look at a clock: the
//! same description has the same object ids everywhere.
//!
//! - [`RepoBuilder`]: the repository; branches, tags, detached and unborn `HEAD`, shallow edges
//! - [`CommitBuilder`]: one commit; files of every mode, renames, merges, odd authors and times
//! - [`git()`]: the installed `git` without the user's settings, for comparison
//!
//! ```
//! use debtscan_testkit::{RepoBuilder, TestResult};
//!
//! fn main() -> TestResult {
//!     let mut repo = RepoBuilder::new();
//!     let first = repo.commit("start").write("src/a.rs", "fn a() {}\n").create();
//!     repo.commit("move").rename("src/a.rs", "src/b.rs").author("Bo", "bo@example.com").create();
//!     assert_eq!(first.len(), 40);
//!     assert!(repo.path().join(".git/HEAD").is_file());
//!     Ok(())
//! }
//! ```

mod commit;
mod git;
mod id;
mod repo;
mod shallow;
#[cfg(test)]
mod tests;
mod tree;

pub use commit::CommitBuilder;
pub use git::git;
pub use repo::{ObjectFormat, RepoBuilder};

/// What a test returns, so that it can use `?` on every error.
pub type TestResult<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Name of the author and committer of a commit that names none.
pub const AUTHOR_NAME: &str = "Ada Example";
/// E-mail of the author and committer of a commit that names none.
pub const AUTHOR_EMAIL: &str = "ada@example.com";
/// Time of the first commit, seconds since the epoch: 2024-01-01T00:00:00Z.
pub const START: i64 = 1_704_067_200;
/// Seconds from one commit to the next: an hour.
pub const TICK: i64 = 3_600;
