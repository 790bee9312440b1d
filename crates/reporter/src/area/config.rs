//! Areas from `[[area]]`: the user's own words.

use std::collections::BTreeSet;

use debtscan_model::Scan;
use globset::Candidate;

use super::error::AreaError;
use super::pattern::{Globs, LONGEST_PATTERN, ends_plainly, glob};
use super::plan::{AreaDraft, AreaPlan};
use debtscan_findings::{AreaRule, AreaSource};

/// The areas of the rules; a file belongs to the first rule that matches.
pub(super) fn plan(scan: &Scan, rules: &[AreaRule]) -> Result<AreaPlan, AreaError> {
    if rules.is_empty() {
        return Err(AreaError::NoRules);
    }
    let mut names = BTreeSet::new();
    if let Some(rule) = rules.iter().find(|rule| rule.name.is_empty() || !names.insert(&rule.name)) {
        return Err(AreaError::InvalidName(rule.name.clone()));
    }
    let mut ids = BTreeSet::new();
    if let Some(id) =
        rules.iter().filter_map(|rule| rule.id.as_ref()).find(|id| id.is_empty() || !ids.insert(*id))
    {
        return Err(AreaError::InvalidId(id.clone()));
    }
    let matcher = Matcher::new(rules)?;
    let mut matched = vec![false; matcher.patterns.len()];
    let mut has_files = vec![false; rules.len()];
    let mut taken = Vec::with_capacity(scan.files.len());
    let mut globs = Vec::new();
    for file in &scan.files {
        // Few automata for all patterns: each path is matched by each of them, not by each pattern.
        matcher.globs.matches_into(&Candidate::from_bytes(file.path.as_bytes()), &mut globs);
        let mut first: Option<(usize, usize)> = None;
        for pattern in globs.iter().map(|glob| matcher.pattern_of[*glob]) {
            matched[pattern] = true;
            let (rule, _) = matcher.patterns[pattern];
            // Of several patterns of one rule the first written.
            first = Some(first.map_or((rule, pattern), |first| first.min((rule, pattern))));
        }
        if let Some((rule, _)) = first {
            has_files[rule] = true;
        }
        taken.push(first);
    }
    let drafts = rules
        .iter()
        .map(|rule| AreaDraft {
            folder_name: None,
            folder: None,
            id: rule.id.clone(),
            name: rule.name.clone(),
            aliases: rule.aliases.clone(),
            owner: rule.owner.clone(),
            origin: rule.paths.join(", "),
        })
        .collect();
    let texts = matcher.patterns.iter().map(|(_, pattern)| (*pattern).to_owned()).collect();
    let mut plan = AreaPlan::new(AreaSource::Config, drafts, texts, taken);
    // A scan of one folder cannot show that a pattern for another one matches nothing.
    let reported = if scan.repository.scope.is_none() { rules } else { &[] };
    for (position, rule) in reported.iter().enumerate() {
        let of_rule = || matcher.patterns.iter().zip(&matched).filter(|((rule, _), _)| *rule == position);
        let unmatched = of_rule().filter(|(_, matched)| !**matched);
        plan.unmatched_rules.extend(unmatched.map(|((_, pattern), _)| format!("{}: {pattern}", rule.name)));
        if !has_files[position] && of_rule().any(|(_, matched)| *matched) {
            plan.unmatched_rules.push(format!("{}: all its files belong to areas before it", rule.name));
        }
    }
    Ok(plan)
}

struct Matcher<'a> {
    globs: Globs,
    /// By glob, its position in `patterns`.
    pattern_of: Vec<usize>,
    /// Rule and pattern as written, in configuration order.
    patterns: Vec<(usize, &'a str)>,
}

impl<'a> Matcher<'a> {
    fn new(rules: &'a [AreaRule]) -> Result<Self, AreaError> {
        let mut globs = Vec::new();
        let mut pattern_of = Vec::new();
        let mut patterns = Vec::new();
        for (position, rule) in rules.iter().enumerate() {
            for pattern in &rule.paths {
                let invalid = |reason: String| invalid(rule, pattern, reason);
                if pattern.len() > LONGEST_PATTERN {
                    return Err(invalid(format!("it is longer than {LONGEST_PATTERN} bytes")));
                }
                if pattern.trim().is_empty() {
                    return Err(invalid("it is empty".to_owned()));
                }
                for text in expand(pattern) {
                    globs.push(glob(&text).map_err(|error| invalid(error.kind().to_string()))?);
                    pattern_of.push(patterns.len());
                }
                patterns.push((position, pattern.as_str()));
            }
        }
        // Each is a glob by now, but one may exceed the size limit of the engine.
        let (globs, too_large) = Globs::new(&globs);
        if let Some((position, error)) = too_large.first() {
            let (rule, pattern) = patterns[pattern_of[*position]];
            return Err(invalid(&rules[rule], pattern, error.kind().to_string()));
        }
        Ok(Self { globs, pattern_of, patterns })
    }
}

fn invalid(rule: &AreaRule, pattern: &str, reason: String) -> AreaError {
    // The beginning of a long pattern names it well enough.
    let pattern = pattern.chars().take(80).collect();
    AreaError::InvalidPattern { area: rule.name.clone(), pattern, reason }
}

/// The globs that are equivalent to a pattern.
fn expand(pattern: &str) -> Vec<String> {
    // People write `./lib` and `/lib` as in a shell.
    let pattern = pattern.trim().trim_start_matches("./").trim_start_matches('/');
    if matches!(pattern, "" | ".") {
        return vec!["**".to_owned()];
    }
    match pattern.strip_suffix('/') {
        Some(folder) => vec![format!("{folder}/**")],
        // A plain name may be a file or a folder.
        None if ends_plainly(pattern) => vec![pattern.to_owned(), format!("{pattern}/**")],
        None => vec![pattern.to_owned()],
    }
}
