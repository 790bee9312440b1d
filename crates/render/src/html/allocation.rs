//! The picture of an allocation: shares of author-days by month, with the usual band for making it better.

use super::figure::FigureHtml;
use super::markup::Markup;
use super::svg::{Anchor, Drawing, Rect, Size};
use crate::allocation::words::{kind_words, share_text};
use debtscan_findings::{AllocationList, Interval, WorkKind, WorkMeasure, WorkRow};

/// What teams often plan for making it better. A band, not a goal.
const USUAL: (f64, f64) = (0.2, 0.3);

/// Kinds with a panel, from top to bottom.
const PANELS: [WorkKind; 3] = [WorkKind::Better, WorkKind::Repair, WorkKind::New];

/// Months of the narrow drawing.
const NARROW_MONTHS: usize = 13;

/// The picture; none without a month that has enough changes.
pub(crate) fn figures(list: &AllocationList) -> Vec<FigureHtml> {
    let of = |row: &WorkRow| row.by(WorkMeasure::AuthorDays).of(WorkKind::Better).corrected;
    if !list.months.iter().any(|row| of(row).is_some()) {
        return Vec::new();
    }
    let whole = list.all.by(WorkMeasure::AuthorDays);
    let title = format!(
        "Making it better took {} of the author-days, keeping it running {}",
        share_text(&whole.of(WorkKind::Better)),
        share_text(&whole.of(WorkKind::Repair)),
    );
    vec![FigureHtml {
        id: "work".to_owned(),
        drawings: Size::ALL.map(|size| draw(list, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            ("Bar:", "80% range of a month, corrected for the known errors of the classifier. Tick: the likeliest share.".to_owned()),
            ("Pale band:", "20 to 30%, which teams often plan for making it better. It is a habit, not a goal.".to_owned()),
            ("A gap:", "fewer than 20 changes in the month.".to_owned()),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    }]
}

fn draw(list: &AllocationList, size: Size, title: &str) -> Markup {
    const HEIGHT: f64 = 96.0;
    let all = &list.months;
    let months = &all[all.len().saturating_sub(size.pick(all.len(), NARROW_MONTHS))..];
    let (left, right) = (40.0, size.width() - 8.0);
    let width = ((right - left) / months.len().max(1) as f64).min(56.0);
    let end = left + width * months.len() as f64;
    let mut drawing = Drawing::default();
    let mut base = 0.0;
    for kind in PANELS {
        let top = base + 24.0;
        base = top + HEIGHT;
        let up = |share: f64| base - share.clamp(0.0, 1.0) * HEIGHT;
        drawing.text((left, top - 8.0), kind_words(kind), "nm b", Anchor::Start);
        if kind == WorkKind::Better {
            let band = Rect { x: left, y: up(USUAL.1), width: end - left, height: up(USUAL.0) - up(USUAL.1) };
            drawing.rect(band, "b80", "20 to 30%");
        }
        for mark in [0.0, 0.5, 1.0] {
            drawing.line((left, up(mark)), (end, up(mark)), if mark == 0.0 { "axl" } else { "gr" });
            drawing.text((left - 6.0, up(mark) + 4.0), &format!("{:.0}%", mark * 100.0), "ax", Anchor::End);
        }
        for (position, month) in months.iter().enumerate() {
            let share = month.by(WorkMeasure::AuthorDays).of(kind);
            let Some(Interval { low, mean, high }) = share.corrected else { continue };
            let x = left + width * position as f64 + width * 0.2;
            let label = format!("{}: {}", month.name, share_text(&share));
            let bar = Rect { x, y: up(high), width: width * 0.6, height: (up(low) - up(high)).max(1.5) };
            drawing.rect(bar, "band", &label);
            drawing.line((x, up(mean)), (x + width * 0.6, up(mean)), "tick");
        }
        base += 6.0;
    }
    let every = months.len().div_ceil(size.pick(13, 5)).max(1);
    for (position, month) in months.iter().enumerate().step_by(every) {
        let x = left + width * (position as f64 + 0.5);
        drawing.text((x, base + 12.0), &month.name, "ax", Anchor::Middle);
    }
    let description = "Three rows of bars by month: making it better, keeping it running, new value. The table below has \
                       the figures.";
    drawing.finish(size, base + 18.0, title, description)
}
