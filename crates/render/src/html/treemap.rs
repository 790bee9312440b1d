//! Nested rectangles: size is lines of code, colour is expected incidents per line.
//!
//! Squarified layout (Bruls, Huizing, van Wijk 2000) with the aspect ratio of 1.5 that is read best (Kong, Heer,
//! Agrawala 2010).

use super::svg::{Anchor, Drawing, DrawnPicture, Rect, Size, text_width};
use crate::number::{count, counted, grouped, incidents};
use crate::text::visible;
use debtscan_findings::{FilePicture, FileReport, Report};

/// Aspect ratio that a row of rectangles is steered to.
const BEST_RATIO: f64 = 1.5;
/// Most files of a drawing; both drawings of a page stay below 2,000 marks.
const MOST_FILES: [usize; 2] = [1_100, 380];
/// Smallest rectangle of a file, in square pixels: a pointer can still hit it.
const LEAST_SIZE: f64 = 26.0;
/// Densities, relative to the average line, where the colours change.
pub(super) const STEPS: [f64; 4] = [0.5, 1.0, 2.0, 4.0];

/// The position of a density among the colours.
pub(super) fn colour(density: f64) -> usize {
    STEPS.iter().filter(|step| density >= **step).count()
}

/// A weight with its position among the others, largest first.
type Weighted = (f64, usize);

/// Places weights into a rectangle, in proportion to their size. Shape: one rectangle per weight, in the order given,
/// which must be descending.
pub(super) fn squarify(weights: &[f64], place: Rect) -> Vec<Rect> {
    let total: f64 = weights.iter().sum();
    if total <= 0.0 || place.width <= 0.0 || place.height <= 0.0 {
        return vec![Rect { width: 0.0, height: 0.0, ..place }; weights.len()];
    }
    // Weights become square pixels, so that ratios are those of the drawing.
    let scale = place.width * place.height / total;
    let areas: Vec<Weighted> = weights.iter().map(|weight| weight * scale).zip(0..).collect();
    let mut placed = Vec::with_capacity(weights.len());
    let mut rest = place;
    let mut start = 0;
    while start < areas.len() {
        let side = rest.width.min(rest.height);
        let mut end = start + 1;
        let mut sum = areas[start].0;
        let mut worst = ratio(areas[start].0, areas[start].0, sum, side);
        while let Some((next, _)) = areas.get(end) {
            let wider = ratio(areas[start].0, *next, sum + next, side);
            // The row is closed as soon as one more rectangle would make its worst one worse.
            if wider > worst {
                break;
            }
            worst = wider;
            sum += next;
            end += 1;
        }
        rest = row(&areas[start..end], sum, rest, &mut placed);
        start = end;
    }
    placed
}

/// How far the largest or smallest rectangle of a row is from the best ratio; 1 is best.
fn ratio(largest: f64, smallest: f64, sum: f64, side: f64) -> f64 {
    // Never better than another row, and no division by zero.
    if smallest <= 0.0 || sum <= 0.0 || side <= 0.0 {
        return f64::INFINITY;
    }
    let of = |area: f64| {
        let length = area * side / sum;
        let ratio = length * length / area;
        let ratio = if ratio < 1.0 { 1.0 / ratio } else { ratio };
        if ratio < BEST_RATIO { BEST_RATIO / ratio } else { ratio / BEST_RATIO }
    };
    of(largest).max(of(smallest))
}

/// Places one row along the shorter side; returns what is left.
fn row(areas: &[Weighted], sum: f64, rest: Rect, placed: &mut Vec<Rect>) -> Rect {
    // Along the shorter side, or rectangles would be strips.
    let is_column = rest.width >= rest.height;
    let side = if is_column { rest.height } else { rest.width };
    let depth = if side > 0.0 { sum / side } else { 0.0 };
    let mut offset = 0.0;
    for (area, _) in areas {
        let length = if depth > 0.0 { area / depth } else { 0.0 };
        placed.push(if is_column {
            Rect { x: rest.x, y: rest.y + offset, width: depth, height: length }
        } else {
            Rect { x: rest.x + offset, y: rest.y, width: length, height: depth }
        });
        offset += length;
    }
    if is_column {
        Rect { x: rest.x + depth, width: (rest.width - depth).max(0.0), ..rest }
    } else {
        Rect { y: rest.y + depth, height: (rest.height - depth).max(0.0), ..rest }
    }
}

/// The files of an area as they are drawn: large ones, and the others in one rectangle.
struct AreaFiles<'a> {
    /// Position in `Report::areas`.
    area: usize,
    lines: u64,
    files: Vec<(&'a FileReport, f64)>,
    folded: usize,
    folded_lines: u64,
    folded_share: f64,
}

