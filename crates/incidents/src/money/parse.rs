//! Amounts as people and tools write them -> [`Money`], without floats and without guesses.

use std::fmt;

use super::amount::Money;
use super::currency::{Currency, sign};
use crate::number::{Decimal, DecimalMark, InvalidNumber};

/// Why a text is not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InvalidMoney {
    /// It is not a number with an optional currency and sign.
    NotANumber,
    /// Its one separator may mark thousands or a fraction.
    Ambiguous,
    /// It has more decimals than the currency.
    TooPrecise(Currency),
    /// It exceeds 64 bits of minor units.
    OutOfRange,
    /// Neither the value nor its surroundings name a currency.
    NoCurrency,
    /// Its sign stands for several currencies.
    SharedSign(&'static str),
    /// Its currency is not the one of its column.
    OtherCurrency(Currency),
    /// It names two currencies, as `$5 - €10` does.
    TwoCurrencies,
    /// It names a currency that is not in ISO 4217.
    UnknownCurrency,
}

impl fmt::Display for InvalidMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("not an amount: write it like 1234.50"),
            Self::Ambiguous => {
                f.write_str("thousands or a fraction? write it with two decimals, like 1234.00")
            }
            Self::TooPrecise(currency) => {
                write!(f, "more decimals than {currency} has ({}): not rounded", currency.minor_digits())
            }
            Self::OutOfRange => f.write_str("exceeds 9.2e18 minor units"),
            Self::NoCurrency => f.write_str(
                "no currency: name the column cost_usd, add a currency column, or set a default currency",
            ),
            Self::SharedSign(meanings) => {
                write!(f, "the sign can mean {}: set a default currency", meanings.replace(' ', " or "))
            }
            Self::OtherCurrency(known) => write!(f, "currency conflicts with this column's ({known})"),
            Self::TwoCurrencies => f.write_str("it names two currencies"),
            // Without the text itself: reasons are shown where values are redacted.
            Self::UnknownCurrency => f.write_str("its currency is not known: write a code such as USD"),
        }
    }
}

impl std::error::Error for InvalidMoney {}

/// What is known about an amount before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MoneyContext {
    /// The currency that the header or the row states; the value must not contradict it.
    pub(crate) known: Option<Currency>,
    /// The currency of values that name none; it also settles `$` and `¥`.
    pub(crate) default: Option<Currency>,
    /// The decimal mark of the column.
    pub(crate) mark: Option<DecimalMark>,
    /// How many of the amount are meant; 0 counts as 1.
    pub(crate) times: u32,
}

/// An amount, and what a reader should know about how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReadMoney {
    pub(crate) money: Money,
    pub(crate) precision: Precision,
}

/// How exactly an amount was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Precision {
    /// To the minor unit.
    Exact,
    /// `5182.666666666667`: computed by a program, and rounded to the minor unit.
    Computed,
    /// `approx. 5000`, `~5k`, `>10k`: the number is taken as it stands.
    Approximate,
    /// `5-10k`: the middle is taken.
    Range,
}

/// A fraction of this many decimals was computed by a program; people and tills do not write one.
const COMPUTED_DECIMALS: u32 = 6;

impl Money {
    /// Reads an amount such as `$1,234.50`, `1.234,50 €`, `1 234.5`, `USD 12`, `(12.00)`, `12k` or `2 Mio. €`.
    ///
    /// # Errors
    /// If the text is not one amount, is ambiguous, is finer than the currency, or exceeds 64 bits.
    pub(crate) fn read(text: &str, context: &MoneyContext) -> Result<ReadMoney, InvalidMoney> {
        let parts = AmountParts::of(text)?;
        let currency = parts.currency(context)?;
        let times = u128::from(context.times.max(1));
        let first = parts.number.minor(currency, parts.is_written_by_hand(), times, context.mark)?;
        let (minor, precision) = match &parts.upper {
            None => (first.0, parts.precision(first.1)),
            Some(upper) => {
                let last = upper.minor(currency, true, times, context.mark)?;
                // Ends in the wrong order are no range: `2026-02` is a month.
                if last.0 <= first.0 {
                    return Err(InvalidMoney::NotANumber);
                }
                // The lower half of an odd cent.
                (first.0 + (last.0 - first.0) / 2, Precision::Range)
            }
        };
        let minor = i64::try_from(minor).map_err(|_| InvalidMoney::OutOfRange)?;
        let minor = if parts.is_negative { -minor } else { minor };
        Ok(ReadMoney { money: Self { minor, currency }, precision })
    }
}

