//! The sample of every tool's export, read whole; the expected values are written by hand.

use std::fmt::Write;

use debtscan_model::Timestamp;

use crate::{FileFormat, Incident, IncidentFile, Incidents, ReadOptions, Severity, Tool, read};

/// A sample by its name.
macro_rules! sample {
    ($name:literal) => {
        IncidentFile {
            name: $name.to_owned(),
            content: include_bytes!(concat!("../../../../fixtures/incidents/", $name)).to_vec(),
        }
    };
}

fn read_all(files: &[IncidentFile]) -> Incidents {
    read(files, &ReadOptions::default()).expect("the sample is usable")
}

fn time(timestamp: Timestamp) -> String {
    let time = jiff::Timestamp::from_second(timestamp.0).expect("in range").to_string();
    time.replace(":00Z", "Z")
}

/// All fields of an incident that have a value, in order.
fn told(incident: &Incident) -> String {
    let mut text = incident.id.clone();
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            write!(text, " | {name} {value}").expect("a string takes any text");
        }
    };
    let list = |names: &[String]| Some(names.join(" + "));
    say("tickets", list(&incident.tickets));
    say("title", Some(incident.title.clone()));
    say("description", Some(incident.description.split_whitespace().collect::<Vec<_>>().join(" ")));
    say("opened", incident.opened.map(time));
    say("resolved", incident.resolved.map(time));
    say("updated", incident.updated.map(time));
    say("elapsed", incident.elapsed_seconds.map(|seconds| seconds.to_string()));
    say("effort", incident.effort_seconds.map(|seconds| seconds.to_string()));
    let level = incident.severity_level.map_or("?", Severity::name);
    say("severity", incident.severity.as_ref().map(|severity| format!("{severity} = {level}")));
    say("cost", incident.cost.map(|cost| format!("{} {}", cost.minor, cost.currency)));
    say("customers", incident.customers.map(|customers| customers.to_string()));
    say("accounts", list(&incident.accounts));
    say("churn", incident.churn_risk.clone());
    say("cause", incident.root_cause.clone());
    say("fix", list(&incident.fix_commits));
    let requests = incident
        .fix_requests
        .iter()
        .map(|request| format!("{}#{}", request.repository.as_deref().unwrap_or_default(), request.number));
    say("requests", Some(requests.collect::<Vec<_>>().join(" + ")));
    say("paths", list(&incident.paths));
    say("areas", list(&incident.areas));
    say("components", list(&incident.components));
    say("services", list(&incident.services));
    say("projects", list(&incident.projects));
    say("teams", list(&incident.teams));
    say("labels", list(&incident.labels));
    say("url", incident.url.clone());
    text
}

/// Checks that a sample is known for its tool's and that its incidents are these; nothing is rejected.
#[track_caller]
fn check(file: IncidentFile, tool: Tool, expected: &[&str]) {
    let incidents = read_all(&[file]);
    assert_eq!(incidents.files[0].tool, Some(tool), "{:?}", incidents.files[0].recognised_by);
    assert_eq!(incidents.rejected, []);
    let told: Vec<String> = incidents.list.iter().map(told).collect();
    assert_eq!(told, expected);
}

#[test]
fn pagerduty() {
    check(
        sample!("pagerduty-analytics.json"),
        Tool::PagerDuty,
        &[
            "1201 | title Queue is stuck | opened 2026-02-25T10:17Z | resolved 2026-02-25T11:17Z | updated \
             2026-02-25T12:00Z | elapsed 3600 | effort 4510 | severity P1 = critical | services \
             payments-worker | teams Payments",
            "1202 | title Disk is full | opened 2026-02-26T10:17Z | updated 2026-02-26T10:17Z | effort 900 | \
             severity low = low | services storage | teams Platform",
        ],
    );
    check(
        sample!("pagerduty-rest.json"),
        Tool::PagerDuty,
        &[
            "1234 | title The server is on fire. | opened 2026-02-25T10:17Z | resolved 2026-02-25T10:38:23Z | \
           updated 2026-02-25T10:40:23Z | severity P2 = high | services My Mail Service | teams Engineering \
           | url https://sample.pagerduty.example/incidents/PT4SAMPLE",
        ],
    );
}

