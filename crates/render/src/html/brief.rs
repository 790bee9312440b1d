//! The pictures of a business case: 20 equally likely years, payback, what slips, and delivery.

use super::delivery;
use super::figure::{FigureHtml, behind};
use super::markup::Markup;
use super::svg::{Anchor, Drawing, Rect, Size, ticks};
use crate::brief::future::YEARS;
use crate::document::Document;
use crate::number::{about, compact, currency_mark, day, minor_per_unit};
use crate::text::visible;
use debtscan_findings::brief::{AreaPage, CaseOption, Displacement, PaybackCourse, When};
use debtscan_incidents::Currency;

/// The pictures that the findings of one area allow.
///
/// `position` is that of the page: a link needs a target of its own.
pub(super) fn figures(page: &AreaPage, currency: Option<Currency>, position: usize) -> Vec<FigureHtml> {
    let mut figures = Vec::new();
    figures.extend(currency.and_then(|currency| dots(page, currency)));
    if let (Some(currency), Some(course)) =
        (currency, page.payback.as_ref().and_then(|payback| payback.course.as_ref()))
    {
        figures.push(payback(course, currency));
    }
    figures.extend(page.displacement.as_ref().and_then(slips));
    figures.extend(page.delivery.as_ref().and_then(delivery::of_area));
    // Several areas may be on one page, and an element's ID must be unique in it.
    for figure in &mut figures {
        figure.id = format!("{}-{}", figure.id, position + 1);
    }
    figures
}

/// Puts the table of the years behind their picture, which shows the same.
pub(super) fn join_years(figures: &mut [FigureHtml], document: &mut Document) {
    let Some(figure) = figures.iter_mut().find(|figure| figure.id.starts_with("years-")) else { return };
    let Some(at) = document.sections.iter().position(|section| section.title == YEARS) else { return };
    let section = document.sections.remove(at);
    let table = behind(&section, &|_, _, _| None);
    figure.behind.push(("The table behind this picture".to_owned(), table));
}

/// Years of one option: its name and the cost of each, in minor units, ascending.
type Years<'a> = (&'static str, &'a [u64]);

fn years_of(option: &CaseOption) -> Option<Years<'_>> {
    let cost = option.outcome.as_ref()?.cost.as_ref()?;
    let name = match option.when {
        When::Now => "Fixes made now",
        When::Later => "Fixes made a quarter later",
        When::Never => "Nothing done",
    };
    Some((name, &cost.years))
}

