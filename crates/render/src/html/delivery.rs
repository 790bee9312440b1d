//! The picture of delivery times: areas against equally large changes elsewhere.

use super::figure::{Aside, FigureHtml};
use super::markup::Markup;
use super::svg::{Anchor, Drawing, Rect, Size};
use super::treemap::fitting;
use crate::delivery::words::{source_words, times_word};
use crate::text::{shorten_middle, visible};
use debtscan_findings::brief::CaseDelivery;
use debtscan_findings::{AreaDelivery, DeliveryList, DeliveryRatio, DeliverySource};

/// Most areas of the picture.
const MOST: usize = 20;

/// Where the axis ends: a larger ratio is cut off, and its label has the figure.
const LARGEST: f64 = 8.0;

/// The picture; none if no area can be compared.
pub(crate) fn figures(list: &DeliveryList) -> Vec<FigureHtml> {
    let compared = || list.areas.iter().filter_map(|area| area.ratio.map(|ratio| (area, ratio)));
    let mut rows: Vec<(&AreaDelivery, DeliveryRatio)> = compared().collect();
    let Some(source) = list.source.filter(|_| !rows.is_empty()) else { return Vec::new() };
    rows.sort_by(|a, b| {
        b.1.adjusted.mean.total_cmp(&a.1.adjusted.mean).then_with(|| a.0.name.cmp(&b.0.name))
    });
    rows.truncate(MOST);
    let raw = compared().filter(|(_, ratio)| ratio.raw > 1.0).count();
    let slower = compared().filter(|(_, ratio)| ratio.adjusted.low > 1.0).count();
    let title = format!(
        "{slower} of {} areas are slower than equally large changes elsewhere; without regard to size, {raw} look slow",
        compared().count()
    );
    vec![FigureHtml {
        id: "delivery".to_owned(),
        drawings: Size::ALL.map(|size| draw(&rows, size, &title)).to_vec(),
        key: Markup::default(),
        asides: asides(source),
        terms: None,
        behind: Vec::new(),
        title,
    }]
}

/// The picture of one area; none if it cannot be compared.
pub(super) fn of_area(delivery: &CaseDelivery) -> Option<FigureHtml> {
    let ratio = delivery.area.ratio?;
    let title = if ratio.is_clear() {
        format!(
            "A change here takes {:.1} times as long as an equally large one elsewhere",
            ratio.adjusted.mean
        )
    } else {
        "A change here takes no clearly different time from an equally large one elsewhere".to_owned()
    };
    Some(FigureHtml {
        id: "delivery".to_owned(),
        drawings: Size::ALL.map(|size| draw(&[(&delivery.area, ratio)], size, &title)).to_vec(),
        key: Markup::default(),
        asides: asides(delivery.source),
        terms: None,
        behind: Vec::new(),
        title,
    })
}

/// How to read the marks.
fn asides(source: DeliverySource) -> Vec<Aside> {
    vec![
        ("Time per change", format!("{}, against the same elsewhere.", source_words(source))),
        (
            "Bar and tick:",
            "80% range and likeliest ratio within size classes. Warm: clearly slower. Dark: clearly faster."
                .to_owned(),
        ),
        (
            "Ring:",
            "the ratio without regard to size, which misleads: large changes are slow everywhere.".to_owned(),
        ),
    ]
}

/// The colour of a bar: slower, faster, or unclear.
fn bar_class(ratio: &DeliveryRatio) -> &'static str {
    match ratio.is_clear() {
        true if ratio.adjusted.low > 1.0 => "hot",
        true => "nw",
        false => "band",
    }
}

fn draw(rows: &[(&AreaDelivery, DeliveryRatio)], size: Size, title: &str) -> Markup {
    let (left, right) = (size.pick(196.0, 8.0), size.width() - size.pick(132.0, 12.0));
    let (first, step) = (34.0, size.pick(26.0, 40.0));
    // Twice as long and half as long are equally far from 1.
    let reach = LARGEST.ln();
    let scale = |ratio: f64| {
        left + (ratio.max(1e-9).ln().clamp(-reach, reach) + reach) / (2.0 * reach) * (right - left)
    };
    let bottom = first + step * rows.len() as f64;
    let mut drawing = Drawing::default();
    for (mark, label) in
        [(0.125, "⅛"), (0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (4.0, "4"), (8.0, "8 times")]
    {
        drawing.line(
            (scale(mark), first - 8.0),
            (scale(mark), bottom),
            if label == "1" { "axl" } else { "gr" },
        );
        drawing.text((scale(mark), first - 14.0), label, "ax", Anchor::Middle);
    }
    for (row, (area, ratio)) in rows.iter().enumerate() {
        let y = first + step * row as f64 + size.pick(10.0, 24.0);
        let interval = &ratio.adjusted;
        let name = visible(area.name.as_bytes());
        let name = fitting(&name, 180.0, 13.0).unwrap_or_else(|| shorten_middle(&name, 24));
        let label = format!("{} ({:.1}–{:.1})", times_word(interval.mean), interval.low, interval.high);
        let class = if ratio.is_clear() { "nm b" } else { "nm" };
        let (at, base, anchor) =
            size.pick((left - 12.0, y + 4.5, Anchor::End), (8.0, y - 9.0, Anchor::Start));
        drawing.text((at, base), &name, class, anchor);
        drawing.text((size.width() - 2.0, base), &label, "nu", Anchor::End);
        let (from, to) = (scale(interval.low), scale(interval.high));
        let bar = Rect { x: from, y: y - 5.0, width: (to - from).max(2.0), height: 10.0 };
        drawing.rect(bar, bar_class(ratio), &format!("{name}: {label}"));
        drawing.line((scale(interval.mean), y - 8.0), (scale(interval.mean), y + 8.0), "tick");
        drawing.circle((scale(ratio.raw), y), 4.0, "pv", &format!("as it is: {}", times_word(ratio.raw)));
    }
    let description = "Rows are areas; the axis is time per change against equally large changes elsewhere. The table below \
                       has the figures.";
    drawing.finish(size, bottom + 4.0, title, description)
}
