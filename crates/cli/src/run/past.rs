//! The straight line of the commands that look into the past of lines and trees.

use debtscan_model::{FileIdx, Lines, Scan};
use debtscan_reporter::render::List;
use debtscan_reporter::trend::TrendSubject;
use debtscan_reporter::{Grouping, ListInput, debt, knowledge, trend};
use debtscan_scanner::{LineLimits, PastTrees, ScanOptions, TimelineOptions};

use super::{scan, write_list};
use crate::exit::{self, Outcome};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::settings::{HistorySettings, KnowledgeQuestion, ReportSettings, TrendQuestion};

/// Scans, and finds who last wrote the lines of those files that `of_interest` names.
fn scan_with_lines(
    settings: &HistorySettings,
    of_interest: impl FnOnce(&Scan) -> Result<Option<Vec<FileIdx>>, Failure>,
) -> Result<(Scan, Option<Lines>), Failure> {
    let bar = Bar::new(settings.voice.noise);
    let cache = settings.cache.as_deref();
    let (scan, lineage, mut outcome) = debtscan_scanner::scan_with_lineage(&settings.scan, cache, &bar)?;
    let found = of_interest(&scan)?
        .map(|files| lineage.lines(&scan, &files, LineLimits::default(), &bar))
        .map(|found| {
            outcome.troubles.extend(found.troubles);
            found.lines
        });
    drop(bar);
    exit::tell_cache_troubles(&outcome.troubles, settings.voice);
    Ok((scan, found))
}

/// `debtscan knowledge`
pub(super) fn knowledge(settings: &ReportSettings, question: &KnowledgeQuestion) -> Result<Outcome, Failure> {
    let incidents = debtscan_incidents::read(&settings.incident_files, &settings.read)?;
    let mut options = None;
    let (scan, lines) = scan_with_lines(&settings.history, |scan| {
        options = Some(question.options(scan)?);
        Ok(question.files_by_line(scan))
    })?;
    let options = options.expect("the scan was asked");
    let input = ListInput { scan: &scan, incidents: &incidents, options: &settings.report };
    let list = knowledge::knowledge(input, lines.as_ref(), &options)?;
    write_list(&settings.history, &list.head, List::Knowledge(&list))
}

/// `debtscan trend`
pub(super) fn trend(settings: &ReportSettings, question: &TrendQuestion) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = debtscan_incidents::read(&settings.incident_files, &settings.read)?;
    let scan = scan(history)?;
    let report = &settings.report;
    let subject = TrendSubject::find(&scan, &question.target, question.function.as_deref(), report)?;
    // A branch may move while it is being looked at.
    let revision = scan.repository.revision.to_string();
    let options = ScanOptions { revision, ..history.scan.clone() };
    let plan = TimelineOptions { paths: subject.names(&scan), ..question.timeline.clone() };
    let bar = Bar::new(history.voice.noise);
    let trees = PastTrees::open(&options, &plan)?;
    let wanted = subject.select(&scan, &trees.paths(), report)?;
    let (timeline, outcome) =
        trees.measure(&options, |path| wanted.contains(path), history.cache.as_deref(), &bar)?;
    drop(bar);
    exit::tell_cache_troubles(&outcome.troubles, history.voice);
    let input = ListInput { scan: &scan, incidents: &incidents, options: report };
    let list = trend::trend(input, &subject, &timeline, question.every.clone())?;
    write_list(history, &list.head, List::Trend(&list))
}

/// `debtscan todos`
pub(super) fn todos(settings: &ReportSettings, grouping: Grouping) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = debtscan_incidents::read(&settings.incident_files, &settings.read)?;
    let bar = Bar::new(history.voice.noise);
    let mut found = None;
    let (scan, lines) = scan_with_lines(history, |scan| {
        let (notes, skipped) = debtscan_scanner::debt_notes(&history.scan, scan, &bar)?;
        let mut files: Vec<FileIdx> = notes.iter().map(|note| note.file).collect();
        files.dedup();
        found = Some((notes, skipped.len()));
        Ok(Some(files))
    })?;
    let (mut notes, unread) = found.expect("the scan was asked");
    for note in &mut notes {
        let lines = lines.as_ref().and_then(|lines| lines.of(note.file));
        note.written = lines.and_then(|lines| lines.writer(note.line));
    }
    let input = ListInput { scan: &scan, incidents: &incidents, options: &settings.report };
    let list = debt::debt(input, &notes, unread, grouping)?;
    write_list(history, &list.head, List::Todos(&list))
}
