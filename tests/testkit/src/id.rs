//! Object ids as text.

use gix::ObjectId;

/// Parses a full hexadecimal id.
pub(crate) fn parse_id(hex: &str) -> ObjectId {
    ObjectId::from_hex(hex.as_bytes()).expect("a full hexadecimal object id")
}
