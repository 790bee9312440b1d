//! Reading objects: one handle per worker thread.

use std::rc::Rc;
use std::sync::{Arc, Mutex};

use gix::ObjectId;
use gix::objs::{FindExt, FindHeader, Kind};

use super::limits::{BIG_FILE_BYTES, CacheLimits};
use super::packs::{Buffers, Decoder, Packs};

/// How much less a reader of commits keeps.
const COMMITS_DIVISOR: usize = 16;

/// A repository as the worker threads share it.
#[derive(Clone)]
pub(crate) struct SharedObjects {
    repo: gix::ThreadSafeRepository,
    packs: Arc<Packs>,
    limits: CacheLimits,
    idle: Arc<Idle>,
}

/// Memory of handles that are no longer needed, for the next ones: a stage of a scan follows the other, and
/// fresh memory costs more than what is done with it.
type Idle = Mutex<Vec<Buffers>>;

impl SharedObjects {
    pub(crate) fn new(repo: gix::ThreadSafeRepository) -> Self {
        let packs = Arc::new(Packs::open(&repo.to_thread_local()));
        Self { repo, packs, limits: CacheLimits::FULL, idle: Arc::default() }
    }

    /// Bytes of the files that are mapped into memory as they are read.
    pub(crate) fn mapped_bytes(&self) -> u64 {
        self.packs.mapped_bytes()
    }

    /// Number of objects in all mapped packs.
    pub(crate) fn n_packed(&self) -> usize {
        self.packs.n_objects()
    }

    /// Limits what the handles made from now on keep.
    pub(crate) fn set_limits(&mut self, limits: CacheLimits) {
        self.limits = limits;
    }

    /// A handle for the calling thread.
    pub(crate) fn handle(&self) -> Objects {
        self.handle_with(self.limits)
    }

    /// A handle for reading objects that are hardly ever made from each other, as commits are.
    pub(crate) fn handle_for_commits(&self) -> Objects {
        self.handle_with(self.limits.divided_by(COMMITS_DIVISOR))
    }

    fn handle_with(&self, limits: CacheLimits) -> Objects {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut repo = self.repo.to_thread_local();
        repo.objects.prevent_pack_unload();
        repo.objects.refresh_never();
        Objects {
            repo,
            packs: Arc::clone(&self.packs),
            decoder: Decoder::new(limits, idle.unwrap_or_default()),
            limits,
            idle: Arc::clone(&self.idle),
        }
    }
}

/// Reads objects of one repository; belongs to one thread.
pub(crate) struct Objects {
    repo: gix::Repository,
    packs: Arc<Packs>,
    decoder: Decoder,
    limits: CacheLimits,
    idle: Arc<Idle>,
}

impl Drop for Objects {
    fn drop(&mut self) {
        // Without it the next handle takes fresh memory.
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(self.decoder.retire());
        }
    }
}

/// Why an object cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is missing, cannot be decoded, or is of another kind.
    Damaged,
    /// It is larger than git itself compares.
    TooLarge,
}

impl Objects {
    /// The repository, for gix's high-level calls.
    pub(crate) fn repo(&self) -> &gix::Repository {
        &self.repo
    }

    /// What this handle may keep.
    pub(crate) fn limits(&self) -> CacheLimits {
        self.limits
    }

    /// The content of a blob.
    pub(crate) fn blob(&mut self, id: &gix::oid) -> Result<Rc<Vec<u8>>, Unreadable> {
        self.read(id, Kind::Blob)
    }

    /// The raw content of a tree.
    pub(crate) fn tree(&mut self, id: &gix::oid) -> Result<Rc<Vec<u8>>, Unreadable> {
        if id == ObjectId::empty_tree(id.kind()).as_ref() {
            return Ok(Rc::default());
        }
        self.read(id, Kind::Tree)
    }

    /// The raw content of a commit.
    pub(crate) fn commit(&mut self, id: &gix::oid) -> Result<Rc<Vec<u8>>, Unreadable> {
        self.read(id, Kind::Commit)
    }

    /// Takes a content that its reader is done with, so that its memory is used again.
    pub(crate) fn give_back(&mut self, content: Rc<Vec<u8>>) {
        self.decoder.give_back(content);
    }

    fn read(&mut self, id: &gix::oid, kind: Kind) -> Result<Rc<Vec<u8>>, Unreadable> {
        if let Some(decoded) = self.decoder.find(&self.packs, id) {
            return if decoded.kind == kind { Ok(decoded.content) } else { Err(Unreadable::Damaged) };
        }
        self.read_with_gix(id, kind)
    }

    /// The slow way, for whatever the decoder does not have.
    fn read_with_gix(&self, id: &gix::oid, kind: Kind) -> Result<Rc<Vec<u8>>, Unreadable> {
        if self.size(id)? > BIG_FILE_BYTES {
            return Err(Unreadable::TooLarge);
        }
        let mut buffer = Vec::new();
        // The cause is dropped on purpose: what is reported is the id, and `git fsck` says more
        // about it than a decoding error.
        let data = self.repo.objects.find(id, &mut buffer).map_err(|_| Unreadable::Damaged)?;
        if data.kind == kind { Ok(Rc::new(data.data.to_vec())) } else { Err(Unreadable::Damaged) }
    }

    /// The size of an object in bytes, without decoding its content.
    pub(crate) fn size(&self, id: &gix::oid) -> Result<u64, Unreadable> {
        match self.repo.objects.try_header(id) {
            Ok(Some(header)) => Ok(header.size),
            Ok(None) | Err(_) => Err(Unreadable::Damaged),
        }
    }
}
