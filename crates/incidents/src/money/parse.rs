//! Reading money as people and tools write it, exactly: no float, no rounding, no guess.

use std::fmt;

use super::amount::Money;
use super::currency::{Currency, SIGNS};

/// The character between whole units and the fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecimalMark {
    /// `1234.50`
    Point,
    /// `1234,50`
    Comma,
}

/// Why a text is not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InvalidMoney {
    /// It is not one number, perhaps with a currency and a sign.
    NotANumber,
    /// The one separator in it may mark thousands or a fraction.
    Ambiguous,
    /// It has more digits than the currency has minor units.
    TooPrecise(Currency),
    /// It is beyond 64 bits of minor units.
    OutOfRange,
    /// Nothing says which currency it is.
    NoCurrency,
    /// It names a currency other than the one its column states.
    OtherCurrency(Currency),
    /// It names a currency that is not in ISO 4217.
    UnknownCurrency(String),
}

impl fmt::Display for InvalidMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("not an amount: write it like 1234.50"),
            Self::Ambiguous => {
                f.write_str("may be thousands or a fraction: write it with two decimals, like 1234.00")
            }
            Self::TooPrecise(currency) => write!(
                f,
                "{currency} has {} decimal digits and this has more: it is not rounded",
                currency.minor_digits()
            ),
            Self::OutOfRange => f.write_str("beyond 9.2e18 minor units"),
            Self::NoCurrency => f.write_str(
                "no currency: name the column cost_usd, add a currency column, or set the default currency",
            ),
            Self::OtherCurrency(known) => {
                write!(f, "names another currency than {known}, which applies here")
            }
            Self::UnknownCurrency(sign) => write!(f, "{sign:?} is not a currency of ISO 4217"),
        }
    }
}

impl std::error::Error for InvalidMoney {}

impl Money {
    /// Reads an amount such as `$1,234.50`, `1.234,50 €`, `1 234.5`, `USD 12`, `(12.00)` or `12k`.
    ///
    /// `known` is the currency that the surroundings state; the text must not contradict it.
    /// `default` applies where neither names one, and settles what `$` and `¥` mean. `mark` is the
    /// decimal mark that the surroundings use. Without it one comma before three digits marks
    /// thousands, and one point before three digits is refused as ambiguous.
    ///
    /// # Errors
    /// When the text is not exactly one amount in whole minor units of one currency.
    pub(crate) fn parse(
        text: &str,
        known: Option<Currency>,
        default: Option<Currency>,
        mark: Option<DecimalMark>,
    ) -> Result<Self, InvalidMoney> {
        let parts = Parts::of(text)?;
        let currency = parts.currency(known, default)?;
        let (digits, scale) = decimal(&parts.number, mark, currency.minor_digits())?;
        let magnitude: u128 = digits.parse().map_err(|_| InvalidMoney::OutOfRange)?;
        let places = i64::from(currency.minor_digits()) + i64::from(parts.exponent) - i64::from(scale);
        let places = u32::try_from(places).map_err(|_| InvalidMoney::TooPrecise(currency))?;
        let minor = 10_u128
            .checked_pow(places)
            .and_then(|factor| magnitude.checked_mul(factor))
            .and_then(|minor| i64::try_from(minor).ok())
            .ok_or(InvalidMoney::OutOfRange)?;
        Ok(Self { minor: if parts.is_negative { -minor } else { minor }, currency })
    }
}

impl DecimalMark {
    /// The mark that this amount uses beyond doubt; `None` when it has none or may be read twice.
    pub(crate) fn evident_in(text: &str) -> Option<Self> {
        let parts = Parts::of(text).ok()?;
        let number = strip_spaces(&parts.number)?;
        match separators(&number) {
            Separators::Decimal(mark) => Some(mark),
            Separators::Grouped(mark) => Some(mark.other()),
            Separators::None | Separators::Either(_) => None,
        }
    }

    fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// A written amount, taken apart.
struct Parts {
    is_negative: bool,
    /// Digits and separators only; starts and ends with a digit.
    number: String,
    /// Power of ten of a suffix: 3 for `k`, 6 for `M`.
    exponent: u32,
    /// The currency signs before and after.
    signs: Vec<String>,
}

impl Parts {
    fn of(text: &str) -> Result<Self, InvalidMoney> {
        let text: String = text
            .chars()
            .map(|character| match character {
                '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
                '\u{2212}' => '-',
                '\u{2019}' => '\'',
                other => other,
            })
            .collect();
        let mut text = text.trim();
        let in_brackets = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        if let Some(inner) = in_brackets {
            text = inner.trim();
        }
        let is_digit = |character: char| character.is_ascii_digit();
        let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
            return Err(InvalidMoney::NotANumber);
        };
        let (mut before, number, mut after) =
            (text[..first].trim(), &text[first..=last], text[last + 1..].trim());
        let is_negative = match strip_minus(before) {
            Some(rest) => {
                before = rest;
                true
            }
            None => false,
        };
        if is_negative && in_brackets.is_some() {
            return Err(InvalidMoney::NotANumber);
        }
        before = before.strip_prefix('+').unwrap_or(before).trim();
        let exponent = match after.chars().next() {
            Some('k' | 'K') => 3,
            Some('m' | 'M') => 6,
            _ => 0,
        };
        let is_multiplier = exponent > 0 && !after[1..].starts_with(char::is_alphabetic);
        if is_multiplier {
            after = after[1..].trim();
        }
        let signs = [before, after].into_iter().filter(|sign| !sign.is_empty()).map(str::to_owned).collect();
        Ok(Self {
            is_negative: is_negative || in_brackets.is_some(),
            number: number.to_owned(),
            exponent: if is_multiplier { exponent } else { 0 },
            signs,
        })
    }

