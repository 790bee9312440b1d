//! Segments survive the round trip, and arbitrary bytes do no harm.

use bstr::BString;
use debtscan_model::{
    Author, ComplexityMeasure, FileClass, FileComplexity, FunctionComplexity, Language, LineDelta, Mark,
    SkipReason, Timestamp,
};
use proptest::prelude::{any, prop, proptest};

use super::container;
use super::files::CachedFile;
use super::rows::CachedRows;
use super::segment::{DiffMode, Needs, Segment};
use crate::message::facts::MessageFacts;
use crate::options::Walk;
use crate::table::commit::DecodedCommit;
use crate::table::measured::Depth;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::change::{ChangeSide, CountResult, RawChange, TextRule};
use debtscan_git::id::{ObjectId, object_id};
use debtscan_git::renames::Renames;

const HASH_LEN: usize = 20;

fn id(byte: u8) -> ObjectId {
    object_id(&[byte; HASH_LEN])
}

fn person(name: &str) -> Author {
    Author { name: BString::from(name), email: BString::from(&b"\xff@"[..]) }
}

fn commit(byte: u8, parents: &[u8]) -> DecodedCommit {
    DecodedCommit {
        tree: id(byte ^ 0xff),
        parents: parents.iter().copied().map(id).collect(),
        time: Timestamp(i64::from(byte) * -1000),
        authored: Timestamp(i64::from(byte) * 7 - 99),
        author: person("Ada"),
        co_authors: (0..byte % 3).map(|nth| person(["Bo", "Ada"][usize::from(nth)])).collect(),
        summary: BString::from("a summary"),
        ticket_ids: vec!["A-1".to_owned(), "#2".to_owned()],
        marks: [
            Mark::PullRequest(u64::from(byte) << 40),
            Mark::Reverts("0123abc".to_owned()),
            Mark::PickedFrom("0123abc".to_owned()),
        ][usize::from(byte % 4).min(3)..]
            .to_vec(),
        facts: MessageFacts::from_bits(u32::from(byte) & 3),
    }
}

fn rows() -> CachedRows {
    let change = |path: &str, from: Option<&str>, old, new| RawChange {
        path: BString::from(path),
        from: from.map(BString::from),
        old,
        new,
        others: None,
    };
    let known = Some(ChangeSide::KNOWN);
    let lines = |added, deleted| CountResult::Lines(LineDelta { added, deleted });
    CachedRows {
        changes: vec![
            change("added", None, None, known),
            change("b/deleted", None, known, None),
            change("modified", None, known, known),
            change("to", Some("from"), known, known),
        ],
        counts: vec![lines(u32::MAX, 0), CountResult::Binary, lines(1, 2), CountResult::TooLarge],
        rules: vec![TextRule::Detect, TextRule::Binary, TextRule::Text, TextRule::Detect],
        hit_rename_limit: true,
    }
}

fn file() -> CachedFile {
    let function = FunctionComplexity {
        name: "f::<é>".to_owned(),
        first_line: 3,
        last_line: 9,
        sloc: 5,
        cyclomatic: 2,
        cognitive: 1,
        max_nesting: 1,
        parameters: 0,
    };
    CachedFile {
        blob: id(7),
        attributes: PathAttributes {
            vendored: Some(false),
            generated: Some(true),
            language: Some("c++".to_owned()),
            ..PathAttributes::default()
        },
        class: FileClass::Other,
        language: Some(Language("C++")),
        depth: Depth::Parsed,
        bytes: 1 << 40,
        complexity: Some(FileComplexity {
            measure: ComplexityMeasure::SyntaxTree,
            lines: 10,
            sloc: 9,
            indentation: 1 << 33,
            max_indentation: 4,
            functions: vec![function.clone(), FunctionComplexity { name: String::new(), ..function }],
            top_level_cyclomatic: 6,
            top_level_cognitive: 7,
            had_syntax_errors: true,
            unparsed_lines: 3,
        }),
        reason: Some(SkipReason::ParseTimeout),
    }
}

fn in_mode(mode: usize, rows: &CachedRows) -> [Option<&CachedRows>; DiffMode::COUNT] {
    let mut all = [None; DiffMode::COUNT];
    all[mode] = Some(rows);
    all
}

fn sample() -> Segment {
    let mut segment = Segment::default();
    let rows = rows();
    segment.push_commit(id(1), &commit(1, &[]), in_mode(0, &rows), 0);
    segment.push_commit(id(2), &commit(2, &[1, 9, 2]), [None; DiffMode::COUNT], 5);
    segment.push_commit(
        id(3),
        &commit(3, &[4, 2]),
        in_mode(3, &CachedRows { hit_rename_limit: false, ..rows.clone() }),
        0,
    );
    segment.push_commit(id(4), &commit(4, &[]), [None; DiffMode::COUNT], 0);
    segment.push_file("added".into(), file(), 1);
    segment.push_file("x".into(), CachedFile { complexity: None, language: None, reason: None, ..file() }, 0);
    segment
}

