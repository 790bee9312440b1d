//! The scanner's straight line, stage by stage, at one revision.

use bstr::BString;
use debtscan_model::{
    ChangeKind, CodeOwnersFile, CommitIdx, FileClass, Manifest, PathIdx, RepoPath, Scan, SkipReason,
    SkipSubject, Skipped, TimeWindow, Timestamp,
};
use rayon::{ThreadPool, ThreadPoolBuilder};
use rustc_hash::FxHashMap;

use crate::assemble::{Parts, assemble};
use crate::cache::{Findings, Kind, RowsPlace, Store};
use crate::compare::compare;
use crate::error::Cause;
use crate::exclude::Exclude;
use crate::git::attributes::{self, PathAttributes};
use crate::git::lines::{Counted, Counter, Pair};
use crate::git::tree::{self, TreeFile};
use crate::git::walk::{History, RawCommit};
use crate::git::{self, CommitDiff, Objects, Opened, RawChange};
use crate::ignore_revs::IgnoreRevs;
use crate::lines::Graph;
use crate::measure::measure_tree;
use crate::people::Cast;
use crate::progress::{Phase, Progress};
use crate::{Measure, ScanError, ScanOptions, Walk, cache, class, imports, manifest, ordered};

/// Where CODEOWNERS is looked for, in GitHub's and GitLab's order.
const CODE_OWNERS_PATHS: [&str; 4] =
    [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// Paths per unit of parallel work, which only names are needed for.
const PATHS_PER_CHUNK: usize = 256;

/// What a scan looks at, and what is known already.
pub(crate) struct Session<'a> {
    pub(crate) options: &'a ScanOptions,
    pub(crate) pool: &'a ThreadPool,
    pub(crate) opened: &'a Opened,
    pub(crate) window: TimeWindow,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) rules: Rules,
    pub(crate) wanted: Wanted,
}

/// What a scan is to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    ScanOnly,
    /// And what questions about lines need.
    Lineage,
}

/// What the scanned tree may say about history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// All that it says.
    Today,
    /// Nothing that hides changes: neither `.debtscanignore` nor `-diff` of `.gitattributes`.
    Hindsight,
}

/// What becomes of the results of a scan besides the scan itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Another scan follows, which can use them.
    Another,
    /// None follows: they are of use to the cache alone.
    Last,
}

/// A scan, and the line of first parents that led to it.
pub(crate) struct Scanned {
    pub(crate) scan: Scan,
    /// From the scanned commit back to the beginning; empty when no other scan follows.
    pub(crate) first_parents: Vec<Point>,
    /// What questions about lines need, where it was wanted.
    pub(crate) graph: Option<Graph>,
}

/// A commit that can be scanned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    pub(crate) revision: git::ObjectId,
    pub(crate) tree: git::ObjectId,
    pub(crate) time: Timestamp,
}

/// Runs every stage after the walk at the opened revision.
pub(crate) fn run(
    session: &Session<'_>,
    history: History,
    store: &mut Store,
    sharing: Sharing,
) -> Result<Scanned, ScanError> {
    let Session { options, pool, opened, window, progress, rules, wanted } = *session;
    let mut objects = opened.objects.handle();
    let (tree, mut skipped) = tree::list(&mut objects, opened.tree);
    let versioned = VersionedFiles::read(&mut objects, &tree, rules);
    let exclude = Exclude::new(&versioned.ignore_file, &options.exclude)?;

    let (diffs, paths, attributes) =
        compare_all(session, &history, store, (&mut objects, &tree), &versioned, &mut skipped)?;
    let classes = paths.classes(pool, &attributes, store);
    let counts = count(session, &paths, &diffs, &attributes);
    let measured = measure_tree(
        pool,
        opened,
        &tree,
        (&paths, &attributes, &classes),
        store,
        (options.measure, progress),
    );
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
    let learned = store.learn(&findings, sharing);

    let graph = (wanted == Wanted::Lineage).then(|| {
        let carries = carriers(&history, &diffs, store, options.walk);
        let indices = commit_indices(&history, &carries, window);
        Graph::new(&history, &diffs, &counts, &paths, store, (indices, options.renames))
    });
    progress.begin(Phase::Fold, None);
    skipped.extend(history.skipped.iter().cloned());
    skipped.extend(diffs.skipped.iter().cloned());
    let first_parents = match sharing {
        Sharing::Another => first_parents(&history, opened.revision),
        Sharing::Last => Vec::new(),
    };
    let mut scan = assemble(Parts {
        pool,
        store,
        opened,
        options,
        window,
        cast: Cast::of(&history, &versioned.mailmap, options),
        history,
        paths,
        diffs,
        counts,
        classes,
        measured,
        exclude,
        ignore_revs: versioned.ignore_revs,
        manifests: versioned.manifests,
        code_owners: versioned.code_owners.map(|file| without_people(file, options)),
        skipped,
    });
    if options.measure == Measure::TreeAndImports {
        scan.imports = imports::read(pool, opened, &tree, &scan);
    }
    store.add(learned);
    Ok(Scanned { scan, first_parents, graph })
}

