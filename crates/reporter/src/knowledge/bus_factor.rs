//! How many people must leave before most files have no author: the truck factor of Avelino, Passos,
//! Hora & Valente, "A Novel Approach for Estimating Truck Factors" (ICPC 2016).

use debtscan_model::{AuthorIdx, ChangeKind, FileIdx, Scan};
use rustc_hash::FxHashMap;

use super::credit::{is_authorship, people_of};

/// A person is an author of a file when their degree of authorship is above this share of the highest
/// in the file (Avelino et al. 2016).
const SHARE_OF_HIGHEST: f64 = 0.75;

/// And at least this (Avelino et al. 2016).
const SMALLEST_DEGREE: f64 = 3.293;

/// What a person did to a file.
#[derive(Debug, Clone, Copy, Default)]
struct Deeds {
    is_first: bool,
    commits: u32,
}

/// The authors of a file by degree of authorship: sorted, unique.
///
/// `DOA = 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC)`: FA is 1 for who created the file, DL the
/// commits of the person, AC those of others (Fritz et al. 2010). Everyone whom a commit credits has
/// made it.
pub(super) fn authors(scan: &Scan, file: FileIdx) -> Vec<AuthorIdx> {
    let mut deeds: FxHashMap<AuthorIdx, Deeds> = FxHashMap::default();
    let mut commits = 0_u32;
    let mut last_commit = None;
    let mut is_created = false;
    for change in &scan.file(file).history {
        let change = scan.change(*change);
        let commit = scan.commit(change.commit);
        // One commit may touch the file under two names.
        if !is_authorship(scan, commit) || last_commit == Some(change.commit) {
            continue;
        }
        last_commit = Some(change.commit);
        // A file that was deleted and created again has one creator.
        let is_first = change.kind == ChangeKind::Added && !is_created;
        is_created |= is_first;
        let mut has_people = false;
        for person in people_of(scan, commit) {
            let deeds = deeds.entry(person).or_default();
            deeds.is_first |= is_first;
            deeds.commits += 1;
            has_people = true;
        }
        // A commit by bots alone is nobody's.
        commits += u32::from(has_people);
    }
    let degree = |deeds: &Deeds| {
        let first = if deeds.is_first { 1.098 } else { 0.0 };
        let others = f64::from(commits - deeds.commits);
        3.293 + first + 0.164 * f64::from(deeds.commits) - 0.321 * others.ln_1p()
    };
    let mut degrees: Vec<(AuthorIdx, f64)> =
        deeds.iter().map(|(person, deeds)| (*person, degree(deeds))).collect();
    // Out of a hash map, so sorted before the order can matter.
    degrees.sort_unstable_by_key(|(person, _)| *person);
    let highest = degrees.iter().map(|(_, degree)| *degree).fold(f64::MIN, f64::max);
    let is_author = |degree: f64| degree > SHARE_OF_HIGHEST * highest && degree >= SMALLEST_DEGREE;
    degrees.into_iter().filter(|(_, degree)| is_author(*degree)).map(|(person, _)| person).collect()
}

/// How many people must leave before most files have no author, and who goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BusFactor {
    pub(super) people: u32,
    /// The author of the most files.
    pub(super) first: AuthorIdx,
}

/// The bus factor of some files by the authors of each; `None` when no file has an author.
///
/// The author of most files leaves first, among equals the one that comes first by identity; until
/// fewer than half of the files that had an author have one left.
pub(super) fn bus_factor<'a>(files: impl Iterator<Item = &'a [AuthorIdx]>) -> Option<BusFactor> {
    let files: Vec<&[AuthorIdx]> = files.filter(|authors| !authors.is_empty()).collect();
    if files.is_empty() {
        return None;
    }
    let mut files_of: FxHashMap<AuthorIdx, Vec<usize>> = FxHashMap::default();
    for (file, authors) in files.iter().enumerate() {
        for person in *authors {
            files_of.entry(*person).or_default().push(file);
        }
    }
    let mut by_files: Vec<(AuthorIdx, Vec<usize>)> = files_of.into_iter().collect();
    by_files.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.len().cmp(&of_a.len()).then(a.cmp(b)));
    let mut authors_left: Vec<usize> = files.iter().map(|authors| authors.len()).collect();
    let mut covered = files.len();
    let first = by_files.first()?.0;
    let mut people = 0;
    for (_, of_person) in by_files {
        if covered * 2 < files.len() {
            break;
        }
        for file in of_person {
            authors_left[file] -= 1;
            covered -= usize::from(authors_left[file] == 0);
        }
        people += 1;
    }
    Some(BusFactor { people, first })
}

#[cfg(test)]
mod tests {
    use debtscan_model::AuthorIdx;

    use super::{authors, bus_factor};
    use crate::sample::{SampleScan, file_idx};

    fn names(scan: &debtscan_model::Scan, path: &str) -> Vec<String> {
        authors(scan, file_idx(scan, path)).iter().map(|it| scan.author(*it).name.to_string()).collect()
    }

    #[test]
    fn the_degree_of_authorship_is_that_of_the_paper() {
        // Ada: 3.293 + 0.164 x 4 - 0.321 ln 2 = 3.7265; Bo: 3.293 + 0.164 - 0.321 ln 5 = 2.9404, which
        // is 79 % of it but below 3.293.
        let mut scan = SampleScan::new().source("a.c", 1, 0);
        for _ in 0..4 {
            scan = scan.commit(9, &[("a.c", 1, 0)]).by("Ada");
        }
        let scan = scan.commit(8, &[("a.c", 1, 0)]).by("Bo").build();
        assert_eq!(names(&scan, "a.c"), ["Ada"]);
        // One commit each: 3.293 + 0.164 - 0.321 ln 2 = 3.2345, below 3.293.
        let scan = SampleScan::new()
            .source("a.c", 1, 0)
            .commit(9, &[("a.c", 1, 0)])
            .by("Ada")
            .commit(8, &[("a.c", 1, 0)])
            .by("Bo")
            .build();
        assert!(names(&scan, "a.c").is_empty());
    }

    #[test]
    fn the_author_of_most_files_leaves_first_until_half_are_orphans() {
        let people = |numbers: &[u32]| numbers.iter().map(|number| AuthorIdx(*number)).collect::<Vec<_>>();
        let check = |files: &[&[u32]], expected| {
            let files: Vec<_> = files.iter().map(|authors| people(authors)).collect();
            assert_eq!(
                bus_factor(files.iter().map(Vec::as_slice)).map(|it| it.people),
                expected,
                "{files:?}"
            );
        };
        check(&[], None);
        check(&[&[]], None);
        check(&[&[0]], Some(1));
        // 0 leaves: 2 of 4 covered, which is half; 1 leaves: 1 of 4.
        check(&[&[0], &[0], &[1], &[2]], Some(2));
        // 0 leaves: 1 of 3 covered.
        check(&[&[0], &[0], &[1]], Some(1));
        // Shared files need both to leave.
        check(&[&[0, 1], &[0, 1], &[0, 1]], Some(2));
    }
}
