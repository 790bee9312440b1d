//! JUnit XML: one suite per rule, one case per finding; a rule without findings is one case that passes.

use std::io::{self, Write};

use debtscan_findings::{Finding, FindingLevel, FindingRule};

use super::phrases::{self, shown_path};
use super::shown::ShownFindings;
use crate::text::{visible, without_commands};

/// Writes the suites.
pub(super) fn write(shown: &ShownFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let failures = shown.findings.iter().filter(|finding| is_bad(finding.level)).count();
    let passed = FindingRule::ALL.iter().filter(|rule| of_rule(shown, **rule).next().is_none()).count();
    let tests = shown.findings.len() + passed;
    writeln!(out, "<testsuites name=\"debtscan\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    for rule in FindingRule::ALL {
        suite(rule, &of_rule(shown, rule).collect::<Vec<_>>(), out)?;
    }
    let said: Vec<String> = shown.cautions().into_iter().chain(shown.cut()).collect();
    if !said.is_empty() {
        writeln!(out, "  <system-out>{}</system-out>", xml(&said.join(" ")))?;
    }
    writeln!(out, "</testsuites>")
}

fn of_rule<'a>(shown: &ShownFindings<'a>, rule: FindingRule) -> impl Iterator<Item = &'a Finding> {
    shown.findings.iter().filter(move |finding| finding.rule() == rule)
}

fn suite(rule: FindingRule, findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let failures = findings.iter().filter(|finding| is_bad(finding.level)).count();
    let code = rule.code();
    writeln!(
        out,
        "  <testsuite name=\"{code}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">",
        findings.len().max(1)
    )?;
    if findings.is_empty() {
        let title = xml(phrases::title(rule));
        writeln!(out, "    <testcase classname=\"debtscan.{code}\" name=\"{title}: none\"/>")?;
    }
    for finding in findings {
        case(code, finding, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn case(code: &str, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let mut place = String::new();
    if finding.path.is_some() {
        place = format!(" file=\"{}\"", xml(&shown_path(finding)));
    }
    if let Some(lines) = finding.lines {
        place.push_str(&format!(" line=\"{}\"", lines.first));
    }
    let name = xml(&name(finding));
    let message = xml(&phrases::message(finding));
    writeln!(out, "    <testcase classname=\"debtscan.{code}\" name=\"{name}\"{place}>")?;
    if is_bad(finding.level) {
        let level = phrases::level(finding.level);
        let advice = xml(phrases::advice(finding.rule()));
        writeln!(out, "      <failure type=\"{level}\" message=\"{message}\">{advice}</failure>")?;
    } else {
        writeln!(out, "      <system-out>{message}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// A name that stays the same from run to run, since reports compare cases by it.
fn name(finding: &Finding) -> String {
    use debtscan_findings::FindingSubject;

    match &finding.subject {
        FindingSubject::Function { ordinal, .. } => {
            let number = if *ordinal == 0 { String::new() } else { format!(" #{}", ordinal + 1) };
            format!("{}: {}{number}", shown_path(finding), phrases::subject(finding))
        }
        _ => phrases::subject(finding),
    }
}

/// Text or an attribute of XML 1.0.
pub(super) fn xml(text: &str) -> String {
    // Two characters that are visible in Unicode, and that XML forbids.
    let allowed = |character: char| !matches!(character, '\u{fffe}' | '\u{ffff}');
    let text: String = visible(without_commands(text).as_bytes()).chars().filter(|it| allowed(*it)).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Whether a tool that knows only good and bad should call it bad.
fn is_bad(level: FindingLevel) -> bool {
    level != FindingLevel::Note
}
