//! The daily work of two years: what each change was called, by area.

use crate::company::{BANK_IMPORT, INVOICING, PAYMENTS, REPORTS, SIGN_IN, WEB_APP};

/// What a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Something new.
    Feature,
    /// A repair of something that was no incident.
    Fix,
    /// The same, made better.
    Better,
    /// Only tests.
    Tests,
}

use Purpose::{Better, Feature, Fix, Tests};

/// The changes of an area, in order, spread evenly over the working days `from..=to`.
pub(crate) struct Stretch {
    pub(crate) area: &'static str,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) changes: &'static [(Purpose, &'static str)],
}

/// Changes that were taken back, and how many working days later.
pub(crate) const TAKEN_BACK: [(&str, i64); 3] = [
    ("Retry failed debits on the same day", 2),
    ("Match transfers without a reference", 4),
    ("Load the dashboard in one request", 1),
];

pub(crate) const STRETCHES: [Stretch; 8] = [
    Stretch {
        area: PAYMENTS,
        from: 3,
        to: 255,
        changes: &[
            (Feature, "Collect by direct debit"),
            (Feature, "Ask for a mandate on the first invoice"),
            (Feature, "Book fees in the ledger"),
            (Fix, "Fix the date of the first debit"),
            (Feature, "Refund part of a payment"),
            (Feature, "Renew mandates every year"),
            (Better, "Simplify the booking of fees"),
            (Feature, "Close the ledger every day"),
            (Fix, "Fix a missing fee on refunds"),
            (Feature, "Hold payments that are disputed"),
            (Tests, "Test collecting on the last day of a month"),
            (Feature, "Settle debits in batches"),
        ],
    },
    Stretch {
        area: PAYMENTS,
        from: 262,
        to: 512,
        changes: &[
            (Feature, "Collect on a day of the customer's choice"),
            (Feature, "Retry failed debits three times"),
            (Fix, "Fix the order of retries"),
            (Feature, "Collect in instalments"),
            (Feature, "Retry failed debits on the same day"),
            (Feature, "Settle batches twice a day"),
            (Fix, "Fix a batch that ends at midnight"),
            (Feature, "Collect from a second account if the first fails"),
            (Feature, "Pay refunds out at once"),
            (Fix, "Fix the balance after two refunds"),
            (Feature, "Collect in four currencies"),
            (Feature, "Hold a batch until its mandates are checked"),
            (Fix, "Fix retries of payments on hold"),
            (Feature, "Add a fee for late payment"),
            (Tests, "Test batches with a failed debit"),
            (Feature, "Let customers move a debit by a week"),
            (Fix, "Fix the fee of instalments"),
            (Feature, "Collect card payments in the same run"),
        ],
    },
    Stretch {
        area: INVOICING,
        from: 1,
        to: 515,
        changes: &[
            (Feature, "Number invoices per year"),
            (Feature, "Add discounts per line"),
            (Feature, "Send a copy to the accountant"),
            (Fix, "Fix the rounding of discounts"),
            (Feature, "Add taxes of four countries"),
            (Feature, "Remind of late invoices"),
            (Better, "Split the computation of taxes"),
            (Feature, "Repeat invoices every month"),
            (Fix, "Fix reminders on public holidays"),
            (Tests, "Test totals with several taxes"),
            (Feature, "Pause reminders for a customer"),
            (Better, "Rename the levels of reminders"),
            (Feature, "Add a template per brand"),
            (Fix, "Fix the number of void invoices"),
            (Feature, "Reverse the charge for exports"),
            (Better, "Simplify the choice of templates"),
            (Tests, "Test the rounding of totals"),
            (Feature, "Add deposits to invoices"),
            (Better, "Clean up totals"),
            (Feature, "Add invoices in two languages"),
        ],
    },
    Stretch {
        area: BANK_IMPORT,
        from: 8,
        to: 505,
        changes: &[
            (Feature, "Read statements of two more banks"),
            (Feature, "Match transfers by reference"),
            (Fix, "Fix amounts with a thousands separator"),
            (Feature, "Poll banks every hour"),
            (Better, "Speed up the parser"),
            (Feature, "Match transfers without a reference"),
            (Feature, "Resume polling after an error"),
            (Tests, "Test matches of equal amounts"),
            (Feature, "Score matches by date"),
            (Fix, "Fix the sign of reversals"),
            (Better, "Simplify the score of a match"),
            (Feature, "Read statements in foreign currency"),
        ],
    },
    Stretch {
        area: SIGN_IN,
        from: 15,
        to: 480,
        changes: &[
            (Feature, "Ask for a code on new devices"),
            (Feature, "Lock an account after ten failures"),
            (Fix, "Fix codes that expire too early"),
            (Feature, "Add a role for accountants"),
            (Better, "Keep sessions in one place"),
            (Feature, "Let administrators approve payments"),
            (Tests, "Test locked accounts"),
            (Better, "Remove the old check of passwords"),
        ],
    },
    Stretch {
        area: WEB_APP,
        from: 5,
        to: 510,
        changes: &[
            (Feature, "Show the balance on the first page"),
            (Feature, "Sort tables by any column"),
            (Fix, "Fix the width of the amount column"),
            (Feature, "Save drafts of invoices"),
            (Feature, "Filter invoices by customer"),
            (Better, "Split the editor into parts"),
            (Feature, "Load the dashboard in one request"),
            (Fix, "Fix the focus after saving"),
            (Feature, "Warn before leaving a draft"),
            (Tests, "Test the editor with an empty line"),
            (Feature, "Show instalments in the editor"),
            (Better, "Draw tables faster"),
            (Feature, "Group the dashboard by customer"),
            (Fix, "Fix a table that is empty after filtering"),
            (Feature, "Retry requests that time out"),
            (Feature, "Edit invoices on a phone"),
        ],
    },
    Stretch {
        area: REPORTS,
        from: 20,
        to: 495,
        changes: &[
            (Feature, "Show how old debts are"),
            (Feature, "Export bookings for accountants"),
            (Better, "Simplify the buckets of debts"),
            (Feature, "Draw debts as a chart"),
            (Fix, "Fix the ticks of short periods"),
            (Feature, "Export in the format of two tax offices"),
            (Better, "Speed up exports"),
            (Feature, "Add estimates to charts"),
        ],
    },
    // The robot: every ten weeks.
    Stretch {
        area: "",
        from: 30,
        to: 500,
        changes: &[
            (Better, "Bump requests from 2.31.0 to 2.32.0"),
            (Better, "Bump vite from 5.3.1 to 5.4.0"),
            (Better, "Bump requests from 2.32.0 to 2.32.3"),
            (Better, "Bump typescript from 5.5.3 to 5.6.2"),
            (Better, "Bump vite from 5.4.0 to 6.0.1"),
            (Better, "Bump requests from 2.32.3 to 2.33.0"),
            (Better, "Bump typescript from 5.6.2 to 5.8.3"),
            (Better, "Bump vite from 6.0.1 to 7.0.0"),
        ],
    },
];
