//! Files by change and complexity, with the corner where both meet.

use super::svg::{Anchor, Drawing, DrawnPicture, Rect, Size, text_width};
use crate::number::{counted, grouped, incidents};
use crate::text::visible;
use debtscan_findings::{Corners, FilePicture, FileReport, Illustrated};

/// Most files of a drawing; those farthest from the corner are omitted.
pub(super) const MOST: [usize; 2] = [240, 120];

/// A file with the values of both axes.
#[derive(Clone, Copy)]
struct ScatterPoint<'a> {
    file: &'a FileReport,
    picture: FilePicture,
    changes: u32,
    complexity: u64,
    is_inside: bool,
}

/// A logarithmic axis from 1.
struct Scale {
    from: f64,
    to: f64,
    end: f64,
}

impl Scale {
    /// 0 is drawn at the beginning, left of 1.
    fn at(&self, value: f64) -> f64 {
        // Zero has no logarithm. Half a step before 1 leaves it apart from the files with one
        // commit.
        let start = 0.7_f64.log10();
        let part = (value.max(0.7).log10() - start) / (self.end.max(2.0).log10() - start);
        self.from + part * (self.to - self.from)
    }
}

/// The drawn files, and how many were omitted.
fn points<'a>(illustrated: &'a Illustrated, corners: &Corners, size: Size) -> (Vec<ScatterPoint<'a>>, usize) {
    let files = illustrated.report.files.iter().zip(&illustrated.pictures.files);
    let mut points: Vec<ScatterPoint<'_>> = files
        .filter(|(file, _)| file.rank.is_some())
        .filter_map(|(file, picture)| {
            let (changes, complexity) = (file.revisions_last_year, file.cognitive?);
            let is_inside = complexity >= corners.complex_from && changes >= corners.busy_from;
            Some(ScatterPoint { file, picture: *picture, changes, complexity, is_inside })
        })
        .collect();
    // One is added to both, so that files that are 0 in one are still ordered by the other.
    let product =
        |point: &ScatterPoint<'_>| (u64::from(point.changes) + 1).saturating_mul(point.complexity + 1);
    points.sort_by(|a, b| product(b).cmp(&product(a)).then_with(|| a.file.path.cmp(&b.file.path)));
    let omitted = points.len().saturating_sub(MOST[size.pick(0, 1)]);
    points.truncate(MOST[size.pick(0, 1)]);
    (points, omitted)
}

/// The files that no drawing of this size shows.
pub(super) fn omitted(illustrated: &Illustrated, corners: &Corners) -> usize {
    points(illustrated, corners, Size::Wide).1
}

/// The picture in one size.
pub(super) fn draw(illustrated: &Illustrated, corners: &Corners, size: Size, title: &str) -> DrawnPicture {
    let (points, omitted) = points(illustrated, corners, size);
    let height = size.pick(430.0, 400.0);
    let (left, right) = (48.0, size.width() - 12.0);
    let (top, bottom) = (26.0, height - 40.0);
    // The corner must be in the picture even if no file is near it.
    let most_changes = points.iter().map(|it| it.changes).max().unwrap_or(0).max(corners.busy_from * 2);
    let most_complex = points.iter().map(|it| it.complexity).max().unwrap_or(0).max(corners.complex_from * 4);
    let across = Scale { from: left, to: right, end: f64::from(most_changes) * 1.25 };
    // Room above the dots for the names of the corners.
    let up = Scale { from: bottom, to: top, end: most_complex as f64 * 2.2 };
    let mut drawing = Drawing::default();
    let (busy, complex) = (across.at(f64::from(corners.busy_from)), up.at(corners.complex_from as f64));
    drawing.rect(Rect { x: busy, y: top, width: right - busy, height: complex - top }, "crn", "");
    drawing.line((busy, top), (busy, bottom), "axd");
    drawing.line((left, complex), (right, complex), "axd");
    axes(&mut drawing, (&across, &up), size, height);
    let mut taken = corner_names(&mut drawing, size, (left, right), (top, bottom));
    // The files nearest to the corner come first in the list, and are drawn last, on top of the
    // others.
    for point in points.iter().rev() {
        let place = (across.at(f64::from(point.changes)), up.at(point.complexity as f64));
        let class = if point.is_inside { "pt pm" } else { "pt" };
        drawing.circle(place, radius(point), class, &description(point));
    }
    labels(&mut drawing, &points, (&across, &up), size, &mut taken);
    let left_out = counted(omitted, "file far from that corner is", "files far from that corner are");
    let description = format!(
        "Dots are files: to the right, commits of the last 12 months; upwards, cognitive complexity; both scales \
         multiply. {} of {} are complex and busy. {left_out} not drawn.",
        grouped(corners.in_corner as u64),
        counted(corners.files, "file", "files"),
    );
    drawing.drawn(size, height, title, &description)
}

fn radius(point: &ScatterPoint<'_>) -> f64 {
    // The area of a dot, not its radius, is what the eye compares.
    2.6 + (2.4 * point.picture.incidents_last_year.sqrt()).min(7.0)
}

