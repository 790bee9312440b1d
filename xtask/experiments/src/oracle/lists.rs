//! Compares which functions are found: a function that stands in one list alone shows a false one, or
//! one that was missed. Figures of matched functions show neither.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::own::{self, OwnFunction};
use super::references::{ListedFunction, ReferenceTool};
use super::tools::last_part;

/// Prints how debtscan's list of a language's functions compares with the references, and at most `show`
/// functions of each list alone.
pub(super) fn compare(
    language: &str,
    files: &[String],
    references: &[ReferenceTool],
    show: usize,
    folders: (&Path, &Path),
) -> Result<()> {
    let known: Vec<ReferenceTool> = references.iter().copied().filter(|it| it.knows(language)).collect();
    if known.is_empty() {
        return Ok(());
    }
    let ours = own::measure(language, files)?;
    let mut only_here: BTreeSet<usize> = (0..ours.len()).collect();
    let mut missing: Option<BTreeSet<String>> = None;
    for reference in &known {
        let theirs = reference.list(language, files, folders.0, folders.1)?;
        let matches = matches(&ours, &theirs);
        let matched: BTreeSet<usize> = matches.iter().flatten().copied().collect();
        let ends = matches.iter().zip(&theirs);
        let ends = ends.filter(|(own, it)| own.is_some_and(|own| ours[own].lines.1 != it.lines.1)).count();
        // A reference that cannot read a file lists nothing in it.
        let read: BTreeSet<&str> = theirs.iter().map(|it| it.file.as_str()).collect();
        let here = ours.iter().filter(|own| read.contains(own.file.as_str())).count();
        println!(
            "{language} | {} | {} | {here} | {} | {} | {} | {ends}",
            reference.name(),
            theirs.len(),
            matched.len(),
            here - matched.len(),
            theirs.len() - matched.len(),
        );
        only_here.retain(|own| !matched.contains(own));
        let alone = theirs.iter().zip(&matches).filter(|(_, own)| own.is_none()).map(|(it, _)| place(it));
        let alone: BTreeSet<String> = alone.collect();
        missing = Some(match missing {
            Some(known) => known.intersection(&alone).cloned().collect(),
            None => alone,
        });
    }
    print_alone(&ours, &only_here, show);
    // Without a reference, nobody lists anything.
    let Some(missing) = missing else { return Ok(()) };
    println!("    {:5} only there, in every reference", missing.len());
    missing.iter().take(show).for_each(|place| println!("          {place}"));
    Ok(())
}

/// Prints the functions that no reference lists, by kind.
fn print_alone(ours: &[OwnFunction], only_here: &BTreeSet<usize>, show: usize) {
    let mut kinds: BTreeMap<&str, Vec<&OwnFunction>> = BTreeMap::new();
    for own in only_here.iter().map(|own| &ours[*own]) {
        kinds.entry(kind(&own.name)).or_default().push(own);
    }
    for (kind, functions) in kinds {
        println!("    {:5} only here, in no reference: {kind}", functions.len());
        for own in functions.iter().take(show) {
            println!("          {}:{}-{} {}", own.file, own.lines.0, own.lines.1, own.name);
        }
    }
}

/// What the references list differently by their rules.
fn kind(name: &str) -> &'static str {
    const ACCESSORS: [&str; 9] =
        ["get", "set", "init", "add", "remove", "didSet", "willSet", "_modify", "_read"];
    let own = last_part(name);
    match own.as_str() {
        "<anonymous>" => "closures without a name",
        _ if ACCESSORS.contains(&own.as_str()) && name.contains('.') => "accessors",
        _ => "other",
    }
}

/// The part of a place that two references have in common: they may differ in the first line.
fn place(function: &ListedFunction) -> String {
    format!("{}:{} {}", function.file, function.lines.1, function.name)
}

/// For each of their functions ours: by name and overlapping lines, else by the last line.
fn matches(ours: &[OwnFunction], theirs: &[ListedFunction]) -> Vec<Option<usize>> {
    let mut by_file: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, own) in ours.iter().enumerate() {
        by_file.entry(&own.file).or_default().push(at);
    }
    let mut found = vec![None; theirs.len()];
    // Names first, so that a nameless closure does not take the function around it.
    for by_name in [true, false] {
        for (it, found) in theirs.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let Some(candidates) = by_file.get_mut(it.file.as_str()) else { continue };
            let fits = |own: &OwnFunction| {
                if by_name {
                    let overlaps = own.lines.0 <= it.lines.1 && it.lines.0 <= own.lines.1;
                    overlaps && !it.name.is_empty() && last_part(&own.name) == it.name
                } else {
                    own.lines.1 == it.lines.1
                }
            };
            let best = candidates.iter().enumerate().filter(|(_, own)| fits(&ours[**own]));
            let best = best.min_by_key(|(_, own)| ours[**own].lines.0.abs_diff(it.lines.0));
            if let Some(best) = best.map(|(at, _)| at) {
                *found = Some(candidates.remove(best));
            }
        }
    }
    found
}