/// Compares the commits that are not known, with all paths and their attributes.
fn compare_all(
    session: &Session<'_>,
    history: &History,
    store: &mut Store,
    (objects, tree): (&mut Objects, &[TreeFile]),
    versioned: &VersionedFiles,
    skipped: &mut Vec<Skipped>,
) -> Result<(Diffs, PathTable, Vec<PathAttributes>), ScanError> {
    loop {
        let diffs = compare(session, store, history);
        let paths = PathTable::collect(&diffs, store, tree);
        let (mut attributes, unreadable) = if versioned.has_attributes {
            attributes::of_paths(objects, tree, &paths.sorted)?
        } else {
            (vec![PathAttributes::default(); paths.sorted.len()], Vec::new())
        };
        if session.rules == Rules::Hindsight {
            for attributes in &mut attributes {
                *attributes = attributes.without_text();
            }
        }
        // Once at most: what is forgotten is compared again, and what was compared is not stale.
        if !store.forget_stale(|position| history.commits[position].id, &diffs, &paths, &attributes) {
            skipped.extend(unreadable);
            return Ok((diffs, paths, attributes));
        }
    }
}

/// The commits from the scanned one back along first parents.
fn first_parents(history: &History, revision: git::ObjectId) -> Vec<Point> {
    let mut line = Vec::new();
    // Children come after their parents.
    let mut next = history.commits.iter().rposition(|commit| commit.id == revision);
    while let Some(position) = next {
        let commit = &history.commits[position];
        line.push(Point { revision: commit.id, tree: commit.tree, time: commit.time });
        let is_read = history.parents.of(position).len() == commit.n_followed;
        let first = history.parents.of(position).first().map(|parent| *parent as usize);
        next = first.filter(|first| is_read || Some(&history.commits[*first].id) == commit.parents.first());
    }
    line
}

/// The file without its people, where they are to be anonymous.
fn without_people(file: CodeOwnersFile, options: &ScanOptions) -> CodeOwnersFile {
    match &options.anonymize {
        Some(people) => CodeOwnersFile { content: people.code_owners(&file.content), ..file },
        None => file,
    }
}

pub(crate) fn start_threads(threads: usize) -> Result<ThreadPool, ScanError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|source| ScanError::Threads { threads, source: Cause::from(source) })
}

/// Files of the scanned tree that change how the rest is read.
struct VersionedFiles {
    mailmap: Vec<u8>,
    ignore_file: Vec<u8>,
    ignore_revs: IgnoreRevs,
    code_owners: Option<CodeOwnersFile>,
    manifests: Vec<Manifest>,
    has_attributes: bool,
}

impl VersionedFiles {
    /// Reads them; hindsight leaves out nothing, whatever is ignored today.
    fn read(objects: &mut Objects, tree: &[TreeFile], rules: Rules) -> Self {
        let mut content = |path: &str| {
            let position = tree.binary_search_by(|file| file.path.as_bytes().cmp(path.as_bytes())).ok()?;
            // An unreadable one is reported by the stage that measures every file.
            objects.blob(&tree[position].id).ok().map(|content| content.to_vec())
        };
        let code_owners = CODE_OWNERS_PATHS.iter().find_map(|path| {
            let content = content(path)?;
            Some(CodeOwnersFile { path: RepoPath::new(*path).expect("a constant path is valid"), content })
        });
        let mailmap = content(".mailmap");
        let ignore_file = content(".debtscanignore").filter(|_| rules != Rules::Hindsight);
        let ignore_revs = content(".git-blame-ignore-revs");
        Self {
            mailmap: mailmap.unwrap_or_else(Vec::new),
            ignore_file: ignore_file.unwrap_or_else(Vec::new),
            ignore_revs: ignore_revs.map_or_else(IgnoreRevs::default, |content| IgnoreRevs::parse(&content)),
            code_owners,
            manifests: manifest::read(objects, tree),
            has_attributes: tree.iter().any(|file| file.path.file_name() == ".gitattributes"),
        }
    }
}

