//! A list of areas: its columns and its sentences.

use super::RenderOptions;
use super::document::Cell;
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, grouped, percent};
use super::text::visible;
use super::words::area_source_code;
use debtscan_findings::{AreaList, AreaMemberRow, AreaRow, AreaRuleRow, AreaSource, Grouping, LanguageLines};

/// Languages named in a cell; machines have all.
const LANGUAGES_SHOWN: usize = 3;

/// What the list consists of.
pub(super) fn shape() -> Shape {
    Shape {
        name: "areas",
        doc: "The areas of the code, what each holds, and which rule took which files.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![areas_shape(), rules_shape(), rest_shape(), members_shape()],
    }
}

fn areas_shape() -> SheetShape {
    SheetShape::new("areas", "area", "An area.", &area_columns())
}

fn rules_shape() -> SheetShape {
    SheetShape::new("rules", "rule", "A rule and the present files that it took.", &rule_columns())
}

fn rest_shape() -> SheetShape {
    let doc = "A folder with present files that no rule took; only those are counted.";
    SheetShape::new("rest", "rest", doc, &member_columns())
}

fn members_shape() -> SheetShape {
    let doc = "A file or folder (`group`) and the areas that hold it; none with `--group area`.";
    SheetShape::new("members", "member", doc, &member_columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a AreaList, options: &RenderOptions) -> View<'a> {
    let areas: Vec<Row<'_>> =
        list.areas.iter().map(|row| Row { row, all_lines: list.source_lines }).collect();
    let areas = Sheet::new(areas_shape(), &sized_columns(), &areas, areas_caption(), options);
    let rules = Sheet::new(rules_shape(), &rule_columns(), &list.rules, rules_caption(list), options);
    let rest = Sheet::new(rest_shape(), &member_columns(), &list.rest, rest_caption(list), options);
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
            "packages: workspace members and other folders with a manifest, the innermost wins".to_owned()
        }
        AreaSource::Directories(depth) => format!("folders, at most {depth} deep"),
        AreaSource::Folders | AreaSource::Auto => "folders, large ones split".to_owned(),
    };
    let rest = match list.rest_files {
        0 => "every file is in one of them".to_owned(),
        files => format!("{} in no other area", counted(files, "file is", "files are")),
    };
    format!(
        "{} of {}, made from {source}; {rest}.",
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
        AreaSource::Config => "the first area that matches a path holds it",
        AreaSource::CodeOwners => "the last line that matches a path decides",
        _ => "the innermost folder decides",
    };
    Caption {
        title: "WHICH RULE TOOK WHICH FILES".to_owned(),
        aside: aside.to_owned(),
        subject: None,
        notes: Vec::new(),
        default_top: 20,
    }
}

fn rest_caption(list: &AreaList) -> Caption {
    Caption {
        title: "IN NO OTHER AREA".to_owned(),
        aside: format!("{} by folder", counted(list.rest_files, "file", "files")),
        subject: Some("folder"),
        notes: Vec::new(),
        default_top: 10,
    }
}

fn members_caption(list: &AreaList) -> Caption {
    let (title, subject) = match list.grouping {
        Grouping::Directory => ("FOLDERS AND THEIR AREAS", "folder"),
        Grouping::File | Grouping::Area => ("FILES AND THEIR AREAS", "file"),
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
    if list.head.area_source != AreaSource::Config {
        let command = options.invocation.command("areas --write-config");
        next.push((command, "the map as [[area]] tables, to start from".to_owned()));
    }
    if list.grouping == Grouping::Area {
        let command = options.invocation.command("areas --group dir");
        next.push((command, "which area each folder is in".to_owned()));
    }
    next
}

fn summary() -> Vec<Column<AreaList>> {
    type L = AreaList;
    vec![
        Column::new("areas", Kind::Count, "Areas, the rest included.", |list: &L| {
            Value::count(list.areas.len())
        }),
        Column::new("files", Kind::Count, "Present files of any class.", |list: &L| Value::count(list.files)),
        Column::new("source_lines", Kind::Count, "Lines of code of source files.", |list: &L| {
            Value::count(list.source_lines)
        }),
        Column::new("rest_files", Kind::Count, "Present files that no rule took.", |list: &L| {
            Value::count(list.rest_files)
        }),
        Column::new("area_source", Kind::Word, "What the areas were made from.", |list: &L| {
            Value::word(area_source_code(list.head.area_source))
        }),
        Column::new(
            "code_owners_path",
            Kind::Path,
            "The CODEOWNERS file; `null` when there is none.",
            |list: &L| list.code_owners_file.clone().map_or(Value::None, Value::Path),
        )
        .nullable(),
    ]
}

/// `Java 93 %, Scala 5 %`; a language of less than half a per cent is left out.
fn language_shares(languages: &[LanguageLines]) -> Cell {
    let all: u64 = languages.iter().map(|language| language.lines).sum();
    let shares = languages.iter().take(LANGUAGES_SHOWN).filter(|language| language.lines * 200 >= all.max(1));
    let texts: Vec<String> = shares
        .map(|language| format!("{} {:.0} %", language.language, 100.0 * language.lines as f64 / all as f64))
        .collect();
    Cell::new(texts.join(", "))
}

fn language_names(languages: &[LanguageLines]) -> Value {
    Value::Words(languages.iter().map(|language| language.language.0.to_owned()).collect())
}

/// An area beside the lines of all.
struct Row<'a> {
    row: &'a AreaRow,
    all_lines: u64,
}

