//! The areas as a list: their contents, the rule behind each file, and the unassigned files.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{FileClass, FileIdx, Language, RepoPath, Scan};

use crate::analysis::Analysis;
use crate::area::{as_rules, code_owners};
use crate::assemble::{churn_of, revisions_last_year};
use crate::error::BuildError;
use crate::listing::{ListInput, list_head};
use debtscan_findings::{AreaList, AreaMemberRow, AreaRow, AreaRuleRow, Grouping, LanguageLines, REST, ROOT};

/// Lists the areas of a scan.
///
/// # Errors
/// When the areas cannot be made as asked, or the recorded costs leave the 64-bit range.
pub fn areas(input: ListInput<'_>, grouping: Grouping) -> Result<AreaList, BuildError> {
    let analysis = input.analysis()?;
    let map = &analysis.areas;
    let owners = code_owners(input.scan);
    let (as_rules, misplaced_files) = as_rules(input.scan, map);
    let mut rows: Vec<AreaRow> =
        (0..map.areas.len()).map(|position| area_row(&analysis, position, owners.as_deref())).collect();
    rows.sort_by(|a, b| b.source_lines.cmp(&a.source_lines).then_with(|| a.name.cmp(&b.name)));
    let present =
        || (0..input.scan.files.len()).map(FileIdx::new).filter(|file| is_present(input.scan, *file));
    // A configured area may have this name, too; its files have a rule.
    let in_rest = |file: &FileIdx| map.area(*file).name == REST && map.rule_of[file.get()].is_none();
    let mut rest = members(&analysis, Grouping::Directory, present().filter(in_rest));
    rest.sort_by(|a, b| b.files.cmp(&a.files).then_with(|| a.path.cmp(&b.path)));
    Ok(AreaList {
        grouping,
        files: present().count(),
        source_lines: rows.iter().map(|row| row.source_lines).sum(),
        rest_files: rest.iter().map(|row| row.files).sum(),
        code_owners_file: input.scan.code_owners.as_ref().map(|file| file.path.clone()),
        rules: rule_rows(&analysis, &rows),
        members: match grouping {
            Grouping::Area => Vec::new(),
            Grouping::File | Grouping::Directory => members(&analysis, grouping, present()),
        },
        head: list_head(&analysis),
        areas: rows,
        rest,
        as_rules,
        misplaced_files,
    })
}

fn is_present(scan: &Scan, file: FileIdx) -> bool {
    scan.file(file).present.is_some()
}

/// Lines of code of a present source file; 0 for any other.
fn lines(scan: &Scan, file: FileIdx) -> u64 {
    let file = scan.file(file);
    let complexity = file.complexity();
    match complexity {
        Some(complexity) if file.class == FileClass::Source => u64::from(complexity.sloc),
        _ => 0,
    }
}

fn area_row(analysis: &Analysis<'_>, position: usize, owners: Option<&[String]>) -> AreaRow {
    let scan = analysis.scan;
    let area = &analysis.areas.areas[position];
    let sums = &analysis.area_sums[position];
    let ranked = || sums.ranked_files.iter().map(|position| analysis.ranked.files[*position].file);
    let present = || area.files.iter().copied().filter(|file| is_present(scan, *file));
    let mut by_owner: BTreeMap<&str, u64> = BTreeMap::new();
    for file in present() {
        let owner = owners.map_or("", |owners| owners[file.get()].as_str());
        if !owner.is_empty() {
            // A file without code has an owner, too.
            *by_owner.entry(owner).or_insert(0) += lines(scan, file).max(1);
        }
    }
    let mut by_owner: Vec<(&str, u64)> = by_owner.into_iter().collect();
    // Stable: owners of equal lines stay in the order of their names.
    by_owner.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    AreaRow {
        id: area.id.clone(),
        name: area.name.clone(),
        aliases: area.aliases.clone(),
        owner: area.owner.clone(),
        code_owners: by_owner.into_iter().map(|(owner, _)| owner.to_owned()).collect(),
        origin: area.origin.clone(),
        files: present().count(),
        source_files: sums.ranked_files.len(),
        test_files: present().filter(|file| scan.file(*file).class == FileClass::Test).count(),
        source_lines: sums.source_lines,
        languages: languages(scan, ranked()),
        churn: churn_of(analysis, ranked()),
        revisions_last_year: revisions_last_year(analysis, ranked()),
        recorded: sums.recorded.clone(),
    }
}

