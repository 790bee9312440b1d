//! What holds for whatever is handed in: nothing panics, and no row is lost without being counted.

use proptest::prelude::*;

use crate::{Incident, IncidentFile, Incidents, ReadOptions, examine};

/// Samples of every format, to be damaged.
const SAMPLES: [&[u8]; 12] = [
    include_bytes!("../../../../fixtures/incidents/canonical.csv"),
    include_bytes!("../../../../fixtures/incidents/defects.csv"),
    include_bytes!("../../../../fixtures/incidents/european.csv"),
    include_bytes!("../../../../fixtures/incidents/jira-cloud.csv"),
    include_bytes!("../../../../fixtures/incidents/servicenow.csv"),
    include_bytes!("../../../../fixtures/incidents/utf16-tabs.csv"),
    include_bytes!("../../../../fixtures/incidents/updates.csv"),
    include_bytes!("../../../../fixtures/incidents/datadog.json"),
    include_bytes!("../../../../fixtures/incidents/incident-io.json"),
    include_bytes!("../../../../fixtures/incidents/jira-search.json"),
    include_bytes!("../../../../fixtures/incidents/servicenow.json"),
    include_bytes!("../../../../fixtures/incidents/github-rest.jsonl"),
];

/// Bytes that mean something to one of the parsers.
const TELLING: &[u8] = b"\"',;|\t\r\n{}[]:\\#-/.0123456789eTPZ \x00\x1f\xef\xbb\xbf\xff\xfe\xc3u";

fn file(name: &str, content: impl Into<Vec<u8>>) -> IncidentFile {
    IncidentFile { name: name.to_owned(), content: content.into() }
}

fn look(files: &[IncidentFile]) -> Incidents {
    examine(files, &ReadOptions::default()).expect("no column is chosen by hand")
}

/// Every row is an incident, merged into one, or rejected; every rejected row of a usable file is listed
/// with its reason; ids are unique.
fn check(incidents: &Incidents) -> Result<(), TestCaseError> {
    let dropped: u64 = incidents.files.iter().map(|file| file.dropped + file.excluded).sum();
    let used = incidents.list.len() as u64 + incidents.merged_rows;
    prop_assert_eq!(incidents.rows, used + dropped);
    prop_assert_eq!(incidents.rows, incidents.files.iter().map(|file| file.rows).sum::<u64>());
    for file in incidents.files.iter().filter(|file| file.problem.is_none()) {
        let listed = incidents.rejected.iter().filter(|row| row.position.file == file.file);
        let (excluded, others): (Vec<_>, Vec<_>) = listed.partition(|row| row.is_excluded());
        prop_assert_eq!(excluded.len() as u64, file.excluded);
        prop_assert_eq!(others.iter().filter(|row| row.is_skipped()).count() as u64, file.dropped);
    }
    let mut ids: Vec<&str> = incidents.list.iter().map(|incident| incident.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    prop_assert_eq!(ids.len(), incidents.list.len());
    prop_assert!(incidents.list.iter().all(|incident| !incident.id.is_empty()));
    Ok(())
}

/// One damage: at which part of the file, what kind, how long.
fn damages() -> impl Strategy<Value = Vec<(f64, u8, usize)>> {
    proptest::collection::vec((0.0..1.0_f64, any::<u8>(), 1_usize..40), 1..6)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position within a small file, from a part of 0 to 1"
)]
fn damage(content: &mut Vec<u8>, (part, kind, len): (f64, u8, usize)) {
    if content.is_empty() {
        return;
    }
    let at = (part * content.len() as f64) as usize;
    let end = (at + len).min(content.len());
    let byte = TELLING[usize::from(kind / 4) % TELLING.len()];
    match kind % 4 {
        0 => content[at] = byte,
        1 => content.insert(at, byte),
        2 => drop(content.drain(at..end)),
        _ => {
            let copy = content[at..end].to_vec();
            content.splice(at..at, copy);
        }
    }
}

