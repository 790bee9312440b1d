//! Prices counted by hand.

use proptest::prelude::*;

use super::{Conversion, PriceModel, price};
use crate::sample::{account, incident, incidents, usd};
use debtscan_findings::{Basis, Price, PriceFormula};
use debtscan_incidents::{Accounts, Currency, Decimal, Incident, Money};

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a number")
}

fn eur(minor: i64) -> Money {
    Money { minor, currency: Currency::new("EUR").expect("a code") }
}

/// USD 95.00 an hour of work, USD 12.50 a minute of outage, USD 5,000 and 300 by severity.
fn model() -> PriceModel {
    PriceModel {
        currency: Some(Currency::USD),
        effort_hour: Some(usd(9_500)),
        elapsed_minute: Some(usd(1_250)),
        severity: vec![("SEV-1".to_owned(), usd(500_000)), ("medium".to_owned(), usd(30_000))],
        ..PriceModel::default()
    }
}

fn price_of(incident: Incident, model: &PriceModel) -> Option<Price> {
    let accounts =
        Accounts::new(vec![account("Acme", Some(usd(1_000_000))), account("Byte", Some(eur(400)))]);
    price(&incidents(vec![incident]), model, &accounts).expect("small amounts").prices.remove(0)
}

#[track_caller]
fn check(incident: Incident, model: &PriceModel, expected: Money, lines: &[(&str, PriceFormula, i64)]) {
    let price = price_of(incident, model).expect("a price");
    let parts: Vec<_> = price
        .parts
        .iter()
        .map(|part| (part.line.as_str(), part.formula.clone(), part.amount.minor))
        .collect();
    assert_eq!((price.amount, parts.as_slice()), (expected, lines));
}

#[test]
fn a_recorded_cost_stands_whatever_the_model_says() {
    let costly = Incident { cost: Some(usd(7)), effort_seconds: Some(3_600), ..incident("i") };
    let price = price_of(costly, &model()).expect("a price");
    assert_eq!((price.basis, price.amount, price.parts.len()), (Basis::Recorded, usd(7), 0));
    let free = Incident { cost: Some(usd(0)), effort_seconds: Some(3_600), ..incident("i") };
    assert_eq!(price_of(free, &model()).expect("a price").amount, usd(0), "a cost of 0 is known");
}

#[test]
fn people_are_charged_on_effort_and_customers_on_elapsed_time() {
    // 5,400 s = 1.5 h x 95.00 = 142.50; 1,830 s = 30.5 min x 12.50 = 381.25
    let both = Incident { effort_seconds: Some(5_400), elapsed_seconds: Some(1_830), ..incident("i") };
    let lines = [
        ("price.effort_hour", PriceFormula::Effort { seconds: 5_400, rate: usd(9_500) }, 14_250),
        ("price.elapsed_minute", PriceFormula::Elapsed { seconds: 1_830, rate: usd(1_250) }, 38_125),
    ];
    check(both.clone(), &model(), usd(52_375), &lines);
    let people_only = PriceModel { elapsed_minute: None, ..model() };
    let passed = Incident { effort_seconds: None, ..both };
    assert_eq!(price_of(passed, &people_only), None, "time that passed is no work");
}

#[test]
fn a_severity_prices_what_neither_effort_nor_elapsed_time_do() {
    let severe = |text: &str| Incident { severity: Some(text.to_owned()), ..incident("i") };
    check(severe("sev-1"), &model(), usd(500_000), &[("price.severity.SEV-1", PriceFormula::Once, 500_000)]);
    let timed = Incident { elapsed_seconds: Some(60), ..severe("SEV-1") };
    check(
        timed,
        &model(),
        usd(1_250),
        &[("price.elapsed_minute", PriceFormula::Elapsed { seconds: 60, rate: usd(1_250) }, 1_250)],
    );
    let level = debtscan_incidents::Severity::parse("medium");
    let by_level = Incident { severity_level: level, ..severe("P3") };
    check(by_level, &model(), usd(30_000), &[("price.severity.medium", PriceFormula::Once, 30_000)]);
    assert_eq!(price_of(severe("unheard of"), &model()), None);
}

