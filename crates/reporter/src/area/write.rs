//! Areas as `[[area]]` rules, to start a configuration from.

use std::collections::{BTreeMap, BTreeSet};

use bstr::BStr;
use debtscan_model::{FileIdx, Scan};

use super::map::AreaMap;
use super::plan::slug;
use debtscan_findings::{AreaRule, AreaSource, REST};

/// The rules that give the same areas, in an order in which the first that matches is right.
///
/// Folders are claimed whole where one area has most of them, with the exceptions before; where that
/// cannot be ordered, folders are taken apart until every pattern stands for one area alone. The
/// second part is the number of files that the rules would put elsewhere: paths that no pattern can
/// spell.
pub fn as_rules(scan: &Scan, map: &AreaMap) -> (Vec<AreaRule>, usize) {
    let tree = FolderIndex::of(scan, map);
    let whole = tree.rules(map, Style::Whole).map(|rules| (misplaced(scan, map, &rules), rules));
    if let Some((0, rules)) = whole {
        return (rules, 0);
    }
    let rules = tree.rules(map, Style::Apart).unwrap_or_default();
    let misplaced = misplaced(scan, map, &rules);
    (rules, misplaced)
}

/// How many files the rules put into another area than the map has them in.
fn misplaced(scan: &Scan, map: &AreaMap, rules: &[AreaRule]) -> usize {
    // Only a try shows which paths no pattern can spell.
    let Ok(again) = AreaMap::build(scan, AreaSource::Config, rules) else { return scan.files.len() };
    let differs = |file: &FileIdx| again.area(*file).name != map.area(*file).name;
    (0..scan.files.len()).map(FileIdx::new).filter(differs).count()
}

/// How a folder of several areas is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// For the area with most of its files, exceptions first.
    Whole,
    /// Taken apart.
    Apart,
}

/// The contents of one folder.
#[derive(Debug, Default)]
struct FolderContents<'a> {
    /// Names of the folders in it, whole paths: sorted.
    folders: BTreeSet<&'a BStr>,
    /// Its own files, with their areas.
    files: Vec<(&'a BStr, usize)>,
    /// Files per area in it and below.
    areas: BTreeMap<usize, usize>,
}

struct FolderIndex<'a> {
    by_path: BTreeMap<&'a BStr, FolderContents<'a>>,
    /// The position of the rest in the map; its files need no rule.
    rest: Option<usize>,
}

/// Patterns and which area must come before which.
#[derive(Default)]
struct RuleDraft {
    patterns: BTreeMap<usize, Vec<String>>,
    before: BTreeSet<(usize, usize)>,
}

impl<'a> FolderIndex<'a> {
    fn of(scan: &'a Scan, map: &AreaMap) -> Self {
        let mut by_path: BTreeMap<&BStr, FolderContents<'a>> = BTreeMap::new();
        for (file, area) in scan.files.iter().zip(&map.area_of) {
            by_path.entry(file.path.folder()).or_default().files.push((file.path.as_bstr(), *area));
            let mut inner: Option<&BStr> = None;
            for folder in super::folders::ancestors(file.path.folder()) {
                let known = by_path.entry(folder).or_default();
                *known.areas.entry(*area).or_insert(0) += 1;
                known.folders.extend(inner);
                inner = Some(folder);
            }
        }
        Self { by_path, rest: map.areas.iter().position(|area| area.name == REST) }
    }

    /// `None` when no order of the areas is right.
    fn rules(&self, map: &AreaMap, style: Style) -> Option<Vec<AreaRule>> {
        let mut draft = RuleDraft::default();
        // Depth is bounded by the length of paths; a stack keeps it off the thread's own.
        let mut open: Vec<(&BStr, Option<usize>)> = vec![(BStr::new(b""), None)];
        while let Some((path, inherited)) = open.pop() {
            self.folder(path, inherited, style, &mut draft, &mut open);
        }
        let order = order(map.areas.len(), &draft.before)?;
        let rules = order.into_iter().filter(|area| Some(*area) != self.rest).filter_map(|area| {
            let mut paths = draft.patterns.get(&area)?.clone();
            paths.sort();
            let known = &map.areas[area];
            Some(AreaRule {
                id: known
                    .explicit_id
                    .clone()
                    .or_else(|| (known.id != slug(&known.name)).then(|| known.id.clone())),
                name: known.name.clone(),
                paths,
                aliases: known.aliases.clone(),
                owner: known.owner.clone(),
            })
        });
        Some(rules.collect())
    }

