//! `debtscan cache`: shows or clears the cache.

use std::io::Write;

use debtscan_app::{CacheEntry, CacheRequest, cache_status, clear_cache};
use debtscan_render as render;

use crate::exit::RunOutcome;
use crate::failure::Failure;
use crate::output::Destination;

/// Shows the folder, content and size of the cache.
pub(crate) fn status(request: &CacheRequest) -> Result<RunOutcome, Failure> {
    let entries = cache_status(request)?;
    let mut out = Destination::Stdout.open()?;
    writeln!(out, "cache in {}", render::visible(request.folder.display().to_string().as_bytes()))?;
    if entries.is_empty() {
        writeln!(out, "the cache is empty")?;
    }
    for entry in &entries {
        let repository = entry.repository.as_ref();
        let name =
            // A cache folder can come from elsewhere, as one restored by CI does, without the
            // repositories.
            repository.map_or_else(|| "unknown repository".to_owned(), |path| path.display().to_string());
        let files = if entry.files == 1 { "file" } else { "files" };
        writeln!(
            out,
            "{:>10}  {} {files}  {}",
            size(entry.bytes),
            entry.files,
            render::visible(name.as_bytes())
        )?;
    }
    out.finish()?;
    Ok(RunOutcome::Done)
}

/// Clears the cache.
pub(crate) fn clear(request: &CacheRequest) -> Result<RunOutcome, Failure> {
    let entries = clear_cache(request)?;
    let bytes = entries.iter().map(|entry: &CacheEntry| entry.bytes).sum();
    let repositories = if entries.len() == 1 { "repository" } else { "repositories" };
    let mut out = Destination::Stdout.open()?;
    writeln!(out, "cleared the results of {} {repositories}, {}", entries.len(), size(bytes))?;
    out.finish()?;
    Ok(RunOutcome::Done)
}

/// Bytes in decimal units, with one decimal place.
fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    // Integers, cut instead of rounded: 999,999 bytes are not 1000.0 kB.
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_cut_not_rounded_up_into_the_next_unit() {
        let cases =
            [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (999_999, "999.9 kB"), (2_350_000, "2.3 MB")];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected);
        }
        assert_eq!(size(u64::MAX), "18446744073.7 GB");
    }
}
