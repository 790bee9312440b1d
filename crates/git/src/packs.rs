//! A decoder for packed objects that decodes each delta base once.
//!
//! gix copies every object into and out of its delta cache. A scan reads neighbouring versions of the same
//! files and folders; sharing the decoded bytes and caching them by pack offset more than halves its time
//! (measured against gix 0.90). Everything that this decoder does not find or understand is left to gix:
//! loose objects, packs without an index, replaced objects, damaged data. It therefore returns either what
//! gix returns or nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as MapEntry;
use std::mem;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use gix::objs::Kind;
use gix::odb::pack::data::entry::Header;
use gix::odb::pack::{data, index};
use rustc_hash::FxHashMap;

use crate::limits::{BIG_FILE_BYTES, BYTES_PER_LARGE_BYTE, CacheLimits, LARGE_BYTES};
use crate::memory_gate::MemoryGate;

/// Maximum length of a delta chain. git writes chains of at most 4095 deltas.
const MAX_CHAIN: usize = 10_000;
/// Larger sizes are believed step by step, because an entry of 60 bytes can claim any.
const BELIEVED_BYTES: usize = 16 << 20;

struct Pack {
    index: index::File,
    data: data::File,
}

/// The memory-mapped packs of a repository and its alternates, shared by all threads.
pub(crate) struct Packs(Vec<Pack>);

impl Packs {
    /// Maps the packs. gix reports those that cannot be opened, object by object. If objects are replaced,
    /// all packs are left to gix.
    pub(crate) fn open(repo: &gix::Repository) -> Self {
        let store = repo.objects.store_ref();
        if store.replacements().next().is_some() {
            return Self(Vec::new());
        }
        let mut folders = vec![store.path().to_owned()];
        folders.extend(store.alternate_db_paths().into_iter().flatten());
        let mut indices: Vec<PathBuf> = folders.iter().flat_map(|folder| index_files(folder)).collect();
        // An object may be in several packs. In a fixed order every run reads the same copy of it.
        indices.sort();
        let hash = repo.object_hash();
        let open = |index: PathBuf| {
            Some(Pack {
                data: data::File::at(index.with_extension("pack"), hash).ok()?,
                index: index::File::at(index, hash).ok()?,
            })
        };
        Self(indices.into_iter().filter_map(open).collect())
    }

    /// Total size in bytes of the mapped files.
    pub(crate) fn mapped_bytes(&self) -> u64 {
        let index_bytes =
            |index: &index::File| index.num_objects() as usize * (index.object_hash().len_in_bytes() + 8);
        self.0.iter().map(|pack| (pack.data.data_len() + index_bytes(&pack.index)) as u64).sum()
    }

    /// Number of objects in all packs.
    pub(crate) fn n_objects(&self) -> usize {
        self.0.iter().map(|pack| pack.index.num_objects() as usize).sum()
    }

    fn find(&self, id: &gix::oid) -> Option<(usize, u64)> {
        self.0.iter().enumerate().find_map(|(number, pack)| {
            let entry = pack.index.lookup(id)?;
            Some((number, pack.index.pack_offset_at_index(entry)))
        })
    }
}

/// Lists the `.idx` files of an object folder.
fn index_files(objects: &std::path::Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(objects.join("pack")) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "idx")).collect()
}

/// A decoded object, shared with the cache of the decoder.
#[derive(Clone)]
pub(crate) struct PackedObject {
    pub(crate) kind: Kind,
    pub(crate) content: Rc<Vec<u8>>,
}

/// Why an object was not decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotDecoded {
    /// Not found or not understood.
    AskGix,
    /// It is much smaller than it claims. Nobody else may believe it: gix would allocate what it claims.
    Lies,
}

/// Decodes objects of [`Packs`]. Each thread needs its own.
pub(crate) struct Decoder {
    limits: CacheLimits,
    inflate: gix::zlib::Inflate,
    young: FxHashMap<(usize, u64), PackedObject>,
    old: FxHashMap<(usize, u64), PackedObject>,
    young_bytes: usize,
    old_bytes: usize,
    delta: Vec<u8>,
    buffers: Buffers,
    /// `None` if it need not wait for others.
    gate: Option<Arc<MemoryGate>>,
    /// Bytes taken from the gate.
    reserved: u64,
}

