//! Areas from CODEOWNERS, in the syntax of GitHub and of GitLab.
//!
//! <https://docs.github.com/articles/about-code-owners>,
//! <https://docs.gitlab.com/user/project/codeowners/reference/>

use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{CodeOwnersFile, Scan};
use globset::Candidate;

use super::error::AreaError;
use super::pattern::{Globs, LONGEST_PATTERN, ends_plainly, glob};
use super::plan::{AreaDraft, AreaPlan};
use debtscan_findings::AreaSource;

/// One area per set of owners; files without owner are the rest.
pub(super) fn plan(scan: &Scan) -> Result<AreaPlan, AreaError> {
    let file = scan.code_owners.as_ref().ok_or(AreaError::NoCodeOwners)?;
    let owners = CodeOwners::read(file);
    let mut positions: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut drafts = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut rules = Vec::new();
    let mut taken = Vec::with_capacity(scan.files.len());
    for file_of_scan in &scan.files {
        let (set, rule) = owners.of(file_of_scan.path.as_bytes());
        taken.push(if set.is_empty() {
            None
        } else {
            let rule = *numbers.entry(rule.clone()).or_insert_with(|| {
                rules.push(rule);
                rules.len() - 1
            });
            let name = set.join(" ");
            let draft = *positions.entry(set).or_insert_with(|| {
                let owner = Some(name.clone());
                drafts.push(AreaDraft { owner, ..AreaDraft::new(name, file.path.to_string()) });
                drafts.len() - 1
            });
            Some((draft, rule))
        });
    }
    let mut plan = AreaPlan::new(AreaSource::CodeOwners, drafts, rules, taken);
    plan.malformed_owner_lines = owners.malformed;
    Ok(plan)
}

/// Who owns each file of the scan by CODEOWNERS: same order as the files, each sorted and unique; empty
/// without such a file.
pub(crate) fn owners_by_file(scan: &Scan) -> Vec<Vec<String>> {
    let Some(file) = &scan.code_owners else { return Vec::new() };
    let owners = CodeOwners::read(file);
    scan.files.iter().map(|file| owners.of(file.path.as_bytes()).0).collect()
}

/// By file of the scan, its owners by CODEOWNERS, joined by a space; empty where it has none. `None`
/// when there is no such file.
pub fn code_owners(scan: &Scan) -> Option<Vec<String>> {
    let file = scan.code_owners.as_ref()?;
    let owners = CodeOwners::read(file);
    Some(scan.files.iter().map(|file| owners.of(file.path.as_bytes()).0.join(" ")).collect())
}

/// The rules of a CODEOWNERS file.
struct CodeOwners {
    sections: Vec<OwnerSection>,
    malformed: u64,
}

/// Rules; the last match counts. A file in GitHub's syntax is one section.
struct OwnerSection {
    globs: Globs,
    /// By glob, its rule.
    rule_of: Vec<usize>,
    rules: Vec<OwnersRule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct OwnersRule {
    /// Counted from 1.
    line: usize,
    pattern: String,
    owners: Vec<String>,
    /// GitLab's `!pattern`: the section does not apply to these files.
    is_exclusion: bool,
}

/// Whose syntax a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    GitHub,
    GitLab,
    /// That of GitLab if it has sections.
    Either,
}

impl CodeOwners {
    /// Each forge looks into a folder of its own; the file may also be where both look.
    fn read(file: &CodeOwnersFile) -> Self {
        let path = file.path.as_bytes();
        let syntax = if path.starts_with(b".gitlab/") {
            Syntax::GitLab
        } else if path.starts_with(b".github/") {
            Syntax::GitHub
        } else {
            Syntax::Either
        };
        Self::parse(&String::from_utf8_lossy(&file.content), syntax)
    }

