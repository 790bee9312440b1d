//! Resolves the commands that scan nothing: `init`, `schema` and `cache`.

use std::path::{Path, PathBuf};

use debtscan_app::{Boundary, CacheRequest, work_tree};

use super::configuration::{cannot_open, check_folder};
use super::output::{MessageStyle, destination};
use super::shared::{cache_folder, check_cache};
use crate::args::upkeep::{CachePlaceArgs, InitArgs, SchemaArgs, SchemaWord};
use crate::config;
use crate::failure::Failure;
use crate::locate;
use crate::output::Destination;

/// Where the template goes.
#[derive(Debug)]
pub(crate) struct InitSettings {
    pub(crate) destination: Destination,
    pub(crate) messages: MessageStyle,
    /// The root of the work tree to look at; `None` outside any.
    pub(crate) root: Option<PathBuf>,
}

/// Resolves `debtscan init`.
pub(crate) fn init(args: InitArgs) -> Result<InitSettings, Failure> {
    let path = args.path.unwrap_or_else(|| PathBuf::from("."));
    let destination = match args.output {
        Some(file) if file == Path::new("-") => Destination::Stdout,
        // A configuration is edited by hand, so none is ever overwritten.
        Some(file) => Destination::NewFile(file),
        None => {
            check_folder(&path)?;
            // Into the root, where every folder of the repository finds it.
            let root = work_tree(&path).map_err(|error| cannot_open(&path, &error))?;
            let hint = "name a folder of a git checkout, or choose a place with --output FILE";
            let root = root.ok_or_else(|| {
                Failure::new(format!("no git work tree at or above `{}`", path.display())).with_hint(hint)
            })?;
            Destination::NewFile(PathBuf::from(locate::shown(&root.join(config::FILE_NAME))))
        }
    };
    destination.check(&Boundary::around(&path))?;
    let root = work_tree(&path).ok().flatten();
    Ok(InitSettings {
        destination,
        root,
        messages: MessageStyle::new(args.messages.quiet, args.messages.color),
    })
}

/// Resolves `debtscan cache`.
pub(crate) fn cache(args: &CachePlaceArgs) -> Result<CacheRequest, Failure> {
    let folder = cache_folder(args.cache_dir.as_deref()).ok_or_else(|| {
        Failure::new("no cache folder: neither XDG_CACHE_HOME nor HOME names a folder")
            .with_hint("choose one with --cache-dir DIR")
    })?;
    args.path.as_deref().map_or(Ok(()), check_folder)?;
    let boundary = Boundary::around(args.path.as_deref().unwrap_or(Path::new(".")));
    check_cache(&boundary, args.cache_dir.as_deref())?;
    Ok(CacheRequest { folder, repository: args.path.clone() })
}

/// Resolves `debtscan schema`: the command, and the destination.
pub(crate) fn schema(args: &SchemaArgs) -> Result<(SchemaWord, Destination), Failure> {
    let output = destination(args.output.as_deref());
    output.check(&Boundary::around(Path::new(".")))?;
    Ok((args.command.unwrap_or(SchemaWord::Scan), output))
}
