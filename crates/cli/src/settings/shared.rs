//! Settings that several commands share.

use std::env;
use std::path::{Path, PathBuf};

use debtscan_app::{
    Anonymize, AreaSource, Boundary, FileSource, FindIntroducers, HistoryRequest, KeepWhole, Later,
    LossRules, Measure, MergeRule, Merges, PeopleRules, Privacy, Renames, ReportOptions, ReportRequest,
    ScanOptions, Walk,
};
use debtscan_render::{Detail, Format, Formulas, Group, Invocation, RenderOptions, Sort, Tracker};

use super::configuration::{Found, find_config};
use super::output::{LossesShown, MessageStyle, OutputSettings, Strictness, destination, table_color, width};
use super::{reading, repeated};
use crate::args::format::FormatWord;
use crate::args::shared::{
    CostArgs, HistoryArgs, ListArgs, OutputArgs, RepositoryArgs, RunArgs, TrackerWord,
};
use crate::business::AskTable;
use crate::config::{AreaTable, Config, PeopleSection};
use crate::failure::Failure;
use crate::output::Destination;
use crate::strictness::{self, StrictSection};

/// Source files above which a commit counts as a reformat or a move. From the protocol of the
/// backtest behind the ranking.
const DEFAULT_MAX_FILES_PER_COMMIT: usize = 50;

/// The request of a command, and the output for its answer.
#[derive(Debug)]
pub(crate) struct Settings<R> {
    pub(crate) request: R,
    pub(crate) output: OutputSettings,
}

impl<R> Settings<R> {
    /// The same output with another request.
    pub(super) fn with<S>(self, request: impl FnOnce(R) -> S) -> Settings<S> {
        Settings { request: request(self.request), output: self.output }
    }
}

/// Resolves the options shared by all list commands.
pub(super) fn list(args: ListArgs) -> Result<Settings<ReportRequest>, Failure> {
    let found = find_config(&args.repository)?;
    let format: Format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    // Lists are grouped when they are made, not when they are rendered.
    let rendering = Rendering { format, group: Group::File, top, detail: Detail::Full };
    let history = history(args.repository, args.history, &args.output, &args.run, &found, &rendering)?;
    with_cost(history, &args.cost, found)
}

/// `named`, else `debtscan` in the user's cache folder; `None` for a user without a home.
pub(super) fn cache_folder(named: Option<&Path>) -> Option<PathBuf> {
    // The XDG specification says that a relative path is invalid and must be ignored.
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let of_user = || {
        let cache = folder("XDG_CACHE_HOME");
        // A missing home is not created: service users lack one on purpose.
        cache.or_else(|| folder("HOME").filter(|home| home.is_dir()).map(|home| home.join(".cache")))
    };
    named.map(Path::to_owned).or_else(|| of_user().map(|cache| cache.join("debtscan")))
}

/// Refuses a cache folder that a link of the repository leads out of it.
pub(super) fn check_cache(boundary: &Boundary, named: Option<&Path>) -> Result<(), Failure> {
    named.map_or(Ok(()), |folder| boundary.check(folder)).map_err(|why| {
        Failure::new(format!("cannot use the cache folder: {why}"))
            .with_hint("if the link is yours, name the folder that it points to")
    })
}

/// The configured length of lists: only in formats for people, so that no program misses rows.
pub(super) fn configured_top(format: Format, config: &Config) -> Option<usize> {
    config.report.top.filter(|_| matches!(format, Format::Table | Format::Markdown | Format::Html))
}

pub(super) struct Rendering {
    pub(super) format: Format,
    pub(super) group: Group,
    pub(super) top: Option<usize>,
    pub(super) detail: Detail,
}

