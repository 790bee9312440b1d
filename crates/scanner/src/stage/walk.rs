//! Finding and decoding all commits.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use bstr::{BString, ByteSlice};
use debtscan_model::{Author, SkipReason, SkipSubject, Skipped, Timestamp, to_u32};
use rustc_hash::FxHashMap;

use crate::cache::store::{CommitRecord, Store};
use crate::message::facts::{Committers, MessageFacts};
use crate::message::{co_authors, mark, ticket};
use crate::options::Walk;
use crate::progress::{Phase, Progress};
use crate::table::commit::DecodedCommit;
use crate::table::commit_graph::{CommitGraph, Edges, RawCommit};
use crate::table::known::{CachedCommit, CachedParent};
use debtscan_git::commit;
use debtscan_git::id::{ObjectId, commit_id};
use debtscan_git::objects::Objects;
use debtscan_git::open::OpenRepository;

/// Assumed number of packed objects per commit, to size the tables; about 10 on git and 12 on curl. The
/// system only provides the memory that is used.
const PACKED_OBJECTS_PER_COMMIT: usize = 8;

/// Reads and decodes a commit; `None` if it is missing or malformed.
fn decode(objects: &mut Objects, id: &ObjectId, committers: &mut Committers) -> Option<DecodedCommit> {
    // The cause is dropped because the walk reports the id.
    let data = objects.commit(id).ok()?;
    let header = commit::parse_header(&data, id.kind())?;
    let message = header.encoding.decode(commit::message(&data));
    let message = message.as_ref();
    let facts = MessageFacts::of(message, &header.author, &header.committer, committers);
    Some(DecodedCommit {
        facts,
        tree: header.tree,
        parents: header.parents,
        time: Timestamp(header.committer_seconds),
        authored: Timestamp(header.author_seconds),
        author: header.author,
        co_authors: co_authors::find(message),
        summary: BString::from(message.trim_start().lines().next().unwrap_or(b"").trim_end()),
        ticket_ids: ticket::find(message),
        marks: mark::find(message),
    })
}

/// Reads every commit reachable from the scanned one once, from `store` if it is cached.
pub(crate) fn walk(
    opened: &OpenRepository,
    walk: Walk,
    store: &Store,
    progress: &dyn Progress,
) -> CommitGraph {
    progress.begin(Phase::Walk, None);
    let mut objects = opened.objects.handle_for_commits();
    let mut signatures = Signatures::new(store);
    let expected = store.n_commits().max(opened.objects.n_packed() / PACKED_OBJECTS_PER_COMMIT);
    let mut found = FoundCommits::new(store, expected);
    let mut commits = Vec::with_capacity(expected);
    let mut parent_slots = Edges::default();
    let mut skipped = Vec::new();
    let mut committers = Committers::new();
    let mut n_unknown = 0;
    found.add(CachedParent::Id(opened.revision));
    let mut slots = Vec::new();
    // Any order will do: `in_topological_order` makes the result independent of it.
    while let Some(Pending { id, known, slot }) = found.pending.pop() {
        n_unknown += usize::from(known.is_none());
        let read = match known.and_then(|known| store.commit(known)) {
            Some(cached) => Some(from_cache(id, &cached, &mut signatures)),
            None => decode(&mut objects, &id, &mut committers)
                .map(|decoded| from_object(id, decoded, &mut signatures)),
        };
        let Some((mut commit, parents)) = read else {
            skipped.push(Skipped {
                reason: SkipReason::UnreadableObject,
                subject: SkipSubject::Commit(commit_id(&id)),
            });
            continue;
        };
        commit.known = known;
        commit.n_followed = n_followed(opened, walk, &id, parents.len());
        slots.clear();
        slots.extend(parents.iter().take(commit.n_followed).map(|parent| found.add(*parent)));
        found.positions[slot as usize] = to_u32(commits.len());
        parent_slots.push(slots.iter().copied());
        commits.push(commit);
        progress.advance(1);
    }
    let mut parents = Edges::default();
    for commit in 0..commits.len() {
        // An unreadable parent has no position.
        let positions = parent_slots.of(commit).iter().map(|slot| found.positions[*slot as usize]);
        parents.push(positions.filter(|position| *position != FoundCommits::NOWHERE));
    }
    let (commits, parents) = in_topological_order(commits, &parents);
    CommitGraph { commits, parents, signatures: signatures.table, n_unknown, skipped }
}

