//! The business case: what happened in an area, what it may cost, what is asked, and what that displaces.
//!
//! One [`AreaPage`] per area, and a [portfolio](Brief::portfolio) of all areas. Every figure is a value with its
//! origin; amounts that happened are exact, amounts that may come are in minor units as numbers of the model.

mod ask;
mod displacement;
mod future;
mod knowledge;
mod past;
mod review;

pub use self::ask::*;
pub use self::displacement::*;
pub use self::future::*;
pub use self::knowledge::*;
pub use self::past::*;
pub use self::review::*;

use debtscan_incidents::{Costs, Currency, EngineerDays, Money};
use debtscan_model::Timestamp;

use crate::backtest::BacktestSummary;
use crate::change::{AreaChange, BrokenYears};
use crate::delivery::{AreaDelivery, DeliverySource};
use crate::forecast::Interval;
use crate::head::ListHead;

/// The business case of a repository.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// What was scanned, and what could not be read.
    pub head: ListHead,
    /// How incidents are priced.
    pub pricing: CasePricing,
    /// The optional files and settings that were given.
    pub given: Given,
    /// The whole product.
    pub product: Product,
    /// What the last backtest of the same incidents and configuration said; `None` if none is in the cache.
    pub backtest: Option<BacktestSummary>,
    /// What became of years that broke with the past of their area.
    pub broken_years: BrokenYears,
    /// All areas with source files or incidents: largest expected cost first.
    pub portfolio: Vec<PortfolioRow>,
    /// Positions in `portfolio`: the largest rise of incidents over the year before first, without areas where none
    /// is known in either year.
    pub by_change: Vec<usize>,
    /// One page per area that was asked for, in that order; empty for the portfolio alone.
    pub pages: Vec<AreaPage>,
}

/// How incidents are priced in a business case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePricing {
    /// Which prices stand for the incidents to come.
    pub basis: CaseBasis,
    /// What an engineer-day costs; `None` when the configuration does not say.
    pub engineer_day: Option<Money>,
}

/// Which prices stand for the incidents to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseBasis {
    /// The engineer-days that handling takes, by severity, at the price of an engineer-day.
    Handling {
        /// The words of the configuration with the engineer-days of each, in its order.
        by_severity: Vec<(String, EngineerDays)>,
        /// For any other severity, and for none; `None` when such incidents are not priced.
        other: Option<EngineerDays>,
        /// The currency of an engineer-day.
        currency: Currency,
    },
    /// The past costs, recorded and modelled, as in the ranking.
    PastCosts(Currency),
    /// Nothing: incidents are counted.
    None,
}

impl CaseBasis {
    /// The currency of amounts that may come; `None` when incidents are only counted.
    pub fn currency(&self) -> Option<Currency> {
        match self {
            // Both amounts that may come are in one currency: costs in others are not converted, so
            // they are in no forecast of a business case.
            Self::Handling { currency, .. } | Self::PastCosts(currency) => Some(*currency),
            Self::None => None,
        }
    }
}

/// The optional files and settings that a business case was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one independent fact per file or setting")]
pub struct Given {
    /// Any incident.
    pub incidents: bool,
    /// Customer accounts.
    pub accounts: bool,
    /// Fixes (`--fixes`).
    pub fixes: bool,
    /// A plan (`--plan`).
    pub plan: bool,
    /// A team with its capacity (`[[team]]`).
    pub team: bool,
    /// Engineer-days by severity (`[brief.handling]`).
    pub handling: bool,
    /// The price of an engineer-day (`brief.engineer_day`).
    pub engineer_day: bool,
}

/// Facts of the whole product.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Product {
    /// Placed incidents that began in the 365 days to `as_of`.
    pub last_year: u32,
    /// The same of the 365 days before those.
    pub year_before: u32,
    /// When the newest incident with a recorded cost above 0 began; `None` without any.
    pub last_recorded_cost: Option<Timestamp>,
    /// What became of the worst areas of past years; `None` with fewer than five such years.
    pub regression: Option<Regression>,
}

