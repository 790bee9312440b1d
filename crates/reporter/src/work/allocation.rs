//! The list of `debtscan allocation`.

use std::collections::BTreeMap;

use debtscan_findings::{
    AccuracyRow, AllocationGrouping, AllocationList, Calibration, KindRow, Remark, RuleRow, WorkKind,
    WorkMeasure, WorkRow, WorkRule,
};
use debtscan_incidents::{LabelledKind, Labels, REDACTED};
use debtscan_model::{CommitId, CommitIdx, Scan, Timestamp};
use jiff::tz::TimeZone;

use super::classify::{classified, classify};
use super::correct::Confusion;
use super::labels::{Counts, KINDS, PUBLIC};
use super::weigh::{Weighed, WorkPeriod, row};
use crate::analysis::Analysis;
use crate::assemble::rejected_values;
use crate::error::BuildError;
use crate::listing::{ListInput, list_head};
use crate::options::Privacy;

/// What `debtscan allocation` depends on besides the scan and the incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationOptions {
    /// What a row of the first list is.
    pub grouping: AllocationGrouping,
    /// The days before `as_of` that count, unless the window has a start.
    pub days: i64,
    /// Changes that people labelled; empty without any.
    pub labels: Labels,
}

/// Says where past work went.
///
/// # Errors
/// When the areas cannot be made as asked, or costs leave the 64-bit range.
pub fn allocation(input: ListInput<'_>, options: &AllocationOptions) -> Result<AllocationList, BuildError> {
    let analysis = input.analysis()?;
    let scan = analysis.scan;
    let kinds = classified(&analysis);
    let period = WorkPeriod { from: WorkPeriod::start(scan, options.days), until: scan.as_of };
    let work = Weighed::of(&analysis, &kinds, period);
    let own = OwnLabels::of(scan, &options.labels);
    let confusion = Confusion::with_own(&own.counts);
    let all = work.all();
    let whole = row("all".to_owned(), None, &all, &confusion);
    let mut head = list_head(&analysis);
    reject(&mut head.quality, options, analysis.options.privacy, analysis.rows_read());
    Ok(AllocationList {
        head,
        grouping: options.grouping,
        from: period.from,
        kinds: kind_rows(&work, &whole),
        months: months(&work, scan, period, &confusion),
        areas: areas(&analysis, &work, &confusion),
        rules: rules(&work),
        accuracy: accuracy(&own),
        calibration: Calibration {
            public: PUBLIC
                .iter()
                .flat_map(|(_, counts)| counts.iter().flatten())
                .map(|it| u64::from(*it))
                .sum(),
            own: own.counts.iter().flatten().map(|count| u64::from(*count)).sum(),
            unknown: own.unknown,
            robots: own.robots,
        },
        wide: work.wide.0,
        wide_lines: work.wide.1,
        unread: work.unread(),
        all: whole,
    })
}

/// Adds what could not be used of the labels.
fn reject(
    quality: &mut debtscan_findings::DataQuality,
    options: &AllocationOptions,
    privacy: Privacy,
    rows_read: u64,
) {
    let mut added = options.labels.rejected.clone();
    if added.is_empty() {
        return;
    }
    if privacy == Privacy::Redacted {
        for row in &mut added {
            REDACTED.clone_into(&mut row.value);
        }
    }
    quality.rejected.extend(added);
    quality.rejected.sort();
    quality.remarks.retain(|remark| !matches!(remark, Remark::RejectedValues { .. }));
    let labels = &options.labels;
    let dropped = labels.rejected.iter().filter(|row| row.is_skipped()).count();
    let of_labels = (labels.list.len() + labels.open + dropped) as u64;
    if let Some(remark) = rejected_values(&quality.rejected, rows_read + of_labels, false) {
        quality.add(remark);
    }
}

fn kind_rows(work: &Weighed, whole: &WorkRow) -> Vec<KindRow> {
    WorkKind::ALL
        .into_iter()
        .map(|kind| KindRow {
            kind,
            seen_changes: work.changes.iter().filter(|change| change.kind == kind).count() as u64,
            shares: WorkMeasure::ALL.map(|measure| whole.by(measure).of(kind)),
        })
        .collect()
}

fn areas(analysis: &Analysis<'_>, work: &Weighed, confusion: &Confusion) -> Vec<WorkRow> {
    let areas = &analysis.areas.areas;
    let works = work.by_area(areas.len());
    let with_work = areas.iter().zip(&works).filter(|(_, work)| work.changes > 0);
    let mut rows: Vec<WorkRow> = with_work
        .map(|(area, work)| row(area.name.clone(), Some(area.id.clone()), work, confusion))
        .collect();
    rows.sort_by(|a, b| {
        let days = |row: &WorkRow| row.by(WorkMeasure::AuthorDays).total;
        days(b).total_cmp(&days(a)).then_with(|| a.name.cmp(&b.name))
    });
    rows
}

