//! Listing and removing the contents of a cache folder.

use std::path::Path;

use super::folder::{self, CacheEntry, RepositoryFolder};
use super::outcome::RunError;
use debtscan_git::error::Cause;
use debtscan_git::open;

/// Lists the entries of the folder `cache`: of the repository at or above `repository`, or of all
/// repositories.
///
/// # Errors
/// If there is no such repository, or the folder cannot be read.
pub fn cache_entries(cache: &Path, repository: Option<&Path>) -> Result<Vec<CacheEntry>, RunError> {
    let mut entries = folder::list(cache)
        .map_err(|error| RunError::Read { path: cache.to_owned(), source: Cause::from(error) })?;
    if let Some(path) = repository {
        let identity = open::identity(path).map_err(RunError::Repository)?;
        // A repository has up to two folders, and whoever clears its cache means both.
        let folders = [identity.key, identity.anonymous_key].map(|key| RepositoryFolder::new(cache, &key));
        entries.retain(|entry| folders.iter().any(|folder| entry.is_in(folder.path())));
    }
    Ok(entries)
}

/// Removes entries from the cache. An entry that is already gone is no error.
///
/// # Errors
/// If a file cannot be removed.
pub fn clear_cache(entries: &[CacheEntry]) -> Result<(), RunError> {
    entries.iter().try_for_each(|entry| {
        folder::remove(entry)
            .map_err(|error| RunError::Write { path: entry.folder().to_owned(), source: Cause::from(error) })
    })
}
