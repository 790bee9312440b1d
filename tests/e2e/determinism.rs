//! The same bytes for everybody.

use std::process::Command;

use crate::fixture::Workshop;
use crate::program::{debtscan, run};

const ARGS: [&str; 7] = ["shop", "--incidents", "incidents.csv", "--format", "json", "--quiet", "--jobs"];

fn report(workshop: &Workshop, jobs: &str, prepare: impl FnOnce(&mut Command)) -> String {
    let mut command = debtscan(workshop.path(), &[&ARGS[..], &[jobs]].concat());
    prepare(&mut command);
    run(&mut command).done()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let workshop = Workshop::new();
    let one = report(&workshop, "1", |_| {});
    assert_eq!(one, report(&workshop, "2", |_| {}));
    assert_eq!(one, report(&workshop, "8", |_| {}));
}

#[test]
fn the_folder_the_user_and_their_settings_change_nothing() {
    let here = Workshop::new();
    let there = Workshop::new();
    let hostile = "[diff]\n\trenames = false\n\talgorithm = histogram\n\tnoprefix = true\n\
                   [log]\n\tmailmap = false\n\tdate = relative\n\
                   [core]\n\tquotePath = false\n\tignoreCase = true\n\tabbrev = 5\n\tautocrlf = true\n\
                   \tattributesFile = HOME/attributes\n\texcludesFile = HOME/excludes\n\
                   [mailmap]\n\tfile = HOME/mailmap\n\
                   [i18n]\n\tlogOutputEncoding = latin1\n";
    let home = there.path().join("home");
    there
        .write("home/.gitconfig", &hostile.replace("HOME", &home.display().to_string()))
        .write("home/attributes", "* linguist-vendored binary\n")
        .write("home/excludes", "*\n")
        .write("home/mailmap", "Everybody <all@example.com> <ada@example.com>\n")
        .write("home/git/config", "[diff]\n\trenames = false\n");
    let theirs = report(&there, "2", |command| {
        command
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", &home)
            .env("TZ", "Pacific/Kiritimati")
            .env("LANG", "tr_TR.UTF-8")
            .env("LC_ALL", "tr_TR.UTF-8")
            .env("COLUMNS", "40")
            .env("TERM", "xterm-256color")
            .env("GIT_CONFIG_GLOBAL", home.join(".gitconfig"))
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", "diff.renames")
            .env("GIT_CONFIG_VALUE_0", "false")
            .env("GIT_AUTHOR_NAME", "Somebody Else")
            .env("GIT_DIFF_OPTS", "--unified=0");
    });
    assert_eq!(report(&here, "2", |_| {}), theirs);
}

#[test]
fn a_git_folder_named_by_the_environment_is_not_scanned_instead() {
    let workshop = Workshop::new();
    let elsewhere = workshop.path().join("elsewhere");
    let theirs = report(&workshop, "2", |command| {
        command.env("GIT_DIR", &elsewhere).env("GIT_OBJECT_DIRECTORY", &elsewhere).env("GIT_INDEX_FILE", "x");
    });
    assert_eq!(report(&workshop, "2", |_| {}), theirs);
}
