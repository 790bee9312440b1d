//! Classes that the user gives to files.

use debtscan_git::attributes::PathAttributes;
use debtscan_model::{FileClass, RepoPath};
use ignore::gitignore::Gitignore;

use super::exclude::{matcher, os_path};
use crate::error::ScanError;
use crate::options::ClassRule;

/// Patterns with the class of what they match; of several that match, the first counts.
pub(crate) struct AskedClasses {
    rules: Vec<(String, FileClass, Gitignore)>,
}

impl AskedClasses {
    pub(crate) fn new(rules: &[ClassRule]) -> Result<Self, ScanError> {
        let compiled = rules.iter().map(|rule| {
            let matcher = matcher(&rule.pattern)?;
            Ok((rule.pattern.clone(), rule.class, matcher))
        });
        Ok(Self { rules: compiled.collect::<Result<_, ScanError>>()? })
    }

    /// Gives each path the class that the user asks for, if any.
    pub(crate) fn apply(&self, paths: &[RepoPath], attributes: &mut [PathAttributes]) {
        if self.rules.is_empty() {
            return;
        }
        for (path, attributes) in paths.iter().zip(attributes) {
            attributes.class = self.of(path);
        }
    }

    fn of(&self, path: &RepoPath) -> Option<FileClass> {
        let path = os_path(path);
        let found = self
            .rules
            .iter()
            .find(|(_, _, rule)| rule.matched_path_or_any_parents(&*path, false).is_ignore());
        found.map(|(_, class, _)| *class)
    }

    /// The patterns that match no path, in their order.
    pub(crate) fn unmatched(&self, paths: &[RepoPath]) -> Vec<String> {
        let is_idle = |rule: &Gitignore| {
            !paths.iter().any(|path| rule.matched_path_or_any_parents(&*os_path(path), false).is_ignore())
        };
        let idle = self.rules.iter().filter(|(_, _, rule)| is_idle(rule));
        idle.map(|(pattern, _, _)| pattern.clone()).collect()
    }
}
