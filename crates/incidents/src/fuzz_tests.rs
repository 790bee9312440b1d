//! Readers of single values and of accounts, with texts like theirs: a value or a refusal, never a panic.

use proptest::prelude::*;

use crate::incident::date::{DateOrder, parse};
use crate::money::parse::MoneyContext;
use crate::{Decimal, IncidentFile, Money, ReadOptions, read_accounts};

/// Pieces of dates, amounts and numbers, and what lies between them.
const PIECES: [&str; 48] = [
    "0",
    "1",
    "9",
    "29",
    "31",
    "99",
    "1900",
    "2024",
    "2024-02-29",
    "10000",
    "9999999999",
    "1e9",
    "-",
    "/",
    ".",
    ",",
    "'",
    " ",
    ":",
    "T",
    "Z",
    "+00:00",
    "-23:59",
    "+99:99",
    "12:30",
    "24:00:00",
    "61",
    "AM",
    "pm",
    "Jan",
    "février",
    "März",
    "UTC",
    "GMT+2",
    "[Europe/Paris]",
    "$",
    "€",
    "USD",
    "CHF",
    "JPY",
    "k",
    "M",
    "bn",
    "(",
    ")",
    "%",
    "\u{a0}",
    "\u{202f}",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_date_is_read_or_refused(text in text()) {
        for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
            let _read = parse(&text, order);
        }
    }

    #[test]
    fn an_amount_or_number_is_read_or_refused(text in text()) {
        let _read = Money::read(&text, &MoneyContext::default());
        let _read = Decimal::parse(&text);
    }
}

proptest! {
    #[test]
    fn accounts_are_read_or_refused(
        cells in prop::collection::vec(text(), 1..40),
        separator in prop::sample::select(&[",", ";", "\t"][..]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let mut content = ["Account ID", "Account Name", "ARR", "Currency", "Renewal Date", "Risk"].join(separator);
        for row in cells.chunks(6) {
            content.push('\n');
            content.push_str(&row.join(separator));
        }
        let mut content = content.into_bytes();
        for (position, byte) in damage {
            let position = position.index(content.len());
            content[position] = byte;
        }
        let file = IncidentFile { name: "accounts.csv".to_owned(), content };
        if let Ok(accounts) = read_accounts(&[file], &ReadOptions::default()) {
            prop_assert!(accounts.list.len() <= cells.len());
        }
    }
}