impl Decoder {
    /// Creates a decoder that reuses the buffers of a retired one. Two generations of decoded objects hold
    /// the neighbourhood of one path or one chunk of commits.
    pub(crate) fn new(limits: CacheLimits, buffers: Buffers, gate: Option<Arc<MemoryGate>>) -> Self {
        Self {
            limits,
            inflate: gix::zlib::Inflate::default(),
            young: FxHashMap::default(),
            old: FxHashMap::default(),
            young_bytes: 0,
            old_bytes: 0,
            delta: Vec::new(),
            buffers,
            gate,
            reserved: 0,
        }
    }

    /// Reserves memory for a content of this size, and for the lines and tokens made of it.
    pub(crate) fn reserve_content(&mut self, size: u64) {
        if size >= LARGE_BYTES {
            self.reserve(size * BYTES_PER_LARGE_BYTE);
        }
    }

    /// Holds at least this amount of the gate from now on, until [`release`](Self::release).
    pub(crate) fn reserve(&mut self, bytes: u64) {
        let Some(gate) = self.gate.as_ref().filter(|_| bytes > self.reserved) else { return };
        // Returned first: two threads that each wait for more would wait for each other.
        gate.give_back(self.reserved);
        gate.take(bytes);
        self.reserved = bytes;
    }

    /// Returns what is reserved, and drops all objects and buffers then; true if anything was.
    pub(crate) fn release(&mut self) -> bool {
        let Some(gate) = self.gate.as_ref().filter(|_| self.reserved > 0) else { return false };
        self.young.clear();
        self.old.clear();
        (self.young_bytes, self.old_bytes) = (0, 0);
        self.delta = Vec::new();
        self.buffers = Buffers::default();
        gate.give_back(mem::take(&mut self.reserved));
        true
    }

    /// Drops all objects and returns their memory.
    pub(crate) fn retire(&mut self) -> Buffers {
        self.release();
        (self.young_bytes, self.old_bytes) = (0, 0);
        let room = self.room();
        for (_, dropped) in self.young.drain().chain(self.old.drain()) {
            self.buffers.give_back(dropped.content, room);
        }
        mem::take(&mut self.buffers)
    }

    /// Bytes that free buffers may take: the fewer objects are cached, the more.
    fn room(&self) -> usize {
        // Both generations may be full at the same time.
        let all = self.limits.free + 2 * self.limits.decoded;
        all.saturating_sub(self.young_bytes + self.old_bytes)
    }

    /// Decodes the object with this id.
    pub(crate) fn find(&mut self, packs: &Packs, id: &gix::oid) -> Result<PackedObject, NotDecoded> {
        let (number, offset) = packs.find(id).ok_or(NotDecoded::AskGix)?;
        self.decode(&packs.0[number], number, offset)
    }

    /// Takes back the memory of an object, unless it is still shared.
    pub(crate) fn give_back(&mut self, content: Rc<Vec<u8>>) {
        let room = self.room();
        self.buffers.give_back(content, room);
    }

    fn decode(&mut self, pack: &Pack, number: usize, offset: u64) -> Result<PackedObject, NotDecoded> {
        const ASK: NotDecoded = NotDecoded::AskGix;
        let mut chain = Vec::new();
        let mut at = offset;
        let mut decoded = loop {
            if let Some(cached) = self.cached((number, at)) {
                break cached;
            }
            let entry = pack.data.entry(at).map_err(|_| ASK)?;
            // Both figures come from the file: the first bounds the allocation below, the second
            // ends a circle of deltas that name each other by id.
            if entry.decompressed_size > BIG_FILE_BYTES || chain.len() > MAX_CHAIN {
                return Err(ASK);
            }
            self.reserve_content(entry.decompressed_size);
            // A base in another pack has no offset here, so gix reads the object.
            let base = match entry.header {
                Header::OfsDelta { base_distance } => {
                    entry.checked_base_pack_offset(base_distance).ok_or(ASK)?
                }
                Header::RefDelta { base_id } => {
                    pack.index.pack_offset_at_index(pack.index.lookup(base_id).ok_or(ASK)?)
                }
                Header::Commit | Header::Tree | Header::Blob | Header::Tag => {
                    let size = usize::try_from(entry.decompressed_size).map_err(|_| ASK)?;
                    let mut content = self.buffers.take(size.min(BELIEVED_BYTES));
                    expand(pack, &entry, &mut self.inflate, &mut content, size)?;
                    content.truncate(size);
                    let kind = entry.header.as_kind().ok_or(ASK)?;
                    let decoded = PackedObject { kind, content: Rc::new(content) };
                    self.keep((number, at), &decoded);
                    break decoded;
                }
            };
            chain.push((at, entry));
            at = base;
        };
        // Deltas are applied from the base outwards, and every intermediate version is cached: the next
        // request is likely one of them.
        let mut delta = mem::take(&mut self.delta);
        for (at, entry) in chain.into_iter().rev() {
            let size = usize::try_from(entry.decompressed_size).map_err(|_| ASK)?;
            expand(pack, &entry, &mut self.inflate, &mut delta, size)?;
            if let Some(size) = result_size(&delta[..size]) {
                self.reserve_content(size);
            }
            let content = apply_delta(&decoded.content, &delta[..size], &mut self.buffers).ok_or(ASK)?;
            decoded.content = Rc::new(content);
            self.keep((number, at), &decoded);
        }
        self.delta = delta;
        Ok(decoded)
    }

