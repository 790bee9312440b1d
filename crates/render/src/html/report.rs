//! The report as a page.

use super::figure::{FigureHtml, behind, details};
use super::headline::{glance, half_lies_in, sentence};
use super::markup::Markup;
use super::svg::{Anchor, Drawing, DrawnPicture, Rect, Size};
use super::{bars, data, glossary, scatter, sections, shell, tables, timeline, treemap};
use crate::backtest::of_earlier;
use crate::document::{Block, Section, TableColumn};
use crate::number::{about, cost_range, count, count_range, counted, grouped, incidents};
use crate::options::RenderOptions;
use crate::overview::{Lead, ReportParts, parts, start};
use crate::text::{capitalised, sentence_case, visible};
use crate::{head, trail};
use debtscan_findings::{Corners, ExplainedSubject, Illustrated, Report};

/// Rows of the lists of where to start: what a team could take on.
const START_ROWS: usize = 10;
/// Rows of the lists within a trail.
const TRAIL_ROWS: usize = 25;

/// The page without its frame.
pub(super) fn page(illustrated: &Illustrated, options: &RenderOptions) -> shell::Page {
    let report = &illustrated.report;
    let lead = Lead::of(report);
    let rows = RenderOptions { top: Some(options.top.unwrap_or(tables::ROWS)), ..options.clone() };
    let mut parts = parts(report, &rows);
    // A longer list of where to start would be no start.
    parts.start = start(report, Some(options.top.unwrap_or(START_ROWS)));
    let mut body = Markup::default();
    top(&mut body, illustrated, lead);
    if let Some(section) = &parts.past_year {
        sections::section(&mut body, section);
    }
    let n_ranked = report.files.iter().filter(|file| file.rank.is_some()).count();
    let mut links = Vec::new();
    let mut pictures = Markup::default();
    // Pictures and lists are made before the navigation above them, which links to those that
    // exist.
    for figure in figures(illustrated, lead, &parts, n_ranked) {
        links.push(short_name(&figure.id));
        figure.write(&mut pictures);
    }
    let mut lists = Markup::default();
    for (id, name, section) in below(illustrated, &parts) {
        links.push((id, name));
        list(&mut lists, id, &section, &|block, row, column| {
            linked_area(illustrated, &section, block, row, column)
        });
    }
    if !illustrated.pictures.trails.is_empty() {
        links.push(("trails", "How figures are made"));
        trails(&mut lists, illustrated, options);
    }
    links.extend([("quality", "Data quality"), ("terms", "Terms")]);
    navigation(&mut body, &links, n_ranked);
    body.append(&pictures);
    body.append(&lists);
    list(&mut body, "quality", &parts.quality, &|_, _, _| None);
    glossary::section(&mut body);
    sections::next(&mut body, &parts.next);
    let name = report.project.as_deref().map(|project| visible(project.as_bytes()));
    shell::Page {
        title: format!(
            "{}: what incidents will cost, and where",
            name.unwrap_or_else(|| "debtscan".to_owned())
        ),
        banner: head::banner(&report.quality),
        source: head::of_report(report),
        body,
        // One file needs no search, and its area no zoom.
        data: if n_ranked > 1 { data::json(illustrated, lead) } else { String::new() },
    }
}

fn top(body: &mut Markup, illustrated: &Illustrated, lead: Lead) {
    if let Some(project) = &illustrated.report.project {
        body.element("p", &[("class", &"kick")], visible(project.as_bytes()));
    }
    body.element("h1", &[], sentence(illustrated, lead));
    if illustrated.report.totals.incidents == 0 {
        body.open("p", &[("class", &"key")]);
        body.text("No incidents were given, so no cost is stated: add them with ");
        body.element("code", &[], "--incidents FILE.csv");
        body.text(".");
        body.close("p");
    }
    if let Some(summary) = &illustrated.report.backtest {
        body.element("p", &[("class", &"q")], of_earlier(summary, illustrated.report.revision));
    }
    glance(body, illustrated, lead);
}

/// The link to a picture.
fn short_name(id: &str) -> (&'static str, &'static str) {
    match id {
        "areas" => ("areas", "Areas"),
        "time" => ("time", "Time line"),
        "corners" => ("corners", "Complex and busy"),
        _ => ("map", "Map"),
    }
}

