//! All folders of a scan's files, numbered, so that facts about them fit in vectors.

use bstr::{BStr, ByteSlice};
use debtscan_model::{FileClass, Scan};

/// The folders that hold files, present or deleted, at any depth.
///
/// Folders go by number, the root as 0. The contents of each follow it without a gap.
pub(crate) struct FolderTree<'a> {
    /// By number.
    pub(crate) folders: Vec<TreeFolder<'a>>,
    /// By file of the scan, its folder.
    pub(crate) of_file: Vec<usize>,
}

/// A folder, and what its present files are.
pub(crate) struct TreeFolder<'a> {
    /// Its path; empty for the root.
    pub(crate) path: &'a BStr,
    /// The folder that holds it; the root holds itself.
    pub(crate) above: usize,
    /// Its own files.
    pub(crate) own: ContentCounts,
    /// The files in it and below.
    pub(crate) all: ContentCounts,
}

/// What some present files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ContentCounts {
    /// How many there are.
    pub(crate) files: u64,
    /// Of these, tests, examples, documentation and vendored files.
    pub(crate) supporting: u64,
    /// Lines of code of the source files.
    pub(crate) source_lines: u64,
}

impl ContentCounts {
    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.supporting += other.supporting;
        self.source_lines += other.source_lines;
    }
}

/// The number of the root.
pub(crate) const ROOT_FOLDER: usize = 0;

impl<'a> FolderTree<'a> {
    pub(crate) fn of(scan: &'a Scan) -> Self {
        let root = TreeFolder::new(BStr::new(b""), ROOT_FOLDER);
        let mut tree = Self { folders: vec![root], of_file: Vec::with_capacity(scan.files.len()) };
        let mut at = ROOT_FOLDER;
        // In the order of paths, all that a folder holds comes in one go.
        for file in &scan.files {
            at = tree.go(at, file.path.folder());
            tree.of_file.push(at);
            if file.present.is_some() {
                let class = file.class;
                let is_support = matches!(
                    class,
                    FileClass::Test | FileClass::Example | FileClass::Docs | FileClass::Vendored
                );
                tree.folders[at].own.add(ContentCounts {
                    files: 1,
                    supporting: u64::from(is_support),
                    source_lines: if file.class == FileClass::Source { u64::from(file.sloc()) } else { 0 },
                });
            }
        }
        // Backwards, so that a folder is complete before it is added to the one above.
        for number in (0..tree.folders.len()).rev() {
            let TreeFolder { own, above, .. } = tree.folders[number];
            tree.folders[number].all.add(own);
            if number != ROOT_FOLDER {
                let all = tree.folders[number].all;
                tree.folders[above].all.add(all);
            }
        }
        tree
    }

    /// Goes from one folder to another, which is new unless it holds the first; gives its number.
    fn go(&mut self, from: usize, to: &'a BStr) -> usize {
        let mut at = from;
        while !is_within(to, self.folders[at].path) {
            at = self.folders[at].above;
        }
        while self.folders[at].path.len() < to.len() {
            let known = self.folders[at].path.len();
            let start = if known == 0 { 0 } else { known + 1 };
            let end = to[start..].find_byte(b'/').map_or(to.len(), |slash| start + slash);
            self.folders.push(TreeFolder::new(to[..end].as_bstr(), at));
            at = self.folders.len() - 1;
        }
        at
    }

    /// The number of a folder; `None` when it holds no files.
    pub(crate) fn find(&self, path: &BStr) -> Option<usize> {
        if path.is_empty() {
            return Some(ROOT_FOLDER);
        }
        // They come in the order of their paths with a `/` at the end, as all paths below start.
        let inner = &self.folders[ROOT_FOLDER + 1..];
        let found =
            inner.binary_search_by(|folder| folder.path.iter().chain(b"/").cmp(path.iter().chain(b"/")));
        found.ok().map(|position| position + ROOT_FOLDER + 1)
    }

    /// Whether a folder has lines of code in it or below.
    pub(crate) fn holds_source(&self, folder: usize) -> bool {
        self.folders[folder].all.source_lines > 0
    }

