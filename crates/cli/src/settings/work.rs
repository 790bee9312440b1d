//! Resolves `debtscan allocation` and `debtscan delivery`.

use debtscan_app::{
    AllocationGrouping, AllocationOptions, AllocationRequest, DELIVERY_DAYS, DeliveryOptions, DeliverySource,
    FileSource, Labels, ReportRequest,
};

use super::output::LossesShown;
use super::shared::{Settings, list};
use crate::args::work::{AllocationArgs, DeliveryArgs, DeliverySourceWord, WorkUnitWord};
use crate::failure::Failure;

/// The days before the scanned commit that count without `--since`.
const DEFAULT_DAYS: i64 = 365;

/// The output of `debtscan allocation`.
#[derive(Debug)]
pub(crate) enum Allocation {
    /// The list.
    List(Settings<AllocationRequest>),
    /// A number of changes to label.
    Sample(Settings<AllocationRequest>, usize),
}

/// Resolves `debtscan allocation`.
pub(crate) fn allocation(args: AllocationArgs) -> Result<Allocation, Failure> {
    let mut settings = list(args.list)?;
    let grouping = match args.group.unwrap_or(WorkUnitWord::Kind) {
        WorkUnitWord::Kind => AllocationGrouping::Kind,
        WorkUnitWord::Month => AllocationGrouping::Month,
        WorkUnitWord::Area => AllocationGrouping::Area,
    };
    let options = AllocationOptions { grouping, days: DEFAULT_DAYS, labels: Labels::default() };
    let labels = args.labels.map(FileSource::Named);
    if args.sample.is_some() {
        settings.output.losses_shown = LossesShown::Nowhere;
    }
    let settings = settings.with(|report| AllocationRequest { report, options, labels });
    Ok(match args.sample {
        Some(count) => Allocation::Sample(settings, count),
        None => Allocation::List(settings),
    })
}

/// Resolves `debtscan delivery`.
pub(crate) fn delivery(args: DeliveryArgs) -> Result<(Settings<ReportRequest>, DeliveryOptions), Failure> {
    let source = args.source.map(|word| match word {
        DeliverySourceWord::Ticket => DeliverySource::Ticket,
        DeliverySourceWord::Branch => DeliverySource::Branch,
        DeliverySourceWord::Request => DeliverySource::Request,
        DeliverySourceWord::Applied => DeliverySource::Applied,
    });
    Ok((list(args.list)?, DeliveryOptions { days: DELIVERY_DAYS, source }))
}
