//! Areas: named sets of files that a leader recognises.
//!
//! Every file of the scan is in exactly one area. Files that no area claims are in the named rest.

mod config;
mod folders;
mod lineage;
mod owners;
#[cfg(test)]
mod package_tests;
mod packages;
mod past;
mod pattern;
#[cfg(test)]
mod tests;
mod tree;
mod workspaces;
mod write;

pub(crate) use owners::owners_by_file;

use std::collections::{BTreeMap, BTreeSet};

use bstr::{BStr, BString, ByteSlice};

pub(crate) use past::paths_of_area;

use debtscan_model::{File, FileClass, FileIdx, Scan};

pub(crate) use self::folders::ancestors;
pub use self::owners::code_owners;
pub(crate) use self::tree::{FolderTree, ROOT_FOLDER};
pub(crate) use self::workspaces::{malformed_patterns, npm_packages};
pub use self::write::as_rules;
use debtscan_findings::{AreaRule, AreaSource, REST};

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

/// Areas could not be made the way that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreaError {
    /// `config` was asked for and there is no `[[area]]`.
    #[error("cannot take areas from the configuration: it has no [[area]]")]
    NoRules,
    /// `codeowners` was asked for and there is no such file.
    #[error("cannot take areas from CODEOWNERS: the scanned revision has no such file")]
    NoCodeOwners,
    /// `packages` was asked for and no folder holds a package manifest.
    #[error("cannot take areas from packages: no folder with source files holds a package manifest")]
    NoPackages,
    /// An area's pattern is not a glob.
    #[error("cannot read pattern {pattern:?} of area {area:?}: {reason}")]
    InvalidPattern {
        /// The area's name.
        area: String,
        /// The pattern as written.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two areas have the same name, or one has none.
    #[error("cannot tell areas apart: the name {0:?} is empty or used twice")]
    InvalidName(String),
    /// Two areas were given the same id, or an empty one.
    #[error("cannot tell areas apart: the id {0:?} is empty or used twice")]
    InvalidId(String),
}

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

    /// The name of the area of an id; `None` when there is none of it.
    pub(crate) fn name_of_id(&self, id: &str) -> Option<String> {
        self.areas.iter().find(|area| area.id == id).map(|area| area.name.clone())
    }

    /// The area that holds a file.
    pub fn area(&self, file: FileIdx) -> &Area {
        &self.areas[self.area_of[file.get()]]
    }
}

/// An area before it has files.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AreaDraft {
    id: Option<String>,
    name: String,
    /// What it would be called after its folder, where `name` is another: of packages.
    folder_name: Option<String>,
    /// The folder that it claims; `None` when it claims none, or the root.
    folder: Option<BString>,
    aliases: Vec<String>,
    owner: Option<String>,
    origin: String,
}

impl AreaDraft {
    fn new(name: impl Into<String>, origin: impl Into<String>) -> Self {
        Self {
            id: None,
            name: name.into(),
            folder_name: None,
            folder: None,
            aliases: Vec::new(),
            owner: None,
            origin: origin.into(),
        }
    }
}

impl AreaDraft {
    /// Remembers what it would be called after its folder, if that is another name.
    fn beside_folder(mut self, folder_name: &str) -> Self {
        self.folder_name = (self.name != folder_name).then(|| folder_name.to_owned());
        self
    }

    /// The name that its id is made from: that of its folder, by the oldest name that the folder had.
    fn lasting_name(&self, oldest: &BTreeMap<BString, BString>) -> String {
        let name = self.folder_name.as_ref().unwrap_or(&self.name);
        let renamed = self.folder.as_ref().and_then(|folder| Some((folder, oldest.get(folder)?)));
        let Some((folder, old)) = renamed else { return name.clone() };
        // The common end was not renamed; names may omit parts of it.
        let (now, then) = without_common_end(folder.as_bstr(), old.as_bstr());
        match name.as_bytes().strip_prefix(now.as_bytes()) {
            Some(rest) if rest.is_empty() || rest.starts_with(b"/") => {
                [then.as_bytes(), rest].concat().as_bstr().to_string()
            }
            _ => old.to_string(),
        }
    }
}

