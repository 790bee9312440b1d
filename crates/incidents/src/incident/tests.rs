//! Whole exports, read from `fixtures/incidents`.

use debtscan_model::Timestamp;
use proptest::prelude::*;

use super::rejected::RowFate;
use super::workbook;
use crate::{
    ChangeRequest, FileFormat, Incident, IncidentError, IncidentFile, Incidents, ReadOptions, RejectedRow,
    read,
};
use crate::{Currency, Money};

/// 2026-02-25T10:17:00Z, by `date -u -d '2026-02-25 10:17' +%s`.
const FEB_25: Timestamp = Timestamp(1_772_014_620);
const DAY: i64 = 86_400;

fn file(name: &str, content: impl Into<Vec<u8>>) -> IncidentFile {
    IncidentFile { name: name.to_owned(), content: content.into() }
}

fn try_read(content: &str) -> Result<Incidents, IncidentError> {
    read(&[file("a.csv", content)], &ReadOptions::default())
}

fn read_one(content: impl Into<Vec<u8>>) -> Incidents {
    read(&[file("a.csv", content)], &ReadOptions::default()).expect("the file is usable")
}

fn find<'a>(incidents: &'a Incidents, id: &str) -> &'a Incident {
    incidents.list.iter().find(|incident| incident.id == id).expect(id)
}

fn ids(incidents: &Incidents) -> Vec<&str> {
    incidents.list.iter().map(|incident| incident.id.as_str()).collect()
}

fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::USD }
}

#[test]
fn the_canonical_columns_are_read() {
    let incidents = read_one(*include_bytes!("../../../../fixtures/incidents/canonical.csv"));
    assert_eq!(incidents.rejected, []);
    assert_eq!((incidents.rows, incidents.merged_rows), (4, 0));
    // INC-4 has no date and comes first.
    assert_eq!(ids(&incidents), ["INC-4", "INC-1", "INC-2", "INC-3"]);
    let first = find(&incidents, "INC-1");
    assert_eq!(first.opened, Some(FEB_25));
    assert_eq!(first.severity.as_deref(), Some("SEV-1"));
    assert_eq!(first.cost, Some(usd(123_450)));
    assert_eq!(first.customers, Some(1_200));
    assert_eq!(first.paths, ["src/checkout/"]);
    assert_eq!(first.fix_commits, ["0123456789abcdef0123456789abcdef01234567"]);
    assert_eq!(first.url.as_deref(), Some("https://example.org/INC-1"));
    assert_eq!(first.source.line, 2);
    let second = find(&incidents, "INC-2");
    assert_eq!(second.title, "Totals were wrong,");
    assert_eq!(second.areas, ["billing", "checkout"]);
    assert_eq!(second.paths, ["src/tax.rs", "src/total.rs"]);
    assert_eq!(second.fix_commits, ["abcdef1", "abcdef2"]);
    assert_eq!(second.cost, Some(usd(1_200_000)));
    let third = find(&incidents, "INC-3");
    assert_eq!(third.source.line, 5, "the row before it spans two lines");
    assert_eq!((third.cost, third.customers), (Some(usd(0)), None), "zero is known, N/A is not");
    assert_eq!(third.fix_commits, ["00112233445566778899aabbccddeeff00112233"]);
    let fourth = find(&incidents, "INC-4");
    assert_eq!((fourth.cost, fourth.severity.as_deref(), fourth.areas.len()), (None, None, 0));
    // 1,234.50 + 12,000.00 + 0
    assert_eq!(incidents.recorded().minor(Currency::USD), 1_323_450);
}

