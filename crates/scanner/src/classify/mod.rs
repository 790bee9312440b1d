//! Classification of the files of the scanned tree: classes, packages and exclusions.

pub(crate) mod asked;
mod build_files;
pub(crate) mod class;
pub(crate) mod exclude;
mod folders;
mod generated;
pub(crate) mod ignore_revs;
pub(crate) mod language;
pub(crate) mod manifest;
pub(crate) mod neighbours;
mod test_names;
mod vendored;
