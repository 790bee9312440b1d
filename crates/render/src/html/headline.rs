//! The first screen: the finding in a sentence, and four figures.

use super::markup::Markup;
use crate::number::{about, cost_range, count, count_range, counted, grouped, incidents, money};
use crate::overview::{Lead, half};
use crate::text::visible;
use debtscan_findings::{AreaReport, Illustrated, Report};

/// Areas named in a sentence.
const NAMED: usize = 3;

/// Where half of what is expected lies: `lib`, `lib and src`, `5 of 40 areas`; `None` for fewer than two areas.
pub(super) fn half_lies_in(report: &Report) -> Option<String> {
    let ranked: Vec<&AreaReport> = report.areas.iter().filter(|area| area.rank.is_some()).collect();
    let half = half(ranked.iter().map(|area| &area.forecast));
    if ranked.len() < 2 || half == 0 {
        return None;
    }
    let names: Vec<String> = ranked.iter().take(half).map(|area| visible(area.name.as_bytes())).collect();
    Some(match names.as_slice() {
        [one] => one.clone(),
        [others @ .., last] if names.len() <= NAMED => format!("{} and {last}", others.join(", ")),
        _ => format!("{} of {} areas", count(half), count(ranked.len())),
    })
}

/// The finding of the whole page.
pub(super) fn sentence(illustrated: &Illustrated, lead: Lead) -> String {
    let Illustrated { report, pictures } = illustrated;
    if report.model.source_lines == 0 && report.files.is_empty() {
        return "There are no source files to rank.".to_owned();
    }
    let half = half_lies_in(report);
    // Several currencies have no common sum, so the sentence falls back to incidents.
    let (expected, of_it) = match (lead, pictures.whole.incidents, pictures.whole.costs.as_slice()) {
        (Lead::Cost, Some(interval), [cost]) => (
            format!(
                "Expect about {} in the next 365 days, at a cost of about {} ({} in 8 of 10 years).",
                incidents_of(interval.mean),
                about(cost.minor.mean, cost.currency),
                cost_range(cost)
            ),
            "Half of it",
        ),
        (Lead::Cost | Lead::Incidents, Some(interval), _) => (
            format!(
                "Expect about {} in the next 365 days ({} in 8 of 10 years).",
                incidents_of(interval.mean),
                count_range(&interval)
            ),
            "Half of them",
        ),
        _ => (String::new(), ""),
    };
    match (expected.is_empty(), half) {
        // "Probably", because the half is one of the means; a single year may look different.
        (false, Some(half)) => format!("{expected} {of_it} will probably fall on {half}."),
        (false, None) => expected,
        (true, Some(half)) => format!("Half of the next incidents will probably fall on {half}."),
        (true, None) => {
            let lines = lines(report.model.source_lines);
            format!("One area holds all {lines} of code, so there is nothing to compare.")
        }
    }
}

/// `1 incident`, `2.4 incidents`, `38 incidents`: one decimal below ten.
fn incidents_of(mean: f64) -> String {
    // From 9.5 on, because a number that rounds to ten needs no decimal.
    format!("{} incidents", incidents(mean, usize::from(mean < 9.5)))
}

fn lines(n: u64) -> String {
    format!("{} {}", grouped(n), if n == 1 { "line" } else { "lines" })
}

/// One figure: the number, what it is, and how it is known.
struct Glance {
    number: String,
    words: String,
    origin: MoneyOrigin,
    /// The element of the page that shows more.
    link: &'static str,
}

/// How a figure is known.
#[derive(Clone, Copy)]
enum MoneyOrigin {
    /// From git or the incident files.
    Recorded,
    /// From the model.
    Model,
}

/// The figures below the sentence.
pub(super) fn glance(markup: &mut Markup, illustrated: &Illustrated, lead: Lead) {
    let figures = match lead {
        Lead::Share => without_incidents(illustrated),
        Lead::Cost | Lead::Incidents => with_incidents(illustrated, lead),
    };
    if figures.is_empty() {
        return;
    }
    markup.open("div", &[("class", &"glance")]);
    for Glance { number, words, origin, link } in figures {
        markup.open("div", &[]);
        markup.open("a", &[("href", &format_args!("#{link}"))]);
        markup.element("b", &[], number);
        markup.close("a");
        markup.open("span", &[]);
        markup.text(format_args!("{words} "));
        let (class, word) = match origin {
            MoneyOrigin::Recorded => ("tag", "recorded"),
            MoneyOrigin::Model => ("tag tagm", "model"),
        };
        markup.element("span", &[("class", &class)], word);
        markup.close("span");
        markup.close("div");
    }
    markup.close("div");
}

