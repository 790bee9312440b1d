//! Tables for the business case: [fixes](fixes) that are asked for, and the [plan](plan) that they displace.

pub(crate) mod days;
pub(crate) mod fixes;
pub(crate) mod plan;
pub(crate) mod table;
#[cfg(test)]
mod tests;
