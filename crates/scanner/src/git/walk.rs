//! Finding and decoding all commits.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use bstr::{BString, ByteSlice};
use debtscan_model::{Author, Mark, SkipReason, SkipSubject, Skipped, Timestamp};
use gix::ObjectId;
use rustc_hash::FxHashMap;

use super::open::commit_id;
use super::{Objects, Opened};
use crate::cache::Store;
use crate::options::Walk;
use crate::progress::{Phase, Progress};
use crate::{mark, people, ticket};

/// Of how many objects in a pack one is expected to be a commit, for the memory to begin with: of about
/// 10 on git and 12 on curl. It is touched only as far as there are commits.
const PACKED_OBJECTS_PER_COMMIT: usize = 8;

/// A commit as the scan needs it, merge or not.
#[derive(Debug, Clone)]
pub(crate) struct RawCommit {
    pub(crate) id: ObjectId,
    pub(crate) tree: ObjectId,
    /// All parents that the object names.
    pub(crate) parents: Vec<ObjectId>,
    /// How many of them, from the first on, were followed; none at a shallow boundary.
    pub(crate) n_followed: usize,
    pub(crate) time: Timestamp,
    pub(crate) authored: Timestamp,
    /// Position in the table of raw signatures.
    pub(crate) signature: u32,
    /// The same of the co-authors, in the order of the message.
    pub(crate) co_signatures: Vec<u32>,
    pub(crate) summary: BString,
    pub(crate) ticket_ids: Vec<String>,
    pub(crate) marks: Vec<Mark>,
}

impl History {
    /// Commits that each signature wrote or is credited in: same length and order as `signatures`.
    pub(crate) fn commits_per_signature(&self) -> Vec<u64> {
        let mut commits = vec![0; self.signatures.len()];
        for commit in &self.commits {
            for signature in std::iter::once(&commit.signature).chain(&commit.co_signatures) {
                commits[*signature as usize] += 1;
            }
        }
        commits
    }
}

impl RawCommit {
    /// The parents that were followed.
    pub(crate) fn followed(&self) -> &[ObjectId] {
        &self.parents[..self.n_followed]
    }

    /// Whether it counts as a commit even if it changed nothing: any but a merge whose parents were
    /// all followed.
    pub(crate) fn is_counted(&self, walk: Walk) -> bool {
        self.parents.len() < 2 || walk == Walk::FirstParent
    }
}

/// All commits reachable from the scanned one by the parents that were followed.
pub(crate) struct History {
    /// Parents before children; among those free to come next, the earliest (time, id) first.
    pub(crate) commits: Vec<RawCommit>,
    /// Per commit: the positions of its followed parents, without those that could not be read.
    pub(crate) parents: Edges,
    /// Names and e-mails of authors and co-authors as recorded, by first appearance in the walk.
    pub(crate) signatures: Vec<Author>,
    /// How many of the commits an earlier scan had not met.
    pub(crate) n_unknown: usize,
    /// Commits that could not be read.
    pub(crate) skipped: Vec<Skipped>,
}

/// Lists of positions, one per commit, one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edges {
    all: Vec<u32>,
    ends: Vec<u32>,
}

impl Edges {
    fn push(&mut self, positions: impl Iterator<Item = u32>) {
        self.all.extend(positions);
        self.ends.push(u32::try_from(self.all.len()).expect("fewer than 2^32 edges"));
    }

    /// The list of one commit.
    pub(crate) fn of(&self, position: usize) -> &[u32] {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[position] as usize]
    }
}

/// A commit object, as far as a scan needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecodedCommit {
    pub(crate) tree: ObjectId,
    /// All parents that the object names.
    pub(crate) parents: Vec<ObjectId>,
    pub(crate) time: Timestamp,
    /// The time of the author's signature.
    pub(crate) authored: Timestamp,
    /// As recorded.
    pub(crate) author: Author,
    /// Whom the message credits, in its order, as recorded.
    pub(crate) co_authors: Vec<Author>,
    pub(crate) summary: BString,
    pub(crate) ticket_ids: Vec<String>,
    pub(crate) marks: Vec<Mark>,
}

impl DecodedCommit {
    /// Leaves out who made it and what was written about it, where people are named too.
    pub(crate) fn forget_people(&mut self) {
        self.author = Author { name: BString::default(), email: BString::default() };
        self.co_authors.clear();
        self.summary.clear();
    }
}

