//! Every option on every command: it has its effect, or is refused with a message.

use std::fs;
use std::path::Path;

use debtscan_testkit::RepoBuilder;

use crate::fixture::{Workshop, write_history};
use crate::program::{Run, debtscan, debtscan_in, run};

/// Commands that scan a repository, as (name, arguments without those of [`arguments`]).
const COMMANDS: [(&str, &[&str]); 16] = [
    ("scan", &["scan", "shop"]),
    ("scan by file", &["scan", "shop", "--group", "file"]),
    ("brief", &["brief", "shop", "--area", "payment"]),
    ("explain", &["explain", "payment/src/charge.rs", "shop"]),
    ("incidents", &["incidents", "--repo", "shop"]),
    ("hotspots", &["hotspots", "shop", "--group", "area"]),
    ("functions", &["hotspots", "shop", "--group", "function"]),
    ("coupling", &["coupling", "shop"]),
    ("areas", &["areas", "shop"]),
    ("knowledge", &["knowledge", "shop"]),
    ("trend", &["trend", "payment/src/charge.rs", "shop", "--every", "1"]),
    ("todos", &["todos", "shop"]),
    ("allocation", &["allocation", "shop"]),
    ("delivery", &["delivery", "shop"]),
    ("changes", &["changes", "shop"]),
    ("backtest", &["backtest", "shop"]),
];

/// The arguments of a command on the shop with its incidents.
fn arguments<'a>(name: &str, words: &[&'a str], incidents: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let incidents = match name {
        "changes" => vec![],
        "incidents" => vec![incidents],
        _ => vec!["--incidents", incidents],
    };
    [words, &incidents, more].concat()
}

/// Runs every command on the shop with its incidents and further arguments; `except` names commands to skip.
fn each(workshop: &Workshop, except: &[&str], more: &[&str], mut check: impl FnMut(&str, Run)) {
    for (name, words) in COMMANDS.into_iter().filter(|(name, _)| !except.contains(name)) {
        check(name, debtscan_in(workshop.path(), &arguments(name, words, "incidents.csv", more)));
    }
}

/// Asserts that a run ended well; returns standard output.
#[track_caller]
fn output(name: &str, run: &Run) -> String {
    assert_eq!(run.code, 0, "{name}: {run:?}");
    run.stdout.clone()
}

/// Asserts that an option changes the JSON of every command that takes it.
#[track_caller]
fn changes_the_figures(except: &[&str], option: &[&str]) {
    let workshop = Workshop::new();
    workshop.write("other.toml", "[scan]\nexclude = [\"search/\"]\n");
    each(&workshop, except, &["--format", "json", "--quiet"], |name, plain| {
        let words = COMMANDS.iter().find(|(other, _)| *other == name).expect("listed").1;
        let more = [&["--format", "json", "--quiet"], option].concat();
        let changed = debtscan_in(workshop.path(), &arguments(name, words, "incidents.csv", &more));
        assert_ne!(output(name, &changed), output(name, &plain), "{name} {option:?}");
    });
}

#[test]
fn options_that_choose_the_history_change_what_is_counted() {
    changes_the_figures(&[], &["--rev", "HEAD~2"]);
    // Where an incident falls does not depend on what is shown.
    changes_the_figures(&["incidents"], &["--since", "2024-02-01"]);
    changes_the_figures(&["incidents"], &["--exclude", "search/"]);
    changes_the_figures(&["incidents"], &["--config", "other.toml"]);
}

#[test]
fn the_source_of_areas_changes_the_areas() {
    changes_the_figures(&["changes"], &["--areas", "dir:2"]);
}

#[test]
fn options_that_choose_the_means_do_not_change_the_result() {
    let workshop = Workshop::new();
    for option in [&["--max-memory", "1M"][..], &["--jobs", "1"], &["--no-cache"]] {
        each(&workshop, &[], &["--format", "json", "--quiet"], |name, plain| {
            let words = COMMANDS.iter().find(|(other, _)| *other == name).expect("listed").1;
            let more = [&["--format", "json", "--quiet"], option].concat();
            let other = debtscan_in(workshop.path(), &arguments(name, words, "incidents.csv", &more));
            assert_eq!(output(name, &other), output(name, &plain), "{name} {option:?}");
        });
    }
}

