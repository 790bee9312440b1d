//! What to do, decided: defaults < `debtscan.toml` < flags.
//!
//! The only place with defaults, and the place where a run fails that was asked wrongly: after this,
//! only the repository, the content of the incident files and the disk can disappoint.

mod backtest;
mod code;
mod incidents;
mod people;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::{env, fs};

use anstream::{AutoStream, ColorChoice};
use clap::CommandFactory;
use debtscan_findings::{AreaRule, AreaSource};
use debtscan_incidents::{Accounts, IncidentFile, ReadOptions};
use debtscan_render::{Format, Group, Invocation, RenderOptions, shell_word};
use debtscan_reporter::{Privacy, ReportOptions};
use debtscan_scanner::{Measure, Merges, Pseudonyms, Renames, ScanOptions, Walk};

pub(crate) use self::code::{AreasOutput, Hotspots, areas, coupling, hotspots};
pub(crate) use self::incidents::{Placing, incidents};
pub(crate) use self::people::{KnowledgeQuestion, TrendQuestion, knowledge, todos, trend};
use crate::args::{
    CachePlaceArgs, ChangesArgs, Command, CommandLine, CostArgs, ExplainArgs, FormatWord, GroupWord,
    HistoryArgs, InitArgs, OutputArgs, RepositoryArgs, RunArgs, ScanArgs, SchemaArgs, SchemaWord,
};
use crate::boundary::{self, Boundary, NAME_THE_TARGET, Refused};
use crate::config::{self, Config, Excerpt};
use crate::exit::Shown;
use crate::failure::Failure;
use crate::locate;
use crate::output::Destination;
use crate::suggest::closest;
use crate::value::ColorWord;

pub(crate) use backtest::{BacktestSettings, backtest};

/// Columns of the table when nothing tells the width: not a terminal, and no `COLUMNS`.
const DEFAULT_WIDTH: usize = 100;

/// Source files above which a commit is taken for a reformat or a move. From the protocol of the
/// backtest behind the ranking.
const DEFAULT_MAX_FILES_PER_COMMIT: usize = 50;

/// Whether a run with losses is a failed check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Losses are said.
    Lenient,
    /// Losses cross the threshold.
    Strict,
}

/// What is said on standard error besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noise {
    /// Progress, warnings and notes.
    Normal,
    /// Nothing.
    Quiet,
}

/// How the run speaks to people on standard error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice {
    pub(crate) noise: Noise,
    pub(crate) color: ColorChoice,
}

impl Voice {
    fn new(is_quiet: bool, color: Option<ColorWord>) -> Self {
        Self { noise: if is_quiet { Noise::Quiet } else { Noise::Normal }, color: message_color(color) }
    }
}

/// What every command that reads history has in common.
#[derive(Debug)]
pub(crate) struct HistorySettings {
    pub(crate) scan: ScanOptions,
    pub(crate) render: RenderOptions,
    pub(crate) output: Destination,
    /// Where results are kept; `None` for nowhere.
    pub(crate) cache: Option<PathBuf>,
    pub(crate) strictness: Strictness,
    pub(crate) voice: Voice,
}

impl HistorySettings {
    /// Whether losses are visible in the output itself, to whoever runs the command.
    pub(crate) fn losses_shown(&self) -> Shown {
        match (self.render.format, &self.output) {
            (Format::Table | Format::Markdown, Destination::Stdout) => Shown::InOutput,
            _ => Shown::Nowhere,
        }
    }
}

/// Whether the commits are looked for that introduced incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Introduced {
    /// They are not.
    Unasked,
    /// They are.
    Sought,
}

/// Scan and report, or scan and explain.
#[derive(Debug)]
pub(crate) struct ReportSettings {
    pub(crate) history: HistorySettings,
    pub(crate) introduced: Introduced,
    pub(crate) incident_files: Vec<IncidentFile>,
    pub(crate) read: ReadOptions,
    pub(crate) report: ReportOptions,
}

/// Where the template goes.
#[derive(Debug)]
pub(crate) struct InitSettings {
    pub(crate) output: Destination,
    pub(crate) voice: Voice,
}