/// Reads and decodes a commit; `None` when it is missing or malformed.
fn decode(objects: &mut Objects, id: &ObjectId) -> Option<DecodedCommit> {
    // The cause is dropped on purpose: the walk reports the id.
    let data = objects.commit(id).ok()?;
    let header = parse_header(&data, id.kind())?;
    let message = data.find(b"\n\n").map_or(&b""[..], |end| &data[end + 2..]);
    Some(DecodedCommit {
        tree: header.tree,
        parents: header.parents,
        time: Timestamp(header.committer_seconds),
        authored: Timestamp(header.author_seconds),
        author: header.author,
        co_authors: people::co_authors(message),
        summary: BString::from(message.trim_start().lines().next().unwrap_or(b"").trim_end()),
        ticket_ids: ticket::find(message),
        marks: mark::find(message),
    })
}

/// The fixed part of a commit object.
pub(crate) struct CommitHeader {
    pub(crate) tree: ObjectId,
    pub(crate) parents: Vec<ObjectId>,
    pub(crate) committer_seconds: i64,
    author: Author,
    author_seconds: i64,
}

/// Decodes the header of a commit object; `None` when it is malformed.
pub(crate) fn parse_header(data: &[u8], hash: gix::hash::Kind) -> Option<CommitHeader> {
    let mut tree = None;
    let mut parents = Vec::new();
    let mut author = None;
    let mut committer_seconds = None;
    for line in data.split(|byte| *byte == b'\n') {
        if line.is_empty() {
            break;
        }
        let Some((key, value)) = line.split_once_str(b" ") else { continue };
        match key {
            b"tree" if tree.is_none() => tree = Some(hex_id(value, hash)?),
            b"parent" => parents.push(hex_id(value, hash)?),
            b"author" if author.is_none() => author = Some((parse_person(value), parse_seconds(value))),
            b"committer" if committer_seconds.is_none() => committer_seconds = Some(parse_seconds(value)),
            _ => {}
        }
    }
    let (author, author_seconds) = author?;
    Some(CommitHeader { tree: tree?, parents, committer_seconds: committer_seconds?, author, author_seconds })
}

fn hex_id(hex: &[u8], hash: gix::hash::Kind) -> Option<ObjectId> {
    // What fails to parse makes the whole header malformed, which the walk reports.
    if hex.len() == hash.len_in_hex() { ObjectId::from_hex(hex).ok() } else { None }
}

/// `Name <email> seconds zone` as recorded, white space around both trimmed.
fn parse_person(value: &[u8]) -> Author {
    let open = value.find_byte(b'<').unwrap_or(value.len());
    let close = value.rfind_byte(b'>').filter(|close| *close > open).unwrap_or(value.len());
    let email = value.get(open + 1..close).unwrap_or(b"");
    Author { name: BString::from(value[..open].trim()), email: BString::from(email.trim()) }
}

/// The seconds of a signature; 0 when it has no readable time, as git does.
fn parse_seconds(value: &[u8]) -> i64 {
    let after = value.rfind_byte(b'>').map_or(value, |close| &value[close + 1..]);
    let digits = after.trim_start().split(|byte| *byte == b' ').next().unwrap_or(b"");
    std::str::from_utf8(digits).map_or(0, |text| text.parse().unwrap_or(0))
}