#[test]
fn the_cache_goes_where_it_is_told_or_nowhere() {
    let workshop = Workshop::new();
    for (position, (name, words)) in COMMANDS.into_iter().enumerate() {
        let (chosen, default) = (format!("chosen{position}"), format!("default{position}"));
        let run_with = |more: &[&str]| {
            let args = arguments(name, words, "incidents.csv", more);
            let cache_home = workshop.path().join(&default);
            let run = run(debtscan(workshop.path(), &args).env("XDG_CACHE_HOME", cache_home));
            output(name, &run);
        };
        run_with(&["--cache-dir", &chosen]);
        assert!(workshop.path().join(&chosen).is_dir(), "{name}");
        run_with(&["--no-cache"]);
        assert!(!workshop.path().join(&default).exists(), "{name}");
        run_with(&[]);
        assert!(workshop.path().join(&default).is_dir(), "{name}");
    }
}

#[test]
fn output_goes_to_the_file_in_the_chosen_format() {
    let workshop = Workshop::new();
    for format in ["table", "json", "ndjson", "csv", "markdown", "html"] {
        each(&workshop, &[], &["--format", format, "--quiet"], |name, plain| {
            let words = COMMANDS.iter().find(|(other, _)| *other == name).expect("listed").1;
            let more = ["--format", format, "--quiet", "--output", "out"];
            let run = debtscan_in(workshop.path(), &arguments(name, words, "incidents.csv", &more));
            assert_eq!(output(name, &run), "", "{name}");
            let written = fs::read_to_string(workshop.path().join("out")).expect("written");
            assert_eq!(written, output(name, &plain), "{name} {format}");
        });
    }
}

#[test]
fn colour_is_on_when_asked() {
    let workshop = Workshop::new();
    each(&workshop, &["changes"], &["--color", "always"], |name, run| {
        assert!(output(name, &run).contains('\u{1b}'), "{name}");
    });
    for words in [&["init", "none"][..], &["schema", "--output", "none/x"], &["cache", "status", "none"]] {
        let run = debtscan_in(workshop.path(), &[words, &["--color", "always"]].concat());
        assert!(run.stderr.contains("\u{1b}[") && run.code == 2, "{run:?}");
    }
}

const SECRETS: [&str; 2] = ["Secret", "Acme"];

#[track_caller]
fn assert_hidden(name: &str, run: &Run, secrets: &[&str]) {
    for secret in secrets {
        let is_shown = run.stdout.contains(secret) || run.stderr.contains(secret);
        assert!(!is_shown, "{name} shows {secret}: {run:?}");
    }
}

#[test]
fn redaction_holds_for_every_command_and_error() {
    let workshop = Workshop::new();
    let fix = &workshop.fixes[0];
    workshop.write(
        "secret.csv",
        &format!(
            "id,title,opened_at,accounts,fix_commits,area\nINC-1,Secret outage,2024-01-02,Acme,{fix},\n\
             INC-2,Secret leak,Secret date,Acme,,nowhere\nINC-3,Secret quote,2024-01-02,\"Acme,,\n"
        ),
    );
    workshop.write("headless.csv", "Secret plan of Acme,12500,2024-01-01\nSecret,2,2024-01-02\n");
    workshop.write("broken.json", "[{\"title\": \"Secret plan of Acme\" \"id\": 1}]");
    workshop.write("accounts.csv", "account,arr_usd,renewal\nAcme,Secret sum,Secret day\nByte,5,\n");
    for (name, words) in COMMANDS.into_iter().filter(|(name, _)| *name != "changes") {
        for format in ["table", "json", "csv"] {
            let accounts: &[&str] = if name == "incidents" { &[] } else { &["--accounts", "accounts.csv"] };
            let more = [accounts, &["--redact", "--format", format]].concat();
            let run = debtscan_in(workshop.path(), &arguments(name, words, "secret.csv", &more));
            assert_eq!(run.code, 0, "{name}: {run:?}");
            assert_hidden(name, &run, &SECRETS);
        }
        for file in ["headless.csv", "broken.json"] {
            let run = debtscan_in(workshop.path(), &arguments(name, words, file, &["--redact"]));
            assert_eq!(run.code, 2, "{name}: {run:?}");
            assert!(run.stderr.contains(file), "{name}: {run:?}");
            assert_hidden(name, &run, &SECRETS);
        }
    }
}

