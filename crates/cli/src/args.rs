//! The command line as typed: no defaults, no decisions.
//!
//! Every option is optional here; [`settings`](crate::settings) decides what its absence means. The
//! text of a field is its help: the first paragraph for `-h`, all of it for `--help`.

pub(crate) mod backtest;
pub(crate) mod code;
pub(crate) mod demo;
pub(crate) mod format;
pub(crate) mod order;
pub(crate) mod people;
pub(crate) mod planning;
pub(crate) mod report;
pub(crate) mod shared;
pub(crate) mod summary;
pub(crate) mod upkeep;
pub(crate) mod work;

use clap::{Parser, Subcommand};

use self::backtest::BacktestArgs;
use self::code::{AreasArgs, CouplingArgs, HotspotsArgs};
use self::demo::DemoArgs;
use self::people::{KnowledgeArgs, TodosArgs, TrendArgs};
use self::planning::{PlanArgs, VerifyArgs};
use self::report::{BriefArgs, ChangesArgs, ExplainArgs, IncidentsArgs, ScanArgs};
use self::upkeep::{CacheArgs, CompletionsArgs, InitArgs, ManArgs, SchemaArgs};
use self::work::{AllocationArgs, DeliveryArgs};

/// Rank the areas of a code base by what they cost the business
///
/// Reads the git history and incident records, and ranks areas by expected cost. Without a command,
/// debtscan scans PATH and prints the ranking.
#[derive(Debug, Parser)]
// Options of the default command would otherwise be accepted before any command, and be ignored.
#[command(name = "debtscan", version, args_conflicts_with_subcommands = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
}

const EXAMPLES: &str = "\
Examples:
  debtscan demo                                Show everything on an invented company
  debtscan                                     Rank the repository in this folder
  debtscan --incidents incidents.csv           Rank by the cost of recorded incidents
  debtscan explain src/payment                 Show how figures are computed
  debtscan --format json --output report.json  Write every figure for other programs

Options may precede the command: debtscan -q trend src. If a folder has the name of a command, write
it with a slash: debtscan ./init

Exit codes: 0 success, 1 incomplete data (with --strict), 2 error";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan a repository and print the ranking (the default command)
    Scan(ScanArgs),
    /// Make the business case of an area, or list the areas to make it for
    Brief(BriefArgs),
    /// Plan which fixes to make in a share of capacity, sprint by sprint
    Plan(PlanArgs),
    /// Tell whether a fix paid, or whether chance explains the incidents since
    Verify(VerifyArgs),
    /// Explain an area's or file's figures, down to commits and incidents
    Explain(ExplainArgs),
    /// Check incident files: columns, rejected rows, and where incidents are placed
    Incidents(IncidentsArgs),
    /// List complex code that changes often, per file, folder, area or function
    Hotspots(HotspotsArgs),
    /// List files that change together, and whether an import explains it
    Coupling(CouplingArgs),
    /// List areas with the rule behind each, or write them to a configuration
    Areas(AreasArgs),
    /// List where few people know the code or knowledge is lost
    Knowledge(KnowledgeArgs),
    /// Show how the complexity of a file, function, folder or area changed over time
    Trend(TrendArgs),
    /// List TODO, FIXME, HACK and XXX comments with their age
    Todos(TodosArgs),
    /// Show where past work went: new value, keeping it running, making it better
    Allocation(AllocationArgs),
    /// Show how long changes take, by area, compared with equally large changes
    Delivery(DeliveryArgs),
    /// List the history: one row per commit and path
    Changes(ChangesArgs),
    /// Test past rankings against the incidents that followed
    Backtest(BacktestArgs),
    /// Show debtscan on an invented company
    Demo(DemoArgs),
    /// Write a commented debtscan.toml, with the areas and files that are found
    Init(InitArgs),
    /// Print the JSON Schema of a command's JSON
    Schema(SchemaArgs),
    /// Show or clear the cache
    Cache(CacheArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page of debtscan or of a command
    Man(ManArgs),
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::CommandLine;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }

    /// The longest help of an option that `-h` shows, in characters.
    const MAX_HELP: usize = 80;

    fn check(command: &Command) {
        let helps = command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.get_help()));
        let helps = helps.chain([(command.get_name().to_owned(), command.get_about())]);
        for (name, help) in helps {
            let help = help.unwrap_or_else(|| panic!("no help for {name}")).to_string();
            let length = help.chars().count();
            assert!(length <= MAX_HELP, "{length} characters for {name}: {help}");
            assert!(!help.ends_with('.'), "{name}: {help}");
        }
        for subcommand in command.get_subcommands() {
            check(subcommand);
        }
    }

    #[test]
    fn the_short_help_of_every_option_is_short() {
        check(&CommandLine::command());
    }
}
