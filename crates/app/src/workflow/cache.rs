//! The results that earlier runs kept.

use std::path::PathBuf;

use debtscan_scanner::{CacheEntry, cache_entries};

use crate::error::AppError;

/// Which part of a cache.
#[derive(Debug, Clone)]
pub struct CacheRequest {
    /// The folder of the cache.
    pub folder: PathBuf,
    /// The repository whose results are meant; `None` for all.
    pub repository: Option<PathBuf>,
}

/// Lists what the cache holds.
///
/// # Errors
/// When the folder or the repository cannot be read.
pub fn cache_status(request: &CacheRequest) -> Result<Vec<CacheEntry>, AppError> {
    Ok(cache_entries(&request.folder, request.repository.as_deref())?)
}

/// Removes what the cache holds, and lists it.
///
/// # Errors
/// As [`cache_status`], or when a file cannot be removed.
pub fn clear_cache(request: &CacheRequest) -> Result<Vec<CacheEntry>, AppError> {
    // Listed before, because afterwards nobody knows how much there was.
    let entries = cache_entries(&request.folder, request.repository.as_deref())?;
    debtscan_scanner::clear_cache(&entries)?;
    Ok(entries)
}