/// Reads every commit reachable from the scanned one, once each; those that `store` knows from there.
pub(crate) fn walk(opened: &Opened, walk: Walk, store: &Store, progress: &dyn Progress) -> History {
    progress.begin(Phase::Walk, None);
    let mut objects = opened.objects.handle_for_commits();
    let mut signatures = Signatures::default();
    let mut found: FxHashMap<ObjectId, u32> = FxHashMap::default();
    let expected = store.n_commits().max(opened.objects.n_packed() / PACKED_OBJECTS_PER_COMMIT);
    let mut commits = Vec::with_capacity(expected);
    found.reserve(expected);
    let mut skipped = Vec::new();
    let mut n_unknown = 0;
    let mut pending = vec![opened.revision];
    found.insert(opened.revision, u32::MAX);
    while let Some(id) = pending.pop() {
        let known = store.commit(&id);
        n_unknown += usize::from(known.is_none());
        let Some(decoded) = known.or_else(|| decode(&mut objects, &id)) else {
            skipped.push(Skipped {
                reason: SkipReason::UnreadableObject,
                subject: SkipSubject::Commit(commit_id(&id)),
            });
            continue;
        };
        let n_followed = match walk {
            _ if opened.shallow.contains(&id) => 0,
            Walk::AllParents => decoded.parents.len(),
            Walk::FirstParent => decoded.parents.len().min(1),
        };
        for parent in &decoded.parents[..n_followed] {
            found.entry(*parent).or_insert_with(|| {
                pending.push(*parent);
                u32::MAX
            });
        }
        found.insert(id, u32::try_from(commits.len()).expect("fewer than 2^32 commits"));
        commits.push(RawCommit {
            id,
            tree: decoded.tree,
            parents: decoded.parents,
            n_followed,
            time: decoded.time,
            authored: decoded.authored,
            signature: signatures.intern(decoded.author),
            co_signatures: decoded.co_authors.into_iter().map(|person| signatures.intern(person)).collect(),
            summary: decoded.summary,
            ticket_ids: decoded.ticket_ids,
            marks: decoded.marks,
        });
        progress.advance(1);
    }
    let (commits, parents) = in_topological_order(commits, &found);
    History { commits, parents, signatures: signatures.table, n_unknown, skipped }
}

/// A commit of the line of first parents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineCommit {
    pub(crate) id: ObjectId,
    pub(crate) tree: ObjectId,
    pub(crate) time: Timestamp,
}

/// The scanned commit and its first parents, newest first, to a root or the edge of a shallow clone. It
/// ends early at a commit that cannot be read, which the scan reports.
pub(crate) fn first_parents(opened: &Opened, objects: &mut Objects) -> Vec<LineCommit> {
    let mut line = Vec::new();
    let mut next = Some(opened.revision);
    while let Some(id) = next {
        let Ok(data) = objects.commit(&id) else { break };
        let Some(header) = parse_header(&data, id.kind()) else { break };
        line.push(LineCommit { id, tree: header.tree, time: Timestamp(header.committer_seconds) });
        next = header.parents.first().copied().filter(|_| !opened.shallow.contains(&id));
    }
    line
}

/// Sorts parents before children; among commits that are free to come next, the one with the
/// smallest (time, id) comes first. Depends on the graph alone, not on the order of the walk. The parents'
/// positions come along.
fn in_topological_order(
    mut commits: Vec<RawCommit>,
    position: &FxHashMap<ObjectId, u32>,
) -> (Vec<RawCommit>, Edges) {
    let mut found = Edges::default();
    for commit in &commits {
        // An unreadable parent has no position of its own.
        found.push(commit.followed().iter().map(|id| position[id]).filter(|position| *position != u32::MAX));
    }
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); commits.len()];
    let mut n_missing = vec![0_u32; commits.len()];
    let mut free = BinaryHeap::new();
    for (child, commit) in commits.iter().enumerate() {
        let parents = found.of(child);
        n_missing[child] = u32::try_from(parents.len()).expect("few parents");
        if parents.is_empty() {
            free.push(Reverse((commit.time, commit.id, child)));
        }
        for parent in parents {
            children[*parent as usize].push(u32::try_from(child).expect("fewer than 2^32 commits"));
        }
    }
    let mut order = Vec::with_capacity(commits.len());
    while let Some(Reverse((_, _, position))) = free.pop() {
        order.push(position);
        for child in children[position].iter().map(|child| *child as usize) {
            n_missing[child] -= 1;
            if n_missing[child] == 0 {
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

/// Puts at every place the item that `order` names, a permutation of all places; without a second copy of
/// the items.
fn arrange<T>(items: &mut [T], mut order: Vec<usize>) {
    debug_assert_eq!(items.len(), order.len(), "a commit graph has no cycle");
    for start in 0..order.len() {
        let mut place = start;
        // Along the cycle of the permutation: what was put in its place is marked as being there.
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

/// The table of authors as recorded.
#[derive(Default)]
struct Signatures {
    table: Vec<Author>,
    position: FxHashMap<Author, u32>,
}

impl Signatures {
    fn intern(&mut self, author: Author) -> u32 {
        if let Some(position) = self.position.get(&author) {
            return *position;
        }
        let position = u32::try_from(self.table.len()).expect("fewer than 2^32 authors");
        self.table.push(author.clone());
        self.position.insert(author, position);
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