#[test]
fn a_jira_export_with_repeated_headers_is_read() {
    let incidents = read_one(*include_bytes!("../../../../fixtures/incidents/jira.csv"));
    assert_eq!(ids(&incidents), ["OPS-17", "OPS-18"], "the key, not the internal id");
    let first = find(&incidents, "OPS-17");
    assert_eq!(first.opened, Some(Timestamp(FEB_25.0 + 12 * 3600)));
    assert_eq!(first.components, ["Auth", "Session"]);
    assert_eq!(first.labels, ["prod", "urgent"]);
    let request = ChangeRequest { repository: Some("github.com/o/r".to_owned()), number: 7 };
    assert_eq!(first.fix_requests, [request]);
    assert_eq!(first.severity.as_deref(), Some("SEV-2"), "the field named severity, not the priority");
    let second = find(&incidents, "OPS-18");
    assert_eq!(second.severity.as_deref(), Some("Low"), "the priority where no severity is given");
    assert_eq!(second.source.line, 4);
    assert_eq!(incidents.rejected, []);
    let unused: Vec<&str> = incidents
        .columns
        .iter()
        .filter(|column| column.field.is_none())
        .map(|column| column.column.as_str())
        .collect();
    assert_eq!(unused, ["Comment", "Comment"]);
}

#[test]
fn exports_of_other_trackers_are_read_by_their_own_headers() {
    let pagerduty = read_one(*include_bytes!("../../../../fixtures/incidents/pagerduty.csv"));
    let first = find(&pagerduty, "1201");
    assert_eq!((first.opened, first.resolved), (Some(FEB_25), Some(Timestamp(FEB_25.0 + 3600))));
    assert_eq!(
        (first.services.as_slice(), first.severity.as_deref()),
        (&["payments-worker".to_owned()][..], Some("P1"))
    );

    assert_eq!(
        (first.teams.as_slice(), first.title.as_str()),
        (&["Payments".to_owned()][..], "Queue is stuck")
    );
    assert_eq!((first.elapsed_seconds, first.effort_seconds), (Some(3_600), Some(1_800)));

    let linear = read_one(*include_bytes!("../../../../fixtures/incidents/linear.csv"));
    let first = find(&linear, "ENG-5");
    assert_eq!(first.opened, Some(FEB_25), "when it was reported, not when work on it began");
    assert_eq!(first.resolved, Some(Timestamp(FEB_25.0 + 2 * DAY)));
    assert_eq!(
        (first.projects.as_slice(), first.teams.as_slice()),
        (&["Compiler".to_owned()][..], &["Engine".to_owned()][..])
    );

    let github = read_one(*include_bytes!("../../../../fixtures/incidents/github.csv"));
    assert_eq!(find(&github, "427").opened, Some(FEB_25));
    for incidents in [&pagerduty, &linear, &github] {
        assert_eq!(incidents.rejected, []);
    }
}

#[test]
fn rows_of_one_incident_are_merged_and_the_later_one_counts() {
    let incidents = read_one(*include_bytes!("../../../../fixtures/incidents/servicenow.csv"));
    assert_eq!(incidents.rejected, []);
    assert_eq!((incidents.rows, incidents.merged_rows, incidents.list.len()), (5, 3, 2));
    let first = find(&incidents, "INC0000045");
    // date -u -d '2016-02-29 01:16' +%s and '2016-02-29 11:29'
    assert_eq!(
        (first.opened, first.resolved),
        (Some(Timestamp(1_456_708_560)), Some(Timestamp(1_456_745_340)))
    );
    assert_eq!(first.services, ["mail-gateway"], "no physical location");
    assert_eq!(first.severity.as_deref(), Some("2 - High"));
    assert_eq!(first.source.line, 2);
    // 1/3/2016 is 1 March, because 29/2/2016 is in the same column.
    assert_eq!(find(&incidents, "INC0000047").opened, Some(Timestamp(1_456_807_200)));
}

#[test]
fn a_cost_that_a_later_row_changes_is_reported() {
    let first = file("a.csv", "id,cost_usd\nA,100\nB,5\n");
    let second = file("b.csv", "id,cost_usd\nA,200\nB,5\nC,\n");
    let incidents = read(&[first, second], &ReadOptions::default()).expect("both are usable");
    assert_eq!(find(&incidents, "A").cost, Some(usd(20_000)));
    let [rejected] = &incidents.rejected[..] else { panic!("{:?}", incidents.rejected) };
    assert_eq!(
        (rejected.position.file.as_str(), rejected.position.line, rejected.is_skipped()),
        ("a.csv", 2, false)
    );
    assert_eq!(rejected.reason, "line 2 of b.csv states another cost for A, and the later row counts");
    assert_eq!(incidents.merged_rows, 2);
}

