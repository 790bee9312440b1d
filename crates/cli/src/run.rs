//! From the command line to a workflow, and from its answer to output and exit code.

use std::env;
use std::io::{self, Write};

use debtscan_app::{self as app, Answer, AppError, Progress};
use debtscan_render::{self as render, Format, Image, List, ListName, RenderOptions, Tracker};

use crate::answer::{ask, conclude, write};
use crate::args::format::FormatWord;
use crate::args::planning::PlanArgs;
use crate::args::report::{BriefArgs, ScanArgs};
use crate::args::upkeep::{CacheAction, SchemaWord};
use crate::args::work::AllocationArgs;
use crate::args::{Command, CommandLine};
use crate::cache;
use crate::demo;
use crate::exit::{self, RunOutcome};
use crate::failure::Failure;
use crate::output::Destination;
use crate::settings::{self, Allocation, AreasOutput, Hotspots, InitSettings, Settings};
use crate::{shipping, starter};

/// The file that `debtscan init` writes.
const TEMPLATE: &str = include_str!("template.toml");

/// Runs the command of a command line.
pub(crate) fn run(line: CommandLine) -> Result<RunOutcome, Failure> {
    match line.command.unwrap_or(Command::Scan(line.scan)) {
        Command::Scan(args) => scan(args),
        Command::Brief(args) => brief(args),
        Command::Plan(args) => plan(args),
        Command::Verify(args) => deliver(&settings::verify(args)?, app::verify, render::verification),
        Command::Explain(args) => deliver(&settings::explain(args)?, app::explain, render::explanation),
        Command::Incidents(args) => incidents(&settings::incidents(args)?),
        Command::Hotspots(args) => hotspots(settings::hotspots(args)?),
        Command::Coupling(args) => {
            let (settings, options) = settings::coupling(args)?;
            deliver(
                &settings,
                |request, progress| app::coupling(request, &options, progress),
                |list, options, out| render::list(List::Coupling(list), options, out),
            )
        }
        Command::Areas(args) => {
            let (settings, grouping, output) = settings::areas(args)?;
            deliver(
                &settings,
                |request, progress| app::areas(request, grouping, progress),
                |list, options, out| match output {
                    AreasOutput::List => render::list(List::Areas(list), options, out),
                    // Not a format of lists: it is input for the next run.
                    AreasOutput::Config => out.write_all(render::areas_config(list).as_bytes()),
                },
            )
        }
        Command::Knowledge(args) => {
            deliver(&settings::knowledge(args)?, app::knowledge, |list, options, out| {
                render::list(List::Knowledge(list), options, out)
            })
        }
        Command::Trend(args) => {
            let is_metrics = args.list.format == Some(FormatWord::Openmetrics);
            deliver(&settings::trend(args)?, app::trend, |list, options, out| {
                if is_metrics {
                    render::trend_metrics(list, out)
                } else {
                    render::list(List::Trend(list), options, out)
                }
            })
        }
        Command::Todos(args) => {
            let (settings, grouping) = settings::todos(args)?;
            deliver(
                &settings,
                |request, progress| app::todos(request, grouping, progress),
                |list, options, out| render::list(List::Todos(list), options, out),
            )
        }
        Command::Allocation(args) => allocation(args),
        Command::Delivery(args) => {
            let (settings, options) = settings::delivery(args)?;
            deliver(
                &settings,
                |request, progress| app::delivery(request, &options, progress),
                |list, options, out| render::list(List::Delivery(list), options, out),
            )
        }
        Command::Changes(args) => deliver(&settings::changes(args)?, app::changes, render::changes),
        Command::Backtest(args) => deliver(&settings::backtest(args)?, app::backtest, render::backtest),
        Command::Demo(args) => demo::demo(&args, env::args_os().next().as_deref()),
        Command::Init(args) => init(&settings::init(args)?),
        Command::Schema(args) => {
            let (command, output) = settings::schema(&args)?;
            schema(command, &output)
        }
        Command::Completions(args) => shipping::completions(args.shell),
        Command::Man(args) => shipping::man(args.command.as_deref()),
        Command::Cache(args) => match &args.action {
            CacheAction::Status(place) => cache::status(&settings::cache(place)?),
            CacheAction::Clear(place) => cache::clear(&settings::cache(place)?),
        },
    }
}

/// `debtscan scan`: the report, or what a tool reads of it.
fn scan(args: ScanArgs) -> Result<RunOutcome, Failure> {
    let sink = args.format.and_then(FormatWord::sink);
    let image = args.picture.map(Image::from);
    let settings = settings::scan(args)?;
    if let Some(image) = image {
        return deliver(&settings, app::illustrated_report, |illustrated, options, out| {
            render::report_image(illustrated, image, options, out)
        });
    }
    if let Some(sink) = sink {
        return deliver(&settings, app::report_findings, |found, options, out| {
            render::report_sink(found, sink, options, out)
        });
    }
    match settings.output.render.format {
        // Pictures need sums that no other format has, and take time to compute.
        Format::Html => deliver(&settings, app::illustrated_report, render::illustrated_report),
        _ => deliver(&settings, app::report, render::report),
    }
}

