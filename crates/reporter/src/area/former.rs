//! Ids that an area had: what its folder was called before it was renamed.

use std::collections::BTreeMap;

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::{FileIdx, Scan};

use super::folders::{ancestors, name_of};
use super::{AreaMap, slug};

/// The ids that an area would have had by the names that the folder of its files had before: those
/// under which at least half of its present files stood, sorted, without ids that areas have now.
///
/// An id is made from a folder's name, so renaming the folder changes it; these tie the new id to the
/// old one. Only renames of the folder itself count, not moves of single files.
pub fn former_ids(scan: &Scan, map: &AreaMap, area: usize) -> Vec<String> {
    let area = &map.areas[area];
    let present: Vec<FileIdx> =
        area.files.iter().copied().filter(|file| scan.file(*file).present.is_some()).collect();
    let Some(folder) = common_folder(scan, &present) else { return Vec::new() };
    let mut counts: BTreeMap<BString, usize> = BTreeMap::new();
    for file in &present {
        let file = scan.file(*file);
        let rest = &file.path.as_bytes()[folder.len()..];
        let mut olds: Vec<&BStr> = file
            .aliases
            .iter()
            .filter_map(|alias| scan.path(*alias).as_bytes().strip_suffix(rest))
            .map(ByteSlice::as_bstr)
            .filter(|old| !old.is_empty())
            .collect();
        olds.sort_unstable();
        olds.dedup();
        for old in olds {
            *counts.entry(old.to_owned()).or_insert(0) += 1;
        }
    }
    let was_most = counts.into_iter().filter(|(_, files)| *files * 2 >= present.len());
    let mut ids: Vec<String> = was_most.map(|(old, _)| slug(&name_of(old.as_bstr()))).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| map.areas.iter().all(|known| known.id != *id));
    ids
}

/// The innermost folder that holds all of the files; `None` when that is the root, or there are none.
fn common_folder<'a>(scan: &'a Scan, files: &[FileIdx]) -> Option<&'a BStr> {
    let first = scan.file(*files.first()?).path.folder();
    let holds_all = |folder: &BStr| {
        files.iter().all(|file| {
            let path = scan.file(*file).path.as_bytes();
            path.strip_prefix(folder.as_bytes()).is_some_and(|rest| rest.starts_with(b"/"))
        })
    };
    ancestors(first).find(|folder| !folder.is_empty() && holds_all(folder))
}
