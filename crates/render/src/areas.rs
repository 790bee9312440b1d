//! The area list: columns and sentences.

use super::document::Cell;
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, grouped, percent};
use super::text::visible;
use super::words::area_source_code;
use crate::options::RenderOptions;
use debtscan_findings::{AreaList, AreaMemberRow, AreaRow, AreaRuleRow, AreaSource, Grouping, LanguageLines};

/// Languages shown in a cell; JSON and CSV list all.
const LANGUAGES_SHOWN: usize = 3;

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "areas",
        doc: "The areas of the code, with their files and the rules that assign them.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![areas_shape(), rules_shape(), rest_shape(), members_shape()],
    }
}

fn areas_shape() -> SheetShape {
    SheetShape::new("areas", "area", "An area.", &area_columns())
}

fn rules_shape() -> SheetShape {
    SheetShape::new("rules", "rule", "A rule and the present files that it matches.", &rule_columns())
}

fn rest_shape() -> SheetShape {
    let doc = "A folder with unassigned files; only those are counted.";
    SheetShape::new("rest", "rest", doc, &member_columns())
}

fn members_shape() -> SheetShape {
    let doc = "A file or folder (`group`) and its areas; empty with `--group area`.";
    SheetShape::new("members", "member", doc, &member_columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a AreaList, options: &RenderOptions) -> View<'a> {
    let areas: Vec<SizedArea<'_>> =
        list.areas.iter().map(|row| SizedArea { row, all_lines: list.source_lines }).collect();
    let areas = Sheet::new(areas_shape(), &sized_columns(), &areas, areas_caption(), options);
    let rules = Sheet::new(rules_shape(), &rule_columns(), &list.rules, rules_caption(list), options);
    let rest = Sheet::new(rest_shape(), &rest_columns(), &list.rest, rest_caption(list), options);
    let members =
        Sheet::new(members_shape(), &member_columns(), &list.members, members_caption(list), options);
    View {
        name: "areas",
        head: &list.head,
        group: Some(list.grouping.word()),
        summary: listing::summary(&summary(), list),
        lead: vec![lead(list)],
        sheets: match list.grouping {
            Grouping::Area => vec![areas, rules, rest, members],
            // CSV has the first table only, so what was asked for comes first.
            Grouping::File | Grouping::Directory => vec![members, areas, rules, rest],
        },
        next: next(list, options),
    }
}

fn lead(list: &AreaList) -> String {
    let source = match list.head.area_source {
        AreaSource::Config => "[[area]] of the configuration".to_owned(),
        AreaSource::CodeOwners => list
            .code_owners_file
            .as_ref()
            .map_or_else(|| "CODEOWNERS".to_owned(), |path| visible(path.as_bytes())),
        AreaSource::Packages => {
            "packages: workspace members and other folders with a manifest, innermost first".to_owned()
        }
        AreaSource::Directories(depth) => format!("folders up to {depth} levels deep"),
        // `auto` was resolved before; folders are what it falls back to.
        AreaSource::Folders | AreaSource::Auto => "folders, with large folders split".to_owned(),
    };
    let rest = match list.rest_files {
        0 => "every file is assigned".to_owned(),
        files => format!("{} unassigned", counted(files, "file is", "files are")),
    };
    format!(
        "{} with {}, from {source}; {rest}.",
        counted(list.areas.len(), "area", "areas"),
        counted(list.files, "present file", "present files")
    )
}

fn areas_caption() -> Caption {
    Caption {
        title: "AREAS".to_owned(),
        aside: "by lines of code".to_owned(),
        subject: None,
        notes: Vec::new(),
        default_top: 20,
    }
}

fn rules_caption(list: &AreaList) -> Caption {
    let aside = match list.head.area_source {
        AreaSource::Config => "the first matching area wins",
        // As on GitHub.
        AreaSource::CodeOwners => "the last matching line wins",
        _ => "the innermost folder wins",
    };
    Caption {
        title: "FILES BY RULE".to_owned(),
        aside: aside.to_owned(),
        subject: None,
        notes: Vec::new(),
        default_top: 20,
    }
}

