//! `verify-lines`: compares the author commit of every line with `git blame`, and the commits of a sample of
//! functions with `git log -L`, for the files that changed most often.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use xtask::process::{self, cargo};

/// The arguments of the task.
struct LinesRequest {
    repository: PathBuf,
    files: String,
    functions: usize,
    rev: String,
}

/// A function with its commits, as debtscan lists them.
struct FunctionCommits {
    path: Vec<u8>,
    first: String,
    last: String,
    name: String,
    commits: BTreeSet<String>,
}

/// debtscan's answer for a repository.
#[derive(Default)]
struct DebtscanAnswer {
    /// Commit that last changed each line, by path.
    writers: BTreeMap<Vec<u8>, Vec<String>>,
    functions: Vec<FunctionCommits>,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let request = parse(args)?;
    let home = tempfile::tempdir()?;
    let answer = ask_debtscan(&request)?;
    let lines_agree = compare_lines(&request, &answer, home.path())?;
    let functions_agree = compare_functions(&request, &answer, home.path())?;
    Ok(if lines_agree && functions_agree { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse(args: &[String]) -> Result<LinesRequest> {
    let mut request = LinesRequest {
        repository: PathBuf::new(),
        files: "20".to_owned(),
        functions: 60,
        rev: "HEAD".to_owned(),
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--files" => args.next().context("`--files` needs a number")?.clone_into(&mut request.files),
            "--functions" => {
                request.functions = args.next().context("`--functions` needs a number")?.parse()?;
            }
            "--rev" => args.next().context("`--rev` needs a revision")?.clone_into(&mut request.rev),
            flag if flag.starts_with('-') => bail!("`verify-lines` has no flag `{flag}`"),
            path if request.repository.as_os_str().is_empty() => request.repository = PathBuf::from(path),
            surplus => bail!("`verify-lines` takes one repository, `{surplus}` is a second"),
        }
    }
    if request.repository.as_os_str().is_empty() {
        bail!("`verify-lines` needs the path of a repository");
    }
    // cargo runs the example in the workspace's folder, where a relative path would lead elsewhere.
    request.repository = std::fs::canonicalize(&request.repository)?;
    Ok(request)
}

fn ask_debtscan(request: &LinesRequest) -> Result<DebtscanAnswer> {
    let mut command = cargo(&[
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package",
        "debtscan-scanner",
        "--example",
        "lines",
        "--",
    ]);
    command.arg(&request.repository).args([&request.files, &request.rev]);
    let output = process::output(&mut command)?;
    let mut answer = DebtscanAnswer::default();
    for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let fields: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
        let text = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
        match fields.as_slice() {
            [b"L", path, _, id] => answer.writers.entry(path.to_vec()).or_default().push(text(id)),
            [b"F", path, first, last, name, ids] => answer.functions.push(FunctionCommits {
                path: path.to_vec(),
                first: text(first),
                last: text(last),
                name: text(name),
                commits: text(ids).split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            }),
            _ => bail!("unexpected record `{}`", text(line)),
        }
    }
    Ok(answer)
}

fn compare_lines(request: &LinesRequest, answer: &DebtscanAnswer, home: &Path) -> Result<bool> {
    let (mut all, mut same) = (0, 0);
    for (path, ours) in &answer.writers {
        let mut git = process::git(&request.repository, home);
        git.args(["blame", "--porcelain", &request.rev, "--"]).arg(OsStr::from_bytes(path));
        let theirs = blamed(&process::output(&mut git)?);
        let equal = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours == theirs).count();
        // The longer side, so that missing lines count as differences.
        all += ours.len().max(theirs.len());
        same += equal;
        if equal < theirs.len() {
            println!("{}: {} of {} lines", String::from_utf8_lossy(path), equal, theirs.len());
        }
    }
    println!(
        "lines: {same} of {all} in {} files have git's commit ({:.3}%)",
        answer.writers.len(),
        percent(same, all)
    );
    Ok(same == all)
}

/// The commits of all lines in the output of `git blame --porcelain`.
fn blamed(output: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(output);
    // The content of a line follows behind a tab, so it can never look like a header, which starts
    // with the id.
    let writer = |line: &str| {
        let (id, numbers) = line.split_once(' ')?;
        let is_id = matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let are_numbers = numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
        (is_id && are_numbers).then(|| id.to_owned())
    };
    text.lines().filter_map(writer).collect()
}

fn compare_functions(request: &LinesRequest, answer: &DebtscanAnswer, home: &Path) -> Result<bool> {
    // Spread evenly, so that every file is represented.
    let step = (answer.functions.len() / request.functions.max(1)).max(1);
    let sample: Vec<&FunctionCommits> =
        answer.functions.iter().step_by(step).take(request.functions).collect();
    let (mut same, mut in_git, mut in_both, mut here) = (0, 0, 0, 0);
    for function in &sample {
        let mut range = format!("-L{},{}:", function.first, function.last).into_bytes();
        range.extend_from_slice(&function.path);
        let mut git = process::git(&request.repository, home);
        git.args(["log", "-s", "--format=%H"]).arg(OsStr::from_bytes(&range)).arg(&request.rev);
        let output = process::output(&mut git)?;
        let theirs: BTreeSet<String> = String::from_utf8_lossy(&output).lines().map(str::to_owned).collect();
        let both = theirs.intersection(&function.commits).count();
        same += usize::from(theirs == function.commits);
        in_git += theirs.len();
        in_both += both;
        here += function.commits.len();
        if theirs != function.commits {
            println!(
                "{}:{} {}: {} commits in git, {} here, {both} in both",
                String::from_utf8_lossy(&function.path),
                function.first,
                function.name,
                theirs.len(),
                function.commits.len(),
            );
        }
    }
    println!(
        "functions: {same} of {} have git's commits; of git's {in_git} commits {in_both} were found ({:.2}%), of {here} here {:.2}% are git's",
        sample.len(),
        percent(in_both, in_git),
        percent(in_both, here),
    );
    // Commits that only debtscan has are no failure: it also follows moves of a function, which
    // `git log -L` does not.
    Ok(in_both == in_git)
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}
