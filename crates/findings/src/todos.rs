//! Self-admitted debt: TODO, FIXME, HACK and XXX comments, with place and age.

use debtscan_model::{CommitId, FileClass, RepoPath, Timestamp, TodoWord};

use crate::head::{Grouping, ListHead};

/// All debt comments of the scanned tree.
#[derive(Debug, Clone, PartialEq)]
pub struct TodoList {
    /// Source and data quality.
    pub head: ListHead,
    /// What a row of `sums` stands for.
    pub grouping: Grouping,
    /// All comments together.
    pub all: TodoSum,
    /// Comments recognised by their marker, without a syntax tree.
    pub by_sign: usize,
    /// Comments on lines of unknown age.
    pub undated: usize,
    /// Files that could not be read.
    pub unread: usize,
    /// The comments: oldest first, those of unknown age last; then by path and line.
    pub rows: Vec<TodoRow>,
    /// Files, folders or areas with such comments: most first, then by name.
    pub sums: Vec<TodoSum>,
}

/// One debt comment.
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
    /// Whether the syntax tree shows that it is a comment.
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
    /// Lines of code of the searched files.
    pub source_lines: u64,
    /// Age of the oldest in days; `None` when no age is known.
    pub oldest_days: Option<u64>,
    /// Median age in days, the lower of two; `None` when no age is known.
    pub median_days: Option<u64>,
}

impl TodoSum {
    /// Number of comments.
    pub fn count(&self) -> usize {
        self.by_word.iter().sum()
    }
}