fn rest_caption(list: &AreaList) -> Caption {
    Caption {
        title: "UNASSIGNED FILES".to_owned(),
        aside: format!("{}, by folder", count(list.rest_files)),
        subject: Some("folder"),
        notes: Vec::new(),
        default_top: 10,
    }
}

fn members_caption(list: &AreaList) -> Caption {
    let (title, subject) = match list.grouping {
        Grouping::Directory => ("FOLDERS BY AREA", "folder"),
        Grouping::File | Grouping::Area => ("FILES BY AREA", "file"),
    };
    Caption {
        title: title.to_owned(),
        aside: String::new(),
        subject: Some(subject),
        notes: Vec::new(),
        default_top: 20,
    }
}

fn next(list: &AreaList, options: &RenderOptions) -> Vec<(String, String)> {
    let mut next = Vec::new();
    // Areas of the configuration are written down already.
    if list.head.area_source != AreaSource::Config {
        let command = options.invocation.command("areas --write-config");
        next.push((command, "these areas as [[area]] tables, ready to edit".to_owned()));
    }
    if list.grouping == Grouping::Area {
        let command = options.invocation.command("areas --group dir");
        next.push((command, "the area of each folder".to_owned()));
    }
    next
}

fn summary() -> Vec<Column<AreaList>> {
    type L = AreaList;
    vec![
        Column::new("areas", Kind::Count, "Areas, including the catch-all areas.", |list: &L| {
            Value::count(list.areas.len())
        }),
        Column::new("files", Kind::Count, "Present files of any class.", |list: &L| Value::count(list.files)),
        Column::new("source_lines", Kind::Count, "Lines of code of source files.", |list: &L| {
            Value::count(list.source_lines)
        }),
        Column::new("rest_files", Kind::Count, "Unassigned files: no rule matches them.", |list: &L| {
            Value::count(list.rest_files)
        }),
        Column::new("area_source", Kind::Word, "Source of the areas.", |list: &L| {
            Value::word(area_source_code(list.head.area_source))
        }),
        Column::new(
            "code_owners_path",
            Kind::Path,
            "The CODEOWNERS file; `null` if there is none.",
            |list: &L| list.code_owners_file.clone().map_or(Value::None, Value::Path),
        )
        .nullable(),
    ]
}

/// `Java 93%, Scala 5%`; languages below half a percent are not shown.
fn language_shares(languages: &[LanguageLines]) -> Cell {
    let all: u64 = languages.iter().map(|language| language.lines).sum();
    // Half a percent would be rounded to 0% or 1%, and neither says anything.
    let shares = languages.iter().take(LANGUAGES_SHOWN).filter(|language| language.lines * 200 >= all.max(1));
    let texts: Vec<String> = shares
        .map(|language| format!("{} {:.0}%", language.language, 100.0 * language.lines as f64 / all as f64))
        .collect();
    Cell::new(texts.join(", "))
}

fn language_names(languages: &[LanguageLines]) -> Value {
    Value::Words(languages.iter().map(|language| language.language.0.to_owned()).collect())
}

/// An area with the lines of code of all areas.
struct SizedArea<'a> {
    row: &'a AreaRow,
    all_lines: u64,
}

/// The columns without data, for the schema.
fn area_columns() -> Vec<Column<SizedArea<'static>>> {
    sized_columns()
}

fn sized_columns<'a>() -> Vec<Column<SizedArea<'a>>> {
    let mut columns = area_names();
    columns.extend(area_sizes());
    columns.extend(area_history());
    columns
}