#[test]
fn a_cost_that_goes_back_and_forth_is_reported_each_time() {
    let incidents = read_one("id,cost_usd\nA,1\nA,2\nA,1\nA,1\n");
    assert_eq!(find(&incidents, "A").cost, Some(usd(100)));
    let lines: Vec<u64> = incidents.rejected.iter().map(|row| row.position.line).collect();
    // Each change of the cost is reported at the row whose cost was replaced.
    assert_eq!(lines, [2, 3]);
}

#[test]
fn european_numbers_dates_and_semicolons_are_read() {
    let incidents = read_one(*include_bytes!("../../../../fixtures/incidents/european.csv"));
    let cost = |id| find(&incidents, id).cost.map(|money| (money.minor, money.currency.to_string()));
    assert_eq!(cost("T-1"), Some((123_450, "EUR".to_owned())));
    assert_eq!(cost("T-2"), Some((1_200, "EUR".to_owned())));
    // The commas above show that the point marks thousands.
    assert_eq!(cost("T-3"), Some((150_000, "EUR".to_owned())));
    assert_eq!(find(&incidents, "T-1").opened, Some(FEB_25));
    assert_eq!(incidents.rejected, []);
}

#[test]
fn every_defect_is_reported_with_line_column_value_and_reason() {
    let incidents = read_one(*include_bytes!("../../../../fixtures/incidents/defects.csv"));
    let found: Vec<(u64, &str, &str, bool)> = incidents
        .rejected
        .iter()
        .map(|row| {
            let is_row = row.fate != RowFate::ValueIgnored;
            (row.position.line, row.column.as_str(), row.value.as_str(), is_row)
        })
        .collect();
    let expected = [
        (3, "id", "", true),
        (4, "opened_at", "01/02/2026", false),
        (4, "resolved_at", "02/01/2026", false),
        (5, "cost", "about ten", false),
        (6, "cost", "10.005", false),
        (7, "cost", "10.00", false),
        (8, "cost", "10.00", false),
        (8, "currency", "XYZ", false),
        (9, "customers", "some", false),
        (10, "fix_commits", "HEAD~3", false),
        (11, "", "D-9", true),
        (13, "", "id", true),
    ];
    assert_eq!(found, expected);
    let reason =
        |line| &incidents.rejected.iter().find(|row| row.position.line == line).expect("rejected").reason;
    assert!(reason(4).contains("--date-order dmy or mdy"), "{}", reason(4));
    assert!(reason(7).contains("name the column cost_usd"), "{}", reason(7));
    // Twelve rows; two cannot be used, and one repeats the header.
    let of_fate = |fate| incidents.rejected.iter().filter(|row| row.fate == fate).count();
    assert_eq!((of_fate(RowFate::Skipped), of_fate(RowFate::Excluded)), (2, 1));
    assert_eq!((incidents.rows, incidents.list.len()), (12, 9));
    assert_eq!(find(&incidents, "D-8").fix_commits, ["abcdef2"], "the good part of a list is kept");
    assert_eq!(find(&incidents, "D-10").title, "too few fields");
}

#[test]
fn the_default_currency_applies_where_nothing_else_names_one() {
    let options = ReadOptions {
        default_currency: Some(Currency::new("EUR").expect("valid")),
        ..ReadOptions::default()
    };
    let content = "id,cost,currency\nA,5,\nB,5,GBP\nC,$5,\n";
    let incidents = read(&[file("a.csv", content)], &options).expect("it is usable");
    let cost = |id| find(&incidents, id).cost.map(|money| money.currency.to_string());
    assert_eq!(cost("A"), Some("EUR".to_owned()));
    assert_eq!(cost("B"), Some("GBP".to_owned()));
    assert_eq!(cost("C"), Some("USD".to_owned()), "the value names its own");
    assert_eq!(incidents.rejected, []);
}

#[test]
fn two_costs_in_one_row_are_never_added() {
    let incidents = read_one("id,cost_usd,total_cost_eur\nA,5,4\nB,5,\n");
    assert_eq!(find(&incidents, "A").cost, Some(usd(500)));
    let [rejected] = &incidents.rejected[..] else { panic!("{:?}", incidents.rejected) };
    assert_eq!((rejected.column.as_str(), rejected.value.as_str()), ("total_cost_eur", "4"));
}

