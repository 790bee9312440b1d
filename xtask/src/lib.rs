//! Running other programs, shared by `cargo xtask` and the experiments.

pub mod process;
