//! Results kept between runs: the same bytes with and without, and never where they do not belong.

use std::fs;
use std::path::Path;

use crate::fixture::Workshop;
use crate::program::{Run, debtscan, debtscan_in, run};

const ARGS: [&str; 5] = ["shop", "--incidents", "incidents.csv", "--format", "json"];

/// The losses of the fixture's incidents are not what these tests are about.
fn scan(workshop: &Workshop, more: &[&str]) -> Run {
    debtscan_in(workshop.path(), &[&ARGS[..], &["--quiet"], more].concat())
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).expect("a folder").next().is_none()
}

#[test]
fn cold_warm_and_uncached_runs_give_the_same_bytes() {
    let workshop = Workshop::new();
    let uncached = scan(&workshop, &["--no-cache"]).done();
    assert_eq!(scan(&workshop, &["--cache-dir", "kept"]).done(), uncached, "cold");
    assert!(!is_empty(&workshop.path().join("kept")));
    assert_eq!(scan(&workshop, &["--cache-dir", "kept"]).done(), uncached, "warm");
    for args in [&["changes", "shop", "--format", "csv"][..], &["explain", "payment", "shop"]] {
        let with = |more: &[&str]| debtscan_in(workshop.path(), &[args, &["--quiet"], more].concat()).done();
        assert_eq!(with(&["--cache-dir", "kept"]), with(&["--no-cache"]));
    }
}

#[test]
fn the_cache_is_in_the_users_cache_folder_unless_it_is_off() {
    let workshop = Workshop::new();
    let home = workshop.path().join("home");
    let elsewhere = workshop.path().join("elsewhere");
    fs::create_dir(&home).expect("made");
    let with_home = |args: &[&str], cache_home: &str| {
        let mut command = debtscan(workshop.path(), &[args, &["--quiet"]].concat());
        command.env("HOME", &home);
        if !cache_home.is_empty() {
            command.env("XDG_CACHE_HOME", cache_home);
        }
        drop(run(&mut command).done());
    };
    with_home(&["shop", "--no-cache"], "");
    with_home(&["shop", "--cache-dir", "named"], "");
    assert!(is_empty(&home), "neither run writes there");
    with_home(&["shop"], elsewhere.to_str().expect("UTF-8"));
    assert!(is_empty(&home));
    assert!(!is_empty(&elsewhere.join("debtscan")));
    with_home(&["shop"], "relative/is/ignored");
    assert!(!is_empty(&home.join(".cache/debtscan")));
    assert!(!workshop.path().join("relative").exists());
}

#[test]
fn a_home_that_is_not_there_is_not_made() {
    let workshop = Workshop::new();
    drop(scan(&workshop, &[]).done());
    assert!(!workshop.path().join("no-home").exists());
}

#[test]
fn trouble_with_the_cache_is_a_warning_beside_the_same_report() {
    let workshop = Workshop::new();
    let uncached = scan(&workshop, &["--no-cache"]).done();
    let told = debtscan_in(workshop.path(), &[&ARGS[..], &["--cache-dir", "incidents.csv"]].concat());
    assert_eq!((told.code, told.stdout.as_str()), (0, uncached.as_str()));
    assert!(told.stderr.contains("warning: cannot write the cache `incidents.csv/"), "{}", told.stderr);
    assert!(told.stderr.contains("--no-cache runs without the cache\n"), "{}", told.stderr);
    let quiet = scan(&workshop, &["--cache-dir", "incidents.csv"]).done();
    assert_eq!(quiet, uncached);
    let both = scan(&workshop, &["--cache-dir", "kept", "--no-cache"]);
    assert!(both.failed().contains("cannot be used with"));
}

#[test]
fn what_is_kept_can_be_seen_and_removed() {
    let workshop = Workshop::new();
    let cache =
        |args: &[&str]| debtscan_in(workshop.path(), &[&["cache"], args, &["--cache-dir", "kept"]].concat());
    assert_eq!(cache(&["status"]).done(), "cache in kept\nthe cache is empty\n");
    drop(scan(&workshop, &["--cache-dir", "kept"]).done());
    let status = cache(&["status"]).done();
    assert!(status.contains("1 file") && status.trim_end().ends_with("shop/.git"), "{status}");
    assert_eq!(cache(&["status", "shop"]).done(), status);
    let cleared = cache(&["clear", "shop"]).done();
    assert!(cleared.starts_with("cleared the results of 1 repository, "), "{cleared}");
    assert_eq!(cache(&["clear"]).done(), "cleared the results of 0 repositories, 0 B\n");
    assert_eq!(cache(&["status"]).done(), "cache in kept\nthe cache is empty\n");
    assert!(cache(&["status", "nowhere"]).failed().contains("cannot open `nowhere`"));
    let homeless = debtscan_in(workshop.path(), &["cache", "status"]).failed();
    assert!(homeless.contains("hint: choose one with --cache-dir DIR"), "{homeless}");
}
