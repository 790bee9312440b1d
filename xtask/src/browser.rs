//! `browser`: pages of invented repositories, opened in a real browser.
//!
//! Node and Chromium come from the system, where apt-get installs them if they are missing; the two libraries of
//! the tests come from the lock file beside them. What cannot be installed is an error: a page that nobody opened
//! is not tested.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail, ensure};
use debtscan_testkit::RepoBuilder;
use xtask::process::{self, cargo, workspace_root};

use crate::demo;

/// Source files of the large repository: as many as git's own.
const LARGE: usize = 1_200;

/// Areas of the invented company: one with fixes to ask for, and one that was repaired.
const PAYMENTS: &str = "Payments";
const REPAIRED: &str = "Web app";

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let keep = match args {
        [] => None,
        [option, folder] if option == "--keep" => Some(PathBuf::from(folder)),
        _ => bail!("`browser` takes `--keep DIR` or nothing"),
    };
    let tests = workspace_root().join("tests/browser");
    for program in ["node", "npm", "chromium"] {
        provide(program)?;
    }
    install(&tests)?;
    let scratch = tempfile::tempdir()?;
    let pages = keep.unwrap_or_else(|| scratch.path().join("pages"));
    fs::create_dir_all(&pages).with_context(|| format!("making {}", pages.display()))?;
    write_pages(scratch.path(), &pages)?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec", "pages.test.mjs"]).current_dir(&tests);
    // Absolute, since node runs in the folder of the tests.
    node.env("DEBTSCAN_PAGES", fs::canonicalize(&pages)?).stdin(Stdio::null());
    let status = node.status().context("running node")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Installs a program of the system if it is missing.
fn provide(program: &str) -> Result<()> {
    let is_there = |program: &str| {
        let status =
            Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    };
    // `CHROMIUM` names a browser at another place. The tests read the same variable.
    if is_there(program) || (program == "chromium" && std::env::var_os("CHROMIUM").is_some()) {
        return Ok(());
    }
    let package = if program == "node" { "nodejs" } else { program };
    println!("    installing {package} with apt-get");
    let apt = |arguments: &[&str]| {
        // Without sudo the task runs as root, as in a container. `env` replaces it, because both
        // take assignments before the command.
        let mut command = if is_there("sudo") { Command::new("sudo") } else { Command::new("env") };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-qq"]).args(arguments);
        command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let installed =
        apt(&["update"]) && apt(&["install", "--no-install-recommends", package]) && is_there(program);
    ensure!(installed, "{program} is missing, and apt-get could not install {package}: install it by hand");
    Ok(())
}

/// Installs the libraries of the tests if the lock file has changed since.
fn install(tests: &Path) -> Result<()> {
    let lock = fs::read(tests.join("package-lock.json")).context("reading package-lock.json")?;
    // The stamp is a copy of the lock file and is written last, so an interrupted installation is
    // repeated.
    let stamp = tests.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("    installing the libraries of the browser tests");
    let mut npm = Command::new("npm");
    // No package may run code while it is installed. The tests use the system's Chromium, so none
    // needs to download one.
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]).current_dir(tests);
    let status = npm.status().context("running npm")?;
    ensure!(status.success(), "`{}` failed", process::name(&npm));
    fs::write(&stamp, lock).with_context(|| format!("writing {}", stamp.display()))
}

/// One page per kind of repository and command.
fn write_pages(scratch: &Path, pages: &Path) -> Result<()> {
    let program = program()?;
    let shop = scratch.join("shop");
    demo::build(&shop)?;
    let (repository, incidents) = (shop.join(demo::REPOSITORY), shop.join(demo::INCIDENTS));
    let incidents = incidents.to_str().context("a temporary folder is not UTF-8")?;
    let page = |name: &str, repository: &Path, arguments: &[&str]| {
        page(&program, &pages.join(format!("{name}.html")), repository, arguments)
    };
    page("shop", &repository, &["--incidents", incidents])?;
    page("bare", &repository, &[])?;
    let lists: [&[&str]; 9] = [
        &["hotspots"],
        &["hotspots", "--group", "function"],
        &["coupling"],
        &["areas"],
        &["knowledge"],
        &["todos"],
        &["allocation"],
        &["delivery"],
        &["changes"],
    ];
    for list in lists {
        page(list.last().expect("a command"), &repository, list)?;
    }
    page("backtest", &repository, &["backtest", "--incidents", incidents])?;
    // Asked for, not written down: the demo may change its areas without a change here.
    let area = first_area(&program, &repository)?;
    page("explain", &repository, &["explain", &area, "--incidents", incidents])?;
    page("trend", &repository, &["trend", &area])?;
    company(&program, &scratch.join("company"), pages)?;
    let hostile = hostile();
    let rows = scratch.join("hostile.csv");
    fs::write(&rows, HOSTILE_INCIDENTS).context("writing incidents")?;
    let rows = rows.to_str().context("a temporary folder is not UTF-8")?;
    page("hostile", hostile.path(), &["--incidents", rows])?;
    page("single", single().path(), &[])?;
    page("large", large().path(), &[])
}

