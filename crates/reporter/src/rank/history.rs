//! The incidents that count, and how much each still weighs.

use debtscan_model::Timestamp;

use super::{RankedFiles, decay};
use crate::attribution::{AttributedIncident, Attribution, Placement};
use crate::parameters::RankingParameters;
use debtscan_findings::{RankingExclusion, UnplacedReason};

/// An incident that takes part in the ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct UsedIncident {
    /// Position in [`Incidents::list`](debtscan_incidents::Incidents::list).
    pub incident: usize,
    /// When it began.
    pub opened: Timestamp,
    /// `2^(-age / 1460 d)` of the time since it is known, `0..=1`.
    pub decay: f64,
    /// Position in [`RankedFiles::files`] and share of the incident, `0..=1`; never empty. The shares
    /// sum to less than 1 when a part falls on files that are not ranked.
    pub parts: Vec<(usize, f64)>,
}

/// All incidents as the ranking sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentHistory {
    /// Those that take part, in the order of the attribution.
    pub used: Vec<UsedIncident>,
    /// For every incident of the attribution, why it does not take part; `None` when it does.
    pub excluded: Vec<Option<RankingExclusion>>,
    /// Share of the past incidents whose location is known: placed in files, or with a fix that changes no
    /// source file. `0..=1`; 1 without any.
    pub linked_share: f64,
}

impl IncidentHistory {
    /// Selects and dates the incidents that were known at `as_of`.
    pub fn of(
        attribution: &Attribution,
        ranked: &RankedFiles,
        as_of: Timestamp,
        parameters: &RankingParameters,
    ) -> Self {
        let linked_share = linked_share(&attribution.incidents, as_of);
        let mut history = Self { used: Vec::new(), excluded: Vec::new(), linked_share };
        for incident in &attribution.incidents {
            match usable(incident, ranked, as_of, parameters) {
                Ok(used) => {
                    history.used.push(used);
                    history.excluded.push(None);
                }
                Err(reason) => history.excluded.push(Some(reason)),
            }
        }
        history
    }

    /// `w` per ranked file: the sum over incidents of share x decay, smallest summand first, so
    /// that the order of the incidents does not matter.
    pub fn weights(&self, ranked: &RankedFiles) -> Vec<f64> {
        let mut summands: Vec<Vec<f64>> = vec![Vec::new(); ranked.files.len()];
        for incident in &self.used {
            for (position, share) in &incident.parts {
                summands[*position].push(share * incident.decay);
            }
        }
        summands
            .into_iter()
            .map(|mut summands| {
                summands.sort_by(f64::total_cmp);
                // Not `sum()`: without summands, that is -0.0.
                summands.iter().fold(0.0, |sum, summand| sum + summand)
            })
            .collect()
    }
}

/// The share of the past incidents whose location is known: placed, or with a fix that changes no source
/// file. An incident without a date counts as past.
fn linked_share(incidents: &[AttributedIncident], as_of: Timestamp) -> f64 {
    let is_past = |incident: &&AttributedIncident| {
        let dates = [incident.opened, incident.known];
        let is_fixed_later = incident.placement == Placement::Unplaced(UnplacedReason::FixedLater);
        !is_fixed_later && dates.into_iter().flatten().all(|date| date <= as_of)
    };
    let is_linked = |incident: &&AttributedIncident| match incident.placement {
        Placement::Attributed { .. } => true,
        // Such a fix is known, too: it says that no product code was at fault.
        Placement::Unplaced(reason) => reason == UnplacedReason::NoSourceChange,
    };
    let past = incidents.iter().filter(is_past).count();
    let linked = incidents.iter().filter(is_past).filter(is_linked).count();
    if past == 0 { 1.0 } else { linked as f64 / past as f64 }
}

fn usable(
    incident: &AttributedIncident,
    ranked: &RankedFiles,
    as_of: Timestamp,
    parameters: &RankingParameters,
) -> Result<UsedIncident, RankingExclusion> {
    let Placement::Attributed { links, .. } = &incident.placement else {
        return Err(RankingExclusion::Unplaced);
    };
    let (Some(opened), Some(known)) = (incident.opened, incident.known) else {
        return Err(RankingExclusion::Undated);
    };
    // Before its last fix, nobody knew where the incident was.
    if opened > as_of || known > as_of {
        return Err(RankingExclusion::AfterAsOf);
    }
    // The backtest that the constants come from ignored such fixes, too.
    if incident.is_wide {
        return Err(RankingExclusion::WideFix);
    }
    let total = incident.placement.total_weight();
    // A share on a file that is gone or not ranked is lost: the other shares do not grow by it.
    let parts: Vec<(usize, f64)> = links
        .iter()
        .filter_map(|link| {
            let position = ranked.position_of[link.file.get()]?;
            Some((position, link.weight as f64 / total as f64))
        })
        .collect();
    if parts.is_empty() {
        return Err(RankingExclusion::NoPresentSource);
    }
    let decay = decay(known.days_until(as_of), parameters.incident_half_life_days);
    Ok(UsedIncident { incident: incident.incident, opened, decay, parts })
}

