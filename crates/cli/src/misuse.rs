//! Command lines that clap refuses, explained better than clap can.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::args::order::command_words;
use crate::failure::Failure;

/// Options of similar tools, and what debtscan calls them.
const PEERS: [(&str, &str); 14] = [
    ("--json", "--format json"),
    ("--csv", "--format csv"),
    ("--html", "--format html"),
    ("--markdown", "--format markdown"),
    ("--sarif", "--format sarif"),
    ("--limit", "--top"),
    ("--max-results", "--top"),
    ("--rows", "--top"),
    ("--after", "--since"),
    ("--before", "--until"),
    ("--out", "--output"),
    ("--threads", "--jobs"),
    ("--repo-path", "the path as an argument"),
    ("--ignore", "--exclude"),
];

/// Commands of similar tools, and ours.
const PEER_COMMANDS: [(&str, &str); 18] = [
    ("analyse", "scan"),
    ("analyze", "scan"),
    ("rank", "scan"),
    ("report", "scan"),
    ("run", "scan"),
    ("summary", "scan"),
    ("churn", "hotspots"),
    ("complexity", "hotspots"),
    ("functions", "hotspots"),
    ("bus-factor", "knowledge"),
    ("ownership", "knowledge"),
    ("effort", "allocation"),
    ("log", "changes"),
    ("lead-time", "delivery"),
    ("satd", "todos"),
    ("simulate", "plan"),
    ("config", "init"),
    ("setup", "init"),
];

/// Our name of a command of similar tools.
pub(crate) fn command_of_a_peer(word: &str) -> Option<&'static str> {
    PEER_COMMANDS.iter().find(|(peer, _)| *peer == word).map(|(_, own)| *own)
}

/// A better explanation of an error of the command line; `None` to leave it to clap.
pub(crate) fn explained(error: &clap::Error, words: &[OsString], program: &clap::Command) -> Option<Failure> {
    option_of_a_peer(error, words, program)
        .or_else(|| option_of_another_command(error, words, program))
        .or_else(|| format_of_another_command(error, words, program))
}

/// An option that only similar tools have.
fn option_of_a_peer(error: &clap::Error, words: &[OsString], program: &clap::Command) -> Option<Failure> {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return None };
    let (_, own) = PEERS.iter().find(|(peer, _)| peer == option)?;
    (error.kind() == ErrorKind::UnknownArgument && !is_known(program, option)).then(|| {
        let command = named(&command_words(words, program));
        Failure::new(format!("`{command}` has no option `{option}`"))
            .with_hint(format!("use {}", quoted(own)))
    })
}

fn quoted(own: &str) -> String {
    if own.starts_with("--") { format!("`{own}`") } else { own.to_owned() }
}

/// `debtscan`, or `debtscan trend`.
fn named(command: &[String]) -> String {
    std::iter::once("debtscan").chain(command.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

fn is_known(program: &clap::Command, option: &str) -> bool {
    option.strip_prefix("--").is_some_and(|long| has_option(program, long))
}

/// A format that other commands write.
fn format_of_another_command(
    error: &clap::Error,
    words: &[OsString],
    program: &clap::Command,
) -> Option<Failure> {
    let (Some(ContextValue::String(option)), Some(ContextValue::String(value))) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::InvalidValue))
    else {
        return None;
    };
    if error.kind() != ErrorKind::InvalidValue || !option.starts_with("--format") {
        return None;
    }
    let typed = command_words(words, program);
    let command = typed.iter().try_fold(program, |command, word| command.find_subcommand(word))?;
    let writers: Vec<String> = program
        .get_subcommands()
        .filter(|command| formats(command).iter().any(|format| format == value))
        .map(|command| format!("`debtscan {}`", command.get_name()))
        .collect();
    // A word that no command knows is a typing error, for which clap has suggestions.
    (!writers.is_empty()).then(|| {
        let own = formats(command).join(", ");
        let verb = if writers.len() == 1 { "does" } else { "do" };
        Failure::new(format!("`{}` does not write `{value}`", named(&typed)))
            .with_hint(format!("{} {verb}; this command writes {own}", writers.join(" and ")))
    })
}

/// The formats that a command writes.
fn formats(command: &clap::Command) -> Vec<String> {
    let format = command.get_arguments().find(|arg| arg.get_long() == Some("format"));
    let values = format.map(clap::Arg::get_possible_values).unwrap_or_default();
    values.iter().map(|value| value.get_name().to_owned()).collect()
}

/// The failure for an option that only other commands have; `None` for any other error of the command line.
fn option_of_another_command(
    error: &clap::Error,
    words: &[OsString],
    program: &clap::Command,
) -> Option<Failure> {
    // clap suggests a similar option of the command, which is rarely meant by who typed one of
    // another.
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return None };
    let command = command_words(words, program).join(" ");
    let is_known = option.strip_prefix("--").is_some_and(|long| has_option(program, long));
    (error.kind() == ErrorKind::UnknownArgument && is_known && !command.is_empty()).then(|| {
        Failure::new(format!("`debtscan {command}` has no option `{option}`"))
            .with_hint(format!("`debtscan {command} --help` lists its options"))
    })
}

fn has_option(command: &clap::Command, long: &str) -> bool {
    command.get_arguments().any(|arg| arg.get_long() == Some(long))
        || command.get_subcommands().any(|subcommand| has_option(subcommand, long))
}