/// The languages of some source files, most lines first, then by name.
fn languages(scan: &Scan, files: impl Iterator<Item = FileIdx>) -> Vec<LanguageLines> {
    let mut by_language: BTreeMap<Language, u64> = BTreeMap::new();
    for file in files.filter(|file| scan.file(*file).class == FileClass::Source) {
        let language = scan.file(file).present.as_ref().and_then(|present| present.language);
        if let Some(language) = language {
            *by_language.entry(language).or_insert(0) += lines(scan, file);
        }
    }
    let mut languages: Vec<LanguageLines> =
        by_language.into_iter().map(|(language, lines)| LanguageLines { language, lines }).collect();
    languages.sort_by_key(|language| std::cmp::Reverse(language.lines));
    languages
}

fn rule_rows(analysis: &Analysis<'_>, areas: &[AreaRow]) -> Vec<AreaRuleRow> {
    let (scan, map) = (analysis.scan, &analysis.areas);
    let mut taken: BTreeMap<(usize, Option<usize>), AreaRuleRow> = BTreeMap::new();
    for file in (0..scan.files.len()).map(FileIdx::new).filter(|file| is_present(scan, *file)) {
        let rule = map.rule_of[file.get()];
        let row = taken.entry((map.area_of[file.get()], rule)).or_insert_with(|| AreaRuleRow {
            area: map.area(file).id.clone(),
            area_name: map.area(file).name.clone(),
            rule: rule.map(|rule| map.rules[rule].clone()),
            files: 0,
            source_files: 0,
            source_lines: 0,
        });
        row.files += 1;
        row.source_files += usize::from(scan.file(file).class == FileClass::Source);
        row.source_lines += lines(scan, file);
    }
    let place: BTreeMap<&str, usize> =
        areas.iter().enumerate().map(|(position, area)| (area.id.as_str(), position)).collect();
    let mut rows: Vec<AreaRuleRow> = taken.into_values().collect();
    rows.sort_by(|a, b| {
        place[a.area.as_str()]
            .cmp(&place[b.area.as_str()])
            .then(b.source_lines.cmp(&a.source_lines))
            .then(b.files.cmp(&a.files))
            .then_with(|| a.rule.cmp(&b.rule))
    });
    rows
}

/// Files or folders, by path.
fn members(
    analysis: &Analysis<'_>,
    grouping: Grouping,
    files: impl Iterator<Item = FileIdx>,
) -> Vec<AreaMemberRow> {
    let (scan, map) = (analysis.scan, &analysis.areas);
    let mut groups: BTreeMap<Vec<u8>, Vec<FileIdx>> = BTreeMap::new();
    for file in files {
        let path = &scan.file(file).path;
        let key = if grouping == Grouping::File { path.as_bytes() } else { path.folder() };
        groups.entry(key.to_vec()).or_default().push(file);
    }
    let unique = |texts: &mut dyn Iterator<Item = String>| -> Vec<String> {
        texts.collect::<BTreeSet<String>>().into_iter().collect()
    };
    groups
        .into_iter()
        .map(|(key, files)| AreaMemberRow {
            name: if key.is_empty() { ROOT.to_owned() } else { String::from_utf8_lossy(&key).into_owned() },
            path: RepoPath::new(key).ok(),
            areas: unique(&mut files.iter().map(|file| map.area(*file).id.clone())),
            area_names: unique(&mut files.iter().map(|file| map.area(*file).name.clone())),
            rules: unique(
                &mut files
                    .iter()
                    .filter_map(|file| map.rule_of[file.get()])
                    .map(|rule| map.rules[rule].clone()),
            ),
            classes: FileClass::ALL
                .into_iter()
                .filter(|class| files.iter().any(|file| scan.file(*file).class == *class))
                .collect(),
            files: files.len(),
            source_files: files.iter().filter(|file| scan.file(**file).class == FileClass::Source).count(),
            source_lines: files.iter().map(|file| lines(scan, *file)).sum(),
            languages: languages(scan, files.iter().copied()),
        })
        .collect()
}
