//! The company, its people and the parts of its product. None of it exists.

/// The company's name, as the configuration writes it.
pub(crate) const NAME: &str = "Fernhill (invented)";

/// The areas of the product, as `debtscan.toml` names them.
pub(crate) const PAYMENTS: &str = "Payments";
pub(crate) const INVOICING: &str = "Invoicing";
pub(crate) const BANK_IMPORT: &str = "Bank import";
pub(crate) const SIGN_IN: &str = "Sign-in";
pub(crate) const WEB_APP: &str = "Web app";
pub(crate) const REPORTS: &str = "Reports";

/// A name and an address.
pub(crate) type Person = (&'static str, &'static str);

/// Leads payments.
pub(crate) const MAYA: Person = ("Maya Lindqvist", "maya@fernhill.example");
/// Wrote most of payments, and left at the end of October 2025.
pub(crate) const TOMAS: Person = ("Tomas Reyes", "tomas@fernhill.example");
/// Invoicing.
pub(crate) const JONAS: Person = ("Jonas Weber", "jonas@fernhill.example");
/// Reports, alone.
pub(crate) const PRIYA: Person = ("Priya Nair", "priya@fernhill.example");
/// Bank import and sign-in.
pub(crate) const SAM: Person = ("Sam Okafor", "sam@fernhill.example");
/// The web app.
pub(crate) const ELIF: Person = ("Elif Demir", "elif@fernhill.example");
/// Joined in September 2025; invoicing and payments.
pub(crate) const HANA: Person = ("Hana Sato", "hana@fernhill.example");
/// Raises versions of libraries.
pub(crate) const ROBOT: Person = ("deps[bot]", "deps-bot@fernhill.example");

/// The working day after which Tomas no longer works there: 31 October 2025.
pub(crate) const TOMAS_LEFT: i64 = 349;
/// The working day on which Hana starts: 8 September 2025.
pub(crate) const HANA_JOINED: i64 = 310;

/// Who works on an area on a working day; `turn` is any number.
pub(crate) fn author(area: &str, day: i64, turn: usize) -> Person {
    let (tomas, hana) = (day <= TOMAS_LEFT, day >= HANA_JOINED);
    match area {
        PAYMENTS if tomas => [TOMAS, TOMAS, TOMAS, MAYA][turn % 4],
        PAYMENTS => [MAYA, HANA, MAYA][turn % 3],
        INVOICING if hana => [JONAS, HANA][turn % 2],
        INVOICING => [JONAS, JONAS, MAYA][turn % 3],
        BANK_IMPORT => [SAM, SAM, JONAS][turn % 3],
        SIGN_IN => [SAM, ELIF][turn % 2],
        WEB_APP => [ELIF, ELIF, SAM][turn % 3],
        _ => PRIYA,
    }
}