fn dots(page: &AreaPage, currency: Currency) -> Option<FigureHtml> {
    let rows: Vec<Years<'_>> = [When::Never, When::Now]
        .iter()
        // A quarter later is between the two others and hard to tell from them as dots, so it is
        // not drawn.
        .filter_map(|when| page.options.iter().find(|option| option.when == *when).and_then(years_of))
        .collect();
    let never = rows.first()?;
    let price = page.ask.price.as_ref().map(|price| price.likely.minor);
    let above = |years: &[u64]| {
        price.map(|price| years.iter().filter(|cost| i128::from(**cost) > i128::from(price)).count())
    };
    let title = match (above(never.1), price) {
        (Some(above), Some(price)) => format!(
            "In {above} of 20 equally likely years incidents cost more than the fixes ({})",
            about(price as f64, currency)
        ),
        _ => "20 equally likely next years".to_owned(),
    };
    Some(FigureHtml {
        id: "years".to_owned(),
        drawings: Size::ALL.map(|size| draw_dots(&rows, price, currency, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            (
                "A dot",
                "is one of 20 equally likely next years, placed by the cost of its incidents.".to_owned(),
            ),
            ("Warm:", "the year costs more than the fixes.".to_owned()),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    })
}

fn draw_dots(rows: &[Years<'_>], price: Option<i64>, currency: Currency, size: Size, title: &str) -> Markup {
    let unit = minor_per_unit(currency);
    let (left, right) = (14.0, size.width() - 24.0);
    let radius = size.pick(6.6, 4.6);
    let most = rows.iter().flat_map(|(_, years)| years.iter()).copied().max().unwrap_or(0) as f64 / unit;
    let price = price.map(|minor| minor as f64 / unit);
    // The price may be above every year, and must still be on the axis.
    let steps = ticks(most.max(price.unwrap_or(0.0)), size.pick(6.0, 3.0));
    let end = steps.last().copied().unwrap_or(1.0);
    let scale = |value: f64| left + radius + value / end * (right - left - 2.0 * radius);
    // As many columns as dots fit beside each other.
    let columns = ((right - left) / (2.0 * radius + 2.0)).floor();
    let column = |value: f64| (value / end * (columns - 1.0)).round();
    let mut drawing = Drawing::default();
    let mut y = 6.0;
    for (name, years) in rows {
        // Stacks are counted before a dot is drawn, because the base line is below the tallest one.
        let mut heights = std::collections::BTreeMap::new();
        for value in *years {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most as many columns as the drawing is wide"
            )]
            let at = column(*value as f64 / unit) as i64;
            *heights.entry(at).or_insert(0_u32) += 1;
        }
        let tallest = heights.values().max().copied().unwrap_or(1);
        let base = y + 26.0 + f64::from(tallest) * (2.0 * radius + 1.5);
        drawing.text((left, y + 12.0), name, "b", Anchor::Start);
        if let Some(price) = price {
            drawing.path(&[(scale(price), y + 20.0), (scale(price), base)], "chance");
        }
        let mut placed = std::collections::BTreeMap::new();
        for value in *years {
            let amount = *value as f64 / unit;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most as many columns as the drawing is wide"
            )]
            let at = column(amount) as i64;
            let below = placed.entry(at).or_insert(0_u32);
            let center = (
                left + radius + column(amount) / (columns - 1.0).max(1.0) * (right - left - 2.0 * radius),
                base - radius - 1.0 - f64::from(*below) * (2.0 * radius + 1.5),
            );
            *below += 1;
            // By the exact cost. A dot moves to the nearest stack, which may be on the other side
            // of the line.
            let class = if price.is_some_and(|price| amount > price) { "hi" } else { "lo" };
            drawing.circle(center, radius - 0.4, class, &about(*value as f64, currency));
        }
        drawing.line((left, base), (right, base), "axl");
        y = base + 8.0;
    }
    for step in &steps {
        let text = format!("{}{}", currency_mark(currency), compact(*step));
        drawing.line((scale(*step), y - 8.0), (scale(*step), y - 3.0), "axl");
        drawing.text((scale(*step), y + 11.0), &text, "ax", Anchor::Middle);
    }
    if let Some(price) = price {
        drawing.text((scale(price) + 4.0, y + 28.0), "the fixes", "ax b", Anchor::Start);
    }
    let description = "Dots are equally likely years; to the right, the cost of incidents. The dashed line is the price \
                       of the fixes.";
    drawing.finish(size, y + 34.0, title, description)
}

