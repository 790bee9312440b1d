//! The options that a suggested command must repeat to mean the same figures.

use std::ffi::OsStr;

use debtscan_render::shell_word;

use super::reading::reading_words;
use crate::args::shared::{CostArgs, HistoryArgs, OutputArgs, RepositoryArgs};
use crate::value::RenamesWord;

/// Words of a shell; an option whose value cannot be typed is skipped.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn flag(&mut self, name: &str, is_on: bool) {
        if is_on {
            self.0.push(name.to_owned());
        }
    }

    fn value(&mut self, name: &str, value: Option<impl AsRef<OsStr>>) {
        if let Some(word) = value.and_then(|value| typed(value.as_ref())) {
            self.0.extend([name.to_owned(), word]);
        }
    }
}

/// An argument as one word of a shell; `None` if it cannot be typed.
pub(super) fn typed(argument: &OsStr) -> Option<String> {
    shell_word(argument.as_encoded_bytes())
}

/// The options that decide which history is read, and how people are named.
pub(super) fn history_words(
    repository: &RepositoryArgs,
    history: &HistoryArgs,
    output: &OutputArgs,
) -> Vec<String> {
    let mut words = Words::default();
    words.value("--config", repository.config.as_ref());
    words.value("--rev", history.rev.as_ref());
    // As typed: an age such as `90d` must stay one, and a tag a tag.
    words.value("--since", history.since.as_ref().map(|time| &time.typed));
    words.value("--until", history.until.as_ref().map(|time| &time.typed));
    words.flag("--first-parent", history.first_parent);
    words.value(
        "--renames",
        history.renames.map(|it| match it {
            RenamesWord::Follow => "follow",
            RenamesWord::Off => "off",
        }),
    );
    for pattern in &history.exclude {
        words.value("--exclude", Some(pattern));
    }
    // The key implies it.
    words.flag("--anonymize", output.anonymize && output.anonymize_key.is_none());
    words.value("--anonymize-key", output.anonymize_key.as_ref());
    words.0
}

/// The options that decide what is joined with history, and by which areas.
pub(super) fn cost_words(cost: &CostArgs) -> Vec<String> {
    let mut words = Words::default();
    for file in &cost.incidents {
        words.value("--incidents", Some(file));
    }
    words.0.extend(reading_words(&cost.reading));
    for file in &cost.accounts {
        words.value("--accounts", Some(file));
    }
    words.flag("--redact", cost.redact);
    words.value("--max-files-per-commit", cost.max_files_per_commit.map(|n| n.to_string()));
    words.value("--areas", cost.areas.areas.map(|source| source.to_string()));
    words.0
}
