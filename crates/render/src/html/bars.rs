//! Areas by what is expected of them: ranges as bands, means as ticks, the last two years as dots.

use super::markup::Markup;
use super::svg::{Anchor, Drawing, DrawnPicture, Px, Rect, Size, text_width, ticks};
use super::treemap::fitting;
use crate::number::{
    amount, compact, cost_range, count_range, currency_mark, incidents, minor_per_unit, percent,
};
use crate::overview::Lead;
use crate::text::visible;
use debtscan_findings::{AreaReport, Illustrated, Interval};
use debtscan_incidents::Currency;

/// Most areas of the picture; the table below has all.
pub(super) const MOST: usize = 20;

/// What the bars measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BarMeasure {
    /// Cost in this currency, the only one.
    Cost(Currency),
    /// Incidents.
    Incidents,
    /// Share of the incidents to come.
    Share,
}

impl BarMeasure {
    /// Costs in several currencies cannot share an axis, so incidents stand in for them.
    pub(super) fn of(illustrated: &Illustrated, lead: Lead) -> Self {
        match (lead, illustrated.report.currencies.as_slice()) {
            (Lead::Cost, [currency]) => Self::Cost(*currency),
            (Lead::Cost | Lead::Incidents, _) => Self::Incidents,
            (Lead::Share, _) => Self::Share,
        }
    }

    fn axis(self) -> &'static str {
        match self {
            Self::Cost(_) => "cost per year",
            Self::Incidents => "incidents per year",
            Self::Share => "share of the incidents to come",
        }
    }

    fn tick(self, value: f64) -> String {
        match self {
            Self::Cost(currency) => {
                format!("{}{}", currency_mark(currency), compact(value / minor_per_unit(currency)))
            }
            // `compact` shows whole numbers only, so all steps below one would read 0.
            Self::Incidents => {
                if value < 1.0 && value > 0.0 {
                    format!("{value}")
                } else {
                    compact(value)
                }
            }
            Self::Share => format!("{}%", compact(value * 100.0)),
        }
    }
}

/// One row of the picture.
struct Bar {
    name: String,
    expected: Option<Interval>,
    /// Last year, and the one before.
    years: Option<[f64; 2]>,
    label: String,
}

/// The rows, and where the axis ends.
fn bars(illustrated: &Illustrated, measure: BarMeasure) -> Vec<Bar> {
    let ranked = illustrated.report.areas.iter().zip(&illustrated.pictures.area_years);
    let ranked = ranked.filter(|(area, _)| area.rank.is_some()).take(MOST);
    ranked
        .map(|(area, years)| {
            let (expected, label) = expectation(area, measure);
            let years = match measure {
                BarMeasure::Cost(currency) => {
                    Some(years.each_ref().map(|year| year.costs.minor(currency) as f64))
                }
                BarMeasure::Incidents => Some(years.each_ref().map(|year| year.incident_shares)),
                // Shares have no history: without incidents nothing was counted in past years.
                BarMeasure::Share => None,
            };
            Bar { name: visible(area.name.as_bytes()), expected, years, label }
        })
        .collect()
}

fn expectation(area: &AreaReport, measure: BarMeasure) -> (Option<Interval>, String) {
    match measure {
        BarMeasure::Cost(currency) => {
            let Some(cost) = area.forecast.costs.iter().find(|cost| cost.currency == currency) else {
                return (None, String::new());
            };
            (Some(cost.minor), format!("{} ({})", amount(cost.minor.mean, currency), cost_range(cost)))
        }
        BarMeasure::Incidents => {
            let Some(interval) = area.forecast.incidents else { return (None, String::new()) };
            (Some(interval), format!("{} ({})", incidents(interval.mean, 1), count_range(&interval)))
        }
        BarMeasure::Share => {
            let share = area.forecast.shares.total();
            // A plain bar from 0: a share has no range.
            (Some(Interval { low: 0.0, mean: share, high: share }), percent(share))
        }
    }
}

/// Whether the average of a drawn area lies above what 8 of 10 years are expected to cost.
pub(super) fn has_mean_above_band(illustrated: &Illustrated, measure: BarMeasure) -> bool {
    // A share has no range, and incidents of a year are counted, so only costs are that uneven.
    matches!(measure, BarMeasure::Cost(_))
        && bars(illustrated, measure).iter().any(|bar| bar.expected.is_some_and(|it| it.mean > it.high))
}

