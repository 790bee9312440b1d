//! Explanations for the renderers' tests.

use debtscan_model::CommitId;

use super::{AS_OF, commit, path, priced};
use debtscan_findings::{
    Confidence, ExplainedCommit, ExplainedFile, ExplainedIncident, ExplainedStep, ExplainedSubject,
    Explanation, Introducer, Introduction, Method, Step,
};
use debtscan_incidents::{Currency, Money};

fn step(step: Step, value: f64) -> ExplainedStep {
    ExplainedStep { step, value }
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
        quality: report.quality,
        steps: vec![
            step(Step::SizeShare { lines: 1_290, all_lines: 96_696 }, 1_290.0 / 96_696.0),
            step(Step::Work { counted: 24, commits: 26, half_life: 365.0, max_files: 50 }, 8.713),
            step(Step::WorkMultiplier { work: 8.713, lines: 1_290 }, 1.302),
            step(
                Step::CodeShare { size: 0.013_34, multipliers: [1.302, 1.0, 1.0, 1.0, 1.0, 1.0] },
                0.017_369,
            ),
            step(
                Step::Omega { linked_share: 1.0, max_weight: 0.18, incident_weight: 44.25, saturation: 20.0 },
                0.123_969,
            ),
            step(Step::Share { parts: vec![0.0117, 0.0035, 0.0398] }, 0.055),
            step(Step::ExpectedCost { currency: Currency::USD, incidents: 0.55, mean: 1_202.62 }, 661.44),
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
    value.steps[0].step = Step::Share { parts: vec![1.0; 200] };
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