/// Builds a commit from the cache, with references to its parents.
fn from_cache(
    id: ObjectId,
    cached: &CommitRecord<'_>,
    signatures: &mut Signatures<'_>,
) -> (RawCommit, Vec<CachedParent>) {
    let parents: Vec<CachedParent> = cached.parents().collect();
    let object = cached.object;
    let co_authors = object.co_authors().iter();
    let commit = RawCommit {
        id,
        known: None,
        tree: object.tree(),
        parents: parents.iter().map(CachedParent::id).collect(),
        n_followed: 0,
        time: object.time(),
        authored: object.authored(),
        signature: signatures.of_cached(cached.segment, object.author()),
        co_signatures: co_authors.map(|person| signatures.of_cached(cached.segment, *person)).collect(),
        summary: object.summary(),
        ticket_ids: object.ticket_ids(),
        marks: object.marks(),
        facts: object.facts(),
    };
    (commit, parents)
}

/// Builds a commit from its object, with references to its parents.
fn from_object(
    id: ObjectId,
    decoded: DecodedCommit,
    signatures: &mut Signatures<'_>,
) -> (RawCommit, Vec<CachedParent>) {
    let parents = decoded.parents.iter().copied().map(CachedParent::Id).collect();
    let commit = RawCommit {
        id,
        known: None,
        tree: decoded.tree,
        parents: decoded.parents,
        n_followed: 0,
        time: decoded.time,
        authored: decoded.authored,
        signature: signatures.intern(decoded.author),
        co_signatures: decoded.co_authors.into_iter().map(|person| signatures.intern(person)).collect(),
        summary: decoded.summary,
        ticket_ids: decoded.ticket_ids,
        marks: decoded.marks,
        facts: decoded.facts,
    };
    (commit, parents)
}

/// Number of a commit's parents that are followed.
fn n_followed(opened: &OpenRepository, walk: Walk, id: &ObjectId, n_parents: usize) -> usize {
    match walk {
        _ if opened.shallow.contains(id) => 0,
        Walk::AllParents => n_parents,
        Walk::FirstParent => n_parents.min(1),
    }
}

/// The commits found so far. Each has a slot, in the order of discovery.
struct FoundCommits<'a> {
    store: &'a Store,
    /// Slots of cached commits, by their number in the store.
    of_known: Vec<u32>,
    /// Slots of all other commits.
    of_id: FxHashMap<ObjectId, u32>,
    /// By slot, the position among the decoded commits.
    positions: Vec<u32>,
    /// Commits that are found but not yet decoded.
    pending: Vec<Pending>,
}

struct Pending {
    id: ObjectId,
    known: Option<CachedCommit>,
    slot: u32,
}

impl<'a> FoundCommits<'a> {
    /// Marks a missing slot or position.
    const NOWHERE: u32 = u32::MAX;

    fn new(store: &'a Store, expected: usize) -> Self {
        let mut of_id = FxHashMap::default();
        // `expected` includes the cached commits, which need no entry here.
        of_id.reserve(expected - store.n_commits());
        Self {
            store,
            of_known: vec![Self::NOWHERE; store.n_commits()],
            of_id,
            positions: Vec::with_capacity(expected),
            pending: Vec::new(),
        }
    }

    /// Returns the slot of a commit, and queues a new commit for decoding.
    fn add(&mut self, commit: CachedParent) -> u32 {
        let next = to_u32(self.positions.len());
        let (id, known) = match commit {
            CachedParent::Known(known, id) => (id, Some(known)),
            CachedParent::Id(id) => (id, self.store.find(&id)),
        };
        // A cached commit is found by its number, which saves hashing its id.
        let slot = match known {
            Some(known) if self.of_known[known.get()] == Self::NOWHERE => {
                self.of_known[known.get()] = next;
                next
            }
            Some(known) => self.of_known[known.get()],
            None => *self.of_id.entry(id).or_insert(next),
        };
        if slot == next {
            self.positions.push(Self::NOWHERE);
            self.pending.push(Pending { id, known, slot });
        }
        slot
    }
}

