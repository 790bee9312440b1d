//! Evidence in owners: the team an incident names, and the files it answers for.

use std::collections::BTreeMap;

use debtscan_model::{FileIdx, Scan};

use crate::area::{AreaMap, owners_by_file};

/// Files by who answers for them.
pub(super) struct OwnerIndex {
    /// Owners, folded.
    files: BTreeMap<String, Vec<FileIdx>>,
}

impl OwnerIndex {
    /// Takes the owners of areas and those of CODEOWNERS.
    pub(super) fn new(scan: &Scan, areas: &AreaMap) -> Self {
        let mut index = Self { files: BTreeMap::new() };
        for area in &areas.areas {
            let Some(owner) = &area.owner else { continue };
            index.insert(owner, &area.files);
            // A set of owners as CODEOWNERS writes it, each a handle or an address.
            for owner in owner.split_whitespace().filter(|owner| owner.contains('@')) {
                index.insert(owner, &area.files);
            }
        }
        for (file, owners) in owners_by_file(scan).iter().enumerate() {
            for owner in owners {
                index.insert(owner, &[FileIdx::new(file)]);
            }
        }
        for files in index.files.values_mut() {
            files.sort_unstable();
            files.dedup();
        }
        index
    }

    fn insert(&mut self, owner: &str, files: &[FileIdx]) {
        let owner = fold(owner);
        // `@org/team` is also called `team`.
        let team = owner.rsplit_once('/').map(|(_, team)| team.to_owned());
        for name in [Some(owner), team].into_iter().flatten().filter(|name| !name.is_empty()) {
            self.files.entry(name).or_default().extend(files);
        }
    }

    /// The files of an owner: sorted, unique; empty for an unknown one.
    pub(super) fn find(&self, name: &str) -> &[FileIdx] {
        self.files.get(&fold(name)).map_or(&[], Vec::as_slice)
    }
}

/// Lower case, without `@`, blanks and underscores as hyphens.
fn fold(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase().replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use debtscan_model::CodeOwnersFile;

    use super::OwnerIndex;
    use crate::sample::{SampleScan, file_idx, path};
    use crate::sample_areas::top_folders;

    #[test]
    fn an_owner_is_found_by_codeowners_and_by_area_under_its_usual_spellings() {
        let mut scan =
            SampleScan::new().source("pay/a.c", 1, 0).source("pay/b.c", 1, 0).source("web/w.c", 1, 0).build();
        scan.code_owners = Some(CodeOwnersFile {
            path: path("CODEOWNERS"),
            content: b"pay/ @shop/team-payments\npay/b.c ada@example.org\n".to_vec(),
        });
        let mut areas = top_folders(&scan);
        areas.areas[1].owner = Some("Team Web".to_owned());
        let index = OwnerIndex::new(&scan, &areas);
        let [a, b, w] = ["pay/a.c", "pay/b.c", "web/w.c"].map(|path| file_idx(&scan, path));
        for name in ["@shop/team-payments", "team-payments", "Team Payments", "shop/team_payments"] {
            assert_eq!(index.find(name), [a], "{name}");
        }
        assert_eq!(index.find("ada@example.org"), [b]);
        assert_eq!(index.find("team-web"), [w]);
        assert!(index.find("team").is_empty() && index.find("nobody").is_empty());
    }
}
