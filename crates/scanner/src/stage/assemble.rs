//! Assembling the results of all stages into dense, sorted tables.

use std::collections::BTreeMap;

use bstr::BString;
use debtscan_model::{
    Ancestry, Author, AuthorIdx, Change, ChangeIdx, ChangeKind, CodeOwnersFile, Commit, CommitId, CommitIdx,
    File, FileClass, FileIdx, LineDelta, Manifest, Mark, MergeFacts, MergedAuthor, Node, PathIdx, RepoPath,
    Scan, ScannedRepository, SkipReason, SkipSubject, Skipped, TimeWindow, Timestamp, to_u32,
};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::cache::store::Store;
use crate::classify::exclude::Exclude;
use crate::classify::ignore_revs::IgnoreRevs;
use crate::options::{ScanOptions, Walk};
use crate::stage::count::{carriers, commit_indices};
use crate::stage::joins::Joins;
use crate::stage::people::Identities;
use crate::stage::renamings::{PathChange, Renamings};
use crate::stage::rows::{self, ChangeRow};
use crate::table::commit_graph::{CommitGraph, RawCommit};
use crate::table::diffs::Diffs;
use crate::table::measured::MeasuredFile;
use crate::table::paths::PathTable;
use debtscan_git::change::CountResult;
use debtscan_git::id::commit_id;
use debtscan_git::open::OpenRepository;
use debtscan_git::renames::Renames;

/// The results of all stages.
pub(crate) struct StageResults<'a> {
    pub(crate) pool: &'a ThreadPool,
    pub(crate) opened: &'a OpenRepository,
    pub(crate) store: &'a Store,
    pub(crate) options: &'a ScanOptions,
    pub(crate) window: TimeWindow,
    pub(crate) history: CommitGraph,
    /// The identity of each recorded signature.
    pub(crate) identities: Identities,
    pub(crate) paths: PathTable,
    pub(crate) diffs: Diffs,
    /// Per entry of `diffs.commits`, one per change.
    pub(crate) counts: Vec<Vec<CountResult>>,
    /// One per path of the table: its class by path.
    pub(crate) classes: Vec<FileClass>,
    pub(crate) measured: Vec<MeasuredFile>,
    pub(crate) exclude: Exclude,
    /// Patterns of the user's classes that match no path.
    pub(crate) unmatched_classes: Vec<String>,
    pub(crate) ignore_revs: IgnoreRevs,
    pub(crate) code_owners: Option<CodeOwnersFile>,
    pub(crate) manifests: Vec<Manifest>,
    pub(crate) skipped: Vec<Skipped>,
}

/// The first commit of the history, unless something before it could not be read.
fn root(history: &CommitGraph) -> Option<CommitId> {
    // Commits are sorted so that the oldest of those without followed parents comes first.
    history.commits.first().filter(|commit| commit.parents.is_empty()).map(|commit| commit_id(&commit.id))
}

