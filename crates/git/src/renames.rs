//! Rename detection in the changes of one commit, by git's documented method.
//!
//! `git help diff` and `git help config` describe it: first equal blobs (preferring a source with the same
//! file name), then pairs whose file name is unique among the remaining files, then the most similar pairs.
//! Pairs must be at least 50% similar, and similarity is only computed while `sources x destinations <=
//! limit^2` with a limit of 1000. A deleted path is the source of at most one rename.

use bstr::{BStr, BString};
use gix::ObjectId;
use rustc_hash::FxHashMap;

use crate::change::{ChangeSide, RawChange};
use crate::objects::Objects;
use crate::similarity::{self, MAX_SCORE, Spans};

/// Minimum similarity of a rename: git's default of 50%.
const MIN_SCORE: u64 = MAX_SCORE / 2;
/// Minimum similarity of a pair with a unique file name: half-way between the above and equality.
const MIN_BASENAME_SCORE: u64 = MIN_SCORE + (MAX_SCORE - MIN_SCORE) / 2;
/// git's default `diff.renameLimit`.
const RENAME_LIMIT: usize = 1000;
/// Number of sources that git considers for each destination.
const CANDIDATES_PER_DESTINATION: usize = 4;
/// Number of equal blobs that git considers for each destination.
const MAX_EQUAL_SOURCES: usize = 100;

/// Whether the history of a file continues across renames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renames {
    /// Detected as by `git log -M50% -l1000`, and attributed to the current path.
    Follow,
    /// Each path has its own history.
    Off,
}

/// Whether similarity was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RenameSearch {
    Complete,
    /// Too many candidates: only equal blobs and unique names were matched.
    OnlyExact,
}

/// The outcome of a detection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Detected {
    pub(crate) outcome: RenameSearch,
    /// True if a blob could not be read, so that its similarity is unknown.
    pub(crate) had_unreadable: bool,
}

/// A deleted or added path.
struct RenameCandidate {
    path: BString,
    side: ChangeSide,
    /// Taken from the original change.
    others: Option<Box<[Option<ChangeSide>]>>,
    /// Position of the matching candidate.
    partner: Option<usize>,
}

impl RenameCandidate {
    fn file_name(&self) -> &BStr {
        let start = self.path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        BStr::new(&self.path[start..])
    }
}

/// Sources and destinations, both sorted by path.
struct RenameMatching {
    sources: Vec<RenameCandidate>,
    destinations: Vec<RenameCandidate>,
}

impl RenameMatching {
    fn pair(&mut self, source: usize, destination: usize) {
        self.sources[source].partner = Some(destination);
        self.destinations[destination].partner = Some(source);
    }

    fn free(candidates: &[RenameCandidate]) -> Vec<usize> {
        (0..candidates.len()).filter(|position| candidates[*position].partner.is_none()).collect()
    }
}

/// Replaces pairs of a deletion and an addition by renames, in place. The order of changes is not
/// preserved.
pub(crate) fn detect(objects: &mut Objects, changes: &mut Vec<RawChange>) -> Detected {
    // A rename needs both a deletion and an addition, which few commits have.
    let has = |present: fn(&RawChange) -> bool| changes.iter().any(present);
    if !has(|change| change.new.is_none()) || !has(|change| change.old.is_none()) {
        return Detected { outcome: RenameSearch::Complete, had_unreadable: false };
    }
    let mut matching = RenameMatching { sources: Vec::new(), destinations: Vec::new() };
    changes.retain_mut(|change| {
        let (list, side) = match (change.old, change.new) {
            (Some(old), None) => (&mut matching.sources, old),
            (None, Some(new)) => (&mut matching.destinations, new),
            // A path that still exists is no source, since git looks for copies only on request.
            _ => return true,
        };
        list.push(RenameCandidate {
            path: std::mem::take(&mut change.path),
            side,
            others: change.others.take(),
            partner: None,
        });
        false
    });
    // In the order of paths, as git lists them: the first of several equal sources wins.
    matching.sources.sort_by(|a, b| a.path.cmp(&b.path));
    matching.destinations.sort_by(|a, b| a.path.cmp(&b.path));
    match_equal(&mut matching);
    let mut contents = RenameContents {
        objects,
        sizes: FxHashMap::default(),
        spans: FxHashMap::default(),
        had_unreadable: false,
    };
    match_unique_names(&mut matching, &mut contents);
    let outcome = match_similar(&mut matching, &mut contents);
    let had_unreadable = contents.had_unreadable;
    write_back(matching, changes);
    Detected { outcome, had_unreadable }
}

