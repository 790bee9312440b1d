//! Commit objects in columns, as the walk needs them.

use bstr::BString;
use debtscan_model::{Author, Mark, Timestamp, to_u32};
use rustc_hash::FxHashMap;

use super::codec::{Damaged, Reader, Texts, Writer};
use crate::message::facts::MessageFacts;
use crate::table::commit::DecodedCommit;
use debtscan_git::id::{ObjectId, object_id};

/// Commits in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Commits {
    pub(super) ids: Vec<ObjectId>,
    /// Compactions since the commit was last reachable.
    pub(super) ages: Vec<u8>,
    trees: Vec<ObjectId>,
    times: Vec<i64>,
    /// Author times.
    authored: Vec<i64>,
    people: PeopleTable,
    authors: Vec<u32>,
    co_authors: Vec<u32>,
    co_author_ends: Vec<usize>,
    // A position takes four bytes and no lookup, an id takes twenty and a search in a map.
    parents: Vec<Parent>,
    parent_ends: Vec<usize>,
    summaries: Texts,
    tickets: Texts,
    ticket_ends: Vec<usize>,
    marks: Vec<Mark>,
    mark_ends: Vec<usize>,
    facts: Vec<MessageFacts>,
}

/// How a parent is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parent {
    /// The commit at this position of the list.
    Here(u32),
    /// A commit that is not in the list, or was not when its child was added.
    Elsewhere(ObjectId),
}

/// A view of one commit of a list. Nothing is copied until it is used.
#[derive(Clone, Copy)]
pub(crate) struct StoredCommit<'a> {
    pub(super) list: &'a Commits,
    pub(super) position: usize,
}

impl<'a> StoredCommit<'a> {
    pub(crate) fn tree(self) -> ObjectId {
        self.list.trees[self.position]
    }

    pub(crate) fn time(self) -> Timestamp {
        Timestamp(self.list.times[self.position])
    }

    pub(crate) fn authored(self) -> Timestamp {
        Timestamp(self.list.authored[self.position])
    }

    /// Position of the author in the list's table of people.
    pub(crate) fn author(self) -> u32 {
        self.list.authors[self.position]
    }

    /// Positions of the co-authors, in the order of the message.
    pub(crate) fn co_authors(self) -> &'a [u32] {
        &self.list.co_authors[range(&self.list.co_author_ends, self.position)]
    }

    pub(super) fn parents(self) -> &'a [Parent] {
        &self.list.parents[range(&self.list.parent_ends, self.position)]
    }

    pub(crate) fn summary(self) -> BString {
        BString::from(self.list.summaries.get(self.position))
    }

    pub(crate) fn ticket_ids(self) -> Vec<String> {
        let tickets =
            range(&self.list.ticket_ends, self.position).map(|ticket| self.list.tickets.get(ticket));
        tickets.map(|ticket| String::from_utf8_lossy(ticket).into_owned()).collect()
    }

    pub(crate) fn marks(self) -> Vec<Mark> {
        self.list.marks[range(&self.list.mark_ends, self.position)].to_vec()
    }

    pub(crate) fn facts(self) -> MessageFacts {
        self.list.facts[self.position]
    }
}

/// Names and e-mail addresses as recorded.
#[derive(Debug, Default)]
struct PeopleTable {
    table: Vec<Author>,
    position: FxHashMap<Author, u32>,
}

impl PeopleTable {
    fn intern(&mut self, author: &Author) -> u32 {
        if let Some(position) = self.position.get(author) {
            return *position;
        }
        let position = to_u32(self.table.len());
        self.table.push(author.clone());
        self.position.insert(author.clone(), position);
        position
    }
}

/// Returns the range of one owner's entries in a flat list, given the ends of all ranges.
pub(super) fn range(ends: &[usize], position: usize) -> std::ops::Range<usize> {
    position.checked_sub(1).map_or(0, |before| ends[before])..ends[position]
}

impl Commits {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn push(&mut self, id: ObjectId, commit: &DecodedCommit, age: u8) {
        self.ids.push(id);
        self.ages.push(age);
        self.trees.push(commit.tree);
        self.times.push(commit.time.0);
        self.authored.push(commit.authored.0);
        self.authors.push(self.people.intern(&commit.author));
        for person in &commit.co_authors {
            self.co_authors.push(self.people.intern(person));
        }
        self.co_author_ends.push(self.co_authors.len());
        self.parents.extend(commit.parents.iter().copied().map(Parent::Elsewhere));
        self.parent_ends.push(self.parents.len());
        self.summaries.push(&commit.summary);
        commit.ticket_ids.iter().for_each(|ticket| self.tickets.push(ticket.as_bytes()));
        self.ticket_ends.push(self.tickets.len());
        self.marks.extend_from_slice(&commit.marks);
        self.mark_ends.push(self.marks.len());
        self.facts.push(commit.facts);
    }