#[test]
fn credits_and_revenue_at_risk_are_added_where_they_are_configured() {
    let hit = Incident {
        customers: Some(3),
        accounts: vec!["acme".to_owned(), "Byte".to_owned(), "Nobody".to_owned()],
        ..incident("i")
    };
    let configured = PriceModel {
        currency: Some(Currency::USD),
        customer_credit: Some(usd(500)),
        revenue_at_risk: Some(decimal("0.02")),
        ..PriceModel::default()
    };
    // Byte pays euros: without a rate they are added to nothing.
    let acme = (
        "price.revenue_at_risk",
        PriceFormula::RevenueAtRisk { share: decimal("0.02"), revenue: usd(1_000_000), accounts: 1 },
        20_000,
    );
    let credit = ("price.customer_credit", PriceFormula::Credits { customers: 3, credit: usd(500) }, 1_500);
    check(hit.clone(), &configured, usd(21_500), &[credit.clone(), acme]);
    let rates = [(eur(0).currency, decimal("1.1"))].into();
    let conversion = Some(Conversion { to: Currency::USD, date: "2026-01-31".to_owned(), rates });
    // 10,000.00 + 4.40 = 10,004.40; 2% of that are 200.088
    let both = (
        "price.revenue_at_risk",
        PriceFormula::RevenueAtRisk { share: decimal("0.02"), revenue: usd(1_000_440), accounts: 2 },
        20_009,
    );
    check(hit.clone(), &PriceModel { conversion, ..configured }, usd(21_509), &[credit, both]);
    assert_eq!(price_of(hit, &PriceModel::default()), None, "nothing is configured");
}

#[test]
fn recorded_costs_are_converted_at_the_configured_rate_and_say_so() {
    let rates = [(Currency::USD, decimal("0.92"))].into();
    let conversion = Some(Conversion { to: eur(0).currency, date: "2026-01-31".to_owned(), rates });
    let model = PriceModel { conversion, ..PriceModel::default() };
    let dollars = Incident { cost: Some(usd(10_001)), ..incident("i") };
    let converted = price_of(dollars, &model).expect("a price");
    // 100.01 x 0.92 = 92.0092
    assert_eq!((converted.amount, converted.original), (eur(9_201), Some(usd(10_001))));
    assert_eq!(converted.basis, Basis::Recorded);
    let formula =
        PriceFormula::Converted { amount: usd(10_001), rate: decimal("0.92"), date: "2026-01-31".to_owned() };
    assert_eq!(converted.parts[0].formula, formula);
    let francs = Money { minor: 5, currency: Currency::new("CHF").expect("a code") };
    let list = vec![
        Incident { cost: Some(francs), ..incident("a") },
        Incident { cost: Some(eur(5)), ..incident("b") },
    ];
    let incidents = incidents(list);
    let pricing = price(&incidents, &model, &Accounts::default()).expect("small amounts");
    assert_eq!(pricing.without_rate, 1);
    assert_eq!(pricing.incidents.list[0].cost, Some(francs), "it stays in its currency");
}

proptest! {
    #[test]
    fn an_amount_is_the_sum_of_its_parts_and_the_order_of_incidents_changes_nothing(
        rows in proptest::collection::vec(
            (
                proptest::option::of(-1_000_000_i64..1_000_000),
                proptest::option::of(0_u64..1_000_000),
                proptest::option::of(0_u64..1_000_000),
            ),
            0..12,
        )
    ) {
        let list: Vec<Incident> = rows
            .iter()
            .enumerate()
            .map(|(number, (cost, effort, elapsed))| Incident {
                cost: cost.map(usd),
                effort_seconds: *effort,
                elapsed_seconds: *elapsed,
                ..incident(&format!("i{number:02}"))
            })
            .collect();
        let rates = [(Currency::USD, decimal("0.917"))].into();
        let conversion = Some(Conversion { to: eur(0).currency, date: "2026-01-31".to_owned(), rates });
        let model = PriceModel {
            effort_hour: Some(eur(9_500)),
            elapsed_minute: Some(eur(333)),
            conversion,
            ..PriceModel::default()
        };
        let in_one_list = incidents(list.clone());
        let all = price(&in_one_list, &model, &Accounts::default()).expect("small amounts");
        for (one, together) in list.into_iter().zip(&all.prices) {
            prop_assert_eq!(&price_of(one, &model), together);
            if let Some(price) = together {
                let sum: i64 = price.parts.iter().map(|part| part.amount.minor).sum();
                prop_assert_eq!(sum, price.amount.minor);
                prop_assert_eq!(price.amount.currency, eur(0).currency);
            }
        }
    }
}