    fn cached(&mut self, key: (usize, u64)) -> Option<PackedObject> {
        if let Some(decoded) = self.young.get(&key) {
            return Some(decoded.clone());
        }
        // Used again, so it moves to the young generation and outlives the old one.
        // At most one generation holds an object, so the sum of both is the memory in use.
        let decoded = self.old.remove(&key)?;
        self.old_bytes -= decoded.content.capacity();
        self.keep(key, &decoded);
        Some(decoded)
    }

    /// Adds an object to the young generation, and drops the old generation once the young one is full.
    fn keep(&mut self, key: (usize, u64), decoded: &PackedObject) {
        // The capacity, not the length: a reused buffer may be twice as large as its content.
        self.young_bytes += decoded.content.capacity();
        self.young.insert(key, decoded.clone());
        if self.young_bytes > self.limits.decoded {
            mem::swap(&mut self.old, &mut self.young);
            self.old_bytes = mem::take(&mut self.young_bytes);
            let room = self.room();
            #[expect(clippy::iter_over_hash_type, reason = "which buffer is used for what changes no result")]
            for (_, dropped) in self.young.drain() {
                self.buffers.give_back(dropped.content, room);
            }
        }
    }
}

/// Buffers of dropped objects, for reuse. The system clears memory that is returned and allocated again,
/// which took a tenth of a scan.
#[derive(Default)]
pub(crate) struct Buffers {
    /// By capacity. No list is empty.
    free: BTreeMap<usize, Vec<Vec<u8>>>,
    bytes: usize,
}

impl Buffers {
    /// Returns a buffer with arbitrary content that holds `size` bytes without growing.
    fn take(&mut self, size: usize) -> Vec<u8> {
        // A buffer much larger than its content would displace other objects.
        let fitting = self.free.range(size..=size.saturating_mul(2)).next().map(|(capacity, _)| *capacity);
        match fitting {
            Some(capacity) => self.remove(capacity),
            None => Vec::with_capacity(size),
        }
    }

    /// Keeps a buffer that is no longer shared. Above `most_bytes`, the buffers least like it in size are
    /// dropped.
    fn give_back(&mut self, buffer: Rc<Vec<u8>>, most_bytes: usize) {
        // A caller or the other generation may still hold the content.
        let Ok(buffer) = Rc::try_unwrap(buffer) else { return };
        let capacity = buffer.capacity();
        if capacity == 0 {
            return;
        }
        self.bytes += capacity;
        self.free.entry(capacity).or_default().push(buffer);
        while self.bytes > most_bytes {
            let (smallest, largest) = (self.free.keys().next(), self.free.keys().next_back());
            let (Some(&smallest), Some(&largest)) = (smallest, largest) else { return };
            // The new buffer shows which sizes are in use now, so the size furthest from it by
            // factor goes first.
            drop(self.remove(if capacity / smallest > largest / capacity { smallest } else { largest }));
        }
    }

    fn remove(&mut self, capacity: usize) -> Vec<u8> {
        let MapEntry::Occupied(mut list) = self.free.entry(capacity) else { return Vec::new() };
        let buffer = list.get_mut().pop().expect("no list is empty");
        if list.get().is_empty() {
            list.remove();
        }
        self.bytes -= capacity;
        buffer
    }
}

/// Expands an entry into the first `size` bytes of `out`, which holds more only if it did before.
///
/// A large size is proven by content before it is allocated: the buffer doubles while the entry fills it.
fn expand(
    pack: &Pack,
    entry: &data::Entry,
    inflate: &mut gix::zlib::Inflate,
    out: &mut Vec<u8>,
    size: usize,
) -> Result<(), NotDecoded> {
    let mut proven = BELIEVED_BYTES;
    while proven < size {
        if out.len() < proven {
            out.resize(proven, 0);
        }
        let stored = pack.data.entry_slice(entry.data_offset..pack.data.data_len() as u64);
        inflate.reset();
        let stored = stored.ok_or(NotDecoded::AskGix)?;
        match inflate.prefix(stored, &mut out[..proven]) {
            Ok((_, _, written)) if written == proven => proven *= 2,
            Ok(_) | Err(_) => return Err(NotDecoded::Lies),
        }
    }
    if out.len() < size {
        out.resize(size, 0);
    }
    pack.data.decompress_entry(entry, inflate, &mut out[..size]).map_err(|_| NotDecoded::AskGix)?;
    Ok(())
}

