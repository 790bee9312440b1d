//! Numbers as people and tools write them, read exactly.

use std::fmt;

/// The character between whole units and the fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecimalMark {
    /// `1234.50`
    Point,
    /// `1234,50`
    Comma,
}

impl DecimalMark {
    /// The mark that a number shows beyond doubt; `None` if it has none or can be read twice.
    pub(crate) fn evident_in(number: &str) -> Option<Self> {
        match separators(&join_groups(number)?) {
            Separators::Decimal(mark) => Some(mark),
            // Two of one mark are thousands, so that a fraction would have the other.
            Separators::Grouped(mark) => Some(mark.other()),
            Separators::None | Separators::Either(_) => None,
        }
    }

    /// The mark that all of these share; `None` if there are none or two.
    pub(crate) fn agreed(mut marks: impl Iterator<Item = Self>) -> Option<Self> {
        let first = marks.next()?;
        marks.all(|mark| mark == first).then_some(first)
    }

    /// Its usual name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// A decimal fraction of at least 0, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: u128,
    /// How many of the digits are behind the point; at most 38.
    scale: u32,
}

/// The text is not a decimal fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDecimal;

impl fmt::Display for InvalidDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write a number from 0 with at most 12 decimals, such as 0.92")
    }
}

impl std::error::Error for InvalidDecimal {}

impl Decimal {
    /// Parses a number of a configuration: `12`, `0.92` or `.5`.
    ///
    /// # Errors
    /// If the text is anything else, has a sign, more than 12 decimals, or more than 64 bits of digits.
    pub fn parse(text: &str) -> Result<Self, InvalidDecimal> {
        const MOST_DECIMALS: usize = 12;
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}");
        if fraction.len() > MOST_DECIMALS || !is_digits(&digits) {
            return Err(InvalidDecimal);
        }
        let scale = u32::try_from(fraction.len()).expect("at most 12");
        let digits: u64 = digits.parse().map_err(|_| InvalidDecimal)?;
        Ok(Self { digits: digits.into(), scale })
    }

    /// Reads a number of a cell: `1234.5`, `1,234.50`, `1.234,5`, `1 234`, `1'234`, `12,34,567`.
    ///
    /// `mark` is the decimal mark of the column. Without it, one comma before three digits marks thousands
    /// if `decimals` is below 3: a third decimal would be finer than the quantity can be. A point there is
    /// ambiguous, because programs write three decimals as well; a wrong guess is off by a factor of 1000.
    ///
    /// # Errors
    /// If the text is anything else or can be read twice.
    pub(crate) fn read(text: &str, mark: Option<DecimalMark>, decimals: u32) -> Result<Self, InvalidNumber> {
        let number = join_groups(text).ok_or(InvalidNumber::Shape)?;
        let separators = match separators(&number) {
            Separators::Either(found) => match mark {
                Some(mark) if mark == found => Separators::Decimal(found),
                Some(_) => Separators::Grouped(found),
                None if found == DecimalMark::Comma && decimals < 3 => Separators::Grouped(found),
                None => return Err(InvalidNumber::Ambiguous),
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
            return Err(InvalidNumber::Shape);
        }
        // `1.5000` is as coarse as `1.5`: zeros must not exceed the decimals of a currency.
        let fraction = fraction.trim_end_matches('0');
        let mut digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        digits.push_str(fraction);
        if !is_digits(&digits) {
            return Err(InvalidNumber::Shape);
        }
        let scale = u32::try_from(fraction.len()).map_err(|_| InvalidNumber::Range)?;
        // 10^38 is the largest power of ten in 128 bits.
        if scale > 38 {
            return Err(InvalidNumber::Range);
        }
        Ok(Self { digits: digits.parse().map_err(|_| InvalidNumber::Range)?, scale })
    }

    /// The number as a whole one; `None` if it has a fraction or exceeds 64 bits.
    pub(crate) fn whole(self) -> Option<u64> {
        let unit = 10_u128.pow(self.scale);
        if self.digits.is_multiple_of(unit) { u64::try_from(self.digits / unit).ok() } else { None }
    }

    /// How many decimals it has.
    pub(crate) fn decimals(self) -> u32 {
        self.scale
    }

    /// The number times `factor`, as a count of the unit with `decimals` decimals; `None` beyond 128 bits.
    pub(crate) fn scaled(self, factor: u128, decimals: u32) -> Option<Scaled> {
        let product = self.digits.checked_mul(factor)?.checked_mul(10_u128.checked_pow(decimals)?)?;
        // Both constructors bound the scale, so that the power fits.
        let unit = 10_u128.pow(self.scale);
        let (units, rest) = (product / unit, product % unit);
        // Compared without doubling, which could overflow.
        Some(Scaled { units, is_exact: rest == 0, rounded: units + u128::from(rest >= unit - rest) })
    }

    /// Whole thousandths, cut off below; `None` if they are too many.
    pub fn thousandths(self) -> Option<u32> {
        self.scaled(1, 3).and_then(|scaled| u32::try_from(scaled.units).ok())
    }

    /// Whether it is at most 1.
    pub fn is_share(self) -> bool {
        self.digits <= 10_u128.pow(self.scale)
    }

    /// The digits without the point.
    pub(crate) fn digits(self) -> u128 {
        self.digits
    }
}

