//! Rows of history as git prints them and as a scan holds them.

use std::collections::BTreeMap;
use std::path::Path;

use debtscan_model::{ChangeKind, Scan};
use debtscan_scanner::{
    CacheOutcome, Keep, KeepWhole, Measure, Merges, PeopleRules, Progress, Renames, Repository, ScanError,
    ScanOptions, Silent, Walk,
};
use debtscan_testkit::git;

/// (commit id, path) -> (added, deleted, old path); `None` for binary content.
pub(crate) type GitRows = BTreeMap<(String, Vec<u8>), (Option<(u32, u32)>, Option<Vec<u8>>)>;

/// Options that scan everything below `path`.
pub(crate) fn options(path: &Path, renames: Renames) -> ScanOptions {
    ScanOptions {
        path: path.to_owned(),
        revision: "HEAD".to_owned(),
        since: None,
        until: None,
        walk: Walk::AllParents,
        merges: Merges::Compared,
        renames,
        measure: Measure::Tree,
        exclude: Vec::new(),
        classes: Vec::new(),
        whole: KeepWhole::Never,
        bots: Vec::new(),
        find_commits: Vec::new(),
        people: PeopleRules::default(),
        find_people: Vec::new(),
        anonymize: None,
        threads: 2,
        max_memory: None,
        worker: None,
    }
}

/// Scans a repository, and asks nothing else.
pub(crate) fn scan(options: &ScanOptions, progress: &dyn Progress) -> Result<Scan, ScanError> {
    Ok(scan_with_cache(options, None, progress)?.0)
}

/// The same with a cache.
pub(crate) fn scan_with_cache(
    options: &ScanOptions,
    cache: Option<&Path>,
    progress: &dyn Progress,
) -> Result<(Scan, CacheOutcome), ScanError> {
    let mut repository = Repository::open(options, cache)?;
    let scan = repository.scan(Keep::Nothing, progress)?;
    Ok((scan, repository.finish()))
}

/// Scans everything below `path`.
pub(crate) fn scan_all(path: &Path, renames: Renames) -> Scan {
    scan(&options(path, renames), &Silent).expect("the repository can be scanned")
}

/// The rows of a scan, without those of merges unless only first parents were followed.
pub(crate) fn of_scan(scan: &Scan) -> GitRows {
    let row = |change: &debtscan_model::Change| {
        let from = match change.kind {
            ChangeKind::Renamed { from } => Some(scan.path(from).as_bytes().to_vec()),
            _ => None,
        };
        let key = (scan.commit(change.commit).id.to_string(), scan.path(change.path).as_bytes().to_vec());
        (key, (change.lines.map(|lines| (lines.added, lines.deleted)), from))
    };
    let is_row = |change: &&debtscan_model::Change| {
        scan.repository.first_parent || !scan.commit(change.commit).is_merge()
    };
    scan.changes.iter().filter(is_row).map(row).collect()
}

/// The rows of `git log --no-merges --numstat`.
pub(crate) fn of_git(path: &Path, renames: Renames, more: &[&str]) -> GitRows {
    of_git_log(path, renames, &[&["--no-merges"], more].concat())
}

/// The rows of `git log --numstat`.
pub(crate) fn of_git_log(path: &Path, renames: Renames, more: &[&str]) -> GitRows {
    let mut args = vec!["--attr-source=HEAD", "log", "--numstat", "-z", "--format=%x01%H"];
    args.extend(match renames {
        Renames::Follow => ["-M50%", "-l1000"],
        Renames::Off => ["--no-renames", "--diff-algorithm=myers"],
    });
    args.extend(more);
    let output = git(path, &args);
    let mut rows = GitRows::new();
    let mut commit = String::new();
    let mut fields = output.split(|byte| *byte == 0);
    while let Some(field) = fields.next() {
        let field = field.strip_prefix(b"\n").unwrap_or(field);
        if let Some(id) = field.strip_prefix(b"\x01") {
            commit = String::from_utf8(id.to_vec()).expect("an id is ASCII");
            continue;
        }
        let mut columns = field.splitn(3, |byte| *byte == b'\t');
        let (Some(added), Some(deleted), Some(path)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let number = |text: &[u8]| std::str::from_utf8(text).expect("ASCII").parse::<u32>().ok();
        let lines = number(added).zip(number(deleted));
        let (path, from) = if path.is_empty() {
            let from = fields.next().expect("a rename names its source");
            (fields.next().expect("a rename names its destination"), Some(from.to_vec()))
        } else {
            (path, None)
        };
        rows.insert((commit.clone(), path.to_vec()), (lines, from));
    }
    rows
}

/// Both sides agree on every row.
pub(crate) fn check_against_git(path: &Path) {
    for renames in [Renames::Off, Renames::Follow] {
        let expected = of_git(path, renames, &[]);
        assert_eq!(of_scan(&scan_all(path, renames)), expected, "{renames:?} in {}", path.display());
    }
}
