//! What `-h` shows: a summary that fits on one screen. `--help` has everything.

use clap::{Arg, Command, CommandFactory};

use super::CommandLine;

/// Options that most runs do without.
const RARE: [&str; 28] = [
    "accounts",
    "anonymize",
    "anonymize-key",
    "cache-dir",
    "color",
    "config",
    "csv-formulas",
    "date-order",
    "encoding",
    "exclude",
    "first-parent",
    "jobs",
    "map",
    "max-files-per-commit",
    "max-memory",
    "max-rejected",
    "max-skipped",
    "max-unparsed",
    "max-unplaced",
    "no-cache",
    "picture",
    "redact",
    "renames",
    "rev",
    "sheet",
    "sort",
    "until",
    "verbose",
];

/// The words after the options of the program's own summary.
const MORE: &str = "\
Without a command, debtscan scans: `debtscan scan -h` lists its options.
`debtscan COMMAND --help` is the reference; `debtscan demo` shows everything on an invented company.";

/// The command line, with a summary for `-h`.
pub(crate) fn program() -> Command {
    let program = CommandLine::command().after_help(MORE).after_long_help(super::EXAMPLES);
    // The options of the default command are those of `scan`, which has a summary of its own.
    let program = program.mut_args(|arg| arg.hide_short_help(true));
    program.mut_subcommands(|command| command.mut_args(summarised))
}

fn summarised(arg: Arg) -> Arg {
    let is_rare = arg.get_long().is_some_and(|long| RARE.contains(&long));
    arg.hide_short_help(is_rare)
}

#[cfg(test)]
mod tests {
    use super::{RARE, program};

    /// The lines of a screen.
    const SCREEN: usize = 40;

    #[test]
    fn a_summary_fits_on_a_screen() {
        let mut program = program().term_width(100);
        program.build();
        let check = |command: &mut clap::Command| {
            let help = command.render_help().to_string();
            let lines = help.lines().count();
            assert!(lines <= SCREEN, "{} has {lines} lines:\n{help}", command.get_name());
        };
        check(&mut program);
        program.get_subcommands_mut().for_each(check);
    }

    #[test]
    fn rare_options_exist_and_are_in_the_reference() {
        let mut program = program();
        program.build();
        let scan = program.find_subcommand_mut("scan").expect("it exists");
        let (short, long) = (scan.render_help().to_string(), scan.render_long_help().to_string());
        for name in RARE {
            assert!(long.contains(&format!("--{name}")), "{name}");
            assert!(!short.contains(&format!("--{name} ")), "{name}");
        }
        assert!(short.contains("--incidents") && short.contains("--format"), "{short}");
    }
}
