//! What the files around a file say of it: a licence of others beside it, a minified copy of it.

use std::collections::BTreeSet;

use bstr::{BStr, ByteSlice};
use debtscan_git::attributes::PathAttributes;
use debtscan_git::tree::TreeFile;
use debtscan_model::RepoPath;

use super::folders::split_extension;
use super::vendored::UNSURE_FOLDERS;

/// Beginnings of the names of licences, in small letters.
const LICENCES: [&[u8]; 5] = [b"license", b"licence", b"copying", b"copyright", b"unlicense"];
/// Endings of scripts of browsers.
const SCRIPTS: [&[u8]; 6] = [b"js", b"mjs", b"cjs", b"ts", b"tsx", b"jsx"];
/// Folders of what is handed out, not of sources.
const OUTPUT_FOLDERS: [&[u8]; 8] =
    [b"dist", b"build", b"static", b"public", b"out", b"bundles", b"umd", b"assets"];

/// Sets the attributes of paths that their neighbours in the tree prove to be vendored or generated. Attributes that the
/// repository gives itself stay.
pub(crate) fn apply(tree: &[TreeFile], paths: &[RepoPath], attributes: &mut [PathAttributes]) {
    let vendored = vendored_folders(tree);
    let bundles = bundles(tree);
    if vendored.is_empty() && bundles.is_empty() {
        return;
    }
    for (path, attributes) in paths.iter().zip(attributes) {
        if attributes.vendored.is_none() && is_below(path, &vendored) {
            attributes.vendored = Some(true);
        }
        if attributes.generated.is_none() && bundles.contains(bundle_of(path).0) && is_script(path) {
            attributes.generated = Some(true);
        }
    }
}

fn is_script(path: &RepoPath) -> bool {
    let (_, extension) = split_extension(path.file_name());
    SCRIPTS.contains(&extension)
}

/// Whether one of the folders of a path is among these.
fn is_below(path: &RepoPath, folders: &BTreeSet<&[u8]>) -> bool {
    if folders.is_empty() {
        return false;
    }
    let folder: &[u8] = path.folder();
    let ends = folder.find_iter("/").chain(std::iter::once(folder.len()));
    ends.into_iter().any(|end| folders.contains(&folder[..end]))
}

/// The folders below `deps`, `external` and the like that have a licence of their own; the whole of such a folder where
/// at least half of its folders, and two, have one.
fn vendored_folders(tree: &[TreeFile]) -> BTreeSet<&[u8]> {
    let mut found: BTreeSet<&[u8]> = BTreeSet::new();
    // Each unsure folder with its sub-folders.
    let mut below: BTreeSet<(&[u8], &[u8])> = BTreeSet::new();
    for file in tree {
        let folder: &[u8] = file.path.folder();
        let Some(unsure) = unsure_folder(folder) else { continue };
        let child_end = folder[unsure..]
            .strip_prefix(b"/")
            .map(|rest| unsure + 1 + rest.find_byte(b'/').unwrap_or(rest.len()));
        let child = child_end.map_or(folder, |end| &folder[..end]);
        if child_end.is_some() {
            below.insert((&folder[..unsure], child));
        }
        let name = file.path.file_name().to_ascii_lowercase();
        let (stem, _) = split_extension(name.as_bstr());
        // The licence of a folder deep inside covers the library around it, which begins below the unsure folder.
        if LICENCES.iter().any(|licence| stem.starts_with(licence)) {
            found.insert(child);
        }
    }
    let mut parents: Vec<&[u8]> = below.iter().map(|(parent, _)| *parent).collect();
    parents.dedup();
    for parent in parents {
        let children = below.iter().filter(|(folder, _)| *folder == parent);
        let (all, licensed) = children.fold((0, 0), |(all, licensed), (_, child)| {
            (all + 1, licensed + usize::from(found.contains(child)))
        });
        if licensed >= 2 && licensed * 2 >= all {
            found.insert(parent);
        }
    }
    found
}

/// Where the path of the first unsure folder ends.
fn unsure_folder(folder: &[u8]) -> Option<usize> {
    let mut start = 0;
    for part in folder.split(|byte| *byte == b'/') {
        let end = start + part.len();
        if UNSURE_FOLDERS.iter().any(|name| part.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(end);
        }
        start = end + 1;
    }
    None
}

