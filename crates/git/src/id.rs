//! Object ids, as gix's type and as the model's.

use debtscan_model::CommitId;
pub use gix::ObjectId;

/// Converts 20 or 32 bytes to an object id.
pub fn object_id(bytes: &[u8]) -> ObjectId {
    ObjectId::from_bytes_or_panic(bytes)
}

/// A digest of some byte strings and of where each ends, in hexadecimal.
pub fn digest(parts: &[Vec<u8>]) -> String {
    let mut hasher = gix::hash::hasher(gix::hash::Kind::Sha1);
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    // A collision attack is the only error, and such input has no digest that could be found again.
    hasher.try_finalize().map_or_else(|_| String::new(), |digest| digest.to_string())
}

/// Converts an object id to the model's type.
pub fn commit_id(id: &gix::oid) -> CommitId {
    CommitId::from_bytes(id.as_bytes()).expect("object ids have 20 or 32 bytes")
}
