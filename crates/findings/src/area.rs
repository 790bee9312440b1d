//! Where areas come from, and the rules that make them.

use std::fmt;

/// What the areas are made from (`--areas`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaSource {
    /// `[[area]]` if there are any; else packages, when they make at least three areas and none
    /// holds 70 % of the source lines; else folders.
    Auto,
    /// `[[area]]` of the configuration; files that no pattern matches are unassigned.
    Config,
    /// One area per owner set of CODEOWNERS, last matching rule wins.
    CodeOwners,
    /// One area per folder with a package manifest, innermost wins.
    Packages,
    /// One area per folder at a depth of at most this many components.
    Directories(u32),
    /// Top-level folders, large ones split into their subfolders.
    Folders,
}

impl fmt::Display for AreaSource {
    /// The word that `--areas` takes; `folders` is what `auto` falls back to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Config => f.write_str("config"),
            Self::CodeOwners => f.write_str("codeowners"),
            Self::Packages => f.write_str("packages"),
            Self::Directories(depth) => write!(f, "dir:{depth}"),
            Self::Folders => f.write_str("folders"),
        }
    }
}

/// One `[[area]]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AreaRule {
    /// The stable identifier; `None` if it is derived from the name.
    pub id: Option<String>,
    /// The name that reports show; unique.
    pub name: String,
    /// Globs over paths from the repository's root; `dir`, `dir/` and `dir/**` mean all below it,
    /// `*` stays within one folder. First area that matches wins.
    pub paths: Vec<String>,
    /// Other names: services, components, labels of the incident tracker.
    pub aliases: Vec<String>,
    /// Who answers for it; shown, never scored.
    pub owner: Option<String>,
}

/// The name of the area of files that no other area claims.
// Only the name that people read. The IDs stay `rest` and `root`, so that runs of different
// versions can be joined.
pub const REST: &str = "(unassigned)";

/// The name of the area of files in no folder.
pub const ROOT: &str = "(top level)";