/// Sorts parents before children; among available commits, the one with the smallest (time, id) comes
/// first. The order depends on the graph alone, not on the walk. The positions of parents in `found` are
/// adjusted.
fn in_topological_order(mut commits: Vec<RawCommit>, found: &Edges) -> (Vec<RawCommit>, Edges) {
    let children = found.reversed();
    let mut n_missing = vec![0_u32; commits.len()];
    let mut free = BinaryHeap::new();
    for (child, commit) in commits.iter().enumerate() {
        // An unreadable parent is not among them, so its children become roots and the rest of
        // history stays in order.
        let parents = found.of(child);
        n_missing[child] = to_u32(parents.len());
        if parents.is_empty() {
            free.push(Reverse((commit.time, commit.id, child)));
        }
    }
    let mut order = Vec::with_capacity(commits.len());
    while let Some(Reverse((_, _, position))) = free.pop() {
        order.push(position);
        for child in children.of(position).iter().map(|child| *child as usize) {
            n_missing[child] -= 1;
            if n_missing[child] == 0 {
                // The id breaks ties: many commits of a rebase or an import have the same second.
                free.push(Reverse((commits[child].time, commits[child].id, child)));
            }
        }
    }
    let mut new_position = vec![0; commits.len()];
    for (new, old) in (0_u32..).zip(&order) {
        new_position[*old] = new;
    }
    let mut edges = Edges::default();
    for old in &order {
        edges.push(found.of(*old).iter().map(|parent| new_position[*parent as usize]));
    }
    arrange(&mut commits, order);
    (commits, edges)
}

/// Rearranges the items in place: position `i` gets the item at `order[i]`, which must be a permutation.
fn arrange<T>(items: &mut [T], mut order: Vec<usize>) {
    debug_assert_eq!(items.len(), order.len(), "a commit graph has no cycle");
    for start in 0..order.len() {
        let mut place = start;
        // Each step follows the cycle of the permutation and marks the filled position as done.
        loop {
            let from = std::mem::replace(&mut order[place], place);
            if from == start {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

/// The table of signatures as recorded.
struct Signatures<'a> {
    table: Vec<Author>,
    position: FxHashMap<Author, u32>,
    store: &'a Store,
    /// By segment of the store, the positions of its people in the table, as far as they are known.
    of_cached: Vec<Vec<Option<u32>>>,
}

impl<'a> Signatures<'a> {
    fn new(store: &'a Store) -> Self {
        let of_cached = (0..store.n_segments()).map(|segment| vec![None; store.n_people(segment)]).collect();
        Self { table: Vec::new(), position: FxHashMap::default(), store, of_cached }
    }

    fn intern(&mut self, author: Author) -> u32 {
        if let Some(position) = self.position.get(&author) {
            return *position;
        }
        let position = to_u32(self.table.len());
        self.table.push(author.clone());
        self.position.insert(author, position);
        position
    }

    /// Interns a person of a segment.
    fn of_cached(&mut self, segment: usize, person: u32) -> u32 {
        if let Some(position) = self.of_cached[segment][person as usize] {
            return position;
        }
        let position = self.intern(self.store.person(segment, person).clone());
        self.of_cached[segment][person as usize] = Some(position);
        position
    }
}

#[cfg(test)]
mod tests {
    use super::arrange;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_item_gets_to_the_place_that_the_order_gives_it(order in Just((0..30_usize).collect::<Vec<_>>()).prop_shuffle()) {
            let mut items: Vec<usize> = (0..30).map(|place| place * 10).collect();
            let expected: Vec<usize> = order.iter().map(|place| place * 10).collect();
            arrange(&mut items, order);
            prop_assert_eq!(items, expected);
        }
    }
}
