//! Files as people really have them, each with its right reading.

use debtscan_model::Timestamp;

use crate::{Incident, IncidentFile, Incidents, ReadOptions, Severity, Tool, examine};

fn look(name: &str, content: impl AsRef<[u8]>) -> Incidents {
    let file = IncidentFile { name: name.to_owned(), content: content.as_ref().to_vec() };
    examine(&[file], &ReadOptions::default()).expect("no column is mapped")
}

fn csv(content: &str) -> Incidents {
    look("a.csv", content)
}

fn find<'a>(incidents: &'a Incidents, id: &str) -> &'a Incident {
    let found = incidents.list.iter().find(|incident| incident.id == id);
    found.unwrap_or_else(|| panic!("no {id} in {:?}", ids(incidents)))
}

fn ids(incidents: &Incidents) -> Vec<&str> {
    incidents.list.iter().map(|incident| incident.id.as_str()).collect()
}

fn cents(incident: &Incident) -> Option<(String, i64)> {
    incident.cost.map(|cost| (cost.currency.to_string(), cost.minor))
}

fn dropped(incidents: &Incidents) -> Vec<(u64, &str)> {
    let rows = incidents.rejected.iter().filter(|row| row.fate != crate::RowFate::ValueIgnored);
    rows.map(|row| (row.position.line, row.reason.as_str())).collect()
}

fn how<'a>(incidents: &'a Incidents, column: &str) -> Vec<&'a str> {
    let column = incidents.columns.iter().find(|it| it.column == column).expect("the column is there");
    column.how.iter().map(String::as_str).collect()
}

/// `date -u -d TEXT +%s`
fn at(text: &str) -> Timestamp {
    super::date::parse(text, None).expect("a date")
}

#[test]
fn durations_of_servicenow_have_thousands_separators() {
    let incidents =
        csv("number,incident_state,sys_updated_on,made_sla,cmdb_ci,opened_at,business_stc,time_worked\n\
        INC1,Closed,2026-02-25 10:17:00,true,x,2026-02-24 10:17:00,\"172,973\",\"1,800\"\n\
        INC2,Closed,2026-02-25 10:17:00,true,x,2026-02-24 10:17:00,\"8,975,566\",90\n\
        INC3,Closed,2026-02-25 10:17:00,true,x,2026-02-24 10:17:00,\"3,600\",\"3,600\"\n");
    let seconds: Vec<_> = incidents.list.iter().map(|it| (it.elapsed_seconds, it.effort_seconds)).collect();
    assert_eq!(
        seconds,
        [(Some(172_973), Some(1_800)), (Some(8_975_566), Some(90)), (Some(3_600), Some(3_600))]
    );
    assert_eq!(incidents.rejected, []);
}

#[test]
fn a_lone_point_before_three_digits_is_ambiguous_until_its_column_settles_it() {
    let rows = "A,\"1,440\"\nB,\"1.440\"\nC,90\nD,\"2,880\"\n";
    let incidents = csv(&format!("id,Duration (min)\n{rows}"));
    let seconds = |id| find(&incidents, id).elapsed_seconds;
    // With a comma, it is 1,440 minutes: a fraction of three digits would be finer than anybody
    // writes.
    assert_eq!(
        [seconds("A"), seconds("B"), seconds("C"), seconds("D")],
        [Some(86_400), None, Some(5_400), Some(172_800)]
    );
    assert_eq!(incidents.rejected[0].value, "1.440");
    let settled = csv(&format!("id,Duration (min)\n{rows}E,\"1.440,5\"\n"));
    // In `1.440,5` the comma is the decimal mark, so that the point in `1.440` can only group.
    assert_eq!(find(&settled, "B").elapsed_seconds, Some(86_400));
}

#[test]
fn totals_and_notes_are_no_incidents() {
    let incidents = csv("ID,Title,Date,Cost (EUR),Hours\nINC-1,Checkout down,2026-07-03,1200,3\n\
        INC-2,Wrong totals,2026-08-11,800,5\nTotal,,,2000,8\n");
    assert_eq!(ids(&incidents), ["INC-1", "INC-2"]);
    assert_eq!(dropped(&incidents), [(4, "a total, not an incident")]);
    let incidents = csv("ID,Title,Date,Cost (EUR)\nINC-1,a,2026-07-03,100\nINC-2,b,2026-07-04,200\n\n\
        Note: costs are estimates,,,\nSource: finance team,,,\nSumme,,,300\n");
    assert_eq!(incidents.recorded().iter().map(|sum| sum.minor).collect::<Vec<_>>(), [30_000]);
    assert_eq!(
        dropped(&incidents),
        [(5, "text below the table"), (6, "text below the table"), (7, "a total, not an incident")]
    );
}

