//! The sentence of the last backtest, kept in the cache for the reports that follow.

use debtscan_findings::{BacktestSummary, Estimate, LossRules, RunnerUp, Score};
use debtscan_model::{CommitId, Scan, Timestamp};
use debtscan_reporter::{Privacy, ReportOptions};
use debtscan_scanner::Repository;

use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// Everything besides the history that a backtest of the request depends on.
fn dependencies(inputs: &Inputs, request: &ReportRequest, scan: &Scan) -> Vec<Vec<u8>> {
    let scan_options = &inputs.scan;
    // Neither changes a ranking.
    let options = ReportOptions {
        accounts: None,
        privacy: Privacy::Open,
        losses: LossRules::default(),
        project: None,
        ..inputs.options.clone()
    };
    let mut dependencies = vec![
        format!("{options:?}").into_bytes(),
        format!("{:?}", request.reading).into_bytes(),
        format!("{:?} {:?}", scan_options.since, scan_options.until).into_bytes(),
        format!("{:?} {:?} {:?}", scan_options.walk, scan_options.renames, scan_options.exclude).into_bytes(),
        format!("{:?}", scan_options.classes).into_bytes(),
        format!("{:?}", scan.repository.scope).into_bytes(),
    ];
    dependencies.extend(inputs.contents.iter().cloned());
    dependencies
}

/// The summary of the last backtest of the same incidents and configuration; `None` without one, or if too little was
/// known for a conclusion.
pub(crate) fn recall(
    repository: &mut Repository,
    inputs: &Inputs,
    request: &ReportRequest,
    scan: &Scan,
) -> Option<BacktestSummary> {
    if inputs.incidents.list.is_empty() {
        return None;
    }
    let content = repository.recall(&dependencies(inputs, request, scan))?;
    decode(&String::from_utf8(content).ok()?)
}

/// Keeps the summary of a backtest.
pub(crate) fn keep(
    repository: &mut Repository,
    inputs: &Inputs,
    request: &ReportRequest,
    scan: &Scan,
    summary: Option<&BacktestSummary>,
) {
    let content = summary.map_or_else(String::new, encode);
    repository.keep(&dependencies(inputs, request, scan), content.into_bytes());
}

/// One value a line.
fn encode(summary: &BacktestSummary) -> String {
    let estimate = |it: &Estimate| format!("{:?}\n{:?}\n{:?}\n", it.mean, it.low, it.high);
    let best = &summary.best_simple;
    format!(
        "{}\n{}\n{}\n{}\n{}{:?}\n{}\n{}{}",
        summary.revision,
        summary.as_of.0,
        summary.cuts,
        summary.horizon_days,
        estimate(&summary.share),
        summary.chance,
        best.score.id(),
        estimate(&best.share),
        estimate(&best.ahead)
    )
}

/// What [`encode`] wrote; `None` for anything else.
fn decode(content: &str) -> Option<BacktestSummary> {
    let mut lines = content.lines();
    let mut next = || lines.next();
    let number = |line: Option<&str>| line?.parse::<f64>().ok().filter(|value| (-1.0..=1.0).contains(value));
    let revision = CommitId::from_hex(next()?).ok()?;
    let as_of = Timestamp(next()?.parse().ok()?);
    let cuts = next()?.parse().ok()?;
    let horizon_days = next()?.parse().ok()?;
    let share = Estimate { mean: number(next())?, low: number(next())?, high: number(next())? };
    let chance = number(next())?;
    let word = next()?;
    let score = Score::ALL.into_iter().find(|score| score.id() == word)?;
    let best = Estimate { mean: number(next())?, low: number(next())?, high: number(next())? };
    let ahead = Estimate { mean: number(next())?, low: number(next())?, high: number(next())? };
    let best_simple = RunnerUp { score, share: best, ahead };
    Some(BacktestSummary { revision, as_of, cuts, horizon_days, is_yearly: true, share, chance, best_simple })
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use debtscan_findings::{BacktestSummary, Estimate, RunnerUp, Score};
    use debtscan_model::{CommitId, Timestamp};

    #[test]
    fn a_summary_comes_back_as_it_was() {
        let summary = BacktestSummary {
            revision: CommitId::from_hex(&"ab".repeat(20)).expect("an id"),
            as_of: Timestamp(1_700_000_000),
            cuts: 7,
            horizon_days: 365,
            is_yearly: true,
            share: Estimate { mean: 0.27, low: 0.18, high: 1.0 / 3.0 },
            chance: 0.1,
            best_simple: RunnerUp {
                score: Score::PastIncidents,
                share: Estimate { mean: 0.24, low: 0.15, high: 0.3 },
                ahead: Estimate { mean: 0.03, low: -0.02, high: 0.07 },
            },
        };
        let text = encode(&summary);
        assert_eq!(decode(&text), Some(summary));
        for end in 0..text.len() - 1 {
            let cut = decode(&text[..end]);
            assert!(cut.is_none_or(|it| it.best_simple.score == Score::PastIncidents), "{end}");
        }
        assert_eq!(decode(""), None);
        assert_eq!(decode(&text.replace("0.27", "NaN")), None);
        assert_eq!(decode(&text.replace("0.27", "27")), None);
    }
}