/// The columns without the data of any list, for the schema.
fn area_columns() -> Vec<Column<Row<'static>>> {
    sized_columns()
}

fn sized_columns<'a>() -> Vec<Column<Row<'a>>> {
    let mut columns = area_names();
    columns.extend(area_sizes());
    columns.extend(area_history());
    columns
}

fn area_names<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::new("id", Kind::Word, "Stable identifier: join by it.", |it: &Row<'a>| {
            Value::word(it.row.id.as_str())
        })
        .shown("id", 13)
        .cell(|it| {
            Cell::dim(if it.row.id == it.row.name { String::new() } else { visible(it.row.id.as_bytes()) })
        }),
        Column::new("name", Kind::Text, "The name that reports show.", |it: &Row<'a>| {
            Value::text(it.row.name.as_str())
        })
        .shown("area", 0)
        .like_path(20),
        Column::new("owner", Kind::Text, "Who answers for it; `null` when unknown.", |it: &Row<'a>| {
            it.row.owner.as_deref().map_or(Value::None, Value::text)
        })
        .nullable(),
        Column::new(
            "code_owners",
            Kind::Words,
            "Owners by CODEOWNERS, those of most lines first; empty when there are none.",
            |it: &Row<'a>| Value::Words(it.row.code_owners.clone()),
        )
        .shown("owner", 4)
        .cell(|it| {
            let owner = it.row.owner.as_deref().or(it.row.code_owners.first().map(String::as_str));
            Cell::new(visible(owner.unwrap_or("").as_bytes()))
        }),
        Column::new("aliases", Kind::Words, "Other names by which incidents may call it.", |it: &Row<'a>| {
            Value::Words(it.row.aliases.clone())
        })
        .shown("aliases", 12),
        Column::new("origin", Kind::Text, "The rule that made it.", |it: &Row<'a>| {
            Value::text(it.row.origin.as_str())
        }),
    ]
}

fn area_sizes<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::new("files", Kind::Count, "Present files of any class.", |it: &Row<'a>| {
            Value::count(it.row.files)
        })
        .shown("files", 2),
        Column::new("source_files", Kind::Count, "Of these, source files.", |it: &Row<'a>| {
            Value::count(it.row.source_files)
        })
        .shown("source\nfiles", 7),
        Column::new("test_files", Kind::Count, "Of these, test files.", |it: &Row<'a>| {
            Value::count(it.row.test_files)
        })
        .shown("test\nfiles", 9),
        Column::new("source_lines", Kind::Count, "Lines of code of the source files.", |it: &Row<'a>| {
            Value::count(it.row.source_lines)
        })
        .shown("lines\nof code", 0),
        Column::new("share_of_lines", Kind::Share, "Their share of all lines of code.", |it: &Row<'a>| {
            Value::Share(if it.all_lines == 0 {
                0.0
            } else {
                it.row.source_lines as f64 / it.all_lines as f64
            })
        })
        .shown("share\nof lines", 3)
        .cell(|it| {
            let share =
                if it.all_lines == 0 { 0.0 } else { it.row.source_lines as f64 / it.all_lines as f64 };
            Cell::dim(percent(share))
        }),
        Column::new(
            "languages",
            Kind::Words,
            "Languages of the source files, most lines first.",
            |it: &Row<'a>| language_names(&it.row.languages),
        )
        .shown("languages", 1)
        .comfort(17)
        .cell(|it| language_shares(&it.row.languages)),
    ]
}