/// Builds the scan.
pub(crate) fn assemble(mut parts: StageResults<'_>) -> Scan {
    let carries = carriers(&parts.history, &parts.diffs, parts.store, parts.options.walk);
    let indices = commit_indices(&parts.history, &carries, parts.window);
    let mut skipped = std::mem::take(&mut parts.skipped);
    skipped.extend(parts.measured.iter().filter_map(|measured| measured.skipped.clone()));
    // Before the tables are built: the scope is that of a file's latest name, not of the name in
    // the commit.
    let kept = kept_changes(&parts, &indices, &mut skipped);
    let is_anonymous = parts.options.anonymize.is_some();
    let scope = parts.opened.scope.as_ref();
    // Both halves take about the same time and share no data.
    let (FileTables { files, changes, excluded_files, sizes }, everyone) = parts.pool.join(
        || {
            files_and_changes(kept, parts.measured, &parts.paths.sorted, &parts.classes, |path| {
                (scope.is_none_or(|scope| path.is_within(scope)), parts.exclude.covers(path))
            })
        },
        || everyone(&mut parts.history, &parts.identities, &indices, &parts.ignore_revs, is_anonymous),
    );
    let Everyone { authors, bots, merged, namesakes, found_people, mut commits } = everyone;
    for (index, (files, source_files)) in sizes {
        let commit = &mut commits[index.get()];
        (commit.files, commit.source_files) = (files, source_files);
    }
    skipped.sort_unstable();
    skipped.dedup();
    let ids_of = |is_wanted: &dyn Fn(usize) -> bool| {
        let positions = (0..indices.len()).filter(|position| is_wanted(*position));
        let mut ids: Vec<_> =
            positions.map(|position| commit_id(&parts.history.commits[position].id)).collect();
        ids.sort_unstable();
        ids
    };
    let merges = ids_of(&|position| !carries[position]);
    Scan {
        ancestry: ancestry(&parts.history, &carries, &indices, &merges),
        marks: marks(&parts.history),
        repository: ScannedRepository {
            revision: commit_id(&parts.opened.revision),
            root: root(&parts.history).filter(|_| parts.opened.shallow.is_empty()),
            scope: parts.opened.scope.clone(),
            is_shallow: !parts.opened.shallow.is_empty(),
            is_partial: parts.opened.is_partial,
            renames_followed: parts.options.renames == Renames::Follow,
            first_parent: parts.options.walk == Walk::FirstParent,
            excluded_files,
            unmatched_excludes: parts.exclude.unmatched(&parts.paths.sorted),
            unmatched_classes: parts.unmatched_classes,
            is_beyond_window: parts.opened.is_beyond_window,
            misdated: parts.opened.misdated,
            unknown_ignore_revs: parts
                .ignore_revs
                .unknown(parts.history.commits.iter().map(|commit| commit_id(&commit.id))),
        },
        window: parts.window,
        as_of: parts.opened.as_of,
        bots,
        merged,
        namesakes,
        found_people,
        authors,
        commits,
        merge_facts: merge_facts(&parts.history, &merges),
        merges,
        outside_window: ids_of(&|position| carries[position] && indices[position].is_none()),
        later: Vec::new(),
        paths: parts.paths.sorted,
        changes,
        imports: Vec::new(),
        files,
        manifests: parts.manifests,
        code_owners: parts.code_owners,
        skipped,
        whole: None,
    }
}

/// Returns the changes inside the window, each with the latest path of its file.
fn kept_changes(
    parts: &StageResults<'_>,
    indices: &[Option<CommitIdx>],
    skipped: &mut Vec<Skipped>,
) -> Vec<(PathChange, PathIdx)> {
    // A present path is the end of its chain of renames, even if an older commit renamed it away.
    let mut is_present = vec![false; parts.paths.sorted.len()];
    for measured in &parts.measured {
        is_present[measured.path] = true;
    }
    let all = path_changes(parts, skipped);
    let inside = |(position, _): &&(usize, PathChange)| indices[*position].is_some();
    let mut kept = Vec::with_capacity(all.iter().filter(inside).count());
    let joins = joins(parts, &all);
    let renamings = Renamings::new(
        all.iter().map(|(position, change)| (CommitIdx::new(*position), change.path, change.kind)),
        &is_present,
        joins.as_ref(),
    );
    // Changes after the window were only needed for their renames.
    kept.extend(all.iter().filter_map(|(position, change)| {
        let commit = indices[*position]?;
        let file = renamings.final_path(change.path, CommitIdx::new(*position));
        Some((PathChange { commit, ..*change }, file))
    }));
    kept
}

/// The lines of history that merges joined; `None` if no change belongs to one, or renames are not followed.
fn joins<'a>(parts: &'a StageResults<'_>, all: &[(usize, PathChange)]) -> Option<Joins<'a>> {
    if parts.options.renames != Renames::Follow {
        return None;
    }
    let mut has_changes = vec![false; parts.history.commits.len()];
    for (position, _) in all {
        has_changes[*position] = true;
    }
    let objects = parts.opened.objects.handle();
    Joins::find(&parts.history, &parts.paths, objects, |position| has_changes[position])
}

/// Builds the graph of all walked commits. `merges` holds the ids of those without changes.
fn ancestry(
    history: &CommitGraph,
    carries: &[bool],
    indices: &[Option<CommitIdx>],
    merges: &[CommitId],
) -> Ancestry {
    let mut ancestry = Ancestry::default();
    for (position, commit) in history.commits.iter().enumerate() {
        let node = match indices[position] {
            Some(index) => Node::Commit(index),
            None if carries[position] => Node::Outside,
            None => {
                let merge = merges.binary_search(&commit_id(&commit.id)).expect("a merge without changes");
                Node::Merge(to_u32(merge))
            }
        };
        // An unreadable parent has no place in the graph. The walk has reported it.
        ancestry.push(node, history.parents.of(position).iter().copied());
    }
    ancestry
}

