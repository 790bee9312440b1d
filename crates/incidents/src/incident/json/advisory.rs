//! Vulnerability records of OSV, NVD and GitHub -> cells that an incident file would have.

use serde_json::value::RawValue;

use super::record_cell::RecordCell;
use super::tree::{Pairs, Tree};
use crate::incident::cell::LIST_MARK;

/// The cells that are hidden in the structure of a vulnerability record; none for any other record.
pub(super) fn cells(pairs: &Pairs<'_>) -> Vec<RecordCell> {
    let is_osv = pairs.get("affected").is_some();
    let is_nvd = pairs.get("metrics").is_some() && pairs.get("descriptions").is_some();
    let is_github = pairs.get("ghsa_id").is_some();
    let mut found = Vec::new();
    if !(is_osv || is_nvd || is_github) {
        return found;
    }
    let mut fixed: Vec<String> = objects(pairs.get("references")).iter().filter_map(fix_link).collect();
    // GitHub's references are bare links, without type or tags.
    fixed.extend(texts(pairs.get("references")).into_iter().filter(|url| is_change(url)));
    let mut introduced = Vec::new();
    for range in objects(pairs.get("affected")).iter().flat_map(|affected| objects(affected.get("ranges"))) {
        // Ranges of other types count in releases, which are no commits.
        if text(range.get("type")).as_deref() != Some("GIT") {
            continue;
        }
        for event in objects(range.get("events")) {
            fixed.extend(text(event.get("fixed")));
            // `0` stands for the first commit.
            introduced.extend(text(event.get("introduced")).filter(|commit| commit != "0"));
        }
    }
    push(&mut found, "fix_commits", as_list(&fixed));
    push(&mut found, "introduced_commits", as_list(&introduced));
    // GitHub's record has a plain `severity`, which is read as such.
    if is_osv || is_nvd {
        push(&mut found, "severity_name", severity(pairs).unwrap_or_default());
    }
    if is_nvd {
        // NVD has Spanish translations of many descriptions.
        let is_english = |it: &Pairs<'_>| text(it.get("lang")).as_deref() == Some("en");
        let english = objects(pairs.get("descriptions")).into_iter().find(is_english);
        push(&mut found, "description", english.and_then(|it| text(it.get("value"))).unwrap_or_default());
    }
    found
}

/// The severity in words, where the record has one.
fn severity(pairs: &Pairs<'_>) -> Option<String> {
    let of = |pairs: &Pairs<'_>, key: &str| object(pairs.get(key)).and_then(|it| text(it.get("severity")));
    let own = of(pairs, "database_specific").or_else(|| of(pairs, "ecosystem_specific"));
    let affected = || {
        let affected = objects(pairs.get("affected"));
        affected.iter().find_map(|it| of(it, "ecosystem_specific").or_else(|| of(it, "database_specific")))
    };
    let scored = || {
        let metrics = object(pairs.get("metrics"))?;
        // A record may keep older scores beside the newest.
        let keys = ["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"];
        keys.iter().find_map(|key| {
            let metric = objects(metrics.get(key)).into_iter().next()?;
            let data = object(metric.get("cvssData"));
            // For CVSS 2, the severity is next to the data, not in it.
            data.and_then(|data| text(data.get("baseSeverity"))).or_else(|| text(metric.get("baseSeverity")))
        })
    };
    own.or_else(affected).or_else(scored)
}

/// The link of a reference that is marked as a fix.
fn fix_link(reference: &Pairs<'_>) -> Option<String> {
    let is_fix = text(reference.get("type")).as_deref() == Some("FIX");
    let is_patch = texts(reference.get("tags")).iter().any(|tag| tag == "Patch");
    // Links to a fix may also lead to release notes, which name no commit.
    text(reference.get("url")).filter(|url| (is_fix || is_patch) && is_change(url))
}

/// Whether a link leads to a commit or a pull request.
fn is_change(url: &str) -> bool {
    ["/commit/", "/commits/", "/pull/", "/merge_requests/", "?id=", ";h="]
        .iter()
        .any(|part| url.contains(part))
}

fn push(found: &mut Vec<RecordCell>, name: &str, value: String) {
    if !value.is_empty() {
        found.push(RecordCell { name: name.to_owned(), value, is_number: false });
    }
}

/// Texts as one cell, each ended by the mark of a list.
fn as_list(texts: &[String]) -> String {
    let mut cell = String::new();
    for text in texts {
        cell.push_str(text);
        cell.push(LIST_MARK);
    }
    cell
}

fn text(raw: Option<&RawValue>) -> Option<String> {
    match raw.map(Tree::of) {
        Some(Tree::Text(text)) => Some(text),
        _ => None,
    }
}

fn object(raw: Option<&RawValue>) -> Option<Pairs<'_>> {
    match raw.map(Tree::of) {
        Some(Tree::Object(pairs)) => Some(pairs),
        _ => None,
    }
}

fn objects(raw: Option<&RawValue>) -> Vec<Pairs<'_>> {
    match raw.map(Tree::of) {
        Some(Tree::List(elements)) => elements.into_iter().filter_map(|raw| object(Some(raw))).collect(),
        _ => Vec::new(),
    }
}

fn texts(raw: Option<&RawValue>) -> Vec<String> {
    match raw.map(Tree::of) {
        Some(Tree::List(elements)) => elements.into_iter().filter_map(|raw| text(Some(raw))).collect(),
        _ => Vec::new(),
    }
}