/// The area with the most incidents of each past year, and the same area in the year after.
///
/// A year with extraordinarily many incidents is followed by an ordinary one: that alone halves most figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regression {
    /// Pairs of years compared; each year ends at the day of `as_of`, and has at least one incident.
    pub years: u32,
    /// Incidents of the worst areas in their worst years.
    pub worst: u32,
    /// Incidents of the same areas in the years after.
    pub after: u32,
}

/// One area in the portfolio.
#[derive(Debug, Clone, PartialEq)]
pub struct PortfolioRow {
    /// Stable identifier.
    pub id: String,
    /// The name that reports show.
    pub name: String,
    /// Who answers for it, if known.
    pub owner: Option<String>,
    /// Its rank by expected cost; `None` without source files.
    pub rank: Option<usize>,
    /// Lines of code of its source files.
    pub source_lines: u64,
    /// Its share of all lines of code, `0..=1`.
    pub code_share: f64,
    /// Incidents mainly here that began in the 365 days to `as_of`; an incident counts in one area.
    pub last_year: u32,
    /// The same of the 365 days before those.
    pub year_before: u32,
    /// The probability that at least as many of its incidents of both years fall in the last one if it only followed
    /// the whole product, `0..=1`; `None` without incidents in both years together.
    pub rise_by_chance: Option<f64>,
    /// Its part of the cost of last year's incidents, recorded and modelled.
    pub cost_last_year: Costs,
    /// The modelled part of that.
    pub modelled_last_year: Costs,
    /// Its part of the price of handling last year's incidents; `None` unless handling is priced.
    pub handling_last_year: Option<Money>,
    /// Incidents expected in the 365 days after `as_of`; `None` without dated incidents.
    pub incidents: Option<Interval>,
    /// Their cost in minor units; `None` without a price.
    pub cost: Option<Interval>,
    /// Accounts at risk of leaving that last year's incidents hit; `None` without an accounts file.
    pub at_risk: Option<AtRisk>,
    /// The goal of the configuration; `None` without any.
    pub goal: Option<Goal>,
}

/// Accounts at risk of leaving that incidents hit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AtRisk {
    /// How many.
    pub accounts: u32,
    /// Of these, accounts of unknown revenue.
    pub unknown: u32,
    /// What the others pay a year. Shown beside cost, never added to it.
    pub revenue: Costs,
}

/// The business case of one area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaPage {
    /// The area: the same figures as in the portfolio.
    pub area: PortfolioRow,
    /// What changed in it within a year.
    pub change: AreaChange,
    /// Its rank, and how many areas have one.
    pub ranked: usize,
    /// Source files in it.
    pub source_files: usize,
    /// What happened.
    pub past: Past,
    /// What may come if nothing is done; `None` without dated incidents.
    pub nothing: Option<Outcome>,
    /// What is asked.
    pub ask: Ask,
    /// The last working day before the next sprint of the team that makes the fixes; `None` without `[[team]]`.
    pub decide_by: Option<Timestamp>,
    /// Now, a quarter later, never; empty without dated incidents.
    pub options: Vec<CaseOption>,
    /// What the fixes displace; `None` without a plan, a team or an effort.
    pub displacement: Option<Displacement>,
    /// When the fixes pay for themselves; `None` without their price or the price of incidents.
    pub payback: Option<Payback>,
    /// Who knows it.
    pub knowledge: AreaKnowledge,
    /// Complex files that changes go around: the least likely by chance first.
    pub avoided: Vec<AvoidedFile>,
    /// How to tell whether it worked; `None` without dated incidents.
    pub review: Option<Review>,
    /// How long changes take here; `None` if history does not say.
    pub delivery: Option<CaseDelivery>,
}

/// How long changes take in the area of a business case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseDelivery {
    /// What is measured.
    pub source: DeliverySource,
    /// The start of the period; its end is `as_of`.
    pub from: Timestamp,
    /// The area.
    pub area: AreaDelivery,
}
