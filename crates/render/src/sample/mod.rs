//! Reports for the renderers' tests: invented figures in the shape of a well-known C library.

mod explained;
mod history;
mod variants;

use debtscan_model::{
    Churn, CommitId, ComplexityMeasure, FileClass, Language, RepoPath, TimeWindow, Timestamp,
};

pub(super) use self::explained::{explained_area, explained_file, explanations};
pub(super) use self::history::scan;
pub(super) use self::variants::{all, empty, hostile, many, modelled, several_currencies, single};
use debtscan_findings::{
    AreaChange, AreaReport, AreaSource, Assumption, BacktestSummary, Basis, BrokenYear, BrokenYears,
    CommitGroup, Confidence, CostForecast, DataQuality, DateBasis, Estimate, FileReport, Forecast, Hours,
    InComplexFunctions, IncidentReport, Interval, LinkReport, LossRules, MeanCost, Method, MethodTotal,
    PlacementReport, Price, RankingExclusion, RankingModel, Recorded, Remark, Remedy, Report, RunnerUp,
    Score, ShareParts, Support, Totals, UnplacedReason,
};
use debtscan_findings::{KnownByOne, PastYear, RepairHalf, TakenBack};
use debtscan_incidents::{Costs, Currency, Money};

/// 2026-11-20T09:00:00Z (`date -u -d 2026-11-20T09:00:00Z +%s`).
pub(super) const AS_OF: Timestamp = Timestamp(1_795_165_200);

