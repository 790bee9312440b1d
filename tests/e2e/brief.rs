//! `debtscan brief`: the business case through the binary.

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
             [brief.handling]\nother = 10\n\
             [[team]]\nname = \"Core\"\ncapacity = 27\nsprint_start = \"2024-01-01\"\n\
             [[ask]]\narea = \"payment\"\nstate = \"watched\"\nowner = \"Ada\"\n",
        )
        .write(
            "fixes.csv",
            "id,title,area,estimate,low,high,prevents,paths\n\
             PAY-7,Charge once,payment,9,7,12,75 %,payment/src/charge.rs\n",
        )
        .write("plan.csv", "item,effort,due\nNew checkout,40,2030-01-31\n");
    workshop
}

#[test]
fn a_page_has_every_part_and_the_portfolio_offers_areas() {
    let workshop = workshop();
    let base = ["brief", "shop", "--config", "case.toml", "--incidents", "incidents.csv", "--quiet"];
    let run = |more: &[&str]| debtscan_in(workshop.path(), &[&base[..], more].concat()).done();
    assert_stored!("brief_area", run(&["--area", "payment"]));
    assert_stored!("brief_portfolio", run(&[]));
    assert_stored!("brief_markdown", run(&["--area", "payment", "--format", "markdown"]));
}

#[test]
fn without_files_each_section_says_what_to_give() {
    let workshop = workshop();
    let page = debtscan_in(workshop.path(), &["brief", "shop", "--area", "payment"]).done();
    for wanted in ["--incidents FILE.csv", "--fixes FILE.csv", "--plan FILE.csv"] {
        assert!(page.contains(wanted), "{wanted} in {page}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let workshop = workshop();
    let message = debtscan_in(workshop.path(), &["brief", "shop", "--area", "paymnet"]).failed();
    assert!(
        message.starts_with("error: no area named `paymnet`\nhint: its areas are such as payment"),
        "{message}"
    );
    workshop.write("nameless.csv", "a,b\n1,2\n");
    let message = debtscan_in(workshop.path(), &["brief", "shop", "--plan", "nameless.csv"]).failed();
    assert!(message.starts_with("error: cannot read planned items from nameless.csv"), "{message}");
}
