//! Reading the imports of source and test files.

use debtscan_model::{FileClass, Import, Scan};
use rayon::ThreadPool;

use crate::ordered;
use debtscan_git::open::OpenRepository;
use debtscan_git::tree::TreeFile;

/// Files per task.
const FILES_PER_CHUNK: usize = 32;

/// Reads the imports of every file of a scan, in the order of its files; `None` for files without imports
/// to read and for unreadable ones, which the measuring stage reports.
pub(crate) fn read(
    pool: &ThreadPool,
    opened: &OpenRepository,
    tree: &[TreeFile],
    scan: &Scan,
) -> Vec<Option<Vec<Import>>> {
    let wanted: Vec<Option<(&TreeFile, debtscan_model::Language)>> = scan
        .files
        .iter()
        .map(|file| {
            let language = file.present.as_ref()?.language?;
            // Tests too: a test that imports its subject explains why both change together.
            let is_code = matches!(file.class, FileClass::Source | FileClass::Test);
            if !is_code || !debtscan_complexity::has_imports(language) {
                return None;
            }
            let position =
                tree.binary_search_by(|entry| entry.path.as_bytes().cmp(file.path.as_bytes())).ok()?;
            Some((&tree[position], language)).filter(|(entry, _)| entry.kind.is_regular())
        })
        .collect();
    let chunks: Vec<_> = wanted.chunks(FILES_PER_CHUNK).collect();
    let make_worker = || opened.objects.handle_of_worker();
    let read = ordered::map(pool, &chunks, make_worker, |objects, chunk| {
        let read_one = |wanted: &Option<(&TreeFile, debtscan_model::Language)>| {
            let (entry, language) = (*wanted)?;
            let content = objects.blob(&entry.id).ok()?;
            let found = debtscan_complexity::imports(language, &content);
            drop(content);
            objects.release_memory();
            found
        };
        chunk.iter().map(read_one).collect::<Vec<_>>()
    });
    read.into_iter().flatten().collect()
}
