//! Holding the ranking against what came next.

use std::fmt::Write as _;
use std::path::Path;

use debtscan_testkit::{ObjectFormat, RepoBuilder};
use serde_json::Value;
use tempfile::TempDir;

use crate::assert_stored;
use crate::program::debtscan_in;

/// 2024-01-01T00:00:00Z, the cut of these tests.
const CUT: i64 = 1_704_067_200;
const DAY: i64 = 86_400;
const FILES: usize = 12;

/// Whether the world after the cut is as it was, or full of what must not matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LaterRun {
    Plain,
    Planted,
}

/// A repository of three folders and a list of incidents: twelve known at the cut, eight after it.
struct World {
    folder: TempDir,
    repo: RepoBuilder,
    versions: [usize; FILES],
    /// Where each file is now.
    paths: [String; FILES],
    rows: String,
    incidents: usize,
}

fn code(file: usize, version: usize) -> String {
    let mut text = String::new();
    for line in 0..20 + 10 * file {
        writeln!(text, "int f{file}_{line}(int x) {{ return x + {line}; }}").expect("a string");
    }
    for line in 0..version {
        writeln!(text, "int v{file}_{line}(int x) {{\n    if (x)\n        return {line};\n    return x;\n}}")
            .expect("a string");
    }
    text
}

fn day(offset: i64) -> i64 {
    CUT + offset * DAY
}

impl World {
    fn new(later: LaterRun) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let repo = RepoBuilder::in_folder(&folder.path().join("code"), ObjectFormat::Sha1);
        let paths = std::array::from_fn(|file| format!("{}/f{file}.c", ["core", "net", "ui"][file % 3]));
        let mut world = Self { folder, repo, versions: [1; FILES], paths, rows: String::new(), incidents: 0 };
        world.write_all(-900);
        for (incident, at) in (0..12).zip((-720_i64..).step_by(55)) {
            world.fix(at, &[[0, 3, 4][incident % 3], 6], "");
        }
        if later == LaterRun::Planted {
            world.plant_early();
        }
        for (incident, at) in (0..8).zip((20_i64..).step_by(40)) {
            let files: [usize; 2] = [[0, 4], [4, 3], [7, 0], [11, 6]][incident % 4];
            world.fix(at, &files, "");
        }
        world.commit(370, "the year is over").create();
        if later == LaterRun::Planted {
            world.plant_late();
        }
        world.write_incidents();
        world
    }

    fn write_incidents(&self) {
        let content = format!("id,opened_at,fix_commits\n{}", self.rows);
        std::fs::write(self.path().join("incidents.csv"), content).expect("written");
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn commit(&mut self, at: i64, message: &str) -> debtscan_testkit::CommitBuilder<'_> {
        self.repo.commit(message).at(day(at))
    }

    fn write_all(&mut self, at: i64) {
        let contents: Vec<(String, String)> =
            (0..FILES).map(|file| (self.paths[file].clone(), code(file, self.versions[file]))).collect();
        let mut commit = self.commit(at, "begin");
        for (path, content) in &contents {
            commit = commit.write(path, content);
        }
        commit.create();
    }

    /// Fixes an incident: two more functions in the first of these files, one in the others.
    fn fix(&mut self, at: i64, files: &[usize], opened: &str) {
        let mut contents = Vec::new();
        for (nth, file) in files.iter().enumerate() {
            self.versions[*file] += if nth == 0 { 2 } else { 1 };
            contents.push((self.paths[*file].clone(), code(*file, self.versions[*file])));
        }
        let mut commit = self.commit(at, "fix it");
        for (path, content) in &contents {
            commit = commit.write(path, content);
        }
        let id = commit.create();
        writeln!(self.rows, "INC-{},{opened},{id}", self.incidents).expect("a string");
        self.incidents += 1;
    }

    /// Between the cut and the fixes: renames, growth, rules, an incident from before the cut.
    fn plant_early(&mut self) {
        let (from, to) = (self.paths[0].clone(), "deep/er/renamed.c".to_owned());
        self.commit(2, "move").rename(&from, &to).create();
        self.paths[0] = to;
        let path = self.paths[2].clone();
        self.commit(3, "grow").write(path, code(2, 900)).create();
        let before = format!("{}\n", self.repo.head().expect("a commit"));
        self.commit(4, "rules")
            .write(".gitattributes", "core/** linguist-vendored\nnet/** linguist-generated\n*.c -diff\n")
            .write("CODEOWNERS", "* @later\n")
            .write(".debtscanignore", "ui/\n")
            .write(".git-blame-ignore-revs", before)
            .create();
        self.fix(6, &[9], "2023-12-20");
    }

    /// After the year: more of it, and messages that name incidents of long ago.
    fn plant_late(&mut self) {
        let (from, path) = (self.paths[7].clone(), self.paths[11].clone());
        self.commit(380, "rename again").rename(&from, "far/away.c").create();
        self.commit(381, "INC-0 INC-12 once more").write(path, code(11, 400)).create();
        self.fix(385, &[1], "2025-01-10");
        let (gone, path) = (self.paths[4].clone(), self.paths[5].clone());
        self.commit(390, "end").remove(gone).write(path, "int other;\n").create();
    }

    fn backtest(&self, args: &[&str]) -> String {
        let all = [&["backtest", "code", "--incidents", "incidents.csv", "--quiet"], args].concat();
        debtscan_in(self.path(), &all).done()
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("a JSON document")
}