    pub(super) fn get(&self, position: usize) -> DecodedCommit {
        let commit = StoredCommit { list: self, position };
        let person = |person: &u32| self.person(*person).clone();
        DecodedCommit {
            tree: commit.tree(),
            parents: commit.parents().iter().map(|parent| self.id_of(*parent)).collect(),
            time: commit.time(),
            authored: commit.authored(),
            author: person(&commit.author()),
            co_authors: commit.co_authors().iter().map(person).collect(),
            summary: commit.summary(),
            ticket_ids: commit.ticket_ids(),
            marks: commit.marks(),
            facts: commit.facts(),
        }
    }

    pub(super) fn id_of(&self, parent: Parent) -> ObjectId {
        match parent {
            Parent::Here(position) => self.ids[position as usize],
            Parent::Elsewhere(id) => id,
        }
    }

    pub(super) fn n_people(&self) -> usize {
        self.people.table.len()
    }

    /// The person at a position of the list's table.
    pub(super) fn person(&self, person: u32) -> &Author {
        &self.people.table[person as usize]
    }

    /// Writes the ids, which do not compress.
    pub(super) fn write_ids(&self, to: &mut Writer) {
        to.count(self.len());
        for id in self.ids.iter().chain(&self.trees) {
            to.bytes(id.as_slice());
        }
    }

    /// Writes all other columns.
    pub(super) fn write(&self, to: &mut Writer) {
        // Built only for writing, which a warm run without news never does.
        let positions: FxHashMap<&ObjectId, usize> =
            self.ids.iter().enumerate().map(|(position, id)| (id, position)).collect();
        to.bytes(&self.ages);
        // Commits of a list are close in time, so differences take fewer bytes.
        let mut before = 0;
        for time in &self.times {
            to.signed(time.wrapping_sub(before));
            before = *time;
        }
        // Most commits have equal author and committer times.
        for (authored, time) in self.authored.iter().zip(&self.times) {
            to.signed(authored.wrapping_sub(*time));
        }
        to.count(self.people.table.len());
        for author in &self.people.table {
            to.count(author.name.len());
            to.bytes(&author.name);
            to.count(author.email.len());
            to.bytes(&author.email);
        }
        self.authors.iter().for_each(|author| to.number(u64::from(*author)));
        write_lengths(&self.co_author_ends, to);
        self.co_authors.iter().for_each(|author| to.number(u64::from(*author)));
        write_lengths(&self.parent_ends, to);
        for position in 0..self.len() {
            for parent in &self.parents[range(&self.parent_ends, position)] {
                // A parent is written as the distance to a commit of this list, or as 0 and an id.
                let parent = self.id_of(*parent);
                match positions.get(&parent).map(|parent| signed_distance(position, *parent)) {
                    // No commit is its own parent, which leaves 0 to announce an id.
                    Some(distance) if distance != 0 => to.signed(distance),
                    _ => {
                        to.signed(0);
                        to.bytes(parent.as_slice());
                    }
                }
            }
        }
        self.summaries.write(to);
        write_lengths(&self.ticket_ends, to);
        self.tickets.write(to);
        write_lengths(&self.mark_ends, to);
        let mut marks = Texts::default();
        self.marks.iter().for_each(|mark| marks.push(written(mark).as_bytes()));
        marks.write(to);
        self.facts.iter().for_each(|facts| to.number(u64::from(facts.bits())));
    }

