//! Reports that differ from the usual: several currencies, hostile text, one row, many, none.

use debtscan_model::{FileClass, SkipReason, TimeWindow, Timestamp};

use super::{AS_OF, bare, commit, counted, currency, mean_cost, path, priced, set_start_ranks};
use debtscan_findings::{
    AccountHit, Assumption, Basis, CostForecast, CustomerImpact, Customers, DataQuality, Interval, LossRules,
    Price, PriceFormula, PricedLine, Remark, Report, SkippedGroup, Totals,
};
use debtscan_incidents::{Currency, Money, RejectedRow, RowFate, RowPosition};

/// Two more currencies, one without a minor unit.
pub(crate) fn several_currencies() -> Report {
    let mut report = priced();
    report.currencies = vec![currency("CHF"), currency("JPY"), Currency::USD];
    let area = &mut report.areas[1];
    area.recorded.costs.add(Money { minor: 4_120_000_000, currency: currency("CHF") });
    area.recorded.costs.add(Money { minor: 1_200, currency: currency("JPY") });
    area.recorded.customers = Some(1_240_000);
    area.forecast.costs.insert(
        0,
        CostForecast {
            currency: currency("CHF"),
            minor: Interval { low: 1_000_000.0, mean: 310_000_000.0, high: 900_000_000.0 },
        },
    );
    area.forecast.costs.insert(
        1,
        // Less than one yen, which must not be shown as 0.
        CostForecast { currency: currency("JPY"), minor: Interval { low: 0.0, mean: 0.3, high: 900.0 } },
    );
    report.totals.recorded.add(Money { minor: 4_120_000_000, currency: currency("CHF") });
    report.totals.attributed.add(Money { minor: 4_120_000_000, currency: currency("CHF") });
    report.model.mean_costs.insert(0, mean_cost(currency("CHF"), 4_120_000_000.0, 1));
    report
}

/// Everything that other people can write into a repository or an export.
pub(crate) fn hostile() -> Report {
    let mut report = priced();
    let long = format!("deep/{}/{}.rs", "a_rather_long_folder_name/".repeat(12) + "end", "n".repeat(120));
    let paths: [&[u8]; 6] = [
        b"caf\xe9/m\xfcll.c",
        "源代码/非常长的目录名称/渲染/表格渲染器的实现文件.rs".as_bytes(),
        b"evil\x1b[31m/\n|`<b>.c",
        "rtl/\u{202e}gpj.\u{200b}exe".as_bytes(),
        long.as_bytes(),
        // The classic formula that starts a program from a spreadsheet.
        b"=cmd|' /C calc'!A0,\"x\"",
    ];
    for (file, bytes) in report.files.iter_mut().zip(paths) {
        file.path = path(bytes);
    }
    report.files[0].worst_function = Some(("fn\u{1b}[2J<T>::go".to_owned(), 1, u32::MAX));
    report.areas[0].name = "=HYPERLINK(\"http://x\")\u{202e}".to_owned();
    // Each of these letters takes two columns of a terminal.
    report.areas[1].name = "漢字".repeat(40);
    report.areas[2].owner = Some("@a/b | `c` \n".repeat(9));
    // An escape sequence that sets the title of a terminal.
    report.incidents[2].id = "INC\n\x1b]0;owned\x07".to_owned();
    report.incidents[2].title = "x".repeat(400);
    report.incidents[3].id = "I".repeat(300);
    let extreme = &mut report.areas[3];
    // As large as the types allow: columns must give way, and nothing may overflow.
    extreme.source_lines = u64::MAX;
    extreme.recorded.costs.add(Money { minor: i64::MAX - 100_000, currency: Currency::USD });
    extreme.recorded.customers = Some(u64::MAX);
    extreme.forecast.costs[0].minor = Interval { low: -1e18, mean: 9e18, high: 9e19 };
    extreme.forecast.incidents = Some(Interval { low: 0.0, mean: 1e12, high: 1e15 });
    let last = report.files.len() - 1;
    report.files[last].rank = None;
    report.files[last].start_rank = None;
    report.files[last].is_present = false;
    report.files[last - 1].rank = None;
    report.files[last - 1].start_rank = None;
    report.files[last - 1].class = FileClass::Test;
    report.scope = Some(path(b"caf\xe9"));
    report.project = Some("p\u{1b}roject ".repeat(30));
    // Beyond the calendar at both ends.
    report.window = TimeWindow { since: Some(Timestamp(i64::MIN)), until: Some(Timestamp(i64::MAX)) };
    report.quality = damaged();
    report
}