#[test]
fn an_effort_of_zero_is_not_recorded() {
    let incidents = look(
        "a.json",
        r#"[{"id":1,"iid":1,"title":"a","state":"closed",
        "web_url":"https://gitlab.example/g/p/-/issues/1","time_stats":{"time_estimate":0,"total_time_spent":0}},
        {"id":2,"iid":2,"title":"b","state":"closed","web_url":"https://gitlab.example/g/p/-/issues/2",
        "time_stats":{"time_estimate":0,"total_time_spent":7200}}]"#,
    );
    assert_eq!(
        (find(&incidents, "1").effort_seconds, find(&incidents, "2").effort_seconds),
        (None, Some(7_200))
    );
}

#[test]
fn the_priority_of_servicenow_counts_before_its_default_severity() {
    use Severity::{Critical, High, Low, Medium};
    let header = "number,incident_state,made_sla,sys_updated_on,cmdb_ci,opened_at";
    let row = |id: &str| format!("{id},Closed,true,2026-02-25 10:17:00,x,2026-02-24 10:17:00");
    let levels = |columns: &str, rows: &[&str]| -> Vec<Option<Severity>> {
        let rows =
            (1..).zip(rows).map(|(number, values)| format!("{},{values}\n", row(&format!("INC{number}"))));
        let incidents = csv(&format!("{header},{columns}\n{}", rows.collect::<String>()));
        incidents.list.iter().map(|incident| incident.severity_level).collect()
    };
    let rows = [
        "1 - Critical,1 - High,1 - High,3 - Low",
        "2 - High,1 - High,2 - Medium,3 - Low",
        "4 - Low,3 - Low,2 - Medium,3 - Low",
    ];
    assert_eq!(levels("priority,impact,urgency,severity", &rows), [Some(Critical), Some(High), Some(Low)]);
    assert_eq!(levels("priority", &["1", "2", "3"]), [Some(Critical), Some(High), Some(Medium)]);
    assert_eq!(levels("severity", &["1", "2", "3"]), [Some(High), Some(Medium), Some(Low)]);
    assert_eq!(levels("impact", &["1"]), [Some(High)]);
}

#[test]
fn legacy_encodings_are_read() {
    let incidents = look(
        "a.csv",
        b"number,incident_state,opened_at,short_description,sys_updated_on,calendar_duration\r\n\
        INC1,Closed,2026-02-25 10:17:00,Lab \x96 results late,2026-02-26 00:12:03,45667\r\n",
    );
    let incident = find(&incidents, "INC1");
    // 0x96 is a dash in Windows-1252 and a control character in ISO 8859-1.
    assert_eq!(incident.title, "Lab \u{2013} results late");
    assert_eq!(incident.elapsed_seconds, Some(45_667));
}

#[test]
fn utf16_without_a_mark_is_read() {
    let text = "ID;Titel;Date;Cost (EUR)\r\nH-1;Zahlung;03.07.2026;1.200,50\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let incidents = look("a.csv", bytes);
    assert_eq!(cents(find(&incidents, "H-1")), Some(("EUR".to_owned(), 120_050)));
}