/// The changes of all compared commits.
pub(crate) struct Diffs {
    /// Positions in [`History::commits`], ascending, with the changes of each.
    pub(crate) commits: Vec<(usize, Vec<RawChange>)>,
    /// Per entry of `commits`: its rows as an earlier scan counted them, in place of changes.
    pub(crate) known: Vec<Option<RowsPlace>>,
    /// Per entry of `commits`: whether nothing was unreadable.
    pub(crate) is_whole: Vec<bool>,
    /// Per entry of `commits`: whether only exact renames were looked for.
    pub(crate) hit_rename_limit: Vec<bool>,
    pub(crate) skipped: Vec<Skipped>,
}

/// A change with its path looked up and its lines counted.
pub(crate) struct Row {
    /// Position in the path table; `None` when the path cannot be represented.
    pub(crate) path: Option<usize>,
    pub(crate) kind: ChangeKind,
    pub(crate) counted: Counted,
}

impl Diffs {
    pub(crate) fn with_capacity(commits: usize) -> Self {
        Self {
            commits: Vec::with_capacity(commits),
            known: Vec::with_capacity(commits),
            is_whole: Vec::with_capacity(commits),
            hit_rename_limit: Vec::with_capacity(commits),
            skipped: Vec::new(),
        }
    }

    pub(crate) fn push_compared(&mut self, position: usize, diff: CommitDiff) {
        let CommitDiff { changes, skipped, is_whole, hit_rename_limit } = diff;
        self.skipped.extend(skipped);
        self.commits.push((position, changes));
        self.known.push(None);
        self.is_whole.push(is_whole);
        self.hit_rename_limit.push(hit_rename_limit);
    }

    pub(crate) fn push_known(
        &mut self,
        position: usize,
        commit: &RawCommit,
        rows: RowsPlace,
        hit_rename_limit: bool,
    ) {
        if hit_rename_limit {
            let subject = SkipSubject::Commit(git::commit_id(&commit.id));
            self.skipped.push(Skipped { reason: SkipReason::RenameLimit, subject });
        }
        self.commits.push((position, Vec::new()));
        self.known.push(Some(rows));
        self.is_whole.push(true);
        self.hit_rename_limit.push(hit_rename_limit);
    }
}

impl Diffs {
    /// How many rows all entries have together.
    pub(crate) fn n_rows(&self, store: &Store) -> usize {
        let known = self.known.iter().flatten().map(|place| store.rows(*place).len()).sum::<usize>();
        known + self.commits.iter().map(|(_, changes)| changes.len()).sum::<usize>()
    }

    /// Hands over the rows of one entry of `commits`, of which `counts` are the counts.
    pub(crate) fn for_each_row(
        &self,
        entry: usize,
        counts: &[Counted],
        paths: &PathTable,
        store: &Store,
        then: impl FnMut(Row),
    ) {
        let renamed = |from: Option<usize>| from.map(|from| ChangeKind::Renamed { from: PathIdx::new(from) });
        if let Some(place) = self.known[entry] {
            let row = |row: &cache::Row| {
                let path = |path| paths.find_kept(place.segment, path);
                let kind = match row.kind {
                    Kind::Added => ChangeKind::Added,
                    Kind::Modified => ChangeKind::Modified,
                    Kind::Deleted => ChangeKind::Deleted,
                    Kind::Renamed(from) => renamed(path(from)).unwrap_or(ChangeKind::Modified),
                };
                Row { path: path(row.path), kind, counted: row.counted }
            };
            return store.rows(place).iter().map(row).for_each(then);
        }
        let changes = self.commits[entry].1.iter().zip(counts);
        let row = |(change, counted): (&RawChange, &Counted)| {
            let from = renamed(change.from.as_ref().and_then(|from| paths.find(from.as_ref())));
            let kind = match (from, change.old.is_some(), change.new.is_some()) {
                (Some(renamed), ..) => renamed,
                (None, false, _) => ChangeKind::Added,
                (None, true, false) => ChangeKind::Deleted,
                (None, true, true) => ChangeKind::Modified,
            };
            Row { path: paths.find(change.path.as_ref()), kind, counted: *counted }
        };
        changes.map(row).for_each(then);
    }

