//! Areas of hand-made scans, for tests.

use debtscan_findings::AreaSource;
use debtscan_model::{File, FileIdx, Scan};

use crate::area::{Area, AreaMap};

/// One area per first path component; files at the root form `(top level)`.
pub(crate) fn top_folders(scan: &Scan) -> AreaMap {
    let name_of = |file: &File| {
        let mut components = file.path.components();
        let first = components.next().expect("a path has a component").to_string();
        if components.next().is_some() { first } else { "(top level)".to_owned() }
    };
    let mut names: Vec<String> = scan.files.iter().map(name_of).collect();
    names.sort();
    names.dedup();
    let area_of: Vec<usize> = scan
        .files
        .iter()
        .map(|file| names.binary_search(&name_of(file)).expect("every name is listed"))
        .collect();
    let areas = names
        .iter()
        .enumerate()
        .map(|(position, name)| Area {
            folder_name: None,
            id: name.to_lowercase(),
            explicit_id: None,
            name: name.clone(),
            aliases: Vec::new(),
            owner: None,
            origin: format!("{name}/"),
            files: (0..area_of.len()).filter(|file| area_of[*file] == position).map(FileIdx::new).collect(),
        })
        .collect();
    AreaMap {
        source: AreaSource::Directories(1),
        areas,
        area_of,
        rules: Vec::new(),
        rule_of: vec![None; scan.files.len()],
        unmatched_rules: Vec::new(),
        malformed_owner_lines: 0,
    }
}
