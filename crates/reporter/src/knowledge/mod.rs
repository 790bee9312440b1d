//! Knowledge of the code: who wrote it, how concentrated that is, and what is lost when authors leave.
//!
//! People appear here as the risk of an area or file, never as rows of their own: nobody is ranked or
//! scored. Bots do not count.

mod bus_factor;
mod credit;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use debtscan_model::{AuthorIdx, FileClass, FileIdx, Lines, RepoPath, SECONDS_PER_DAY, Scan, Timestamp};

pub use self::credit::CreditShares;
use self::credit::{below, fraction, fragmentation, is_held_by_one, lines_added, total};
use crate::analysis::Analysis;
use crate::area::AreaMap;
use crate::error::BuildError;
use crate::listing::{ListInput, list_head};
use debtscan_findings::{
    Authorship, Grouping, INACTIVE_DAYS, ISLAND_FROM_PERCENT, KnowledgeList, KnowledgeRow, KnownByOne,
    ListHead, MINOR_BELOW_PERCENT, MainAuthor, Presence, ROOT, Remark, SMALL_TEAM, UnknownPerson,
};

/// Main authors that a row names.
const MAIN_AUTHORS: usize = 3;

/// Who counts as inactive or as a leaver.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Departures {
    /// Authors without a commit in this number of days before `as_of` are inactive.
    pub inactive_days: u32,
    /// People known to have left, commits or not: sorted, unique.
    pub left: Vec<AuthorIdx>,
    /// People who leave in a what-if: sorted, unique.
    pub leaving: Vec<AuthorIdx>,
    /// Entries of the list of those who left.
    pub entries: usize,
    /// Of them, those that nobody in the scanned history answers to, in their order.
    pub unknown: Vec<UnknownPerson>,
}

/// What a list of knowledge is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeOptions {
    /// The unit of a row.
    pub grouping: Grouping,
    /// Who counts as inactive or as a leaver.
    pub departures: Departures,
    /// The number of source files above which loss is not measured by the last author of each line; `None`
    /// unless that decided it.
    pub line_limit: Option<usize>,
}

/// The largest share of the lines of a file that one person added, `0..=1`; `None` when nobody is known to have.
pub(crate) fn largest_share(scan: &Scan, file: FileIdx) -> Option<f64> {
    let shares = lines_added(scan, file);
    let most = shares.iter().map(|(_, parts)| *parts).max()?;
    Some(fraction(most, total(&shares)))
}

/// Lists knowledge per area, folder or file. `lines` has the last author of each line, if computed.
///
/// # Errors
/// When the areas cannot be made as asked.
pub fn knowledge(
    input: ListInput<'_>,
    lines: Option<&Lines>,
    options: &KnowledgeOptions,
) -> Result<KnowledgeList, BuildError> {
    let analysis = input.analysis()?;
    let scan = input.scan;
    let people = PeoplePresence::of(scan, &options.departures);
    let facts = Facts::of(scan, lines, &people);
    let areas = area_rows(&facts, &analysis.areas);
    let names = |is_it: &dyn Fn(&KnowledgeRow) -> bool| {
        areas.iter().filter(|row| is_it(row)).map(|row| row.name.clone()).collect()
    };
    Ok(KnowledgeList {
        head: head(&analysis, &options.departures),
        grouping: options.grouping,
        inactive_days: options.departures.inactive_days,
        left: options.departures.left.len(),
        unknown: options.departures.unknown.clone(),
        line_limit: options.line_limit,
        people: people.here(),
        gone: people.gone(),
        unfollowed: lines.map_or(0, |lines| lines.skipped.len()),
        leaving: told_apart(scan, &options.departures.leaving),
        all: facts.row(RowName::default(), &facts.files.iter().collect::<Vec<_>>()),
        lost_areas: names(&KnowledgeRow::is_lost),
        endangered_areas: names(&KnowledgeRow::would_be_lost),
        rows: match options.grouping {
            Grouping::File => file_rows(&facts, &analysis.areas),
            Grouping::Directory => folder_rows(&facts, &analysis.areas),
            Grouping::Area => areas,
        },
    })
}

