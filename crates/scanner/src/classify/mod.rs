//! What the scanned tree says of its own files: their kinds, packages and exclusions.

pub(crate) mod class;
pub(crate) mod exclude;
pub(crate) mod ignore_revs;
pub(crate) mod manifest;
