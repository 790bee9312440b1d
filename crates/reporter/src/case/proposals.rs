//! Proposals from evidence, where no tickets are given.
//!
//! Each names functions or files, the incidents fixed there, and when it is done. None is made from a single
//! complexity figure: where incidents are known, every function has a recent one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use debtscan_findings::brief::{DoneWhen, Fix, FixKind, FixPlace};
use debtscan_findings::{CouplingGates, CouplingPair, FunctionRow, Relation};
use debtscan_incidents::EngineerDays;
use debtscan_model::RepoPath;

use super::ask::{AskInput, first_team};
use super::pace::effort;
use crate::analysis::Analysis;
use crate::analysis::COMPLEX_FUNCTION;
use crate::assemble::revisions_last_year;
use crate::coupling::file_pairs;
use crate::knowledge::largest_share;

/// Proposals to split functions.
const MOST_SPLITS: usize = 4;
/// Functions of one proposal.
const MOST_FUNCTIONS: usize = 4;
/// Lines of code from which a function is proposed, and that it should have at most. A plain default.
const LONG_FROM: u32 = 60;
/// Commits of the last year that two files must share. A plain default.
const LEAST_SHARED: u32 = 5;
/// Degree of coupling from which a separation is proposed, in per cent. A plain default.
const LEAST_DEGREE: u32 = 50;
/// Share of lines of one author from which knowledge should be spread, in per cent. A plain default.
const ONE_AUTHOR_FROM: f64 = 0.8;
/// Lines of code of a file whose knowledge is worth spreading. A plain default.
const LEAST_SLOC: u32 = 200;

/// The proposals for an area, by position in `areas.areas`: splits with the most recent incidents first, then a
/// separation, then a spread of knowledge.
pub(super) fn proposals(
    analysis: &Analysis<'_>,
    area: usize,
    input: &AskInput<'_>,
    rows: &[FunctionRow],
) -> Vec<Fix> {
    let mut fixes = splits(analysis, area, input, rows);
    fixes.extend(separation(analysis, area, input));
    fixes.extend(spread(analysis, area, input));
    for (number, fix) in fixes.iter_mut().enumerate() {
        fix.id = (number + 1).to_string();
    }
    fixes
}

fn splits(analysis: &Analysis<'_>, area: usize, input: &AskInput<'_>, rows: &[FunctionRow]) -> Vec<Fix> {
    let area_id = &analysis.areas.areas[area].id;
    let knows_incidents = !input.evidence.recent().is_empty();
    let mut by_file: BTreeMap<&RepoPath, Vec<&FunctionRow>> = BTreeMap::new();
    let recent = |row: &FunctionRow| input.evidence.function(row).recent;
    for row in rows.iter().filter(|row| row.area == *area_id) {
        let is_large = row.function.cognitive > COMPLEX_FUNCTION || row.function.sloc > LONG_FROM;
        // A function without an incident proves nothing where others have some.
        let is_known = if knows_incidents { recent(row) > 0 } else { row.score > 0.0 };
        if is_large && is_known {
            by_file.entry(&row.path).or_default().push(row);
        }
    }
    let mut fixes: Vec<(f64, Fix)> = Vec::new();
    for functions in by_file.values_mut() {
        functions.sort_by(|a, b| {
            recent(b)
                .cmp(&recent(a))
                .then_with(|| b.score.total_cmp(&a.score))
                .then_with(|| a.function.first_line.cmp(&b.function.first_line))
        });
        let places = within_a_sprint(input, functions);
        let score = places.iter().zip(functions.iter()).fold(0.0, |sum, (_, row)| sum + row.score);
        fixes.push((score, split(input, places)));
    }
    fixes.sort_by(|a, b| b.1.recent.len().cmp(&a.1.recent.len()).then_with(|| b.0.total_cmp(&a.0)));
    fixes.truncate(MOST_SPLITS);
    fixes.into_iter().map(|(_, fix)| fix).collect()
}

/// The first functions, as many as fit into a sprint at the usual pace; at least one.
fn within_a_sprint(input: &AskInput<'_>, functions: &[&FunctionRow]) -> Vec<FixPlace> {
    let capacity = input.options.teams.first().map(|team| team.capacity);
    let mut lines = 0;
    let mut places = Vec::new();
    for row in functions.iter().take(MOST_FUNCTIONS) {
        lines += row.function.sloc;
        let takes = effort(lines, input.pace).map_or(EngineerDays(0), |(effort, _)| effort.likely);
        if !places.is_empty() && capacity.is_some_and(|capacity| takes > capacity) {
            break;
        }
        places.push(input.evidence.function(row));
    }
    places
}

