//! What a workflow gives back.

use debtscan_findings::{Acceptance, DataQuality, LossCode, LossRules, Remark, RemarkLevel};
use debtscan_incidents::{Incidents, RejectedRow};
use debtscan_model::{Scan, SkipReason, Skipped, Timestamp};
use debtscan_reporter::rejected_values;
use debtscan_scanner::{CacheOutcome, RunError};

/// Findings, with what the run could not read.
#[derive(Debug)]
pub struct Answer<T> {
    /// What was found.
    pub findings: T,
    /// What was lost or went wrong without stopping the run.
    pub warnings: Warnings,
    /// The scan behind the findings; `None` if nothing was scanned or the findings hold it.
    ///
    /// Freeing it takes a tenth of a run with a warm cache, so a process that ends need not.
    pub scan: Option<Scan>,
}

/// What went wrong without stopping a run.
#[derive(Debug)]
pub struct Warnings {
    /// Data that could not be read or trusted: most serious first.
    pub losses: Vec<GradedLoss>,
    /// Why the cache was of less use than it could be. Findings do not depend on it.
    pub cache_errors: Vec<RunError>,
    /// What the cache gave.
    pub cache: CacheUse,
}

/// What did not have to be computed again, because the cache had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheUse {
    /// Commits with their changes.
    pub commits: usize,
    /// Measured files.
    pub files: usize,
    /// Files whose lines were followed.
    pub line_files: usize,
}

impl CacheUse {
    fn of(outcome: &CacheOutcome) -> Self {
        Self {
            commits: outcome.reused_commits,
            files: outcome.reused_files,
            line_files: outcome.reused_line_files,
        }
    }
}

/// A loss, and whether the run counts as incomplete because of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GradedLoss {
    /// What was lost.
    pub loss: Loss,
    /// How serious it is; never a note.
    pub level: RemarkLevel,
    /// Its acceptance in the configuration, expired or not.
    pub accepted: Option<Acceptance>,
}

/// Data that could not be read or trusted.
#[derive(Debug, Clone, PartialEq)]
pub enum Loss {
    /// A loss that the findings show too.
    Remark(Remark),
    /// Commits, paths or objects that the scan skipped for one reason.
    Skipped {
        /// The reason.
        reason: SkipReason,
        /// How many were skipped; at least 1.
        count: usize,
        /// One of them.
        example: String,
    },
    /// Rows and values of incident files that could not be used.
    Rejected {
        /// Rows that were ignored.
        rows: usize,
        /// Values that were ignored, in rows that were kept.
        values: usize,
        /// The first of either.
        first: RejectedRow,
    },
}

impl GradedLoss {
    /// A loss that a remark reports; `None` for a note.
    fn of(remark: &Remark, loss: Loss, rules: &LossRules, as_of: Timestamp) -> Option<Self> {
        let level = rules.level(remark, as_of);
        let accepted = remark.loss().and_then(|code| rules.acceptance(code)).cloned();
        (level != RemarkLevel::Note).then_some(Self { loss, level, accepted })
    }
}

impl Warnings {
    /// The losses among the remarks of a report.
    pub(crate) fn of_report(quality: &DataQuality, cache: CacheOutcome) -> Self {
        let loss = |remark: &Remark| {
            GradedLoss::of(remark, Loss::Remark(remark.clone()), &quality.rules, quality.as_of)
        };
        let used = CacheUse::of(&cache);
        let losses = quality.remarks.iter().filter_map(loss).collect();
        Self { losses, cache_errors: cache.errors, cache: used }
    }

    /// The losses of a scan, one per reason.
    pub(crate) fn of_scan(scan: &Scan, rules: &LossRules, cache: CacheOutcome) -> Self {
        let same_reason = |a: &Skipped, b: &Skipped| a.reason == b.reason;
        // Skipped items are sorted by reason, so equal ones are neighbours.
        let loss = |group: &[Skipped]| {
            let (reason, count) = (group[0].reason, group.len());
            let remark = Remark::Skipped { reason, items: count, of: scan.n_candidates(reason) };
            let loss = Loss::Skipped { reason, count, example: group[0].subject.to_string() };
            GradedLoss::of(&remark, loss, rules, scan.as_of)
        };
        let mut losses: Vec<GradedLoss> = scan.skipped.chunk_by(same_reason).filter_map(loss).collect();
        losses.sort_by_key(|graded| graded.level);
        let used = CacheUse::of(&cache);
        Self { losses, cache_errors: cache.errors, cache: used }
    }

    /// The losses of incident files, and the incidents that a report could not place.
    pub(crate) fn of_incidents(
        incidents: &Incidents,
        report: Option<&DataQuality>,
        (rules, as_of): (&LossRules, Timestamp),
        cache: CacheOutcome,
    ) -> Self {
        let rows = incidents.rejected.iter().filter(|row| row.is_skipped()).count();
        // One loss for all of them: the dry run itself lists each row.
        let mut unusable = incidents.rejected.iter().filter(|row| !row.is_excluded());
        let values = unusable.clone().count() - rows;
        let rejected = unusable.next().and_then(|first| {
            let remark = rejected_values(&incidents.rejected, incidents.rows, false)?;
            GradedLoss::of(&remark, Loss::Rejected { rows, values, first: first.clone() }, rules, as_of)
        });
        let mut losses: Vec<GradedLoss> = rejected.into_iter().collect();
        let remarks = report.iter().flat_map(|quality| &quality.remarks);
        let unplaced = remarks.filter(|remark| remark.loss() == Some(LossCode::UnplacedIncidents));
        losses.extend(unplaced.filter_map(|it| GradedLoss::of(it, Loss::Remark(it.clone()), rules, as_of)));
        losses.sort_by_key(|graded| graded.level);
        let used = CacheUse::of(&cache);
        Self { losses, cache_errors: cache.errors, cache: used }
    }
}