/// The picture in one size.
pub(super) fn draw(illustrated: &Illustrated, measure: BarMeasure, size: Size, title: &str) -> DrawnPicture {
    let bars = bars(illustrated, measure);
    // The last two years too: a bad year is often beyond the range of an average one.
    let ends = bars.iter().map(|bar| {
        let years = bar.years.unwrap_or_default();
        bar.expected.map_or(0.0, |it| it.high).max(years[0]).max(years[1])
    });
    let steps = ticks(ends.fold(0.0, f64::max), size.pick(6.0, 3.0));
    let top = steps.last().copied().unwrap_or(1.0);
    // Measured, because the longest label is `$1` in one repository and `CHF 3.1M (CHF 1.2M–CHF
    // 5.9M)` in another.
    let labels = bars.iter().map(|bar| text_width(&bar.label, 12.5)).fold(60.0, f64::max);
    let left = size.pick(196.0, 8.0);
    let right = size.width() - size.pick(labels + 16.0, 12.0);
    let (first, step) = size.pick((48.0, 28.0), (48.0, 44.0));
    let scale = |value: f64| left + value.clamp(0.0, top) / top * (right - left);
    let bottom = first + step * bars.len() as f64;
    let mut drawing = Drawing::default();
    drawing.text((left, 13.0), measure.axis(), "ax", Anchor::Start);
    let heading = if measure == BarMeasure::Share { "expected" } else { "expected (8 of 10 years)" };
    drawing.text((size.width() - 2.0, 13.0), heading, "ax", Anchor::End);
    for (position, value) in steps.iter().enumerate() {
        drawing.line((scale(*value), first - 8.0), (scale(*value), bottom - 4.0), "gr");
        let anchor = match size {
            Size::Narrow if position == 0 => Anchor::Start,
            Size::Narrow if position + 1 == steps.len() => Anchor::End,
            _ => Anchor::Middle,
        };
        drawing.text((scale(*value), first - 13.0), &measure.tick(*value), "ax", anchor);
    }
    for (row, bar) in bars.iter().enumerate() {
        let y = first + step * row as f64 + size.pick(10.0, 27.0);
        draw_bar(&mut drawing, bar, (row, y), size, &scale, labels);
    }
    let description = match measure {
        BarMeasure::Share => "Bars are shares of the incidents to come. The table below has the figures.",
        BarMeasure::Cost(_) | BarMeasure::Incidents => {
            "Bands are what is expected in 8 of 10 years, ticks the average; full dots are the last 12 months, rings the \
             12 before. The table below has the figures."
        }
    };
    drawing.drawn(size, bottom + 2.0, title, description)
}

fn draw_bar(
    drawing: &mut Drawing,
    bar: &Bar,
    (row, y): (usize, f64),
    size: Size,
    scale: &dyn Fn(f64) -> f64,
    labels: f64,
) {
    let first = if row == 0 { "nm b" } else { "nm" };
    let full = format!("{}: {}", bar.name, bar.label);
    if size == Size::Wide {
        let name =
            fitting(&bar.name, 180.0, 13.0).unwrap_or_else(|| crate::text::shorten_middle(&bar.name, 24));
        drawing.text((184.0, y + 4.5), &name, first, Anchor::End);
        drawing.text((size.width() - 2.0, y + 4.5), &bar.label, "nu", Anchor::End);
    } else {
        let room = size.width() - labels - 20.0;
        let name =
            fitting(&bar.name, room, 13.0).unwrap_or_else(|| crate::text::shorten_middle(&bar.name, 18));
        drawing.text((8.0, y - 12.0), &name, first, Anchor::Start);
        drawing.text((size.width() - 2.0, y - 12.0), &bar.label, "nu", Anchor::End);
    }
    if let Some(Interval { low, mean, high }) = bar.expected {
        let (from, to) = (scale(low), scale(high));
        let class = match (bar.years, row) {
            (Some(_), _) => "band",
            (None, 0) => "hot",
            (None, _) => "nw",
        };
        drawing.rect(Rect { x: from, y: y - 5.0, width: (to - from).max(2.0), height: 10.0 }, class, &full);
        if bar.years.is_some() {
            drawing.line((scale(mean), y - 8.0), (scale(mean), y + 8.0), "tick");
        }
    }
    if let Some([last, before]) = bar.years {
        // The older year first, so that the newer one is on top where both are equal.
        drawing.circle((scale(before), y), 4.0, "pv", &full);
        drawing.circle((scale(last), y), 5.2, if row == 0 { "nw hot" } else { "nw" }, &full);
    }
}

/// The key of the marks.
pub(super) fn key(measure: BarMeasure) -> Markup {
    let mut markup = Markup::default();
    if measure == BarMeasure::Share {
        return markup;
    }
    markup.open("p", &[("class", &"key")]);
    let entries: [(&str, &str); 4] = [
        ("band", "8 of 10 years"),
        ("tick", "average"),
        ("nw", "last 12 months"),
        ("pv", "12 months before"),
    ];
    for (class, words) in entries {
        markup.open("span", &[("class", &"entry")]);
        markup.open("svg", &[("class", &"mark"), ("viewBox", &"0 0 22 14"), ("aria-hidden", &"true")]);
        match class {
            "band" => markup.empty(
                "rect",
                &[
                    ("x", &Px(1.0)),
                    ("y", &Px(2.0)),
                    ("width", &Px(20.0)),
                    ("height", &Px(10.0)),
                    ("class", &class),
                ],
            ),
            "tick" => markup.empty(
                "line",
                &[
                    ("x1", &Px(11.0)),
                    ("y1", &Px(0.0)),
                    ("x2", &Px(11.0)),
                    ("y2", &Px(14.0)),
                    ("class", &class),
                ],
            ),
            _ => markup.empty(
                "circle",
                &[
                    ("cx", &Px(11.0)),
                    ("cy", &Px(7.0)),
                    ("r", &Px(if class == "pv" { 4.0 } else { 5.2 })),
                    ("class", &class),
                ],
            ),
        }
        markup.close("svg");
        markup.text(words);
        markup.close("span");
    }
    markup.close("p");
    markup
}
