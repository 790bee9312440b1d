//! The imports of a file, read line by line from its text: one rule per language.
//!
//! Cheap by design: no syntax tree, one pass, no state. Text inside strings and comments
//! that looks like an import counts as one; macros and computed names are not followed.

mod found;
mod scripting;
mod text;

use debtscan_model::{Import, Language};

use self::found::{FoundImports, LONGEST_PATH};
use self::text::{first_word, quoted};

/// Longer content is not read; it is not parsed either.
const MOST_BYTES: usize = 4 << 20;

/// Longer statements are cut, in bytes.
const LONGEST_STATEMENT: usize = 64 << 10;

/// Deepest tree of braces in a `use` of Rust; the compiler refuses deeper ones as well.
const DEEPEST_TREE: usize = 128;

/// The imports of a file: sorted, unique; `None` if the language has no rule, or if there are too many.
///
/// Invalid UTF-8 is replaced.
pub fn imports(language: Language, content: &[u8]) -> Option<Vec<Import>> {
    let rule = rule(language)?;
    // Unknown, not empty: a file without imports would make its coupling seem hidden.
    if content.len() > MOST_BYTES {
        return None;
    }
    // Old sources have names in Latin-1 in their comments, which must not hide their imports.
    let text = String::from_utf8_lossy(content);
    let mut found = FoundImports::new(content.len());
    rule(&text, &mut found);
    found.finish()
}

/// Whether imports can be read in a language.
pub fn has_imports(language: Language) -> bool {
    rule(language).is_some()
}

type ImportRule = fn(&str, &mut FoundImports);

fn rule(language: Language) -> Option<ImportRule> {
    Some(match language.0 {
        "C" | "C++" | "Objective-C" | "Objective-C++" => includes,
        "Python" => python,
        "Java" | "Kotlin" | "Scala" | "Groovy" => java,
        "Go" => go,
        "JavaScript" | "TypeScript" | "TSX" | "Vue" | "Svelte" => javascript,
        "Rust" => rust,
        "Ruby" => ruby,
        "Perl" => perl,
        "Dart" => dart,
        "Elixir" => elixir,
        "Lua" => scripting::lua,
        "PHP" => scripting::php,
        "PowerShell" => scripting::powershell,
        "R" => scripting::r,
        "Shell" => scripting::shell,
        _ => return None,
    })
}

/// `#include "a/b.h"`, `#include <a/b.h>`, `#import`.
fn includes(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let Some(rest) = line.trim_start().strip_prefix('#').map(str::trim_start) else { continue };
        let Some(rest) = rest.strip_prefix("include").or_else(|| rest.strip_prefix("import")) else {
            continue;
        };
        let rest = rest.trim_start();
        if let Some(name) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            found.push(Import::Relative(name.0.to_owned()));
        } else if let Some(name) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            found.push(Import::Module(name.0.to_owned()));
        }
    }
}

/// `import a.b, c as d`; `from a.b import c, d`; `from ..a import (b,` over several lines.
fn python(text: &str, found: &mut FoundImports) {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        if let Some(names) = line.strip_prefix("import ") {
            let names = names.split('#').next().unwrap_or("").split(',');
            found.extend(names.filter_map(first_word).map(|name| Import::Module(name.replace('.', "/"))));
            continue;
        }
        let Some((module, names_and_comment)) =
            line.strip_prefix("from ").and_then(|rest| rest.split_once(" import "))
        else {
            continue;
        };
        let mut names = String::new();
        let (mut opened, mut closed) = (false, false);
        let mut part = names_on_line(names_and_comment);
        loop {
            opened |= part.contains('(');
            closed |= part.contains(')');
            let goes_on = (opened && !closed) || part.ends_with('\\');
            names.push_str(part.trim_end_matches('\\'));
            names.push(' ');
            // An opening parenthesis without its partner would join the rest of the file.
            if !goes_on || names.len() >= LONGEST_STATEMENT {
                break;
            }
            let Some(next) = lines.next() else { break };
            part = names_on_line(next);
        }
        python_from(module.trim(), &names, found);
    }
}