/// The decimal mark that an amount shows beyond doubt; `None` if it has none or can be read twice.
pub(crate) fn evident_mark(text: &str) -> Option<DecimalMark> {
    let parts = AmountParts::of(text).ok()?;
    DecimalMark::evident_in(&parts.number.digits)
}

/// Whether a text is an amount with its currency.
pub(crate) fn names_currency(text: &str) -> bool {
    AmountParts::of(text).is_ok_and(|parts| {
        let is_known = |written: &String| Currency::from_iso(written).is_some() || sign(written).is_some();
        !parts.signs.is_empty() && parts.signs.iter().all(is_known)
    })
}

/// How exactly an amount was written, by its words alone; `None` if it is no amount.
pub(crate) fn wording(text: &str) -> Option<Precision> {
    let parts = AmountParts::of(text).ok()?;
    let fraction = parts.number.digits.rsplit_once(['.', ',']).map_or(0, |(_, fraction)| fraction.len());
    let is_exact = u32::try_from(fraction).is_ok_and(|decimals| decimals < COMPUTED_DECIMALS);
    Some(if parts.upper.is_some() { Precision::Range } else { parts.precision(is_exact) })
}

/// A number and the power of ten behind it.
struct WrittenNumber {
    /// Digits and separators; starts and ends with a digit.
    digits: String,
    /// 3 for `k`, 6 for `M` and `Mio.`; `None` if no word follows the number.
    exponent: Option<u32>,
}

impl WrittenNumber {
    /// The minor units, and whether they are exact.
    fn minor(
        &self,
        currency: Currency,
        is_written_by_hand: bool,
        times: u128,
        mark: Option<DecimalMark>,
    ) -> Result<(u128, bool), InvalidMoney> {
        let decimals = currency.minor_digits();
        let exponent = self.exponent.unwrap_or(0);
        // A million can have a fraction of three digits: one separator before three digits is ambiguous there.
        let finest = if exponent > 0 { 3 } else { decimals };
        let number = match Decimal::read(&self.digits, mark, finest) {
            // Nobody writes a third decimal of a euro beside the word.
            Err(InvalidNumber::Ambiguous) if is_written_by_hand && finest < 3 => {
                Decimal::read(&self.digits, Some(DecimalMark::Comma), finest)
            }
            read => read,
        };
        let number = number.map_err(|error| match error {
            InvalidNumber::Shape => InvalidMoney::NotANumber,
            InvalidNumber::Ambiguous => InvalidMoney::Ambiguous,
            InvalidNumber::Range => InvalidMoney::OutOfRange,
        })?;
        let scaled = number.scaled(times, decimals + exponent).ok_or(InvalidMoney::OutOfRange)?;
        if scaled.is_exact {
            Ok((scaled.rounded, true))
        } else if number.decimals() >= COMPUTED_DECIMALS {
            Ok((scaled.rounded, false))
        } else {
            Err(InvalidMoney::TooPrecise(currency))
        }
    }
}

/// A written amount, taken apart.
struct AmountParts {
    is_negative: bool,
    is_approximate: bool,
    number: WrittenNumber,
    /// The other end of a range.
    upper: Option<WrittenNumber>,
    /// The currency signs and words around.
    signs: Vec<String>,
}

