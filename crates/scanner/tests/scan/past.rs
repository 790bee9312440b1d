//! Trees of the past, measured.

use debtscan_model::{RepoPath, Timeline};
use debtscan_scanner::{Every, Renames, Repository, Silent, TimeSpec, TimelineOptions};
use debtscan_testkit::{RepoBuilder, START, TestResult};

use crate::rows::options;

const DAY: i64 = 86_400;

fn plan(every: Every) -> TimelineOptions {
    TimelineOptions { every, since: None, paths: Vec::new(), max_points: 60 }
}

/// (id, lines of every file of class source) per snapshot, oldest first.
fn lines(timeline: &Timeline) -> Vec<(String, Vec<(String, u32)>)> {
    let of_file = |position: &usize| {
        let file = &timeline.files[*position];
        (file.path.to_string(), file.present.complexity.as_ref().map_or(0, |it| it.lines))
    };
    let snapshots = timeline.snapshots.iter();
    snapshots.map(|it| (it.commit.to_string(), it.files.iter().map(of_file).collect())).collect()
}

fn measure(
    repo: &RepoBuilder,
    plan: &TimelineOptions,
    cache: Option<&std::path::Path>,
) -> Result<(Timeline, usize), Box<dyn std::error::Error + Send + Sync>> {
    let options = options(repo.path(), Renames::Follow);
    let mut repository = Repository::open(&options, cache)?;
    let trees = repository.past_trees(plan)?;
    let timeline = repository.timeline(trees, |path| path.as_bytes().ends_with(b".rs"), &Silent)?;
    let outcome = repository.finish();
    assert!(outcome.errors.is_empty(), "{:?}", outcome.errors);
    Ok((timeline, outcome.reused_files))
}

/// A file that grows by a line, is renamed, and is one of two; a month or more between the commits.
fn growing() -> (RepoBuilder, Vec<String>) {
    let mut repo = RepoBuilder::new();
    let first = repo.commit("one").write("a.rs", "fn a() {}\n").write("notes", "x\n").at(START).create();
    let second = repo.commit("two").write("a.rs", "fn a() {}\n\n").at(START + 40 * DAY).create();
    let third = repo.commit("three").rename("a.rs", "b.rs").at(START + 41 * DAY).create();
    let last = repo.commit("four").write("c.rs", "\n\n\n").at(START + 100 * DAY).create();
    (repo, vec![first, second, third, last])
}

#[test]
fn each_content_is_measured_once_and_a_second_time_taken_from_the_cache() -> TestResult {
    let (repo, ids) = growing();
    let cache = tempfile::tempdir()?;
    let (timeline, reused) = measure(&repo, &plan(Every::Commits(1)), Some(cache.path()))?;
    let file = |path: &str, lines: u32| (path.to_owned(), lines);
    let expected = vec![
        (ids[0].clone(), vec![file("a.rs", 1)]),
        (ids[1].clone(), vec![file("a.rs", 2)]),
        (ids[2].clone(), vec![file("b.rs", 2)]),
        (ids[3].clone(), vec![file("b.rs", 2), file("c.rs", 3)]),
    ];
    assert_eq!(lines(&timeline), expected);
    assert_eq!((timeline.files.len(), timeline.left_out, reused), (4, 0, 0));
    let (again, reused) = measure(&repo, &plan(Every::Commits(1)), Some(cache.path()))?;
    assert_eq!((again, reused), (timeline, 4));
    Ok(())
}

#[test]
fn months_end_where_git_says_and_the_limit_leaves_out_the_oldest() -> TestResult {
    let (repo, ids) = growing();
    let all = measure(&repo, &plan(Every::Months(1)), None)?.0;
    for snapshot in &all.snapshots[..all.snapshots.len() - 1] {
        let before = format!("--before={}", snapshot.at.0 - 1);
        let git = repo.git(&["rev-list", "-1", "--first-parent", &before, "HEAD"]);
        assert_eq!(String::from_utf8(git)?.trim(), snapshot.commit.to_string());
    }
    assert_eq!(all.snapshots.last().map(|it| it.commit.to_string()), Some(ids[3].clone()));
    let few = measure(&repo, &TimelineOptions { max_points: 2, ..plan(Every::Months(1)) }, None)?.0;
    assert_eq!(lines(&few)[..], lines(&all)[all.snapshots.len() - 2..]);
    assert_eq!(few.left_out, all.snapshots.len() - 2);
    Ok(())
}

#[test]
fn commits_that_change_the_paths_are_counted_and_the_state_at_since_is_there() -> TestResult {
    let (repo, ids) = growing();
    let paths = vec![RepoPath::new("a.rs")?, RepoPath::new("b.rs")?];
    let of_file = TimelineOptions { paths, ..plan(Every::Commits(1)) };
    let commits = |plan: &TimelineOptions| -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
        Ok(lines(&measure(&repo, plan, None)?.0).into_iter().map(|(id, _)| id).collect())
    };
    assert_eq!(commits(&of_file)?, ids, "the last one is the scanned revision");
    let since = Some(TimeSpec::At(debtscan_model::Timestamp(START + 50 * DAY)));
    assert_eq!(commits(&TimelineOptions { since, ..of_file })?, [ids[2].clone(), ids[3].clone()]);
    Ok(())
}
