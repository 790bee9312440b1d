//! Results kept between runs: the same bytes with and without, and never where they do not belong.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

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

/// The only folder below `kept`, which is the repository's.
fn repository_folder(workshop: &Workshop) -> PathBuf {
    let entry = fs::read_dir(workshop.path().join("kept")).expect("made").next().expect("one");
    entry.expect("readable").path()
}

/// Puts something else in the place of a file of the cache.
#[cfg(unix)]
fn plant(workshop: &Workshop, what: &str, name: &str) {
    let place = repository_folder(workshop).join(name);
    drop(fs::remove_file(&place));
    match what {
        "link" => symlink(workshop.path().join("precious"), place).expect("linked"),
        "dangling" => symlink(workshop.path().join("created"), place).expect("linked"),
        "device" => symlink("/dev/zero", place).expect("linked"),
        "pipe" => {
            let made = std::process::Command::new("mkfifo").arg(place).status();
            assert!(made.expect("mkfifo can be started").success());
        }
        "folder" => fs::create_dir(place).expect("made"),
        // Sparse, so that no disk holds it.
        "huge" => fs::File::create(place).and_then(|file| file.set_len(1 << 40)).expect("made"),
        other => panic!("{other}"),
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_devices_and_folders_in_the_cache_are_never_opened() {
    let uncached = scan(&Workshop::new(), &["--no-cache"]).done();
    for what in ["link", "dangling", "device", "pipe", "folder", "huge"] {
        for name in ["used", "versions", "0000000000-x.segment"] {
            let workshop = Workshop::new();
            workshop.write("precious", "precious");
            drop(scan(&workshop, &["--cache-dir", "kept"]).done());
            plant(&workshop, what, name);
            let cached = |more: &[&str]| {
                debtscan_in(workshop.path(), &[&ARGS[..], &["--cache-dir", "kept"], more].concat())
            };
            // The second run has something new, and writes.
            for revision in ["HEAD", "HEAD~1"] {
                let run = cached(&["--rev", revision]);
                assert_eq!(run.code, 0, "{what} {name}: {}", run.stderr);
                if revision == "HEAD" {
                    assert_eq!(run.stdout, uncached, "{what} {name}");
                }
                let is_read = name.ends_with("segment") && revision == "HEAD";
                let warning = format!("/{name}`: it is not a regular file");
                let is_said = run.stderr.contains(&warning) || run.stderr.contains("the file is too large");
                assert!(!is_read || is_said, "{what} {name}: {}", run.stderr);
            }
            let lines = ["hotspots", "shop", "--group", "function", "--cache-dir", "kept", "--incidents"];
            let run = debtscan_in(workshop.path(), &[&lines[..], &["incidents.csv"]].concat());
            assert_eq!(run.code, 0, "{what} {name}: {}", run.stderr);
            let status = debtscan_in(workshop.path(), &["cache", "status", "--cache-dir", "kept"]);
            assert!(status.done().starts_with("cache in kept\n"));
            assert_eq!(fs::read(workshop.path().join("precious")).expect("there"), b"precious");
            assert!(!workshop.path().join("created").exists(), "{what} {name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_linked_folder_of_the_cache_is_not_used_but_the_cache_folder_may_be_a_link() {
    let workshop = Workshop::new();
    let uncached = scan(&workshop, &["--no-cache"]).done();
    fs::create_dir(workshop.path().join("mine")).expect("made");
    fs::create_dir(workshop.path().join("theirs")).expect("made");
    symlink("mine", workshop.path().join("kept")).expect("linked");
    assert_eq!(scan(&workshop, &["--cache-dir", "kept"]).done(), uncached);
    assert!(!is_empty(&workshop.path().join("mine")));

    let folder = repository_folder(&workshop);
    fs::remove_dir_all(&folder).expect("removed");
    symlink(workshop.path().join("theirs"), &folder).expect("linked");
    let run = debtscan_in(workshop.path(), &[&ARGS[..], &["--cache-dir", "kept"]].concat());
    assert_eq!((run.code, run.stdout), (0, uncached));
    assert!(run.stderr.contains("warning: cannot read the cache `kept/"), "{}", run.stderr);
    assert!(run.stderr.contains(".debtscan`: it is a link\n"), "{}", run.stderr);
    assert!(is_empty(&workshop.path().join("theirs")));
    for action in ["status", "clear"] {
        drop(debtscan_in(workshop.path(), &["cache", action, "--cache-dir", "kept"]).done());
    }
}

#[cfg(unix)]
#[test]
fn a_link_of_the_repository_does_not_lead_the_cache_out_of_it() {
    let workshop = Workshop::new();
    symlink("..", workshop.shop().join("kept")).expect("linked");
    for args in [&["scan"][..], &["cache", "status"], &["cache", "clear"]] {
        let run = debtscan_in(&workshop.shop(), &[args, &["--cache-dir", "kept"]].concat());
        let message = run.failed();
        assert!(message.starts_with("error: cannot use the cache folder: `kept` is a link"), "{message}");
    }
}
