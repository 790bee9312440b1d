//! The source files of the product: where they are, and what their functions are called.

use crate::code::{CodeLanguage, Domain};
use crate::company::{BANK_IMPORT, INVOICING, PAYMENTS, REPORTS, SIGN_IN, WEB_APP};

/// One source file.
#[derive(Debug)]
pub(crate) struct ProductFile {
    pub(crate) path: &'static str,
    pub(crate) area: &'static str,
    pub(crate) language: CodeLanguage,
    pub(crate) domain: &'static Domain,
    pub(crate) opening: &'static str,
    /// The first one grows most.
    pub(crate) functions: &'static [&'static str],
    /// How often work lands here, compared with the other files of the area; 0 for tests.
    pub(crate) heat: usize,
}

const PAYMENT: Domain = Domain {
    subject: "payment",
    item: ["attempt", "attempts"],
    total: "due",
    numbers: ["amount", "days_late", "fee", "retries", "balance"],
    flags: ["is_settled", "is_disputed", "is_on_hold", "has_failed", "is_refunded"],
};

const INVOICE: Domain = Domain {
    subject: "invoice",
    item: ["line", "lines"],
    total: "total",
    numbers: ["price", "quantity", "discount", "tax_rate", "age_days"],
    flags: ["is_draft", "is_void", "is_exempt", "is_recurring", "is_rounded"],
};

const STATEMENT: Domain = Domain {
    subject: "statement",
    item: ["entry", "entries"],
    total: "matched",
    numbers: ["amount", "sequence", "value_date", "batch_size", "offset"],
    flags: ["is_reversal", "is_duplicate", "is_pending", "has_reference", "is_foreign"],
};

const SESSION: Domain = Domain {
    subject: "session",
    item: ["device", "devices"],
    total: "score",
    numbers: ["age", "failures", "idle_minutes", "level", "tokens"],
    flags: ["is_locked", "is_trusted", "is_expired", "is_admin", "needs_code"],
};

const VIEW: Domain = Domain {
    subject: "view",
    item: ["row", "rows"],
    total: "width",
    numbers: ["height", "columns", "page", "offset", "zoom"],
    flags: ["is_hidden", "is_selected", "is_dirty", "is_read_only", "has_error"],
};

const PERIOD: Domain = Domain {
    subject: "period",
    item: ["entry", "entries"],
    total: "sum",
    numbers: ["amount", "days", "rate", "share", "opening"],
    flags: ["is_closed", "is_estimate", "is_overdue", "is_internal", "is_reversed"],
};

const fn file(
    path: &'static str,
    (area, language, domain): (&'static str, CodeLanguage, &'static Domain),
    opening: &'static str,
    functions: &'static [&'static str],
    heat: usize,
) -> ProductFile {
    ProductFile { path, area, language, domain, opening, functions, heat }
}

const PAY: (&str, CodeLanguage, &Domain) = (PAYMENTS, CodeLanguage::Python, &PAYMENT);
const INV: (&str, CodeLanguage, &Domain) = (INVOICING, CodeLanguage::Python, &INVOICE);
const BANK: (&str, CodeLanguage, &Domain) = (BANK_IMPORT, CodeLanguage::Go, &STATEMENT);
const SIGN: (&str, CodeLanguage, &Domain) = (SIGN_IN, CodeLanguage::Go, &SESSION);
const WEB: (&str, CodeLanguage, &Domain) = (WEB_APP, CodeLanguage::TypeScript, &VIEW);
const REP: (&str, CodeLanguage, &Domain) = (REPORTS, CodeLanguage::Python, &PERIOD);

