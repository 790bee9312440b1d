//! Lets options precede the command.
//!
//! clap takes options of the default command before a command for options of the default command alone. Moving
//! them behind the command leaves it to the command to accept or refuse each.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

/// Moves the options before the command to behind it: `debtscan -q trend lib` becomes `debtscan trend -q lib`.
/// Changes nothing if there is no command, or an unknown option before it.
pub(crate) fn options_after_command(words: Vec<OsString>, program: &Command) -> Vec<OsString> {
    let Some(start) = first_operand(&words, program) else { return words };
    let end = start + command_length(&words[start..], program);
    if start == 1 || end == start {
        return words;
    }
    let (program_name, options) = words[..start].split_at(1);
    // Behind the command and before its operands, where clap reads them as if typed there.
    [program_name, &words[start..end], options, &words[end..]].concat()
}

/// The command of a command line whose options do not precede it; empty without one.
pub(crate) fn command_words(words: &[OsString], program: &Command) -> Vec<String> {
    let rest = words.get(1..).unwrap_or_default();
    rest[..command_length(rest, program)].iter().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// The position of the first word that is neither an option nor its value.
fn first_operand(words: &[OsString], program: &Command) -> Option<usize> {
    let mut position = 1;
    loop {
        // A word that is not UTF-8 is no option of ours, and clap has the better message.
        let word = words.get(position)?.to_str()?;
        let takes_next = match (word.strip_prefix("--"), word.strip_prefix('-')) {
            // After `--` everything is an operand, even the name of a command.
            (Some(""), _) => return None,
            (Some(long), _) => {
                let (name, value) = long.split_once('=').map_or((long, None), |(a, b)| (a, Some(b)));
                takes_value(find(program, |arg| arg.get_long() == Some(name))?) && value.is_none()
            }
            // A single `-` is an operand: standard input.
            (None, Some(shorts)) if !shorts.is_empty() => short_takes_next(shorts, program)?,
            _ => return Some(position),
        };
        position += if takes_next { 2 } else { 1 };
    }
}

/// Whether the value of a group of short options such as `-qj` is the next word; `None` for an unknown option.
fn short_takes_next(shorts: &str, program: &Command) -> Option<bool> {
    for (at, short) in shorts.char_indices() {
        if takes_value(find(program, |arg| arg.get_short() == Some(short))?) {
            // `-j2` has its value in the same word, `-j 2` in the next.
            return Some(at + short.len_utf8() == shorts.len());
        }
    }
    Some(false)
}

fn find(program: &Command, is_it: impl Fn(&Arg) -> bool) -> Option<&Arg> {
    program.get_arguments().find(|arg| is_it(arg))
}

fn takes_value(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

/// How many words at the start name a command: 2 for `cache status`.
fn command_length(words: &[OsString], program: &Command) -> usize {
    let mut command = program;
    let mut length = 0;
    while let Some(next) = words.get(length).and_then(|word| find_command(command, word)) {
        command = next;
        length += 1;
    }
    length
}

fn find_command<'a>(command: &'a Command, word: &OsStr) -> Option<&'a Command> {
    command.find_subcommand(word.to_str()?)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::CommandFactory;

    use super::options_after_command;
    use crate::args::CommandLine;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let ordered = options_after_command(words, &CommandLine::command());
        let ordered: Vec<&str> = ordered.iter().map(|word| word.to_str().expect("UTF-8")).collect();
        assert_eq!(ordered.join(" "), expected);
    }

    #[test]
    fn options_move_behind_the_command() {
        check("debtscan -q trend lib", "debtscan trend -q lib");
        check(
            "debtscan -qj 2 --rev=v1 --since 90d trend lib",
            "debtscan trend -qj 2 --rev=v1 --since 90d lib",
        );
        check("debtscan -qj2 areas --top 3", "debtscan areas -qj2 --top 3");
        check("debtscan --cache-dir trend cache status x", "debtscan cache status --cache-dir trend x");
        check("debtscan --strict init", "debtscan init --strict");
    }

    #[test]
    fn everything_else_stays() {
        for line in [
            "debtscan",
            "debtscan -q",
            "debtscan trend -q lib",
            "debtscan -q ./init",
            "debtscan -q -- init",
            "debtscan --output trend",
            "debtscan --unknown trend",
            "debtscan -x trend",
            "debtscan shop trend",
            "debtscan --help trend",
        ] {
            check(line, line);
        }
    }
}
