//! Finding the configuration, and naming files as the user would.

use std::path::{Path, PathBuf};
use std::{fs, io};

use debtscan_app::work_tree;

use crate::config::FILE_NAME;

/// A configuration that was found rather than named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FoundConfig {
    /// The file, with links in its folders resolved; it may be a link or no regular file itself.
    pub(crate) file: PathBuf,
    /// The root of its work tree, or its bare repository.
    pub(crate) root: PathBuf,
}

/// The nearest `debtscan.toml` from `path` up to the root of its repository; in a bare repository
/// only `path` itself is searched. A link counts even when it points to nothing.
///
/// # Errors
/// When `path` cannot be resolved.
pub(crate) fn config(path: &Path) -> io::Result<Option<FoundConfig>> {
    let folder = fs::canonicalize(path)?;
    // Never above the repository: the folder around it may be a shared one such as `/tmp`.
    let root = work_tree(path)?.unwrap_or_else(|| folder.clone());
    let mut candidates = folder.ancestors().take_while(|ancestor| ancestor.starts_with(&root));
    let file = candidates.find_map(|ancestor| {
        let file = ancestor.join(FILE_NAME);
        // A link is found, and refused later with a message, instead of silently passed over for
        // the file above it.
        file.symlink_metadata().is_ok().then_some(file)
    });
    Ok(file.map(|file| FoundConfig { file, root }))
}

/// A path for messages: relative if it is below the current folder.
pub(crate) fn shown(path: &Path) -> String {
    // Both sides with links resolved, or a path below a linked folder would stay absolute.
    let here = std::env::current_dir().and_then(fs::canonicalize);
    let relative = here.ok().and_then(|here| path.strip_prefix(here).ok());
    relative.unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use debtscan_app::work_tree;

    use super::config;

    #[test]
    fn the_nearest_configuration_up_to_the_repository_root_is_found() {
        let outside = tempfile::tempdir().expect("a temporary folder");
        let outside = fs::canonicalize(outside.path()).expect("it exists");
        let root = outside.join("repo");
        let inner = root.join("a/b");
        fs::create_dir_all(&inner).expect("made");
        fs::create_dir(root.join(".git")).expect("made");
        fs::write(outside.join("debtscan.toml"), "").expect("written");
        assert_eq!(work_tree(&inner).expect("resolved"), Some(root.clone()));
        let found = || config(&inner).expect("resolved").map(|found| found.file);
        assert_eq!(found(), None, "never from above the repository");

        fs::write(root.join("debtscan.toml"), "").expect("written");
        assert_eq!(found(), Some(root.join("debtscan.toml")));
        fs::write(root.join("a/debtscan.toml"), "").expect("written");
        assert_eq!(found(), Some(root.join("a/debtscan.toml")));
    }
}
