//! The cache on disk: one folder per repository, and one file per run that found something new.
//!
//! A file is written under a temporary name, renamed into place and never changed. Readers therefore see
//! complete files, a killed run leaves at most a temporary one, and two concurrent runs leave two files.
//! There are no locks.
//!
//! Somebody else may have filled the folder, as a restored CI cache was. The cache folder itself may be a
//! link of the user. Below it, only folders and regular files are opened, so that a link leads nowhere and
//! a pipe blocks nobody, and files are written under a new name and renamed, which replaces a link instead
//! of following it.

use std::fs::{self, DirBuilder, File, Metadata};
use std::io::{self, Read, Write};
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

/// Maximum size of all repositories together. Beyond it, the least recently used ones are removed.
pub(super) const MAX_BYTES: u64 = 1 << 30;

/// Suffix of a repository's folder, after 40 hexadecimal digits.
const FOLDER_ENDING: &str = ".debtscan";
const KEY_DIGITS: usize = 40;
/// Suffix of a finished file.
const FILE_ENDING: &str = ".segment";
const TEMPORARY_START: &str = ".new-";
/// Holds the path of the repository. Every run writes it, so its age tells when the folder was last used.
const USED: &str = "used";
/// Age at which the temporary file of a killed run is removed.
const ABANDONED: Duration = Duration::from_hours(24);
/// Maximum size of a file that is read or written. The results of a million commits take a fifth.
const MAX_FILE_BYTES: u64 = 1 << 29;
/// Maximum size of the file with the path of the repository: several times the longest path of any system.
const MAX_USED_BYTES: u64 = 1 << 16;

/// The folder of one repository.
#[derive(Debug, Clone)]
pub(super) struct RepositoryFolder {
    path: PathBuf,
}

/// What is found in the places of finished files. Both lists are sorted, oldest first.
#[derive(Debug, Default)]
pub(super) struct FoundFiles {
    /// Regular files.
    pub(super) regular: Vec<PathBuf>,
    /// Links, folders, pipes, sockets and devices, which debtscan never makes and does not open.
    pub(super) others: Vec<PathBuf>,
}

/// The cached results of one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheEntry {
    /// The git folder of the repository when it was last scanned; `None` if unknown.
    pub repository: Option<PathBuf>,
    /// Size of all its files in bytes.
    pub bytes: u64,
    /// Number of its files.
    pub files: usize,
    folder: PathBuf,
    last_used: Option<SystemTime>,
}