fn payback(course: &PaybackCourse, currency: Currency) -> FigureHtml {
    let within = |month: u32| {
        course.months.iter().find(|it| it.month == month).map_or(0.0, |it| (it.paid_back * 20.0).round())
    };
    let title = match course.on_average {
        Some(month) => {
            format!("On average paid back in month {month}; in {} of 20 futures within a year", within(12))
        }
        None => format!(
            "On average not paid back within two years; in {} of 20 futures within a year",
            within(12)
        ),
    };
    FigureHtml {
        id: "payback".to_owned(),
        drawings: Size::ALL.map(|size| draw_payback(course, currency, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            ("Line:", "incidents prevented to date, less the price of the fixes, on average.".to_owned()),
            ("Bands:", "8 of 10 futures are within the pale one, 5 of 10 within the dark one.".to_owned()),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    }
}

fn draw_payback(course: &PaybackCourse, currency: Currency, size: Size, title: &str) -> Markup {
    let unit = minor_per_unit(currency);
    let (left, right, top, bottom) = (58.0, size.width() - 16.0, 12.0, 250.0);
    let months = &course.months;
    let values = || months.iter().flat_map(|it| it.quantiles.iter().chain([&it.mean])).map(|it| it / unit);
    // From 0 in both directions: the line of break-even must be in the picture.
    let high = values().fold(0.0, f64::max);
    let low = values().fold(0.0, f64::min);
    let last = months.iter().map(|it| it.month).max().unwrap_or(1).max(1);
    let across = |month: u32| left + f64::from(month) / f64::from(last) * (right - left);
    let up = |value: f64| bottom - (value - low) / (high - low).max(1.0) * (bottom - top);
    let mut drawing = Drawing::default();
    // `ticks` gives at least two values, and the second is the step.
    let step = ticks((high - low).max(1.0), 5.0)[1];
    let mut mark = (low / step).ceil() * step;
    while mark <= high {
        drawing.line((left, up(mark)), (right, up(mark)), if mark == 0.0 { "axl" } else { "gr" });
        let sign = if mark < 0.0 { "−" } else { "" };
        let label = format!("{sign}{}{}", currency_mark(currency), compact(mark.abs()));
        drawing.text((left - 6.0, up(mark) + 4.0), &label, "ax", Anchor::End);
        mark += step;
    }
    for (class, from, to) in [("b80", 0, 4), ("b50", 1, 3)] {
        let there = months.iter().map(|it| (across(it.month), up(it.quantiles[from] / unit)));
        let back = months.iter().rev().map(|it| (across(it.month), up(it.quantiles[to] / unit)));
        drawing.area(&there.chain(back).collect::<Vec<_>>(), class);
    }
    drawing.line((left, up(0.0)), (right, up(0.0)), "zero");
    let mean: Vec<(f64, f64)> = months.iter().map(|it| (across(it.month), up(it.mean / unit))).collect();
    drawing.path(&mean, "curve2");
    for month in [6, 12, 18, 24].into_iter().filter(|month| *month <= last) {
        let paid = months.iter().find(|it| it.month == month).map_or(0.0, |it| it.paid_back);
        // The last label ends at the border instead of beyond it.
        let anchor = if month == last { Anchor::End } else { Anchor::Middle };
        drawing.line((across(month), bottom), (across(month), bottom + 5.0), "axl");
        drawing.text((across(month), bottom + 19.0), &format!("month {month}"), "ax", anchor);
        let text = format!("{:.0} of 20", paid * 20.0);
        drawing.text((across(month), bottom + 35.0), &text, "nu b", anchor);
    }
    let description = "To the right, months from today; upwards, the net benefit. Below the axis, how many of 20 futures \
                       have paid back.";
    drawing.finish(size, bottom + 42.0, title, description)
}

/// What slips, as bars between two dates per item.
fn slips(displacement: &Displacement) -> Option<FigureHtml> {
    let moved = displacement.items.iter().filter(|item| item.slips_days > 0).count();
    let missed = displacement.items.iter().filter(|item| item.holds_with == Some(false)).count();
    if displacement.items.is_empty() {
        return None;
    }
    let title = format!(
        "{moved} of {} planned items move; {missed} {} a date",
        displacement.items.len(),
        if missed == 1 { "misses" } else { "miss" }
    );
    Some(FigureHtml {
        id: "plan".to_owned(),
        drawings: Size::ALL.map(|size| draw_slips(displacement, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            ("Pale:", "finished without the fixes. Solid: with them. Warm: later than its date.".to_owned()),
            ("Tick:", "the date.".to_owned()),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    })
}

fn draw_slips(displacement: &Displacement, size: Size, title: &str) -> Markup {
    let items = &displacement.items;
    let times = || items.iter().flat_map(|it| [Some(it.without), Some(it.with), it.due]).flatten();
    let first = times().min().map_or(0, |time| time.0) as f64;
    let last = times().max().map_or(1, |time| time.0) as f64;
    // A month of room, so that one date has a width.
    let (first, last) = (first - 15.0 * 86_400.0, last + 15.0 * 86_400.0);
    let (left, right) = (8.0, size.width() - 8.0);
    let at =
        |time: debtscan_model::Timestamp| left + (time.0 as f64 - first) / (last - first) * (right - left);
    let mut drawing = Drawing::default();
    let mut y = 4.0;
    for item in items {
        drawing.text((left, y + 12.0), &visible(item.name.as_bytes()), "nm", Anchor::Start);
        let is_late = item.holds_with == Some(false);
        let label = format!("{} → {}", day(item.without), day(item.with));
        drawing.text((right, y + 12.0), &label, if is_late { "nu b" } else { "nu" }, Anchor::End);
        drawing.rect(
            Rect { x: left, y: y + 19.0, width: at(item.without) - left, height: 6.0 },
            "band",
            &label,
        );
        let class = if is_late { "hot" } else { "nw" };
        drawing.rect(Rect { x: left, y: y + 27.0, width: at(item.with) - left, height: 6.0 }, class, &label);
        if let Some(due) = item.due {
            drawing.line((at(due), y + 16.0), (at(due), y + 36.0), "tick");
        }
        y += 46.0;
    }
    drawing.finish(size, y, title, "Bars end on the day an item is finished, without and with the fixes.")
}