#[test]
fn nothing_from_after_a_cut_reaches_a_score() {
    let args = ["--format", "json", "--cuts", "2024-01-01"];
    let plain = json(&World::new(LaterRun::Plain).backtest(&args));
    let planted = json(&World::new(LaterRun::Planted).backtest(&args));
    assert_eq!(plain["cuts"].as_array().expect("a list").len(), 1);
    assert_eq!((&plain["cuts"][0]["known"], &plain["cuts"][0]["came"]), (&12.into(), &8.into()));
    assert_eq!(plain["cuts"], planted["cuts"]);
    assert_eq!(plain["calibration"], planted["calibration"]);
    assert_eq!(plain["scores"], planted["scores"]);
    assert_eq!((&plain["incidents"], &planted["incidents"]), (&20.into(), &22.into()));
}

#[test]
fn too_little_data_claims_nothing_and_says_what_is_missing() {
    let world = World::new(LaterRun::Plain);
    let report = json(&world.backtest(&["--format", "json"]));
    assert_eq!(report["claims"], false);
    let statement = report["statement"].as_str().expect("a text");
    assert!(statement.starts_with("Too little is known"), "{statement}");
    // 2023: five of twelve were fixed by then, and seven followed.
    assert!(statement.contains("1 of at least 3 years counted"), "{statement}");
    assert!(statement.contains("2023-01-01, had 7 incidents known (needed: 10)"), "{statement}");
    assert!(!statement.contains('%'), "nothing is claimed: {statement}");
}

#[test]
fn every_format_says_the_same() {
    let world = World::new(LaterRun::Plain);
    let dates = ["--cuts", "2024-01-01"];
    let of = |format: &str| world.backtest(&[&dates[..], &["--format", format]].concat());
    assert_stored!("backtest", of("table"));
    assert_stored!("backtest_markdown", of("markdown"));
    let (json_text, csv, lines) = (of("json"), of("csv"), of("ndjson"));
    let document = json(&json_text);
    let of_json = document["scores"][0]["figures"]["c20"]["mean"].as_f64().expect("a number").to_string();
    assert!(csv.contains(&format!(",,debtscan,c20,{of_json},")), "{csv}");
    assert!(lines.lines().all(|line| json(line).is_object()) && lines.contains(&of_json));
    assert!(of("table").contains("backtest") && of("markdown").contains("| ranking "));
}

#[test]
fn the_cache_and_the_threads_change_nothing() {
    let world = World::new(LaterRun::Plain);
    let of = |args: &[&str]| world.backtest(&[&["--format", "json"], args].concat());
    let plain = of(&["--no-cache", "--jobs", "1"]);
    assert_eq!(of(&["--cache-dir", "cache", "--jobs", "2"]), plain);
    assert_eq!(of(&["--cache-dir", "cache", "--jobs", "3"]), plain);
}

