//! The invented company.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::AppError;

/// Where the invented company is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoFolder {
    /// The folder of its repository.
    pub path: PathBuf,
    /// The area that its story is about.
    pub area: &'static str,
    /// An area that was once repaired, and the day of that.
    pub repaired: (&'static str, &'static str),
}

/// Writes the invented company into a folder, which is made; a folder that has it already is left as it is.
///
/// # Errors
/// When the folder holds anything else, or cannot be written.
pub fn demo(folder: &Path) -> Result<DemoFolder, AppError> {
    if !is_free(folder) && !is_demo(folder) {
        return Err(AppError::NotTheDemo { folder: folder.to_owned() });
    }
    if is_free(folder) {
        debtscan_demo::build(folder)?;
    }
    Ok(DemoFolder { path: folder.to_owned(), area: debtscan_demo::AREA, repaired: debtscan_demo::REPAIRED })
}

/// Whether nothing is there, or an empty folder.
fn is_free(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => folder.symlink_metadata().is_err(),
    }
}

/// Whether the branch of the repository there is at the last commit of the demo.
fn is_demo(folder: &Path) -> bool {
    let git = folder.join(".git");
    let names = |file: PathBuf| fs::read_to_string(file).is_ok_and(|text| text.contains(debtscan_demo::HEAD));
    names(git.join("refs/heads/main")) || names(git.join("packed-refs"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::demo;
    use crate::error::AppError;

    #[test]
    fn a_folder_with_anything_else_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let foreign = folder.path().join("mine");
        fs::create_dir(&foreign).expect("made");
        fs::write(foreign.join("notes.txt"), "mine").expect("written");
        assert!(matches!(demo(&foreign), Err(AppError::NotTheDemo { .. })));
        assert_eq!(fs::read_dir(&foreign).expect("it is there").count(), 1);
        assert!(matches!(demo(&foreign.join("notes.txt")), Err(AppError::NotTheDemo { .. })));
    }

    #[test]
    fn an_empty_folder_is_filled_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = demo(folder.path()).expect("written");
        fs::write(folder.path().join("business/plan.csv"), "item,effort\n").expect("written");
        assert_eq!(demo(folder.path()).expect("it is the demo"), first);
        let plan = fs::read_to_string(folder.path().join("business/plan.csv")).expect("it is there");
        assert_eq!(plan, "item,effort\n", "what the user changed is kept");
    }
}