#[cfg(test)]
mod tests {
    use debtscan_model::{FileClass, FileIdx, Scan};

    use super::{IncidentHistory, RankedFiles};
    use crate::attribution::{AttributedIncident, Attribution, HiddenChanges, Link, PathNames, Placement};
    use crate::parameters::RankingParameters;
    use crate::sample::{AS_OF, SampleScan, days_ago, file_idx};
    use debtscan_findings::{Confidence, Method, RankingExclusion, UnplacedReason};

    fn sample() -> Scan {
        SampleScan::new()
            .source("a.c", 10, 0)
            .source("b.c", 10, 0)
            .deleted("gone.c", FileClass::Source)
            .build()
    }

    fn placed(links: &[(FileIdx, u64)]) -> AttributedIncident {
        let links = links.iter().map(|(file, weight)| Link { file: *file, weight: *weight, cost: None });
        AttributedIncident {
            incident: 0,
            placement: Placement::Attributed {
                method: Method::FixCommit,
                confidence: Confidence::High,
                names: PathNames::Files,
                links: links.collect(),
                hidden: HiddenChanges::default(),
                fixes: Vec::new(),
                commits: Vec::new(),
                changes: Vec::new(),
                support: Vec::new(),
            },
            opened: Some(days_ago(2_000)),
            known: Some(days_ago(1_460)),
            is_wide: false,
        }
    }

    fn history(incidents: Vec<AttributedIncident>) -> (IncidentHistory, Vec<f64>) {
        let scan = sample();
        let parameters = RankingParameters::default();
        let ranked = RankedFiles::of(&scan, AS_OF, &parameters);
        let history = IncidentHistory::of(&Attribution { incidents }, &ranked, AS_OF, &parameters);
        let weights = history.weights(&ranked);
        (history, weights)
    }

    #[test]
    fn an_incident_halves_every_1460_days_and_deleted_files_keep_their_part() {
        let scan = sample();
        let [a, gone] = ["a.c", "gone.c"].map(|path| file_idx(&scan, path));
        // 1/4 of the incident in a.c, 3/4 in deleted code; four years old -> 1/4 x 1/2
        let (history, weights) = history(vec![placed(&[(a, 10), (gone, 30)])]);
        assert_eq!(history.excluded, [None]);
        assert!((weights[0] - 0.125).abs() < 1e-12 && weights[1].abs() < 1e-12, "{weights:?}");
    }

    #[test]
    fn every_left_out_incident_has_its_reason() {
        let scan = sample();
        let [a, gone] = ["a.c", "gone.c"].map(|path| file_idx(&scan, path));
        let good = placed(&[(a, 1)]);
        let unplaced = |reason| AttributedIncident { placement: Placement::Unplaced(reason), ..good.clone() };
        let (history, weights) = history(vec![
            unplaced(UnplacedReason::NoEvidence),
            unplaced(UnplacedReason::FixedLater),
            AttributedIncident { opened: None, known: None, ..good.clone() },
            AttributedIncident { known: Some(days_ago(-1)), ..good.clone() },
            AttributedIncident { opened: Some(days_ago(-1)), ..good.clone() },
            AttributedIncident { is_wide: true, ..good.clone() },
            placed(&[(gone, 1)]),
        ]);
        let reasons = [
            RankingExclusion::Unplaced,
            RankingExclusion::Unplaced,
            RankingExclusion::Undated,
            RankingExclusion::AfterAsOf,
            RankingExclusion::AfterAsOf,
            RankingExclusion::WideFix,
            RankingExclusion::NoPresentSource,
        ];
        assert_eq!(history.excluded, reasons.map(Some));
        // Of seven, two are later, and one was fixed later; of the other four, one is not placed.
        assert!((history.linked_share - 0.75).abs() < 1e-12, "{}", history.linked_share);
        assert!(history.used.is_empty() && weights.iter().all(|weight| weight.abs() < 1e-12));
    }
}
