//! Measured files of scanned trees.

use debtscan_model::{
    ComplexityMeasure, FileClass, FileComplexity, FunctionComplexity, Language, SkipReason,
};

use super::codec::{Damaged, Reader, Texts, Writer};
use crate::classify::language;
use crate::table::measured::Depth;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::id::{ObjectId, object_id};

/// A measured file with everything that decided the result: content, path and attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedFile {
    pub(crate) blob: ObjectId,
    /// Only the attributes that decide language and class.
    pub(crate) attributes: PathAttributes,
    pub(crate) class: FileClass,
    pub(crate) language: Option<Language>,
    pub(crate) bytes: u64,
    pub(crate) depth: Depth,
    /// `None` for binary content and for files that were not parsed.
    pub(crate) complexity: Option<FileComplexity>,
    /// The limit that made the measurement coarser.
    pub(crate) reason: Option<SkipReason>,
}

/// A cached file in a segment.
#[derive(Debug)]
pub(super) struct FileEntry {
    pub(super) path: u32,
    /// Compactions since the file was last seen.
    pub(super) age: u8,
    pub(super) file: CachedFile,
}

/// Writes entries: first the fixed parts, then the names of all functions.
pub(super) fn write(entries: &[FileEntry], to: &mut Writer) {
    to.count(entries.len());
    // Names go to a column of their own, because text and numbers compress better apart.
    let mut names = Texts::default();
    for entry in entries {
        to.number(u64::from(entry.path));
        to.byte(entry.age);
        to.bytes(entry.file.blob.as_slice());
        write_attributes(&entry.file.attributes, to);
        to.byte(class_code(entry.file.class));
        write_text(entry.file.language.map(|language| language.0.as_bytes()), to);
        to.number(entry.file.bytes);
        // The depth is stored apart from the complexity, which a parsed binary file lacks as well.
        to.byte(u8::from(entry.file.depth == Depth::Parsed));
        to.byte(match entry.file.reason {
            None => 0,
            Some(SkipReason::TooLargeToParse) => 1,
            Some(SkipReason::ParserStopped) => 3,
            Some(_) => 2,
        });
        write_complexity(entry.file.complexity.as_ref(), &mut names, to);
    }
    names.write(to);
}

fn write_complexity(complexity: Option<&FileComplexity>, names: &mut Texts, to: &mut Writer) {
    let Some(complexity) = complexity else {
        to.byte(0);
        return;
    };
    to.byte(match (complexity.measure, complexity.had_syntax_errors) {
        (ComplexityMeasure::Indentation, false) => 1,
        (ComplexityMeasure::Indentation, true) => 2,
        (ComplexityMeasure::SyntaxTree, false) => 3,
        (ComplexityMeasure::SyntaxTree, true) => 4,
    });
    to.number(complexity.indentation);
    let numbers = [
        complexity.lines,
        complexity.sloc,
        complexity.max_indentation,
        complexity.top_level_cyclomatic,
        complexity.top_level_cognitive,
        complexity.unparsed_lines,
    ];
    to.numbers(&numbers);
    to.count(complexity.functions.len());
    for function in &complexity.functions {
        names.push(function.name.as_bytes());
        let numbers = [
            function.first_line,
            // The length of a function is smaller than its last line, so it takes fewer bytes.
            function.last_line.wrapping_sub(function.first_line),
            function.sloc,
            function.cyclomatic,
            function.cognitive,
            function.max_nesting,
            function.parameters,
        ];
        to.numbers(&numbers);
    }
}

/// Writes classes as one byte each, 0 for an unknown one.
pub(super) fn write_classes(classes: &[Option<FileClass>], to: &mut Writer) {
    to.count(classes.len());
    for class in classes {
        to.byte(class.map_or(0, |class| class_code(class) + 1));
    }
}

/// Reads classes: none, or one per path.
pub(super) fn read_classes(bytes: &[u8], n_paths: usize) -> Result<Vec<Option<FileClass>>, Damaged> {
    let mut from = Reader::new(bytes);
    let count = from.count()?;
    // Files of other revisions are written without classes.
    if count != 0 && count != n_paths {
        return Err(Damaged);
    }
    let classes = from.column(count, |from| match usize::from(from.byte()?).checked_sub(1) {
        None => Ok(None),
        Some(code) => FileClass::ALL.get(code).copied().map(Some).ok_or(Damaged),
    })?;
    from.finish()?;
    Ok(classes)
}

