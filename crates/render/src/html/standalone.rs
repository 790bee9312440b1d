//! Images that stand alone: a picture of the report as an SVG file, and its main figure as a badge.
//!
//! An image has its own style for light and dark, and neither script nor address of its own.

use std::io::{self, Write};

use super::figure::FigureHtml;
use super::markup::Markup;
use super::report::{colours, single};
use super::svg::{Anchor, Drawing, DrawnPicture, Px, Rect, Size, text_width};
use crate::head;
use crate::number::{cost_range, count, count_range};
use crate::options::{Image, RenderOptions};
use crate::overview::{Lead, half, parts};
use debtscan_findings::{Illustrated, Report};

/// The style of the marks: colours, and sizes of text.
const STYLE: &str = include_str!("../../assets/picture.css");
/// The style of the frame, which a page does not have.
const FRAME: &str =
    ".bg{fill:var(--bg)}.hd{font-size:17px;font-weight:700}.nt{font-size:12px;fill:var(--mu)}";
const FONTS: &str = "Segoe UI, Helvetica Neue, Lato, DejaVu Sans, Arial, sans-serif";
const MARGIN: f64 = 20.0;

/// Writes an image of a report.
pub(super) fn write(
    illustrated: &Illustrated,
    image: Image,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match image {
        Image::Areas => picture(illustrated, options, "areas", out),
        Image::Time => picture(illustrated, options, "time", out),
        Image::Corners => picture(illustrated, options, "corners", out),
        Image::Map => picture(illustrated, options, "map", out),
        Image::Badge => badge(&Badge::of(illustrated), out),
        Image::Shields => shields(&Badge::of(illustrated), out),
    }
}

fn picture(
    illustrated: &Illustrated,
    options: &RenderOptions,
    id: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let report = &illustrated.report;
    let quality = parts(report, options).quality;
    let mut notes = vec![head::of_report(report).join(" · ")];
    if !quality.aside.is_empty() {
        notes.push(format!("Data quality: {}.", quality.aside));
    }
    let banner = head::banner(&report.quality);
    let svg = if let Some((figure, drawn)) = single(illustrated, options, id) {
        let asides = figure.asides.iter().map(|(label, text)| format!("{label} {text}").trim().to_owned());
        let notes: Vec<String> = asides.chain(notes).collect();
        framed(&banner, &figure, &drawn, &notes)
    } else {
        // An empty image in a README would look like a broken one.
        let title = "There is nothing to draw: this picture needs more files or a longer history";
        let figure = FigureHtml {
            id: id.to_owned(),
            title: title.to_owned(),
            drawings: Vec::new(),
            key: Markup::default(),
            asides: Vec::new(),
            terms: None,
            behind: Vec::new(),
        };
        framed(&banner, &figure, &Drawing::default().drawn(Size::Wide, 0.0, title, ""), &notes)
    };
    writeln!(out, "{}", xml(svg.as_str()))
}

/// Title, picture and notes in one image.
fn framed(banner: &str, figure: &FigureHtml, drawn: &DrawnPicture, notes: &[String]) -> Markup {
    let room = Size::Wide.width();
    let mut above = Drawing::default();
    let mut y = MARGIN;
    for line in wrapped(banner, room, 12.0) {
        y += 16.0;
        above.text((MARGIN, y), &line, "nt b", Anchor::Start);
    }
    for line in wrapped(&figure.title, room, 17.0) {
        y += 22.0;
        above.text((MARGIN, y), &line, "hd", Anchor::Start);
    }
    let top = y + 18.0;
    y = top + drawn.height + 12.0;
    let legend = (figure.id == "map" && drawn.height > 0.0).then_some(y);
    if legend.is_some() {
        y += 22.0;
    }
    let mut below = Drawing::default();
    for note in notes {
        for line in wrapped(note, room, 12.0) {
            y += 16.0;
            below.text((MARGIN, y), &line, "nt", Anchor::Start);
        }
        y += 4.0;
    }
    let (width, height) = (room + 2.0 * MARGIN, y + MARGIN);
    let mut svg = opened(width, height, &figure.title, &notes.join(" "));
    svg.open("style", &[]);
    svg.text(STYLE);
    svg.text(FRAME);
    svg.close("style");
    let mut ground = Drawing::default();
    ground.rect(Rect { x: 0.0, y: 0.0, width, height }, "bg", "");
    svg.append(&ground.into_marks());
    svg.append(&above.into_marks());
    placed(&mut svg, top, &drawn.marks);
    if let Some(y) = legend {
        placed(&mut svg, y, &colours(Size::Wide).into_marks());
    }
    svg.append(&below.into_marks());
    svg.close("svg");
    svg
}

