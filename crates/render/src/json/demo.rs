//! The invented company in JSON: where it is, and how to go on.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::output::{SCHEMA_VERSION, document};
use super::table::DocumentSchema;
use super::values::ToolJson;
use crate::demo::{commands, content};
use crate::options::RenderOptions;
use debtscan_findings::Demo;

/// The invented company.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan demo")]
struct DemoJson {
    /// Version of this shape: 1.
    schema_version: u32,
    tool: ToolJson,
    /// Always `true`: nothing in the folder is real.
    invented: bool,
    /// The folder of the repository, as given.
    folder: String,
    /// The area whose business case is in the folder.
    area: String,
    /// The files to look at.
    files: Vec<FileJson>,
    /// Commands that work as they are.
    commands: Vec<CommandJson>,
}

/// A file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FileJson {
    /// Its path.
    path: String,
    /// What it has, for people.
    content: &'static str,
}

/// A command.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CommandJson {
    /// Words of a shell.
    command: String,
    /// What it gives, for people.
    gives: String,
}

/// Writes the document.
pub(crate) fn demo(demo: &Demo<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let file = |(file, path): &(_, String)| FileJson { path: path.clone(), content: content(*file) };
    let command = |(command, gives)| CommandJson { command, gives };
    let value = DemoJson {
        schema_version: SCHEMA_VERSION,
        tool: ToolJson::new(demo.report.tool_version),
        invented: true,
        folder: demo.folder.clone(),
        area: demo.area.to_owned(),
        files: demo.files.iter().map(file).collect(),
        commands: commands(demo, options).into_iter().map(command).collect(),
    };
    document(&value, out)
}

/// The JSON Schema of the document.
pub(crate) fn demo_schema() -> String {
    DocumentSchema::new::<DemoJson>().finish()
}