/// The areas that rest on one person: if that person left, fewer than half of their files would have an author left.
pub(crate) fn known_by_one(analysis: &Analysis<'_>) -> KnownByOne {
    let scan = analysis.scan;
    let departures = Departures { inactive_days: INACTIVE_DAYS, ..Departures::default() };
    let presence = PeoplePresence::of(scan, &departures);
    if presence.is_small_team {
        return KnownByOne::SmallTeam { people: presence.here() };
    }
    let facts = Facts::of(scan, None, &presence);
    let mut by_area: Vec<Vec<&FileFacts>> = vec![Vec::new(); analysis.areas.areas.len()];
    for file in &facts.files {
        by_area[analysis.areas.area_of[file.file.get()]].push(file);
    }
    let mut of = 0;
    let mut found: Vec<(u64, &str, bool)> = Vec::new();
    for (area, files) in analysis.areas.areas.iter().zip(&by_area) {
        let Some(factor) = bus_factor::bus_factor(files.iter().map(|file| file.authors.as_slice())) else {
            continue;
        };
        of += 1;
        if factor.people == 1 {
            let lines = files.iter().map(|file| file.source_lines).sum();
            found.push((lines, &area.name, presence.is_gone(factor.first)));
        }
    }
    // Where the most code is at stake comes first.
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let named = |is_left: bool| {
        found.iter().filter(|it| it.2 == is_left).map(|(_, name, _)| (*name).to_owned()).collect()
    };
    KnownByOne::Areas { names: named(false), left: named(true), inactive_days: departures.inactive_days, of }
}

/// The knowledge of one area by the lines that each person added, by position in `areas.areas`.
pub(crate) fn of_area(analysis: &Analysis<'_>, area: usize, inactive_days: u32) -> KnowledgeRow {
    let departures = Departures { inactive_days, ..Departures::default() };
    let people = PeoplePresence::of(analysis.scan, &departures);
    let facts = Facts::of(analysis.scan, None, &people);
    let files = facts.files.iter().filter(|file| analysis.areas.area_of[file.file.get()] == area);
    let named = &analysis.areas.areas[area];
    let row_name = RowName {
        name: named.name.clone(),
        path: None,
        area: Some(named.id.clone()),
        owner: named.owner.clone(),
    };
    facts.row(row_name, &files.collect::<Vec<_>>())
}

/// The knowledge of every area with source files, by the lines that each person added: most lost lines first.
pub(crate) fn of_areas(analysis: &Analysis<'_>, inactive_days: u32) -> Vec<KnowledgeRow> {
    let departures = Departures { inactive_days, ..Departures::default() };
    let people = PeoplePresence::of(analysis.scan, &departures);
    area_rows(&Facts::of(analysis.scan, None, &people), &analysis.areas)
}

/// The head, with the leavers that match no author: a misspelt leaver would count as active.
fn head(analysis: &Analysis<'_>, departures: &Departures) -> ListHead {
    let mut head = list_head(analysis);
    if departures.unknown.is_empty() {
        return head;
    }
    head.quality
        .add(Remark::UnknownPeople { people: departures.unknown.clone(), entries: departures.entries });
    head
}

/// The names of people, with the address where several have one name.
fn told_apart(scan: &Scan, people: &[AuthorIdx]) -> Vec<String> {
    let name = |person: &AuthorIdx| scan.author(*person).name.to_string();
    let all: Vec<String> = people.iter().map(name).collect();
    let is_shared = |name: &String| all.iter().filter(|other| *other == name).count() > 1;
    let labels = people.iter().zip(&all).map(|(person, name)| {
        let email = &scan.author(*person).email;
        if is_shared(name) && !email.is_empty() { format!("{name} <{email}>") } else { name.clone() }
    });
    labels.collect()
}

/// What identifies a row.
#[derive(Default)]
struct RowName {
    name: String,
    path: Option<RepoPath>,
    area: Option<String>,
    owner: Option<String>,
}

fn area_rows(facts: &Facts<'_>, areas: &AreaMap) -> Vec<KnowledgeRow> {
    let rows = areas.areas.iter().enumerate().map(|(position, area)| {
        let files: Vec<&FileFacts> =
            facts.files.iter().filter(|file| areas.area_of[file.file.get()] == position).collect();
        let named = RowName {
            name: area.name.clone(),
            path: None,
            area: Some(area.id.clone()),
            owner: area.owner.clone(),
        };
        facts.row(named, &files)
    });
    ordered(rows.filter(|row| row.files > 0))
}

