//! Findings about files and functions.

use std::collections::BTreeMap;

use super::place::{FoundPlaces, area_of, expectation};
use crate::analysis::{COMPLEX_FUNCTION, is_complex};
use crate::rank::fewest_for_half;
use debtscan_findings::{FileReport, Finding, FindingLevel, FindingLines, FindingSubject, FindingValues};
use debtscan_model::{FileComplexity, FunctionComplexity};

/// Costly hotspots, and complex functions in costly areas.
pub(super) fn findings(places: &FoundPlaces<'_>, costly_areas: &[bool]) -> Vec<Finding> {
    let files = &places.report.files;
    let expected: Vec<f64> = files.iter().map(|file| file.forecast.shares.total()).collect();
    let scores: Vec<f64> = files.iter().map(|file| file.hotspot).collect();
    let (costly, hot) = (fewest_for_half(&expected), fewest_for_half(&scores));
    let mut found = Vec::new();
    for (position, file) in files.iter().enumerate().filter(|(_, file)| file.rank.is_some()) {
        let is_hotspot = costly[position] && hot[position];
        if is_hotspot {
            found.extend(hotspot(places, position));
        }
        if costly_areas[file.area] && file.complex_functions > 0 {
            let level = if is_hotspot { FindingLevel::Warning } else { FindingLevel::Note };
            found.extend(functions(places, position, level));
        }
    }
    found
}

fn hotspot(places: &FoundPlaces<'_>, position: usize) -> Option<Finding> {
    let file = &places.report.files[position];
    let values = FindingValues::CostlyHotspot {
        rank: file.rank?,
        hotspot_rank: file.hotspot_rank?,
        revisions_last_year: file.revisions_last_year,
        complex_functions: file.complex_functions,
        incidents: file.recorded.incidents,
        costs: file.recorded.costs.clone(),
    };
    Some(of_file(places, position, FindingLevel::Warning, FindingSubject::File, values))
}

fn of_file(
    places: &FoundPlaces<'_>,
    position: usize,
    level: FindingLevel,
    subject: FindingSubject,
    values: FindingValues,
) -> Finding {
    let file: &FileReport = &places.report.files[position];
    let (path, origin) = places.file(position);
    Finding {
        level,
        subject,
        area: Some(area_of(&places.report.areas[file.area])),
        path,
        origin,
        lines: None,
        expected: Some(expectation(&file.forecast, 1.0)),
        values,
    }
}

/// The functions of a file that are too complex, each with its part of the file's expectation.
fn functions(places: &FoundPlaces<'_>, position: usize, level: FindingLevel) -> Vec<Finding> {
    let file = &places.report.files[position];
    let complexity = places.index(&file.path).and_then(|index| places.scan.file(index).complexity());
    let Some(complexity) = complexity else { return Vec::new() };
    let whole = complexity.cognitive();
    let numbered = complexity.functions.iter().zip(ordinals(complexity));
    let found = numbered.filter(|(function, _)| is_complex(function));
    let finding = |(function, ordinal): (&FunctionComplexity, usize)| {
        let subject = FindingSubject::Function { name: function.name.clone(), ordinal };
        let values = FindingValues::ComplexFunction {
            cognitive: function.cognitive,
            limit: COMPLEX_FUNCTION,
            cyclomatic: function.cyclomatic,
            source_lines: function.sloc,
        };
        // As in the ranking of where to start: by the part of the file's cognitive complexity.
        let part = f64::from(function.cognitive) / whole as f64;
        Finding {
            lines: Some(FindingLines { first: function.first_line, last: function.last_line }),
            expected: Some(expectation(&file.forecast, part)),
            ..of_file(places, position, level, subject, values)
        }
    };
    found.map(finding).collect()
}

/// The position of each function among those of its name.
fn ordinals(file: &FileComplexity) -> Vec<usize> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ordinals = Vec::with_capacity(file.functions.len());
    for function in &file.functions {
        let next = seen.entry(&function.name).or_default();
        ordinals.push(*next);
        *next += 1;
    }
    ordinals
}
