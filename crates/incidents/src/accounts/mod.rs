//! Customer accounts: who was hit, what they pay a year, when they decide to stay.

pub(crate) mod account;
pub(crate) mod columns;
pub(crate) mod read;
#[cfg(test)]
mod tests;