fn description(point: &ScatterPoint<'_>) -> String {
    format!(
        "{}: {}, complexity {}, {} incidents in 12 months",
        visible(point.file.path.as_bytes()),
        counted(point.changes as usize, "commit", "commits"),
        grouped(point.complexity),
        incidents(point.picture.incidents_last_year, 1)
    )
}

fn axes(drawing: &mut Drawing, (across, up): (&Scale, &Scale), size: Size, height: f64) {
    let (left, right, top, bottom) = (across.from, across.to, up.to, up.from);
    let marks = |end: f64| {
        [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 3e4, 1e5].into_iter().filter(move |it| *it <= end)
    };
    for mark in marks(across.end) {
        drawing.line((across.at(mark), bottom), (across.at(mark), bottom + 4.0), "axl");
        drawing.text((across.at(mark), bottom + 17.0), &crate::number::compact(mark), "ax", Anchor::Middle);
    }
    // The vertical axis is shorter, so it has powers of ten only.
    for mark in marks(up.end).filter(|mark| mark.to_string().starts_with('1')) {
        drawing.line((left - 4.0, up.at(mark)), (left, up.at(mark)), "axl");
        let label = crate::number::compact(mark);
        drawing.text((left - 7.0, up.at(mark) + 4.0), &label, "ax", Anchor::End);
    }
    drawing.line((left, bottom), (right, bottom), "axl");
    drawing.line((left, top), (left, bottom), "axl");
    let name = size.pick("commits in the last 12 months →", "commits in 12 months →");
    drawing.text((right, height - 6.0), name, "ax", Anchor::End);
    drawing.text((2.0, 13.0), "↑ cognitive complexity", "ax", Anchor::Start);
}

/// Names the corners; returns where the names stand.
fn corner_names(
    drawing: &mut Drawing,
    size: Size,
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
) -> Vec<Rect> {
    let names = [
        (right - 6.0, top + 16.0, ["Complex and busy: start here", "Complex and busy"], Anchor::End, "cb"),
        (left + 8.0, top + 16.0, ["Complex, quiet: leave alone", "Complex, quiet"], Anchor::Start, "cn"),
        (right - 6.0, bottom - 8.0, ["Simple and busy: fine", "Simple, busy"], Anchor::End, "cn"),
        (left + 8.0, bottom - 8.0, ["Simple and quiet: fine", "Simple, quiet"], Anchor::Start, "cn"),
    ];
    let place = |(x, y, words, anchor, class): (f64, f64, [&'static str; 2], Anchor, &str)| {
        let text = words[size.pick(0, 1)];
        drawing.text((x, y), text, class, anchor);
        let width = text_width(text, 13.0);
        let x = if anchor == Anchor::End { x - width } else { x };
        Rect { x, y: y - 13.0, width, height: 17.0 }
    };
    names.into_iter().map(place).collect()
}

/// Names the dots that matter most, where there is room.
fn labels(
    drawing: &mut Drawing,
    points: &[ScatterPoint<'_>],
    (across, up): (&Scale, &Scale),
    size: Size,
    taken: &mut Vec<Rect>,
) {
    let place =
        |point: &ScatterPoint<'_>| (across.at(f64::from(point.changes)), up.at(point.complexity as f64));
    // A name must hide no large dot.
    let dots = points.iter().filter(|point| radius(point) > 4.5).map(|point| {
        let ((x, y), radius) = (place(point), radius(point) * 0.7);
        Rect { x: x - radius, y: y - radius, width: radius * 2.0, height: radius * 2.0 }
    });
    let dots: Vec<Rect> = dots.collect();
    let mut wanted: Vec<&ScatterPoint<'_>> = points.iter().collect();
    // Incidents first; 500 points of complexity and 60 commits count as much as a third of one.
    // Plain values that spread the names over the drawing.
    let weight = |point: &ScatterPoint<'_>| {
        point.picture.incidents_last_year * 3.0
            + point.complexity as f64 / 500.0
            + f64::from(point.changes) / 60.0
    };
    wanted.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.file.path.cmp(&b.file.path)));
    for point in wanted.into_iter().take(size.pick(26, 10)) {
        let path = visible(point.file.path.as_bytes());
        let name = path.rsplit('/').next().unwrap_or(&path);
        let (width, away, (x, y)) = (text_width(name, 11.5), radius(point) + 2.0, place(point));
        // Beside the dot reads best; above or below is second.
        let candidates = [
            (x + away, y + 4.0, Anchor::Start, x + away),
            (x - away, y + 4.0, Anchor::End, x - away - width),
            (x, y - away - 1.0, Anchor::Middle, x - width / 2.0),
            (x, y + away + 9.0, Anchor::Middle, x - width / 2.0),
        ];
        let free = candidates.into_iter().find_map(|(at, base, anchor, start)| {
            let room = Rect { x: start, y: base - 10.0, width, height: 13.0 };
            let is_inside = start > across.from && start + width < across.to && base < up.from - 2.0;
            let is_free = taken.iter().chain(&dots).all(|other| !room.overlaps(*other));
            (is_inside && is_free).then_some((at, base, anchor, room))
        });
        if let Some((at, base, anchor, room)) = free {
            taken.push(room);
            drawing.text((at, base), name, if point.is_inside { "pl b" } else { "pl" }, anchor);
        }
    }
}
