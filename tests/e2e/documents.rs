//! What is printed about debtscan itself.

use std::path::Path;

use crate::assert_stored;
use crate::program::debtscan_in;

#[test]
fn help_is_complete_and_stable() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let help = |args: &[&str]| debtscan_in(folder.path(), args).done();
    assert_stored!("help", help(&["--help"]));
    assert_stored!("help_brief", help(&["brief", "--help"]));
    assert_stored!("help_demo", help(&["demo", "--help"]));
    assert_stored!("help_plan", help(&["plan", "--help"]));
    assert_stored!("help_verify", help(&["verify", "--help"]));
    assert_stored!("help_explain", help(&["explain", "--help"]));
    assert_stored!("help_incidents", help(&["incidents", "--help"]));
    assert_stored!("help_changes", help(&["changes", "--help"]));
    assert_stored!("help_coupling", help(&["coupling", "--help"]));
    assert_stored!("help_areas", help(&["areas", "--help"]));
    assert_stored!("help_backtest", help(&["backtest", "--help"]));
    assert_stored!("help_hotspots", help(&["hotspots", "--help"]));
    assert_stored!("help_knowledge", help(&["knowledge", "--help"]));
    assert_stored!("help_trend", help(&["trend", "--help"]));
    assert_stored!("help_todos", help(&["todos", "--help"]));
    assert_stored!("help_allocation", help(&["allocation", "--help"]));
    assert_stored!("help_delivery", help(&["delivery", "--help"]));
    assert_stored!("help_cache", help(&["cache", "--help"]));
    assert_stored!("help_cache_status", help(&["cache", "status", "--help"]));
    assert_stored!("help_init", help(&["init", "--help"]));
    assert_stored!("help_schema", help(&["schema", "--help"]));
}

#[test]
fn the_version_is_the_manifest_s() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let version = concat!("debtscan ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(debtscan_in(folder.path(), &["--version"]).done(), version);
    assert_eq!(debtscan_in(folder.path(), &["-V"]).done(), version);
}

#[test]
fn every_key_of_the_template_is_documented() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let template = debtscan_in(folder.path(), &["init", "--output", "-"]).done();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let keys = template.lines().filter_map(|line| line.strip_prefix('#')?.split_once(" = "));
    let mut count = 0;
    for (key, _) in keys.filter(|(key, _)| !key.contains(' ')) {
        assert!(page.contains(&format!("`{key}`")), "docs/configuration.md does not mention `{key}`");
        count += 1;
    }
    assert!(count >= 10, "the template shows its keys");
}
