//! Object ids, as gix's type and as the model's.

use debtscan_model::CommitId;
pub use gix::ObjectId;

/// Converts 20 or 32 bytes to an object id.
pub fn object_id(bytes: &[u8]) -> ObjectId {
    ObjectId::from_bytes_or_panic(bytes)
}

/// Converts an object id to the model's type.
pub fn commit_id(id: &gix::oid) -> CommitId {
    CommitId::from_bytes(id.as_bytes()).expect("object ids have 20 or 32 bytes")
}