/// Returns the facts about merges without changes, whose ids are sorted.
fn merge_facts(history: &CommitGraph, merges: &[CommitId]) -> Vec<MergeFacts> {
    let mut facts = vec![MergeFacts { time: Timestamp(0), is_back_merge: false }; merges.len()];
    for commit in &history.commits {
        if let Ok(position) = merges.binary_search(&commit_id(&commit.id)) {
            facts[position] =
                MergeFacts { time: commit.time, is_back_merge: commit.facts.wording.is_back_merge };
        }
    }
    facts
}

/// Returns the marks in the messages of all commits.
fn marks(history: &CommitGraph) -> Vec<(CommitId, Mark)> {
    let of = |commit: &RawCommit| {
        let id = commit_id(&commit.id);
        commit.marks.iter().map(move |mark| (id, mark.clone())).collect::<Vec<_>>()
    };
    let mut marks: Vec<(CommitId, Mark)> = history.commits.iter().flat_map(of).collect();
    marks.sort_unstable();
    marks
}

/// Returns all changes with the position of their commit, sorted by (commit, path). Changes that could not
/// be counted are reported.
fn path_changes(parts: &StageResults<'_>, skipped: &mut Vec<Skipped>) -> Vec<(usize, PathChange)> {
    let StageResults { history, paths, diffs, counts, store, .. } = parts;
    let mut all = Vec::with_capacity(rows::n_rows(diffs, store));
    for (entry, ((position, _), counts)) in diffs.commits.iter().zip(counts).enumerate() {
        let commit = commit_id(&history.commits[*position].id);
        let is_merge = !history.commits[*position].is_counted(parts.options.walk);
        rows::for_each_row(diffs, entry, counts, paths, store, |ChangeRow { path, kind, counted }| {
            if is_merge && brings_nothing(kind, counted) {
                return;
            }
            let Some(path) = path else {
                skipped
                    .push(Skipped { reason: SkipReason::InvalidPath, subject: SkipSubject::Commit(commit) });
                return;
            };
            let report = |reason| Skipped {
                reason,
                subject: SkipSubject::CommitPath(commit, paths.sorted[path].clone()),
            };
            let lines = match counted {
                CountResult::Lines(lines) => Some(lines),
                CountResult::Binary => None,
                CountResult::TooLarge => {
                    skipped.push(report(SkipReason::TooLargeToCount));
                    None
                }
                CountResult::Unreadable => {
                    skipped.push(report(SkipReason::UnreadableObject));
                    None
                }
            };
            // The index is set when the window is applied.
            let commit = CommitIdx::new(*position);
            all.push((*position, PathChange { commit, path: PathIdx::new(path), kind, lines }));
        });
    }
    all
}

/// True if each line of a file in a merge comes from one of its parents, although the file equals that of
/// none: both sides changed it in different places.
fn brings_nothing(kind: ChangeKind, counted: CountResult) -> bool {
    matches!(kind, ChangeKind::Modified | ChangeKind::Added)
        && counted == CountResult::Lines(LineDelta { added: 0, deleted: 0 })
}

/// The tables of files and changes.
struct FileTables {
    files: Vec<File>,
    changes: Vec<Change>,
    /// Number of present files that are excluded.
    excluded_files: usize,
    /// Number of distinct files that each commit with changes touches in the whole repository, and of
    /// source files among them.
    sizes: Vec<(CommitIdx, (u32, u32))>,
}

