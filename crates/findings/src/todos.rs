//! Comments that say what is still to be done, where, and since when.

use debtscan_model::{CommitId, FileClass, RepoPath, Timestamp, TodoWord};

use crate::head::{Grouping, ListHead};

/// All comments of the scanned tree that admit debt.
#[derive(Debug, Clone, PartialEq)]
pub struct TodoList {
    /// What was scanned and lost.
    pub head: ListHead,
    /// What a row of `sums` stands for.
    pub grouping: Grouping,
    /// Everything together.
    pub all: TodoSum,
    /// Comments told by a sign rather than by a syntax tree.
    pub by_sign: usize,
    /// Comments whose line's writer is not known.
    pub undated: usize,
    /// Files that could not be read.
    pub unread: usize,
    /// The comments: oldest first, those of unknown age last; then by path and line.
    pub rows: Vec<TodoRow>,
    /// Files, folders or areas with such comments: most first, then by name.
    pub sums: Vec<TodoSum>,
}

/// One comment that admits debt.
#[derive(Debug, Clone, PartialEq)]
pub struct TodoRow {
    /// The file.
    pub path: RepoPath,
    /// The line, counted from 1.
    pub line: u32,
    /// The id of the file's area.
    pub area: String,
    /// Its name.
    pub area_name: String,
    /// What kind of content the file holds.
    pub class: FileClass,
    /// The word.
    pub word: TodoWord,
    /// The comment from the word on; empty when people are anonymous.
    pub text: String,
    /// Whether the syntax tree told that it is a comment.
    pub by_syntax_tree: bool,
    /// The commit that last wrote the line, and its committer time; `None` when that is not known.
    pub written: Option<(CommitId, Timestamp)>,
    /// Days from then to the scanned commit, rounded down; at least 0.
    pub age_days: Option<u64>,
}

/// The comments of one file, folder or area together.
#[derive(Debug, Clone, PartialEq)]
pub struct TodoSum {
    /// Path or name for people.
    pub name: String,
    /// Path of a file or folder; `None` for an area and for the files in no folder.
    pub path: Option<RepoPath>,
    /// Id of the area; `None` for a folder with files of several areas.
    pub area: Option<String>,
    /// How many, by word in the order of [`TodoWord::ALL`].
    pub by_word: [usize; 4],
    /// Lines of code of the files that were looked at.
    pub source_lines: u64,
    /// Age of the oldest in days; `None` when no age is known.
    pub oldest_days: Option<u64>,
    /// Median age in days, the lower of two; `None` when no age is known.
    pub median_days: Option<u64>,
}

impl TodoSum {
    /// How many in all.
    pub fn count(&self) -> usize {
        self.by_word.iter().sum()
    }
}
