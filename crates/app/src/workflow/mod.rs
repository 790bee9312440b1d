//! One module per command; each workflow reads from top to bottom.

pub(crate) mod allocation;
pub(crate) mod backtest;
pub(crate) mod brief;
pub(crate) mod cache;
pub(crate) mod changes;
pub(crate) mod delivery;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod incidents;
pub(crate) mod knowledge;
pub(crate) mod lists;
pub(crate) mod plan;
pub(crate) mod report;
pub(crate) mod todos;
pub(crate) mod trend;
pub(crate) mod verify;