fn area_history<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::new("revisions", Kind::Count, "Commits that touched its source files.", |it: &Row<'a>| {
            Value::count(it.row.churn.revisions)
        }),
        Column::new(
            "revisions_last_year",
            Kind::Count,
            "Of these, commits of the 365 days to `as_of`.",
            |it: &Row<'a>| Value::count(it.row.revisions_last_year),
        )
        .shown("revs\na year", 6),
        Column::new(
            "authors",
            Kind::Count,
            "People who wrote those commits, bots left out.",
            |it: &Row<'a>| Value::count(it.row.churn.authors),
        )
        .shown("authors", 8),
        Column::new(
            "last_change_at",
            Kind::Time,
            "Its last change; `null` without changes.",
            |it: &Row<'a>| Value::time(it.row.churn.last_change),
        )
        .nullable()
        .shown("last\nchange", 11),
        Column::new("incidents", Kind::Count, "Different incidents with any part here.", |it: &Row<'a>| {
            Value::count(it.row.recorded.incidents)
        })
        .shown("incidents\nso far", 5)
        .cell(|it| {
            let incidents = it.row.recorded.incidents;
            Cell::new(if incidents == 0 { String::new() } else { grouped(incidents) })
        }),
        Column::new("cost_so_far", Kind::Money, "Recorded cost of the incidents here.", |it: &Row<'a>| {
            Value::Money(it.row.recorded.costs.clone())
        })
        .shown("cost\nso far", 5),
    ]
}

fn rule_columns() -> Vec<Column<AreaRuleRow>> {
    type R = AreaRuleRow;
    vec![
        Column::new("area_id", Kind::Word, "Id of the area.", |row: &R| Value::word(row.area.as_str()))
            .shown("area", 0)
            .like_path(16)
            .cell(|row| Cell::new(visible(row.area_name.as_bytes()))),
        Column::new(
            "rule",
            Kind::Text,
            "A pattern, a line of CODEOWNERS, a manifest or a folder; `no rule` in the rest.",
            |row: &R| Value::text(row.rule.as_deref().unwrap_or("no rule")),
        )
        .shown("rule", 0)
        .like_path(20),
        Column::new("files", Kind::Count, "Present files that it took.", |row: &R| Value::count(row.files))
            .shown("files", 0),
        Column::new("source_files", Kind::Count, "Of these, source files.", |row: &R| {
            Value::count(row.source_files)
        })
        .shown("source\nfiles", 2),
        Column::new("source_lines", Kind::Count, "Lines of code of those.", |row: &R| {
            Value::count(row.source_lines)
        })
        .shown("lines\nof code", 1),
    ]
}

fn member_columns() -> Vec<Column<AreaMemberRow>> {
    type M = AreaMemberRow;
    vec![
        Column::new("name", Kind::Text, "Path for people.", |row: &M| Value::text(row.name.as_str()))
            .shown("file", 0)
            .like_path(24)
            .cell(|row| {
                Cell::new(visible(row.path.as_ref().map_or(row.name.as_bytes(), |path| path.as_bytes())))
            }),
        Column::new("path", Kind::Path, "The path; `null` for files in no folder.", |row: &M| {
            row.path.clone().map_or(Value::None, Value::Path)
        })
        .nullable(),
        Column::new("area_ids", Kind::Words, "Areas of the files: one for a file.", |row: &M| {
            Value::Words(row.areas.clone())
        })
        .shown("area", 0)
        .cell(|row| Cell::new(visible(row.area_names.join(", ").as_bytes()))),
        Column::new("rules", Kind::Words, "The rules that took the files; empty in the rest.", |row: &M| {
            Value::Words(row.rules.clone())
        })
        .shown("rule", 2),
        Column::new("files", Kind::Count, "Present files of any class.", |row: &M| Value::count(row.files))
            .shown("files", 3),
        Column::new("source_files", Kind::Count, "Of these, source files.", |row: &M| {
            Value::count(row.source_files)
        })
        .shown("source\nfiles", 4)
        .cell(|row| Cell::new(count(row.source_files))),
        Column::new("source_lines", Kind::Count, "Lines of code of those.", |row: &M| {
            Value::count(row.source_lines)
        })
        .shown("lines\nof code", 1),
        Column::new("languages", Kind::Words, "Languages of those, most lines first.", |row: &M| {
            language_names(&row.languages)
        })
        .shown("languages", 5)
        .cell(|row| language_shares(&row.languages)),
    ]
}
