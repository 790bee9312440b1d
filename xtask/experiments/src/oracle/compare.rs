//! Pairs functions of two tools and sorts their differences.

use std::collections::BTreeMap;

use super::own::OwnFunction;
use super::tools::{ComplexityFigure, OtherTool, ToolFunction, last_part};

/// Signs in a function's text that classify differences; the first match decides.
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
struct DifferenceGroup {
    functions: usize,
    /// Sum of the tool's figures minus debtscan's.
    difference: i64,
    example: String,
}

/// Prints a line for a language, a tool and a figure; nothing if the tool does not compute the figure.
pub(super) fn print(
    language: &str,
    tool: OtherTool,
    figure: ComplexityFigure,
    ours: &[OwnFunction],
    theirs: &[ToolFunction],
) {
    let mut matched = 0_usize;
    let mut equal = 0_usize;
    let mut classes: BTreeMap<usize, DifferenceGroup> = BTreeMap::new();
    for (own, other) in pairs(ours, theirs) {
        let (mine, said) = match figure {
            ComplexityFigure::Cyclomatic => (own.cyclomatic, other.cyclomatic),
            ComplexityFigure::Cognitive => (own.cognitive, other.cognitive),
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
        "{language} | {} | {} | {matched} of {} | {equal} | {share:.1}%",
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
fn pairs<'a>(
    ours: &'a [OwnFunction],
    theirs: &'a [ToolFunction],
) -> Vec<(&'a OwnFunction, &'a ToolFunction)> {
    let mut by_file: BTreeMap<&str, Vec<&OwnFunction>> = BTreeMap::new();
    for own in ours {
        by_file.entry(&own.file).or_default().push(own);
    }
    let mut pairs = Vec::new();
    for other in theirs {
        let Some(candidates) = by_file.get_mut(other.file.as_str()) else { continue };
        let has_name = |own: &OwnFunction| other.name.is_empty() || last_part(&own.name) == other.name;
        let begins = |own: &OwnFunction| match other.line {
            Some(line) if other.name.is_empty() => own.lines.0 == line,
            Some(line) => own.lines.0 <= line && line <= own.lines.1,
            None => true,
        };
        // The innermost function begins last; a tool without lines lists functions of one name in order.
        let fits = |own: &&OwnFunction| has_name(own) && begins(own);
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
fn sign(own: &OwnFunction) -> usize {
    let text = std::fs::read(&own.file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_default();
    let (first, last) = (own.lines.0 as usize - 1, own.lines.1 as usize);
    let body: String = text.lines().take(last).skip(first).flat_map(|line| [line, "\n"]).collect();
    let has = |words: &[&str]| words.iter().any(|word| body.contains(word));
    SIGNS.iter().position(|(_, words)| has(words)).unwrap_or(SIGNS.len() - 1)
}
