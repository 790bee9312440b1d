//! Modelled and converted costs through the whole line, conserved to the cent under every grouping.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::build;
use super::tests::options;
use crate::options::{Privacy, ReportOptions};
use crate::price::{Conversion, PriceModel};
use crate::sample::{SampleScan, account, fixed_incident, incident, incidents, usd};
use debtscan_findings::{PlacementReport, Remark, Report};
use debtscan_incidents::{Accounts, Costs, Currency, Decimal, Incident, Money};

fn euro() -> Currency {
    Currency::new("EUR").expect("a code")
}

/// Euros: 95.00 an hour, 3.33 a minute, 2 % of revenue; dollars converted at 0.917, yen not.
fn priced() -> ReportOptions {
    let decimal = |text| Decimal::parse(text).expect("a number");
    let eur = |minor| Some(Money { minor, currency: euro() });
    let rates = [(Currency::USD, decimal("0.917"))].into();
    ReportOptions {
        price: PriceModel {
            currency: Some(euro()),
            effort_hour: eur(9_500),
            elapsed_minute: eur(333),
            revenue_at_risk: Some(decimal("0.02")),
            conversion: Some(Conversion { to: euro(), date: "2026-01-31".to_owned(), rates }),
            ..PriceModel::default()
        },
        accounts: Some(Accounts::new(vec![account("Acme", Some(usd(1_234_567)))])),
        ..options()
    }
}

fn report(list: Vec<Incident>, options: &ReportOptions) -> Report {
    let scan = SampleScan::new()
        .source("a/x.c", 100, 0)
        .source("a/y.c", 100, 0)
        .source("b/z.c", 400, 0)
        .commit(80, &[("b/z.c", 9, 0), ("a/x.c", 4, 0)])
        .commit(20, &[("a/x.c", 2, 1), ("a/y.c", 1, 0)])
        .build();
    build(&scan, &incidents(list), options).expect("small amounts")
}

type AnyIncident = (Option<(i64, bool)>, Option<u32>, Option<u32>, bool, Vec<usize>);

fn any_incident() -> impl Strategy<Value = AnyIncident> {
    (
        proptest::option::of((-1_000_000_i64..1_000_000, any::<bool>())),
        proptest::option::of(0_u32..1_000_000),
        proptest::option::of(0_u32..1_000_000),
        any::<bool>(),
        proptest::collection::vec(1_usize..4, 0..3),
    )
}

fn list_of(rows: &[AnyIncident]) -> Vec<Incident> {
    let row = |(number, (cost, effort, elapsed, is_hit, fixes)): (usize, &AnyIncident)| Incident {
        cost: cost.map(|(minor, is_yen)| Money {
            minor,
            currency: if is_yen { Currency::new("JPY").expect("a code") } else { Currency::USD },
        }),
        effort_seconds: effort.map(u64::from),
        elapsed_seconds: elapsed.map(u64::from),
        accounts: if *is_hit { vec!["Acme".to_owned()] } else { Vec::new() },
        ..fixed_incident(&format!("i{number:02}"), 0, fixes)
    };
    rows.iter().enumerate().map(row).collect()
}

proptest! {
    #[test]
    fn recorded_and_modelled_cost_is_cost_on_files_folders_and_areas_plus_the_unattributed(
        rows in proptest::collection::vec(any_incident(), 0..10)
    ) {
        let report = report(list_of(&rows), &priced());
        let totals = &report.totals;
        let mut folders: BTreeMap<String, Costs> = BTreeMap::new();
        for file in &report.files {
            folders.entry(file.path.folder().to_string()).or_default().add_all(&file.recorded.costs);
        }
        let files = report.files.iter().map(|file| file.recorded.costs.clone());
        let areas = report.areas.iter().map(|area| area.recorded.costs.clone());
        let modelled = |report: &Report| {
            let mut sum = totals.unattributed_modelled.clone();
            report.areas.iter().for_each(|area| sum.add_all(&area.recorded.modelled));
            sum
        };
        for groups in [files.collect::<Vec<_>>(), areas.collect(), folders.into_values().collect()] {
            let mut sum = totals.unattributed.clone();
            for group in &groups {
                sum.add_all(group);
            }
            for money in totals.cost().iter().chain(sum.iter()) {
                prop_assert_eq!(sum.minor(money.currency), totals.cost().minor(money.currency));
            }
        }
        for money in totals.modelled.iter() {
            prop_assert_eq!(modelled(&report).minor(money.currency), money.minor);
            let lines = totals.modelled_by_line.iter().map(|it| it.cost.minor(money.currency));
            prop_assert_eq!(lines.sum::<i64>(), money.minor);
            prop_assert_eq!(money.currency, euro());
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_figure(
        (rows, order) in proptest::collection::vec(any_incident(), 1..8)
            .prop_flat_map(|rows| {
                let order: Vec<usize> = (0..rows.len()).collect();
                (Just(rows), Just(order).prop_shuffle())
            })
    ) {
        let list = list_of(&rows);
        let shuffled = order.iter().map(|position| list[*position].clone()).collect();
        prop_assert_eq!(report(list, &priced()), report(shuffled, &priced()));
    }
}

#[test]
fn redacted_reports_hold_no_title_and_no_account() {
    let secret = Incident {
        title: "Secret outage".to_owned(),
        description: "Secret cause in a/x.c".to_owned(),
        accounts: vec!["Acme".to_owned()],
        ..incident("i")
    };
    let open = report(vec![secret.clone()], &priced());
    assert_eq!(open.incidents[0].title, "Secret outage");
    let hidden = report(vec![secret], &ReportOptions { privacy: Privacy::Redacted, ..priced() });
    let text = format!("{hidden:?}");
    assert!(!text.contains("Secret") && !text.contains("Acme"), "{text}");
    // The text is still evidence.
    assert!(matches!(hidden.incidents[0].placement, PlacementReport::Attributed { .. }));
    assert_eq!(hidden.customers.expect("accounts").all.accounts[0].account, "account 1");
}

#[test]
fn without_a_price_the_report_counts_hours_and_says_what_to_configure() {
    let worked = Incident { effort_seconds: Some(5_400), ..fixed_incident("i", 0, &[2]) };
    let report = report(vec![Incident { cost: None, ..worked }], &options());
    assert_eq!(report.totals.hours.effort, Some(1.5));
    assert!(report.currencies.is_empty());
    let no_prices = |remark: &&Remark| matches!(remark, Remark::NoPrices { has_model: false, .. });
    assert!(report.quality.remarks.iter().any(|remark| no_prices(&remark)), "{:?}", report.quality);
    // 3 of 4 fix lines in x
    let x = report.files.iter().find(|file| file.path.to_string() == "a/x.c").expect("listed");
    assert_eq!(x.recorded.hours.effort, Some(1.125));
}
