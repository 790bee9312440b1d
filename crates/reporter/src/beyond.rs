//! Incidents beyond what is shown: later than `as_of`, or on files that are hidden. They count in no figure,
//! but their number is reported.

use debtscan_model::Timestamp;

use crate::attribution::{Attribution, HistoryView, Placement};
use crate::price::Pricing;
use debtscan_findings::FeedEnd;
use debtscan_incidents::{Costs, Money};

/// Incidents, or parts of them, that are beyond what is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Beyond {
    /// Incidents that opened after `as_of`.
    pub(crate) later: usize,
    /// What is hidden.
    pub(crate) outside: Outside,
    /// Where the list of incidents probably ended, if before `as_of`.
    pub(crate) feed_end: Option<FeedEnd>,
}

/// What a window, a folder or an exclusion hides.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Outside {
    /// Incidents that are hidden completely.
    pub(crate) incidents: usize,
    /// Of these, those that are placed nowhere, which are in no folder.
    pub(crate) unplaced: usize,
    /// Incidents with a hidden part.
    pub(crate) partly: usize,
    /// The cost of all that.
    pub(crate) cost: Costs,
}

impl Beyond {
    /// Whether any incident is beyond what is shown.
    pub(crate) fn has_any(&self) -> bool {
        self.later > 0 || self.outside.incidents > 0
    }
}

impl Outside {
    fn add(&mut self, cost: Option<Money>) {
        if let Some(cost) = cost {
            self.cost.add(cost);
        }
    }
}

/// Drops the incidents that opened after a time, and returns how many there were.
pub(crate) fn drop_later(
    pricing: &mut Pricing<'_>,
    attribution: &mut Attribution,
    as_of: Timestamp,
) -> usize {
    let is_later = |opened: Option<Timestamp>| opened.is_some_and(|opened| opened > as_of);
    let kept: Vec<bool> = attribution.incidents.iter().map(|incident| !is_later(incident.opened)).collect();
    keep(pricing, attribution, &kept)
}

/// Cuts the incidents to their visible parts, drops those without any, and sums up the hidden rest.
pub(crate) fn drop_hidden(
    pricing: &mut Pricing<'_>,
    attribution: &mut Attribution,
    view: &HistoryView<'_>,
) -> Outside {
    let mut outside = Outside::default();
    let mut kept = Vec::with_capacity(attribution.incidents.len());
    for attributed in &mut attribution.incidents {
        let cut = view.cut(attributed);
        kept.push(cut.is_some());
        let Some(cut) = cut else {
            outside.incidents += 1;
            outside.unplaced += usize::from(matches!(attributed.placement, Placement::Unplaced(_)));
            outside.add(pricing.incidents.list[attributed.incident].cost);
            continue;
        };
        if let Placement::Attributed { hidden, .. } = &cut.placement
            && hidden.weight > 0
        {
            outside.partly += 1;
            outside.add(hidden.cost);
        }
        *attributed = cut;
    }
    keep(pricing, attribution, &kept);
    outside
}

/// Keeps some incidents, numbers them again, and returns how many were dropped.
fn keep(pricing: &mut Pricing<'_>, attribution: &mut Attribution, kept: &[bool]) -> usize {
    let dropped = kept.iter().filter(|kept| !**kept).count();
    if dropped == 0 {
        return 0;
    }
    // Only now, because the first change copies the incidents.
    retain(&mut pricing.incidents.to_mut().list, kept);
    retain(&mut pricing.prices, kept);
    retain(&mut attribution.incidents, kept);
    for (position, incident) in attribution.incidents.iter_mut().enumerate() {
        incident.incident = position;
    }
    dropped
}

fn retain<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| *kept.next().expect("one per item"));
}