/// Losses of every kind.
fn damaged() -> DataQuality {
    let rejected = |line, column: &str, value: &str, fate| RejectedRow {
        position: RowPosition { file: "incidents.csv".to_owned(), line },
        column: column.to_owned(),
        value: value.to_owned(),
        reason: "not an amount such as 1200.50".to_owned(),
        fate,
    };
    DataQuality {
        rules: LossRules::default(),
        as_of: AS_OF,
        remarks: vec![
            Remark::ShallowClone,
            Remark::Skipped { reason: SkipReason::Submodule, items: 1_312, of: 0 },
            Remark::UnknownPlaces { names: vec![("the last commit\u{7} is old".to_owned(), 1)] },
        ],
        skipped: vec![
            SkippedGroup {
                reason: SkipReason::ShallowBoundary,
                items: 1,
                examples: vec![commit('f').to_string()],
            },
            SkippedGroup {
                reason: SkipReason::Submodule,
                items: 1_312,
                examples: (0..5).map(|n| format!("third_party/module-{n}")).collect(),
            },
        ],
        // More than a table lists, and one row that was skipped whole.
        rejected: (0..9)
            .map(|line| rejected(line + 2, "cost", "12\x1b[0m", RowFate::ValueIgnored))
            .chain([rejected(12, "", "", RowFate::Skipped)])
            .collect(),
        assumptions: vec![Assumption::Credits],
    }
}

/// A part of the cost is modelled, and customers are known.
pub(crate) fn modelled() -> Report {
    let mut report = priced();
    let usd = |minor| Money { minor, currency: Currency::USD };
    report.totals.recorded = debtscan_incidents::Costs::default();
    report.totals.recorded.add(usd(9_102_000));
    for sum in [&mut report.totals.modelled, &mut report.totals.attributed_modelled] {
        sum.add(usd(1_000_000));
    }
    report.totals.incidents_modelled = 5;
    report.totals.modelled_by_line = vec![PricedLine {
        line: "price.effort_hour".to_owned(),
        incidents: 5,
        cost: report.totals.modelled.clone(),
    }];
    report.areas[0].recorded.modelled.add(usd(1_000_000));
    report.areas[0].recorded.hours.effort = Some(105.263);
    let part = debtscan_findings::PricePart {
        line: "price.effort_hour".to_owned(),
        formula: PriceFormula::Effort { seconds: 189_468, rate: usd(9_500) },
        amount: usd(500_000),
    };
    report.incidents[0].price =
        Some(Price { basis: Basis::Modelled, amount: usd(500_000), parts: vec![part], original: None });
    let mut impact =
        CustomerImpact { hits: 3, incident_share: 0.05, renewals: 1, ..CustomerImpact::default() };
    impact.revenue.add(usd(12_000_000));
    impact.renewal_revenue.add(usd(9_000_000));
    impact.next_renewal = Some(AS_OF.plus_days(40));
    let account = |name: &str, incidents, minor, renewal| AccountHit {
        account: name.to_owned(),
        incidents,
        revenue: Some(usd(minor)),
        renewal,
        risk: None,
    };
    impact.accounts =
        vec![account("Acme", 2, 9_000_000, impact.next_renewal), account("Byte, Inc.", 1, 3_000_000, None)];
    for area in &mut report.areas {
        area.customers = Some(CustomerImpact::default());
    }
    report.areas[0].customers = Some(impact.clone());
    report.customers = Some(Customers { known: 5, all: impact, unknown: 1 });
    report
}

/// One area, one file.
pub(crate) fn single() -> Report {
    let mut report = priced();
    report.areas.truncate(1);
    report.files.truncate(1);
    report.incidents.clear();
    report.totals.incidents_attributed = report.totals.incidents;
    report
}

/// Forty areas.
pub(crate) fn many() -> Report {
    let mut report = priced();
    let template = report.areas[2].clone();
    for number in report.areas.len()..40 {
        let mut area = template.clone();
        area.id = format!("area-{number}");
        area.name = format!("services/payment-gateway-{number}");
        area.rank = Some(number + 1);
        report.areas.push(area);
    }
    set_start_ranks(&mut report);
    report
}

/// A repository without a source file.
pub(crate) fn empty() -> Report {
    let mut report = bare();
    report.areas.clear();
    report.files.clear();
    report.totals = Totals::default();
    report.model.source_lines = 0;
    report.past_year = None;
    report
}

/// Every sample, by name.
pub(crate) fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("priced", priced()),
        ("counted", counted()),
        ("bare", bare()),
        ("several currencies", several_currencies()),
        ("modelled", modelled()),
        ("hostile", hostile()),
        ("single", single()),
        ("many", many()),
        ("empty", empty()),
    ]
}
