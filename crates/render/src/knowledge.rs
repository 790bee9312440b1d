//! The knowledge list: columns and sentences.

use debtscan_model::RepoPath;

use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, percent};
use super::text::visible;
use super::words::person_label;
use crate::options::RenderOptions;
use debtscan_findings::{Authorship, Grouping, KnowledgeList, KnowledgeRow, ListHead, MainAuthor, Presence};

/// The most areas that a sentence names; the others are counted.
const NAMED: usize = 5;

const UNKNOWN: &str = "Share of all lines whose author is unknown, because they were written outside the scanned \
                       history; not part of `lost`.";

const LAST_WRITTEN: &str = "main author, spread and one-author files: by the same lines; authors: by lines added over \
                            the history; co-authors share the lines of a commit equally; bots are excluded";

const LINES_ADDED: &str = "main author, spread, one-author files and authors: by lines added over the history, without \
                           decay; co-authors share the lines of a commit equally; bots, merges and \
                           .git-blame-ignore-revs are excluded";

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "knowledge",
        doc: "The authors of each file, folder or area, how the code is spread over them, and the knowledge loss. \
              People are neither ranked nor scored.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![rows_shape()],
    }
}

fn rows_shape() -> SheetShape {
    let doc = "A file, folder or area (`group`). Only present source files count.";
    SheetShape::new("knowledge", "knowledge", doc, &columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a KnowledgeList, options: &RenderOptions) -> View<'a> {
    View {
        name: "knowledge",
        head: &list.head,
        group: Some(list.grouping.word()),
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        sheets: vec![Sheet::new(rows_shape(), &columns(), &list.rows, caption(list), options)],
        next: next(list, options),
    }
}

fn lead(list: &KnowledgeList) -> Vec<String> {
    let all = &list.all;
    if all.files == 0 {
        return vec!["There are no source files.".to_owned()];
    }
    let measure = match all.loss_by {
        Authorship::LastWritten => "were last written by",
        Authorship::LinesAdded => "were added by",
    };
    // Lines of unknown authors are in neither part of the share.
    let lines = if all.unknown > 0.0 { "lines with a known author" } else { "lines" };
    let mut sentences = vec![format!(
        "{} of {lines} {measure} {} (no commit for {} days{}): {} of {}.",
        percent(all.lost),
        if list.left == 0 { "inactive authors" } else { "authors who are inactive or have left" },
        list.inactive_days,
        if list.left == 0 { String::new() } else { format!("; {} named with --left", count(list.left)) },
        count(list.gone),
        counted(list.people, "person", "people"),
    )];
    // The limits of the figure follow it at once, before other figures are built on it.
    sentences.extend(unknown(list));
    sentences.extend(small_team(list));
    if let Some(factor) = all.bus_factor {
        let who = match factor {
            1 => "the person who authors".to_owned(),
            _ => format!("the {} people who author", count(factor as usize)),
        };
        sentences.push(format!(
            "Bus factor {}: if {who} the most files left, fewer than half of the files would have an author left.",
            count(factor as usize)
        ));
    }
    if !list.leaving.is_empty() {
        sentences.push(format!(
            "If {} left, the loss would rise to {} of {lines}; {}.",
            visible(list.leaving.join(" and ").as_bytes()),
            percent(all.lost_after),
            match list.endangered_areas.len() {
                0 => "no further area would lose at least half of its knowledge".to_owned(),
                n => format!(
                    "{} would lose at least half of {} knowledge: {}",
                    counted(n, "further area", "further areas"),
                    if n == 1 { "its" } else { "their" },
                    some_of(&list.endangered_areas)
                ),
            }
        ));
    }
    sentences
}

/// Why a repository of one or two people has no bus factor.
fn small_team(list: &KnowledgeList) -> Option<String> {
    let who = match list.people {
        1 => "One person has",
        2 => "Two people have",
        _ => return None,
    };
    Some(format!("{who} written all of it, so there is no bus factor, and one-author files are not counted."))
}

/// The limits of the loss that a partial history sets.
fn unknown(list: &KnowledgeList) -> Option<String> {
    let ListHead { window, quality, .. } = &list.head;
    let is_shallow = quality.is_shallow();
    match list.all.loss_by {
        _ if list.all.unknown > 0.0 => Some(format!(
            "The author of {} of lines is unknown: they were written outside the scanned history.",
            percent(list.all.unknown)
        )),
        // This measure only sees commits in the window, so it cannot count what it misses.
        Authorship::LinesAdded if window.since.is_some() || window.until.is_some() || is_shallow => {
            Some("This share excludes lines added outside the scanned history.".to_owned())
        }
        Authorship::LinesAdded | Authorship::LastWritten => None,
    }
}

