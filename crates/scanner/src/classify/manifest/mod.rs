//! What build tools' files of the scanned tree say of packages: names, and who belongs to a workspace.
//!
//! What does not parse says nothing, as if the file were empty: it is still the mark of a package. Only names and
//! folders leave this module, no people.

mod facts;
mod gradle;
mod lists;
mod pom;
pub(crate) mod read;
