//! Areas from folders, split to a size that a leader recognises.

use std::collections::{BTreeMap, BTreeSet};

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::{RepoPath, Scan};

use super::plan::{AreaDraft, AreaPlan};
use super::tree::{FolderTree, ROOT_FOLDER};
use debtscan_findings::{AreaSource, ROOT};

/// A folder is split when it holds more than one in this many source lines. A default.
const SPLIT_ABOVE: u64 = 5;

/// A folder with fewer source lines is never split. A default.
const SMALLEST_SPLIT: u64 = 2_000;

/// A subfolder stays with its parent when it holds less than this share of all source lines, in
/// thousandths. A default.
const SMALLEST_SUBFOLDER: u64 = 20;

/// A top-level folder counts to the root when it holds less than this share of all source lines, in
/// thousandths. A default, lower than for subfolders because top-level names are well known.
const SMALLEST_TOP_LEVEL: u64 = 5;

/// A top-level folder without source lines is an area when it holds this share of the present
/// files, in percent. A default.
const LARGE_WITHOUT_SOURCE: u64 = 5;

/// How often a folder may be split on the way down. A default.
const DEEPEST_SPLIT: u32 = 4;

/// Top-level folders, large ones split into their subfolders.
pub(super) fn plan(scan: &Scan, tree: &FolderTree<'_>) -> AreaPlan {
    let sizes = Sizes::of(tree, |_| true);
    let mut areas = FolderAreas::default();
    areas.add_top_level(&sizes, base(scan), sizes.total(), &BTreeSet::new());
    areas.assign(tree, AreaSource::Folders)
}

/// One area per folder, cut to `depth` components below the scanned folder; 0 is one area.
pub(super) fn plan_to_depth(scan: &Scan, tree: &FolderTree<'_>, depth: u32) -> AreaPlan {
    let base = base(scan);
    // The root is among the ancestors and has no component.
    let n_components = |folder: &BStr| ancestors(folder).count() - 1;
    let deepest = n_components(base) + usize::try_from(depth).expect("usize has at least 32 bits");
    let mut areas = FolderAreas::default();
    let mut is_seen = vec![false; tree.folders.len()];
    // In the order of the files, which decides on areas of the same name.
    for (file, number) in scan.files.iter().zip(&tree.of_file) {
        // A folder without present files makes no area.
        if file.present.is_none() || std::mem::replace(&mut is_seen[*number], true) {
            continue;
        }
        let folder = ancestors(tree.folders[*number].path)
            .find(|folder| n_components(folder) <= deepest)
            .expect("the root has no components");
        if !areas.claims(folder) {
            areas.add(folder, AreaDraft::new(name_of(folder), origin_of(folder)));
        }
    }
    // At depth 0 the base claims everything below it.
    if depth > 0 {
        areas.shallow = Some(base.to_owned());
    }
    areas.assign(tree, AreaSource::Directories(depth))
}

/// The folder that the scan was limited to; empty for all of the repository.
pub(super) fn base(scan: &Scan) -> &BStr {
    scan.repository.scope.as_ref().map_or(BStr::new(b""), RepoPath::as_bstr)
}

/// A folder and all that hold it, innermost first; ends with the root, which is empty.
pub(crate) fn ancestors(folder: &BStr) -> impl Iterator<Item = &BStr> {
    std::iter::successors(Some(folder), |folder| {
        if folder.is_empty() {
            return None;
        }
        Some(folder.rfind_byte(b'/').map_or(BStr::new(b""), |slash| folder[..slash].as_bstr()))
    })
}

/// The name of a folder's area when nothing shorter is clear.
pub(super) fn name_of(folder: &BStr) -> String {
    if folder.is_empty() { ROOT.to_owned() } else { folder.to_string() }
}

fn origin_of(folder: &BStr) -> String {
    if folder.is_empty() { "files in no folder".to_owned() } else { format!("{folder}/") }
}

/// What a folder holds.
#[derive(Debug, Clone, Copy, Default)]
struct FolderSize {
    /// Source lines in it and below.
    lines: u64,
    /// Source lines of its own files.
    own_lines: u64,
    /// Present files in it and below.
    files: u64,
}

/// The sizes of all folders with present files.
pub(super) struct Sizes<'t> {
    tree: &'t FolderTree<'t>,
    /// By folder of the tree.
    sizes: Vec<FolderSize>,
}

impl<'t> Sizes<'t> {
    /// What all files together hold.
    pub(super) fn total(&self) -> Total {
        let FolderSize { lines, files, .. } = self.sizes[ROOT_FOLDER];
        Total { lines, files }
    }