fn some_of(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| visible(name.as_bytes())).collect();
    let more = names.len().saturating_sub(NAMED);
    if more == 0 { shown.join(", ") } else { format!("{} and {} more", shown.join(", "), count(more)) }
}

fn caption(list: &KnowledgeList) -> Caption {
    let (one, title) = match list.grouping {
        Grouping::File => ("file", "KNOWLEDGE BY FILE"),
        Grouping::Directory => ("folder", "KNOWLEDGE BY FOLDER"),
        Grouping::Area => ("area", "KNOWLEDGE BY AREA"),
    };
    let loss = match (list.all.loss_by, list.line_limit) {
        (Authorship::LastWritten, _) => {
            "knowledge lost: share of lines last written by inactive authors and leavers".to_owned()
        }
        (Authorship::LinesAdded, None) => {
            "knowledge lost: share of lines added over the history by inactive authors and leavers".to_owned()
        }
        // The other measure is the default, so a reader has to know why this one was used.
        (Authorship::LinesAdded, Some(limit)) => format!(
            "knowledge lost: share of lines added over the history by inactive authors and leavers; above {} \
             source files (--lines-up-to), the last author of each line needs --loss-by last-written",
            count(limit)
        ),
    };
    let mut notes = vec![
        Note::new("", loss, Look::Dim),
        Note::new(
            "",
            match list.all.loss_by {
                Authorship::LastWritten => LAST_WRITTEN,
                Authorship::LinesAdded => LINES_ADDED,
            },
            Look::Dim,
        ),
        Note::new(
            "",
            "spread: 1 - sum of squared shares; minor authors: less than 5% of the lines; one-author files: one \
             person has at least 95% of the lines; bus factor: Avelino et al. 2016",
            Look::Dim,
        ),
    ];
    if list.unfollowed > 0 {
        let files = counted(list.unfollowed, "file", "files");
        let text = format!("{files} not traced to the first commit: some lines have no known author");
        notes.push(Note::new("!", text, Look::Accent));
    }
    let aside = match list.lost_areas.len() {
        0 => String::new(),
        n => format!(
            "{} lost at least half of {} knowledge: {}",
            counted(n, "area has", "areas have"),
            if n == 1 { "its" } else { "their" },
            some_of(&list.lost_areas)
        ),
    };
    Caption { title: title.to_owned(), aside, subject: Some(one), notes, default_top: 10 }
}

fn next(list: &KnowledgeList, options: &RenderOptions) -> Vec<(String, String)> {
    let invocation = &options.invocation;
    let other = match list.grouping {
        Grouping::Area => ("knowledge --group file", "the same by file"),
        Grouping::File | Grouping::Directory => ("knowledge --group area", "the same by area"),
    };
    let what_if =
        // Suggested only while nobody has asked this question.
        list.leaving.is_empty().then_some(("knowledge --leaves NAME", "knowledge lost if someone left"));
    let all = std::iter::once(other).chain(what_if);
    all.map(|(words, gives)| (invocation.command(words), gives.to_owned())).collect()
}

fn summary() -> Vec<Column<KnowledgeList>> {
    let mut columns = vec![
        Column::new("people", Kind::Count, "People in the window, without bots.", |list: &KnowledgeList| {
            Value::count(list.people)
        }),
        Column::new("gone", Kind::Count, "Of them, inactive authors and leavers.", |list: &KnowledgeList| {
            Value::count(list.gone)
        }),
        Column::new("left", Kind::Count, "Of those, leavers named with `--left`.", |list: &KnowledgeList| {
            Value::count(list.left)
        }),
        Column::new(
            "unknown_people",
            Kind::Words,
            "Entries of that list that match nobody in the scanned history: the names, or `line N` if people \
             are anonymous.",
            |list: &KnowledgeList| Value::Words(list.unknown.iter().map(person_label).collect()),
        ),
        Column::new(
            "inactive_days",
            Kind::Count,
            "Days without a commit after which an author is inactive.",
            |list: &KnowledgeList| Value::count(list.inactive_days),
        ),
        Column::new(
            "unfollowed",
            Kind::Count,
            "Files whose lines could not all be traced: some lines have no known author.",
            |list: &KnowledgeList| Value::count(list.unfollowed),
        ),
    ];
    columns.extend(loss_summary());
    columns
}

