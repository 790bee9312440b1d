//! The straight line of every command.

mod past;

use std::io::Write;

use debtscan_findings::{Grouping, ListHead};
use debtscan_incidents::Incidents;
use debtscan_model::{Origins, Scan};
use debtscan_render::{self as render, List, ListName};
use debtscan_reporter::backtest::{Backtest, Hindsight};
use debtscan_reporter::{BuildError, ListInput, Privacy};
use debtscan_scanner::{GitError, Keep, LineLimits, OriginRules, Repository, ScanError};

use crate::args::{CacheAction, Command, CommandLine, SchemaWord};
use crate::cache;
use crate::exit::{self, Outcome};
use crate::failure::Failure;
use crate::output::Destination;
use crate::progress::Bar;
use crate::settings::{
    self, AreasOutput, BacktestSettings, HistorySettings, Hotspots, InitSettings, Introduced, Placing,
    ReportSettings,
};

/// What `debtscan init` writes.
const TEMPLATE: &str = include_str!("template.toml");

/// Does what the command line says.
pub(crate) fn run(line: CommandLine) -> Result<Outcome, Failure> {
    match line.command.unwrap_or(Command::Scan(line.scan)) {
        Command::Scan(args) => report(&settings::scan(args)?),
        Command::Explain(args) => {
            let (settings, target) = settings::explain(args)?;
            explain(&settings, &target)
        }
        Command::Incidents(args) => {
            let (settings, placing) = settings::incidents(args)?;
            incidents(&settings, placing)
        }
        Command::Hotspots(args) => match settings::hotspots(args)? {
            (settings, Hotspots::Groups(options)) => {
                let build = |input: ListInput<'_>| debtscan_reporter::hotspots(input, &options);
                list(&settings, build, |list| (&list.head, List::Hotspots(list)))
            }
            (settings, Hotspots::Functions(files)) => functions(&settings, files),
        },
        Command::Coupling(args) => {
            let (settings, options) = settings::coupling(args)?;
            let build = |input: ListInput<'_>| debtscan_reporter::coupling(input, &options);
            list(&settings, build, |list| (&list.head, List::Coupling(list)))
        }
        Command::Areas(args) => match settings::areas(args)? {
            (settings, grouping, AreasOutput::List) => {
                let build = |input: ListInput<'_>| debtscan_reporter::areas(input, grouping);
                list(&settings, build, |list| (&list.head, List::Areas(list)))
            }
            (settings, grouping, AreasOutput::Config) => areas_config(&settings, grouping),
        },
        Command::Knowledge(args) => {
            let (settings, question) = settings::knowledge(args)?;
            past::knowledge(&settings, &question)
        }
        Command::Trend(args) => {
            let (settings, question) = settings::trend(args)?;
            past::trend(&settings, &question)
        }
        Command::Todos(args) => {
            let (settings, grouping) = settings::todos(args)?;
            past::todos(&settings, grouping)
        }
        Command::Changes(args) => changes(&settings::changes(args)?),
        Command::Backtest(args) => backtest(&settings::backtest(args)?),
        Command::Init(args) => init(&settings::init(args)?),
        Command::Schema(args) => {
            let (command, output) = settings::schema(&args)?;
            schema(command, &output)
        }
        Command::Cache(args) => match &args.action {
            CacheAction::Status(place) => cache::status(&settings::cache(place)?),
            CacheAction::Clear(place) => cache::clear(&settings::cache(place)?),
        },
    }
}

fn open(settings: &HistorySettings) -> Result<Repository, ScanError> {
    Repository::open(&settings.scan, settings.cache.as_deref())
}

/// Writes the cache, and says what went wrong with it.
fn finish(repository: Repository, settings: &HistorySettings) {
    exit::tell_cache_troubles(&repository.finish().errors, settings.voice);
}

fn scan(settings: &HistorySettings) -> Result<Scan, Failure> {
    let bar = Bar::new(settings.voice.noise);
    let mut repository = open(settings)?;
    let scan = repository.scan(Keep::Nothing, &bar)?;
    drop(bar);
    finish(repository, settings);
    Ok(scan)
}

fn read(settings: &ReportSettings) -> Result<Incidents, Failure> {
    debtscan_incidents::read(&settings.incident_files, &settings.read)
        .map_err(|error| Failure::of_incidents(error, settings.report.privacy))
}

/// Scans, and where asked to finds the origins of the lines that the incidents' fixes deleted.
fn scan_for_incidents(
    settings: &ReportSettings,
    incidents: &Incidents,
) -> Result<(Scan, Option<Origins>), Failure> {
    let history = &settings.history;
    if settings.introduced == Introduced::Unasked {
        return Ok((scan(history)?, None));
    }
    let bar = Bar::new(history.voice.noise);
    let mut repository = open(history)?;
    let scan = repository.scan(Keep::LineHistory, &bar)?;
    let fixes = debtscan_reporter::fix_commits(&scan, incidents, &settings.report)?;
    let rules = OriginRules { max_source_files: settings.report.max_files_per_commit };
    let origins = repository.origins(&scan, &fixes, rules, &bar)?;
    drop(bar);
    finish(repository, history);
    Ok((scan.with_skipped(&origins.skipped), Some(origins)))
}