    pub(super) fn read(ids: &[u8], columns: &[u8], hash_len: usize) -> Result<Self, Damaged> {
        let mut from = Reader::new(ids);
        let count = from.count()?;
        let ids = from.column(count, |from| Ok(object_id(from.bytes(hash_len)?)))?;
        let trees = from.column(count, |from| Ok(object_id(from.bytes(hash_len)?)))?;
        from.finish()?;

        let mut from = Reader::new(columns);
        let ages = from.bytes(count)?.to_vec();
        let mut before = 0_i64;
        let times = from.column(count, |from| {
            before = before.wrapping_add(from.signed()?);
            Ok(before)
        })?;
        let mut nth = times.iter();
        let authored = from.column(count, |from| {
            let time = nth.next().expect("as many as there are commits");
            Ok(from.signed()?.wrapping_add(*time))
        })?;
        let n_people = from.count()?;
        let table = from.column(n_people, |from| {
            let name_len = from.count()?;
            let name = BString::from(from.bytes(name_len)?);
            let email_len = from.count()?;
            Ok(Author { name, email: BString::from(from.bytes(email_len)?) })
        })?;
        // Every position is checked on reading, so that a damaged file cannot make a later access
        // fail.
        let person = |from: &mut Reader<'_>| {
            from.u32().and_then(|person| if (person as usize) < n_people { Ok(person) } else { Err(Damaged) })
        };
        let authors = from.column(count, person)?;
        let co_author_ends = read_lengths(count, &mut from)?;
        let co_authors = from.column(co_author_ends.last().copied().unwrap_or(0), person)?;
        let parent_ends = read_lengths(count, &mut from)?;
        let mut parents = Vec::with_capacity(count);
        for position in 0..count {
            for _ in range(&parent_ends, position) {
                let parent = match from.signed()? {
                    0 => Parent::Elsewhere(object_id(from.bytes(hash_len)?)),
                    distance => match at_distance(position, distance)? {
                        here if here < count => Parent::Here(u32::try_from(here).map_err(|_| Damaged)?),
                        _ => return Err(Damaged),
                    },
                };
                parents.push(parent);
            }
        }
        let summaries = Texts::read(&mut from)?;
        let ticket_ends = read_lengths(count, &mut from)?;
        let tickets = Texts::read(&mut from)?;
        let mark_ends = read_lengths(count, &mut from)?;
        let marks = Texts::read(&mut from)?;
        let facts = from.column(count, |from| from.u32().map(MessageFacts::from_bits))?;
        from.finish()?;
        let marks = (0..marks.len()).map(|nth| mark(marks.get(nth))).collect::<Result<Vec<_>, _>>()?;
        // The lists are written apart from their lengths, so either could be cut.
        if marks.len() != mark_ends.last().copied().unwrap_or(0) {
            return Err(Damaged);
        }
        if summaries.len() != count || tickets.len() != ticket_ends.last().copied().unwrap_or(0) {
            return Err(Damaged);
        }
        // The map is needed only while commits are added, and segments that were read never grow.
        let people = PeopleTable { table, position: FxHashMap::default() };
        Ok(Self {
            ids,
            ages,
            trees,
            times,
            authored,
            people,
            authors,
            co_authors,
            co_author_ends,
            parents,
            parent_ends,
            summaries,
            tickets,
            ticket_ends,
            marks,
            mark_ends,
            facts,
        })
    }
}

/// Encodes a mark: a letter for its kind, then what it refers to.
fn written(mark: &Mark) -> String {
    match mark {
        Mark::PullRequest(number) => format!("p{number}"),
        Mark::Reverts(id) => format!("r{id}"),
        Mark::PickedFrom(id) => format!("c{id}"),
    }
}

fn mark(encoded: &[u8]) -> Result<Mark, Damaged> {
    let text = std::str::from_utf8(encoded).map_err(|_| Damaged)?;
    match text.split_at_checked(1) {
        Some(("p", number)) => number.parse().map(Mark::PullRequest).map_err(|_| Damaged),
        Some(("r", id)) => Ok(Mark::Reverts(id.to_owned())),
        Some(("c", id)) => Ok(Mark::PickedFrom(id.to_owned())),
        _ => Err(Damaged),
    }
}

fn signed_distance(from: usize, to: usize) -> i64 {
    i64::try_from(from).expect("a short list") - i64::try_from(to).expect("a short list")
}

fn at_distance(from: usize, distance: i64) -> Result<usize, Damaged> {
    let from = i64::try_from(from).map_err(|_| Damaged)?;
    usize::try_from(from.checked_sub(distance).ok_or(Damaged)?).map_err(|_| Damaged)
}

/// Writes the ends of consecutive ranges as lengths.
pub(super) fn write_lengths(ends: &[usize], to: &mut Writer) {
    let mut before = 0;
    for end in ends {
        to.count(end - before);
        before = *end;
    }
}

/// Reads the ends of `count` consecutive ranges.
pub(super) fn read_lengths(count: usize, from: &mut Reader<'_>) -> Result<Vec<usize>, Damaged> {
    let mut end = 0_usize;
    from.column(count, |from| {
        let len = usize::try_from(from.number()?).map_err(|_| Damaged)?;
        end = end.checked_add(len).ok_or(Damaged)?;
        Ok(end)
    })
}
