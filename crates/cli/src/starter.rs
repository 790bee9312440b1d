//! What `debtscan init` finds in a repository.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::FromArgMatches;
use debtscan_app::{self as app, AppError, Grouping};
use debtscan_render::{Starter, starter_config};

use crate::answer::ask;
use crate::args::summary::program;
use crate::args::{Command, CommandLine};
use crate::exit;
use crate::failure::{Failure, whole_text};
use crate::settings::{self, InitSettings};

/// Extensions of the exports that debtscan reads.
const EXPORTS: [&str; 5] = ["csv", "json", "jsonl", "xlsx", "ods"];

/// The template, with what the repository has in place of its examples.
pub(crate) fn config(template: &str, settings: &InitSettings) -> String {
    let Some(root) = &settings.root else { return template.to_owned() };
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.clone());
    let name = absolute.file_name().and_then(|name| name.to_str());
    let incident_files = incident_files(root).unwrap_or_else(|error| {
        exit::note(&format!("no incident files filled in: {error}"), settings.messages);
        Vec::new()
    });
    let areas = match areas(root, settings) {
        Ok(areas) => Some(areas),
        Err(failure) => {
            // The template is of use without them, in a repository without commits too.
            let why = whole_text(failure.error());
            exit::note(&format!("no areas filled in: {why}"), settings.messages);
            None
        }
    };
    let found = Starter { name, incident_files: &incident_files, areas: areas.as_ref() };
    starter_config(template, &found)
}

/// Files at the root whose names say that they hold incidents: sorted.
fn incident_files(root: &Path) -> io::Result<Vec<String>> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(root)?.collect::<io::Result<_>>()?;
    let is_export = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| EXPORTS.contains(&extension))
    };
    let mut files: Vec<String> = entries
        .into_iter()
        // Links are not followed, as a run would not follow them.
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.path())
        .filter(is_export)
        // A configuration is UTF-8, so that it cannot name the others.
        .filter_map(|path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned))
        .filter(|name| name.to_lowercase().starts_with("incident"))
        .collect();
    files.sort();
    Ok(files)
}

/// The areas as `debtscan areas` lists them.
fn areas(root: &Path, settings: &InitSettings) -> Result<app::AreaList, Failure> {
    let words = [OsString::from("debtscan"), "areas".into(), "--".into(), root.as_os_str().to_owned()];
    let matches = program().try_get_matches_from(words).map_err(Failure::new)?;
    let line = CommandLine::from_arg_matches(&matches).map_err(Failure::new)?;
    let Some(Command::Areas(args)) = line.command else { unreachable!("the words name this command") };
    let (mut list, _, _) = settings::areas(args)?;
    list.output.messages = settings.messages;
    let answer = ask(&list, |request, progress| -> Result<_, AppError> {
        app::areas(request, Grouping::Area, progress)
    })?;
    Ok(answer.findings)
}
