//! Paths inside a repository: bytes, never the operating system's paths.

use std::fmt;

use bstr::{BStr, BString, ByteSlice};

/// A path inside a repository, relative to its root.
///
/// Shape: non-empty bytes, components separated by `/`, no leading or trailing `/`, no empty
/// component, no NUL; not necessarily UTF-8. Ordered bytewise. [`fmt::Display`] replaces invalid
/// UTF-8 and is for renderers only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(BString);

/// The error for bytes that are no repository path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRepoPath(BString);

impl fmt::Display for InvalidRepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a repository path", self.0)
    }
}

impl std::error::Error for InvalidRepoPath {}

impl RepoPath {
    /// Checks and wraps bytes as they appear in a tree object.
    ///
    /// # Errors
    /// If the bytes are empty, start or end with `/`, or contain an empty component or a NUL.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self, InvalidRepoPath> {
        let bytes = BString::from(bytes.into());
        // `.` and `..` are valid here: no checkout can create them, but a tree object can hold
        // them.
        let is_valid = !bytes.contains(&0) && bytes.split_str(b"/").all(|component| !component.is_empty());
        if is_valid { Ok(Self(bytes)) } else { Err(InvalidRepoPath(bytes)) }
    }

    /// The path's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path as a byte string.
    pub fn as_bstr(&self) -> &BStr {
        self.0.as_bstr()
    }

    /// The last component.
    pub fn file_name(&self) -> &BStr {
        // Always a `/`, on Windows too, because these are git's paths. A backslash is part of a
        // name.
        let start = self.0.rfind_byte(b'/').map_or(0, |slash| slash + 1);
        self.0[start..].as_bstr()
    }

    /// The folder of this path; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind_byte(b'/').map(|slash| Self(BString::from(&self.0[..slash])))
    }

    /// The bytes of the folder of this path; empty at the root. Allocates nothing.
    pub fn folder(&self) -> &BStr {
        self.0.rfind_byte(b'/').map_or(BStr::new(b""), |slash| self.0[..slash].as_bstr())
    }

    /// True if this path is `ancestor` itself or below it.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        // The slash is checked, not only the prefix: `library` is not within `lib`.
        self.0.strip_prefix(ancestor.as_bytes()).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
    }

    /// The components, outermost first; never empty.
    pub fn components(&self) -> impl DoubleEndedIterator<Item = &BStr> {
        self.0.split(|byte| *byte == b'/').map(ByteSlice::as_bstr)
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0.as_bstr(), f)
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.as_bstr(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::RepoPath;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).expect("a valid path")
    }

    #[test]
    fn bytes_that_no_tree_can_hold_are_refused() {
        for bytes in ["", "/a", "a/", "a//b", "a\0b"] {
            assert!(RepoPath::new(bytes).is_err(), "{bytes:?}");
        }
        assert!(RepoPath::new(b"caf\xe9/x".to_vec()).is_ok(), "paths need not be UTF-8");
    }

    #[test]
    fn folder_and_file_name_split_at_the_last_slash() {
        assert_eq!(path("a/b/c.rs").folder(), "a/b");
        assert_eq!(path("a/b/c.rs").file_name(), "c.rs");
        assert_eq!(path("c.rs").folder(), "");
        assert_eq!(path("c.rs").parent(), None);
    }

    #[test]
    fn a_path_is_within_its_folders_but_not_within_a_sibling_with_the_same_prefix() {
        assert!(path("lib/vtls/x.c").is_within(&path("lib")));
        assert!(path("lib").is_within(&path("lib")));
        assert!(!path("library/x.c").is_within(&path("lib")));
    }
}
