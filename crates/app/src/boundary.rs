//! Keeps a stranger's repository from choosing which files a run reads or writes.
//!
//! Whoever wrote a commit of the scanned repository controls its links and its `debtscan.toml`. A link
//! that leads out of the work tree, or into its `.git` folder, would turn a harmless name such as
//! `incidents.csv` into any file of the machine.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use thiserror::Error;

/// Why a file must not be read or written.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Refused {
    /// A link inside a work tree leads out of it or into `.git`.
    #[error("`{}` is a link that leads out of the repository", .0.display())]
    LeadsOut(PathBuf),
    /// A configuration found in a repository names a file outside of it.
    #[error("it is outside the repository that debtscan.toml was found in")]
    Outside,
    /// The same, for the folder where git keeps credentials and hooks.
    #[error("it is inside the .git folder")]
    GitFolder,
    /// A folder, device, pipe or socket.
    #[error("it is not a regular file")]
    NotAFile,
    /// More bytes than anybody writes by hand.
    #[error("it is larger than {limit} bytes")]
    TooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
}

/// The work trees around the scanned path and the current folder.
#[derive(Debug, Default)]
pub struct Boundary {
    roots: Vec<PathBuf>,
}

impl Boundary {
    /// The work trees of `path` and of the current folder; none where neither is inside one.
    pub fn around(path: &Path) -> Self {
        let mut roots: Vec<PathBuf> =
            [path, Path::new(".")].into_iter().filter_map(|path| work_tree(path).ok()?).collect();
        // Mostly both are the same. Two entries need no sort to be neighbours.
        roots.dedup();
        Self { roots }
    }

    /// Refuses `file` when a link inside a work tree, as its last part or as a folder on the way, leads out
    /// of that work tree. Steps up (`..`) are the user's own, as are links outside any work tree.
    ///
    /// # Errors
    /// [`Refused::LeadsOut`] with the link. A part that does not exist is no error: opening it will be.
    pub fn check(&self, file: &Path) -> Result<(), Refused> {
        // Only an empty path has no absolute form, and opening it fails with the better message.
        let Ok(absolute) = std::path::absolute(file) else { return Ok(()) };
        let mut at = PathBuf::new();
        // Part by part, because resolving the whole path at once hides which part is a link, and
        // whose.
        for component in absolute.components() {
            match component {
                Component::ParentDir => {
                    // Of the resolved folder, as the system does: `link/..` is the parent of the
                    // link's target.
                    at.pop();
                }
                Component::CurDir => {}
                _ => {
                    let next = at.join(component);
                    let Ok(target) = fs::canonicalize(&next) else { return self.check_dangling(&at, &next) };
                    // `target` is resolved through every further link, so a chain of links that
                    // each stay inside is followed to its end.
                    if is_link(&next) && self.leads_out(&at, &target) {
                        return Err(Refused::LeadsOut(file_name_from(file, &next)));
                    }
                    at = target;
                }
            }
        }
        Ok(())
    }

    /// Whether `file`, with its links resolved, is in one of the work trees.
    pub fn holds(&self, file: &Path) -> bool {
        fs::canonicalize(file).is_ok_and(|resolved| self.roots.iter().any(|root| is_own(root, &resolved)))
    }

    /// A link to nothing would create its target when written to.
    fn check_dangling(&self, folder: &Path, link: &Path) -> Result<(), Refused> {
        // Outside of work trees a dangling link is the user's own.
        let is_inside = self.roots.iter().any(|root| folder.starts_with(root));
        if is_inside && is_link(link) { Err(Refused::LeadsOut(link.to_owned())) } else { Ok(()) }
    }

    fn leads_out(&self, folder: &Path, target: &Path) -> bool {
        let inside = self.roots.iter().filter(|root| folder.starts_with(root));
        // The innermost: whoever wrote a commit of a submodule or a clone within a work tree has no say
        // in the files around it.
        let innermost = inside.max_by_key(|root| root.components().count());
        // A link in no work tree was not made by the author of a commit.
        innermost.is_some_and(|root| !is_own(root, target))
    }
}

/// The folder at or above `path` that holds `.git`; `None` in a bare repository or outside of any.
///
/// # Errors
/// When `path` cannot be resolved.
pub fn work_tree(path: &Path) -> io::Result<Option<PathBuf>> {
    let path = fs::canonicalize(path)?;
    // `.git` is a file in a linked work tree and in a submodule.
    Ok(path.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned))
}

/// The link as the user would recognise it: by the name that was given where that is the link itself.
fn file_name_from(file: &Path, link: &Path) -> PathBuf {
    if file.file_name() == link.file_name() { file.to_owned() } else { link.to_owned() }
}

/// Whether `path` itself is a link; false if there is nothing.
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// Whether a resolved path is in the work tree `root` and not in a `.git` folder.
fn is_own(root: &Path, resolved: &Path) -> bool {
    resolved.strip_prefix(root).is_ok_and(|below| !has_git_folder(below))
}

fn has_git_folder(path: &Path) -> bool {
    // In any letter case: on macOS and Windows `.GIT` is the same folder, which git itself had to
    // learn in 2014 (CVE-2014-9390).
    path.components().any(|component| component.as_os_str().eq_ignore_ascii_case(OsStr::new(".git")))
}