fn navigation(body: &mut Markup, links: &[(&'static str, &'static str)], n_ranked: usize) {
    body.open("nav", &[("aria-label", &"Sections")]);
    for (id, name) in links {
        body.element("a", &[("href", &format_args!("#{id}"))], name);
    }
    body.close("nav");
    if n_ranked > 1 {
        // The script shows it.
        body.open("div", &[("id", &"find"), ("class", &"tool"), ("hidden", &"hidden")]);
        body.element("label", &[("for", &"find-text")], "Find a file or area");
        body.empty("input", &[("id", &"find-text"), ("type", &"search"), ("autocomplete", &"off")]);
        body.element("p", &[("role", &"status"), ("id", &"find-status"), ("class", &"q")], "");
        body.open("div", &[("id", &"find-result")]);
        body.close("div");
        body.close("div");
    }
}

/// The pictures that the data allow.
fn figures(illustrated: &Illustrated, lead: Lead, parts: &ReportParts, n_ranked: usize) -> Vec<FigureHtml> {
    let n_areas = illustrated.report.areas.iter().filter(|area| area.rank.is_some()).count();
    let mut figures = Vec::new();
    if n_areas > 0 {
        figures.push(areas(illustrated, lead, parts));
    }
    if !illustrated.pictures.quarters.is_empty() {
        figures.push(time(illustrated));
    }
    if n_ranked > 1 {
        figures.extend(illustrated.pictures.corners.as_ref().map(|corners| scattered(illustrated, corners)));
        // Rectangles are sized by lines of code.
        if illustrated.report.model.source_lines > 0 {
            figures.push(map(illustrated, parts));
        }
    }
    figures
}

fn drawn(draw: impl Fn(Size) -> DrawnPicture) -> Vec<Markup> {
    Size::ALL.into_iter().map(|size| draw(size).into_markup()).collect()
}

/// A picture of the page in its wide size, with its figure; `None` if the data do not allow it.
pub(super) fn single(
    illustrated: &Illustrated,
    options: &RenderOptions,
    id: &str,
) -> Option<(FigureHtml, DrawnPicture)> {
    let report = &illustrated.report;
    let lead = Lead::of(report);
    let n_ranked = report.files.iter().filter(|file| file.rank.is_some()).count();
    let figures = figures(illustrated, lead, &parts(report, options), n_ranked);
    let figure = figures.into_iter().find(|figure| figure.id == id)?;
    let title = figure.title.as_str();
    let drawn = match id {
        "areas" => bars::draw(illustrated, bars::BarMeasure::of(illustrated, lead), Size::Wide, title),
        "time" => timeline::draw(illustrated, Size::Wide, title),
        "corners" => scatter::draw(illustrated, illustrated.pictures.corners.as_ref()?, Size::Wide, title),
        _ => treemap::draw(report, &illustrated.pictures.files, Size::Wide, title),
    };
    Some((figure, drawn))
}

fn areas(illustrated: &Illustrated, lead: Lead, parts: &ReportParts) -> FigureHtml {
    let Illustrated { report, pictures } = illustrated;
    let measure = bars::BarMeasure::of(illustrated, lead);
    let title = areas_title(report, measure);
    let mut asides: Vec<(&str, String)> = match measure {
        bars::BarMeasure::Share => vec![(
            "Bar:",
            "the part of all incidents to come that is expected in the area. Without incidents, their number is unknown."
                .to_owned(),
        )],
        bars::BarMeasure::Cost(_) | bars::BarMeasure::Incidents => vec![
            ("Band:", "what is expected next year, in 8 of 10 years. Tick: the average.".to_owned()),
            (
                "Full dot:",
                "the last 12 months. Ring: the 12 before. An incident in several areas counts in each by its share of \
                 the fix."
                    .to_owned(),
            ),
            (
                "The sceptic's line:",
                "about 2 of 10 years should lie outside their band by chance. The last year is no test of it: the model \
                 has seen it."
                    .to_owned(),
            ),
        ],
    };
    if bars::has_mean_above_band(illustrated, measure) {
        asides.push((
            "An average above its band:",
            "at least 9 of 10 years cost less than the average there, and a rare bad one costs far more."
                .to_owned(),
        ));
    }
    if report.currencies.len() > 1 {
        asides.push((
            "",
            "Costs in several currencies have no common axis, so the picture shows incidents.".to_owned(),
        ));
    }
    let n_ranked = report.areas.iter().filter(|area| area.rank.is_some()).count();
    if n_ranked > bars::MOST {
        asides.push(("", format!("The first {} of {} areas are drawn.", bars::MOST, count(n_ranked))));
    }
    let n_trails = pictures.trails.len();
    // By row here: the table has the areas in the order of the report, as the trails are.
    let table = behind(&parts.areas, &|_, row, column| trail_of(&parts.areas, n_trails, row, column));
    FigureHtml {
        id: "areas".to_owned(),
        drawings: drawn(|size| bars::draw(illustrated, measure, size, &title)),
        key: bars::key(measure),
        asides,
        terms: Some("terms"),
        behind: vec![(
            "The table behind this picture; a name opens how its figures are made".to_owned(),
            table,
        )],
        title,
    }
}

