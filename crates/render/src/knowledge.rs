//! A list of where knowledge is thin: its columns and its sentences.

use debtscan_model::RepoPath;

use super::RenderOptions;
use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, percent};
use super::text::visible;
use super::words::person_label;
use debtscan_findings::{Authorship, Grouping, KnowledgeList, KnowledgeRow, ListHead, MainAuthor, Presence};

/// Areas that a sentence names before it counts the others.
const NAMED: usize = 5;

const UNKNOWN: &str = "Share of all lines whose last writer is not known, because they are not of the scanned \
                       history; they are not in `lost`.";

/// What the list consists of.
pub(super) fn shape() -> Shape {
    Shape {
        name: "knowledge",
        doc: "Who wrote the code of each file, folder or area, how spread that is, and what is lost. Nobody \
              is ranked or scored.",
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
        return vec!["There is no source file to look at.".to_owned()];
    }
    let measure = match all.loss_by {
        Authorship::LastWritten => "were last written by",
        Authorship::LinesAdded => "were added by",
    };
    let lines = if all.unknown > 0.0 { "the lines whose writer is known" } else { "the lines" };
    let mut sentences = vec![format!(
        "{} of {lines} {measure} people who are gone: {} of {}, {} without a commit in {} days.",
        percent(all.lost),
        count(list.gone),
        counted(list.people, "person", "people"),
        if list.left == 0 {
            "those".to_owned()
        } else {
            format!("{} named as having left and those", count(list.left))
        },
        list.inactive_days,
    )];
    sentences.extend(unknown(list));
    if let Some(factor) = all.bus_factor {
        sentences.push(format!(
            "Bus factor {}: once so many people have left, fewer than half of the files still have an author.",
            count(factor as usize)
        ));
    }
    if !list.leaving.is_empty() {
        sentences.push(format!(
            "If {} left, {} of {lines} would be by people who are gone; {}.",
            visible(list.leaving.join(" and ").as_bytes()),
            percent(all.lost_after),
            match list.endangered_areas.len() {
                0 => "no area would lose half of its knowledge that has not lost it already".to_owned(),
                n => format!(
                    "{} would lose half of {} knowledge: {}",
                    counted(n, "area", "areas"),
                    if n == 1 { "its" } else { "their" },
                    some_of(&list.endangered_areas)
                ),
            }
        ));
    }
    sentences
}