impl AmountParts {
    fn of(text: &str) -> Result<Self, InvalidMoney> {
        let text = plain(text);
        let mut text = text.trim();
        if text.starts_with('=') {
            // A formula, whose result is not in the file.
            return Err(InvalidMoney::NotANumber);
        }
        let in_brackets = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        // Accountants write a negative amount in brackets.
        if let Some(inner) = in_brackets {
            text = inner.trim();
        }
        let (mut text, mut is_approximate) = without_qualifier(text);
        for ending in ["(estimated)", "(est.)", "(est)", "(approx.)", "(approx)", "est."] {
            if let Some(rest) = strip_suffix_ignore_case(text, ending) {
                (text, is_approximate) = (rest.trim(), true);
            }
        }
        // Before the sign is looked at: the dash of `5-10k` is no minus.
        let (lower, upper) = match range(text) {
            Some((lower, upper)) => (lower, Some(upper)),
            None => (text, None),
        };
        let mut part = OneNumber::of(lower)?;
        let is_negative = part.is_negative || in_brackets.is_some();
        // Two signs of a negative amount may cancel out or not.
        if part.is_negative && in_brackets.is_some() {
            return Err(InvalidMoney::NotANumber);
        }
        let mut upper = upper.map(OneNumber::of).transpose()?;
        if let Some(upper) = &mut upper {
            if is_negative || upper.is_negative {
                // Whether the dash of a negative range is a sign cannot be told.
                return Err(InvalidMoney::NotANumber);
            }
            // `5-10k` is 5 to 10 thousand.
            part.number.exponent = part.number.exponent.or(upper.number.exponent);
            part.signs.append(&mut upper.signs);
        }
        Ok(Self {
            is_negative,
            is_approximate,
            number: part.number,
            upper: upper.map(|upper| upper.number),
            signs: part.signs,
        })
    }

    /// Whether words or a currency stand beside the number: a program writes the number alone.
    fn is_written_by_hand(&self) -> bool {
        self.is_approximate || !self.signs.is_empty()
    }

    fn precision(&self, is_exact: bool) -> Precision {
        match (self.is_approximate, is_exact) {
            (true, _) => Precision::Approximate,
            (false, false) => Precision::Computed,
            (false, true) => Precision::Exact,
        }
    }

    fn currency(&self, context: &MoneyContext) -> Result<Currency, InvalidMoney> {
        let mut stated = context.known;
        // A code settles what the sign beside it means: `$5 CAD`.
        for code in self.signs.iter().filter_map(|sign| Currency::from_iso(sign)) {
            match stated {
                Some(currency) if currency != code => return Err(InvalidMoney::OtherCurrency(currency)),
                _ => stated = Some(code),
            }
        }
        let mut implied = None;
        for written in self.signs.iter().filter(|sign| Currency::from_iso(sign).is_none()) {
            let Some(sign) = sign(written) else {
                return Err(InvalidMoney::UnknownCurrency);
            };
            match stated {
                Some(currency) if !sign.may_mean(currency) => {
                    return Err(InvalidMoney::OtherCurrency(currency));
                }
                Some(_) => {}
                None => {
                    let by_default = context.default.filter(|currency| sign.may_mean(*currency));
                    let meaning = by_default.or_else(|| sign.usual());
                    let meaning = meaning.ok_or(InvalidMoney::SharedSign(sign.meanings))?;
                    if implied.is_some_and(|other| other != meaning) {
                        return Err(InvalidMoney::TwoCurrencies);
                    }
                    implied = Some(meaning);
                }
            }
        }
        stated.or(implied).or(context.default).ok_or(InvalidMoney::NoCurrency)
    }
}

/// One number with the text around it.
struct OneNumber {
    is_negative: bool,
    number: WrittenNumber,
    signs: Vec<String>,
}

impl OneNumber {
    fn of(text: &str) -> Result<Self, InvalidMoney> {
        let is_digit = |character: char| character.is_ascii_digit();
        let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
            return Err(InvalidMoney::NotANumber);
        };
        let mut before = text[..first].trim();
        let mut digits = text[first..=last].to_owned();
        let mut after = text[last + 1..].trim();
        let is_negative = match strip_minus(before) {
            Some(rest) => {
                before = rest;
                true
            }
            None => false,
        };
        before = before.strip_prefix('+').unwrap_or(before).trim();
        // `1200,-` and `500.--` have no cents.
        if let Some((mark, rest)) = no_cents(after) {
            digits.push(mark);
            digits.push_str("00");
            after = rest;
        }
        let (exponent, after) = multiplier(after);
        let signs = [before, after].into_iter().filter(|sign| !sign.is_empty()).map(str::to_owned).collect();
        Ok(Self { is_negative, number: WrittenNumber { digits, exponent }, signs })
    }
}

