//! Who knows the code, and what would be lost without them.

use debtscan_findings::{Grouping, KnowledgeList, UnknownPerson};
use debtscan_model::{AuthorIdx, FileClass, FileIdx, Scan};
use debtscan_reporter::knowledge::{self, Departures, KnowledgeOptions};
use debtscan_scanner::{Keep, LineLimits, Progress};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::files::FileSource;
use crate::inputs::{Inputs, leavers};
use crate::request::{Anonymize, ReportRequest};
use crate::suggest::closest_person;

/// Unknown names to suggest a similar one for: each is compared with every author.
const MAX_SUGGESTIONS: usize = 20;

/// What knowledge loss is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossBasis {
    /// The last author of every line of the revision.
    LastWritten,
    /// The lines that each person added over the history.
    LinesAdded,
    /// The last author of every line up to this number of source files, else lines added.
    LastWrittenUpTo(usize),
}

/// Whose knowledge to look at, and who is gone.
#[derive(Debug, Clone)]
pub struct KnowledgeRequest {
    /// History and incidents.
    pub report: ReportRequest,
    /// What a row is.
    pub grouping: Grouping,
    /// Days without a commit after which an author is inactive.
    pub inactive_days: u32,
    /// A list of people who left.
    pub left: Option<FileSource>,
    /// People who might leave.
    pub leaves: Vec<String>,
    /// What loss is measured by.
    pub loss_by: LossBasis,
}

/// Lists areas, folders or files with the people who know them.
///
/// # Errors
/// As [`report`](crate::report()), or when the list of people who left cannot be read, or no author has the name of
/// somebody who might leave.
pub fn knowledge(
    request: &KnowledgeRequest,
    progress: &dyn Progress,
) -> Result<Answer<KnowledgeList>, AppError> {
    let mut inputs = Inputs::read(&request.report)?;
    let people = People::read(request)?;
    // The scan looks the names up, because with pseudonyms only the scanner ever sees names.
    inputs.scan.find_people = people.names();
    let mut repository = inputs.open(&request.report)?;
    let scan = repository.scan(Keep::LineHistory, progress)?;
    let options = people.options(request, &scan)?;
    let lines = match files_by_line(request.loss_by, &scan) {
        Some(files) => Some(repository.lines(&scan, &files, LineLimits::default(), progress)?),
        None => None,
    };
    let cache = repository.finish();
    let findings = knowledge::knowledge(inputs.list(&scan), lines.as_ref(), &options)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

/// The source files whose lines have their last authors looked up; `None` if loss is measured by lines added.
fn files_by_line(loss_by: LossBasis, scan: &Scan) -> Option<Vec<FileIdx>> {
    match loss_by {
        LossBasis::LastWritten => Some(sources(scan)),
        LossBasis::LinesAdded => None,
        LossBasis::LastWrittenUpTo(_) => line_limit(loss_by, scan).is_none().then(|| sources(scan)),
    }
}

/// The limit of source files, if there are more.
fn line_limit(loss_by: LossBasis, scan: &Scan) -> Option<usize> {
    let LossBasis::LastWrittenUpTo(limit) = loss_by else { return None };
    (sources(scan).len() > limit).then_some(limit)
}

fn sources(scan: &Scan) -> Vec<FileIdx> {
    let is_source = |position: &usize| {
        let file = &scan.files[*position];
        file.present.is_some() && file.class == FileClass::Source
    };
    (0..scan.files.len()).filter(is_source).map(FileIdx::new).collect()
}

/// The people that a request names.
struct People {
    /// Those who left, each with its line in the list, counted from 1.
    left: Vec<(usize, String)>,
    leaves: Vec<String>,
    /// Whether names of authors may be shown.
    are_named: bool,
}

impl People {
    fn read(request: &KnowledgeRequest) -> Result<Self, AppError> {
        let history = &request.report.history;
        let left = request.left.as_ref().map(|file| leavers(file, history)).transpose()?;
        Ok(Self {
            left: left.unwrap_or_default(),
            leaves: request.leaves.clone(),
            are_named: history.anonymize == Anonymize::Off,
        })
    }

    /// All names: first those who left.
    fn names(&self) -> Vec<String> {
        self.left.iter().map(|(_, name)| name).chain(&self.leaves).cloned().collect()
    }

    /// The options for a scan that looked up the names.
    fn options(&self, request: &KnowledgeRequest, scan: &Scan) -> Result<KnowledgeOptions, AppError> {
        // In the order of `names`.
        let (left, leaving) = scan.found_people.split_at(self.left.len());
        // A what-if about nobody is a typing mistake. An entry of the list of leavers may be
        // someone who never committed, so it is only reported.
        if let Some((name, _)) = self.leaves.iter().zip(leaving).find(|(_, found)| found.is_empty()) {
            return Err(AppError::UnknownLeaver { name: name.clone(), nearest: self.nearest(name, scan) });
        }
        let departures = Departures {
            inactive_days: request.inactive_days,
            left: unique(left),
            leaving: unique(leaving),
            entries: self.left.len(),
            unknown: self.unknown(left, scan),
        };
        let line_limit = line_limit(request.loss_by, scan);
        Ok(KnowledgeOptions { grouping: request.grouping, departures, line_limit })
    }

    /// The entries of the list of people who left that match no author.
    fn unknown(&self, left: &[Vec<AuthorIdx>], scan: &Scan) -> Vec<UnknownPerson> {
        let unknown = self.left.iter().zip(left).filter(|(_, found)| found.is_empty()).enumerate();
        unknown
            .map(|(position, ((line, name), _))| UnknownPerson {
                line: *line,
                name: self.are_named.then(|| name.clone()),
                nearest: if position < MAX_SUGGESTIONS { self.nearest(name, scan) } else { None },
            })
            .collect()
    }

    /// The name or address most similar to one that matches no author.
    fn nearest(&self, name: &str, scan: &Scan) -> Option<String> {
        // A suggestion would show the name that `--anonymize` hides.
        if !self.are_named {
            return None;
        }
        let known =
            scan.authors.iter().flat_map(|author| [author.name.to_string(), author.email.to_string()]);
        closest_person(name, &known.collect::<Vec<_>>())
    }
}

fn unique(found: &[Vec<AuthorIdx>]) -> Vec<AuthorIdx> {
    let mut people: Vec<AuthorIdx> = found.iter().flatten().copied().collect();
    // A person may be listed by name and by address.
    people.sort_unstable();
    people.dedup();
    people
}