    /// The folders directly in one: sorted by path.
    pub(crate) fn inside(&self, folder: usize) -> Vec<usize> {
        // Contents follow their folder without a gap, and their parents' numbers are not smaller.
        let below = (folder + 1..self.folders.len()).take_while(|inner| self.folders[*inner].above >= folder);
        let mut inside: Vec<usize> = below.filter(|inner| self.folders[*inner].above == folder).collect();
        inside.sort_unstable_by_key(|inner| self.folders[*inner].path);
        inside
    }

    /// By folder, what `decide` makes of it and of what it made of the folder above; `to_root` stands above the
    /// root.
    pub(crate) fn pass_down<T: Copy>(&self, to_root: T, decide: impl Fn(usize, T) -> T) -> Vec<T> {
        let mut passed: Vec<T> = Vec::with_capacity(self.folders.len());
        // A folder follows the one that contains it, so that `passed` has that one already.
        for (number, folder) in self.folders.iter().enumerate() {
            let above = if number == ROOT_FOLDER { to_root } else { passed[folder.above] };
            passed.push(decide(number, above));
        }
        passed
    }
}

impl<'a> TreeFolder<'a> {
    fn new(path: &'a BStr, above: usize) -> Self {
        Self { path, above, own: ContentCounts::default(), all: ContentCounts::default() }
    }
}

/// Whether a folder is another one or below it.
fn is_within(folder: &BStr, outer: &BStr) -> bool {
    outer.is_empty()
        || folder.strip_prefix(outer.as_bytes()).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
}

#[cfg(test)]
mod tests {
    use bstr::{BStr, ByteSlice};
    use debtscan_model::FileClass;

    use super::{ContentCounts, FolderTree};
    use crate::sample::SampleScan;

    #[test]
    fn folders_are_numbered_from_the_outside_and_found_whatever_sorts_between_them() {
        // `a-b/` and `a.c` sort between `a` and `a/`.
        let scan = SampleScan::new()
            .source("a-b/x.c", 7, 0)
            .source("a.c", 1, 0)
            .source("a/b/c/y.c", 10, 0)
            .present("a/b/t.c", FileClass::Test, 5, 0)
            .source("a/z.c", 100, 0)
            .deleted("gone/old.c", FileClass::Source)
            .build();
        let tree = FolderTree::of(&scan);
        let paths: Vec<&[u8]> = tree.folders.iter().map(|folder| folder.path.as_bytes()).collect();
        assert_eq!(paths, [b"".as_slice(), b"a-b", b"a", b"a/b", b"a/b/c", b"gone"]);
        let above: Vec<usize> = tree.folders.iter().map(|folder| folder.above).collect();
        assert_eq!(above, [0, 0, 0, 2, 3, 0]);
        for (number, path) in paths.iter().enumerate() {
            assert_eq!(tree.find(BStr::new(path)), Some(number));
        }
        for unknown in ["a/", "a/b/d", "b", "a-", "gone/old.c"] {
            assert_eq!(tree.find(BStr::new(unknown)), None, "{unknown}");
        }
        // Sorted by path: `a`, then `a-b`.
        assert_eq!((tree.inside(0), tree.inside(2)), (vec![2, 1, 5], vec![3]));
        let content = |files, supporting, source_lines| ContentCounts { files, supporting, source_lines };
        let all: Vec<ContentCounts> = tree.folders.iter().map(|folder| folder.all).collect();
        assert_eq!(all[..3], [content(5, 1, 118), content(1, 0, 7), content(3, 1, 110)]);
        assert_eq!(all[3..], [content(2, 1, 10), content(1, 0, 10), content(0, 0, 0)]);
        assert_eq!(tree.folders[2].own, content(1, 0, 100));
        let file_folders: Vec<&BStr> = tree.of_file.iter().map(|folder| tree.folders[*folder].path).collect();
        let expected: Vec<&BStr> = scan.files.iter().map(|file| file.path.folder()).collect();
        assert_eq!(file_folders, expected);
    }
}
