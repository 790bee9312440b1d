//! Help, words of similar tools, and what packages ship beside the binary.

use std::process::Command;

use crate::fixture::Workshop;
use crate::program::{debtscan, debtscan_in, run};

#[test]
fn the_short_help_is_a_summary_and_the_long_one_the_reference() {
    let workshop = Workshop::new();
    let help = |args: &[&str]| debtscan_in(workshop.path(), args).done();
    for command in ["scan", "brief", "hotspots", "trend", "incidents"] {
        let (short, long) = (help(&[command, "-h"]), help(&[command, "--help"]));
        assert!(short.lines().count() <= 40, "{command}: {short}");
        assert!(!short.contains("--max-memory") && long.contains("--max-memory"), "{command}");
    }
    let short = help(&["-h"]);
    assert!(short.lines().count() <= 40 && short.contains("debtscan scan -h"), "{short}");
    assert!(help(&["--help"]).contains("Exit codes:"));
}

#[test]
fn words_of_similar_tools_get_a_pointer() {
    let workshop = Workshop::new();
    let hint = |args: &[&str]| {
        let stderr = run(&mut debtscan(workshop.path(), args)).failed();
        stderr.lines().find_map(|line| line.strip_prefix("hint: ").map(str::to_owned)).expect("a hint")
    };
    assert_eq!(hint(&["--json"]), "use `--format json`");
    assert_eq!(hint(&["hotspots", "shop", "--limit", "3"]), "use `--top`");
    assert_eq!(hint(&["report"]), "did you mean the command `debtscan scan`?");
    assert_eq!(hint(&["explian"]), "did you mean the command `debtscan explain`?");
    // An option of ours that the command does not have keeps its own message.
    assert_eq!(hint(&["todos", "shop", "--full"]), "`debtscan todos --help` lists its options");
}

#[test]
fn ages_may_be_written_as_git_takes_them() {
    let workshop = Workshop::new();
    let since =
        |age| debtscan_in(workshop.path(), &["shop", "--quiet", "--format", "json", "--since", age]).done();
    assert_eq!(since("1 month ago"), since("1mo"));
    assert_eq!(since("2.weeks.ago"), since("2w"));
    assert_ne!(since("2 weeks"), since("1 year ago"));
}

#[test]
fn verbose_tells_times_and_what_the_cache_gave() {
    let workshop = Workshop::new();
    let args = ["shop", "--verbose", "--cache-dir", "kept", "--format", "json"];
    let lines = |args: &[&str]| debtscan_in(workshop.path(), args).stderr;
    let first = lines(&args);
    assert!(first.contains(" s  reading commits\n") && first.contains(" s  in all\n"), "{first}");
    assert!(first.contains("from the cache: 0 commits, 0 files, lines of 0 files\n"), "{first}");
    let second = lines(&args);
    // 9 commits change files of the shop.
    assert!(second.contains("from the cache: 9 commits"), "{second}");
    let quiet = debtscan_in(workshop.path(), &["shop", "--quiet", "--verbose"]);
    assert_eq!(quiet.code, 2, "both at once cannot be meant");
}

#[test]
fn completions_are_read_by_their_shell() {
    let workshop = Workshop::new();
    let script = debtscan_in(workshop.path(), &["completions", "bash"]).done();
    workshop.write("debtscan.bash", &script);
    let command = "source ./debtscan.bash; COMP_WORDS=(debtscan hots); COMP_CWORD=1; \
                   _debtscan debtscan hots debtscan; echo \"${COMPREPLY[*]}\"";
    let output = Command::new("bash").args(["-c", command]).current_dir(workshop.path()).output();
    let output = output.expect("bash can be started");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "hotspots\n", "{output:?}");
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        assert!(debtscan_in(workshop.path(), &["completions", shell]).done().contains("hotspots"), "{shell}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let workshop = Workshop::new();
    let page = debtscan_in(workshop.path(), &["man"]).done();
    assert!(page.contains(".TH debtscan 1") && page.contains("hotspots"), "{page}");
    let page = debtscan_in(workshop.path(), &["man", "trend"]).done();
    assert!(page.contains(".TH debtscan-trend 1") && page.contains("every"), "{page}");
    let failed = run(&mut debtscan(workshop.path(), &["man", "tremd"])).failed();
    assert_eq!(failed, "error: no command `tremd`\nhint: `debtscan --help` lists the commands\n");
}
