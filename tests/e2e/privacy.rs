//! `--redact`: no title and no account in any output, message or cache.

use std::fs;
use std::path::Path;

use crate::fixture::Workshop;
use crate::program::debtscan_in;

const SECRETS: [&str; 2] = ["Secret", "Acme"];

fn workshop() -> Workshop {
    let workshop = Workshop::new();
    let fix = &workshop.fixes[0];
    workshop.write(
        "secret.csv",
        &format!(
            "id,title,opened_at,accounts,fix_commits,area\n\
             INC-1,Secret outage,2024-01-02,Acme,{fix},\n\
             INC-2,Secret leak,Secret date,Acme,,nowhere\n\
             INC-3,Secret quote,2024-01-02,\"Acme,,\n"
        ),
    );
    workshop.write("accounts.csv", "account,arr_usd,renewal\nAcme,Secret sum,Secret day\nByte,5,\n");
    workshop
}

/// Every byte of every file below a folder.
fn contents(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            let bytes = fs::read(&path).expect("readable");
            found.push((path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    found
}

#[track_caller]
fn assert_silent(name: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{name} tells {secret}:\n{text}");
    }
}

#[test]
fn no_output_message_or_cache_holds_a_title_or_an_account() {
    let workshop = workshop();
    fs::create_dir(workshop.path().join("out")).expect("made");
    for command in ["scan", "brief", "explain", "incidents"] {
        for format in ["table", "json", "ndjson", "csv", "markdown", "html"] {
            let output = format!("out/{command}.{format}");
            let mut args = match command {
                "brief" => vec!["brief", "shop", "--area", "payment", "--incidents", "secret.csv"],
                "explain" => vec!["explain", "payment", "shop", "--incidents", "secret.csv"],
                "incidents" => vec!["incidents", "secret.csv", "--repo", "shop"],
                _ => vec!["scan", "shop", "--incidents", "secret.csv"],
            };
            if command != "incidents" {
                args.extend(["--accounts", "accounts.csv"]);
            }
            args.extend(["--redact", "--cache-dir", "cache", "--format", format, "--output", &output]);
            let run = debtscan_in(workshop.path(), &args);
            assert_silent(&output, &format!("{}{}", run.stdout, run.stderr));
        }
    }
    let written = contents(&workshop.path().join("out"));
    assert_eq!(written.len(), 24);
    for (name, text) in written.into_iter().chain(contents(&workshop.path().join("cache"))) {
        assert_silent(&name, &text);
    }
}

#[test]
fn a_file_of_no_use_is_refused_without_its_words() {
    let workshop = workshop();
    workshop.write("headless.csv", "A,Secret plan of Acme\nB,Secret\n");
    let refused = debtscan_in(workshop.path(), &["shop", "--redact", "--incidents", "headless.csv"]).failed();
    assert_silent("the error", &refused);
    assert!(refused.contains("headless.csv"), "{refused}");
}