/// A [`Decimal`] in units of a decimal fraction.
pub(crate) struct Scaled {
    /// Whole units, the rest cut off.
    pub(crate) units: u128,
    /// Whether nothing is cut off.
    pub(crate) is_exact: bool,
    /// The nearest number of units, halves up.
    pub(crate) rounded: u128,
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let unit = 10_u128.pow(self.scale);
        let width = self.scale as usize;
        write!(f, "{}.{:0width$}", self.digits / unit, self.digits % unit)
    }
}

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InvalidNumber {
    /// It is not digits with marks between them.
    Shape,
    /// Its one separator may mark thousands or a fraction.
    Ambiguous,
    /// It has more digits than can be computed with.
    Range,
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
        // A leading zero or a fourth digit could not begin groups of thousands.
        Separators::Either(mark)
    } else {
        Separators::Decimal(mark)
    }
}

/// The number without blanks and apostrophes before groups of three digits; `None` if anything but digits,
/// points and commas is left.
fn join_groups(number: &str) -> Option<String> {
    // Swiss apostrophes, and the thin and no-break blanks of French and Nordic locales.
    let is_space =
        |character: char| matches!(character, ' ' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2019}');
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
                // Two digits, as in the Indian `12,34,567`.
                && middle.iter().all(|group| matches!(group.len(), 2 | 3))
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Decimal, DecimalMark, InvalidNumber};

    #[test]
    fn decimals_of_a_configuration_are_read_and_written_exactly() {
        for (text, written) in [("12", "12"), ("0.920", "0.920"), (".5", "0.5"), ("3.05", "3.05")] {
            assert_eq!(Decimal::parse(text).expect("a number").to_string(), written);
        }
        for text in ["", ".", "-1", "1e3", "1,5", "0.1234567890123", "99999999999999999999"] {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_of_cells_are_read_by_the_mark_of_their_column() {
        let read = |text, mark| Decimal::read(text, mark, 2).map(|number| number.to_string());
        for (text, expected) in [
            ("172,973", Ok("172973")),
            ("8,975,566", Ok("8975566")),
            ("1,5", Ok("1.5")),
            ("1.5000", Ok("1.5")),
            ("1 234,50", Ok("1234.5")),
            ("1'234", Ok("1234")),
            ("12,34,567.89", Ok("1234567.89")),
            ("0.500", Ok("0.5")),
            ("5182.666666666667", Ok("5182.666666666667")),
            ("1.440", Err(InvalidNumber::Ambiguous)),
            ("1,2,345", Err(InvalidNumber::Shape)),
            ("1.2.3,4,5", Err(InvalidNumber::Shape)),
            ("", Err(InvalidNumber::Shape)),
            ("-1", Err(InvalidNumber::Shape)),
        ] {
            assert_eq!(read(text, None), expected.map(str::to_owned), "{text}");
        }
        assert_eq!(read("1.440", Some(DecimalMark::Comma)), Ok("1440".to_owned()));
        assert_eq!(read("1.440", Some(DecimalMark::Point)), Ok("1.44".to_owned()));
        assert_eq!(read("1,440", Some(DecimalMark::Comma)), Ok("1.44".to_owned()));
    }

    #[test]
    fn a_number_shows_its_decimal_mark_only_beyond_doubt() {
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

    #[test]
    fn units_are_counted_exactly_and_rounded_on_request() {
        let monthly = Decimal::read("5182.666666666667", None, 2).expect("a number");
        let yearly = monthly.scaled(12, 2).expect("small");
        assert_eq!((yearly.rounded, yearly.is_exact), (6_219_200, false));
        assert_eq!(Decimal::parse("7.0").expect("a number").whole(), Some(7));
        assert_eq!(Decimal::parse("7.5").expect("a number").whole(), None);
    }
}