/// Matches equal blobs: each destination takes a free source, preferably with the same file name.
fn match_equal(matching: &mut RenameMatching) {
    let mut by_id: FxHashMap<ObjectId, Vec<usize>> = FxHashMap::default();
    for (position, source) in matching.sources.iter().enumerate() {
        by_id.entry(source.side.id).or_default().push(position);
    }
    for destination in 0..matching.destinations.len() {
        let wanted = &matching.destinations[destination];
        let Some(equal) = by_id.get(&wanted.side.id) else { continue };
        let mut best: Option<(bool, usize)> = None;
        let may_pair = |source: &&usize| {
            let source = &matching.sources[**source];
            // As in git, a rename may add the executable bit, but a link does not become a file
            // with the link's target as its text.
            let same_sort = source.side.kind.is_regular() && wanted.side.kind.is_regular()
                || source.side.kind == wanted.side.kind;
            source.partner.is_none() && same_sort
        };
        for source in equal.iter().filter(may_pair).take(MAX_EQUAL_SOURCES) {
            let same_name = matching.sources[*source].file_name() == wanted.file_name();
            if best.is_none_or(|(best_same_name, _)| same_name && !best_same_name) {
                best = Some((same_name, *source));
            }
            // git looks no further either once the names agree.
            if same_name {
                break;
            }
        }
        if let Some((_, source)) = best {
            matching.pair(source, destination);
        }
    }
}

/// Matches pairs whose file name is unique among the free sources and among the free destinations.
fn match_unique_names(matching: &mut RenameMatching, contents: &mut RenameContents<'_>) {
    let free_sources = RenameMatching::free(&matching.sources);
    let free_destinations = RenameMatching::free(&matching.destinations);
    let mut by_name: FxHashMap<&BStr, Option<usize>> = FxHashMap::default();
    // Names are taken among the files that equal blobs left over, as in git: a pair that is already
    // matched must not make a name ambiguous.
    for destination in &free_destinations {
        let name = matching.destinations[*destination].file_name();
        by_name.entry(name).and_modify(|unique| *unique = None).or_insert(Some(*destination));
    }
    let mut n_sources: FxHashMap<&BStr, u32> = FxHashMap::default();
    for source in &free_sources {
        *n_sources.entry(matching.sources[*source].file_name()).or_insert(0) += 1;
    }
    // Collected first, because `by_name` and `n_sources` borrow names from the candidates that
    // pairing changes.
    let mut pairs = Vec::new();
    for source in free_sources {
        let name = matching.sources[source].file_name();
        if n_sources[name] != 1 {
            continue;
        }
        let Some(Some(destination)) = by_name.get(name).copied() else { continue };
        let score = contents.score(
            matching.sources[source].side,
            matching.destinations[destination].side,
            MIN_BASENAME_SCORE,
        );
        if score >= MIN_BASENAME_SCORE {
            pairs.push((source, destination));
        }
    }
    for (source, destination) in pairs {
        matching.pair(source, destination);
    }
}

/// A possible rename.
#[derive(Clone, Copy)]
struct Guess {
    score: u64,
    same_name: bool,
    source: usize,
    destination: usize,
}

impl Guess {
    fn quality(&self) -> (u64, bool) {
        (self.score, self.same_name)
    }
}