/// One row per calendar month, from that of the first change on.
fn months(work: &Weighed, scan: &Scan, period: WorkPeriod, confusion: &Confusion) -> Vec<WorkRow> {
    let by_month = work.sums_by(|change| month(scan.commit(change.commit).time));
    let last = month(period.until);
    let first = by_month.keys().next().copied().unwrap_or(last);
    (first..=last)
        .map(|number| {
            let sum = by_month.get(&number).copied().unwrap_or_default();
            let is_partial = number == month(period.from) || number == last;
            let name = format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
            WorkRow { is_partial, ..row(name, None, &sum, confusion) }
        })
        .collect()
}

/// Months since the year 0, in UTC.
fn month(time: Timestamp) -> i64 {
    let instant = jiff::Timestamp::from_second(time.0);
    let instant = instant.unwrap_or(if time.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX });
    let date = TimeZone::UTC.to_datetime(instant);
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

fn rules(work: &Weighed) -> Vec<RuleRow> {
    let total = work.changes.len() as f64;
    let rows = WorkRule::ALL.into_iter().map(|rule| {
        let mut by_kind = [0; 5];
        for change in work.changes.iter().filter(|change| change.rule == rule) {
            by_kind[change.kind.position()] += 1;
        }
        RuleRow { rule, by_kind, share: by_kind.iter().sum::<u64>() as f64 / total }
    });
    rows.filter(|row| row.by_kind.iter().any(|count| *count > 0)).collect()
}

/// The labels of the scanned repository, against the classifier.
struct OwnLabels {
    counts: Counts,
    unknown: u64,
    robots: u64,
}

impl OwnLabels {
    fn of(scan: &Scan, labels: &Labels) -> Self {
        let mut by_id: Vec<(CommitId, usize)> =
            scan.commits.iter().enumerate().map(|(index, commit)| (commit.id, index)).collect();
        if labels.list.is_empty() {
            by_id.clear();
        }
        by_id.sort_unstable();
        let texts: Vec<(String, usize)> = by_id.iter().map(|(id, index)| (id.to_string(), *index)).collect();
        let mut found = Self { counts: Counts::default(), unknown: 0, robots: 0 };
        let mut labelled: BTreeMap<usize, LabelledKind> = BTreeMap::new();
        for label in &labels.list {
            let at = texts.partition_point(|(id, _)| id.as_str() < label.commit.as_str());
            let is_named = |at: usize| texts.get(at).is_some_and(|(id, _)| id.starts_with(&label.commit));
            // A beginning that two commits share names neither.
            if is_named(at) && !is_named(at + 1) {
                labelled.insert(texts[at].1, label.kind);
            } else {
                found.unknown += 1;
            }
        }
        for (index, kind) in labelled {
            // An incident file would decide for the words, whose errors are asked for.
            let (seen, rule) = classify(scan, CommitIdx::new(index), false);
            match (seen, rule) {
                (WorkKind::Robots, _) => found.robots += 1,
                (seen, _) => found.counts[true_kind(kind)][seen_kind(seen)] += 1,
            }
        }
        found
    }
}

fn true_kind(kind: LabelledKind) -> usize {
    match kind {
        LabelledKind::New => 0,
        LabelledKind::Repair => 1,
        LabelledKind::Better => 2,
        LabelledKind::Other => 3,
    }
}

fn seen_kind(kind: WorkKind) -> usize {
    match kind {
        WorkKind::New => 0,
        WorkKind::Repair => 1,
        WorkKind::Better => 2,
        WorkKind::Robots | WorkKind::Unclassified => 3,
    }
}

/// How often the classifier is right: on a project's own labels if there are any, else on those of public projects.
fn accuracy(own: &OwnLabels) -> Vec<AccuracyRow> {
    const PEOPLE: [WorkKind; KINDS] =
        [WorkKind::New, WorkKind::Repair, WorkKind::Better, WorkKind::Unclassified];
    let has_own = own.counts.iter().flatten().any(|count| *count > 0);
    let counts = |true_kind: usize, seen: usize| -> u64 {
        if has_own {
            return u64::from(own.counts[true_kind][seen]);
        }
        PUBLIC.iter().map(|(_, counts)| u64::from(counts[true_kind][seen])).sum()
    };
    let of = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    PEOPLE
        .into_iter()
        .enumerate()
        .map(|(at, kind)| {
            let labelled = (0..KINDS).map(|seen| counts(at, seen)).sum();
            let seen = (0..KINDS).map(|other| counts(other, at)).sum();
            let agreed = counts(at, at);
            AccuracyRow {
                seen_as: std::array::from_fn(|seen| counts(at, seen)),
                kind,
                labelled,
                seen,
                agreed,
                recall: of(agreed, labelled),
                precision: of(agreed, seen),
            }
        })
        .collect()
}
