//! What a target names, and what it may have meant.

use debtscan_model::{FileIdx, RepoPath, Scan};

use super::error::ExplainError;
use crate::analysis::Analysis;
use crate::area::Area;
use crate::attribution::PathIndex;
use debtscan_findings::{ExplainedSubject, Forecast, Recorded, Unranked};

/// An area or file of an analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// By position in `areas.areas`.
    Area(usize),
    /// By index.
    File(FileIdx),
}

impl Subject {
    /// Its names.
    pub(super) fn describe(self, analysis: &Analysis<'_>) -> ExplainedSubject {
        match self {
            Self::Area(area) => {
                let area = &analysis.areas.areas[area];
                ExplainedSubject::Area { id: area.id.clone(), name: area.name.clone() }
            }
            Self::File(index) => {
                let file = analysis.scan.file(index);
                ExplainedSubject::File {
                    path: file.path.clone(),
                    aliases: file.aliases.iter().map(|alias| analysis.scan.path(*alias).clone()).collect(),
                    area: analysis.areas.area(index).name.clone(),
                }
            }
        }
    }

    /// Its rank, of how many.
    pub(super) fn rank(self, analysis: &Analysis<'_>) -> Option<(usize, usize)> {
        let (orders, position) = match self {
            Self::Area(area) => (&analysis.area_orders, area),
            Self::File(file) => (&analysis.file_orders, analysis.ranked.position_of[file.get()]?),
        };
        orders.rank[position].map(|rank| (rank, orders.n_ranked()))
    }

    /// Why it has no rank; `None` when it has one.
    pub(super) fn unranked(self, analysis: &Analysis<'_>) -> Option<Unranked> {
        if self.rank(analysis).is_some() {
            return None;
        }
        let Self::File(index) = self else {
            return Some(Unranked::AreaWithoutSource);
        };
        let file = analysis.scan.file(index);
        Some(if file.present.is_none() { Unranked::Deleted } else { Unranked::Class(file.class) })
    }

    /// Its recorded incidents and cost.
    pub(super) fn recorded<'a>(self, analysis: &'a Analysis<'_>) -> &'a Recorded {
        match self {
            Self::Area(area) => &analysis.area_sums[area].recorded,
            Self::File(file) => &analysis.recorded[file.get()],
        }
    }

    /// Its forecast.
    pub(super) fn forecast(self, analysis: &Analysis<'_>) -> Forecast {
        match self {
            Self::Area(area) => analysis.area_forecast(area),
            Self::File(file) => analysis.file_forecast(file),
        }
    }

    /// Its ranked files, as ascending positions in `ranked.files`.
    pub(super) fn ranked_files(self, analysis: &Analysis<'_>) -> Vec<usize> {
        match self {
            Self::Area(area) => analysis.area_sums[area].ranked_files.clone(),
            Self::File(file) => analysis.ranked.position_of[file.get()].into_iter().collect(),
        }
    }

    /// Whether a file is it or belongs to it.
    pub(super) fn holds(self, analysis: &Analysis<'_>, file: FileIdx) -> bool {
        match self {
            Self::Area(area) => analysis.areas.area_of[file.get()] == area,
            Self::File(own) => own == file,
        }
    }
}

/// Finds an area by id or name, else a file by path, older path or path as shown, else an area in
/// other letter case.
pub(super) fn find(analysis: &Analysis<'_>, target: &str) -> Result<Subject, ExplainError> {
    let areas = &analysis.areas.areas;
    let files = &analysis.scan.files;
    let folded = target.trim().to_lowercase();
    let by_name = || areas.iter().position(|area| area.id == target || area.name == target);
    let by_path = || PathIndex::new(analysis.scan).file(target);
    // A path that is not UTF-8 can only be typed as it is shown.
    let by_shown_path = || files.iter().position(|file| file.path.to_string() == target).map(FileIdx::new);
    let by_folded_name = || areas.iter().position(|area| area.name.to_lowercase() == folded);
    by_name()
        .map(Subject::Area)
        .or_else(|| by_path().map(Subject::File))
        .or_else(|| by_shown_path().map(Subject::File))
        .or_else(|| by_folded_name().map(Subject::Area))
        .or_else(|| shortened(analysis, target))
        .ok_or_else(|| {
            folder(analysis, target).unwrap_or_else(|| ExplainError::UnknownTarget {
                target: target.to_owned(),
                suggestions: suggestions(&analysis.areas.areas, analysis.scan, target),
            })
        })
}

