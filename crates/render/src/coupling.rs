//! The coupling list: columns and sentences.

use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, grouped};
use super::text::visible;
use crate::options::{Format, Invocation, RenderOptions};
use debtscan_findings::{
    CouplingList, CouplingOrder, CouplingPair, CouplingSide, CouplingSum, Expected, Grouping, Relation,
};

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "coupling",
        doc: "Change coupling: files, folders or areas that change in the same commits, with code-maat's degree.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![pairs_shape(), sums_shape()],
    }
}

fn pairs_shape() -> SheetShape {
    let doc = "A pair of files, folders or areas (`group`) above every threshold.";
    SheetShape::new("pairs", "pair", doc, &pair_columns())
}

fn sums_shape() -> SheetShape {
    let doc = "A file, folder or area (`group`) with at least one counted commit.";
    SheetShape::new("sums", "sum", doc, &sum_columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a CouplingList, options: &RenderOptions) -> View<'a> {
    let pairs = match options.format {
        // People read hidden coupling and expected coupling as two findings. Programs filter one
        // list.
        Format::Table | Format::Markdown | Format::Html => sections(list, options),
        Format::Json | Format::Ndjson | Format::Csv => {
            vec![Sheet::new(pairs_shape(), &pair_columns(), &list.pairs, Caption::default(), options)]
        }
    };
    let sums = Sheet::new(sums_shape(), &sum_columns(), &list.sums, sums_caption(list), options);
    View {
        name: "coupling",
        head: &list.head,
        group: Some(list.grouping.word()),
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        sheets: match list.order {
            CouplingOrder::Pairs => pairs.into_iter().chain([sums]).collect(),
            // CSV has the first table only.
            CouplingOrder::Sums => std::iter::once(sums).chain(pairs).collect(),
        },
        next: next(list, &options.invocation),
    }
}

fn unit(grouping: Grouping) -> (&'static str, &'static str) {
    match grouping {
        Grouping::File => ("file", "files"),
        Grouping::Directory => ("folder", "folders"),
        Grouping::Area => ("area", "areas"),
    }
}

fn with_relation(list: &CouplingList, is_such: impl Fn(Relation) -> bool) -> usize {
    list.pairs.iter().filter(|pair| is_such(pair.relation)).count()
}

fn lead(list: &CouplingList) -> Vec<String> {
    let (one, many) = unit(list.grouping);
    if list.pairs.is_empty() {
        return vec![format!("No two {many} change together often enough to be listed.")];
    }
    let hidden = with_relation(list, |relation| relation == Relation::Hidden);
    let expected = with_relation(list, |relation| matches!(relation, Relation::Expected(_)));
    let imported = with_relation(list, |relation| relation == Relation::Imported);
    let in_one = with_relation(list, |relation| relation == Relation::SamePackage);
    let unknown = with_relation(list, |relation| relation == Relation::Unknown);
    let parts = [
        (hidden, "hidden"),
        (expected, "expected"),
        (imported, "explained by an import"),
        (in_one, "in the same package"),
        (unknown, "in languages without import analysis"),
    ];
    let part = |(number, words): &(usize, &str)| format!("{} {words}", count(*number));
    let parts: Vec<String> = parts.iter().filter(|(number, _)| *number > 0).map(part).collect();
    vec![format!(
        "{} {} together: {}.",
        counted(list.pairs.len(), &format!("{one} pair"), &format!("{one} pairs")),
        if list.pairs.len() == 1 { "changes" } else { "change" },
        parts.join(", ")
    )]
}

/// The pairs in the order of tables: hidden coupling first, expected coupling last.
fn sections(list: &CouplingList, options: &RenderOptions) -> Vec<Sheet> {
    let sheet = |is_such: fn(Relation) -> bool, caption: Caption| {
        let of = list.pairs.iter().filter(|pair| is_such(pair.relation));
        let rows: Vec<CouplingPair> = of.cloned().collect();
        Sheet::new(pairs_shape(), &pair_columns(), &rows, caption, options)
    };
    let (one, many) = unit(list.grouping);
    let caption = |title: &str, aside: String, default_top: usize| Caption {
        title: title.to_owned(),
        aside,
        subject: Some(one),
        notes: Vec::new(),
        default_top,
    };
    let neither = format!("{many} that change together without importing each other");
    let hidden = Caption { notes: notes(list), ..caption("HIDDEN COUPLING", neither, 10) };
    let kinds = "import, same package, or imports not analysed".to_owned();
    let other = caption("OTHER COUPLING", kinds, 10);
    let expected =
        // Fewer rows than the others have: these pairs are as they should be.
        caption("EXPECTED COUPLING", "tests with their subjects, headers with their sources".to_owned(), 5);
    vec![
        sheet(|relation| relation == Relation::Hidden, hidden),
        sheet(|it| matches!(it, Relation::Imported | Relation::SamePackage | Relation::Unknown), other),
        sheet(|relation| matches!(relation, Relation::Expected(_)), expected),
    ]
}

