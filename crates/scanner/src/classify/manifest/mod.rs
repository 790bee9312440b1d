//! Manifests of build tools in the scanned tree: package names and workspace members.
//!
//! A manifest that does not parse counts as empty: it still marks a package. Only names and folders are
//! extracted, no people.

mod facts;
mod gradle;
mod lists;
mod pom;
mod programs;
pub(crate) mod read;
