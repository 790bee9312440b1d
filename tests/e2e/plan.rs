//! `debtscan plan`: fixes sprint by sprint through the binary.

use crate::assert_stored;
use crate::fixture::Workshop;
use crate::program::debtscan_in;

/// A shop with prices, a team, tickets and a plan.
fn workshop() -> Workshop {
    let workshop = Workshop::new();
    workshop
        .write(
            "case.toml",
            "[brief]\ncurrency = \"USD\"\nengineer_day = 950\nfixes = \"fixes.csv\"\nplan = \"plan.csv\"\n\
             [brief.handling]\nother = 10\n[plan]\ncapacity = 0.3\n\
             [[team]]\nname = \"Core\"\ncapacity = 27\nsprint_start = \"2024-01-01\"\n",
        )
        .write(
            "fixes.csv",
            "id,title,area,estimate,low,high,prevents,paths,needs\n\
             PAY-7,Charge once,payment,9,7,12,75 %,payment/src/charge.rs,PAY-8\n\
             PAY-8,Tell charges apart,payment,2,,,30 %,payment/src/charge.rs,\n\
             ODD-1,Nowhere,,2,,,,gone.rs,\n",
        )
        .write("plan.csv", "item,effort,due,cost of delay per week (USD)\nNew checkout,40,2030-01-31,700\n");
    workshop
}

const BASE: [&str; 7] = ["plan", "shop", "--config", "case.toml", "--incidents", "incidents.csv", "--quiet"];

#[test]
fn fixes_are_planned_and_an_earlier_plan_is_followed() {
    let workshop = workshop();
    let run = |more: &[&str]| debtscan_in(workshop.path(), &[&BASE[..], more].concat()).done();
    assert_stored!("plan_table", run(&[]));
    assert_stored!("plan_csv", run(&["--format", "csv"]));
    run(&["--format", "json", "--output", "plan.json"]);
    let followed = run(&["--last", "plan.json", "--capacity", "20%", "--sprints", "3"]);
    assert!(followed.contains("SINCE THE LAST PLAN"), "{followed}");
}

#[test]
fn fixes_become_tickets_of_a_tracker() {
    let workshop = workshop();
    let run =
        |tracker: &str| debtscan_in(workshop.path(), &[&BASE[..], &["--tickets", tracker]].concat()).done();
    assert_stored!("plan_tickets_github", run("github"));
    assert_stored!("plan_tickets_jira", run("jira"));
    let linear = run("linear");
    assert!(linear.starts_with("Title,Description,Status,Estimate,Priority,Labels\n"), "{linear}");
    let azure = run("azure-devops");
    // Nine engineer-days of eight hours.
    assert!(azure.contains(",debtscan,72\n"), "{azure}");
    let brief = ["brief", "shop", "--config", "case.toml", "--incidents", "incidents.csv", "--quiet"];
    let of_area = [&brief[..], &["--area", "payment", "--tickets", "github"]].concat();
    assert_eq!(debtscan_in(workshop.path(), &of_area).done().lines().count(), 3);
    let message = debtscan_in(workshop.path(), &[&brief[..], &["--tickets", "github"]].concat()).failed();
    assert!(message.starts_with("error: --tickets needs an area whose fixes to write"), "{message}");
}

#[test]
fn what_cannot_be_planned_is_refused() {
    let workshop = workshop();
    let message = debtscan_in(workshop.path(), &["plan", "shop", "--incidents", "incidents.csv"]).failed();
    assert!(
        message.starts_with("error: plan needs a team with a capacity\nhint: add a [[team]]"),
        "{message}"
    );
    let message = debtscan_in(workshop.path(), &["plan", "shop", "--config", "case.toml"]).failed();
    assert!(message.starts_with("error: plan needs incidents\nhint: pass --incidents FILE"), "{message}");
    let message = debtscan_in(workshop.path(), &[&BASE[..], &["--last", "fixes.csv"]].concat()).failed();
    assert!(message.starts_with("error: cannot read an earlier plan from fixes.csv"), "{message}");
    let message = debtscan_in(workshop.path(), &[&BASE[..], &["--capacity", "25"]].concat()).failed();
    assert!(message.contains("write a share such as 25% or 0.25"), "{message}");
}

#[test]
fn a_fix_that_cannot_be_verified_is_refused() {
    let workshop = Workshop::new();
    let base = ["verify", "shop", "--incidents", "incidents.csv", "--quiet", "--area", "payment"];
    let run = |more: &[&str]| debtscan_in(workshop.path(), &[&base[..], more].concat());
    // Of the shop's incidents one had begun by then, and was fixed in code of that day.
    let message = run(&["--since", "2024-03-01"]).failed();
    assert!(
        message.starts_with(
            "error: too few incidents with a date and a place were known on the day of the fix: 1\n"
        ),
        "{message}"
    );
    let message = run(&["--since", "2034-03-01"]).failed();
    assert!(message.starts_with("error: no day has passed since the fix\nhint: give the day"), "{message}");
    let message = run(&["--since", "2004-03-01"]).failed();
    assert!(message.starts_with("error: the repository had no commit on the day of the fix"), "{message}");
    let message = run(&["--since", "90d"]).failed();
    assert!(message.contains("not a date: write 2025-01-31 (UTC) or RFC 3339"), "{message}");
    let unknown =
        ["verify", "shop", "--incidents", "incidents.csv", "--area", "paymnet", "--since", "2024-03-01"];
    let message = debtscan_in(workshop.path(), &unknown).failed();
    assert!(
        message.starts_with("error: no area named `paymnet`\nhint: its areas are such as payment"),
        "{message}"
    );
}
