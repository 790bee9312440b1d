//! The areas of paths of the past, by the present rules.

use debtscan_model::{Ancestry, File, FileClass, FileIdx, RepoPath, Scan};

use super::error::AreaError;
use super::map::AreaMap;
use debtscan_findings::{AreaRule, AreaSource};

/// Which of some paths, sorted and unique, belong to the area of a file of the scan.
///
/// The rules are those that the scanned revision gives: a path of the past is treated like a file that
/// was deleted, which no rule depends on and every rule places.
///
/// # Errors
/// As [`AreaMap::build`].
pub(crate) fn paths_of_area(
    scan: &Scan,
    source: AreaSource,
    rules: &[AreaRule],
    member: FileIdx,
    paths: &[&RepoPath],
) -> Result<Vec<RepoPath>, AreaError> {
    let past = paths.iter().filter(|path| scan.find_file(path).is_none()).map(|path| File {
        path: (*path).clone(),
        class: FileClass::Source,
        present: None,
        aliases: Vec::new(),
        history: Vec::new(),
    });
    let mut files: Vec<File> = scan.files.iter().map(without_history).chain(past).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    // History decides only the IDs of areas, not which files they have, so it stays empty.
    let everything = Scan {
        repository: scan.repository.clone(),
        window: scan.window,
        as_of: scan.as_of,
        authors: Vec::new(),
        bots: Vec::new(),
        merged: Vec::new(),
        namesakes: Vec::new(),
        found_people: Vec::new(),
        commits: Vec::new(),
        merges: Vec::new(),
        merge_facts: Vec::new(),
        outside_window: Vec::new(),
        later: Vec::new(),
        ancestry: Ancestry::default(),
        marks: Vec::new(),
        paths: Vec::new(),
        changes: Vec::new(),
        imports: Vec::new(),
        files,
        manifests: scan.manifests.clone(),
        code_owners: scan.code_owners.clone(),
        skipped: Vec::new(),
        whole: None,
    };
    let areas = AreaMap::build(&everything, source, rules)?;
    let area_of = |path: &RepoPath| everything.find_file(path).map(|file| areas.area_of[file.get()]);
    let wanted = area_of(&scan.file(member).path);
    Ok(paths.iter().filter(|path| area_of(path) == wanted).map(|path| (*path).clone()).collect())
}

fn without_history(file: &File) -> File {
    File {
        path: file.path.clone(),
        class: file.class,
        present: file.present.clone(),
        aliases: Vec::new(),
        history: Vec::new(),
    }
}
