//! What went wrong in the shop, when it was mended, and how one can know where.

use std::collections::BTreeMap;

use anyhow::Result;

use super::story::Told;

/// An incident, and the place in the story at which it is mended.
pub(super) struct Incident {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) severity: &'static str,
    /// As an export writes it; one is not a number.
    pub(super) cost: &'static str,
    pub(super) customers: u32,
    /// Hours from opening to the (first) mending commit.
    pub(super) hours_open: i64,
    /// The file that is mended; empty when it is none of the shop's.
    pub(super) file: &'static str,
    /// The steps of the story that mend it.
    pub(super) mended_at: &'static [usize],
    pub(super) evidence: Evidence,
}

/// What the record says about where it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// The ids of the mending commits.
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
    (file, mended_at): (&'static str, &'static [usize]),
    evidence: Evidence,
) -> Incident {
    Incident { id, title, severity, cost, customers, hours_open, file, mended_at, evidence }
}

const CHARGE: &str = "charge";
const LEDGER: &str = "ledger";
const CART: &str = "cart";
const DISCOUNT: &str = "discount";
const SEARCH: &str = "search";
const STOCK: &str = "stock";
const BASKET: &str = "basket";

pub(super) const INCIDENTS: [Incident; 20] = [
    incident(
        "INC-1001",
        "Cards charged twice",
        ("critical", "18400.00", 412, 9),
        (CHARGE, &[14]),
        Evidence::Commits,
    ),
    incident("INC-1002", "Search times out", ("major", "2150.50", 0, 5), (SEARCH, &[21]), Evidence::Commits),
    incident(
        "INC-1003",
        "Basket empties on reload",
        ("minor", "640.00", 37, 30),
        (BASKET, &[27]),
        Evidence::Ticket,
    ),
    incident(
        "INC-1004",
        "Refunds booked to the wrong day",
        ("major", "5200.00", 88, 52),
        (LEDGER, &[33]),
        Evidence::Commits,
    ),
    incident(
        "INC-1005",
        "Gift cards accepted after expiry",
        ("major", "7315.25", 129, 20),
        (DISCOUNT, &[40]),
        Evidence::Commits,
    ),
    incident("INC-1006", "Stock below zero", ("minor", "980.00", 14, 11), (STOCK, &[46]), Evidence::Path),
    incident(
        "INC-1007",
        "Rounding differs from invoice",
        ("major", "3890.40", 240, 70),
        (CHARGE, &[52]),
        Evidence::Ticket,
    ),
    incident(
        "INC-1008",
        "Checkout down for 40 minutes",
        ("critical", "26750.00", 1904, 1),
        (CART, &[59, 60]),
        Evidence::Commits,
    ),
    incident(
        "INC-1009",
        "Payment provider timeout",
        ("critical", "15100.00", 730, 3),
        (CHARGE, &[66]),
        Evidence::Commits,
    ),
    incident(
        "INC-1010",
        "Data centre power loss",
        ("critical", "9900.00", 2100, 4),
        (CHARGE, &[]),
        Evidence::Nothing,
    ),
    incident(
        "INC-1011",
        "Search shows sold-out goods",
        ("minor", "410.00", 9, 44),
        (SEARCH, &[73]),
        Evidence::Service("catalog"),
    ),
    incident(
        "INC-1012",
        "Ledger out of balance",
        ("critical", "12240.75", 0, 26),
        (LEDGER, &[80]),
        Evidence::Commits,
    ),
    incident(
        "INC-1013",
        "Coupons stack without end",
        ("major", "4630.00", 301, 8),
        (DISCOUNT, &[87]),
        Evidence::Ticket,
    ),
    incident(
        "INC-1014",
        "Parcel labels unreadable",
        ("minor", "275.00", 0, 96),
        ("", &[]),
        Evidence::Service("warehouse"),
    ),
    incident(
        "INC-1015",
        "Declined cards shown as paid",
        ("critical", "21030.00", 518, 6),
        (CHARGE, &[101]),
        Evidence::Commits,
    ),
    incident(
        "INC-1016",
        "Tax missing for two regions",
        ("major", "8480.00", 655, 33),
        (CART, &[108]),
        Evidence::Commits,
    ),
    incident(
        "INC-1017",
        "Late settlement file",
        ("major", "about 5k", 0, 12),
        (LEDGER, &[]),
        Evidence::Service("payments"),
    ),
    incident(
        "INC-1018",
        "Reserved stock never released",
        ("major", "2760.00", 63, 19),
        (STOCK, &[118]),
        Evidence::Commits,
    ),
    incident(
        "INC-1019",
        "Chargebacks not matched",
        ("major", "6120.00", 47, 60),
        (CHARGE, &[127]),
        Evidence::Ticket,
    ),
    incident(
        "INC-1020",
        "Double booking in the ledger",
        ("critical", "13950.00", 96, 7),
        (LEDGER, &[136]),
        Evidence::Commits,
    ),
];

const COLUMNS: [&str; 12] = [
    "id",
    "title",
    "opened_at",
    "resolved_at",
    "severity",
    "cost",
    "currency",
    "customers",
    "path",
    "service",
    "fix_commits",
    "url",
];

/// The incidents that are mended at a step of the story.
pub(super) fn mended_at(step: usize) -> Option<&'static Incident> {
    INCIDENTS.iter().find(|incident| incident.mended_at.contains(&step))
}

/// The export of the incident tracker, after the story was told.
pub(super) fn to_csv(told: &Told) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let no_fixes = Vec::new();
    for (position, incident) in INCIDENTS.iter().enumerate() {
        let fixes = told.fixes.get(incident.id).unwrap_or(&no_fixes);
        let resolved = match fixes.last() {
            Some(fix) => fix.time,
            None => told.start + i64::try_from(position)? * 28 * 86_400,
        };
        let opened = fixes.first().map_or(resolved, |fix| fix.time) - incident.hours_open * 3_600;
        let ids: Vec<_> = fixes.iter().map(|fix| fix.commit.as_str()).collect();
        let only_if =
            |wanted: Evidence, text: String| if incident.evidence == wanted { text } else { String::new() };
        let service = if let Evidence::Service(name) = incident.evidence { name } else { "" };
        let path = told.paths.get(incident.file).cloned().unwrap_or_default();
        writer.write_record([
            incident.id,
            incident.title,
            &time(opened)?,
            &time(resolved)?,
            incident.severity,
            incident.cost,
            "USD",
            &incident.customers.to_string(),
            &only_if(Evidence::Path, path),
            service,
            &only_if(Evidence::Commits, ids.join(" ")),
            &format!("https://incidents.example.com/{}", incident.id),
        ])?;
    }
    Ok(writer.into_inner()?)
}

fn time(seconds: i64) -> Result<String> {
    Ok(jiff::Timestamp::from_second(seconds)?.to_string())
}

/// Commits that mend an incident, by the incident's id.
pub(super) type Fixes = BTreeMap<&'static str, Vec<Fix>>;

/// A commit that mends an incident.
pub(super) struct Fix {
    pub(super) commit: String,
    pub(super) time: i64,
}