fn hotspots(hotspots: Hotspots) -> Result<RunOutcome, Failure> {
    match hotspots {
        Hotspots::Groups(settings, options) => deliver(
            &settings,
            |request, progress| app::hotspots(request, &options, progress),
            |list, options, out| render::list(List::Hotspots(list), options, out),
        ),
        Hotspots::Functions(settings, max_files) => deliver(
            &settings,
            |request, progress| app::functions(request, max_files, progress),
            |list, options, out| render::list(List::Functions(list), options, out),
        ),
    }
}

/// `debtscan brief`: a document, or tickets.
fn brief(args: BriefArgs) -> Result<RunOutcome, Failure> {
    let tracker = args.tickets.map(Tracker::from);
    deliver(&settings::brief(args)?, app::brief, |brief, options, out| match tracker {
        None => render::brief(brief, options, out),
        Some(tracker) => render::brief_tickets(brief, tracker, out),
    })
}

/// `debtscan plan`: a document, or tickets.
fn plan(args: PlanArgs) -> Result<RunOutcome, Failure> {
    let tracker = args.tickets.map(Tracker::from);
    deliver(&settings::plan(args)?, app::plan, |plan, options, out| match tracker {
        None => render::plan(plan, options, out),
        Some(tracker) => render::plan_tickets(plan, tracker, out),
    })
}

/// Runs a workflow, writes its findings, and reports what it lost.
fn deliver<R, T>(
    settings: &Settings<R>,
    work: impl FnOnce(&R, &dyn Progress) -> Result<Answer<T>, AppError>,
    render: impl FnOnce(&T, &RenderOptions, &mut dyn Write) -> io::Result<()>,
) -> Result<RunOutcome, Failure> {
    let answer = ask(settings, work)?;
    write(&settings.output, |options, out| render(&answer.findings, options, out))?;
    Ok(conclude(&settings.output, answer))
}

/// `debtscan allocation`: the list, or changes to label.
fn allocation(args: AllocationArgs) -> Result<RunOutcome, Failure> {
    match settings::allocation(args)? {
        Allocation::List(settings) => deliver(&settings, app::allocation, |list, options, out| {
            render::list(List::Allocation(list), options, out)
        }),
        Allocation::Sample(settings, count) => deliver(
            &settings,
            |request, progress| app::labelling_sample(request, count, progress),
            |changes, _, out| render::labelling_sample(changes, out),
        ),
    }
}

/// `debtscan incidents`: an unusable file fails the run, but only after the findings say why.
fn incidents(settings: &Settings<app::IncidentsRequest>) -> Result<RunOutcome, Failure> {
    let answer = ask(settings, app::incidents)?;
    write(&settings.output, |options, out| render::dry_run(&answer.findings.dry_run(), options, out))?;
    match answer.findings.problem() {
        // A check that finds a useless file must fail, also in a script that looks at the exit code
        // alone.
        Some(problem) => Err(AppError::from(problem.clone()).into()),
        None => Ok(conclude(&settings.output, answer)),
    }
}

fn init(settings: &InitSettings) -> Result<RunOutcome, Failure> {
    let text = starter::config(TEMPLATE, settings);
    let mut out = settings.destination.open()?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    if let Destination::NewFile(path) = &settings.destination {
        exit::note(&format!("wrote {}: uncomment what you need", path.display()), settings.messages);
    }
    Ok(RunOutcome::Done)
}

fn schema(command: SchemaWord, destination: &Destination) -> Result<RunOutcome, Failure> {
    let text = match command {
        SchemaWord::Scan => render::report_schema(),
        SchemaWord::Brief => render::brief_schema(),
        SchemaWord::Demo => render::demo_schema(),
        SchemaWord::Plan => render::plan_schema(),
        SchemaWord::Verify => render::verification_schema(),
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
        SchemaWord::Allocation => render::list_schema(ListName::Allocation),
        SchemaWord::Delivery => render::list_schema(ListName::Delivery),
    };
    let mut out = destination.open()?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(RunOutcome::Done)
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use debtscan_app::{self as app, Measure, ReportRequest, Silent};
    use debtscan_render as render;
    use debtscan_testkit::RepoBuilder;

    use crate::args::CommandLine;
    use crate::settings::{self, Settings};

    /// The report as JSON if so much is measured.
    fn report(settings: &Settings<ReportRequest>, measure: Measure) -> String {
        let mut request = settings.request.clone();
        request.history.scan.measure = measure;
        let answer = app::report(&request, &Silent).expect("reported");
        let mut out = Vec::new();
        render::report(&answer.findings, &settings.output.render, &mut out).expect("rendered");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn the_report_does_not_depend_on_parsing_tests() {
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
        assert_eq!(settings.request.history.scan.measure, Measure::Source);
        assert_eq!(report(&settings, Measure::Source), report(&settings, Measure::Tree));
    }
}
