//! Finds the module that defines a path.

use std::collections::{BTreeMap, BTreeSet};

/// A path as it is written: `crate::a::B` is `["crate", "a", "B"]`.
pub(super) type Segments = Vec<String>;

/// A name that a `use` brings into a module.
#[derive(Debug)]
pub(super) struct UseImport {
    /// `None` for a glob.
    pub(super) name: Option<String>,
    pub(super) path: Segments,
    pub(super) line: usize,
    /// Visible outside the module.
    pub(super) is_re_export: bool,
}

/// A module: a file, or a block inside one.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Path of its file from the workspace's root.
    pub(super) file: String,
    /// `None` for the root.
    pub(super) parent: Option<usize>,
    /// Names of the items that it defines, child modules aside.
    pub(super) items: BTreeSet<String>,
    pub(super) children: BTreeMap<String, usize>,
    pub(super) imports: Vec<UseImport>,
    /// Paths in its code, with their lines.
    pub(super) paths: Vec<(Segments, usize)>,
}

impl Module {
    /// All that this module's own code names.
    pub(super) fn uses(&self) -> impl Iterator<Item = (&Segments, usize)> {
        let imports = self.imports.iter().filter(|import| import.name.is_some() && !import.is_re_export);
        let imports = imports.map(|import| (&import.path, import.line));
        imports.chain(self.paths.iter().map(|(path, line)| (path, *line)))
    }
}

/// All modules of one target; the root is the first.
#[derive(Debug, Default)]
pub(super) struct Crate {
    pub(super) modules: Vec<Module>,
}

/// The definition that a path leads to.
#[derive(Debug)]
enum ImportTarget {
    Module,
    /// An item, with the module that defines it.
    Item {
        module: usize,
        name: String,
    },
}

/// Imports followed for one path; a chain of re-exports is far shorter, an import of itself endless.
const MAX_STEPS: usize = 32;

impl Crate {
    /// The module that defines the item of a path, and the item's name; `None` for a module and for an item
    /// of another crate.
    pub(super) fn definer(&self, module: usize, path: &[String]) -> Option<(usize, String)> {
        match self.resolve(module, path, MAX_STEPS)? {
            ImportTarget::Item { module, name } => Some((module, name)),
            ImportTarget::Module => None,
        }
    }

    fn resolve(&self, module: usize, path: &[String], steps: usize) -> Option<ImportTarget> {
        let steps = steps.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.look_up(0, rest, steps),
            "self" => self.look_up(module, rest, steps),
            "super" => self.resolve_from(self.modules[module].parent?, rest, steps),
            _ => self.look_up(module, path, steps),
        }
    }

    /// As [`Crate::resolve`], where only `super` may still lead upwards.
    fn resolve_from(&self, module: usize, path: &[String], steps: usize) -> Option<ImportTarget> {
        match path.split_first() {
            Some((first, rest)) if first == "super" => {
                self.resolve_from(self.modules[module].parent?, rest, steps)
            }
            _ => self.look_up(module, path, steps),
        }
    }

    fn look_up(&self, position: usize, path: &[String], steps: usize) -> Option<ImportTarget> {
        let module = &self.modules[position];
        let Some((name, rest)) = path.split_first() else { return Some(ImportTarget::Module) };
        // A function may share its name with a module; only the module has something behind `::`.
        let child = module.children.get(name);
        if let Some(child) = child
            && !(rest.is_empty() && module.items.contains(name))
        {
            return self.look_up(*child, rest, steps);
        }
        if module.items.contains(name) {
            return Some(ImportTarget::Item { module: position, name: name.clone() });
        }
        let steps = steps.checked_sub(1)?;
        let named = module.imports.iter().filter(|import| import.name.as_ref() == Some(name));
        for import in named {
            // The same name may be imported twice: as a module and as a function.
            let joined = [import.path.as_slice(), rest].concat();
            if let Some(target) = self.resolve_import(position, &joined, name, steps) {
                return Some(target);
            }
        }
        // Globs last, as in Rust: a name that is defined or imported by name hides one that a glob
        // brings.
        let mut globs = module.imports.iter().filter(|import| import.name.is_none());
        globs.find_map(|glob| self.resolve(position, &[glob.path.as_slice(), path].concat(), steps))
    }

    /// Resolves the path of an import; `use name::..` names another crate or a child, never itself.
    fn resolve_import(
        &self,
        position: usize,
        path: &[String],
        name: &str,
        steps: usize,
    ) -> Option<ImportTarget> {
        let is_own_name = path.first().is_some_and(|first| first == name);
        if is_own_name && !self.modules[position].children.contains_key(name) {
            return None;
        }
        self.resolve(position, path, steps)
    }
}
