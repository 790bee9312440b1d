//! Hotspots of small hand-made histories.

use debtscan_model::FileClass;

use super::{HotspotOptions, hotspots};
use crate::listing::ListInput;
use crate::sample::{SampleScan, days_ago, fixed_incident, incidents};
use debtscan_findings::{Band, Grouping, HotspotList, HotspotThresholds, Quadrant};
use debtscan_incidents::{Incident, Incidents};

/// R of `lib/a.c` is 1 + 1/2 = 1.5, of `lib/b.c` 1, of `app/c.c` 1/4; `app/d.c` is at rest.
fn sample() -> SampleScan {
    SampleScan::new()
        .source("lib/a.c", 100, 600)
        .functions(&[("calm", 1, 3), ("wild", 20, 16)])
        .source("lib/b.c", 50, 100)
        .functions(&[("calm", 1, 15)])
        .source("app/c.c", 30, 499)
        .source("app/d.c", 20, 500)
        .present("lib/t/a_test.c", FileClass::Test, 10, 10)
        .commit(180, &[("lib/a.c", 10, 0)])
        .commit(360, &[("app/c.c", 5, 5)])
        .commit(0, &[("lib/a.c", 1, 1), ("lib/b.c", 2, 0), ("lib/t/a_test.c", 1, 0)])
        .by("Bo")
}

fn list_of(scan: SampleScan, grouping: Grouping, known: &Incidents) -> HotspotList {
    let scan = scan.build();
    let options = crate::sample::options();
    let input = ListInput { scan: &scan, incidents: known, options: &options };
    let thresholds = HotspotThresholds {
        bands: [5.0, 10.0, 30.0],
        complex_indentation_from: 500,
        ..HotspotThresholds::default()
    };
    hotspots(input, &HotspotOptions { grouping, thresholds }).expect("valid options")
}

fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
}

#[test]
fn files_are_ranked_by_the_root_of_change_times_indentation() {
    let list = list_of(sample(), Grouping::File, &Incidents::default());
    let names: Vec<&str> = list.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["lib/a.c", "app/c.c", "lib/b.c", "app/d.c"]);
    close(list.rows[0].score, 30.0); // sqrt(1.5 x 600)
    close(list.rows[1].score, (0.25_f64 * 499.0).sqrt());
    close(list.rows[2].score, 10.0); // sqrt(1 x 100)
    close(list.rows[3].score, 0.0);
    assert_eq!(list.rows.iter().map(|row| row.rank).collect::<Vec<_>>(), [Some(1), Some(2), Some(3), None]);
}

#[test]
fn bands_and_quadrants_have_fixed_beginnings() {
    let list = list_of(sample(), Grouping::File, &Incidents::default());
    let bands: Vec<Band> = list.rows.iter().map(|row| row.band).collect();
    // 30 reaches severe, 11.2 and 10 reach high, 0 is none
    assert_eq!(bands, [Band::Severe, Band::High, Band::High, Band::None]);
    let quadrants: Vec<_> = list.rows.iter().map(|row| row.quadrant.expect("a file")).collect();
    // a: cognitive 16 > 15, R 1.5; c: no tree, 499 < 500, R 0.25; b: cognitive 15, R 1; d: 500, R 0
    let expected =
        [Quadrant::ComplexActive, Quadrant::SimpleQuiet, Quadrant::SimpleActive, Quadrant::ComplexQuiet];
    assert_eq!(quadrants, expected);
    assert_eq!(list.quadrants.map(|class| class.files), [1, 1, 1, 1]);
    assert_eq!(list.quadrants.map(|class| class.source_lines), [100, 20, 50, 30]);
    assert_eq!(list.bands.map(|class| class.files), [1, 2, 0, 0, 1]);
    assert_eq!((list.all.files, list.all.source_lines), (4, 200));
}

#[test]
fn folders_and_areas_sum_their_files_and_count_each_commit_once() {
    for grouping in [Grouping::Directory, Grouping::Area] {
        let list = list_of(sample(), grouping, &Incidents::default());
        let lib = &list.rows[0];
        assert_eq!((lib.name.as_str(), lib.files, lib.source_lines), ("lib", 2, 150));
        close(lib.score, 40.0);
        close(lib.recent_revisions, 1.5); // one commit touched both files
        assert_eq!((lib.churn.revisions, lib.churn.lines_added, lib.churn.lines_deleted), (2, 13, 1));
        assert_eq!(lib.churn.authors, 2);
        assert_eq!(lib.quadrants, [1, 0, 1, 0]);
        assert_eq!(lib.band, Band::Severe, "that of its hottest file");
        assert_eq!(lib.hottest_file.as_ref().map(ToString::to_string).as_deref(), Some("lib/a.c"));
        let worst = lib.worst_function.as_ref().expect("it has functions");
        assert_eq!((worst.name.as_str(), worst.first_line, worst.cognitive), ("wild", 20, 16));
        assert_eq!(list.rows[1].cyclomatic, None, "nothing in app was parsed");
        assert_eq!(list.all.files, 4, "the quadrants count files all the same");
    }
}

#[test]
fn incidents_and_their_cost_fall_on_files_folders_and_areas() {
    // The third commit touches lib/a.c with two lines and lib/b.c with two.
    let known =
        || incidents(vec![Incident { opened: Some(days_ago(10)), ..fixed_incident("I-1", 1_001, &[3]) }]);
    let files = list_of(sample(), Grouping::File, &known());
    assert_eq!(files.rows[0].recorded.incidents, 1);
    close(files.rows[0].recorded.incident_shares, 0.5);
    for grouping in [Grouping::Directory, Grouping::Area] {
        let list = list_of(sample(), grouping, &known());
        close(list.rows[0].recorded.incident_shares, 1.0);
        assert_eq!(list.rows[0].recorded.incidents, 1);
        assert_eq!(list.rows[0].recorded.costs.iter().map(|sum| sum.minor).sum::<i64>(), 1_001);
    }
}

#[test]
fn an_empty_repository_has_no_hotspots() {
    let list = list_of(SampleScan::new(), Grouping::File, &Incidents::default());
    assert!(list.rows.is_empty());
    assert_eq!(list.all.files, 0);
}
