//! Verifying fixes on simulated histories, in which the truth is known.

use debtscan_findings::verify::{AreaRole, Verdict, Verification};
use debtscan_incidents::Incident;
use debtscan_model::Scan;
use debtscan_render::{Format, Group, Invocation, RenderOptions};

use super::{VerifyError, VerifyOptions, verify};
use crate::sample::{SampleScan, days_ago, fixed_incident, incidents, options};

/// Days of the simulated histories.
const DAYS: i64 = 2_920;
const AREAS: usize = 10;

/// Knuth's MMIX generator.
struct SimulatedDraws(u64);

impl SimulatedDraws {
    /// A number above 0 and below 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// An exponentially distributed number with this mean.
    fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.uniform().ln()
    }
}

/// Incidents of one area a year, as a function of the age in days.
type Rate<'a> = &'a dyn Fn(usize, i64) -> f64;

/// A feed: ages in days of the incidents of each area, oldest first, each with the number of its area.
fn feed(random: &mut SimulatedDraws, rate: Rate<'_>, most: f64) -> Vec<(i64, usize)> {
    let mut all = Vec::new();
    for area in 0..AREAS {
        let mut age = DAYS as f64;
        loop {
            age -= random.exponential(365.0 / most);
            if age < 1.0 {
                break;
            }
            // Of the incidents at the largest rate, those of the area's rate are kept.
            #[expect(clippy::cast_possible_truncation, reason = "an age in days")]
            let day = age as i64;
            if random.uniform() < rate(area, day) / most {
                all.push((day, area));
            }
        }
    }
    all.sort_by(|a, b| b.cmp(a));
    all
}

/// The repository and the fixed incidents of a feed, up to an age in days.
fn history(feed: &[(i64, usize)], until: i64) -> Scan {
    let mut scan = SampleScan::new();
    let paths: Vec<String> = (0..AREAS).map(|area| format!("a{area}/f.c")).collect();
    for path in &paths {
        scan = scan.source(path, 500, 400);
    }
    for path in &paths {
        scan = scan.commit(DAYS + 30, &[(path.as_str(), 500, 0)]);
    }
    for (age, area) in feed.iter().filter(|(age, _)| *age >= until) {
        scan = scan.commit(*age, &[(paths[*area].as_str(), 3, 2)]);
    }
    let mut scan = scan.build();
    scan.as_of = days_ago(until);
    scan
}

fn list(feed: &[(i64, usize)]) -> Vec<Incident> {
    (0..feed.len()).map(|at| fixed_incident(&format!("I-{at}"), 0, &[AREAS + at + 1])).collect()
}

fn verified(feed: &[(i64, usize)], area: &str, age: i64) -> Result<Verification, VerifyError> {
    let (now, past) = (history(feed, 0), history(feed, age));
    let options = VerifyOptions { report: options(), area: area.to_owned(), since: days_ago(age) };
    verify(&now, Some(&past), &incidents(list(feed)), &options)
}

#[test]
fn nothing_done_is_called_better_no_more_often_than_it_should() {
    let (mut judged, mut better, mut worse) = (0_u32, 0_u32, 0_u32);
    let (mut bad, mut naive) = (0_u32, 0_u32);
    for seed in 0..12_u64 {
        let mut random = SimulatedDraws(seed * 7919 + 1);
        let rates: Vec<f64> = (0..AREAS).map(|_| random.exponential(4.0).min(20.0)).collect();
        let feed = feed(&mut random, &|area, _| rates[area], 20.0);
        for age in [365, 730, 1_095] {
            let found = verified(&feed, "a0", age).expect("verified");
            let outcomes = || [&found.area].into_iter().chain(&found.others);
            for it in outcomes().filter(|it| it.verdict != Verdict::TooEarly) {
                judged += 1;
                better += u32::from(it.verdict == Verdict::Better);
                worse += u32::from(it.verdict == Verdict::Worse);
            }
            // What a team would fix: the area with the most incidents of the time before.
            let worst = outcomes().max_by_key(|it| it.before).expect("areas");
            bad += 1;
            naive += u32::from(worst.observed < worst.before);
        }
    }
    let share = |count: u32| f64::from(count) / f64::from(judged);
    assert!(judged > 150, "{judged}");
    assert!(share(better) <= 0.1, "{better} of {judged} better");
    assert!(share(worse) <= 0.1, "{worse} of {judged} worse");
    // The plain comparison calls the worst area better in most cases.
    assert!(naive * 2 > bad, "{naive} of {bad}");
}

