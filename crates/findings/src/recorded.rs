//! What is recorded of a file or area, to `as_of`.

use debtscan_incidents::Costs;

/// What is recorded of a file or area, to `as_of`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recorded {
    /// Different incidents that certainly had a part here. One that is only known to have been somewhere in
    /// a set of files counts where the whole set is.
    pub incidents: u32,
    /// Sum of the incidents' shares here; for all areas together, the number of attributed ones.
    pub incident_shares: f64,
    /// Cost to date, recorded and modelled.
    pub costs: Costs,
    /// Of that, what the configured price model says.
    pub modelled: Costs,
    /// Hours of work, and hours open, by the incidents' shares here.
    pub hours: Hours,
    /// Affected customers, summed over those incidents (not unique customers); `None` when no export
    /// says.
    pub customers: Option<u64>,
}

/// Time that incidents took, where an export says.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hours {
    /// Hours that people worked on them; `None` when no incident says.
    // A float, unlike cost: hours are split by shares, and nobody adds up the parts to the second.
    pub effort: Option<f64>,
    /// Hours open; `None` when no incident says.
    pub elapsed: Option<f64>,
}

impl Hours {
    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        self.effort.is_none() && self.elapsed.is_none()
    }
}
