//! The imports found in one file, in proportion to its size.

use debtscan_model::Import;

/// Longest path of an import in bytes: the most that Linux opens, so a longer one names no file.
pub(super) const LONGEST_PATH: usize = 4096;

/// Bytes of paths that a file of any size may have.
const MIN_BYTES: usize = 64 << 10;

/// Bytes of paths per byte of the file. Real groups such as `use a::{b, c}` repeat a prefix of some ten
/// bytes for each name; a crafted one would repeat thousands.
const BYTES_PER_BYTE: usize = 16;

/// The imports found so far.
#[derive(Debug)]
pub(super) struct FoundImports {
    list: Vec<Import>,
    bytes_left: usize,
    is_too_much: bool,
}

impl FoundImports {
    /// An empty list for a file of `len` bytes.
    pub(super) fn new(len: usize) -> Self {
        Self {
            list: Vec::new(),
            bytes_left: MIN_BYTES.saturating_add(len.saturating_mul(BYTES_PER_BYTE)),
            is_too_much: false,
        }
    }

    /// Adds an import, unless the file already has too many.
    pub(super) fn push(&mut self, import: Import) {
        let (Import::Module(path) | Import::Relative(path)) = &import;
        match self.bytes_left.checked_sub(path.len()) {
            Some(left) if !self.is_too_much => {
                self.bytes_left = left;
                self.list.push(import);
            }
            _ => self.is_too_much = true,
        }
    }

    /// Marks the imports of the file as unknown.
    pub(super) fn give_up(&mut self) {
        self.is_too_much = true;
    }

    /// True if a group whose names all begin with this path can be read.
    pub(super) fn can_expand(&mut self, base: &str) -> bool {
        if base.len() > LONGEST_PATH {
            self.give_up();
        }
        !self.is_too_much
    }

    /// The imports, sorted and unique; `None` if there are too many to keep.
    ///
    /// Part of a list would make the coupling of the other files seem hidden.
    pub(super) fn finish(self) -> Option<Vec<Import>> {
        let mut list = self.list;
        list.sort_unstable();
        list.dedup();
        (!self.is_too_much).then_some(list)
    }
}

impl Extend<Import> for FoundImports {
    fn extend<T: IntoIterator<Item = Import>>(&mut self, imports: T) {
        for import in imports {
            // The iterator formats each path, which costs time even if it is not kept.
            if self.is_too_much {
                break;
            }
            self.push(import);
        }
    }
}
