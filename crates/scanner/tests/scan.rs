//! Scans of real repositories, compared with the installed git.

#[path = "scan/against_git.rs"]
mod against_git;
#[path = "scan/boundaries.rs"]
mod boundaries;
#[path = "scan/cached.rs"]
mod cached;
#[path = "scan/content.rs"]
mod content;
#[path = "scan/rows.rs"]
mod rows;
