//! The file next to the segments that caches edits between versions of files.
//!
//! It holds one record per present path: the blobs of its versions and the edits between them. Everything
//! is keyed by content, so a record can be incomplete but never wrong. The records are in a file of their
//! own because few runs need them; records of other paths are neither parsed nor changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bstr::{BStr, BString};

use super::codec::{Damaged, Reader, Texts, Writer};
use super::container::{self, Unusable};
use super::edits::{CachedEdits, EditKey};
use super::folder::{self, MAX_BYTES, RepositoryFolder};
use super::outcome::RunError;
use debtscan_git::error::Cause;
use debtscan_git::hunks::{FileEdit, Hunk, Move};
use debtscan_git::id::{ObjectId, object_id};
use debtscan_git::open::OpenRepository;

const FILE_NAME: &str = "versions";
const PATHS: u8 = 0;
const RECORDS: u8 = 1;

/// The cached edits of a repository.
pub(crate) struct LineCache {
    root: PathBuf,
    folder: RepositoryFolder,
    repository: PathBuf,
    hash_len: usize,
    /// The encoded record of each path, sorted by path.
    records: Vec<(BString, Vec<u8>)>,
}

impl LineCache {
    /// Reads the cached edits of a repository; `None` if nothing may be cached.
    pub(crate) fn open(cache: Option<&Path>, opened: &OpenRepository) -> (Option<Self>, Option<RunError>) {
        // The content of a replaced object differs from its id.
        let Some(root) = cache.filter(|_| !opened.has_replacements) else { return (None, None) };
        let folder = RepositoryFolder::new(root, &opened.identity.key);
        let repository = opened.identity.git_dir.clone();
        let hash_len = opened.revision.as_slice().len();
        let file = folder.path().join(FILE_NAME);
        let mut cache_error = None;
        let records = match folder::read(&file) {
            Ok(content) => parse(&content, hash_len).unwrap_or_else(|refused| {
                cache_error = (refused == Unusable::Damaged).then_some(RunError::Damaged { path: file });
                Vec::new()
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                cache_error = Some(RunError::Read { path: file, source: Cause::from(error) });
                Vec::new()
            }
        };
        (Some(Self { root: root.to_owned(), folder, repository, hash_len, records }), cache_error)
    }

    /// Returns the cached edits of a path; none if its record is damaged.
    pub(crate) fn get(&self, path: &BStr) -> CachedEdits {
        let found = self.records.binary_search_by(|(known, _)| BStr::new(known).cmp(path));
        let record = found.ok().map(|position| &self.records[position].1);
        record.and_then(|record| read_record(record, self.hash_len).ok()).unwrap_or_default()
    }

    /// Writes new edits, and removes the records of obsolete paths.
    pub(crate) fn keep(
        &mut self,
        news: Vec<(BString, CachedEdits)>,
        is_wanted: impl Fn(&BStr) -> bool,
    ) -> Result<(), RunError> {
        // The usual warm run must not rewrite the file.
        if news.is_empty() {
            return Ok(());
        }
        let mut records: BTreeMap<BString, Vec<u8>> = std::mem::take(&mut self.records).into_iter().collect();
        records.retain(|path, _| is_wanted(path.as_ref()));
        for (path, known) in news {
            records.insert(path, write_record(&known));
        }
        self.records = records.into_iter().collect();
        let mut paths = Writer::default();
        let mut names = Texts::default();
        let mut bytes = Vec::new();
        self.records.iter().for_each(|(path, _)| names.push(path));
        names.write(&mut paths);
        for (_, record) in &self.records {
            paths.count(record.len());
            bytes.extend_from_slice(record);
        }
        container::pack(self.hash_len, &[(PATHS, paths.0), (RECORDS, bytes)])
            .and_then(|content| self.folder.replace(FILE_NAME, &content))
            .and_then(|()| self.folder.mark_used(&self.repository))
            .and_then(|()| folder::evict(&self.root, &self.folder, MAX_BYTES))
            .map_err(|error| RunError::Write {
                path: self.folder.path().to_owned(),
                source: Cause::from(error),
            })
    }
}

fn parse(content: &[u8], hash_len: usize) -> Result<Vec<(BString, Vec<u8>)>, Unusable> {
    let sections = container::unpack(content, hash_len)?;
    let (paths, records) = (sections.get(PATHS)?.ok_or(Damaged)?, sections.get(RECORDS)?.ok_or(Damaged)?);
    let mut from = Reader::new(&paths);
    let names = Texts::read(&mut from)?;
    let mut bytes = Reader::new(&records);
    let mut all = Vec::with_capacity(names.len());
    for name in names.iter() {
        let len = usize::try_from(from.number()?).map_err(|_| Unusable::Damaged)?;
        all.push((BString::from(name), bytes.bytes(len)?.to_vec()));
    }
    from.finish()?;
    bytes.finish()?;
    // `get` searches by halves, which would miss records in any other order.
    if all.is_sorted_by(|a, b| a.0 < b.0) { Ok(all) } else { Err(Unusable::Damaged) }
}

fn write_record(known: &CachedEdits) -> Vec<u8> {
    let mut blobs: Vec<_> = known.blobs.iter().collect();
    // Hash maps have no order, but equal records must have equal bytes.
    blobs.sort_unstable();
    let mut edits: Vec<_> = known.edits.iter().collect();
    edits.sort_unstable_by_key(|(key, _)| **key);
    // Each id is written once per record, and its position wherever it occurs: most occur several
    // times.
    let mut ids: Vec<ObjectId> =
        blobs.iter().flat_map(|((commit, _), blob)| [Some(*commit), **blob]).flatten().collect();
    ids.extend(edits.iter().flat_map(|(key, _)| [key.old, key.new]));
    ids.sort_unstable();
    ids.dedup();
    let place = |id: &ObjectId| ids.binary_search(id).expect("the table holds every id");
    let mut to = Writer::default();
    let mut names = Texts::default();
    known.names.iter().for_each(|name| names.push(name));
    names.write(&mut to);
    to.count(ids.len());
    for id in &ids {
        to.bytes(id.as_slice());
    }
    to.count(blobs.len());
    for ((commit, name), blob) in blobs {
        to.count(place(commit));
        to.number(u64::from(*name));
        to.count(blob.as_ref().map_or(0, |blob| place(blob) + 1));
    }
    to.count(edits.len());
    for (key, edit) in edits {
        to.count(place(&key.old));
        to.count(place(&key.new));
        to.byte(u8::from(key.ignores_whitespace));
        to.count(edit.hunks.len());
        // Hunks ascend, so differences to the previous one are small and never negative.
        let mut before = (0, 0);
        for hunk in &edit.hunks {
            to.numbers(&[hunk.old_start - before.0, hunk.old_len, hunk.new_start - before.1, hunk.new_len]);
            before = (hunk.old_end(), hunk.new_end());
        }
        to.count(edit.moves.len());
        for block in &edit.moves {
            to.numbers(&[block.old_start, block.new_start, block.len]);
        }
    }
    to.0
}

fn read_record(bytes: &[u8], hash_len: usize) -> Result<CachedEdits, Damaged> {
    let mut from = Reader::new(bytes);
    let names: Vec<BString> = Texts::read(&mut from)?.iter().map(BString::from).collect();
    let count = from.count()?;
    let ids = from.column(count, |from| Ok(object_id(from.bytes(hash_len)?)))?;
    let id = |place: u32| ids.get(place as usize).copied().ok_or(Damaged);
    let count = from.count()?;
    let blobs = from.column(count, |from| {
        let (commit, name, blob) = (id(from.u32()?)?, from.u32()?, from.u32()?);
        if name as usize >= names.len() {
            return Err(Damaged);
        }
        Ok(((commit, name), blob.checked_sub(1).map(id).transpose()?))
    })?;
    let count = from.count()?;
    let edits = from.column(count, |from| {
        let (old, new) = (id(from.u32()?)?, id(from.u32()?)?);
        let ignores_whitespace = from.byte()? == 1;
        Ok((EditKey { old, new, ignores_whitespace }, Arc::new(read_edit(from)?)))
    })?;
    from.finish()?;
    Ok(CachedEdits {
        names,
        blobs: blobs.into_iter().collect(),
        edits: edits.into_iter().collect(),
        has_news: false,
    })
}

fn read_edit(from: &mut Reader<'_>) -> Result<FileEdit, Damaged> {
    let count = from.count()?;
    let mut before = (0_u32, 0_u32);
    let add = |a: u32, b: u32| a.checked_add(b).ok_or(Damaged);
    let hunks = from.column(count, |from| {
        let hunk = Hunk {
            old_start: add(before.0, from.u32()?)?,
            old_len: from.u32()?,
            new_start: add(before.1, from.u32()?)?,
            new_len: from.u32()?,
        };
        // Checked, so that no later sum of start and length can overflow.
        before = (add(hunk.old_start, hunk.old_len)?, add(hunk.new_start, hunk.new_len)?);
        Ok(hunk)
    })?;
    let count = from.count()?;
    let moves = from.column(count, |from| {
        let (old_start, new_start, len) = (from.u32()?, from.u32()?, from.u32()?);
        add(old_start, len)?;
        add(new_start, len)?;
        Ok(Move { old_start, new_start, len })
    })?;
    Ok(FileEdit { hunks, moves })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bstr::BString;

    use super::{read_record, write_record};
    use crate::cache::edits::{CachedEdits, EditKey};
    use debtscan_git::hunks::{FileEdit, Hunk, Move};
    use debtscan_git::id::object_id;

    fn sample() -> CachedEdits {
        let id = |n: u8| object_id(&[n; 20]);
        let hunk = |old_start, old_len, new_start, new_len| Hunk { old_start, old_len, new_start, new_len };
        let edit = FileEdit {
            hunks: vec![hunk(0, 0, 0, 3), hunk(5, 2, 8, 1)],
            moves: vec![Move { old_start: 5, new_start: 0, len: 2 }],
        };
        let key = |old, new, ignores_whitespace| EditKey { old: id(old), new: id(new), ignores_whitespace };
        CachedEdits {
            names: vec![BString::from("b.rs"), BString::from("a.rs")],
            blobs: [((id(1), 0), Some(id(9))), ((id(2), 1), None)].into_iter().collect(),
            edits: [(key(9, 8, false), Arc::new(edit)), (key(9, 8, true), Arc::default())]
                .into_iter()
                .collect(),
            has_news: false,
        }
    }

    #[test]
    fn a_record_comes_back_as_it_was_and_damage_is_noticed() {
        let known = sample();
        let bytes = write_record(&known);
        let read = read_record(&bytes, 20).expect("as written");
        assert_eq!((read.names, read.blobs), (known.names, known.blobs));
        assert_eq!(read.edits, known.edits);
        for len in 0..bytes.len() {
            assert!(read_record(&bytes[..len], 20).is_err(), "{len} bytes");
        }
    }
}
