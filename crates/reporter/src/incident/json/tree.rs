//! One JSON value, opened one level at a time.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value whose parts are still text.
pub(super) enum Tree<'a> {
    /// `null`.
    Nothing,
    /// A text, or a number or truth value as written.
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
            Some(_) => Self::Text(text.to_owned()),
        }
    }
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
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }
        Ok(Self(deserializer.deserialize_map(Members)?))
    }
}