fn folder_rows(facts: &Facts<'_>, areas: &AreaMap) -> Vec<KnowledgeRow> {
    let mut by_folder: BTreeMap<Option<RepoPath>, Vec<&FileFacts>> = BTreeMap::new();
    for file in &facts.files {
        by_folder.entry(facts.scan.file(file.file).path.parent()).or_default().push(file);
    }
    ordered(by_folder.into_iter().map(|(folder, files)| {
        let area = areas.area_of[files[0].file.get()];
        let is_one = files.iter().all(|file| areas.area_of[file.file.get()] == area);
        let name = folder.as_ref().map_or_else(|| ROOT.to_owned(), ToString::to_string);
        let area = is_one.then(|| areas.areas[area].id.clone());
        facts.row(RowName { name, path: folder, area, owner: None }, &files)
    }))
}

fn file_rows(facts: &Facts<'_>, areas: &AreaMap) -> Vec<KnowledgeRow> {
    ordered(facts.files.iter().map(|file| {
        let path = facts.scan.file(file.file).path.clone();
        let area = Some(areas.area(file.file).id.clone());
        facts.row(RowName { name: path.to_string(), path: Some(path), area, owner: None }, &[file])
    }))
}

/// Most lines of lost knowledge first; the rest by lines of islands, then as it came.
fn ordered(rows: impl Iterator<Item = KnowledgeRow>) -> Vec<KnowledgeRow> {
    let mut rows: Vec<KnowledgeRow> = rows.collect();
    let lines = |row: &KnowledgeRow| row.lost_after * row.source_lines as f64;
    rows.sort_by(|a, b| lines(b).total_cmp(&lines(a)).then(b.island_lines.cmp(&a.island_lines)));
    rows
}

/// Whether each author is active, by [`AuthorIdx`].
struct PeoplePresence {
    presence: Vec<Presence>,
    /// Whether each is a person who changed something in the scanned folder.
    is_here: Vec<bool>,
    /// Whether so few people wrote the code that its resting on few is no finding.
    is_small_team: bool,
}

impl PeoplePresence {
    fn of(scan: &Scan, departures: &Departures) -> Self {
        let mut last: Vec<Option<Timestamp>> = vec![None; scan.authors.len()];
        for commit in &scan.commits {
            for person in credit::people_of(scan, commit) {
                let known = &mut last[person.get()];
                *known = (*known).max(Some(commit.time));
            }
        }
        // Who of two people of one name is still there is not known, so neither is called inactive.
        for namesakes in &scan.namesakes {
            let latest = namesakes.iter().filter_map(|person| last[person.get()]).max();
            for person in namesakes {
                last[person.get()] = latest;
            }
        }
        let first_active = scan.as_of.0.saturating_sub(i64::from(departures.inactive_days) * SECONDS_PER_DAY);
        let presence = |(position, last): (usize, &Option<Timestamp>)| {
            let person = AuthorIdx::new(position);
            // Somebody who has left may still have recent commits.
            if departures.left.binary_search(&person).is_ok() {
                Presence::Left
            } else if last.is_none_or(|time| time.0 < first_active) {
                Presence::Inactive
            } else if departures.leaving.binary_search(&person).is_ok() {
                Presence::Leaving
            } else {
                Presence::Active
            }
        };
        let is_here = people_here(scan);
        Self {
            presence: last.iter().enumerate().map(presence).collect(),
            is_small_team: is_here.iter().filter(|is_here| **is_here).count() <= SMALL_TEAM,
            is_here,
        }
    }

    fn is_gone(&self, person: AuthorIdx) -> bool {
        matches!(self.presence[person.get()], Presence::Left | Presence::Inactive)
    }

    fn stays(&self, person: AuthorIdx) -> bool {
        self.presence[person.get()] == Presence::Active
    }

    fn here(&self) -> usize {
        self.is_here.iter().filter(|is_here| **is_here).count()
    }

    fn gone(&self) -> usize {
        let people = (0..self.presence.len()).map(AuthorIdx::new);
        people.filter(|person| self.is_here[person.get()] && self.is_gone(*person)).count()
    }
}

/// Whether each author is a person who changed something in the scanned folder.
fn people_here(scan: &Scan) -> Vec<bool> {
    let is_whole = scan.repository.scope.is_none();
    let mut is_here = vec![is_whole; scan.authors.len()];
    if !is_whole {
        let people =
            scan.changes.iter().flat_map(|change| credit::people_of(scan, scan.commit(change.commit)));
        people.for_each(|person| is_here[person.get()] = true);
    }
    for bot in &scan.bots {
        is_here[bot.get()] = false;
    }
    is_here
}