pub(crate) const FILES: [ProductFile; 29] = [
    file(
        "payments/collect.py",
        PAY,
        "Collects payments that are due.",
        &["collect_due", "charge_mandate", "settle_batch", "mark_paid", "next_attempt"],
        9,
    ),
    file("payments/retry.py", PAY, "Retries failed debits.", &["retry_failed", "backoff_days", "give_up"], 4),
    file("payments/ledger.py", PAY, "Books what was paid.", &["post_entry", "close_day", "balance_of"], 4),
    file("payments/refunds.py", PAY, "Pays money back.", &["refund", "partial_refund", "refund_deadline"], 3),
    file(
        "payments/mandates.py",
        PAY,
        "Keeps permissions to debit an account.",
        &["check_mandate", "renew_mandate", "cancel_mandate"],
        2,
    ),
    file("payments/fees.py", PAY, "Computes fees.", &["fee_for", "minimum_fee"], 1),
    file(
        "payments/tests/test_collect.py",
        PAY,
        "Tests of collecting.",
        &["test_collect_due", "test_settle_batch"],
        0,
    ),
    file("payments/tests/test_refunds.py", PAY, "Tests of refunds.", &["test_refund", "test_partial"], 0),
    file("invoicing/issue.py", INV, "Issues invoices.", &["issue_invoice", "number_of", "send_copy"], 4),
    file("invoicing/totals.py", INV, "Adds up invoices.", &["total_of", "discount_of", "round_total"], 4),
    file("invoicing/tax.py", INV, "Computes taxes.", &["tax_for", "reverse_charge", "tax_region"], 3),
    file(
        "invoicing/reminders.py",
        INV,
        "Reminds of unpaid invoices.",
        &["remind_late", "reminder_level", "pause_reminders"],
        2,
    ),
    file("invoicing/templates.py", INV, "Fills templates.", &["fill_template", "pick_template"], 1),
    file("invoicing/tests/test_totals.py", INV, "Tests of totals.", &["test_total", "test_rounding"], 0),
    file(
        "imports/parse.go",
        BANK,
        "Parses statements of banks.",
        &["parse_statement", "parse_line", "currency_of"],
        3,
    ),
    file(
        "imports/match.go",
        BANK,
        "Finds the invoice of a transfer.",
        &["match_payment", "match_by_reference", "score_match"],
        4,
    ),
    file("imports/feeds.go", BANK, "Polls banks.", &["poll_feed", "resume_feed"], 2),
    file("imports/match_test.go", BANK, "Tests of matching.", &["test_match", "test_score"], 0),
    file("accounts/login.go", SIGN, "Logs people in.", &["log_in", "check_code", "lock_account"], 4),
    file("accounts/sessions.go", SIGN, "Keeps sessions.", &["open_session", "expire_session"], 2),
    file("accounts/roles.go", SIGN, "Decides who may do what.", &["may_approve", "role_of"], 2),
    file("accounts/login_test.go", SIGN, "Tests of logging in.", &["test_log_in"], 0),
    file(
        "web/src/invoiceEditor.ts",
        WEB,
        "The editor of invoices.",
        &["validate_form", "edit_line", "save_draft"],
        4,
    ),
    file("web/src/dashboard.ts", WEB, "The first page.", &["show_balance", "group_rows"], 3),
    file("web/src/table.ts", WEB, "Tables.", &["sort_rows", "filter_rows"], 2),
    file("web/src/client.ts", WEB, "Talks to the server.", &["fetch_page", "retry_request"], 2),
    file("reports/aging.py", REP, "How old debts are.", &["age_of_debt", "bucket_of"], 3),
    file("reports/export.py", REP, "Exports for accountants.", &["export_rows", "format_amount"], 3),
    file("reports/charts.py", REP, "Charts.", &["plot_points", "axis_ticks"], 2),
];

/// The position of a file in [`FILES`].
pub(crate) fn position(path: &str) -> usize {
    FILES.iter().position(|file| file.path == path).expect("the story names files of the product")
}

/// The test file of an area; `None` for an area without tests.
pub(crate) fn test_of(area: &str) -> Option<usize> {
    FILES.iter().position(|file| file.area == area && file.heat == 0)
}