fn notes(list: &CouplingList) -> Vec<Note> {
    let gates = &list.gates;
    let ignored = match list.ignored_commits {
        0 => String::new(),
        commits => format!(" and {} listed in .git-blame-ignore-revs", count(commits)),
    };
    // A limit of 100% excludes nothing.
    let most =
        if gates.max_degree < 100 { format!(", at most {}%", gates.max_degree) } else { String::new() };
    let texts = [
        format!(
            "degree = 100 × shared / mean commits{}, over {}{}; excluded: {} of more than {}{ignored}",
            if list.renames_followed { ", including former names of a file" } else { "" },
            counted(list.commits, "commit", "commits"),
            // Along first parents the merges are the changes.
            if list.head.first_parent { "" } else { " without merges" },
            counted(list.wide_commits, "commit", "commits"),
            counted(gates.max_changeset, "file", "files"),
        ),
        format!(
            "thresholds: at least {}, {}, {}% degree{most}",
            of_commits(gates.min_revisions, "mean"),
            of_commits(gates.min_shared, "shared"),
            gates.min_degree
        ),
    ];
    texts.into_iter().map(|text| Note::new("", text, Look::Dim)).collect()
}

/// A number of commits of a kind: `5 shared commits`.
fn of_commits(n: u32, kind: &str) -> String {
    format!("{} {kind} {}", grouped(n), if n == 1 { "commit" } else { "commits" })
}

fn sums_caption(list: &CouplingList) -> Caption {
    let (one, many) = unit(list.grouping);
    // Documents and data are in a commit too, and code-maat counts them.
    let others = if list.grouping == Grouping::File { "other files, of any class," } else { many };
    Caption {
        title: "SUM OF COUPLING".to_owned(),
        aside: format!("number of {others} in its commits, counted per commit"),
        subject: Some(one),
        notes: Vec::new(),
        default_top: 5,
    }
}

fn next(list: &CouplingList, invocation: &Invocation) -> Vec<(String, String)> {
    let mut next = Vec::new();
    if list.grouping != Grouping::Area {
        let command = invocation.command("coupling --group area");
        next.push((command, "coupling between areas".to_owned()));
    }
    next.push((invocation.command("hotspots"), "complex code that changes often".to_owned()));
    next
}

