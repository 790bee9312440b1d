//! Evidence in paths: files and folders an incident names.

use std::collections::BTreeMap;

use debtscan_model::{FileClass, FileIdx, RepoPath, Scan};

use debtscan_findings::Confidence;

/// The whole that the files of one named place share among them: large enough for base shares of
/// one in a billion, small enough for thousands of places per incident in 64 bits.
const WHOLE: f64 = 1e12;

/// Files with weights, and the confidence in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamedFiles {
    /// File and weight: sorted by file, unique, weights at least 1.
    pub(super) weights: Vec<(FileIdx, u64)>,
    /// High for files; low when any part is a set of files.
    pub(super) confidence: Confidence,
}

/// All paths of a scan, to be found by name, older names included.
pub(crate) struct PathIndex<'a> {
    scan: &'a Scan,
    /// Older names and the files that had them: sorted by name; present files first.
    aliases: Vec<(&'a RepoPath, FileIdx)>,
}

impl<'a> PathIndex<'a> {
    pub(crate) fn new(scan: &'a Scan) -> Self {
        let mut aliases: Vec<(&RepoPath, FileIdx)> = Vec::new();
        for (index, file) in scan.files.iter().enumerate() {
            aliases.extend(file.aliases.iter().map(|alias| (scan.path(*alias), FileIdx::new(index))));
        }
        // Several files can have had one name; the one that still exists is meant.
        aliases.sort_by_key(|(path, file)| (*path, scan.file(*file).present.is_none(), *file));
        Self { scan, aliases }
    }

    /// The file with this path or, failing that, with this older path. `./` and `/` in front and `/`
    /// at the end are ignored.
    pub(crate) fn file(&self, text: &str) -> Option<FileIdx> {
        let path = normalise(text)?;
        // A path of today is meant before a former name of another file.
        self.scan.find_file(&path).or_else(|| {
            let start = self.aliases.partition_point(|(alias, _)| **alias < path);
            self.aliases.get(start).filter(|(alias, _)| **alias == path).map(|(_, file)| *file)
        })
    }

    /// Spreads an incident over the places it names, each with the same part. Places the repository
    /// does not have are passed over; `None` when it has none of them.
    pub(super) fn named(&self, places: &[String], base_shares: &[f64]) -> Option<NamedFiles> {
        let mut weights: BTreeMap<FileIdx, u64> = BTreeMap::new();
        let mut confidence = Confidence::High;
        for place in places {
            let parts = if let Some(file) = self.file(place) {
                spread(self.scan, &[file], base_shares)
            } else {
                confidence = Confidence::Low;
                spread(self.scan, &self.folder(place), base_shares)
            };
            for (file, weight) in parts {
                *weights.entry(file).or_insert(0) += weight;
            }
        }
        let weights: Vec<(FileIdx, u64)> = weights.into_iter().collect();
        (!weights.is_empty()).then_some(NamedFiles { weights, confidence })
    }

    /// All files below a folder or, failing that, that once were below it: sorted, unique.
    fn folder(&self, text: &str) -> Vec<FileIdx> {
        let Some(folder) = normalise(text) else { return Vec::new() };
        let files = &self.scan.files;
        let start = files.partition_point(|file| file.path < folder);
        // `lib.c` sorts between `lib` and `lib/...`, so every path with the prefix is checked.
        let has_prefix = |path: &RepoPath| path.as_bytes().starts_with(folder.as_bytes());
        let mut found: Vec<FileIdx> = (start..files.len())
            .take_while(|index| has_prefix(&files[*index].path))
            .filter(|index| files[*index].path.is_within(&folder))
            .map(FileIdx::new)
            .collect();
        if found.is_empty() {
            let start = self.aliases.partition_point(|(alias, _)| **alias < folder);
            let older = self.aliases[start..].iter().take_while(|(alias, _)| has_prefix(alias));
            found = older.filter(|(alias, _)| alias.is_within(&folder)).map(|(_, file)| *file).collect();
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}

/// Spreads one whole over a set of files: over its present source files by base share; if there
/// are none, over its present files equally; if there are none either, over all its files equally.
pub(super) fn spread(scan: &Scan, files: &[FileIdx], base_shares: &[f64]) -> Vec<(FileIdx, u64)> {
    let is_present = |file: &FileIdx| scan.file(*file).present.is_some();
    let is_source = |file: &FileIdx| is_present(file) && scan.file(*file).class == FileClass::Source;
    let source: Vec<FileIdx> = files.iter().copied().filter(is_source).collect();
    if !source.is_empty() {
        let total = source.iter().fold(0.0, |sum, file| sum + base_shares[file.get()]);
        let equal = 1.0 / source.len() as f64;
        // Where nothing has lines or changes, all base shares are 0.
        let part = |file: FileIdx| if total > 0.0 { base_shares[file.get()] / total } else { equal };
        return source.iter().map(|file| (*file, whole_part(part(*file)))).collect();
    }
    let present: Vec<FileIdx> = files.iter().copied().filter(is_present).collect();
    let files = if present.is_empty() { files } else { &present };
    files.iter().map(|file| (*file, whole_part(1.0 / files.len() as f64))).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part is within 0..=1, so the product is within 0..=1e12"
)]
fn whole_part(part: f64) -> u64 {
    // A weight of 0 would drop a file that the incident names.
    ((part * WHOLE).round() as u64).max(1)
}

fn normalise(text: &str) -> Option<RepoPath> {
    let mut text = text.trim();
    // Exports write paths as a shell or a URL does.
    while let Some(rest) = text.strip_prefix("./").or_else(|| text.strip_prefix('/')) {
        text = rest;
    }
    RepoPath::new(text.trim_end_matches('/')).ok()
}

#[cfg(test)]
mod tests {
    use debtscan_model::{FileClass, Scan};

