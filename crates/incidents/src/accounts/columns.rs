//! Which column of a CRM export holds what.

use crate::money::currency::Currency;

/// What a column of an accounts file may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccountField {
    Name,
    Id,
    /// Revenue per year.
    Yearly,
    /// Revenue per month.
    Monthly,
    Currency,
    Renewal,
    Risk,
}

/// Accepted headers, the preferred first; compared without letter case and punctuation, and without
/// the ending `__c` of the CRM's own fields and the prefix `hs_` of the other's.
///
/// `annual revenue` comes last: both CRMs call the customer's own turnover so.
const NAMES: [(AccountField, &[&str]); 7] = [
    (
        AccountField::Name,
        &[
            "accountname",
            "account",
            "companyname",
            "company",
            "customername",
            "customer",
            "organization",
            "name",
        ],
    ),
    (
        AccountField::Id,
        &[
            "accountid",
            "primaryaccountid",
            "companyid",
            "customerid",
            "organizationid",
            "recordid",
            "objectid",
            "id",
        ],
    ),
    (
        AccountField::Yearly,
        &[
            "arr",
            "annualrecurringrevenue",
            "currentarr",
            "acv",
            "annualcontractvalue",
            "contractvalue",
            "recurringrevenue",
            "annualrevenue",
        ],
    ),
    (AccountField::Monthly, &["mrr", "monthlyrecurringrevenue", "monthlyrevenue"]),
    (
        AccountField::Currency,
        &["currency", "currencyisocode", "currencycode", "accountcurrency", "dealcurrencycode"],
    ),
    (
        AccountField::Renewal,
        &[
            "renewaldate",
            "renewal",
            "nextrenewal",
            "nextrenewaldate",
            "renewson",
            "contractenddate",
            "contractend",
            "subscriptionenddate",
            "subscriptionend",
            "expirationdate",
            "enddate",
        ],
    ),
    (
        AccountField::Risk,
        &[
            "churnrisk",
            "risk",
            "risklevel",
            "relationshiphealth",
            "customerhealth",
            "accounthealth",
            "health",
            "healthscore",
        ],
    ),
];

/// What a header means, and how preferred it is (0 first); `None` for any other.
pub(super) fn meaning(header: &str) -> Option<(AccountField, usize)> {
    let folded = fold(header);
    NAMES.iter().find_map(|(field, names)| {
        names.iter().position(|name| *name == folded).map(|preference| (*field, preference))
    })
}

/// Whether a header of revenue may mean what the customer itself earns.
pub(super) fn is_doubtful(header: &str) -> bool {
    fold(header) == "annualrevenue"
}

/// The currency at the end of a header such as `ARR (EUR)` or `arr_usd`, and the header without it.
pub(super) fn split_currency(header: &str) -> (&str, Option<Currency>) {
    let trimmed = header.trim().trim_end_matches(')');
    let Some((start, code)) = trimmed.rsplit_once(['_', ' ', '(']) else { return (header, None) };
    match Currency::from_iso(code.trim()) {
        // Some codes are also words, such as `ALL` and `TOP`: a header with a meaning of its own
        // stays whole.
        Some(currency) if meaning(header).is_none() => (start, Some(currency)),
        _ => (header, None),
    }
}

fn fold(header: &str) -> String {
    let lower = header.trim().to_lowercase();
    // Salesforce marks custom fields with `__c`, and HubSpot its own with `hs_`.
    let lower = lower.strip_suffix("__c").unwrap_or(&lower);
    let lower = lower.strip_prefix("hs_").unwrap_or(lower);
    lower.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Headers that name an account, for people.
pub(super) fn names_of_accounts() -> Vec<&'static str> {
    vec!["account", "account_name", "company", "customer", "name", "account_id"]
}

#[cfg(test)]
mod tests {
    use super::{AccountField, meaning, split_currency};
    use crate::Currency;

    #[test]
    fn headers_of_crm_exports_are_known() {
        for (header, field) in [
            ("Account Name", AccountField::Name),
            ("Company name", AccountField::Name),
            ("Record ID", AccountField::Id),
            ("hs_object_id", AccountField::Id),
            ("ARR__c", AccountField::Yearly),
            ("AnnualRevenue", AccountField::Yearly),
            ("hs_mrr", AccountField::Monthly),
            ("CurrencyIsoCode", AccountField::Currency),
            ("Contract End Date", AccountField::Renewal),
            ("Relationship Health", AccountField::Risk),
        ] {
            assert_eq!(meaning(header).map(|(field, _)| field), Some(field), "{header}");
        }
        assert_eq!(meaning("Billing Country"), None);
        assert!(meaning("ARR").expect("known").1 < meaning("Annual Revenue").expect("known").1);
    }

    #[test]
    fn a_header_may_end_in_its_currency() {
        let euro = Currency::from_iso("EUR");
        assert_eq!(split_currency("ARR (EUR)"), ("ARR ", euro));
        assert_eq!(split_currency("arr_eur"), ("arr", euro));
        assert_eq!(split_currency("contract end"), ("contract end", None));
        assert_eq!(split_currency("ARR"), ("ARR", None));
    }
}
