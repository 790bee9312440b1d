//! Change coupling: what changes in the same commits.
//!
//! Degree and gates are those of code-maat (`coupling`, `soc`); `docs/metrics.md` has the formulas.

mod count;
mod expected;
mod imports;
mod rows;
#[cfg(test)]
mod tests;
mod units;

use crate::analysis::Analysis;
use crate::error::BuildError;
use crate::listing::{ListInput, list_head};
use debtscan_findings::{CouplingGates, CouplingList, CouplingOrder, CouplingPair, Grouping};

/// What a list of couplings shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouplingOptions {
    /// The unit that is coupled.
    pub grouping: Grouping,
    /// Which pairs are shown.
    pub gates: CouplingGates,
    /// Which table comes first.
    pub order: CouplingOrder,
}

/// Lists what changes together.
///
/// Only present source and test files are coupled. The scan must have read imports for
/// `Relation::Hidden` and `Relation::Imported` to be found.
///
/// # Errors
/// When the areas cannot be made as asked, or the recorded costs leave the 64-bit range.
pub fn coupling(input: ListInput<'_>, options: &CouplingOptions) -> Result<CouplingList, BuildError> {
    let analysis = input.analysis()?;
    let units = units::Units::of(&analysis, options.grouping);
    let counted = count::count(&analysis, &units, &options.gates);
    let links = imports::ImportGraph::of(input.scan);
    let pairs = rows::pairs(&analysis, &units, &counted, &links);
    Ok(CouplingList {
        grouping: options.grouping,
        gates: options.gates.clone(),
        order: options.order,
        renames_followed: input.scan.repository.renames_followed,
        commits: counted.commits,
        wide_commits: counted.wide_commits,
        ignored_commits: counted.ignored_commits,
        files: units.files(),
        files_without_imports: units.count_files(|file| !links.is_known(file)),
        sums: rows::sums(&units, &counted, &pairs),
        pairs,
        head: list_head(&analysis),
    })
}

/// The pairs of files that pass the gates, the strongest first.
pub(crate) fn file_pairs(analysis: &Analysis<'_>, gates: &CouplingGates) -> Vec<CouplingPair> {
    let units = units::Units::of(analysis, Grouping::File);
    let counted = count::count(analysis, &units, gates);
    rows::pairs(analysis, &units, &counted, &imports::ImportGraph::of(analysis.scan))
}
