//! Explanations for the renderers' tests.

use debtscan_model::CommitId;

use super::{AS_OF, commit, path, priced};
use debtscan_findings::{
    Confidence, ExplainedCommit, ExplainedFile, ExplainedIncident, ExplainedStep, ExplainedSubject,
    Explanation, Expression, Introducer, Introduction, Method, Quantity, Whose,
};
use debtscan_incidents::{Currency, Money};

fn step(quantity: Quantity, inputs: Expression, value: f64) -> ExplainedStep {
    ExplainedStep { quantity, inputs, value }
}

fn number(value: f64) -> Expression {
    Expression::Number(value)
}

fn quotient(a: Expression, b: Expression) -> Expression {
    Expression::Quotient(Box::new(a), Box::new(b))
}

fn product(factors: &[f64]) -> Expression {
    Expression::Product(factors.iter().copied().map(number).collect())
}

/// Some steps of a file, each with a result that its numbers give.
fn steps() -> Vec<ExplainedStep> {
    let lines = || Expression::Count(1_290);
    let relative =
        quotient(quotient(number(8.713), lines()), quotient(number(391.4), Expression::Count(96_696)));
    let base = Expression::Sum(vec![relative, number(0.05)]);
    let power = Expression::Power(Box::new(base), Box::new(number(0.3)));
    let rest = Expression::Negative(Box::new(number(0.123_969)));
    let rest = Expression::Sum(vec![Expression::Count(1), rest]);
    let cents = |minor| Expression::Amount(Money { minor, currency: Currency::USD });
    let costs = Expression::Sum(vec![cents(9_000_000), Expression::Negative(Box::new(cents(250_000)))]);
    let work = Quantity::Work { counted: 24, commits: 26, half_life: 365.0, max_files: 50 };
    let works = vec![number(1.0), number(0.9), number(0.5), number(6.313)];
    let mean = Quantity::MeanCost { currency: Currency::USD, is_winsorised: true, assumed: 0 };
    vec![
        step(Quantity::SizeShare, quotient(lines(), Expression::Count(96_696)), 0.013_340_779_3),
        step(work, Expression::Sum(works), 8.713),
        // ((8.713 / 1290) / (391.4 / 96696) + 0.05)^0.3 / 0.91
        step(Quantity::WorkMultiplier, quotient(power, number(0.91)), 1.290_379_55),
        step(Quantity::CodeShare(Whose::File), product(&[0.013_340_78, 1.290_38, 1.2]), 0.020_657_331_3),
        step(
            Quantity::Share { has_incidents: true },
            Expression::Sum(vec![
                Expression::Product(vec![rest, number(0.020_657_33)]),
                product(&[0.123_969, 0.05]),
            ]),
            0.024_294_911_5,
        ),
        step(mean, quotient(costs, Expression::Count(73)), 1_198.630_137),
        step(Quantity::ExpectedCost { currency: Currency::USD }, product(&[0.55, 1_198.63]), 659.246_5),
    ]
}

fn explained_incident(number: i64, minor: i64, fix_commits: Vec<CommitId>) -> ExplainedIncident {
    ExplainedIncident {
        id: format!("CVE-2026-10{number:02}"),
        title: "cookie injection by a crafted Set-Cookie header".to_owned(),
        opened: Some(AS_OF.plus_days(-10 * number)),
        dated_by: Some(debtscan_findings::DateBasis::Opened),
        known: Some(AS_OF.plus_days(-10 * number)),
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
        change: None,
        broken_years: report.broken_years,
        model: report.model,
        quality: report.quality,
        steps: steps(),
        incidents: vec![
            explained_incident(1, 400_000, vec![commit('a'), commit('b'), commit('c'), commit('d')]),
            explained_incident(2, 310_000, vec![commit('a')]),
        ],
        // More than a table shows, so that the line with the rest appears.
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
                work: 0.5_f64.powf(f64::from(number) * 30.0 / 365.0) / 3.0,
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
        change: Some(report.areas[0].change.clone()),
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
    // Asked for, and nothing found: another case than not asked for.
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
    // The widest numbers that a column can get.
    value.incidents[0].fix_lines = u64::MAX;
    value.commits[0].summary = "\u{200b}\t|`<script>".to_owned();
    value.commits[0].lines_added = u64::MAX;
    value.steps[0].inputs = Expression::Sum(vec![number(1.0); 200]);
    value.steps[1].quantity = Quantity::FolderWorkPerLine { folder: path(b"caf\xe9/\x1b[2J\n") };
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
