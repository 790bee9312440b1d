//! Who wrote each line and what touched each function, as the installed git says it.

use std::path::Path;

use debtscan_model::{
    CommitId, CommitIdx, FileIdx, FileLines, FunctionHistory, Lines, RepoPath, Scan, Timestamp,
};
use debtscan_scanner::{
    CacheOutcome, Keep, LineLimits, OriginRules, Renames, Repository, RunError, ScanOptions, Silent, TimeSpec,
};
use debtscan_testkit::{RepoBuilder, git};
use proptest::prelude::{ProptestConfig, any, prop, proptest};

use crate::rows::options;

/// Follows all files of a repository.
fn follow(options: &ScanOptions, cache: Option<&Path>) -> (Scan, Followed) {
    let mut repository = Repository::open(options, cache).expect("a repository");
    let scan = repository.scan(Keep::LineHistory, &Silent).expect("scanned");
    let files: Vec<FileIdx> = (0..scan.files.len()).map(FileIdx::new).collect();
    let lines = repository.lines(&scan, &files, LineLimits::default(), &Silent).expect("followed");
    let CacheOutcome { reused_line_files, errors, .. } = repository.finish();
    (scan, Followed { lines, reused_line_files, errors })
}

/// Lines, and what the cache did for them.
#[derive(Debug)]
struct Followed {
    lines: Lines,
    reused_line_files: usize,
    errors: Vec<RunError>,
}

fn lines_of<'a>(scan: &Scan, outcome: &'a Followed, path: &str) -> &'a FileLines {
    let file = scan.find_file(&RepoPath::new(path).expect("valid")).expect("it exists");
    outcome.lines.of(file).expect("it was followed")
}

/// Per line the id of its writer.
fn writers(scan: &Scan, lines: &FileLines) -> Vec<String> {
    let of_run = |run: &debtscan_model::LineRun| {
        let id = run.writer.map_or_else(|| "?".to_owned(), |commit| scan.commit(commit).id.to_string());
        vec![id; run.lines as usize]
    };
    lines.owners.iter().flat_map(of_run).collect()
}

