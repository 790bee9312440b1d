//! The Code Quality report of GitLab.

use std::io::{self, Write};

use debtscan_findings::{Finding, FindingLevel};
use serde_json::{Value as Json, json};

use super::shown::ShownFindings;
use super::{fingerprint, phrases};
use crate::json::document;

/// The path of what has no file; GitLab refuses an entry without one.
const REPOSITORY: &str = ".";

/// Writes the report: an array without a head.
pub(super) fn write(shown: &ShownFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut entries: Vec<Json> = shown.findings.iter().map(entry).collect();
    // The format has no other place for it.
    let cautions = shown.cautions().into_iter().map(|text| ("data-quality", text));
    let said = cautions.chain(shown.cut().map(|text| ("omitted-findings", text)));
    entries.extend(said.enumerate().map(|(number, (name, text))| {
        json!({
            "description": text,
            "check_name": name,
            "fingerprint": format!("{number:032x}"),
            "severity": "info",
            "location": { "path": REPOSITORY, "lines": { "begin": 1 } },
        })
    }));
    document(&entries, out)
}

fn entry(finding: &Finding) -> Json {
    // Relative to the root and without `./`, else GitLab makes no link.
    let path = finding.path.as_ref().map_or_else(|| REPOSITORY.to_owned(), ToString::to_string);
    let lines = finding
        .lines
        .map_or_else(|| json!({ "begin": 1 }), |lines| json!({ "begin": lines.first, "end": lines.last }));
    json!({
        "description": format!("{}: {}", phrases::title(finding.rule()), phrases::message(finding)),
        "check_name": finding.rule().code(),
        // Of two entries with one fingerprint, GitLab shows the first.
        "fingerprint": fingerprint::of(finding),
        "severity": match finding.level {
            FindingLevel::Error => "critical",
            FindingLevel::Warning => "major",
            FindingLevel::Note => "minor",
        },
        "location": { "path": path, "lines": lines },
    })
}