#[test]
fn a_fix_that_works_is_told_and_the_naive_figure_stays_apart() {
    let mut random = SimulatedDraws(5);
    // 16 a year until two years ago, then 2; the others 3 all the time.
    let rate = |area: usize, age: i64| match (area, age > 730) {
        (0, true) => 16.0,
        (0, false) => 2.0,
        _ => 3.0,
    };
    let feed = feed(&mut random, &rate, 16.0);
    let found = verified(&feed, "a0", 730).expect("verified");
    assert_eq!(found.verdict, Verdict::Better);
    assert_eq!((found.days, found.area.role), (730, AreaRole::Treated));
    let came = feed.iter().filter(|(age, area)| *area == 0 && *age < 730).count();
    let before = feed.iter().filter(|(age, area)| *area == 0 && (730..1_460).contains(age)).count();
    assert_eq!((found.area.observed as usize, found.area.before as usize), (came, before));
    assert_eq!(found.trend.expect("nine areas").areas, 9);
    assert!(found.area.expected.low > came as f64, "{:?}", found.area.expected);
    // The other way round it is worse.
    let rate = |area: usize, age: i64| if area == 0 && age < 730 { 16.0 } else { 3.0 };
    let worse = verified(&self::feed(&mut random, &rate, 16.0), "A0", 730).expect("verified");
    assert_eq!(worse.verdict, Verdict::Worse);
}

#[test]
fn it_is_too_early_after_a_few_weeks() {
    let mut random = SimulatedDraws(9);
    let feed = feed(&mut random, &|_, _| 4.0, 4.0);
    let found = verified(&feed, "a1", 21).expect("verified");
    assert_eq!(found.verdict, Verdict::TooEarly);
    assert!(found.ask_again.is_some_and(|day| day > days_ago(0)), "{:?}", found.ask_again);
    assert_eq!(found.power.to_bits(), 0.0_f64.to_bits());
    assert!(found.placebos == 0 && found.as_good == 0);
}

#[test]
fn what_cannot_be_verified_is_refused() {
    let mut random = SimulatedDraws(9);
    let feed = feed(&mut random, &|_, _| 4.0, 4.0);
    assert!(
        matches!(verified(&feed, "b", 400), Err(VerifyError::UnknownArea { areas, .. }) if areas.len() == 5)
    );
    assert!(matches!(verified(&feed, "a1", 0), Err(VerifyError::NotPast)));
    assert!(matches!(verified(&feed, "a1", DAYS + 20), Err(VerifyError::TooFewKnown { known: 0 })));
    let now = history(&feed, 0);
    let options = VerifyOptions { report: options(), area: "a1".to_owned(), since: days_ago(400) };
    let no_commit = verify(&now, None, &incidents(list(&feed)), &options);
    assert!(matches!(no_commit, Err(VerifyError::NoCommit)));
}

fn rendered(found: &Verification, format: Format, width: usize) -> String {
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
    debtscan_render::verification(found, &options, &mut out).expect("rendered");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn every_format_has_the_verdict_and_the_struck_figure() {
    let mut random = SimulatedDraws(3);
    let feed = feed(&mut random, &|area, age| if area == 0 && age < 730 { 2.0 } else { 8.0 }, 8.0);
    let schema = serde_json::from_str(&debtscan_render::verification_schema()).expect("a schema");
    let schema = jsonschema::validator_for(&schema).expect("a valid schema");
    for age in [21, 730] {
        let found = verified(&feed, "a0", age).expect("verified");
        for width in [60, 80, 100, 160] {
            let text = rendered(&found, Format::Table, width);
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= width, "{widest} columns instead of {width}:\n{text}");
            let leader = &text[..text.find("FORMULAS AND ASSUMPTIONS").expect("an engineers' part")];
            let words = [
                "cyclomatic",
                "cognitive",
                "churn",
                "refactor",
                "tech debt",
                "hotspot",
                "coupling",
                "commit",
            ];
            assert!(!words.iter().any(|word| leader.contains(word)), "{leader}");
        }
        assert!(rendered(&found, Format::Table, 100).contains("✗  "));
        assert!(rendered(&found, Format::Markdown, 100).contains("- ~~"));
        assert!(rendered(&found, Format::Html, 100).contains("<s>"));
        let json = serde_json::from_str(&rendered(&found, Format::Json, 100)).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(rendered(&found, Format::Ndjson, 100).lines().count(), 11);
        let text = rendered(&found, Format::Csv, 100);
        let rows = csv::Reader::from_reader(text.as_bytes()).into_records().collect::<Result<Vec<_>, _>>();
        assert_eq!(rows.expect("equal rows").len(), 10);
    }
}
