//! A scan with three changes.

use debtscan_model::{
    Ancestry, AppliedBy, Author, AuthorIdx, Change, ChangeIdx, ChangeKind, Commit, CommitId, CommitIdx, File,
    FileClass, FileIdx, LineDelta, PathIdx, Scan, ScannedRepository, TimeWindow, Timestamp, Wording,
};

use super::path;

/// Two commits: one adds a file and a binary whose name is not UTF-8, the next renames that.
pub(crate) fn scan() -> Scan {
    let commit = |digit: &str, second: i64| Commit {
        id: CommitId::from_hex(&digit.repeat(40)).unwrap(),
        author: AuthorIdx(0),
        co_authors: Vec::new(),
        time: Timestamp(second),
        authored: Timestamp(second),
        // The first commit is the root.
        n_parents: u32::from(digit != "1"),
        summary: "x".into(),
        ticket_ids: Vec::new(),
        wording: Wording::default(),
        applied_by: AppliedBy::default(),
        in_ignore_revs: false,
        files: 1,
        source_files: 1,
    };
    let change = |commit: u32, file: u32, path: u32, kind: ChangeKind, lines: Option<(u32, u32)>| Change {
        commit: CommitIdx(commit),
        file: FileIdx(file),
        path: PathIdx(path),
        kind,
        lines: lines.map(|(added, deleted)| LineDelta { added, deleted }),
    };
    let file = |name: &str, aliases: Vec<PathIdx>, history: Vec<ChangeIdx>| File {
        path: path(name),
        class: FileClass::Source,
        present: None,
        aliases,
        history,
    };
    Scan {
        ancestry: Ancestry::default(),
        marks: Vec::new(),
        repository: ScannedRepository {
            revision: CommitId::from_hex(&"2".repeat(40)).unwrap(),
            root: None,
            scope: None,
            is_shallow: false,
            is_partial: false,
            renames_followed: true,
            first_parent: false,
            excluded_files: 0,
            unmatched_excludes: Vec::new(),
            unmatched_classes: Vec::new(),
            is_beyond_window: false,
            misdated: None,
            unknown_ignore_revs: 0,
        },
        window: TimeWindow::default(),
        as_of: Timestamp(1_000_000_001),
        authors: vec![Author { name: "A".into(), email: "a@example.org".into() }],
        bots: Vec::new(),
        merged: Vec::new(),
        namesakes: Vec::new(),
        found_people: Vec::new(),
        commits: vec![commit("1", 1_000_000_000), commit("2", 1_000_000_001)],
        merges: Vec::new(),
        merge_facts: Vec::new(),
        outside_window: Vec::new(),
        later: Vec::new(),
        paths: vec![path("a,b.c"), path(b"caf\xe9.png"), path("new.c")],
        changes: vec![
            change(0, 0, 0, ChangeKind::Added, Some((3, 0))),
            change(0, 1, 1, ChangeKind::Added, None),
            change(1, 1, 2, ChangeKind::Renamed { from: PathIdx(1) }, Some((1, 2))),
        ],
        files: vec![
            file("a,b.c", Vec::new(), vec![ChangeIdx(0)]),
            file("new.c", vec![PathIdx(1)], vec![ChangeIdx(1), ChangeIdx(2)]),
        ],
        imports: Vec::new(),
        manifests: Vec::new(),
        code_owners: None,
        skipped: Vec::new(),
        whole: None,
    }
}
