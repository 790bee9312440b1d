//! Engineer-days, exact to a tenth.

use std::fmt;

use crate::number::Decimal;

/// Work in tenths of an engineer-day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct EngineerDays(pub u32);

impl EngineerDays {
    /// Converts a number of engineer-days; `None` if it is finer than a tenth or too large.
    pub fn from_decimal(days: Decimal) -> Option<Self> {
        let scaled = days.scaled(1, 1).filter(|scaled| scaled.is_exact)?;
        u32::try_from(scaled.units).ok().map(Self)
    }

    /// The sum, at most `u32::MAX` tenths.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for EngineerDays {
    /// `9` or `4.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenths) => write!(f, "{whole}.{tenths}"),
        }
    }
}