fn with_incidents(illustrated: &Illustrated, lead: Lead) -> Vec<Glance> {
    let Illustrated { report, pictures } = illustrated;
    let [last, before] = &pictures.years;
    let mut figures = vec![Glance {
        number: grouped(last.incidents),
        words: format!("incidents in the last 12 months, {} in the 12 before", grouped(before.incidents)),
        origin: MoneyOrigin::Recorded,
        link: "time",
    }];
    if lead == Lead::Cost {
        let costs: Vec<String> =
            // Costs and credits of a currency may cancel out. There is nothing to say about it
            // then.
            report.totals.cost().iter().filter(|sum| sum.minor != 0).map(money).collect();
        figures.push(Glance {
            number: costs.join(" + "),
            words: format!("cost of {} to date", counted(report.totals.incidents, "incident", "incidents")),
            origin: MoneyOrigin::Recorded,
            link: "incidents",
        });
        let means = pictures.whole.costs.iter();
        // Two digits in large type: more would look like a measurement.
        let means: Vec<String> = means.map(|cost| about(cost.minor.mean, cost.currency)).collect();
        let ranges: Vec<String> = pictures.whole.costs.iter().map(cost_range).collect();
        figures.push(Glance {
            number: means.join(" + "),
            words: format!("expected in the next 365 days, {} in 8 of 10 years", ranges.join(" + ")),
            origin: MoneyOrigin::Model,
            link: "areas",
        });
    } else {
        figures.push(Glance {
            number: count(report.totals.incidents),
            words: format!(
                "incidents to date, {} placed in the code",
                count(report.totals.incidents_attributed)
            ),
            origin: MoneyOrigin::Recorded,
            link: "incidents",
        });
        figures.extend(pictures.whole.incidents.map(|interval| Glance {
            number: incidents(interval.mean, usize::from(interval.mean < 9.5)),
            words: format!(
                "incidents expected in the next 365 days, {} in 8 of 10 years",
                count_range(&interval)
            ),
            origin: MoneyOrigin::Model,
            link: "areas",
        }));
    }
    figures.extend(half_of_areas(report));
    figures
}

fn without_incidents(illustrated: &Illustrated) -> Vec<Glance> {
    let Illustrated { report, pictures } = illustrated;
    let n_ranked = report.files.iter().filter(|file| file.rank.is_some()).count();
    if n_ranked == 0 {
        return Vec::new();
    }
    let mut figures = vec![Glance {
        number: grouped(pictures.years[0].commits),
        words: format!(
            "{} to source files in the last 12 months, {} in the 12 before",
            if pictures.years[0].commits == 1 { "commit" } else { "commits" },
            grouped(pictures.years[1].commits)
        ),
        origin: MoneyOrigin::Recorded,
        link: "time",
    }];
    // A corner, a density and a half all compare files with each other.
    if n_ranked < 2 {
        return figures;
    }
    if let Some(corners) = &pictures.corners {
        figures.push(Glance {
            number: count(corners.in_corner),
            words: format!(
                "of {} {} both complex and busy",
                counted(corners.files, "file", "files"),
                if corners.in_corner == 1 { "is" } else { "are" }
            ),
            origin: MoneyOrigin::Recorded,
            link: "corners",
        });
    }
    figures.push(Glance {
        number: count(pictures.dense_files),
        words: format!(
            "{} twice as likely to break as the average line",
            if pictures.dense_files == 1 { "file is" } else { "files are" }
        ),
        origin: MoneyOrigin::Model,
        link: "map",
    });
    figures.extend(half_of_areas(report));
    figures
}

fn half_of_areas(report: &Report) -> Option<Glance> {
    let n_ranked = report.areas.iter().filter(|area| area.rank.is_some()).count();
    let half = half(report.areas.iter().map(|area| &area.forecast));
    (n_ranked > 1 && half > 0).then(|| Glance {
        number: format!("{} of {}", count(half), count(n_ranked)),
        words: "areas make up half of what is expected".to_owned(),
        origin: MoneyOrigin::Model,
        link: "areas",
    })
}
