//! Written amounts, as exports hold them.

use proptest::prelude::*;

use super::{Currency, DecimalMark, InvalidMoney, Money, MoneyContext, Precision, evident_mark};

fn eur() -> Currency {
    Currency::new("EUR").expect("valid")
}

fn parse(
    text: &str,
    known: Option<Currency>,
    default: Option<Currency>,
    mark: Option<DecimalMark>,
) -> Result<Money, InvalidMoney> {
    Money::read(text, &MoneyContext { known, default, mark, times: 1 }).map(|read| read.money)
}

fn usd(text: &str) -> Result<i64, InvalidMoney> {
    parse(text, Some(Currency::USD), None, None).map(|money| money.minor)
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, minor) in [
        ("0", 0),
        ("12", 1_200),
        ("1234.5", 123_450),
        ("$1,234.50", 123_450),
        ("USD 12", 1_200),
        ("12 usd", 1_200),
        ("$12.00 USD", 1_200),
        ("1,234", 123_400),
        ("12,50", 1_250),
        ("1 234,50", 123_450),
        ("1'234.50", 123_450),
        ("12,34,567.89", 123_456_789),
        ("12k", 1_200_000),
        ("$1.25M", 125_000_000),
        ("-12.30", -1_230),
        ("-$12", -1_200),
        ("$-12", -1_200),
        ("(12.00)", -1_200),
        ("0.500", 50),
        ("1234.5000", 123_450),
    ] {
        assert_eq!(usd(text), Ok(minor), "{text}");
    }
}

#[test]
fn what_cannot_be_read_exactly_is_refused() {
    for (text, error) in [
        ("", InvalidMoney::NotANumber),
        ("1.2.3,4,5", InvalidMoney::NotANumber),
        // Ends in the wrong order are no range.
        ("13-12", InvalidMoney::NotANumber),
        ("2026-02-25", InvalidMoney::NotANumber),
        ("1,2,345", InvalidMoney::NotANumber),
        ("1,234,56", InvalidMoney::NotANumber),
        // Twelve thousand in Germany, but a program writes three decimals, too.
        ("12.345", InvalidMoney::Ambiguous),
        ("1234.567", InvalidMoney::TooPrecise(Currency::USD)),
        ("99999999999999999999", InvalidMoney::OutOfRange),
        // One cent more than 64 bits hold; the largest amount is checked below.
        ("92233720368547758.08", InvalidMoney::OutOfRange),
        ("€ 5", InvalidMoney::OtherCurrency(Currency::USD)),
        ("5 EUR", InvalidMoney::OtherCurrency(Currency::USD)),
        ("5 apples", InvalidMoney::UnknownCurrency),
    ] {
        assert_eq!(usd(text), Err(error), "{text}");
    }
    assert_eq!(usd("92233720368547758.07"), Ok(i64::MAX));
}

#[test]
fn amounts_of_hand_made_sheets_are_read() {
    let read = |text| parse(text, None, None, None).map(|money| (money.currency.to_string(), money.minor));
    for (text, code, minor) in [
        ("5000 Euro", "EUR", 500_000),
        ("1.200,- €", "EUR", 120_000),
        ("1.200 €", "EUR", 120_000),
        ("€1.200", "EUR", 120_000),
        ("EUR 1200,-", "EUR", 120_000),
        ("1,2 Mio. €", "EUR", 120_000_000),
        ("2 Mio. EUR", "EUR", 200_000_000),
        ("1.2 million USD", "USD", 120_000_000),
        ("5000 dollars", "USD", 500_000),
        ("approx. 5000 USD", "USD", 500_000),
        ("ca. 5 k€", "EUR", 500_000),
        ("~5000 USD", "USD", 500_000),
        (">10k USD", "USD", 1_000_000),
        ("CHF 500.--", "CHF", 50_000),
        // The thousand of the upper end is that of both, and the middle counts.
        ("5-10k USD", "USD", 750_000),
        ("$5,000 – $10,000", "USD", 750_000),
        ("5 to 6 EUR", "EUR", 550),
        ("3 Mrd €", "EUR", 300_000_000_000),
        ("5182.666666666667 USD", "USD", 518_267),
    ] {
        assert_eq!(read(text), Ok((code.to_owned(), minor)), "{text}");
    }
    assert_eq!(read("10.005 USD"), Ok(("USD".to_owned(), 1_000_500)), "beside a word, a point groups");
    assert_eq!(usd("10.0055"), Err(InvalidMoney::TooPrecise(Currency::USD)));
    assert_eq!(read("¥120000"), Err(InvalidMoney::SharedSign("JPY CNY")));
}