/// What a line of a `from` statement names, without its comment.
fn names_on_line(line: &str) -> &str {
    line.split('#').next().unwrap_or("").trim_end()
}

fn python_from(module: &str, names: &str, found: &mut FoundImports) {
    let inner = module.trim_start_matches('.');
    let dots = module.len() - inner.len();
    // One dot is the package of the file itself, each further one its parent.
    let mut base = if dots == 0 { String::new() } else { "../".repeat(dots - 1) };
    base.push_str(&inner.replace('.', "/"));
    let import = |path: String| if dots == 0 { Import::Module(path) } else { Import::Relative(path) };
    let base = base.trim_end_matches('/').to_owned();
    if !found.can_expand(&base) {
        return;
    }
    for name in names.split([',', '(', ')']).filter_map(first_word).filter(|name| *name != "*") {
        // The name may be a module or something inside one: the resolver tries both.
        found.push(import(if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }));
    }
    if !base.is_empty() {
        found.push(import(base));
    }
}

/// `import a.b.C;`, `import static a.b.C.d;`, `import a.b.*`.
fn java(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let Some(rest) = line.trim_start().strip_prefix("import ") else { continue };
        let rest = rest.trim_start();
        let (is_static, rest) = rest.strip_prefix("static ").map_or((false, rest), |rest| (true, rest));
        let Some(name) = first_word(rest.split([';', '{']).next().unwrap_or("")) else { continue };
        let name = name.trim_end_matches('.').replace('.', "/");
        let outer = name.rsplit_once('/').filter(|_| is_static).map(|(outer, _)| outer.to_owned());
        // A static import ends with a member, and the file is named after the class before it.
        found.extend(outer.map(Import::Module));
        found.push(Import::Module(name));
    }
}

/// `import "a/b"`, `import x "a/b"`, and blocks of them.
fn go(text: &str, found: &mut FoundImports) {
    let mut is_in_block = false;
    for line in text.lines() {
        let line = line.trim_start();
        let spec = if is_in_block {
            is_in_block = !line.starts_with(')');
            line
        } else if let Some(rest) = line.strip_prefix("import").map(str::trim_start) {
            is_in_block = rest.starts_with('(');
            rest
        } else if line.starts_with("func ") || line.starts_with("type ") {
            // Imports come before every other declaration.
            break;
        } else {
            continue;
        };
        let path = spec.split_once('"').and_then(|(_, rest)| rest.split_once('"'));
        found.extend(path.map(|(path, _)| Import::Module(path.to_owned())));
    }
}

/// `import … from './a'`, `import './a'`, `export … from`, `require('./a')`, `import('./a')`.
fn javascript(text: &str, found: &mut FoundImports) {
    // Words, not statements: an import may span lines, but its path is on the line of `from`.
    const MARKS: [&str; 4] = ["from", "import", "require(", "import("];
    for line in text.lines().filter(|line| line.contains(['"', '\''])) {
        for mark in MARKS {
            for (position, _) in line.match_indices(mark) {
                let rest = line[position + mark.len()..].trim_start();
                let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
                    continue;
                };
                let Some((path, _)) = rest[1..].split_once(quote) else { continue };
                let is_relative = path.starts_with("./") || path.starts_with("../");
                let path = path.to_owned();
                found.push(if is_relative { Import::Relative(path) } else { Import::Module(path) });
            }
        }
    }
}