#[test]
fn a_segment_comes_back_as_it_was() {
    let (before, rows) = (sample(), rows());
    let bytes = before.encode(HASH_LEN).expect("encoded");
    let after = Segment::decode(&bytes, HASH_LEN, Needs::Everything).expect("sound");
    assert_eq!(after.commits.ids, before.commits.ids);
    assert_eq!(after.commits.ages, [0, 5, 0, 0]);
    for (position, expected) in
        [commit(1, &[]), commit(2, &[1, 9, 2]), commit(3, &[4, 2]), commit(4, &[])].iter().enumerate()
    {
        assert_eq!(&after.commits.get(position), expected);
    }
    assert_eq!(after.rows[0].get(0, &after.paths), Some(rows.clone()));
    assert_eq!(after.rows[0].get(1, &after.paths), None);
    assert_eq!(after.rows[3].get(2, &after.paths), Some(CachedRows { hit_rename_limit: false, ..rows }));
    assert_eq!(after.files.len(), 2);
    assert_eq!(after.paths.get(after.files[0].path as usize), b"added");
    assert_eq!((&after.files[0].file, after.files[0].age), (&file(), 1));
    assert_eq!(after.files[1].file.complexity, None);
}

#[test]
fn only_what_is_wanted_is_read() {
    let bytes = sample().encode(HASH_LEN).expect("encoded");
    let mode = DiffMode::new(Renames::Off, Walk::FirstParent);
    let segment = Segment::decode(&bytes, HASH_LEN, Needs::For { mode, files: false }).expect("sound");
    assert!(!segment.rows[0].has(0) && segment.rows[3].has(2));
    assert!(segment.files.is_empty());
}

#[test]
fn every_diff_mode_has_rows_of_its_own() {
    let renames = [Renames::Follow, Renames::Off];
    let walks = [Walk::AllParents, Walk::FirstParent];
    let index = |walk: &Walk, renames: &Renames| DiffMode::new(*renames, *walk).index();
    let mut modes: Vec<usize> =
        walks.iter().flat_map(|walk| renames.iter().map(move |renames| index(walk, renames))).collect();
    modes.sort_unstable();
    assert_eq!(modes, (0..DiffMode::COUNT).collect::<Vec<_>>());
}

/// Reads everything that a decoded segment offers.
fn use_all(segment: &Segment) {
    for position in 0..segment.commits.len() {
        drop(segment.commits.get(position));
        for rows in &segment.rows {
            drop(rows.get(position, &segment.paths));
        }
    }
    for entry in &segment.files {
        assert!(segment.paths.get(entry.path as usize).len() <= usize::MAX / 2);
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        assert!(Segment::decode(&bytes, HASH_LEN, Needs::Everything).is_err());
    }

    #[test]
    fn arbitrary_columns_with_sound_checksums_do_no_harm(
        columns in prop::collection::vec(prop::collection::vec(0_u8..8, 0..120), 6)
    ) {
        let kinds = [0, 1, 2, 3, 16, 19];
        let sections: Vec<_> = kinds.into_iter().zip(columns).collect();
        let bytes = container::pack(HASH_LEN, &sections).expect("packed");
        if let Ok(segment) = Segment::decode(&bytes, HASH_LEN, Needs::Everything) {
            use_all(&segment);
        }
    }

    #[test]
    fn changed_columns_with_sound_checksums_do_no_harm(
        kind in 0_usize..6,
        position in any::<prop::sample::Index>(),
        value in any::<u8>(),
    ) {
        let bytes = sample().encode(HASH_LEN).expect("encoded");
        let kinds = [0, 1, 2, 3, 16, 19];
        let sound = container::unpack(&bytes, HASH_LEN);
        let Ok(sound) = sound else { panic!("just packed") };
        let mut sections: Vec<(u8, Vec<u8>)> =
            kinds.iter().map(|kind| (*kind, sound.get(*kind).expect("sound").expect("there"))).collect();
        let column = &mut sections[kind].1;
        let position = position.index(column.len());
        column[position] = value;
        let garbled = container::pack(HASH_LEN, &sections).expect("packed");
        if let Ok(segment) = Segment::decode(&garbled, HASH_LEN, Needs::Everything) {
            use_all(&segment);
        }
    }
}