/// The path of a script up to the first dot of its name: `priv/static/shop` of `priv/static/shop.cjs.js`; and the stem.
fn bundle_of(path: &RepoPath) -> (&[u8], &[u8]) {
    let name: &BStr = path.file_name();
    let stem = name.find_byte(b'.').filter(|dot| *dot > 0).unwrap_or(name.len());
    let whole: &[u8] = path.as_bytes();
    let end = whole.len() - name.len() + stem;
    (&whole[..end], &name[..stem])
}

/// Scripts with a minified copy beside them, and a source of the same name elsewhere or in a folder of output.
fn bundles(tree: &[TreeFile]) -> BTreeSet<&[u8]> {
    let minified = |file: &&TreeFile| {
        let name = file.path.file_name().to_ascii_lowercase();
        name.ends_with(b".min.js") || name.ends_with(b".min.mjs")
    };
    let candidates: Vec<(&[u8], &[u8])> =
        tree.iter().filter(minified).map(|file| bundle_of(&file.path)).collect();
    if candidates.is_empty() {
        return BTreeSet::new();
    }
    // Stems with the bundles that have them.
    let mut elsewhere: BTreeSet<(&[u8], &[u8])> = BTreeSet::new();
    let stems: BTreeSet<&[u8]> = candidates.iter().map(|(_, stem)| *stem).collect();
    for file in tree.iter().filter(|file| is_script(&file.path)) {
        let (whole, stem) = bundle_of(&file.path);
        if stems.contains(stem) {
            elsewhere.insert((stem, whole));
        }
    }
    let is_output = |whole: &[u8]| {
        let folders = whole.rsplit_once_str("/").map_or(&b""[..], |(folders, _)| folders);
        folders.split(|byte| *byte == b'/').any(|part| OUTPUT_FOLDERS.contains(&part))
    };
    let has_source = |whole: &[u8], stem: &[u8]| {
        elsewhere
            .range((stem, &b""[..])..)
            .take_while(|(of, _)| *of == stem)
            .any(|(_, other)| *other != whole)
    };
    candidates
        .into_iter()
        .filter(|(whole, stem)| is_output(whole) || has_source(whole, stem))
        .map(|(whole, _)| whole)
        .collect()
}

#[cfg(test)]
mod tests {
    use debtscan_git::attributes::PathAttributes;
    use debtscan_git::id::object_id;
    use debtscan_git::tree::{EntryKind, TreeFile};
    use debtscan_model::RepoPath;

    use super::apply;

    /// The paths that become vendored, and those that become generated.
    fn found(paths: &str) -> (Vec<String>, Vec<String>) {
        let paths: Vec<RepoPath> =
            paths.split_whitespace().map(|path| RepoPath::new(path).expect("valid")).collect();
        let tree: Vec<TreeFile> = paths.iter().map(|path| file(path.clone())).collect();
        let mut attributes = vec![PathAttributes::default(); paths.len()];
        apply(&tree, &paths, &mut attributes);
        let with = |is_it: fn(&PathAttributes) -> Option<bool>| {
            let all = paths.iter().zip(&attributes).filter(|(_, attributes)| is_it(attributes) == Some(true));
            all.map(|(path, _)| path.to_string()).collect()
        };
        (with(|attributes| attributes.vendored), with(|attributes| attributes.generated))
    }

    fn file(path: RepoPath) -> TreeFile {
        TreeFile { path, id: object_id(&[0; 20]), kind: EntryKind::File }
    }

    #[test]
    fn a_licence_makes_a_library_below_deps_that_of_others() {
        let (vendored, _) =
            found("deps/lua/COPYRIGHT deps/lua/src/lua.c deps/own/a.c deps/other/b.c src/LICENSE src/a.c");
        assert_eq!(vendored, ["deps/lua/COPYRIGHT", "deps/lua/src/lua.c"]);
        let (vendored, _) = found("external/Client.scala external/Shards.scala LICENSE");
        assert!(vendored.is_empty(), "{vendored:?}");
        let (vendored, _) = found("deps/Makefile deps/a/LICENSE deps/a/a.c deps/b/COPYING deps/c/c.c");
        assert_eq!(vendored.len(), 5, "two of three: {vendored:?}");
    }

    #[test]
    fn bundles_beside_their_minified_copies_are_generated() {
        let (_, generated) =
            found("assets/js/shop.ts priv/static/shop.js priv/static/shop.cjs.js priv/static/shop.min.js");
        assert_eq!(generated, ["priv/static/shop.js", "priv/static/shop.cjs.js", "priv/static/shop.min.js"]);
        let (_, generated) = found("shop.js shop.min.js");
        assert!(generated.is_empty(), "the source itself: {generated:?}");
    }
}
