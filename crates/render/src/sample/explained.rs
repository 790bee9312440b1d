//! Explanations for the renderers' tests.

use debtscan_model::CommitId;

use super::{AS_OF, commit, path, priced};
use debtscan_findings::{
    Confidence, ExplainedCommit, ExplainedFile, ExplainedIncident, ExplainedStep, ExplainedSubject,
    Explanation, Introducer, Introduction, Method,
};
use debtscan_incidents::{Currency, Money};

fn step(quantity: &'static str, formula: &'static str, inputs: &str, value: f64) -> ExplainedStep {
    ExplainedStep { quantity, formula, inputs: inputs.to_owned(), value }
}

fn explained_incident(number: i64, minor: i64, fix_commits: Vec<CommitId>) -> ExplainedIncident {
    ExplainedIncident {
        id: format!("CVE-2026-10{number:02}"),
        title: "cookie injection by a crafted Set-Cookie header".to_owned(),
        opened: Some(AS_OF.plus_days(-10 * number)),
        dated_by: Some(debtscan_findings::DateBasis::Opened),
        method: Method::FixCommit,
        confidence: Confidence::High,
        support: Vec::new(),
        price: None,
        share: 0.8,
        cost: Some(Money { minor, currency: Currency::USD }),
        fix_commits,
        fix_lines: 41,
        weight: 0.7,
        introduced: None,
    }
}

/// A file with incidents, commits and an older name.
pub(crate) fn explained_file() -> Explanation {
    let report = priced();
    let cookie = &report.files[3];
    Explanation {
        tool_version: "0.1.0",
        revision: report.revision,
        as_of: AS_OF,
        subject: ExplainedSubject::File {
            path: cookie.path.clone(),
            aliases: vec![path("cookie.c"), path("src/cookie.c")],
            area: "lib".to_owned(),
        },
        rank: Some((4, 340)),
        unranked: None,
        recorded: cookie.recorded.clone(),
        forecast: cookie.forecast.clone(),
        model: report.model,
        steps: vec![
            step("size share", "LOC / sum of LOC", "1,290 / 96,696", 1_290.0 / 96_696.0),
            step("work", "sum over commits of 2^(-age / 365 d) / source files", "24 commits", 8.713),
            step("x work", "((work / LOC) / mean + 0.05)^0.3 / mean of it", "", 1.302),
            step("code share", "size share x multipliers", "0.01334 x 1.302", 0.017_369),
            step("omega", "0.18 x Y / (Y + 20)", "0.18 x 44.25 / 64.25", 0.123_969),
            step(
                "share",
                "(1 - omega) x code share + omega x own share",
                "0.6212 x 0.009318 + 0.3788 x (0.5 x 0.1795 + 0.5 x 0.0686)",
                0.055,
            ),
            step(
                "expected cost per year, USD",
                "N x share x mean cost of an incident",
                "10 x 0.055 x 1,202.62",
                661.44,
            ),
        ],
        incidents: vec![
            explained_incident(1, 400_000, vec![commit('a'), commit('b'), commit('c'), commit('d')]),
            explained_incident(2, 310_000, vec![commit('a')]),
        ],
        commits: (0_u32..14)
            .map(|number| ExplainedCommit {
                id: commit(char::from_digit(number, 16).unwrap()),
                time: AS_OF.plus_days(-30 * i64::from(number)),
                summary: format!(
                    "cookie: tidy the jar, part {number}, so that expired ones are dropped on load"
                ),
                lines_added: 1_204,
                lines_deleted: u64::from(number),
                source_files: 3,
                weight: 0.5_f64.powf(f64::from(number) / 6.0),
            })
            .collect(),
        files: Vec::new(),
    }
}

/// An area with files and without evidence.
pub(crate) fn explained_area() -> Explanation {
    let report = priced();
    let tls = &report.areas[1];
    let files = report.files.iter().filter(|file| file.area == 1);
    Explanation {
        subject: ExplainedSubject::Area { id: tls.id.clone(), name: tls.name.clone() },
        rank: Some((2, 6)),
        unranked: None,
        recorded: tls.recorded.clone(),
        forecast: tls.forecast.clone(),
        files: files
            .map(|file| ExplainedFile {
                path: file.path.clone(),
                recorded: file.recorded.clone(),
                forecast: file.forecast.clone(),
            })
            .collect(),
        ..explained_file()
    }
}

/// A file whose incidents were traced back: to several commits, and to none.
fn introduced() -> Explanation {
    let mut value = explained_file();
    let introducer = |digit: char, lines: u64| Introducer {
        id: commit(digit),
        time: AS_OF.plus_days(-4000),
        summary: "cookies: support domains with a leading dot, as browsers do".to_owned(),
        lines,
    };
    value.incidents[0].introduced = Some(Introduction {
        deleted: 1_234,
        untraced: 4,
        commits: vec![introducer('e', 1_200), introducer('f', 20), introducer('0', 6), introducer('1', 4)],
    });
    value.incidents[1].introduced = Some(Introduction::default());
    value
}

/// An explanation full of other people's text.
fn hostile_explanation() -> Explanation {
    let mut value = explained_file();
    value.subject = ExplainedSubject::File {
        path: path(b"caf\xe9/\x1b[2J\n.c"),
        aliases: vec![path(b"\xff"), path("x".repeat(300))],
        area: "\u{202e}area".repeat(40),
    };
    value.incidents[0].title = "=cmd()\x1b[0m".to_owned();
    value.incidents[0].id = "\r\n".repeat(90);
    value.incidents[0].fix_lines = u64::MAX;
    value.commits[0].summary = "\u{200b}\t|`<script>".to_owned();
    value.commits[0].lines_added = u64::MAX;
    value.steps[0].inputs = "1 ".repeat(200);
    value.rank = None;
    value
}

/// Every explanation, by name.
pub(crate) fn explanations() -> Vec<(&'static str, Explanation)> {
    vec![
        ("file", explained_file()),
        ("area", explained_area()),
        ("introduced", introduced()),
        ("hostile", hostile_explanation()),
    ]
}
