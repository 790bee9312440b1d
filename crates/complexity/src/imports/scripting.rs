//! Languages whose imports name files, mostly by a path that begins with a variable.

use debtscan_model::Import;

use super::found::FoundImports;
use super::text::{first_word, quoted};

/// `. ./a.sh`, `source "$DIR/a.sh"`.
pub(super) fn shell(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let Some((word, rest)) = line.trim_start().split_once(' ') else { continue };
        if matches!(word, "." | "source") {
            // Without an extension, the word is rather a name on the system, such as `.
            // /etc/profile`.
            found.extend(file_of(rest).filter(|path| path.contains('.')).map(Import::Module));
        }
    }
}

/// `. $PSScriptRoot/a.ps1`, `Import-Module ./b.psm1`, `using module ./c.psm1`.
pub(super) fn powershell(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let line = line.trim_start();
        let starts = [". ", "Import-Module ", "using module "];
        let Some(rest) = starts.iter().find_map(|start| line.strip_prefix(start)) else { continue };
        let is_script = |path: &String| {
            let lower = path.to_ascii_lowercase();
            [".ps1", ".psm1", ".psd1"].iter().any(|ending| lower.ends_with(ending))
        };
        // `Import-Module Pester` names an installed module, only a path names a file.
        found.extend(file_of(&rest.replace('\\', "/")).filter(is_script).map(Import::Module));
    }
}

/// The file that a word of a script names, without what a variable or command stands for; `None` when all of it
/// is computed.
fn file_of(rest: &str) -> Option<String> {
    let computed = rest.rfind(['$', '`']).unwrap_or(0);
    let fixed = if rest.contains(['$', '`']) {
        // What follows the variable: `$DIR/a.sh`, `"$(dirname "$0")/a.sh"`.
        &rest[computed + rest[computed..].find('/')?..]
    } else {
        rest
    };
    let word = first_word(fixed)?.trim_matches(['"', '\'', ';', '/']).trim_start_matches("./");
    // The folder that a script starts in is unknown, so `..` cannot be resolved. The rest of the
    // path still identifies the file.
    (!word.is_empty()).then(|| word.trim_start_matches("../").to_owned())
}

/// `require "a.b"`, `require('a.b')`.
pub(super) fn lua(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        for (position, word) in line.match_indices("require") {
            // Lua allows a call with one string to omit the parentheses.
            let rest = line[position + word.len()..].trim_start_matches([' ', '(']);
            if rest.starts_with(['"', '\'']) {
                found.extend(quoted(rest).map(|name| Import::Module(name.replace('.', "/"))));
            }
        }
    }
}

/// `source("a.R")`.
pub(super) fn r(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        for (position, word) in line.match_indices("source(") {
            let rest = line[position + word.len()..].trim_start();
            if rest.starts_with(['"', '\'']) {
                found.extend(quoted(rest).map(|path| Import::Module(path.to_owned())));
            }
        }
    }
}

/// `use A\B;`, `use A\{B, C as D};`, `require_once __DIR__ . '/a.php';`.
pub(super) fn php(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix("use ") {
            php_use(rest, found);
        } else if line.starts_with("require") || line.starts_with("include") {
            let file = quoted(line).filter(|path| path.contains(".php"));
            let file = file.map(|path| path.trim_start_matches('/').trim_start_matches("../"));
            found.extend(file.map(|path| Import::Module(path.to_owned())));
        }
    }
}

fn php_use(rest: &str, found: &mut FoundImports) {
    let statement = rest.split(';').next().unwrap_or("");
    let names = |text: &str| -> Vec<String> {
        text.split(',')
            .filter_map(first_word)
            .map(|name| name.trim_matches('\\').replace('\\', "/"))
            .collect()
    };
    let is_name = |name: &String| name.starts_with(|first: char| first.is_ascii_uppercase());
    if let Some((base, inside)) = statement.split_once('{') {
        let base = base.trim().trim_matches('\\').replace('\\', "/");
        let inside = names(inside.split('}').next().unwrap_or(""));
        if !found.can_expand(&base) {
            return;
        }
        found.extend(inside.into_iter().map(|name| Import::Module(format!("{base}/{name}"))));
    } else {
        // `use function` and `use const` name no file; a closure's `use (` names variables.
        found.extend(names(statement).into_iter().filter(is_name).map(Import::Module));
    }
}