/// The element with the trail of an area of the ranking; `None` for other cells.
fn trail_of(section: &Section, n_trails: usize, row: usize, column: usize) -> Option<String> {
    let is_name = section.columns.iter().position(TableColumn::is_elastic) == Some(column);
    // Only the first areas have a trail.
    (is_name && row < n_trails).then(|| format!("trail-{}", row + 1))
}

/// The trail that the name of an area in a further list leads to.
fn linked_area(
    illustrated: &Illustrated,
    section: &Section,
    block: &Block,
    row: usize,
    column: usize,
) -> Option<String> {
    let is_name = section.columns.iter().position(TableColumn::is_elastic) == Some(column);
    let is_area = block.subject.unwrap_or(section.columns.get(column)?.title.as_str()) == "area";
    if !is_name || !is_area {
        return None;
    }
    let name = &block.rows.get(row)?.get(column)?.lines.first()?.0;
    let areas = &illustrated.report.areas;
    // Names of areas are unique, and both sides were made visible in the same way.
    let area = areas.iter().position(|area| visible(area.name.as_bytes()) == *name)?;
    (areas[area].rank.is_some() && area < illustrated.pictures.trails.len())
        .then(|| format!("trail-{}", area + 1))
}

fn areas_title(report: &Report, measure: bars::BarMeasure) -> String {
    let Some(first) = report.areas.first() else { return String::new() };
    let name = visible(first.name.as_bytes());
    let n_ranked = report.areas.iter().filter(|area| area.rank.is_some()).count();
    match measure {
        bars::BarMeasure::Cost(currency) => {
            let Some(cost) = first.forecast.costs.iter().find(|cost| cost.currency == currency) else {
                return format!("{name} comes first");
            };
            let mean = about(cost.minor.mean, currency);
            format!("{name} is expected to cost most: about {mean} next year ({})", cost_range(cost))
        }
        bars::BarMeasure::Incidents => match first.forecast.incidents {
            Some(interval) => format!(
                "{name} is expected to break most: {} incidents next year ({})",
                incidents(interval.mean, 1),
                count_range(&interval)
            ),
            None => format!("{name} comes first"),
        },
        bars::BarMeasure::Share if n_ranked < 2 => format!("{name} is the only area"),
        bars::BarMeasure::Share => half_lies_in(report).map_or_else(
            || format!("{name} comes first"),
            |half| format!("Half of the next incidents will probably fall on {half}"),
        ),
    }
}

fn time(illustrated: &Illustrated) -> FigureHtml {
    let Illustrated { report, pictures } = illustrated;
    let [last, before] = &pictures.years;
    let title = if report.totals.incidents == 0 {
        format!(
            "{} changed source files in the last 12 months, {} in the 12 before",
            counted(last.commits as usize, "commit", "commits"),
            grouped(before.commits)
        )
    } else {
        format!(
            "{} in the last 12 months, {} in the 12 before",
            counted(last.incidents as usize, "incident", "incidents"),
            grouped(before.incidents)
        )
    };
    let mut asides = Vec::new();
    if report.totals.incidents > 0 {
        asides.push((
            "Warm:",
            "the last 12 months. Incidents count in the quarter in which they began.".to_owned(),
        ));
        asides.push((
            "The sceptic's line:",
            "more incidents can mean more reports, not worse code. Compare with the commits below."
                .to_owned(),
        ));
    }
    asides.push(("Bars:", "commits that touched source files. The last quarter is not over.".to_owned()));
    if pictures.earlier_incidents > 0 {
        let n = counted(pictures.earlier_incidents, "earlier incident is", "earlier incidents are");
        asides.push(("", format!("{n} not drawn.")));
    }
    if pictures.undated_incidents > 0 {
        let n =
            counted(pictures.undated_incidents, "incident without a date is", "incidents without a date are");
        asides.push(("", format!("{n} not drawn.")));
    }
    let mut behind_it = vec![(
        "The table behind this picture".to_owned(),
        behind(&tables::quarters(illustrated), &|_, _, _| None),
    )];
    if report.totals.incidents > 0 {
        let mut content = Markup::default();
        content.open("div", &[("id", &"incidents")]);
        content.append(&behind(&tables::incidents(report), &|_, _, _| None));
        content.close("div");
        behind_it.push(("The incidents, where they were placed, and their fixes".to_owned(), content));
    }
    FigureHtml {
        id: "time".to_owned(),
        drawings: drawn(|size| timeline::draw(illustrated, size, &title)),
        key: Markup::default(),
        asides,
        terms: Some("terms"),
        behind: behind_it,
        title,
    }
}

