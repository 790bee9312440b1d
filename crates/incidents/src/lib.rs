//! The content of exports -> [`Incidents`] and [`Accounts`].
//!
//! Takes the bytes of files that trackers, spreadsheets and customer systems write; gives what they
//! state, and every row and value that could not be used. Money, dates and durations are exact: no float,
//! no rounding. Opens no file, asks no clock, and knows nothing of a repository.
//!
//! - [`read()`], [`examine`]: incident files -> [`Incidents`]
//! - [`read_accounts`]: account files -> [`Accounts`]
//! - [`read_fixes`], [`read_plan`]: what a business case asks for and displaces
//! - [`Money`], [`Costs`], [`Currency`]: amounts, never mixed
//!
//! ```
//! use debtscan_incidents::{IncidentFile, ReadOptions, read};
//!
//! let content = b"id,title,cost_usd\nINC-7,Cards charged twice,1200.50\n".to_vec();
//! let file = IncidentFile { name: "incidents.csv".to_owned(), content };
//! let incidents = read(&[file], &ReadOptions::default()).expect("a usable file");
//! assert_eq!(incidents.list[0].cost.map(|cost| cost.minor), Some(120_050));
//! ```

// No clock, environment or file: the list is in `clippy.toml`.
#![deny(clippy::disallowed_methods)]
// A float cannot represent every amount exactly.
#![cfg_attr(not(test), deny(clippy::float_arithmetic))]

mod accounts;
#[cfg(test)]
mod fuzz_tests;
mod incident;
mod money;
mod number;
mod planning;

pub use accounts::account::{Account, Accounts};
pub use accounts::read::{AccountsError, read_accounts};
pub use incident::column_map::{ColumnMap, InvalidField};
pub use incident::date::DateOrder;
pub use incident::error::IncidentError;
pub use incident::file::{Encoding, FileFormat, IncidentFile, InvalidEncoding, TextEncoding};
pub use incident::filter::{FilterField, IncidentFilter, InvalidFilter};
pub use incident::incidents::{ColumnMapping, FileReading, Incidents};
pub use incident::options::ReadOptions;
pub use incident::read::{examine, read};
pub use incident::record::{ChangeRequest, Elapsed, Incident, PlaceKind};
pub use incident::redact::REDACTED;
pub use incident::rejected::{RejectedRow, RowFate, RowPosition};
pub use incident::severity::Severity;
pub use incident::tool::Tool;
pub use money::amount::{Costs, Money, MoneyOverflow};
pub use money::currency::{Currency, InvalidCurrency};
pub use number::{Decimal, InvalidDecimal};
pub use planning::days::EngineerDays;
pub use planning::fixes::{Fixes, Ticket, read_fixes};
pub use planning::labels::{Label, LabelledKind, Labels, read_labels};
pub use planning::last::{EarlierFix, EarlierPlan, read_earlier_plan};
pub use planning::plan::{Plan, PlanItem, read_plan};
pub use planning::table::PlanningError;
