//! What one manifest says.

use debtscan_model::Workspace;

/// What one file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ManifestFacts {
    pub(super) name: Option<String>,
    pub(super) workspace: Option<Workspace>,
    pub(super) uses: Vec<String>,
}

/// Members and exclusions as one workspace, `!` before a member being an exclusion too.
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
