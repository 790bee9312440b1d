//! How serious a loss is, by the limits and the acceptances in force.

use debtscan_model::Timestamp;

use crate::loss::{Acceptance, LossCode, LossLimits};
use crate::remark::{Remark, RemarkLevel};

/// Which losses make data incomplete.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LossRules {
    /// How much may be lost.
    pub limits: LossLimits,
    /// What may be lost whatever its extent, one per code.
    pub accepted: Vec<Acceptance>,
}

impl LossRules {
    /// How serious a remark is at a time.
    pub fn level(&self, remark: &Remark, as_of: Timestamp) -> RemarkLevel {
        let Some(code) = remark.loss() else { return RemarkLevel::Note };
        let limit = self.limits.of(code).zip(remark.extent());
        match limit {
            Some((limit, extent)) if !limit.is_exceeded(extent) => RemarkLevel::WithinLimit,
            _ if self.acceptance(code).is_some_and(|accepted| !accepted.is_expired(as_of)) => {
                RemarkLevel::Accepted
            }
            _ => RemarkLevel::Loss,
        }
    }

    /// The acceptance of a kind of loss, expired or not.
    pub fn acceptance(&self, code: LossCode) -> Option<&Acceptance> {
        self.accepted.iter().find(|accepted| accepted.code == code)
    }
}

#[cfg(test)]
mod tests {
    use debtscan_incidents::Costs;
    use debtscan_model::{SkipReason, Timestamp};

    use super::LossRules;
    use crate::loss::{Acceptance, LossCode, LossExtent, LossLimits, ShareLimit};
    use crate::placement::UnplacedReason;
    use crate::remark::{Remark, RemarkLevel};

    const NOW: Timestamp = Timestamp(0);

    fn unplaced(by_reason: &[(UnplacedReason, usize)], of: usize) -> Remark {
        let incidents = by_reason.iter().map(|(_, number)| number).sum();
        Remark::UnattributedIncidents { incidents, of, cost: Costs::default(), by_reason: by_reason.to_vec() }
    }

    #[test]
    fn a_limit_is_exact() {
        let check = |hundredths, lost, of, expected| {
            let limit = ShareLimit::new(hundredths).expect("at most 100%");
            assert_eq!(
                limit.is_exceeded(LossExtent { lost, of }),
                expected,
                "{lost} of {of} at {hundredths}"
            );
        };
        check(1_000, 10, 100, false);
        check(1_000, 11, 100, true);
        // 1/3 is between 33.33% and 33.34%.
        check(3_333, 1, 3, true);
        check(3_334, 1, 3, false);
        check(0, 0, 0, false);
        check(10_000, 1, 0, true);
        check(10_000, u64::MAX, u64::MAX, false);
        assert_eq!(ShareLimit::new(10_001), None);
    }

    #[test]
    fn incidents_without_a_fault_in_the_code_are_no_loss() {
        let rules = LossRules::default();
        let known = [(UnplacedReason::NoSourceChange, 40), (UnplacedReason::FixedLater, 30)];
        assert_eq!(rules.level(&unplaced(&known, 100), NOW), RemarkLevel::Note);
        let with = |number| [known[0], known[1], (UnplacedReason::NoEvidence, number)];
        assert_eq!(rules.level(&unplaced(&with(10), 100), NOW), RemarkLevel::WithinLimit);
        assert_eq!(rules.level(&unplaced(&with(11), 100), NOW), RemarkLevel::Loss);
    }

    #[test]
    fn an_acceptance_holds_to_the_end_of_its_last_day() {
        let rules = LossRules {
            limits: LossLimits::default(),
            accepted: vec![Acceptance {
                code: LossCode::ShallowClone,
                reason: "known".to_owned(),
                until: Some(Timestamp(0)),
            }],
        };
        let edge = Remark::Skipped { reason: SkipReason::ShallowBoundary, items: 3, of: 0 };
        for remark in [Remark::ShallowClone, edge] {
            assert_eq!(rules.level(&remark, Timestamp(86_399)), RemarkLevel::Accepted);
            assert_eq!(rules.level(&remark, Timestamp(86_400)), RemarkLevel::Loss);
        }
        assert_eq!(rules.level(&Remark::TreeAfterWindow, NOW), RemarkLevel::Loss);
    }

    #[test]
    fn a_code_is_that_of_its_remark() {
        let skipped = |reason| Remark::Skipped { reason, items: 1, of: 1 };
        let remarks = [
            Remark::ShallowClone,
            Remark::PartialClone { is_missing: true },
            Remark::TreeAfterWindow,
            Remark::MisdatedCommit { dated: NOW, as_of: NOW },
            Remark::NoCommits,
            Remark::EmptyIncidentFiles,
            unplaced(&[(UnplacedReason::NoEvidence, 1)], 1),
            Remark::RejectedValues { values: 1, rows: 1, affected: 1, of: 1, has_accounts: false },
            Remark::UnknownPeople { people: Vec::new(), entries: 1 },
            Remark::SyntaxErrors { files: 1, unparsed: 1, of: 1 },
            skipped(SkipReason::UnreadableObject),
            skipped(SkipReason::RenameLimit),
            skipped(SkipReason::TooLargeToCount),
            skipped(SkipReason::InvalidPath),
            skipped(SkipReason::TooManyPaths),
            skipped(SkipReason::LineHistoryLimit),
        ];
        let codes = remarks.iter().map(|remark| (remark.loss().map(LossCode::code), Some(remark.code())));
        for (loss, remark) in codes {
            assert_eq!(loss, remark);
        }
        let all: Vec<LossCode> = remarks.iter().filter_map(Remark::loss).collect();
        assert_eq!(all, LossCode::ALL);
        for reason in [
            SkipReason::Submodule,
            SkipReason::TooLargeToParse,
            SkipReason::ParseTimeout,
            SkipReason::ParserStopped,
        ] {
            assert_eq!((skipped(reason).loss(), reason.is_loss()), (None, false));
        }
    }
}