/// The same as git says it.
fn blame(repo: &Path, path: &str) -> Vec<String> {
    let output = git(repo, &["blame", "--porcelain", "HEAD", "--", path]);
    let text = String::from_utf8_lossy(&output).into_owned();
    let is_header = |line: &&str| {
        let mut words = line.split(' ');
        let is_id =
            words.next().is_some_and(|id| id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        is_id && words.all(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let headers = text.lines().filter(is_header);
    headers.map(|line| line.split(' ').next().expect("split gives one").to_owned()).collect()
}

/// Every line of every file has git's writer, with and without a cache.
fn check_blame(repo: &Path) {
    let options = options(repo, Renames::Follow);
    let (scan, outcome) = follow(&options, None);
    let mut n_lines = 0;
    for lines in &outcome.lines.files {
        let path = scan.file(lines.file).path.to_string();
        let ours = writers(&scan, lines);
        assert_eq!(ours, blame(repo, &path), "{path}");
        n_lines += ours.len();
    }
    assert!(n_lines > 0, "nothing was compared");
    let cache = tempfile::tempdir().expect("a temporary folder");
    for round in 0..2 {
        let (_, cached) = follow(&options, Some(cache.path()));
        assert_eq!(cached.lines, outcome.lines, "round {round}");
        assert!(cached.errors.is_empty(), "{:?}", cached.errors);
        assert_eq!(cached.reused_line_files == cached.lines.files.len(), round == 1, "round {round}");
    }
}

fn function(name: &str, lines: &[&str]) -> String {
    let body = lines.iter().map(|line| format!("    {name}_does({line});\n")).collect::<Vec<_>>().concat();
    format!("fn {name}() {{\n{body}}}\n\n")
}

fn summaries(scan: &Scan, history: &FunctionHistory) -> Vec<String> {
    history.changes.iter().map(|change| scan.commit(change.commit).summary.to_string()).collect()
}

/// The commits that changed a function, oldest first.
fn history_of(scan: &Scan, outcome: &Followed, path: &str, name: &str) -> Vec<String> {
    let lines = lines_of(scan, outcome, path);
    let present = scan.file(lines.file).present.as_ref().expect("present");
    let functions = &present.complexity.as_ref().expect("measured").functions;
    let position = functions.iter().position(|function| function.name == name).expect("it exists");
    assert_eq!(functions.len(), lines.functions.len());
    summaries(scan, &lines.functions[position])
}

/// The same as `git log -L` says it.
fn log_of_lines(repo: &Path, path: &str, first: u32, last: u32) -> Vec<String> {
    let range = format!("-L{first},{last}:{path}");
    let output = git(repo, &["log", "-s", "--format=%s", "--reverse", &range]);
    String::from_utf8_lossy(&output).lines().map(str::to_owned).collect()
}

#[test]
fn edits_renames_and_line_ends_have_gits_writers() {
    let mut repo = RepoBuilder::new();
    let (one, two) = (function("one", &["1", "2", "3"]), function("two", &["1", "2"]));
    repo.commit("start").write("a.rs", format!("{one}{two}")).write("crlf.rs", "a\r\nb\r\nc\r\n").create();
    let longer = function("two", &["1", "1.5", "2"]);
    repo.commit("edit two")
        .write("a.rs", format!("{one}{longer}"))
        .write("crlf.rs", "a\r\nb\nc\r\n")
        .create();
    repo.commit("rename").rename("a.rs", "src/b.rs").create();
    repo.commit("edit one").write("src/b.rs", format!("{}{longer}", function("one", &["1", "3"]))).create();
    repo.commit("line ends").write("crlf.rs", "a\nb\nc\nlast without end").create();
    check_blame(repo.path());
}

#[test]
fn a_declared_reformat_passes_its_lines_on_as_in_git() {
    let mut repo = RepoBuilder::new();
    let loose = "def f(a):\n  if a:\n    return 1\n  return 0\n";
    repo.commit("write").write("a.py", loose).create();
    let reformat =
        repo.commit("reformat").write("a.py", loose.replace("  ", "    ").replace("):", ") :")).create();
    repo.commit("list").write(".git-blame-ignore-revs", format!("{reformat}\n")).create();
    let (scan, outcome) = follow(&options(repo.path(), Renames::Follow), None);
    let ours = writers(&scan, lines_of(&scan, &outcome, "a.py"));
    let arguments = ["blame", "--ignore-rev", &reformat, "-s", "--abbrev=40", "HEAD", "--", "a.py"];
    let output = git(repo.path(), &arguments);
    let text = String::from_utf8_lossy(&output).into_owned();
    let gits: Vec<String> = text
        .lines()
        .map(|line| line.split(' ').next().expect("split gives one").trim_start_matches('^').to_owned())
        .collect();
    assert_eq!(ours.len(), 4);
    assert!(ours.iter().zip(&gits).all(|(ours, git)| ours.starts_with(git.as_str())), "{ours:?} {gits:?}");
}

#[test]
fn a_file_that_was_deleted_and_made_again_begins_again() {
    let mut repo = RepoBuilder::new();
    let text = function("one", &["1", "2", "3"]);
    repo.commit("start").write("a.rs", &text).create();
    repo.commit("delete").remove("a.rs").create();
    repo.commit("again").write("a.rs", &text).create();
    check_blame(repo.path());
    let (scan, outcome) = follow(&options(repo.path(), Renames::Follow), None);
    assert_eq!(history_of(&scan, &outcome, "a.rs", "one"), ["again"]);
}

#[test]
fn lines_from_both_sides_of_a_merge_have_gits_writers() {
    let mut repo = RepoBuilder::new();
    let text = |one: &[&str], two: &[&str]| format!("{}{}", function("one", one), function("two", two));
    repo.commit("start").write("a.rs", text(&["1", "2"], &["1", "2"])).write("b.rs", "x\n").create();
    repo.branch("side").checkout("side");
    repo.commit("side edits two").write("a.rs", text(&["1", "2"], &["1", "2", "3"])).create();
    let side = repo.commit("side edits b").write("b.rs", "x\ny\n").create();
    repo.checkout("main");
    repo.commit("main edits one").write("a.rs", text(&["0", "1", "2"], &["1", "2"])).create();
    repo.commit("merge")
        .merge([side])
        .write("a.rs", text(&["0", "1", "2"], &["1", "2", "3"]))
        .write("b.rs", "x\ny\n")
        .create();
    repo.commit("after").write("a.rs", text(&["0", "1", "2", "9"], &["1", "2", "3"])).create();
    check_blame(repo.path());
    let (scan, outcome) = follow(&options(repo.path(), Renames::Follow), None);
    assert_eq!(history_of(&scan, &outcome, "a.rs", "one"), ["start", "main edits one", "after"]);
    assert_eq!(history_of(&scan, &outcome, "a.rs", "two"), ["start", "side edits two"]);
}

#[test]
fn a_rename_on_a_branch_meets_an_edit_on_the_other() {
    let mut repo = RepoBuilder::new();
    let text = |one: &[&str], two: &[&str]| format!("{}{}", function("one", one), function("two", two));
    let long = ["1", "2", "3", "4", "5", "6"];
    repo.commit("start").write("a.rs", text(&long, &long)).create();
    repo.branch("side").checkout("side");
    let side = repo.commit("side renames").rename("a.rs", "b.rs").create();
    repo.checkout("main");
    repo.commit("main edits").write("a.rs", text(&["0", "1", "2", "3", "4", "5", "6"], &long)).create();
    let merged = text(&["0", "1", "2", "3", "4", "5", "6"], &long);
    repo.commit("merge").merge([side]).remove("a.rs").write("b.rs", merged).create();
    check_blame(repo.path());
}

#[test]
fn a_project_that_is_merged_into_a_folder_keeps_its_own_history() {
    let mut repo = RepoBuilder::new();
    let text = |one: &[&str], two: &[&str]| format!("{}{}", function("one", one), function("two", two));
    let long = ["1", "2", "3", "4", "5", "6"];
    repo.commit("main").write("main.rs", "x\n").create();
    repo.orphan("tool");
    let first = repo.commit("tool starts").write("tool.rs", text(&long, &long)).create();
    repo.checkout("main");
    repo.commit("join").merge([first]).write("tool/tool.rs", text(&long, &long)).create();
    repo.checkout("tool");
    let edited = text(&["0", "1", "2", "3", "4", "5", "6"], &["1", "2", "3", "4", "5"]);
    let second = repo.commit("tool edits").write("tool.rs", &edited).create();
    repo.checkout("main");
    repo.commit("here").write("tool/tool.rs", text(&long, &["1", "2", "3", "4", "5"])).create();
    repo.commit("join again").merge([second]).write("tool/tool.rs", &edited).create();
    check_blame(repo.path());
}

/// Two branches that edit a file of few different lines and merge each other now and then: taking one
/// side, or half of both.
fn random(steps: &[(u8, u8, u8)]) -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    let start: Vec<String> = (0..12).map(|line| format!("    line {}\n", line % 9)).collect();
    let base = repo.commit("base").write("f.rs", start.concat()).create();
    repo.branch_at("side", &base);
    let mut texts = [start.clone(), start];
    for (kind, place, content) in steps {
        let (own, other) = (usize::from(kind % 2), usize::from(1 - kind % 2));
        let theirs = repo.checkout(["main", "side"][other]).head().expect("there are commits");
        repo.checkout(["main", "side"][own]);
        let mut text = texts[own].clone();
        let at = usize::from(*place) % text.len();
        let line = format!("{}line {}\n", ["", "    "][usize::from(content % 2)], content % 16);
        let commit = repo.commit("step");
        let commit = match kind % 7 {
            0 | 1 => {
                text.insert(at, line);
                commit
            }
            2 if text.len() > 4 => {
                text.remove(at);
                commit
            }
            5 => {
                text.clone_from(&texts[other]);
                commit.merge([theirs])
            }
            6 => {
                let half = |text: &Vec<String>| text.len() / 2;
                text = [&texts[own][..half(&texts[own])], &texts[other][half(&texts[other])..]].concat();
                commit.merge([theirs])
            }
            _ => {
                text[at] = line;
                commit
            }
        };
        commit.write("f.rs", text.concat()).create();
        texts[own] = text;
    }
    repo.checkout("main");
    repo
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_histories_with_merges_have_gits_writers(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 1..40)
    ) {
        check_blame(random(&steps).path());
    }
}

#[test]
fn a_function_is_followed_through_moves_and_renames_of_itself_and_its_file() {
    let mut repo = RepoBuilder::new();
    let other = |name: &str| function(name, &["1", "2", "3", "4"]);
    let mine = |lines: &[&str]| function("mine", lines);
    let (first, second) = (other("first"), other("second"));
    repo.commit("start").write("a.rs", format!("{}{first}{second}", mine(&["1", "2", "3"]))).create();
    repo.commit("edit").write("a.rs", format!("{}{first}{second}", mine(&["1", "2", "4"]))).create();
    repo.commit("elsewhere")
        .write("a.rs", format!("{}{first}{}", mine(&["1", "2", "4"]), other("third")))
        .create();
    repo.commit("move")
        .write("a.rs", format!("{first}{}{}", other("third"), mine(&["1", "2", "4"])))
        .create();
    repo.commit("rename the file").rename("a.rs", "b.rs").create();
    let renamed = mine(&["1", "2", "4"]).replace("fn mine", "fn ours");
    repo.commit("rename it").write("b.rs", format!("{first}{}{renamed}", other("third"))).create();
    let (scan, outcome) = follow(&options(repo.path(), Renames::Follow), None);
    assert_eq!(history_of(&scan, &outcome, "b.rs", "ours"), ["start", "edit", "move", "rename it"]);
    assert_eq!(history_of(&scan, &outcome, "b.rs", "first"), ["start"]);
    let lines = lines_of(&scan, &outcome, "b.rs");
    let ours: Vec<(u32, u32)> = lines.functions[2].changes.iter().map(|it| (it.added, it.deleted)).collect();
    // `git log -L` of the five lines and `git show` of each commit: created, one line rewritten, put in
    // elsewhere (the deletion is elsewhere too), the signature rewritten.
    assert_eq!(ours, [(5, 0), (1, 1), (5, 0), (1, 1)]);
}

#[test]
fn functions_that_stay_in_place_have_the_commits_of_git_log() {
    let mut repo = RepoBuilder::new();
    let names = ["red", "green", "blue", "white"];
    let bodies = [["1", "2"], ["1", "3"], ["4", "3"], ["4", "5"]];
    let mut state = [0, 0, 0, 0];
    let text = |state: &[usize; 4]| -> String {
        names.iter().zip(state).map(|(name, body)| function(name, &bodies[*body])).collect()
    };
    repo.commit("start").write("a.rs", text(&state)).create();
    for (round, which) in [0, 2, 2, 3, 1, 0, 3, 2].into_iter().enumerate() {
        state[which] += 1;
        repo.commit(format!("round {round}")).write("a.rs", text(&state)).create();
    }
    let (scan, outcome) = follow(&options(repo.path(), Renames::Follow), None);
    for (nth, name) in (0_u32..).zip(names) {
        let (first, last) = (1 + 5 * nth, 4 + 5 * nth);
        let ours = history_of(&scan, &outcome, "a.rs", name);
        assert_eq!(ours, log_of_lines(repo.path(), "a.rs", first, last), "{name}");
    }
}

#[test]
fn threads_change_nothing() {
    let steps: Vec<(u8, u8, u8)> = (0..60_u8).map(|n| (n.wrapping_mul(37), n.wrapping_mul(91), n)).collect();
    let repo = random(&steps);
    let of =
        |threads| follow(&ScanOptions { threads, ..options(repo.path(), Renames::Follow) }, None).1.lines;
    assert_eq!(of(1), of(8));
}

#[test]
fn lines_older_than_the_window_have_no_writer() {
    let mut repo = RepoBuilder::new();
    repo.commit("old").write("a.rs", "one\ntwo\nthree\n").create();
    repo.wait(48);
    let new = repo.commit("new").write("a.rs", "one\n2\nthree\n").create();
    let since = Some(TimeSpec::At(Timestamp(repo.now() - 86_400)));
    let (scan, outcome) = follow(&ScanOptions { since, ..options(repo.path(), Renames::Follow) }, None);
    assert_eq!(writers(&scan, lines_of(&scan, &outcome, "a.rs")), ["?", new.as_str(), "?"]);
    assert!(outcome.lines.skipped.is_empty(), "the window is no loss");
}

#[test]
fn a_limit_that_bites_is_told() {
    let mut repo = RepoBuilder::new();
    for round in 0..6 {
        repo.commit("grow")
            .write("a.rs", (0..=round).map(|line| format!("{line}\n")).collect::<Vec<_>>().concat())
            .create();
    }
    let mut repository =
        Repository::open(&options(repo.path(), Renames::Follow), None).expect("a repository");
    let scan = repository.scan(Keep::LineHistory, &Silent).expect("scanned");
    let limits = LineLimits { versions: 4, ..LineLimits::default() };
    let lines = repository.lines(&scan, &[FileIdx(0)], limits, &Silent).expect("followed");
    let known = writers(&scan, &lines.files[0]).iter().filter(|id| *id != "?").count();
    assert_eq!((known, lines.skipped.len()), (4, 1));
}

/// The origins of the lines that a commit deleted, as messages and numbers of lines; and how many telling
/// lines it deleted, and how many of them have no origin.
fn origins(repo: &RepoBuilder, fix: &str, max_source_files: usize) -> (Vec<(String, u32)>, u32, u32) {
    let cache = tempfile::tempdir().expect("a temporary folder");
    let mut answers = Vec::new();
    for cache in [None, Some(cache.path()), Some(cache.path())] {
        let mut repository =
            Repository::open(&options(repo.path(), Renames::Follow), cache).expect("a repository");
        let scan = repository.scan(Keep::LineHistory, &Silent).expect("scanned");
        let id = CommitId::from_hex(fix).expect("an id");
        let fix = scan.commits.iter().position(|commit| commit.id == id).expect("it is in the scan");
        let rules = OriginRules { max_source_files };
        let origins = repository.origins(&scan, &[CommitIdx::new(fix)], rules, &Silent).expect("followed");
        let outcome = repository.finish();
        assert!(outcome.errors.is_empty() && origins.skipped.is_empty(), "{outcome:?} {origins:?}");
        let found = origins.of(CommitIdx::new(fix)).expect("it was asked for").clone();
        let origin =
            |origin: &debtscan_model::Origin| (scan.commit(origin.commit).summary.to_string(), origin.lines);
        answers.push((found.origins.iter().map(origin).collect(), found.deleted, found.untraced));
    }
    assert_eq!((&answers[0], &answers[0]), (&answers[1], &answers[2]), "the cache changes nothing");
    answers.swap_remove(0)
}

#[test]
fn the_lines_that_a_fix_deleted_came_from_the_commits_that_wrote_them() {
    let mut repo = RepoBuilder::new();
    repo.commit("start").write("a.c", "int a;\nint b;\n\nint c;\nint d;\n").create();
    repo.commit("break b").write("a.c", "int a;\nint wrong;\n\nint c;\nint d;\n").create();
    repo.commit("indent").write("a.c", "int a;\n    int wrong;\n\nint c;\nint d;\n").create();
    repo.commit("rename").rename("a.c", "src/a.c").create();
    let fix = repo
        .commit("fix")
        .write("src/a.c", "int a;\nint right;\nint c;\n")
        .write("new.c", "int new;\n")
        .create();
    // Two lines that say something, and a blank one, are gone.
    assert_eq!(origins(&repo, &fix, 50), (vec![("start".to_owned(), 1), ("break b".to_owned(), 1)], 2, 0));
}

#[test]
fn moved_lines_and_commits_of_form_are_passed_over() {
    let mut repo = RepoBuilder::new();
    let block = "int moved_function(int argument)\n{\n    return argument + 1;\n}\n";
    let rest = "int one;\nint two;\nint three;\n";
    repo.commit("start").write("a.c", format!("{block}{rest}")).create();
    repo.commit("move").write("a.c", format!("{rest}{block}")).create();
    let braces = block.replace("argument)\n{", "argument) {");
    let reformat = repo.commit("reformat").write("a.c", format!("{rest}{braces}")).create();
    repo.commit("ignore it").write(".git-blame-ignore-revs", format!("{reformat}\n")).create();
    let fixed = braces.replace("int moved_function(int argument) {", "long moved_function(long argument) {");
    let fix = repo.commit("fix").write("a.c", format!("{rest}{fixed}")).create();
    assert_eq!(origins(&repo, &fix, 50), (vec![("start".to_owned(), 1)], 1, 0));
}

#[test]
fn a_mass_commit_is_passed_over_unless_the_file_came_with_it() {
    let mut repo = RepoBuilder::new();
    repo.commit("start").write("a.c", "int a;\nint b;\nint c;\n").create();
    repo.commit("mass").write("a.c", "int a;\nlong b;\nint c;\n").write("b.c", "int x;\nint y;\n").create();
    let fix = repo.commit("fix").write("a.c", "int a;\nint b2;\nint c;\n").write("b.c", "int x;\n").create();
    let found = |max| origins(&repo, &fix, max);
    assert_eq!(found(1), (vec![("start".to_owned(), 1), ("mass".to_owned(), 1)], 2, 0));
    assert_eq!(found(2), (vec![("mass".to_owned(), 2)], 2, 0));
}