fn area_names<'a>() -> Vec<Column<SizedArea<'a>>> {
    vec![
        Column::new("id", Kind::Word, "Stable identifier, for joins.", |it: &SizedArea<'a>| {
            Value::word(it.row.id.as_str())
        })
        .shown("id", 13)
        .cell(|it| {
            // Most IDs are the name. Only a differing one is worth a column.
            Cell::dim(if it.row.id == it.row.name { String::new() } else { visible(it.row.id.as_bytes()) })
        }),
        Column::new("name", Kind::Text, "Display name.", |it: &SizedArea<'a>| {
            Value::text(it.row.name.as_str())
        })
        .shown("area", 0)
        .like_path(20),
        Column::new("owner", Kind::Text, "Owner of the area; `null` if unknown.", |it: &SizedArea<'a>| {
            it.row.owner.as_deref().map_or(Value::None, Value::text)
        })
        .nullable(),
        Column::new(
            "code_owners",
            Kind::Words,
            "Owners by CODEOWNERS, most lines first; empty if there are none.",
            |it: &SizedArea<'a>| Value::Words(it.row.code_owners.clone()),
        )
        .shown("owner", 4)
        .cell(|it| {
            // The configuration speaks for the area, CODEOWNERS for its files.
            let owner = it.row.owner.as_deref().or(it.row.code_owners.first().map(String::as_str));
            Cell::new(visible(owner.unwrap_or("").as_bytes()))
        }),
        Column::new(
            "aliases",
            Kind::Words,
            "Other names that incidents may use for it.",
            |it: &SizedArea<'a>| Value::Words(it.row.aliases.clone()),
        )
        .shown("aliases", 12),
        Column::new("origin", Kind::Text, "The rule that defines it.", |it: &SizedArea<'a>| {
            Value::text(it.row.origin.as_str())
        }),
    ]
}

fn area_sizes<'a>() -> Vec<Column<SizedArea<'a>>> {
    vec![
        Column::new("files", Kind::Count, "Present files of any class.", |it: &SizedArea<'a>| {
            Value::count(it.row.files)
        })
        .shown("files", 2),
        Column::new("source_files", Kind::Count, "Of these, source files.", |it: &SizedArea<'a>| {
            Value::count(it.row.source_files)
        })
        .shown("source\nfiles", 7),
        Column::new("test_files", Kind::Count, "Of these, test files.", |it: &SizedArea<'a>| {
            Value::count(it.row.test_files)
        })
        .shown("test\nfiles", 9),
        Column::new(
            "source_lines",
            Kind::Count,
            "Lines of code of the source files.",
            |it: &SizedArea<'a>| Value::count(it.row.source_lines),
        )
        .shown("lines\nof code", 0),
        Column::new(
            "share_of_lines",
            Kind::Share,
            "Their share of all lines of code.",
            |it: &SizedArea<'a>| {
                Value::Share(if it.all_lines == 0 {
                    0.0
                } else {
                    it.row.source_lines as f64 / it.all_lines as f64
                })
            },
        )
        .shown("share\nof lines", 3)
        .cell(|it| {
            // A repository may have areas of documents alone, and no line of code.
            let share =
                if it.all_lines == 0 { 0.0 } else { it.row.source_lines as f64 / it.all_lines as f64 };
            Cell::dim(percent(share))
        }),
        Column::new(
            "languages",
            Kind::Words,
            "Languages of the source files, most lines first.",
            |it: &SizedArea<'a>| language_names(&it.row.languages),
        )
        .shown("languages", 1)
        .comfort(17)
        .cell(|it| language_shares(&it.row.languages)),
    ]
}

fn area_history<'a>() -> Vec<Column<SizedArea<'a>>> {
    vec![
        Column::new(
            "revisions",
            Kind::Count,
            "Commits that touched its source files.",
            |it: &SizedArea<'a>| Value::count(it.row.churn.revisions),
        ),
        Column::new(
            "revisions_last_year",
            Kind::Count,
            "Of these, commits in the 365 days to `as_of`.",
            |it: &SizedArea<'a>| Value::count(it.row.revisions_last_year),
        )
        .shown("commits\nlast year", 6),
        Column::new(
            "authors",
            Kind::Count,
            "Authors of those commits, without bots.",
            |it: &SizedArea<'a>| Value::count(it.row.churn.authors),
        )
        .shown("authors", 8),
        Column::new(
            "last_change_at",
            Kind::Time,
            "Time of its last change; `null` without changes.",
            |it: &SizedArea<'a>| Value::time(it.row.churn.last_change),
        )
        .nullable()
        .shown("last\nchange", 11),
        Column::new("incidents", Kind::Count, "Incidents with any share here.", |it: &SizedArea<'a>| {
            Value::count(it.row.recorded.incidents)
        })
        .shown("incidents\nto date", 5)
        .cell(|it| {
            let incidents = it.row.recorded.incidents;
            Cell::new(if incidents == 0 { String::new() } else { grouped(incidents) })
        }),
        Column::new(
            "cost_so_far",
            Kind::Money,
            "Recorded cost of the incidents here.",
            |it: &SizedArea<'a>| Value::Money(it.row.recorded.costs.clone()),
        )
        .shown("cost\nto date", 5),
    ]
}

