//! The facts that one manifest states.

use debtscan_model::Workspace;

/// What one manifest states.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ManifestFacts {
    pub(super) name: Option<String>,
    pub(super) workspace: Option<Workspace>,
    pub(super) uses: Vec<String>,
}

/// Combines members and exclusions. A member that starts with `!` is an exclusion too.
pub(super) fn workspace(members: Vec<String>, excluded: Vec<String>) -> Workspace {
    let mut workspace = Workspace { members: Vec::new(), excluded };
    for member in members {
        match member.strip_prefix('!') {
            Some(excluded) => workspace.excluded.push(excluded.to_owned()),
            None => workspace.members.push(member),
        }
    }
    workspace
}
