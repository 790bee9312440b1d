//! The pipeline of a scan, stage by stage, at one revision.

use debtscan_model::{CodeOwnersFile, Scan, Skipped, Timestamp};

use crate::cache::store::Store;
use crate::cache::update::Findings;
use crate::classify::asked::AskedClasses;
use crate::classify::exclude::Exclude;
use crate::classify::neighbours;
use crate::error::ScanError;
use crate::lines::graph::Graph;
use crate::options::{Keep, Measure, ScanOptions};
use crate::progress::Phase;
use crate::stage::assemble::{StageResults, assemble};
use crate::stage::compare::compare;
use crate::stage::count::{carriers, commit_indices, count};
use crate::stage::measure::{MeasureContext, measure_tree};
use crate::stage::people::Identities;
use crate::stage::session::{Session, TreeRules};
use crate::stage::versioned::VersionedFiles;
use crate::stage::{graph, imports, paths, stale};
use crate::table::commit_graph::CommitGraph;
use crate::table::diffs::Diffs;
use crate::table::paths::PathTable;
use debtscan_git::attributes::{self, PathAttributes};
use debtscan_git::id::ObjectId;
use debtscan_git::objects::Objects;
use debtscan_git::tree::{self, TreeFile};

/// A scan, and what it keeps for further questions.
pub(crate) struct Scanned {
    pub(crate) scan: Scan,
    /// From the scanned commit back to the root; empty unless results are kept.
    pub(crate) first_parents: Vec<ScanPoint>,
    /// `None` unless the history of lines is kept.
    pub(crate) graph: Option<Graph>,
}

/// A commit that can be scanned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScanPoint {
    pub(crate) revision: ObjectId,
    pub(crate) tree: ObjectId,
    pub(crate) time: Timestamp,
}

/// Runs every stage after the walk.
pub(crate) fn run(
    session: &Session<'_>,
    history: CommitGraph,
    store: &mut Store,
) -> Result<Scanned, ScanError> {
    let Session { options, pool, opened, parsers, window, progress, rules, keep } = *session;
    let mut objects = opened.objects.handle();
    let (tree, mut skipped) = tree::list(&mut objects, opened.tree);
    let versioned = VersionedFiles::read(&mut objects, &tree, rules);
    let exclude = Exclude::new(&versioned.ignore_file, &options.exclude)?;
    let asked = AskedClasses::new(&options.classes)?;

    let (diffs, paths, attributes) =
        compare_all(session, &history, store, &mut objects, &tree, &versioned, &mut skipped)?;
    let mut attributes = attributes;
    neighbours::apply(&tree, &paths.sorted, &mut attributes);
    asked.apply(&paths.sorted, &mut attributes);
    let unmatched_classes = asked.unmatched(&paths.sorted);
    let classes = paths::classes(&paths, pool, &attributes, store);
    // After the attributes, because `-diff` decides whether a file has lines at all.
    let counts = count(session, &paths, &diffs, &attributes);
    let context = MeasureContext {
        pool,
        opened,
        parsers,
        store,
        paths: &paths,
        attributes: &attributes,
        classes: &classes,
        measure: options.measure,
        progress,
    };
    let measured = measure_tree(&context, &tree);
    let findings = Findings {
        history: &history,
        diffs: &diffs,
        counts: &counts,
        paths: &paths,
        attributes: &attributes,
        tree: &tree,
        classes: &classes,
        measured: &measured,
    };
    // Before `assemble` consumes the results.
    let learned = store.learn(&findings, keep);

    // Before `assemble` consumes the tables.
    let graph = (keep == Keep::LineHistory).then(|| {
        let carries = carriers(&history, &diffs, store, options.walk);
        let indices = commit_indices(&history, &carries, window);
        let rules = (options.renames, &versioned.ignore_revs);
        graph::build(&history, &diffs, &counts, &paths, store, indices, rules)
    });
    progress.begin(Phase::Fold, None);
    skipped.extend(history.skipped.iter().cloned());
    skipped.extend(diffs.skipped.iter().cloned());
    let first_parents = match keep {
        Keep::Results => first_parents(&history, opened.revision),
        Keep::Nothing | Keep::LineHistory => Vec::new(),
    };
    let mut scan = assemble(StageResults {
        pool,
        store,
        opened,
        options,
        window,
        identities: Identities::of(&history, &versioned.mailmap, options),
        history,
        paths,
        diffs,
        counts,
        classes,
        measured,
        exclude,
        unmatched_classes,
        ignore_revs: versioned.ignore_revs,
        manifests: versioned.manifests,
        code_owners: versioned.code_owners.map(|file| without_people(file, options)),
        skipped,
    });
    if options.measure == Measure::TreeAndImports {
        scan.imports = imports::read(pool, opened, &tree, &scan);
    }
    // Only now: the path table refers to the segments of the store as they were before.
    store.add(learned);
    Ok(Scanned { scan, first_parents, graph })
}

/// Compares the commits that are not cached, and collects all paths with their attributes.
fn compare_all(
    session: &Session<'_>,
    history: &CommitGraph,
    store: &mut Store,
    objects: &mut Objects,
    tree: &[TreeFile],
    versioned: &VersionedFiles,
    skipped: &mut Vec<Skipped>,
) -> Result<(Diffs, PathTable, Vec<PathAttributes>), ScanError> {
    loop {
        let diffs = compare(session, store, history);
        let paths = paths::collect(&diffs, store, tree);
        let (mut attributes, unreadable) = if versioned.has_attributes {
            attributes::of_paths(objects, tree, &paths.sorted)?
        } else {
            (vec![PathAttributes::default(); paths.sorted.len()], Vec::new())
        };
        if session.rules == TreeRules::Ignore {
            for attributes in &mut attributes {
                *attributes = attributes.without_text();
            }
        }
        // This repeats at most once: stale commits are compared again, and fresh comparisons are not stale.
        if !stale::forget(store, history, &diffs, &paths, &attributes) {
            skipped.extend(unreadable);
            return Ok((diffs, paths, attributes));
        }
    }
}

/// The chain of first parents from the scanned commit back.
fn first_parents(history: &CommitGraph, revision: ObjectId) -> Vec<ScanPoint> {
    let mut line = Vec::new();
    // Children come after their parents.
    let mut next = history.commits.iter().rposition(|commit| commit.id == revision);
    while let Some(position) = next {
        let commit = &history.commits[position];
        line.push(ScanPoint { revision: commit.id, tree: commit.tree, time: commit.time });
        let is_read = history.parents.of(position).len() == commit.n_followed;
        let first = history.parents.of(position).first().map(|parent| *parent as usize);
        // If a parent is unreadable, the first known one may be the second.
        next = first.filter(|first| is_read || Some(&history.commits[*first].id) == commit.parents.first());
    }
    line
}

/// Removes people from the file if they are anonymous.
fn without_people(file: CodeOwnersFile, options: &ScanOptions) -> CodeOwnersFile {
    match &options.anonymize {
        Some(people) => CodeOwnersFile { content: people.code_owners(&file.content), ..file },
        None => file,
    }
}
