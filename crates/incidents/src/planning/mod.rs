//! Tables for the business case: [`fixes`] that are asked for, and the [`plan`] that they displace.

pub(crate) mod days;
pub(crate) mod fixes;
pub(crate) mod plan;
pub(crate) mod table;
#[cfg(test)]
mod tests;
