//! Hand-made notes.

use debtscan_model::{CommitIdx, FileClass, Scan, TodoComment, TodoWord};

use super::todos;
use crate::listing::ListInput;
use crate::sample::{SampleScan, commit_id, file_idx};
use debtscan_findings::{Grouping, TodoList};
use debtscan_incidents::Incidents;

fn sample() -> Scan {
    SampleScan::new()
        .source("lib/a.c", 100, 0)
        .source("lib/b.c", 50, 0)
        .present("cli/t.c", FileClass::Test, 10, 0)
        .present("notes.md", FileClass::Docs, 7, 0)
        .commit(90, &[("lib/a.c", 9, 0)])
        .commit(10, &[("cli/t.c", 9, 0)])
        .build()
}

fn note(scan: &Scan, path: &str, line: u32, word: TodoWord, written: Option<u32>) -> TodoComment {
    let written = written.map(CommitIdx);
    let text = format!("{} x", word.name());
    TodoComment { file: file_idx(scan, path), line, word, text, by_syntax_tree: line != 7, written }
}

fn list(grouping: Grouping) -> TodoList {
    let scan = sample();
    let notes = [
        note(&scan, "cli/t.c", 3, TodoWord::Hack, Some(1)),
        note(&scan, "lib/a.c", 5, TodoWord::Todo, Some(0)),
        note(&scan, "lib/a.c", 7, TodoWord::Fixme, None),
        note(&scan, "lib/b.c", 1, TodoWord::Todo, Some(1)),
    ];
    let options = crate::sample::options();
    let input = ListInput { scan: &scan, incidents: &Incidents::default(), options: &options };
    todos(input, &notes, 2, grouping).expect("areas by folder")
}

#[test]
fn the_oldest_comes_first_and_what_has_no_age_last() {
    let list = list(Grouping::Area);
    let rows: Vec<_> = list.rows.iter().map(|row| (row.path.to_string(), row.line, row.age_days)).collect();
    let row = |path: &str, line, age| (path.to_owned(), line, age);
    let expected = [
        row("lib/a.c", 5, Some(90)),
        row("cli/t.c", 3, Some(10)),
        row("lib/b.c", 1, Some(10)),
        row("lib/a.c", 7, None),
    ];
    assert_eq!(rows, expected);
    assert_eq!(list.rows[0].written.map(|(commit, _)| commit), Some(commit_id(1)));
    assert_eq!((list.by_sign, list.undated, list.unread), (1, 1, 2));
    assert_eq!((list.all.count(), list.all.by_word), (4, [2, 1, 1, 0]));
    assert_eq!(
        (list.all.source_lines, list.all.oldest_days, list.all.median_days),
        (160, Some(90), Some(10))
    );
}

#[test]
fn sums_are_per_area_folder_or_file() {
    let sums = |grouping| -> Vec<(String, usize, u64, Option<u64>)> {
        let sums = list(grouping).sums;
        sums.into_iter().map(|it| (it.name.clone(), it.count(), it.source_lines, it.oldest_days)).collect()
    };
    let sum = |name: &str, count, lines, oldest| (name.to_owned(), count, lines, Some(oldest));
    assert_eq!(sums(Grouping::Area), [sum("lib", 3, 150, 90), sum("cli", 1, 10, 10)]);
    assert_eq!(sums(Grouping::Directory), [sum("lib", 3, 150, 90), sum("cli", 1, 10, 10)]);
    let files = [sum("lib/a.c", 2, 100, 90), sum("cli/t.c", 1, 10, 10), sum("lib/b.c", 1, 50, 10)];
    assert_eq!(sums(Grouping::File), files);
}
