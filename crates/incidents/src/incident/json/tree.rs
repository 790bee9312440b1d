//! One JSON value, opened one level at a time.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value whose parts are still text.
pub(super) enum Tree<'a> {
    /// `null`.
    Nothing,
    /// A text, or a number or truth value as written, a number without exponent.
    Text(String),
    /// A list.
    List(Vec<&'a RawValue>),
    /// An object.
    Object(Pairs<'a>),
}

impl<'a> Tree<'a> {
    pub(super) fn of(raw: &'a RawValue) -> Self {
        let text = raw.get().trim();
        // A name or text with half of a surrogate pair is JSON, but no text: it stays as written.
        let as_written = |_| Self::Text(text.to_owned());
        match text.as_bytes().first() {
            Some(b'{') => serde_json::from_str(text).map_or_else(as_written, Self::Object),
            Some(b'[') => serde_json::from_str(text).map_or_else(as_written, Self::List),
            Some(b'"') => serde_json::from_str(text).map_or_else(as_written, Self::Text),
            Some(b'n') | None => Self::Nothing,
            Some(_) => Self::Text(without_exponent(text).unwrap_or_else(|| text.to_owned())),
        }
    }
}

/// Whether a JSON value is a number.
pub(super) fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// A number with an exponent as plain decimal digits: `1.25e3` is `1250`. `None` for any other value, and
/// for one with more digits than anybody counts in.
fn without_exponent(text: &str) -> Option<String> {
    // Without a bound, `1e999999999` would be written out in a billion digits.
    const MOST: usize = 40;
    let (mantissa, exponent) = text.split_once(['e', 'E']).filter(|_| is_number(text))?;
    let exponent: i64 = exponent.parse().ok()?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{whole}{fraction}");
    let mut point = i64::try_from(whole.len()).ok()?.checked_add(exponent)?;
    if point.unsigned_abs() > MOST as u64 || digits.len() > MOST {
        return None;
    }
    while point < 1 {
        digits.insert(0, '0');
        point += 1;
    }
    let point = usize::try_from(point).ok()?;
    while digits.len() < point {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(point);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    let mark = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{mark}{fraction}"))
}

/// The members of an object, in their order.
#[derive(Default)]
pub(super) struct Pairs<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'a> Pairs<'a> {
    /// The first member of this name.
    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| *value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                // A list instead of a map: columns keep the order of the file, and of two equal
                // names the first counts.
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }
        Ok(Self(deserializer.deserialize_map(MembersVisitor)?))
    }
}

#[cfg(test)]
mod tests {
    use super::without_exponent;

    #[test]
    fn exponents_are_written_out() {
        let cases = [
            ("1e3", "1000"),
            ("1.25E+3", "1250"),
            ("-12.5e1", "-125"),
            ("1.2345e2", "123.45"),
            ("5e-3", "0.005"),
            ("10e-1", "1"),
            ("0e5", "0"),
        ];
        for (number, expected) in cases {
            assert_eq!(without_exponent(number).as_deref(), Some(expected), "{number}");
        }
        for other in ["12", "true", "1e400", "e3"] {
            assert_eq!(without_exponent(other), None, "{other}");
        }
    }
}
