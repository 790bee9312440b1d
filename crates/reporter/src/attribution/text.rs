//! Evidence in text: the files that stack traces and sentences name.
//!
//! One reading serves all languages, because their traces agree in the main: a path, then a line.
//! `File "app/x.py", line 3`, `at f (/app/x.js:10:5)`, `/go/src/pkg/f.go:12 +0x1d`,
//! `at ./src/main.rs:10:5`, `in C:\src\App\Foo.cs:line 42`, `/app/lib/x.rb:12:in 'f'`,
//! `#0 /var/www/src/Foo.php(12): f()`, `#1 0x00 in f () at ../lib/x.c:12`. Java's frames name a class
//! instead, `at org.shop.Cart$1.add(Cart.java:12)`, from which the path follows.

use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{FileClass, FileIdx, Scan};
use rustc_hash::FxHashMap;

/// Frames that count. In a study of 3,940 bugs with stack traces, nine of ten were fixed in one of the
/// first ten frames, and two of five in the very first (Schröter, Bettenburg, Premraj: Do stack traces
/// help developers fix bugs? MSR 2010).
const FRAMES: usize = 10;

/// Divisible by every number up to [`FRAMES`], so that the parts 1, 1/2, 1/3 ... are exact.
const FIRST_WEIGHT: u64 = 2520;

/// Parts of paths of code that came with the platform or a package manager.
const FOREIGN: [&str; 12] = [
    "site-packages/",
    "dist-packages/",
    "node_modules/",
    "node:internal/",
    "/rustc/",
    "/.cargo/registry/",
    "/pkg/mod/",
    "/gems/",
    "vendor/bundle/",
    "/usr/lib/",
    "/usr/include/",
    "/usr/local/go/",
];

/// Source files, to be found by the end of a path.
pub(super) struct TextIndex<'a> {
    scan: &'a Scan,
    /// By file name: present source files, or the deleted ones where there are none.
    by_name: FxHashMap<&'a [u8], Vec<FileIdx>>,
}

impl<'a> TextIndex<'a> {
    pub(super) fn new(scan: &'a Scan) -> Self {
        let mut by_name: FxHashMap<&[u8], Vec<FileIdx>> = FxHashMap::default();
        // Present files first: a deleted one is meant only if no present one has its name.
        for is_present in [true, false] {
            let mut found: FxHashMap<&[u8], Vec<FileIdx>> = FxHashMap::default();
            for (index, file) in scan.files.iter().enumerate() {
                if file.class == FileClass::Source && file.present.is_some() == is_present {
                    found.entry(file.path.file_name()).or_default().push(FileIdx::new(index));
                }
            }
            #[expect(clippy::iter_over_hash_type, reason = "goes into a map; no order is kept")]
            for (name, files) in found {
                by_name.entry(name).or_insert(files);
            }
        }
        Self { scan, by_name }
    }

    /// The files that texts name, with weights 1, 1/2, 1/3 ... in the order of the frames, innermost
    /// first: sorted by file, unique, weights at least 1; empty when none is named.
    pub(super) fn named(&self, texts: &[&str]) -> Vec<(FileIdx, u64)> {
        let mut seen = BTreeSet::new();
        let mut weights = BTreeMap::new();
        for path in texts.iter().flat_map(|text| paths(text)) {
            // Recursion repeats frames; a file counts where it is named first.
            let Some(file) = self.find(&path).filter(|file| seen.insert(*file)) else { continue };
            weights.insert(file, FIRST_WEIGHT / seen.len() as u64);
            if seen.len() == FRAMES {
                break;
            }
        }
        weights.into_iter().collect()
    }

    /// The one file whose path agrees with the end of this one over the most components. `None` when
    /// several do, or when less agrees than a file's whole path, the whole text, or two components.
    fn find(&self, text: &str) -> Option<FileIdx> {
        if FOREIGN.iter().any(|part| text.contains(part)) {
            return None;
        }
        let parts: Vec<&[u8]> =
            // `../lib/x.c` is relative to a build folder that nobody knows.
            text.split('/').filter(|part| !matches!(*part, "" | "." | "..")).map(str::as_bytes).collect();
        let candidates = self.by_name.get(parts.last().copied()?)?;
        let agreement = |file: &FileIdx| {
            let components = self.scan.file(*file).path.components().rev();
            components.zip(parts.iter().rev()).take_while(|(a, b)| &&***a == *b).count()
        };
        let best = candidates.iter().map(agreement).max()?;
        let mut best_files = candidates.iter().filter(|file| agreement(file) == best);
        let file = *best_files.next()?;
        let is_whole = self.scan.file(file).path.components().count() == best;
        let is_enough = is_whole || best == parts.len() || best >= 2;
        (best_files.next().is_none() && is_enough).then_some(file)
    }
}

