//! Reads the modules of a crate from its source files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, UseTree, Visibility};

use super::names::{Crate, Module, Segments, UseImport};
use crate::tidy::workspace::relative;

/// Reads the root file of a target and all modules that it declares, those of tests aside.
pub(super) fn module_tree(root: &Path) -> Result<Crate> {
    let mut krate = Crate::default();
    let folder = root.parent().context("a file is in a folder")?.to_owned();
    read_file(&mut krate, root, None, &folder)?;
    Ok(krate)
}

/// Reads a file; `folder` is where the files of its child modules are.
fn read_file(krate: &mut Crate, file: &Path, parent: Option<usize>, folder: &Path) -> Result<usize> {
    let source = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let syntax = syn::parse_file(&source).with_context(|| format!("parsing {}", file.display()))?;
    let module = Module { file: relative(file), parent, ..Module::default() };
    add_module(krate, module, &syntax.items, folder)
}

fn add_module(krate: &mut Crate, module: Module, items: &[Item], folder: &Path) -> Result<usize> {
    let position = krate.modules.len();
    let file = module.file.clone();
    krate.modules.push(module);
    let mut reader = CodeReader { module: Module::default() };
    let mut children = Vec::new();
    for item in items {
        if attributes_of(item).is_some_and(is_for_tests) {
            continue;
        }
        if let Item::Mod(child) = item {
            children.push(child);
        } else {
            reader.module.items.extend(name_of(item));
            reader.visit_item(item);
        }
    }
    let read = reader.module;
    // The module was added before its children, so that they find their parent at its position.
    let module = &mut krate.modules[position];
    (module.items, module.imports, module.paths) = (read.items, read.imports, read.paths);
    for child in children {
        let name = child.ident.to_string();
        let below = folder.join(&name);
        let at = if let Some((_, items)) = &child.content {
            // An inline module is in the file of its parent, but the files of its own children are
            // one folder deeper.
            let module = Module { file: file.clone(), parent: Some(position), ..Module::default() };
            add_module(krate, module, items, &below)?
        } else {
            read_file(krate, &file_of(child, folder)?, Some(position), &below)?
        };
        krate.modules[position].children.insert(name, at);
    }
    Ok(position)
}

fn file_of(module: &ItemMod, folder: &Path) -> Result<PathBuf> {
    let name = module.ident.to_string();
    let candidates = [folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")];
    match candidates.into_iter().find(|file| file.is_file()) {
        Some(file) => Ok(file),
        None => bail!("module `{name}` has no file in {}", folder.display()),
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| mentions_test(&list.tokens))
    })
}

fn mentions_test(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "test",
        TokenTree::Group(group) => mentions_test(&group.stream()),
        _ => false,
    })
}

fn attributes_of(item: &Item) -> Option<&[Attribute]> {
    Some(match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return None,
    })
}

fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Collects the imports and the paths of items.
struct CodeReader {
    module: Module,
}

impl<'ast> Visit<'ast> for CodeReader {
    fn visit_item(&mut self, item: &'ast Item) {
        if !attributes_of(item).is_some_and(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let line = item.use_token.span.start().line;
        let is_re_export = !matches!(item.vis, Visibility::Inherited);
        // `use ::name` leaves the crate.
        if item.leading_colon.is_none() {
            collect_imports(&item.tree, &mut Vec::new(), &mut |name, path| {
                self.module.imports.push(UseImport { name, path, line, is_re_export });
            });
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none()
            && let Some(first) = path.segments.first()
        {
            let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.module.paths.push((segments, first.ident.span().start().line));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        // What a macro is given is not parsed: `syn` cannot know its grammar. `println!` and
        // `assert_eq!` name other modules often enough to matter.
        collect_paths(called.tokens.clone(), &mut self.module.paths);
        visit::visit_macro(self, called);
    }
}

fn collect_imports(tree: &UseTree, prefix: &mut Segments, add: &mut impl FnMut(Option<String>, Segments)) {
    match tree {
        UseTree::Path(path) => {
            prefix.push(path.ident.to_string());
            collect_imports(&path.tree, prefix, add);
            prefix.pop();
        }
        UseTree::Name(name) if name.ident == "self" => add(prefix.last().cloned(), prefix.clone()),
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            add(Some(name.clone()), [prefix.as_slice(), &[name]].concat());
        }
        UseTree::Rename(rename) if rename.ident == "self" => {
            add(Some(rename.rename.to_string()), prefix.clone());
        }
        UseTree::Rename(rename) => {
            let path = [prefix.as_slice(), &[rename.ident.to_string()]].concat();
            add(Some(rename.rename.to_string()), path);
        }
        UseTree::Glob(_) => add(None, prefix.clone()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect_imports(tree, prefix, add)),
    }
}

/// The paths of two segments or more among the tokens of a macro call.
fn collect_paths(tokens: TokenStream, paths: &mut Vec<(Segments, usize)>) {
    let mut path = Segments::new();
    let mut line = 0;
    let mut colons = 0;
    let mut follows_dot = false;
    let finish = |path: &mut Segments, line: usize, paths: &mut Vec<(Segments, usize)>| {
        // A single word may be anything, a local variable for example.
        if path.len() > 1 {
            paths.push((path.clone(), line));
        }
        path.clear();
    };
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if colons != 2 || path.is_empty() {
                    finish(&mut path, line, paths);
                    line = ident.span().start().line;
                }
                // Behind a dot is a field or a method, behind `::` alone another crate.
                if !(follows_dot || (colons == 2 && path.is_empty())) {
                    path.push(ident.to_string());
                }
                (colons, follows_dot) = (0, false);
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                finish(&mut path, line, paths);
                (colons, follows_dot) = (0, false);
                collect_paths(group.stream(), paths);
            }
            other => {
                finish(&mut path, line, paths);
                follows_dot = matches!(&other, TokenTree::Punct(punct) if punct.as_char() == '.');
                colons = 0;
            }
        }
    }
    finish(&mut path, line, paths);
}