/// What the scanned history is too short to tell of the loss.
fn unknown(list: &KnowledgeList) -> Option<String> {
    let ListHead { window, quality, .. } = &list.head;
    let is_shallow = quality.is_shallow();
    match list.all.loss_by {
        _ if list.all.unknown > 0.0 => Some(format!(
            "Of {} of all lines it is not known who wrote them: they are older or newer than the scanned history.",
            percent(list.all.unknown)
        )),
        Authorship::LinesAdded if window.since.is_some() || window.until.is_some() || is_shallow => {
            Some("Lines added outside the scanned history are not in that share.".to_owned())
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
        (Authorship::LastWritten, _) => "gone: share of lines last written by people who are gone".to_owned(),
        (Authorship::LinesAdded, None) => {
            "gone: share of lines added over the history by people who are gone".to_owned()
        }
        (Authorship::LinesAdded, Some(limit)) => format!(
            "gone: share of lines added over the history by people who are gone; who last wrote each line is \
             not looked up in more than {} source files (--lines-up-to), unless with --loss-by last-written",
            count(limit)
        ),
    };
    let mut notes = vec![
        Note::new("", loss, Look::Dim),
        Note::new(
            "",
            "main authors, spread and islands: by lines added over the history, without decay; people of one \
             commit share its lines equally; bots, merges and .git-blame-ignore-revs left out",
            Look::Dim,
        ),
        Note::new(
            "",
            "spread: 1 - sum of squared shares; minor: people with less than 5 % of the lines; islands: files \
             of which one person added at least 95 %; bus factor: Avelino et al. 2016",
            Look::Dim,
        ),
    ];
    if list.unfollowed > 0 {
        let files = counted(list.unfollowed, "file", "files");
        let text = format!("{files} not followed to the beginning: some of the lines have no known writer");
        notes.push(Note::new("!", text, Look::Accent));
    }
    let aside = match list.lost_areas.len() {
        0 => String::new(),
        n => format!(
            "{} lost half or more: {}",
            counted(n, "area has", "areas have"),
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
        list.leaving.is_empty().then_some(("knowledge --leaves NAME", "what would go with somebody"));
    let all = std::iter::once(other).chain(what_if);
    all.map(|(words, gives)| (invocation.command(words), gives.to_owned())).collect()
}

fn summary() -> Vec<Column<KnowledgeList>> {
    let mut columns = vec![
        Column::new("people", Kind::Count, "People in the window, bots left out.", |list: &KnowledgeList| {
            Value::count(list.people)
        }),
        Column::new("gone", Kind::Count, "Of them, those who are gone.", |list: &KnowledgeList| {
            Value::count(list.gone)
        }),
        Column::new(
            "left",
            Kind::Count,
            "Of those, people named in the list of those who left (`--left`).",
            |list: &KnowledgeList| Value::count(list.left),
        ),
        Column::new(
            "unknown_people",
            Kind::Words,
            "Entries of that list that nobody in the scanned history answers to: what they say, or `line N` \
             when people are anonymous.",
            |list: &KnowledgeList| Value::Words(list.unknown.iter().map(person_label).collect()),
        ),
        Column::new(
            "inactive_days",
            Kind::Count,
            "Days without a commit after which somebody counts as gone.",
            |list: &KnowledgeList| Value::count(list.inactive_days),
        ),
        Column::new(
            "unfollowed",
            Kind::Count,
            "Files whose lines could not be followed to the beginning: some have no known writer.",
            |list: &KnowledgeList| Value::count(list.unfollowed),
        ),
    ];
    columns.extend(loss_summary());
    columns
}

fn loss_summary() -> Vec<Column<KnowledgeList>> {
    vec![
        Column::new("leaving", Kind::Words, "Those imagined to leave.", |list: &KnowledgeList| {
            Value::Words(list.leaving.clone())
        }),
        Column::new(
            "loss_by",
            Kind::Word,
            "How loss is told: `last-written` (who last wrote each line) or `lines-added` (over the history).",
            |list: &KnowledgeList| Value::word(loss_code(list.all.loss_by)),
        ),
        Column::new(
            "line_limit",
            Kind::Count,
            "Source files above which `loss_by` is `lines-added` unless told otherwise; `null` unless that \
             decided it.",
            |list: &KnowledgeList| Value::maybe_count(list.line_limit),
        )
        .nullable(),
        Column::new(
            "lost",
            Kind::Share,
            "Share of all lines by people who are gone.",
            |list: &KnowledgeList| Value::Share(list.all.lost),
        ),
        Column::new(
            "lost_after",
            Kind::Share,
            "The same once those imagined to leave have left.",
            |list: &KnowledgeList| Value::Share(list.all.lost_after),
        ),
        Column::new("unknown", Kind::Share, UNKNOWN, |list: &KnowledgeList| Value::Share(list.all.unknown)),
        Column::new(
            "bus_factor",
            Kind::Count,
            "Bus factor of all files; `null` when no file has an author.",
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
            "Areas that would lose half of it with those imagined to leave.",
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

fn presence_code(presence: Presence) -> &'static str {
    match presence {
        Presence::Active => "active",
        Presence::Leaving => "leaving",
        Presence::Inactive => "inactive",
        Presence::Left => "left",
    }
}

fn columns() -> Vec<Column<KnowledgeRow>> {
    let mut columns = what_columns();
    columns.extend(author_columns());
    columns.extend(loss_columns());
    columns
}

impl listing::Place for KnowledgeRow {
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

fn what_columns() -> Vec<Column<KnowledgeRow>> {
    vec![
        listing::name_column("area", 20),
        listing::path_column(),
        listing::area_column(),
        Column::new(
            "owner",
            Kind::Text,
            "Who answers for an area; `null` when unknown.",
            |row: &KnowledgeRow| row.owner.clone().map_or(Value::None, Value::Text),
        )
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
        .shown("people", 3),
        Column::new(
            "minor_contributors",
            Kind::Count,
            "Of them, those with less than 5 % of the lines added.",
            |row: &KnowledgeRow| Value::count(row.minor_contributors),
        )
        .shown("minor", 6),
        Column::new(
            "fragmentation",
            Kind::Figure,
            "1 - sum of squared shares of the lines added, 0..=1; 0 for one person.",
            |row: &KnowledgeRow| Value::Figure(row.fragmentation),
        )
        .shown("spread", 2)
        .cell(|row| Cell::new(format!("{:.2}", row.fragmentation))),
    ];
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

/// The n-th author by lines added: name, share, presence. People see the first.
fn main_author_columns<const NTH: usize>(keys: [&'static str; 3]) -> [Column<KnowledgeRow>; 3] {
    let [name, share, presence] = keys;
    let columns = [
        Column::new(
            name,
            Kind::Text,
            "Who added so many lines; `null` when there is nobody.",
            |row: &KnowledgeRow| author::<NTH>(row).map_or(Value::None, |it| Value::text(it.name.as_str())),
        )
        .nullable(),
        Column::new(share, Kind::Share, "Their share of the lines added.", |row: &KnowledgeRow| {
            author::<NTH>(row).map_or(Value::None, |it| Value::Share(it.share))
        })
        .nullable(),
        Column::new(
            presence,
            Kind::Word,
            "`active`, `inactive` (no recent commit), `left` (named so) or `leaving` (imagined to leave).",
            |row: &KnowledgeRow| {
                author::<NTH>(row).map_or(Value::None, |it| Value::word(presence_code(it.presence)))
            },
        )
        .nullable(),
    ];
    if NTH > 0 {
        return columns;
    }
    let [name, share, presence] = columns;
    [
        name.shown("main author", 0),
        share.shown("share", 1),
        presence.shown("is", 2).cell(|row| match author::<NTH>(row).map(|it| it.presence) {
            None | Some(Presence::Active) => Cell::new(""),
            Some(presence) => Cell::new(presence_code(presence)),
        }),
    ]
}

fn loss_columns() -> Vec<Column<KnowledgeRow>> {
    vec![
        Column::new(
            "island_files",
            Kind::Count,
            "Files of which one person added at least 95 % of the lines.",
            |row: &KnowledgeRow| Value::count(row.island_files),
        )
        .shown("islands", 5),
        Column::new("island_lines", Kind::Count, "Lines of code in those.", |row: &KnowledgeRow| {
            Value::count(row.island_lines)
        }),
        Column::new(
            "bus_factor",
            Kind::Count,
            "People who must leave before more than half of the files have no author (Avelino et al. 2016); \
             `null` when no file has one.",
            |row: &KnowledgeRow| Value::maybe_count(row.bus_factor),
        )
        .nullable()
        .shown("bus\nfactor", 4),
        Column::new(
            "loss_by",
            Kind::Word,
            "How loss is told: `last-written` or `lines-added`.",
            |row: &KnowledgeRow| Value::word(loss_code(row.loss_by)),
        ),
        Column::new(
            "lost",
            Kind::Share,
            "Share of the lines by people who are gone.",
            |row: &KnowledgeRow| Value::Share(row.lost),
        )
        .shown("gone", 0)
        .cell(|row| share_cell(row.lost, row.is_lost())),
        Column::new(
            "lost_after",
            Kind::Share,
            "The same once those imagined to leave have left.",
            |row: &KnowledgeRow| Value::Share(row.lost_after),
        )
        .shown("if they\nleave", 0)
        .cell(|row| {
            // Nobody leaves, or nothing of theirs is here.
            let is_same = row.lost_after.total_cmp(&row.lost).is_eq();
            if is_same { Cell::new("") } else { share_cell(row.lost_after, row.would_be_lost()) }
        }),
        Column::new("unknown", Kind::Share, UNKNOWN, |row: &KnowledgeRow| Value::Share(row.unknown)),
    ]
}

fn share_cell(share: f64, is_much: bool) -> Cell {
    Cell::with_look(percent(share), if is_much { Look::Accent } else { Look::Plain })
}