/// Name, lines, revisions a year, incidents, cents to date, per mille of the share: size, change,
/// own, surroundings; a tenth of the change goes to complexity.
type Row = (&'static str, u64, u32, u32, i64, [u32; 4]);

const AREAS: [Row; 6] = [
    ("lib", 61_204, 1_412, 61, 7_184_000, [94, 246, 141, 127]),
    ("lib/vtls", 14_310, 412, 18, 1_824_050, [22, 81, 42, 31]),
    ("src", 9_870, 233, 9, 620_000, [15, 48, 10, 8]),
    ("lib/vquic", 5_102, 180, 2, 100_000, [8, 44, 2, 1]),
    ("lib/vauth", 2_310, 12, 6, 374_000, [4, 3, 19, 16]),
    ("packages/OS400", 3_900, 8, 0, 0, [6, 2, 0, 0]),
];

/// A file, the position of its area, and its worst function.
type ListedFile = (Row, usize, Option<(&'static str, u32)>);

const FILES: [ListedFile; 12] = [
    (("lib/url.c", 3_051, 151, 14, 1_410_000, [5, 28, 30, 14]), 0, Some(("parse_remote_port", 87))),
    (("lib/vtls/openssl.c", 4_012, 98, 11, 1_120_050, [6, 24, 26, 12]), 1, Some(("ossl_connect_step1", 112))),
    (("lib/http.c", 3_770, 132, 9, 840_000, [6, 29, 14, 14]), 0, Some(("http_header", 143))),
    (("lib/cookie.c", 1_290, 24, 12, 1_240_000, [2, 6, 34, 13]), 0, Some(("Curl_cookie_add", 96))),
    (("lib/multi.c", 2_870, 120, 4, 310_000, [4, 30, 5, 13]), 0, Some(("multi_runsingle", 201))),
    (("src/tool_operate.c", 1_980, 77, 5, 200_000, [3, 20, 8, 6]), 2, Some(("single_transfer", 188))),
    (("lib/ftp.c", 3_480, 41, 9, 600_000, [5, 10, 16, 13]), 0, Some(("ftp_statemachine", 133))),
    (("lib/vquic/curl_ngtcp2.c", 2_204, 88, 1, 50_000, [3, 22, 1, 1]), 3, Some(("cf_progress_ingress", 54))),
    (("lib/vtls/x509asn1.c", 990, 9, 3, 240_000, [2, 2, 9, 11]), 1, Some(("do_pubkey", 61))),
    (
        ("lib/vauth/ntlm.c", 610, 4, 4, 254_000, [1, 1, 12, 9]),
        4,
        Some(("Curl_auth_create_ntlm_type3_message", 48)),
    ),
    (("src/tool_urlglob.c", 560, 5, 2, 120_000, [1, 1, 4, 1]), 2, Some(("glob_range", 39))),
    (("packages/OS400/ccsidcurl.c", 1_120, 3, 0, 0, [2, 1, 0, 0]), 5, None),
];

pub(super) fn currency(code: &str) -> Currency {
    Currency::new(code).unwrap()
}

pub(super) fn path(bytes: impl AsRef<[u8]>) -> RepoPath {
    RepoPath::new(bytes.as_ref().to_vec()).unwrap()
}

pub(super) fn commit(digit: char) -> CommitId {
    // Ten digits as people see them, and thirty more for the length of an ID.
    CommitId::from_hex(&format!("3f1c9a2b7d{}", digit.to_string().repeat(30))).unwrap()
}

fn shares(per_mille: [u32; 4]) -> ShareParts {
    let [size, change, own, surroundings] = per_mille.map(|part| f64::from(part) / 1000.0);
    ShareParts { size, change: change * 0.9, complexity: change * 0.1, surroundings, own }
}

/// The weight of incident history of the sample.
const OMEGA: f64 = 0.18 * 44.25 / 64.25;

/// 10 incidents a year at $1,202.62 each, times the share.
fn forecast(per_mille: [u32; 4]) -> Forecast {
    let shares = shares(per_mille);
    let mean = 10.0 * shares.total();
    // Not a model: just a range around the mean, with whole ends.
    let low = (mean - 2.0).max(0.0).floor();
    let high = (mean * 1.7 + 0.5).ceil();
    let mean_cost = 120_262.0;
    Forecast {
        shares,
        factors: shares.factors(OMEGA),
        incidents: Some(Interval { low, mean, high }),
        costs: vec![CostForecast {
            currency: Currency::USD,
            minor: Interval {
                low: low * mean_cost * 0.4,
                mean: mean * mean_cost,
                high: high * mean_cost * 1.3,
            },
        }],
    }
}

fn costs(minor: i64) -> Costs {
    let mut costs = Costs::default();
    if minor != 0 {
        costs.add(Money { minor, currency: Currency::USD });
    }
    costs
}

fn recorded(incidents: u32, minor: i64) -> Recorded {
    // Less than one each: incidents have parts elsewhere, too.
    let incident_shares = f64::from(incidents) * 0.75;
    Recorded { incidents, incident_shares, costs: costs(minor), ..Recorded::default() }
}

fn churn(revisions: u32) -> Churn {
    Churn {
        revisions: revisions * 9,
        lines_added: u64::from(revisions) * 210,
        lines_deleted: u64::from(revisions) * 160,
        authors: revisions / 4 + 1,
        first_change: Some(Timestamp(946_684_800)),
        last_change: Some(AS_OF.plus_days(-i64::from(300 / (revisions + 1)))),
    }
}

/// The backtest of an earlier commit.
fn backtest_summary() -> BacktestSummary {
    let estimate = |mean, low, high| Estimate { mean, low, high };
    BacktestSummary {
        revision: commit('b'),
        as_of: AS_OF.plus_days(-30),
        cuts: 7,
        horizon_days: 365,
        is_yearly: true,
        share: estimate(0.27, 0.18, 0.37),
        chance: 0.1,
        best_simple: RunnerUp {
            score: Score::PastIncidents,
            share: estimate(0.24, 0.15, 0.3),
            ahead: estimate(0.03, -0.02, 0.07),
        },
    }
}

/// The first area broke with its past.
fn change(rank: usize, incidents: u32) -> AreaChange {
    let (last_year, year_before) = (incidents / 4, incidents / 5);
    let broken = BrokenYear {
        past_years: 5,
        past_incidents: 9,
        by_past: 0.000_1,
        expected: Interval { low: 1.0, mean: 3.6, high: 7.0 },
        of_past_incidents: 0.14,
        again: 0.012,
    };
    AreaChange {
        last_year,
        year_before,
        rank: (incidents > 3).then_some(rank),
        by_chance: (incidents > 3).then_some(0.43),
        broken: (rank == 1 && incidents > 20).then_some(broken),
    }
}

fn area(rank: usize, row: &Row) -> AreaReport {
    let (name, lines, revisions, incidents, minor, per_mille) = *row;
    AreaReport {
        id: name.to_lowercase(),
        name: name.to_owned(),
        // One area alone, so that a table has rows with an owner and without.
        owner: (rank == 2).then(|| "@curl/tls".to_owned()),
        origin: format!("folder {name}"),
        rank: Some(rank),
        start_rank: None,
        files: 30,
        source_files: 20,
        source_lines: lines,
        churn: churn(revisions),
        revisions_last_year: revisions,
        hotspot: f64::from(revisions) * 37.123,
        recorded: recorded(incidents, minor),
        incidents_last_12_months: incidents / 4,
        incidents_previous_12_months: incidents / 5,
        last_incident: (incidents > 0).then(|| AS_OF.plus_days(-i64::from(incidents))),
        change: change(rank, incidents),
        forecast: forecast(per_mille),
        customers: None,
        file_positions: Vec::new(),
    }
}

/// Two thirds of a file's complexity.
fn in_complex(forecast: &Forecast) -> InComplexFunctions {
    let part = 2.0 / 3.0;
    InComplexFunctions {
        of_complexity: part,
        share: forecast.shares.total() * part,
        incidents: forecast.incidents.map(|incidents| incidents.mean * part),
        costs: forecast.costs.iter().map(|cost| (cost.currency, cost.minor.mean * part)).collect(),
    }
}

fn file(rank: usize, row: &Row, area: usize, worst: Option<(&str, u32)>) -> FileReport {
    let (name, lines, revisions, incidents, minor, per_mille) = *row;
    FileReport {
        path: path(name),
        is_present: true,
        area,
        class: FileClass::Source,
        language: Some(Language("C")),
        rank: Some(rank),
        start_rank: None,
        in_complex: worst.filter(|(_, cognitive)| *cognitive > 15).map(|_| in_complex(&forecast(per_mille))),
        complex_functions: worst.map_or(0, |(_, cognitive)| usize::from(cognitive > 15)),
        sloc: u32::try_from(lines).unwrap(),
        measure: Some(ComplexityMeasure::SyntaxTree),
        cyclomatic: Some(lines / 5),
        cognitive: Some(lines / 4),
        max_nesting: Some(6),
        functions: Some(41),
        worst_function: worst.map(|(name, cognitive)| (name.to_owned(), 310, cognitive)),
        indentation: lines * 2,
        had_syntax_errors: false,
        churn: churn(revisions),
        revisions_last_year: revisions,
        recent_revisions: f64::from(revisions) / 2.0,
        hotspot: f64::from(revisions) * 21.7,
        hotspot_rank: Some(rank),
        recorded: recorded(incidents, minor),
        forecast: forecast(per_mille),
    }
}

/// Orders areas and files by share again.
fn set_ranks(report: &mut Report) {
    let share = |forecast: &Forecast| forecast.shares.total();
    let mut order: Vec<usize> = (0..report.areas.len()).collect();
    order.sort_by(|a, b| share(&report.areas[*b].forecast).total_cmp(&share(&report.areas[*a].forecast)));
    for file in &mut report.files {
        file.area = order.iter().position(|old| *old == file.area).unwrap();
    }
    // Positions in `file.area` were mapped before, while the old order was still known.
    report.areas = order.iter().map(|old| report.areas[*old].clone()).collect();
    report.files.sort_by(|a, b| share(&b.forecast).total_cmp(&share(&a.forecast)));
    for (position, area) in report.areas.iter_mut().enumerate() {
        area.rank = Some(position + 1);
        area.file_positions.clear();
    }
    for (position, file) in report.files.iter_mut().enumerate() {
        file.rank = Some(position + 1);
        report.areas[file.area].file_positions.push(position);
    }
    set_start_ranks(report);
}

/// Ranks by expected incidents per line.
fn set_start_ranks(report: &mut Report) {
    let mut areas: Vec<usize> = (0..report.areas.len()).collect();
    let density = |share: f64, lines: u64| share / lines as f64;
    areas.sort_by(|a, b| {
        let of = |position: usize| {
            let area: &AreaReport = &report.areas[position];
            density(area.forecast.shares.total(), area.source_lines)
        };
        of(*b).total_cmp(&of(*a))
    });
    for (rank, position) in areas.into_iter().enumerate() {
        report.areas[position].start_rank = Some(rank + 1);
    }
    let mut files: Vec<usize> =
        (0..report.files.len()).filter(|at| report.files[*at].rank.is_some()).collect();
    files.sort_by(|a, b| {
        let of = |position: usize| {
            let file: &FileReport = &report.files[position];
            density(file.forecast.shares.total(), u64::from(file.sloc))
        };
        of(*b).total_cmp(&of(*a))
    });
    for (rank, position) in files.into_iter().enumerate() {
        report.files[position].start_rank = Some(rank + 1);
    }
}

fn recorded_price(minor: i64) -> Price {
    let amount = Money { minor, currency: Currency::USD };
    Price { basis: Basis::Recorded, amount, parts: Vec::new(), original: None }
}

fn placed(id: &str, title: &str, minor: i64, links: &[(usize, f64, i64)]) -> IncidentReport {
    let links = links
        .iter()
        .map(|(file, share, minor)| LinkReport {
            file: *file,
            share: *share,
            cost: Some(Money { minor: *minor, currency: Currency::USD }),
        })
        .collect();
    IncidentReport {
        id: id.to_owned(),
        title: title.to_owned(),
        opened: Some(AS_OF.plus_days(-200)),
        dated_by: Some(DateBasis::Opened),
        resolved: Some(AS_OF.plus_days(-190)),
        severity: Some("high".to_owned()),
        cost: Some(Money { minor, currency: Currency::USD }),
        price: Some(recorded_price(minor)),
        hours: Hours::default(),
        customers: None,
        url: Some(format!("https://example.org/{id}")),
        placement: PlacementReport::Attributed {
            method: Method::FixCommit,
            confidence: Confidence::High,
            links,
            commits: vec![commit('a'), commit('b')],
            support: vec![Support { method: Method::AreaName, agrees: true }],
        },
        excluded: None,
        introduced: None,
    }
}

fn unplaced(id: &str, title: &str, minor: i64, reason: UnplacedReason, remedy: Remedy) -> IncidentReport {
    IncidentReport {
        id: id.to_owned(),
        title: title.to_owned(),
        opened: Some(AS_OF.plus_days(-100)),
        dated_by: Some(DateBasis::Opened),
        resolved: None,
        severity: None,
        cost: (minor != 0).then_some(Money { minor, currency: Currency::USD }),
        price: (minor != 0).then(|| recorded_price(minor)),
        hours: Hours::default(),
        customers: None,
        url: None,
        placement: PlacementReport::Unplaced { reason, remedy },
        excluded: Some(RankingExclusion::Unplaced),
        introduced: None,
    }
}

fn incidents() -> Vec<IncidentReport> {
    let mut list = vec![
        placed("CVE-2026-1001", "cookie injection", 500_000, &[(3, 0.8, 400_000), (0, 0.2, 100_000)]),
        placed("CVE-2026-1002", "use after free", 340_050, &[(1, 1.0, 340_050)]),
        unplaced(
            "CVE-2026-1003",
            "TLS session confusion",
            240_000,
            UnplacedReason::CommitNotFound,
            Remedy::CheckBranch,
        ),
        unplaced("CVE-2026-1004", "HSTS bypass", 100_000, UnplacedReason::NoEvidence, Remedy::NameFix),
    ];
    for number in 5..12 {
        let id = format!("CVE-2026-10{number:02}");
        list.push(unplaced(
            &id,
            "minor leak",
            50_000 - number * 1000,
            UnplacedReason::NoEvidence,
            Remedy::NameFix,
        ));
    }
    list
}

fn totals() -> Totals {
    Totals {
        commits: 31_204,
        merges: 12,
        merges_with_changes: 2,
        authors: 1_310,
        bots: Vec::new(),
        merged_people: Vec::new(),
        changed_lines: 1_000_000,
        changed_lines_by_class: FileClass::ALL
            .into_iter()
            .zip([600_000, 200_000, 50_000, 100_000, 40_000, 0, 10_000])
            .collect(),
        max_files_per_commit: 50,
        wide_commits: CommitGroup { commits: 7, changed_lines: 90_000 },
        ignored_commits: CommitGroup { commits: 2, changed_lines: 30_000 },
        first_commit: Some(Timestamp(946_684_800)),
        last_commit: Some(AS_OF),
        files_by_class: FileClass::ALL.into_iter().zip([340, 120, 80, 400, 3, 0, 210]).collect(),
        source_lines: 96_696,
        incidents: 96,
        incidents_later: 0,
        incidents_outside: 0,
        outside: Costs::default(),
        incidents_last_12_months: 9,
        incidents_previous_12_months: 12,
        cost_last_12_months: costs(1_010_000),
        cost_previous_12_months: costs(1_520_000),
        incidents_attributed: 87,
        recorded: costs(10_102_000),
        modelled: Costs::default(),
        recorded_unconverted: Costs::default(),
        incidents_recorded: 84,
        incidents_modelled: 0,
        incidents_assumed: 0,
        assumed: Costs::default(),
        is_assumed_large: false,
        modelled_by_line: Vec::new(),
        hours: Hours::default(),
        attributed_modelled: Costs::default(),
        unattributed_modelled: Costs::default(),
        attributed: costs(9_468_000),
        deleted_code: costs(412_000),
        unattributed: costs(634_000),
        by_method: vec![
            MethodTotal { method: Method::FixCommit, incidents: 78, cost: costs(9_068_000) },
            MethodTotal { method: Method::TicketId, incidents: 9, cost: costs(400_000) },
        ],
    }
}

pub(super) fn mean_cost(currency: Currency, minor: f64, incidents: u32) -> MeanCost {
    MeanCost { currency, minor, incidents, modelled: 0, assumed: 0, winsorised: None }
}

/// Prices, incidents, a few unplaced ones and a few remarks.
pub(super) fn priced() -> Report {
    let mut report = Report {
        tool_version: "0.1.0",
        project: Some("curl".to_owned()),
        revision: commit('0'),
        root: Some(commit('9')),
        as_of: AS_OF,
        window: TimeWindow::default(),
        scope: None,
        first_parent: false,
        area_source: AreaSource::Directories(2),
        totals: totals(),
        currencies: vec![Currency::USD],
        model: RankingModel {
            incident_weight: 44.25,
            // By the formula 0.18 x Y / (Y + 20), with all incidents linked.
            omega: OMEGA,
            linked_share: 1.0,
            incidents_per_year: Some(10.0),
            incidents_last_year: 9,
            incidents_used: 85,
            mean_costs: vec![mean_cost(Currency::USD, 120_262.0, 84)],
            source_lines: 96_696,
            changed_constants: Vec::new(),
        },
        backtest: Some(backtest_summary()),
        broken_years: BrokenYears { years: 6, followed: 2, incidents: 84, after: 41 },
        forecast: forecast([400, 250, 150, 200]),
        areas: AREAS.iter().enumerate().map(|(position, row)| area(position + 1, row)).collect(),
        files: FILES
            .iter()
            .enumerate()
            .map(|(position, (row, area, worst))| file(position + 1, row, *area, *worst))
            .collect(),
        incidents: incidents(),
        customers: None,
        past_year: None,
        agreed: Vec::new(),
        quality: DataQuality {
            rules: LossRules::default(),
            as_of: AS_OF,
            remarks: vec![unplaced_remark(costs(634_000))],
            skipped: Vec::new(),
            rejected: Vec::new(),
            assumptions: vec![
                Assumption::Activity { work_half_life: 365.0, revision_half_life: 180.0, max_files: 50 },
                Assumption::Ranges,
            ],
        },
    };
    set_ranks(&mut report);
    report
}

/// Nine incidents that name nothing.
fn unplaced_remark(cost: Costs) -> Remark {
    let by_reason = vec![(UnplacedReason::NoEvidence, 9)];
    Remark::UnattributedIncidents { incidents: 9, of: 96, cost, by_reason }
}

/// Incidents without any cost.
pub(super) fn counted() -> Report {
    let mut report = priced();
    report.currencies.clear();
    report.model.mean_costs.clear();
    report.forecast.costs.clear();
    let totals = &mut report.totals;
    for sum in [
        &mut totals.recorded,
        &mut totals.attributed,
        &mut totals.deleted_code,
        &mut totals.unattributed,
        &mut totals.cost_last_12_months,
        &mut totals.cost_previous_12_months,
    ] {
        *sum = Costs::default();
    }
    for method in &mut totals.by_method {
        method.cost = Costs::default();
    }
    let areas = report.areas.iter_mut().map(|area| (&mut area.recorded, &mut area.forecast));
    let files = report.files.iter_mut().map(|file| (&mut file.recorded, &mut file.forecast));
    for (recorded, forecast) in areas.chain(files) {
        recorded.costs = Costs::default();
        forecast.costs.clear();
    }
    for incident in &mut report.incidents {
        incident.cost = None;
        incident.price = None;
        if let PlacementReport::Attributed { links, .. } = &mut incident.placement {
            for link in links {
                link.cost = None;
            }
        }
    }
    // The remark of `priced` states a cost.
    report.quality.remarks[0] = unplaced_remark(Costs::default());
    report.quality.assumptions.clear();
    report
}

/// No incident at all.
pub(super) fn bare() -> Report {
    let mut report = counted();
    report.incidents.clear();
    report.totals.incidents = 0;
    report.totals.incidents_last_12_months = 0;
    report.totals.incidents_previous_12_months = 0;
    report.forecast.incidents = None;
    report.totals.incidents_attributed = 0;
    report.totals.by_method.clear();
    report.model.incident_weight = 0.0;
    report.model.omega = 0.0;
    report.model.incidents_per_year = None;
    report.model.incidents_last_year = 0;
    report.model.incidents_used = 0;
    report.quality.remarks.clear();
    let areas = report.areas.iter_mut().map(|area| (&mut area.recorded, &mut area.forecast));
    let files = report.files.iter_mut().map(|file| (&mut file.recorded, &mut file.forecast));
    for (recorded, forecast) in areas.chain(files) {
        *recorded = Recorded::default();
        forecast.incidents = None;
        // Without incidents the model has no parts that rest on them.
        forecast.shares.own = 0.0;
        forecast.shares.surroundings = 0.0;
        forecast.factors = forecast.shares.factors(0.0);
    }
    set_ranks(&mut report);
    report.past_year = Some(PastYear {
        days: 365,
        changes: 512,
        people: 23,
        repair: Some(Interval { low: 0.26, mean: 0.31, high: 0.36 }),
        repair_half: Some(RepairHalf { repairs: 140, files: 4, of_files: 63, code_share: 0.043 }),
        taken_back: TakenBack { reverts: 38, dated: 36, median_days: Some(2.04) },
        known_by_one: KnownByOne::Areas {
            names: vec!["lib/vtls".to_owned()],
            left: Vec::new(),
            inactive_days: 180,
            of: 3,
        },
    });
    report
}
