//! Accounts counted by hand.

use debtscan_incidents::{Account, Accounts, Currency, Incident};

use super::{check_sums, customers};
use crate::sample::{AS_OF, account, days_ago, incident, incidents, usd};

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
    let groups = [vec![(0, 1.0), (1, 1.0)], vec![(2, 1.0)], vec![(0, 0.05)]];
    let (all, groups) = customers(Some(&accounts), &list, &groups, AS_OF, false).expect("there are accounts");
    assert_eq!((all.known, all.unknown), (3, 1));
    assert_eq!(all.all, groups[0]);
    let impact = &groups[0];
    assert_eq!((impact.hits, impact.revenue.minor(Currency::USD)), (3, 4_000));
    assert_eq!((impact.renewals, impact.next_renewal), (1, Some(AS_OF.plus_days(30))));
    assert_eq!(impact.renewal_revenue.minor(Currency::USD), 1_000);
    let rows: Vec<_> = impact.accounts.iter().map(|hit| (hit.account.as_str(), hit.incidents)).collect();
    assert_eq!(rows, [("Byte", 1), ("Acme", 2)]);
    assert!(groups[1].accounts.is_empty() && groups[1].incident_share < 1e-12);
    // A twentieth of one incident hit two accounts: all that they pay, and that share.
    assert_eq!((groups[2].hits, groups[2].revenue.minor(Currency::USD)), (2, 4_000));
    assert!((groups[2].incident_share - 0.05).abs() < 1e-12);
}

#[test]
fn names_are_numbers_when_they_are_left_out() {
    let accounts = Accounts::new(vec![account("Acme", Some(usd(1))), account("Byte", Some(usd(2)))]);
    let list = incidents(vec![hitting("a", &["Acme"])]);
    let (all, _) = customers(Some(&accounts), &list, &[], AS_OF, true).expect("there are accounts");
    assert_eq!(all.all.accounts[0].account, "account 2");
    assert_eq!(customers(None, &list, &[], AS_OF, true), None);
}

#[test]
fn sums_beyond_64_bits_are_refused() {
    let accounts = |revenue: [i64; 2]| {
        let [one, two] = revenue;
        Accounts::new(vec![account("Acme", Some(usd(one))), account("Byte", Some(usd(two)))])
    };
    let customers = |numbers: [u64; 2]| {
        let with = |id, number| Incident { customers: Some(number), ..incident(id) };
        incidents(vec![with("a", numbers[0]), with("b", numbers[1])])
    };
    let none = incidents(Vec::new());
    assert!(check_sums(Some(&accounts([i64::MAX - 1, 1])), &none).is_ok());
    assert!(check_sums(Some(&accounts([i64::MAX, 1])), &none).is_err());
    assert!(check_sums(Some(&accounts([i64::MAX, -1])), &none).is_err(), "a selection may lack the second");
    assert!(check_sums(None, &customers([u64::MAX - 1, 1])).is_ok());
    assert!(check_sums(None, &customers([u64::MAX, 1])).is_err());
}