/// `use a::{b, c::d as e};` over several lines, and `mod a;`.
fn rust(text: &str, found: &mut FoundImports) {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = without_visibility(line.trim_start());
        if let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.trim_end().strip_suffix(';')) {
            // `mod a;` names a file of this module, `mod a { … }` does not.
            found.push(Import::Module(format!("self/{}", name.trim())));
        }
        let Some(rest) = line.strip_prefix("use ") else { continue };
        let mut statement = rest.to_owned();
        while !statement.contains(';') && statement.len() < LONGEST_STATEMENT {
            let Some(next) = lines.next() else { break };
            statement.push_str(next.split("//").next().unwrap_or(""));
        }
        let tree = statement.split(';').next().unwrap_or("");
        rust_tree(tree, found);
    }
}

fn without_visibility(line: &str) -> &str {
    let Some(rest) = line.strip_prefix("pub") else { return line };
    let rest = rest.trim_start();
    let inside = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    inside.map_or(rest, |(_, rest)| rest).trim_start()
}

/// The paths of a use tree; the prefixes of open braces are kept on a stack.
fn rust_tree(tree: &str, found: &mut FoundImports) {
    let mut prefixes: Vec<String> = vec![String::new()];
    let mut current = String::new();
    let mut is_too_deep = false;
    let mut finish = |prefix: &str, part: &str| {
        let part = part.split(" as ").next().unwrap_or("").trim().trim_end_matches("::");
        let part = part.trim_end_matches('*').trim_end_matches("::");
        let whole = [prefix, part].concat().replace("::", "/");
        let whole = whole.trim_matches('/').trim_end_matches("/self");
        if !whole.is_empty() {
            found.push(Import::Module(whole.to_owned()));
        }
    };
    for character in tree.chars() {
        match character {
            '{' => {
                let prefix = [prefixes.last().map_or("", String::as_str), current.trim()].concat();
                // Each level repeats the prefixes above it, so memory grows with the square of the depth.
                if prefixes.len() > DEEPEST_TREE || prefix.len() > LONGEST_PATH {
                    is_too_deep = true;
                    break;
                }
                prefixes.push(prefix);
                current.clear();
            }
            ',' | '}' => {
                if !current.trim().is_empty() {
                    finish(prefixes.last().map_or("", String::as_str), &current);
                }
                current.clear();
                if character == '}' && prefixes.len() > 1 {
                    prefixes.pop();
                }
            }
            _ => current.push(character),
        }
    }
    if is_too_deep {
        found.give_up();
    } else if !current.trim().is_empty() {
        finish(prefixes.last().map_or("", String::as_str), &current);
    }
}

/// `require_relative 'a'`, `require 'a/b'`.
fn ruby(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let line = line.trim_start();
        // The longer word first, because `require` is a prefix of it.
        let (rest, is_relative) = match (line.strip_prefix("require_relative"), line.strip_prefix("require"))
        {
            (Some(rest), _) => (rest, true),
            (None, Some(rest)) => (rest, false),
            (None, None) => continue,
        };
        let Some((_, quoted)) = rest.split_once(['"', '\'']) else { continue };
        let Some((path, _)) = quoted.split_once(['"', '\'']) else { continue };
        let path = path.to_owned();
        found.push(if is_relative { Import::Relative(path) } else { Import::Module(path) });
    }
}

/// `use A::B;`, `require A::B;`.
fn perl(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let line = line.trim_start();
        let Some(rest) = line.strip_prefix("use ").or_else(|| line.strip_prefix("require ")) else {
            continue;
        };
        let name = rest.split([';', ' ', '(']).next().unwrap_or("");
        // Lower-case names are pragmas (`use strict`) or versions (`use 5.010`).
        if name.starts_with(|first: char| first.is_ascii_uppercase()) {
            found.push(Import::Module(name.replace("::", "/")));
        }
    }
}

/// `import 'a/b.dart';`, `export`, `part`; of `package:x/a.dart` the file below `lib`.
fn dart(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let line = line.trim_start();
        let is_directive = ["import ", "export ", "part "].iter().any(|word| line.starts_with(word));
        if !is_directive || line.starts_with("part of ") {
            continue;
        }
        let Some(path) = quoted(line) else { continue };
        if let Some(package) = path.strip_prefix("package:") {
            // A package's public files are below its folder `lib`, which an import does not name.
            let inside = package.split_once('/').map(|(_, inside)| format!("lib/{inside}"));
            found.extend(inside.map(Import::Module));
        // `dart:io` and other schemes name no file of the repository.
        } else if !path.contains(':') {
            found.push(Import::Relative(path.to_owned()));
        }
    }
}

