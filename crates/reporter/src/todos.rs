//! Self-admitted debt: TODO, FIXME, HACK and XXX comments, with place and age.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use debtscan_model::{FileClass, RepoPath, Scan, Timestamp, TodoComment, TodoWord};

use crate::error::BuildError;
use crate::listing::{ListInput, list_head};
use debtscan_findings::{Grouping, ROOT, TodoList, TodoRow, TodoSum};

/// Puts the notes of a scan into a list; `unread` is how many files could not be looked at.
///
/// # Errors
/// When the areas cannot be made as asked.
pub fn todos(
    input: ListInput<'_>,
    notes: &[TodoComment],
    unread: usize,
    grouping: Grouping,
) -> Result<TodoList, BuildError> {
    let analysis = input.analysis()?;
    let scan = input.scan;
    let row = |note: &TodoComment| {
        let written = note.written.map(|commit| scan.commit(commit)).map(|commit| (commit.id, commit.time));
        let file = scan.file(note.file);
        TodoRow {
            path: file.path.clone(),
            line: note.line,
            area: analysis.areas.area(note.file).id.clone(),
            area_name: analysis.areas.area(note.file).name.clone(),
            class: file.class,
            word: note.word,
            text: note.text.clone(),
            by_syntax_tree: note.by_syntax_tree,
            age_days: written.map(|(_, time)| whole_days(time, scan.as_of)),
            written,
        }
    };
    let mut rows: Vec<TodoRow> = notes.iter().map(row).collect();
    rows.sort_by(|a, b| {
        let age = |row: &TodoRow| std::cmp::Reverse(row.age_days);
        (age(a), &a.path, a.line).cmp(&(age(b), &b.path, b.line))
    });
    let area_name = |id: &str| analysis.areas.name_of_id(id).unwrap_or_default();
    let all = TodoSum {
        source_lines: lines(scan, |_| true),
        ..sum(ROOT.to_owned(), None, None, &rows.iter().collect::<Vec<_>>())
    };
    Ok(TodoList {
        head: list_head(&analysis),
        grouping,
        all,
        by_sign: rows.iter().filter(|row| !row.by_syntax_tree).count(),
        undated: rows.iter().filter(|row| row.written.is_none()).count(),
        unread,
        sums: match grouping {
            Grouping::File => grouped(scan, &rows, |row| (Some(row.path.clone()), row.path.to_string())),
            Grouping::Directory => grouped(scan, &rows, |row| {
                let folder = row.path.parent();
                let name = folder.as_ref().map_or_else(|| ROOT.to_owned(), ToString::to_string);
                (folder, name)
            }),
            Grouping::Area => {
                let mut sums = grouped(scan, &rows, |row| (None, area_name(&row.area)));
                // An area has no path by which `grouped` could count its lines.
                for sum in &mut sums {
                    let position = analysis.areas.areas.iter().position(|area| area.name == sum.name);
                    sum.source_lines =
                        position.map_or(0, |area| lines(scan, |file| analysis.areas.area_of[file] == area));
                }
                sums
            }
        },
        rows,
    })
}

fn whole_days(from: Timestamp, to: Timestamp) -> u64 {
    let seconds = u64::try_from(to.0.saturating_sub(from.0)).unwrap_or(0);
    seconds / debtscan_model::SECONDS_PER_DAY.unsigned_abs()
}

/// Lines of code of the present files that are looked at and wanted, by position.
fn lines(scan: &Scan, is_wanted: impl Fn(usize) -> bool) -> u64 {
    let files = scan.files.iter().enumerate().filter(|(position, _)| is_wanted(*position));
    // The words are looked for in these classes, so that only their lines are compared with them.
    let looked_at = files.map(|(_, file)| file).filter(|file| is_looked_at(file.class));
    let complexities = looked_at.filter_map(|file| file.present.as_ref()?.complexity.as_ref());
    complexities.map(|complexity| u64::from(complexity.sloc)).sum()
}

fn is_looked_at(class: FileClass) -> bool {
    matches!(class, FileClass::Source | FileClass::Test | FileClass::Example)
}

/// Sums per key, most comments first.
fn grouped(
    scan: &Scan,
    rows: &[TodoRow],
    key: impl Fn(&TodoRow) -> (Option<RepoPath>, String),
) -> Vec<TodoSum> {
    let mut groups: BTreeMap<(Option<RepoPath>, String), Vec<&TodoRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    let sums = groups.into_iter().map(|((path, name), rows)| {
        let area = rows.iter().all(|row| row.area == rows[0].area).then(|| rows[0].area.clone());
        let source_lines = lines(scan, |position| {
            let file = &scan.files[position].path;
            path.as_ref()
                .map_or(file.parent().is_none(), |path| file == path || file.parent().as_ref() == Some(path))
        });
        TodoSum { source_lines, ..sum(name, path, area, &rows) }
    });
    let mut sums: Vec<TodoSum> = sums.collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.count()));
    sums
}

fn sum(name: String, path: Option<RepoPath>, area: Option<String>, rows: &[&TodoRow]) -> TodoSum {
    let mut ages: Vec<u64> = rows.iter().filter_map(|row| row.age_days).collect();
    ages.sort_unstable();
    TodoSum {
        name,
        path,
        area,
        by_word: TodoWord::ALL.map(|word| rows.iter().filter(|row| row.word == word).count()),
        source_lines: 0,
        oldest_days: ages.last().copied(),
        // The lower of two middle ages, because it is the age of a comment.
        median_days: ages.get(ages.len().saturating_sub(1) / 2).copied(),
    }
}
