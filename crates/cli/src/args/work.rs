//! Options of `allocation` and `delivery`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::{ListArgs, parse_count};

/// What a row of the first list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WorkUnitWord {
    /// One row per kind of work
    Kind,
    /// One row per month
    Month,
    /// One row per area
    Area,
}

#[derive(Debug, Args)]
pub(crate) struct AllocationArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Choose the rows of the first list, the only one in csv [default: kind]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<WorkUnitWord>,
    /// Read the changes that you labelled from this CSV file
    ///
    /// Columns: commit, kind (new, repair, better or other). The shares are then corrected for the errors of the
    /// classifier in this repository. --sample writes such a file.
    #[arg(long, value_name = "FILE", help_heading = "Labels")]
    pub(crate) labels: Option<PathBuf>,
    /// Print N changes for you to label, as CSV, and nothing else
    ///
    /// These are the changes by people with the N lowest commit IDs of the period, which are as good as random.
    #[arg(
        long,
        value_name = "N",
        value_parser = parse_count,
        conflicts_with_all = ["group", "format", "top", "labels"],
        help_heading = "Labels"
    )]
    pub(crate) sample: Option<usize>,
}

/// Where the time of a change is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DeliverySourceWord {
    /// From the beginning of an incident to its last fix
    Ticket,
    /// From the first commit of a branch to its merge
    Branch,
    /// From opening to merge of a pull request, at least, by the numbers of others
    Request,
    /// From writing a patch to another person applying it
    Applied,
}

#[derive(Debug, Args)]
pub(crate) struct DeliveryArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Compare sizes and areas by this source of times [default: see --help]
    ///
    /// By default, the most trusted of branch, request and applied with at least 40 changes, and at least half as
    /// many commits as any other. Times of different sources are never mixed.
    #[arg(long, value_enum, value_name = "SOURCE", help_heading = "Delivery")]
    pub(crate) source: Option<DeliverySourceWord>,
}
