//! Areas: named sets of files that a leader recognises.
//!
//! Every file of the scan is in exactly one area. Files that no area claims are in the named rest.

mod config;
mod error;
mod folders;
mod lineage;
mod map;
mod owners;
#[cfg(test)]
mod package_tests;
mod packages;
mod past;
mod pattern;
mod plan;
#[cfg(test)]
mod tests;
mod tree;
mod workspaces;
mod write;

use debtscan_findings::{AreaRule, AreaSource};
use debtscan_model::Scan;

pub use self::error::AreaError;
pub(crate) use self::folders::ancestors;
pub use self::map::{Area, AreaMap};
pub use self::owners::code_owners;
pub(crate) use self::owners::owners_by_file;
pub(crate) use self::past::paths_of_area;
pub(crate) use self::tree::{FolderTree, ROOT_FOLDER};
pub(crate) use self::workspaces::{malformed_patterns, npm_packages};
pub use self::write::as_rules;

impl AreaMap {
    /// Puts every file of the scan, deleted ones included, into exactly one area.
    ///
    /// # Errors
    /// When the source that was asked for does not exist in this repository or configuration, or a
    /// rule is malformed. [`AreaSource::Auto`] fails for a malformed rule only.
    pub fn build(scan: &Scan, source: AreaSource, rules: &[AreaRule]) -> Result<Self, AreaError> {
        let plan = match source {
            AreaSource::Config => config::plan(scan, rules)?,
            AreaSource::Auto if !rules.is_empty() => config::plan(scan, rules)?,
            AreaSource::CodeOwners => owners::plan(scan)?,
            AreaSource::Packages => packages::plan(scan, &FolderTree::of(scan))?,
            AreaSource::Directories(depth) => folders::plan_to_depth(scan, &FolderTree::of(scan), depth),
            AreaSource::Folders => folders::plan(scan, &FolderTree::of(scan)),
            AreaSource::Auto => {
                let tree = FolderTree::of(scan);
                packages::plan_if_telling(scan, &tree).unwrap_or_else(|| folders::plan(scan, &tree))
            }
        };
        Ok(plan.finish(scan))
    }
}