#[test]
fn jira_speaks_the_language_of_its_user() {
    let incidents =
        csv("Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Prioridad,\
        Resolución,Creada,Actualizada,Resuelta,Etiquetas,Etiquetas,Descripción,Tiempo Trabajado,\
        Σ Tiempo empleado,Campo personalizado (Severity)\n\
        La caja no responde,OPS-17,10017,Error,Finalizada,Highest,Listo,04/ago/26 11:30 PM,06/ago/26 9:00 AM,\
        05/ago/26 1:30 AM,prod,caja,Fallo en src/checkout/,5400,5400,SEV-2\n\
        Factura duplicada,OPS-18,10018,Error,Por hacer,Low,,15/dic/25 12:28 AM,15/ene/26 9:00 AM,,,,,,,\n");
    let incident = find(&incidents, "OPS-17");
    assert_eq!(
        (incident.title.as_str(), incident.severity.as_deref()),
        ("La caja no responde", Some("SEV-2"))
    );
    assert_eq!(
        (incident.opened, incident.resolved),
        (Some(at("2026-08-04 23:30")), Some(at("2026-08-05 01:30")))
    );
    assert_eq!(incident.labels, ["caja", "prod"]);
    assert_eq!(find(&incidents, "OPS-18").opened, Some(at("2025-12-15 00:28")));
    let german = csv(
        "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Priorität,Lösung,Erstellt,\
        Aktualisiert,Erledigt,Komponente(n),Stichwörter,Beschreibung,Benutzerdefiniertes Feld (Kosten EUR)\n\
        Kasse hängt,OPS-1,1,Fehler,Fertig,Hoch,Fertig,12/Mär/26 10:00 AM,13/Mai/26 10:00 AM,14/Dez/26 10:00 AM,\
        Kasse,a,b,\"1.200,50\"\n",
    );
    let incident = find(&german, "OPS-1");
    assert_eq!(incident.opened, Some(at("2026-03-12 10:00")));
    assert_eq!(
        (incident.severity_level, incident.components.as_slice()),
        (Some(Severity::High), &["Kasse".to_owned()][..])
    );
}

#[test]
fn titles_and_group_names_above_the_header_are_skipped() {
    let incidents = csv("Incident overview Q3 2026,,,,\nPrepared by: Sample Manager,,,,\n,,,,\n\
        ID,Title,Date,Cost (EUR),Component\nINC-1,Checkout down,2026-07-03,1200,checkout\n\
        INC-2,Wrong totals,2026-08-11,800,billing\n");
    assert_eq!(ids(&incidents), ["INC-1", "INC-2"]);
    assert_eq!((incidents.files[0].header_line, incidents.files[0].rows_above), (4, 2));
    let incidents = csv("Incident,,,Impact,,\nID,Title,Date,Cost (EUR),Customers,Downtime (h)\n\
        F-1,Checkout,2026-07-03,100,5,2\nF-2,Billing,2026-07-04,200,6,3\n");
    assert_eq!(ids(&incidents), ["F-1", "F-2"]);
    assert_eq!(find(&incidents, "F-2").elapsed_seconds, Some(10_800));
}

#[test]
fn day_numbers_of_a_spreadsheet_are_dates() {
    let incidents = csv("ID,Opened,Closed,Cost (EUR)\nD-1,46206,46207.5,100\nD-2,46210,46211,200\n\
        D-3,45123.75,45124.25,300\n");
    // 46,206 - 25,569 = 20,637 days after 1970-01-01; half a day is noon.
    assert_eq!(find(&incidents, "D-1").opened, Some(at("2026-07-03")));
    assert_eq!(find(&incidents, "D-1").resolved, Some(at("2026-07-04 12:00")));
    assert_eq!(find(&incidents, "D-3").opened, Some(at("2023-07-16 18:00")));
    assert_eq!(how(&incidents, "Opened"), ["day numbers of a spreadsheet"]);
    let mixed = csv("ID,Opened\nA,46206\nB,2026-07-03\n");
    assert_eq!(mixed.rejected[0].value, "46206", "one number among dates may be a typing error");
}

#[test]
fn amounts_are_read_as_people_write_them_and_estimates_are_said() {
    let incidents = csv("id;opened_at;cost\nA-1;2026-02-01;5000 Euro\nA-2;2026-02-02;1.200,- €\n\
        A-3;2026-02-03;EUR 1200,-\nA-4;2026-02-04;1,2 Mio. €\nA-5;2026-02-05;1.2 million USD\n\
        A-6;2026-02-06;5000 dollars\nA-7;2026-02-07;approx. 5000 USD\nA-8;2026-02-08;CHF 500.--\n\
        A-9;2026-02-09;5-10k USD\n");
    let costs: Vec<_> = incidents.list.iter().filter_map(cents).collect();
    let expected = [
        ("EUR", 500_000),
        ("EUR", 120_000),
        ("EUR", 120_000),
        ("EUR", 120_000_000),
        ("USD", 120_000_000),
        ("USD", 500_000),
        ("USD", 500_000),
        ("CHF", 50_000),
        ("USD", 750_000),
    ];
    assert_eq!(costs, expected.map(|(code, minor)| (code.to_owned(), minor)));
    let said = how(&incidents, "cost");
    assert!(said.contains(&"1 approximate value, read as it stands"), "{said:?}");
    assert!(said.contains(&"1 range, read as its middle"), "{said:?}");
}

