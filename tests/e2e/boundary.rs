//! A repository decides neither which files a run reads nor which it writes.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::fixture::Workshop;
use crate::program::debtscan_in;

const SECRET: &str = "hunter2";

/// A workshop with a file that nobody must see.
fn workshop() -> Workshop {
    let workshop = Workshop::new();
    workshop.write("secret", &format!("-----BEGIN {SECRET}-----\n{SECRET} = {SECRET}\n"));
    workshop.write("shop/.git/credentials", &format!("id,title\n{SECRET},{SECRET}\n"));
    workshop.write("shop/README.md", "# Shop\n").write("shop/payment/Cargo.toml", "[package]\n");
    workshop
}

/// The error of a run in the shop, which must not show the secret.
fn refused(workshop: &Workshop, args: &[&str]) -> String {
    let message = debtscan_in(&workshop.shop(), args).failed();
    assert!(!message.contains(SECRET), "{message}");
    message
}

fn link(workshop: &Workshop, target: impl AsRef<Path>, name: &str) {
    let link = workshop.shop().join(name);
    if link.symlink_metadata().is_ok() {
        fs::remove_file(&link).expect("removed");
    }
    symlink(target, link).expect("linked");
}

#[test]
fn a_found_configuration_that_is_a_link_or_device_is_refused() {
    let workshop = workshop();
    for target in ["../secret", "/proc/self/environ", "/dev/zero", "payment/Cargo.toml", "nowhere"] {
        link(&workshop, target, "debtscan.toml");
        for command in [&["--no-cache"][..], &["knowledge", "--no-cache"], &["areas", "--no-cache"]] {
            let message = refused(&workshop, command);
            assert!(
                message.starts_with("error: cannot read the configuration `debtscan.toml`: it is a link")
            );
        }
    }
    fs::remove_file(workshop.shop().join("debtscan.toml")).expect("removed");
    fs::create_dir(workshop.shop().join("debtscan.toml")).expect("made");
    insta::assert_snapshot!(refused(&workshop, &[]), @"error: cannot read the configuration `debtscan.toml`: it is not a regular file");
}

#[test]
fn a_configuration_of_a_megabyte_is_refused() {
    let workshop = workshop();
    workshop.write("shop/debtscan.toml", &"# filler\n".repeat(200_000));
    insta::assert_snapshot!(refused(&workshop, &[]), @"error: cannot read the configuration `debtscan.toml`: it is larger than 1048576 bytes");
}

#[test]
fn a_found_configuration_names_files_of_its_repository_only() {
    let workshop = workshop();
    link(&workshop, "../secret", "inside.csv");
    link(&workshop, ".git/credentials", "git.csv");
    let secret = workshop.path().join("secret");
    let secret = secret.to_str().expect("UTF-8");
    for (table, key, what) in [
        ("incidents", "files", "incidents"),
        ("accounts", "files", "accounts"),
        ("people", "anonymize_key", "the key of pseudonyms"),
    ] {
        for name in [secret, "../secret", "inside.csv", "git.csv", ".git/credentials", "/dev/zero", "payment"]
        {
            let value = if key == "files" { format!("[\"{name}\"]") } else { format!("\"{name}\"") };
            workshop.write("shop/debtscan.toml", &format!("[{table}]\n{key} = {value}\n"));
            let message = refused(&workshop, &["--no-cache"]);
            assert!(
                message.starts_with(&format!("error: cannot read {what} from `{name}`: it is ")),
                "{message}"
            );
            assert!(message.contains("hint: a debtscan.toml found in a repository can only name files"));
        }
    }
}

#[test]
fn a_configuration_that_the_user_names_may_name_any_file() {
    let workshop = Workshop::new();
    workshop.write("shop/debtscan.toml", "[incidents]\nfiles = [\"../incidents.csv\"]\n");
    let args = ["--config", "debtscan.toml", "--format", "csv", "--quiet"];
    assert!(debtscan_in(&workshop.shop(), &args).done().contains("payment"));
}

#[test]
fn files_named_by_flags_are_not_followed_out_of_the_repository() {
    let workshop = workshop();
    link(&workshop, "../secret", "link.csv");
    link(&workshop, "..", "folder");
    for flag in ["--config", "--incidents", "--accounts", "--anonymize-key"] {
        for name in ["link.csv", "folder/secret"] {
            let message = refused(&workshop, &[flag, name, "--no-cache"]);
            assert!(message.contains("is a link that leads out of the repository"), "{message}");
            assert!(message.contains("hint: if the link is yours, name the file that it points to"));
        }
    }
    let message = refused(&workshop, &["incidents", "link.csv", "--no-repo"]);
    assert!(message.contains("is a link that leads out of the repository"), "{message}");
}

#[test]
fn no_line_of_a_configuration_outside_the_repository_is_shown() {
    let workshop = workshop();
    let message = refused(&workshop, &["--config", "../secret"]);
    assert!(message.ends_with(
        "secret`: line 1 is not valid\nhint: `debtscan init --output -` prints every known key\n"
    ));
}

#[test]
fn output_never_follows_a_link() {
    let workshop = workshop();
    workshop.write("precious", "precious");
    fs::create_dir(workshop.path().join("outside")).expect("made");
    link(&workshop, "../precious", "debtscan.json");
    link(&workshop, ".git/HEAD", "config.json");
    link(&workshop, "../outside", "out");
    link(&workshop, ".git", "hooks");
    link(&workshop, "README.md", "own.json");
    link(&workshop, "../outside/new", "dangling.json");
    link(&workshop, "/dev/null", "device.json");
    let config = fs::read(workshop.shop().join(".git/HEAD")).expect("readable");
    let readme = fs::read(workshop.shop().join("README.md")).expect("readable");
    for output in [
        "debtscan.json",
        "config.json",
        "out/report.json",
        "hooks/report.json",
        "own.json",
        "dangling.json",
        "device.json",
    ] {
        for command in [&["scan"][..], &["areas"], &["schema"], &["init"]] {
            let args = [command, &["--output", output]].concat();
            let message = refused(&workshop, &args);
            assert!(message.starts_with("error: cannot write `"), "{output}: {message}");
        }
    }
    assert_eq!(fs::read(workshop.path().join("precious")).expect("there"), b"precious");
    assert_eq!(fs::read(workshop.shop().join(".git/HEAD")).expect("there"), config);
    assert_eq!(fs::read(workshop.shop().join("README.md")).expect("there"), readme);
    assert_eq!(fs::read_dir(workshop.path().join("outside")).expect("there").count(), 0);
    assert!(!workshop.shop().join(".git/report.json").exists());
}