/// What `debtscan cache` looks at.
#[derive(Debug)]
pub(crate) struct CacheSettings {
    pub(crate) folder: PathBuf,
    /// `None` for all repositories.
    pub(crate) repository: Option<PathBuf>,
}

/// Settles `debtscan scan`.
pub(crate) fn scan(args: ScanArgs) -> Result<ReportSettings, Failure> {
    let found = find_config(&args.repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let group = match args.group.unwrap_or(GroupWord::Area) {
        GroupWord::Area => Group::Area,
        GroupWord::File => Group::File,
    };
    let introduced =
        introduced(args.introduced, matches!(format, Format::Json | Format::Ndjson), "json or ndjson")?;
    let render = Rendering { format, group, top };
    let mut history = history(args.repository, args.history, &args.output, &args.run, &found, &render)?;
    // The ranking is of source: it shows no complexity of any other file.
    history.scan.measure = Measure::Source;
    Ok(ReportSettings { introduced, ..with_cost(history, &args.cost, found)? })
}

/// Refuses `--introduced` where nothing would show it.
fn introduced(is_asked: bool, is_shown: bool, formats: &str) -> Result<Introduced, Failure> {
    match (is_asked, is_shown) {
        (false, _) => Ok(Introduced::Unasked),
        (true, true) => Ok(Introduced::Sought),
        (true, false) => Err(Failure::new(format!("`--introduced` shows only with --format {formats}"))
            .with_hint("`debtscan explain TARGET --introduced` shows it as a table")),
    }
}

/// Settles `debtscan explain`: how, and what. A folder may be written as shells complete it.
pub(crate) fn explain(args: ExplainArgs) -> Result<(ReportSettings, String), Failure> {
    let found = find_config(&args.repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let introduced = introduced(args.introduced, format != Format::Csv, "table, markdown, json or ndjson")?;
    let render = Rendering { format, group: Group::File, top };
    let history = history(args.repository, args.history, &args.output, &args.run, &found, &render)?;
    let target = match args.target.trim_end_matches('/') {
        "" => args.target,
        target => target.to_owned(),
    };
    Ok((ReportSettings { introduced, ..with_cost(history, &args.cost, found)? }, target))
}

/// Settles `debtscan changes`.
pub(crate) fn changes(args: ChangesArgs) -> Result<HistorySettings, Failure> {
    let found = find_config(&args.repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let render = Rendering { format, group: Group::File, top: None };
    let mut history = history(args.repository, args.history, &args.output, &args.run, &found, &render)?;
    history.scan.measure = Measure::Nothing;
    // They are not shown.
    history.scan.merges = Merges::LeftOut;
    Ok(history)
}

/// Settles `debtscan init`.
pub(crate) fn init(args: InitArgs) -> Result<InitSettings, Failure> {
    let path = args.path.unwrap_or_else(|| PathBuf::from("."));
    let output = match args.output {
        Some(file) if file == Path::new("-") => Destination::Stdout,
        Some(file) => Destination::NewFile(file),
        None => {
            check_folder(&path)?;
            let root = locate::work_tree(&path).map_err(|error| cannot_open(&path, &error))?;
            let hint = "give a folder of a git checkout, or choose a place with --output FILE";
            let root = root.ok_or_else(|| {
                Failure::new(format!("no git work tree at or above `{}`", path.display())).with_hint(hint)
            })?;
            Destination::NewFile(PathBuf::from(locate::shown(&root.join(config::FILE_NAME))))
        }
    };
    output.check(&Boundary::around(&path))?;
    Ok(InitSettings { output, voice: Voice::new(args.quiet, None) })
}

/// Settles `debtscan cache`.
pub(crate) fn cache(args: &CachePlaceArgs) -> Result<CacheSettings, Failure> {
    let folder = cache_folder(args.cache_dir.as_deref()).ok_or_else(|| {
        Failure::new("there is no cache folder: neither XDG_CACHE_HOME nor HOME names a folder")
            .with_hint("name one with --cache-dir DIR")
    })?;
    args.path.as_deref().map_or(Ok(()), check_folder)?;
    Ok(CacheSettings { folder, repository: args.path.clone() })
}

/// The folder named, else `debtscan` in the user's cache folder; `None` for a user without home.
fn cache_folder(named: Option<&Path>) -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let of_user = || {
        let cache = folder("XDG_CACHE_HOME");
        // A home that is not there is not made: service users have such on purpose.
        cache.or_else(|| folder("HOME").filter(|home| home.is_dir()).map(|home| home.join(".cache")))
    };
    named.map(Path::to_owned).or_else(|| of_user().map(|cache| cache.join("debtscan")))
}

/// Settles `debtscan schema`: whose, and where to.
pub(crate) fn schema(args: &SchemaArgs) -> Result<(SchemaWord, Destination), Failure> {
    let output = destination(args.output.as_deref());
    output.check(&Boundary::around(Path::new(".")))?;
    Ok((args.command.unwrap_or(SchemaWord::Scan), output))
}

/// Whether errors are coloured; known even when nothing else could be settled.
pub(crate) fn error_color(line: &CommandLine) -> ColorChoice {
    let word = match &line.command {
        None => line.scan.output.color,
        Some(Command::Scan(args)) => args.output.color,
        Some(Command::Explain(args)) => args.output.color,
        Some(Command::Incidents(args)) => args.output.color,
        Some(Command::Hotspots(args)) => args.list.output.color,
        Some(Command::Coupling(args)) => args.list.output.color,
        Some(Command::Areas(args)) => args.list.output.color,
        Some(Command::Knowledge(args)) => args.list.output.color,
        Some(Command::Trend(args)) => args.list.output.color,
        Some(Command::Todos(args)) => args.list.output.color,
        Some(Command::Changes(args)) => args.output.color,
        Some(Command::Backtest(args)) => args.list.output.color,
        Some(Command::Init(_) | Command::Schema(_) | Command::Cache(_)) => None,
    };
    message_color(word)
}

fn message_color(word: Option<ColorWord>) -> ColorChoice {
    match word.unwrap_or(ColorWord::Auto) {
        ColorWord::Auto => AutoStream::choice(&io::stderr()),
        ColorWord::Always => ColorChoice::AlwaysAnsi,
        ColorWord::Never => ColorChoice::Never,
    }
}

/// The configuration in force, and which files may be named.
#[derive(Debug, Default)]
struct Found {
    config: Config,
    /// The folder of the configuration, from which its paths are relative.
    folder: PathBuf,
    /// The repository that holds the configuration, whose files alone it may name; `None` where the user
    /// named the configuration.
    confined_to: Option<PathBuf>,
    boundary: Boundary,
}

impl Found {
    /// The file that the configuration calls `name`.
    fn file(&self, what: &str, name: &str) -> Result<PathBuf, Failure> {
        let Some(root) = &self.confined_to else { return Ok(self.folder.join(name)) };
        boundary::file_of_repository(root, &self.folder, name).map_err(|error| {
            let failure = Failure::new(format!("cannot read {what} from `{name}`: {error}"));
            match error.get_ref().is_some_and(|error| error.is::<Refused>()) {
                true => failure.with_hint(
                    "a debtscan.toml found in a repository can only name files of that repository: \
                     name the file on the command line, or the configuration with --config",
                ),
                false => failure,
            }
        })
    }

    /// A file that the user named on the command line.
    fn named_file(&self, what: &str, file: &Path) -> Result<PathBuf, Failure> {
        match self.boundary.check(file) {
            Ok(()) => Ok(file.to_owned()),
            Err(why) => Err(Failure::new(format!("cannot read {what}: {why}")).with_hint(NAME_THE_TARGET)),
        }
    }
}

/// The longest configuration that is read, in bytes.
const MAX_CONFIG_BYTES: u64 = 1 << 20;

fn find_config(args: &RepositoryArgs) -> Result<Found, Failure> {
    let path = args.path.as_deref().unwrap_or(Path::new("."));
    check_folder(path)?;
    let boundary = Boundary::around(path);
    let (file, confined_to) = match &args.config {
        Some(file) => (file.clone(), None),
        None => match locate::config(path).map_err(|error| cannot_open(path, &error))? {
            Some(found) => (found.file, Some(found.root)),
            None => return Ok(Found { boundary, ..Found::default() }),
        },
    };
    let name = locate::shown(&file);
    let refuse =
        |reason: &dyn fmt::Display| Failure::new(format!("cannot read the configuration `{name}`: {reason}"));
    if confined_to.is_some() {
        match fs::symlink_metadata(&file) {
            Ok(metadata) if metadata.is_symlink() => {
                let hint = "if the link is yours, name the file that it points to with --config";
                return Err(refuse(&"it is a link").with_hint(hint));
            }
            Ok(metadata) if !metadata.is_file() => return Err(refuse(&Refused::NotAFile)),
            _ => {}
        }
    }
    boundary.check(&file).map_err(|why| refuse(&why).with_hint(NAME_THE_TARGET))?;
    let content = boundary::read_text(&file, MAX_CONFIG_BYTES).map_err(|error| refuse(&error))?;
    let excerpt =
        if boundary.holds(&file) || confined_to.is_some() { Excerpt::Shown } else { Excerpt::Hidden };
    let config = config::parse(&name, &content).map_err(|error| {
        Failure::new(error.with_excerpt(excerpt))
            .with_hint("`debtscan init --output -` prints every known key")
    })?;
    let folder = file.parent().expect("a file that was read has a name, and so a folder").to_owned();
    Ok(Found { config, folder, confined_to, boundary })
}

/// Refuses a PATH that is no folder, before it is taken for an empty repository or a broken one.
fn check_folder(path: &Path) -> Result<(), Failure> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => {
            let hint = if path.extension().is_some_and(|extension| extension == "csv") {
                format!("`debtscan --incidents {shown}` reads incidents from it")
            } else {
                format!("`debtscan explain {shown}` explains one file of the repository")
            };
            Err(Failure::new(format!("`{shown}` is not a folder")).with_hint(hint))
        }
        Err(error) => {
            let failure = cannot_open(path, &error);
            let command = CommandLine::command();
            let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            match closest(&path.to_string_lossy(), &names) {
                Some(name) => Err(failure.with_hint(format!("did you mean the command `debtscan {name}`?"))),
                None => Err(failure),
            }
        }
    }
}