/// Knowledge of one present source file.
struct FileFacts {
    file: FileIdx,
    source_lines: u64,
    added: CreditShares,
    /// By whichever measure is known for this file.
    held: CreditShares,
    held_by: Authorship,
    /// Of lines last written: those without a known writer, and all.
    unknown_of: (u64, u64),
    authors: Vec<AuthorIdx>,
}

struct Facts<'a> {
    scan: &'a Scan,
    people: &'a PeoplePresence,
    files: Vec<FileFacts>,
}

impl<'a> Facts<'a> {
    fn of(scan: &'a Scan, lines: Option<&Lines>, people: &'a PeoplePresence) -> Self {
        let of_file = |(position, file): (usize, &debtscan_model::File)| {
            let present = file.present.as_ref().filter(|_| file.class == FileClass::Source)?;
            let index = FileIdx::new(position);
            let added = lines_added(scan, index);
            let lines = lines.and_then(|lines| lines.of(index));
            let (held, held_by) = match lines {
                Some(lines) => (credit::lines_held(scan, lines), Authorship::LastWritten),
                // Not followed line by line; who added lines is known of every file.
                None => (added.clone(), Authorship::LinesAdded),
            };
            Some(FileFacts {
                file: index,
                source_lines: present.complexity.as_ref().map_or(0, |it| u64::from(it.sloc)),
                authors: bus_factor::authors(scan, index),
                added,
                held,
                held_by,
                unknown_of: lines.map_or((0, 0), credit::lines_unknown),
            })
        };
        Self { scan, people, files: scan.files.iter().enumerate().filter_map(of_file).collect() }
    }

    fn row(&self, named: RowName, files: &[&FileFacts]) -> KnowledgeRow {
        let added = credit::sum(files.iter().map(|file| &file.added));
        let held = credit::sum(files.iter().map(|file| &file.held));
        let whole = total(&held);
        let part = |is_counted: &dyn Fn(AuthorIdx) -> bool| {
            held.iter().filter(|(person, _)| is_counted(*person)).map(|(_, parts)| parts).sum::<u64>()
        };
        // That the code of one or two people rests on few is no news.
        let is_small = self.people.is_small_team;
        let is_island = |file: &&&FileFacts| !is_small && is_held_by_one(&file.held, ISLAND_FROM_PERCENT);
        let islands = || files.iter().filter(is_island);
        let bus_factor = || bus_factor::bus_factor(files.iter().map(|file| file.authors.as_slice()));
        let unknown = files.iter().map(|file| file.unknown_of.0).sum();
        let lines = files.iter().map(|file| file.unknown_of.1).sum();
        let is_all_held = files.iter().all(|file| file.held_by == Authorship::LastWritten);
        let RowName { name, path, area, owner } = named;
        KnowledgeRow {
            name,
            path,
            area,
            owner,
            files: files.len(),
            source_lines: files.iter().map(|file| file.source_lines).sum(),
            contributors: added.len(),
            minor_contributors: below(&added, MINOR_BELOW_PERCENT),
            main_authors: self.main_authors(&held),
            fragmentation: fragmentation(&held),
            island_files: islands().count(),
            island_lines: islands().map(|file| file.source_lines).sum(),
            bus_factor: if is_small { None } else { bus_factor().map(|it| it.people) },
            loss_by: if is_all_held { Authorship::LastWritten } else { Authorship::LinesAdded },
            lost: fraction(part(&|person| self.people.is_gone(person)), whole),
            lost_after: fraction(part(&|person| !self.people.stays(person)), whole),
            unknown: fraction(unknown, lines),
        }
    }

    fn main_authors(&self, held: &CreditShares) -> Vec<MainAuthor> {
        let whole = total(held);
        let mut by_share: Vec<(AuthorIdx, u64)> = held.clone();
        // Authors are sorted by name.
        by_share.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then(a.cmp(b)));
        let main = by_share.iter().take(MAIN_AUTHORS).map(|(person, parts)| MainAuthor {
            name: self.scan.author(*person).name.to_string(),
            share: fraction(*parts, whole),
            presence: self.people.presence[person.get()],
        });
        main.collect()
    }
}