    /// Whether one entry of `commits` has no rows.
    fn is_empty(&self, entry: usize, store: &Store) -> bool {
        self.known[entry].map_or_else(|| self.commits[entry].1.is_empty(), |it| store.rows(it).is_empty())
    }
}

/// Every path of the history and the tree.
pub(crate) struct PathTable {
    /// Sorted, unique.
    pub(crate) sorted: Vec<RepoPath>,
    position: FxHashMap<BString, u32>,
    /// Per segment of the store and path of it: its position; [`PathTable::ABSENT`] when it is not in the table.
    kept: Vec<Vec<u32>>,
}

impl PathTable {
    const ABSENT: u32 = u32::MAX;

    fn collect(diffs: &Diffs, store: &Store, tree: &[TreeFile]) -> Self {
        let mut position: FxHashMap<BString, u32> = FxHashMap::default();
        let mut kept: Vec<Vec<u32>> =
            store.paths().map(|paths| paths.map(|_| Self::ABSENT).collect()).collect();
        for place in diffs.known.iter().flatten() {
            for row in store.rows(*place) {
                kept[place.segment][row.path as usize] = 0;
                if let Kind::Renamed(from) = row.kind {
                    kept[place.segment][from as usize] = 0;
                }
            }
        }
        for (paths, kept) in store.paths().zip(&kept) {
            for (path, _) in paths.zip(kept).filter(|(_, kept)| **kept != Self::ABSENT) {
                if !position.contains_key(path) {
                    position.insert(path.to_owned(), 0);
                }
            }
        }
        let changes = diffs.commits.iter().flat_map(|(_, changes)| changes);
        let named = changes.flat_map(|change| std::iter::once(&change.path).chain(&change.from));
        for path in named {
            if !position.contains_key(path) {
                position.insert(path.clone(), 0);
            }
        }
        for file in tree {
            if !position.contains_key(file.path.as_bstr()) {
                position.insert(file.path.as_bstr().to_owned(), 0);
            }
        }
        // A path that a tree cannot hold is dropped here, and reported where it is looked up.
        let mut sorted: Vec<RepoPath> =
            position.keys().filter_map(|path| RepoPath::new(path.to_vec()).ok()).collect();
        sorted.sort_unstable();
        for (index, path) in sorted.iter().enumerate() {
            let slot = position.get_mut(path.as_bstr()).expect("every sorted path came from the map");
            *slot = u32::try_from(index).expect("fewer than 2^32 paths");
        }
        position
            .retain(|path, index| sorted.get(*index as usize).is_some_and(|known| known.as_bstr() == path));
        for (paths, kept) in store.paths().zip(&mut kept) {
            for (path, kept) in paths.zip(kept) {
                *kept = position.get(path).copied().unwrap_or(Self::ABSENT);
            }
        }
        Self { sorted, position, kept }
    }

    /// What kind of file each path names, for all that the path and its attributes say: one per path.
    pub(crate) fn classes(
        &self,
        pool: &ThreadPool,
        attributes: &[PathAttributes],
        store: &Store,
    ) -> Vec<FileClass> {
        let mut classes = vec![None; self.sorted.len()];
        for (segment, positions) in self.kept.iter().enumerate() {
            for (path, position) in
                positions.iter().enumerate().filter(|(_, position)| **position != Self::ABSENT)
            {
                let position = *position as usize;
                if attributes[position].are_common() {
                    classes[position] = classes[position].or_else(|| store.class_by_path(segment, path));
                }
            }
        }
        let new: Vec<usize> = (0..classes.len()).filter(|path| classes[*path].is_none()).collect();
        let chunks: Vec<&[usize]> = new.chunks(PATHS_PER_CHUNK).collect();
        let found = ordered::map(
            pool,
            &chunks,
            || (),
            |(), paths| -> Vec<FileClass> {
                paths.iter().map(|path| class::by_path(&self.sorted[*path], &attributes[*path])).collect()
            },
        );
        for (path, class) in new.iter().zip(found.into_iter().flatten()) {
            classes[*path] = Some(class);
        }
        classes.into_iter().map(|class| class.expect("what was not known was found")).collect()
    }

