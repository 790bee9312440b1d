//! Scans of real repositories, compared with the installed git.

#[path = "scan/against_git.rs"]
mod against_git;
#[path = "scan/anonymous.rs"]
mod anonymous;
#[path = "scan/boundaries.rs"]
mod boundaries;
#[path = "scan/budgets.rs"]
mod budgets;
#[path = "scan/cached.rs"]
mod cached;
#[path = "scan/content.rs"]
mod content;
#[path = "scan/giants.rs"]
mod giants;
#[path = "scan/joins.rs"]
mod joins;
#[path = "scan/lines.rs"]
mod lines;
#[path = "scan/merges.rs"]
mod merges;
#[path = "scan/noise.rs"]
mod noise;
#[path = "scan/past.rs"]
mod past;
#[path = "scan/people.rs"]
mod people;
#[path = "scan/places.rs"]
mod places;
#[path = "scan/rows.rs"]
mod rows;
#[path = "scan/series.rs"]
mod series;
