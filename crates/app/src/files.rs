//! Reads the files that a request names. No other module of this crate reads one.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::boundary::{self, Boundary, Refused};

/// Where the content of a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// Standard input.
    Stdin,
    /// A file that the user named.
    Named(PathBuf),
    /// A file that a configuration names.
    Configured {
        /// The name, relative to `folder`.
        name: String,
        /// The folder of the configuration.
        folder: PathBuf,
        /// The repository that holds the configuration, whose files alone it may name; `None` if the user named
        /// the configuration.
        confined_to: Option<PathBuf>,
    },
}

/// What a file is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRole {
    /// Incidents.
    Incidents,
    /// Customer accounts.
    Accounts,
    /// The secret behind pseudonyms.
    Key,
    /// Names of people who left.
    Leavers,
    /// Fixes that are asked for.
    Fixes,
    /// What teams have planned.
    Plan,
    /// Changes that people labelled.
    Labels,
    /// The JSON of an earlier plan of fixes.
    EarlierPlan,
}

/// A file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system or the boundary does not allow it.
    #[error("cannot read {role} from `{file}`")]
    Read {
        /// What the file is for.
        role: FileRole,
        /// The file, as the user or the configuration wrote it.
        file: String,
        /// The system's error, or [`Refused`] for a file that a found configuration must not name.
        #[source]
        source: io::Error,
    },
    /// The user named a link that leads out of the repository.
    #[error("cannot read {role}: {why}")]
    Refused {
        /// What the file is for.
        role: FileRole,
        /// The reason.
        why: Refused,
    },
}

impl fmt::Display for FileRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Incidents => "incidents",
            Self::Accounts => "accounts",
            Self::Key => "the key of pseudonyms",
            Self::Leavers => "the list of leavers",
            Self::Fixes => "fixes",
            Self::Plan => "the plan",
            Self::Labels => "labels",
            Self::EarlierPlan => "an earlier plan",
        })
    }
}

impl FileSource {
    /// The name for messages: as the user or the configuration wrote it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::Named(path) => path.display().to_string(),
            Self::Configured { name, .. } => name.clone(),
        }
    }

    /// Reads the whole content, within the boundary of the request.
    pub(crate) fn read(&self, role: FileRole, boundary: &Boundary) -> Result<Vec<u8>, FileError> {
        let content = match self {
            Self::Stdin => read_stdin(),
            Self::Named(path) => {
                // Also for a file that the user typed: completion offers `incidents.csv` of a
                // stranger's checkout like any other.
                boundary.check(path).map_err(|why| FileError::Refused { role, why })?;
                fs::read(path)
            }
            Self::Configured { name, folder, confined_to } => {
                resolve(name, folder, confined_to.as_deref()).and_then(fs::read)
            }
        };
        content.map_err(|source| FileError::Read { role, file: self.name(), source })
    }
}

fn resolve(name: &str, folder: &Path, confined_to: Option<&Path>) -> io::Result<PathBuf> {
    match confined_to {
        Some(root) => boundary::file_of_repository(root, folder, name),
        // The user named the configuration, and so vouches for the files that it names.
        None => Ok(folder.join(name)),
    }
}

fn read_stdin() -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    io::stdin().lock().read_to_end(&mut content)?;
    Ok(content)
}