/// The file that a configuration found below `root` calls `name`, relative to its `folder`.
///
/// # Errors
/// When it cannot be resolved, or is anything but a regular file inside `root` and outside `.git`.
pub(crate) fn file_of_repository(root: &Path, folder: &Path, name: &str) -> io::Result<PathBuf> {
    // Joining an absolute name replaces the folder, so `/etc/passwd` ends here too.
    let resolved = fs::canonicalize(folder.join(name))?;
    let Ok(below) = resolved.strip_prefix(root) else { return Err(refused(Refused::Outside)) };
    if has_git_folder(below) {
        return Err(refused(Refused::GitFolder));
    }
    // A device or pipe would make the run wait, or read forever.
    if !fs::metadata(&resolved)?.is_file() {
        return Err(refused(Refused::NotAFile));
    }
    Ok(resolved)
}

/// The text of a file that people write by hand, such as a configuration.
///
/// # Errors
/// When it is no UTF-8 text, cannot be read, or is larger than `limit` bytes.
pub fn read_text(file: &Path, limit: u64) -> io::Result<String> {
    let mut content = String::new();
    // One byte more than allowed tells a long file from one of exactly this length. The size that
    // the system reports is 0 for a device.
    File::open(file)?.take(limit.saturating_add(1)).read_to_string(&mut content)?;
    match u64::try_from(content.len()) {
        Ok(length) if length <= limit => Ok(content),
        _ => Err(refused(Refused::TooLarge { limit })),
    }
}

/// The refusal as the error of reading or writing.
fn refused(why: Refused) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::{Boundary, file_of_repository, read_text};

    #[test]
    fn links_of_a_work_tree_must_not_lead_out_of_it() {
        let machine = tempfile::tempdir().expect("a temporary folder");
        let machine = fs::canonicalize(machine.path()).expect("it exists");
        let root = machine.join("checkout");
        for folder in ["checkout/.git", "checkout/data", "home", "outside"] {
            fs::create_dir_all(machine.join(folder)).expect("made");
        }
        for file in ["checkout/.git/config", "checkout/data/real.csv", "outside/secret"] {
            fs::write(machine.join(file), "").expect("written");
        }
        let link = |target: &str, name: &str| symlink(target, machine.join(name)).expect("linked");
        link("data/real.csv", "checkout/inside.csv");
        link("../outside/secret", "checkout/outside.csv");
        link("/proc/self/environ", "checkout/environ.csv");
        link(".git/config", "checkout/config.csv");
        link(".git", "checkout/.GIT-link");
        link("../outside", "checkout/folder");
        link("../outside/new", "checkout/dangling.csv");
        link("outside.csv", "checkout/twice.csv");
        link("../outside", "home/mine");
        let boundary = Boundary { roots: vec![root.clone()] };
        let is_refused = |file: &str| boundary.check(&machine.join(file)).is_err();

        for file in ["checkout/data/real.csv", "checkout/inside.csv", "checkout/new.json", "outside/secret"] {
            assert!(!is_refused(file), "{file}");
        }
        assert!(!is_refused("checkout/../outside/secret"), "steps up are the user's own");
        assert!(!is_refused("home/mine/secret"), "links outside a work tree are the user's own");
        for file in [
            "checkout/outside.csv",
            "checkout/environ.csv",
            "checkout/config.csv",
            "checkout/.GIT-link/config",
            "checkout/folder/secret",
            "checkout/folder/new.json",
            "checkout/dangling.csv",
            "checkout/twice.csv",
            "home/../checkout/outside.csv",
        ] {
            assert!(is_refused(file), "{file}");
        }
    }

    #[test]
    fn a_found_configuration_names_regular_files_of_its_repository_alone() {
        let machine = tempfile::tempdir().expect("a temporary folder");
        let machine = fs::canonicalize(machine.path()).expect("it exists");
        let root = machine.join("checkout");
        fs::create_dir_all(root.join(".git")).expect("made");
        fs::create_dir_all(root.join("data")).expect("made");
        fs::write(root.join(".git/config"), "").expect("written");
        fs::write(root.join("data/a.csv"), "").expect("written");
        fs::write(machine.join("secret"), "").expect("written");
        symlink("data/a.csv", root.join("link.csv")).expect("linked");
        symlink("../secret", root.join("out.csv")).expect("linked");
        symlink("/dev/zero", root.join("zero.csv")).expect("linked");
        let resolve = |name: &str| file_of_repository(&root, &root, name).map_err(|error| error.to_string());

        assert_eq!(resolve("data/a.csv"), Ok(root.join("data/a.csv")));
        assert_eq!(resolve("link.csv"), Ok(root.join("data/a.csv")));
        let outside = "it is outside the repository that debtscan.toml was found in";
        for name in ["../secret", "out.csv", "zero.csv", "/etc/passwd", "/proc/self/environ"] {
            assert_eq!(resolve(name), Err(outside.to_owned()), "{name}");
        }
        assert_eq!(resolve(".git/config"), Err("it is inside the .git folder".to_owned()));
        assert_eq!(resolve("data"), Err("it is not a regular file".to_owned()));
        assert!(resolve("none.csv").is_err());
    }

    #[test]
    fn a_text_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a.toml");
        fs::write(&file, "1234").expect("written");
        assert_eq!(read_text(&file, 4).expect("short enough"), "1234");
        let error = read_text(&file, 3).expect_err("too long").to_string();
        assert_eq!(error, "it is larger than 3 bytes");
        assert!(read_text(Path::new("/dev/zero"), 1000).is_err());
    }
}