/// The size of what a delta makes, as it claims.
fn result_size(delta: &[u8]) -> Option<u64> {
    let (_, rest) = read_size(delta)?;
    Some(read_size(rest)?.0)
}

/// Applies a delta (gitformat-pack, "Deltified representation") to its base; `None` if it is malformed or
/// does not fit the base.
fn apply_delta(base: &[u8], delta: &[u8], buffers: &mut Buffers) -> Option<Vec<u8>> {
    let (base_size, delta) = read_size(delta)?;
    let (size, mut delta) = read_size(delta)?;
    if base_size != base.len() as u64 || size > BIG_FILE_BYTES {
        return None;
    }
    let size = usize::try_from(size).ok()?;
    let mut content = buffers.take(size);
    content.clear();
    while let Some((&command, rest)) = delta.split_first() {
        delta = rest;
        if command & 0x80 != 0 {
            let mut number = |bits: u8, count: u32| {
                let mut value = 0_usize;
                for position in 0..count {
                    if bits & (1 << position) != 0 {
                        let (&byte, rest) = delta.split_first()?;
                        delta = rest;
                        value |= usize::from(byte) << (8 * position);
                    }
                }
                Some(value)
            };
            let start = number(command, 4)?;
            let length = match number(command >> 4, 3)? {
                // The format stores a length of 64 KiB as 0, because copying nothing would be
                // pointless.
                0 => 0x10000,
                length => length,
            };
            content.extend_from_slice(base.get(start..start.checked_add(length)?)?);
        } else {
            // Command 0 is reserved for future versions of the format, so a pack that uses it
            // cannot be understood.
            let literal = delta.get(..usize::from(command)).filter(|literal| !literal.is_empty())?;
            content.extend_from_slice(literal);
            delta = &delta[literal.len()..];
        }
        // Checked after each command: a few bytes can copy 16 MiB, so a small delta could fill the
        // memory.
        if content.len() > size {
            return None;
        }
    }
    (content.len() == size).then_some(content)
}

/// Reads a size encoded in little-endian groups of seven bits.
fn read_size(mut bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut size = 0_u64;
    // Nine groups hold 63 bits, more than any size needs. A tenth could shift bits out of the
    // number.
    for shift in (0..63).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        bytes = rest;
        size |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((size, bytes));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Buffers, apply_delta};
    use proptest::prelude::*;

    fn apply(base: &[u8], delta: &[u8]) -> Option<Vec<u8>> {
        apply_delta(base, delta, &mut Buffers::default())
    }

    #[test]
    fn copies_and_literals_build_the_new_content() {
        // base 5, result 7; copy 3 bytes from offset 1; insert "XY"; copy 2 bytes from offset 0.
        let delta = [5, 7, 0x91, 1, 3, 2, b'X', b'Y', 0x90, 2];
        assert_eq!(apply(b"hello", &delta).as_deref(), Some(&b"ellXYhe"[..]));
    }

    #[test]
    fn a_delta_that_does_not_fit_is_refused() {
        assert_eq!(apply(b"hell", &[5, 1, 1, b'x']), None, "another base");
        assert_eq!(apply(b"hello", &[5, 9, 0x91, 1, 9]), None, "beyond the base");
        assert_eq!(apply(b"hello", &[5, 2, 1, b'x']), None, "too short");
        assert_eq!(apply(b"hello", &[5, 1, 0]), None, "reserved command");
    }

    #[test]
    fn a_buffer_is_used_again_where_it_is_large_enough() {
        let mut buffers = Buffers::default();
        let place = |buffer: &Vec<u8>| buffer.as_ptr();
        let buffer = buffers.take(100);
        let first = place(&buffer);
        buffers.give_back(Rc::new(buffer), 1000);
        assert!(buffers.take(101).capacity() >= 101);
        let again = buffers.take(60);
        assert_eq!(place(&again), first);
        assert!(buffers.take(60).capacity() >= 60, "a buffer is given out once");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(base in prop::collection::vec(any::<u8>(), 0..40), delta in prop::collection::vec(any::<u8>(), 0..40)) {
            apply(&base, &delta);
        }
    }
}