/// Matches the remaining candidates, the most similar pairs first.
fn match_similar(matching: &mut RenameMatching, contents: &mut RenameContents<'_>) -> RenameSearch {
    let free_sources = RenameMatching::free(&matching.sources);
    let free_destinations = RenameMatching::free(&matching.destinations);
    if free_sources.is_empty() || free_destinations.is_empty() {
        return RenameSearch::Complete;
    }
    // git tests the product here, after exact and unique matches, and not the number of changed
    // paths.
    if free_sources.len() * free_destinations.len() > RENAME_LIMIT * RENAME_LIMIT {
        return RenameSearch::OnlyExact;
    }
    let mut guesses = Vec::new();
    for destination in free_destinations {
        // A better guess replaces the worst slot, and the order of slots breaks ties between equal guesses.
        let mut slots: [Option<Guess>; CANDIDATES_PER_DESTINATION] = [None; CANDIDATES_PER_DESTINATION];
        for source in &free_sources {
            let (old, new) = (&matching.sources[*source], &matching.destinations[destination]);
            let score = contents.score(old.side, new.side, MIN_SCORE);
            let same_name = old.file_name() == new.file_name();
            keep_if_better(&mut slots, Guess { score, same_name, source: *source, destination });
        }
        guesses.extend(slots.into_iter().flatten());
    }
    // A stable sort, as in git: the order of the slots decides between equal guesses.
    guesses.sort_by_key(|guess| std::cmp::Reverse(guess.quality()));
    for guess in guesses.into_iter().take_while(|guess| guess.score >= MIN_SCORE) {
        let is_free = matching.sources[guess.source].partner.is_none()
            && matching.destinations[guess.destination].partner.is_none();
        if is_free {
            matching.pair(guess.source, guess.destination);
        }
    }
    RenameSearch::Complete
}

fn keep_if_better(slots: &mut [Option<Guess>; CANDIDATES_PER_DESTINATION], guess: Guess) {
    let quality = |slot: &Option<Guess>| slot.as_ref().map(Guess::quality);
    // git's `record_if_better`.
    let mut worst = 0;
    for position in 1..slots.len() {
        if quality(&slots[position]) < quality(&slots[worst]) {
            worst = position;
        }
    }
    if quality(&slots[worst]) < Some(guess.quality()) {
        slots[worst] = Some(guess);
    }
}

/// Sizes and spans of the blobs of one commit, read on first use. `None` if unreadable.
struct RenameContents<'a> {
    objects: &'a mut Objects,
    sizes: FxHashMap<ObjectId, Option<u64>>,
    spans: FxHashMap<ObjectId, Option<Spans>>,
    had_unreadable: bool,
}

impl RenameContents<'_> {
    /// Returns the similarity of two regular files; 0 if their sizes rule out `min_score` or a blob is
    /// unreadable, which the line count reports.
    fn score(&mut self, old: ChangeSide, new: ChangeSide, min_score: u64) -> u64 {
        if !old.kind.is_regular() || !new.kind.is_regular() {
            return 0;
        }
        let (Some(old_size), Some(new_size)) = (self.size(old.id), self.size(new.id)) else { return 0 };
        // A size is read from the header of an object, so a pair that ends here costs no decoding.
        if similarity::sizes_differ_too_much(old_size, new_size, min_score) {
            return 0;
        }
        self.load(old.id);
        self.load(new.id);
        match (&self.spans[&old.id], &self.spans[&new.id]) {
            (Some(old), Some(new)) => similarity::score((old, old_size), (new, new_size)),
            _ => 0,
        }
    }

    fn size(&mut self, id: ObjectId) -> Option<u64> {
        let size = *self.sizes.entry(id).or_insert_with(|| self.objects.size(&id).ok());
        self.had_unreadable |= size.is_none();
        size
    }

    fn load(&mut self, id: ObjectId) {
        let spans = self
            .spans
            .entry(id)
            .or_insert_with(|| self.objects.blob(&id).ok().map(|content| Spans::new(&content)));
        self.had_unreadable |= spans.is_none();
    }
}

/// Turns the matched candidates back into changes.
fn write_back(matching: RenameMatching, changes: &mut Vec<RawChange>) {
    for source in matching.sources.iter().filter(|source| source.partner.is_none()) {
        changes.push(RawChange {
            path: source.path.clone(),
            from: None,
            old: Some(source.side),
            new: None,
            others: source.others.clone(),
        });
    }
    for destination in matching.destinations {
        let source = destination.partner.map(|position| &matching.sources[position]);
        changes.push(RawChange {
            path: destination.path,
            from: source.map(|source| source.path.clone()),
            old: source.map(|source| source.side),
            new: Some(destination.side),
            others: destination.others,
        });
    }
}
