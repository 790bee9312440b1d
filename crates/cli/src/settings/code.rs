//! Settles the commands that list code.

use debtscan_reporter::render::{Format, Group};
use debtscan_reporter::{Grouping, HotspotOptions, HotspotThresholds};

use super::{Rendering, ReportSettings, configured_top, find_config, history, with_cost};
use crate::args::FormatWord;
use crate::args::code::{HotspotsArgs, ListArgs, UnitWord};
use crate::failure::Failure;

/// Settles what every list is told.
pub(super) fn list(args: ListArgs) -> Result<ReportSettings, Failure> {
    let found = find_config(&args.repository)?;
    let format: Format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    // Lists are grouped when they are made, not when they are rendered.
    let render = Rendering { format, group: Group::File, top };
    let history = history(args.repository, args.history, &args.output, &args.run, &found, &render)?;
    with_cost(history, &args.cost, found)
}

fn grouping(word: Option<UnitWord>, default: Grouping) -> Grouping {
    match word {
        None => default,
        Some(UnitWord::File) => Grouping::File,
        Some(UnitWord::Dir) => Grouping::Directory,
        Some(UnitWord::Area) => Grouping::Area,
    }
}

/// Settles `debtscan hotspots`.
pub(crate) fn hotspots(args: HotspotsArgs) -> Result<(ReportSettings, HotspotOptions), Failure> {
    let defaults = HotspotThresholds::default();
    let told = args.thresholds;
    let thresholds = HotspotThresholds {
        bands: told.bands.unwrap_or(defaults.bands),
        active_from: told.active_from.unwrap_or(defaults.active_from),
        complex_above: told.complex_above.unwrap_or(defaults.complex_above),
        complex_indentation_from: told.complex_indentation.unwrap_or(defaults.complex_indentation_from),
    };
    let options = HotspotOptions { grouping: grouping(args.group, Grouping::File), thresholds };
    Ok((list(args.list)?, options))
}
