//! `[brief]`, `[plan]`, `[[team]]` and `[[ask]]` of the configuration -> what a business case is made with.

use std::collections::BTreeMap;

use debtscan_app::{
    AgreedGoal, CaseOptions, Currency, EngineerDays, GoalState, INACTIVE_DAYS, Money, Team, Timestamp,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, de};

use crate::price::Amount;
use crate::value::parsed;

/// `[brief]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BriefSection {
    #[serde(deserialize_with = "crate::value::currency")]
    pub(crate) currency: Option<Currency>,
    pub(crate) engineer_day: Option<Amount>,
    #[serde(deserialize_with = "share")]
    pub(crate) prevents: Option<u32>,
    pub(crate) fixes: Option<String>,
    pub(crate) plan: Option<String>,
    /// Engineer-days by severity; `other` for any other.
    #[serde(deserialize_with = "days_by_word")]
    pub(crate) handling: BTreeMap<String, EngineerDays>,
}

/// `[plan]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PlanSection {
    #[serde(deserialize_with = "part")]
    pub(crate) capacity: Option<u32>,
    #[serde(deserialize_with = "sprints")]
    pub(crate) sprints: Option<u32>,
}

/// One `[[team]]`
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamTable {
    pub(crate) name: String,
    #[serde(deserialize_with = "days")]
    pub(crate) capacity: EngineerDays,
    #[serde(deserialize_with = "day")]
    pub(crate) sprint_start: Timestamp,
    #[serde(default = "two_weeks", deserialize_with = "sprint_days")]
    pub(crate) sprint_days: u32,
    #[serde(default, deserialize_with = "some_day")]
    pub(crate) next_quarter: Option<Timestamp>,
}

/// One `[[ask]]`
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskTable {
    pub(crate) area: String,
    pub(crate) state: StateWord,
    #[serde(default, deserialize_with = "some_day")]
    pub(crate) since: Option<Timestamp>,
    #[serde(default, deserialize_with = "some_day")]
    pub(crate) until: Option<Timestamp>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) owner: Option<String>,
    #[serde(default, deserialize_with = "some_day")]
    pub(crate) review: Option<Timestamp>,
    #[serde(default)]
    pub(crate) max_incidents: Option<u32>,
    #[serde(default, deserialize_with = "share")]
    pub(crate) prevents: Option<u32>,
}

/// What was agreed, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StateWord {
    Planned,
    Watched,
    Accepted,
}

/// The length of a sprint that names none.
fn two_weeks() -> u32 {
    14
}

/// The key of `[brief.handling]` for any other severity.
const OTHER: &str = "other";

impl BriefSection {
    /// The options without areas and files; amounts are in the section's currency, else in `default`.
    ///
    /// # Errors
    /// The problem as a phrase.
    pub(crate) fn options(
        &self,
        default: Option<Currency>,
        teams: &[TeamTable],
    ) -> Result<CaseOptions, String> {
        let currency = self.currency.or(default);
        let engineer_day = self.engineer_day.map(|amount| amount_in(amount, currency)).transpose()?;
        // A severity that is really called `other` means the same.
        let words = self.handling.iter().filter(|(word, _)| word.as_str() != OTHER);
        Ok(CaseOptions {
            areas: Vec::new(),
            engineer_day,
            handling: words.map(|(word, days)| (word.clone(), *days)).collect(),
            handling_other: self.handling.get(OTHER).copied(),
            currency,
            prevents: self.prevents,
            inactive_days: INACTIVE_DAYS,
            teams: teams.iter().map(TeamTable::team).collect(),
            fixes: None,
            plan: None,
        })
    }
}

fn amount_in(amount: Amount, currency: Option<Currency>) -> Result<Money, String> {
    let currency = currency.ok_or("brief.engineer_day needs a currency: set brief.currency")?;
    let money = amount.decimal().money(currency);
    money.map_err(|_| format!("brief.engineer_day has more decimals than {currency}, or is too large"))
}

impl TeamTable {
    fn team(&self) -> Team {
        Team {
            name: self.name.clone(),
            capacity: self.capacity,
            sprint_start: self.sprint_start,
            sprint_days: self.sprint_days,
            next_quarter: self.next_quarter,
        }
    }
}

impl AskTable {
    /// What was agreed.
    pub(crate) fn goal(&self) -> AgreedGoal {
        AgreedGoal {
            area: self.area.clone(),
            state: match self.state {
                StateWord::Planned => GoalState::Planned,
                StateWord::Watched => GoalState::Watched,
                StateWord::Accepted => GoalState::Accepted,
            },
            since: self.since,
            until: self.until,
            reason: self.reason.clone(),
            owner: self.owner.clone(),
            review: self.review,
            max_incidents: self.max_incidents,
            prevents: self.prevents,
        }
    }
}