/// Reads entries whose paths are among `n_paths`.
pub(super) fn read(bytes: &[u8], n_paths: usize, hash_len: usize) -> Result<Vec<FileEntry>, Damaged> {
    let mut from = Reader::new(bytes);
    let count = from.count()?;
    let mut entries = from.column(count, |from| {
        let path = from.u32()?;
        if path as usize >= n_paths {
            return Err(Damaged);
        }
        let age = from.byte()?;
        let blob = object_id(from.bytes(hash_len)?);
        let attributes = read_attributes(from)?;
        let class = *FileClass::ALL.get(usize::from(from.byte()?)).ok_or(Damaged)?;
        let language = match read_text(from)? {
            // A language is a static name, so it must be found in this version's table.
            Some(name) => Some(language::language_named(&name).ok_or(Damaged)?),
            None => None,
        };
        let bytes = from.number()?;
        let depth = match from.byte()? {
            0 => Depth::Read,
            1 => Depth::Parsed,
            _ => return Err(Damaged),
        };
        let reason = match from.byte()? {
            0 => None,
            1 => Some(SkipReason::TooLargeToParse),
            2 => Some(SkipReason::ParseTimeout),
            3 => Some(SkipReason::ParserStopped),
            _ => return Err(Damaged),
        };
        let complexity = read_complexity(from)?;
        Ok(FileEntry {
            path,
            age,
            file: CachedFile { blob, attributes, class, language, bytes, depth, complexity, reason },
        })
    })?;
    let names = Texts::read(&mut from)?;
    from.finish()?;
    let functions = entries.iter_mut().filter_map(|entry| entry.file.complexity.as_mut());
    let mut position = 0;
    for function in functions.flat_map(|complexity| &mut complexity.functions) {
        // Functions and names are separate columns, and a damaged file may have more of one than of
        // the other.
        if position >= names.len() {
            return Err(Damaged);
        }
        std::str::from_utf8(names.get(position)).map_err(|_| Damaged)?.clone_into(&mut function.name);
        position += 1;
    }
    if position == names.len() { Ok(entries) } else { Err(Damaged) }
}

fn read_complexity(from: &mut Reader<'_>) -> Result<Option<FileComplexity>, Damaged> {
    let (measure, had_syntax_errors) = match from.byte()? {
        0 => return Ok(None),
        1 => (ComplexityMeasure::Indentation, false),
        2 => (ComplexityMeasure::Indentation, true),
        3 => (ComplexityMeasure::SyntaxTree, false),
        4 => (ComplexityMeasure::SyntaxTree, true),
        _ => return Err(Damaged),
    };
    let indentation = from.number()?;
    let mut complexity = FileComplexity {
        measure,
        lines: from.u32()?,
        sloc: from.u32()?,
        indentation,
        max_indentation: from.u32()?,
        top_level_cyclomatic: from.u32()?,
        top_level_cognitive: from.u32()?,
        unparsed_lines: from.u32()?,
        had_syntax_errors,
        functions: Vec::new(),
    };
    let count = from.count()?;
    complexity.functions = from.column(count, |from| {
        let first_line = from.u32()?;
        let last_line = first_line.checked_add(from.u32()?).ok_or(Damaged)?;
        Ok(FunctionComplexity {
            name: String::new(),
            first_line,
            last_line,
            sloc: from.u32()?,
            cyclomatic: from.u32()?,
            cognitive: from.u32()?,
            max_nesting: from.u32()?,
            parameters: from.u32()?,
        })
    })?;
    Ok(Some(complexity))
}

/// Reads the class of a byte; 0 is none.
fn read_class(from: &mut Reader<'_>) -> Result<Option<FileClass>, Damaged> {
    match usize::from(from.byte()?).checked_sub(1) {
        None => Ok(None),
        Some(code) => FileClass::ALL.get(code).copied().map(Some).ok_or(Damaged),
    }
}

fn class_code(class: FileClass) -> u8 {
    let position = FileClass::ALL.iter().position(|known| *known == class);
    u8::try_from(position.expect("the list holds every class")).expect("few classes")
}

fn write_text(text: Option<&[u8]>, to: &mut Writer) {
    match text {
        None => to.count(0),
        Some(text) => {
            to.count(text.len() + 1);
            to.bytes(text);
        }
    }
}

fn read_text(from: &mut Reader<'_>) -> Result<Option<String>, Damaged> {
    // A length of 0 means no text, which is not the same as an empty one.
    let Some(len) = usize::try_from(from.number()?).map_err(|_| Damaged)?.checked_sub(1) else {
        return Ok(None);
    };
    let text = std::str::from_utf8(from.bytes(len)?).map_err(|_| Damaged)?;
    Ok(Some(text.to_owned()))
}

/// Omits the text rule, which does not affect a measurement.
fn write_attributes(attributes: &PathAttributes, to: &mut Writer) {
    let flags = [attributes.vendored, attributes.generated, attributes.documentation];
    to.byte(flags.iter().fold(0, |code, flag| code * 3 + flag.map_or(0, |flag| 1 + u8::from(flag))));
    write_text(attributes.language.as_deref().map(str::as_bytes), to);
    to.byte(attributes.class.map_or(0, |class| class_code(class) + 1));
}

fn read_attributes(from: &mut Reader<'_>) -> Result<PathAttributes, Damaged> {
    let code = from.byte()?;
    // Three flags with three states each.
    if code >= 27 {
        return Err(Damaged);
    }
    let flag = |divisor: u8| match code / divisor % 3 {
        0 => None,
        set => Some(set == 2),
    };
    Ok(PathAttributes {
        vendored: flag(9),
        generated: flag(3),
        documentation: flag(1),
        language: read_text(from)?,
        class: read_class(from)?,
        ..PathAttributes::default()
    })
}