/// Builds the tables of files and changes. `placement` tells whether a path is inside the scope, and
/// whether it is excluded.
fn files_and_changes(
    kept: Vec<(PathChange, PathIdx)>,
    measured: Vec<MeasuredFile>,
    paths: &[RepoPath],
    classes: &[FileClass],
    placement: impl Fn(&RepoPath) -> (bool, bool) + Sync,
) -> FileTables {
    let mut by_path: Vec<Option<MeasuredFile>> = (0..paths.len()).map(|_| None).collect();
    for measured in measured {
        let path = measured.path;
        by_path[path] = Some(measured);
    }
    let mut is_named = vec![false; paths.len()];
    for (_, file) in &kept {
        is_named[file.get()] = true;
    }
    let mut files: Vec<File> = Vec::new();
    let mut file_of_path: Vec<Option<FileIdx>> = vec![None; paths.len()];
    let mut class_of_path: Vec<Option<FileClass>> = vec![None; paths.len()];
    let mut excluded_files = 0;
    // Matching exclude patterns dominates, so it runs in parallel.
    let placed: Vec<Option<(bool, bool)>> = (0..paths.len())
        .into_par_iter()
        .map(|position| {
            let is_present = by_path[position].is_some();
            if !is_present && !is_named[position] {
                return None;
            }
            Some(placement(&paths[position]))
        })
        .collect();
    for (position, path) in paths.iter().enumerate() {
        let measured = by_path[position].take();
        let Some((is_inside, is_excluded)) = placed[position] else { continue };
        // Excluded files leave no trace in any figure, but their number is stated.
        if is_excluded {
            excluded_files += usize::from(is_inside && measured.is_some());
            continue;
        }
        let (class, present) = match measured {
            Some(measured) => (measured.class, Some(measured.present)),
            // A deleted file has no content here, so its name alone decides.
            None => (classes[position], None),
        };
        class_of_path[position] = Some(class);
        if !is_inside {
            continue;
        }
        file_of_path[position] = Some(FileIdx::new(files.len()));
        files.push(File { path: path.clone(), class, present, aliases: Vec::new(), history: Vec::new() });
    }
    // Before the scope applies: a commit's size is that in the whole repository.
    let sizes = commit_sizes(&kept, &class_of_path);
    let mut changes = Vec::with_capacity(kept.len());
    for (change, final_path) in kept {
        let Some(index) = file_of_path[final_path.get()] else { continue };
        let file = &mut files[index.get()];
        file.history.push(ChangeIdx::new(changes.len()));
        let older_names = match change.kind {
            ChangeKind::Renamed { from } => [Some(change.path), Some(from)],
            _ => [Some(change.path), None],
        };
        file.aliases.extend(older_names.into_iter().flatten().filter(|name| *name != final_path));
        changes.push(Change {
            commit: change.commit,
            file: index,
            path: change.path,
            kind: change.kind,
            lines: change.lines,
        });
    }
    for file in &mut files {
        file.aliases.sort_unstable();
        file.aliases.dedup();
    }
    FileTables { files, changes, excluded_files, sizes }
}

/// Counts the distinct files that each commit touches, and the source files among them. Excluded files have
/// no class.
fn commit_sizes(
    kept: &[(PathChange, PathIdx)],
    class_of_path: &[Option<FileClass>],
) -> Vec<(CommitIdx, (u32, u32))> {
    let mut sizes = Vec::new();
    for changes in kept.chunk_by(|(a, _), (b, _)| a.commit == b.commit) {
        let mut files: Vec<PathIdx> = changes.iter().map(|(_, file)| *file).collect();
        // A commit may change one file under two names, but it counts once.
        files.sort_unstable();
        files.dedup();
        let classes = || files.iter().filter_map(|file| class_of_path[file.get()]);
        let count = |number: usize| to_u32(number);
        let source_files = classes().filter(|class| *class == FileClass::Source).count();
        sizes.push((changes[0].0.commit, (count(classes().count()), count(source_files))));
    }
    sizes
}

/// The people of the window, and their commits.
struct Everyone {
    /// Authors and co-authors: sorted, unique.
    authors: Vec<Author>,
    bots: Vec<AuthorIdx>,
    merged: Vec<MergedAuthor>,
    namesakes: Vec<Vec<AuthorIdx>>,
    found_people: Vec<Vec<AuthorIdx>>,
    commits: Vec<Commit>,
}

