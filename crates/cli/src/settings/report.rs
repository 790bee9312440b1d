//! Resolves `scan`, `explain`, `incidents` and `changes`.

use debtscan_app::{
    ExplainRequest, FindIntroducers, HistoryRequest, IncidentsRequest, Measure, Merges, PlaceIn,
    ReportRequest,
};
use debtscan_render::{Detail, Format, Group, Image, Sort};

use super::configuration::find_config;
use super::output::LossesShown;
use super::shared::{Rendering, Settings, configured_top, history, with_cost};
use crate::args::format::FormatWord;
use crate::args::report::{
    ChangesArgs, ExplainArgs, GroupWord, ImageWord, IncidentsArgs, ScanArgs, SortWord,
};
use crate::args::shared::{CostArgs, RepositoryArgs};
use crate::failure::Failure;

/// Resolves `debtscan scan`.
pub(crate) fn scan(args: ScanArgs) -> Result<Settings<ReportRequest>, Failure> {
    let found = find_config(&args.repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let group = match args.group.unwrap_or(GroupWord::Area) {
        GroupWord::Area => Group::Area,
        GroupWord::File => Group::File,
    };
    // The formats for pipelines have no introducers.
    let is_shown = matches!(args.format, Some(FormatWord::Json | FormatWord::Ndjson));
    let introducers = introducers(args.introduced, is_shown, "json or ndjson")?;
    let detail = if args.full { Detail::Full } else { Detail::Summary };
    let rendering = Rendering { format, group, top, detail };
    let history = history(args.repository, args.history, &args.output, &args.run, &found, &rendering)?;
    let mut settings = with_cost(history, &args.cost, found)?;
    settings.request.introducers = introducers;
    settings.output.render.sort = sort(args.sort, group, &settings.request)?;
    // The ranking is of source files, so it shows no complexity of any other file.
    settings.request.history.scan.measure = Measure::Source;
    Ok(settings)
}

impl From<ImageWord> for Image {
    fn from(word: ImageWord) -> Self {
        match word {
            ImageWord::Areas => Self::Areas,
            ImageWord::Time => Self::Time,
            ImageWord::Corners => Self::Corners,
            ImageWord::Map => Self::Map,
            ImageWord::Badge => Self::Badge,
            ImageWord::Shields => Self::Shields,
        }
    }
}

/// Refuses `--sort changed` where there is nothing to sort by.
fn sort(word: Option<SortWord>, group: Group, request: &ReportRequest) -> Result<Sort, Failure> {
    match word {
        None | Some(SortWord::Cost) => Ok(Sort::Cost),
        Some(SortWord::Changed) if group == Group::File => {
            Err(Failure::new("`--sort changed` orders areas, not files")
                .with_hint("run it without --group file"))
        }
        Some(SortWord::Changed) if request.incidents.is_empty() => {
            Err(Failure::new("`--sort changed` needs incidents").with_hint("pass --incidents FILE"))
        }
        Some(SortWord::Changed) => Ok(Sort::Changed),
    }
}

/// Refuses `--introduced` if the format does not show introducers.
fn introducers(is_on: bool, is_shown: bool, formats: &str) -> Result<FindIntroducers, Failure> {
    match (is_on, is_shown) {
        (false, _) => Ok(FindIntroducers::Off),
        (true, true) => Ok(FindIntroducers::On),
        (true, false) => Err(Failure::new(format!("`--introduced` needs --format {formats}"))
            .with_hint("`debtscan explain TARGET --introduced` shows introducers as a table")),
    }
}

/// Resolves `debtscan explain`. A folder may end in a slash, as shells complete it.
pub(crate) fn explain(args: ExplainArgs) -> Result<Settings<ExplainRequest>, Failure> {
    let found = find_config(&args.repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let introducers = introducers(args.introduced, format != Format::Csv, "table, markdown, json or ndjson")?;
    let rendering = Rendering { format, group: Group::File, top, detail: Detail::Full };
    let history = history(args.repository, args.history, &args.output, &args.run, &found, &rendering)?;
    let target = match args.target.trim_end_matches('/') {
        "" => args.target,
        target => target.to_owned(),
    };
    let mut settings = with_cost(history, &args.cost, found)?;
    settings.request.introducers = introducers;
    settings.output.losses_shown = LossesShown::Nowhere;
    Ok(settings.with(|report| ExplainRequest { report, target }))
}

/// Resolves `debtscan changes`.
pub(crate) fn changes(args: ChangesArgs) -> Result<Settings<HistoryRequest>, Failure> {
    let found = find_config(&args.repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let rendering = Rendering { format, group: Group::File, top: None, detail: Detail::Full };
    let mut settings = history(args.repository, args.history, &args.output, &args.run, &found, &rendering)?;
    // The list has no complexity, so nothing needs to be parsed.
    settings.request.scan.measure = Measure::Nothing;
    // Merges are not shown.
    settings.request.scan.merges = Merges::LeftOut;
    settings.output.losses_shown = LossesShown::Nowhere;
    Ok(settings)
}

/// Resolves `debtscan incidents`.
pub(crate) fn incidents(args: IncidentsArgs) -> Result<Settings<IncidentsRequest>, Failure> {
    let place_in = match (&args.repo, args.no_repo) {
        (_, true) => PlaceIn::Nowhere,
        (Some(_), false) => PlaceIn::Repository,
        (None, false) => PlaceIn::RepositoryIfAny,
    };
    // Its operands are incident files, so the repository is an option here.
    let repository = RepositoryArgs { path: args.repo, config: args.config };
    let found = find_config(&repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let rendering = Rendering { format, group: Group::Area, top, detail: Detail::Full };
    let history = history(repository, args.history, &args.output, &args.run, &found, &rendering)?;
    let cost = CostArgs {
        incidents: args.files,
        reading: args.reading,
        accounts: Vec::new(),
        redact: args.redact,
        // Placing incidents does not depend on recent activity.
        max_files_per_commit: None,
        max_unparsed: None,
        areas: args.areas,
    };
    let settings = with_cost(history, &cost, found)?;
    if settings.request.incidents.is_empty() {
        return Err(Failure::new("no incident file given").with_hint(
            "name one (`debtscan incidents FILE`), or list them in debtscan.toml under [incidents] files",
        ));
    }
    Ok(settings.with(|report| IncidentsRequest { report, place_in }))
}