/// `alias A.B`, `alias A.{B, C}`, `import`, `use`, `require`: modules are files by their name in small letters.
fn elixir(text: &str, found: &mut FoundImports) {
    for line in text.lines() {
        let Some((word, rest)) = line.trim_start().split_once(' ') else { continue };
        if !matches!(word, "alias" | "import" | "use" | "require") {
            continue;
        }
        let rest = rest.split(',').next().filter(|_| !rest.contains('{')).unwrap_or(rest);
        let (base, names) = rest.split_once('{').unwrap_or((rest, ""));
        let base = base.trim();
        // `alias __MODULE__` and `import :mod` name no file.
        if !base.starts_with(|first: char| first.is_ascii_uppercase()) {
            continue;
        }
        let module = |name: &str| Import::Module(snake_case(name).replace('.', "/"));
        if names.is_empty() {
            found.extend(first_word(base).map(module));
        } else {
            let names = names.split('}').next().unwrap_or("").split(',').filter_map(first_word);
            if !found.can_expand(base) {
                return;
            }
            found.extend(names.map(|name| module(&format!("{base}{name}"))));
        }
    }
}

/// `MyApp.UserName` as `my_app.user_name`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut previous = '.';
    for character in name.chars() {
        if character.is_uppercase() && (previous.is_lowercase() || previous.is_ascii_digit()) {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
        previous = character;
    }
    snake
}

#[cfg(test)]
mod tests {
    use debtscan_model::{Import, Language};

    use super::{has_imports, imports};

    /// Checks that a text imports exactly these; relative ones are written with a leading `~`.
    fn check(language: &'static str, text: &str, expected: &[&str]) {
        let found = imports(Language(language), text.as_bytes()).expect("a language with imports");
        let mut found: Vec<String> = found
            .into_iter()
            .map(|import| match import {
                Import::Relative(path) => format!("~{path}"),
                Import::Module(path) => path,
            })
            .collect();
        found.sort();
        let mut expected: Vec<&str> = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{language}: {text}");
    }

    #[test]
    fn c_includes() {
        check("C", "#include \"a/b.h\"\n # include <sys/x.h>\nint include;\n", &["~a/b.h", "sys/x.h"]);
        check("Objective-C", "#import \"A.h\" // #include\n", &["~A.h"]);
    }

    #[test]
    fn python_imports_and_from_imports() {
        check("Python", "import os, a.b as c  # x\n", &["os", "a/b"]);
        check("Python", "from a.b import c, d as e\n", &["a/b", "a/b/c", "a/b/d"]);
        check("Python", "from a import (b,  # x\n    c)\nx = 1\n", &["a", "a/b", "a/c"]);
        check("Python", "from . import x\nfrom ..y.z import *\n", &["~x", "~../y/z"]);
        check("Python", "    from a import b\n", &["a", "a/b"]);
    }

    #[test]
    fn java_imports() {
        check(
            "Java",
            "import a.b.C;\nimport static a.D.e;\nimport a.f.*;\n",
            &["a/b/C", "a/D", "a/D/e", "a/f/*"],
        );
    }

    #[test]
    fn go_imports() {
        let text =
            "package x\nimport \"fmt\"\nimport (\n\ty \"a.b/c\"\n\t_ \"d\"\n)\nfunc f() { g(\"import\") }\n";
        check("Go", text, &["fmt", "a.b/c", "d"]);
    }