fn scattered(illustrated: &Illustrated, corners: &Corners) -> FigureHtml {
    let has_incidents = corners.incidents > 0.0;
    let what = match corners.in_corner {
        0 => format!("None of {} is both complex and busy", counted(corners.files, "file", "files")),
        1 => format!("1 of {} is both complex and busy", counted(corners.files, "file", "files")),
        n => format!("{} of {} are both complex and busy", count(n), counted(corners.files, "file", "files")),
    };
    let title = if has_incidents && corners.in_corner > 0 {
        format!(
            "{what}; {} of the last {} incidents fell there",
            incidents(corners.corner_incidents, 0),
            incidents(corners.incidents, 0)
        )
    } else {
        what
    };
    let mut asides = vec![
        (
            "A dot",
            "is a file; the larger, the more incidents in 12 months. Both scales multiply: each mark is about three or \
             ten times the one before."
                .to_owned(),
        ),
        (
            "The corner",
            format!(
                "begins at {} commits a year (one a month) and {} points of cognitive complexity.",
                grouped(corners.busy_from),
                grouped(corners.complex_from)
            ),
        ),
    ];
    if corners.lines > 0 && corners.in_corner > 0 {
        let percent = crate::number::percent(corners.corner_lines as f64 / corners.lines as f64);
        let mut text = format!("these files hold {percent} of the lines");
        if has_incidents {
            text.push_str(&format!(
                ", so size alone would put {} of the {} there",
                incidents(corners.by_size, 0),
                incidents(corners.incidents, 0)
            ));
        } else {
            text.push_str(", and large files are complex and change often because they are large");
        }
        text.push('.');
        asides.push(("The sceptic's line:", text));
    }
    if corners.unmeasured > 0 {
        let n = counted(corners.unmeasured, "file has", "files have");
        asides.push(("", format!("{n} no measured complexity and cannot be shown.")));
    }
    let omitted = scatter::omitted(illustrated, corners);
    if omitted > 0 {
        asides
            .push(("", format!("{} far from that corner are not drawn.", counted(omitted, "file", "files"))));
    }
    FigureHtml {
        id: "corners".to_owned(),
        drawings: drawn(|size| scatter::draw(illustrated, corners, size, &title)),
        key: Markup::default(),
        asides,
        terms: Some("terms"),
        behind: vec![(
            "The table behind this picture".to_owned(),
            behind(&tables::corners(illustrated, corners), &|_, _, _| None),
        )],
        title,
    }
}

fn map(illustrated: &Illustrated, parts: &ReportParts) -> FigureHtml {
    let Illustrated { report, pictures } = illustrated;
    let n_files = report.files.iter().filter(|file| file.rank.is_some()).count();
    let title = match pictures.dense_files {
        0 => format!("No file of {} is twice as likely to break as the average line", count(n_files)),
        1 => format!("1 of {} files is twice as likely to break as the average line", count(n_files)),
        n => format!(
            "{} of {} files are twice as likely to break as the average line",
            count(n),
            count(n_files)
        ),
    };
    FigureHtml {
        id: "map".to_owned(),
        drawings: drawn(|size| treemap::draw(report, &pictures.files, size, &title)),
        key: legend(),
        asides: vec![
            ("A rectangle", "is a file within its area. Size: lines of code.".to_owned()),
            (
                "Colour:",
                "expected incidents per line, compared with the average line. Large and pale is large; small and dark is \
                 where to look."
                    .to_owned(),
            ),
            ("", "Small files are folded into one rectangle per area.".to_owned()),
        ],
        terms: Some("terms"),
        behind: vec![("The table behind this picture".to_owned(), behind(&parts.files, &|_, _, _| None))],
        title,
    }
}

