//! The ranking: where next year's incident cost is expected.
//!
//! Incidents are expected in proportion to size, and more of them in code that is worked on, complex,
//! growing and changed together with tests, whose folder is busy, whose coupled files had incidents, and
//! that had incidents itself.
//!
//! The steps, each callable on its own and for any date:
//!
//! 1. [`RankedFiles::of`]: the files that are ranked, with size and recency-weighted revisions
//! 2. [`Signals::of`]: work, complexity, growth, tests, the folder's work and coupled files
//! 3. [`BaseShares::of`]: shares by size and change alone; incidents of a known folder are spread by them
//! 4. [`IncidentHistory::of`]: the incidents that count, and how much each still weighs
//! 5. [`Ranking::of`]: all of it -> [`ShareParts`](debtscan_findings::ShareParts) per file
//! 6. [`Forecaster::of`]: incidents and cost per year, with intervals, for any share
//! 7. [`by_share`], [`by_share_per_line`]: the ranking, and the order of where to start
//!
//! How it was chosen: `docs/ranking-evidence.md`. Nothing here reads a clock or a global: the date
//! and the [`RankingParameters`] are arguments.

mod compound;
mod dispersion;
mod distribution;
mod factors;
mod forecaster;
mod history;
mod order;
mod past_costs;
mod ranked_files;
mod ranking;
mod share;

pub use crate::constants::ConstantError;
pub use crate::parameters::RankingParameters;
pub use compound::CostDraws;
pub use dispersion::NegativeBinomial;
pub use distribution::CostDistribution;
pub use factors::{CoupledIncidents, FolderSums, Signals, work_of};
pub use forecaster::Forecaster;
pub use history::{IncidentHistory, UsedIncident};
pub(crate) use order::fewest_for_half;
pub use order::{by_share, by_share_per_line, ranks};
pub use past_costs::{PastCosts, PricedSpan, SeverityMeans, rounded};
pub use ranked_files::{RankedFile, RankedFiles, decay, revision_weights, source_files_per_commit};
pub use ranking::{Multipliers, Ranking, complexity_of_all, logarithmic_mean};
pub use share::{BaseShares, IncidentWeights, history_weight};
