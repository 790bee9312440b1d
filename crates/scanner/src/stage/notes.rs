//! Finding debt comments in the scanned tree.

use debtscan_complexity::{Limits, may_have_markers};
use debtscan_model::{FileClass, FileIdx, PresentFile, Scan, SkipReason, SkipSubject, Skipped, TodoComment};
use rayon::ThreadPool;

use crate::ordered;
use crate::progress::{Phase, Progress};
use crate::stage::measure::parse_memory;
use debtscan_git::id::ObjectId;
use debtscan_git::objects::Objects;
use debtscan_git::open::OpenRepository;
use debtscan_git::similarity::is_binary;
use debtscan_git::tree;
use debtscan_worker::{FileParser, Parsers};

/// Files per task.
const FILES_PER_CHUNK: usize = 64;

/// Debt comments, and the files that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Sorted by path and line, without the commits that wrote them.
    pub comments: Vec<TodoComment>,
    /// Files that could not be read.
    pub skipped: Vec<Skipped>,
}

/// A file whose comments are read.
struct NoteTask<'a> {
    file: FileIdx,
    present: &'a PresentFile,
    blob: ObjectId,
}

/// Finds the debt comments in the present source, test and example files of a scan.
pub(crate) fn find(
    pool: &ThreadPool,
    opened: &OpenRepository,
    parsers: &Parsers,
    scan: &Scan,
    is_anonymous: bool,
    progress: &dyn Progress,
) -> Notes {
    let (tree, _) = tree::list(&mut opened.objects.handle(), opened.tree);
    let tasks: Vec<NoteTask<'_>> = (0..scan.files.len())
        .filter_map(|position| {
            let file = &scan.files[position];
            let is_code = matches!(file.class, FileClass::Source | FileClass::Test | FileClass::Example);
            // Binary and skipped content has no complexity.
            let present = file.present.as_ref().filter(|it| is_code && it.complexity.is_some())?;
            let found = tree.binary_search_by(|entry| entry.path.cmp(&file.path)).ok()?;
            Some(NoteTask { file: FileIdx::new(position), present, blob: tree[found].id })
        })
        .collect();
    progress.begin(Phase::Comments, Some(tasks.len() as u64));
    let chunks: Vec<_> = tasks.chunks(FILES_PER_CHUNK).collect();
    let make_worker = || (opened.objects.handle_of_worker(), parsers.parser());
    let found = ordered::map(pool, &chunks, make_worker, |(objects, parser), chunk| {
        let notes = chunk.iter().map(|task| {
            let notes = notes_of(objects, parser, task);
            objects.release_memory();
            notes
        });
        let notes: Vec<Result<Vec<TodoComment>, FileIdx>> = notes.collect();
        progress.advance(chunk.len() as u64);
        notes
    });
    let mut notes = Notes::default();
    for result in found.into_iter().flatten() {
        match result {
            Ok(found) => notes.comments.extend(found),
            Err(file) => notes.skipped.push(Skipped {
                reason: SkipReason::UnreadableObject,
                subject: SkipSubject::Path(scan.file(file).path.clone()),
            }),
        }
    }
    if is_anonymous {
        // The text may name people: `TODO(ada)` is common.
        for note in &mut notes.comments {
            note.text.clear();
        }
    }
    notes
}

/// Finds the comments of one file; the error is the file if it cannot be read.
fn notes_of(
    objects: &mut Objects,
    parser: &mut FileParser<'_>,
    task: &NoteTask<'_>,
) -> Result<Vec<TodoComment>, FileIdx> {
    // It was readable when the scan measured it, but the repository can change in between.
    let content = objects.blob(&task.blob).map_err(|_| task.file)?;
    if is_binary(&content) || !may_have_markers(&content) {
        return Ok(Vec::new());
    }
    objects.reserve_memory(parse_memory(&content));
    let markers = parser.markers(task.present.language, &content, &Limits::default());
    let note = |marker: debtscan_complexity::Marker| TodoComment {
        file: task.file,
        line: marker.line,
        word: marker.word,
        text: marker.text,
        by_syntax_tree: markers.by_syntax_tree,
        written: None,
    };
    Ok(markers.found.into_iter().map(note).collect())
}