    /// Measures the files of the folders that belong. In a repository without any source lines every present
    /// file counts as one line.
    pub(super) fn of(tree: &'t FolderTree<'t>, belongs: impl Fn(usize) -> bool) -> Self {
        let has_source = tree.folders[ROOT_FOLDER].all.source_lines > 0;
        let mut sizes = vec![FolderSize::default(); tree.folders.len()];
        // From the inside to the outside: a folder precedes its contents.
        for (number, folder) in tree.folders.iter().enumerate().rev() {
            if belongs(number) {
                // Without any source lines, folders can only be compared by their files.
                let own_lines = if has_source { folder.own.source_lines } else { folder.own.files };
                let size = &mut sizes[number];
                size.own_lines = own_lines;
                size.lines += own_lines;
                size.files += folder.own.files;
            }
            if number != ROOT_FOLDER {
                let FolderSize { lines, files, .. } = sizes[number];
                let above = &mut sizes[folder.above];
                above.lines += lines;
                above.files += files;
            }
        }
        Self { tree, sizes }
    }

    fn size(&self, folder: &BStr) -> FolderSize {
        self.tree.find(folder).map_or_else(FolderSize::default, |folder| self.sizes[folder])
    }

    /// Source lines in and below a folder.
    pub(super) fn lines(&self, folder: &BStr) -> u64 {
        self.size(folder).lines
    }

    fn own_lines(&self, folder: &BStr) -> u64 {
        self.size(folder).own_lines
    }

    fn files(&self, folder: &BStr) -> u64 {
        self.size(folder).files
    }

    /// The folders with present files directly in one: sorted.
    fn subfolders(&self, folder: &BStr) -> impl Iterator<Item = &'t BStr> + '_ {
        let inside = self.tree.find(folder).map_or_else(Vec::new, |folder| self.tree.inside(folder));
        let with_files = inside.into_iter().filter(|inner| self.sizes[*inner].files > 0);
        with_files.map(|inner| self.tree.folders[inner].path)
    }

    fn with_source(&self, folder: &BStr) -> Vec<&'t BStr> {
        self.subfolders(folder).filter(|folder| self.lines(folder) > 0).collect()
    }

    /// The folder in which the source below a folder first parts: `src/main/java/org/example`.
    fn where_it_parts<'f>(&self, folder: &'f BStr) -> &'f BStr
    where
        't: 'f,
    {
        let mut at = folder;
        // A folder with code of its own is a place, and not just a step on the way to others.
        while self.own_lines(at) == 0
            && let [only] = self.with_source(at)[..]
        {
            at = only;
        }
        at
    }
}

/// What the whole repository holds: the measure of what is large.
#[derive(Debug, Clone, Copy)]
pub(super) struct Total {
    /// Source lines.
    pub(super) lines: u64,
    /// Present files.
    files: u64,
}

/// What an area is called: after its package, and after its folder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Called<'n> {
    pub(super) name: &'n str,
    pub(super) folder_name: &'n str,
}

/// Areas that each claim a folder with all below it; inner folders win.
#[derive(Debug, Default)]
pub(super) struct FolderAreas {
    drafts: Vec<AreaDraft>,
    /// By folder, the position of its draft and the rule that claims it.
    claims: BTreeMap<BString, (usize, String)>,
    names: BTreeSet<String>,
    /// A folder that claims its own files only, nothing below it.
    shallow: Option<BString>,
}

impl FolderAreas {
    /// Whether a folder is claimed itself.
    fn claims(&self, folder: &BStr) -> bool {
        self.claims.contains_key(folder)
    }

    /// Lets an area claim a folder. A name that is taken gives way to the folder's path.
    pub(super) fn add(&mut self, folder: &BStr, mut draft: AreaDraft) {
        if self.names.contains(&draft.name) {
            // Unlike names made of its last components, the path of a folder is unique.
            draft.name = name_of(folder);
        }
        draft.folder = (!folder.is_empty()).then(|| folder.to_owned());
        self.names.insert(draft.name.clone());
        self.claims.insert(folder.to_owned(), (self.drafts.len(), draft.origin.clone()));
        self.drafts.push(draft);
    }