    fn parse(text: &str, syntax: Syntax) -> Self {
        let lines: Vec<(usize, &str)> =
            text.lines().enumerate().map(|(number, line)| (number + 1, line.trim())).collect();
        // GitHub has no sections, so that one heading shows GitLab's syntax.
        let has_sections = || lines.iter().any(|(_, line)| SectionHeader::parse(line).is_some());
        let is_gitlab = syntax == Syntax::GitLab || syntax == Syntax::Either && has_sections();
        // A section may be taken up again further down; its name's letter case does not matter.
        let mut sections: Vec<(String, Vec<OwnersRule>)> = vec![(String::new(), Vec::new())];
        let mut current = 0;
        let mut defaults: Vec<String> = Vec::new();
        let mut malformed = 0;
        let is_content = |(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#');
        for (number, line) in lines.into_iter().filter(is_content) {
            if let Some(header) = SectionHeader::parse(line).filter(|_| is_gitlab) {
                let known = sections.iter().position(|(name, _)| *name == header.name);
                current = known.unwrap_or(sections.len());
                if known.is_none() {
                    sections.push((header.name, Vec::new()));
                }
                defaults = header.owners;
                continue;
            }
            match OwnersRule::parse((number, line), &defaults, is_gitlab) {
                Some(rule) => sections[current].1.push(rule),
                None => malformed += 1,
            }
        }
        let sections = sections
            .into_iter()
            .filter(|(_, rules)| !rules.is_empty())
            .map(|(_, rules)| OwnerSection::new(rules, is_gitlab, &mut malformed))
            .collect();
        Self { sections, malformed }
    }

    /// The owners of a path over all sections (sorted, unique), and the rules that name them:
    /// `line 7: *.rs`, joined by ` + `.
    fn of(&self, path: &[u8]) -> (Vec<String>, String) {
        let candidate = Candidate::from_bytes(path);
        // Each section of GitLab names owners of its own; all of GitHub's file is one section.
        let rules: Vec<&OwnersRule> =
            self.sections.iter().filter_map(|section| section.rule_of(&candidate)).collect();
        let owners: BTreeSet<&String> = rules.iter().flat_map(|rule| &rule.owners).collect();
        let texts: Vec<String> = rules
            .iter()
            .filter(|rule| !rule.owners.is_empty())
            .map(|rule| format!("line {}: {}", rule.line, rule.pattern))
            .collect();
        (owners.into_iter().cloned().collect(), texts.join(" + "))
    }
}

impl OwnerSection {
    fn new(rules: Vec<OwnersRule>, is_gitlab: bool, malformed: &mut u64) -> Self {
        let mut all = Vec::new();
        let mut rule_of = Vec::new();
        for (position, rule) in rules.iter().enumerate() {
            if rule.pattern.len() > LONGEST_PATTERN {
                *malformed += 1;
                continue;
            }
            let globs: Result<Vec<_>, _> =
                expand(&rule.pattern, is_gitlab).iter().map(|text| glob(text)).collect();
            match globs {
                Ok(globs) => {
                    rule_of.extend(globs.iter().map(|_| position));
                    all.extend(globs);
                }
                Err(_) => *malformed += 1,
            }
        }
        let (globs, too_large) = Globs::new(&all);
        let too_large: BTreeSet<usize> = too_large.iter().map(|(position, _)| rule_of[*position]).collect();
        *malformed += too_large.len() as u64;
        Self { globs, rule_of, rules }
    }

