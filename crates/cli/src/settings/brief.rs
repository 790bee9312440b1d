//! Resolves `debtscan brief`, and what other commands share with it.

use std::path::PathBuf;

use debtscan_app::{BriefRequest, CaseOptions, FileSource};
use debtscan_render::{Detail, Format, Group};

use super::configuration::{Found, find_config};
use super::shared::{Rendering, Settings, configured_top, history, with_cost};
use crate::args::format::FormatWord;
use crate::args::report::BriefArgs;
use crate::args::shared::{CostArgs, HistoryArgs, OutputArgs, RepositoryArgs, RunArgs};
use crate::failure::Failure;

/// The arguments of a command that makes a case.
pub(super) struct CaseArgs {
    pub(super) repository: RepositoryArgs,
    pub(super) area: Vec<String>,
    pub(super) fixes: Option<PathBuf>,
    pub(super) plan: Option<PathBuf>,
    pub(super) history: HistoryArgs,
    pub(super) cost: CostArgs,
    pub(super) format: Option<FormatWord>,
    pub(super) top: Option<usize>,
    pub(super) output: OutputArgs,
    pub(super) run: RunArgs,
}

/// Resolves `debtscan brief`.
pub(crate) fn brief(args: BriefArgs) -> Result<Settings<BriefRequest>, Failure> {
    let found = find_config(&args.repository)?;
    if args.tickets.is_some() && args.area.is_empty() {
        return Err(Failure::new("--tickets needs an area whose fixes to write")
            .with_hint("add --area NAME, or use `debtscan plan --tickets` for all areas"));
    }
    let args = CaseArgs {
        repository: args.repository,
        area: args.area,
        fixes: args.fixes,
        plan: args.plan,
        history: args.history,
        cost: args.cost,
        format: args.format,
        top: args.top,
        output: args.output,
        run: args.run,
    };
    with_case(args, found)
}

/// Resolves history, incidents, prices, teams, fixes and plan.
pub(super) fn with_case(args: CaseArgs, found: Found) -> Result<Settings<BriefRequest>, Failure> {
    let format: Format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let rendering = Rendering { format, group: Group::Area, top, detail: Detail::Full };
    let config = &found.config;
    // As `[price]` resolves it, so that an engineer-day and an hour are in one currency.
    let currency = config.price.currency.or(config.project.default_currency);
    let case = config
        .brief
        .options(currency, &config.team)
        .map_err(|reason| Failure::new(format!("cannot use the configuration: {reason}")))?;
    let case = CaseOptions { areas: args.area, ..case };
    let configured = |name: &Option<String>| name.as_ref().map(|name| found.file(name));
    let fixes = args.fixes.map(FileSource::Named).or_else(|| configured(&config.brief.fixes));
    let plan = args.plan.map(FileSource::Named).or_else(|| configured(&config.brief.plan));
    let history = history(args.repository, args.history, &args.output, &args.run, &found, &rendering)?;
    let settings = with_cost(history, &args.cost, found)?;
    Ok(settings.with(|report| BriefRequest { report, case, fixes, plan }))
}
