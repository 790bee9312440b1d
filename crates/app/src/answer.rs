//! What a workflow gives back.

use debtscan_findings::{DataQuality, Remark, RemarkLevel};
use debtscan_incidents::{Incidents, RejectedRow};
use debtscan_model::{Scan, SkipReason, Skipped};
use debtscan_scanner::{CacheError, CacheOutcome};

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
    /// Data that could not be read or trusted.
    pub losses: Vec<Loss>,
    /// Why the cache was of less use than it could be. Findings do not depend on it.
    pub cache_errors: Vec<CacheError>,
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

impl Warnings {
    /// The losses among the remarks of a report.
    pub(crate) fn of_report(quality: &DataQuality, cache: CacheOutcome) -> Self {
        let losses = quality.remarks.iter().filter(|remark| remark.level() == RemarkLevel::Loss);
        Self { losses: losses.cloned().map(Loss::Remark).collect(), cache_errors: cache.errors }
    }

    /// The losses of a scan, one per reason.
    pub(crate) fn of_scan(scan: &Scan, cache: CacheOutcome) -> Self {
        let same_reason = |a: &Skipped, b: &Skipped| a.reason == b.reason;
        // Skipped items are sorted by reason, so equal ones are neighbours.
        let groups = scan.skipped.chunk_by(same_reason).filter(|group| group[0].reason.is_loss());
        let losses = groups.map(|group| Loss::Skipped {
            reason: group[0].reason,
            count: group.len(),
            example: group[0].subject.to_string(),
        });
        Self { losses: losses.collect(), cache_errors: cache.errors }
    }

    /// The losses of incident files.
    pub(crate) fn of_incidents(incidents: &Incidents, cache_errors: Vec<CacheError>) -> Self {
        let rows = incidents.rejected.iter().filter(|row| row.dropped).count();
        // One loss for all of them: the dry run itself lists each row.
        let losses = incidents.rejected.first().map(|first| Loss::Rejected {
            rows,
            values: incidents.rejected.len() - rows,
            first: first.clone(),
        });
        Self { losses: losses.into_iter().collect(), cache_errors }
    }
}