/// The text with one kind of blank, minus, dash and apostrophe.
fn plain(text: &str) -> String {
    let plain = |character: char| match character {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2212}' | '\u{2013}' | '\u{2014}' => '-',
        '\u{2019}' => '\'',
        other => other,
    };
    text.chars().map(plain).collect()
}

/// The text without a leading word or sign for "about", and whether it had one.
fn without_qualifier(text: &str) -> (&str, bool) {
    const WORDS: [&str; 19] = [
        "approximately",
        "approx.",
        "approx",
        "about",
        "around",
        "roughly",
        "circa",
        "ca.",
        // With the blank: `ca$` and `c$` are Canadian dollars.
        "ca ",
        "c. ",
        "estimated",
        "est.",
        "etwa",
        "rund",
        "environ",
        "env.",
        "aprox.",
        "aprox",
        "unos",
    ];
    const SIGNS: [&str; 7] = [">=", "<=", "~", "\u{2248}", ">", "<", "\u{2265}"];
    let by_sign = SIGNS.iter().find_map(|sign| text.strip_prefix(sign));
    let by_word = || {
        WORDS.iter().find_map(|word| {
            let start = text.get(..word.len())?;
            start.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
        })
    };
    match by_sign.or_else(by_word) {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    }
}

fn strip_suffix_ignore_case<'a>(text: &'a str, ending: &str) -> Option<&'a str> {
    let start = text.len().checked_sub(ending.len())?;
    text.get(start..).filter(|end| end.eq_ignore_ascii_case(ending)).map(|_| &text[..start])
}

/// Both ends of `5-10k`, `$5,000 - $10,000`, `5 to 10k`; `None` where only one number is written.
fn range(text: &str) -> Option<(&str, &str)> {
    let is_digit = |character: char| character.is_ascii_digit();
    let has_digit = |part: &str| part.contains(is_digit);
    for word in [" to ", " bis "] {
        if let Some((lower, upper)) = text.split_once(word).filter(|(a, b)| has_digit(a) && has_digit(b)) {
            return Some((lower.trim(), upper.trim()));
        }
    }
    let (lower, upper) = text.split_once('-').filter(|(a, b)| has_digit(a) && has_digit(b))?;
    // `2026-02-25` is a date, not a range.
    (!upper.contains('-')).then(|| (lower.trim(), upper.trim()))
}

/// Removes one minus from either end of the text before the number.
fn strip_minus(before: &str) -> Option<&str> {
    before.strip_prefix('-').or_else(|| before.strip_suffix('-')).map(str::trim)
}

/// The mark of `,-` or `.--` behind a number, and what follows.
fn no_cents(after: &str) -> Option<(char, &str)> {
    let mark = after.chars().next().filter(|mark| matches!(mark, ',' | '.'))?;
    let rest = after[1..].strip_prefix('-')?;
    Some((mark, rest.trim_start_matches('-').trim()))
}

/// The power of ten that a word behind the number stands for, and what follows it.
fn multiplier(after: &str) -> (Option<u32>, &str) {
    const WORDS: [(u32, &[&str]); 3] = [
        (3, &["k", "thousand", "tsd", "tausend"]),
        (6, &["m", "mn", "mio", "million", "millions", "millionen", "millones", "milhões", "milioni"]),
        (9, &["bn", "mrd", "milliarde", "milliarden", "milliards"]),
    ];
    let len: usize = after.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum();
    let (word, rest) = after.split_at(len);
    let word = word.to_lowercase();
    match WORDS.iter().find(|(_, words)| words.contains(&word.as_str())) {
        Some((exponent, _)) => (Some(*exponent), rest.strip_prefix('.').unwrap_or(rest).trim()),
        None => (None, after),
    }
}

#[cfg(test)]
mod tests;