    /// The rule that decides on a path; `None` when none matches or one excludes it.
    fn rule_of(&self, candidate: &Candidate<'_>) -> Option<&OwnersRule> {
        let mut matches = Vec::new();
        self.globs.matches_into(candidate, &mut matches);
        let rules = || matches.iter().map(|glob| &self.rules[self.rule_of[*glob]]);
        // In GitLab, no later rule of the section can include such a file again.
        if rules().any(|rule| rule.is_exclusion) {
            return None;
        }
        // Matches come in the order of the globs, and the last rule decides.
        rules().next_back()
    }
}

/// `[Name]`, `^[Optional]`, `[Name][2] @default-owner`.
struct SectionHeader {
    name: String,
    owners: Vec<String>,
}

impl SectionHeader {
    fn parse(line: &str) -> Option<Self> {
        let inside = line.strip_prefix("^[").or_else(|| line.strip_prefix('['))?;
        let (name, mut rest) = inside.split_once(']')?;
        if let Some(count) = rest.strip_prefix('[') {
            let (count, after) = count.split_once(']')?;
            if !count.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            rest = after;
        }
        // `[ab]*.c @x` is a pattern.
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            return None;
        }
        let owners = owners(rest.split_whitespace())?;
        Some(Self { name: name.trim().to_lowercase(), owners })
    }
}

impl OwnersRule {
    /// `None` when a line is malformed.
    fn parse((number, line): (usize, &str), defaults: &[String], is_gitlab: bool) -> Option<Self> {
        let (pattern, rest) = split_pattern(line);
        let (pattern, is_exclusion) = match pattern.strip_prefix('!') {
            Some(pattern) if is_gitlab => (pattern, true),
            // GitHub has no negation, and no escape for a pattern that begins with `#`.
            Some(_) => return None,
            None if !is_gitlab && pattern.starts_with("\\#") => return None,
            None => (pattern, false),
        };
        let owners = owners(rest.split_whitespace())?;
        let owners = if owners.is_empty() { defaults.to_vec() } else { owners };
        Some(Self { line: number, pattern: pattern.to_owned(), owners, is_exclusion })
    }
}

/// Splits at the first white space that no backslash escapes.
fn split_pattern(line: &str) -> (&str, &str) {
    let mut is_escaped = false;
    for (position, character) in line.char_indices() {
        if character.is_whitespace() && !is_escaped {
            return line.split_at(position);
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    (line, "")
}

/// The owners up to a comment; `None` when a word is neither `@name` nor an e-mail address.
fn owners<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    words
        // GitHub allows a comment behind the owners.
        .take_while(|word| !word.starts_with('#'))
        .map(|word| {
            // GitHub skips a whole line with a word that is neither a handle nor an address.
            let is_owner = word.len() > 1 && word.contains('@') && !word.ends_with('@');
            is_owner.then(|| word.to_owned())
        })
        .collect()
}

/// A pattern in which some characters mean themselves.
fn literal(pattern: &str, characters: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut is_escaped = false;
    for character in pattern.chars() {
        if characters.contains(character) && !is_escaped {
            text.push('\\');
        }
        text.push(character);
        is_escaped = character == '\\' && !is_escaped;
    }
    text
}

/// The globs that are equivalent to a pattern.
///
/// GitHub follows gitignore, except that `dir/*` is not recursive: a slash before the end ties the
/// pattern to the root, and a plain name means a folder's content too. GitLab ties a pattern to the
/// root by a leading slash only, and means a folder's content by a trailing slash only.
///
/// Neither knows alternatives in braces, and GitHub knows no classes in brackets: both are part of a name,
/// as in `app/[id]/` and `{{slug}}`.
fn expand(pattern: &str, is_gitlab: bool) -> Vec<String> {
    let pattern = &literal(pattern, if is_gitlab { "{}" } else { "{}[]" });
    let inner = pattern.trim_start_matches('/');
    let is_anchored = pattern.starts_with('/') || (!is_gitlab && inner.trim_end_matches('/').contains('/'));
    let base = if is_anchored { inner.to_owned() } else { format!("**/{inner}") };
    match base.strip_suffix('/') {
        Some(folder) => vec![format!("{folder}/**")],
        None if inner.is_empty() => vec!["**".to_owned()],
        // Brackets are literal here and do not make the name a pattern.
        None if !is_gitlab && ends_plainly(&base.replace(['[', '{'], "")) => {
            vec![base.clone(), format!("{base}/**")]
        }
        None => vec![base],
    }
}