#[test]
fn people_are_anonymous_in_every_command() {
    let workshop = Workshop::new();
    let names = ["Ada", "ada@", "Bo Example", "bo@"];
    for format in ["table", "json"] {
        each(&workshop, &[], &["--anonymize", "--format", format], |name, run| {
            output(name, &run);
            assert_hidden(name, &run, &names);
        });
    }
    let unknown =
        debtscan_in(workshop.path(), &["knowledge", "shop", "--leaves", "Bo Exampel", "--anonymize"]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
    assert_hidden("knowledge", &unknown, &names);
}

#[test]
fn every_command_can_be_strict_or_quiet() {
    let workshop = Workshop::new();
    let mut repo = RepoBuilder::new();
    let fixes = write_history(&mut repo);
    repo.shallow([&fixes[0]]);
    let shallow = repo.path().to_str().expect("UTF-8");
    let incidents = workshop.path().join("incidents.csv");
    let incidents = incidents.to_str().expect("UTF-8");
    for (name, words) in COMMANDS {
        let words: Vec<&str> =
            words.iter().map(|word| if *word == "shop" { shallow } else { *word }).collect();
        let run = |more: &[&str]| {
            let more = [&["--format", "json"], more].concat();
            debtscan_in(repo.path(), &arguments(name, &words, incidents, &more))
        };
        let (lenient, strict, quiet) = (run(&[]), run(&["--strict"]), run(&["--quiet"]));
        assert_eq!((lenient.code, strict.code, quiet.code), (0, 1, 0), "{name}: {lenient:?}");
        assert!(lenient.stdout == strict.stdout && lenient.stdout == quiet.stdout, "{name}");
        assert!(lenient.stderr.starts_with("warning: "), "{name}: {lenient:?}");
        assert!(strict.stderr.starts_with("error: "), "{name}: {strict:?}");
        assert_eq!(quiet.stderr, "", "{name}");
    }
}

#[test]
fn options_may_precede_the_command() {
    let workshop = Workshop::new();
    for (name, words) in COMMANDS {
        let after =
            arguments(name, words, "incidents.csv", &["--format", "json", "-q", "--exclude", "search/"]);
        let before = [
            &["--format", "json", "-q", "--exclude", "search/"],
            &arguments(name, words, "incidents.csv", &[])[..],
        ];
        let before = debtscan_in(workshop.path(), &before.concat());
        let after = debtscan_in(workshop.path(), &after);
        assert_eq!(output(name, &before), output(name, &after), "{name}");
    }
    let cache = debtscan_in(workshop.path(), &["-q", "--cache-dir", "none", "cache", "status"]).done();
    assert!(cache.contains("none"), "{cache}");
}

#[test]
fn options_that_a_command_cannot_honour_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options: [&[&str]; 12] = [
        &["--redact"],
        &["--anonymize"],
        &["--strict"],
        &["--max-memory", "1M"],
        &["--rev", "HEAD"],
        &["--since", "90d"],
        &["--exclude", "x"],
        &["--areas", "auto"],
        &["--config", "x"],
        &["--jobs", "1"],
        &["--no-cache"],
        &["--format", "json"],
    ];
    for command in [&["init"][..], &["schema"], &["cache", "status"], &["cache", "clear"]] {
        for option in options {
            refused(folder.path(), command, option);
        }
    }
    for option in [&["--redact"][..], &["--areas", "auto"], &["--incidents", "x"], &["--top", "1"]] {
        refused(folder.path(), &["changes"], option);
    }
    refused(folder.path(), &["cache", "status"], &["--output", "x"]);
    refused(folder.path(), &["schema"], &["--cache-dir", "x"]);
}

#[track_caller]
fn refused(folder: &Path, command: &[&str], option: &[&str]) {
    let expected = format!("error: `debtscan {}` has no option `{}`\n", command.join(" "), option[0]);
    for args in [[command, option].concat(), [option, command].concat()] {
        let message = debtscan_in(folder, &args).failed();
        assert!(message.starts_with(&expected), "{args:?}: {message}");
    }
}

#[test]
fn help_is_a_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let help = |args: &[&str]| debtscan_in(folder.path(), args).done();
    assert_eq!(help(&["help"]), help(&["--help"]));
    assert_eq!(help(&["help", "trend"]), help(&["trend", "--help"]));
    assert_eq!(help(&["help", "cache", "status"]), help(&["cache", "status", "--help"]));
}