#[test]
fn what_was_not_written_exactly_is_said() {
    let precision = |text: &str| {
        let context = MoneyContext { known: Some(Currency::USD), ..MoneyContext::default() };
        Money::read(text, &context).map(|read| read.precision)
    };
    for (text, expected) in [
        ("1234.50", Precision::Exact),
        ("5182.666666666667", Precision::Computed),
        ("approx 5k", Precision::Approximate),
        ("5-10k", Precision::Range),
    ] {
        assert_eq!(precision(text), Ok(expected), "{text}");
    }
}

#[test]
fn a_monthly_amount_is_rounded_once_for_the_year() {
    let context = MoneyContext { known: Some(Currency::USD), times: 12, ..MoneyContext::default() };
    let read = Money::read("5182.666666666667", &context).expect("an amount");
    // 12 x 5,182.666... = 62,192.00; twelve rounded months would be 62,192.04.
    assert_eq!((read.money.minor, read.precision), (6_219_200, Precision::Computed));
}

#[test]
fn the_currency_comes_from_the_text_or_from_around_it_and_is_never_guessed() {
    let read = |text, known| parse(text, known, None, None).map(|money| money.currency.to_string());
    assert_eq!(read("1.234,50 €", None), Ok("EUR".to_owned()));
    assert_eq!(read("$5", None), Ok("USD".to_owned()));
    assert_eq!(read("$5", Currency::from_iso("cad")), Ok("CAD".to_owned()));
    assert_eq!(read("¥5", Currency::from_iso("CNY")), Ok("CNY".to_owned()));
    assert_eq!(read("¥5", None), Err(InvalidMoney::SharedSign("JPY CNY")));
    assert_eq!(read("5", None), Err(InvalidMoney::NoCurrency));
    assert_eq!(Currency::from_iso("ABC"), None);
}

#[test]
fn a_default_applies_only_where_the_text_names_no_currency() {
    let read = |text, default| {
        let money = parse(text, None, Currency::from_iso(default), None);
        money.map(|money| money.currency.to_string())
    };
    assert_eq!(read("5", "EUR"), Ok("EUR".to_owned()));
    assert_eq!(read("5 GBP", "EUR"), Ok("GBP".to_owned()));
    assert_eq!(read("£5", "EUR"), Ok("GBP".to_owned()));
    assert_eq!(read("$5", "EUR"), Ok("USD".to_owned()));
    assert_eq!(read("$5", "CAD"), Ok("CAD".to_owned()));
    assert_eq!(read("¥5", "CNY"), Ok("CNY".to_owned()));
    assert_eq!(read("¥5", "EUR"), Err(InvalidMoney::SharedSign("JPY CNY")));
}

#[test]
fn the_number_of_decimals_is_the_currencys_own() {
    let minor = |text: &str| parse(text, None, None, None).map(|money| money.minor);
    assert_eq!(minor("JPY 1234"), Ok(1_234));
    assert_eq!(minor("JPY 12.5"), Err(InvalidMoney::TooPrecise(Currency::new("JPY").expect("valid"))));
    assert_eq!(minor("KWD 1.2"), Ok(1_200));
    // The dinar has three decimals, so that the comma may be either mark.
    assert_eq!(minor("KWD 1,234"), Err(InvalidMoney::Ambiguous));
}

#[test]
fn a_decimal_mark_seen_elsewhere_settles_what_one_separator_means() {
    let read = |text, mark| parse(text, Some(eur()), None, Some(mark)).map(|money| money.minor);
    assert_eq!(read("1.234", DecimalMark::Comma), Ok(123_400));
    assert_eq!(read("1.500", DecimalMark::Point), Ok(150));
    assert_eq!(read("1,500", DecimalMark::Comma), Ok(150));
    assert_eq!(read("1.234", DecimalMark::Point), Err(InvalidMoney::TooPrecise(eur())));
    for (text, mark) in [
        ("12,50", Some(DecimalMark::Comma)),
        ("1.234,50", Some(DecimalMark::Comma)),
        ("1,234,567", Some(DecimalMark::Point)),
        ("1,234", None),
        ("1.234", None),
        ("12", None),
    ] {
        assert_eq!(evident_mark(text), mark, "{text}");
    }
}

proptest! {
    #[test]
    fn every_amount_survives_writing_and_reading(minor in -i64::MAX..=i64::MAX) {
        let (whole, cents) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
        let sign = if minor < 0 { "-" } else { "" };
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (position, digit) in digits.char_indices() {
            if position > 0 && (digits.len() - position) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        prop_assert_eq!(usd(&format!("{sign}{whole}.{cents:02}")), Ok(minor));
        prop_assert_eq!(usd(&format!("{sign}${grouped}.{cents:02}")), Ok(minor));
    }
}

#[test]
fn two_currencies_are_no_amount() {
    assert_eq!(
        Money::read("$5 - €10", &MoneyContext::default()).map(|_| ()),
        Err(InvalidMoney::TwoCurrencies)
    );
}
