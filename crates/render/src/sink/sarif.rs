//! SARIF 2.1.0 (OASIS), in the part of it that code hosts read.
//!
//! One run, since hosts refuse or merge several runs of one tool and category.

use std::io::{self, Write};

use debtscan_findings::{Finding, FindingRule, FindingSubject};
use debtscan_model::RepoPath;
use serde_json::{Value as Json, json};

use super::shown::ShownFindings;
use super::{fingerprint, phrases};
use crate::json::document;
use crate::number::{rfc3339, significant};
use crate::text::visible;
use crate::words::area_source_code;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The key of our fingerprint. Uploads of GitHub complain about a key of their own in a file.
const FINGERPRINT: &str = "debtscan/v1";

/// The name that stands for the root of the repository.
const ROOT: &str = "%SRCROOT%";

/// Writes the log.
pub(super) fn write(shown: &ShownFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = shown.report;
    let (in_code, others): (Vec<&Finding>, Vec<&Finding>) =
        shown.findings.iter().partition(|finding| finding.path.is_some());
    // Hosts ignore results without a file, and notifications are where the standard puts them.
    let mut notifications: Vec<Json> = others.iter().map(|finding| notification(finding)).collect();
    let cautions = shown.cautions().into_iter().map(|text| ("warning", text));
    let said = cautions.chain(shown.cut().map(|text| ("note", text)));
    notifications
        .extend(said.map(|(level, text)| json!({ "level": level, "message": { "text": plain(&text) } })));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "debtscan",
                "version": report.tool_version,
                "semanticVersion": report.tool_version,
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": FindingRule::ALL.map(rule),
            } },
            // Areas from another source are another category, with alerts of their own.
            "automationDetails": { "id": format!("debtscan/{}/", area_source_code(report.area_source)) },
            "originalUriBaseIds": { ROOT: { "description": { "text": "Root of the repository." } } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notifications }],
            "results": in_code.iter().map(|finding| result(finding)).collect::<Vec<_>>(),
            "properties": {
                "revision": report.revision.to_string(),
                "rootCommit": report.root.map(|root| root.to_string()),
                "asOf": rfc3339(report.as_of),
                "omittedResults": shown.omitted,
                "dataIsComplete": report.quality.is_whole(),
            },
        }],
    });
    document(&log, out)
}

fn rule(rule: FindingRule) -> Json {
    let (definition, advice) = (phrases::definition(rule), phrases::advice(rule));
    json!({
        "id": rule.code(),
        "name": rule.code(),
        "shortDescription": { "text": format!("{}.", phrases::title(rule)) },
        "fullDescription": { "text": definition },
        "help": { "text": format!("{definition} {advice}"), "markdown": format!("{definition}\n\n{advice}") },
        "defaultConfiguration": { "level": "note" },
        "properties": { "tags": ["maintainability", "technical-debt"] },
    })
}

fn notification(finding: &Finding) -> Json {
    json!({
        "level": phrases::level(finding.level),
        "message": { "text": plain(&phrases::message(finding)) },
        "associatedRule": { "id": finding.rule().code() },
    })
}

fn result(finding: &Finding) -> Json {
    let index = FindingRule::ALL.iter().position(|rule| *rule == finding.rule());
    let mut result = json!({
        "ruleId": finding.rule().code(),
        "ruleIndex": index.expect("every rule is in the list"),
        "level": phrases::level(finding.level),
        "message": { "text": plain(&phrases::message(finding)) },
        "locations": [location(finding)],
        "partialFingerprints": { FINGERPRINT: fingerprint::of(finding) },
        "properties": properties(finding),
    });
    if let Some(expected) = &finding.expected {
        // 0 to 100, the higher the more important.
        result["rank"] = json!(significant(expected.share.clamp(0.0, 1.0) * 100.0, 6));
    }
    result
}

fn location(finding: &Finding) -> Json {
    let path = finding.path.as_ref().expect("results are findings with a file");
    // Hosts ask for a region: a finding about a whole file is shown at its first line.
    let region = finding.lines.map_or_else(
        || json!({ "startLine": 1 }),
        |lines| json!({ "startLine": lines.first.max(1), "endLine": lines.last.max(lines.first).max(1) }),
    );
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(path), "uriBaseId": ROOT },
            "region": region,
        },
    });
    if let FindingSubject::Function { name, .. } = &finding.subject {
        let name = visible(name.as_bytes());
        location["logicalLocations"] = json!([{ "fullyQualifiedName": name, "kind": "function" }]);
    }
    location
}

fn properties(finding: &Finding) -> Json {
    let area = finding.area.as_ref();
    let expected = finding.expected.as_ref();
    let costs = expected.map_or(&[][..], |expected| &expected.costs);
    let cost = |(currency, minor): &(debtscan_incidents::Currency, f64)| json!({ "currency": currency.code(), "meanMinor": significant(*minor, 6) });
    json!({
        "areaId": area.map(|area| &area.id),
        "area": area.map(|area| &area.name),
        "owner": area.and_then(|area| area.owner.as_ref()),
        "expectedShare": expected.map(|expected| significant(expected.share, 6)),
        "expectedIncidentsPerYear": expected.and_then(|it| it.incidents).map(|mean| significant(mean, 6)),
        "expectedCostPerYear": costs.iter().map(cost).collect::<Vec<_>>(),
    })
}

/// Text without embedded links: in messages of SARIF, `[a](b)` is one.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '[' | ']' | '\\') {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}

/// A path as a relative reference of RFC 3986.
pub(super) fn uri(path: &RepoPath) -> String {
    let mut uri = String::new();
    for byte in path.as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(*byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