/// Builds the tables of people and commits. Summaries and ticket ids are moved out of `history`.
fn everyone(
    history: &mut CommitGraph,
    identities: &Identities,
    indices: &[Option<CommitIdx>],
    ignore_revs: &IgnoreRevs,
    is_anonymous: bool,
) -> Everyone {
    let mut has_commits = vec![false; identities.authors.len()];
    let inside = history.commits.iter().zip(indices).filter(|(_, index)| index.is_some());
    for (commit, _) in inside {
        for signature in std::iter::once(&commit.signature).chain(&commit.co_signatures) {
            has_commits[*signature as usize] = true;
        }
    }
    let named = identities.authors.iter().zip(&has_commits).filter(|(_, has_commits)| **has_commits);
    let mut authors: Vec<Author> = named.map(|(author, _)| author.clone()).collect();
    authors.sort_unstable();
    authors.dedup();
    let index_of: Vec<Option<AuthorIdx>> = identities
        .authors
        .iter()
        .map(|author| authors.binary_search(author).ok().map(AuthorIdx::new))
        .collect();
    let all_of = |signatures: &mut dyn Iterator<Item = usize>| {
        let mut people: Vec<AuthorIdx> = signatures.filter_map(|signature| index_of[signature]).collect();
        people.sort_unstable();
        people.dedup();
        people
    };
    let bots = all_of(&mut (0..index_of.len()).filter(|signature| identities.is_bot[*signature]));
    let merged = merged(identities, &has_commits, &index_of);
    let namesakes = namesakes(identities, &index_of);
    let found_people = identities.found.iter().map(|found| all_of(&mut found.iter().copied())).collect();
    // Only commits inside the window get here, and all of their people are in the table.
    let find = |signature: u32| index_of[signature as usize].expect("the table holds every author");
    let inside = history.commits.iter_mut().zip(indices).filter(|(_, index)| index.is_some());
    let commits = inside
        .map(|(commit, _)| {
            let author = find(commit.signature);
            let mut co_authors: Vec<AuthorIdx> =
                commit.co_signatures.iter().map(|signature| find(*signature)).collect();
            co_authors.sort_unstable();
            co_authors.dedup();
            // Trailers often credit the author as well.
            co_authors.retain(|co_author| *co_author != author);
            let id = commit_id(&commit.id);
            Commit {
                id,
                author,
                co_authors,
                time: commit.time,
                authored: commit.authored,
                n_parents: to_u32(commit.parents.len()),
                // A message may name anyone.
                summary: if is_anonymous { BString::default() } else { std::mem::take(&mut commit.summary) },
                ticket_ids: std::mem::take(&mut commit.ticket_ids),
                wording: commit.facts.wording,
                applied_by: commit.facts.applied_by,
                in_ignore_revs: ignore_revs.contains(&id),
                // Set once they are counted.
                files: 0,
                source_files: 0,
            }
        })
        .collect();
    Everyone { authors, bots, merged, namesakes, found_people, commits }
}

/// The people whose identities a rule merged, with the other identities that have commits.
fn merged(
    identities: &Identities,
    has_commits: &[bool],
    index_of: &[Option<AuthorIdx>],
) -> Vec<MergedAuthor> {
    let mut others: BTreeMap<AuthorIdx, Vec<Author>> = BTreeMap::new();
    for (signature, author) in index_of.iter().enumerate() {
        let (before, after) = (&identities.unmerged[signature], &identities.authors[signature]);
        if let Some(author) = author.filter(|_| has_commits[signature] && before != after) {
            others.entry(author).or_default().push(before.clone());
        }
    }
    let merged = others.into_iter().map(|(author, mut others)| {
        others.sort_unstable();
        others.dedup();
        MergedAuthor { author, others }
    });
    merged.collect()
}

/// Groups of authors with one name.
fn namesakes(identities: &Identities, index_of: &[Option<AuthorIdx>]) -> Vec<Vec<AuthorIdx>> {
    let mut by_name: BTreeMap<&str, Vec<AuthorIdx>> = BTreeMap::new();
    for (name, author) in identities.names.iter().zip(index_of) {
        if let Some(author) = author.filter(|_| !name.is_empty()) {
            by_name.entry(name).or_default().push(author);
        }
    }
    let mut groups: Vec<Vec<AuthorIdx>> = by_name.into_values().collect();
    for group in &mut groups {
        group.sort_unstable();
        group.dedup();
    }
    groups.retain(|group| group.len() > 1);
    groups.sort_unstable();
    groups
}
