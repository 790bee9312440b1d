//! Settles the commands about people and the past.

use std::fs;

use debtscan_findings::{Grouping, UnknownPerson};
use debtscan_model::{AuthorIdx, FileClass, FileIdx, Scan};
use debtscan_reporter::knowledge::{Departures, KnowledgeOptions};
use debtscan_scanner::{Every, TimelineOptions};

use super::ReportSettings;
use super::code::{grouping, list};
use crate::args::people::{KnowledgeArgs, LossWord, TodosArgs, TrendArgs};
use crate::failure::Failure;
use crate::suggest::closest_person;

/// Half a year: long enough for holidays and parental leave to be rare among the absent.
const DEFAULT_INACTIVE_DAYS: u32 = 180;

/// Source files up to which the last writer of every line is looked up unasked. A minute cold at most on the
/// repositories measured in `docs/knowledge.md`, where it is the merges that take time.
const DEFAULT_LINES_UP_TO: usize = 2_000;

/// Unknown names for which a near one is looked for: each is held against everybody.
const MOST_SUGGESTED: usize = 20;

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
    /// For those who have left: the lines of the list, from 1.
    lines: Vec<usize>,
    loss_by: Option<LossWord>,
    lines_up_to: usize,
    people: People,
}

/// Whether people may be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum People {
    Named,
    Anonymous,
}

impl KnowledgeQuestion {
    /// The files of which the last writers are looked up; none when loss is told by lines added.
    pub(crate) fn files_by_line(&self, scan: &Scan) -> Option<Vec<FileIdx>> {
        let is_wanted = match self.loss_by {
            None => self.line_limit(scan).is_none(),
            Some(word) => word == LossWord::LastWritten,
        };
        is_wanted.then(|| sources(scan))
    }

    /// The number of source files that keeps the last writers from being looked up.
    fn line_limit(&self, scan: &Scan) -> Option<usize> {
        let is_beyond = self.loss_by.is_none() && sources(scan).len() > self.lines_up_to;
        is_beyond.then_some(self.lines_up_to)
    }

    /// The question in terms of a scan that has looked up the names.
    ///
    /// # Errors
    /// When nobody has the name of somebody who is imagined to leave.
    pub(crate) fn options(&self, scan: &Scan) -> Result<KnowledgeOptions, Failure> {
        let (left, leaving) = scan.found_people.split_at(self.n_left);
        let unknown = self.names[self.n_left..].iter().zip(leaving).find(|(_, found)| found.is_empty());
        if let Some((name, _)) = unknown {
            let hint = match self.nearest(name, scan) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => {
                    "names and addresses are those of `git shortlog --summary --email`, in any letter case"
                        .to_owned()
                }
            };
            let error = format!("nobody in the scanned history is called `{name}`");
            return Err(Failure::new(error).with_hint(hint));
        }
        let all = |found: &[Vec<AuthorIdx>]| {
            let mut people: Vec<AuthorIdx> = found.iter().flatten().copied().collect();
            people.sort_unstable();
            people.dedup();
            people
        };
        let departures = Departures {
            inactive_days: self.inactive_days,
            left: all(left),
            leaving: all(leaving),
            entries: self.n_left,
            unknown: self.unknown(left, scan),
        };
        Ok(KnowledgeOptions { grouping: self.grouping, departures, line_limit: self.line_limit(scan) })
    }

    /// The entries of the list of those who left that nobody answers to.
    fn unknown(&self, left: &[Vec<AuthorIdx>], scan: &Scan) -> Vec<UnknownPerson> {
        let entries = self.names.iter().zip(&self.lines).zip(left);
        let unknown = entries.filter(|(_, found)| found.is_empty()).enumerate();
        unknown
            .map(|(position, ((name, line), _))| UnknownPerson {
                line: *line,
                name: (self.people == People::Named).then(|| name.clone()),
                nearest: if position < MOST_SUGGESTED { self.nearest(name, scan) } else { None },
            })
            .collect()
    }

    /// The name or address nearest to one that nobody has.
    fn nearest(&self, asked: &str, scan: &Scan) -> Option<String> {
        if self.people == People::Anonymous {
            return None;
        }
        let known =
            scan.authors.iter().flat_map(|author| [author.name.to_string(), author.email.to_string()]);
        closest_person(asked, &known.collect::<Vec<_>>())
    }
}

fn sources(scan: &Scan) -> Vec<FileIdx> {
    let is_source = |position: &usize| {
        let file = &scan.files[*position];
        file.present.is_some() && file.class == FileClass::Source
    };
    (0..scan.files.len()).filter(is_source).map(FileIdx::new).collect()
}

/// Settles `debtscan knowledge`.
pub(crate) fn knowledge(args: KnowledgeArgs) -> Result<(ReportSettings, KnowledgeQuestion), Failure> {
    let told = args.departures;
    let (mut names, mut lines) = (Vec::new(), Vec::new());
    if let Some(file) = &told.left {
        let content = fs::read_to_string(file).map_err(|error| {
            Failure::new(format!("cannot read who has left from `{}`: {error}", file.display()))
        })?;
        let entries = content.lines().map(|line| line.split('#').next().unwrap_or("").trim());
        for (position, name) in entries.enumerate().filter(|(_, name)| !name.is_empty()) {
            names.push(name.to_owned());
            lines.push(position + 1);
        }
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
        lines,
        loss_by: told.loss_by,
        lines_up_to: told.lines_up_to.unwrap_or(DEFAULT_LINES_UP_TO),
        people: if settings.history.scan.anonymize.is_some() { People::Anonymous } else { People::Named },
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