/// Two paths without the components that both end with.
fn without_common_end<'p>(a: &'p BStr, b: &'p BStr) -> (&'p BStr, &'p BStr) {
    let (mut a, mut b) = (a, b);
    while let (Some(in_a), Some(in_b)) = (a.rfind_byte(b'/'), b.rfind_byte(b'/'))
        && a[in_a..] == b[in_b..]
    {
        (a, b) = (a[..in_a].as_bstr(), b[..in_b].as_bstr());
    }
    (a, b)
}

/// What a source of areas decided: drafts, and for every file the position of its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plan {
    source: AreaSource,
    drafts: Vec<AreaDraft>,
    /// By file; `None` is the rest.
    draft_of: Vec<Option<usize>>,
    rules: Vec<String>,
    /// By file, a position in `rules`.
    rule_of: Vec<Option<usize>>,
    unmatched_rules: Vec<String>,
    malformed_owner_lines: u64,
}

impl Plan {
    /// `taken` is, by file, the draft and the rule that put the file there; `None` is the rest.
    fn new(
        source: AreaSource,
        drafts: Vec<AreaDraft>,
        rules: Vec<String>,
        taken: Vec<Option<(usize, usize)>>,
    ) -> Self {
        Self {
            source,
            drafts,
            draft_of: taken.iter().map(|taken| taken.map(|(draft, _)| draft)).collect(),
            rule_of: taken.into_iter().map(|taken| taken.map(|(_, rule)| rule)).collect(),
            rules,
            unmatched_rules: Vec::new(),
            malformed_owner_lines: 0,
        }
    }

    /// Drops empty areas, adds the rest, sorts by name and gives ids.
    fn finish(mut self, scan: &Scan) -> AreaMap {
        let rest = self.drafts.len();
        self.drafts.push(AreaDraft::new(REST, "files that no other area claims"));
        let mut files: Vec<Vec<FileIdx>> = vec![Vec::new(); self.drafts.len()];
        for (position, draft) in self.draft_of.iter().enumerate() {
            files[draft.unwrap_or(rest)].push(FileIdx::new(position));
        }
        let mut drafts: Vec<(AreaDraft, Vec<FileIdx>)> =
            self.drafts.into_iter().zip(files).filter(|(_, files)| !files.is_empty()).collect();
        drafts.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        // Ids that were given are taken before those that are made.
        let mut ids: BTreeSet<String> = drafts.iter().filter_map(|(draft, _)| draft.id.clone()).collect();
        let claimed = drafts.iter().filter_map(|(draft, _)| draft.folder.clone());
        let oldest = lineage::oldest_names(scan, claimed.collect::<BTreeSet<_>>());
        let mut area_of = vec![0; self.draft_of.len()];
        let mut areas = Vec::with_capacity(drafts.len());
        for (position, (draft, files)) in drafts.into_iter().enumerate() {
            for file in &files {
                area_of[file.get()] = position;
            }
            let stem = draft.lasting_name(&oldest);
            let AreaDraft { id: explicit_id, name, folder_name, folder: _, aliases, owner, origin } = draft;
            let id = explicit_id.clone().unwrap_or_else(|| unique_id(&stem, &mut ids));
            areas.push(Area { id, explicit_id, name, folder_name, aliases, owner, origin, files });
        }
        AreaMap {
            source: self.source,
            areas,
            area_of,
            rules: self.rules,
            rule_of: self.rule_of,
            unmatched_rules: self.unmatched_rules,
            malformed_owner_lines: self.malformed_owner_lines,
        }
    }
}

/// Makes the id of an area from its name and remembers it.
fn unique_id(name: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = slug(name);
    let mut id = stem.clone();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        id = format!("{stem}-{number}");
        number += 1;
    }
    id
}

/// The id of an area of this name, before it is made unique.
fn slug(name: &str) -> String {
    let mut id = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || matches!(character, '/' | '.' | '_') {
            id.push(character);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    match id.trim_matches('-') {
        "" => "area".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}

/// Lines of code that count for the size of an area: those of present source files.
fn source_lines(file: &File) -> u64 {
    let complexity = file.present.as_ref().and_then(|present| present.complexity.as_ref());
    match (file.class, complexity) {
        (FileClass::Source, Some(complexity)) => u64::from(complexity.sloc),
        _ => 0,
    }
}
