//! The five formats of a list say the same, and its JSON is what its schema says.

use serde_json::Value;

use crate::listing::ListInput;
use crate::sample::{SampleScan, fixed_incident, incidents};
use crate::{CouplingOptions, HotspotOptions, ReportOptions, areas, coupling, hotspots};
use debtscan_findings::{CouplingGates, CouplingOrder, Grouping, HotspotThresholds};
use debtscan_incidents::Incidents;
use debtscan_render::{
    Detail, Format, Group, Invocation, List, ListName, Names, RenderOptions, list, list_schema,
};

fn options(format: Format, top: Option<usize>) -> RenderOptions {
    let invocation = Invocation::default();
    RenderOptions {
        format,
        group: Group::File,
        sort: debtscan_render::Sort::Cost,
        top,
        width: 80,
        names: Names::Fitted,
        detail: Detail::Full,
        color: false,
        formulas: debtscan_render::Formulas::Escape,
        invocation,
    }
}

fn rendered(value: List<'_>, format: Format, top: Option<usize>) -> String {
    let mut out = Vec::new();
    list(value, &options(format, top), &mut out).unwrap();
    String::from_utf8_lossy(&out).into_owned()
}

fn report_options() -> ReportOptions {
    ReportOptions { project: Some("demo".to_owned()), ..crate::sample::options() }
}

/// Checks JSON against the schema, and the other formats of machines against JSON.
fn check(name: ListName, value: List<'_>, key: &str) {
    let schema: Value = serde_json::from_str(&list_schema(name)).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for top in [None, Some(1)] {
        let document: Value = serde_json::from_str(&rendered(value, Format::Json, top)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let rows = document[key].as_array().unwrap();
        let lines: Vec<Value> = rendered(value, Format::Ndjson, top)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines[0]["kind"], document["list"]);
        assert_eq!(lines[0]["trust"], document["trust"]);
        let listed = document.as_object().unwrap().values().filter_map(Value::as_array);
        let n_rows: usize =
            listed.map(Vec::len).sum::<usize>() - document["currencies"].as_array().unwrap().len();
        assert_eq!(lines.len(), 1 + n_rows);
        let csv = rendered(value, Format::Csv, top);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
        assert_eq!(records.len(), rows.len());
    }
}

#[test]
fn hotspots_agree_in_every_format() {
    let scan = SampleScan::new()
        .source("lib/a.c", 100, 600)
        .functions(&[("wild", 20, 16)])
        .source("b.c", 100, 60)
        .commit(0, &[("lib/a.c", 1, 0), ("b.c", 1, 0)])
        .build();
    let none = Incidents::default();
    let some = incidents(vec![fixed_incident("I-1", 700, &[1])]);
    let report = report_options();
    for grouping in [Grouping::File, Grouping::Directory, Grouping::Area] {
        for incidents in [&none, &some] {
            let input = ListInput { scan: &scan, incidents, options: &report };
            let thresholds = HotspotThresholds::default();
            let value = hotspots(input, &HotspotOptions { grouping, thresholds }).unwrap();
            check(ListName::Hotspots, List::Hotspots(&value), "hotspots");
            for format in [Format::Table, Format::Markdown] {
                let text = rendered(List::Hotspots(&value), format, None).to_lowercase();
                for part in ["quadrants", "bands", "data quality", "lib"] {
                    assert!(text.contains(part), "{part} in\n{text}");
                }
            }
        }
    }
}

#[test]
fn couplings_and_areas_agree_in_every_format() {
    let scan = SampleScan::new()
        .source("lib/a.c", 100, 600)
        .language("C")
        .source("lib/b.c", 100, 60)
        .source("c.c", 10, 0)
        .commit(0, &[("lib/a.c", 1, 0), ("lib/b.c", 1, 0), ("c.c", 1, 0)])
        .build();
    let known = incidents(vec![fixed_incident("I-1", 700, &[1])]);
    let report = report_options();
    let gates = CouplingGates { min_revisions: 1, min_shared: 1, ..CouplingGates::default() };
    for grouping in [Grouping::File, Grouping::Directory, Grouping::Area] {
        let input = ListInput { scan: &scan, incidents: &known, options: &report };
        for (order, key) in [(CouplingOrder::Pairs, "pairs"), (CouplingOrder::Sums, "sums")] {
            let options = CouplingOptions { grouping, gates: gates.clone(), order };
            let value = coupling(input, &options).unwrap();
            assert!(!value.pairs.is_empty());
            check(ListName::Coupling, List::Coupling(&value), key);
        }
        let value = areas(input, grouping).unwrap();
        let key = if grouping == Grouping::Area { "areas" } else { "members" };
        check(ListName::Areas, List::Areas(&value), key);
    }
}

