//! Classification of the files of the scanned tree: classes, packages and exclusions.

pub(crate) mod class;
pub(crate) mod exclude;
pub(crate) mod ignore_revs;
pub(crate) mod manifest;