#[test]
fn marks_of_spreadsheets_are_no_part_of_a_value() {
    let incidents = csv("id;opened_at;url;cost_usd\n\
        =\"INC-1\";=\"2026-02-25\";=HYPERLINK(\"https://x.example/1\",\"INC-1\");=1+2\n'INC-2;'2026-02-26;;5\n");
    let incident = find(&incidents, "INC-1");
    assert_eq!(incident.url.as_deref(), Some("https://x.example/1"));
    assert_eq!((incident.opened, incident.cost), (Some(at("2026-02-25")), None));
    assert_eq!(find(&incidents, "INC-2").opened, Some(at("2026-02-26")));
}

#[test]
fn what_a_tool_calls_no_incident_is_none() {
    let incidents = look(
        "a.json",
        r#"[{"number": 17, "title": "Export fails", "labels": [{"name": "bug"},
        {"name": "priority: high"}], "createdAt": "2026-02-25T10:17:00Z", "state": "OPEN", "stateReason": "",
        "closedByPullRequestsReferences": []}, {"number": 18, "title": "Idea", "labels": [{"name": "enhancement"}],
        "createdAt": "2026-02-25T10:17:00Z", "state": "CLOSED", "stateReason": "NOT_PLANNED",
        "closedByPullRequestsReferences": []}, {"number": 19, "title": "Wish", "labels": [{"name": "enhancement"}],
        "createdAt": "2026-02-25T10:17:00Z", "state": "OPEN", "stateReason": "",
        "closedByPullRequestsReferences": []}]"#,
    );
    assert_eq!(ids(&incidents), ["17"]);
    assert_eq!(dropped(&incidents).len(), 2);
    let jira =
        csv("Summary,Issue key,Issue id,Issue Type,Resolution\na,OPS-1,1,Bug,Fixed\nb,OPS-2,2,Story,Done\n\
        c,OPS-3,3,Bug,Duplicate\n");
    assert_eq!(ids(&jira), ["OPS-1"]);
    // Without a known tool, nobody says what the words mean.
    assert_eq!(csv("id,type\nA,Story\n").list.len(), 1);
}

#[test]
fn a_refused_file_has_a_brief_reason_and_a_command_that_fixes_it() {
    let incidents = csv("Ref Code,Went wrong\nABC-1,thing\nABC-2,thing\n");
    let problem = incidents.files[0].problem.as_ref().expect("no id");
    assert_eq!(problem.hint(), "pass --map id='Ref Code'");
    let header: Vec<String> = (0..63).map(|number| format!("column {number}")).collect();
    let wide = csv(&format!("{}\nx\n", header.join(",")));
    let problem = wide.files[0].problem.as_ref().expect("no id");
    assert!(problem.to_string().ends_with("column 11 and 51 more)"), "{problem}");
    assert!(csv("id,Files\n1,shot.png\n").list[0].paths.is_empty(), "attachments are no paths");
    assert_eq!(csv("id,Files\n1,src/a.png\n").list[0].paths, ["src/a.png"]);
}

#[test]
fn columns_that_stay_unread_are_named_with_the_option_that_reads_them() {
    let incidents = csv("id,Went down,Price\nA,2026-02-25 10:17,$5\nB,2026-02-26 10:17,$6\n");
    assert_eq!(how(&incidents, "Went down"), ["holds dates: --map opened_at='Went down'"]);
    assert_eq!(how(&incidents, "Price"), ["holds amounts: --map cost=Price"]);
}

/// The tool, and one incident in words: opened, resolved, severity, places, effort or elapsed seconds.
fn told(incidents: &Incidents, id: &str) -> (Option<Tool>, String) {
    let it = find(incidents, id);
    let time = |time: Option<Timestamp>| time.map_or("?".to_owned(), |time| time.0.to_string());
    let level = it.severity_level.map_or("?", Severity::name);
    let places = [&it.areas, &it.components, &it.services, &it.teams].map(|names| names.join("+")).join("|");
    let (elapsed, effort) = (it.elapsed_seconds.unwrap_or(0), it.effort_seconds.unwrap_or(0));
    let text = format!(
        "{} | {} | {level} | {places} | {elapsed} {effort} | {}",
        time(it.opened),
        time(it.resolved),
        it.title
    );
    (incidents.files[0].tool, text)
}