fn cannot_open(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(format!("cannot open `{}`: {why}", path.display()))
        .with_hint("give the path of a git checkout or bare repository")
}

/// The configured length of lists: for people only, so that a taste never hides rows from a program.
fn configured_top(format: Format, config: &Config) -> Option<usize> {
    config.report.top.filter(|_| matches!(format, Format::Table | Format::Markdown))
}

struct Rendering {
    format: Format,
    group: Group,
    top: Option<usize>,
}

fn history(
    repository: RepositoryArgs,
    history: HistoryArgs,
    output: &OutputArgs,
    run: &RunArgs,
    found: &Found,
    rendering: &Rendering,
) -> Result<HistorySettings, Failure> {
    let config = &found.config.scan;
    let mut exclude = config.exclude.clone();
    exclude.extend(history.exclude);
    let named = repository
        .path
        .as_deref()
        .filter(|path| *path != Path::new("."))
        .and_then(|path| typed(path.as_os_str()));
    let scan = ScanOptions {
        path: repository.path.unwrap_or_else(|| PathBuf::from(".")),
        revision: history.rev.unwrap_or_else(|| "HEAD".to_owned()),
        since: history.since.or_else(|| config.since.clone()),
        until: history.until,
        walk: if history.first_parent || config.first_parent { Walk::FirstParent } else { Walk::AllParents },
        merges: Merges::Compared,
        renames: history.renames.or(config.renames).map_or(Renames::Follow, Into::into),
        measure: Measure::Tree,
        exclude,
        bots: found.config.people.bots.clone(),
        find_people: Vec::new(),
        anonymize: pseudonyms(output, found)?,
        threads: run.jobs.unwrap_or(0),
        max_memory: run.max_memory,
    };
    let destination = destination(output.output.as_deref());
    destination.check(&found.boundary)?;
    Ok(HistorySettings {
        scan,
        render: RenderOptions {
            format: rendering.format,
            group: rendering.group,
            top: rendering.top,
            width: width(),
            color: table_color(output.color, &destination),
            invocation: Invocation { repository: named, arguments: Vec::new() },
        },
        output: destination,
        cache: if run.no_cache { None } else { cache_folder(run.cache_dir.as_deref()) },
        strictness: if run.strict { Strictness::Strict } else { Strictness::Lenient },
        voice: Voice::new(run.quiet, output.color),
    })
}

