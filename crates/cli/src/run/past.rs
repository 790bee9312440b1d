//! The straight line of the commands that look into the past of lines and trees.

use debtscan_findings::Grouping;
use debtscan_model::FileIdx;
use debtscan_render::List;
use debtscan_reporter::trend::TrendSubject;
use debtscan_reporter::{ListInput, knowledge, todos, trend};
use debtscan_scanner::{Keep, LineLimits, TimelineOptions};

use super::{finish, open, write_list};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::settings::{KnowledgeQuestion, ReportSettings, TrendQuestion};

/// `debtscan knowledge`
pub(super) fn knowledge(settings: &ReportSettings, question: &KnowledgeQuestion) -> Result<Outcome, Failure> {
    let incidents = debtscan_incidents::read(&settings.incident_files, &settings.read)?;
    let history = &settings.history;
    let bar = Bar::new(history.voice.noise);
    let mut repository = open(history)?;
    let scan = repository.scan(Keep::LineHistory, &bar)?;
    let options = question.options(&scan)?;
    let lines = match question.files_by_line(&scan) {
        Some(files) => Some(repository.lines(&scan, &files, LineLimits::default(), &bar)?),
        None => None,
    };
    drop(bar);
    finish(repository, history);
    let input = ListInput { scan: &scan, incidents: &incidents, options: &settings.report };
    let list = knowledge::knowledge(input, lines.as_ref(), &options)?;
    write_list(history, &list.head, List::Knowledge(&list))
}

/// `debtscan trend`
pub(super) fn trend(settings: &ReportSettings, question: &TrendQuestion) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = debtscan_incidents::read(&settings.incident_files, &settings.read)?;
    let bar = Bar::new(history.voice.noise);
    let mut repository = open(history)?;
    let scan = repository.scan(Keep::Nothing, &bar)?;
    let report = &settings.report;
    let subject = TrendSubject::find(&scan, &question.target, question.function.as_deref(), report)?;
    let plan = TimelineOptions { paths: subject.names(&scan), ..question.timeline.clone() };
    let trees = repository.past_trees(&plan)?;
    let wanted = subject.select(&scan, &trees.paths(), report)?;
    let timeline = repository.timeline(trees, |path| wanted.contains(path), &bar)?;
    drop(bar);
    finish(repository, history);
    let input = ListInput { scan: &scan, incidents: &incidents, options: report };
    let list = trend::trend(input, &subject, &timeline, question.every.clone())?;
    write_list(history, &list.head, List::Trend(&list))
}

/// `debtscan todos`
pub(super) fn todos(settings: &ReportSettings, grouping: Grouping) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = debtscan_incidents::read(&settings.incident_files, &settings.read)?;
    let bar = Bar::new(history.voice.noise);
    let mut repository = open(history)?;
    let scan = repository.scan(Keep::LineHistory, &bar)?;
    let mut notes = repository.notes(&scan, &bar)?;
    let mut files: Vec<FileIdx> = notes.comments.iter().map(|note| note.file).collect();
    files.dedup();
    let lines = repository.lines(&scan, &files, LineLimits::default(), &bar)?;
    drop(bar);
    finish(repository, history);
    for note in &mut notes.comments {
        note.written = lines.of(note.file).and_then(|lines| lines.writer(note.line));
    }
    let input = ListInput { scan: &scan, incidents: &incidents, options: &settings.report };
    let list = todos::todos(input, &notes.comments, notes.skipped.len(), grouping)?;
    write_list(history, &list.head, List::Todos(&list))
}
