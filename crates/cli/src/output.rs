//! Writes a document to standard output, or to a file that is complete or unchanged.

use std::fs::{self, File};
use std::io::{self, BufWriter, StdoutLock, Write};
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use debtscan_app::{Boundary, is_link};
use tempfile::NamedTempFile;

use crate::failure::{Failure, NAME_THE_TARGET};

/// Where output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// A file; an existing one is replaced.
    File(PathBuf),
    /// A file that must not exist yet.
    NewFile(PathBuf),
}

impl Destination {
    /// Refuses a file that cannot be written, before any work is done.
    ///
    /// # Errors
    /// When its folder does not exist, it is a folder or a link, a link of a repository leads to it, or it
    /// exists and must not.
    pub(crate) fn check(&self, boundary: &Boundary) -> Result<(), Failure> {
        let (Self::File(path) | Self::NewFile(path)) = self else { return Ok(()) };
        let refuse = |reason: &str| Err(Failure::new(format!("cannot write `{}`: {reason}", path.display())));
        if let Err(why) = boundary.check(path) {
            return refuse(&why.to_string()).map_err(|failure: Failure| failure.with_hint(NAME_THE_TARGET));
        }
        if path.is_dir() {
            return refuse("it is a folder");
        }
        if !folder_of(path).is_dir() {
            // Now, and not after minutes of scanning.
            return refuse("its folder does not exist");
        }
        // A dangling link exists too, and would be written through.
        if matches!(self, Self::NewFile(_)) && path.symlink_metadata().is_ok() {
            let hint = "edit it, or move it away first; `--output -` prints the template";
            return refuse("it exists, and is not overwritten")
                .map_err(|failure: Failure| failure.with_hint(hint));
        }
        if matches!(self, Self::File(_)) && is_link(path) && !is_special(path) {
            return refuse("it is a link").map_err(|failure: Failure| failure.with_hint(NAME_THE_TARGET));
        }
        Ok(())
    }

    /// Opens it for one document.
    ///
    /// # Errors
    /// When no temporary file can be created in the folder of the file.
    pub(crate) fn open(&self) -> io::Result<Sink> {
        let name = match self {
            Self::Stdout => "standard output".to_owned(),
            Self::File(path) | Self::NewFile(path) => format!("`{}`", path.display()),
        };
        let stream = match self {
            // Standard output of Rust flushes at every line end, which is slow for a large CSV.
            Self::Stdout => Ok(Stream::Stdout(BufWriter::new(io::stdout().lock()))),
            Self::File(path) | Self::NewFile(path) if is_special(path) => {
                File::options().write(true).open(path).map(|file| Stream::Special(BufWriter::new(file)))
            }
            Self::File(path) => Stream::beside(path, Existing::Replace),
            Self::NewFile(path) => Stream::beside(path, Existing::Keep),
        };
        stream.map_err(|error| named(&name, &error)).map(|stream| Sink { name: name.clone(), stream })
    }
}

/// A device, pipe or socket: written to directly, it cannot be replaced.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether an existing file is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existing {
    Replace,
    Keep,
}

/// Receives the bytes of one document. A file is not changed unless [`Sink::finish`] is called.
#[derive(Debug)]
pub(crate) struct Sink {
    name: String,
    stream: Stream,
}

