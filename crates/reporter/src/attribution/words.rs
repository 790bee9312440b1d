//! Evidence in words: a place whose name is that of a folder or file.

use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{FileClass, FileIdx, Scan};

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
    /// Words in lower case: folders and file names without extension, whole and in parts.
    files: BTreeMap<String, BTreeSet<FileIdx>>,
    /// Present source files in all.
    sources: usize,
}

impl WordIndex {
    pub(super) fn new(scan: &Scan) -> Self {
        let mut index = Self { files: BTreeMap::new(), sources: 0 };
        for (position, file) in scan.files.iter().enumerate() {
            if file.class != FileClass::Source || file.present.is_none() {
                continue;
            }
            index.sources += 1;
            let components: Vec<String> = file.path.components().map(ToString::to_string).collect();
            for (depth, component) in components.iter().enumerate() {
                let is_name = depth + 1 == components.len();
                let stem =
                    component.rsplit_once('.').filter(|_| is_name).map_or(&**component, |(stem, _)| stem);
                let whole: String = stem.chars().filter(|letter| letter.is_alphanumeric()).collect();
                for word in split(stem).chain([whole.to_lowercase()]) {
                    index.files.entry(word).or_default().insert(FileIdx::new(position));
                }
            }
        }
        index
    }

    /// The files that a name means: those with all of its words run together, else those with every
    /// word, else those with any. Empty when there are none, or more than a quarter of all: then
    /// the word names no place.
    pub(super) fn find(&self, name: &str) -> Vec<FileIdx> {
        let words: Vec<String> =
            split(name).filter(|word| word.len() > 1 && !GENERIC.contains(&word.as_str())).collect();
        let nothing = BTreeSet::new();
        let sets: Vec<&BTreeSet<FileIdx>> =
            words.iter().map(|word| self.files.get(word).unwrap_or(&nothing)).collect();
        let Some((first, others)) = sets.split_first() else { return Vec::new() };
        let together = self.files.get(&words.concat()).unwrap_or(&nothing);
        let every = || first.iter().filter(|file| others.iter().all(|set| set.contains(file)));
        let any: BTreeSet<FileIdx> = sets.iter().flat_map(|set| set.iter()).copied().collect();
        let found: Vec<FileIdx> = if !together.is_empty() {
            together.iter().copied().collect()
        } else if every().next().is_some() {
            every().copied().collect()
        } else {
            any.into_iter().collect()
        };
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