fn loss_summary() -> Vec<Column<KnowledgeList>> {
    vec![
        Column::new("leaving", Kind::Words, "People named with `--leaves`, as a what-if.", |list: &KnowledgeList| {
            Value::Words(list.leaving.clone())
        }),
        Column::new(
            "loss_by",
            Kind::Word,
            "Measure of loss: `last-written` (last author of each line) or `lines-added` (over the history).",
            |list: &KnowledgeList| Value::word(loss_code(list.all.loss_by)),
        ),
        Column::new(
            "line_limit",
            Kind::Count,
            "Number of source files above which `loss_by` defaults to `lines-added`; `null` unless that default \
             applied.",
            |list: &KnowledgeList| Value::maybe_count(list.line_limit),
        )
        .nullable(),
        Column::new(
            "lost",
            Kind::Share,
            "Knowledge loss: share of all lines by inactive authors and leavers.",
            |list: &KnowledgeList| Value::Share(list.all.lost),
        ),
        Column::new(
            "lost_after",
            Kind::Share,
            "The same if the people named with `--leaves` left.",
            |list: &KnowledgeList| Value::Share(list.all.lost_after),
        ),
        Column::new("unknown", Kind::Share, UNKNOWN, |list: &KnowledgeList| Value::Share(list.all.unknown)),
        Column::new(
            "bus_factor",
            Kind::Count,
            "Bus factor of all files; `null` if no file has an author.",
            |list: &KnowledgeList| Value::maybe_count(list.all.bus_factor),
        )
        .nullable(),
        Column::new(
            "lost_areas",
            Kind::Words,
            "Areas that have lost at least half of their knowledge.",
            |list: &KnowledgeList| Value::Words(list.lost_areas.clone()),
        ),
        Column::new(
            "endangered_areas",
            Kind::Words,
            "Further areas that would lose at least half of it if the people named with `--leaves` left.",
            |list: &KnowledgeList| Value::Words(list.endangered_areas.clone()),
        ),
    ]
}

fn loss_code(by: Authorship) -> &'static str {
    match by {
        Authorship::LastWritten => "last-written",
        Authorship::LinesAdded => "lines-added",
    }
}

pub(super) fn presence_code(presence: Presence) -> &'static str {
    match presence {
        Presence::Active => "active",
        Presence::Leaving => "leaving",
        Presence::Inactive => "inactive",
        Presence::Left => "left",
    }
}

fn columns() -> Vec<Column<KnowledgeRow>> {
    let mut columns = place_columns();
    columns.extend(author_columns());
    columns.extend(loss_columns());
    columns
}

impl listing::PlaceColumns for KnowledgeRow {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> Option<&RepoPath> {
        self.path.as_ref()
    }

    fn area(&self) -> Option<&str> {
        self.area.as_deref()
    }
}

fn place_columns() -> Vec<Column<KnowledgeRow>> {
    vec![
        listing::name_column("area", 20),
        listing::path_column(),
        listing::area_column(),
        Column::new("owner", Kind::Text, "Owner of an area; `null` if unknown.", |row: &KnowledgeRow| {
            row.owner.clone().map_or(Value::None, Value::Text)
        })
        .nullable()
        .shown("owner", 9),
        Column::new("files", Kind::Count, "Present source files.", |row: &KnowledgeRow| {
            Value::count(row.files)
        })
        .shown("files", 7),
        Column::new("source_lines", Kind::Count, "Their lines of code.", |row: &KnowledgeRow| {
            Value::count(row.source_lines)
        })
        .shown("lines\nof code", 4),
    ]
}

fn author_columns() -> Vec<Column<KnowledgeRow>> {
    let mut columns = vec![
        Column::new("contributors", Kind::Count, "People who added lines.", |row: &KnowledgeRow| {
            Value::count(row.contributors)
        })
        .shown("authors", 3),
        Column::new(
            "minor_contributors",
            Kind::Count,
            "Of them, people with less than 5% of the lines added.",
            |row: &KnowledgeRow| Value::count(row.minor_contributors),
        )
        .shown("minor\nauthors", 6),
        Column::new(
            "fragmentation",
            Kind::Figure,
            "1 - sum of squared shares of the lines by `loss_by`, 0..=1; 0 for one person.",
            |row: &KnowledgeRow| Value::Figure(row.fragmentation),
        )
        .shown("spread", 2)
        .cell(|row| Cell::new(format!("{:.2}", row.fragmentation))),
    ];
    // Three sets of columns rather than a list of people, because CSV cannot nest.
    columns.extend(main_author_columns::<0>(["main_author", "main_author_share", "main_author_presence"]));
    columns.extend(main_author_columns::<1>([
        "second_author",
        "second_author_share",
        "second_author_presence",
    ]));
    columns.extend(main_author_columns::<2>(["third_author", "third_author_share", "third_author_presence"]));
    columns
}

