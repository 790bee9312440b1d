//! Annotations and the job summary of GitHub Actions.

use std::io::{self, Write};

use debtscan_findings::{Finding, FindingLevel, ReportFindings};

use super::phrases::{self, shown_path};
use super::shown::{ShownFindings, cautions};
use crate::markdown::{code, escaped};
use crate::number::{counted, day};
use crate::text::visible;

/// Annotations that GitHub shows per step and kind; further ones vanish without a word.
const MOST_PER_KIND: usize = 10;

/// Bytes of a summary: GitHub drops one above 1,024 KiB completely. The rest is room for the last line.
const MOST_BYTES: usize = 1_000 * 1024;

/// Writes annotations as workflow commands: the first of each kind, then how many are not shown.
pub(super) fn annotations(found: &ReportFindings, out: &mut dyn Write) -> io::Result<()> {
    let findings = &found.findings;
    // They take the places of the last notices, and come first.
    let cautions = cautions(&found.report);
    for text in &cautions {
        writeln!(out, "::notice title=debtscan::{}", data(text))?;
    }
    let mut rest = 0;
    for (level, kind) in
        [(FindingLevel::Error, "error"), (FindingLevel::Warning, "warning"), (FindingLevel::Note, "notice")]
    {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        // The last notice says what was cut.
        let most =
            if level == FindingLevel::Note { MOST_PER_KIND - 1 - cautions.len() } else { MOST_PER_KIND };
        for (position, finding) in of_level.enumerate() {
            if position < most {
                writeln!(out, "{}", annotation(kind, finding))?;
            } else {
                rest += 1;
            }
        }
    }
    if rest > 0 {
        let text = format!(
            "{} are in the job summary and the report.",
            counted(rest, "more finding", "more findings")
        );
        writeln!(out, "::notice title=debtscan::{}", data(&text))?;
    }
    Ok(())
}

fn annotation(kind: &str, finding: &Finding) -> String {
    let mut properties = Vec::new();
    if finding.path.is_some() {
        properties.push(format!("file={}", property(&shown_path(finding))));
    }
    if let Some(lines) = finding.lines {
        properties.push(format!("line={},endLine={}", lines.first, lines.last));
    }
    properties.push(format!("title={}", property(phrases::title(finding.rule()))));
    format!("::{kind} {}::{}", properties.join(","), data(&phrases::message(finding)))
}

/// Text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace("##", "#%23")
}

/// A property of a workflow command, which a colon or comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Writes the summary.
pub(super) fn summary(shown: &ShownFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = shown.report;
    let name =
        report.project.as_deref().map_or_else(String::new, |name| format!(" {}", visible(name.as_bytes())));
    let mut head = format!(
        "### debtscan{}\n\n{} at {}, as of {}.\n",
        escaped(&name),
        counted(shown.findings.len() + shown.omitted, "finding", "findings"),
        code(&report.revision.short()),
        day(report.as_of)
    );
    for text in shown.cautions() {
        head.push_str(&format!("\n> {}\n", escaped(&text)));
    }
    out.write_all(head.as_bytes())?;
    let mut written = head.len();
    let mut omitted = shown.omitted;
    if !shown.findings.is_empty() {
        let columns = "\n| Level | Rule | Place | Finding |\n| :--- | :--- | :--- | :--- |\n";
        out.write_all(columns.as_bytes())?;
        written += columns.len();
    }
    let mut rows = shown.findings.iter();
    for finding in rows.by_ref() {
        let row = row(finding);
        if written + row.len() > MOST_BYTES {
            // A row that does not fit ends the table: a smaller one behind it would be a cheaper finding.
            omitted += 1;
            break;
        }
        out.write_all(row.as_bytes())?;
        written += row.len();
    }
    omitted += rows.len();
    if omitted > 0 {
        let kept = shown.findings.len() + shown.omitted - omitted;
        writeln!(out, "\n{}", escaped(&phrases::omitted(kept, omitted)))?;
    }
    Ok(())
}

fn row(finding: &Finding) -> String {
    let line = finding.lines.map_or_else(String::new, |lines| format!(":{}", lines.first));
    let place = match &finding.path {
        Some(_) => code(&format!("{}{line}", shown_path(finding))),
        None => String::new(),
    };
    let cells = [
        phrases::level(finding.level).to_owned(),
        escaped(phrases::title(finding.rule())),
        place,
        escaped(&phrases::message(finding)),
    ];
    // A table is split at pipes before anything else is recognised.
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}