/// What a shortened name stands for, as tables print it (`lib/…/url.c`); `None` unless exactly one present file
/// or area fits it.
fn shortened(analysis: &Analysis<'_>, target: &str) -> Option<Subject> {
    if !target.contains(ELLIPSIS) {
        return None;
    }
    let areas = analysis.areas.areas.iter().enumerate();
    let areas = areas.map(|(position, area)| (Subject::Area(position), area.name.clone()));
    // Present files alone, so that a deleted one with a similar name makes none ambiguous.
    let files = analysis.scan.files.iter().enumerate().filter(|(_, file)| file.present.is_some());
    let files = files.map(|(index, file)| (Subject::File(FileIdx::new(index)), file.path.to_string()));
    let mut fitting = areas.chain(files).filter(|(_, name)| may_be_short_for(target, name));
    let (found, _) = fitting.next()?;
    fitting.next().is_none().then_some(found)
}

/// The mark of the letters that a table does not show.
const ELLIPSIS: char = '…';

/// Whether a name without some of its letters can be this shortened form.
fn may_be_short_for(short: &str, name: &str) -> bool {
    let mut pieces: Vec<&str> = short.split(ELLIPSIS).collect();
    let last = pieces.pop().unwrap_or_default();
    let mut rest = name;
    for (position, piece) in pieces.into_iter().enumerate() {
        let found = if position == 0 { rest.starts_with(piece).then_some(0) } else { rest.find(piece) };
        let Some(start) = found else { return false };
        rest = &rest[start + piece.len()..];
    }
    // An ellipsis replaces at least one letter.
    rest.len() > last.len() && rest.ends_with(last)
}

/// Why a folder cannot be explained; `None` if no file is in a folder of this name.
fn folder(analysis: &Analysis<'_>, target: &str) -> Option<ExplainError> {
    let path = RepoPath::new(target.trim().trim_start_matches("./").trim_end_matches('/')).ok()?;
    let files = &analysis.scan.files;
    let inside = |index: &FileIdx| files[index.get()].path.is_within(&path);
    let areas = analysis.areas.areas.iter().filter(|area| area.files.iter().any(inside));
    let areas: Vec<String> = areas.map(|area| area.name.clone()).collect();
    (!areas.is_empty()).then(|| ExplainError::Folder { folder: target.to_owned(), areas })
}

/// Up to three names close to a target: paths that end with it first, then by edit distance.
pub(crate) fn suggestions(areas: &[Area], scan: &Scan, target: &str) -> Vec<String> {
    const SHOWN: usize = 3;
    // A third of the letters wrong is about where a typo ends and another word begins.
    let farthest = (target.chars().count() / 3).max(2);
    let names = areas.iter().map(|area| area.name.clone());
    let present = scan.files.iter().filter(|file| file.present.is_some());
    let names = names.chain(present.map(|file| file.path.to_string()));
    let ending = format!("/{}", target.trim_start_matches(['.', '/']));
    let mut close: Vec<(usize, String)> = names
        .filter_map(|name| {
            if name.ends_with(&ending) {
                return Some((0, name));
            }
            edit_distance(&name, target, farthest).map(|distance| (distance, name))
        })
        .collect();
    close.sort();
    close.dedup();
    close.into_iter().take(SHOWN).map(|(_, name)| name).collect()
}

/// Levenshtein distance, letter case ignored; `None` if more than `farthest`.
fn edit_distance(a: &str, b: &str, farthest: usize) -> Option<usize> {
    // Paths by the thousand: most differ by more letters than allowed.
    if a.chars().count().abs_diff(b.chars().count()) > farthest {
        return None;
    }
    let distance = strsim::levenshtein(&a.to_lowercase(), &b.to_lowercase());
    (distance <= farthest).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::{edit_distance, may_be_short_for};

    #[test]
    fn a_shortened_name_fits_what_it_was_made_from() {
        let check =
            |short: &str, name: &str, fits: bool| assert_eq!(may_be_short_for(short, name), fits, "{short}");
        check("lib/…/url.c", "lib/a/b/url.c", true);
        check("…/url.c", "lib/url.c", true);
        check("exten…/x.py", "extensions/x.py", true);
        check("lib/…/url.c", "src/a/url.c", false);
        check("lib/…/url.c", "lib/a/url.h", false);
        check("lib/…/url.c", "lib/url.c", false);
        check("HTTP/2 and H…", "HTTP/2 and HTTP/3", true);
    }

    #[test]
    fn edits_are_counted_up_to_a_limit() {
        // kitten -> sitten -> sittin -> sitting
        assert_eq!(edit_distance("kitten", "Sitting", 3), Some(3));
        assert_eq!(edit_distance("kitten", "sitting", 2), None);
        assert_eq!(edit_distance("", "ab", 2), Some(2));
        assert_eq!(edit_distance("same", "same", 0), Some(0));
    }
}
