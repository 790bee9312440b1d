//! Settles the commands that list code.

use debtscan_findings::{CouplingGates, CouplingOrder, Grouping, HotspotThresholds};
use debtscan_render::{Format, Group};
use debtscan_reporter::{CouplingOptions, HotspotOptions};
use debtscan_scanner::Measure;

use super::{Rendering, ReportSettings, configured_top, find_config, history, with_cost};
use crate::args::FormatWord;
use crate::args::code::{
    AreasArgs, CouplingArgs, FileCount, HotspotUnitWord, HotspotsArgs, ListArgs, UnitWord,
};
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

pub(super) fn grouping(word: Option<UnitWord>, default: Grouping) -> Grouping {
    match word {
        None => default,
        Some(UnitWord::File) => Grouping::File,
        Some(UnitWord::Dir) => Grouping::Directory,
        Some(UnitWord::Area) => Grouping::Area,
    }
}

/// Files whose functions are followed unless told otherwise: where most changes are, at a cost that is not
/// felt.
const DEFAULT_FILES: usize = 20;

/// What `debtscan hotspots` lists.
#[derive(Debug)]
pub(crate) enum Hotspots {
    /// Files, folders or areas.
    Groups(HotspotOptions),
    /// The functions of so many of the hottest files; `None` for all.
    Functions(Option<usize>),
}

/// Settles `debtscan hotspots`.
pub(crate) fn hotspots(args: HotspotsArgs) -> Result<(ReportSettings, Hotspots), Failure> {
    let grouping = match args.group.unwrap_or(HotspotUnitWord::File) {
        HotspotUnitWord::File => Grouping::File,
        HotspotUnitWord::Dir => Grouping::Directory,
        HotspotUnitWord::Area => Grouping::Area,
        HotspotUnitWord::Function => return functions(args),
    };
    if args.files.is_some() {
        return Err(Failure::new("`--files` needs `--group function`: every file has a row without"));
    }
    let defaults = HotspotThresholds::default();
    let told = args.thresholds;
    let thresholds = HotspotThresholds {
        bands: told.bands.unwrap_or(defaults.bands),
        active_from: told.active_from.unwrap_or(defaults.active_from),
        complex_above: told.complex_above.unwrap_or(defaults.complex_above),
        complex_indentation_from: told.complex_indentation.unwrap_or(defaults.complex_indentation_from),
    };
    let options = HotspotOptions { grouping, thresholds };
    Ok((list(args.list)?, Hotspots::Groups(options)))
}

fn functions(args: HotspotsArgs) -> Result<(ReportSettings, Hotspots), Failure> {
    let told = &args.thresholds;
    let has_thresholds = told.bands.is_some()
        || told.active_from.is_some()
        || told.complex_above.is_some()
        || told.complex_indentation.is_some();
    if has_thresholds {
        return Err(Failure::new("functions have no bands and quadrants: leave the thresholds out"));
    }
    let files = match args.files.unwrap_or(FileCount::Hottest(DEFAULT_FILES)) {
        FileCount::Hottest(count) => Some(count),
        FileCount::All => None,
    };
    Ok((list(args.list)?, Hotspots::Functions(files)))
}

/// Settles `debtscan coupling`.
pub(crate) fn coupling(args: CouplingArgs) -> Result<(ReportSettings, CouplingOptions), Failure> {
    let defaults = CouplingGates::default();
    let told = args.gates;
    let gates = CouplingGates {
        min_revisions: told.min_revisions.unwrap_or(defaults.min_revisions),
        min_shared: told.min_shared.unwrap_or(defaults.min_shared),
        min_degree: told.min_degree.unwrap_or(defaults.min_degree),
        max_degree: told.max_degree.unwrap_or(defaults.max_degree),
        max_changeset: told.max_changeset_size.unwrap_or(defaults.max_changeset),
    };
    if gates.min_degree > gates.max_degree {
        return Err(Failure::new(format!(
            "no pair has a degree of at least {} % and at most {} %",
            gates.min_degree, gates.max_degree
        )));
    }
    let order = if args.sums { CouplingOrder::Sums } else { CouplingOrder::Pairs };
    let options = CouplingOptions { grouping: grouping(args.group, Grouping::File), gates, order };
    let mut settings = list(args.list)?;
    settings.history.scan.measure = Measure::TreeAndImports;
    Ok((settings, options))
}

/// What `debtscan areas` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AreasOutput {
    /// The list.
    List,
    /// The map as configuration.
    Config,
}

/// Settles `debtscan areas`.
pub(crate) fn areas(args: AreasArgs) -> Result<(ReportSettings, Grouping, AreasOutput), Failure> {
    let output = if args.write_config { AreasOutput::Config } else { AreasOutput::List };
    Ok((list(args.list)?, grouping(args.group, Grouping::Area), output))
}
