//! Adding the results of a scan to the cache.

use bstr::{BStr, ByteSlice};
use debtscan_model::FileClass;
use rustc_hash::{FxHashMap, FxHashSet};

use super::files::CachedFile;
use super::folder::{self, MAX_BYTES};
use super::outcome::RunError;
use super::rows::CachedRows;
use super::segment::{DiffMode, Needs, Segment};
use super::store::{CacheDir, Seen, Store, load};
use crate::options::Keep;
use crate::table::commit::DecodedCommit;
use crate::table::commit_graph::{CommitGraph, RawCommit};
use crate::table::diffs::Diffs;
use crate::table::measured::MeasuredFile;
use crate::table::paths::PathTable;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::change::CountResult;
use debtscan_git::error::Cause;
use debtscan_git::id::ObjectId;
use debtscan_git::tree::TreeFile;

/// Above this number, files are merged into one, because each costs a fraction of a millisecond per run.
const MAX_FILES: usize = 8;
/// Number of compactions that an unseen object survives, such as a rewritten commit. With [`MAX_FILES`],
/// these are some sixty runs with new results.
const MAX_AGE: u8 = 8;

/// The results of a scan before they are assembled.
pub(crate) struct Findings<'a> {
    pub(crate) history: &'a CommitGraph,
    pub(crate) diffs: &'a Diffs,
    /// Per entry of `diffs.commits`, one per change.
    pub(crate) counts: &'a [Vec<CountResult>],
    pub(crate) paths: &'a PathTable,
    pub(crate) attributes: &'a [PathAttributes],
    pub(crate) tree: &'a [TreeFile],
    /// One per path of `paths`: its class by path.
    pub(crate) classes: &'a [FileClass],
    /// One per file of the tree; empty if nothing was measured.
    pub(crate) measured: &'a [MeasuredFile],
}

impl Store {
    /// Returns the new results of a scan for the next scan or the cache; `None` if neither needs them.
    pub(crate) fn learn(&mut self, findings: &Findings<'_>, keep: Keep) -> Option<Segment> {
        if self.dir.is_none() && keep != Keep::Results {
            return None;
        }
        self.outcome.reused_commits += findings.diffs.known.iter().flatten().count();
        let is_known = |(file, measured): &(&TreeFile, &MeasuredFile)| {
            measured.is_worth_keeping
                && self.file(file, &findings.attributes[measured.path], measured.depth).is_some()
        };
        let reused_files = findings.tree.iter().zip(findings.measured).filter(is_known).count();
        self.outcome.reused_files += reused_files;
        if self.dir.is_some() {
            self.seen.commits.extend(findings.history.commits.iter().map(|commit| commit.id));
            let files = findings.tree.iter().map(|file| (file.id, file.path.as_bstr().to_owned()));
            self.seen.files.extend(files);
        }
        Some(self.new_segment(findings))
    }

    /// Writes what the scans of this run added. Errors are added to the outcome.
    pub(crate) fn keep(&mut self) {
        let Some(dir) = &self.dir else { return };
        if let Err(error) = dir.keep(&self.segments[self.n_read..], &self.seen) {
            let path = dir.folder.path().to_owned();
            self.outcome.errors.push(RunError::Write { path, source: Cause::from(error) });
        }
    }

    /// Writes measured files of other revisions. `measured` has one entry per file.
    pub(crate) fn keep_files(
        &mut self,
        files: &[TreeFile],
        measured: &[MeasuredFile],
        attributes: &[PathAttributes],
    ) {
        let Some(dir) = &self.dir else { return };
        let mut segment = Segment::default();
        for (file, measured) in files.iter().zip(measured) {
            let attributes = &attributes[measured.path];
            if !measured.is_worth_keeping {
                continue;
            }
            if self.file(file, attributes, measured.depth).is_some() {
                self.outcome.reused_files += 1;
            } else {
                segment.push_file(file.path.as_bstr(), known_file(file, measured, attributes), 0);
            }
        }
        if segment.is_empty() {
            return;
        }
        // The next run with new results merges all files.
        let last = dir.files.last().map(std::path::PathBuf::as_path);
        let added = segment.encode(dir.hash_len).and_then(|content| dir.folder.add(&content, last));
        if let Err(error) = added.and_then(|()| dir.folder.mark_used(&dir.repository)) {
            let path = dir.folder.path().to_owned();
            self.outcome.errors.push(RunError::Write { path, source: Cause::from(error) });
        }
    }

