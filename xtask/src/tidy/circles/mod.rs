//! Circles between the modules of a crate.
//!
//! A module is a file. It depends on the files that define what its code names; a re-export on the
//! way is followed to the definition, and re-exporting alone is no dependency. Tests do not count.
//! Method calls name no path, so they are not seen.

mod components;
mod names;
mod parse;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use super::finding::TidyFinding;
use names::Crate;

/// Names shown for each arrow of a circle.
const SHOWN_NAMES: usize = 3;

/// What one file uses of another.
#[derive(Debug, Default, PartialEq, Eq)]
struct Arrow {
    /// Line of the first name.
    line: usize,
    names: Vec<String>,
}

/// Arrows by (user, definer), as paths from the workspace's root.
type Arrows = BTreeMap<(String, String), Arrow>;

/// Reports every circle of a crate, given the root file of one of its targets.
pub(super) fn check(root: &Path) -> Result<Vec<TidyFinding>> {
    Ok(describe(&arrows(&parse::module_tree(root)?)))
}

fn arrows(krate: &Crate) -> Arrows {
    let mut arrows = Arrows::new();
    for (position, module) in krate.modules.iter().enumerate() {
        for (path, line) in module.uses() {
            let Some((definer, name)) = krate.definer(position, path) else { continue };
            let definer = &krate.modules[definer].file;
            // Modules inside one file are read together, so they may refer to each other.
            if *definer == module.file {
                continue;
            }
            let arrow = arrows.entry((module.file.clone(), definer.clone())).or_default();
            if arrow.names.is_empty() {
                arrow.line = line;
            }
            if !arrow.names.contains(&name) {
                arrow.names.push(name);
            }
        }
    }
    arrows
}

/// One finding per circle, which lists its arrows.
fn describe(arrows: &Arrows) -> Vec<TidyFinding> {
    let edges: Vec<(&str, &str)> =
        arrows.keys().map(|(user, definer)| (user.as_str(), definer.as_str())).collect();
    let mut findings = Vec::new();
    for circle in components::circles(&edges) {
        let mut message = format!("{} modules import each other in a circle:", circle.len());
        for ((user, definer), arrow) in arrows {
            if circle.contains(&user.as_str()) && circle.contains(&definer.as_str()) {
                let mut names = arrow.names.iter().take(SHOWN_NAMES).cloned().collect::<Vec<_>>().join(", ");
                if arrow.names.len() > SHOWN_NAMES {
                    names.push_str(", ..");
                }
                write!(message, "\n    {user}:{} uses {definer} ({names})", arrow.line)
                    .expect("writing to a string does not fail");
            }
        }
        findings.push(TidyFinding { file: circle[0].to_owned(), line: 1, message });
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::check;

    /// Checks a crate made of (file, source) pairs; gives (files of the circle, arrows).
    fn circles(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, source) in files {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
            fs::write(file, source).expect("writable");
        }
        let prefix = format!("{}/", folder.path().display());
        let findings = check(&folder.path().join("lib.rs")).expect("the crate parses");
        findings.iter().map(|finding| finding.message.replace(&prefix, "")).collect()
    }

    #[test]
    fn two_modules_that_name_each_other_are_a_circle() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\n"),
            ("a.rs", "use crate::b::B;\npub(crate) struct A(B);\n"),
            ("b.rs", "pub(crate) struct B;\nfn f() { super::a::A::new(); }\n"),
        ];
        let expected = "2 modules import each other in a circle:\n    \
                        a.rs:1 uses b.rs (B)\n    b.rs:2 uses a.rs (A)";
        assert_eq!(circles(&files), [expected]);
    }

    #[test]
    fn re_exports_lead_to_the_definition() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\npub use a::{A as Renamed};\npub use b::*;\n"),
            ("a.rs", "use crate::B;\npub struct A;\n"),
            ("b.rs", "pub struct B;\n"),
        ];
        assert!(circles(&files).is_empty(), "neither through the root nor through the glob");
        let back = [files[0], files[1], ("b.rs", "pub struct B;\nfn f() -> crate::Renamed {}\n")];
        assert_eq!(circles(&back).len(), 1);
    }

    #[test]
    fn a_parent_that_calls_its_child_must_not_define_what_the_child_uses() {
        let parent = "mod child;\npub struct Shared;\npub fn run() { child::run(); }\n";
        let files = [
            ("lib.rs", "mod parent;\n"),
            ("parent/mod.rs", parent),
            ("parent/child.rs", "use super::Shared;\npub fn run() {}\n"),
        ];
        assert_eq!(circles(&files).len(), 1);
        let independent = [files[0], files[1], ("parent/child.rs", "pub fn run() {}\n")];
        assert!(circles(&independent).is_empty());
    }

    #[test]
    fn paths_inside_macros_and_functions_count() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\n"),
            ("a.rs", "pub fn a() { println!(\"{}\", crate::b::name()); }\n"),
            ("b.rs", "pub fn name() { use super::a::{a}; a() }\n"),
        ];
        assert_eq!(circles(&files).len(), 1);
    }

    #[test]
    fn tests_do_not_count() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\n#[cfg(test)]\nmod tests;\n"),
            ("a.rs", "use crate::b::B;\npub struct A(B);\n"),
            ("b.rs", "pub struct B;\n#[cfg(test)]\nmod tests { use crate::a::A; }\n"),
        ];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn local_names_and_inline_modules_are_no_files() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\nmod inline { pub struct I; }\nfn f() -> b::B {}\n"),
            ("a.rs", "fn f(b: u8) { b.count(); let lib = crate::outside::x(); }\n"),
            ("b.rs", "pub struct B;\nmod inner { use super::B; fn g(_: B) {} }\n"),
        ];
        assert!(circles(&files).is_empty());
    }
}