    fn folder(
        &self,
        path: &'a BStr,
        inherited: Option<usize>,
        style: Style,
        draft: &mut RuleDraft,
        open: &mut Vec<(&'a BStr, Option<usize>)>,
    ) {
        // Without any file there is not even a root.
        let Some(folder) = self.by_path.get(path) else { return };
        let is_root = path.is_empty();
        let has_rest = self.rest.is_some_and(|rest| folder.areas.contains_key(&rest));
        let only = match folder.areas.len() {
            1 => folder.areas.keys().next().copied(),
            _ => None,
        };
        if only.is_some() && (only == inherited || only == self.rest) {
            return;
        }
        // Of equal areas the first, so that the rules are always the same.
        let largest = || folder.areas.iter().max_by_key(|(area, files)| (**files, usize::MAX - **area));
        let claims = match style {
            // A pattern for the whole folder would also claim the unassigned files, which need
            // none.
            _ if is_root || has_rest => None,
            Style::Whole => largest().map(|(area, _)| *area),
            Style::Apart => only,
        };
        let default = claims.or(inherited);
        if let Some(area) = claims.filter(|area| Some(*area) != inherited) {
            draft.add(area, format!("{}/", spelled(path)), inherited);
        }
        let others: Vec<&(&BStr, usize)> = folder
            .files
            .iter()
            .filter(|(_, area)| Some(*area) != default && Some(*area) != self.rest)
            .collect();
        let areas: BTreeSet<usize> = folder.files.iter().map(|(_, area)| *area).collect();
        match areas.first() {
            // One pattern for all files of the folder, instead of one for each.
            Some(area) if areas.len() == 1 && !others.is_empty() => {
                let pattern = if is_root { "*".to_owned() } else { format!("{}/*", spelled(path)) };
                draft.add(*area, pattern, default);
            }
            _ => {
                for (file, area) in others {
                    draft.add(*area, spelled(file), default);
                }
            }
        }
        open.extend(folder.folders.iter().map(|inner| (*inner, default)));
    }
}

impl RuleDraft {
    /// Adds a pattern inside of what another area claims, which must therefore come later.
    fn add(&mut self, area: usize, pattern: String, outer: Option<usize>) {
        self.patterns.entry(area).or_default().push(pattern);
        self.before.extend(outer.filter(|outer| *outer != area).map(|outer| (area, outer)));
    }
}

/// Positions in an order that keeps every (earlier, later); `None` when they go round in a circle.
fn order(n: usize, before: &BTreeSet<(usize, usize)>) -> Option<Vec<usize>> {
    let mut waiting = vec![0; n];
    for (_, later) in before {
        waiting[*later] += 1;
    }
    // A sorted set: of several valid orders it is always the same one.
    let mut free: BTreeSet<usize> = (0..n).filter(|position| waiting[*position] == 0).collect();
    let mut order = Vec::with_capacity(n);
    while let Some(next) = free.pop_first() {
        order.push(next);
        for (_, later) in before.range((next, 0)..=(next, usize::MAX)) {
            waiting[*later] -= 1;
            if waiting[*later] == 0 {
                free.insert(*later);
            }
        }
    }
    (order.len() == n).then_some(order)
}

/// A path as a pattern for itself alone, as far as patterns can: bytes that are not UTF-8 become `?`.
fn spelled(path: &BStr) -> String {
    let mut text = String::new();
    for chunk in path.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '*' | '?' | '[' | ']' | '{' | '}' | '\\' => text.extend(['\\', character]),
                _ => text.push(character),
            }
        }
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    // White space at the ends of a pattern does not count.
    if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
        text = text.replace(' ', "[ ]");
    }
    text
}