/// The map in one size.
pub(super) fn draw(report: &Report, pictures: &[FilePicture], size: Size, title: &str) -> DrawnPicture {
    let width = size.width();
    let height = width * size.pick(0.68, 1.5);
    let areas = areas(report, pictures, size, width * height);
    let weights: Vec<f64> = areas.iter().map(|area| area.lines as f64).collect();
    let whole = Rect { x: 0.0, y: 0.0, width, height };
    let mut drawing = Drawing::default();
    for (area, place) in areas.iter().zip(squarify(&weights, whole)) {
        draw_area(&mut drawing, report, area, place);
    }
    let folded: usize = areas.iter().map(|area| area.folded).sum();
    let description = format!(
        "Rectangles are files within their areas; size is lines of code, colour is expected incidents per line. {} \
         are folded into one rectangle per area. The table below the map has the figures.",
        counted(folded, "small file", "small files")
    );
    drawing.drawn(size, height, title, &description)
}

/// Areas with lines of code, largest first.
fn areas<'a>(report: &'a Report, pictures: &'a [FilePicture], size: Size, pixels: f64) -> Vec<AreaFiles<'a>> {
    let ranked =
        || report.files.iter().zip(pictures).filter(|(file, _)| file.rank.is_some() && file.sloc > 0);
    let mut lines: Vec<u32> = ranked().map(|(file, _)| file.sloc).collect();
    lines.sort_unstable_by(|a, b| b.cmp(a));
    let total: f64 = lines.iter().map(|lines| f64::from(*lines)).sum();
    // The size of the first file that is too many. All files of that size are folded, so that the
    // choice does not depend on their order.
    let cut = lines.get(MOST_FILES[size.pick(0, 1)]).copied().unwrap_or(0);
    let is_large = |lines: u32| lines > cut && f64::from(lines) / total * pixels >= LEAST_SIZE;
    let empty =
        |area| AreaFiles { area, lines: 0, files: Vec::new(), folded: 0, folded_lines: 0, folded_share: 0.0 };
    let mut areas: Vec<AreaFiles<'a>> = (0..report.areas.len()).map(empty).collect();
    for (file, picture) in ranked() {
        let area = &mut areas[file.area];
        area.lines += u64::from(file.sloc);
        if is_large(file.sloc) {
            area.files.push((file, picture.density.unwrap_or(0.0)));
        } else {
            area.folded += 1;
            area.folded_lines += u64::from(file.sloc);
            area.folded_share += file.forecast.shares.total();
        }
    }
    areas.retain(|area| area.lines > 0);
    // `squarify` needs descending weights; the tie-break keeps the output the same in every run.
    areas.sort_by(|a, b| b.lines.cmp(&a.lines).then(a.area.cmp(&b.area)));
    for area in &mut areas {
        area.files.sort_by(|a, b| b.0.sloc.cmp(&a.0.sloc).then_with(|| a.0.path.cmp(&b.0.path)));
    }
    areas
}

fn draw_area(drawing: &mut Drawing, report: &Report, area: &AreaFiles<'_>, place: Rect) {
    const HEAD: f64 = 15.0;
    let name = visible(report.areas[area.area].name.as_bytes());
    drawing.open_group("zone", area.area);
    let frame = place.inset(0.8);
    drawing.rect(frame, "ta", &format!("{name}: {} lines", grouped(area.lines)));
    // Below that a heading would take most of the area.
    let has_head = frame.height > 40.0 && frame.width > 44.0;
    if has_head {
        let room = frame.width - 8.0;
        if let Some(label) = fitting(&name, room, 11.5) {
            drawing.text((frame.x + 4.0, frame.y + 12.0), &label, "tn", Anchor::Start);
        }
    }
    let head = if has_head { HEAD } else { 0.0 };
    let inner = frame.inset(1.8);
    let inner = Rect { y: inner.y + head, height: (inner.height - head).max(0.0), ..inner };
    // The rectangle of the folded files is placed by its size, like any other.
    let at = area.files.partition_point(|(file, _)| u64::from(file.sloc) >= area.folded_lines);
    let mut weights: Vec<f64> = area.files.iter().map(|(file, _)| f64::from(file.sloc)).collect();
    if area.folded > 0 {
        weights.insert(at, area.folded_lines as f64);
    }
    for (position, rect) in squarify(&weights, inner).into_iter().enumerate() {
        if area.folded > 0 && position == at {
            draw_folded(drawing, report, area, rect);
        } else {
            // After the folded rectangle the weights are one ahead of the files.
            let shift = usize::from(area.folded > 0 && position > at);
            let (file, density) = area.files[position - shift];
            draw_file(drawing, file, density, rect);
        }
    }
    drawing.close_group();
}

