//! Why a workflow stops.

use std::path::PathBuf;

use debtscan_demo::CreateError;
use debtscan_incidents::{AccountsError, IncidentError, PlanningError};
use debtscan_reporter::case::CaseError;
use debtscan_reporter::trend::TrendError;
use debtscan_reporter::verify::VerifyError;
use debtscan_reporter::{BuildError, ExplainError};
use debtscan_scanner::{RunError, ScanError};

use crate::files::{FileError, FileRole};

/// Why a workflow stops.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file with the secret behind pseudonyms holds none.
    // An empty key gives the pseudonyms of no key, which anybody can make again.
    #[error("the key of pseudonyms in `{file}` is empty")]
    EmptyKey {
        /// The file, as the user or the configuration wrote it.
        file: String,
    },
    /// The list of leavers is not UTF-8 text.
    #[error("cannot read {} from `{file}`: it is not UTF-8 text", FileRole::Leavers)]
    LeaversNotText {
        /// The file, as the user wrote it.
        file: String,
    },
    /// An incident file is of no use.
    #[error(transparent)]
    Incidents(#[from] IncidentError),
    /// An accounts file is of no use.
    #[error(transparent)]
    Accounts(#[from] AccountsError),
    /// Fixes or a plan are of no use.
    #[error(transparent)]
    Planning(#[from] PlanningError),
    /// The repository cannot be read.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The cache cannot be listed or cleared.
    #[error(transparent)]
    Cache(#[from] RunError),
    /// The figures cannot be computed.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The subject cannot be explained.
    #[error(transparent)]
    Explain(#[from] ExplainError),
    /// The business case cannot be made.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The invented company cannot be written.
    #[error(transparent)]
    Demo(#[from] CreateError),
    /// The folder for the invented company has something else.
    #[error("`{}` exists and is not this demo; nothing is overwritten", folder.display())]
    NotTheDemo {
        /// The folder as the user wrote it.
        folder: PathBuf,
    },
    /// The fix cannot be verified.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// The subject has no trend.
    #[error(transparent)]
    Trend(#[from] TrendError),
    /// No author has the name of somebody who is said to leave.
    #[error("no author matches `{name}`")]
    UnknownLeaver {
        /// The name as the user wrote it.
        name: String,
        /// The most similar name or address; `None` if there is none, or people are anonymous.
        nearest: Option<String>,
    },
}
