//! The mailmap of the scanned tree.

use bstr::ByteSlice;
use debtscan_model::Author;

/// A parsed `.mailmap`; malformed lines are left out, as git does.
pub(crate) struct Mailmap {
    snapshot: gix::mailmap::Snapshot,
}

impl Mailmap {
    pub(crate) fn parse(content: &[u8]) -> Self {
        Self { snapshot: gix::mailmap::Snapshot::from_bytes(content) }
    }

    /// The author that a signature stands for.
    pub(crate) fn resolve(&self, author: &Author) -> Author {
        let raw = gix::actor::SignatureRef {
            name: author.name.as_bstr(),
            email: author.email.as_bstr(),
            time: "0 +0000",
        };
        let mapped = self.snapshot.resolve_cow(raw);
        Author { name: mapped.name.into_owned(), email: mapped.email.into_owned() }
    }
}
