//! Language, class and complexity of every file of the scanned tree.

use debtscan_complexity::{Limit, Limits, Measurer};
use debtscan_model::{FileClass, PresentFile, SkipReason, SkipSubject, Skipped};
use rayon::ThreadPool;

use crate::cache::files::KnownFile;
use crate::cache::store::Store;
use crate::classify::class;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::objects::{Objects, Unreadable};
use debtscan_git::open::Opened;
use debtscan_git::similarity::is_binary;
use debtscan_git::tree::TreeFile;
use crate::options::Measure;
use crate::ordered;
use crate::progress::{Phase, Progress};
use crate::table::measured::{Depth, Measured};
use crate::table::paths::PathTable;

/// Most files per unit of parallel work.
const FILES_PER_CHUNK: usize = 32;
/// Units that the files without a known result are divided into, where these are few: the threads are done at
/// about the same time.
const LEAST_CHUNKS: usize = 64;

/// Measures every file of the tree: same length and order as `tree`. The paths of the table have `attributes` and, by
/// themselves, `classes`.
pub(crate) fn measure_tree(
    pool: &ThreadPool,
    opened: &Opened,
    tree: &[TreeFile],
    (paths, attributes, classes): (&PathTable, &[PathAttributes], &[FileClass]),
    store: &Store,
    (measure, progress): (Measure, &dyn Progress),
) -> Vec<Measured> {
    progress.begin(Phase::Measure, Some(tree.len() as u64));
    // What takes long comes first.
    let (known, new): (Vec<_>, Vec<_>) =
        tree.iter().enumerate().partition(|(_, file)| store.has_measured(&file.id));
    let files_per_new_chunk = (new.len() / LEAST_CHUNKS).clamp(1, FILES_PER_CHUNK);
    let chunks: Vec<&[(usize, &TreeFile)]> =
        new.chunks(files_per_new_chunk).chain(known.chunks(FILES_PER_CHUNK)).collect();
    let known = |file: &TreeFile, path, depth| {
        if file.kind.is_regular() { store.file(file, &attributes[path], depth) } else { None }
    };
    let depth = |path: usize| match measure {
        Measure::Tree | Measure::TreeAndImports => Some(Depth::Parsed),
        Measure::Source => Some(if may_be_source(classes[path]) { Depth::Parsed } else { Depth::Read }),
        Measure::Nothing => None,
    };
    let make_worker = || (opened.objects.handle(), Measurer::new());
    let measured = ordered::map(pool, &chunks, make_worker, |(objects, measurer), chunk| {
        let mut measure_one = |file: &TreeFile| {
            let path = paths.find(file.path.as_bstr()).expect("the table holds every path of the tree");
            let by_path = (&attributes[path], classes[path]);
            let Some(depth) = depth(path) else {
                return unmeasured(file, path, by_path, None);
            };
            match known(file, path, depth) {
                Some(known) => already_measured(file, path, known, depth),
                None => measure_file((objects, measurer, store), file, path, by_path, depth),
            }
        };
        let results: Vec<(usize, Measured)> =
            chunk.iter().map(|(position, file)| (*position, measure_one(file))).collect();
        progress.advance(chunk.len() as u64);
        results
    });
    let mut measured: Vec<(usize, Measured)> = measured.into_iter().flatten().collect();
    measured.sort_unstable_by_key(|(position, _)| *position);
    measured.into_iter().map(|(_, measured)| measured).collect()
}

/// Whether a file of which the path says so could be source.
fn may_be_source(class: FileClass) -> bool {
    // Of these classes, none but `Generated` asks for content, and nothing in the content makes
    // source of a file that its path makes one of them.
    !matches!(class, FileClass::Vendored | FileClass::Generated | FileClass::Test | FileClass::Example)
}

fn measure_file(
    (objects, measurer, store): (&mut Objects, &mut Measurer, &Store),
    file: &TreeFile,
    path: usize,
    (attributes, by_path): (&PathAttributes, FileClass),
    depth: Depth,
) -> Measured {
    let unmeasured = |reason| unmeasured(file, path, (attributes, by_path), reason);
    if !file.kind.is_regular() {
        return unmeasured(None);
    }
    let content = match objects.blob(&file.id) {
        Ok(content) => content,
        Err(Unreadable::Damaged) => {
            return unmeasured(Some(SkipReason::UnreadableObject));
        }
        Err(Unreadable::TooLarge) => {
            return unmeasured(Some(SkipReason::TooLargeToParse));
        }
    };
    let bytes = content.len() as u64;
    if is_binary(&content) {
        let class = class::class(&file.path, None, None, attributes);
        return Measured {
            path,
            class: if class == FileClass::Source { FileClass::Other } else { class },
            present: PresentFile { language: None, bytes, complexity: None },
            skipped: None,
            depth: Depth::Parsed,
            is_worth_keeping: true,
        };
    }
    let language = class::language(&file.path, Some(&content), attributes);
    let class = class::class_of_content(by_path, &file.path, &content, language, attributes);
    if depth == Depth::Read {
        return Measured {
            path,
            class,
            present: PresentFile { language, bytes, complexity: None },
            skipped: None,
            depth,
            is_worth_keeping: true,
        };
    }
    if let Some(known) = store.same_content(&file.id, language) {
        let complexity = known.complexity.clone();
        return Measured {
            path,
            class,
            present: PresentFile { language, bytes, complexity },
            skipped: known.reason.map(|reason| skip(file, reason)),
            depth,
            is_worth_keeping: true,
        };
    }
    let measurement = measurer.measure(language, &content, &Limits::default());
    let reason = measurement.limited.map(|limit| match limit {
        Limit::TooLarge => SkipReason::TooLargeToParse,
        Limit::ParseBudget => SkipReason::ParseTimeout,
    });
    Measured {
        path,
        class,
        present: PresentFile { language, bytes, complexity: Some(measurement.complexity) },
        skipped: reason.map(|reason| skip(file, reason)),
        depth,
        is_worth_keeping: true,
    }
}

/// A file that an earlier scan has measured, perhaps more closely than this one wants.
fn already_measured(file: &TreeFile, path: usize, known: &KnownFile, depth: Depth) -> Measured {
    let is_parsed = depth == Depth::Parsed;
    Measured {
        path,
        class: known.class,
        present: PresentFile {
            language: known.language,
            bytes: known.bytes,
            complexity: known.complexity.clone().filter(|_| is_parsed),
        },
        skipped: known.reason.filter(|_| is_parsed).map(|reason| skip(file, reason)),
        depth: known.depth,
        is_worth_keeping: true,
    }
}

/// A file of which only the name is known.
fn unmeasured(
    file: &TreeFile,
    path: usize,
    (attributes, by_path): (&PathAttributes, FileClass),
    reason: Option<SkipReason>,
) -> Measured {
    let is_regular = file.kind.is_regular();
    let language = if is_regular { class::language(&file.path, None, attributes) } else { None };
    Measured {
        path,
        // A link or a submodule is in no language, whatever its name.
        class: if is_regular { by_path } else { class::class(&file.path, None, None, attributes) },
        present: PresentFile { language, bytes: 0, complexity: None },
        skipped: reason.map(|reason| skip(file, reason)),
        depth: Depth::Read,
        is_worth_keeping: false,
    }
}

fn skip(file: &TreeFile, reason: SkipReason) -> Skipped {
    Skipped { reason, subject: SkipSubject::Path(file.path.clone()) }
}
