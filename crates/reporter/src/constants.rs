//! The constants that a project may set otherwise, by name, and within which bounds.

use std::ops::RangeInclusive;

use crate::parameters::RankingParameters;
use debtscan_findings::ChangedConstant;

/// A constant was not set.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ConstantError {
    /// There is no such constant, or it is no matter of choice.
    #[error("there is no constant `{0}`")]
    Unknown(String),
    /// The value makes no sense.
    #[error("`{name}` takes {expected}, not {value}")]
    Value {
        /// The constant.
        name: &'static str,
        /// What it takes.
        expected: String,
        /// What it was given.
        value: f64,
    },
}

/// What may be set, and how.
struct Constant {
    name: &'static str,
    bounds: RangeInclusive<f64>,
    is_whole: bool,
    get: fn(&RankingParameters) -> f64,
    set: fn(&mut RankingParameters, f64),
}

// A macro, because a field cannot be passed as a value.
macro_rules! number {
    ($name:ident, $bounds:expr) => {
        Constant {
            name: stringify!($name),
            bounds: $bounds,
            is_whole: false,
            get: |parameters| parameters.$name,
            set: |parameters, value| parameters.$name = value,
        }
    };
}

macro_rules! whole {
    ($name:ident, $bounds:expr) => {
        Constant {
            name: stringify!($name),
            bounds: $bounds,
            is_whole: true,
            get: |parameters| parameters.$name as f64,
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to be whole and within bounds"
            )]
            set: |parameters, value| parameters.$name = value as usize,
        }
    };
}

/// Half-lives, in days: from a day to the age of software.
const DAYS: RangeInclusive<f64> = 1.0..=36_500.0;
/// Added to a relative value before its power is taken; 0 would make files at rest impossible.
const OFFSET: RangeInclusive<f64> = 0.001..=100.0;
/// Powers of relative values: beyond, one file takes all.
const POWER: RangeInclusive<f64> = 0.0..=3.0;
const PART: RangeInclusive<f64> = 0.0..=1.0;
const LINES: RangeInclusive<f64> = 1.0..=100_000.0;
const FILES: RangeInclusive<f64> = 1.0..=1_000_000.0;

/// All of [`RankingParameters`] but the 80 % of an interval and the 365 days of a year, which every
/// output has in words, and the limit of wide commits, which `max_files_per_commit` sets.
const CONSTANTS: [Constant; 32] = [
    number!(work_half_life_days, DAYS),
    number!(work_offset, OFFSET),
    number!(work_power, POWER),
    number!(complexity_offset, OFFSET),
    number!(complexity_power, POWER),
    number!(growth_line_offset, LINES),
    number!(max_growth, 1.0..=1_000.0),
    number!(growth_power, POWER),
    number!(test_half_life_days, DAYS),
    number!(test_power, POWER),
    number!(folder_prior, 0.000_001..=100.0),
    number!(folder_power, POWER),
    number!(companion_half_life_days, DAYS),
    whole!(max_companion_source_files, FILES),
    number!(companion_prior, OFFSET),
    number!(companion_line_offset, LINES),
    number!(companion_power, POWER),
    number!(max_own_weight, PART),
    number!(own_line_power, POWER),
    number!(size_weight, PART),
    number!(change_half_life_days, DAYS),
    number!(incident_half_life_days, DAYS),
    number!(history_saturation, 0.0..=1_000_000.0),
    whole!(max_fix_source_files, FILES),
    number!(last_year_weight, PART),
    number!(rate_half_life_days, DAYS),
    number!(longer_half_life_days, DAYS),
    number!(longer_rate_weight, 0.0..=1_000_000.0),
    number!(dispersion_offset, OFFSET),
    number!(dispersion_floor, 0.0..=100.0),
    number!(dispersion_of_few, 0.0..=100.0),
    whole!(max_ticket_commits, FILES),
];

impl RankingParameters {
    /// Sets a constant by its name.
    ///
    /// # Errors
    /// When there is no such constant, or the value is out of bounds or, where a number of files or
    /// commits is asked, not whole. Nothing is changed then.
    pub fn set(&mut self, name: &str, value: f64) -> Result<(), ConstantError> {
        let constant = CONSTANTS.iter().find(|constant| constant.name == name);
        let constant = constant.ok_or_else(|| ConstantError::Unknown(name.to_owned()))?;
        // No range contains NaN, so that it is refused here, too.
        if !constant.bounds.contains(&value) || (constant.is_whole && value.fract() != 0.0) {
            let (least, most) = (constant.bounds.start(), constant.bounds.end());
            let kind = if constant.is_whole { "a whole number" } else { "a number" };
            let expected = format!("{kind} from {least} to {most}");
            return Err(ConstantError::Value { name: constant.name, expected, value });
        }
        (constant.set)(self, value);
        Ok(())
    }

    /// The names that [`RankingParameters::set`] knows, in the order of the fields.
    pub fn names() -> Vec<&'static str> {
        CONSTANTS.iter().map(|constant| constant.name).collect()
    }

    /// The constants that are not as shipped, in the order of the fields.
    pub fn changed(&self) -> Vec<ChangedConstant> {
        let shipped = Self::default();
        CONSTANTS
            .iter()
            .map(|constant| ChangedConstant {
                name: constant.name,
                value: (constant.get)(self),
                shipped: (constant.get)(&shipped),
            })
            .filter(|constant| constant.value.total_cmp(&constant.shipped).is_ne())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{CONSTANTS, ConstantError};
    use crate::parameters::RankingParameters;
    use debtscan_findings::ChangedConstant;

    #[test]
    fn every_shipped_constant_is_within_its_bounds_and_has_a_name_of_its_own() {
        let shipped = RankingParameters::default();
        let mut again = shipped;
        for constant in &CONSTANTS {
            again.set(constant.name, (constant.get)(&shipped)).expect("within bounds");
        }
        assert_eq!(again, shipped);
        let mut names = RankingParameters::names();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CONSTANTS.len());
    }

    #[test]
    fn a_constant_that_is_set_is_told_with_the_shipped_one() {
        let mut parameters = RankingParameters::default();
        assert_eq!(parameters.changed(), []);
        parameters.set("max_own_weight", 0.4).expect("a part");
        parameters.set("work_power", 0.0).expect("a power");
        let changed = [("work_power", 0.0, 0.3), ("max_own_weight", 0.4, 0.18)];
        let changed = changed.map(|(name, value, shipped)| ChangedConstant { name, value, shipped });
        assert_eq!(parameters.changed(), changed);
    }

    #[test]
    fn what_makes_no_sense_is_refused_and_changes_nothing() {
        let mut parameters = RankingParameters::default();
        let message = |it: Result<(), ConstantError>| it.expect_err("it makes no sense").to_string();
        assert_eq!(
            message(parameters.set("work_half_life_days", 0.0)),
            "`work_half_life_days` takes a number from 1 to 36500, not 0"
        );
        assert_eq!(
            message(parameters.set("max_fix_source_files", 2.5)),
            "`max_fix_source_files` takes a whole number from 1 to 1000000, not 2.5"
        );
        assert_eq!(
            message(parameters.set("work_power", f64::NAN)),
            "`work_power` takes a number from 0 to 3, not NaN"
        );
        // Every output mentions the 80% and the 365 days.
        for name in ["interval_low", "horizon_days", "lattice_points", "woork_power"] {
            assert_eq!(parameters.set(name, 0.5), Err(ConstantError::Unknown(name.to_owned())));
        }
        assert_eq!(parameters, RankingParameters::default());
    }
}
