//! The incidents of the company: when, where, what they cost and whom they hit.

use crate::files;

/// One incident.
#[derive(Debug)]
pub(crate) struct InventedIncident {
    pub(crate) title: &'static str,
    /// The working day on which it began.
    pub(crate) day: i64,
    /// The fixed file and function; empty for an incident that no change fixed.
    pub(crate) place: (&'static str, &'static str),
    pub(crate) severity: &'static str,
    /// In US dollars: credit notes, refunds and the work of support.
    pub(crate) cost: &'static str,
    /// The accounts that it hit.
    pub(crate) accounts: &'static str,
    pub(crate) evidence: RecordedPlace,
}

/// What the record says about the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordedPlace {
    /// The id of the commit that fixed it.
    Commit,
    /// Nothing, but the message of the fix names the incident.
    Ticket,
    /// The file.
    Path,
    /// Nothing at all.
    Nothing,
}

use RecordedPlace::{Commit, Nothing, Path, Ticket};

const COLLECT: &str = "payments/collect.py";
const RETRY: &str = "payments/retry.py";
const LEDGER: &str = "payments/ledger.py";
const REFUNDS: &str = "payments/refunds.py";
const MANDATES: &str = "payments/mandates.py";

const fn incident(
    day: i64,
    title: &'static str,
    place: (&'static str, &'static str),
    (severity, cost, accounts): (&'static str, &'static str, &'static str),
    evidence: RecordedPlace,
) -> InventedIncident {
    InventedIncident { title, day, place, severity, cost, accounts, evidence }
}

/// All incidents, in the order in which they began; the first is `INC-101`.
pub(crate) const INCIDENTS: [InventedIncident; 36] = [
    incident(
        34,
        "Tax missing on exports",
        ("invoicing/tax.py", "reverse_charge"),
        ("medium", "2400.00", "Birch & Lane"),
        Commit,
    ),
    incident(
        52,
        "Codes arrive too late",
        ("accounts/login.go", "check_code"),
        ("medium", "1850.00", ""),
        Commit,
    ),
    incident(
        66,
        "First debit on a Sunday fails",
        (COLLECT, "collect_due"),
        ("medium", "3900.00", "Alder Dental"),
        Commit,
    ),
    incident(
        79,
        "Statement of one bank not read",
        ("imports/parse.go", "parse_statement"),
        ("low", "640.00", ""),
        Ticket,
    ),
    incident(
        97,
        "Invoices issued twice",
        ("invoicing/issue.py", "issue_invoice"),
        ("high", "6200.00", "Castle Gyms; Juniper Books"),
        Commit,
    ),
    incident(
        121,
        "Refund booked to the wrong day",
        (LEDGER, "post_entry"),
        ("medium", "4150.00", ""),
        Commit,
    ),
    incident(
        133,
        "Draft lost after saving",
        ("web/src/invoiceEditor.ts", "save_draft"),
        ("low", "480.00", ""),
        Ticket,
    ),
    incident(
        149,
        "Reminders sent for paid invoices",
        ("invoicing/reminders.py", "remind_late"),
        ("medium", "3350.00", "Dunmore Physio"),
        Commit,
    ),
    incident(
        162,
        "Old debts missing from the report",
        ("reports/aging.py", "bucket_of"),
        ("low", "900.00", ""),
        Path,
    ),
    incident(
        176,
        "Mandates renewed without consent",
        (MANDATES, "renew_mandate"),
        ("high", "9800.00", "Northgate Clinics"),
        Commit,
    ),
    incident(190, "Power cut in the data centre", ("", ""), ("high", "7400.00", ""), Nothing),
    incident(
        203,
        "Locked out after a password change",
        ("accounts/login.go", "lock_account"),
        ("medium", "2100.00", "Elm Street Schools"),
        Commit,
    ),
    incident(
        214,
        "Discount counted twice",
        ("invoicing/totals.py", "discount_of"),
        ("medium", "2950.00", ""),
        Commit,
    ),
    incident(
        231,
        "Batch settled twice",
        (COLLECT, "settle_batch"),
        ("critical", "18600.00", "Castle Gyms; Harbour Ferries"),
        Commit,
    ),
    incident(
        246,
        "Dashboard shows another customer's balance",
        ("web/src/dashboard.ts", "show_balance"),
        ("high", "5200.00", "Ivy Legal"),
        Commit,
    ),
    incident(
        270,
        "Debits collected before the agreed day",
        (COLLECT, "collect_due"),
        ("high", "11300.00", "Alder Dental; Kestrel Sports"),
        Commit,
    ),
    incident(
        284,
        "Transfers matched to the wrong invoice",
        ("imports/match.go", "match_payment"),
        ("medium", "2800.00", ""),
        Commit,
    ),
    incident(
        296,
        "Failed debits retried without end",
        (RETRY, "retry_failed"),
        ("critical", "22400.00", "Northgate Clinics; Castle Gyms"),
        Commit,
    ),
    incident(307, "Tax rounded down", ("invoicing/tax.py", "tax_for"), ("low", "1200.00", ""), Ticket),
    incident(
        318,
        "Instalments collected at once",
        (COLLECT, "collect_due"),
        ("high", "14700.00", "Lakeside Music"),
        Commit,
    ),
    incident(
        331,
        "Export stops at 10,000 rows",
        ("reports/export.py", "export_rows"),
        ("low", "750.00", ""),
        Commit,
    ),
    incident(341, "Refund paid out twice", (REFUNDS, "refund"), ("high", "8900.00", "Juniper Books"), Commit),
    incident(
        356,
        "Editor freezes on long invoices",
        ("web/src/invoiceEditor.ts", "validate_form"),
        ("medium", "1650.00", ""),
        Commit,
    ),
    incident(367, "Ledger off by the fees of a day", (LEDGER, "close_day"), ("high", "9250.00", ""), Commit),
    incident(
        380,
        "Duplicate invoice numbers",
        ("invoicing/issue.py", "number_of"),
        ("medium", "3100.00", "Mill Road Vets"),
        Commit,
    ),
    incident(
        394,
        "Cancelled mandates debited",
        (MANDATES, "cancel_mandate"),
        ("critical", "26800.00", "Northgate Clinics; Oakfield Care"),
        Commit,
    ),
    incident(
        408,
        "Sessions of leavers stay open",
        ("accounts/sessions.go", "expire_session"),
        ("high", "4300.00", "Ivy Legal"),
        Commit,
    ),
    incident(
        421,
        "Second account debited as well",
        (COLLECT, "charge_mandate"),
        ("high", "16100.00", "Kestrel Sports"),
        Commit,
    ),
    incident(
        433,
        "Statements of one bank stop for a day",
        ("imports/feeds.go", "resume_feed"),
        ("medium", "1900.00", ""),
        Ticket,
    ),
    incident(
        444,
        "Total differs from the printed invoice",
        ("invoicing/totals.py", "round_total"),
        ("medium", "2250.00", ""),
        Commit,
    ),
    incident(
        455,
        "Payments on hold collected",
        (COLLECT, "collect_due"),
        ("high", "12600.00", "Lakeside Music; Dunmore Physio"),
        Commit,
    ),
    incident(
        463,
        "Filter hides unpaid invoices",
        ("web/src/table.ts", "filter_rows"),
        ("low", "540.00", ""),
        Path,
    ),
    incident(
        471,
        "Batch lost at midnight",
        (COLLECT, "settle_batch"),
        ("critical", "24900.00", "Harbour Ferries"),
        Commit,
    ),
    incident(
        486,
        "Late fee charged twice",
        (RETRY, "give_up"),
        ("medium", "6400.00", "Oakfield Care"),
        Commit,
    ),
    incident(
        497,
        "Reminder level skips a step",
        ("invoicing/reminders.py", "reminder_level"),
        ("low", "820.00", ""),
        Commit,
    ),
    incident(
        503,
        "Debits collected twice in one run",
        (COLLECT, "settle_batch"),
        ("critical", "31500.00", "Northgate Clinics; Alder Dental"),
        Commit,
    ),
];

impl InventedIncident {
    /// The fixed file, as a position in [`files::FILES`]; `None` for an incident that no change fixed.
    pub(crate) fn file(&self) -> Option<usize> {
        (!self.place.0.is_empty()).then(|| files::position(self.place.0))
    }

    /// Working days until the fix is merged: severe ones are fixed at once.
    pub(crate) fn days_open(&self) -> i64 {
        match self.severity {
            "critical" => 0,
            "high" => 1,
            _ => 3,
        }
    }
}

/// The id of an incident, by its position in [`INCIDENTS`].
pub(crate) fn id(position: usize) -> String {
    format!("INC-{}", 101 + position)
}
