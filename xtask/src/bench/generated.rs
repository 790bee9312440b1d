//! Generated histories: of any length, or with one very large object.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::measure::{measure, shown};
use xtask::process;

/// Files of a generated history; the same for every length, so that only the length differs.
const FILES: u32 = 2_000;
const FILES_PER_FOLDER: u32 = 50;
const LINES: u32 = 80;
const CHANGES_PER_COMMIT: u32 = 3;

/// Prints time and memory per commit for generated histories of several lengths.
pub(super) fn growth(binary: &Path, lengths: &[u32], has_time: bool) -> Result<()> {
    println!(
        "\nGenerated histories: {FILES} files of {LINES} lines, {CHANGES_PER_COMMIT} changes a commit\n"
    );
    println!(
        "| commits | wall s | CPU s | CPU us a commit | against the first | peak MiB | pack MiB | heap KiB a commit |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut first = None;
    for length in lengths {
        let home = tempfile::tempdir()?;
        let repository = import(home.path(), |stream| write_history(stream, *length))?;
        let cost = measure(&changes(binary, &repository, home.path()), has_time)?;
        // CPU time, not wall time: other load on the machine would look like growth.
        let micros = cost.cpu_seconds.map(|seconds| seconds * 1e6 / f64::from(*length));
        let first = *first.get_or_insert(micros);
        let pack = pack_mib(&repository)?;
        println!(
            "| {length} | {:.2} | {} | {} | {} | {} | {pack:.0} | {} |",
            cost.wall_seconds,
            shown(cost.cpu_seconds, 2),
            shown(micros, 1),
            shown(micros.zip(first).map(|(micros, first)| micros / first), 2),
            shown(cost.peak_mib, 0),
            // Peak memory counts the pack, which is mapped and read from end to end. What is left
            // is the program's own.
            shown(cost.peak_mib.map(|peak| (peak - pack) * 1024.0 / f64::from(*length)), 2),
        );
    }
    Ok(())
}

/// Prints the cost of one very large object of each kind.
pub(super) fn giants(binary: &Path, has_time: bool) -> Result<()> {
    println!("\nOne large object each; `git` is `git log --numstat -M` on the same history\n");
    println!("| what | debtscan wall s | CPU s | peak MiB | git wall s | reported as skipped |");
    println!("|---|--:|--:|--:|--:|---|");
    for (what, write) in GIANTS {
        let home = tempfile::tempdir()?;
        let repository = import(home.path(), write)?;
        let mut command = Command::new(binary);
        process::isolate(&mut command, home.path());
        command.args(["--no-cache", "--format", "json"]).arg(&repository);
        // A run outside the measurement, because the measured one discards its output.
        let report: serde_json::Value = serde_json::from_slice(&process::output(&mut command)?)?;
        let cost = measure(&command, has_time)?;
        let mut git = process::git(&repository, home.path());
        git.args(["log", "--numstat", "-M", "--format=%H"]);
        let theirs = measure(&git, has_time)?;
        let skipped = report["trust"]["skipped"].as_array().context("a report lists skipped items")?;
        let reasons: Vec<String> =
            skipped.iter().map(|group| format!("{} {}", group["count"], group["reason"])).collect();
        println!(
            "| {what} | {:.2} | {} | {} | {:.2} | {} |",
            cost.wall_seconds,
            shown(cost.cpu_seconds, 2),
            shown(cost.peak_mib, 0),
            theirs.wall_seconds,
            if reasons.is_empty() { "nothing".to_owned() } else { reasons.join(", ") },
        );
    }
    Ok(())
}

type LargeHistory = (&'static str, fn(&mut dyn Write) -> Result<()>);

const GIANTS: [LargeHistory; 4] = [
    ("a commit that moves and edits 50,000 files", write_giant_commit),
    ("a text file of 200 MB, changed three times", write_giant_file),
    ("a file of 5,000 lines with 30,000 revisions", write_many_revisions),
    ("a line of 5 MB, changed ten times", write_giant_line),
];

fn changes(binary: &Path, repository: &Path, home: &Path) -> Command {
    let mut command = Command::new(binary);
    process::isolate(&mut command, home);
    command
        // `/dev/null` as output file: the rows are still formatted and written, but no disk takes
        // part.
        .args(["changes", "--no-cache", "--quiet", "--format", "csv", "--output", "/dev/null"])
        .arg(repository);
    command
}

fn pack_mib(repository: &Path) -> Result<f64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(repository.join("objects/pack")).context("listing the packs")? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes as f64 / f64::from(1 << 20))
}