/// The invented company has fixes, accounts and a plan, so it has every picture of the planning commands.
fn company(program: &Path, folder: &Path, pages: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command.arg("demo").arg(folder).args(["--no-cache", "--quiet"]);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().context("running debtscan")?;
    ensure!(status.success(), "`{}` failed", process::name(&command));
    let page = |name: &str, arguments: &[&str]| {
        page(program, &pages.join(format!("company-{name}.html")), folder, arguments)
    };
    page("report", &[])?;
    page("portfolio", &["brief"])?;
    // Two areas, to see that each begins a sheet of paper.
    page("brief", &["brief", "--area", PAYMENTS, "--area", REPAIRED])?;
    page("plan", &["plan"])?;
    page("verify", &["verify", "--area", REPAIRED, "--since", "2025-03-10"])?;
    page("allocation", &["allocation"])?;
    page("delivery", &["delivery"])?;
    page("backtest", &["backtest"])
}

/// The debtscan to test: the one that `DEBTSCAN` names, or a fresh build.
pub(crate) fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("DEBTSCAN") {
        return Ok(PathBuf::from(named));
    }
    let status = cargo(&["build", "--quiet", "--locked", "--package", "debtscan"]).status()?;
    ensure!(status.success(), "debtscan does not build");
    Ok(workspace_root().join("target/debug/debtscan"))
}

fn page(program: &Path, output: &Path, repository: &Path, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).arg(repository).args(["--format", "html", "--no-cache", "--quiet", "--output"]);
    command.arg(output);
    let status = command.stdin(Stdio::null()).status().context("running debtscan")?;
    ensure!(status.success(), "`{}` failed", process::name(&command));
    Ok(())
}

/// The name of the first area of a repository.
fn first_area(program: &Path, repository: &Path) -> Result<String> {
    let mut command = Command::new(program);
    command.arg(repository).args(["--format", "json", "--no-cache", "--quiet"]);
    let output = command.output().context("running debtscan")?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).context("reading the report")?;
    Ok(report["areas"][0]["name"].as_str().context("the demo has no area")?.to_owned())
}

const CODE: &str = "int f(int x) {\n    if (x) {\n        while (x > 1) x--;\n    }\n    return x;\n}\n";

// Each cell tries a different way out: markup, a formula of a spreadsheet, a change of the
// direction of writing.
const HOSTILE_INCIDENTS: &str = "id,opened,title,cost,currency,path\n\
    \"<img src=x onerror=owned=1>\",2020-01-05,\"</title><script>owned=1</script>\",120,USD,src\n\
    \"=HYPERLINK(1)\",2020-01-06,\"\u{202e}gnp.exe & 'quotes' \"\" \",80,USD,lib\n";

/// Names that try to become markup, formulas or another direction of writing.
fn hostile() -> RepoBuilder {
    let names = [
        "src/</script><img src=x onerror=owned=1>.c",
        "src/\" onmouseover=owned=1 x=\".c",
        "src/'&lt;b&gt;.c",
        "src/rtl\u{202e}c.exe.c",
        "lib/=HYPERLINK(1).c",
        "lib/-->.c",
        "lib/javascript:owned=1.c",
    ];
    let mut repo = RepoBuilder::new();
    let mut commit = repo.commit("</script><script>owned=1</script>");
    for name in names {
        commit = commit.write(name, CODE);
    }
    commit.author("Eve & \"Co\"; onerror=owned=1", "eve@example.org").create();
    repo
}

/// One file of one commit.
fn single() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("main.c", CODE).create();
    repo
}

/// As many files as a large project, of different sizes.
fn large() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    let mut commit = repo.commit("everything");
    for number in 0..LARGE {
        let path = format!("area{:02}/part{}/file{number}.c", number % 23, number % 5);
        // Sizes without a pattern along the folders, so that the picture has large and small tiles
        // in each area.
        commit = commit.write(path, CODE.repeat(1 + number * number % 37));
    }
    commit.create();
    repo
}