    fn new_segment(&self, findings: &Findings<'_>) -> Segment {
        let mut rows: FxHashMap<usize, CachedRows> = FxHashMap::default();
        for (entry, (position, _)) in findings.diffs.commits.iter().enumerate() {
            if let Some(new) = findings.new_rows(entry) {
                rows.insert(*position, new);
            }
        }
        let mut segment = Segment::default();
        // The usual warm run has nothing new, and must not search for it commit by commit.
        let is_all_known = rows.is_empty() && findings.history.n_unknown == 0;
        let commits = if is_all_known { &[][..] } else { &findings.history.commits };
        for (position, commit) in commits.iter().enumerate() {
            let rows = rows.get(&position);
            if rows.is_some() || !self.commits.contains_key(&commit.id) {
                let mut by_mode = [None; DiffMode::COUNT];
                by_mode[self.mode.index()] = rows;
                let mut decoded = findings.decoded(commit);
                if self.is_anonymous {
                    decoded.forget_people();
                }
                segment.push_commit(commit.id, &decoded, by_mode, 0);
            }
        }
        for (file, measured) in findings.tree.iter().zip(findings.measured) {
            let attributes = &findings.attributes[measured.path];
            if measured.is_worth_keeping && self.file(file, attributes, measured.depth).is_none() {
                segment.push_file(file.path.as_bstr(), known_file(file, measured, attributes), 0);
            }
        }
        let class = |path: &[u8]| {
            let path = findings.paths.find(path.as_bstr())?;
            findings.attributes[path].are_common().then(|| findings.classes[path])
        };
        // A class by path alone stays valid in every revision, unless an attribute decides it.
        segment.classes = segment.paths.iter().map(class).collect();
        segment
    }
}

fn known_file(file: &TreeFile, measured: &MeasuredFile, attributes: &PathAttributes) -> CachedFile {
    CachedFile {
        blob: file.id,
        attributes: attributes.without_text(),
        class: measured.class,
        language: measured.present.language,
        bytes: measured.present.bytes,
        complexity: measured.present.complexity.clone(),
        depth: measured.depth,
        reason: measured.skipped.as_ref().map(|skipped| skipped.reason),
    }
}

impl Findings<'_> {
    fn decoded(&self, commit: &RawCommit) -> DecodedCommit {
        let person = |signature: u32| self.history.signatures[signature as usize].clone();
        DecodedCommit {
            tree: commit.tree,
            parents: commit.parents.clone(),
            time: commit.time,
            authored: commit.authored,
            author: person(commit.signature),
            co_authors: commit.co_signatures.iter().copied().map(person).collect(),
            summary: commit.summary.clone(),
            ticket_ids: commit.ticket_ids.clone(),
            marks: commit.marks.clone(),
            facts: commit.facts,
        }
    }

    /// Returns the rows of an entry if they were just computed and are complete.
    fn new_rows(&self, entry: usize) -> Option<CachedRows> {
        let counts = &self.counts[entry];
        let is_kept = self.diffs.known[entry].is_none()
            && self.diffs.is_whole[entry]
            // An object may be missing only now, as in a partial clone, so failures are tried again.
            && !counts.contains(&CountResult::Unreadable);
        if !is_kept {
            return None;
        }
        let changes = &self.diffs.commits[entry].1;
        let rules = changes.iter().map(|change| {
            let path = self.paths.find(change.path.as_ref());
            path.map_or_else(Default::default, |path| self.attributes[path].text)
        });
        Some(CachedRows {
            changes: changes.clone(),
            counts: counts.clone(),
            rules: rules.collect(),
            hit_rename_limit: self.diffs.hit_rename_limit[entry],
        })
    }
}

impl CacheDir {
    fn keep(&self, new: &[Segment], seen: &Seen) -> std::io::Result<()> {
        // A run without news only records its use, and writes no file.
        let is_new = !new.is_empty();
        if is_new || self.has_useless {
            let last = self.files.last().map(std::path::PathBuf::as_path);
            if self.has_useless || self.files.len() >= MAX_FILES {
                // A useless file is replaced at once, since every run would read it and report it.
                let whole = self.compact(new, seen);
                self.folder.add(&whole.encode(self.hash_len)?, last)?;
                // After the new file is in place: a run killed in between leaves both, which agree.
                self.folder.remove(&self.files)?;
            } else if let [new] = new {
                self.folder.add(&new.encode(self.hash_len)?, last)?;
            } else {
                let whole = merge(&new.iter().collect::<Vec<_>>(), seen);
                self.folder.add(&whole.encode(self.hash_len)?, last)?;
            }
            folder::evict(&self.root, &self.folder, MAX_BYTES)?;
        }
        // Only eviction uses the mark, and a folder that cannot be written does not grow.
        let marked = self.folder.mark_used(&self.repository);
        if is_new { marked } else { Ok(()) }
    }

