//! Reads everything that a request names, before the repository is opened.
//!
//! Incidents, accounts and people enter every workflow here, so this is where redaction of errors and
//! anonymisation are decided, once for all of them.

use debtscan_incidents::{
    Accounts, AccountsError, IncidentError, IncidentFile, Incidents, ReadOptions, read_accounts,
};
use debtscan_model::Scan;
use debtscan_reporter::{Analysis, ListInput, Privacy, ReportOptions};
use debtscan_scanner::{KeepWhole, Pseudonyms, Repository, ScanOptions};

use crate::boundary::Boundary;
use crate::error::AppError;
use crate::files::{FileRole, FileSource};
use crate::request::{Anonymize, HistoryRequest, ReportRequest};

/// What files say, and the options that depend on it.
#[derive(Debug)]
pub(crate) struct Inputs {
    pub(crate) incidents: Incidents,
    /// The options of the request, with accounts and with the owners of areas under pseudonyms.
    pub(crate) options: ReportOptions,
    pub(crate) scan: ScanOptions,
    /// The incident files, byte for byte.
    pub(crate) contents: Vec<Vec<u8>>,
}

impl Inputs {
    /// Reads incidents, accounts and the key of pseudonyms; stops at a file without any usable incident.
    pub(crate) fn read(request: &ReportRequest) -> Result<Self, AppError> {
        Self::read_with(request, debtscan_incidents::read)
    }

    /// Reads as [`read`](Self::read) does, but keeps the problem of an unusable file as a finding.
    pub(crate) fn examine(request: &ReportRequest) -> Result<Self, AppError> {
        Self::read_with(request, debtscan_incidents::examine)
    }

    fn read_with(request: &ReportRequest, read: ReadIncidents) -> Result<Self, AppError> {
        let boundary = Boundary::around(&request.history.scan.path);
        // First, so that no owner and no incident is shown before the key is known.
        let people = pseudonyms(&request.history.anonymize, &boundary)?;
        let mut options = request.options.clone();
        if let Some(people) = &people {
            for owner in options.area_rules.iter_mut().filter_map(|rule| rule.owner.as_mut()) {
                // Owners of areas come from the configuration, which the scanner never sees.
                *owner = people.owner(owner);
            }
        }
        options.accounts = accounts(request, &boundary)?;
        let files = contents(&request.incidents, FileRole::Incidents, &boundary)?;
        // Errors quote headers and cells of the file, which `--redact` must not show.
        let incidents = read(&files, &request.reading).map_err(|error| protect(error, options.privacy))?;
        // Incidents are placed in the whole history, whatever part of it is shown.
        let whole = if incidents.list.is_empty() { KeepWhole::Never } else { KeepWhole::Always };
        let mut scan = ScanOptions { anonymize: people, whole, ..request.history.scan.clone() };
        // A fix that came after the scanned revision is no reason to look for its place elsewhere.
        scan.find_commits = incidents.list.iter().flat_map(|incident| incident.fix_commits.clone()).collect();
        options.losses.clone_from(&request.history.losses);
        let contents = files.into_iter().map(|file| file.content).collect();
        Ok(Self { incidents, options, scan, contents })
    }

    /// Opens the repository of the request.
    pub(crate) fn open(&self, request: &ReportRequest) -> Result<Repository, AppError> {
        Ok(Repository::open(&self.scan, request.history.cache.as_deref())?)
    }

    /// Places and ranks the incidents in a scan.
    pub(crate) fn analyse<'a>(&'a self, scan: &'a Scan) -> Result<Analysis<'a>, AppError> {
        Ok(Analysis::of(scan, &self.incidents, &self.options)?)
    }

    /// The input of lists.
    pub(crate) fn list<'a>(&'a self, scan: &'a Scan) -> ListInput<'a> {
        ListInput { scan, incidents: &self.incidents, options: &self.options }
    }
}

type ReadIncidents = fn(&[IncidentFile], &ReadOptions) -> Result<Incidents, IncidentError>;

/// Opens the repository of a request that joins no incidents.
pub(crate) fn open_history(request: &HistoryRequest) -> Result<Repository, AppError> {
    let boundary = Boundary::around(&request.scan.path);
    let anonymize = pseudonyms(&request.anonymize, &boundary)?;
    let scan = ScanOptions { anonymize, ..request.scan.clone() };
    Ok(Repository::open(&scan, request.cache.as_deref())?)
}

/// Reads names of people, one a line; `#` begins a comment. Each has its line, counted from 1.
pub(crate) fn leavers(file: &FileSource, request: &HistoryRequest) -> Result<Vec<(usize, String)>, AppError> {
    let content = file.read(FileRole::Leavers, &Boundary::around(&request.scan.path))?;
    let text = String::from_utf8(content).map_err(|_| AppError::LeaversNotText { file: file.name() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let names = text.lines().map(|line| without_comment(line).trim());
    let names = names.enumerate().filter(|(_, name)| !name.is_empty());
    Ok(names.map(|(position, name)| (position + 1, name.to_owned())).collect())
}

/// A line up to the `#` that begins a comment: the first of the line, or one after white space. Guest accounts
/// have addresses such as `ada_example.org#EXT#@corp.example`.
fn without_comment(line: &str) -> &str {
    let begins = |(at, _): &(usize, &str)| line[..*at].chars().next_back().is_none_or(char::is_whitespace);
    line.match_indices('#').find(begins).map_or(line, |(at, _)| &line[..at])
}

fn pseudonyms(anonymize: &Anonymize, boundary: &Boundary) -> Result<Option<Pseudonyms>, AppError> {
    let file = match anonymize {
        Anonymize::Off => return Ok(None),
        Anonymize::On => return Ok(Some(Pseudonyms::new(None))),
        Anonymize::WithKey(file) => file,
    };
    let content = file.read(FileRole::Key, boundary)?;
    match content.trim_ascii() {
        [] => Err(AppError::EmptyKey { file: file.name() }),
        // Editors end a file with a line end. The same secret must give the same pseudonyms without
        // it.
        key => Ok(Some(Pseudonyms::new(Some(key)))),
    }
}

fn accounts(request: &ReportRequest, boundary: &Boundary) -> Result<Option<Accounts>, AppError> {
    if request.accounts.is_empty() {
        return Ok(None);
    }
    let files = contents(&request.accounts, FileRole::Accounts, boundary)?;
    match read_accounts(&files, &request.reading) {
        Ok(accounts) => Ok(Some(accounts)),
        // The other errors name no content of a file.
        Err(AccountsError::File(error)) => {
            Err(AccountsError::File(protect(error, request.options.privacy)).into())
        }
        Err(error) => Err(error.into()),
    }
}

fn contents(
    sources: &[FileSource],
    role: FileRole,
    boundary: &Boundary,
) -> Result<Vec<IncidentFile>, AppError> {
    let read =
        |file: &FileSource| Ok(IncidentFile { name: file.name(), content: file.read(role, boundary)? });
    sources.iter().map(read).collect()
}

/// Removes the words of the file from an error, unless everything may be shown.
fn protect(error: IncidentError, privacy: Privacy) -> IncidentError {
    match privacy {
        Privacy::Open => error,
        Privacy::Redacted => error.redacted(),
    }
}