fn rule_columns() -> Vec<Column<AreaRuleRow>> {
    type R = AreaRuleRow;
    vec![
        Column::new("area_id", Kind::Word, "ID of the area.", |row: &R| Value::word(row.area.as_str()))
            .shown("area", 0)
            .like_path(16)
            .cell(|row| Cell::new(visible(row.area_name.as_bytes()))),
        Column::new(
            "rule",
            Kind::Text,
            "A pattern, a CODEOWNERS line, a manifest or a folder; `no rule` for unassigned files.",
            |row: &R| Value::text(row.rule.as_deref().unwrap_or("no rule")),
        )
        .shown("rule", 0)
        .like_path(20),
        Column::new("files", Kind::Count, "Present files that it matches.", |row: &R| {
            Value::count(row.files)
        })
        .shown("files", 0),
        Column::new("source_files", Kind::Count, "Of these, source files.", |row: &R| {
            Value::count(row.source_files)
        })
        .shown("source\nfiles", 2),
        Column::new("source_lines", Kind::Count, "Lines of code of the source files.", |row: &R| {
            Value::count(row.source_lines)
        })
        .shown("lines\nof code", 1),
    ]
}

/// The columns of the unassigned files: tables need neither area nor rule, which never differ.
fn rest_columns() -> Vec<Column<AreaMemberRow>> {
    let mut columns = member_columns();
    for column in &mut columns {
        if matches!(column.field.key, "area_ids" | "rules") {
            // Only tables: the data of both lists has the same columns.
            column.shown = None;
        }
    }
    columns
}

fn member_columns() -> Vec<Column<AreaMemberRow>> {
    type M = AreaMemberRow;
    vec![
        Column::new("name", Kind::Text, "Display name.", |row: &M| Value::text(row.name.as_str()))
            .shown("file", 0)
            .like_path(24)
            .cell(|row| {
                // The path has the exact bytes; the name is lossy text for JSON.
                Cell::new(visible(row.path.as_ref().map_or(row.name.as_bytes(), |path| path.as_bytes())))
            }),
        Column::new("path", Kind::Path, "The path; `null` for top-level files.", |row: &M| {
            row.path.clone().map_or(Value::None, Value::Path)
        })
        .nullable(),
        Column::new("area_ids", Kind::Words, "Areas of its files; exactly one for a file.", |row: &M| {
            Value::Words(row.areas.clone())
        })
        .shown("area", 0)
        .cell(|row| Cell::new(visible(row.area_names.join(", ").as_bytes()))),
        Column::new(
            "rules",
            Kind::Words,
            "The rules that match the files; empty for unassigned files.",
            |row: &M| Value::Words(row.rules.clone()),
        )
        .shown("rule", 3),
        Column::new("classes", Kind::Words, "Classes of its files; exactly one for a file.", |row: &M| {
            Value::Words(row.classes.iter().map(|class| class.name().to_owned()).collect())
        })
        .shown("class", 2),
        Column::new("files", Kind::Count, "Present files of any class.", |row: &M| Value::count(row.files))
            .shown("files", 3),
        Column::new("source_files", Kind::Count, "Of these, source files.", |row: &M| {
            Value::count(row.source_files)
        })
        .shown("source\nfiles", 4)
        .cell(|row| Cell::new(count(row.source_files))),
        Column::new("source_lines", Kind::Count, "Lines of code of the source files.", |row: &M| {
            Value::count(row.source_lines)
        })
        .shown("lines\nof code", 1),
        Column::new(
            "languages",
            Kind::Words,
            "Languages of the source files, most lines first.",
            |row: &M| language_names(&row.languages),
        )
        .shown("languages", 5)
        .cell(|row| language_shares(&row.languages)),
    ]
}
