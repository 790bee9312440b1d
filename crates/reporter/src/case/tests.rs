//! The business case on small histories.

use debtscan_findings::Remark;
use debtscan_findings::brief::{AskSource, Brief, CaseBasis, FixKind, When};
use debtscan_incidents::{
    Account, Accounts, Costs, EngineerDays, Incident, IncidentFile, Incidents, ReadOptions, Severity,
    read_fixes, read_plan,
};
use debtscan_model::{CommitIdx, FileLines, FunctionChange, FunctionHistory, Lines, Scan};
use debtscan_render::{Format, Group, Invocation, RenderOptions};
use proptest::prelude::*;

use super::{CaseOptions, Team, brief};
use crate::analysis::Analysis;
use crate::options::ReportOptions;
use crate::sample::{AS_OF, SampleScan, file_idx, fixed_incident, incidents, usd};

/// No incidents, and the options of a plain report.
pub(super) fn nothing() -> (Incidents, ReportOptions) {
    (Incidents::default(), crate::sample::options())
}

/// Two areas; the commits 1 to 6, oldest first, fix the incidents I-1 to I-6.
pub(super) fn scan() -> Scan {
    SampleScan::new()
        .source("auth/login.c", 200, 40)
        .functions(&[("check", 1, 30), ("small", 20, 2)])
        .source("auth/token.c", 100, 10)
        .source("ui/page.c", 300, 20)
        .commit(900, &[("ui/page.c", 10, 0)])
        .commit(500, &[("auth/login.c", 4, 1)])
        .commit(300, &[("auth/login.c", 4, 1), ("ui/page.c", 4, 1)])
        .commit(200, &[("auth/login.c", 4, 1)])
        .commit(100, &[("auth/token.c", 4, 1)])
        .commit(50, &[("auth/login.c", 4, 1)])
        .build()
}

pub(super) fn six(costs: &[i64]) -> Vec<Incident> {
    (1..=6)
        .map(|number| {
            let mut incident = fixed_incident(&format!("I-{number}"), costs[number - 1], &[number]);
            incident.severity = Some(if number % 2 == 0 { "High" } else { "Low" }.to_owned());
            incident.severity_level = Severity::parse(if number % 2 == 0 { "High" } else { "Low" });
            incident.accounts = if number == 6 { vec!["Northwind".to_owned()] } else { Vec::new() };
            incident
        })
        .collect()
}

/// `check` was touched by the fixes 2, 3, 4 and 6.
pub(super) fn lines(scan: &Scan) -> Lines {
    let change = |commit: u32| FunctionChange { commit: CommitIdx(commit), added: 2, deleted: 1 };
    let check = FunctionHistory { changes: [1, 2, 3, 5].map(change).to_vec() };
    let file = file_idx(scan, "auth/login.c");
    let functions = vec![check, FunctionHistory::default()];
    Lines { files: vec![FileLines { file, owners: Vec::new(), functions }], skipped: Vec::new() }
}

fn made(list: Vec<Incident>, case: &CaseOptions, change: impl FnOnce(&mut ReportOptions)) -> Brief {
    let scan = scan();
    let (_, mut options) = nothing();
    change(&mut options);
    let incidents = incidents(list);
    let analysis = Analysis::of(&scan, &incidents, &options).expect("analysed");
    brief(&analysis, &lines(&scan), case).expect("made")
}

pub(super) fn handling() -> CaseOptions {
    CaseOptions {
        areas: vec!["auth".to_owned()],
        engineer_day: Some(usd(95_000)),
        handling: vec![("low".to_owned(), EngineerDays(100)), ("high".to_owned(), EngineerDays(200))],
        ..CaseOptions::default()
    }
}

pub(super) fn file(text: &str) -> IncidentFile {
    IncidentFile { name: "f.csv".to_owned(), content: text.as_bytes().to_vec() }
}

