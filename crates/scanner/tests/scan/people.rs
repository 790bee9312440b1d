//! Who counts as a person.

use debtscan_model::{RepoPath, Scan};
use debtscan_scanner::{Renames, Silent};
use debtscan_testkit::{RepoBuilder, TestResult};

use crate::rows::{options, scan, scan_all};

fn authors(scan: &Scan) -> Vec<String> {
    scan.authors.iter().map(|author| format!("{} <{}>", author.name, author.email)).collect()
}

#[test]
fn one_address_is_one_person_after_the_mailmap() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n").author("ann", "Ann@new.example").create();
    repo.commit("two").write("a", "2\n").author("Ann Lee", "ann@new.example").create();
    repo.commit("three").write("a", "3\n").author("Ann Lee", "ann@NEW.example").create();
    repo.commit("map").write(".mailmap", "<ann@new.example> <ann@old.example>\n").create();
    repo.commit("four").write("a", "4\n").author("A. Lee", "ann@old.example").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(authors(&scan), ["Ada Example <ada@example.com>", "Ann Lee <ann@new.example>"]);
}

#[test]
fn co_authors_are_credited_through_the_mailmap() -> TestResult {
    let mut repo = RepoBuilder::new();
    let message = "Squashed (#7)\n\nCo-authored-by: Bo <bo@old.example>\nco-authored-by: Ada <ADA@example.com>\n\
                   Co-Authored-By: Bo B. <bo@new.example>\n";
    repo.commit(message)
        .write("a", "1\n")
        .write(".mailmap", "Bo B. <bo@new.example> <bo@old.example>\n")
        .create();
    repo.commit("later").write("b", "1\n").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(authors(&scan), ["Ada Example <ada@example.com>", "Bo B. <bo@new.example>"]);
    let commit = &scan.commits[0];
    let co_authors: Vec<String> =
        commit.co_authors.iter().map(|author| scan.author(*author).name.to_string()).collect();
    assert_eq!(co_authors, ["Bo B."], "each once, and not the author again");
    let file = scan.find_file(&RepoPath::new("a")?).expect("it is there");
    assert_eq!(scan.churn(file).authors, 2);
    Ok(())
}

#[test]
fn bots_are_listed_and_left_out_of_people_but_not_of_churn() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n").create();
    repo.commit("bump")
        .write("a", "2\n")
        .author("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")
        .create();
    repo.commit("release").write("a", "3\n").author("House Robot", "robot@house.example").create();
    let path = RepoPath::new("a")?;
    let check = |more: &[&str], expected: &[&str], people: u32| -> TestResult {
        let mut options = options(repo.path(), Renames::Follow);
        options.bots = more.iter().map(|pattern| (*pattern).to_owned()).collect();
        let scan = scan(&options, &Silent)?;
        let bots: Vec<String> = scan.bots.iter().map(|bot| scan.author(*bot).name.to_string()).collect();
        assert_eq!(bots, expected);
        let churn = scan.churn(scan.find_file(&path).expect("it is there"));
        assert_eq!((churn.authors, churn.revisions, churn.lines_added), (people, 3, 3));
        Ok(())
    };
    check(&[], &["dependabot[bot]"], 2)?;
    check(&["*@HOUSE.example"], &["House Robot", "dependabot[bot]"], 1)?;
    check(&["house *"], &["House Robot", "dependabot[bot]"], 1)
}

#[test]
fn one_person_with_several_addresses_is_shown_with_all_of_them() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n").author("Ann Lee", "ann@home.example").create();
    repo.commit("two").write("a", "2\n").author("Ann Lee", "ann@work.example").create();
    repo.commit("three").write("a", "3\n").author("Ann Lee", "ann@home.example").create();
    repo.commit("four").write("a", "4\n").author("Bo", "bo@home.example").create();
    repo.commit("five").write("a", "5\n").author("Bo", "b@work.example").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    let expected = ["Ann Lee <ann@home.example>", "Bo <b@work.example>", "Bo <bo@home.example>"];
    assert_eq!(authors(&scan), expected, "a given name is not enough");
    let merged: Vec<_> =
        scan.merged.iter().map(|merged| (merged.author.get(), merged.others.len())).collect();
    assert_eq!(merged, [(0, 1)]);
    assert_eq!(scan.merged[0].others[0].email, "ann@work.example");
    let namesakes: Vec<Vec<usize>> =
        scan.namesakes.iter().map(|group| group.iter().map(|person| person.get()).collect()).collect();
    assert_eq!(namesakes, [[1, 2]]);
    let mut options = options(repo.path(), Renames::Follow);
    options.people.merge = debtscan_scanner::MergeRule::Off;
    assert_eq!(crate::rows::scan(&options, &Silent)?.authors.len(), 4);
    Ok(())
}