/// Everything in a text that looks like a path to a file, `/` between its parts, innermost frame first.
fn paths(text: &str) -> Vec<String> {
    let mut blocks: Vec<Vec<String>> = vec![Vec::new()];
    let mut is_reversed = false;
    for line in text.lines() {
        // Of nested Java exceptions, the last is where it began.
        if line.trim_start().starts_with("Caused by:") {
            blocks.push(Vec::new());
        }
        // Python prints the innermost frame last.
        is_reversed |= line.contains("most recent call last");
        let found = java_frame(line).map_or_else(|| words(line).collect(), |path| vec![path]);
        blocks.last_mut().expect("there is one").extend(found);
    }
    blocks.reverse();
    let mut paths: Vec<String> = blocks.into_iter().flatten().collect();
    if is_reversed {
        paths.reverse();
    }
    paths
}

/// `at org.shop.Cart$1.add(Cart.java:12)` to `org/shop/Cart.java`.
fn java_frame(line: &str) -> Option<String> {
    let (name, rest) = line.trim().strip_prefix("at ")?.split_once('(')?;
    let file = rest.split([':', ')']).next()?;
    let (_, extension) = file.rsplit_once('.')?;
    // JavaScript prints `at name (file)` as well, but its names are no folders.
    if !matches!(extension, "java" | "kt" | "scala" | "groovy") {
        return None;
    }
    // `app//` and `java.base/` name a loader or module.
    let name = name.rsplit('/').next().unwrap_or(name);
    let is_package = |part: &&str| part.starts_with(|letter: char| letter.is_lowercase() || letter == '_');
    let mut parts: Vec<&str> = name.split('.').take_while(is_package).collect();
    parts.push(file);
    Some(parts.join("/"))
}

fn words(line: &str) -> impl Iterator<Item = String> {
    let is_border = |letter: char| letter.is_whitespace() || "\"'`()[]<>{},;|*".contains(letter);
    line.split(is_border).filter_map(path)
}

/// A word without its line number, if what remains has a file name with an extension.
fn path(word: &str) -> Option<String> {
    // Most words end here.
    if !word.contains('.') {
        return None;
    }
    let word = word.replace('\\', "/");
    // Firefox writes `function@https://host/x.js:1:2`.
    let word = word.rsplit_once("@http").map_or(word.as_str(), |(_, rest)| rest);
    let word = word.split(['?', '#']).next().unwrap_or(word);
    let without_line = |word: &str| {
        let (rest, number) = word.rsplit_once(':').unwrap_or((word, ""));
        let is_line = number == "line" || number == "in" || number.bytes().all(|byte| byte.is_ascii_digit());
        if is_line { rest.to_owned() } else { word.to_owned() }
    };
    let mut word = word.trim_end_matches([':', '.']).to_owned();
    // Up to three parts follow a path, as in `x.rb:12:in`.
    for _ in 0..3 {
        word = without_line(&word);
    }
    let name = word.rsplit('/').next().unwrap_or(&word);
    let (stem, extension) = name.rsplit_once('.')?;
    // `1.2.3` is a version, not a file.
    let is_extension = (1..=8).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !extension.bytes().all(|byte| byte.is_ascii_digit());
    (!stem.is_empty() && is_extension).then_some(word)
}

#[cfg(test)]
mod tests {
    use debtscan_model::{FileClass, Scan};

    use super::TextIndex;
    use crate::sample::SampleScan;

