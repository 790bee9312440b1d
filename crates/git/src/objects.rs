//! Reading objects, with one handle per thread.

use std::rc::Rc;
use std::sync::{Arc, Mutex};

use gix::ObjectId;
use gix::objs::{FindExt, FindHeader, Kind};

use crate::limits::{BIG_FILE_BYTES, CacheLimits, DEFAULT_SHARED_BYTES};
use crate::memory_gate::MemoryGate;
use crate::packs::{Buffers, Decoder, NotDecoded, Packs};

/// Factor by which the caches of a reader of commits are smaller.
const COMMITS_DIVISOR: usize = 16;

/// The objects of a repository, shared by all threads.
#[derive(Clone)]
pub struct SharedObjects {
    repo: gix::ThreadSafeRepository,
    packs: Arc<Packs>,
    limits: CacheLimits,
    idle: Arc<Idle>,
    gate: Arc<MemoryGate>,
}

/// Buffers of dropped handles. Each stage of a scan creates new handles, and fresh memory costs more than
/// the work done in it.
type Idle = Mutex<Vec<Buffers>>;

impl SharedObjects {
    pub(crate) fn new(repo: gix::ThreadSafeRepository) -> Self {
        let packs = Arc::new(Packs::open(&repo.to_thread_local()));
        let gate = Arc::new(MemoryGate::new(DEFAULT_SHARED_BYTES));
        Self { repo, packs, limits: CacheLimits::FULL, idle: Arc::default(), gate }
    }

    /// Total size in bytes of the memory-mapped files.
    pub fn mapped_bytes(&self) -> u64 {
        self.packs.mapped_bytes()
    }

    /// Number of objects in all mapped packs.
    pub fn n_packed(&self) -> usize {
        self.packs.n_objects()
    }

    /// Sets the cache sizes of handles created from now on, and the memory that large contents share.
    pub fn set_limits(&mut self, limits: CacheLimits, shared_bytes: u64) {
        self.limits = limits;
        self.gate.set_most(shared_bytes);
    }

    /// Creates a handle for the calling thread.
    pub fn handle(&self) -> Objects {
        self.handle_with(self.limits, None)
    }

    /// Creates a handle for a worker thread, which waits while the large contents of other workers take the memory
    /// that all share. Whoever waits for such a worker must not hold another one.
    pub fn handle_of_worker(&self) -> Objects {
        self.handle_with(self.limits, Some(Arc::clone(&self.gate)))
    }

    /// Creates a handle with small caches for reading commits, which are rarely stored as deltas of each
    /// other.
    pub fn handle_for_commits(&self) -> Objects {
        self.handle_with(self.limits.divided_by(COMMITS_DIVISOR), None)
    }

    fn handle_with(&self, limits: CacheLimits, gate: Option<Arc<MemoryGate>>) -> Objects {
        // A poisoned lock only means that another thread panicked: this handle then allocates its
        // own buffers.
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut repo = self.repo.to_thread_local();
        // The packs must stay mapped for the whole scan, and an object that is missing from a partial clone
        // must not trigger another search of the pack folder.
        repo.objects.prevent_pack_unload();
        repo.objects.refresh_never();
        Objects {
            repo,
            packs: Arc::clone(&self.packs),
            decoder: Decoder::new(limits, idle.unwrap_or_default(), gate),
            limits,
            idle: Arc::clone(&self.idle),
        }
    }
}

/// Reads the objects of a repository. Each thread needs its own.
pub struct Objects {
    repo: gix::Repository,
    packs: Arc<Packs>,
    decoder: Decoder,
    limits: CacheLimits,
    idle: Arc<Idle>,
}

impl Drop for Objects {
    fn drop(&mut self) {
        // Otherwise the next handle would have to allocate fresh memory.
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(self.decoder.retire());
        }
    }
}

