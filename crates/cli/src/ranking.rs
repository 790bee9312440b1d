//! `[ranking]` of the configuration -> the constants of the ranking.

use std::collections::BTreeMap;
use std::ops::Range;

use debtscan_app::{ConstantError, RankingParameters, closest};
use serde::Deserialize;
use toml::Spanned;

/// `[ranking]`: constants by name; the others keep their default.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub(crate) struct RankingSection(BTreeMap<Spanned<String>, Spanned<Number>>);

/// A number with or without decimals.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged, expecting = "a constant of the ranking is a number")]
enum Number {
    // TOML tells `1` from `1.0`, and people write both. 32 bits, because every such number is an
    // exact float.
    Whole(i32),
    Decimal(f64),
}

/// A wrong constant, and its place in the file.
#[derive(Debug)]
pub(crate) struct WrongConstant {
    pub(crate) problem: String,
    pub(crate) span: Range<usize>,
    /// Shown beside the place.
    pub(crate) label: Option<String>,
}

impl RankingSection {
    /// The constants in force.
    ///
    /// # Errors
    /// When a name is unknown or a value is out of bounds.
    pub(crate) fn parameters(&self) -> Result<RankingParameters, WrongConstant> {
        let mut parameters = RankingParameters::default();
        for (name, value) in &self.0 {
            let number = match value.get_ref() {
                Number::Whole(number) => f64::from(*number),
                Number::Decimal(number) => *number,
            };
            parameters
                .set(name.get_ref(), number)
                .map_err(|error| wrong(error, name.span(), value.span()))?;
        }
        Ok(parameters)
    }
}

/// Constants of earlier versions that changed no figure of a report.
const REMOVED: [&str; 2] = ["max_history_weight", "own_weight"];

fn wrong(error: ConstantError, name: Range<usize>, value: Range<usize>) -> WrongConstant {
    match error {
        ConstantError::Unknown(word) if REMOVED.contains(&word.as_str()) => WrongConstant {
            problem: format!("ranking.{word} was removed: it changed no figure of a report"),
            span: name,
            label: Some("delete this line".to_owned()),
        },
        ConstantError::Unknown(word) => {
            let label = closest(&word, &RankingParameters::names()).map_or_else(
                || "see `[ranking]` in docs/configuration.md".to_owned(),
                |known| format!("did you mean `{known}`?"),
            );
            WrongConstant { problem: format!("unknown key `{word}`"), span: name, label: Some(label) }
        }
        ConstantError::Value { name, expected, value: given } => WrongConstant {
            problem: format!("ranking.{name} takes {expected}, not {given}"),
            span: value,
            label: Some(expected),
        },
    }
}

#[cfg(test)]
mod tests {
    use debtscan_app::RankingParameters;

    use crate::config::parse;

    fn message(content: &str) -> String {
        let error = parse("debtscan.toml", content).expect_err("it is wrong");
        format!("{error}\n{}", anstream::adapter::strip_str(&error.snippet()))
    }

    #[test]
    fn constants_that_are_not_named_stay_as_shipped() {
        let config = parse("debtscan.toml", "[ranking]\nwork_power = 0.4\nmax_fix_source_files = 60\n");
        let parameters = config.expect("valid").ranking.parameters().expect("valid");
        let shipped = RankingParameters::default();
        assert_eq!(parameters, RankingParameters { work_power: 0.4, max_fix_source_files: 60, ..shipped });
    }

    #[test]
    fn every_constant_is_documented_with_its_shipped_value() {
        let page = include_str!("../../../docs/configuration.md");
        for name in RankingParameters::names() {
            let mut parameters = RankingParameters::default();
            let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
            let row = row.unwrap_or_else(|| panic!("docs/configuration.md does not mention `{name}`"));
            let shipped = row.split(" | ").nth(1).and_then(|cell| cell.replace(',', "").parse().ok());
            parameters.set(name, shipped.expect("the second cell is the shipped value")).expect("valid");
            assert_eq!(parameters, RankingParameters::default(), "{row}");
        }
    }

    #[test]
    fn an_unknown_constant_is_pointed_at_with_the_nearest_known_one() {
        insta::assert_snapshot!(message("[ranking]\nwork_powers = 0.4\n"), @r"
            cannot use `debtscan.toml`: unknown key `work_powers`
               ╭─[debtscan.toml:2:1]
             1 │ [ranking]
             2 │ work_powers = 0.4
               · ─────┬─────
               ·      ╰── did you mean `work_power`?
               ╰────
        ");
        let of_80_percent = message("[ranking]\ninterval_low = 0.05\n");
        assert!(of_80_percent.contains("unknown key `interval_low`"), "{of_80_percent}");
        assert!(of_80_percent.contains("see `[ranking]` in docs/configuration.md"), "{of_80_percent}");
    }

    #[test]
    fn removed_constants_are_named() {
        for name in super::REMOVED {
            let message = message(&format!("[ranking]\n{name} = 0.5\n"));
            let expected = format!("ranking.{name} was removed: it changed no figure of a report");
            assert!(message.contains(&expected) && message.contains("delete this line"), "{message}");
        }
    }

    #[test]
    fn a_value_that_makes_no_sense_is_pointed_at() {
        insta::assert_snapshot!(message("[ranking]\nwork_power = -1\n"), @r"
            cannot use `debtscan.toml`: ranking.work_power takes a number from 0 to 3, not -1
               ╭─[debtscan.toml:2:14]
             1 │ [ranking]
             2 │ work_power = -1
               ·              ─┬
               ·               ╰── a number from 0 to 3
               ╰────
        ");
        let files = message("[ranking]\nmax_fix_source_files = 2.5\n");
        assert!(files.contains("takes a whole number from 1 to 1000000, not 2.5"), "{files}");
        let word = message("[ranking]\nwork_power = \"much\"\n");
        assert!(word.contains("a constant of the ranking is a number"), "{word}");
        assert!(word.contains("debtscan.toml:2:14"), "{word}");
    }
}
