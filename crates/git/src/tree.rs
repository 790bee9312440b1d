//! Tree objects: parsing their raw bytes, and listing a whole tree.

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::{RepoPath, SkipReason, SkipSubject, Skipped};
use gix::ObjectId;

use crate::id::commit_id;
use crate::objects::{Objects, Unreadable};
use crate::tree_budget::TreeBudget;

/// The kind of a tree entry. File modes are reduced as in git: an odd mode such as 100664 is a plain file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A plain file.
    File,
    /// An executable file.
    Executable,
    /// A symbolic link.
    Symlink,
    /// A folder.
    Folder,
    /// A commit of another repository.
    Submodule,
}

impl EntryKind {
    fn from_mode(mode: u32) -> Self {
        match mode & 0o170_000 {
            0o040_000 => Self::Folder,
            0o120_000 => Self::Symlink,
            0o100_000 if mode & 0o100 != 0 => Self::Executable,
            0o100_000 => Self::File,
            // git's `canon_mode` reads every other mode as that of a submodule.
            _ => Self::Submodule,
        }
    }

    /// True for a regular file, executable or not.
    pub fn is_regular(self) -> bool {
        matches!(self, Self::File | Self::Executable)
    }
}

/// An entry of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TreeEntry<'a> {
    pub(crate) name: &'a BStr,
    pub(crate) kind: EntryKind,
    id: &'a [u8],
}

impl TreeEntry<'_> {
    pub(crate) fn id(&self) -> ObjectId {
        ObjectId::from_bytes_or_panic(self.id)
    }

    /// True if both name the same object.
    pub(crate) fn same_object(&self, other: &Self) -> bool {
        self.id == other.id
    }

    /// The order of entries in a tree: folders compare as if their name ended in `/`.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let common = self.name.len().min(other.name.len());
        self.name[..common].cmp(&other.name[..common]).then_with(|| {
            let next = |entry: &Self| {
                // git sorts `a.c` between a file `a` and a folder `a`. Comparing plain names would
                // miss pairs.
                entry.name.get(common).copied().unwrap_or(if entry.kind == EntryKind::Folder {
                    b'/'
                } else {
                    0
                })
            };
            next(self).cmp(&next(other))
        })
    }
}

/// Iterates over the raw bytes of a tree object. A malformed rest is an error.
pub(crate) struct Entries<'a> {
    rest: &'a [u8],
    hash_len: usize,
}

impl<'a> Entries<'a> {
    pub(crate) fn new(tree: &'a [u8], hash: gix::hash::Kind) -> Self {
        Self { rest: tree, hash_len: hash.len_in_bytes() }
    }

    /// Skips the common leading entries of both, because neighbouring trees have most entries in common.
    pub(crate) fn skip_equal(&mut self, other: &mut Self) {
        const BLOCK: usize = 64;
        let blocks = self.rest.chunks_exact(BLOCK).zip(other.rest.chunks_exact(BLOCK));
        let whole = BLOCK * blocks.take_while(|(a, b)| a == b).count();
        let tail = self.rest[whole..].iter().zip(&other.rest[whole..]).take_while(|(a, b)| a == b);
        let common = whole + tail.count();
        let mut at = 0;
        // Neither a mode nor a name contains a NUL, so the first one ends the name.
        while let Some(nul) = self.rest[at..common].find_byte(0) {
            let end = at + nul + 1 + self.hash_len;
            // The ids of this entry differ or are cut off, so the entry itself must be compared.
            if end > common {
                break;
            }
            at = end;
        }
        self.rest = &self.rest[at..];
        other.rest = &other.rest[at..];
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<TreeEntry<'a>, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let Some((entry, rest)) = parse_entry(self.rest, self.hash_len) else {
            self.rest = &[];
            return Some(Err(Unreadable::Damaged));
        };
        self.rest = rest;
        Some(Ok(entry))
    }
}

fn parse_entry(bytes: &[u8], hash_len: usize) -> Option<(TreeEntry<'_>, &[u8])> {
    // Modes are short. Without a bound, a malformed tree would be searched to its end.
    let space = bytes.iter().take(8).position(|byte| *byte == b' ')?;
    let mut mode = 0_u32;
    for digit in &bytes[..space] {
        if !(b'0'..=b'7').contains(digit) {
            return None;
        }
        mode = mode << 3 | u32::from(digit - b'0');
    }
    let bytes = &bytes[space + 1..];
    let nul = bytes.find_byte(0)?;
    let name = bytes[..nul].as_bstr();
    let bytes = &bytes[nul + 1..];
    // `git fsck` refuses an empty name too, and it would join to a path that ends in `/`.
    if name.is_empty() || bytes.len() < hash_len {
        return None;
    }
    let entry = TreeEntry { name, kind: EntryKind::from_mode(mode), id: &bytes[..hash_len] };
    Some((entry, &bytes[hash_len..]))
}

