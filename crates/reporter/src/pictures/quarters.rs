//! Calendar quarters with their commits and incidents.

use debtscan_model::{Change, Timestamp};
use jiff::Timestamp as Instant;
use jiff::tz::TimeZone;

use crate::analysis::Analysis;
use debtscan_findings::{Pictures, Quarter, Report};

/// The quarters, and the incidents that lie outside them.
pub(super) struct Quarters {
    pub(super) shown: Vec<Quarter>,
    /// Incidents before the first quarter.
    pub(super) earlier: usize,
    /// Incidents without a date, or dated after `as_of`.
    pub(super) undated: usize,
}

/// The quarters to that of `as_of`, from the first incident on, or from the first commit if there are none.
pub(super) fn of(analysis: &Analysis<'_>, report: &Report) -> Quarters {
    let as_of = analysis.scan.as_of;
    let is_dated = |opened: &Timestamp| *opened <= as_of;
    let dated = || report.incidents.iter().filter_map(|incident| incident.opened.filter(is_dated));
    let touched = touched(analysis);
    let undated = report.incidents.len() - dated().count();
    let Some(start) = dated().min().or_else(|| touched.iter().copied().min()) else {
        return Quarters { shown: Vec::new(), earlier: 0, undated };
    };
    let last = number(as_of);
    let most = i64::try_from(Pictures::QUARTERS).expect("a small number");
    // The newest quarters: that of the scan is shown even if nothing happened in it.
    let first = number(start).max(last - most + 1);
    let mut shown: Vec<Quarter> = (first..=last).map(quarter).collect();
    let place = |time: Timestamp| usize::try_from(number(time) - first).ok().filter(|_| time <= as_of);
    for time in touched {
        if let Some(quarter) = place(time).and_then(|at| shown.get_mut(at)) {
            quarter.commits += 1;
        }
    }
    let mut earlier = 0;
    for (position, incident) in report.incidents.iter().enumerate() {
        let Some(opened) = incident.opened.filter(is_dated) else { continue };
        match place(opened).and_then(|at| shown.get_mut(at)) {
            Some(quarter) => quarter.incidents.push(position),
            None => earlier += 1,
        }
    }
    Quarters { shown, earlier, undated }
}

/// The times of the commits that touched ranked files.
fn touched(analysis: &Analysis<'_>) -> Vec<Timestamp> {
    let scan = analysis.scan;
    let is_ranked = |change: &Change| analysis.ranked.get(change.file).is_some();
    let commits = scan.changes.chunk_by(|a, b| a.commit == b.commit);
    let commits = commits.filter(|changes| changes.iter().any(is_ranked));
    commits.map(|changes| scan.commit(changes[0].commit).time).collect()
}

/// Quarters since the year 0.
fn number(time: Timestamp) -> i64 {
    // Git accepts any number as a time, also beyond the calendar.
    let instant =
        Instant::from_second(time.0).unwrap_or(if time.0 < 0 { Instant::MIN } else { Instant::MAX });
    let date = TimeZone::UTC.to_datetime(instant);
    i64::from(date.year()) * 4 + i64::from((date.month() - 1) / 3)
}

fn quarter(number: i64) -> Quarter {
    let year = i16::try_from(number.div_euclid(4)).expect("a year of the calendar");
    let within = i8::try_from(number.rem_euclid(4)).expect("below 4");
    Quarter { year, number: within + 1, ..Quarter::default() }
}
