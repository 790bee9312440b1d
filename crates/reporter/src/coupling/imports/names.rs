//! Parts of paths, as imports name them.

/// A name before its last dot.
pub(super) fn stem(name: &[u8]) -> &[u8] {
    match name.iter().rposition(|byte| *byte == b'.') {
        Some(dot) if dot > 0 => &name[..dot],
        _ => name,
    }
}

/// A path without the ending of its last component.
pub(super) fn without_ending(path: &[u8]) -> &[u8] {
    let start = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    &path[..start + stem(&path[start..]).len()]
}

/// Whether a path is another or ends with it, folders whole.
pub(super) fn ends_with(path: &[u8], end: &str) -> bool {
    match path.strip_suffix(end.as_bytes()) {
        Some(rest) => rest.is_empty() || rest.ends_with(b"/"),
        None => false,
    }
}