/// What stands for people; `None` when they keep their names.
fn pseudonyms(output: &OutputArgs, found: &Found) -> Result<Option<Pseudonyms>, Failure> {
    let config = &found.config.people;
    let what = "the key of pseudonyms";
    let file = match (&output.anonymize_key, &config.anonymize_key) {
        (Some(file), _) => found.named_file(what, file)?,
        (None, Some(name)) => found.file(what, name)?,
        (None, None) => {
            let is_wanted = output.anonymize || config.anonymize;
            return Ok(is_wanted.then(|| Pseudonyms::new(None)));
        }
    };
    let shown = file.display();
    let key = fs::read(&file).map_err(|error| {
        Failure::new(format!("cannot read the key of pseudonyms from `{shown}`: {error}"))
    })?;
    match key.trim_ascii() {
        [] => Err(Failure::new(format!("the key of pseudonyms in `{shown}` is empty"))
            .with_hint("write a long random text into it: whoever has it can tell who is who")),
        key => Ok(Some(Pseudonyms::new(Some(key)))),
    }
}

/// An argument as one word of a shell; `None` when it cannot be typed.
fn typed(argument: &OsStr) -> Option<String> {
    shell_word(argument.as_encoded_bytes())
}

fn with_cost(mut history: HistorySettings, cost: &CostArgs, found: Found) -> Result<ReportSettings, Failure> {
    let read = incidents::read_options(&cost.reading, &found);
    let accounts = accounts(&cost.accounts, &found, &read)?;
    let incident_files = incident_files(&cost.incidents, &found)?;
    let config = found.config;
    let people = history.scan.anonymize.clone();
    let area_source = cost.areas.or(config.report.areas).unwrap_or(AreaSource::Auto);
    if area_source == AreaSource::Config && config.area.is_empty() {
        return Err(Failure::new("`--areas config` needs areas, and the configuration has no [[area]]")
            .with_hint("write some into debtscan.toml (`debtscan init`), or leave --areas out"));
    }
    for file in cost.incidents.iter().filter_map(|file| typed(file)) {
        history.render.invocation.arguments.extend(["--incidents".to_owned(), file]);
    }
    history.render.invocation.arguments.extend(incidents::reading_arguments(&cost.reading));
    for file in cost.accounts.iter().filter_map(|file| typed(file)) {
        history.render.invocation.arguments.extend(["--accounts".to_owned(), file]);
    }
    let is_redacted = cost.redact || config.report.redact;
    if cost.redact {
        history.render.invocation.arguments.push("--redact".to_owned());
    }
    let currency = config.project.default_currency;
    let price = config
        .price
        .model(currency)
        .map_err(|reason| Failure::new(format!("cannot use the configuration: {reason}")))?;
    let privacy = if is_redacted { Privacy::Redacted } else { Privacy::Open };
    Ok(ReportSettings {
        history,
        introduced: Introduced::Unasked,
        incident_files,
        read,
        report: ReportOptions {
            area_source,
            area_rules: area_rules(&config, people.as_ref()),
            max_files_per_commit: cost
                .max_files_per_commit
                .or(config.scan.max_files_per_commit)
                .unwrap_or(DEFAULT_MAX_FILES_PER_COMMIT),
            ranking: config.ranking.parameters().expect("checked when the file was read"),
            price,
            accounts,
            privacy,
            project: config.project.name,
            tool_version: env!("CARGO_PKG_VERSION"),
        },
    })
}

