//! Questions and answers as bytes: a length each for head and content, the head, the content.

use std::io::{self, Read, Write};

use debtscan_complexity::{ExceededLimit, Limits, Marker, Markers, Measurement, grammars};
use debtscan_model::{ComplexityMeasure, FileComplexity, FunctionComplexity, Language, TodoWord};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Bytes that any answer may have, and those per byte of the content.
const LEAST_ANSWER: u64 = 1 << 20;
const ANSWER_PER_BYTE: u64 = 64;

/// What is asked about a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) what: Wanted,
    /// By its name; one that is parsed.
    pub(crate) language: String,
    pub(crate) max_bytes: u64,
    pub(crate) max_steps: u64,
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Wanted {
    Complexity,
    Markers,
}

/// What a worker says of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum WireAnswer {
    Complexity(WireMeasurement),
    Markers { by_syntax_tree: bool, found: Vec<WireMarker> },
}

/// A [`Measurement`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WireMeasurement {
    limited: Option<WireLimit>,
    is_tree: bool,
    had_syntax_errors: bool,
    indentation: u64,
    lines: u32,
    sloc: u32,
    max_indentation: u32,
    top_level_cyclomatic: u32,
    top_level_cognitive: u32,
    unparsed_lines: u32,
    functions: Vec<WireFunction>,
}

/// An [`ExceededLimit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum WireLimit {
    TooLarge,
    Steps,
    Stopped,
}

/// A [`FunctionComplexity`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct WireFunction {
    name: String,
    first_line: u32,
    last_line: u32,
    sloc: u32,
    cyclomatic: u32,
    cognitive: u32,
    max_nesting: u32,
    parameters: u32,
}

/// A [`Marker`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WireMarker {
    line: u32,
    /// Its position in [`TodoWord::ALL`].
    word: u8,
    text: String,
}

impl Question {
    pub(crate) fn limits(&self) -> Limits {
        Limits { max_bytes: usize::try_from(self.max_bytes).unwrap_or(usize::MAX), max_steps: self.max_steps }
    }

    /// The language of this name; `None` if it is not parsed.
    pub(crate) fn language(&self) -> Option<Language> {
        grammars().find(|language| language.0 == self.language)
    }
}

impl From<&Measurement> for WireMeasurement {
    fn from(measurement: &Measurement) -> Self {
        let it = &measurement.complexity;
        Self {
            limited: measurement.limited.map(|limit| match limit {
                ExceededLimit::TooLarge => WireLimit::TooLarge,
                ExceededLimit::ParseBudget => WireLimit::Steps,
                ExceededLimit::Stopped => WireLimit::Stopped,
            }),
            is_tree: it.measure == ComplexityMeasure::SyntaxTree,
            had_syntax_errors: it.had_syntax_errors,
            indentation: it.indentation,
            lines: it.lines,
            sloc: it.sloc,
            max_indentation: it.max_indentation,
            top_level_cyclomatic: it.top_level_cyclomatic,
            top_level_cognitive: it.top_level_cognitive,
            unparsed_lines: it.unparsed_lines,
            functions: it.functions.iter().map(WireFunction::from).collect(),
        }
    }
}

impl From<&FunctionComplexity> for WireFunction {
    fn from(function: &FunctionComplexity) -> Self {
        Self {
            name: function.name.clone(),
            first_line: function.first_line,
            last_line: function.last_line,
            sloc: function.sloc,
            cyclomatic: function.cyclomatic,
            cognitive: function.cognitive,
            max_nesting: function.max_nesting,
            parameters: function.parameters,
        }
    }
}

impl WireMeasurement {
    /// The measurement; `None` if it cannot be that of any file: a worker that a file has taken over may say anything.
    pub(crate) fn measurement(self) -> Option<Measurement> {
        let n_lines = self.lines;
        let function = |it: WireFunction| {
            let is_possible = 1 <= it.first_line && it.first_line <= it.last_line && it.last_line <= n_lines;
            is_possible.then_some(FunctionComplexity {
                name: it.name,
                first_line: it.first_line,
                last_line: it.last_line,
                sloc: it.sloc,
                cyclomatic: it.cyclomatic,
                cognitive: it.cognitive,
                max_nesting: it.max_nesting,
                parameters: it.parameters,
            })
        };
        let functions: Option<Vec<_>> = self.functions.into_iter().map(function).collect();
        Some(Measurement {
            complexity: FileComplexity {
                measure: if self.is_tree {
                    ComplexityMeasure::SyntaxTree
                } else {
                    ComplexityMeasure::Indentation
                },
                lines: self.lines,
                sloc: self.sloc,
                indentation: self.indentation,
                max_indentation: self.max_indentation,
                functions: functions?,
                top_level_cyclomatic: self.top_level_cyclomatic,
                top_level_cognitive: self.top_level_cognitive,
                had_syntax_errors: self.had_syntax_errors,
                unparsed_lines: self.unparsed_lines,
            },
            limited: self.limited.map(|limit| match limit {
                WireLimit::TooLarge => ExceededLimit::TooLarge,
                WireLimit::Steps => ExceededLimit::ParseBudget,
                WireLimit::Stopped => ExceededLimit::Stopped,
            }),
        })
    }
}

