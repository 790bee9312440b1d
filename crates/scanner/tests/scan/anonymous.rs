//! People under pseudonyms.

use std::fs;

use debtscan_model::{Scan, TodoWord};
use debtscan_scanner::{Pseudonyms, Renames, Repository, ScanOptions, Silent, cache_entries};
use debtscan_testkit::{RepoBuilder, TestResult};

use crate::rows::{options, scan_all, scan_with_cache};

/// Ada by two names of one address, Bo, a co-author, a bot, and people in messages and CODEOWNERS.
fn team() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    repo.commit("one, says Zelda")
        .write("a.rs", "// TODO(zelda): more\n")
        .author("Ada", "ada@x.org")
        .create();
    repo.commit("two\n\nCo-authored-by: Bo <bo@x.org>\n")
        .write("a.rs", "// TODO(zelda): more\nfn a() {}\n")
        .write(".github/CODEOWNERS", "# ask Zelda\n*.rs @zelda zelda@x.org @org/team\n")
        .author("Ada L", "ADA@x.org")
        .create();
    repo.commit("three").write("a.rs", "// TODO(zelda): all\n").author("dependabot[bot]", "d@x.org").create();
    repo
}

fn anonymous(repo: &RepoBuilder, key: Option<&[u8]>) -> ScanOptions {
    let anonymize = Some(Pseudonyms::new(key));
    ScanOptions { anonymize, ..options(repo.path(), Renames::Follow) }
}

fn scanned(options: &ScanOptions, cache: Option<&std::path::Path>) -> Scan {
    scan_with_cache(options, cache, &Silent).expect("scanned").0
}

#[test]
fn nobody_is_named_in_a_scan_and_everything_else_stays() {
    let repo = team();
    let (named, scan) = (scan_all(repo.path(), Renames::Follow), scanned(&anonymous(&repo, None), None));
    let owners = scan.code_owners.as_ref().map(|file| String::from_utf8_lossy(&file.content).into_owned());
    let text = format!("{scan:?}{owners:?}").to_lowercase();
    for name in ["ada", "bo@", "zelda", "dependabot", "x.org", "says"] {
        assert!(!text.contains(name), "{name} in {text}");
    }
    assert!(text.contains("@org/team"));
    assert!(scan.authors.is_sorted() && scan.authors.len() == named.authors.len());
    assert_eq!(scan.bots.len(), 1);
    assert!(scan.author(scan.bots[0]).name.starts_with(b"bot-"));
    assert_eq!(scan.changes, named.changes);
    let people = |scan: &Scan| scan.count_people((0..scan.commits.len()).map(debtscan_model::CommitIdx::new));
    assert_eq!(people(&scan), people(&named));
    assert_eq!(scan.commits[0].author, scan.commits[1].author, "one address is one person");
}

#[test]
fn a_pseudonym_is_the_same_in_another_repository_and_differs_by_key() {
    let repo = team();
    let mut other = RepoBuilder::new();
    other.commit("x").write("b", "1\n").author("Somebody", "ada@X.org").create();
    let names = |scan: &Scan| -> Vec<String> { scan.authors.iter().map(|it| it.name.to_string()).collect() };
    let here = names(&scanned(&anonymous(&repo, None), None));
    let there = names(&scanned(&anonymous(&other, None), None));
    assert!(here.contains(&there[0]), "{there:?} in {here:?}");
    let keyed = names(&scanned(&anonymous(&other, Some(b"key")), None));
    assert!(keyed[0].starts_with("person-") && keyed != there);
}

#[test]
fn people_are_found_by_any_name_they_had() {
    let repo = team();
    let found = |anonymize: bool| {
        let mut options = options(repo.path(), Renames::Follow);
        options.find_people = ["ada", "ADA@X.ORG", "Bo", "nobody"].map(str::to_owned).to_vec();
        options.anonymize = anonymize.then(|| Pseudonyms::new(None));
        let scan = scanned(&options, None);
        scan.found_people
            .iter()
            .map(|people| people.iter().map(|it| it.get()).collect())
            .collect::<Vec<Vec<_>>>()
    };
    for anonymize in [false, true] {
        let found = found(anonymize);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 0]);
        assert!(found[0] == found[1] && found[0] != found[2]);
    }
}

#[test]
fn the_cache_keeps_no_name_and_is_of_use_all_the_same() -> TestResult {
    let repo = team();
    let cache = tempfile::tempdir()?;
    let options = anonymous(&repo, None);
    let cold = scanned(&options, Some(cache.path()));
    let (warm, outcome) = scan_with_cache(&options, Some(cache.path()), &Silent)?;
    assert_eq!(warm, cold);
    assert_eq!((outcome.reused_commits, outcome.reused_files), (3, 2));
    for entry in fs::read_dir(cache.path())? {
        for file in fs::read_dir(entry?.path())? {
            let bytes = fs::read(file?.path())?;
            // Sections are compressed: each is unpacked.
            let mut all = bytes.clone();
            for at in 0..bytes.len() {
                if let Ok(unpacked) = zstd::stream::decode_all(&bytes[at..]) {
                    all.extend(unpacked);
                } else if bytes[at..].starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
                    let mut frame = zstd::stream::Decoder::new(&bytes[at..])?.single_frame();
                    std::io::copy(&mut frame, &mut all)?;
                }
            }
            let text = String::from_utf8_lossy(&all).to_lowercase();
            for name in ["ada", "zelda", "dependabot", "x.org", "says"] {
                assert!(!text.contains(name), "{name} is kept");
            }
        }
    }
    // The names of a scan with names are kept apart, and found under the same repository.
    drop(scanned(&ScanOptions { anonymize: None, ..options }, Some(cache.path())));
    assert_eq!(cache_entries(cache.path(), Some(repo.path()))?.len(), 2);
    Ok(())
}

#[test]
fn debt_notes_are_found_in_comments_and_their_words_are_hidden_with_the_people() -> TestResult {
    let repo = team();
    let options = options(repo.path(), Renames::Follow);
    let scan = scan_all(repo.path(), Renames::Follow);
    let notes = Repository::open(&options, None)?.notes(&scan, &Silent)?;
    assert!(notes.skipped.is_empty());
    let found: Vec<_> =
        notes.comments.iter().map(|it| (it.line, it.word, it.text.as_str(), it.by_syntax_tree)).collect();
    assert_eq!(found, [(1, TodoWord::Todo, "TODO(zelda): all", true)]);
    let notes = Repository::open(&anonymous(&repo, None), None)?.notes(&scan, &Silent)?.comments;
    assert_eq!((notes.len(), notes[0].text.as_str()), (1, ""));
    Ok(())
}
