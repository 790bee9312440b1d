//! Evidence in words: a place whose name is that of a folder or file.

use bstr::{BStr, ByteSlice};
use debtscan_model::{FileClass, FileIdx, Scan};
use rustc_hash::FxHashMap;

/// Words that name no place in particular.
const GENERIC: [&str; 22] = [
    "and",
    "api",
    "app",
    "area",
    "backend",
    "client",
    "code",
    "component",
    "core",
    "for",
    "frontend",
    "general",
    "main",
    "misc",
    "module",
    "other",
    "server",
    "service",
    "src",
    "team",
    "the",
    "system",
];

/// Present source files by the words in their paths.
pub(super) struct WordIndex {
    /// Words in lower case, by number: folders and file names without extension, whole and in parts.
    numbers: FxHashMap<String, usize>,
    /// The files of each word: sorted, unique.
    files: Vec<Vec<FileIdx>>,
    /// Present source files in all.
    sources: usize,
}

impl WordIndex {
    pub(super) fn new(scan: &Scan) -> Self {
        let mut index = Self { numbers: FxHashMap::default(), files: Vec::new(), sources: 0 };
        // Many files share a folder, and many folders a name.
        let mut of_folder: FxHashMap<&BStr, Vec<usize>> = FxHashMap::default();
        for (position, file) in scan.files.iter().enumerate() {
            if file.class != FileClass::Source || file.present.is_none() {
                continue;
            }
            index.sources += 1;
            let file_index = FileIdx::new(position);
            let folder = file.path.folder();
            for component in folder.split_str("/").map(ByteSlice::as_bstr).filter(|it| !it.is_empty()) {
                let words = of_folder.entry(component).or_insert_with(|| index.words(&component.to_string()));
                for word in words {
                    index.add(*word, file_index);
                }
            }
            let name = file.path.file_name().to_string();
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            for word in index.words(stem) {
                index.add(word, file_index);
            }
        }
        index
    }

    /// The numbers of the words of a name, in parts and as a whole; new ones are given to new words.
    fn words(&mut self, name: &str) -> Vec<usize> {
        let whole: String = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
        // People write compound names with and without a separator.
        let words = split(name).chain([whole.to_lowercase()]);
        words
            .map(|word| {
                *self.numbers.entry(word).or_insert_with(|| {
                    self.files.push(Vec::new());
                    self.files.len() - 1
                })
            })
            .collect()
    }

    /// Adds a file, not before any that a word has.
    fn add(&mut self, word: usize, file: FileIdx) {
        let files = &mut self.files[word];
        // All words of a file are added together, so that only the last entry can be the same file.
        if files.last() != Some(&file) {
            files.push(file);
        }
    }

    fn files(&self, word: &str) -> &[FileIdx] {
        self.numbers.get(word).map_or(&[], |number| &self.files[*number])
    }

    /// The files that a name means: those with all of its words run together, else those with every
    /// word, else those with any. Empty when there are none, or more than a quarter of all: then
    /// the word names no place.
    pub(super) fn find(&self, name: &str) -> Vec<FileIdx> {
        let words: Vec<String> =
            // A single letter names no place.
            split(name).filter(|word| word.len() > 1 && !GENERIC.contains(&word.as_str())).collect();
        let sets: Vec<&[FileIdx]> = words.iter().map(|word| self.files(word)).collect();
        let Some((first, others)) = sets.split_first() else { return Vec::new() };
        let together = self.files(&words.concat());
        let every = || first.iter().filter(|file| others.iter().all(|set| set.binary_search(file).is_ok()));
        let found: Vec<FileIdx> = if !together.is_empty() {
            together.to_vec()
        } else if every().next().is_some() {
            every().copied().collect()
        } else {
            let mut any = sets.concat();
            any.sort_unstable();
            any.dedup();
            any
        };
        // In a small tree, a quarter of the files would be less than one.
        if found.len() * 4 > self.sources.max(4) { Vec::new() } else { found }
    }
}

/// The words of a name in lower case: split where letters or digits end, and before an upper-case
/// letter that follows a lower-case one.
fn split(name: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (was_lower && letter.is_uppercase()) {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        was_lower = letter.is_lowercase();
    }
    words.push(word);
    words.into_iter().filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use debtscan_model::FileClass;

    use super::WordIndex;
    use crate::sample::{SampleScan, file_idx};

    #[test]
    fn a_word_is_that_of_a_folder_a_file_or_a_part_of_its_name() {
        let scan = SampleScan::new()
            .source("lib/hsts.c", 1, 0)
            .source("lib/cookie.c", 1, 0)
            .source("lib/vtls/openssl.c", 1, 0)
            .source("lib/vtls/schannel.c", 1, 0)
            .source("src/tool_getparam.c", 1, 0)
            .source("src/ShoppingCart.java", 1, 0)
            .source("src/pay/cart.c", 1, 0)
            .source("src/a.c", 1, 0)
            .source("src/b.c", 1, 0)
            .present("docs/hsts.md", FileClass::Docs, 1, 0)
            .build();
        let check = |name: &str, expected: &[&str]| {
            let expected: Vec<_> = expected.iter().map(|path| file_idx(&scan, path)).collect();
            assert_eq!(WordIndex::new(&scan).find(name), expected, "{name}");
        };
        check("HSTS", &["lib/hsts.c"]);
        check("vtls", &["lib/vtls/openssl.c", "lib/vtls/schannel.c"]);
        check("Open SSL", &["lib/vtls/openssl.c"]);
        check("getparam", &["src/tool_getparam.c"]);
        check("shopping cart service", &["src/ShoppingCart.java"]);
        check("pay-cart", &["src/pay/cart.c"]);
        check("cookie hsts", &["lib/cookie.c", "lib/hsts.c"]);
        // nothing, generic words alone, and more than a quarter of the nine files
        for name in ["telnet", "the service", "", "lib"] {
            check(name, &[]);
        }
    }
}
