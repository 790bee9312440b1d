//! Languages that import each other's files, and the units inside which no import is needed.

use std::collections::BTreeSet;

use bstr::BStr;
use debtscan_model::{PresentFile, Scan};

use super::names::ends_with;
use crate::area::ancestors;

/// Languages that import each other's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    C,
    Jvm,
    Go,
    Python,
    JavaScript,
    Rust,
    Ruby,
    Perl,
    Php,
    Dart,
    Lua,
    Shell,
    PowerShell,
    Elixir,
    R,
    Swift,
    CSharp,
}

impl Family {
    pub(super) fn of(present: &PresentFile) -> Option<Self> {
        Some(match present.language?.0 {
            "C" | "C++" | "Objective-C" | "Objective-C++" => Self::C,
            "Java" | "Kotlin" | "Scala" | "Groovy" => Self::Jvm,
            "Go" => Self::Go,
            "Python" => Self::Python,
            "JavaScript" | "TypeScript" | "TSX" | "Vue" | "Svelte" => Self::JavaScript,
            "Rust" => Self::Rust,
            "Ruby" => Self::Ruby,
            "Perl" => Self::Perl,
            "PHP" => Self::Php,
            "Dart" => Self::Dart,
            "Lua" => Self::Lua,
            "Shell" => Self::Shell,
            "PowerShell" => Self::PowerShell,
            "Elixir" => Self::Elixir,
            "R" => Self::R,
            "Swift" => Self::Swift,
            "C#" => Self::CSharp,
            _ => return None,
        })
    }

    /// The folder whose files see each other without any import; `None` where every use needs an import.
    pub(super) fn package(self, folder: &BStr) -> Option<&[u8]> {
        let folder: &[u8] = folder;
        match self {
            Self::Jvm => Some(java_package(folder)),
            Self::Swift => Some(swift_module(folder)),
            // A namespace is a folder by convention, as a package of R and PHP is by rule.
            Self::Go | Self::CSharp | Self::R | Self::Php => Some(folder),
            _ => None,
        }
    }
}

/// The module of a Swift package: the folder below `Sources` or `Tests`, else the folder itself.
fn swift_module(folder: &[u8]) -> &[u8] {
    for root in ["Sources/", "Tests/"] {
        let Some(position) = bstr::ByteSlice::find(folder, root) else { continue };
        // `MySources/` is no root.
        if position == 0 || folder[position - 1] == b'/' {
            let rest = &folder[position + root.len()..];
            let end = rest.iter().position(|byte| *byte == b'/').unwrap_or(rest.len());
            return &folder[..position + root.len() + end];
        }
    }
    folder
}

/// A Java package's folder without the source root, so that a test is in its subject's package.
fn java_package(folder: &[u8]) -> &[u8] {
    for root in ["/java/", "/kotlin/", "/scala/", "/groovy/"] {
        // The last one: the repository may have a folder of this name further up.
        if let Some(position) = bstr::ByteSlice::rfind(folder, root) {
            return &folder[position + root.len()..];
        }
    }
    folder
}

/// The folders that hold the root of a Rust crate.
pub(super) struct CrateRoots<'a>(BTreeSet<&'a BStr>);

impl<'a> CrateRoots<'a> {
    pub(super) fn of(scan: &'a Scan, family: &[Option<Family>]) -> Self {
        let files = scan.files.iter().zip(family);
        let is_root = |name: &BStr| name == "lib.rs" || name == "main.rs";
        let roots = files
            .filter(|(file, family)| **family == Some(Family::Rust) && is_root(file.path.file_name()))
            .map(|(file, _)| file.path.folder());
        Self(roots.collect())
    }

    /// The root's folder of the crate that a folder belongs to: the nearest that holds `lib.rs` or
    /// `main.rs`, else the nearest `src`, `tests`, `benches` or `examples`, else itself.
    pub(super) fn of_folder<'f>(&self, folder: &'f BStr) -> &'f BStr {
        let outer = || ancestors(folder);
        let is_named = |folder: &&BStr| {
            ["src", "tests", "benches", "examples"].iter().any(|name| ends_with(folder, name))
        };
        outer().find(|folder| self.0.contains(folder)).or_else(|| outer().find(is_named)).unwrap_or(folder)
    }
}
