//! The picture of a verification: what was expected of each area, and what came.

use super::figure::FigureHtml;
use super::markup::Markup;
use super::svg::{Anchor, Drawing, Rect, Size, ticks};
use crate::number::{day, figure, grouped};
use crate::text::{shorten_end, visible};
use debtscan_findings::verify::{AreaOutcome, AreaRole, Verdict, Verification};

/// Areas in the picture; the table has all.
const MOST: usize = 16;

/// The picture.
pub(super) fn figures(found: &Verification) -> Vec<FigureHtml> {
    let verdict = match found.verdict {
        Verdict::Better => "fewer than chance explains",
        Verdict::NoClearChange => "which chance explains",
        Verdict::Worse => "more than chance explains",
        Verdict::TooEarly => "too early to tell",
    };
    let title = format!(
        "{}: {} incidents since {}, {verdict}",
        visible(found.area.name.as_bytes()),
        grouped(found.area.observed),
        day(found.since)
    );
    vec![FigureHtml {
        id: "areas".to_owned(),
        drawings: Size::ALL.map(|size| draw(found, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            (
                "Band:",
                "incidents expected if nothing had been done, in 8 of 10 cases. Tick: the mean. Dot: incidents since.".to_owned(),
            ),
            ("Ring:", "incidents in the same time before. The fall from ring to tick needs no fix.".to_owned()),
            ("First row:", "the area of the fix. The others had none: dots outside their band are chance.".to_owned()),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    }]
}

fn draw(found: &Verification, size: Size, title: &str) -> Markup {
    let others = found.others.iter().filter(|it| it.role == AreaRole::Control);
    let rows: Vec<&AreaOutcome> = [&found.area].into_iter().chain(others).take(MOST).collect();
    let values = rows
        .iter()
        .flat_map(|it| [f64::from(it.before), f64::from(it.observed), it.expected.high, it.expected.mean]);
    let steps = ticks(values.fold(1.0, f64::max), size.pick(6.0, 4.0));
    let end = steps.last().copied().unwrap_or(1.0);
    let (left, right) = (size.pick(220.0, 10.0), size.width() - 24.0);
    let (first, step) = (34.0, size.pick(28.0, 44.0));
    let scale = |value: f64| left + (value / end).clamp(0.0, 1.0) * (right - left);
    let bottom = first + step * rows.len() as f64;
    let mut drawing = Drawing::default();
    for mark in &steps {
        drawing.line((scale(*mark), first - 8.0), (scale(*mark), bottom), "gr");
        drawing.text((scale(*mark), first - 14.0), &figure(*mark), "ax", Anchor::Middle);
    }
    for (row, it) in rows.iter().enumerate() {
        let y = first + step * row as f64 + size.pick(12.0, 28.0);
        let is_treated = it.role == AreaRole::Treated;
        let name = shorten_end(&visible(it.name.as_bytes()), 30);
        let (at, base, anchor) =
            size.pick((left - 12.0, y + 4.5, Anchor::End), (left, y - 11.0, Anchor::Start));
        drawing.text((at, base), &name, if is_treated { "nm b" } else { "nm" }, anchor);
        let words = format!(
            "{name}: {} before, {} expected ({}–{}), {} came",
            it.before,
            figure(it.expected.mean),
            figure(it.expected.low),
            figure(it.expected.high),
            it.observed
        );
        let (low, high) = (scale(it.expected.low), scale(it.expected.high));
        let band = Rect { x: low, y: y - 6.0, width: (high - low).max(2.0), height: 12.0 };
        drawing.rect(band, "band", &words);
        drawing.line((scale(it.expected.mean), y - 8.0), (scale(it.expected.mean), y + 8.0), "tick");
        drawing.circle((scale(f64::from(it.before)), y), 5.0, "pv", &words);
        drawing.circle(
            (scale(f64::from(it.observed)), y),
            4.6,
            if is_treated { "hot" } else { "nw" },
            &words,
        );
    }
    let description = "Rows are areas; to the right, incidents. The table below has the figures.";
    drawing.finish(size, bottom + 6.0, title, description)
}