fn report(settings: &ReportSettings) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = read(settings)?;
    let (scan, origins) = scan_for_incidents(settings, &incidents)?;
    let mut report = debtscan_reporter::build(&scan, &incidents, &settings.report)?;
    if let Some(origins) = origins {
        report = debtscan_reporter::introduce_report(report, &scan, &origins);
    }
    let mut out = history.output.open()?;
    render::report(&report, &history.render, &mut out)?;
    out.finish()?;
    let losses = exit::losses_of_report(&report.quality);
    // The process ends here: to take it apart would take a tenth of a run with a warm cache.
    std::mem::forget((scan, report));
    Ok(exit::judge(&losses, history.strictness, history.losses_shown(), history.voice))
}

fn explain(settings: &ReportSettings, target: &str) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = read(settings)?;
    let (scan, origins) = scan_for_incidents(settings, &incidents)?;
    let mut explanation = debtscan_reporter::explain(&scan, &incidents, &settings.report, target)?;
    if let Some(origins) = origins {
        explanation = debtscan_reporter::introduce_explanation(explanation, &scan, &origins);
    }
    let mut out = history.output.open()?;
    render::explanation(&explanation, &history.render, &mut out)?;
    out.finish()?;
    let losses = exit::losses_of_report(&explanation.quality);
    Ok(exit::judge(&losses, history.strictness, exit::Shown::Nowhere, history.voice))
}

fn incidents(settings: &ReportSettings, placing: Placing) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let mut incidents = debtscan_incidents::examine(&settings.incident_files, &settings.read)
        .map_err(|error| Failure::of_incidents(error, settings.report.privacy))?;
    let scan = scan_if_there(history, placing)?;
    let report = scan.as_ref().map(|scan| debtscan_reporter::build(scan, &incidents, &settings.report));
    let report = report.transpose()?;
    // Titles and texts are evidence: they go once every incident is placed.
    if settings.report.privacy == Privacy::Redacted {
        incidents.redact();
    }
    let run = debtscan_reporter::dry_run(&incidents, report.as_ref(), settings.report.tool_version);
    let mut out = history.output.open()?;
    render::dry_run(&run, &history.render, &mut out)?;
    out.finish()?;
    exit::refuse(&incidents)?;
    let losses = exit::losses_of_incidents(&incidents);
    Ok(exit::judge(&losses, history.strictness, history.losses_shown(), history.voice))
}

