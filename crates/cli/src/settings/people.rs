//! Resolves the commands about people and the past.

use debtscan_app::{
    Every, FileSource, Grouping, INACTIVE_DAYS, KnowledgeRequest, LossBasis, ReportRequest, TimelineOptions,
    TrendRequest,
};

use super::code::grouping;
use super::shared::{Settings, list};
use crate::args::people::{KnowledgeArgs, LossWord, TodosArgs, TrendArgs};
use crate::failure::Failure;

/// Source files up to which the last author of every line is looked up. It takes at most a minute with a
/// cold cache on the repositories in `docs/knowledge.md`, where merges take most of the time.
const DEFAULT_LINES_UP_TO: usize = 2_000;

/// Five years of months.
const DEFAULT_POINTS: usize = 60;

/// Resolves `debtscan knowledge`.
pub(crate) fn knowledge(args: KnowledgeArgs) -> Result<Settings<KnowledgeRequest>, Failure> {
    let given = args.departures;
    let grouping = grouping(args.group, Grouping::Area);
    Ok(list(args.list)?.with(|report| KnowledgeRequest {
        report,
        grouping,
        inactive_days: given.inactive.unwrap_or(INACTIVE_DAYS),
        left: given.left.map(FileSource::Named),
        leaves: given.leaves,
        loss_by: match given.loss_by {
            Some(LossWord::LastWritten) => LossBasis::LastWritten,
            Some(LossWord::LinesAdded) => LossBasis::LinesAdded,
            None => LossBasis::LastWrittenUpTo(given.lines_up_to.unwrap_or(DEFAULT_LINES_UP_TO)),
        },
    }))
}

/// Resolves `debtscan trend`. `--since` limits the points: older commits still count towards the hotspot
/// scores of each point.
pub(crate) fn trend(args: TrendArgs) -> Result<Settings<TrendRequest>, Failure> {
    let mut settings = list(args.list)?;
    let scan = &mut settings.request.history.scan;
    if scan.until.take().is_some() {
        return Err(Failure::new("`--until` does not apply to trend, which ends with the scanned revision")
            .with_hint("choose an older commit with --rev"));
    }
    let (every, words) = match args.every {
        Some(word) => (word.every, word.words),
        None => (Every::Months(1), "month".to_owned()),
    };
    let timeline = TimelineOptions {
        every,
        // Taken from the scan: a hotspot score of the first point needs the commits before it.
        since: scan.since.take(),
        paths: Vec::new(),
        max_points: args.points.unwrap_or(DEFAULT_POINTS),
    };
    let (target, function) = (args.target, args.function);
    Ok(settings.with(|report| TrendRequest { report, target, function, every: words, timeline }))
}

/// Resolves `debtscan todos`.
pub(crate) fn todos(args: TodosArgs) -> Result<(Settings<ReportRequest>, Grouping), Failure> {
    Ok((list(args.list)?, grouping(args.group, Grouping::Area)))
}
