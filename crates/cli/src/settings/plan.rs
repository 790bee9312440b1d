//! Resolves `debtscan plan`.

use debtscan_app::{FileSource, PlanRequest};

use super::brief::{CaseArgs, with_case};
use super::configuration::find_config;
use super::shared::Settings;
use crate::args::planning::PlanArgs;
use crate::failure::Failure;

/// The share of capacity that goes to fixes, in thousandths: the middle of 20 to 30%, which platform teams often give.
const DEFAULT_CAPACITY: u32 = 250;
/// Sprints that are planned: about a quarter of two-week sprints.
const DEFAULT_SPRINTS: u32 = 6;

/// Resolves `debtscan plan`.
pub(crate) fn plan(args: PlanArgs) -> Result<Settings<PlanRequest>, Failure> {
    let found = find_config(&args.repository)?;
    let section = &found.config.plan;
    let capacity = args.capacity.or(section.capacity).unwrap_or(DEFAULT_CAPACITY);
    let sprints = args.sprints.or(section.sprints).unwrap_or(DEFAULT_SPRINTS);
    if found.config.team.is_empty() {
        return Err(Failure::new("plan needs a team with a capacity").with_hint(
            "add a [[team]] with name, capacity and sprint_start to debtscan.toml; `debtscan init` shows how",
        ));
    }
    let settings = with_case(
        CaseArgs {
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
        },
        found,
    )?;
    if settings.request.report.incidents.is_empty() {
        return Err(Failure::new("plan needs incidents").with_hint("pass --incidents FILE"));
    }
    let earlier = args.last.map(FileSource::Named);
    Ok(settings.with(|brief| PlanRequest { brief, capacity, sprints, earlier }))
}