    /// Adds the folders directly below `base`: those with little source go to the base's own area,
    /// large ones are split. A folder that also holds packages, which are areas of their own, takes
    /// the name of the one place where its other source is.
    pub(super) fn add_top_level(
        &mut self,
        sizes: &Sizes<'_>,
        base: &BStr,
        total: Total,
        packages: &BTreeSet<&BStr>,
    ) {
        let mut small = Vec::new();
        for folder in sizes.subfolders(base) {
            let lines = sizes.lines(folder);
            let is_large = sizes.files(folder) * 100 >= total.files * LARGE_WITHOUT_SOURCE;
            if lines > 0 && lines * 1000 >= total.lines * SMALLEST_TOP_LEVEL {
                let holds_package =
                    packages.iter().any(|package| ancestors(package).any(|outer| outer == folder));
                let place = if holds_package { sizes.where_it_parts(folder) } else { folder };
                self.add(folder, AreaDraft::new(name_of(place), origin_of(place)));
                let name = name_of(place);
                self.split_if_large(sizes, place, Called { name: &name, folder_name: &name }, total, 1);
            } else if lines > 0 {
                small.push(folder);
            } else if is_large {
                self.add(folder, AreaDraft::new(name_of(folder), origin_of(folder)));
            }
        }
        if sizes.own_lines(base) > 0 || !small.is_empty() {
            let origin = match small.len() {
                0 => origin_of(base),
                n_small => format!("{} and {n_small} small folders", origin_of(base)),
            };
            self.add(base, AreaDraft::new(name_of(base), origin));
            let position = self.drafts.len() - 1;
            // The small folders have claims of their own, so that this one names the base alone.
            self.claims.insert(base.to_owned(), (position, origin_of(base)));
            let claim = |folder: &BStr| (folder.to_owned(), (position, format!("{folder}/ (small)")));
            self.claims.extend(small.into_iter().map(claim));
        }
        // The base claims its own files only: what no other folder claims is unassigned.
        self.shallow = Some(base.to_owned());
    }

    fn split_if_large(
        &mut self,
        sizes: &Sizes<'_>,
        folder: &BStr,
        called: Called<'_>,
        total: Total,
        depth: u32,
    ) {
        let lines = sizes.lines(folder);
        if lines * SPLIT_ABOVE > total.lines && lines > SMALLEST_SPLIT && depth <= DEEPEST_SPLIT {
            self.split(sizes, folder, called, total, depth);
        }
    }

    /// Makes areas of a folder's subfolders that are large enough; what remains stays in the
    /// folder's own area. Nothing happens where there would be one part only.
    pub(super) fn split(
        &mut self,
        sizes: &Sizes<'_>,
        folder: &BStr,
        called: Called<'_>,
        total: Total,
        depth: u32,
    ) {
        let at = sizes.where_it_parts(folder);
        let parts: Vec<&BStr> = sizes
            .with_source(at)
            .into_iter()
            .filter(|part| sizes.lines(part) * 1000 >= total.lines * SMALLEST_SUBFOLDER)
            .collect();
        let in_parts: u64 = parts.iter().map(|part| sizes.lines(part)).sum();
        // A single part with all of the code would only rename the area.
        if parts.len() + usize::from(in_parts < sizes.lines(at)) < 2 {
            return;
        }
        for part in parts {
            let last = part.rfind_byte(b'/').map_or(part, |slash| part[slash + 1..].as_bstr());
            let inside = |outer: &str| {
                // `src` between a module and its parts tells a leader nothing.
                let outer = outer.strip_suffix("/src").unwrap_or(outer);
                if outer == ROOT { last.to_string() } else { format!("{outer}/{last}") }
            };
            let (name, folder_name) = (inside(called.name), inside(called.folder_name));
            let draft = AreaDraft::new(name.as_str(), origin_of(part));
            self.add(part, draft.beside_folder(&folder_name));
            let called = Called { name: &name, folder_name: &folder_name };
            self.split_if_large(sizes, part, called, total, depth + 1);
        }
    }

    /// Gives every file to the innermost folder that claims it.
    pub(super) fn assign(self, tree: &FolderTree<'_>, source: AreaSource) -> AreaPlan {
        let rules = self.claims.values().map(|(_, rule)| rule.clone()).collect();
        // By folder, the draft and the rule that claim it.
        let mut claims: Vec<Option<(usize, usize)>> = vec![None; tree.folders.len()];
        for (rule, (folder, (draft, _))) in self.claims.iter().enumerate() {
            if let Some(folder) = tree.find(folder.as_bstr()) {
                claims[folder] = Some((*draft, rule));
            }
        }
        let shallow = self.shallow.as_ref().and_then(|base| tree.find(base.as_bstr()));
        // By folder, the claim that holds below it: its own unless it is shallow, else that from above.
        let passed_down = tree
            .pass_down(None, |folder, above| claims[folder].filter(|_| Some(folder) != shallow).or(above));
        let taken = tree.of_file.iter().map(|folder| claims[*folder].or(passed_down[*folder])).collect();
        AreaPlan::new(source, self.drafts, rules, taken)
    }
}
