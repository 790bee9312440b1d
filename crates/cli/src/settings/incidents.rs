//! How incident files are read, and the settings of `debtscan incidents`.

use debtscan_incidents::{ColumnMap, ReadOptions};
use debtscan_render::{Group, shell_word};

use super::{Found, Rendering, ReportSettings, configured_top, find_config, history, with_cost};
use crate::args::{CostArgs, DateOrderWord, FormatWord, IncidentsArgs, ReadingArgs, RepositoryArgs};
use crate::failure::Failure;

/// Where `debtscan incidents` places what it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placing {
    /// In the repository that was named.
    Named,
    /// In the current folder, if that is in a repository.
    IfThere,
    /// Nowhere.
    Nowhere,
}

/// Settles `debtscan incidents`.
pub(crate) fn incidents(args: IncidentsArgs) -> Result<(ReportSettings, Placing), Failure> {
    let placing = match (&args.repo, args.no_repo) {
        (_, true) => Placing::Nowhere,
        (Some(_), false) => Placing::Named,
        (None, false) => Placing::IfThere,
    };
    let repository = RepositoryArgs { path: args.repo, config: args.config };
    let found = find_config(&repository)?;
    let format = args.format.unwrap_or(FormatWord::Table).into();
    let top = args.top.or(configured_top(format, &found.config));
    let render = Rendering { format, group: Group::Area, top };
    let history = history(repository, args.history, &args.output, &args.run, &found, &render)?;
    let cost = CostArgs {
        incidents: args.files,
        reading: args.reading,
        accounts: Vec::new(),
        redact: args.redact,
        max_files_per_commit: None,
        areas: args.areas,
    };
    let settings = with_cost(history, &cost, found)?;
    if settings.incident_files.is_empty() {
        return Err(Failure::new("no incident file is given").with_hint(
            "name one (`debtscan incidents FILE`), or list them in debtscan.toml under [incidents] files",
        ));
    }
    Ok((settings, placing))
}

/// The flags of a reading as words of a shell, for commands that are suggested.
pub(super) fn reading_arguments(reading: &ReadingArgs) -> Vec<String> {
    let maps = reading.map.iter().filter_map(|map| {
        let assignment = format!("{}={}", map.field(), map.column());
        Some(["--map".to_owned(), shell_word(assignment.as_bytes())?])
    });
    let mut words: Vec<String> = maps.flatten().collect();
    if let Some(order) = reading.date_order {
        let word = match order {
            DateOrderWord::Dmy => "dmy",
            DateOrderWord::Mdy => "mdy",
        };
        words.extend(["--date-order".to_owned(), word.to_owned()]);
    }
    if let Some(encoding) = reading.encoding {
        words.extend(["--encoding".to_owned(), encoding.name().to_owned()]);
    }
    words
}

/// How incident files are read: the columns of the flags before those of the configuration, which
/// stay for other fields.
pub(super) fn read_options(reading: &ReadingArgs, found: &Found) -> ReadOptions {
    let config = &found.config.incidents;
    let mut columns = reading.map.clone();
    let is_settled = |map: &ColumnMap| reading.map.iter().any(|flag| flag.has_same_field(map));
    columns.extend(config.columns.iter().filter(|map| !is_settled(map)).cloned());
    ReadOptions {
        default_currency: found.config.project.default_currency,
        date_order: reading.date_order.or(config.date_order).map(Into::into),
        encoding: reading.encoding,
        columns,
    }
}
