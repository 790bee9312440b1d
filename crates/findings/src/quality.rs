//! What could not be read, placed or trusted.

use debtscan_incidents::{Money, RejectedRow};
use debtscan_model::{SkipReason, Timestamp};

use crate::loss::{Acceptance, AcceptanceState};
use crate::loss_rules::LossRules;
use crate::remark::{Remark, RemarkLevel};

/// What could not be read, placed or trusted, and what was assumed.
#[derive(Debug, Clone, PartialEq)]
pub struct DataQuality {
    /// Remarks: most serious first, then by code.
    pub remarks: Vec<Remark>,
    /// Which losses make the data incomplete.
    pub rules: LossRules,
    /// The date that decides which acceptances have expired.
    pub as_of: Timestamp,
    /// Skipped things: sorted by reason.
    pub skipped: Vec<SkippedGroup>,
    /// Values of incident files that could not be used.
    pub rejected: Vec<RejectedRow>,
    /// Defaults in force that are assumptions.
    pub assumptions: Vec<Assumption>,
}

impl DataQuality {
    /// Remarks, losses and assumptions of nothing.
    pub fn empty(rules: LossRules, as_of: Timestamp) -> Self {
        Self {
            remarks: Vec::new(),
            rules,
            as_of,
            skipped: Vec::new(),
            rejected: Vec::new(),
            assumptions: Vec::new(),
        }
    }

    /// Adds a remark in order.
    pub fn add(&mut self, remark: Remark) {
        self.remarks.push(remark);
        self.sort();
    }

    /// Puts the remarks in order.
    pub fn sort(&mut self) {
        // Lists are short: a few dozen kinds of remark exist, and most occur once.
        let (rules, as_of) = (&self.rules, self.as_of);
        self.remarks.sort_by_key(|remark| (rules.level(remark, as_of), remark.code()));
    }

    /// How serious a remark is.
    pub fn level(&self, remark: &Remark) -> RemarkLevel {
        self.rules.level(remark, self.as_of)
    }

    /// The acceptance of the loss that a remark reports, expired or not.
    pub fn acceptance(&self, remark: &Remark) -> Option<&Acceptance> {
        self.rules.acceptance(remark.loss()?)
    }

    /// What the configuration accepts, and whether it has an effect.
    pub fn acceptances(&self) -> impl Iterator<Item = (&Acceptance, AcceptanceState)> {
        self.rules.accepted.iter().map(|accepted| {
            let occurs = self.remarks.iter().any(|remark| remark.loss() == Some(accepted.code));
            let state = match (occurs, accepted.is_expired(self.as_of)) {
                (_, true) => AcceptanceState::Expired,
                (true, false) => AcceptanceState::InForce,
                (false, false) => AcceptanceState::Unused,
            };
            (accepted, state)
        })
    }

    /// The most serious level of any remark; `None` without remarks.
    pub fn worst(&self) -> Option<RemarkLevel> {
        self.remarks.iter().map(|remark| self.level(remark)).min()
    }

    /// Whether the data is complete, within the limits, or accepted; otherwise `--strict` fails.
    pub fn is_whole(&self) -> bool {
        // Skipped items and rejected rows have a remark each, so remarks alone decide.
        self.worst() != Some(RemarkLevel::Loss)
    }

    /// Whether the configuration says that nothing here is real.
    pub fn is_invented(&self) -> bool {
        self.remarks.contains(&Remark::InventedData)
    }

    /// Whether the scanned history is cut off by a shallow clone.
    pub fn is_shallow(&self) -> bool {
        self.remarks.contains(&Remark::ShallowClone)
    }
}

/// Things skipped for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedGroup {
    /// Why.
    pub reason: SkipReason,
    /// How many.
    pub items: usize,
    /// Up to five of them.
    pub examples: Vec<String>,
}

/// A default of the model that changes figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Assumption {
    /// How fast changes lose weight, and which commits do not count.
    Activity {
        /// Half-life of work in days.
        work_half_life: f64,
        /// Half-life of a revision in hotspots, in days.
        revision_half_life: f64,
        /// Source files above which a commit does not count.
        max_files: usize,
    },
    /// How fast incidents lose weight.
    IncidentDecay {
        /// Half-life in days.
        half_life: f64,
    },
    /// How next year's number of incidents is made.
    YearlyTotal {
        /// Weight of last year's count; the rest is that of a decayed rate.
        last_year_weight: f64,
    },
    /// What ranges mean, and how they are made.
    Ranges,
    /// Incidents without an opening date get another date.
    DatedByFix {
        /// How many.
        incidents: usize,
    },
    /// The cost of an incident is the mean of the past costs.
    MeanCost {
        /// Where the largest cost counts as the second largest: both, per currency.
        winsorised: Vec<(Money, Money)>,
    },
    /// Currencies are not converted.
    CurrenciesApart,
    /// Credits lower the mean cost.
    Credits,
}