#[test]
fn an_ambiguous_date_column_follows_the_other_dates_of_its_file() {
    let incidents = read_one("id,opened_at,resolved_at\nA,4/5/2026,25/5/2026\n");
    // date -u -d 2026-05-04 +%s
    assert_eq!(find(&incidents, "A").opened, Some(Timestamp(1_777_852_800)));
    // A column that contradicts itself proves nothing, whatever the others say.
    let incidents = read_one("id,opened_at,resolved_at\nA,4/5/2026,26/5/2026\nB,25/5/2026,\nC,5/25/2026,\n");
    assert_eq!(find(&incidents, "A").opened, None);
    assert_eq!(find(&incidents, "B").opened, find(&incidents, "C").opened);
}

/// Finishes only if no column searches all other columns.
#[test]
fn many_columns_of_one_meaning_are_read() {
    const COLUMNS: usize = 30_000;
    let header = format!("{}{}id", "id,".repeat(COLUMNS), "summary,".repeat(COLUMNS));
    assert_eq!(ids(&read_one(format!("{header}\nA\n"))), ["A"]);
}

#[test]
fn a_file_without_id_column_is_refused_with_what_was_found_and_what_was_meant() {
    let error = try_read("incidnt_id,title\n1,a\n").expect_err("no id");
    assert_eq!(error.to_string(), "`a.csv` has no ID column (found: incidnt_id, title)");
    assert_eq!(error.hint(), "pass --map id=incidnt_id");
}

#[test]
fn a_file_of_which_no_row_is_usable_is_refused() {
    let error = try_read("id,title\n,a\n,b\n").expect_err("no row has an id");
    assert_eq!(
        error.to_string(),
        "cannot read incidents from a.csv: all 2 rows were rejected, the first on line 2: no id"
    );
    let unclosed = try_read("id,\"title\n1,a\n").expect_err("the header swallows the file");
    assert!(unclosed.to_string().contains("unclosed quote"), "{unclosed}");
}

#[test]
fn a_header_alone_is_an_export_without_incidents() {
    let incidents = try_read("id,title\n").expect("it is usable");
    assert_eq!((incidents.list.len(), incidents.rows), (0, 0));
    assert_eq!(read(&[], &ReadOptions::default()), Ok(Incidents::default()));
}

/// Everything but where it was read.
fn without_positions(incidents: Incidents) -> (Vec<Incident>, Vec<String>, u64) {
    let mut list = incidents.list;
    for incident in &mut list {
        incident.source.line = 0;
        incident.source.file.clear();
    }
    let tell = |row: RejectedRow| format!("{} {} {}", row.column, row.value, row.reason);
    let mut rejected: Vec<String> = incidents.rejected.into_iter().map(tell).collect();
    rejected.sort();
    (list, rejected, incidents.rows)
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(content in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop(read(&[file("a.csv", content)], &ReadOptions::default()));
    }

    #[test]
    fn arbitrary_cells_are_read_or_rejected(
        cells in proptest::collection::vec("[ -~€\\n]{0,12}|[0-9.,/: -]{1,12}|[$€0-9kM.,()-]{1,10}", 1..40),
    ) {
        let mut content = "id,opened_at,cost_usd,cost,currency,customers,fix_commits\n".to_owned();
        for row in cells.chunks(7) {
            content.push_str(&row.join(","));
            content.push('\n');
        }
        drop(try_read(&content));
    }

    #[test]
    fn the_order_of_rows_and_files_does_not_matter(
        rows in proptest::collection::vec(("2026-0[1-9]-1[0-9]|1?[1-9]/1?[1-9]/2026|never|", "[0-9]{1,3}(\\.[0-9]{1,3})?|"), 2..12),
        seed in any::<u64>(),
        n_first in 1_usize..11,
    ) {
        let lines: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(number, (date, cost))| format!("INC-{number},{date},{cost}\n"))
            .collect();
        let mut shuffled = lines.clone();
        shuffled.sort_by_key(|line| line.bytes().fold(seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte)));
        let whole = |lines: &[String]| {
            let content = format!("id,opened_at,cost_usd\n{}", lines.concat());
            without_positions(try_read(&content).expect("ids are there"))
        };
        prop_assert_eq!(whole(&lines), whole(&shuffled));
        let (first, second) = lines.split_at(n_first.min(lines.len()));
        let part = |name: &str, lines: &[String]| file(name, format!("id,opened_at,cost_usd\n{}", lines.concat()));
        let read_files = |files: &[IncidentFile]| {
            without_positions(read(files, &ReadOptions::default()).expect("ids are there"))
        };
        let (a, b) = (part("a.csv", first), part("b.csv", second));
        prop_assert_eq!(read_files(&[a.clone(), b.clone()]), read_files(&[b, a]));
    }
}

