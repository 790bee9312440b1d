//! Incidents: what broke, when, what it cost, and the evidence for its location.

mod below;
#[cfg(test)]
mod case_tests;
pub(crate) mod cell;
pub(crate) mod column;
pub(crate) mod column_map;
#[cfg(test)]
mod cost_tests;
pub(crate) mod date;
pub(crate) mod date_order;
pub(crate) mod decode;
pub(crate) mod duration;
pub(crate) mod error;
#[cfg(test)]
mod export_tests;
pub(crate) mod field;
pub(crate) mod file;
pub(crate) mod filter;
mod hint;
pub(crate) mod incidents;
pub(crate) mod input_sheet;
pub(crate) mod json;
pub(crate) mod layout;
mod localised;
pub(crate) mod merge;
mod month;
pub(crate) mod names;
pub(crate) mod options;
#[cfg(test)]
mod property_tests;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod redact;
pub(crate) mod reference;
pub(crate) mod rejected;
pub(crate) mod row;
pub(crate) mod severity;
pub(crate) mod sheet;
mod shell;
pub(crate) mod signature;
#[cfg(test)]
mod tests;
pub(crate) mod tool;
pub(crate) mod total;
pub(crate) mod workbook;
