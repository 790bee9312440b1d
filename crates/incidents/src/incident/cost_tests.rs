//! Files made to cost the square of their size.

use super::json;
use crate::{IncidentFile, ReadOptions, examine};

fn read(name: &str, content: String) -> crate::Incidents {
    let file = IncidentFile { name: name.to_owned(), content: content.into_bytes() };
    examine(&[file], &ReadOptions::default()).expect("no column is named")
}

#[test]
fn records_with_keys_of_their_own_take_fields_in_proportion_to_the_text() {
    let record = |n: usize| format!("{{\"id\":\"I{n}\",\"k{n}\":1}}");
    let text = |n| format!("[{}]", (0..n).map(record).collect::<Vec<_>>().join(","));
    // 4,000 records would take 8 million fields, and may take 1 million and 4 per byte.
    let many = text(4_000);
    let sheet = json::read("a.json", &many).expect("it is JSON");
    let fields: usize = sheet.rows.iter().map(|row| row.fields.len()).sum();
    assert!(fields <= (1 << 20) + 4 * many.len() + 4_000, "{fields}");
    let incidents = read("a.json", many);
    assert!(incidents.list.len() > 1_400, "{}", incidents.list.len());
    assert_eq!(incidents.list.len() + incidents.rejected.len(), 4_000, "each other record is named");
    assert!(
        incidents.rejected[0].reason.starts_with("it has keys of its own"),
        "{:?}",
        incidents.rejected[0]
    );
    // No export comes near.
    assert!(read("a.json", text(1_000)).rejected.is_empty());
}

#[test]
fn the_lists_of_many_rows_of_one_incident_are_sorted_once() {
    let row = |n: usize| format!("I1,a{}.c\n", (n * 7) % 20_000);
    let text: String = (0..20_000).map(row).collect();
    let incidents = read("a.csv", format!("id,path\n{text}"));
    assert_eq!((incidents.list.len(), incidents.merged_rows), (1, 19_999));
    let paths = &incidents.list[0].paths;
    assert_eq!(paths.len(), 20_000);
    assert!(paths.is_sorted_by(|a, b| a < b));
}

#[test]
fn a_row_that_contradicts_the_currency_of_the_header_has_no_cost() {
    let incidents = read("a.csv", "id,cost_usd,currency\nI1,5,EUR\nI2,5,USD\nI3,5,\n".to_owned());
    let costs: Vec<bool> = incidents.list.iter().map(|incident| incident.cost.is_some()).collect();
    assert_eq!(costs, [false, true, true]);
    assert!(incidents.rejected.iter().any(|row| row.reason.starts_with("conflicts with the currency")));
}

#[test]
fn a_row_that_looks_like_the_internal_end_mark_ends_nothing() {
    let incidents = read("a.csv", "id\nI1\n\u{1}end of incidents\u{1}\nI2\n".to_owned());
    assert!(incidents.list.iter().any(|incident| incident.id == "I2"));
}
