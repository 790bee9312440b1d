//! What debtscan reads besides the history: incidents, accounts, fixes, plan and settings.

use std::collections::BTreeMap;

use crate::calendar::{WorkHour, stamp};
use crate::company::{BANK_IMPORT, INVOICING, NAME, PAYMENTS, REPORTS, SIGN_IN, WEB_APP};
use crate::incidents::{INCIDENTS, RecordedPlace, id};

/// A commit that fixed an incident.
#[derive(Debug)]
pub(crate) struct MergedFix {
    pub(crate) id: String,
    /// When it was merged.
    pub(crate) merged: i64,
}

/// Files of the first commit that are no source code.
pub(crate) const FIRST: [(&str, &str); 3] = [
    (
        "README.md",
        "# Fernhill\n\nFernhill does not exist: `debtscan demo` wrote this repository. Its people, customers, incidents and\n\
         plans are invented, and its code does nothing.\n\nThe company that it imagines writes invoices for small firms and \
         collects their payments.\n`debtscan.toml` names the files of `business/`, so `debtscan` needs no option here.\n",
    ),
    ("requirements.txt", "requests==2.31.0\n"),
    ("web/package.json", "{\n  \"name\": \"web\",\n  \"vite\": \"5.3.1\"\n}\n"),
];

/// Files of the last commit.
pub(crate) fn last(fixes: &BTreeMap<usize, MergedFix>) -> Vec<(&'static str, String)> {
    vec![
        (".gitignore", "/report.html\n/brief.html\n".to_owned()),
        ("business/incidents.csv", incidents(fixes)),
        ("business/accounts.csv", ACCOUNTS.to_owned()),
        ("business/fixes.csv", FIXES.to_owned()),
        ("business/plan.csv", PLAN.to_owned()),
        ("debtscan.toml", settings()),
    ]
}