fn opened(width: f64, height: f64, title: &str, description: &str) -> Markup {
    let mut svg = Markup::default();
    let view = format!("0 0 {} {}", Px(width), Px(height));
    svg.open(
        "svg",
        &[
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("width", &Px(width)),
            ("height", &Px(height)),
            ("viewBox", &view),
            ("role", &"img"),
            ("font-family", &FONTS),
        ],
    );
    svg.element("title", &[], title);
    svg.element("desc", &[], description);
    svg
}

fn placed(svg: &mut Markup, y: f64, marks: &Markup) {
    svg.open("g", &[("transform", &format_args!("translate({} {})", Px(MARGIN), Px(y)))]);
    svg.append(marks);
    svg.close("g");
}

/// Text in lines that fit; a word that is wider than a line has one of its own.
fn wrapped(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(line, size) + text_width(word, size) + size * 0.56 <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The same text without the two characters that XML refuses, even escaped.
fn xml(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// The main figure of a report: numbers and words of debtscan, and no name of the repository.
struct Badge {
    label: String,
    message: String,
}

impl Badge {
    fn of(illustrated: &Illustrated) -> Self {
        let Illustrated { report, pictures } = illustrated;
        let (label, message) =
            match (Lead::of(report), pictures.whole.incidents, pictures.whole.costs.as_slice()) {
                // The range, not the mean: a badge is read without its page.
                (Lead::Cost, Some(_), [cost]) => {
                    ("expected incident cost", format!("{} next year", cost_range(cost)))
                }
                (Lead::Cost | Lead::Incidents, Some(interval), _) => {
                    ("expected incidents", format!("{} next year", count_range(&interval)))
                }
                _ => without_incidents(report),
            };
        // Invented data must not pass for a measurement, in a badge least of all.
        let mark = if head::banner(&report.quality).is_empty() { "" } else { "demo: " };
        Self { label: format!("{mark}{label}"), message }
    }
}

fn without_incidents(report: &Report) -> (&'static str, String) {
    let n_ranked = report.areas.iter().filter(|area| area.rank.is_some()).count();
    let half = half(report.areas.iter().map(|area| &area.forecast));
    if n_ranked < 2 || half == 0 {
        return ("debtscan", "nothing to compare".to_owned());
    }
    ("half of the next incidents", format!("in {} of {} areas", count(half), count(n_ranked)))
}

fn badge(badge: &Badge, out: &mut dyn Write) -> io::Result<()> {
    const HEIGHT: f64 = 20.0;
    let width = |text: &str| text_width(text, 11.0) + 12.0;
    let (left, right) = (width(&badge.label), width(&badge.message));
    let whole = format!("{}: {}", badge.label, badge.message);
    let mut svg =
        opened(left + right, HEIGHT, &whole, "Computed by debtscan from the history of the repository");
    svg.open("style", &[]);
    // The same in light and dark: a badge brings its own ground.
    svg.text("text{font-size:11px;fill:#fff}.l{fill:#4a5158}.r{fill:#0b5e9e}");
    svg.close("style");
    let mut drawing = Drawing::default();
    drawing.rect(Rect { x: 0.0, y: 0.0, width: left, height: HEIGHT }, "l", "");
    drawing.rect(Rect { x: left, y: 0.0, width: right, height: HEIGHT }, "r", "");
    drawing.text((left / 2.0, 14.0), &badge.label, "", Anchor::Middle);
    drawing.text((left + right / 2.0, 14.0), &badge.message, "", Anchor::Middle);
    svg.append(&drawing.into_marks());
    svg.close("svg");
    writeln!(out, "{}", xml(svg.as_str()))
}

/// The JSON that <https://shields.io/badges/endpoint-badge> reads.
fn shields(badge: &Badge, out: &mut dyn Write) -> io::Result<()> {
    // One colour: whether the figure is good or bad is not for debtscan to say.
    let value = serde_json::json!({
        "schemaVersion": 1, "label": badge.label, "message": badge.message, "color": "blue",
    });
    writeln!(out, "{value}")
}

#[cfg(test)]
mod tests {
    use super::{text_width, wrapped, xml};

    #[test]
    fn lines_break_between_words_only() {
        // A room of just two words and a blank.
        let room = text_width("12345", 10.0) + text_width("1234", 10.0) + 5.7;
        assert_eq!(wrapped("12345 1234 123456789012 1", room, 10.0), ["12345 1234", "123456789012", "1"]);
        assert!(wrapped("", 56.0, 10.0).is_empty());
    }

    #[test]
    fn characters_that_no_xml_can_hold_are_replaced() {
        assert_eq!(xml("a\u{ffff}b\u{fffe}"), "a\u{fffd}b\u{fffd}");
    }
}
