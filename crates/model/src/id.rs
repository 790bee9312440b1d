//! Object ids, and dense indices into the tables of a [`Scan`](crate::Scan).

use crate::count::to_u32;
use std::fmt;

/// The id of a commit object: 20 bytes (SHA-1) or 32 bytes (SHA-256).
///
/// Ordered bytewise, which is also the order of the hexadecimal text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId {
    // Room for SHA-256 in place, because ids are copied and compared in every table, and a boxed
    // slice would cost an allocation each. The bytes after a shorter id are 0, so the derived order
    // and equality hold.
    bytes: [u8; 32],
    len: u8,
}

/// The error for text or bytes that are no object id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCommitId;

impl fmt::Display for InvalidCommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an object id of 40 or 64 hexadecimal digits")
    }
}

impl std::error::Error for InvalidCommitId {}

impl CommitId {
    /// Wraps the raw bytes of an id.
    ///
    /// # Errors
    /// If the length is neither 20 nor 32.
    pub fn from_bytes(raw: &[u8]) -> Result<Self, InvalidCommitId> {
        let len = match raw.len() {
            20 => 20,
            32 => 32,
            _ => return Err(InvalidCommitId),
        };
        let mut bytes = [0; 32];
        bytes[..raw.len()].copy_from_slice(raw);
        Ok(Self { bytes, len })
    }

    /// Parses 40 or 64 hexadecimal digits in any letter case.
    ///
    /// # Errors
    /// If the text is anything else, including an abbreviated id.
    pub fn from_hex(text: &str) -> Result<Self, InvalidCommitId> {
        let digits = text.as_bytes();
        // An abbreviated id needs the object database to be resolved, which the model does not
        // have.
        if !matches!(digits.len(), 40 | 64) {
            return Err(InvalidCommitId);
        }
        let mut raw = [0_u8; 32];
        for (byte, pair) in raw.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_value(pair[0])? << 4 | hex_value(pair[1])?;
        }
        Self::from_bytes(&raw[..digits.len() / 2])
    }

    /// The raw bytes: 20 or 32 of them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The first ten hexadecimal digits, for people.
    pub fn short(&self) -> String {
        let mut text = self.to_string();
        // Seven digits, git's usual minimum, are often ambiguous in a large repository.
        text.truncate(10);
        text
    }
}

fn hex_value(digit: u8) -> Result<u8, InvalidCommitId> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(InvalidCommitId),
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! dense_index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        // One type per table, so that an index into files cannot select a commit. 32 bits halve the
        // largest tables.
        pub struct $name(pub u32);

        impl $name {
            /// Converts a table position to an index.
            ///
            /// # Panics
            /// If the table holds more than 2^32 - 1 rows.
            pub fn new(position: usize) -> Self {
                Self(to_u32(position))
            }

            /// The position in the table.
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

dense_index!(
    /// A position in [`Scan::commits`](crate::Scan::commits).
    CommitIdx
);
dense_index!(
    /// A position in [`Scan::files`](crate::Scan::files).
    FileIdx
);
dense_index!(
    /// A position in [`Scan::paths`](crate::Scan::paths).
    PathIdx
);
dense_index!(
    /// A position in [`Scan::authors`](crate::Scan::authors).
    AuthorIdx
);
dense_index!(
    /// A position in [`Scan::changes`](crate::Scan::changes).
    ChangeIdx
);

#[cfg(test)]
mod tests {
    use super::CommitId;

    #[test]
    fn hexadecimal_text_survives_the_round_trip_for_both_object_formats() {
        for text in ["0123456789abcdef0123456789abcdef01234567".to_owned(), "ab".repeat(32)] {
            let id = CommitId::from_hex(&text).expect("valid");
            assert_eq!(id.to_string(), text);
            assert_eq!(id.short(), &text[..10]);
        }
    }

    #[test]
    fn short_and_odd_ids_are_refused() {
        for text in ["", "abc", &"a".repeat(39), &"g".repeat(40)] {
            assert!(CommitId::from_hex(text).is_err(), "{text}");
        }
    }
}