impl RepositoryFolder {
    /// The folder of the repository with this key. It need not exist.
    pub(super) fn new(root: &Path, key: &str) -> Self {
        Self { path: root.join(format!("{key}{FOLDER_ENDING}")) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Lists its finished files; none if the folder does not exist.
    pub(super) fn files(&self) -> io::Result<FoundFiles> {
        let mut found = FoundFiles::default();
        let entries = match check_folder(&self.path).and_then(|()| fs::read_dir(&self.path)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            if entry.file_name().to_string_lossy().ends_with(FILE_ENDING) {
                let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
                let list = if is_file { &mut found.regular } else { &mut found.others };
                list.push(entry.path());
            }
        }
        found.regular.sort_unstable();
        found.others.sort_unstable();
        Ok(found)
    }

    /// Adds a file that sorts after `last`.
    pub(super) fn add(&self, content: &[u8], last: Option<&Path>) -> io::Result<()> {
        make_private_folder(&self.path)?;
        // Ten digits in the name, so that the order of names is that of runs.
        // Saturating, because a stranger may have named the last file.
        let number = last.and_then(number_of).map_or(0, |last| last.saturating_add(1));
        let file = self.temporary(content)?;
        // The random part keeps concurrent runs from choosing the same name.
        let random = file.path().file_name().map(|name| name.to_string_lossy().into_owned());
        let random = random.as_deref().and_then(|name| name.strip_prefix(TEMPORARY_START)).unwrap_or("0");
        let name = format!("{number:010}-{random}{FILE_ENDING}");
        file.persist(self.path.join(name)).map(drop).map_err(|error| error.error)
    }

    /// Writes a file of this name, replacing an older one.
    pub(super) fn replace(&self, name: &str, content: &[u8]) -> io::Result<()> {
        make_private_folder(&self.path)?;
        self.temporary(content)?.persist(self.path.join(name)).map(drop).map_err(|error| error.error)
    }

    /// Writes a new file with a name of its own into the folder, which must exist.
    fn temporary(&self, content: &[u8]) -> io::Result<NamedTempFile> {
        // A folder could have become a link since it was created.
        check_folder(&self.path)?;
        if content.len() as u64 > MAX_FILE_BYTES {
            return Err(too_large());
        }
        let mut file = tempfile::Builder::new().prefix(TEMPORARY_START).tempfile_in(&self.path)?;
        file.write_all(content)?;
        Ok(file)
    }

    /// Removes obsolete files. A concurrent run may have removed them already.
    pub(super) fn remove(&self, files: &[PathBuf]) -> io::Result<()> {
        files.iter().try_for_each(|file| absent_is_fine(fs::remove_file(file)))?;
        self.remove_abandoned()
    }

    /// Removes temporary files of killed runs, which are much older than the file just written.
    fn remove_abandoned(&self) -> io::Result<()> {
        let newest = self.files()?.regular.iter().filter_map(|file| modified(file)).max();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            // The file system's own clock decides, which may differ from this machine's.
            let is_old = newest.zip(modified(&entry.path())).is_some_and(|(newest, modified)| {
                newest.duration_since(modified).is_ok_and(|age| age > ABANDONED)
            });
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_old && !is_folder && entry.file_name().to_string_lossy().starts_with(TEMPORARY_START) {
                absent_is_fine(fs::remove_file(entry.path()))?;
            }
        }
        Ok(())
    }

    /// Records that the folder was used, and for which repository.
    pub(super) fn mark_used(&self, repository: &Path) -> io::Result<()> {
        let file = self.temporary(repository.as_os_str().as_encoded_bytes())?;
        file.persist(self.path.join(USED)).map(drop).map_err(|error| error.error)
    }
}

fn number_of(file: &Path) -> Option<u64> {
    file.file_name()?.to_str()?.split('-').next()?.parse().ok()
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::symlink_metadata(file).and_then(|metadata| metadata.modified()).ok()
}

/// Ignores the error of removing something that does not exist.
fn absent_is_fine(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Refuses a folder of the cache that is a link, which could lead anywhere.
fn check_folder(path: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if metadata.is_dir() {
        return Ok(());
    }
    Err(io::Error::other(if metadata.is_symlink() { "it is a link" } else { "it is not a folder" }))
}

/// Creates a folder and its parents, accessible to the user only.
fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    // Names of people and paths of private repositories are nobody else's business.
    builder.mode(0o700);
    builder.create(path)
}

/// Reads a whole file of the cache.
pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    read_up_to(MAX_FILE_BYTES, file)
}

fn read_up_to(limit: u64, path: &Path) -> io::Result<Vec<u8>> {
    if let Some(folder) = path.parent() {
        check_folder(folder)?;
    }
    // To open a pipe would wait for a writer, and to open a device may start something.
    let before = fs::symlink_metadata(path)?;
    if !before.is_file() {
        return Err(not_regular());
    }
    let file = File::open(path)?;
    let opened = file.metadata()?;
    if !opened.is_file() || !is_same_file(&before, &opened) {
        return Err(not_regular());
    }
    // The length of the open file, not of the path: it cannot be exchanged any more.
    if opened.len() > limit {
        return Err(too_large());
    }
    let mut content = Vec::new();
    // The file may grow while it is read.
    file.take(limit).read_to_end(&mut content)?;
    Ok(content)
}

/// False if something else took the place of a file before it was opened.
#[cfg(unix)]
fn is_same_file(before: &Metadata, opened: &Metadata) -> bool {
    (before.dev(), before.ino()) == (opened.dev(), opened.ino())
}

#[cfg(not(unix))]
fn is_same_file(_before: &Metadata, _opened: &Metadata) -> bool {
    true
}

/// The error for a link, folder, pipe, socket or device in place of a file.
pub(super) fn not_regular() -> io::Error {
    io::Error::other("it is not a regular file")
}

fn too_large() -> io::Error {
    io::Error::other("the file is too large")
}

/// Lists the repositories in a cache folder; none if the folder does not exist.
pub(super) fn list(root: &Path) -> io::Result<Vec<CacheEntry>> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry?;
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        // `--cache-dir` may name a folder with other content, which must never be listed or
        // removed.
        if is_folder && is_ours(&entry.file_name().to_string_lossy()) {
            all.push(describe(entry.path())?);
        }
    }
    all.sort_by(|a, b| (&a.repository, &a.folder).cmp(&(&b.repository, &b.folder)));
    Ok(all)
}

