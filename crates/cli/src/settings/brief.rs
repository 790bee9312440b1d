//! Resolves `debtscan brief`.

use debtscan_app::{BriefRequest, CaseOptions, FileSource};
use debtscan_render::{Detail, Format, Group};

use super::configuration::find_config;
use super::shared::{Rendering, Settings, configured_top, history, with_cost};
use crate::args::report::BriefArgs;
use crate::args::shared::FormatWord;
use crate::failure::Failure;

/// Resolves `debtscan brief`.
pub(crate) fn brief(args: BriefArgs) -> Result<Settings<BriefRequest>, Failure> {
    let found = find_config(&args.repository)?;
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
