//! `debtscan demo`: the invented company, through the same steps as the commands that it suggests.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::Parser;
use debtscan_app as app;
use debtscan_render::{self as render, Format, shell_word};

use crate::answer::{ask, conclude, write};
use crate::args::demo::DemoArgs;
use crate::args::report::{BriefArgs, ScanArgs};
use crate::args::{Command, CommandLine};
use crate::exit::RunOutcome;
use crate::failure::Failure;
use crate::output::Destination;
use crate::settings::{self, OutputSettings};

/// The folder of the demo, below the current one.
const FOLDER: &str = "debtscan-demo";
/// The pages in it.
const REPORT_PAGE: &str = "report.html";
const BRIEF_PAGE: &str = "brief.html";

/// Writes the invented company, and shows its ranking and the case of one area.
pub(crate) fn demo(args: &DemoArgs, program: Option<&OsStr>) -> Result<RunOutcome, Failure> {
    let folder = args.folder.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    let destination = settings::destination(args.output.as_deref());
    // Before the folder is made: a destination that is refused leaves nothing behind.
    destination.check(&app::Boundary::around(Path::new(".")))?;
    let made = app::demo(&folder)?;
    let mut report = settings::scan(scan_args(&folder, args))?;
    let case = settings::brief(brief_args(&folder, made.area, args))?;
    report.output.destination = destination;
    report.output.render.format = args.format.map_or(Format::Table, Into::into);
    // `cargo run` builds a program that no shell finds by its name.
    report.output.render.invocation.program = program
        .filter(|path| Path::new(path).components().count() > 1)
        .and_then(|path| shell_word(path.as_encoded_bytes()));
    let ranked = ask(&report, app::illustrated_report)?;
    let brief = ask(&case, app::brief)?;
    let page = |name: &str| page(&report.output, &folder.join(name));
    write(&page(REPORT_PAGE), |options, out| render::illustrated_report(&ranked.findings, options, out))?;
    write(&page(BRIEF_PAGE), |options, out| render::brief(&brief.findings, options, out))?;
    let demo = render::Demo {
        folder: folder.display().to_string(),
        area: made.area,
        repaired: made.repaired,
        files: files(&folder),
        report: &ranked.findings.report,
        brief: &brief.findings,
    };
    write(&report.output, |options, out| render::demo(&demo, options, out))?;
    Ok(conclude(&report.output, ranked))
}

/// The files of the demo, in the order to look at them.
fn files(folder: &Path) -> Vec<(render::DemoFile, String)> {
    use render::DemoFile;
    let files = [
        (DemoFile::ReportPage, REPORT_PAGE),
        (DemoFile::BriefPage, BRIEF_PAGE),
        (DemoFile::Incidents, "business/incidents.csv"),
        (DemoFile::Accounts, "business/accounts.csv"),
        (DemoFile::Fixes, "business/fixes.csv"),
        (DemoFile::Plan, "business/plan.csv"),
        (DemoFile::Settings, "debtscan.toml"),
    ];
    files.map(|(file, name)| (file, folder.join(name).display().to_string())).to_vec()
}

/// The same output as a page in a file.
fn page(output: &OutputSettings, file: &Path) -> OutputSettings {
    let mut render = output.render.clone();
    render.format = Format::Html;
    render.invocation.program = None;
    OutputSettings { render, destination: Destination::File(file.to_owned()), ..*output }
}

/// The arguments of `debtscan scan FOLDER`.
fn scan_args(folder: &Path, args: &DemoArgs) -> ScanArgs {
    // Parsed, not put together, so that every option has the default that it has for the user.
    let Command::Scan(mut scan) = parsed("scan", &[], folder) else { unreachable!("the command is named") };
    scan.run = args.run.clone();
    scan.output.color = args.color;
    scan
}

/// The arguments of `debtscan brief FOLDER --area AREA`.
fn brief_args(folder: &Path, area: &str, args: &DemoArgs) -> BriefArgs {
    let parsed = parsed("brief", &["--area", area], folder);
    let Command::Brief(mut brief) = parsed else { unreachable!("the command is named") };
    brief.run = args.run.clone();
    brief.output.color = args.color;
    brief
}

fn parsed(command: &str, options: &[&str], folder: &Path) -> Command {
    // The dashes, because the name of a folder may begin with one.
    let words = ["debtscan", command].into_iter().chain(options.iter().copied()).chain(["--"]);
    let words: Vec<OsString> = words.map(OsString::from).chain([folder.as_os_str().to_owned()]).collect();
    let line = CommandLine::try_parse_from(words).expect("a command line that the tests parse");
    line.command.expect("the command is named")
}
