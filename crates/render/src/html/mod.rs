//! Web pages: one file that loads nothing, reads without its script, and prints.
//!
//! - [`document()`]: any output for people, as headings and tables
//! - [`image()`]: one picture of a report as a file, and badges
//! - [`report()`], [`backtest()`], [`brief()`], [`plan()`], [`verification()`]: the same with pictures
//!
//! Pictures are SVG drawn here in two sizes; the page shows one of them. The script only adds to what is there:
//! search, zoom, sorting, filtering and copying. Text gets in through [`markup`] alone.

mod allocation;
mod backtest;
mod bars;
mod brief;
mod data;
mod delivery;
mod figure;
mod glossary;
mod headline;
mod markup;
mod plan;
mod report;
mod scatter;
mod sections;
mod shell;
mod standalone;
mod svg;
mod tables;
#[cfg(test)]
mod tests;
mod timeline;
mod treemap;
mod verify;

use std::io::{self, Write};

pub(crate) use self::allocation::figures as allocation;
pub(crate) use self::delivery::figures as delivery;
pub(crate) use self::figure::FigureHtml;
use self::markup::Markup;
use crate::document::Document;
use crate::options::{Image, RenderOptions};
use crate::text::sentence_case;
use debtscan_findings::brief::Brief;
use debtscan_findings::plan::FixPlan;
use debtscan_findings::verify::Verification;
use debtscan_findings::{BacktestReport, Illustrated};

/// Rows of a list without `--top`: a page scrolls, and its script filters.
const ROWS: usize = 300;

/// The options of a page: longer lists than a terminal shows.
pub(super) fn with_rows(options: &RenderOptions) -> RenderOptions {
    RenderOptions { top: Some(options.top.unwrap_or(ROWS)), ..options.clone() }
}

/// Writes an output for people as a page.
pub(super) fn document(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    pictured(document, &[], out)
}

/// Writes a backtest as a page, its pictures first.
pub(super) fn backtest(report: &BacktestReport, document: &Document, out: &mut dyn Write) -> io::Result<()> {
    pictured(document, &backtest::figures(report), out)
}

/// Writes the documents of a business case as one page: each begins a sheet of paper.
pub(super) fn brief(brief: &Brief, documents: &[Document], out: &mut dyn Write) -> io::Result<()> {
    let currency = brief.pricing.basis.currency();
    let mut body = Markup::default();
    for (position, document) in documents.iter().enumerate() {
        body.open("article", &[("class", &"brief")]);
        // The portfolio alone has a document and no page, so it has no pictures.
        let figures = brief.pages.get(position).map(|page| brief::figures(page, currency, position));
        let mut document = document.clone();
        let mut figures = figures.unwrap_or_default();
        brief::join_years(&mut figures, &mut document);
        parts(&mut body, &document, &figures);
        body.close("article");
    }
    let first = documents.first();
    let page = shell::Page {
        title: first.map_or_else(|| "debtscan".to_owned(), title_of),
        banner: first.map(|first| first.banner.clone()).unwrap_or_default(),
        source: first.map(|first| first.header.clone()).unwrap_or_default(),
        body,
        // Only a report has files to search and to zoom into.
        data: String::new(),
    };
    shell::write(&page, out)
}

/// Writes a plan of fixes as a page, its calendar first.
pub(super) fn plan(plan: &FixPlan, document: &Document, out: &mut dyn Write) -> io::Result<()> {
    pictured(document, &plan::figures(plan), out)
}

/// Writes a verification as a page, its picture first.
pub(super) fn verification(found: &Verification, document: &Document, out: &mut dyn Write) -> io::Result<()> {
    pictured(document, &verify::figures(found), out)
}

/// Writes an output for people as a page, some pictures first.
pub(super) fn pictured(document: &Document, figures: &[FigureHtml], out: &mut dyn Write) -> io::Result<()> {
    let mut body = Markup::default();
    parts(&mut body, document, figures);
    let title = title_of(document);
    let (banner, source) = (document.banner.clone(), document.header.clone());
    let page = shell::Page { title, banner, source, body, data: String::new() };
    shell::write(&page, out)
}

/// The first sentence; without any, the first title and what the document is about.
fn title_of(document: &Document) -> String {
    let named = || {
        let title = document.sections.first().map(|section| sentence_case(&section.title));
        let parts: Vec<String> = title.into_iter().chain(document.header.first().cloned()).collect();
        parts.join(": ")
    };
    document.lead.first().cloned().unwrap_or_else(named)
}

fn parts(body: &mut Markup, document: &Document, figures: &[FigureHtml]) {
    body.open("h1", &[("class", &"plain")]);
    sections::words(body, &title_of(document));
    body.close("h1");
    // The first one is the heading.
    for sentence in document.lead.iter().skip(1) {
        body.open("p", &[("class", &"lead")]);
        sections::words(body, sentence);
        body.close("p");
    }
    for figure in figures {
        figure.write(body);
    }
    for section in &document.sections {
        sections::section(body, section);
    }
    sections::next(body, &document.next);
}

/// Writes one picture of a report, or its badge.
pub(super) fn image(
    illustrated: &Illustrated,
    image: Image,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    standalone::write(illustrated, image, options, out)
}

/// Writes a report with its pictures as a page.
pub(super) fn report(
    illustrated: &Illustrated,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    shell::write(&report::page(illustrated, options), out)
}