#[test]
fn more_tools_are_known() {
    // date -u -d '2026-02-25 10:17' +%s = 1772014620; '2026-02-26 09:00' = 1772096400
    let azure = csv("ID,Work Item Type,Title,Assigned To,State,Tags,Area Path,Iteration Path,Created Date,\
        Changed Date,Resolved Date,Closed Date,Priority,Severity,Completed Work,Repro Steps\n\
        \"4411\",\"Bug\",\"Export is empty\",\"S\",\"Closed\",\"export; billing\",\"Shop\\Checkout\\Export\",\
        \"Shop\\Sprint 1\",\"2/25/2026 10:17:00 AM\",\"2/27/2026 9:00:00 AM\",\"2/26/2026 9:00:00 AM\",\
        \"2/26/2026 12:17:00 PM\",\"1\",\"2 - High\",\"3.5\",\"In src/checkout/lib.rs\"\n");
    assert_eq!(
        told(&azure, "4411"),
        (
            Some(Tool::AzureDevOps),
            "1772014620 | 1772096400 | high | Shop\\Checkout\\Export|Export|| | 0 12600 | Export is empty"
                .to_owned()
        )
    );
    let rest = look(
        "a.json",
        r#"{"count": 1, "value": [{"id": 4411, "rev": 3, "fields": {"System.Id": 4411,
        "System.WorkItemType": "Bug", "System.Title": "Export is empty", "System.State": "Closed",
        "System.AreaPath": "Shop\\Checkout", "System.CreatedDate": "2026-02-25T10:17:00.5Z",
        "Microsoft.VSTS.Common.ClosedDate": "2026-02-26T09:00:00Z", "Microsoft.VSTS.Common.Severity": "2 - High",
        "Microsoft.VSTS.Common.Priority": 1}, "url": "https://dev.azure.com/o/_apis/wit/workItems/4411"}]}"#,
    );
    assert_eq!(
        told(&rest, "4411"),
        (
            Some(Tool::AzureDevOps),
            "1772014620 | 1772096400 | high | Shop\\Checkout|Checkout|| | 0 0 | Export is empty".to_owned()
        )
    );
    let redmine =
        csv("#,Project,Tracker,Parent task,Status,Priority,Subject,Updated,Category,Target version,\
        Start date,Spent time,% Done,Created,Closed,Last updated by,Files,Private\n\
        22515,Shop,Bug,,Closed,Urgent,Export is empty,2026-02-26 10:17,Checkout,,2026-02-24,2.50,100,\
        2026-02-25 10:17,2026-02-26 09:00,Sample,shot.png,No\n");
    assert_eq!(
        told(&redmine, "22515"),
        (
            Some(Tool::Redmine),
            "1772014620 | 1772096400 | critical | |Checkout|| | 0 9000 | Export is empty".to_owned()
        )
    );
    assert!(find(&redmine, "22515").paths.is_empty(), "attachments are no paths");
    let zendesk =
        csv("Summation column,Id,Requester,Requester id,Submitter,Assignee,Group,Subject,Tags,Status,\
        Priority,Via,Ticket type,Created at,Updated at,Organization,Solved at,Resolution time,\
        Satisfaction Score,Group stations,Full resolution time in minutes\n\
        1,3501,Sample,11,Sample,Agent,Support,Export is empty,export,Closed,Urgent,Mail,Incident,\
        2026-02-25 10:17,2026-02-27 09:00,Acme Inc,2026-02-26 09:00,26,Good,1,1560\n");
    assert_eq!(
        told(&zendesk, "3501"),
        (
            Some(Tool::Zendesk),
            "1772014620 | 1772096400 | critical | |||Support | 93600 0 | Export is empty".to_owned()
        )
    );
}