#[test]
fn a_page_tells_the_last_year_from_the_one_before() {
    let made = made(six(&[0, 900, 100, 0, 0, 300]), &handling(), |_| {});
    let page = &made.pages[0];
    let ids = |year: &debtscan_findings::brief::BriefYear| {
        year.incidents.iter().map(|it| it.id.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        (ids(&page.past.last), ids(&page.past.before)),
        ("I-6 I-5 I-4 I-3".to_owned(), "I-2".to_owned())
    );
    // I-3 is half in ui: 5 of 10 changed lines. High is 20 days, low 10: 20 + 10 + 20 + 5.
    let handling = page.past.last.handling.expect("priced");
    assert_eq!((handling.days, handling.cost), (EngineerDays(550), usd(55 * 95_000)));
    assert!((page.past.last.shares - 3.5).abs() < 1e-12);
    assert_eq!(page.past.last.recorded.minor(usd(0).currency), 350);
    assert_eq!(page.past.last.without_cost, 2);
    let severities: Vec<_> = page.past.last.by_severity.iter().map(|(word, n)| (word.as_str(), *n)).collect();
    assert_eq!(severities, [("High", 2), ("Low", 2)]);
    assert_eq!((made.product.last_year, made.product.year_before), (4, 1));
    assert_eq!(page.past.places[0].function.as_deref(), Some("check"));
    assert_eq!(page.past.places[0].incidents, ["I-3", "I-4", "I-6"]);
}

#[test]
fn without_fixes_the_function_with_recent_incidents_is_proposed() {
    let page = &made(six(&[0; 6]), &handling(), |_| {}).pages[0];
    assert_eq!(page.ask.source, AskSource::Proposals);
    let fix = &page.ask.fixes[0];
    assert_eq!(
        (&fix.kind, fix.places[0].function.as_ref().map(|it| it.name.as_str())),
        (&FixKind::Split, Some("check"))
    );
    assert_eq!((fix.recent.join(" "), fix.older.len()), ("I-2 I-3 I-4 I-6".to_owned(), 0));
    // Nobody says how much it prevents, and six days of work are no pace.
    assert_eq!((page.ask.effect, page.ask.effort, &page.payback), (None, None, &None));
    let of_never = &page.options[2];
    assert_eq!(
        (of_never.when, of_never.outcome.as_ref(), page.options.len()),
        (When::Never, page.nothing.as_ref(), 3)
    );
    assert!(page.options[0].outcome.is_none());
}

pub(super) fn decided() -> CaseOptions {
    let fixes = "id,title,area,estimate,low,high,prevents,paths\n\
                 F-1,One check,auth,9,7,12,75 %,auth/login.c:check\nF-2,Other,ui,5,,,,ui/page.c\n\
                 F-3,Nowhere,auth,4,3,6,75 %,auth/gone.c\n";
    let plan = "item,effort,due,cost of delay per week (USD)\nA,20,2026-01-30,700\nB,27,2026-02-27,\n";
    CaseOptions {
        fixes: Some(read_fixes(&file(fixes), &ReadOptions::default()).expect("read")),
        plan: Some(read_plan(&file(plan), &ReadOptions::default()).expect("read")),
        // Thursday, 1 January 2026 is the day of the scan; the sprint begins on Monday the 5th.
        teams: vec![Team {
            name: "Core".to_owned(),
            capacity: EngineerDays(270),
            sprint_start: AS_OF.plus_days(4),
            sprint_days: 14,
            next_quarter: None,
        }],
        ..handling()
    }
}

#[test]
fn tickets_are_held_against_evidence_capacity_and_plan() {
    let page = &made(six(&[0; 6]), &decided(), |_| {}).pages[0];
    let ask = &page.ask;
    let titles: Vec<_> = ask.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!((ask.source, titles.join(", ")), (AskSource::Tickets, "One check, Nowhere".to_owned()));
    assert_eq!(ask.fixes[1].unknown_places, ["auth/gone.c"]);
    assert_eq!(ask.effort.expect("stated").likely, EngineerDays(130));
    assert_eq!(ask.price.expect("priced").likely, usd(13 * 95_000));
    // Of five recent incidents, four were fixed in `check`.
    assert_eq!((ask.covered.len(), ask.uncovered.join(" ")), (4, "I-5".to_owned()));
    let effect = ask.effect.expect("stated");
    assert!((effect.prevents - 0.75).abs() < 1e-12 && (effect.total - 0.6).abs() < 1e-12);
    assert_eq!(ask.drop_first, Some(1));
    // 13 days are a sprint: A moves from 20 to 33 days, into the second; B from 47 to 60, into the third.
    let displacement = page.displacement.as_ref().expect("a plan");
    let moved: Vec<_> = displacement.items.iter().map(|item| (item.slips_days, item.holds_with)).collect();
    // The second sprint ends on 30 January, the third on 13 February.
    assert_eq!(moved, [(14, Some(true)), (14, Some(true))]);
    assert_eq!(displacement.delay.minor(usd(0).currency), 140_000);
    assert!(page.payback.as_ref().is_some_and(|payback| payback.course.is_some()));
    let now = &page.options[0];
    let nothing = page.nothing.as_ref().expect("dated");
    // In force from 19 January on, day 18 of 365.
    let mean = nothing.incidents.mean * (1.0 - 0.6 * (1.0 - 18.0 / 365.0));
    assert!((now.outcome.as_ref().expect("an effect").incidents.mean - mean).abs() < 1e-9);
}

#[test]
fn names_of_no_area_or_team_are_reported() {
    let fixes = "title,area,team\nOne,auht,Core\nTwo,auth,Crew\n";
    let fixes = Some(read_fixes(&file(fixes), &ReadOptions::default()).expect("read"));
    let made = made(six(&[0; 6]), &CaseOptions { fixes, ..decided() }, |_| {});
    let unknown = Remark::UnknownInCase { areas: vec!["auht".to_owned()], teams: vec!["Crew".to_owned()] };
    assert!(made.head.quality.remarks.contains(&unknown), "{:?}", made.head.quality.remarks);
}

#[test]
fn accounts_are_hit_by_last_years_incidents_alone() {
    let account = Account {
        name: "Northwind".to_owned(),
        id: None,
        revenue: Some(usd(42_000_000)),
        renewal: Some(AS_OF.plus_days(30)),
        risk: Some("At risk".to_owned()),
    };
    let accounts = Accounts::new(vec![account]);
    let made = made(six(&[0; 6]), &decided(), |options| options.accounts = Some(accounts));
    let page = &made.pages[0];
    let hits = page.past.customers.as_ref().expect("accounts");
    assert_eq!(
        (hits[0].account.as_str(), hits[0].is_at_risk, hits[0].incidents.join("")),
        ("Northwind", true, "I-6".to_owned())
    );
    let renewals: Vec<usize> =
        page.options.iter().map(|it| it.renewals.as_ref().map_or(0, Vec::len)).collect();
    // It renews on day 30; the fixes are in force on day 18, or a quarter later.
    assert_eq!(renewals, [0, 1, 1]);
    assert_eq!(page.area.at_risk.as_ref().map(|it| it.accounts), Some(1));
}

#[test]
fn without_incidents_a_page_makes_proposals_and_claims_nothing() {
    let options = CaseOptions { areas: vec!["auth".to_owned()], ..CaseOptions::default() };
    let made = made(Vec::new(), &options, |_| {});
    let page = &made.pages[0];
    assert_eq!(made.pricing.basis, CaseBasis::None);
    assert!(
        page.nothing.is_none() && page.options.is_empty() && page.payback.is_none() && page.review.is_none()
    );
    assert_eq!(page.ask.fixes[0].kind, FixKind::Split);
    assert!(made.by_change.is_empty());
}

#[test]
fn an_unknown_area_is_refused_with_similar_ones() {
    let scan = scan();
    let (incidents, options) = nothing();
    let analysis = Analysis::of(&scan, &incidents, &options).expect("analysed");
    let case = CaseOptions { areas: vec!["autth".to_owned()], ..CaseOptions::default() };
    let error = brief(&analysis, &Lines::default(), &case).expect_err("unknown");
    assert!(matches!(&error, super::CaseError::UnknownArea { areas, .. } if areas[0] == "auth"), "{error:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// What areas hold of last year's costs and of their handling is what the incidents cost.
    #[test]
    fn money_is_conserved_over_areas(costs in prop::collection::vec(0_i64..1_000_000, 6), rate in 1_i64..200_000) {
        let case = CaseOptions { engineer_day: Some(usd(rate)), areas: Vec::new(), ..handling() };
        let made = made(six(&costs), &case, |_| {});
        let mut cost = Costs::default();
        let mut handled = 0;
        for row in &made.portfolio {
            cost.add_all(&row.cost_last_year);
            handled += row.handling_last_year.map_or(0, |money| money.minor);
        }
        // I-3 to I-6 began in the last year: low, high, low, high.
        prop_assert_eq!(cost.minor(usd(0).currency), costs[2..].iter().sum::<i64>());
        prop_assert_eq!(handled, 60 * rate);
    }
}

/// Words of engineers that the leader's part does not use.
pub(super) const ENGINEERS_WORDS: [&str; 8] =
    ["cyclomatic", "cognitive", "churn", "refactor", "tech debt", "hotspot", "coupling", "commit"];

fn rendered(brief: &Brief, format: Format, width: usize) -> String {
    let options = RenderOptions {
        format,
        group: Group::Area,
        sort: debtscan_render::Sort::Cost,
        top: None,
        width,
        names: debtscan_render::Names::Fitted,
        detail: debtscan_render::Detail::Full,
        color: false,
        formulas: debtscan_render::Formulas::Escape,
        invocation: Invocation::default(),
    };
    let mut out = Vec::new();
    debtscan_render::brief(brief, &options, &mut out).expect("rendered");
    String::from_utf8(out).expect("UTF-8")
}

/// Briefs with everything, with proposals, without incidents, and the portfolio.
fn several() -> Vec<Brief> {
    let account = Account {
        name: "Northwind".to_owned(),
        id: None,
        revenue: Some(usd(42_000_000)),
        renewal: None,
        risk: Some("high".to_owned()),
    };
    let accounts = Accounts::new(vec![account]);
    let portfolio = CaseOptions { areas: Vec::new(), ..handling() };
    let without = CaseOptions { areas: vec!["ui".to_owned()], ..CaseOptions::default() };
    vec![
        made(six(&[0, 5, 0, 7, 0, 9]), &decided(), |options| options.accounts = Some(accounts)),
        made(six(&[0, 5, 0, 7, 0, 9]), &handling(), |_| {}),
        made(six(&[0, 5, 0, 7, 0, 9]), &portfolio, |_| {}),
        made(Vec::new(), &without, |_| {}),
    ]
}

#[test]
fn the_leaders_part_has_no_engineers_words() {
    for brief in several() {
        for format in [Format::Table, Format::Markdown] {
            let text = rendered(&brief, format, 100).to_lowercase();
            let end = ["for engineers", "formulas and assumptions", "data quality"];
            let end = end.iter().filter_map(|title| text.find(title)).min().expect("an engineers' part");
            let found: Vec<_> = ENGINEERS_WORDS.iter().filter(|word| text[..end].contains(**word)).collect();
            assert!(found.is_empty(), "{found:?} in {}", &text[..end]);
        }
    }
}

#[test]
fn json_follows_its_schema_and_csv_has_eight_columns() {
    let schema = serde_json::from_str(&debtscan_render::brief_schema()).expect("a schema");
    let schema = jsonschema::validator_for(&schema).expect("a valid schema");
    for brief in several() {
        let json = serde_json::from_str(&rendered(&brief, Format::Json, 100)).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let text = rendered(&brief, Format::Csv, 100);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        assert!(rows.records().all(|row| row.is_ok_and(|row| row.len() == 8)), "{text}");
        for line in rendered(&brief, Format::Ndjson, 100).lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
        }
    }
}

#[test]
fn no_line_of_a_page_is_wider_than_the_terminal() {
    for brief in several() {
        for width in [60, 80, 100, 140] {
            let text = rendered(&brief, Format::Table, width);
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= width, "{widest} columns instead of {width}:\n{text}");
        }
    }
}
