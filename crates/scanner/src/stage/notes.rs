//! Comments of the scanned tree that admit debt.

use debtscan_complexity::{Limits, Measurer, may_have_markers};
use debtscan_model::{DebtNote, FileClass, FileIdx, PresentFile, Scan, SkipReason, SkipSubject, Skipped};

use crate::error::ScanError;
use crate::git::id::ObjectId;
use crate::git::objects::Objects;
use crate::git::similarity::is_binary;
use crate::git::{open, tree};
use crate::options::ScanOptions;
use crate::ordered;
use crate::progress::{Phase, Progress};
use crate::threads::start_threads;

/// Files per unit of parallel work.
const FILES_PER_CHUNK: usize = 64;

/// Finds the comments that admit debt in the present source, test and example files of a scan, by path
/// and line. When they were written is not looked up.
///
/// # Errors
/// When the repository can no longer be opened.
pub fn debt_notes(
    options: &ScanOptions,
    scan: &Scan,
    progress: &dyn Progress,
) -> Result<(Vec<DebtNote>, Vec<Skipped>), ScanError> {
    let pool = start_threads(options.threads)?;
    let opened = open::open(&options.path, &scan.repository.revision.to_string())?;
    let (tree, _) = tree::list(&mut opened.objects.handle(), opened.tree);
    let files: Vec<(FileIdx, &PresentFile, ObjectId)> = (0..scan.files.len())
        .filter_map(|position| {
            let file = &scan.files[position];
            let is_code = matches!(file.class, FileClass::Source | FileClass::Test | FileClass::Example);
            // Binary content and what was skipped have no complexity.
            let present = file.present.as_ref().filter(|it| is_code && it.complexity.is_some())?;
            let found = tree.binary_search_by(|entry| entry.path.cmp(&file.path)).ok()?;
            Some((FileIdx::new(position), present, tree[found].id))
        })
        .collect();
    progress.begin(Phase::Comments, Some(files.len() as u64));
    let chunks: Vec<_> = files.chunks(FILES_PER_CHUNK).collect();
    let make_worker = || (opened.objects.handle(), Measurer::new());
    let found = ordered::map(&pool, &chunks, make_worker, |(objects, measurer), chunk| {
        let notes = chunk.iter().map(|file| notes_of(objects, measurer, *file));
        let notes: Vec<Result<Vec<DebtNote>, FileIdx>> = notes.collect();
        progress.advance(chunk.len() as u64);
        notes
    });
    let mut notes = Vec::new();
    let mut skipped = Vec::new();
    for result in found.into_iter().flatten() {
        match result {
            Ok(found) => notes.extend(found),
            Err(file) => skipped.push(Skipped {
                reason: SkipReason::UnreadableObject,
                subject: SkipSubject::Path(scan.file(file).path.clone()),
            }),
        }
    }
    if options.anonymize.is_some() {
        // `TODO(ada)` is the common form.
        for note in &mut notes {
            note.text.clear();
        }
    }
    Ok((notes, skipped))
}

/// The notes of one file; the file itself when it cannot be read.
fn notes_of(
    objects: &mut Objects,
    measurer: &mut Measurer,
    (file, present, blob): (FileIdx, &PresentFile, ObjectId),
) -> Result<Vec<DebtNote>, FileIdx> {
    let content = objects.blob(&blob).map_err(|_| file)?;
    if is_binary(&content) || !may_have_markers(&content) {
        return Ok(Vec::new());
    }
    let markers = measurer.markers(present.language, &content, &Limits::default());
    let note = |marker: debtscan_complexity::Marker| DebtNote {
        file,
        line: marker.line,
        word: marker.word,
        text: marker.text,
        by_syntax_tree: markers.by_syntax_tree,
        written: None,
    };
    Ok(markers.found.into_iter().map(note).collect())
}