    use super::PathIndex;
    use crate::sample::{SampleScan, file_idx};
    use debtscan_findings::Confidence;

    fn sample() -> Scan {
        SampleScan::new()
            .source("lib/a.c", 10, 0)
            .source("lib/b.c", 30, 0)
            .source("lib.c", 10, 0)
            .source("src/new.c", 10, 0)
            .alias("old/name.c")
            .present("docs/x.md", FileClass::Docs, 1, 0)
            .present("docs/y.md", FileClass::Docs, 1, 0)
            .deleted("gone/z.c", FileClass::Source)
            .build()
    }

    /// Base shares: 1/4 for lib/a.c, 3/4 for lib/b.c, 0 elsewhere.
    fn shares(scan: &Scan) -> Vec<f64> {
        let mut shares = vec![0.0; scan.files.len()];
        shares[file_idx(scan, "lib/a.c").get()] = 0.25;
        shares[file_idx(scan, "lib/b.c").get()] = 0.75;
        shares
    }

    #[track_caller]
    fn check(places: &[&str], expected: &[(&str, u64)], confidence: Confidence) {
        let scan = sample();
        let places: Vec<String> = places.iter().map(|place| (*place).to_owned()).collect();
        let named = PathIndex::new(&scan).named(&places, &shares(&scan)).expect("known places");
        let mut expected: Vec<_> =
            expected.iter().map(|(path, weight)| (file_idx(&scan, path), *weight)).collect();
        expected.sort_unstable();
        assert_eq!(named.weights, expected);
        assert_eq!(named.confidence, confidence);
    }

    #[test]
    fn a_file_is_found_by_its_path_in_any_usual_spelling_and_by_an_older_path() {
        for spelling in ["lib/a.c", "./lib/a.c", "/lib/a.c", " lib/a.c "] {
            check(&[spelling], &[("lib/a.c", 1_000_000_000_000)], Confidence::High);
        }
        check(&["old/name.c"], &[("src/new.c", 1_000_000_000_000)], Confidence::High);
        check(&["gone/z.c"], &[("gone/z.c", 1_000_000_000_000)], Confidence::High);
    }

    #[test]
    fn a_folder_spreads_by_base_share_over_its_source_files() {
        let parts = [("lib/a.c", 250_000_000_000), ("lib/b.c", 750_000_000_000)];
        for spelling in ["lib", "lib/", "./lib/"] {
            check(&[spelling], &parts, Confidence::Low);
        }
    }

    #[test]
    fn a_folder_without_source_or_known_only_by_its_old_name_still_counts() {
        check(&["docs"], &[("docs/x.md", 500_000_000_000), ("docs/y.md", 500_000_000_000)], Confidence::Low);
        check(&["old"], &[("src/new.c", 1_000_000_000_000)], Confidence::Low);
        check(&["gone"], &[("gone/z.c", 1_000_000_000_000)], Confidence::Low);
    }

    #[test]
    fn several_places_have_equal_parts_and_unknown_ones_none() {
        check(
            &["lib", "lib.c", "nowhere/q.c"],
            &[("lib/a.c", 250_000_000_000), ("lib/b.c", 750_000_000_000), ("lib.c", 1_000_000_000_000)],
            Confidence::Low,
        );
        let scan = sample();
        let index = PathIndex::new(&scan);
        for unknown in ["", "/", "lib/a", "li", "nowhere"] {
            assert_eq!(index.named(&[unknown.to_owned()], &shares(&scan)), None, "{unknown:?}");
        }
    }
}
