//! Times of hand-made histories.

use debtscan_findings::{AreaSource, DeliverySource};
use debtscan_incidents::Incidents;

use super::{DeliveryOptions, delivery};
use crate::listing::ListInput;
use crate::sample::{SampleScan, options};

fn measured(scan: &debtscan_model::Scan) -> debtscan_findings::DeliveryList {
    let incidents = Incidents::default();
    let options = crate::options::ReportOptions { area_source: AreaSource::Directories(1), ..options() };
    let input = ListInput { scan, incidents: &incidents, options: &options };
    delivery(input, &DeliveryOptions { days: 365, source: None }).expect("made")
}

#[test]
fn squashes_are_timed_by_the_numbers_of_others() {
    // Request 10 is merged 5 days ago, and 12, opened after it, was merged 15 days ago: at least 10 days.
    let mut scan = SampleScan::new().source("lib/a.c", 10, 0);
    for (age, request) in [(15, 12), (10, 13), (5, 10)] {
        scan = scan.commit(age, &[("lib/a.c", 1, 0)]).squash_of(request);
    }
    let list = measured(&scan.build());
    let row = &list.sources[DeliverySource::Request as usize];
    assert_eq!(row.commits, 3);
    let times = row.times.expect("three");
    assert_eq!(times.changes, 3);
    assert!((times.over_week - 1.0 / 3.0).abs() < 1e-9, "{times:?}");
    assert_eq!(list.sources[DeliverySource::Branch as usize].times, None);
    assert_eq!(list.source, None, "three changes cannot compare areas");
}

#[test]
fn what_is_not_used_is_counted() {
    let scan = SampleScan::new()
        .source("lib/a.c", 10, 0)
        .commit(9, &[("lib/a.c", 1, 0)])
        .commit(8, &[("lib/a.c", 1, 0)])
        .by("Robo")
        .bot("Robo")
        .squash_of(3)
        .build();
    let list = measured(&scan);
    assert_eq!((list.commits, list.excluded.robots), (1, 1));
    assert!(list.sources.iter().all(|row| row.times.is_none()));
}

#[test]
fn a_branch_is_timed_from_its_first_commit_to_its_merge() {
    let scan = SampleScan::new()
        .source("lib/a.c", 10, 0)
        .source("lib/b.c", 10, 0)
        .commit(9, &[("lib/a.c", 1, 0)])
        .authored(12)
        .commit(8, &[("lib/b.c", 1, 0)])
        .merge_of(50, 7, &[1, 2])
        .merged(2)
        .build();
    let list = measured(&scan);
    let row = &list.sources[DeliverySource::Branch as usize];
    // Written 12 days ago, merged 2 days ago.
    let times = row.times.expect("one");
    assert_eq!((row.commits, times.changes), (2, 1));
    assert!((times.p75_days - 10.0).abs() < 1e-9, "{times:?}");
    assert_eq!(list.sources[DeliverySource::Request as usize].commits, 0, "the branch is trusted more");
}