/// The labels of the map's colours.
const COLOURS: [&str; 5] = ["below 0.5 ×", "0.5 to 1 ×", "1 to 2 ×", "2 to 4 ×", "above 4 ×"];

/// The colours of the map, in both sizes.
fn legend() -> Markup {
    const TITLE: &str = "Colours: expected incidents per line, compared with the average line";
    let mut markup = Markup::default();
    for size in Size::ALL {
        let height = size.pick(16.0, 36.0);
        markup.append(&colours(size).finish(size, height, TITLE, &COLOURS.join(", ")));
    }
    markup
}

/// The colours of the map in one size.
pub(super) fn colours(size: Size) -> Drawing {
    let mut drawing = Drawing::default();
    for (position, label) in COLOURS.into_iter().enumerate() {
        // Five labels in one row are wider than a phone.
        let (column, row) = if size == Size::Wide { (position, 0) } else { (position % 3, position / 3) };
        let (x, y) = (column as f64 * 112.0, row as f64 * 20.0);
        let class = ["f h0", "f h1", "f h2", "f h3", "f h4"][position];
        drawing.rect(Rect { x: x + 0.5, y: y + 0.5, width: 18.0, height: 12.0 }, class, "");
        drawing.text((x + 24.0, y + 11.0), label, "ax", Anchor::Start);
    }
    drawing
}

/// The lists below the pictures.
fn below(illustrated: &Illustrated, parts: &ReportParts) -> Vec<(&'static str, &'static str, Section)> {
    let mut sections = Vec::new();
    let changed = parts.change.clone().unwrap_or_else(|| tables::changed(illustrated));
    sections.push(("changed", "What changed", changed));
    sections.extend(parts.agreed.clone().map(|section| ("agreed", "Agreed", section)));
    let places = [("start", "Where to start"), ("start-files", "Files to start with")];
    sections.extend(places.into_iter().zip(&parts.start).map(|((id, name), it)| (id, name, it.clone())));
    sections.extend(parts.customers.clone().map(|section| ("customers", "Customers", section)));
    sections.extend(parts.unplaced.clone().map(|section| ("unplaced", "Unplaced", section)));
    // The links above are made from what is left, so none leads to an empty section.
    sections.retain(|(_, _, section)| section.blocks.iter().any(|block| !block.rows.is_empty()));
    sections
}

fn list(markup: &mut Markup, id: &'static str, section: &Section, link: sections::SectionLink<'_>) {
    markup.open("section", &[("class", &"fs"), ("id", &id)]);
    markup.element("h2", &[], sentence_case(&section.title));
    if !section.aside.is_empty() {
        markup.element("p", &[("class", &"q")], format!("{}.", capitalised(&section.aside)));
    }
    markup.append(&behind(section, link));
    markup.close("section");
}

/// How the figures of the first areas are made.
fn trails(markup: &mut Markup, illustrated: &Illustrated, options: &RenderOptions) {
    markup.open("section", &[("class", &"fs"), ("id", &"trails")]);
    markup.element("h2", &[], "How the figures of an area are made");
    let text = "Every figure down to its formula, incidents and commits. The command debtscan explain has all rows, and \
                does the same for a file.";
    markup.element("p", &[("class", &"q")], text);
    let options = RenderOptions { top: Some(TRAIL_ROWS), ..options.clone() };
    for (position, explanation) in illustrated.pictures.trails.iter().enumerate() {
        let name = match &explanation.subject {
            ExplainedSubject::Area { name, .. } => visible(name.as_bytes()),
            ExplainedSubject::File { path, .. } => visible(path.as_bytes()),
        };
        let mut content = Markup::default();
        // Without a limit of width: the browser wraps.
        let document = trail::document(explanation, &options, usize::MAX);
        // The last section is data quality, which this page has once.
        for section in document.sections.iter().filter(|section| section.title != "DATA QUALITY") {
            content.element("h3", &[], sentence_case(&section.title));
            sections::body(&mut content, section);
        }
        details(markup, Some(&format!("trail-{}", position + 1)), &name, &content);
    }
    markup.close("section");
}