fn draw_file(drawing: &mut Drawing, file: &FileReport, density: f64, rect: Rect) {
    let path = visible(file.path.as_bytes());
    let colour = colour(density);
    let title =
        format!("{path}: {} lines, {} times the average line", grouped(file.sloc), incidents(density, 1));
    drawing.rect(rect.inset(0.4), ["f h0", "f h1", "f h2", "f h3", "f h4"][colour], &title);
    let name = path.rsplit('/').next().unwrap_or(&path);
    if rect.height > 15.0 && text_width(name, 11.0) + 8.0 < rect.width {
        let class = ["fl lh0", "fl lh1", "fl lh2", "fl lh3", "fl lh4"][colour];
        drawing.text((rect.x + 4.0, rect.y + 12.5), name, class, Anchor::Start);
    }
}

fn draw_folded(drawing: &mut Drawing, report: &Report, area: &AreaFiles<'_>, rect: Rect) {
    // Share by lines, as for a single file: the density of many small files is not the mean of
    // theirs.
    let average = area.folded_lines as f64 / report.model.source_lines.max(1) as f64;
    let density = if average > 0.0 { area.folded_share / average } else { 0.0 };
    let label = counted(area.folded, "small file", "small files");
    let title = format!(
        "{label}: {} lines, {} times the average line",
        grouped(area.folded_lines),
        incidents(density, 1)
    );
    let colour = colour(density);
    let class = ["f fold h0", "f fold h1", "f fold h2", "f fold h3", "f fold h4"][colour];
    drawing.rect(rect.inset(0.4), class, &title);
    let short = format!("+{}", count(area.folded));
    let label = if text_width(&label, 11.0) + 8.0 < rect.width { label } else { short };
    if rect.height > 15.0 && text_width(&label, 11.0) + 8.0 < rect.width {
        let class = ["fl lh0", "fl lh1", "fl lh2", "fl lh3", "fl lh4"][colour];
        drawing.text((rect.x + 4.0, rect.y + 12.5), &label, class, Anchor::Start);
    }
}

/// The name, or its last parts, if they fit.
pub(super) fn fitting(name: &str, room: f64, size: f64) -> Option<String> {
    if text_width(name, size) <= room {
        return Some(name.to_owned());
    }
    let mut rest = name;
    while let Some((_, last)) = rest.split_once('/') {
        rest = last;
        let text = format!("…/{rest}");
        if text_width(&text, size) <= room {
            return Some(text);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{colour, fitting, squarify};
    use crate::html::svg::Rect;

    const PLACE: Rect = Rect { x: 0.0, y: 0.0, width: 600.0, height: 400.0 };

    #[test]
    fn rectangles_fill_the_place_in_proportion_and_do_not_overlap() {
        let weights = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0];
        let placed = squarify(&weights, PLACE);
        for (rect, weight) in placed.iter().zip(weights) {
            // 240,000 square pixels for 24 units
            assert!((rect.width * rect.height - weight * 10_000.0).abs() < 1e-6, "{rect:?}");
            assert!(rect.x >= 0.0 && rect.x + rect.width <= 600.0 + 1e-6, "{rect:?}");
            assert!(rect.y >= 0.0 && rect.y + rect.height <= 400.0 + 1e-6, "{rect:?}");
        }
        for (position, rect) in placed.iter().enumerate() {
            let others = placed[position + 1..].iter();
            assert!(others.clone().all(|other| !rect.inset(1e-6).overlaps(other.inset(1e-6))));
        }
    }

    #[test]
    fn nothing_to_place_takes_no_room() {
        assert!(squarify(&[], PLACE).is_empty());
        let flat = squarify(&[1.0], Rect { width: 0.0, ..PLACE });
        assert!(flat.iter().all(|rect| rect.width <= 0.0));
    }

    #[test]
    fn colours_begin_at_the_average_and_its_multiples() {
        assert_eq!([0.0, 0.5, 0.99, 1.0, 2.0, 3.9, 4.0].map(colour), [0, 1, 1, 2, 3, 3, 4]);
    }

    #[test]
    fn a_name_gives_up_whole_folders_and_is_never_cut() {
        assert_eq!(fitting("lib/vtls", 100.0, 11.5).as_deref(), Some("lib/vtls"));
        assert_eq!(fitting("lib/vtls", 45.0, 11.5).as_deref(), Some("…/vtls"));
        assert_eq!(fitting("library", 20.0, 11.5), None);
    }
}
