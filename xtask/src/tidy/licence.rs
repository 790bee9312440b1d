//! Licences of all crates that a build may hold, against an allow-list.

use super::Finding;

const ALLOWED: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Unlicense",
    "Zlib",
    "ISC",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "BSL-1.0",
    "MIT-0",
];

/// Licences allowed for one crate only: file-level copyleft on a crate that is used unchanged.
const EXCEPTIONS: [(&str, &str); 1] = [("uluru", "MPL-2.0")];

/// Checks one crate; the finding points at its entry in `Cargo.lock`.
pub(super) fn check(package: &str, licence: Option<&str>, lock: &str) -> Option<Finding> {
    let what = match licence.map(|expression| (expression, is_allowed(package, expression))) {
        Some((_, Some(true))) => return None,
        Some((expression, Some(false))) => format!("licence `{expression}` of `{package}` is not allowed"),
        Some((expression, None)) => {
            format!("licence `{expression}` of `{package}` is not an SPDX expression")
        }
        None => format!("`{package}` names no licence"),
    };
    let entry = format!("name = \"{package}\"");
    let line = lock.lines().position(|line| line == entry).map_or(1, |position| position + 1);
    Some(Finding { file: "Cargo.lock".to_owned(), line, what })
}

/// Evaluates an SPDX expression; `None` when it is not one. The old `A/B` reads as `A OR B`.
fn is_allowed(package: &str, expression: &str) -> Option<bool> {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser { package, words: &words };
    let verdict = parser.any()?;
    parser.words.is_empty().then_some(verdict)
}

/// Recursive descent over the words: OR binds loosest, then AND, then WITH.
struct Parser<'a> {
    package: &'a str,
    words: &'a [&'a str],
}

impl Parser<'_> {
    fn take(&mut self, word: &str) -> bool {
        let is_next = self.words.first() == Some(&word);
        if is_next {
            self.words = &self.words[1..];
        }
        is_next
    }

    fn any(&mut self) -> Option<bool> {
        let mut verdict = self.all()?;
        while self.take("OR") {
            verdict |= self.all()?;
        }
        Some(verdict)
    }

    fn all(&mut self) -> Option<bool> {
        let mut verdict = self.one()?;
        while self.take("AND") {
            verdict &= self.one()?;
        }
        Some(verdict)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let verdict = self.any()?;
            return self.take(")").then_some(verdict);
        }
        let (licence, rest) = self.words.split_first()?;
        if matches!(*licence, "OR" | "AND" | "WITH" | ")") {
            return None;
        }
        self.words = rest;
        let mut licence = (*licence).to_owned();
        if self.take("WITH") {
            let (exception, rest) = self.words.split_first()?;
            self.words = rest;
            licence = format!("{licence} WITH {exception}");
        }
        let is_exception = EXCEPTIONS.contains(&(self.package, licence.as_str()));
        Some(is_exception || ALLOWED.contains(&licence.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::{check, is_allowed};

    #[test]
    fn expressions_are_evaluated_not_searched() {
        let table = [
            ("MIT", Some(true)),
            ("MIT OR Apache-2.0", Some(true)),
            ("MIT/Apache-2.0", Some(true)),
            ("GPL-3.0 OR MIT", Some(true)),
            ("GPL-3.0 AND MIT", Some(false)),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", Some(true)),
            ("(MIT OR Apache-2.0) AND NCSA", Some(false)),
            ("MIT OR GPL-3.0 AND NCSA", Some(true)),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", Some(true)),
            ("GPL-2.0 WITH Classpath-exception-2.0", Some(false)),
            ("MPL-2.0", Some(false)),
            ("", None),
            ("MIT OR", None),
            ("MIT Apache-2.0", None),
            ("(MIT", None),
        ];
        for (expression, expected) in table {
            assert_eq!(is_allowed("some-crate", expression), expected, "{expression}");
        }
    }

    #[test]
    fn an_exception_holds_for_its_crate_only() {
        assert_eq!(is_allowed("uluru", "MPL-2.0"), Some(true));
        assert_eq!(is_allowed("another", "MPL-2.0"), Some(false));
    }

    #[test]
    fn findings_point_at_the_lock_file() {
        let lock = "version = 4\n\n[[package]]\nname = \"odd\"\nversion = \"1.0.0\"\n";
        let found = check("odd", Some("GPL-3.0"), lock).expect("not allowed");
        assert_eq!(found.to_string(), "Cargo.lock:4: licence `GPL-3.0` of `odd` is not allowed");
        assert_eq!(
            check("odd", None, lock).expect("none").to_string(),
            "Cargo.lock:4: `odd` names no licence"
        );
        assert_eq!(check("odd", Some("MIT"), lock), None);
    }
}