impl WireMarker {
    pub(crate) fn new(marker: &Marker) -> Self {
        let word = TodoWord::ALL.iter().position(|word| *word == marker.word);
        let word = word.and_then(|word| u8::try_from(word).ok()).unwrap_or(0);
        Self { line: marker.line, word, text: marker.text.clone() }
    }

    fn marker(self) -> Option<Marker> {
        let word = *TodoWord::ALL.get(usize::from(self.word))?;
        Some(Marker { line: self.line, word, text: self.text })
    }
}

/// The markers; `None` if a worker names a word that there is not.
pub(crate) fn markers(by_syntax_tree: bool, found: Vec<WireMarker>) -> Option<Markers> {
    let found: Option<Vec<Marker>> = found.into_iter().map(WireMarker::marker).collect();
    Some(Markers { found: found?, by_syntax_tree })
}

/// The bytes that an answer about a content may have.
pub(crate) fn max_answer(content: usize) -> u64 {
    LEAST_ANSWER + ANSWER_PER_BYTE * content as u64
}

/// Writes a message.
pub(crate) fn write(to: &mut impl Write, head: &impl Serialize, content: &[u8]) -> io::Result<()> {
    let head = postcard::to_stdvec(head).map_err(io::Error::other)?;
    to.write_all(&(head.len() as u64).to_le_bytes())?;
    to.write_all(&(content.len() as u64).to_le_bytes())?;
    to.write_all(&head)?;
    to.write_all(content)?;
    to.flush()
}

/// Reads a message of at most `limit` bytes; `None` at the end of the input.
pub(crate) fn read<T: DeserializeOwned>(
    from: &mut impl Read,
    limit: u64,
) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut lengths = [0_u8; 16];
    if from.read(&mut lengths[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut lengths[1..])?;
    let length = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let (head, content) = (length(&lengths[..8]), length(&lengths[8..]));
    if head.checked_add(content).is_none_or(|sum| sum > limit) {
        return Err(io::Error::other("a message is longer than allowed"));
    }
    let mut part = |length: u64| {
        let mut bytes = Vec::new();
        // Not by an allocation in advance: the length is only claimed.
        let read = from.by_ref().take(length).read_to_end(&mut bytes)?;
        if read as u64 == length { Ok(bytes) } else { Err(io::Error::from(io::ErrorKind::UnexpectedEof)) }
    };
    let head = part(head)?;
    let content = part(content)?;
    Ok(Some((postcard::from_bytes(&head).map_err(io::Error::other)?, content)))
}

#[cfg(test)]
mod tests {
    use debtscan_complexity::{Limits, Measurer};
    use debtscan_model::Language;

    use super::{WireAnswer, WireMeasurement, read, write};

    #[test]
    fn a_measurement_survives_the_way() {
        let code = b"int f(int a) { if (a) { return 1; } return 2; }\nint g(void) { return 1; }\n";
        let measured = Measurer::new().measure(Some(Language("C")), code, &Limits::default());
        let mut bytes = Vec::new();
        write(&mut bytes, &WireAnswer::Complexity(WireMeasurement::from(&measured)), &[]).expect("in memory");
        let (answer, _) = read::<WireAnswer>(&mut &bytes[..], 1 << 20).expect("whole").expect("there");
        let WireAnswer::Complexity(wire) = answer else { panic!("{answer:?}") };
        assert_eq!(wire.measurement(), Some(measured));
    }

    #[test]
    fn damage_and_length_are_refused() {
        let mut bytes = Vec::new();
        write(&mut bytes, &WireAnswer::Markers { by_syntax_tree: true, found: Vec::new() }, b"abc")
            .expect("written");
        assert!(read::<WireAnswer>(&mut &bytes[..], 4).is_err(), "too long");
        for end in 1..bytes.len() {
            assert!(read::<WireAnswer>(&mut &bytes[..end], 1 << 20).is_err(), "{end}");
        }
        assert!(read::<WireAnswer>(&mut &[0xff_u8; 40][..], u64::MAX).is_err());
        assert!(read::<WireAnswer>(&mut &[][..], 1 << 20).expect("the end").is_none());
    }

    #[test]
    fn functions_outside_the_file_are_refused() {
        let code = b"int f(void) { return 1; }\n";
        let mut measured = Measurer::new().measure(Some(Language("C")), code, &Limits::default());
        measured.complexity.functions[0].last_line = 9;
        assert_eq!(WireMeasurement::from(&measured).measurement(), None);
    }
}
