//! The names that folders had before they were renamed, as far as the history shows.

use std::collections::BTreeMap;
use std::ops::Range;

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::{ChangeKind, CommitIdx, RepoPath, Scan};

/// Renames of one folder that are followed; more is a circle.
const MOST_RENAMES: usize = 16;

/// The oldest name of each folder that was renamed, by its present name; only renamed folders.
///
/// A folder was renamed when the first commit that put files into it took at least half of them from one other
/// folder, each from the same place in it, and nothing is left there now. So what happened later does not
/// change the answer. Of several folders that came out of one, the one that took most files keeps its name.
pub(super) fn oldest_names(
    scan: &Scan,
    folders: impl IntoIterator<Item = BString>,
) -> BTreeMap<BString, BString> {
    let is_present = |folder: &BStr| {
        let files = &scan.files[below(&scan.files, |file| &file.path, folder)];
        files.iter().any(|file| file.present.is_some())
    };
    let first_commits = first_commits(scan);
    let mut oldest: BTreeMap<BString, BString> = BTreeMap::new();
    // What is looked for, and the present folder that it is the older name of.
    let mut open: BTreeMap<BString, BString> = folders
        .into_iter()
        .filter(|folder| !folder.is_empty())
        .map(|folder| (folder.clone(), folder))
        .collect();
    for _ in 0..MOST_RENAMES {
        let origins = origins(scan, &first_commits, &open);
        let mut next: BTreeMap<BString, (usize, BString)> = BTreeMap::new();
        for (folder, (origin, files)) in origins {
            // A folder that still exists was split, not renamed, and an old name has one heir.
            if is_present(origin.as_bstr()) || oldest.values().any(|name| *name == origin) {
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

/// By path, the first commit that put something there; `None` for a path that was only ever deleted.
fn first_commits(scan: &Scan) -> Vec<Option<CommitIdx>> {
    let mut first = vec![None; scan.paths.len()];
    for change in scan.changes.iter().filter(|change| change.kind != ChangeKind::Deleted) {
        first[change.path.get()].get_or_insert(change.commit);
    }
    first
}

/// The folder that each of some folders came from, and how many files came with it.
fn origins(
    scan: &Scan,
    first_commits: &[Option<CommitIdx>],
    folders: &BTreeMap<BString, BString>,
) -> BTreeMap<BString, (BString, usize)> {
    let mut origins = BTreeMap::new();
    for folder in folders.keys() {
        let inside = below(&scan.paths, |path| path, folder.as_bstr());
        // Commits are numbered in the order of history, so that the smallest is the first.
        let Some(first) = first_commits[inside.clone()].iter().flatten().min() else { continue };
        let mut files = 0;
        // Folders that files came from, with how many.
        let mut from: Vec<(&[u8], usize)> = Vec::new();
        for change in &scan.changes[scan.changes_of(*first)] {
            if change.kind == ChangeKind::Deleted || !inside.contains(&change.path.get()) {
                continue;
            }
            files += 1;
            let ChangeKind::Renamed { from: old } = change.kind else { continue };
            let rest = &scan.path(change.path).as_bytes()[folder.len()..];
            let Some(origin) = scan.path(old).as_bytes().strip_suffix(rest) else { continue };
            if origin.is_empty() || origin == folder.as_bytes() {
                continue;
            }
            match from.iter_mut().find(|(known, _)| *known == origin) {
                Some((_, files)) => *files += 1,
                None => from.push((origin, 1)),
            }
        }
        // Of equal origins the first by name.
        let most = from.into_iter().max_by(|(a, of_a), (b, of_b)| of_a.cmp(of_b).then_with(|| b.cmp(a)));
        if let Some((origin, count)) = most.filter(|(_, count)| count * 2 >= files) {
            origins.insert(folder.clone(), (origin.into(), count));
        }
    }
    origins
}

/// The range of a folder's contents, at any depth, in a list that is sorted by path.
fn below<T>(list: &[T], path: impl Fn(&T) -> &RepoPath, folder: &BStr) -> Range<usize> {
    // All that starts with `folder/` sorts from that to before `folder0`, the next byte.
    let until = |last: u8| {
        let border = [folder.as_bytes(), &[last]].concat();
        list.partition_point(|entry| path(entry).as_bytes() < border.as_slice())
    };
    until(b'/')..until(b'/' + 1)
}
