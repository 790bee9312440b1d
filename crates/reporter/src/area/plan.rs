//! From the decisions of a source of areas to areas with files, names and ids.

use std::collections::{BTreeMap, BTreeSet};

use bstr::{BStr, BString, ByteSlice};
use debtscan_findings::{AreaSource, REST, ROOT};
use debtscan_model::{FileIdx, Scan};

use super::lineage;
use super::map::{Area, AreaMap};

/// An area before it has files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AreaDraft {
    pub(super) id: Option<String>,
    pub(super) name: String,
    /// What it would be called after its folder, where `name` is another: of packages.
    pub(super) folder_name: Option<String>,
    /// The folder that it claims; `None` when it claims none, or the root.
    pub(super) folder: Option<BString>,
    pub(super) aliases: Vec<String>,
    pub(super) owner: Option<String>,
    pub(super) origin: String,
}

impl AreaDraft {
    pub(super) fn new(name: impl Into<String>, origin: impl Into<String>) -> Self {
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

    /// Remembers what it would be called after its folder, if that is another name.
    pub(super) fn beside_folder(mut self, folder_name: &str) -> Self {
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
pub(super) struct AreaPlan {
    pub(super) source: AreaSource,
    pub(super) drafts: Vec<AreaDraft>,
    /// By file; `None` is the rest.
    pub(super) draft_of: Vec<Option<usize>>,
    pub(super) rules: Vec<String>,
    /// By file, a position in `rules`.
    pub(super) rule_of: Vec<Option<usize>>,
    pub(super) unmatched_rules: Vec<String>,
    pub(super) malformed_owner_lines: u64,
}

impl AreaPlan {
    /// `taken` is, by file, the draft and the rule that put the file there; `None` is the rest.
    pub(super) fn new(
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
    pub(super) fn finish(mut self, scan: &Scan) -> AreaMap {
        let rest = self.drafts.len();
        self.drafts.push(AreaDraft::new(REST, "files that no other area claims"));
        let mut files: Vec<Vec<FileIdx>> = vec![Vec::new(); self.drafts.len()];
        for (position, draft) in self.draft_of.iter().enumerate() {
            files[draft.unwrap_or(rest)].push(FileIdx::new(position));
        }
        let mut drafts: Vec<(AreaDraft, Vec<FileIdx>)> =
            self.drafts.into_iter().zip(files).filter(|(_, files)| !files.is_empty()).collect();
        // Sorted before IDs are made: two names can have one slug, and the later gets `-2`.
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
pub(super) fn slug(name: &str) -> String {
    match name {
        // Ids outlive names: these are older than the names of today.
        REST => return "rest".to_owned(),
        ROOT => return "root".to_owned(),
        _ => {}
    }
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
