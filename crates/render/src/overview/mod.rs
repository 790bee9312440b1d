//! A report as a document: header, lead, sections and the next useful command.

mod areas;
mod customers;
pub(super) mod figures;
mod files;
mod start;
mod unplaced;

use debtscan_model::FileClass;

use self::figures::Lead;
pub(super) use self::unplaced::section as unplaced_section;
use super::document::Document;
use super::number::{amount, count, counted, incidents, sums};
use super::remark::feed_end;
use super::shell::shell_word;
use super::{head, quality};
use crate::options::{Invocation, RenderOptions};
use debtscan_findings::Grouping;
use debtscan_findings::{AreaSource, Remark, Report};

/// The report as a document.
///
/// `width` is the room of one line; Markdown has no limit.
pub(super) fn document(report: &Report, options: &RenderOptions, width: usize) -> Document {
    let lead = Lead::of(report);
    let mut sections = Vec::new();
    if options.group == Grouping::Area {
        sections.push(areas::section(report, lead, options.top));
        sections.extend(start::section(report, lead, options));
        sections.push(files::section(report, lead, options.top));
    } else {
        sections.push(files::section(report, lead, options.top));
        sections.extend(start::section(report, lead, options));
    }
    sections.extend(customers::section(report, options.top));
    sections.extend(unplaced::section(report, options.top, width));
    sections.retain(|section| section.blocks.iter().any(|block| !block.rows.is_empty()));
    sections.push(quality::of(&report.quality, &report.totals, options));
    Document {
        header: head::of_report(report),
        lead: lead_sentences(report, lead),
        sections,
        next: next(report, &options.invocation),
    }
}

/// The headline: cost to date, then the expected cost.
fn lead_sentences(report: &Report, lead: Lead) -> Vec<String> {
    let totals = &report.totals;
    if report.areas.iter().all(|area| area.rank.is_none()) && totals.incidents == 0 {
        return vec!["There are no source files to rank.".to_owned()];
    }
    if totals.incidents == 0 {
        return vec![
            "No incidents given: expected incidents are estimated from size, change and complexity only."
                .to_owned(),
        ];
    }
    let n_incidents = counted(totals.incidents, "incident", "incidents");
    let n_placed = totals.incidents_attributed.min(totals.incidents);
    let recorded = if report.currencies.is_empty() {
        format!(
            "To date: {n_incidents}, {} traced to files, {} unplaced. {}.",
            count(n_placed),
            count(totals.incidents - n_placed),
            if totals.cost().iter().next().is_some() {
                "Every recorded cost is 0"
            } else {
                "None has a recorded cost"
            }
        )
    } else {
        let deleted = if totals.deleted_code.is_zero() {
            String::new()
        } else {
            format!(" ({} to files deleted since)", sums(&totals.deleted_code))
        };
        let unplaced = if totals.unattributed.is_zero() {
            String::new()
        } else {
            format!(", {} unplaced", sums(&totals.unattributed))
        };
        let separator = if totals.unattributed.is_zero() { "," } else { ":" };
        let attributed =
            if totals.unattributed.is_zero() { "all".to_owned() } else { sums(&totals.attributed) };
        let modelled = if totals.modelled.is_zero() {
            String::new()
        } else {
            format!(" ({} recorded, {} modelled)", sums(&totals.recorded), sums(&totals.modelled))
        };
        format!(
            "To date: {n_incidents}, {}{modelled}{separator} {attributed} traced to files{deleted}{unplaced}.",
            sums(&totals.cost())
        )
    };
    let ended = report.quality.remarks.iter().find_map(|remark| match remark {
        Remark::FeedEnded(end) => Some(feed_end(end)),
        _ => None,
    });
    let has_ended = ended.is_some();
    let mut sentences: Vec<String> = ended.into_iter().chain([recorded]).collect();
    if totals.is_assumed_large {
        sentences.push(format!(
            "{} without a cost would add about {} at the mean cost of their severity.",
            counted(totals.incidents_assumed, "incident", "incidents"),
            sums(&totals.assumed)
        ));
    }
    if let Some(per_year) = report.model.incidents_per_year {
        let mut expected = format!(
            "Next 365 days{}: {} incidents expected",
            if has_ended { ", if incidents go on as before" } else { "" },
            incidents(per_year, usize::from(per_year < 9.5))
        );
        let costs: Vec<String> = report
            .currencies
            .iter()
            .filter_map(|currency| {
                let means = report.areas.iter().flat_map(|area| &area.forecast.costs);
                let mean: f64 =
                    means.filter(|cost| cost.currency == *currency).map(|cost| cost.minor.mean).sum();
                (mean > 0.0).then(|| amount(mean, *currency))
            })
            .collect();
        if lead == Lead::Cost && !costs.is_empty() {
            expected.push_str(", ");
            expected.push_str(&costs.join(" + "));
        }
        let last_year = report.model.incidents_last_year as usize;
        expected.push_str(" (");
        expected.push_str(&counted(last_year, "incident", "incidents"));
        expected.push_str(" in the last 365 days).");
        sentences.push(expected);
    }
    sentences
}

/// Commands to run next.
fn next(report: &Report, invocation: &Invocation) -> Vec<(String, String)> {
    let mut commands = Vec::new();
    let ranked = report.files.iter().filter(|file| file.rank.is_some() && file.class == FileClass::Source);
    let typeable = ranked.map(|file| file.path.as_bytes()).find_map(shell_word);
    let typeable_area = report.areas.iter().find_map(|area| shell_word(area.name.as_bytes()));
    if report.totals.incidents == 0 {
        commands.push((
            match &invocation.repository {
                Some(repository) => format!("debtscan {repository} --incidents FILE.csv"),
                None => "debtscan --incidents FILE.csv".to_owned(),
            },
            "add incidents: dates, costs, fixes".to_owned(),
        ));
    }
    if let Some(word) = typeable {
        commands.push((
            invocation.command(&format!("explain {word}")),
            "how each figure was computed".to_owned(),
        ));
    }
    if report.totals.incidents > 0 && report.area_source != AreaSource::Config {
        let init = match &invocation.repository {
            Some(repository) => format!("debtscan init {repository}"),
            None => "debtscan init".to_owned(),
        };
        commands.push((init, "define your own areas".to_owned()));
    }
    // These commands need at least one file.
    if typeable_area.is_some() || !report.files.is_empty() {
        let trend = typeable_area.map(|word| (format!("trend {word}"), "how the first area has grown"));
        let lists = [
            ("hotspots".to_owned(), "complex code that changes often"),
            ("knowledge".to_owned(), "code whose authors have left"),
        ];
        let closer = trend.into_iter().chain(lists);
        commands.extend(closer.map(|(words, gives)| (invocation.command(&words), gives.to_owned())));
    }
    commands
}