    #[test]
    fn javascript_imports() {
        let text = "import a from './a'\nexport * from \"b\"\nconst c = require('../c')\nimport('./d')\nimport './e'\n";
        check("TypeScript", text, &["~./a", "b", "~../c", "~./d", "~./e"]);
    }

    #[test]
    fn repeated_prefixes_are_bounded_by_the_size_of_the_file() {
        let deep = format!("use {}b;", "a::{".repeat(200));
        let long_base = format!("from {} import {}\n", "a".repeat(2_000), "b, ".repeat(2_000));
        let long_group = format!("alias {}.{{{}B}}\n", "A".repeat(2_000), "B, ".repeat(2_000));
        for (language, text) in [("Rust", deep), ("Python", long_base), ("Elixir", long_group)] {
            assert_eq!(imports(Language(language), text.as_bytes()), None, "{language}");
        }
        // A group of real size with a long prefix.
        let group = format!("use {}{{{}}};", "long_name::".repeat(6), "name, ".repeat(300));
        assert!(imports(Language("Rust"), group.as_bytes()).is_some());
    }

    #[test]
    fn rust_use_trees() {
        check("Rust", "use crate::a::{b, c::{self, D as E}};\n", &["crate/a/b", "crate/a/c", "crate/a/c/D"]);
        check("Rust", "pub(crate) use super::x::*;\npub mod y;\nmod z { }\n", &["super/x", "self/y"]);
        check("Rust", "use a::{\n    b,\n    c, // d\n};\n", &["a/b", "a/c"]);
    }

    #[test]
    fn ruby_and_perl() {
        check("Ruby", "require_relative 'a'\nrequire \"b/c\"\n", &["~a", "b/c"]);
        check("Perl", "use strict;\nuse Git::I18N qw(x);\nrequire Git;\n", &["Git/I18N", "Git"]);
    }

    #[test]
    fn dart_and_elixir() {
        let text = "import 'dart:io';\nimport \"package:x/src/a.dart\" as a;\nexport '../b.dart';\npart 'c.g.dart';\npart of 'd.dart';\n";
        check("Dart", text, &["lib/src/a.dart", "~../b.dart", "~c.g.dart"]);
        let text = "alias MyApp.{UserName, Repo}\n  use MyApp.Web, :controller\nimport Ecto.Query\nrequire Logger\nalias __MODULE__\n";
        let expected = ["my_app/user_name", "my_app/repo", "my_app/web", "ecto/query", "logger"];
        check("Elixir", text, &expected);
    }

    #[test]
    fn scripts_name_files_and_php_names_classes() {
        let text = ". ./test-lib.sh\nsource \"$DIR\"/lib/a.sh arg\n. \"$(dirname \"$0\")/b.sh\"\necho . x\n. $FILE\n";
        check("Shell", text, &["test-lib.sh", "lib/a.sh", "b.sh"]);
        let text = "local m = require(\"a.b\")\nrequire 'c'\n-- required\n";
        check("Lua", text, &["a/b", "c"]);
        let text = ". $PSScriptRoot\\lib\\a.ps1\nImport-Module ./b.psm1 -Force\nusing module ./c.psm1\nImport-Module Pester\n";
        check("PowerShell", text, &["lib/a.ps1", "b.psm1", "c.psm1"]);
        check("R", "source(\"R/a.R\")\nsource('b.R', local = TRUE)\nlibrary(x)\n", &["R/a.R", "b.R"]);
        let text = "<?php\nuse A\\B\\C;\nuse A\\{D, E as F};\nuse function A\\g;\nrequire_once __DIR__ . '/x/y.php';\n$f = function () use ($a) {};\n";
        check("PHP", text, &["A/B/C", "A/D", "A/E", "x/y.php"]);
    }

    #[test]
    fn other_languages_are_not_known() {
        assert!(!has_imports(Language("COBOL")));
        assert_eq!(imports(Language("COBOL"), b"COPY A."), None);
        assert_eq!(imports(Language("C"), b""), Some(Vec::new()));
    }
}
