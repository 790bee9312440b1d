//! How long changes take in the area.

use debtscan_findings::brief::{AreaPage, Brief, CaseDelivery};
use debtscan_findings::{DeliveryRatio, DeliverySource};

use super::amounts::date;
use super::words::{Tag, missing, note, section, strong, tagged};
use crate::delivery::words::span;
use crate::document::Section;
use crate::number::grouped;

/// How long changes take here, against equally large ones elsewhere.
pub(super) fn delivery(brief: &Brief, page: &AreaPage) -> Section {
    const TITLE: &str = "WHAT IT DOES TO DELIVERY";
    let Some(delivery) = &page.delivery else {
        let text = "How long do changes take here? This history does not say: the same people write and accept them.";
        return section(TITLE, vec![missing(text)]);
    };
    let mut notes = Vec::new();
    match &delivery.area.ratio {
        Some(ratio) if ratio.is_clear() => notes.push(strong(tagged(&clear(delivery, ratio), Tag::Model))),
        Some(ratio) => notes.push(note(tagged(&unclear(ratio), Tag::Model))),
        None => notes.push(note(
            "Fewer than 20 changes here or elsewhere can be compared, so nothing is said about speed.",
        )),
    }
    notes.push(note(tagged(&times(brief, delivery), Tag::Recorded)));
    section(TITLE, notes)
}

fn clear(delivery: &CaseDelivery, ratio: &DeliveryRatio) -> String {
    let bound = if delivery.source.is_lower_bound() { "at least " } else { "" };
    format!(
        "A change here takes {:.1} times as long as an equally large one elsewhere (80% range {:.1}–{:.1}): {bound}{} \
         instead of {}. Without regard to size it would be {:.1} times.",
        ratio.adjusted.mean,
        ratio.adjusted.low,
        ratio.adjusted.high,
        span(ratio.here_days),
        span(ratio.others_days),
        ratio.raw
    )
}

fn unclear(ratio: &DeliveryRatio) -> String {
    format!(
        "No clear difference: a change here takes {:.1} times as long as an equally large one elsewhere (80% range \
         {:.1}–{:.1}). Without regard to size it would be {:.1} times.",
        ratio.adjusted.mean, ratio.adjusted.low, ratio.adjusted.high, ratio.raw
    )
}

fn times(brief: &Brief, delivery: &CaseDelivery) -> String {
    let times = &delivery.area.times;
    let long = if times.over_month > 0.0 {
        format!("{:.0}% more than 30 days", times.over_month * 100.0)
    } else {
        "none more than 30 days".to_owned()
    };
    format!(
        "{} changes since {}, {}: a quarter took {} or more, {long}.",
        grouped(times.changes),
        date(delivery.from, brief.head.as_of),
        measured(delivery.source),
        span(times.p75_days),
    )
}

/// What is measured, in the words of a leader.
fn measured(source: DeliverySource) -> &'static str {
    match source {
        DeliverySource::Ticket => "from incident to last fix",
        DeliverySource::Branch => "from the beginning of work to its acceptance",
        DeliverySource::Request => "from proposal to acceptance, at least",
        DeliverySource::Applied => "from proposal to acceptance",
    }
}
