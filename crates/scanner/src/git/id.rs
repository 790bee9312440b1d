//! Object ids, in gix's type and in the model's.

use debtscan_model::CommitId;
pub(crate) use gix::ObjectId;
#[cfg(test)]
pub(crate) use gix::hash::Kind as HashKind;

/// The id with these bytes.
pub(crate) fn object_id(bytes: &[u8]) -> ObjectId {
    ObjectId::from_bytes_or_panic(bytes)
}

/// The id in the model's type.
pub(crate) fn commit_id(id: &gix::oid) -> CommitId {
    CommitId::from_bytes(id.as_bytes()).expect("object ids have 20 or 32 bytes")
}