/// The scan that incidents are placed in; `None` where that is nowhere.
fn scan_if_there(settings: &HistorySettings, placing: Placing) -> Result<Option<Scan>, Failure> {
    if placing == Placing::Nowhere {
        return Ok(None);
    }
    let repository = open(settings);
    match repository {
        Ok(mut repository) => {
            let bar = Bar::new(settings.voice.noise);
            let scan = repository.scan(Keep::Nothing, &bar)?;
            drop(bar);
            finish(repository, settings);
            Ok(Some(scan))
        }
        Err(ScanError::Git(GitError::NotARepository { .. } | GitError::Unborn { .. }))
            if placing == Placing::IfThere =>
        {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Builds a list and writes it; `parts` are its head and how it is rendered.
fn list<L>(
    settings: &ReportSettings,
    build: impl FnOnce(ListInput<'_>) -> Result<L, BuildError>,
    parts: impl for<'a> FnOnce(&'a L) -> (&'a ListHead, List<'a>),
) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = read(settings)?;
    let scan = scan(history)?;
    let built = build(ListInput { scan: &scan, incidents: &incidents, options: &settings.report })?;
    let (head, list) = parts(&built);
    write_list(history, head, list)
}

/// Writes a list, and says what was lost.
fn write_list(history: &HistorySettings, head: &ListHead, list: List<'_>) -> Result<Outcome, Failure> {
    let mut out = history.output.open()?;
    render::list(list, &history.render, &mut out)?;
    out.finish()?;
    let losses = exit::losses_of_report(&head.quality);
    Ok(exit::judge(&losses, history.strictness, history.losses_shown(), history.voice))
}

/// Writes the area map as configuration.
fn areas_config(settings: &ReportSettings, grouping: Grouping) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = read(settings)?;
    let scan = scan(history)?;
    let input = ListInput { scan: &scan, incidents: &incidents, options: &settings.report };
    let list = debtscan_reporter::areas(input, grouping)?;
    let mut out = history.output.open()?;
    out.write_all(debtscan_render::areas_config(&list).as_bytes())?;
    out.finish()?;
    let losses = exit::losses_of_report(&list.head.quality);
    Ok(exit::judge(&losses, history.strictness, exit::Shown::Nowhere, history.voice))
}

/// Lists the functions of so many of the hottest files; `None` for all.
fn functions(settings: &ReportSettings, files: Option<usize>) -> Result<Outcome, Failure> {
    let history = &settings.history;
    let incidents = read(settings)?;
    let bar = Bar::new(history.voice.noise);
    let mut repository = open(history)?;
    let scan = repository.scan(Keep::LineHistory, &bar)?;
    let files = debtscan_reporter::hottest_files(&scan, &settings.report, files);
    let lines = repository.lines(&scan, &files, LineLimits::default(), &bar)?;
    drop(bar);
    finish(repository, history);
    let scan = scan.with_skipped(&lines.skipped);
    let input = ListInput { scan: &scan, incidents: &incidents, options: &settings.report };
    let built = debtscan_reporter::functions(input, &lines)?;
    let mut out = history.output.open()?;
    render::list(List::Functions(&built), &history.render, &mut out)?;
    out.finish()?;
    let losses = exit::losses_of_report(&built.head.quality);
    Ok(exit::judge(&losses, history.strictness, history.losses_shown(), history.voice))
}

fn changes(settings: &HistorySettings) -> Result<Outcome, Failure> {
    let scan = scan(settings)?;
    let mut out = settings.output.open()?;
    render::changes(&scan, &settings.render, &mut out)?;
    out.finish()?;
    let losses = exit::losses_of_scan(&scan);
    Ok(exit::judge(&losses, settings.strictness, exit::Shown::Nowhere, settings.voice))
}

fn backtest(settings: &BacktestSettings) -> Result<Outcome, Failure> {
    let history = &settings.report.history;
    let incidents = read(&settings.report)?;
    let bar = Bar::new(history.voice.noise);
    let mut repository = open(history)?;
    let scan = repository.scan_unfiltered(&bar)?;
    let hindsight = Hindsight::of(&scan, &incidents, &settings.options)?;
    let mut backtest = Backtest::new(&hindsight, &settings.options);
    for date in backtest.dates() {
        let then = repository.scan_at(date, &bar)?;
        backtest.add(date, then.as_ref())?;
    }
    let report = backtest.finish();
    drop(bar);
    finish(repository, history);
    let mut out = history.output.open()?;
    render::backtest(&report, &history.render, &mut out)?;
    out.finish()?;
    let losses = exit::losses_of_report(&report.head.quality);
    Ok(exit::judge(&losses, history.strictness, history.losses_shown(), history.voice))
}

fn init(settings: &InitSettings) -> Result<Outcome, Failure> {
    let mut out = settings.output.open()?;
    out.write_all(TEMPLATE.as_bytes())?;
    out.finish()?;
    if let Destination::NewFile(path) = &settings.output {
        exit::note(&format!("wrote {}: uncomment what you need", path.display()), settings.voice);
    }
    Ok(Outcome::Done)
}

fn schema(command: SchemaWord, output: &Destination) -> Result<Outcome, Failure> {
    let mut out = output.open()?;
    let text = match command {
        SchemaWord::Scan => render::report_schema(),
        SchemaWord::Explain => render::explanation_schema(),
        SchemaWord::Backtest => render::backtest_schema(),
        SchemaWord::Hotspots => render::list_schema(ListName::Hotspots),
        SchemaWord::Coupling => render::list_schema(ListName::Coupling),
        SchemaWord::Areas => render::list_schema(ListName::Areas),
        SchemaWord::Incidents => render::dry_run_schema(),
        SchemaWord::Functions => render::list_schema(ListName::Functions),
        SchemaWord::Knowledge => render::list_schema(ListName::Knowledge),
        SchemaWord::Trend => render::list_schema(ListName::Trend),
        SchemaWord::Todos => render::list_schema(ListName::Todos),
    };
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use debtscan_render as render;
    use debtscan_scanner::{Keep, Measure, Repository, ScanOptions, Silent};
    use debtscan_testkit::RepoBuilder;

    use crate::args::CommandLine;
    use crate::settings::{self, ReportSettings};

    /// The report as JSON, when so much is measured.
    fn report(settings: &ReportSettings, measure: Measure) -> String {
        let options = ScanOptions { measure, ..settings.history.scan.clone() };
        let mut repository = Repository::open(&options, None).expect("opened");
        let scan = repository.scan(Keep::Nothing, &Silent).expect("scanned");
        let incidents = super::read(settings).expect("no incidents");
        let report = debtscan_reporter::build(&scan, &incidents, &settings.report).expect("built");
        let mut out = Vec::new();
        render::report(&report, &settings.history.render, &mut out).expect("rendered");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn the_report_shows_nothing_that_only_parsing_tests_could_tell() {
        let code = "int f(int x) {\n    if (x) return 1;\n    return 0;\n}\n";
        let mut repo = RepoBuilder::new();
        repo.commit("one")
            .write("src/a.c", code)
            .write("src/vendor/v.c", code)
            .write("tests/a.c", code)
            .write("tests/made.c", format!("/* DO NOT EDIT */\n{code}"))
            .create();
        repo.commit("two").write("tests/a.c", code.repeat(2)).write("src/a.c", code.repeat(3)).create();
        let path = repo.path().to_str().expect("UTF-8").to_owned();
        let line = CommandLine::parse_from(["debtscan", "--format", "json", "--no-cache", &path]);
        let settings = settings::scan(line.scan).expect("settled");
        assert_eq!(settings.history.scan.measure, Measure::Source);
        assert_eq!(report(&settings, Measure::Source), report(&settings, Measure::Tree));
    }
}
