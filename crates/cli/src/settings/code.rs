//! Resolves the commands that list code.

use debtscan_app::{
    CouplingGates, CouplingOptions, CouplingOrder, Grouping, HotspotOptions, HotspotThresholds, Measure,
    ReportRequest,
};

use super::output::LossesShown;
use super::shared::{Settings, list};
use crate::args::code::{AreasArgs, CouplingArgs, FileCount, HotspotUnitWord, HotspotsArgs};
use crate::args::shared::UnitWord;
use crate::failure::Failure;

pub(super) fn grouping(word: Option<UnitWord>, default: Grouping) -> Grouping {
    match word {
        None => default,
        Some(UnitWord::File) => Grouping::File,
        Some(UnitWord::Dir) => Grouping::Directory,
        Some(UnitWord::Area) => Grouping::Area,
    }
}

/// Files whose functions are followed by default: most changes are in them, and the time is not felt.
const DEFAULT_FILES: usize = 20;

/// The rows of `debtscan hotspots`.
#[derive(Debug)]
pub(crate) enum Hotspots {
    /// Files, folders or areas.
    Groups(Settings<ReportRequest>, HotspotOptions),
    /// The functions of the top N files; `None` for all files.
    Functions(Settings<ReportRequest>, Option<usize>),
}

/// Resolves `debtscan hotspots`.
pub(crate) fn hotspots(args: HotspotsArgs) -> Result<Hotspots, Failure> {
    let grouping = match args.group.unwrap_or(HotspotUnitWord::File) {
        HotspotUnitWord::File => Grouping::File,
        HotspotUnitWord::Dir => Grouping::Directory,
        HotspotUnitWord::Area => Grouping::Area,
        HotspotUnitWord::Function => return functions(args),
    };
    if args.files.is_some() {
        // Refused, not ignored: whoever typed it expects an effect.
        return Err(Failure::new("`--files` needs --group function"));
    }
    let defaults = HotspotThresholds::default();
    let given = args.thresholds;
    let thresholds = HotspotThresholds {
        bands: given.bands.unwrap_or(defaults.bands),
        active_from: given.active_from.unwrap_or(defaults.active_from),
        complex_above: given.complex_above.unwrap_or(defaults.complex_above),
        complex_indentation_from: given.complex_indentation.unwrap_or(defaults.complex_indentation_from),
    };
    let options = HotspotOptions { grouping, thresholds };
    Ok(Hotspots::Groups(list(args.list)?, options))
}

fn functions(args: HotspotsArgs) -> Result<Hotspots, Failure> {
    let given = &args.thresholds;
    let has_thresholds = given.bands.is_some()
        || given.active_from.is_some()
        || given.complex_above.is_some()
        || given.complex_indentation.is_some();
    if has_thresholds {
        return Err(Failure::new("functions have no bands or quadrants, so they take no thresholds"));
    }
    let files = match args.files.unwrap_or(FileCount::Top(DEFAULT_FILES)) {
        FileCount::Top(count) => Some(count),
        FileCount::All => None,
    };
    Ok(Hotspots::Functions(list(args.list)?, files))
}

/// Resolves `debtscan coupling`.
pub(crate) fn coupling(args: CouplingArgs) -> Result<(Settings<ReportRequest>, CouplingOptions), Failure> {
    let defaults = CouplingGates::default();
    let given = args.gates;
    let gates = CouplingGates {
        min_revisions: given.min_revisions.unwrap_or(defaults.min_revisions),
        min_shared: given.min_shared.unwrap_or(defaults.min_shared),
        min_degree: given.min_degree.unwrap_or(defaults.min_degree),
        max_degree: given.max_degree.unwrap_or(defaults.max_degree),
        max_changeset: given.max_changeset_size.unwrap_or(defaults.max_changeset),
    };
    if gates.min_degree > gates.max_degree {
        return Err(Failure::new(format!(
            "`--min-degree {}` is above `--max-degree {}`",
            gates.min_degree, gates.max_degree
        )));
    }
    let order = if args.sums { CouplingOrder::Sums } else { CouplingOrder::Pairs };
    let options = CouplingOptions { grouping: grouping(args.group, Grouping::File), gates, order };
    let mut settings = list(args.list)?;
    // Imports tell hidden coupling from the explained one; other commands do not pay for reading
    // them.
    settings.request.history.scan.measure = Measure::TreeAndImports;
    Ok((settings, options))
}

/// The output of `debtscan areas`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AreasOutput {
    /// The list.
    List,
    /// The areas as `[[area]]` tables of a configuration.
    Config,
}

/// Resolves `debtscan areas`.
pub(crate) fn areas(args: AreasArgs) -> Result<(Settings<ReportRequest>, Grouping, AreasOutput), Failure> {
    let mut settings = list(args.list)?;
    let output = if args.write_config {
        // A configuration has no place for them.
        settings.output.losses_shown = LossesShown::Nowhere;
        AreasOutput::Config
    } else {
        AreasOutput::List
    };
    Ok((settings, grouping(args.group, Grouping::Area), output))
}
