//! Prints, for the files of a repository that changed most often, the writer of every line and the
//! commits that touched every function: `lines REPOSITORY [FILES [REVISION [CACHE]]]`.
//!
//! One record a line, tab-separated: `L path line id` and `F path first last name id,id,...`; an unknown
//! id is `?`. `cargo xtask verify-lines` compares it with git.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it found")]

use std::path::PathBuf;
use std::time::Instant;

use debtscan_model::{FileClass, FileIdx, Scan};
use debtscan_scanner::{
    Keep, KeepWhole, LineLimits, Measure, Merges, PeopleRules, Renames, Repository, ScanOptions, Silent, Walk,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("no repository given")?;
    let n_files: usize = args.next().map_or(Ok(20), |count| count.parse())?;
    let options = ScanOptions {
        path: PathBuf::from(path),
        revision: args.next().unwrap_or_else(|| "HEAD".to_owned()),
        since: None,
        until: None,
        walk: Walk::AllParents,
        merges: Merges::Compared,
        renames: Renames::Follow,
        measure: Measure::Tree,
        exclude: Vec::new(),
        classes: Vec::new(),
        whole: KeepWhole::Never,
        bots: Vec::new(),
        find_commits: Vec::new(),
        people: PeopleRules::default(),
        find_people: Vec::new(),
        anonymize: None,
        threads: 0,
        max_memory: None,
        worker: None,
    };
    let cache = args.next().map(PathBuf::from);
    let start = Instant::now();
    let mut repository = Repository::open(&options, cache.as_deref())?;
    let scan = repository.scan(Keep::LineHistory, &Silent)?;
    let scanned = Instant::now();
    let files = busiest(&scan, n_files);
    let lines = repository.lines(&scan, &files, LineLimits::default(), &Silent)?;
    let seconds = scanned.elapsed();
    eprintln!(
        "scanned in {:?}; followed {} files in {:?}, {} from the cache, {} skipped",
        scanned - start,
        lines.files.len(),
        seconds,
        repository.finish().reused_line_files,
        lines.skipped.len()
    );
    print(&scan, &lines);
    Ok(())
}

fn busiest(scan: &Scan, n_files: usize) -> Vec<FileIdx> {
    let is_wanted = |file: &FileIdx| {
        let file = scan.file(*file);
        file.class == FileClass::Source && file.present.as_ref().is_some_and(|it| it.complexity.is_some())
    };
    let mut files: Vec<FileIdx> = (0..scan.files.len()).map(FileIdx::new).filter(is_wanted).collect();
    files.sort_by_key(|file| std::cmp::Reverse(scan.file(*file).history.len()));
    files.truncate(n_files);
    files
}

fn print(scan: &Scan, lines: &debtscan_model::Lines) {
    for file in &lines.files {
        let path = &scan.file(file.file).path;
        for run in &file.owners {
            let id = run.writer.map_or_else(|| "?".to_owned(), |commit| scan.commit(commit).id.to_string());
            for line in run.first_line..run.first_line + run.lines {
                println!("L\t{path}\t{line}\t{id}");
            }
        }
        let present = scan.file(file.file).present.as_ref();
        let complexity = present.and_then(|present| present.complexity.as_ref());
        let functions = complexity.map_or(&[][..], |complexity| &complexity.functions);
        for (function, history) in functions.iter().zip(&file.functions) {
            let ids = history.changes.iter().map(|change| scan.commit(change.commit).id.to_string());
            let ids: Vec<String> = ids.collect();
            let (first, last) = (function.first_line, function.last_line);
            println!("F\t{path}\t{first}\t{last}\t{}\t{}", function.name, ids.join(","));
        }
    }
}
