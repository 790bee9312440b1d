//! Finds and reads `debtscan.toml`.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use clap::CommandFactory;
use debtscan_app::{Boundary, FileSource, Refused, closest, read_text};

use crate::args::CommandLine;
use crate::args::shared::RepositoryArgs;
use crate::config::{self, Config, Excerpt};
use crate::failure::{Failure, NAME_THE_TARGET};
use crate::locate;
use crate::misuse::command_of_a_peer;

/// The configuration in force, and which files it may name.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) config: Config,
    /// The folder of the configuration, from which its paths are relative.
    folder: PathBuf,
    /// The repository that holds the configuration, whose files alone it may name; `None` if the user
    /// named the configuration.
    confined_to: Option<PathBuf>,
    pub(super) boundary: Boundary,
}

impl Found {
    /// The file that the configuration calls `name`.
    pub(super) fn file(&self, name: &str) -> FileSource {
        FileSource::Configured {
            name: name.to_owned(),
            folder: self.folder.clone(),
            confined_to: self.confined_to.clone(),
        }
    }
}

/// The longest configuration that is read, in bytes.
const MAX_CONFIG_BYTES: u64 = 1 << 20;

/// Reads the configuration that was named, else the nearest one; an empty one if there is none.
pub(super) fn find_config(args: &RepositoryArgs) -> Result<Found, Failure> {
    let path = args.path.as_deref().unwrap_or(Path::new("."));
    check_folder(path)?;
    let boundary = Boundary::around(path);
    let (file, confined_to) = match &args.config {
        // Named by the user, so it may be anywhere and name any file.
        Some(file) => (file.clone(), None),
        None => match locate::config(path).map_err(|error| cannot_open(path, &error))? {
            Some(found) => (found.file, Some(found.root)),
            None => return Ok(Found { boundary, ..Found::default() }),
        },
    };
    let name = locate::shown(&file);
    let refuse =
        |reason: &dyn fmt::Display| Failure::new(format!("cannot read the configuration `{name}`: {reason}"));
    if confined_to.is_some() {
        match fs::symlink_metadata(&file) {
            Ok(metadata) if metadata.is_symlink() => {
                let hint = "if the link is yours, name the file that it points to with --config";
                return Err(refuse(&"it is a link").with_hint(hint));
            }
            Ok(metadata) if !metadata.is_file() => return Err(refuse(&Refused::NotAFile)),
            _ => {}
        }
    }
    boundary.check(&file).map_err(|why| refuse(&why).with_hint(NAME_THE_TARGET))?;
    let content = read_text(&file, MAX_CONFIG_BYTES).map_err(|error| refuse(&error))?;
    let excerpt =
        if boundary.holds(&file) || confined_to.is_some() { Excerpt::Shown } else { Excerpt::Hidden };
    let config = config::parse(&name, &content).map_err(|error| {
        Failure::new(error.with_excerpt(excerpt))
            .with_hint("`debtscan init --output -` prints every known key")
    })?;
    let folder = file.parent().expect("a file that was read has a name, and so a folder").to_owned();
    Ok(Found { config, folder, confined_to, boundary })
}

/// Refuses a PATH that is not a folder, before it passes for an empty or broken repository.
pub(super) fn check_folder(path: &Path) -> Result<(), Failure> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => {
            // The two mistakes that people make: an export, or a source file, where the repository
            // belongs.
            let hint = if path.extension().is_some_and(|extension| extension == "csv") {
                format!("`debtscan --incidents {shown}` reads incidents from it")
            } else {
                format!("`debtscan explain {shown}` explains one file of the repository")
            };
            Err(Failure::new(format!("`{shown}` is not a folder")).with_hint(hint))
        }
        Err(error) => {
            let failure = cannot_open(path, &error);
            let command = CommandLine::command();
            let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            // `debtscan hotspot` is a folder by the grammar of the command line, and a mistyped
            // command in truth.
            let word = path.to_string_lossy();
            match command_of_a_peer(&word).or_else(|| closest(&word, &names)) {
                Some(name) => Err(failure.with_hint(format!("did you mean the command `debtscan {name}`?"))),
                None => Err(failure),
            }
        }
    }
}

pub(super) fn cannot_open(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(format!("cannot open `{}`: {why}", path.display()))
        .with_hint("give the path of a git checkout or bare repository")
}
