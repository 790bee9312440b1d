//! The mailmap of the scanned tree.

use std::collections::BTreeSet;

use bstr::{BString, ByteSlice};
use debtscan_model::Author;

/// A parsed `.mailmap`. Malformed lines are ignored, as in git.
pub struct Mailmap {
    snapshot: gix::mailmap::Snapshot,
}

impl Mailmap {
    /// Parses the content of a `.mailmap`.
    pub fn parse(content: &[u8]) -> Self {
        Self { snapshot: gix::mailmap::Snapshot::from_bytes(content) }
    }

    /// Returns the author that a recorded signature belongs to.
    pub fn resolve(&self, author: &Author) -> Author {
        let raw = gix::actor::SignatureRef {
            name: author.name.as_bstr(),
            email: author.email.as_bstr(),
            // The library asks for a whole signature, and the time has no part in the mapping.
            time: "0 +0000",
        };
        let mapped = self.snapshot.resolve_cow(raw);
        Author { name: mapped.name.into_owned(), email: mapped.email.into_owned() }
    }

    /// The addresses that some line puts in place of another, in lower case.
    pub fn proper_addresses(&self) -> BTreeSet<BString> {
        let entries = self.snapshot.entries();
        let proper = entries.iter().filter_map(gix::mailmap::Entry::new_email);
        proper.map(|email| BString::from(email.to_ascii_lowercase())).collect()
    }
}
