//! Pairs functions of two tools and sorts their differences.

use std::collections::BTreeMap;

use super::Ours;
use super::tools::{Figure, Theirs, Tool, last_part};

/// Signs in a function's text that tell differences apart, the first that is there deciding.
const SIGNS: [(&str, &[&str]); 12] = [
    ("preprocessor", &["#if", "#elif", "#ifdef"]),
    ("macro", &["macro_rules!", "#define", "FOREACH", "for_each"]),
    (
        "nested function or closure",
        &["=> {", "-> {", "function(", "function (", "lambda", "|| ", " fn ", " do |"],
    ),
    ("coalescing", &["??", "?:", "||=", "&&="]),
    ("optional chaining or ?", &["?.", ")?", "?;"]),
    ("match, when, switch", &["switch", "match ", "when ", "case "]),
    ("exception handler", &["catch", "rescue", "except", "finally"]),
    ("comprehension", &[" for "]),
    ("modifier or until", &[" unless ", " until ", "guard "]),
    ("jump or loop", &["goto ", "loop ", "repeat"]),
    ("operator sequence", &["&&", "||", " and ", " or "]),
    ("other", &[""]),
];

/// The differences with one sign.
#[derive(Default)]
struct Class {
    functions: usize,
    /// Sum of theirs less ours.
    difference: i64,
    example: String,
}

/// Prints a line for a language, a tool and a figure; nothing when the tool has no such figure.
pub(super) fn print(language: &str, tool: Tool, figure: Figure, ours: &[Ours], theirs: &[Theirs]) {
    let mut matched = 0_usize;
    let mut equal = 0_usize;
    let mut classes: BTreeMap<usize, Class> = BTreeMap::new();
    for (own, other) in pairs(ours, theirs) {
        let (mine, said) = match figure {
            Figure::Cyclomatic => (own.cyclomatic, other.cyclomatic),
            Figure::Cognitive => (own.cognitive, other.cognitive),
        };
        let Some(said) = said else { continue };
        matched += 1;
        if mine == said {
            equal += 1;
            continue;
        }
        let class = classes.entry(sign(own)).or_default();
        class.functions += 1;
        class.difference += i64::from(said) - i64::from(mine);
        if class.example.is_empty() {
            let file = own.file.rsplit('/').next().unwrap_or_default();
            class.example = format!("{file}:{} {} {mine}/{said}", own.lines.0, own.name);
        }
    }
    if matched == 0 {
        return;
    }
    let share = equal as f64 * 100.0 / matched as f64;
    println!(
        "{language} | {} | {} | {matched} of {} | {equal} | {share:.1} %",
        tool.name(),
        figure.name(),
        theirs.len()
    );
    for (sign, class) in classes {
        let name = SIGNS[sign].0;
        println!("    {:5} {name}, {:+} in all, as {}", class.functions, class.difference, class.example);
    }
}

/// Functions of the same file that begin on the same line, or have the same name and begin inside.
fn pairs<'a>(ours: &'a [Ours], theirs: &'a [Theirs]) -> Vec<(&'a Ours, &'a Theirs)> {
    let mut by_file: BTreeMap<&str, Vec<&Ours>> = BTreeMap::new();
    for own in ours {
        by_file.entry(&own.file).or_default().push(own);
    }
    let mut pairs = Vec::new();
    for other in theirs {
        let Some(candidates) = by_file.get_mut(other.file.as_str()) else { continue };
        let has_name = |own: &Ours| other.name.is_empty() || last_part(&own.name) == other.name;
        let begins = |own: &Ours| match other.line {
            Some(line) if other.name.is_empty() => own.lines.0 == line,
            Some(line) => own.lines.0 <= line && line <= own.lines.1,
            None => true,
        };
        // The innermost begins last; a tool without lines gives functions of a name in order.
        let fits = |own: &&Ours| has_name(own) && begins(own);
        let position = if other.line.is_some() {
            candidates.iter().rposition(&fits)
        } else {
            candidates.iter().position(fits)
        };
        if let Some(position) = position {
            pairs.push((candidates.remove(position), other));
        }
    }
    pairs
}

/// The first sign in the text of a function.
fn sign(own: &Ours) -> usize {
    let text = std::fs::read(&own.file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_default();
    let (first, last) = (own.lines.0 as usize - 1, own.lines.1 as usize);
    let body: String = text.lines().take(last).skip(first).flat_map(|line| [line, "\n"]).collect();
    let has = |words: &[&str]| words.iter().any(|word| body.contains(word));
    SIGNS.iter().position(|(_, words)| has(words)).unwrap_or(SIGNS.len() - 1)
}
