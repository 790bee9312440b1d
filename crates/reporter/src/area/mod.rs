//! Areas: named sets of files that a leader recognises.
//!
//! Every file of the scan is in exactly one area. Files that no area claims are in the named rest.

use debtscan_model::FileIdx;

/// Where the area map comes from (`--areas`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaSource {
    /// `[[area]]` if there are any, else packages if at least two, else directories.
    Auto,
    /// `[[area]]` of the configuration; what no pattern matches is the rest.
    Config,
    /// One area per owner set of CODEOWNERS, last matching rule wins.
    CodeOwners,
    /// One area per folder with a package manifest, innermost wins.
    Packages,
    /// One area per folder at a depth of at most this many components.
    Directories(u32),
}

/// One `[[area]]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AreaRule {
    /// The name that reports show; unique.
    pub name: String,
    /// Globs over paths from the repository's root; `dir/` and `dir` mean all below it. First area
    /// that matches wins.
    pub paths: Vec<String>,
    /// Other names: services, components, labels of the incident tracker.
    pub aliases: Vec<String>,
    /// Who answers for it; shown, never scored.
    pub owner: Option<String>,
}

/// A named set of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Stable identifier: the name in lower case, runs of other characters than letters, digits,
    /// `/`, `.`, `_` and `-` replaced by one `-`; made unique by `-2`, `-3`.
    pub id: String,
    /// The name that reports show.
    pub name: String,
    /// Other names by which incidents may call it.
    pub aliases: Vec<String>,
    /// Who answers for it, if known.
    pub owner: Option<String>,
    /// The rule that made it, for people: a glob, a manifest path, a folder.
    pub origin: String,
    /// Its files, deleted ones included: sorted, unique.
    pub files: Vec<FileIdx>,
}

/// All areas of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaMap {
    /// What it was made from; never [`AreaSource::Auto`].
    pub source: AreaSource,
    /// The areas: sorted by name, unique by id; areas without any file are left out.
    pub areas: Vec<Area>,
    /// For every file of the scan, by [`FileIdx`], the position of its area in `areas`.
    pub area_of: Vec<usize>,
}
