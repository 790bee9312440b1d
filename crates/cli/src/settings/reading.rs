//! Resolves which incident and accounts files to read, and how.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use debtscan_app::{ColumnMap, FileSource, ReadOptions};
use debtscan_render::shell_word;

use super::configuration::Found;
use crate::args::shared::ReadingArgs;
use crate::failure::Failure;
use crate::value::DateOrderWord;

/// The incident files of the flags, or else of the configuration.
pub(super) fn incidents(flags: &[OsString], found: &Found) -> Result<Vec<FileSource>, Failure> {
    if flags.is_empty() {
        return Ok(found.config.incidents.files.iter().map(|name| found.file(name)).collect());
    }
    let is_stdin = |flag: &&OsString| flag.as_os_str() == OsStr::new("-");
    // The second reading would find nothing, and an empty file is a loss of data.
    if flags.iter().filter(is_stdin).count() > 1 {
        return Err(Failure::new("`--incidents -` is given twice, but standard input can be read only once"));
    }
    let source = |flag: &OsString| {
        if is_stdin(&flag) { FileSource::Stdin } else { FileSource::Named(PathBuf::from(flag)) }
    };
    Ok(flags.iter().map(source).collect())
}

/// The flags that say how to read incident files as words of a shell, for suggested commands.
pub(super) fn reading_words(reading: &ReadingArgs) -> Vec<String> {
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
    if let Some(word) = reading.sheet.as_deref().and_then(|sheet| shell_word(sheet.as_bytes())) {
        words.extend(["--sheet".to_owned(), word]);
    }
    words
}

/// How to read incident files. For each field, columns of the flags replace those of the configuration.
pub(super) fn read_options(reading: &ReadingArgs, found: &Found) -> ReadOptions {
    let config = &found.config.incidents;
    let mut columns = reading.map.clone();
    let is_settled = |map: &ColumnMap| reading.map.iter().any(|flag| flag.has_same_field(map));
    // Per field, not as a whole: a flag corrects one column of a configured file.
    columns.extend(config.columns.iter().filter(|map| !is_settled(map)).cloned());
    ReadOptions {
        default_currency: found.config.project.default_currency,
        date_order: reading.date_order.or(config.date_order).map(Into::into),
        columns,
        filter: config.rules.clone().and(&config.elsewhere),
        encoding: reading.encoding,
        sheet: reading.sheet.clone(),
    }
}

/// The accounts files of the flags, or else of the configuration.
pub(super) fn accounts(flags: &[OsString], found: &Found) -> Vec<FileSource> {
    if flags.is_empty() {
        found.config.accounts.files.iter().map(|name| found.file(name)).collect()
    } else {
        flags.iter().map(|file| FileSource::Named(PathBuf::from(file))).collect()
    }
}
