//! Tables for the business case: [`fixes`] that are asked for, the [`plan`] that they displace, the [`last`] plan
//! of fixes, and [`labels`] of past changes.

pub(crate) mod days;
pub(crate) mod fixes;
pub(crate) mod labels;
pub(crate) mod last;
pub(crate) mod plan;
pub(crate) mod table;
#[cfg(test)]
mod tests;
