//! Time that incidents took.

use debtscan_findings::Hours;
use debtscan_incidents::Incident;

/// The hours of one incident.
pub(crate) fn hours_of(incident: &Incident) -> Hours {
    let hours = |seconds: u64| seconds as f64 / 3600.0;
    Hours {
        effort: incident.effort_seconds.map(hours),
        elapsed: incident.elapsed().map(|elapsed| hours(elapsed.seconds)),
    }
}

/// Adds a share of other hours.
pub(crate) fn add_hours(sum: &mut Hours, other: &Hours, share: f64) {
    for (sum, hours) in [(&mut sum.effort, other.effort), (&mut sum.elapsed, other.elapsed)] {
        if let Some(hours) = hours {
            *sum = Some(sum.unwrap_or(0.0) + share * hours);
        }
    }
}