#[test]
fn an_end_before_the_beginning_is_rejected_and_says_which_row() {
    let incidents = read_one(
        "id,opened_at,resolved_at\nA,2015-07-21,2001-08-28\nB,2015-07-21,2015-07-21\n\
         C,2015-07-21T10:00:00Z,2015-07-21\nD,2015-07-21T10:00:00Z,2015-07-20\n\
         E,2015-07-21T10:00:00Z,2015-07-21T09:59:59Z\n",
    );
    let rejected: Vec<(u64, &str, &str)> = incidents
        .rejected
        .iter()
        .map(|row| (row.position.line, row.column.as_str(), row.value.as_str()))
        .collect();
    assert_eq!(
        rejected,
        [
            (2, "resolved_at", "2001-08-28"),
            (5, "resolved_at", "2015-07-20"),
            (6, "resolved_at", "2015-07-21T09:59:59Z")
        ]
    );
    assert_eq!(incidents.rejected[0].reason, "before its `opened_at`: correct one of the two");
    let first = find(&incidents, "A");
    assert!(first.opened.is_some() && first.resolved.is_none());
}

#[test]
fn a_json_number_has_one_reading_whatever_stands_beside_it() {
    let content = r#"[{"id": "A", "cost_kwd": 12.345}, {"id": "B", "cost_kwd": "1.234,500"},
        {"id": "C", "cost_kwd": 1e3}, {"id": "D", "cost_kwd": "2.500"}]"#;
    let incidents = read(&[file("a.json", content)], &ReadOptions::default()).expect("the file is usable");
    assert_eq!(incidents.rejected, []);
    let minor = |id| find(&incidents, id).cost.map(|cost| cost.minor);
    // Dinars have three decimals: 12.345, 1,234.500 and 1,000.
    assert_eq!((minor("A"), minor("B"), minor("C")), (Some(12_345), Some(1_234_500), Some(1_000_000)));
    assert_eq!(minor("D"), Some(2_500_000), "a text follows the texts");
    let incidents = read(&[file("a.json", r#"[{"id": "A", "cost_usd": 12.345}]"#)], &ReadOptions::default());
    let rejected = incidents.expect("the file is usable").rejected;
    assert!(rejected[0].reason.contains("not rounded"), "{}", rejected[0].reason);
}

#[test]
fn a_workbook_is_read_like_the_csv_of_its_sheet() {
    let content = workbook::tests::workbook(&[("Incidents", &workbook::tests::incidents()), ("Notes", "")]);
    let incidents = read(&[file("a.xlsx", content)], &ReadOptions::default()).expect("it is usable");
    assert_eq!((incidents.list.len(), incidents.rejected.as_slice()), (2, &[][..]));
    let first = find(&incidents, "INC-1");
    let currency = Currency::new("EUR").expect("valid");
    assert_eq!(first.cost, Some(Money { minor: 120_050, currency }));
    // date -u -d 2026-07-03 +%s
    assert_eq!(first.opened, Some(Timestamp(1_783_036_800)));
    assert_eq!(first.source.line, 4, "the row of the sheet");
    let file = &incidents.files[0];
    assert_eq!((file.format, file.sheet.as_deref()), (Some(FileFormat::Xlsx), Some("Incidents")));
    assert_eq!((file.header_line, file.rows_above, file.other_sheets.len()), (3, 1, 1));
}
