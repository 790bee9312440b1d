//! What `.gitattributes` of the scanned tree says about paths.

use bstr::ByteSlice;
use debtscan_model::RepoPath;
use gix::ObjectId;
use gix::attrs::StateRef;

use super::Objects;
use super::lines::TextRule;
use crate::ScanError;
use crate::error::Cause;

/// The attributes that matter to a scan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PathAttributes {
    /// `diff`, `-diff`, `binary`.
    pub(crate) text: TextRule,
    /// `linguist-vendored`.
    pub(crate) vendored: Option<bool>,
    /// `linguist-generated`.
    pub(crate) generated: Option<bool>,
    /// `linguist-documentation`.
    pub(crate) documentation: Option<bool>,
    /// `linguist-language=Name`.
    pub(crate) language: Option<String>,
}

const NAMES: [&str; 5] =
    ["diff", "linguist-vendored", "linguist-generated", "linguist-documentation", "linguist-language"];

/// The attributes of each path: same length and order as `paths`, which must be sorted.
///
/// They are read from the scanned tree, not from the work tree, so that a bare clone and a dirty
/// checkout give the same answer.
pub(crate) fn of_paths(
    objects: &Objects,
    tree: ObjectId,
    paths: &[RepoPath],
) -> Result<Vec<PathAttributes>, ScanError> {
    let read_error = |source: gix::Error| ScanError::Read {
        what: "the .gitattributes files of the scanned tree".to_owned(),
        source: Cause::from(source),
    };
    let index = objects.repo().index_from_tree(&tree).map_err(read_error)?;
    let mut stack = objects
        .repo()
        .attributes_only(&index, gix::worktree::stack::state::attributes::Source::IdMapping)
        .map_err(read_error)?;
    let mut matches = stack.selected_attribute_matches(NAMES);
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        let mut attributes = PathAttributes::default();
        let platform = stack.at_entry(path.as_bstr(), None).map_err(|source| ScanError::Read {
            what: format!("the attributes of `{path}`"),
            source: Cause::from(source),
        })?;
        matches.reset();
        if platform.matching_attributes(&mut matches) {
            for found in matches.iter_selected() {
                attributes.set(found.assignment.name.as_str(), found.assignment.state);
            }
        }
        all.push(attributes);
    }
    Ok(all)
}

impl PathAttributes {
    /// Those that decide about language and class, and not about line counts.
    pub(crate) fn without_text(&self) -> Self {
        Self { text: TextRule::Detect, ..self.clone() }
    }

    fn set(&mut self, name: &str, state: StateRef<'_>) {
        let flag = match state {
            StateRef::Set => Some(true),
            StateRef::Unset => Some(false),
            StateRef::Value(value) => Some(value.as_bstr() != "false"),
            StateRef::Unspecified => None,
        };
        match name {
            "diff" => {
                self.text = match state {
                    StateRef::Set => TextRule::Text,
                    StateRef::Unset => TextRule::Binary,
                    // A named driver only changes how hunks are shown.
                    StateRef::Value(_) | StateRef::Unspecified => TextRule::Detect,
                }
            }
            "linguist-vendored" => self.vendored = flag,
            "linguist-generated" => self.generated = flag,
            "linguist-documentation" => self.documentation = flag,
            "linguist-language" => {
                self.language = match state {
                    StateRef::Value(value) => Some(value.as_bstr().to_str_lossy().into_owned()),
                    StateRef::Set | StateRef::Unset | StateRef::Unspecified => None,
                }
            }
            _ => {}
        }
    }
}
