//! Drawing: marks, text and scales. Colours come from classes, so that a page can be dark or printed.

use std::fmt;

use super::markup::Markup;
use crate::text;

/// A length or coordinate, to a tenth of a pixel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Px(pub(super) f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A tenth of a pixel cannot be seen, and full floats would double the size of a page.
        let text = format!("{:.1}", self.0);
        f.write_str(text.strip_suffix(".0").unwrap_or(&text))
    }
}

/// A rectangle of a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    /// The rectangle within, so far from every side; never of negative size.
    pub(super) fn inset(self, by: f64) -> Self {
        Self {
            x: self.x + by,
            y: self.y + by,
            width: (self.width - 2.0 * by).max(0.0),
            height: (self.height - 2.0 * by).max(0.0),
        }
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// Where text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The size that a picture is drawn for: both are in the page, and its width decides which is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Wide,
    Narrow,
}

impl Size {
    pub(super) const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    pub(super) fn width(self) -> f64 {
        match self {
            Self::Wide => 760.0,
            Self::Narrow => 340.0,
        }
    }

    pub(super) fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

/// The marks of one picture.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    markup: Markup,
    /// Rectangles and circles so far.
    pub(super) marks: usize,
}

impl Drawing {
    pub(super) fn rect(&mut self, place: Rect, class: &str, title: &str) {
        self.marks += 1;
        let Rect { x, y, width, height } = place;
        let attributes: [(&'static str, &dyn fmt::Display); 5] = [
            ("x", &Px(x)),
            ("y", &Px(y)),
            ("width", &Px(width.max(0.0))),
            ("height", &Px(height.max(0.0))),
            ("class", &class),
        ];
        self.titled("rect", &attributes, title);
    }

    pub(super) fn circle(&mut self, (x, y): (f64, f64), radius: f64, class: &str, title: &str) {
        self.marks += 1;
        let attributes: [(&'static str, &dyn fmt::Display); 4] =
            [("cx", &Px(x)), ("cy", &Px(y)), ("r", &Px(radius)), ("class", &class)];
        self.titled("circle", &attributes, title);
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        self.markup.empty(
            "line",
            &[
                ("x1", &Px(from.0)),
                ("y1", &Px(from.1)),
                ("x2", &Px(to.0)),
                ("y2", &Px(to.1)),
                ("class", &class),
            ],
        );
    }

    /// A line through points.
    pub(super) fn path(&mut self, points: &[(f64, f64)], class: &str) {
        let texts: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", Px(*x), Px(*y))).collect();
        self.markup.empty("polyline", &[("points", &texts.join(" ")), ("class", &class)]);
    }

    /// A filled area.
    pub(super) fn area(&mut self, corners: &[(f64, f64)], class: &str) {
        let texts: Vec<String> = corners.iter().map(|(x, y)| format!("{},{}", Px(*x), Px(*y))).collect();
        self.markup.empty("polygon", &[("points", &texts.join(" ")), ("class", &class)]);
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), text: &str, class: &str, anchor: Anchor) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.markup.element(
            "text",
            &[("x", &Px(x)), ("y", &Px(y)), ("class", &class), ("text-anchor", &anchor)],
            text,
        );
    }

    pub(super) fn open_group(&mut self, class: &str, key: usize) {
        // The script finds the files of an area by this position.
        self.markup.open("g", &[("class", &class), ("data-area", &key)]);
    }

    pub(super) fn close_group(&mut self) {
        self.markup.close("g");
    }

    fn titled(&mut self, tag: &'static str, attributes: super::markup::Attributes<'_>, title: &str) {
        // An empty title would hide that of the whole picture, which browsers show otherwise.
        if title.is_empty() {
            self.markup.empty(tag, attributes);
            return;
        }
        self.markup.open(tag, attributes);
        self.markup.element("title", &[], title);
        self.markup.close(tag);
    }

    /// The finished picture, with what a screen reader says of it.
    pub(super) fn finish(self, size: Size, height: f64, title: &str, description: &str) -> Markup {
        self.drawn(size, height, title, description).into_markup()
    }

    /// The finished picture before it is known where it goes.
    pub(super) fn drawn(self, size: Size, height: f64, title: &str, description: &str) -> DrawnPicture {
        let (title, description) = (title.to_owned(), description.to_owned());
        DrawnPicture { marks: self.markup, size, height, title, description }
    }

    /// The marks alone, for a place in another picture.
    pub(super) fn into_marks(self) -> Markup {
        self.markup
    }
}

/// A finished picture that goes into a page or into a file of its own.
pub(super) struct DrawnPicture {
    pub(super) marks: Markup,
    size: Size,
    pub(super) height: f64,
    title: String,
    description: String,
}

impl DrawnPicture {
    /// The picture as an element of a page.
    pub(super) fn into_markup(self) -> Markup {
        let mut svg = Markup::default();
        let class = self.size.pick("w", "n");
        let view = format!("0 0 {} {}", Px(self.size.width()), Px(self.height));
        svg.open("svg", &[("class", &class), ("viewBox", &view), ("role", &"img")]);
        svg.element("title", &[], self.title);
        svg.element("desc", &[], self.description);
        svg.append(&self.marks);
        svg.close("svg");
        svg
    }
}

/// The width of text of this size, at most: fonts differ, and a label must not run into its neighbour.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    // A digit of Helvetica or Arial is 0.556 em wide.
    text::width(text) as f64 * size * 0.56
}

/// Round steps of an axis from 0 to at least `largest`, about `wanted` of them.
pub(super) fn ticks(largest: f64, wanted: f64) -> Vec<f64> {
    if largest <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = largest / wanted;
    // Steps of 1, 2 or 5 times a power of ten are those that a reader can divide in the head.
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0);
    let step = factor * power;
    let mut ticks = vec![0.0];
    let mut number = 0.0;
    while ticks.last().is_some_and(|last| *last < largest) {
        number += 1.0;
        // Multiplied, not added up: sums of 0.1 would print as 0.30000000000000004.
        ticks.push(number * step);
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::{Px, ticks};

    #[test]
    fn coordinates_have_a_tenth_where_they_need_it() {
        assert_eq!([0.0, 1.04, 1.25, 760.0].map(|it| Px(it).to_string()), ["0", "1", "1.2", "760"]);
    }

    #[test]
    fn ticks_are_round_and_reach_the_largest_value() {
        assert_eq!(ticks(14.0, 7.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0]);
        assert_eq!(ticks(0.9, 4.0), [0.0, 0.5, 1.0]);
        assert_eq!(ticks(0.0, 4.0), [0.0, 1.0]);
        assert_eq!(ticks(130_000.0, 5.0), [0.0, 50_000.0, 100_000.0, 150_000.0]);
    }
}
