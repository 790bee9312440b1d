//! Resolves `debtscan verify`.

use debtscan_app::{Measure, VerifyRequest};
use debtscan_render::{Detail, Format, Group};

use super::configuration::find_config;
use super::shared::{Rendering, Settings, configured_top, history, with_cost};
use crate::args::format::FormatWord;
use crate::args::planning::VerifyArgs;
use crate::args::shared::HistoryArgs;
use crate::failure::Failure;

/// Resolves `debtscan verify`.
pub(crate) fn verify(args: VerifyArgs) -> Result<Settings<VerifyRequest>, Failure> {
    let found = find_config(&args.repository)?;
    let format: Format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let rendering = Rendering { format, group: Group::Area, top, detail: Detail::Full };
    // The window is the whole history: --since is the day of the fix here.
    let window = HistoryArgs {
        rev: args.rev,
        since: None,
        until: None,
        first_parent: args.first_parent,
        renames: args.renames,
        exclude: args.exclude,
    };
    let history = history(args.repository, window, &args.output, &args.run, &found, &rendering)?;
    let mut settings = with_cost(history, &args.cost, found)?;
    settings.request.history.scan.measure = Measure::Source;
    settings.request.history.scan.since = None;
    if settings.request.incidents.is_empty() {
        return Err(Failure::new("verify needs incidents").with_hint("pass --incidents FILE"));
    }
    let (area, since) = (args.area, args.since);
    Ok(settings.with(|report| VerifyRequest { report, area, since }))
}
