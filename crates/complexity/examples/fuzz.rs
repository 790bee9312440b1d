//! Measures damaged source files until the time is over, and prints how many: `fuzz LANGUAGE SECONDS SEEDS LAST`.
//!
//! SEEDS is a folder of source files. Each input is written to the file LAST before it is measured, so that it is
//! there if the C code ends the process. `cargo xtask sanitize` runs this with sanitizers.
#![expect(clippy::print_stdout, reason = "an example is for people to run and read")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use debtscan_complexity::{Limits, Measurer, grammars};

/// Longest input in bytes: small ones run often, and a known bomb of this size takes no more than 200 MB.
const LONGEST: usize = 2_048;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        grammars().for_each(|language| println!("{language}"));
        return Ok(());
    }
    let [name, seconds, seeds, last] = &arguments[..] else {
        return Err("usage: fuzz LANGUAGE SECONDS SEEDS LAST; without arguments: the languages".into());
    };
    let language = grammars().find(|language| language.0 == name).ok_or("no such language")?;
    let seeds = read_all(Path::new(seeds))?;
    let deadline = Instant::now() + Duration::from_secs(seconds.parse()?);
    let mut random = FuzzRandom(0x9e37_79b9_7f4a_7c15 ^ name.len() as u64);
    let mut executions = 0_u64;
    while Instant::now() < deadline {
        let input = damaged(&seeds, &mut random);
        fs::write(last, &input)?;
        // A measurer per file, as a tree may depend on what the parser kept.
        Measurer::new().measure(Some(language), &input, &Limits::default());
        executions += 1;
    }
    println!("{executions}");
    Ok(())
}

/// All files below a folder, sorted by path.
fn read_all(folder: &Path) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { pending.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let contents: Vec<Vec<u8>> = files.iter().map(fs::read).collect::<Result<_, _>>()?;
    Ok(contents.into_iter().filter(|content| content.len() > 64).collect())
}

/// A generator that gives the same inputs on every machine (Knuth's constants).
struct FuzzRandom(u64);

impl FuzzRandom {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    /// A part of some bytes, of at most this length.
    fn part<'a>(&mut self, bytes: &'a [u8], longest: usize) -> &'a [u8] {
        let start = self.below(bytes.len());
        let end = (start + 1 + self.below(longest)).min(bytes.len());
        &bytes[start..end]
    }
}

/// A piece of a seed with parts removed, repeated or brought in from other seeds.
fn damaged(seeds: &[Vec<u8>], random: &mut FuzzRandom) -> Vec<u8> {
    let seed = &seeds[random.below(seeds.len())];
    let mut input = random.part(seed, LONGEST).to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(input.len() + 1);
        let insert: Vec<u8> = match random.below(5) {
            0 => {
                let end = (at + random.below(40)).min(input.len());
                input.drain(at..end);
                continue;
            }
            1 => vec![u8::try_from(random.below(256)).unwrap_or(0)],
            2 => {
                let seed = random.below(seeds.len());
                random.part(&seeds[seed], 60).to_vec()
            }
            // Repeated tokens are what parsers do worst with.
            _ => {
                let times = 1 + random.below(400);
                random.part(seed, 6).repeat(times)
            }
        };
        input.splice(at..at, insert);
        input.truncate(LONGEST);
    }
    input
}
