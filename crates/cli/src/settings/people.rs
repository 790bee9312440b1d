//! Settles the commands about people and the past.

use std::fs;

use debtscan_model::{AuthorIdx, FileClass, FileIdx, Scan};
use debtscan_reporter::Grouping;
use debtscan_reporter::knowledge::{Departures, KnowledgeOptions};
use debtscan_scanner::{Every, TimelineOptions};

use super::ReportSettings;
use super::code::{grouping, list};
use crate::args::people::{KnowledgeArgs, LossWord, TodosArgs, TrendArgs};
use crate::failure::Failure;

/// Half a year: long enough for holidays and parental leave to be rare among the absent.
const DEFAULT_INACTIVE_DAYS: u32 = 180;

/// Source files up to which the last writer of every line is looked up unasked: some seconds cold.
const MOST_FILES_BY_LINE: usize = 2_000;

/// Five years of months.
const DEFAULT_POINTS: usize = 60;

/// What is asked about knowledge.
#[derive(Debug)]
pub(crate) struct KnowledgeQuestion {
    grouping: Grouping,
    inactive_days: u32,
    /// How many of the names to find, from the first on, have left.
    n_left: usize,
    names: Vec<String>,
    loss_by: Option<LossWord>,
}

impl KnowledgeQuestion {
    /// The files of which the last writers are looked up; none when loss is told by lines added.
    pub(crate) fn files_by_line(&self, scan: &Scan) -> Option<Vec<FileIdx>> {
        let is_source = |position: &usize| {
            let file = &scan.files[*position];
            file.present.is_some() && file.class == FileClass::Source
        };
        let files: Vec<FileIdx> = (0..scan.files.len()).filter(is_source).map(FileIdx::new).collect();
        let is_wanted = match self.loss_by {
            None => files.len() <= MOST_FILES_BY_LINE,
            Some(word) => word == LossWord::LastWritten,
        };
        is_wanted.then_some(files)
    }

    /// The question in terms of a scan that has looked up the names.
    ///
    /// # Errors
    /// When nobody has the name of somebody who is imagined to leave.
    pub(crate) fn options(&self, scan: &Scan) -> Result<KnowledgeOptions, Failure> {
        let (left, leaving) = scan.found_people.split_at(self.n_left);
        let unknown = self.names[self.n_left..].iter().zip(leaving).find(|(_, found)| found.is_empty());
        if let Some((name, _)) = unknown {
            return Err(Failure::new(format!("nobody in the scanned history is called `{name}`")).with_hint(
                "names and addresses are those of `git shortlog --summary --email`, in any letter case",
            ));
        }
        let all = |found: &[Vec<AuthorIdx>]| {
            let mut people: Vec<AuthorIdx> = found.iter().flatten().copied().collect();
            people.sort_unstable();
            people.dedup();
            people
        };
        let departures =
            Departures { inactive_days: self.inactive_days, left: all(left), leaving: all(leaving) };
        Ok(KnowledgeOptions { grouping: self.grouping, departures })
    }
}

/// Settles `debtscan knowledge`.
pub(crate) fn knowledge(args: KnowledgeArgs) -> Result<(ReportSettings, KnowledgeQuestion), Failure> {
    let told = args.departures;
    let mut names = Vec::new();
    if let Some(file) = &told.left {
        let content = fs::read_to_string(file).map_err(|error| {
            Failure::new(format!("cannot read who has left from `{}`: {error}", file.display()))
        })?;
        let lines = content.lines().map(|line| line.split('#').next().unwrap_or("").trim());
        names.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    let n_left = names.len();
    names.extend(told.leaves);
    let mut settings = list(args.list)?;
    settings.history.scan.find_people.clone_from(&names);
    let question = KnowledgeQuestion {
        grouping: grouping(args.group, Grouping::Area),
        inactive_days: told.inactive.unwrap_or(DEFAULT_INACTIVE_DAYS),
        n_left,
        names,
        loss_by: told.loss_by,
    };
    Ok((settings, question))
}

/// What is asked about the past.
#[derive(Debug)]
pub(crate) struct TrendQuestion {
    pub(crate) target: String,
    pub(crate) function: Option<String>,
    /// How far apart the points are, for people.
    pub(crate) every: String,
    /// Without the paths, which only a scan knows.
    pub(crate) timeline: TimelineOptions,
}

/// Settles `debtscan trend`. `--since` is where the trend begins: what was before it still makes the
/// hotspots of that time.
pub(crate) fn trend(args: TrendArgs) -> Result<(ReportSettings, TrendQuestion), Failure> {
    let mut settings = list(args.list)?;
    let scan = &mut settings.history.scan;
    if scan.until.take().is_some() {
        return Err(Failure::new("`--until` has no meaning here: a trend ends with the scanned revision")
            .with_hint("name an older commit with --rev"));
    }
    let (every, words) = match args.every {
        Some(word) => (word.every, word.words),
        None => (Every::Months(1), "month".to_owned()),
    };
    let timeline = TimelineOptions {
        every,
        since: scan.since.take(),
        paths: Vec::new(),
        max_points: args.points.unwrap_or(DEFAULT_POINTS),
    };
    Ok((settings, TrendQuestion { target: args.target, function: args.function, every: words, timeline }))
}

/// Settles `debtscan todos`.
pub(crate) fn todos(args: TodosArgs) -> Result<(ReportSettings, Grouping), Failure> {
    Ok((list(args.list)?, grouping(args.group, Grouping::Area)))
}