#[test]
fn jira_cloud_server_and_search() {
    check(
        sample!("jira-cloud.csv"),
        Tool::JiraCloud,
        &[
            "OPS-17 | title Login loops | description Stack: at src/auth/login.ts:17, in loop() | opened \
             2026-02-25T22:17Z | resolved 2026-02-26T09:00Z | updated 2026-02-26T09:00Z | effort 5400 | \
             severity SEV-2 = high | churn At risk | cause Missing test | requests github.com/o/r#7 | \
             components Auth + Session | services auth-api | projects Operations | labels prod + urgent",
            "OPS-18 | title Export is empty | opened 2026-03-01T00:05Z | severity Blocker = critical | \
             components Export | projects Operations",
        ],
    );
    check(
        sample!("jira-server.csv"),
        Tool::JiraServer,
        &["PAY-7 | title Report crashes | opened 2026-02-25T10:17Z | resolved 2026-02-26T10:17Z | updated \
           2026-02-27T08:00Z | effort 7200 | severity Critical = critical | components Reports | projects \
           PAY | labels nightly"],
    );
    check(
        sample!("jira-search.json"),
        Tool::Jira,
        &[
            "BILL-3 | title Totals are wrong | description Totals are off by one. at src/billing/total.py \
             line 12 | opened 2026-02-25T10:17Z | resolved 2026-02-26T10:17Z | updated 2026-02-26T10:17Z | \
             effort 3600 | severity Highest = critical | accounts Acme, Inc. | cause Config change | \
             components Invoices + Totals, taxes | projects Billing | labels money + prod",
            "BILL-4 | title Slow export | opened 2026-03-01T00:00Z | updated 2026-03-01T00:00Z | severity \
             Trivial = minimal | projects Billing",
        ],
    );
}

#[test]
fn servicenow() {
    check(
        sample!("servicenow.json"),
        Tool::ServiceNow,
        &["INC0010001 | tickets CHG0030001 + PRB0040001 | title Mail is not delivered | description Rolled \
           back. | opened 2026-02-25T10:17Z | resolved 2026-02-25T12:17Z | updated 2026-02-26T09:00Z | \
           elapsed 7200 | severity 1 - Critical = critical | cause Configuration change | services \
           mail-gateway | teams Mail team"],
    );
}

#[test]
fn linear() {
    check(
        sample!("linear.csv"),
        Tool::Linear,
        &["ENG-5 | title Parser hangs | description It hangs on empty input | opened 2026-02-25T10:17Z | \
           resolved 2026-02-27T10:17Z | updated 2026-02-27T10:17Z | severity Urgent = critical | projects \
           Compiler | teams Engine | labels bug + parser"],
    );
    check(
        sample!("linear-graphql.json"),
        Tool::Linear,
        &[
            "ENG-6 | title Lexer loops | description see crates/lexer/src/lib.rs | opened 2026-02-25T10:17Z | \
           resolved 2026-02-25T12:17Z | updated 2026-02-26T00:00Z | severity High = high | projects \
           Compiler | teams Engine | labels bug + crash | url https://linear.example/sample/issue/ENG-6",
        ],
    );
}

#[test]
fn sentry() {
    check(
        sample!("sentry.csv"),
        Tool::Sentry,
        &[
            "4501 | title ZeroDivisionError | description checkout.totals in rate division by zero | \
             customers 17 | url https://sentry.io/organizations/sample/issues/4501/?referrer=csv",
            "4502 | title TypeError | description app/cart.js in render x is undefined | customers 2 | url \
             https://sentry.io/organizations/sample/issues/4502/",
        ],
    );
    check(
        sample!("sentry.json"),
        Tool::Sentry,
        &[
            "SHOP-1A | title ZeroDivisionError: division by zero | description checkout.totals in rate | opened \
           2026-02-25T10:17Z | resolved 2026-02-26T10:17Z | severity fatal = critical | customers 17 | paths \
           checkout/totals.py | projects Shop | url https://sentry.io/organizations/sample/issues/4501/",
        ],
    );
}

