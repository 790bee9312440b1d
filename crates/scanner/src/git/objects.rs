//! Reading objects: one handle per worker thread, with caches sized to the job.

use gix::ObjectId;
use gix::objs::FindExt;

/// Decoded delta bases kept per thread. 32 to 64 MB is the measured optimum on curl and git: beyond
/// it, page faults cost more than the inflation they save.
const DELTA_BASE_CACHE_BYTES: usize = 48 << 20;

/// Reads objects of one repository; belongs to one thread.
pub(crate) struct Objects {
    repo: gix::Repository,
    buffer: Vec<u8>,
}

/// An object that is missing, cannot be decoded, or is of another kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unreadable;

impl Objects {
    /// Opens a handle for the calling thread.
    pub(crate) fn new(repo: &gix::ThreadSafeRepository) -> Self {
        let mut repo = repo.to_thread_local();
        repo.objects.prevent_pack_unload();
        repo.objects.refresh_never();
        repo.objects.set_pack_cache(|| {
            Box::new(gix::odb::pack::cache::lru::MemoryCappedHashmap::new(DELTA_BASE_CACHE_BYTES))
        });
        Self { repo, buffer: Vec::new() }
    }

    /// The repository, for gix's high-level calls.
    pub(crate) fn repo(&self) -> &gix::Repository {
        &self.repo
    }

    /// The content of a blob, valid until the next call.
    pub(crate) fn blob(&mut self, id: &gix::oid) -> Result<&[u8], Unreadable> {
        self.read(id, gix::objs::Kind::Blob)
    }

    /// Puts the content of a blob into `content`, which is cleared first.
    pub(crate) fn blob_into(&self, id: &gix::oid, content: &mut Vec<u8>) -> Result<(), Unreadable> {
        let data = self.repo.objects.find(id, content).map_err(|_| Unreadable)?;
        if data.kind != gix::objs::Kind::Blob {
            return Err(Unreadable);
        }
        let (len, total) = (data.data.len(), content.len());
        // A decoder may leave a header in front of the content.
        content.drain(..total - len);
        Ok(())
    }

    /// The raw content of a tree, valid until the next call.
    pub(crate) fn tree(&mut self, id: &gix::oid) -> Result<&[u8], Unreadable> {
        if id == ObjectId::empty_tree(id.kind()).as_ref() {
            return Ok(&[]);
        }
        self.read(id, gix::objs::Kind::Tree)
    }

    /// The raw content of a commit, valid until the next call.
    pub(crate) fn commit(&mut self, id: &gix::oid) -> Result<&[u8], Unreadable> {
        self.read(id, gix::objs::Kind::Commit)
    }

    fn read(&mut self, id: &gix::oid, kind: gix::objs::Kind) -> Result<&[u8], Unreadable> {
        // The cause is dropped on purpose: what the caller reports is the id, and `git fsck` says
        // more about it than a decoding error.
        let data = self.repo.objects.find(id, &mut self.buffer).map_err(|_| Unreadable)?;
        if data.kind == kind { Ok(data.data) } else { Err(Unreadable) }
    }

    /// The size in bytes of an object, without decoding its content.
    pub(crate) fn size(&self, id: &gix::oid) -> Result<u64, Unreadable> {
        use gix::objs::FindHeader;
        match self.repo.objects.try_header(id) {
            Ok(Some(header)) => Ok(header.size),
            Ok(None) | Err(_) => Err(Unreadable),
        }
    }
}
