//! Money: amounts in one currency each, exact.

pub(crate) mod amount;
pub(crate) mod currency;
pub(crate) mod parse;
mod product;
