//! What follows lines through history: who last wrote each one, and which commits changed a function.

use crate::{CommitIdx, FileIdx, Skipped};

/// Neighbouring lines of a present file that the same commit wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineRun {
    /// The first line, counted from 1.
    pub first_line: u32,
    /// Number of lines; at least 1.
    pub lines: u32,
    /// The commit that last wrote them; `None` when it lies outside the scanned window, beyond the
    /// edge of a shallow clone, or beyond a limit (which is then in [`Lines::skipped`]).
    pub writer: Option<CommitIdx>,
}

/// What one commit did inside a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionChange {
    /// The commit.
    pub commit: CommitIdx,
    /// Lines of the function that the commit added or rewrote.
    pub added: u32,
    /// Lines that the commit deleted inside the function; of a hunk that reaches beyond the function,
    /// the share of its new lines that lie in the function.
    pub deleted: u32,
}

/// The commits that changed one function of a present file, as far back as its lines can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionHistory {
    /// Oldest first, ascending by commit, unique by it.
    pub changes: Vec<FunctionChange>,
}

/// What is known of the lines of one present file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLines {
    /// The file.
    pub file: FileIdx,
    /// Who last wrote each line: ascending, without gap or overlap, neighbours of different commits;
    /// together all lines of the file, none for an empty one.
    pub owners: Vec<LineRun>,
    /// One per entry of [`FileComplexity::functions`](crate::FileComplexity::functions), in its order.
    pub functions: Vec<FunctionHistory>,
}

impl FileLines {
    /// The commit that last wrote a line, counted from 1; `None` when it is not known or there is no
    /// such line.
    pub fn writer(&self, line: u32) -> Option<CommitIdx> {
        let after = self.owners.partition_point(|run| run.first_line <= line);
        let run = &self.owners[after.checked_sub(1)?];
        if line - run.first_line < run.lines { run.writer } else { None }
    }
}

/// The lines of those files that were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// Sorted by file, unique. A file that is binary, gone or unreadable is not among them.
    pub files: Vec<FileLines>,
    /// What could not be followed to its end: sorted, unique.
    pub skipped: Vec<Skipped>,
}

impl Lines {
    /// The lines of one file, if they were asked for and could be read.
    pub fn of(&self, file: FileIdx) -> Option<&FileLines> {
        self.files.binary_search_by_key(&file, |lines| lines.file).ok().map(|position| &self.files[position])
    }
}

/// A commit from which lines came that a fix deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The commit.
    pub commit: CommitIdx,
    /// How many of the deleted lines it wrote; at least 1.
    pub lines: u32,
}

/// Where the lines came from that one commit deleted from source files.
///
/// A hint at what introduced the defect that the commit fixed (the method of Śliwerski, Zimmermann &
/// Zeller 2005), and no more: what was missing cannot be deleted, and the author of a line need not have
/// made the mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixOrigins {
    /// The commit that deleted the lines.
    pub fix: CommitIdx,
    /// Lines that it deleted and that say something: neither blank, punctuation alone nor comment, and
    /// not put elsewhere in the same file or differing in white space alone.
    pub deleted: u32,
    /// The commits that wrote them: most lines first, then the oldest; unique.
    pub origins: Vec<Origin>,
    /// Lines whose origin is not known: outside the window, beyond a limit, or in a commit that is
    /// passed over and left no trace of them.
    pub untraced: u32,
}

/// The origins of the lines that some commits deleted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    /// One per commit that was asked for: sorted by commit, unique.
    pub fixes: Vec<FixOrigins>,
    /// What could not be followed to its end: sorted, unique.
    pub skipped: Vec<Skipped>,
}

impl Origins {
    /// The origins of the lines that one commit deleted, if it was asked for.
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
