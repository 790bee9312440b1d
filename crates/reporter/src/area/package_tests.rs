//! Packages by the word of their build tools, and ids that outlive the names of folders.

use debtscan_model::{BuildTool, FileClass, Manifest, Scan, Workspace};

use super::AreaMap;
use crate::sample::{SampleScan, file_idx, path};
use debtscan_findings::{AreaSource, REST, ROOT};

fn manifest(at: &str, name: Option<&str>, members: Option<(&[&str], &[&str])>) -> Manifest {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Manifest {
        path: path(at),
        tool: BuildTool::of(path(at).file_name()).expect("a manifest"),
        name: name.map(str::to_owned),
        workspace: members
            .map(|(members, excluded)| Workspace { members: owned(members), excluded: owned(excluded) }),
        uses: Vec::new(),
    }
}

/// Source files of one line, and the manifests, which are files too.
fn scan(sources: &[&str], manifests: Vec<Manifest>) -> Scan {
    let scan = sources.iter().fold(SampleScan::new(), |scan, path| scan.source(path, 1, 0));
    let scan = manifests
        .iter()
        .fold(scan, |scan, manifest| scan.present(&manifest.path.to_string(), FileClass::Other, 0, 0));
    let mut scan = scan.build();
    scan.manifests = manifests;
    scan.manifests.sort_by(|a, b| a.path.cmp(&b.path));
    scan
}

fn packages(scan: &Scan) -> AreaMap {
    AreaMap::build(scan, AreaSource::Packages, &[]).expect("there are packages")
}

fn names(map: &AreaMap) -> Vec<(&str, &str)> {
    map.areas.iter().map(|area| (area.name.as_str(), area.id.as_str())).collect()
}

#[test]
fn a_package_is_called_by_its_name_and_known_by_its_folder() {
    let scan = scan(
        &["crates/cli/x.rs", "crates/core/x.rs", "ui/x.ts", "b/one/x.py", "b/two/x.py", "tools/x.go"],
        vec![
            manifest("crates/cli/Cargo.toml", Some("grep-cli"), None),
            manifest("crates/core/Cargo.toml", None, None),
            manifest("ui/package.json", Some("@shop/ui"), None),
            manifest("b/one/pyproject.toml", Some("same"), None),
            manifest("b/two/pyproject.toml", Some("same"), None),
            manifest("tools/go.mod", Some("github.com/shop/shop/tools/v2"), None),
        ],
    );
    let expected = [
        ("@shop/ui", "ui"),
        ("b/one", "b/one"),
        ("b/two", "b/two"),
        ("crates/core", "crates/core"),
        ("grep-cli", "crates/cli"),
        ("shop/tools", "tools"),
    ];
    assert_eq!(names(&packages(&scan)), expected, "a name of two packages tells nothing");
}

#[test]
fn the_list_of_a_workspace_decides_what_is_a_package() {
    let sources =
        ["packages/a/x.ts", "packages/a/template/x.ts", "packages/b/x.ts", "site/x.ts", "packages/c/x.rs"];
    let manifests = |members: (&[&str], &[&str])| {
        vec![
            manifest("package.json", Some("root"), Some(members)),
            manifest("packages/a/package.json", Some("a"), None),
            manifest("packages/a/template/package.json", Some("template"), None),
            manifest("packages/b/package.json", Some("b"), None),
            manifest("site/package.json", Some("site"), None),
            // Of another tool, which has no list here.
            manifest("packages/c/Cargo.toml", Some("c"), None),
        ]
    };
    let map = packages(&scan(&sources, manifests((&["packages/*"], &["packages/b"]))));
    assert_eq!(names(&map), [(ROOT, "root"), ("a", "packages/a"), ("c", "packages/c")]);
    let map = packages(&scan(&sources, manifests((&["./packages/**", "site/"], &[]))));
    let all: Vec<&str> = map.areas.iter().map(|area| area.name.as_str()).collect();
    assert_eq!(all, [ROOT, "a", "b", "c", "site", "template"]);
}

#[test]
fn what_a_cargo_package_uses_by_path_belongs_to_the_workspace() {
    let mut manifests = vec![
        manifest("Cargo.toml", Some("root"), Some((&[], &[]))),
        manifest("a/Cargo.toml", Some("a"), None),
        manifest("b/Cargo.toml", Some("b"), None),
        manifest("fuzz/Cargo.toml", Some("fuzz"), Some((&[], &[]))),
    ];
    manifests[0].uses = vec!["a".to_owned()];
    manifests[1].uses = vec!["../b".to_owned()];
    let map = packages(&scan(&["src/x.rs", "a/x.rs", "b/x.rs", "fuzz/x.rs"], manifests));
    assert_eq!(names(&map), [(ROOT, "root"), ("a", "a"), ("b", "b")], "fuzz is a workspace of its own");
}

