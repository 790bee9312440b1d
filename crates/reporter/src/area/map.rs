//! The areas of a scan: every file in exactly one.

use debtscan_findings::AreaSource;
use debtscan_model::FileIdx;

/// A named set of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Stable identifier: the configured or owners' name, else the oldest name that its folder had, in lower
    /// case, runs of other characters than letters, digits, `/`, `.`, `_` and `-` replaced by one `-`, none at
    /// the ends; made unique by `-2`, `-3`.
    pub id: String,
    /// The id that the configuration gave it; `id` is that, unless an earlier area has it.
    pub explicit_id: Option<String>,
    /// The name that reports show.
    pub name: String,
    /// What its folder is called, when `name` is the package's; it answers to both.
    pub folder_name: Option<String>,
    /// Other names by which incidents may call it.
    pub aliases: Vec<String>,
    /// Its owner, if known.
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
    /// The areas: sorted by name, unique by id; only areas with files.
    pub areas: Vec<Area>,
    /// For every file of the scan, by [`FileIdx`], the position of its area in `areas`.
    pub area_of: Vec<usize>,
    /// The rules that took files, for people: patterns, lines of CODEOWNERS, manifests, folders.
    pub rules: Vec<String>,
    /// For every file of the scan, the position in `rules` of what put it into its area; `None` in the
    /// rest.
    pub rule_of: Vec<Option<usize>>,
    /// Configured patterns that match no file, and areas whose files all belong to earlier ones, as
    /// `area: pattern`; in configuration order. Empty when the scan was limited to a folder.
    pub unmatched_rules: Vec<String>,
    /// Lines of CODEOWNERS that could not be understood and were passed over.
    pub malformed_owner_lines: u64,
}

impl AreaMap {
    /// The name of the area of an id; `None` when there is none of it.
    pub(crate) fn name_of_id(&self, id: &str) -> Option<String> {
        self.areas.iter().find(|area| area.id == id).map(|area| area.name.clone())
    }

    /// The area that holds a file.
    pub fn area(&self, file: FileIdx) -> &Area {
        &self.areas[self.area_of[file.get()]]
    }
}