#[derive(Debug)]
enum Stream {
    Stdout(BufWriter<StdoutLock<'static>>),
    Special(BufWriter<File>),
    Beside { file: BufWriter<NamedTempFile>, target: PathBuf, existing: Existing },
}

impl Stream {
    /// A temporary file in the folder of `path`, so that a rename puts it in place.
    fn beside(path: &Path, existing: Existing) -> io::Result<Self> {
        let target = path.to_owned();
        let mut builder = tempfile::Builder::new();
        builder.prefix(".debtscan-").suffix(".tmp");
        // The usual permissions of a new file, before the umask; temporary files are private by default.
        #[cfg(unix)]
        builder.permissions(fs::Permissions::from_mode(0o666));
        let file = builder.tempfile_in(folder_of(&target))?;
        // A link that appeared since the check is replaced, not followed.
        if let Ok(metadata) = fs::symlink_metadata(&target)
            && metadata.is_file()
        {
            file.as_file().set_permissions(metadata.permissions())?;
        }
        Ok(Self::Beside { file: BufWriter::new(file), target, existing })
    }
}

impl Sink {
    /// Flushes the document, and moves a file to its place.
    ///
    /// # Errors
    /// When the last bytes cannot be written or the file cannot be put in place.
    pub(crate) fn finish(self) -> io::Result<()> {
        let Self { name, stream } = self;
        let result = match stream {
            Stream::Stdout(mut stdout) => stdout.flush(),
            Stream::Special(mut file) => file.flush(),
            Stream::Beside { file, target, existing } => {
                // The last bytes first: a full disk must not replace a good file with half a one.
                file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| {
                    let kept = match existing {
                        Existing::Replace => file.persist(target),
                        // The check at the start was long ago. This one is a single step of the
                        // file system.
                        Existing::Keep => file.persist_noclobber(target),
                    };
                    kept.map(drop).map_err(|error| error.error)
                })
            }
        };
        result.map_err(|error| named(&name, &error))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = match &mut self.stream {
            Stream::Stdout(stdout) => stdout.write(bytes),
            Stream::Special(file) => file.write(bytes),
            Stream::Beside { file, .. } => file.write(bytes),
        };
        result.map_err(|error| named(&self.name, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = match &mut self.stream {
            Stream::Stdout(stdout) => stdout.flush(),
            Stream::Special(file) => file.flush(),
            Stream::Beside { file, .. } => file.flush(),
        };
        result.map_err(|error| named(&self.name, &error))
    }
}

/// The same kind of error, with the name of the destination.
fn named(name: &str, error: &io::Error) -> io::Error {
    // The kind stays, because a broken pipe is recognised by it.
    io::Error::new(error.kind(), format!("cannot write {name}: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use debtscan_app::Boundary;

    use super::Destination;

    fn entries(folder: &std::path::Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("readable")
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_untouched_until_the_document_is_whole() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("report.json");
        fs::write(&path, "old").expect("written");
        let destination = Destination::File(path.clone());

        let mut abandoned = destination.open().expect("open");
        abandoned.write_all(b"half").expect("written");
        drop(abandoned);
        assert_eq!(fs::read_to_string(&path).expect("readable"), "old");

        let mut sink = destination.open().expect("open");
        sink.write_all(b"new").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("readable"), "old");
        sink.finish().expect("in place");
        assert_eq!(fs::read_to_string(&path).expect("readable"), "new");
        assert_eq!(entries(folder.path()), ["report.json"], "no temporary file stays");
    }

    #[test]
    fn a_new_file_replaces_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("debtscan.toml");
        let destination = Destination::NewFile(path.clone());
        let mut sink = destination.open().expect("open");
        sink.write_all(b"mine").expect("written");
        fs::write(&path, "theirs").expect("written in the meantime");
        assert!(sink.finish().is_err());
        assert_eq!(fs::read_to_string(&path).expect("readable"), "theirs");
        assert!(destination.check(&Boundary::default()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_survive_and_links_are_refused() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("real.csv");
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).expect("set");
        let mut sink = Destination::File(path.clone()).open().expect("open");
        sink.write_all(b"new").expect("written");
        sink.finish().expect("in place");
        assert_eq!(fs::read_to_string(&path).expect("readable"), "new");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o604);

        let link = folder.path().join("link.csv");
        symlink(&path, &link).expect("linked");
        let destination = Destination::File(link.clone());
        assert!(destination.check(&Boundary::default()).is_err());
        let mut sink = destination.open().expect("open");
        sink.write_all(b"newer").expect("written");
        sink.finish().expect("in place");
        assert_eq!(fs::read_to_string(&path).expect("readable"), "new", "the target is never followed");

        let device = folder.path().join("device.csv");
        symlink("/dev/null", &device).expect("linked");
        let destination = Destination::File(device);
        assert!(destination.check(&Boundary::default()).is_ok(), "as /dev/stdout is a link");
    }
}
