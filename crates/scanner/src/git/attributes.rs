//! What `.gitattributes` of the scanned tree says about paths.

use bstr::ByteSlice;
use debtscan_model::{RepoPath, SkipReason, SkipSubject, Skipped};
use gix::attrs::StateRef;

use super::Objects;
use super::lines::TextRule;
use super::tree::TreeFile;
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

/// The attributes of each path: same length and order as `paths`, which must be sorted; and the paths
/// that no work tree could hold (`..` as a component), which have none.
///
/// They are read from the scanned tree, not from the work tree, so that a bare clone and a dirty
/// checkout give the same answer.
pub(crate) fn of_paths(
    objects: &Objects,
    tree: &[TreeFile],
    paths: &[RepoPath],
) -> Result<(Vec<PathAttributes>, Vec<Skipped>), ScanError> {
    let read_error = |source: gix::Error| ScanError::Read {
        what: "the .gitattributes files of the scanned tree".to_owned(),
        source: Cause::from(source),
    };
    let index = index_of_attribute_files(objects, tree);
    let mut stack = objects
        .repo()
        .attributes_only(&index, gix::worktree::stack::state::attributes::Source::IdMapping)
        .map_err(read_error)?;
    let mut matches = stack.selected_attribute_matches(NAMES);
    let mut all = Vec::with_capacity(paths.len());
    let mut skipped = Vec::new();
    for path in paths {
        let mut attributes = PathAttributes::default();
        matches.reset();
        match stack.at_entry(path.as_bstr(), None) {
            Ok(platform) => {
                if platform.matching_attributes(&mut matches) {
                    for found in matches.iter_selected() {
                        attributes.set(found.assignment.name.as_str(), found.assignment.state);
                    }
                }
            }
            Err(_not_a_path) => skipped
                .push(Skipped { reason: SkipReason::InvalidPath, subject: SkipSubject::Path(path.clone()) }),
        }
        all.push(attributes);
    }
    Ok((all, skipped))
}

/// An index with the tree's `.gitattributes` files alone: all that the lookup reads from it, and it
/// refuses trees that hold a path no work tree can.
fn index_of_attribute_files(objects: &Objects, tree: &[TreeFile]) -> gix::index::State {
    let mut index = gix::index::State::new(objects.repo().object_hash());
    for file in tree.iter().filter(|file| file.path.file_name() == ".gitattributes" && file.kind.is_regular())
    {
        index.dangerously_push_entry(
            gix::index::entry::Stat::default(),
            file.id,
            gix::index::entry::Flags::empty(),
            gix::index::entry::Mode::FILE,
            file.path.as_bstr(),
        );
    }
    index.sort_entries();
    index
}

impl PathAttributes {
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
