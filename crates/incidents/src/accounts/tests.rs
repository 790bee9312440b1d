//! Account files, with their values by hand.

use debtscan_model::Timestamp;

use crate::{Account, Accounts, AccountsError, Currency, IncidentFile, Money, read_accounts as read};

fn file(text: &str) -> IncidentFile {
    IncidentFile { name: "accounts.csv".to_owned(), content: text.as_bytes().to_vec() }
}

fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::USD }
}

fn read_one(text: &str) -> Accounts {
    read(&[file(text)], None).expect("a usable file")
}

#[test]
fn an_export_of_salesforce_is_understood() {
    let accounts = read_one(
        "\u{feff}Account ID,Account Name,CurrencyIsoCode,AnnualRevenue,ARR__c,Renewal_Date__c,Relationship Health\r\n\
         0015g00000A,Acme,EUR,900000000,\"12,500.50\",2026-03-01,At risk\r\n\
         0015g00000B,\"Byte, Inc.\",USD,5,,,\r\n",
    );
    let euro = Currency::from_iso("EUR").expect("a code");
    let acme = Account {
        name: "Acme".to_owned(),
        id: Some("0015g00000A".to_owned()),
        revenue: Some(Money { minor: 1_250_050, currency: euro }),
        // date -u -d 2026-03-01 +%s
        renewal: Some(Timestamp(1_772_323_200)),
        risk: Some("At risk".to_owned()),
    };
    assert_eq!(accounts.list[0], acme);
    assert_eq!(accounts.list[1].revenue, Some(usd(500)), "the other column stands in");
    assert_eq!((accounts.rejected, accounts.doubtful_revenue), (Vec::new(), None));
}

#[test]
fn an_export_of_hubspot_with_monthly_revenue_is_understood() {
    let accounts = read_one("Record ID;Company name;hs_mrr;Renewal date\n7;Acme;$100.00;2026-13-01\n;;;\n");
    assert_eq!(accounts.list[0].revenue, Some(usd(120_000)));
    let rejected: Vec<_> =
        accounts.rejected.iter().map(|row| (row.position.line, row.column.as_str(), row.dropped)).collect();
    assert_eq!(rejected, [(2, "Renewal date", false)]);
    let doubtful = read_one("account,annual revenue\nAcme,$5.00\n").doubtful_revenue;
    assert_eq!(doubtful.as_deref(), Some("annual revenue"));
}

#[test]
fn rows_and_files_of_no_use_are_reported() {
    let accounts = read_one("account,arr_usd\nAcme,many\n,5\n");
    let acme = Account { name: "Acme".to_owned(), id: None, revenue: None, renewal: None, risk: None };
    assert_eq!(accounts.list, [acme]);
    let dropped: Vec<bool> = accounts.rejected.iter().map(|row| row.dropped).collect();
    assert_eq!(dropped, [false, true]);
    assert!(matches!(read(&[file("a,b\n1,2\n")], None), Err(AccountsError::NoAccountColumn { .. })));
    let latin = IncidentFile { name: "a".to_owned(), content: b"account\nCaf\xe9\n".to_vec() };
    assert!(matches!(read(&[latin], None), Err(AccountsError::Encoding { .. })));
}
