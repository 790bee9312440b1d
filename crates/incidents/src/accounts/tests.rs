//! Accounts read and counted by hand.

use super::{Account, Accounts, AccountsError, customers, read};
use crate::incident::{Incident, IncidentFile};
use crate::sample::{AS_OF, account, days_ago, incident, incidents, usd};
use crate::{Currency, Money};

fn file(text: &str) -> IncidentFile {
    IncidentFile { name: "accounts.csv".to_owned(), content: text.as_bytes().to_vec() }
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
        // 2026-03-01T00:00:00Z, 59 days after 2026-01-01
        renewal: Some(AS_OF.plus_days(59)),
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
    assert_eq!(accounts.list, [account("Acme", None)]);
    let dropped: Vec<bool> = accounts.rejected.iter().map(|row| row.dropped).collect();
    assert_eq!(dropped, [false, true]);
    assert!(matches!(read(&[file("a,b\n1,2\n")], None), Err(AccountsError::NoAccountColumn { .. })));
    let latin = IncidentFile { name: "a".to_owned(), content: b"account\nCaf\xe9\n".to_vec() };
    assert!(matches!(read(&[latin], None), Err(AccountsError::Encoding { .. })));
}

fn hitting(id: &str, accounts: &[&str]) -> Incident {
    Incident { accounts: accounts.iter().map(|name| (*name).to_owned()).collect(), ..incident(id) }
}

#[test]
fn an_account_is_counted_once_per_group_however_often_it_was_hit() {
    let accounts = Accounts::new(vec![
        Account { renewal: Some(AS_OF.plus_days(30)), ..account("Acme", Some(usd(1_000))) },
        Account { renewal: Some(days_ago(1)), ..account("Byte", Some(usd(3_000))) },
        account("Cent", Some(usd(7))),
    ]);
    let list =
        incidents(vec![hitting("a", &["ACME", "Byte", "Dora"]), hitting("b", &["acme "]), hitting("c", &[])]);
    let groups = [vec![0, 1], vec![2]];
    let (all, groups) = customers(Some(&accounts), &list, &groups, AS_OF, false).expect("there are accounts");
    assert_eq!((all.known, all.unknown), (3, 1));
    assert_eq!(all.all, groups[0]);
    let impact = &groups[0];
    assert_eq!((impact.hits, impact.revenue.minor(Currency::USD)), (3, 4_000));
    assert_eq!((impact.renewals, impact.next_renewal), (1, Some(AS_OF.plus_days(30))));
    assert_eq!(impact.renewal_revenue.minor(Currency::USD), 1_000);
    let rows: Vec<_> = impact.accounts.iter().map(|hit| (hit.account.as_str(), hit.incidents)).collect();
    assert_eq!(rows, [("Byte", 1), ("Acme", 2)]);
    assert!(groups[1].accounts.is_empty());
}

#[test]
fn names_are_numbers_when_they_are_left_out() {
    let accounts = Accounts::new(vec![account("Acme", Some(usd(1))), account("Byte", Some(usd(2)))]);
    let list = incidents(vec![hitting("a", &["Acme"])]);
    let (all, _) = customers(Some(&accounts), &list, &[], AS_OF, true).expect("there are accounts");
    assert_eq!(all.all.accounts[0].account, "account 2");
    assert_eq!(customers(None, &list, &[], AS_OF, true), None);
}
