//! The invented company: its ranking, the business case of one area, its files, and what to run next.

use std::io::{self, Write};

use super::brief::for_leaders;
use super::document::{Block, Cell, Document, Section, TableColumn};
use super::shell::shell_word;
use super::terminal::Terminal;
use super::text::visible;
use super::{markdown, overview, terminal};
use crate::options::{Format, RenderOptions};
use debtscan_findings::{Demo, DemoFile};

/// Writes everything for people: three documents, one after the other.
pub(super) fn write(demo: &Demo<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let is_table = options.format == Format::Table;
    let width = if is_table { options.width.max(terminal::NARROWEST) } else { usize::MAX };
    let mut documents = vec![overview::document(demo.report, options, width)];
    documents.extend(for_leaders(demo.brief, options));
    for (position, document) in documents.iter_mut().enumerate() {
        // The commands are those at the end, and one warning is enough.
        document.next.clear();
        if position > 0 {
            document.banner.clear();
        }
    }
    documents.push(ending(demo, options));
    for (position, document) in documents.iter().enumerate() {
        if position > 0 {
            out.write_all(if is_table { b"\n\n" } else { b"\n---\n\n" })?;
        }
        match options.format {
            Format::Table => Terminal::new(out, options).document(document)?,
            _ => markdown::document(document, out)?,
        }
    }
    Ok(())
}

/// The files, and what to run next.
fn ending(demo: &Demo<'_>, options: &RenderOptions) -> Document {
    let rows = demo
        .files
        .iter()
        .map(|(file, path)| vec![Cell::new(visible(path.as_bytes())), Cell::dim(content(*file))]);
    let files = Section {
        title: "FILES".to_owned(),
        aside: "all of them invented".to_owned(),
        columns: vec![TableColumn::path("file", 24, 0), TableColumn::text("content", 24, 0)],
        blocks: vec![Block { rows: rows.collect(), ..Block::default() }],
        notes: Vec::new(),
    };
    Document {
        banner: String::new(),
        header: vec![format!("The invented company is in {}", visible(demo.folder.as_bytes()))],
        lead: vec!["It is an ordinary git repository. Change its files, and run debtscan again.".to_owned()],
        sections: vec![files],
        next: commands(demo, options),
    }
}

/// Commands that work as they are, and what they give.
pub(crate) fn commands(demo: &Demo<'_>, options: &RenderOptions) -> Vec<(String, String)> {
    let invocation = &options.invocation;
    let mut commands = vec![(invocation.command("scan"), "the ranking of areas and files".to_owned())];
    if let Some(area) = shell_word(demo.area.as_bytes()) {
        let gives = "the case for its fixes, for whoever decides about a sprint".to_owned();
        commands.push((format!("{} --area {area}", invocation.command("brief")), gives));
    }
    commands
        .push((invocation.command("plan"), "which fixes first, for the capacity of the teams".to_owned()));
    if let Some(area) = shell_word(demo.repaired.0.as_bytes()) {
        let options = format!(" --area {area} --since {}", demo.repaired.1);
        commands.push((invocation.command("verify") + &options, "whether an earlier repair paid".to_owned()));
    }
    let file = demo.report.files.iter().find_map(|file| shell_word(file.path.as_bytes()));
    commands.extend(file.map(|file| {
        (invocation.command(&format!("explain {file}")), "how each figure was computed".to_owned())
    }));
    commands.push((invocation.command("knowledge"), "who knows the code, and who has left".to_owned()));
    let own = crate::options::Invocation { repository: None, ..invocation.clone() };
    commands.push((own.command("scan . --incidents YOUR.csv"), "the same for your own code".to_owned()));
    commands
}

/// What a file has.
pub(crate) fn content(file: DemoFile) -> &'static str {
    match file {
        DemoFile::ReportPage => "the ranking as a page: open it in a browser",
        DemoFile::BriefPage => "the business case as a page",
        DemoFile::Incidents => "what went wrong, what it cost, and which commit fixed it",
        DemoFile::Accounts => "customers, with revenue and renewal",
        DemoFile::Fixes => "tickets, with effort and the functions that they change",
        DemoFile::Plan => "what the teams have planned",
        DemoFile::Settings => "areas, teams and agreements; it names the files above",
    }
}