fn author<const NTH: usize>(row: &KnowledgeRow) -> Option<&MainAuthor> {
    row.main_authors.get(NTH)
}

/// The n-th author by the measure of the row: name, share, presence. Tables show the first.
fn main_author_columns<const NTH: usize>(keys: [&'static str; 3]) -> [Column<KnowledgeRow>; 3] {
    let [name, share, presence] = keys;
    let columns = [
        Column::new(
            name,
            Kind::Text,
            "Author with the most, second most or third most lines by `loss_by`; `null` if there is none.",
            |row: &KnowledgeRow| author::<NTH>(row).map_or(Value::None, |it| Value::text(it.name.as_str())),
        )
        .nullable(),
        Column::new(share, Kind::Share, "Their share of these lines.", |row: &KnowledgeRow| {
            author::<NTH>(row).map_or(Value::None, |it| Value::Share(it.share))
        })
        .nullable(),
        Column::new(
            presence,
            Kind::Word,
            "`active`, `inactive` (no recent commit), `left` (named with `--left`) or `leaving` (named with `--leaves`).",
            |row: &KnowledgeRow| {
                author::<NTH>(row).map_or(Value::None, |it| Value::word(presence_code(it.presence)))
            },
        )
        .nullable(),
    ];
    // One name per row: a table that lists people by their shares would be a ranking of people.
    if NTH > 0 {
        return columns;
    }
    let [name, share, presence] = columns;
    [
        name.shown("main author", 0),
        share.shown("their\nshare", 1),
        presence.shown("status", 2).cell(|row| match author::<NTH>(row).map(|it| it.presence) {
            // The ordinary case stays blank, so that the others are seen.
            None | Some(Presence::Active) => Cell::new(""),
            Some(presence) => Cell::new(presence_code(presence)),
        }),
    ]
}

fn loss_columns() -> Vec<Column<KnowledgeRow>> {
    vec![
        Column::new(
            // The keys are older than the term, and scripts read them.
            "island_files",
            Kind::Count,
            "One-author files: one person has at least 95% of the lines by `loss_by`; 0 if the repository has one or two \
             authors.",
            |row: &KnowledgeRow| Value::count(row.island_files),
        )
        .shown("one-author\nfiles", 5),
        Column::new("island_lines", Kind::Count, "Lines of code in those files.", |row: &KnowledgeRow| {
            Value::count(row.island_lines)
        }),
        Column::new(
            "bus_factor",
            Kind::Count,
            "Fewest people whose leaving leaves over half of the files without an author (Avelino et al. 2016); \
             `null` if no file has one, or the repository has one or two authors.",
            |row: &KnowledgeRow| Value::maybe_count(row.bus_factor),
        )
        .nullable()
        .shown("bus\nfactor", 4),
        Column::new(
            "loss_by",
            Kind::Word,
            "Measure of loss: `last-written` or `lines-added`.",
            |row: &KnowledgeRow| Value::word(loss_code(row.loss_by)),
        ),
        Column::new(
            "lost",
            Kind::Share,
            "Knowledge loss: share of the lines by inactive authors and leavers.",
            |row: &KnowledgeRow| Value::Share(row.lost),
        )
        .shown("knowledge\nlost", 0)
        .cell(|row| share_cell(row.lost, row.is_lost())),
        Column::new(
            "lost_after",
            Kind::Share,
            "The same if the people named with `--leaves` left.",
            |row: &KnowledgeRow| Value::Share(row.lost_after),
        )
        .shown("lost if\nthey left", 0)
        .cell(|row| {
            // Nobody leaves, or the leavers wrote nothing here.
            let is_same = row.lost_after.total_cmp(&row.lost).is_eq();
            if is_same { Cell::new("") } else { share_cell(row.lost_after, row.would_be_lost()) }
        }),
        Column::new("unknown", Kind::Share, UNKNOWN, |row: &KnowledgeRow| Value::Share(row.unknown)),
    ]
}

fn share_cell(share: f64, is_much: bool) -> Cell {
    Cell::with_look(percent(share), if is_much { Look::Accent } else { Look::Plain })
}