/// Makes a bare repository from a stream of `git fast-import`.
fn import(home: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<PathBuf> {
    let repository = home.join("generated.git");
    process::output(
        process::git(home, home).args(["init", "--quiet", "--bare", "-b", "main"]).arg(&repository),
    )?;
    let mut importer = process::git(&repository, home)
        // By `fast-import`, because the test builder writes one file per object. A hundred thousand
        // commits would be a million files.
        .args(["fast-import", "--quiet", "--force"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("starting git fast-import")?;
    let mut stream = BufWriter::with_capacity(1 << 20, importer.stdin.take().context("a pipe to git")?);
    write(&mut stream)?;
    stream.flush()?;
    // The importer reads until its input ends, and the input ends when the pipe is closed.
    drop(stream);
    if !importer.wait()?.success() {
        bail!("git fast-import rejected the generated history");
    }
    Ok(repository)
}

/// One commit an hour; its files follow.
fn begin_commit(stream: &mut dyn Write, number: u32) -> Result<()> {
    // Fixed times, so that every machine generates the same commits.
    let time = 1_000_000_000 + 3_600 * u64::from(number);
    writeln!(
        stream,
        "commit refs/heads/main\ncommitter A Person <a@example.org> {time} +0000\ndata 4\nstep"
    )?;
    Ok(())
}

fn write_file(stream: &mut dyn Write, path: &str, content: &[u8]) -> Result<()> {
    writeln!(stream, "M 100644 inline {path}\ndata {}", content.len())?;
    stream.write_all(content)?;
    stream.write_all(b"\n")?;
    Ok(())
}

fn path_of(file: u32) -> String {
    format!("src/part{}/file{file}.rs", file / FILES_PER_FOLDER)
}

/// Text that differs by file, and in a few lines by version.
fn text(file: u32, version: u32, lines: u32) -> String {
    let mut text = String::new();
    for line in 0..lines {
        // Version of the line's last change: successive versions differ in at most one line of eight.
        let changed = version - version.wrapping_sub(line) % 8;
        writeln!(text, "let value_{line} = compute({file}, {});", if line % 10 == 0 { changed } else { 0 })
            .expect("writing to a string does not fail");
    }
    text
}

/// Pseudo-random numbers (Steele, Lea & Flood 2014, `SplitMix64`).
fn scatter(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The files that each commit after the first changes.
fn changed_files(commits: u32) -> impl Iterator<Item = [u32; CHANGES_PER_COMMIT as usize]> {
    let mut state = 1;
    let mut file = move || u32::try_from(scatter(&mut state) % u64::from(FILES)).expect("a remainder");
    (1..commits).map(move |_| std::array::from_fn(|_| file()))
}

/// Writes all versions of a file next to each other, as `git gc` packs them: the importer finds deltas
/// only between neighbours.
fn write_history(stream: &mut dyn Write, commits: u32) -> Result<()> {
    // The same walk twice, from the same seed: first to count the versions of each file, then to
    // write the commits.
    let mut versions = vec![1_u32; FILES as usize];
    changed_files(commits).flatten().for_each(|file| versions[file as usize] += 1);
    let mut mark = 0_u32;
    let mut next_mark = Vec::with_capacity(versions.len());
    for (file, versions) in (0..).zip(&versions) {
        // The versions of a file have consecutive marks, so one number per file is enough to find
        // the next.
        next_mark.push(mark + 1);
        for version in 0..*versions {
            mark += 1;
            // From 8, as the text subtracts up to 7 from the version.
            let text = text(file, version + 8, LINES);
            write!(stream, "blob\nmark :{mark}\ndata {}\n{text}\n", text.len())?;
        }
    }
    let mut write_next = |stream: &mut dyn Write, file: u32| -> Result<()> {
        let mark = &mut next_mark[file as usize];
        writeln!(stream, "M 100644 :{mark} {}", path_of(file))?;
        *mark += 1;
        Ok(())
    };
    begin_commit(stream, 0)?;
    (0..FILES).try_for_each(|file| write_next(stream, file))?;
    for (number, files) in (1..).zip(changed_files(commits)) {
        begin_commit(stream, number)?;
        files.into_iter().try_for_each(|file| write_next(stream, file))?;
    }
    Ok(())
}

fn write_giant_commit(stream: &mut dyn Write) -> Result<()> {
    const MANY: u32 = 50_000;
    begin_commit(stream, 0)?;
    for file in 0..MANY {
        write_file(stream, &format!("old/part{}/file{file}.rs", file % 200), text(file, 8, 12).as_bytes())?;
    }
    begin_commit(stream, 1)?;
    writeln!(stream, "D old")?;
    for file in 0..MANY {
        // Other names as well as another folder: a detector that pairs equal names first would have
        // an easy case otherwise.
        let moved = format!("new/part{}/moved{file}.rs", file % 200);
        write_file(stream, &moved, text(file, 12, 12).as_bytes())?;
    }
    Ok(())
}

fn write_giant_file(stream: &mut dyn Write) -> Result<()> {
    let line = |number: u32| format!("{number:>10} a line of text that is thirty-nine bytes\n");
    let mut content: Vec<u8> = (0..3_636_000).flat_map(|number| line(number).into_bytes()).collect();
    for version in 0..4 {
        begin_commit(stream, version)?;
        // Five bytes at a different quarter each time: the change is small, but a line diff has to
        // find it.
        let place = content.len() / 4 * version as usize;
        content[place..place + 5].copy_from_slice(b"other");
        write_file(stream, "data/giant.txt", &content)?;
    }
    Ok(())
}

fn write_many_revisions(stream: &mut dyn Write) -> Result<()> {
    // One file with all the changes: whatever is kept or repeated per revision of a path shows
    // here.
    for number in 0..30_000 {
        begin_commit(stream, number)?;
        write_file(stream, "src/hot.rs", text(0, number + 8, 5_000).as_bytes())?;
    }
    Ok(())
}

fn write_giant_line(stream: &mut dyn Write) -> Result<()> {
    let mut content = b"var a = [".to_vec();
    while content.len() < 5_000_000 {
        content.extend_from_slice(b"0,1,2,3,4,5,6,7,8,9,");
    }
    content.extend_from_slice(b"0];\n");
    for version in 0..10_u8 {
        begin_commit(stream, u32::from(version))?;
        // The opening has nine bytes and the digits repeat after twenty, so a digit is replaced and
        // the line stays valid code.
        let place = 9 + 4_000 * usize::from(version);
        content[place] = b'0' + version;
        write_file(stream, "src/line.js", &content)?;
    }
    Ok(())
}
