//! The files of a tree by what imports name them by.

use std::collections::BTreeMap;

use bstr::BStr;
use debtscan_model::{FileIdx, Import, Scan};
use rustc_hash::FxHashMap;

use super::family::{CrateRoots, Family};
use super::names::{ends_with, stem, without_ending};
use crate::area::npm_packages;

/// Present files by what imports name them by.
pub(super) struct ImportTargets<'a> {
    scan: &'a Scan,
    /// Last component without its ending, with the family: the files of that name, ascending.
    by_stem: FxHashMap<(Family, &'a [u8]), Vec<FileIdx>>,
    /// Last component with its ending.
    by_name: FxHashMap<&'a [u8], Vec<FileIdx>>,
    /// Folders of packages by name.
    npm: BTreeMap<&'a str, &'a BStr>,
    /// Go files by folder.
    by_folder: FxHashMap<&'a [u8], Vec<FileIdx>>,
}

impl<'a> ImportTargets<'a> {
    pub(super) fn of(scan: &'a Scan, family: &[Option<Family>]) -> Self {
        let mut tree = Self {
            scan,
            by_stem: FxHashMap::default(),
            by_name: FxHashMap::default(),
            npm: npm_packages(scan),
            by_folder: FxHashMap::default(),
        };
        for (index, file) in scan.files.iter().enumerate() {
            let Some(family) = family[index] else { continue };
            let file_index = FileIdx::new(index);
            let name: &[u8] = file.path.file_name();
            tree.by_stem.entry((family, stem(name))).or_default().push(file_index);
            tree.by_name.entry(name).or_default().push(file_index);
            if family == Family::Go {
                tree.by_folder.entry(file.path.folder()).or_default().push(file_index);
            }
        }
        tree
    }

    /// The files that one import of a file means; empty for what is not in the tree.
    pub(super) fn resolve(
        &self,
        (from, family): (usize, Family),
        import: &Import,
        roots: &CrateRoots<'_>,
    ) -> Vec<FileIdx> {
        let folder = String::from_utf8_lossy(self.scan.files[from].path.folder()).into_owned();
        match (family, import) {
            (Family::C, Import::Relative(path)) => {
                // As a compiler does: beside the file first, then along the search path.
                let beside = join(&folder, path).map(|path| self.exactly(&path)).unwrap_or_default();
                let found = if beside.is_empty() { self.named(path) } else { beside };
                self.with_sources(found)
            }
            (Family::C, Import::Module(path)) => self.with_sources(self.named(path)),
            (Family::Go, Import::Module(path)) => self.go_package(path),
            (Family::Rust, Import::Module(path)) => self.rust(from, path, roots),
            (_, Import::Relative(path)) => {
                join(&folder, path).map(|path| self.module(family, &path, true)).unwrap_or_default()
            }
            (Family::JavaScript, Import::Module(path)) => self.npm_package(path),
            (Family::Php, Import::Module(path)) => self.php(path),
            // Files are named whole, from wherever a variable points to.
            (Family::Shell | Family::PowerShell | Family::R, Import::Module(path)) => self.named(path),
            (_, Import::Module(path)) => self.module(family, path, false),
        }
    }