fn summary() -> Vec<Column<CouplingList>> {
    type L = CouplingList;
    vec![
        Column::new("files", Kind::Count, "Present source and test files.", |list: &L| {
            Value::count(list.files)
        }),
        Column::new(
            "files_without_imports",
            Kind::Count,
            "Of these, files without import analysis.",
            |list: &L| Value::count(list.files_without_imports),
        ),
        Column::new("commits", Kind::Count, "Counted commits.", |list: &L| Value::count(list.commits)),
        Column::new(
            "wide_commits",
            Kind::Count,
            "Excluded commits: they touch too many files.",
            |list: &L| Value::count(list.wide_commits),
        ),
        Column::new(
            "ignored_commits",
            Kind::Count,
            "Excluded commits: they are listed in .git-blame-ignore-revs.",
            |list: &L| Value::count(list.ignored_commits),
        ),
        Column::new(
            "min_revisions",
            Kind::Count,
            "Threshold: lowest mean number of commits of the two.",
            |list: &L| Value::count(list.gates.min_revisions),
        ),
        Column::new("min_shared", Kind::Count, "Threshold: lowest number of shared commits.", |list: &L| {
            Value::count(list.gates.min_shared)
        }),
        Column::new("min_degree", Kind::Count, "Threshold: lowest degree, in percent.", |list: &L| {
            Value::count(list.gates.min_degree)
        }),
        Column::new("max_degree", Kind::Count, "Threshold: highest degree, in percent.", |list: &L| {
            Value::count(list.gates.max_degree)
        }),
        Column::new(
            "max_changeset_size",
            Kind::Count,
            "Threshold: commits of more files, of any class, are excluded.",
            |list: &L| Value::count(list.gates.max_changeset),
        ),
        Column::new("expected_pairs", Kind::Count, "Pairs expected to change together.", |list: &L| {
            Value::count(with_relation(list, |relation| matches!(relation, Relation::Expected(_))))
        }),
        Column::new("imported_pairs", Kind::Count, "Pairs in which one imports the other.", |list: &L| {
            Value::count(with_relation(list, |relation| relation == Relation::Imported))
        }),
        Column::new("hidden_pairs", Kind::Count, "Pairs without an import between them.", |list: &L| {
            Value::count(with_relation(list, |relation| relation == Relation::Hidden))
        }),
        Column::new(
            "same_package_pairs",
            Kind::Count,
            "Pairs in the same package, which need no import.",
            |list: &L| Value::count(with_relation(list, |relation| relation == Relation::SamePackage)),
        ),
        Column::new("unknown_pairs", Kind::Count, "Pairs without import analysis.", |list: &L| {
            Value::count(with_relation(list, |relation| relation == Relation::Unknown))
        }),
    ]
}

// The path has the exact bytes; the name is lossy text for JSON.
fn name_cell(side: &CouplingSide) -> Cell {
    Cell::new(visible(side.path.as_ref().map_or(side.name.as_bytes(), |path| path.as_bytes())))
}

fn path_value(side: &CouplingSide) -> Value {
    side.path.clone().map_or(Value::None, Value::Path)
}

fn area_value(side: &CouplingSide) -> Value {
    side.area.clone().map_or(Value::None, Value::Word)
}

fn pair_columns() -> Vec<Column<CouplingPair>> {
    type P = CouplingPair;
    const PATH: &str = "Path of a file or folder; `null` for an area and for top-level files.";
    const AREA: &str = "ID of its area; `null` for a folder with files in several areas.";
    let mut columns = vec![
        Column::new("degree", Kind::Figure, "100 x shared / mean revisions, in percent.", |pair: &P| {
            Value::Figure(pair.degree())
        })
        .shown("degree", 0)
        // Only shown in whole percent; the thresholds apply to the exact value.
        .cell(|pair| Cell::new(format!("{:.0}%", pair.degree()))),
        Column::new("a", Kind::Text, "Display name of the first.", |pair: &P| {
            Value::text(pair.a.name.as_str())
        })
        .shown("file", 0)
        .like_path(26)
        .cell(|pair| name_cell(&pair.a)),
        Column::new("b", Kind::Text, "Display name of the second.", |pair: &P| {
            Value::text(pair.b.name.as_str())
        })
        .shown("coupled with", 0)
        .like_path(26)
        .cell(|pair| name_cell(&pair.b)),
        Column::new("a_path", Kind::Path, PATH, |pair: &P| path_value(&pair.a)).nullable(),
        Column::new("b_path", Kind::Path, PATH, |pair: &P| path_value(&pair.b)).nullable(),
        Column::new("a_area_id", Kind::Word, AREA, |pair: &P| area_value(&pair.a)).nullable(),
        Column::new("b_area_id", Kind::Word, AREA, |pair: &P| area_value(&pair.b)).nullable(),
        Column::new("shared", Kind::Count, "Commits that touched both.", |pair: &P| {
            Value::count(pair.shared)
        })
        .shown("shared\ncommits", 1),
        Column::new("a_revisions", Kind::Count, "Commits that touched the first.", |pair: &P| {
            Value::count(pair.a.revisions)
        }),
        Column::new("b_revisions", Kind::Count, "Commits that touched the second.", |pair: &P| {
            Value::count(pair.b.revisions)
        }),
        Column::new("mean_revisions", Kind::Figure, "Mean number of commits of the two.", |pair: &P| {
            Value::Figure(pair.mean_revisions())
        })
        .shown("mean\ncommits", 4)
        .cell(|pair| Cell::new(super::number::incidents(pair.mean_revisions(), 1))),
    ];
    columns.extend(pair_detail_columns());
    columns
}

