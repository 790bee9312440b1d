//! `[strict]` and `[[accept]]` of the configuration -> which losses make data incomplete.

use std::ops::Range;

use debtscan_app::{Acceptance, LossCode, LossLimits, LossRules, ShareLimit, Timestamp, closest};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::business::some_day;
use crate::value::{parse_share, parsed};

/// `[strict]`, and the same from the command line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_field_names, reason = "the names are those of the keys")]
pub(crate) struct StrictSection {
    #[serde(deserialize_with = "share")]
    pub(crate) max_unplaced: Option<ShareLimit>,
    #[serde(deserialize_with = "share")]
    pub(crate) max_rejected: Option<ShareLimit>,
    #[serde(deserialize_with = "share")]
    pub(crate) max_unparsed: Option<ShareLimit>,
    #[serde(deserialize_with = "share")]
    pub(crate) max_skipped: Option<ShareLimit>,
}

/// One `[[accept]]`
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptTable {
    code: Spanned<String>,
    reason: Spanned<String>,
    #[serde(default, deserialize_with = "some_day")]
    until: Option<Timestamp>,
}

/// What is wrong with an `[[accept]]`, where, and what would be right.
#[derive(Debug)]
pub(crate) struct WrongAcceptance {
    pub(crate) problem: String,
    pub(crate) span: Range<usize>,
    pub(crate) label: String,
}

/// The rules of the configuration; limits in `typed` replace its own.
pub(crate) fn rules(typed: StrictSection, config: &StrictSection, accepted: &[AcceptTable]) -> LossRules {
    let default = LossLimits::default();
    let limits = LossLimits {
        unplaced: typed.max_unplaced.or(config.max_unplaced).unwrap_or(default.unplaced),
        rejected: typed.max_rejected.or(config.max_rejected).unwrap_or(default.rejected),
        unparsed: typed.max_unparsed.or(config.max_unparsed).unwrap_or(default.unparsed),
        skipped: typed.max_skipped.or(config.max_skipped).unwrap_or(default.skipped),
    };
    let acceptance = |table: &AcceptTable| Acceptance {
        code: find(table.code.get_ref()).expect("checked when the file was read"),
        reason: table.reason.get_ref().trim().to_owned(),
        until: table.until,
    };
    LossRules { limits, accepted: accepted.iter().map(acceptance).collect() }
}

/// Checks that every code is one of a loss, and accepted once and with a reason.
pub(crate) fn check(accepted: &[AcceptTable]) -> Result<(), WrongAcceptance> {
    for (position, table) in accepted.iter().enumerate() {
        let code = table.code.get_ref();
        let wrong =
            |problem: String, label: String| Err(WrongAcceptance { problem, span: table.code.span(), label });
        if find(code).is_none() {
            let known = LossCode::ALL.map(LossCode::code);
            let label = match closest(code, &known) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            return wrong(format!("`{code}` is the code of no loss"), label);
        }
        if accepted[..position].iter().any(|earlier| earlier.code.get_ref() == code) {
            return wrong(format!("`{code}` is accepted twice"), "already accepted above".to_owned());
        }
        if table.reason.get_ref().trim().is_empty() {
            return Err(WrongAcceptance {
                problem: format!("`{code}` is accepted without a reason"),
                span: table.reason.span(),
                label: "say why the loss is acceptable".to_owned(),
            });
        }
    }
    Ok(())
}

fn find(code: &str) -> Option<LossCode> {
    LossCode::ALL.into_iter().find(|known| known.code() == code)
}

fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<ShareLimit>, D::Error> {
    parsed(deserializer, parse_share)
}

#[cfg(test)]
mod tests {
    use debtscan_app::{LossCode, ShareLimit, Timestamp};

    use super::{StrictSection, rules};
    use crate::config::parse;

    #[test]
    fn a_limit_that_is_typed_replaces_that_of_the_file() {
        let text = "[strict]\nmax_unplaced = \"20%\"\nmax_skipped = \"0%\"\n\
                    [[accept]]\ncode = \"shallow-clone\"\nreason = \" CI fetches 5 years \"\nuntil = \"2027-01-31\"\n";
        let config = parse("debtscan.toml", text).expect("valid");
        let typed = StrictSection { max_unplaced: Some(ShareLimit::percent(5)), ..StrictSection::default() };
        let rules = rules(typed, &config.strict, &config.accept);
        let limits = rules.limits;
        let hundredths = [limits.unplaced, limits.rejected, limits.unparsed, limits.skipped];
        assert_eq!(hundredths.map(ShareLimit::hundredths), [500, 0, 1_000, 0]);
        let accepted = &rules.accepted[0];
        assert_eq!((accepted.code, accepted.reason.as_str()), (LossCode::ShallowClone, "CI fetches 5 years"));
        // date -u -d 2027-01-31 +%s; the day itself still counts.
        assert_eq!(accepted.until, Some(Timestamp(1_801_353_600)));
        assert!(!accepted.is_expired(Timestamp(1_801_353_600 + 86_399)));
        assert!(accepted.is_expired(Timestamp(1_801_353_600 + 86_400)));
    }

    #[test]
    fn what_cannot_be_accepted_is_refused() {
        let check = |text: &str, expected: &str| {
            let error = parse("debtscan.toml", text).expect_err("it is wrong");
            let message = format!("{error}\n{}", anstream::adapter::strip_str(&error.snippet()));
            assert!(message.contains(expected), "{message}");
        };
        let accept =
            |code: &str, reason: &str| format!("[[accept]]\ncode = \"{code}\"\nreason = \"{reason}\"\n");
        check(&accept("shalow-clone", "x"), "did you mean `shallow-clone`?");
        // A note, which fails nothing.
        check(&accept("bots", "x"), "`bots` is the code of no loss");
        check(&accept("no-commits", " "), "without a reason");
        check(&accept("no-commits", "x").repeat(2), "`no-commits` is accepted twice");
        check("[[accept]]\ncode = \"no-commits\"\n", "missing key `reason`");
        check("[strict]\nmax_unplaced = 10\n", "invalid type");
        check("[strict]\nmax_unplaced = \"10\"\n", "write a percentage");
    }
}
