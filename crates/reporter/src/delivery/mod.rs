//! How long changes take, measured from history alone.
//!
//! Four clocks, never mixed: `flow` collects the changes that each can time, `clock` bounds the time of a pull
//! request by the numbers of others, `times` sums them up, `compare` sets an area against equally large changes
//! elsewhere. A change that touches several areas counts in each.

mod clock;
mod compare;
mod flow;
#[cfg(test)]
mod tests;
mod times;

use debtscan_findings::{AreaDelivery, ClockCheck, DeliveryList, DeliverySource, SizeRow, SourceRow};
use debtscan_model::{Scan, Timestamp};

use self::compare::{FEWEST, ratio};
use self::flow::{DeliveryFlow, Timed};
use self::times::{SIZES, size_class, times};
use crate::analysis::Analysis;
use crate::error::BuildError;
use crate::listing::{ListInput, list_head};

/// Fewer changes of a source cannot compare areas.
const LEAST_OF_SOURCE: usize = 2 * FEWEST;

/// What `debtscan delivery` depends on besides the scan and the incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryOptions {
    /// The days before `as_of` that count, unless the window has a start.
    pub days: i64,
    /// The source of sizes and areas; `None` for the most trusted one with enough changes.
    pub source: Option<DeliverySource>,
}

/// The days before `as_of` that count by default: enough changes of most areas, and the present way of working.
pub const DELIVERY_DAYS: i64 = 3 * 365;

/// Times of the changes of a period.
pub(crate) struct Delivery {
    pub(crate) from: Timestamp,
    flow: DeliveryFlow,
    /// The source of sizes and areas.
    pub(crate) source: Option<DeliverySource>,
}

impl Delivery {
    /// Collects the changes of a period.
    pub(crate) fn of(analysis: &Analysis<'_>, options: &DeliveryOptions) -> Self {
        let scan = analysis.scan;
        let from = start(scan, options.days);
        let flow = DeliveryFlow::of(analysis, from);
        let source = options.source.or_else(|| chosen(&flow));
        let source = source.filter(|source| !flow.of_source(*source).is_empty());
        Self { from, flow, source }
    }

    /// The changes behind sizes and areas.
    fn timed(&self) -> &[Timed] {
        self.source.map_or(&[], |source| self.flow.of_source(source))
    }

    /// An area, by position in `areas.areas`; `None` if no change touches it.
    pub(crate) fn area(&self, analysis: &Analysis<'_>, area: usize) -> Option<AreaDelivery> {
        let (here, others): (Vec<&Timed>, Vec<&Timed>) =
            self.timed().iter().partition(|change| change.areas.binary_search(&area).is_ok());
        let named = &analysis.areas.areas[area];
        Some(AreaDelivery {
            name: named.name.clone(),
            area: named.id.clone(),
            times: times(here.iter().map(|change| change.seconds))?,
            ratio: ratio(&here, &others),
        })
    }
}

/// The most trusted source of code changes with enough of them, and at least half as many commits as any other.
fn chosen(flow: &DeliveryFlow) -> Option<DeliverySource> {
    let sources = [DeliverySource::Branch, DeliverySource::Request, DeliverySource::Applied];
    let most = sources.into_iter().map(|source| flow.commits_of(source)).max()?;
    let is_enough = |source: &DeliverySource| {
        flow.of_source(*source).len() >= LEAST_OF_SOURCE && flow.commits_of(*source) * 2 >= most
    };
    sources.into_iter().find(is_enough)
}

/// The start of the window, or the days before `as_of`.
fn start(scan: &Scan, days: i64) -> Timestamp {
    scan.window.since.unwrap_or_else(|| scan.as_of.plus_days(-days))
}

/// Says how long changes take.
///
/// # Errors
/// When the areas cannot be made as asked, or costs leave the 64-bit range.
pub fn delivery(input: ListInput<'_>, options: &DeliveryOptions) -> Result<DeliveryList, BuildError> {
    let analysis = input.analysis()?;
    let measured = Delivery::of(&analysis, options);
    let flow = &measured.flow;
    let sources = DeliverySource::ALL.into_iter().map(|source| {
        let commits = flow.first_source.iter().filter(|first| **first == Some(source)).count() as u64;
        SourceRow {
            source,
            commits,
            coverage: commits as f64 / (flow.first_source.len().max(1)) as f64,
            times: times(flow.of_source(source).iter().map(|change| change.seconds)),
        }
    });
    let areas = (0..analysis.areas.areas.len()).filter_map(|area| measured.area(&analysis, area));
    let mut areas: Vec<AreaDelivery> = areas.collect();
    areas.sort_by(|a, b| {
        let slow = |row: &AreaDelivery| {
            row.ratio.filter(|ratio| ratio.adjusted.low > 1.0).map_or(0.0, |it| it.adjusted.low)
        };
        slow(b)
            .total_cmp(&slow(a))
            .then(b.times.changes.cmp(&a.times.changes))
            .then_with(|| a.name.cmp(&b.name))
    });
    Ok(DeliveryList {
        head: list_head(&analysis),
        from: measured.from,
        commits: flow.first_source.len() as u64,
        sources: sources.collect(),
        source: measured.source,
        sizes: sizes(measured.timed()),
        areas,
        check: check(flow),
        excluded: flow.excluded,
    })
}

fn sizes(changes: &[Timed]) -> Vec<SizeRow> {
    let rows = SIZES.into_iter().enumerate().filter_map(|(class, (from_files, to_files))| {
        let of_class = changes.iter().filter(|change| size_class(change.files) == class);
        Some(SizeRow { from_files, to_files, times: times(of_class.map(|change| change.seconds))? })
    });
    rows.collect()
}

/// Compares the two clocks of changes that have both.
fn check(flow: &DeliveryFlow) -> Option<ClockCheck> {
    let branches = flow.of_source(DeliverySource::Branch);
    let mut pairs: Vec<(i64, i64)> = Vec::new();
    for request in flow.of_source(DeliverySource::Request) {
        let same = |branch: &&Timed| branch.node == request.node;
        let position = branches.binary_search_by_key(&request.node, |branch| branch.node).ok();
        let branch = position.map(|at| &branches[at]).filter(same);
        pairs.extend(branch.map(|branch| (branch.seconds, request.seconds)));
    }
    if pairs.len() < FEWEST {
        return None;
    }
    let not_above =
        pairs.iter().filter(|(branch, clock)| clock <= branch).count() as f64 / pairs.len() as f64;
    let correlation = times::rank_correlation(&pairs);
    Some(ClockCheck { changes: pairs.len() as u64, correlation, not_above })
}