fn day_of(text: &str) -> Result<Timestamp, String> {
    // jiff also reads the date of a longer time, whose rest would be ignored without a word.
    let day = text.parse::<Date>().ok().filter(|_| text.len() == "2025-01-31".len());
    let day = day.ok_or("write a date such as 2026-01-31")?;
    let midnight = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_err(|error| error.to_string())?;
    Ok(Timestamp(midnight.as_second()))
}

pub(crate) fn some_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    parsed(deserializer, day_of)
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    some_day(deserializer)?.ok_or_else(|| de::Error::custom("write a date such as 2026-01-31"))
}

fn engineer_days(amount: Amount) -> Result<EngineerDays, String> {
    // Work that takes no time has no price, and a sprint without capacity never ends.
    let days = EngineerDays::from_decimal(amount.decimal()).filter(|days| days.0 > 0);
    days.ok_or_else(|| "write a number of engineer-days above 0, such as 27 or 4.5".to_owned())
}

fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<EngineerDays, D::Error> {
    engineer_days(Amount::deserialize(deserializer)?).map_err(de::Error::custom)
}

fn days_by_word<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, EngineerDays>, D::Error> {
    let words = BTreeMap::<String, Amount>::deserialize(deserializer)?.into_iter();
    let days = words.map(|(word, amount)| Ok((word, engineer_days(amount).map_err(de::Error::custom)?)));
    days.collect()
}

fn sprint_days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        // A quarter: a sprint that is longer says nothing about when work can start.
        days @ 1..=91 => Ok(days),
        days => Err(de::Error::custom(format!("`{days}` is not valid here: write 1 to 91 days"))),
    }
}

fn sprints<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    match u32::deserialize(deserializer)? {
        sprints @ 1..=26 => Ok(Some(sprints)),
        sprints => Err(de::Error::custom(format!("`{sprints}` is not valid here: write 1 to 26 sprints"))),
    }
}

/// A share above 0 in thousandths.
fn part<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let share = share(deserializer)?;
    if share == Some(0) { Err(de::Error::custom("write a share above 0, such as 0.25")) } else { Ok(share) }
}

/// A share in thousandths.
fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    // Exact thousandths, so that the request holds no float.
    let share = Amount::deserialize(deserializer)?.decimal().thousandths();
    let share = share.filter(|share| *share <= 1000);
    share.map(Some).ok_or_else(|| de::Error::custom("write a share from 0 to 1, such as 0.75"))
}

#[cfg(test)]
mod tests {
    use debtscan_app::{Currency, EngineerDays, GoalState, Timestamp};

    use crate::config::parse;

    #[test]
    fn a_case_is_configured_in_three_tables() {
        let text = "[brief]\ncurrency = \"USD\"\nengineer_day = 950\nprevents = 0.75\n\
                    [brief.handling]\nlow = 10\nother = 4.5\n\
                    [[team]]\nname = \"Core\"\ncapacity = 27\nsprint_start = \"2026-09-07\"\n\
                    [[ask]]\narea = \"Logins\"\nstate = \"accepted\"\nuntil = \"2027-01-31\"\nmax_incidents = 3\n";
        let config = parse("debtscan.toml", text).expect("valid");
        let case = config.brief.options(None, &config.team).expect("meant");
        assert_eq!(case.engineer_day.map(|day| (day.minor, day.currency)), Some((95_000, Currency::USD)));
        assert_eq!((case.prevents, case.handling_other), (Some(750), Some(EngineerDays(45))));
        assert_eq!(case.handling, [("low".to_owned(), EngineerDays(100))]);
        let team = &case.teams[0];
        // date -u -d 2026-09-07 +%s
        assert_eq!((team.sprint_start, team.sprint_days), (Timestamp(1_788_739_200), 14));
        let goal = config.ask[0].goal();
        assert_eq!((goal.state, goal.max_incidents), (GoalState::Accepted, Some(3)));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let options = |text: &str| {
            let config = parse("debtscan.toml", text).expect("valid");
            config.brief.options(None, &config.team)
        };
        let no_currency = options("[brief]\nengineer_day = 950\n").expect_err("no currency");
        assert_eq!(no_currency, "brief.engineer_day needs a currency: set brief.currency");
        for wrong in [
            "[brief]\nprevents = 75\n",
            "[plan]\ncapacity = 25\n",
            "[plan]\ncapacity = 0\n",
            "[plan]\nsprints = 0\n",
            "[brief.handling]\nlow = 0\n",
            "[[team]]\nname = \"a\"\ncapacity = 27\nsprint_start = \"soon\"\n",
            "[[team]]\nname = \"a\"\ncapacity = 27\nsprint_start = \"2026-09-07\"\nsprint_days = 0\n",
            "[[ask]]\narea = \"a\"\nstate = \"maybe\"\n",
        ] {
            assert!(parse("debtscan.toml", wrong).is_err(), "{wrong}");
        }
    }
}