pub(super) fn history(
    repository: RepositoryArgs,
    history: HistoryArgs,
    output: &OutputArgs,
    run: &RunArgs,
    found: &Found,
    rendering: &Rendering,
) -> Result<Settings<HistoryRequest>, Failure> {
    let config = &found.config.scan;
    let mut exclude = config.exclude.clone();
    // Flags last: as in a `.gitignore`, a later pattern with `!` takes back an earlier one.
    exclude.extend(history.exclude.iter().cloned());
    // `.` is where the user will paste the command.
    let named = repository
        .path
        .as_deref()
        .filter(|path| *path != Path::new("."))
        .and_then(|path| repeated::typed(path.as_os_str()));
    let arguments = repeated::history_words(&repository, &history, output);
    let scan = ScanOptions {
        path: repository.path.unwrap_or_else(|| PathBuf::from(".")),
        revision: history.rev.unwrap_or_else(|| "HEAD".to_owned()),
        since: history.since.map(|it| it.time).or_else(|| config.since.clone()),
        until: history.until.map(|it| it.time),
        walk: if history.first_parent || config.first_parent { Walk::FirstParent } else { Walk::AllParents },
        merges: Merges::Compared,
        renames: history.renames.or(config.renames).map_or(Renames::Follow, Into::into),
        measure: Measure::Tree,
        exclude,
        classes: found.config.classes.rules(),
        whole: KeepWhole::Never,
        bots: found.config.people.bots.clone(),
        find_commits: Vec::new(),
        people: people_rules(&found.config.people),
        find_people: Vec::new(),
        anonymize: None,
        // 0 means one per core, which the thread pool looks up itself.
        threads: run.jobs.unwrap_or(0),
        max_memory: run.max_memory,
        // The program may have been replaced or removed since it was started; then there is no worker.
        worker: env::current_exe().ok(),
    };
    let destination = destination(output.output.as_deref());
    // Before the scan, which may take minutes.
    destination.check(&found.boundary)?;
    check_cache(&found.boundary, run.cache_dir.as_deref())?;
    let typed = StrictSection { max_skipped: run.max_skipped, ..StrictSection::default() };
    let request = HistoryRequest {
        scan,
        losses: strictness::rules(typed, &found.config.strict, &found.config.accept),
        anonymize: anonymize(output, found),
        cache: if run.no_cache { None } else { cache_folder(run.cache_dir.as_deref()) },
    };
    let losses_shown = match (rendering.format, &destination) {
        // A pipe has them too, but whoever reads a file or JSON may never look for them.
        (Format::Table | Format::Markdown, Destination::Stdout) => LossesShown::InOutput,
        _ => LossesShown::Nowhere,
    };
    let (width, names) = width(&destination);
    let render = RenderOptions {
        format: rendering.format,
        group: rendering.group,
        sort: Sort::Cost,
        top: rendering.top,
        width,
        names,
        detail: rendering.detail,
        color: table_color(output.color, &destination),
        formulas: output.csv_formulas.map_or_else(Formulas::default, Formulas::from),
        invocation: Invocation { program: None, repository: named, arguments },
    };
    let output = OutputSettings {
        render,
        destination,
        losses_shown,
        strictness: if run.strict { Strictness::Strict } else { Strictness::Lenient },
        messages: MessageStyle::new(run.quiet, output.color).verbose(run.verbose),
    };
    Ok(Settings { request, output })
}

fn people_rules(config: &PeopleSection) -> PeopleRules {
    PeopleRules {
        merge: if config.merge.unwrap_or(true) { MergeRule::ByName } else { MergeRule::Off },
        same: config.same.clone(),
        apart: config.apart.clone(),
    }
}

fn anonymize(output: &OutputArgs, found: &Found) -> Anonymize {
    let config = &found.config.people;
    match (&output.anonymize_key, &config.anonymize_key) {
        // A key implies pseudonyms: naming one and getting real names would be a leak.
        (Some(file), _) => Anonymize::WithKey(FileSource::Named(file.clone())),
        (None, Some(name)) => Anonymize::WithKey(found.file(name)),
        (None, None) if output.anonymize || config.anonymize => Anonymize::On,
        (None, None) => Anonymize::Off,
    }
}

pub(super) fn with_cost(
    history: Settings<HistoryRequest>,
    cost: &CostArgs,
    found: Found,
) -> Result<Settings<ReportRequest>, Failure> {
    let Settings { request: mut history, mut output } = history;
    let limits = &mut history.losses.limits;
    limits.unplaced = cost.reading.max_unplaced.unwrap_or(limits.unplaced);
    limits.rejected = cost.reading.max_rejected.unwrap_or(limits.rejected);
    limits.unparsed = cost.max_unparsed.unwrap_or(limits.unparsed);
    let reading = reading::read_options(&cost.reading, &found);
    let incidents = reading::incidents(&cost.incidents, &found)?;
    let accounts = reading::accounts(&cost.accounts, &found);
    let config = found.config;
    let area_source = cost.areas.areas.or(config.report.areas).unwrap_or(AreaSource::Auto);
    if area_source == AreaSource::Config && config.area.is_empty() {
        return Err(Failure::new("`--areas config` needs areas, but the configuration has no [[area]]")
            .with_hint("add areas to debtscan.toml (`debtscan init`), or omit --areas"));
    }
    output.render.invocation.arguments.extend(repeated::cost_words(cost));
    let price = config
        .price
        .model(config.project.default_currency)
        .map_err(|reason| Failure::new(format!("cannot use the configuration: {reason}")))?;
    let options = ReportOptions {
        area_source,
        area_rules: config.area.iter().map(AreaTable::rule).collect(),
        max_files_per_commit: cost
            .max_files_per_commit
            .or(config.scan.max_files_per_commit)
            .unwrap_or(DEFAULT_MAX_FILES_PER_COMMIT),
        ranking: config.ranking.parameters().expect("checked when the file was read"),
        price,
        accounts: None,
        goals: config.ask.iter().map(AskTable::goal).collect(),
        // Incidents after the scanned commit would count in a year that is not over there.
        later: Later::Excluded,
        losses: LossRules::default(),
        privacy: if cost.redact || config.report.redact { Privacy::Redacted } else { Privacy::Open },
        project: config.project.name,
        is_invented: config.project.invented,
        tool_version: env!("CARGO_PKG_VERSION"),
    };
    let introducers = FindIntroducers::Off;
    let request = ReportRequest { history, introducers, incidents, reading, accounts, options };
    Ok(Settings { request, output })
}

impl From<TrackerWord> for Tracker {
    fn from(word: TrackerWord) -> Self {
        match word {
            TrackerWord::Github => Self::Github,
            TrackerWord::Jira => Self::Jira,
            TrackerWord::Linear => Self::Linear,
            TrackerWord::AzureDevops => Self::AzureDevops,
        }
    }
}
