//! Lines followed through history: the last writer of each, and the commits that changed a function.

use crate::{CommitIdx, FileIdx, Skipped};

/// Adjacent lines of a present file written by the same commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineRun {
    /// The first line, counted from 1.
    pub first_line: u32,
    /// Number of lines; at least 1.
    pub lines: u32,
    /// The commit that last wrote them; `None` if it is outside the scanned window, beyond the boundary of
    /// a shallow clone, or beyond a limit (which is then in [`Lines::skipped`]).
    pub writer: Option<CommitIdx>,
}

/// The change of a function in a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionChange {
    /// The commit.
    pub commit: CommitIdx,
    /// Lines of the function that the commit added or rewrote.
    pub added: u32,
    /// Lines that the commit deleted inside the function. Of a hunk that extends beyond the function, the
    /// part corresponding to its new lines inside the function.
    pub deleted: u32,
}

/// The commits that changed a function of a present file, as far back as its lines can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionHistory {
    /// Oldest first, ascending by commit, unique.
    pub changes: Vec<FunctionChange>,
}

/// The lines of a present file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLines {
    /// The file.
    pub file: FileIdx,
    /// The last writer of each line: ascending, without gaps or overlaps, adjacent runs from different
    /// commits; together they cover all lines of the file.
    pub owners: Vec<LineRun>,
    /// One per entry of [`FileComplexity::functions`](crate::FileComplexity::functions), in its order.
    pub functions: Vec<FunctionHistory>,
}

impl FileLines {
    /// The commit that last wrote a line, counted from 1; `None` if it is unknown or there is no such line.
    pub fn writer(&self, line: u32) -> Option<CommitIdx> {
        // The run before the first one that begins later is the only candidate, since runs do not
        // overlap. Line 0 has none before it.
        let after = self.owners.partition_point(|run| run.first_line <= line);
        let run = &self.owners[after.checked_sub(1)?];
        if line - run.first_line < run.lines { run.writer } else { None }
    }
}

/// The lines of the requested files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// Sorted by file, unique, without binary, deleted and unreadable files.
    pub files: Vec<FileLines>,
    /// Files that could not be followed completely: sorted, unique.
    pub skipped: Vec<Skipped>,
}

impl Lines {
    /// The lines of a file; `None` if they were not requested or could not be read.
    pub fn of(&self, file: FileIdx) -> Option<&FileLines> {
        self.files.binary_search_by_key(&file, |lines| lines.file).ok().map(|position| &self.files[position])
    }
}

/// A commit that wrote lines which a fix deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The commit.
    pub commit: CommitIdx,
    /// Number of the deleted lines that it wrote; at least 1.
    pub lines: u32,
}

/// The origins of the lines that a commit deleted from source files.
///
/// They suggest what introduced the defect that the commit fixed (the method of Śliwerski, Zimmermann &
/// Zeller 2005). They do not prove it: missing code cannot be deleted, and the author of a line need not
/// have made the mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixOrigins {
    /// The commit that deleted the lines.
    pub fix: CommitIdx,
    /// Number of meaningful lines that it deleted: lines that are not blank, only punctuation or a comment,
    /// and that were neither moved within the file nor changed in white space only.
    pub deleted: u32,
    /// The commits that wrote them: most lines first, then the oldest; unique.
    pub origins: Vec<Origin>,
    /// Number of lines without a known origin: outside the window, beyond a limit, or in a skipped commit
    /// without any trace of them.
    pub untraced: u32,
}

/// The origins of the lines that a set of commits deleted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    /// One per requested commit: sorted by commit, unique.
    pub fixes: Vec<FixOrigins>,
    /// Files that could not be followed completely: sorted, unique.
    pub skipped: Vec<Skipped>,
}

impl Origins {
    /// The origins of the lines that a commit deleted; `None` if it was not requested.
    pub fn of(&self, fix: CommitIdx) -> Option<&FixOrigins> {
        self.fixes
            .binary_search_by_key(&fix, |origins| origins.fix)
            .ok()
            .map(|position| &self.fixes[position])
    }
}

#[cfg(test)]
mod tests {
    use super::{FileLines, LineRun};
    use crate::{CommitIdx, FileIdx};

    #[test]
    fn a_line_is_found_in_its_run() {
        let run =
            |first_line, lines, writer: u32| LineRun { first_line, lines, writer: Some(CommitIdx(writer)) };
        let lines = FileLines {
            file: FileIdx(0),
            owners: vec![run(1, 2, 7), run(3, 1, 4), LineRun { first_line: 4, lines: 2, writer: None }],
            functions: Vec::new(),
        };
        let writers = [0, 1, 2, 3, 4, 5, 6].map(|line| lines.writer(line).map(|commit| commit.0));
        assert_eq!(writers, [None, Some(7), Some(7), Some(4), None, None, None]);
    }
}
