//! What holds for the functions of every fixture, whatever its language.

use std::path::{Path, PathBuf};

use debtscan_model::FunctionComplexity;

use crate::measure;

/// Words that cannot be the name of a function in C, C++, C#, Java and Rust. (C# calls a conversion by
/// the type that it leads to, so `int` is not among them.)
const KEYWORDS: [&str; 13] = [
    "if", "else", "for", "while", "do", "switch", "case", "return", "struct", "enum", "static", "const",
    "break",
];

/// The fixtures, with the language that their folder is named after.
fn fixtures() -> Vec<(&'static str, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/complexity");
    let mut found = Vec::new();
    for (folder, language) in [
        ("c", "C"),
        ("cpp", "C++"),
        ("csharp", "C#"),
        ("dart", "Dart"),
        ("elixir", "Elixir"),
        ("go", "Go"),
        ("java", "Java"),
        ("javascript", "JavaScript"),
        ("kotlin", "Kotlin"),
        ("lua", "Lua"),
        ("php", "PHP"),
        ("powershell", "PowerShell"),
        ("python", "Python"),
        ("r", "R"),
        ("ruby", "Ruby"),
        ("rust", "Rust"),
        ("scala", "Scala"),
        ("shell", "Shell"),
        ("swift", "Swift"),
        ("tsx", "TSX"),
        ("typescript", "TypeScript"),
    ] {
        let files = std::fs::read_dir(root.join(folder)).expect("every language has a folder of fixtures");
        let mut files: Vec<PathBuf> =
            files.map(|file| file.expect("the folder can be listed").path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{folder}");
        found.extend(files.into_iter().map(|file| (language, file)));
    }
    found
}

fn functions(language: &'static str, content: impl AsRef<[u8]>) -> Vec<FunctionComplexity> {
    measure(language, content).complexity.functions
}

#[test]
fn no_function_is_called_by_a_keyword_or_by_nothing() {
    for (language, path) in fixtures() {
        let content = std::fs::read(&path).expect("the fixture can be read");
        let has_keywords = matches!(language, "C" | "C++" | "C#" | "Java" | "Rust");
        for function in functions(language, content) {
            let own = function.name.rsplit(['.', ':']).next().unwrap_or_default();
            assert!(!function.name.is_empty(), "{}: {function:?}", path.display());
            assert!(!has_keywords || !KEYWORDS.contains(&own), "{}: {function:?}", path.display());
            let is_text = function.name.contains(['\n', ';', '{', '"']);
            assert!(!is_text, "{}: {function:?}", path.display());
        }
    }
}

#[test]
fn in_c_no_function_lies_inside_another() {
    let mut checked = 0;
    for (_, path) in fixtures().into_iter().filter(|(language, _)| matches!(*language, "C" | "C++")) {
        // Other languages read as C do not parse, which makes no function lie inside another, either.
        let content = std::fs::read(&path).expect("the fixture can be read");
        assert_apart(&functions("C", content), &path);
        checked += 1;
    }
    assert!(checked > 2);
}

/// Cuts of a text anywhere leave no function in another one, and none without a name.
#[test]
fn a_text_cut_anywhere_keeps_its_functions_apart() {
    for (_, path) in fixtures().into_iter().filter(|(language, _)| *language == "C") {
        let content = std::fs::read_to_string(&path).expect("the fixture is text");
        let lines: Vec<&str> = content.lines().collect();
        for left_out in 0..lines.len() {
            let kept = lines.iter().enumerate().filter(|(line, _)| *line != left_out).map(|(_, line)| *line);
            let text = kept.collect::<Vec<_>>().join("\n");
            assert_apart(&functions("C", text), &path);
        }
    }
}

fn assert_apart(functions: &[FunctionComplexity], path: &Path) {
    for pair in functions.windows(2) {
        let is_apart = pair[0].last_line <= pair[1].first_line;
        assert!(is_apart, "{}: {:?} in {:?}", path.display(), pair[1], pair[0]);
    }
    for function in functions {
        let is_keyword =
            KEYWORDS.contains(&function.name.as_str()) || ["int", "void"].contains(&function.name.as_str());
        assert!(!is_keyword, "{}: {function:?}", path.display());
    }
}
