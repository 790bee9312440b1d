//! Prints the complexity of every function in the files given as arguments, as tab-separated
//! values, or with `--speed` how many bytes per second are measured. The language is the first
//! argument: `complexity Java src/*.java`.
#![expect(clippy::print_stdout, reason = "an example is for people to run and read")]

use std::error::Error;
use std::time::Instant;

use debtscan_complexity::{Limits, Measurer, grammars};
use debtscan_model::Language;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let is_speed = arguments.next_if(|first| first == "--speed").is_some();
    let name = arguments.next().ok_or("usage: complexity [--speed] <language> <file>...")?;
    let language = grammars().find(|language| language.0 == name);
    let mut contents = Vec::new();
    for path in arguments {
        let content = std::fs::read(&path).map_err(|error| format!("reading {path}: {error}"))?;
        contents.push((path, content));
    }
    if is_speed {
        print_speed(language, &contents);
    } else {
        print_functions(language, &contents);
    }
    Ok(())
}

fn print_speed(language: Option<Language>, contents: &[(String, Vec<u8>)]) {
    let mut measurer = Measurer::new();
    let (mut functions, mut broken, mut limited) = (0, 0, 0);
    let start = Instant::now();
    for (_, content) in contents {
        let measured = measurer.measure(language, content, &Limits::default());
        functions += measured.complexity.functions.len();
        broken += usize::from(measured.complexity.had_syntax_errors);
        limited += usize::from(measured.limited.is_some());
    }
    let seconds = start.elapsed().as_secs_f64();
    let bytes: usize = contents.iter().map(|(_, content)| content.len()).sum();
    println!(
        "{} files ({broken} with syntax errors, {limited} limited), {functions} functions, {bytes} bytes, \
         {:.2} MB/s of wall time",
        contents.len(),
        bytes as f64 / seconds / 1e6
    );
}

fn print_functions(language: Option<Language>, contents: &[(String, Vec<u8>)]) {
    let mut measurer = Measurer::new();
    println!("path\tfirst_line\tlast_line\tname\tcyclomatic\tcognitive\tmax_nesting\tparameters\tsloc");
    for (path, content) in contents {
        let file = measurer.measure(language, content, &Limits::default()).complexity;
        for f in &file.functions {
            println!(
                "{path}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                f.first_line,
                f.last_line,
                f.name,
                f.cyclomatic,
                f.cognitive,
                f.max_nesting,
                f.parameters,
                f.sloc
            );
        }
        println!(
            "{path}\t1\t{}\t<top-level>\t{}\t{}\t0\t0\t{}",
            file.lines, file.top_level_cyclomatic, file.top_level_cognitive, file.sloc
        );
    }
}
