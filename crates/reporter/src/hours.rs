//! Time that incidents took.

use debtscan_incidents::Incident;

/// Time that incidents took, where an export says.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hours {
    /// Hours that people worked on them; `None` when no incident says.
    pub effort: Option<f64>,
    /// Hours from beginning to end; `None` when no incident says.
    pub elapsed: Option<f64>,
}

impl Hours {
    /// Those of one incident.
    pub(crate) fn of(incident: &Incident) -> Self {
        let hours = |seconds: u64| seconds as f64 / 3600.0;
        Self {
            effort: incident.effort_seconds.map(hours),
            elapsed: incident.elapsed().map(|elapsed| hours(elapsed.seconds)),
        }
    }

    /// Adds a share of others.
    pub(crate) fn add(&mut self, other: &Self, share: f64) {
        for (sum, hours) in [(&mut self.effort, other.effort), (&mut self.elapsed, other.elapsed)] {
            if let Some(hours) = hours {
                *sum = Some(sum.unwrap_or(0.0) + share * hours);
            }
        }
    }

    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        self.effort.is_none() && self.elapsed.is_none()
    }
}