fn is_ours(name: &str) -> bool {
    name.strip_suffix(FOLDER_ENDING)
        .is_some_and(|key| key.len() == KEY_DIGITS && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn describe(folder: PathBuf) -> io::Result<CacheEntry> {
    let mut bytes = 0;
    let mut files = 0;
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        // A concurrent run may remove it in the meantime.
        bytes += entry.metadata().map_or(0, |metadata| metadata.len());
        let name = entry.file_name();
        let name = name.to_string_lossy();
        files += usize::from(name != USED && !name.starts_with(TEMPORARY_START));
    }
    let used = folder.join(USED);
    let last_used = modified(&used);
    // Its content is only shown, so a folder without a readable mark is still listed.
    let repository = read_up_to(MAX_USED_BYTES, &used)
        .ok()
        .map(|path| PathBuf::from(String::from_utf8_lossy(&path).into_owned()));
    Ok(CacheEntry { repository, bytes, files, folder, last_used })
}

impl CacheEntry {
    /// The folder of this entry.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn is_in(&self, folder: &Path) -> bool {
        self.folder == folder
    }
}

/// Removes the results of one repository.
pub(super) fn remove(entry: &CacheEntry) -> io::Result<()> {
    absent_is_fine(fs::remove_dir_all(&entry.folder))
}

/// Removes the least recently used repositories until all together take at most `max_bytes`. `keep` is
/// never removed.
pub(super) fn evict(root: &Path, keep: &RepositoryFolder, max_bytes: u64) -> io::Result<()> {
    let mut entries = list(root)?;
    let mut total: u64 = entries.iter().map(|entry| entry.bytes).sum();
    // An entry that was never marked as used sorts first.
    entries.sort_by_key(|entry| entry.last_used);
    for entry in entries.iter().filter(|entry| entry.folder != keep.path) {
        if total <= max_bytes {
            break;
        }
        remove(entry)?;
        total -= entry.bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{RepositoryFolder, evict, list};

    #[test]
    fn files_are_found_oldest_first_and_nobody_else_may_read_them() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = RepositoryFolder::new(&root.path().join("deep/down"), &"a".repeat(40));
        assert!(folder.files().expect("no folder, no files").regular.is_empty());
        for content in ["one", "two", "three"] {
            let last = folder.files().expect("readable").regular.pop();
            folder.add(content.as_bytes(), last.as_deref()).expect("written");
        }
        let contents: Vec<String> = folder
            .files()
            .expect("readable")
            .regular
            .iter()
            .map(|file| fs::read_to_string(file).expect("readable"))
            .collect();
        assert_eq!(contents, ["one", "two", "three"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(mode(folder.path()), 0o700);
            assert_eq!(mode(&folder.files().expect("readable").regular[0]), 0o600);
        }
    }

    #[test]
    fn the_longest_unused_goes_first_and_what_is_not_ours_stays() {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(root.path().join("holiday.debtscan")).expect("made");
        fs::write(root.path().join("holiday.debtscan/photo"), vec![0; 5000]).expect("written");
        let folders = ["a", "b", "c"].map(|key| RepositoryFolder::new(root.path(), &key.repeat(40)));
        for (folder, day) in folders.iter().zip([2, 1, 3]) {
            folder.add(&[0; 1000], None).expect("written");
            folder.mark_used(Path::new("/r")).expect("written");
            let used = fs::File::options().write(true).open(folder.path().join("used")).expect("there");
            let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(day * 86_400);
            used.set_modified(time).expect("set");
        }
        assert_eq!(list(root.path()).expect("listed").len(), 3);
        evict(root.path(), &folders[2], 2500).expect("evicted");
        let left: Vec<bool> = folders.iter().map(|folder| folder.path().exists()).collect();
        assert_eq!(left, [true, false, true], "b was used first");
        evict(root.path(), &folders[2], 0).expect("evicted");
        let left: Vec<bool> = folders.iter().map(|folder| folder.path().exists()).collect();
        assert_eq!(left, [false, false, true], "the one in use stays");
        assert!(root.path().join("holiday.debtscan/photo").exists());
    }
}