/// A file of the scanned tree.
#[derive(Debug, Clone)]
pub struct TreeFile {
    /// Its path.
    pub path: RepoPath,
    /// Its blob.
    pub id: ObjectId,
    /// Its kind.
    pub kind: EntryKind,
}

/// Lists the files of a tree, sorted by path. Submodules, unreadable folders and unrepresentable paths are
/// skipped, and so is the rest of a tree with far more paths than its objects could hold.
pub fn list(objects: &mut Objects, tree: ObjectId) -> (Vec<TreeFile>, Vec<Skipped>) {
    let mut files = Vec::new();
    let mut skipped = Vec::new();
    // A list instead of recursion, because a hostile tree can nest deeper than the stack.
    let mut pending = vec![(BString::default(), tree)];
    let mut budget = TreeBudget::new();
    while let Some((folder, id)) = pending.pop() {
        let mut is_whole = true;
        if let Ok(data) = objects.tree(&id) {
            let _checked_below = budget.walk(id, data.len());
            for entry in Entries::new(&data, id.kind()) {
                let Ok(entry) = entry else {
                    is_whole = false;
                    continue;
                };
                if budget.path(folder.len(), entry.name.len()).is_err() {
                    break;
                }
                let path = join(folder.as_bstr(), entry.name);
                if entry.kind == EntryKind::Folder {
                    pending.push((path, entry.id()));
                    continue;
                }
                match RepoPath::new(Vec::from(path)) {
                    Ok(path) if entry.kind == EntryKind::Submodule => skipped
                        .push(Skipped { reason: SkipReason::Submodule, subject: SkipSubject::Path(path) }),
                    Ok(path) => files.push(TreeFile { path, id: entry.id(), kind: entry.kind }),
                    Err(_) => is_whole = false,
                }
            }
        } else {
            is_whole = false;
        }
        if !is_whole {
            let subject = RepoPath::new(Vec::from(folder))
                .map_or_else(|_root| SkipSubject::Commit(commit_id(&id)), SkipSubject::Path);
            skipped.push(Skipped { reason: SkipReason::UnreadableObject, subject });
        }
        if budget.check().is_err() {
            let subject = SkipSubject::Commit(commit_id(&tree));
            skipped.push(Skipped { reason: SkipReason::TooManyPaths, subject });
            break;
        }
    }
    // Folders are visited last in, first out, and after all files of their parent.
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, skipped)
}

/// Returns the object at a path of a tree; `None` if it is missing or unreadable.
pub fn entry_at(objects: &mut Objects, tree: ObjectId, path: &RepoPath) -> Option<ObjectId> {
    let mut at = tree;
    for name in path.components() {
        let data = objects.tree(&at).ok()?;
        // Missing and unreadable entries need not be distinguished: callers compare two trees.
        let mut entries = Entries::new(&data, at.kind()).map_while(Result::ok);
        at = entries.find(|entry| entry.name == name)?.id();
    }
    Some(at)
}

/// Joins `folder/name`; the root folder is empty.
pub(crate) fn join(folder: &BStr, name: &BStr) -> BString {
    if folder.is_empty() {
        return name.to_owned();
    }
    let mut path = BString::from(Vec::with_capacity(folder.len() + 1 + name.len()));
    path.extend_from_slice(folder);
    path.push(b'/');
    path.extend_from_slice(name);
    path
}

#[cfg(test)]
mod tests {
    use super::Entries;
    use gix::hash::Kind;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn arbitrary_bytes_are_entries_or_damage(
            a in prop::collection::vec(any::<u8>(), 0..200), b in prop::collection::vec(any::<u8>(), 0..200)
        ) {
            for kind in [Kind::Sha1, Kind::Sha256] {
                let (mut first, mut second) = (Entries::new(&a, kind), Entries::new(&b, kind));
                first.skip_equal(&mut second);
                let n_read = first.chain(second).flatten().count();
                // A mode of one digit, a space, a name of one byte, a NUL and an id.
                prop_assert!(n_read <= (a.len() + b.len()) / (4 + kind.len_in_bytes()));
            }
        }
    }
}