    fn sample() -> Scan {
        SampleScan::new()
            .source("core/src/main/java/org/shop/Cart.java", 1, 0)
            .source("core/src/main/java/org/shop/pay/Till.java", 1, 0)
            .source("app/cart.py", 1, 0)
            .source("app/pay/till.py", 1, 0)
            .source("web/src/cart.js", 1, 0)
            .source("web/src/till.ts", 1, 0)
            .source("pkg/cart/cart.go", 1, 0)
            .source("src/main.rs", 1, 0)
            .source("src/App/Cart.cs", 1, 0)
            .source("lib/shop/cart.rb", 1, 0)
            .source("src/Cart.php", 1, 0)
            .source("lib/url.c", 1, 0)
            .source("lib/vtls/openssl.c", 1, 0)
            .source("a/twin.c", 1, 0)
            .source("b/twin.c", 1, 0)
            .present("lib/url_test.c", FileClass::Test, 1, 0)
            .deleted("lib/gone.c", FileClass::Source)
            .build()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let scan = sample();
        let mut named = TextIndex::new(&scan).named(&[text]);
        named.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let paths: Vec<String> = named.iter().map(|(file, _)| scan.file(*file).path.to_string()).collect();
        assert_eq!(paths, expected, "{text}");
    }

    #[test]
    fn java_frames_lead_to_files_and_the_root_cause_comes_first() {
        check(
            "java.lang.IllegalStateException: no\n\
             \tat org.shop.Cart$1.add(Cart.java:12)\n\
             \tat java.base/java.lang.Thread.run(Thread.java:829)\n\
             Caused by: java.io.IOException\n\
             \tat app//org.shop.pay.Till.<init>(Till.java:9)\n\t... 3 more",
            &["core/src/main/java/org/shop/pay/Till.java", "core/src/main/java/org/shop/Cart.java"],
        );
    }

    #[test]
    fn python_writes_the_innermost_frame_last() {
        check(
            "Traceback (most recent call last):\n  File \"/srv/app/cart.py\", line 3, in add\n    pay()\n  \
             File \"/usr/lib/python3/site-packages/app/cart.py\", line 1, in x\n  \
             File \"/srv/app/pay/till.py\", line 9, in pay\nKeyError: 'x.y'",
            &["app/pay/till.py", "app/cart.py"],
        );
    }

    #[test]
    fn traces_of_other_languages_lead_to_files() {
        check("    at add (/app/web/src/cart.js:10:5)\n    at node:internal/main:1:2", &["web/src/cart.js"]);
        check("add@https://shop.example/web/src/cart.js:1:2", &["web/src/cart.js"]);
        check("at webpack:///./src/till.ts?3a1b:10:5", &["web/src/till.ts"]);
        check("main.add(0x1)\n\t/home/ci/go/src/shop/pkg/cart/cart.go:12 +0x1d", &["pkg/cart/cart.go"]);
        check("thread 'main' panicked at src/main.rs:10:5:\nno", &["src/main.rs"]);
        check("   at Shop.Cart.Add() in C:\\build\\src\\App\\Cart.cs:line 42", &["src/App/Cart.cs"]);
        check("/app/lib/shop/cart.rb:12:in 'add'", &["lib/shop/cart.rb"]);
        check("#0 /var/www/html/src/Cart.php(12): add()\n#1 {main}", &["src/Cart.php"]);
        check("PHP Fatal error: x in /var/www/src/Cart.php on line 12", &["src/Cart.php"]);
        check("#1  0x0049 in connect (a=1) at ../../lib/url.c:12", &["lib/url.c"]);
        check("    #0 0x49 in f /src/curl/lib/vtls/openssl.c:100:5", &["lib/vtls/openssl.c"]);
    }

    #[test]
    fn sentences_name_files_too() {
        check("Crash in url.c, see lib/vtls/openssl.c.", &["lib/url.c", "lib/vtls/openssl.c"]);
        check("it was lib/gone.c:7", &["lib/gone.c"]);
        check("https://example.org/o/r/blob/main/lib/url.c#L12", &["lib/url.c"]);
    }

    #[test]
    fn what_is_ambiguous_foreign_or_no_source_leads_nowhere() {
        check("twin.c", &[]);
        check("see b/twin.c", &["b/twin.c"]);
        for text in
            ["lib/url_test.c", "/usr/lib/node/web/src/cart.js", "other/cart.go", "v1.2.3", "e.g. x", ""]
        {
            check(text, &[]);
        }
    }

    #[test]
    fn earlier_frames_weigh_more() {
        let scan = sample();
        let weights: Vec<u64> = TextIndex::new(&scan)
            .named(&["src/main.rs:1 lib/url.c:2", "a/twin.c:3 src/main.rs:9"])
            .into_iter()
            .map(|(_, weight)| weight)
            .collect();
        // a/twin.c, lib/url.c, src/main.rs in path order: third, second, first
        assert_eq!(weights, [840, 1260, 2520]);
    }
}
