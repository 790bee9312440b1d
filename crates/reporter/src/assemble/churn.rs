//! The churn of many groups of files at once: one pass over the changes instead of one per group.

use debtscan_model::{AuthorIdx, Change, Churn, CommitIdx, FileIdx, Scan, to_u32};

use crate::analysis::Analysis;

/// What changed in a group of files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct GroupChurn {
    /// Lines summed, each commit and person counted once.
    pub(super) churn: Churn,
    /// Commits of the 365 days to `as_of`.
    pub(super) revisions_last_year: u32,
    /// The last commit that was counted.
    last_commit: Option<CommitIdx>,
}

/// The churn of each group in `0..groups`; every file belongs to one of them or to none.
pub(super) fn by_group(
    analysis: &Analysis<'_>,
    groups: usize,
    group_of: impl Fn(FileIdx) -> Option<usize>,
) -> Vec<GroupChurn> {
    let scan = analysis.scan;
    let year_ago = analysis.parameters.year_before(scan.as_of);
    let mut found = vec![GroupChurn::default(); groups];
    // Who wrote each commit of each group, in half the memory that positions would take.
    let mut people: Vec<(u32, AuthorIdx)> = Vec::with_capacity(scan.changes.len());
    for changes in scan.changes.chunk_by(|a: &Change, b: &Change| a.commit == b.commit) {
        let index = changes[0].commit;
        let commit = scan.commit(index);
        for change in changes {
            let Some(group) = group_of(change.file) else { continue };
            let GroupChurn { churn, revisions_last_year, last_commit } = &mut found[group];
            // A binary change is a commit without lines.
            let lines = change.lines.unwrap_or_default();
            churn.lines_added += u64::from(lines.added);
            churn.lines_deleted += u64::from(lines.deleted);
            // The changes of a commit are neighbours, so it suffices to remember the last commit.
            if last_commit.replace(index) == Some(index) {
                continue;
            }
            churn.revisions += 1;
            // A wrong clock can date a commit after `as_of`.
            *revisions_last_year += u32::from(year_ago < commit.time && commit.time <= scan.as_of);
            churn.first_change = Some(churn.first_change.map_or(commit.time, |time| time.min(commit.time)));
            churn.last_change = churn.last_change.max(Some(commit.time));
            let group = to_u32(group);
            people.push((group, commit.author));
            people.extend(commit.co_authors.iter().map(|person| (group, *person)));
        }
    }
    for (found, authors) in found.iter_mut().zip(count_people(scan, groups, &people)) {
        found.churn.authors = authors;
    }
    found
}

/// Number of different people per group, without bots.
fn count_people(scan: &Scan, groups: usize, people: &[(u32, AuthorIdx)]) -> Vec<u32> {
    // Where the people of each group begin, once they are put into the order of the groups.
    let mut places = vec![0_usize; groups + 1];
    for (group, _) in people {
        places[*group as usize + 1] += 1;
    }
    for group in 0..groups {
        places[group + 1] += places[group];
    }
    let mut sorted = vec![AuthorIdx(0); people.len()];
    // A counting sort: linear in the number of people, without a list per group.
    for (group, person) in people {
        let place = &mut places[*group as usize];
        sorted[*place] = *person;
        *place += 1;
    }
    let mut is_bot = vec![false; scan.authors.len()];
    for bot in &scan.bots {
        is_bot[bot.get()] = true;
    }
    let mut last_group: Vec<Option<usize>> = vec![None; scan.authors.len()];
    let mut start = 0;
    let count = |group: usize| {
        // By now each place is where the next group begins.
        let of_group = &sorted[start..places[group]];
        start = places[group];
        // Groups come one after the other, so it suffices to remember the last group.
        let mut is_new = |person: &AuthorIdx| {
            last_group[person.get()].replace(group) != Some(group) && !is_bot[person.get()]
        };
        to_u32(of_group.iter().filter(|person| is_new(person)).count())
    };
    (0..groups).map(count).collect()
}

#[cfg(test)]
mod tests {
    use debtscan_model::{AuthorIdx, FileClass};

    use super::by_group;
    use crate::analysis::Analysis;
    use crate::assemble::churn_of;
    use crate::assemble::{revisions_last_year, tests::options};
    use crate::sample::{SampleScan, file_idx, incidents};

    #[test]
    fn groups_have_the_churn_of_their_files_with_each_commit_and_person_once() {
        let mut scan = SampleScan::new()
            .source("a/x.c", 10, 0)
            .source("a/y.c", 10, 0)
            .source("b/z.c", 10, 0)
            .present("none.md", FileClass::Docs, 1, 0)
            .commit(800, &[("a/x.c", 5, 0), ("b/z.c", 1, 0)])
            .commit(365, &[("a/x.c", 1, 2), ("a/y.c", 3, 0), ("none.md", 9, 9)])
            .commit(10, &[("a/y.c", 1, 1)])
            .commit(-5, &[("b/z.c", 0, 1)])
            .build();
        scan.authors = ["ann", "ben", "bot"]
            .map(|name| debtscan_model::Author { name: name.into(), email: name.into() })
            .to_vec();
        scan.bots = vec![AuthorIdx(2)];
        let people: [(u32, &[u32]); 4] = [(0, &[1, 2]), (0, &[]), (2, &[0]), (1, &[])];
        for (commit, (author, others)) in scan.commits.iter_mut().zip(people) {
            commit.author = AuthorIdx(author);
            commit.co_authors = others.iter().map(|other| AuthorIdx(*other)).collect();
        }
        let (no_incidents, options) = (incidents(Vec::new()), options());
        let analysis = Analysis::of_all(&scan, &no_incidents, &options).expect("valid options");
        let [x, y, z] = ["a/x.c", "a/y.c", "b/z.c"].map(|path| file_idx(&scan, path));
        let groups = [vec![x, y], vec![z], vec![]];
        let group_of = |file| groups.iter().position(|files| files.contains(&file));
        let found = by_group(&analysis, groups.len(), group_of);
        let figures: Vec<_> = found
            .iter()
            .map(|it| (it.churn.revisions, it.churn.lines_added, it.churn.authors, it.revisions_last_year))
            .collect();
        // A commit of exactly a year ago or of the future is not of the last year.
        assert_eq!(figures, [(3, 10, 2, 1), (2, 1, 2, 0), (0, 0, 0, 0)]);
        for (files, found) in groups.iter().zip(&found) {
            assert_eq!(found.churn, churn_of(&analysis, files.iter().copied()));
            assert_eq!(found.revisions_last_year, revisions_last_year(&analysis, files.iter().copied()));
        }
        for (file, found) in [x, y, z]
            .into_iter()
            .zip(by_group(&analysis, 3, |file| [x, y, z].iter().position(|it| *it == file)))
        {
            assert_eq!(found.churn, scan.churn(file));
        }
    }
}
