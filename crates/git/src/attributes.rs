//! The attributes that `.gitattributes` of the scanned tree gives to paths.

use bstr::ByteSlice;
use debtscan_model::{FileClass, RepoPath, SkipReason, SkipSubject, Skipped};
use gix::attrs::StateRef;
use gix::attrs::search::MetadataCollection;
use gix::worktree::stack::state::attributes::Source;

use crate::change::TextRule;
use crate::error::{Cause, GitError};
use crate::objects::Objects;
use crate::tree::TreeFile;

/// The attributes that a scan uses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PathAttributes {
    /// `diff`, `-diff`, `binary`.
    pub text: TextRule,
    /// `linguist-vendored`.
    pub vendored: Option<bool>,
    /// `linguist-generated`.
    pub generated: Option<bool>,
    /// `linguist-documentation`.
    pub documentation: Option<bool>,
    /// `linguist-language=Name`.
    pub language: Option<String>,
    /// What the user says it is, which no attribute can.
    pub class: Option<FileClass>,
}

const NAMES: [&str; 5] =
    ["diff", "linguist-vendored", "linguist-generated", "linguist-documentation", "linguist-language"];

/// Returns the attributes of each of `paths`, which must be sorted, and the attribute files that cannot be
/// read.
///
/// Only the scanned tree is read, not `.git/info/attributes` or the user's settings: a bare clone, a dirty
/// checkout and another clone must all give the same answer. A path below an unreadable file has no
/// attributes.
pub fn of_paths(
    objects: &mut Objects,
    files: &[TreeFile],
    paths: &[RepoPath],
) -> Result<(Vec<PathAttributes>, Vec<Skipped>), GitError> {
    let read_error = |source: Cause| GitError::Read {
        what: "the .gitattributes files of the scanned tree".to_owned(),
        source,
    };
    let mut skipped = Vec::new();
    for file in files.iter().filter(|file| file.path.file_name() == ".gitattributes") {
        // The lookup below swallows such a failure, so every attribute file is read once here to
        // report it.
        if objects.blob(&file.id).is_err() {
            let subject = SkipSubject::Path(file.path.clone());
            skipped.push(Skipped { reason: SkipReason::UnreadableObject, subject });
        }
    }
    let repo = objects.repo();
    let index = index_of_attribute_files(repo, files);
    let mut stack = stack(repo, &index).map_err(|source| read_error(Cause::from(source)))?;
    let mut matches = stack.selected_attribute_matches(NAMES);
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        let mut attributes = PathAttributes::default();
        matches.reset();
        // This fails for an unreadable attribute file, reported above, or for a path such as `a/../b`,
        // which no checkout can hold and no attribute can name.
        let platform = stack.at_entry(path.as_bstr(), None, &repo.objects);
        if platform.is_ok_and(|platform| platform.matching_attributes(&mut matches)) {
            for found in matches.iter_selected() {
                attributes.set(found.assignment.name.as_str(), found.assignment.state);
            }
        }
        all.push(attributes);
    }
    Ok((all, skipped))
}

/// Builds an index that holds only the tree's `.gitattributes` files. The lookup reads nothing else, and no
/// index can be built from a tree with a path such as `..`.
fn index_of_attribute_files(repo: &gix::Repository, files: &[TreeFile]) -> gix::index::State {
    let mut index = gix::index::State::new(repo.object_hash());
    for file in
        files.iter().filter(|file| file.path.file_name() == ".gitattributes" && file.kind.is_regular())
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

/// The attribute files in `index`, and the built-in macro `binary`.
fn stack(repo: &gix::Repository, index: &gix::index::State) -> std::io::Result<gix::worktree::Stack> {
    let mut collection = MetadataCollection::default();
    let no_files: [std::path::PathBuf; 0] = [];
    let built_in = gix::attrs::Search::new_globals(no_files, &mut Vec::new(), &mut collection)?;
    // Only the index supplies attributes, because the work tree may be dirty or missing.
    let attributes =
        gix::worktree::stack::state::Attributes::new(built_in, None, Source::IdMapping, collection);
    let state = gix::worktree::stack::State::AttributesStack(attributes);
    let case = gix::glob::pattern::Case::Sensitive;
    let files = state.id_mappings_from_index(index, index.path_backing(), case);
    Ok(gix::worktree::Stack::new(repo.git_dir(), state, case, Vec::new(), files))
}

impl PathAttributes {
    /// Returns the attributes that decide language and class, without those that decide line counts.
    #[must_use]
    pub fn without_text(&self) -> Self {
        Self { text: TextRule::Detect, ..self.clone() }
    }

    /// True if no attribute decides language or class.
    pub fn are_common(&self) -> bool {
        let Self { text: _, vendored, generated, documentation, language, class } = self;
        [vendored, generated, documentation].iter().all(|word| word.is_none())
            && language.is_none()
            && class.is_none()
    }

    fn set(&mut self, name: &str, state: StateRef<'_>) {
        let flag = match state {
            StateRef::Set => Some(true),
            StateRef::Unset => Some(false),
            // linguist reads `linguist-vendored=false` like `-linguist-vendored`.
            StateRef::Value(value) => Some(value.as_bstr() != "false"),
            StateRef::Unspecified => None,
        };
        match name {
            "diff" => {
                self.text = match state {
                    StateRef::Set => TextRule::Text,
                    StateRef::Unset => TextRule::Binary,
                    // A named diff driver only changes how hunks are displayed.
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
