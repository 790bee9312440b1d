//! Resolves `debtscan backtest`.

use debtscan_app::{BacktestRequest, Hidden, Measure, Rules};

use super::shared::{Settings, list};
use crate::args::backtest::BacktestArgs;
use crate::failure::Failure;

/// Resolves `debtscan backtest`.
pub(crate) fn backtest(args: BacktestArgs) -> Result<Settings<BacktestRequest>, Failure> {
    let mut settings = list(args.list)?;
    settings.request.history.scan.measure = Measure::Source;
    if settings.request.incidents.is_empty() {
        return Err(Failure::new("backtest needs incidents").with_hint("pass --incidents FILE"));
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
    // The mean over cuts takes them as independent, which overlapping years are not.
    if cuts.windows(2).any(|pair| pair[0].plus_days(rules.horizon_days) > pair[1]) {
        return Err(Failure::new(format!(
            "two dates of --cuts are less than {} days apart, so incidents would count twice",
            rules.horizon_days
        ))
        .with_hint("choose dates further apart, or a shorter --horizon"));
    }
    let cuts = (!cuts.is_empty()).then_some(cuts);
    Ok(settings.with(|report| BacktestRequest { report, rules, cuts }))
}