/// The accounts in the files of the flags, or else of the configuration; `None` without any file.
fn accounts(flags: &[OsString], found: &Found, read: &ReadOptions) -> Result<Option<Accounts>, Failure> {
    let configured = &found.config.accounts.files;
    let files: Vec<String> = if flags.is_empty() {
        configured.clone()
    } else {
        flags.iter().map(|file| Path::new(file).display().to_string()).collect()
    };
    if files.is_empty() {
        return Ok(None);
    }
    let mut contents = Vec::new();
    for (position, name) in files.into_iter().enumerate() {
        let path = match flags.get(position) {
            Some(file) => found.named_file("accounts", Path::new(file))?,
            None => found.file("accounts", &name)?,
        };
        let content = fs::read(&path).map_err(|error| {
            Failure::new(format!("cannot read accounts from `{}`: {error}", path.display()))
        })?;
        contents.push(IncidentFile { name, content });
    }
    match debtscan_incidents::read_accounts(&contents, read) {
        Ok(accounts) => Ok(Some(accounts)),
        Err(error) => Err(Failure::of_accounts(&error)),
    }
}

/// The configured areas, without the names of people who own them.
fn area_rules(config: &Config, people: Option<&Pseudonyms>) -> Vec<AreaRule> {
    let mut rules: Vec<AreaRule> = config.area.iter().map(config::AreaTable::rule).collect();
    for owner in rules.iter_mut().filter_map(|rule| rule.owner.as_mut()) {
        if let Some(people) = people {
            *owner = people.owner(owner);
        }
    }
    rules
}