fn pair_detail_columns() -> Vec<Column<CouplingPair>> {
    type P = CouplingPair;
    vec![
        Column::new("shared_last_year", Kind::Count, "Shared commits in the 365 days to `as_of`.", |pair: &P| {
            Value::count(pair.shared_last_year)
        })
        .shown("shared\nlast year", 3),
        Column::new("last_shared_at", Kind::Time, "Time of the last shared commit.", |pair: &P| {
            Value::time(pair.last_shared)
        })
        .nullable()
        .shown("last\nshared", 7),
        Column::new(
            "relation",
            Kind::Word,
            "`test-and-subject` or `header-and-source` (both expected), `imported`, `same-package`, `hidden` or \
             `unknown`.",
            |pair: &P| Value::word(pair.relation.code()),
        )
        .shown("link", 0)
        .cell(|pair| match pair.relation {
            Relation::Expected(Expected::TestAndSubject) => Cell::dim("test"),
            Relation::Expected(Expected::HeaderAndSource) => Cell::dim("header"),
            Relation::Imported => Cell::new("import"),
            Relation::Hidden => Cell::with_look("hidden", Look::Accent),
            Relation::SamePackage => Cell::dim("same package"),
            Relation::Unknown => Cell::dim("unknown"),
        }),
        Column::new(
            "import",
            Kind::Word,
            "Direct imports: `a-imports-b`, `b-imports-a`, `both`, `none`, `not-needed` (same package) or \
             `unknown`.",
            |pair: &P| Value::word(pair.import.code()),
        ),
        Column::new(
            "crosses_areas",
            Kind::Flag,
            "Whether the two are in different areas; `null` if one is in several.",
            |pair: &P| pair.crosses_areas.map_or(Value::None, Value::Flag),
        )
        .nullable()
        .shown("across\nareas", 5)
        .cell(|pair| {
            // Two areas are always different ones, so a list of areas needs no such column.
            let crosses = pair.a.path.is_some() && pair.crosses_areas == Some(true);
            Cell::new(if crosses { "yes" } else { "" })
        }),
        Column::new("shared_incidents", Kind::Count, "Incidents with a share in both.", |pair: &P| {
            Value::count(pair.shared_incidents)
        })
        .shown("incidents\nin both", 2)
        .cell(|pair| {
            let incidents = pair.shared_incidents;
            Cell::new(if incidents == 0 { String::new() } else { grouped(incidents) })
        }),
    ]
}

fn sum_columns() -> Vec<Column<CouplingSum>> {
    type S = CouplingSum;
    vec![
        Column::new(
            "sum",
            Kind::Count,
            "Sum of coupling: number of others in each of its commits, summed over the commits.",
            |sum: &S| Value::count(sum.sum),
        )
        .shown("sum", 0),
        Column::new("name", Kind::Text, "Display name.", |sum: &S| Value::text(sum.side.name.as_str()))
            .shown("file", 0)
            .like_path(24)
            .cell(|sum| name_cell(&sum.side)),
        Column::new(
            "path",
            Kind::Path,
            "Path of a file or folder; `null` for an area and for top-level files.",
            |sum: &S| path_value(&sum.side),
        )
        .nullable(),
        Column::new(
            "area_id",
            Kind::Word,
            "ID of its area; `null` for a folder with files in several areas.",
            |sum: &S| area_value(&sum.side),
        )
        .nullable(),
        Column::new("revisions", Kind::Count, "Counted commits that touched it.", |sum: &S| {
            Value::count(sum.side.revisions)
        })
        .shown("commits", 2),
        Column::new("pairs", Kind::Count, "Listed pairs that include it.", |sum: &S| Value::count(sum.pairs))
            .shown("pairs", 1),
        Column::new("hidden_pairs", Kind::Count, "Of these, hidden pairs.", |sum: &S| {
            Value::count(sum.hidden_pairs)
        })
        .shown("hidden\npairs", 3),
        Column::new(
            "strongest_degree",
            Kind::Figure,
            "Highest degree of those pairs, in percent; `null` without pairs.",
            |sum: &S| sum.strongest.map_or(Value::None, Value::Figure),
        )
        .nullable()
        .shown("highest\ndegree", 4)
        .cell(|sum| Cell::new(sum.strongest.map_or_else(String::new, |degree| format!("{degree:.0}%")))),
    ]
}