/// The export of an incident tracker.
fn incidents(fixes: &BTreeMap<usize, MergedFix>) -> String {
    let mut text = "id,title,opened_at,resolved_at,severity,cost_usd,accounts,path,fix_commits\n".to_owned();
    for (position, incident) in INCIDENTS.iter().enumerate() {
        let opened = WorkHour::of(incident.day, 1).seconds();
        let fix = fixes.get(&position);
        let resolved = fix.map_or(opened + 4 * 3_600, |fix| fix.merged + 1_800);
        let only =
            |wanted, text: &str| if incident.evidence == wanted { text.to_owned() } else { String::new() };
        let row = [
            id(position),
            incident.title.to_owned(),
            stamp(opened),
            stamp(resolved),
            incident.severity.to_owned(),
            incident.cost.to_owned(),
            incident.accounts.to_owned(),
            only(RecordedPlace::Path, incident.place.0),
            only(RecordedPlace::Commit, fix.map_or("", |fix| fix.id.as_str())),
        ];
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains(',') { format!("\"{cell}\"") } else { cell.to_owned() }
}

/// Fifteen customers. Revenue is a year's.
const ACCOUNTS: &str = "\
account,arr_usd,renewal,risk
Northgate Clinics,186000,2026-10-15,at risk
Harbour Ferries,142000,2027-03-01,safe
Castle Gyms,118000,2027-01-20,safe
Kestrel Sports,96000,2026-12-05,safe
Oakfield Care,88000,2027-04-30,safe
Alder Dental,74000,2027-02-14,safe
Juniper Books,52000,2026-11-18,safe
Elm Street Schools,48000,2027-06-01,safe
Lakeside Music,41000,2027-03-22,safe
Ivy Legal,39000,2026-12-19,safe
Mill Road Vets,33000,2027-01-08,safe
Dunmore Physio,27000,2027-05-11,safe
Birch & Lane,24000,2026-11-02,safe
Garden Row Bakery,19000,2027-04-04,safe
Fox Hill Farm,16000,2027-02-27,safe
";

/// Tickets: four for payments that take one sprint, and three elsewhere.
const FIXES: &str = "\
id,title,area,team,estimate,low,high,prevents,paths,done when
PAY-301,Collect each debit once,Payments,Payments,8,6,11,0.75,payments/collect.py:collect_due; payments/collect.py:charge_mandate,a second run of the same day collects nothing
PAY-302,Let a batch be repeated safely,Payments,Payments,7,5,10,0.75,payments/collect.py:settle_batch; payments/ledger.py:close_day,a batch that stops half-way can be started again
PAY-303,Stop retries at one place,Payments,Payments,4,3,6,0.7,payments/retry.py:retry_failed; payments/retry.py:give_up; payments/refunds.py:refund,one place decides whether to try again
PAY-304,Check the mandate before each debit,Payments,Payments,4,3,6,0.7,payments/mandates.py:check_mandate; payments/mandates.py:cancel_mandate; payments/mandates.py:renew_mandate,a cancelled mandate is never debited; two people know the code
INV-88,Number and issue invoices in one step,Invoicing,Platform,6,4,9,0.6,invoicing/issue.py:issue_invoice; invoicing/issue.py:number_of,a number is given once
INV-91,Round totals in one place,Invoicing,Platform,5,3,8,0.6,invoicing/totals.py:round_total; invoicing/tax.py:tax_for,totals and print agree to the cent
WEB-57,Split the checks of the editor,Web app,Platform,5,3,8,0.5,web/src/invoiceEditor.ts:validateForm,no check is longer than 40 lines
";

/// What the teams have planned, in the order of work.
const PLAN: &str = "\
item,team,effort,due,cost of delay per week (USD),movable
Cards in the customer portal,Payments,50,2026-08-14,1000,no
Payment page in three languages,Payments,24,,200,yes
Instant payouts,Payments,85,2026-09-30,1500,no
Offline drafts,Platform,30,2026-09-04,1000,no
New table component,Platform,20,,200,yes
";

/// The areas: name, paths, owner.
const AREAS: [(&str, &str, &str); 6] = [
    (PAYMENTS, "payments/**", "Maya Lindqvist"),
    (INVOICING, "invoicing/**", "Jonas Weber"),
    (BANK_IMPORT, "imports/**", "Sam Okafor"),
    (SIGN_IN, "accounts/**", "Sam Okafor"),
    (WEB_APP, "web/**", "Elif Demir"),
    (REPORTS, "reports/**", "Priya Nair"),
];

fn settings() -> String {
    let mut text = format!(
        "# Fernhill does not exist: `debtscan demo` wrote this file, and everything that it names.\n\n\
         [project]\nname = \"{NAME}\"\ndefault_currency = \"USD\"\ninvented = true\n\n\
         [incidents]\nfiles = [\"business/incidents.csv\"]\n\n\
         [accounts]\nfiles = [\"business/accounts.csv\"]\n\n\
         [brief]\nengineer_day = 900\nfixes = \"business/fixes.csv\"\nplan = \"business/plan.csv\"\n"
    );
    for (name, capacity) in [("Payments", 27), ("Platform", 20)] {
        text.push_str(&format!(
            "\n[[team]]\nname = \"{name}\"\ncapacity = {capacity}\nsprint_start = \"2026-06-29\"\nsprint_days = 14\n\
             next_quarter = \"2026-10-01\"\n"
        ));
    }
    for (name, paths, owner) in AREAS {
        text.push_str(&format!(
            "\n[[area]]\nname = \"{name}\"\npaths = [\"{paths}\"]\nowner = \"{owner}\"\n"
        ));
    }
    text.push_str(ASKS);
    text
}

/// What was agreed about areas.
const ASKS: &str = "
[[ask]]
area = \"Payments\"
state = \"planned\"
since = \"2026-06-01\"
reason = \"four fixes in one sprint\"
owner = \"Maya Lindqvist\"
max_incidents = 3

[[ask]]
area = \"Reports\"
state = \"watched\"
since = \"2026-03-02\"
reason = \"one person knows it\"
owner = \"Priya Nair\"

[[ask]]
area = \"Sign-in\"
state = \"accepted\"
since = \"2025-11-03\"
until = \"2026-05-31\"
reason = \"to be replaced by a bought service\"
owner = \"Sam Okafor\"
";