    fn currency(&self, known: Option<Currency>, default: Option<Currency>) -> Result<Currency, InvalidMoney> {
        let mut stated = known;
        for code in self.signs.iter().filter_map(|sign| Currency::from_iso(sign)) {
            match stated {
                Some(currency) if currency != code => return Err(InvalidMoney::OtherCurrency(currency)),
                _ => stated = Some(code),
            }
        }
        let mut implied = None;
        for sign in self.signs.iter().filter(|sign| Currency::from_iso(sign).is_none()) {
            let Some((_, usual, meanings)) = SIGNS.iter().find(|(known, ..)| known == sign) else {
                return Err(InvalidMoney::UnknownCurrency(sign.clone()));
            };
            let may_mean = |currency: Currency| meanings.split(' ').any(|code| code == currency.code());
            match stated {
                Some(currency) if !may_mean(currency) => return Err(InvalidMoney::OtherCurrency(currency)),
                Some(_) => {}
                None => {
                    let by_default = default.filter(|currency| may_mean(*currency));
                    implied = by_default.or_else(|| usual.and_then(Currency::from_iso));
                    if implied.is_none() {
                        return Err(InvalidMoney::NoCurrency);
                    }
                }
            }
        }
        stated.or(implied).or(default).ok_or(InvalidMoney::NoCurrency)
    }
}

/// Takes one minus away from either end of what stands before the number.
fn strip_minus(before: &str) -> Option<&str> {
    before.strip_prefix('-').or_else(|| before.strip_suffix('-')).map(str::trim)
}

/// What the points and commas of a number are.
enum Separators {
    /// There are none.
    None,
    /// The last one is this decimal mark.
    Decimal(DecimalMark),
    /// All of them are this character and mark thousands.
    Grouped(DecimalMark),
    /// There is one, before three digits: it may be either.
    Either(DecimalMark),
}

fn separators(number: &str) -> Separators {
    let Some(position) = number.rfind(['.', ',']) else { return Separators::None };
    let mark = if number[position..].starts_with('.') { DecimalMark::Point } else { DecimalMark::Comma };
    let (before, after) = (&number[..position], &number[position + 1..]);
    if before.contains(mark.other().character()) {
        Separators::Decimal(mark)
    } else if before.contains(mark.character()) {
        Separators::Grouped(mark)
    } else if after.len() == 3 && before.len() <= 3 && !before.starts_with('0') {
        Separators::Either(mark)
    } else {
        Separators::Decimal(mark)
    }
}

/// Reads a number as (digits, how many of them are behind the decimal mark); no trailing zeros
/// behind it.
fn decimal(
    number: &str,
    mark: Option<DecimalMark>,
    minor_digits: u32,
) -> Result<(String, u32), InvalidMoney> {
    let number = strip_spaces(number).ok_or(InvalidMoney::NotANumber)?;
    let separators = match separators(&number) {
        Separators::Either(found) => match mark {
            Some(mark) if mark == found => Separators::Decimal(found),
            Some(_) => Separators::Grouped(found),
            // A fraction of three digits is finer than cents, so a comma can only mark thousands.
            // A point is what programs write before three decimals as well: off by a factor of 1000.
            None if found == DecimalMark::Comma && minor_digits < 3 => Separators::Grouped(found),
            None => return Err(InvalidMoney::Ambiguous),
        },
        clear => clear,
    };
    let (whole, fraction, group) = match separators {
        Separators::Decimal(mark) => {
            let position = number.rfind(mark.character()).expect("the mark was found in the number");
            (&number[..position], &number[position + 1..], mark.other())
        }
        Separators::Grouped(mark) => (number.as_str(), "", mark),
        Separators::None | Separators::Either(_) => (number.as_str(), "", DecimalMark::Comma),
    };
    if !is_grouped(whole, group.character()) {
        return Err(InvalidMoney::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let mut digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    digits.push_str(fraction);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidMoney::NotANumber);
    }
    let scale = u32::try_from(fraction.len()).map_err(|_| InvalidMoney::NotANumber)?;
    Ok((digits, scale))
}