#[test]
fn github() {
    check(
        sample!("github.json"),
        Tool::GitHub,
        &[
            "427 | title Upload fails | description It fails in `lib/upload.c`. | opened 2026-02-25T10:17Z | \
             resolved 2026-02-26T10:17Z | updated 2026-02-26T10:17Z | severity severity: high = high | \
             requests github.com/o/r#428 | labels bug + severity: high | url \
             https://github.com/o/r/issues/427",
            "430 | title Docs are thin | opened 2026-03-01T00:00Z | updated 2026-03-01T00:00Z | url \
             https://github.com/o/r/issues/430",
        ],
    );
}

#[test]
fn github_lists_pull_requests_among_issues() {
    let incidents = read_all(&[sample!("github-rest.jsonl")]);
    let [file] = &incidents.files[..] else { panic!("{:?}", incidents.files) };
    assert_eq!((file.tool, file.format), (Some(Tool::GitHub), Some(FileFormat::JsonLines)));
    assert_eq!((file.rows, file.dropped, file.excluded), (2, 0, 1));
    let told: Vec<String> = incidents.list.iter().map(told).collect();
    assert_eq!(
        told,
        ["427 | title Upload fails | opened 2026-02-25T10:17Z | resolved 2026-02-26T10:17Z | updated \
          2026-02-26T10:17Z | labels bug | url https://github.com/o/r/issues/427"]
    );
    let [rejected] = &incidents.rejected[..] else { panic!("{:?}", incidents.rejected) };
    assert_eq!((rejected.position.line, rejected.is_excluded()), (2, true));
    assert!(rejected.reason.contains("a pull request"), "{}", rejected.reason);
}

#[test]
fn gitlab() {
    check(
        sample!("gitlab.csv"),
        Tool::GitLab,
        &["31 | title Pipeline stalls | description Runner waits for ever | opened 2026-02-25T10:17Z | \
           resolved 2026-02-26T10:17Z | updated 2026-02-26T08:00Z | effort 5400 | severity severity::2 = \
           high | labels runner + severity::2 | url https://gitlab.example.org/g/p/-/issues/31"],
    );
    check(
        sample!("gitlab.json"),
        Tool::GitLab,
        &["31 | title Pipeline stalls | description Runner waits | opened 2026-02-25T10:17Z | resolved \
           2026-02-26T10:17Z | updated 2026-02-26T08:00Z | effort 5400 | severity CRITICAL = critical | \
           labels incident + runner | url https://gitlab.example.org/g/p/-/issues/31"],
    );
}

#[test]
fn opsgenie() {
    check(
        sample!("opsgenie.csv"),
        Tool::Opsgenie,
        &["42 | title Disk is full | opened 2026-02-25T10:17Z | updated 2026-02-25T11:17Z | teams Platform"],
    );
    check(
        sample!("opsgenie.json"),
        Tool::Opsgenie,
        &[
            "42 | title Disk is full | opened 2026-02-25T10:17Z | updated 2026-02-25T11:17Z | severity P4 = low | \
           services db-primary | labels OverwriteQuietHours + storage",
        ],
    );
}

#[test]
fn incident_io() {
    check(
        sample!("incident-io.json"),
        Tool::IncidentIo,
        &[
            "INC-123 | tickets OPS-99 | title Checkout is down | description Payment provider timed out | opened \
           2026-02-25T10:17Z | resolved 2026-02-25T12:17Z | updated 2026-02-25T12:17Z | elapsed 7200 | \
           severity Major = high | customers 1200 | cause Missing timeout | services checkout-api + ledger | \
           url https://app.incident.example/sample/incidents/123",
        ],
    );
}