#[test]
fn projects_of_gradle_need_no_file_and_modules_of_maven_are_listed_step_by_step() {
    let gradle = scan(
        &["clients/x.java", "connect/api/x.java", "other/x.java"],
        vec![manifest("settings.gradle", Some("k"), Some((&["clients", "connect/api"], &[])))],
    );
    let map = packages(&gradle);
    assert_eq!(names(&map), [(REST, "rest"), ("clients", "clients"), ("connect/api", "connect/api")]);
    assert_eq!(map.area(file_idx(&gradle, "clients/x.java")).origin, "settings.gradle");
    let maven = scan(
        &["a/x.java", "a/b/x.java", "a/b/src/archetype/x.java"],
        vec![
            manifest("pom.xml", Some("parent"), Some((&["a"], &[]))),
            manifest("a/pom.xml", Some("shop-a"), Some((&["b"], &[]))),
            manifest("a/b/pom.xml", Some("shop-b"), None),
            manifest("a/b/src/archetype/pom.xml", Some("archetype"), None),
        ],
    );
    assert_eq!(names(&packages(&maven)), [(ROOT, "root"), ("shop-a", "a"), ("shop-b", "a/b")]);
}

/// `old/lib` became `mid/lib` and then `new/lib`.
fn renamed_twice() -> SampleScan {
    SampleScan::new()
        .source("new/lib/a.c", 10, 0)
        .alias("mid/lib/a.c")
        .alias("old/lib/a.c")
        .source("new/lib/b.c", 10, 0)
        .commit(300, &[("old/lib/a.c", 10, 0)])
        .commit(200, &[("mid/lib/a.c", 0, 0)])
        .renamed_from("old/lib/a.c")
        .commit(100, &[("new/lib/a.c", 0, 0)])
        .renamed_from("mid/lib/a.c")
        .commit(90, &[("new/lib/b.c", 10, 0)])
}

fn by_folder(scan: &Scan) -> AreaMap {
    AreaMap::build(scan, AreaSource::Directories(2), &[]).expect("folders")
}

#[test]
fn an_id_is_the_oldest_name_of_its_folder() {
    assert_eq!(names(&by_folder(&renamed_twice().build())), [("new/lib", "old/lib")]);
    // More files than were renamed change nothing.
    let mut grown = renamed_twice();
    for number in 0..5 {
        let added = format!("new/lib/{number}.c");
        grown = grown.source(&added, 10, 0).commit(50, &[(&added, 10, 0)]);
    }
    assert_eq!(names(&by_folder(&grown.build())), [("new/lib", "old/lib")]);
}

#[test]
fn a_folder_whose_older_name_is_in_use_has_the_id_of_the_next() {
    let again = renamed_twice().source("old/lib/z.c", 1, 0).commit(10, &[("old/lib/z.c", 1, 0)]);
    assert_eq!(names(&by_folder(&again.build())), [("new/lib", "mid/lib"), ("old/lib", "old/lib")]);
}

#[test]
fn of_a_folder_that_was_divided_the_larger_part_keeps_the_id() {
    let scan = SampleScan::new()
        .source("x/a.c", 1, 0)
        .alias("old/a.c")
        .source("y/b.c", 1, 0)
        .alias("old/b.c")
        .source("y/c.c", 1, 0)
        .alias("old/c.c")
        .commit(300, &[("old/a.c", 1, 0), ("old/b.c", 1, 0), ("old/c.c", 1, 0)])
        .commit(200, &[("x/a.c", 0, 0)])
        .renamed_from("old/a.c")
        .commit(100, &[("y/b.c", 0, 0)])
        .renamed_from("old/b.c");
    // The commit that made y took one file more.
    let scan = scan.commit(99, &[("y/c.c", 0, 0)]).renamed_from("old/c.c").build();
    assert_eq!(names(&by_folder(&scan)), [("x", "old"), ("y", "y")], "of equals the first by name");
}

#[test]
fn patterns_of_a_workspace_that_cannot_be_understood_are_told() {
    let workspace = |members, excluded| vec![manifest("Cargo.toml", None, Some((members, excluded)))];
    let of = |members, excluded| super::malformed_patterns(&scan(&["a/x.rs"], workspace(members, excluded)));
    assert_eq!(of(&["a", "b/[", "c/*"], &["{d"]), ["Cargo.toml: b/[", "Cargo.toml: {d"]);
    assert!(of(&["a", "c/*"], &["d"]).is_empty());
}