    /// Merges all files with `new`, without objects that have not been seen for long.
    fn compact(&self, new: &[Segment], seen: &Seen) -> Segment {
        // A missing or damaged file was reported when it was first read, and is omitted.
        let old: Vec<Segment> =
            self.files.iter().filter_map(|file| load(file, self.hash_len, Needs::Everything).ok()).collect();
        merge(&old.iter().chain(new).collect::<Vec<_>>(), seen)
    }
}

fn merge(all: &[&Segment], seen: &Seen) -> Segment {
    let mut whole = Segment::default();
    merge_commits(all, seen, &mut whole);
    merge_files(all, seen, &mut whole);
    let known = all.iter().flat_map(|segment| segment.paths.iter().zip(segment.classes.iter().copied()));
    let class_of: FxHashMap<&[u8], FileClass> =
        known.filter_map(|(path, class)| class.map(|class| (path, class))).collect();
    whole.classes = whole.paths.iter().map(|path| class_of.get(path).copied()).collect();
    whole
}

/// The segment and position of each part of a commit. The newest wins.
struct CommitParts {
    header: (usize, usize),
    rows: [Option<(usize, usize)>; DiffMode::COUNT],
}

fn merge_commits(all: &[&Segment], seen: &Seen, whole: &mut Segment) {
    let seen: FxHashSet<&ObjectId> = seen.commits.iter().collect();
    let mut order: Vec<ObjectId> = Vec::new();
    let mut parts: FxHashMap<ObjectId, CommitParts> = FxHashMap::default();
    for (number, segment) in all.iter().enumerate() {
        for (position, id) in segment.commits.ids.iter().enumerate() {
            let part = parts.entry(*id).or_insert_with(|| {
                order.push(*id);
                CommitParts { header: (number, position), rows: [None; DiffMode::COUNT] }
            });
            // The newest entry decides the age.
            part.header = (number, position);
            for (known, rows) in part.rows.iter_mut().zip(&segment.rows) {
                if rows.has(position) {
                    *known = Some((number, position));
                }
            }
        }
    }
    for id in order {
        let part = &parts[&id];
        let (number, position) = part.header;
        let commits = &all[number].commits;
        // Not removed at once: switching between branches or clones must not empty the cache each
        // time.
        let age = if seen.contains(&id) { 0 } else { commits.ages[position].saturating_add(1) };
        if age > MAX_AGE {
            continue;
        }
        let mut rows: [Option<CachedRows>; DiffMode::COUNT] = Default::default();
        for (mode, place) in part.rows.iter().enumerate() {
            rows[mode] =
                place.and_then(|(number, position)| all[number].rows[mode].get(position, &all[number].paths));
        }
        whole.push_commit(id, &commits.get(position), rows.each_ref().map(Option::as_ref), age);
    }
}

fn merge_files(all: &[&Segment], seen: &Seen, whole: &mut Segment) {
    let seen: FxHashSet<(&ObjectId, &BStr)> =
        seen.files.iter().map(|(id, path)| (id, path.as_ref())).collect();
    let mut taken: FxHashMap<(ObjectId, &BStr), Vec<usize>> = FxHashMap::default();
    // The newest segment comes first, so that the latest measurement wins.
    for segment in all.iter().rev() {
        for entry in &segment.files {
            let path = segment.paths.get(entry.path as usize).as_bstr();
            let same_file = taken.entry((entry.file.blob, path)).or_default();
            let is_taken = same_file.iter().any(|position| {
                let known = &whole.files[*position].file;
                known.depth >= entry.file.depth && known.attributes == entry.file.attributes
            });
            let is_seen = seen.contains(&(&entry.file.blob, path));
            let age = if is_seen { 0 } else { entry.age.saturating_add(1) };
            if !is_taken && age <= MAX_AGE {
                same_file.push(whole.files.len());
                whole.push_file(path, entry.file.clone(), age);
            }
        }
    }
}