fn split(input: &AskInput<'_>, places: Vec<FixPlace>) -> Fix {
    let functions = || places.iter().filter_map(|place| place.function.as_ref());
    let longest = functions().map(|function| function.sloc).max().unwrap_or(0);
    let most_complex = functions().map(|function| function.cognitive).max().unwrap_or(0);
    let lines: u32 = functions().map(|function| function.sloc).sum();
    let mut fix = empty(input, FixKind::Split, places);
    if longest > LONG_FROM {
        fix.done.push(DoneWhen::LinesAtMost { lines: LONG_FROM, now: longest });
    }
    if most_complex > COMPLEX_FUNCTION {
        // A very complex function is to be halved, not brought to the threshold in one step.
        let value = COMPLEX_FUNCTION.max(most_complex / 2);
        fix.done.push(DoneWhen::ComplexityAtMost { value, now: most_complex });
    }
    let known = effort(lines, input.pace);
    fix.effort = known.map(|(effort, _)| effort);
    fix.effort_basis = known.map(|(_, basis)| basis);
    if !fix.recent.is_empty() {
        fix.done.push(DoneWhen::TestFor(fix.recent.clone()));
        fix.done.push(DoneWhen::NoNewIncident);
    }
    fix
}

/// A share less ten points, in whole per cent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0.8 to 1")]
fn percent_below(share: f64) -> u32 {
    (share * 100.0 - 10.0).floor().max(0.0) as u32
}

fn empty(input: &AskInput<'_>, kind: FixKind, places: Vec<FixPlace>) -> Fix {
    let incidents = places.iter().flat_map(|place| place.incidents.iter().cloned()).collect();
    let (recent, older) = input.evidence.split(&incidents);
    Fix {
        id: String::new(),
        title: String::new(),
        kind,
        team: first_team(input),
        effort: None,
        effort_basis: None,
        price: None,
        places,
        recent,
        older,
        done: Vec::new(),
        exceeds_sprint: false,
        unknown_places: Vec::new(),
        unknown_incidents: Vec::new(),
    }
}

/// The two files that change together most without an import that says why, at least one of them in the area.
fn separation(analysis: &Analysis<'_>, area: usize, input: &AskInput<'_>) -> Option<Fix> {
    let gates = CouplingGates { min_degree: LEAST_DEGREE, ..CouplingGates::default() };
    let area_id = &analysis.areas.areas[area].id;
    let is_here =
        |pair: &CouplingPair| [&pair.a, &pair.b].iter().any(|side| side.area.as_ref() == Some(area_id));
    let pairs = file_pairs(analysis, &gates);
    let pair = pairs
        .iter()
        .filter(|pair| pair.relation == Relation::Hidden && is_here(pair))
        .filter(|pair| pair.shared_last_year >= LEAST_SHARED)
        // Of equal pairs the first by name.
        .max_by_key(|pair| (pair.shared_incidents, pair.shared_last_year, Reverse(&pair.a.name)))?;
    let is_first_here = pair.a.area.as_ref() == Some(area_id);
    let (here, other) = if is_first_here { (&pair.a, &pair.b) } else { (&pair.b, &pair.a) };
    let file = analysis.scan.find_file(here.path.as_ref()?)?;
    let kind = FixKind::Separate {
        with: other.path.clone()?,
        shared_last_year: pair.shared_last_year,
        degree: pair.degree(),
    };
    let mut fix = empty(input, kind, vec![input.evidence.file(file)]);
    fix.done.push(DoneWhen::TogetherAtMost(LEAST_DEGREE / 2));
    Some(fix)
}

/// The largest file with a recent incident, or with work of the last year where none is known, that one person wrote
/// nearly alone.
fn spread(analysis: &Analysis<'_>, area: usize, input: &AskInput<'_>) -> Option<Fix> {
    let knows_incidents = !input.evidence.recent().is_empty();
    let ranked = analysis.area_sums[area].ranked_files.iter();
    let files = ranked.map(|position| &analysis.ranked.files[*position]).filter(|file| {
        let is_known = if knows_incidents {
            input.evidence.file(file.file).recent > 0
        } else {
            revisions_last_year(analysis, [file.file]) > 0
        };
        file.sloc >= LEAST_SLOC && is_known
    });
    let alone = files.filter_map(|file| {
        let share = largest_share(analysis.scan, file.file).filter(|share| *share >= ONE_AUTHOR_FROM)?;
        Some((file, share))
    });
    // With a large file, most knowledge depends on one person.
    let (file, by_one) = alone.max_by_key(|(file, _)| (file.sloc, Reverse(file.file)))?;
    let mut fix = empty(input, FixKind::Spread { by_one }, vec![input.evidence.file(file.file)]);
    fix.done.push(DoneWhen::AuthorAtMost(percent_below(by_one)));
    Some(fix)
}