fn people_and_past() -> debtscan_model::Scan {
    SampleScan::new()
        .source("lib/a.c", 100, 600)
        .functions(&[("wild", 20, 16)])
        .source("b.c", 100, 60)
        .commit(400, &[("lib/a.c", 9, 0)])
        .by("Bo")
        .commit(0, &[("lib/a.c", 1, 0), ("b.c", 1, 0)])
        .build()
}

#[test]
fn knowledge_agrees_in_every_format() {
    use crate::knowledge::{Departures, KnowledgeOptions, knowledge};

    let (scan, incidents, report) = (people_and_past(), Incidents::default(), report_options());
    let leaving = vec![debtscan_model::AuthorIdx::new(0)];
    let departures = Departures { inactive_days: 180, leaving, ..Departures::default() };
    for grouping in [Grouping::File, Grouping::Directory, Grouping::Area] {
        let input = ListInput { scan: &scan, incidents: &incidents, options: &report };
        let options = KnowledgeOptions { grouping, departures: departures.clone(), line_limit: None };
        let value = knowledge(input, None, &options).unwrap();
        check(ListName::Knowledge, List::Knowledge(&value), "knowledge");
        for format in [Format::Table, Format::Markdown] {
            let text = rendered(List::Knowledge(&value), format, None);
            for part in ["KNOWLEDGE", "Bo", "inactive", "If Ada left", "Avelino"] {
                assert!(text.to_lowercase().contains(&part.to_lowercase()), "{part} in\n{text}");
            }
        }
    }
}

#[test]
fn todos_agree_in_every_format() {
    use debtscan_model::{CommitIdx, TodoComment, TodoWord};

    let (scan, incidents, report) = (people_and_past(), Incidents::default(), report_options());
    let note = |line, written| TodoComment {
        file: crate::sample::file_idx(&scan, "lib/a.c"),
        line,
        word: TodoWord::Hack,
        text: format!("HACK {line}"),
        by_syntax_tree: line == 1,
        written,
    };
    let notes = [note(1, Some(CommitIdx(0))), note(2, None)];
    for grouping in [Grouping::File, Grouping::Directory, Grouping::Area] {
        let input = ListInput { scan: &scan, incidents: &incidents, options: &report };
        let value = crate::todos::todos(input, &notes, 1, grouping).unwrap();
        check(ListName::Todos, List::Todos(&value), "todos");
        let text = rendered(List::Todos(&value), Format::Table, None);
        for part in ["lib/a.c:1", "400", "1 file could not be read", "1 of unknown age"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }
}

#[test]
fn trends_agree_in_every_format() {
    use crate::trend::{TrendSubject, trend};
    use debtscan_model::{PastFile, Snapshot, Timeline};

    let (scan, incidents, report) = (people_and_past(), Incidents::default(), report_options());
    let file = scan.file(crate::sample::file_idx(&scan, "lib/a.c"));
    let past =
        PastFile { path: file.path.clone(), class: file.class, present: file.present.clone().unwrap() };
    let snapshot = |days, files: &[usize]| Snapshot {
        at: crate::sample::days_ago(days),
        commit: crate::sample::commit_id(1),
        time: crate::sample::days_ago(days),
        files: files.to_vec(),
    };
    let snapshots = vec![snapshot(500, &[]), snapshot(30, &[0]), snapshot(0, &[0])];
    let timeline = Timeline { snapshots, files: vec![past], left_out: 2, skipped: Vec::new() };
    for target in ["lib/a.c", "lib/a.c:wild", "lib"] {
        let input = ListInput { scan: &scan, incidents: &incidents, options: &report };
        let subject = TrendSubject::find(&scan, target, None, &report).unwrap();
        let value = trend(input, &subject, &timeline, "month".to_owned()).unwrap();
        check(ListName::Trend, List::Trend(&value), "points");
        let text = rendered(List::Trend(&value), Format::Table, None);
        for part in ["TREND", "POINTS", "2 older points not shown", "+0.0%"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }
}