#[test]
fn firehydrant_rootly_and_statuspage() {
    check(
        sample!("firehydrant.json"),
        Tool::FireHydrant,
        &["77 | title Search is slow | description Index was rebuilt see services/search/index.go | opened \
           2026-02-25T10:17Z | resolved 2026-02-25T11:17Z | severity SEV3 = medium | components Search | \
           services search-api | labels index | url https://app.firehydrant.example/incident/77"],
    );
    check(
        sample!("rootly.json"),
        Tool::Rootly,
        &["88 | tickets STO-12 | title Uploads fail | description Bucket policy changed | opened \
           2026-02-25T10:17Z | resolved 2026-02-25T11:17Z | updated 2026-02-25T12:00Z | elapsed 3600 | \
           severity SEV1 = critical | services upload-api | teams Storage | url \
           https://rootly.example/account/incidents/88-uploads-fail"],
    );
    check(
        sample!("statuspage.json"),
        Tool::Statuspage,
        &["st1sample | title Elevated errors | description A bad deploy of src/api. | opened \
           2026-02-25T10:17Z | resolved 2026-02-25T11:17Z | updated 2026-02-25T11:17Z | severity major = high \
           | components API + Web, mobile | url https://stspg.example/st1sample"],
    );
}

#[test]
fn datadog_and_devlake() {
    check(
        sample!("datadog.json"),
        Tool::Datadog,
        &[
            "42 | title Latency in checkout | description p95 above 3 s | opened 2026-02-25T10:17Z | resolved \
             2026-02-25T12:17Z | updated 2026-02-26T00:00Z | elapsed 7020 | severity SEV-2 = high | cause \
             Slow query | services cart + checkout | teams shop",
            "43 | title Nothing yet | opened 2026-02-26T10:17Z | updated 2026-02-26T10:17Z | severity UNKNOWN \
             = ?",
        ],
    );
    check(
        sample!("devlake.csv"),
        Tool::DevLake,
        &["OPS-50 | title Cache is cold | opened 2026-02-25T10:17Z | resolved 2026-02-25T11:47Z | updated \
           2026-02-26T00:00Z | elapsed 5400 | effort 2700 | severity High = high | components Cache | \
           projects Operations | url https://sample.atlassian.example/browse/OPS-50"],
    );
}

#[test]
fn the_row_that_was_updated_last_counts_wherever_it_stands() {
    let expected = [
        "INC-10 | opened 2026-02-25T10:17Z | updated 2026-02-25T10:18:20Z | severity sev4 = low | cost 1200000 \
         EUR | services db",
        "INC-9 | opened 2026-02-25T10:17Z | resolved 2026-02-25T11:17Z | updated 2026-02-26T10:00Z | severity \
         sev1 = critical | cost 123450 EUR | services api + db | labels early + late",
    ];
    let files = [sample!("updates.csv"), sample!("updates-later.csv")];
    let turned = [files[1].clone(), files[0].clone()];
    for files in [&files, &turned] {
        let incidents = read_all(files);
        let told: Vec<String> = incidents.list.iter().map(told).collect();
        assert_eq!(told, expected);
        assert_eq!(incidents.rejected, []);
        assert_eq!((incidents.rows, incidents.merged_rows), (5, 3));
    }
}

#[test]
fn utf_16_with_tabs_is_read() {
    let incidents = read_all(&[sample!("utf16-tabs.csv")]);
    assert_eq!(incidents.files[0].format, Some(FileFormat::Csv { separator: '\t' }));
    let told: Vec<String> = incidents.list.iter().map(told).collect();
    assert_eq!(
        told,
        [
            "T-1 | title Zahlung – doppelt | opened 2026-02-25T09:17Z | cost 123450 EUR | accounts Acme, Inc. + \
          Globex"
        ]
    );
}

#[test]
fn numbers_of_two_trackers_stay_apart() {
    let github = sample!("github.json");
    let with_number = String::from_utf8(github.content.clone()).expect("UTF-8").replace("427", "42");
    let files = [
        IncidentFile { name: "github.json".to_owned(), content: with_number.into_bytes() },
        sample!("opsgenie.csv"),
    ];
    let incidents = read_all(&files);
    let ids: Vec<(&str, &[String])> =
        incidents.list.iter().map(|incident| (incident.id.as_str(), incident.tickets.as_slice())).collect();
    let ticket = ["42".to_owned()];
    assert_eq!(ids, [("42 (GitHub)", &ticket[..]), ("42 (Opsgenie)", &ticket[..]), ("430", &[][..])]);
}