/// Takes away blanks and apostrophes that stand before groups of three digits; `None` when any
/// other character than digits and marks is left.
fn strip_spaces(number: &str) -> Option<String> {
    let is_space = |character: char| matches!(character, ' ' | '\'');
    let mut groups = number.split(is_space);
    let mut joined = groups.next()?.to_owned();
    let is_first_group = !joined.is_empty() && joined.len() <= 3;
    for group in groups {
        let n_digits = group.bytes().take_while(u8::is_ascii_digit).count();
        if n_digits != 3 || !is_first_group {
            return None;
        }
        joined.push_str(group);
    }
    joined.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',')).then_some(joined)
}

/// Whether digits stand in groups: of three, or of two before the last three as in India.
fn is_grouped(whole: &str, separator: char) -> bool {
    let groups: Vec<&str> = whole.split(separator).collect();
    let all_digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    match groups.as_slice() {
        [] => false,
        [only] => all_digits && !only.is_empty(),
        [first, middle @ .., last] => {
            all_digits
                && (1..=3).contains(&first.len())
                && last.len() == 3
                && middle.iter().all(|group| matches!(group.len(), 2 | 3))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Currency, DecimalMark, InvalidMoney, Money};

    fn eur() -> Currency {
        Currency::new("EUR").expect("valid")
    }

    fn usd(text: &str) -> Result<i64, InvalidMoney> {
        Money::parse(text, Some(Currency::USD), None, None).map(|money| money.minor)
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
            ("~5", InvalidMoney::UnknownCurrency("~".to_owned())),
            ("1.2.3,4,5", InvalidMoney::NotANumber),
            ("12-13", InvalidMoney::NotANumber),
            ("1,2,345", InvalidMoney::NotANumber),
            ("1,234,56", InvalidMoney::NotANumber),
            ("12.345", InvalidMoney::Ambiguous),
            ("1234.567", InvalidMoney::TooPrecise(Currency::USD)),
            ("99999999999999999999", InvalidMoney::OutOfRange),
            ("92233720368547758.08", InvalidMoney::OutOfRange),
            ("€ 5", InvalidMoney::OtherCurrency(Currency::USD)),
            ("5 EUR", InvalidMoney::OtherCurrency(Currency::USD)),
            ("5 apples", InvalidMoney::UnknownCurrency("apples".to_owned())),
        ] {
            assert_eq!(usd(text), Err(error), "{text}");
        }
        assert_eq!(usd("92233720368547758.07"), Ok(i64::MAX));
    }

    #[test]
    fn the_currency_comes_from_the_text_or_from_around_it_and_is_never_guessed() {
        let read =
            |text, known| Money::parse(text, known, None, None).map(|money| money.currency.to_string());
        assert_eq!(read("1.234,50 €", None), Ok("EUR".to_owned()));
        assert_eq!(read("$5", None), Ok("USD".to_owned()));
        assert_eq!(read("$5", Currency::from_iso("cad")), Ok("CAD".to_owned()));
        assert_eq!(read("¥5", Currency::from_iso("CNY")), Ok("CNY".to_owned()));
        assert_eq!(read("¥5", None), Err(InvalidMoney::NoCurrency));
        assert_eq!(read("5", None), Err(InvalidMoney::NoCurrency));
        assert_eq!(Currency::from_iso("ABC"), None);
    }

    #[test]
    fn a_default_applies_only_where_the_text_names_no_currency() {
        let read = |text, default| {
            let money = Money::parse(text, None, Currency::from_iso(default), None);
            money.map(|money| money.currency.to_string())
        };
        assert_eq!(read("5", "EUR"), Ok("EUR".to_owned()));
        assert_eq!(read("5 GBP", "EUR"), Ok("GBP".to_owned()));
        assert_eq!(read("£5", "EUR"), Ok("GBP".to_owned()));
        assert_eq!(read("$5", "EUR"), Ok("USD".to_owned()));
        assert_eq!(read("$5", "CAD"), Ok("CAD".to_owned()));
        assert_eq!(read("¥5", "CNY"), Ok("CNY".to_owned()));
        assert_eq!(read("¥5", "EUR"), Err(InvalidMoney::NoCurrency));
    }

    #[test]
    fn the_number_of_decimals_is_the_currencys_own() {
        let minor = |text: &str| Money::parse(text, None, None, None).map(|money| money.minor);
        assert_eq!(minor("JPY 1234"), Ok(1_234));
        assert_eq!(minor("JPY 12.5"), Err(InvalidMoney::TooPrecise(Currency::new("JPY").expect("valid"))));
        assert_eq!(minor("KWD 1.2"), Ok(1_200));
        assert_eq!(minor("KWD 1,234"), Err(InvalidMoney::Ambiguous));
    }

    #[test]
    fn a_decimal_mark_seen_elsewhere_settles_what_one_separator_means() {
        let read = |text, mark| Money::parse(text, Some(eur()), None, Some(mark)).map(|money| money.minor);
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
            assert_eq!(DecimalMark::evident_in(text), mark, "{text}");
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
}
