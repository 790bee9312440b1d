//! The names that folders had before they were renamed, as far as history says.

use std::collections::BTreeMap;

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::{ChangeKind, CommitIdx, Scan};
use rustc_hash::FxHashMap;

use super::folders::ancestors;

/// Renames of one folder that are followed; more is a circle.
const MOST_RENAMES: usize = 16;

/// The oldest name of each folder that was renamed, by its present name; others are left out.
///
/// A folder was renamed when the first commit that put files into it took at least half of them from one other
/// folder, each from the same place in it, and nothing is left there now. So what happened later does not
/// change the answer. Of several folders that came out of one, the one that took most files keeps its name.
pub(super) fn oldest_names(
    scan: &Scan,
    folders: impl IntoIterator<Item = BString>,
) -> BTreeMap<BString, BString> {
    let present: std::collections::BTreeSet<&BStr> = scan
        .files
        .iter()
        .filter(|file| file.present.is_some())
        .flat_map(|file| ancestors(file.path.folder()))
        .collect();
    let mut oldest: BTreeMap<BString, BString> = BTreeMap::new();
    // What is looked for, and the present folder that it is the older name of.
    let mut open: BTreeMap<BString, BString> = folders
        .into_iter()
        .filter(|folder| !folder.is_empty())
        .map(|folder| (folder.clone(), folder))
        .collect();
    for _ in 0..MOST_RENAMES {
        let origins = origins(scan, &open);
        let mut next: BTreeMap<BString, (usize, BString)> = BTreeMap::new();
        for (folder, (origin, files)) in origins {
            if present.contains(origin.as_bstr()) || oldest.values().any(|name| *name == origin) {
                continue;
            }
            let heir = (files, open[&folder].clone());
            let known = next.entry(origin).or_insert_with(|| heir.clone());
            // Folders come sorted by name: the first of equals stays.
            if heir.0 > known.0 {
                *known = heir;
            }
        }
        if next.is_empty() {
            break;
        }
        open = next.into_iter().map(|(origin, (_, heir))| (origin, heir)).collect();
        oldest.extend(open.iter().map(|(origin, heir)| (heir.clone(), origin.clone())));
    }
    oldest
}

/// What the first commit with a folder put into it.
#[derive(Default)]
struct First {
    commit: Option<CommitIdx>,
    files: usize,
    /// Folders that files came from, with how many.
    from: Vec<(BString, usize)>,
}

/// The folder that each of some folders came from, and how many files came with it.
fn origins(scan: &Scan, folders: &BTreeMap<BString, BString>) -> BTreeMap<BString, (BString, usize)> {
    let mut first: FxHashMap<&BStr, First> =
        folders.keys().map(|folder| (folder.as_bstr(), First::default())).collect();
    for change in &scan.changes {
        if matches!(change.kind, ChangeKind::Deleted) {
            continue;
        }
        let path = scan.path(change.path);
        for folder in ancestors(path.folder()) {
            let Some(known) = first.get_mut(folder) else { continue };
            if *known.commit.get_or_insert(change.commit) != change.commit {
                continue;
            }
            known.files += 1;
            let ChangeKind::Renamed { from } = change.kind else { continue };
            let rest = &path.as_bytes()[folder.len()..];
            let Some(origin) = scan.path(from).as_bytes().strip_suffix(rest) else { continue };
            if origin.is_empty() || origin == folder.as_bytes() {
                continue;
            }
            match known.from.iter_mut().find(|(known, _)| *known == origin) {
                Some((_, files)) => *files += 1,
                None => known.from.push((origin.into(), 1)),
            }
        }
    }
    let mut origins = BTreeMap::new();
    for folder in folders.keys() {
        let First { files, from, .. } = first.remove(folder.as_bstr()).unwrap_or_default();
        let most = from.into_iter().max_by(|(a, of_a), (b, of_b)| of_a.cmp(of_b).then_with(|| b.cmp(a)));
        if let Some((origin, count)) = most.filter(|(_, count)| count * 2 >= files) {
            origins.insert(folder.clone(), (origin, count));
        }
    }
    origins
}
