//! The shop's incidents: their fixes and the evidence for their location.

use std::collections::BTreeMap;

/// An incident, and the steps of the story that fix it.
pub(super) struct DemoIncident {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) severity: &'static str,
    /// As in an export; one of them is not a number.
    pub(super) cost: &'static str,
    pub(super) customers: u32,
    /// Hours from opening to the first fix commit.
    pub(super) hours_open: i64,
    /// The fixed file; empty if it is not one of the shop's.
    pub(super) file: &'static str,
    /// The steps of the story that fix it.
    pub(super) fixed_at: &'static [usize],
    pub(super) evidence: RecordedEvidence,
}

/// The evidence in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordedEvidence {
    /// The ids of the fix commits.
    Commits,
    /// Nothing; the commit messages name the incident.
    Ticket,
    /// The file's path.
    Path,
    /// The service's name.
    Service(&'static str),
    /// Nothing at all.
    Nothing,
}

const fn incident(
    id: &'static str,
    title: &'static str,
    (severity, cost, customers, hours_open): (&'static str, &'static str, u32, i64),
    (file, fixed_at): (&'static str, &'static [usize]),
    evidence: RecordedEvidence,
) -> DemoIncident {
    DemoIncident { id, title, severity, cost, customers, hours_open, file, fixed_at, evidence }
}

const CHARGE: &str = "charge";
const LEDGER: &str = "ledger";
const CART: &str = "cart";
const DISCOUNT: &str = "discount";
const SEARCH: &str = "search";
const STOCK: &str = "stock";
const BASKET: &str = "basket";

// Each kind of evidence occurs, so that the samples show every strength of attribution.
pub(super) const INCIDENTS: [DemoIncident; 20] = [
    incident(
        "INC-1001",
        "Cards charged twice",
        ("critical", "18400.00", 412, 9),
        (CHARGE, &[14]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1002",
        "Search times out",
        ("major", "2150.50", 0, 5),
        (SEARCH, &[21]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1003",
        "Basket empties on reload",
        ("minor", "640.00", 37, 30),
        (BASKET, &[27]),
        RecordedEvidence::Ticket,
    ),
    incident(
        "INC-1004",
        "Refunds booked to the wrong day",
        ("major", "5200.00", 88, 52),
        (LEDGER, &[33]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1005",
        "Gift cards accepted after expiry",
        ("major", "7315.25", 129, 20),
        (DISCOUNT, &[40]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1006",
        "Stock below zero",
        ("minor", "980.00", 14, 11),
        (STOCK, &[46]),
        RecordedEvidence::Path,
    ),
    incident(
        "INC-1007",
        "Rounding differs from invoice",
        ("major", "3890.40", 240, 70),
        (CHARGE, &[52]),
        RecordedEvidence::Ticket,
    ),
    incident(
        "INC-1008",
        "Checkout down for 40 minutes",
        ("critical", "26750.00", 1904, 1),
        // Two fix commits, as when the first was not enough.
        (CART, &[59, 60]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1009",
        "Payment provider timeout",
        ("critical", "15100.00", 730, 3),
        (CHARGE, &[66]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1010",
        // No commit fixes it and nothing in the record names code: it stays unattributed.
        "Data centre power loss",
        ("critical", "9900.00", 2100, 4),
        (CHARGE, &[]),
        RecordedEvidence::Nothing,
    ),
    incident(
        "INC-1011",
        "Search shows sold-out goods",
        ("minor", "410.00", 9, 44),
        (SEARCH, &[73]),
        RecordedEvidence::Service("catalog"),
    ),
    incident(
        "INC-1012",
        "Ledger out of balance",
        ("critical", "12240.75", 0, 26),
        (LEDGER, &[80]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1013",
        "Coupons stack without end",
        ("major", "4630.00", 301, 8),
        (DISCOUNT, &[87]),
        RecordedEvidence::Ticket,
    ),
    incident(
        "INC-1014",
        // A service that is not in this repository.
        "Parcel labels unreadable",
        ("minor", "275.00", 0, 96),
        ("", &[]),
        RecordedEvidence::Service("warehouse"),
    ),
    incident(
        "INC-1015",
        "Declined cards shown as paid",
        ("critical", "21030.00", 518, 6),
        (CHARGE, &[101]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1016",
        "Tax missing for two regions",
        ("major", "8480.00", 655, 33),
        (CART, &[108]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1017",
        "Late settlement file",
        // No export is clean. The report has to say that this cost is unreadable, not count it as
        // 0.
        ("major", "ask finance", 0, 12),
        (LEDGER, &[]),
        RecordedEvidence::Service("payments"),
    ),
    incident(
        "INC-1018",
        "Reserved stock never released",
        ("major", "2760.00", 63, 19),
        (STOCK, &[118]),
        RecordedEvidence::Commits,
    ),
    incident(
        "INC-1019",
        "Chargebacks not matched",
        ("major", "6120.00", 47, 60),
        (CHARGE, &[127]),
        RecordedEvidence::Ticket,
    ),
    incident(
        "INC-1020",
        "Double booking in the ledger",
        ("critical", "13950.00", 96, 7),
        (LEDGER, &[136]),
        RecordedEvidence::Commits,
    ),
];

/// The incidents that a step of the story fixes.
pub(super) fn fixed_at(step: usize) -> Option<&'static DemoIncident> {
    INCIDENTS.iter().find(|incident| incident.fixed_at.contains(&step))
}

/// Fix commits, by incident id.
pub(super) type FixCommits = BTreeMap<&'static str, Vec<FixCommit>>;

/// A commit that fixes an incident.
pub(super) struct FixCommit {
    pub(super) commit: String,
    pub(super) time: i64,
}
