//! Evidence in names: areas, services and components an incident names.

use std::collections::BTreeMap;

use debtscan_model::{FileIdx, Scan};

use super::paths::spread;
use crate::area::AreaMap;

/// All names by which incidents may call areas.
pub(super) struct AreaIndex<'a> {
    scan: &'a Scan,
    areas: &'a AreaMap,
    /// Ids and names, folded: areas by position.
    names: BTreeMap<String, Vec<usize>>,
    /// Aliases, folded.
    aliases: BTreeMap<String, Vec<usize>>,
    /// Last components of the names, folded.
    last_components: BTreeMap<String, Vec<usize>>,
}

impl<'a> AreaIndex<'a> {
    pub(super) fn new(scan: &'a Scan, areas: &'a AreaMap) -> Self {
        let mut index = Self {
            scan,
            areas,
            names: BTreeMap::new(),
            aliases: BTreeMap::new(),
            last_components: BTreeMap::new(),
        };
        for (position, area) in areas.areas.iter().enumerate() {
            insert(&mut index.names, &area.id, position);
            for alias in &area.aliases {
                insert(&mut index.aliases, alias, position);
            }
            for name in std::iter::once(&area.name).chain(&area.folder_name) {
                insert(&mut index.names, name, position);
                // People call `lib/vtls` just `vtls`.
                if let Some((_, last)) = name.trim_end_matches('/').rsplit_once('/') {
                    insert(&mut index.last_components, last, position);
                }
            }
        }
        index
    }

    /// Spreads an incident over the areas it names, each with the same part: within an area over
    /// its present source files by base share. Empty when no name is known.
    pub(super) fn named(&self, names: &[String], base_shares: &[f64]) -> Vec<(FileIdx, u64)> {
        self.spread(names.iter().flat_map(|name| self.find(name)).copied().collect(), base_shares)
    }

    /// The same by alias alone.
    pub(super) fn by_alias(&self, names: &[String], base_shares: &[f64]) -> Vec<(FileIdx, u64)> {
        let found = names.iter().filter_map(|name| self.aliases.get(&fold(name)));
        self.spread(found.flatten().copied().collect(), base_shares)
    }

    fn spread(&self, mut positions: Vec<usize>, base_shares: &[f64]) -> Vec<(FileIdx, u64)> {
        positions.sort_unstable();
        positions.dedup();
        let mut weights: BTreeMap<FileIdx, u64> = BTreeMap::new();
        for position in positions {
            for (file, weight) in spread(self.scan, &self.areas.areas[position].files, base_shares) {
                *weights.entry(file).or_insert(0) += weight;
            }
        }
        weights.into_iter().collect()
    }

    /// The areas of a name: by id or name, else by alias, else by a last component that only one
    /// area has.
    fn find(&self, name: &str) -> &[usize] {
        let name = fold(name);
        let exact = self.names.get(&name).or_else(|| self.aliases.get(&name));
        let last = || self.last_components.get(&name).filter(|positions| positions.len() == 1);
        exact.or_else(last).map_or(&[], Vec::as_slice)
    }
}

fn insert(names: &mut BTreeMap<String, Vec<usize>>, name: &str, position: usize) {
    let positions = names.entry(fold(name)).or_default();
    if !positions.contains(&position) {
        positions.push(position);
    }
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use debtscan_model::{FileClass, Scan};

    use super::AreaIndex;
    use crate::area::AreaMap;
    use crate::sample::{SampleScan, file_idx};
    use crate::sample_areas::top_folders;

    fn sample() -> (Scan, AreaMap) {
        let scan = SampleScan::new()
            .source("billing/a.c", 10, 0)
            .source("billing/b.c", 10, 0)
            .present("billing/t.c", FileClass::Test, 10, 0)
            .source("http/h.c", 10, 0)
            .present("site/x.md", FileClass::Docs, 10, 0)
            .build();
        let mut areas = top_folders(&scan);
        areas.areas[0].name = "libs/Billing".to_owned();
        areas.areas[0].aliases = vec!["payments-api".to_owned(), "shared".to_owned()];
        areas.areas[1].aliases = vec!["shared".to_owned()];
        (scan, areas)
    }

    #[track_caller]
    fn check(names: &[&str], expected: &[(&str, u64)]) {
        let (scan, areas) = sample();
        let mut shares = vec![0.0; scan.files.len()];
        shares[file_idx(&scan, "billing/a.c").get()] = 0.3;
        shares[file_idx(&scan, "billing/b.c").get()] = 0.1;
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let expected: Vec<_> =
            expected.iter().map(|(path, weight)| (file_idx(&scan, path), *weight)).collect();
        assert_eq!(AreaIndex::new(&scan, &areas).named(&names, &shares), expected);
    }

    /// Base shares .3 and .1: three quarters and one quarter.
    const BILLING: [(&str, u64); 2] = [("billing/a.c", 750_000_000_000), ("billing/b.c", 250_000_000_000)];

    #[test]
    fn an_area_is_found_by_id_name_alias_and_last_component_in_any_letter_case() {
        for name in ["billing", "LIBS/BILLING", " Payments-API ", "Billing"] {
            check(&[name], &BILLING);
        }
        check(&["HTTP"], &[("http/h.c", 1_000_000_000_000)]);
    }

    #[test]
    fn an_area_is_counted_once_and_several_have_equal_parts() {
        check(&["billing", "payments-api"], &BILLING);
        let both = [BILLING[0], BILLING[1], ("http/h.c", 1_000_000_000_000)];
        check(&["http", "billing", "unheard-of"], &both);
        check(&["shared"], &both);
    }

    #[test]
    fn an_area_without_source_spreads_over_its_present_files() {
        check(&["site"], &[("site/x.md", 1_000_000_000_000)]);
    }

    #[test]
    fn an_unknown_or_ambiguous_name_leads_nowhere() {
        check(&["ftp", ""], &[]);
        let (scan, mut areas) = sample();
        areas.areas[1].name = "apps/billing-ui".to_owned();
        areas.areas[2].name = "web/billing-ui".to_owned();
        let index = AreaIndex::new(&scan, &areas);
        assert!(index.named(&["billing-ui".to_owned()], &vec![0.0; scan.files.len()]).is_empty());
    }
}