#[test]
fn alerting_and_bug_trackers_are_known() {
    // The dates are those of the test above.
    let splunk = csv(
        "Incident #,Service,Entity ID,Start Time,Ack Time,Resolve Time,Current Phase,Alert Count,\
        Paged Teams,Paged Users,Routing Key\n\
        5120,checkout high latency,checkout/latency,02/25/26 10:17:00,,02/26/26 09:00:00,RESOLVED,3,SRE,s,sre\n",
    );
    assert_eq!(
        told(&splunk, "5120"),
        (
            Some(Tool::SplunkOnCall),
            "1772014620 | 1772096400 | ? | ||checkout/latency|SRE | 0 0 | checkout high latency".to_owned()
        )
    );
    let bugzilla = look(
        "a.json",
        r#"{"bugs": [{"id": 1806342, "summary": "Crash in export",
        "creation_time": "2026-02-25T10:17:00Z", "last_change_time": "2026-02-26T10:17:00Z",
        "cf_last_resolved": "2026-02-26T09:00:00Z", "severity": "S2", "priority": "P1", "product": "Core",
        "component": "Networking", "resolution": "FIXED", "url": "http://example.org/page",
        "groups": ["core-security"], "whiteboard": ""}]}"#,
    );
    assert_eq!(
        told(&bugzilla, "1806342"),
        (
            Some(Tool::Bugzilla),
            "1772014620 | 1772096400 | high | |Networking|| | 0 0 | Crash in export".to_owned()
        )
    );
    assert_eq!(find(&bugzilla, "1806342").url, None);
    let youtrack = csv(
        "Issue Id,Project,Tags,Summary,Reporter,Created,Updated,Resolved,Priority,Type,State,\
        Assignee,Subsystem,Fix versions,Affected versions,Fixed in build\n\
        SHOP-1,Shop,,Export is empty,s,2026-02-25 10:17,,2026-02-26 09:00,Show-stopper,Bug,Fixed,s,Checkout,,,\n",
    );
    assert_eq!(
        told(&youtrack, "SHOP-1"),
        (
            Some(Tool::YouTrack),
            "1772014620 | 1772096400 | critical | |Checkout|| | 0 0 | Export is empty".to_owned()
        )
    );
}

#[test]
fn vulnerability_records_name_their_fixes() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let osv = look(
        "a.json",
        r#"[{"id": "OSV-2026-17", "summary": "Overflow in parse", "details": "text",
        "aliases": ["CVE-2026-0001"], "published": "2026-02-25T10:17:00Z", "modified": "2026-02-26T10:17:00Z",
        "affected": [{"package": {"name": "r", "ecosystem": "OSS-Fuzz"}, "ranges": [{"type": "GIT",
        "repo": "https://github.com/o/r", "events": [{"introduced": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        {"fixed": "0123456789abcdef0123456789abcdef01234567"}]}]}],
        "references": [{"type": "FIX", "url": "https://github.com/o/r/commit/0123456789abcdef0123456789abcdef01234567"}],
        "database_specific": {"severity": "HIGH"}}]"#,
    );
    let incident = find(&osv, "OSV-2026-17");
    assert_eq!(
        (incident.fix_commits.as_slice(), incident.introduced_commits.len()),
        (&[commit.to_owned()][..], 1)
    );
    assert_eq!(
        (incident.opened, incident.severity_level),
        (Some(at("2026-02-25 10:17")), Some(Severity::High))
    );
    assert_eq!(incident.tickets, ["CVE-2026-0001"]);
    let nvd = look(
        "a.json",
        r#"{"resultsPerPage": 1, "vulnerabilities": [{"cve": {"id": "CVE-2026-1",
        "sourceIdentifier": "s", "vulnStatus": "Analyzed", "published": "2026-02-25T10:17:00.000",
        "lastModified": "2026-02-26T10:17:00.000", "descriptions": [{"lang": "en", "value": "Overflow"}],
        "metrics": {"cvssMetricV31": [{"cvssData": {"baseScore": 9.8, "baseSeverity": "CRITICAL"}}]},
        "references": [{"url": "https://github.com/o/r/commit/0123456789abcdef0123456789abcdef01234567",
        "tags": ["Patch"]}, {"url": "https://example.org/blog"}]}}]}"#,
    );
    let incident = find(&nvd, "CVE-2026-1");
    assert_eq!(
        (incident.fix_commits.as_slice(), incident.title.as_str()),
        (&[commit.to_owned()][..], "Overflow")
    );
    assert_eq!(incident.severity_level, Some(Severity::Critical));
}
