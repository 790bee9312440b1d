//! Incidents over the work of the same time, by calendar quarter.

use super::svg::{Anchor, Drawing, DrawnPicture, Rect, Size, ticks};
use crate::number::{compact, counted, day, grouped};
use crate::text::visible;
use debtscan_findings::{Illustrated, Quarter, Report};

/// Most incidents of a quarter that are drawn as dots of their own.
const MOST_DOTS: usize = 26;

/// Quarters of the narrow drawing: five years.
const NARROW_QUARTERS: usize = 20;

/// The place of the columns of a drawing.
struct Columns {
    left: f64,
    width: f64,
}

impl Columns {
    fn at(&self, position: usize) -> f64 {
        self.left + self.width * position as f64
    }
}

/// The picture in one size.
pub(super) fn draw(illustrated: &Illustrated, size: Size, title: &str) -> DrawnPicture {
    let Illustrated { report, pictures } = illustrated;
    let all = &pictures.quarters;
    // The newest quarters: the list is ascending.
    let shown = &all[all.len().saturating_sub(size.pick(all.len(), NARROW_QUARTERS))..];
    let left = 36.0;
    // A project of one quarter gets a bar, not a wall.
    let width = ((size.width() - 6.0 - left) / shown.len().max(1) as f64).min(44.0);
    let columns = Columns { left, width };
    let end = columns.at(shown.len());
    let mut drawing = Drawing::default();
    let mut base = 14.0;
    if report.totals.incidents > 0 {
        let period = if shown.len() < all.len() { ", last 5 years" } else { "" };
        base = incidents(&mut drawing, report, shown, &columns, period);
        drawing.line((left, base + 1.0), (end, base + 1.0), "axl");
        base += 24.0;
    }
    drawing.text((left, base), "commits to source files in the quarter", "ax", Anchor::Start);
    let bottom = commits(&mut drawing, shown, &columns, base + 8.0);
    years(&mut drawing, shown, &columns, (bottom, size));
    let description = "Above, incidents by the quarter in which they began; below, commits of the same quarters. The \
                       table below has the figures; the last quarter is not over.";
    drawing.drawn(size, bottom + 24.0, title, description)
}

/// Dots, or bars where dots would not fit; returns the base line.
fn incidents(
    drawing: &mut Drawing,
    report: &Report,
    quarters: &[Quarter],
    columns: &Columns,
    period: &str,
) -> f64 {
    let most = quarters.iter().map(|quarter| quarter.incidents.len()).max().unwrap_or(0);
    let radius = (columns.width / 2.0 - 0.8).min(4.6);
    let year_ago = report.as_of.plus_days(-365);
    // The same half-open year as in the figures above: a year ago to the second is not in it.
    let is_recent = |incident: usize| report.incidents[incident].opened.is_some_and(|it| it > year_ago);
    let top = 20.0;
    if most > MOST_DOTS {
        drawing.text((columns.left, 13.0), &format!("incidents in the quarter{period}"), "ax", Anchor::Start);
        let base = top + 100.0;
        // At least 3, or the axis of a quiet project would have fractions of an incident.
        let steps = ticks(most.max(3) as f64, 3.0);
        let end = steps.last().copied().unwrap_or(1.0);
        grid(drawing, &steps, (base, 96.0), columns, quarters.len());
        for (position, quarter) in quarters.iter().enumerate() {
            let height = quarter.incidents.len() as f64 / end * 96.0;
            let place =
                Rect { x: columns.at(position) + 1.0, y: base - height, width: columns.width - 2.0, height };
            let is_recent = quarter.incidents.iter().any(|incident| is_recent(*incident));
            drawing.rect(place, if is_recent { "hot" } else { "nw" }, &name(quarter));
        }
        return base;
    }
    drawing.text((columns.left, 13.0), &format!("incidents, one dot each{period}"), "ax", Anchor::Start);
    let step = radius * 2.0 + 1.0;
    // Room for two dots, so that the heading is not on the line.
    let base = top + most.max(2) as f64 * step + 4.0;
    for (position, quarter) in quarters.iter().enumerate() {
        let x = columns.at(position) + columns.width / 2.0;
        let mut dated = quarter.incidents.clone();
        dated.sort_by_key(|incident| report.incidents[*incident].opened);
        for (place, incident) in dated.iter().enumerate() {
            let y = base - radius - 1.0 - place as f64 * step;
            let class = if is_recent(*incident) { "hi" } else { "lo" };
            let it = &report.incidents[*incident];
            let opened = it.opened.map_or_else(String::new, day);
            let title = format!("{} {opened} {}", visible(it.id.as_bytes()), visible(it.title.as_bytes()));
            drawing.circle((x, y), radius, class, title.trim_end());
        }
    }
    base
}

/// Bars of commits; returns the base line.
fn commits(drawing: &mut Drawing, quarters: &[Quarter], columns: &Columns, top: f64) -> f64 {
    const HEIGHT: f64 = 80.0;
    let most = quarters.iter().map(|quarter| quarter.commits).max().unwrap_or(0);
    let steps = ticks(f64::from(most.max(3)), 3.0);
    let end = steps.last().copied().unwrap_or(1.0);
    let base = top + HEIGHT;
    grid(drawing, &steps, (base, HEIGHT), columns, quarters.len());
    for (position, quarter) in quarters.iter().enumerate() {
        let height = f64::from(quarter.commits) / end * HEIGHT;
        let place =
            Rect { x: columns.at(position) + 1.0, y: base - height, width: columns.width - 2.0, height };
        let is_last = position + 1 == quarters.len();
        // A quarter that is not over looks like a decline unless it is marked.
        drawing.rect(place, if is_last { "ab part" } else { "ab" }, &name(quarter));
    }
    base
}

fn grid(drawing: &mut Drawing, steps: &[f64], (base, height): (f64, f64), columns: &Columns, n: usize) {
    let end = steps.last().copied().unwrap_or(1.0);
    for step in steps {
        let y = base - step / end * height;
        drawing.line((columns.left, y), (columns.at(n), y), "gr");
        drawing.text((columns.left - 5.0, y + 4.0), &compact(*step), "ax", Anchor::End);
    }
}

fn years(drawing: &mut Drawing, quarters: &[Quarter], columns: &Columns, (bottom, size): (f64, Size)) {
    let room = size.pick(34.0, 30.0);
    let mut free = f64::MIN;
    for (position, quarter) in quarters.iter().enumerate() {
        let x = columns.at(position);
        if quarter.number == 1 || position == 0 {
            drawing.line((x, bottom), (x, bottom + 5.0), "axl");
            // The first column may begin in the middle of a year, whose label belongs to its first
            // quarter. In a history of less than a year there may be none.
            let is_start = quarter.number == 1 || quarters.len() < 4;
            if is_start && x >= free {
                drawing.text((x + 2.0, bottom + 16.0), &quarter.year.to_string(), "ax", Anchor::Start);
                free = x + room;
            }
        }
    }
}

fn name(quarter: &Quarter) -> String {
    format!(
        "{} quarter {}: {}, {}",
        quarter.year,
        quarter.number,
        counted(quarter.incidents.len(), "incident", "incidents"),
        commits_of(quarter)
    )
}

fn commits_of(quarter: &Quarter) -> String {
    let noun = if quarter.commits == 1 { "commit" } else { "commits" };
    format!("{} {noun}", grouped(quarter.commits))
}