#[test]
fn hidden_incidents_leave_the_target_whole() {
    let world = World::new(LaterRun::Plain);
    let of = |args: &[&str]| {
        json(&world.backtest(&[&["--format", "json", "--cuts", "2024-01-01"], args].concat()))
    };
    let figures = |report: &Value, score: &str| report["cuts"][0]["figures"][score].clone();
    let whole = of(&[]);
    for flag in ["--drop-incidents", "--drop-links"] {
        let none = of(&[flag, "100"]);
        assert_eq!(figures(&none, "debtscan"), figures(&whole, "no_incidents"), "{flag}");
        assert_eq!(figures(&none, "oracle"), figures(&whole, "oracle"), "{flag}");
        let percents =
            ["dropped_incidents_percent", "dropped_links_percent"].map(|key| none["rules"][key].clone());
        assert_eq!(percents.map(|it| it == 100), [flag == "--drop-incidents", flag == "--drop-links"]);
        assert_eq!(of(&[flag, "0"])["cuts"], whole["cuts"], "{flag}");
    }
    let text = world.backtest(&["--cuts", "2024-01-01", "--drop-links", "50", "--seed", "7"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("hidden from the ranking: the evidence of 50% of the known incidents"), "{text}");
    assert!(text.contains("1,000 draws, seed 7"), "{text}");
}

#[test]
fn what_cannot_be_done_is_refused_with_a_reason() {
    let world = World::new(LaterRun::Plain);
    let failed = |args: &[&str]| debtscan_in(world.path(), args).failed();
    assert!(failed(&["backtest", "code"]).contains("backtest needs incidents"));
    let overlapping = ["backtest", "code", "--incidents", "incidents.csv", "--cuts", "2023-06-01,2024-01-01"];
    assert!(failed(&overlapping).contains("would count twice"));
    let relative = ["backtest", "code", "--incidents", "incidents.csv", "--cuts", "90d"];
    assert!(failed(&relative).contains("not a date"));
}

/// Six years of incidents, about nine a year: enough for a conclusion.
fn years() -> World {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let repo = RepoBuilder::in_folder(&folder.path().join("code"), ObjectFormat::Sha1);
    let paths = std::array::from_fn(|file| format!("{}/f{file}.c", ["core", "net", "ui"][file % 3]));
    let mut world = World { folder, repo, versions: [1; FILES], paths, rows: String::new(), incidents: 0 };
    world.write_all(-2_500);
    for (incident, at) in (0..64).zip((-2_400_i64..).step_by(40)) {
        world.fix(at, &[[0, 3, 4][incident % 3], 6], "");
    }
    world.write_incidents();
    world
}

#[test]
fn a_report_cites_the_last_backtest_of_the_same_incidents() {
    let mut world = years();
    let folder = world.path().to_owned();
    let run = |command: &str, args: &[&str]| {
        let base = [command, "code", "--incidents", "incidents.csv", "--quiet"];
        debtscan_in(&folder, &[&base[..], args].concat()).done()
    };
    let cached = ["--format", "json", "--cache-dir", "cache"];
    let cited = |command: &str| json(&run(command, &cached))["backtest"]["statement"].clone();
    assert_eq!(cited("scan"), Value::Null);
    let statement = json(&run("backtest", &cached))["statement"].clone();
    let text = statement.as_str().expect("a text");
    assert!(
        text.contains("of that year's incidents") && text.contains("The best simple ranking, "),
        "{text}"
    );
    assert!(!text.contains("cost"), "{text}");
    assert_eq!(cited("scan"), statement);
    assert_eq!(cited("brief"), statement);
    for command in ["scan", "brief"] {
        for format in ["markdown", "html"] {
            let page = run(command, &["--format", format, "--cache-dir", "cache"]);
            assert!(page.contains("The best simple ranking, "), "{command} as {format}: {page}");
        }
    }
    // Neither without the cache, nor with other rules of the backtest or other settings.
    assert_eq!(json(&run("scan", &["--format", "json", "--no-cache"]))["backtest"], Value::Null);
    run("backtest", &["--cuts", "2022-01-01", "--cache-dir", "cache"]);
    assert_eq!(cited("scan"), statement);
    let narrower = run("scan", &["--exclude", "ui", "--format", "json", "--cache-dir", "cache"]);
    assert_eq!(json(&narrower)["backtest"], Value::Null);
    // A later commit cites it with its commit; other incidents do not.
    let old = world.repo.head().expect("a commit").clone();
    world.commit(400, "go on").write("core/new.c", "int n;\n").create();
    let markdown = run("scan", &["--format", "markdown", "--cache-dir", "cache"]);
    assert!(markdown.contains(&format!("Backtest at {}", &old[..10])), "{markdown}");
    world.rows.push_str("INC-X,2024-01-01,\n");
    world.write_incidents();
    assert_eq!(cited("scan"), Value::Null);
}
