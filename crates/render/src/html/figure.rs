//! A picture with its finding, how to read it, and the tables behind it.

use super::markup::Markup;
use super::sections::{self, SectionLink};
use crate::document::Section;
use crate::text::sentence_case;

/// A paragraph beside a picture: a label in bold, which may be empty, and text.
pub(super) type Aside = (&'static str, String);

/// A picture in both sizes, and what belongs to it.
pub(crate) struct FigureHtml {
    /// Where links lead.
    pub(super) id: String,
    /// The finding.
    pub(super) title: String,
    pub(super) drawings: Vec<Markup>,
    /// Stands below the drawings: the key of colours or marks.
    pub(super) key: Markup,
    pub(super) asides: Vec<Aside>,
    /// The element that explains the terms, if the page has one.
    pub(super) terms: Option<&'static str>,
    /// Summary and content of what can be opened.
    pub(super) behind: Vec<(String, Markup)>,
}

impl FigureHtml {
    pub(super) fn write(&self, markup: &mut Markup) {
        markup.open("section", &[("class", &"fs"), ("id", &self.id)]);
        markup.element("h2", &[], &self.title);
        markup.open("div", &[("class", &"fg")]);
        markup.open("div", &[("class", &"picture")]);
        markup.open("figure", &[]);
        // Both sizes are in the page. The style shows one of them by the width of the window, so no
        // script is needed.
        for drawing in &self.drawings {
            markup.append(drawing);
        }
        markup.close("figure");
        markup.append(&self.key);
        markup.close("div");
        markup.open("div", &[("class", &"aside")]);
        for (label, text) in &self.asides {
            markup.open("p", &[]);
            if !label.is_empty() {
                markup.element("b", &[], label);
                markup.text(" ");
            }
            markup.text(text);
            markup.close("p");
        }
        if let Some(terms) = self.terms {
            markup.open("p", &[]);
            markup.element("a", &[("href", &format_args!("#{terms}"))], "What am I looking at?");
            markup.close("p");
        }
        markup.close("div");
        markup.close("div");
        for (summary, content) in &self.behind {
            details(markup, None, summary, content);
        }
        markup.close("section");
    }
}

/// Content that can be opened; links lead to `id`, which opens it.
pub(super) fn details(markup: &mut Markup, id: Option<&str>, summary: &str, content: &Markup) {
    // A browser opens a `details` element by itself if a link leads to something in it.
    markup.open("details", &[]);
    markup.element("summary", &[], summary);
    match id {
        Some(id) => markup.open("div", &[("class", &"in"), ("id", &id)]),
        None => markup.open("div", &[("class", &"in")]),
    }
    markup.append(content);
    markup.close("div");
    markup.close("details");
}

/// The tables of a section as content of a figure.
pub(super) fn behind(section: &Section, link: SectionLink<'_>) -> Markup {
    let mut markup = Markup::default();
    let caption = sentence_case(&section.title);
    for block in &section.blocks {
        sections::table(&mut markup, section, block, &caption, link);
    }
    sections::notes(&mut markup, &section.notes);
    markup
}