/// The content of the files of the flags, or else of the configuration.
fn incident_files(flags: &[impl AsRef<OsStr>], found: &Found) -> Result<Vec<IncidentFile>, Failure> {
    if flags.is_empty() {
        let read = |name: &String| incident_file(name.clone(), &found.file("incidents", name)?);
        return found.config.incidents.files.iter().map(read).collect();
    }
    let is_stdin = |flag: &&_| AsRef::<OsStr>::as_ref(*flag) == OsStr::new("-");
    if flags.iter().filter(is_stdin).count() > 1 {
        return Err(Failure::new("standard input can be read only once: `--incidents -` is there twice"));
    }
    let read = |flag: &_| {
        if is_stdin(&flag) {
            let mut content = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut content);
            let name = "standard input".to_owned();
            return match read {
                Ok(_) => Ok(IncidentFile { name, content }),
                Err(error) => Err(Failure::new(format!("cannot read incidents from {name}: {error}"))),
            };
        }
        let path = Path::new(AsRef::<OsStr>::as_ref(flag));
        incident_file(path.display().to_string(), &found.named_file("incidents", path)?)
    };
    flags.iter().map(read).collect()
}

fn incident_file(name: String, path: &Path) -> Result<IncidentFile, Failure> {
    match fs::read(path) {
        Ok(content) => Ok(IncidentFile { name, content }),
        Err(error) => Err(Failure::new(format!("cannot read incidents from `{}`: {error}", path.display()))),
    }
}

fn destination(output: Option<&Path>) -> Destination {
    match output {
        Some(file) if file != Path::new("-") => Destination::File(file.to_owned()),
        _ => Destination::Stdout,
    }
}

/// The terminal's width, else `COLUMNS`, else [`DEFAULT_WIDTH`].
fn width() -> usize {
    let stdout = io::stdout();
    let terminal = if stdout.is_terminal() { terminal_size::terminal_size_of(stdout) } else { None };
    let columns = || env::var("COLUMNS").ok()?.parse().ok().filter(|width| *width > 0);
    terminal.map(|(width, _)| usize::from(width.0)).or_else(columns).unwrap_or(DEFAULT_WIDTH)
}

fn table_color(word: Option<ColorWord>, output: &Destination) -> bool {
    match word.unwrap_or(ColorWord::Auto) {
        ColorWord::Always => true,
        ColorWord::Never => false,
        ColorWord::Auto => {
            *output == Destination::Stdout && AutoStream::choice(&io::stdout()) != ColorChoice::Never
        }
    }
}

impl From<FormatWord> for Format {
    fn from(word: FormatWord) -> Self {
        match word {
            FormatWord::Table => Self::Table,
            FormatWord::Json => Self::Json,
            FormatWord::Ndjson => Self::Ndjson,
            FormatWord::Csv => Self::Csv,
            FormatWord::Markdown => Self::Markdown,
        }
    }
}