    /// The file with exactly this path.
    fn exactly(&self, path: &str) -> Vec<FileIdx> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let candidates = self.by_name.get(name.as_bytes()).map_or(&[][..], Vec::as_slice);
        let is_it = |file: &&FileIdx| self.scan.file(**file).path.as_bytes() == path.as_bytes();
        candidates.iter().filter(is_it).copied().collect()
    }

    /// The files whose path ends with this one, folders whole.
    fn named(&self, path: &str) -> Vec<FileIdx> {
        // The search path is set by the build, so that only the end of the path is known.
        let path = path.trim_start_matches("./").trim_start_matches("../");
        let name = path.rsplit('/').next().unwrap_or(path);
        let candidates = self.by_name.get(name.as_bytes()).map_or(&[][..], Vec::as_slice);
        let is_it = |file: &&FileIdx| ends_with(self.scan.file(**file).path.as_bytes(), path);
        candidates.iter().filter(is_it).copied().collect()
    }

    /// A header, and the sources of its name in its folder: including one means using the other.
    fn with_sources(&self, headers: Vec<FileIdx>) -> Vec<FileIdx> {
        let mut all = headers.clone();
        for header in headers {
            let path = &self.scan.file(header).path;
            let twins = self.by_stem.get(&(Family::C, stem(path.file_name())));
            let is_beside = |file: &&FileIdx| self.scan.file(**file).path.folder() == path.folder();
            all.extend(twins.into_iter().flatten().filter(is_beside));
        }
        all
    }

    /// The files that a module path means: itself, its index or package file, or what holds it as its
    /// last name.
    fn module(&self, family: Family, path: &str, is_exact: bool) -> Vec<FileIdx> {
        let whole = self.with_path(family, path, is_exact);
        if !whole.is_empty() {
            return whole;
        }
        let index = match family {
            Family::Python => "__init__",
            Family::JavaScript => "index",
            Family::Lua => "init",
            Family::Jvm if path.ends_with("/*") => return self.jvm_package(path.trim_end_matches("/*")),
            // A class inside of a class is in the outer one's file.
            Family::Jvm => {
                let outer = path.rsplit_once('/').map(|(outer, _)| outer).filter(|outer| is_class(outer));
                return outer.map(|outer| self.with_path(family, outer, is_exact)).unwrap_or_default();
            }
            _ => return Vec::new(),
        };
        self.with_path(family, &format!("{path}/{index}"), is_exact)
    }

    /// The files of a family whose path without ending is, or ends with, this one.
    fn with_path(&self, family: Family, path: &str, is_exact: bool) -> Vec<FileIdx> {
        let last = path.rsplit('/').next().unwrap_or(path);
        // JavaScript may name the ending too.
        let names = [last, std::str::from_utf8(stem(last.as_bytes())).unwrap_or(last)];
        let mut found = Vec::new();
        for (position, name) in names.iter().enumerate() {
            if position > 0 && *name == names[0] {
                break;
            }
            let path = &path[..path.len() - (last.len() - name.len())];
            let candidates = self.by_stem.get(&(family, name.as_bytes())).into_iter().flatten();
            found.extend(candidates.filter(|file| {
                let own = without_ending(self.scan.file(**file).path.as_bytes());
                if is_exact { own == path.as_bytes() } else { ends_with(own, path) }
            }));
        }
        found
    }

    /// The files of another package of the tree by its name: its index, or the path below it.
    fn npm_package(&self, path: &str) -> Vec<FileIdx> {
        // `@scope/name` is one name.
        let scope = if path.starts_with('@') { path.find('/').map_or(0, |slash| slash + 1) } else { 0 };
        let end = path[scope..].find('/').map_or(path.len(), |slash| scope + slash);
        let (name, inside) = (&path[..end], path[end..].trim_start_matches('/'));
        let Some(folder) = self.npm.get(name) else { return Vec::new() };
        // What is built is not in the tree: its source is.
        let places = [format!("{folder}/src/{inside}"), format!("{folder}/{inside}")];
        let found = places.iter().filter_map(|place| join("", place));
        found
            .map(|place| self.module(Family::JavaScript, &place, true))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The files of a PHP class: a namespace begins anywhere in the tree, so the longest end of its name that
    /// is a path decides; or the file that is included by name.
    fn php(&self, path: &str) -> Vec<FileIdx> {
        if path.contains(".php") {
            return self.named(path);
        }
        let ends = std::iter::successors(Some(path), |path| path.split_once('/').map(|(_, rest)| rest));
        let found = ends.filter(|end| end.contains('/')).map(|end| self.with_path(Family::Php, end, false));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn jvm_package(&self, path: &str) -> Vec<FileIdx> {
        let is_in = |file: &debtscan_model::File| ends_with(file.path.folder(), path);
        let files =
            self.scan.files.iter().enumerate().filter(|(_, file)| file.present.is_some() && is_in(file));
        files.map(|(index, _)| FileIdx::new(index)).collect()
    }

    /// The Go files of the folder that is the longest end of an import path; the standard library's
    /// paths have no dot in their first part.
    fn go_package(&self, path: &str) -> Vec<FileIdx> {
        if !path.split('/').next().is_some_and(|first| first.contains('.')) {
            return Vec::new();
        }
        let mut ends = path.match_indices('/').map(|(position, _)| &path[position + 1..]);
        ends.find_map(|end| self.by_folder.get(end.as_bytes())).cloned().unwrap_or_default()
    }

    /// The files of a Rust path: a module, or what a module holds; names of other crates are not
    /// resolved.
    fn rust(&self, from: usize, path: &str, roots: &CrateRoots<'_>) -> Vec<FileIdx> {
        let own = &self.scan.files[from].path;
        let own_text = String::from_utf8_lossy(without_ending(own.as_bytes())).into_owned();
        // The module path of `a/b.rs` is `a/b`; of `a/mod.rs`, `a/lib.rs` and `a/main.rs` it is `a`.
        let is_root = matches!(stem(own.file_name()), b"mod" | b"lib" | b"main");
        let own_module =
            if is_root { own_text.rsplit_once('/').map_or("", |(folder, _)| folder) } else { &own_text };
        let mut parts: Vec<&str> = path.split('/').collect();
        let mut base = match parts[0] {
            "crate" => {
                parts.remove(0);
                roots.of_folder(own.folder()).to_string()
            }
            "self" | "super" => own_module.to_owned(),
            _ => return Vec::new(),
        };
        while let Some(first) = parts.first() {
            match *first {
                "self" => {}
                "super" => base = base.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
                _ => break,
            }
            parts.remove(0);
        }
        // The longest beginning that is a file: the rest are names inside of it.
        for n_parts in (0..=parts.len()).rev() {
            let module = parts[..n_parts].iter().fold(base.clone(), |path, part| format!("{path}/{part}"));
            let module = module.trim_start_matches('/');
            for candidate in [module.to_owned(), format!("{module}/mod")] {
                let found = self.with_path(Family::Rust, &candidate, true);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }
}

/// Whether the last part of a Java name is a class by its first letter.
fn is_class(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| last.starts_with(|first: char| first.is_uppercase()))
}

/// A path from a folder, with `.` and `..` resolved; `None` when it leaves the repository.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