/// Everything but where it was read.
fn without_positions(incidents: Incidents) -> (Vec<Incident>, u64, u64) {
    let mut list = incidents.list;
    for incident in &mut list {
        incident.source = crate::RowPosition::default();
    }
    (list, incidents.rows, incidents.merged_rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_samples_are_read_or_refused_with_every_row_counted(
        sample in 0..SAMPLES.len(),
        damages in damages(),
    ) {
        let mut content = SAMPLES[sample].to_vec();
        for one in damages {
            damage(&mut content, one);
        }
        check(&look(&[file("a", content)]))?;
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused_with_every_row_counted(
        start in proptest::sample::select(vec!["", "id,cost\n", "[", "{\"id\":1}\n", "[{\"id\":", "\u{feff}id;date\n"]),
        content in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let content = [start.as_bytes(), &content].concat();
        check(&look(&[file("a", content)]))?;
    }

    #[test]
    fn arbitrary_cells_are_read_or_rejected(
        cells in proptest::collection::vec(
            "[ -~€\\n]{0,12}|[0-9.,/: -]{1,12}|[$€0-9kM.,()-]{1,10}|P?T?[0-9]{1,4}[dhmsDHMS: ]{1,3}|#?[0-9a-f]{1,9}",
            1..60,
        ),
    ) {
        let mut content = "id,opened_at,cost_usd,cost,currency,customers,fix_commits,minutes,effort,pr,updated_at\n".to_owned();
        for row in cells.chunks(11) {
            content.push_str(&row.join(","));
            content.push('\n');
        }
        check(&look(&[file("a", content)]))?;
    }

    #[test]
    fn rows_that_say_when_they_were_updated_may_stand_in_any_order_and_file(
        rows in proptest::collection::vec((0_usize..4, "[a-z]{0,3}", "|7|1200", "|sev1|low", "|a|a;b|c"), 1..12),
        seed in any::<u64>(),
        n_first in 0_usize..12,
    ) {
        let header = "id,updated_at,title,customers,severity,component,cost_usd\n";
        // Costs do not change, for a change is reported with its place.
        let line = |(number, (id, title, customers, severity, component)): (usize, &(usize, String, String, String, String))| {
            format!("I-{id},2026-01-01T00:{number:02}:00Z,{title},{customers},{severity},{component},5\n")
        };
        let lines: Vec<String> = rows.iter().enumerate().map(line).collect();
        let mut shuffled = lines.clone();
        shuffled.sort_by_key(|line| line.bytes().fold(seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte)));
        let (first, second) = shuffled.split_at(n_first.min(shuffled.len()));
        let whole = look(&[file("a", format!("{header}{}", lines.concat()))]);
        let parts = look(&[
            file("b", format!("{header}{}", first.concat())),
            file("c", format!("{header}{}", second.concat())),
        ]);
        check(&whole)?;
        check(&parts)?;
        prop_assert_eq!(without_positions(whole), without_positions(parts));
    }
}

#[test]
fn a_row_of_json_that_is_no_record_is_counted_and_the_others_stay() {
    let incidents = look(&[file("a", "[{\"id\": 1},\n 7,\n null, {\"id\": \"\"}, {\"id\": 2}]")]);
    assert_eq!((incidents.rows, incidents.list.len(), incidents.files[0].dropped), (5, 2, 3));
    let lines: Vec<u64> = incidents.rejected.iter().map(|row| row.position.line).collect();
    assert_eq!(lines, [2, 3, 3]);
}

#[test]
fn a_bad_line_among_json_lines_is_one_rejected_row() {
    let incidents = look(&[file("a", "{\"id\": 1}\n{\"id\": 2,}\n{\"id\": 3}\n{\"id\"")]);
    assert_eq!((incidents.rows, incidents.list.len()), (4, 2));
    let told: Vec<(u64, bool)> = incidents
        .rejected
        .iter()
        .map(|row| (row.position.line, row.reason.starts_with("not JSON: ")))
        .collect();
    assert_eq!(told, [(2, true), (4, true)]);
}

#[test]
fn a_cut_json_document_is_refused_with_its_line() {
    let incidents = look(&[file("a", "{\"issues\": [\n{\"id\": 1},\n{\"id\": 2")]);
    let problem = incidents.files[0].problem.as_ref().expect("it is cut");
    assert!(problem.to_string().contains("line 3 is not JSON"), "{problem}");
}

#[test]
fn depth_and_odd_texts_of_json_do_no_harm() {
    let deep = format!("[{{\"id\": 1, \"x\": {}1{}}}]", "[".repeat(5_000), "]".repeat(5_000));
    check(&look(&[file("a", deep)])).expect("counted");
    let wrapped = format!("{}[{{\"id\": 1}}]{}", "{\"data\": ".repeat(100_000), "}".repeat(100_000));
    check(&look(&[file("a", wrapped)])).expect("counted");
    let odd = r#"[{"id": "\ud800", "\udfff": 1, "title": "\u0000"}]"#;
    check(&look(&[file("a", odd)])).expect("counted");
}
