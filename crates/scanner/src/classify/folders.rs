//! The parts of a path that conventions look at.

use bstr::{BStr, ByteSlice};
use debtscan_model::RepoPath;

/// The folders of a path whose names may say that its files are no product code.
///
/// Below `src/main` of Gradle, Maven and sbt (`src/commonMain` and the like of Kotlin) everything ships, whatever its
/// packages are called.
pub(super) fn telling(path: &RepoPath) -> Vec<&[u8]> {
    let folder = path.folder();
    if folder.is_empty() {
        return Vec::new();
    }
    let folders: Vec<&[u8]> = folder.split(|byte| *byte == b'/').collect();
    match main_root(&folders) {
        Some(end) => folders[..end].to_vec(),
        None => folders,
    }
}

/// Whether a path lies below `src/main` or the like.
pub(super) fn is_main(path: &RepoPath) -> bool {
    let folder = path.folder();
    !folder.is_empty() && main_root(&folder.split(|byte| *byte == b'/').collect::<Vec<_>>()).is_some()
}

fn main_root(folders: &[&[u8]]) -> Option<usize> {
    let is_main = |pair: &[&[u8]]| pair[0] == b"src" && (pair[1] == b"main" || pair[1].ends_with(b"Main"));
    folders.windows(2).position(is_main).map(|at| at + 2)
}

/// Whether one of the telling folders has one of these names, in any letter case.
pub(super) fn has_one(path: &RepoPath, names: &[&str]) -> bool {
    telling(path).iter().any(|part| names.iter().any(|name| part.eq_ignore_ascii_case(name.as_bytes())))
}

/// The stem and the extension of a file name; a name without a dot has no extension.
pub(super) fn split_extension(name: &BStr) -> (&[u8], &[u8]) {
    match name.rfind_byte(b'.') {
        // The dot of `.gitignore` begins a name, not an extension.
        Some(dot) if dot > 0 => (&name[..dot], &name[dot + 1..]),
        _ => (name, b""),
    }
}
