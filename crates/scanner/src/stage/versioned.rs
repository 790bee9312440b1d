//! Files of the scanned tree that affect how the rest is read.

use debtscan_model::{CodeOwnersFile, Manifest, RepoPath};

use crate::classify::ignore_revs::IgnoreRevs;
use crate::classify::manifest;
use crate::stage::session::TreeRules;
use debtscan_git::objects::Objects;
use debtscan_git::tree::TreeFile;

/// Paths of CODEOWNERS, in the order of GitHub and GitLab.
const CODE_OWNERS_PATHS: [&str; 4] =
    [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// Files of the scanned tree that affect how the rest is read.
pub(crate) struct VersionedFiles {
    pub(crate) mailmap: Vec<u8>,
    pub(crate) ignore_file: Vec<u8>,
    pub(crate) ignore_revs: IgnoreRevs,
    pub(crate) code_owners: Option<CodeOwnersFile>,
    pub(crate) manifests: Vec<Manifest>,
    pub(crate) has_attributes: bool,
}

impl VersionedFiles {
    /// Reads them. If tree rules are ignored, the ignore file counts as empty.
    pub(crate) fn read(objects: &mut Objects, tree: &[TreeFile], rules: TreeRules) -> Self {
        let mut content = |path: &str| {
            let position = tree.binary_search_by(|file| file.path.as_bytes().cmp(path.as_bytes())).ok()?;
            // The content of a symbolic link is the path of its target. git does not read it as rules
            // either.
            let file = tree.get(position).filter(|file| file.kind.is_regular())?;
            // The measuring stage reports unreadable files.
            objects.blob(&file.id).ok().map(|content| content.to_vec())
        };
        let code_owners = CODE_OWNERS_PATHS.iter().find_map(|path| {
            let content = content(path)?;
            Some(CodeOwnersFile { path: RepoPath::new(*path).expect("a constant path is valid"), content })
        });
        let mailmap = content(".mailmap");
        let ignore_file = content(".debtscanignore").filter(|_| rules == TreeRules::Apply);
        let ignore_revs = content(".git-blame-ignore-revs");
        Self {
            mailmap: mailmap.unwrap_or_else(Vec::new),
            ignore_file: ignore_file.unwrap_or_else(Vec::new),
            ignore_revs: ignore_revs.map_or_else(IgnoreRevs::default, |content| IgnoreRevs::parse(&content)),
            code_owners,
            manifests: manifest::read::read(objects, tree),
            has_attributes: tree.iter().any(|file| file.path.file_name() == ".gitattributes"),
        }
    }
}