    /// A table of these paths alone.
    pub(crate) fn of<'a>(paths: impl Iterator<Item = &'a RepoPath>) -> Self {
        let mut sorted: Vec<RepoPath> = paths.cloned().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let position = (0..).zip(&sorted).map(|(index, path)| (path.as_bstr().to_owned(), index)).collect();
        Self { sorted, position, kept: Vec::new() }
    }

    /// The position of a path of a segment of the store; `None` when it cannot be represented.
    pub(crate) fn find_kept(&self, segment: usize, path: u32) -> Option<usize> {
        let position = self.kept[segment][path as usize];
        (position != Self::ABSENT).then_some(position as usize)
    }

    /// The position of a path; `None` when it cannot be represented.
    pub(crate) fn find(&self, path: &bstr::BStr) -> Option<usize> {
        self.position.get(path).map(|position| *position as usize)
    }
}

/// Counts the lines of every change, one path after the other: per entry of [`Diffs::commits`], one
/// result per change. Entries that are known have none.
fn count(
    session: &Session<'_>,
    paths: &PathTable,
    diffs: &Diffs,
    attributes: &[PathAttributes],
) -> Vec<Vec<Counted>> {
    let Session { pool, opened, progress, .. } = *session;
    /// A change to count, by its place in `Diffs::commits`.
    type Place = (usize, usize);
    let mut by_path: Vec<Vec<Place>> = vec![Vec::new(); paths.sorted.len()];
    // Newest first: packs store older versions as deltas of newer ones.
    for (entry, (_, changes)) in diffs.commits.iter().enumerate().rev() {
        for (nth, change) in changes.iter().enumerate() {
            if let Some(path) = paths.find(change.path.as_ref()) {
                by_path[path].push((entry, nth));
            }
        }
    }
    let mut tasks: Vec<(usize, Vec<Place>)> =
        by_path.into_iter().enumerate().filter(|(_, places)| !places.is_empty()).collect();
    // The longest first, so that no thread is left alone with one at the end.
    tasks.sort_by_key(|(path, places)| (std::cmp::Reverse(places.len()), *path));
    let total: usize = tasks.iter().map(|(_, places)| places.len()).sum();
    progress.begin(Phase::Count, Some(total as u64));
    let counted = ordered::map(
        pool,
        &tasks,
        || Counter::new(opened.objects.handle()),
        |counter, (path, places)| {
            let pair = |(entry, nth): &Place| {
                let change: &RawChange = &diffs.commits[*entry].1[*nth];
                Pair { old: change.old, new: change.new, others: change.others.as_deref() }
            };
            let pairs: Vec<Pair<'_>> = places.iter().map(pair).collect();
            let counts = counter.count_path(&pairs, attributes[*path].text);
            progress.advance(places.len() as u64);
            counts
        },
    );
    let mut counts: Vec<Vec<Counted>> =
        diffs.commits.iter().map(|(_, changes)| vec![Counted::Unreadable; changes.len()]).collect();
    for ((_, places), results) in tasks.iter().zip(counted) {
        for ((entry, nth), result) in places.iter().zip(results) {
            counts[*entry][*nth] = result;
        }
    }
    counts
}

/// Whether each commit of the history carries changes, or would if there were any.
pub(crate) fn carriers(history: &History, diffs: &Diffs, store: &Store, walk: Walk) -> Vec<bool> {
    let mut carries: Vec<bool> = history.commits.iter().map(|commit| commit.is_counted(walk)).collect();
    for (entry, (position, _)) in diffs.commits.iter().enumerate() {
        carries[*position] |= !diffs.is_empty(entry, store);
    }
    carries
}

/// The index of a commit among the carriers inside the window, by its position in the history.
pub(crate) fn commit_indices(
    history: &History,
    carries: &[bool],
    window: TimeWindow,
) -> Vec<Option<CommitIdx>> {
    let mut next = 0;
    let mut index = |(commit, carries): (&RawCommit, &bool)| {
        let is_inside = *carries && window.contains(commit.time);
        is_inside.then(|| {
            next += 1;
            CommitIdx::new(next - 1)
        })
    };
    history.commits.iter().zip(carries).map(&mut index).collect()
}
