//! The four-share ranking: where next year's incident cost is expected.
//!
//! > Next year's incident cost is expected where the code is big, where it is changing, and where
//! > it and its folder have already broken.
//!
//! The steps, each callable on its own and for any date:
//!
//! 1. [`Universe::of`]: the files that are ranked, with size and recency-weighted revisions
//! 2. [`BaseShares::of`]: what size and change alone say
//! 3. [`History::of`]: the incidents that count, and how much each still weighs
//! 4. [`IncidentShares::of`]: what the incidents of a file and of its folder say
//! 5. [`Ranking::of`]: all of it -> [`FourShares`](crate::FourShares) per file
//! 6. [`Outlook::of`]: incidents and cost per year, with intervals, for any share
//! 7. [`by_share`], [`by_share_per_line`]: the ranking and the work order
//!
//! Nothing here reads a clock or a global: the date and the [`RankingParameters`] are arguments.

mod compound;
mod dispersion;
mod history;
mod order;
mod outlook;
mod parameters;
mod share;
mod universe;

pub use compound::CostDraws;
pub use dispersion::NegativeBinomial;
pub use history::{History, UsedIncident};
pub use order::{by_share, by_share_per_line, ranks};
pub use outlook::Outlook;
pub use parameters::RankingParameters;
pub use share::{BaseShares, IncidentShares, Ranking, incident_history_weight};
pub use universe::{RankedFile, Universe, decay, revision_weights, source_files_per_commit};