/// The reason that an object cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Missing, malformed or of another kind.
    Damaged,
    /// Larger than the limit for contents, or beyond the budget for trees.
    TooLarge,
}

impl Objects {
    /// The underlying repository, for gix's high-level API.
    pub(crate) fn repo(&self) -> &gix::Repository {
        &self.repo
    }

    /// The cache sizes of this handle.
    pub fn limits(&self) -> CacheLimits {
        self.limits
    }

    /// Reads a blob.
    pub fn blob(&mut self, id: &gix::oid) -> Result<Rc<Vec<u8>>, Unreadable> {
        self.read(id, Kind::Blob)
    }

    /// Reads the raw content of a tree.
    pub fn tree(&mut self, id: &gix::oid) -> Result<Rc<Vec<u8>>, Unreadable> {
        // git knows the empty tree even if no object of it is stored.
        if id == ObjectId::empty_tree(id.kind()).as_ref() {
            return Ok(Rc::default());
        }
        self.read(id, Kind::Tree)
    }

    /// Reads the raw content of a commit.
    pub fn commit(&mut self, id: &gix::oid) -> Result<Rc<Vec<u8>>, Unreadable> {
        self.read(id, Kind::Commit)
    }

    /// The only object whose id begins with these hexadecimal digits; `None` if there are none or several.
    pub fn find_prefix(&self, digits: &str) -> Option<ObjectId> {
        let prefix = gix::hash::Prefix::from_hex(digits).ok()?;
        self.repo.objects.lookup_prefix(prefix, None).ok()??.ok()
    }

    /// Takes back a content, so that its memory can be reused.
    pub fn give_back(&mut self, content: Rc<Vec<u8>>) {
        self.decoder.give_back(content);
    }

    /// In a worker, waits until `bytes` of the shared memory are free, and keeps them until [`release_memory`](Self::release_memory).
    ///
    /// Reading a large content does so by itself.
    pub fn reserve_memory(&mut self, bytes: u64) {
        self.decoder.reserve(bytes);
    }

    /// Returns the memory reserved for large contents, if any, and drops the cached ones. Call it when the work on a
    /// file is done. True if there was any: the caller then drops what it made of them, too.
    pub fn release_memory(&mut self) -> bool {
        self.decoder.release()
    }

    fn read(&mut self, id: &gix::oid, kind: Kind) -> Result<Rc<Vec<u8>>, Unreadable> {
        match self.decoder.find(&self.packs, id) {
            // In a damaged repository, an entry for a file can name a tree or a commit, which must
            // not be counted as text.
            Ok(decoded) if decoded.kind == kind => Ok(decoded.content),
            Ok(_) | Err(NotDecoded::Lies) => Err(Unreadable::Damaged),
            Err(NotDecoded::AskGix) => self.read_with_gix(id, kind),
        }
    }

    /// Reads an object through gix, if the decoder does not have it.
    fn read_with_gix(&mut self, id: &gix::oid, kind: Kind) -> Result<Rc<Vec<u8>>, Unreadable> {
        // Asked before decoding, which would take as much memory as the object claims to need.
        let size = self.size(id)?;
        if size > BIG_FILE_BYTES {
            return Err(Unreadable::TooLarge);
        }
        self.decoder.reserve_content(size);
        let mut buffer = Vec::new();
        // The cause is dropped because the report names the id, and `git fsck` explains more than a
        // decoding error.
        let data = self.repo.objects.find(id, &mut buffer).map_err(|_| Unreadable::Damaged)?;
        if data.kind == kind { Ok(Rc::new(data.data.to_vec())) } else { Err(Unreadable::Damaged) }
    }

    /// Returns the size of an object in bytes without decoding its content.
    pub fn size(&self, id: &gix::oid) -> Result<u64, Unreadable> {
        match self.repo.objects.try_header(id) {
            Ok(Some(header)) => Ok(header.size),
            Ok(None) | Err(_) => Err(Unreadable::Damaged),
        }
    }
}
