//! Settles `debtscan backtest`.

use debtscan_findings::{Hidden, Rules};
use debtscan_render::Group;
use debtscan_reporter::backtest::BacktestOptions;
use debtscan_scanner::Measure;

use super::{Rendering, ReportSettings, configured_top, find_config, history, with_cost};
use crate::args::FormatWord;
use crate::args::backtest::BacktestArgs;
use crate::failure::Failure;

/// Scan, and scan again at earlier dates.
#[derive(Debug)]
pub(crate) struct BacktestSettings {
    pub(crate) report: ReportSettings,
    pub(crate) options: BacktestOptions,
}

/// Settles `debtscan backtest`.
pub(crate) fn backtest(args: BacktestArgs) -> Result<BacktestSettings, Failure> {
    let found = find_config(&args.list.repository)?;
    let format = args.list.format.unwrap_or(FormatWord::Table).into();
    let top = args.list.top.or(configured_top(format, &found.config));
    let render = Rendering { format, group: Group::File, top };
    let mut history =
        history(args.list.repository, args.list.history, &args.list.output, &args.list.run, &found, &render)?;
    history.scan.measure = Measure::Source;
    let report = with_cost(history, &args.list.cost, found)?;
    if report.incident_files.is_empty() {
        let hint = "name them with --incidents FILE";
        return Err(Failure::new("a backtest needs incidents: there is nothing to hold the ranking against")
            .with_hint(hint));
    }
    let mut rules = Rules::default();
    rules.horizon_days = args.protocol.horizon.unwrap_or(rules.horizon_days);
    rules.seed = args.protocol.seed.unwrap_or(rules.seed);
    rules.hidden = match (args.protocol.drop_incidents, args.protocol.drop_links) {
        (Some(percent), _) => Hidden::Incidents(percent),
        (None, Some(percent)) => Hidden::Links(percent),
        (None, None) => rules.hidden,
    };
    let mut cuts = args.protocol.cuts;
    cuts.sort_unstable();
    cuts.dedup();
    if cuts.windows(2).any(|pair| pair[0].plus_days(rules.horizon_days) > pair[1]) {
        return Err(Failure::new(format!(
            "the {} days after one date of --cuts reach beyond the next: an incident would count twice",
            rules.horizon_days
        ))
        .with_hint("choose dates further apart, or a shorter --horizon"));
    }
    let cuts = (!cuts.is_empty()).then_some(cuts);
    let options = BacktestOptions { report: report.report.clone(), rules, cuts };
    Ok(BacktestSettings { report, options })
}
