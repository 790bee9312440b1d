//! A document as aligned text for a terminal: what does not fit gives way, nothing wraps.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::document::{Block, Cell, Content, Document, Look, Section, TableColumn};
use super::labels::distinct;
use super::text::{shorten_end, shorten_function, shorten_path, width, without_commands, wrap};
use crate::options::{Names, RenderOptions};

/// Narrower terminals are treated as this wide.
pub(super) const NARROWEST: usize = 60;
/// Columns between two columns of a table.
const GAP: usize = 2;
/// What ends a line of a command that goes on.
const CONTINUATION: &str = " \\";
/// A text column is never narrower, however little room there is.
const NARROWEST_TEXT: usize = 6;
/// Sentences are broken here even on a wide terminal: longer lines are hard to read.
const WIDEST_SENTENCE: usize = 110;

/// The naming column is shown in full up to this width before another column is added; a default.
const WHOLE_NAME: usize = 44;

/// Writes documents of at most `width` columns; only names that must stay whole make a line longer.
pub(super) struct Terminal<'a> {
    out: &'a mut dyn Write,
    width: usize,
    names: Names,
    color: bool,
}

impl<'a> Terminal<'a> {
    pub(super) fn new(out: &'a mut dyn Write, options: &RenderOptions) -> Self {
        let RenderOptions { width, names, color, .. } = options;
        Self { out, width: (*width).max(NARROWEST), names: *names, color: *color }
    }

    /// Writes the whole document.
    pub(super) fn document(&mut self, document: &Document) -> io::Result<()> {
        if !document.banner.is_empty() {
            self.wrapped("", &document.banner, Look::Accent)?;
        }
        self.header(&document.header)?;
        for sentence in &document.lead {
            self.wrapped("", sentence, Look::Plain)?;
        }
        for section in &document.sections {
            writeln!(self.out)?;
            self.section(section)?;
        }
        self.next(&document.next)
    }

    fn header(&mut self, parts: &[String]) -> io::Result<()> {
        let mut line = TerminalLine::default();
        for (position, part) in parts.iter().enumerate() {
            let separator = if position == 0 { "" } else { " · " };
            // Not `break`: a later, shorter part may still fit.
            if position > 0 && line.width + width(separator) + width(part) > self.width {
                continue;
            }
            line.push(separator, Look::Dim);
            let room = self.width - line.width;
            line.push(&shorten_end(part, room), if position == 0 { Look::Bold } else { Look::Plain });
        }
        self.line(&line)
    }

    fn section(&mut self, section: &Section) -> io::Result<()> {
        let mut title = TerminalLine::default();
        title.push(&section.title, Look::Bold);
        if !section.aside.is_empty() && title.width + GAP + width(&section.aside) <= self.width {
            title.pad(GAP);
            title.push(&section.aside, Look::Dim);
        }
        self.line(&title)?;
        let layout = layout(section, self.width, self.names);
        let n_blocks = section.blocks.len();
        for (position, block) in section.blocks.iter().enumerate() {
            self.headings(&section.columns, block, &layout)?;
            // After the layout: what two shortened names have in common depends on the width.
            let labels = labels_of(section, block, &layout);
            for row in &block.rows {
                self.row(&section.columns, row, &layout, &labels)?;
            }
            if !block.more.is_empty() {
                self.more(section, block, &layout)?;
            }
            if position + 1 < n_blocks {
                writeln!(self.out)?;
            }
        }
        // A third, because a label as long as the line would leave no room for its text.
        let hang = section.notes.iter().map(|note| width(&note.mark)).max().unwrap_or(0).min(self.width / 3);
        for note in &section.notes {
            let mark = shorten_end(&note.mark, hang);
            let gap = if hang == 0 { 2 } else { hang + 2 - width(&mark) };
            let before = if hang == 0 { " ".repeat(gap) } else { format!("{mark}{}", " ".repeat(gap)) };
            self.wrapped(&before, &note.text, note.look)?;
        }
        Ok(())
    }

    fn headings(&mut self, columns: &[TableColumn], block: &Block, layout: &[Placed]) -> io::Result<()> {
        let titles: Vec<Vec<&str>> = layout
            .iter()
            .map(|placed| title_of(columns, block, placed.column).split('\n').collect())
            .collect();
        let n_lines = titles.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..n_lines {
            let mut line = TerminalLine::default();
            for (placed, title) in layout.iter().zip(&titles) {
                // Headings stand on the rows: shorter ones leave their upper lines empty.
                let text = (number + title.len()).checked_sub(n_lines).map_or("", |index| title[index]);
                line.cell(placed, &columns[placed.column], text, Look::Dim);
            }
            self.line(&line)?;
        }
        Ok(())
    }

    fn row(
        &mut self,
        columns: &[TableColumn],
        row: &[Cell],
        layout: &[Placed],
        labels: &[BTreeMap<&str, String>],
    ) -> io::Result<()> {
        let n_lines = layout.iter().map(|placed| row[placed.column].lines.len()).max().unwrap_or(0);
        for number in 0..n_lines {
            let mut line = TerminalLine::default();
            for (placed, labels) in layout.iter().zip(labels) {
                let (text, look) = row[placed.column]
                    .lines
                    .get(number)
                    .map_or(("", Look::Plain), |(text, look)| (text.as_str(), *look));
                let text = labels.get(text).map_or(text, String::as_str);
                line.cell(placed, &columns[placed.column], text, look);
            }
            self.line(&line)?;
        }
        Ok(())
    }

    /// Writes how many rows a list hides, below the subject column.
    fn more(&mut self, section: &Section, block: &Block, layout: &[Placed]) -> io::Result<()> {
        // The first columns are numbers. The text belongs below the names that it continues.
        let is_subject = |placed: &&Placed| section.columns[placed.column].is_elastic();
        let start = layout.iter().find(is_subject).map_or(0, |placed| placed.start);
        self.wrapped(&" ".repeat(start), &block.more, Look::Dim)
    }

    /// Commands to paste, each with what it gives as a comment behind it, or above it where both do not fit.
    fn next(&mut self, commands: &[(String, String)]) -> io::Result<()> {
        if commands.is_empty() {
            return Ok(());
        }
        writeln!(self.out)?;
        let mut title = TerminalLine::default();
        title.push("NEXT", Look::Bold);
        self.line(&title)?;
        let indent = " ".repeat(GAP);
        let widest = commands.iter().map(|(command, _)| width(command)).max().unwrap_or(0);
        let longest = commands.iter().map(|(_, gives)| width(gives)).max().unwrap_or(0);
        // All or none: comments beside some commands and above others would be hard to scan.
        let is_beside = GAP + widest + GAP + width("# ") + longest <= self.width;
        for (command, gives) in commands {
            let mut line = TerminalLine::default();
            line.push(&indent, Look::Plain);
            if is_beside {
                line.push(command, Look::Bold);
                line.pad(widest - width(command) + GAP);
                line.push("# ", Look::Dim);
                line.push(gives, Look::Dim);
                self.line(&line)?;
                continue;
            }
            line.push("# ", Look::Dim);
            line.push(&shorten_end(gives, self.width - line.width), Look::Dim);
            self.line(&line)?;
            self.command(command)?;
        }
        Ok(())
    }

    /// Writes a command; over several lines that a shell reads as one where it is too long.
    ///
    /// One with quoted words stays on its line: a break within quotes would be part of the word.
    fn command(&mut self, command: &str) -> io::Result<()> {
        if GAP + width(command) <= self.width {
            let mut line = TerminalLine::default();
            line.pad(GAP);
            line.push(command, Look::Bold);
            return self.line(&line);
        }
        if command.contains('\'') {
            // The terminal wraps it, and a copied line is still one command.
            return writeln!(self.out, "{}{command}", " ".repeat(GAP));
        }
        self.continued(command)
    }

    /// Writes a command over several lines that a shell reads as one.
    fn continued(&mut self, command: &str) -> io::Result<()> {
        let parts = command_lines(command, self.width - CONTINUATION.len() - 2 * GAP);
        for (number, part) in parts.iter().enumerate() {
            let mut line = TerminalLine::default();
            line.pad(if number == 0 { GAP } else { 2 * GAP });
            line.push(part, Look::Bold);
            if number + 1 < parts.len() {
                line.push(CONTINUATION, Look::Dim);
            }
            self.uncut_line(&line)?;
        }
        Ok(())
    }

    /// Writes text broken between words, hanging after `before`.
    fn wrapped(&mut self, before: &str, text: &str, look: Look) -> io::Result<()> {
        let hang = width(before);
        // The limit includes the hanging indent, so that notes and sentences end in one line.
        let room = self.width.min(WIDEST_SENTENCE).saturating_sub(hang);
        for (number, part) in wrap(text, room).iter().enumerate() {
            let mut line = TerminalLine::default();
            if number == 0 {
                line.push(before, if look == Look::Accent { Look::Accent } else { Look::Dim });
            } else {
                line.pad(hang);
            }
            line.push(part, if look == Look::Accent { Look::Plain } else { look });
            self.line(&line)?;
        }
        Ok(())
    }

    fn line(&mut self, line: &TerminalLine) -> io::Result<()> {
        debug_assert!(
            self.names == Names::Whole || line.width <= self.width,
            "a line of {} columns: {:?}",
            line.width,
            line.spans
        );
        self.uncut_line(line)
    }

    /// Writes a line that may be wider than the terminal.
    fn uncut_line(&mut self, line: &TerminalLine) -> io::Result<()> {
        // Trailing blanks, which padding leaves, would show in diffs and copied text.
        let last = line.spans.iter().rposition(|(text, _)| !text.trim_end().is_empty());
        let n_spans = last.map_or(0, |position| position + 1);
        let mut is_start = true;
        for (position, (text, look)) in line.spans[..n_spans].iter().enumerate() {
            let text = if position + 1 == n_spans { text.trim_end() } else { text.as_str() };
            // A name may begin with `::` in a cell, but not at the start of a line.
            let text = if is_start || text.contains("##") { without_commands(text) } else { text.into() };
            is_start &= text.trim().is_empty();
            // Blanks get no style: dimmed or bold they look the same, and cost bytes in every row.
            match style_of(*look).filter(|_| self.color && !text.trim().is_empty()) {
                Some(style) => write!(self.out, "{style}{text}{style:#}")?,
                None => self.out.write_all(text.as_bytes())?,
            }
        }
        writeln!(self.out)
    }
}

fn style_of(look: Look) -> Option<Style> {
    match look {
        Look::Plain => None,
        Look::Dim => Some(Style::new().dimmed()),
        Look::Struck => Some(Style::new().dimmed().strikethrough()),
        Look::Bold => Some(Style::new().bold()),
        Look::Accent => Some(AnsiColor::Red.on_default().bold()),
    }
}

/// A line under construction, with its width.
#[derive(Default)]
struct TerminalLine {
    spans: Vec<(String, Look)>,
    width: usize,
}

impl TerminalLine {
    fn push(&mut self, text: &str, look: Look) {
        self.width += width(text);
        self.spans.push((text.to_owned(), look));
    }

    fn pad(&mut self, n: usize) {
        self.push(&" ".repeat(n), Look::Plain);
    }

    fn cell(&mut self, placed: &Placed, column: &TableColumn, text: &str, look: Look) {
        let text = match column.content {
            Content::Path => shorten_path(text, placed.width),
            Content::Function => shorten_function(text, placed.width),
            _ => shorten_end(text, placed.width),
        };
        let free = placed.width - width(&text);
        // The previous cell may be wider than its column if names stay whole.
        self.pad(placed.start.saturating_sub(self.width));
        if column.content == Content::Number {
            self.pad(free);
            self.push(&text, look);
        } else {
            self.push(&text, look);
            self.pad(free);
        }
    }
}

/// A column that is shown.
struct Placed {
    /// Position among the section's columns.
    column: usize,
    /// Its first column of the terminal, counted from 0.
    start: usize,
    width: usize,
}

fn title_of<'a>(columns: &'a [TableColumn], block: &Block, column: usize) -> &'a str {
    let subject = columns.iter().position(TableColumn::is_elastic);
    match block.subject {
        Some(title) if subject == Some(column) => title,
        _ => &columns[column].title,
    }
}

/// The labels of the texts of a block, per column of the layout; none for columns that do not name
/// anything: of texts only the first column names its row.
fn labels_of<'a>(section: &Section, block: &'a Block, layout: &[Placed]) -> Vec<BTreeMap<&'a str, String>> {
    let labels = |placed: &Placed| {
        let content = section.columns[placed.column].content;
        // A title or a worst function may well be the same in two rows. Two rows with the same name
        // may not.
        if content != Content::Path && (placed.column, content) != (0, Content::Text) {
            return BTreeMap::new();
        }
        let texts = block.rows.iter().flat_map(|row| &row[placed.column].lines);
        distinct(texts.map(|(text, _)| text.as_str()), placed.width, content)
    };
    layout.iter().map(labels).collect()
}

/// The widths that columns would like to have: the widest of their headings and cells.
fn natural_widths(section: &Section) -> Vec<usize> {
    (0..section.columns.len())
        .map(|column| {
            let titles = section
                .blocks
                .iter()
                .flat_map(|block| title_of(&section.columns, block, column).split('\n').map(width));
            let cells = section.blocks.iter().flat_map(|block| {
                block.rows.iter().flat_map(move |row| row[column].lines.iter().map(|(text, _)| width(text)))
            });
            titles.chain(cells).max().unwrap_or(0)
        })
        .collect()
}

/// Which columns fit, and how wide each is.
///
/// Columns that are never dropped come first, the naming column in full up to [`WHOLE_NAME`]; then the others
/// as long as they fit, the smallest `drop` first. Only when all are shown does longer text grow, so a wider
/// terminal never shows less.
fn layout(section: &Section, room: usize, names: Names) -> Vec<Placed> {
    let columns = &section.columns;
    let natural = natural_widths(section);
    let naming = columns.iter().position(TableColumn::is_elastic);
    let comfort = |column: usize| match columns[column].is_elastic() {
        // Names are what a reader searches and copies, so they get their room first.
        true if naming == Some(column) => natural[column].min(columns[column].comfort.max(WHOLE_NAME)),
        true => natural[column].min(columns[column].comfort),
        false => natural[column],
    };
    let mut candidates: Vec<usize> =
        (0..columns.len()).filter(|column| has_content(section, *column)).collect();
    // Ties go from left to right.
    candidates.sort_by_key(|column| (columns[*column].drop, *column));
    let n_candidates = candidates.len();
    let n_kept = candidates.iter().filter(|column| columns[**column].drop == 0).count();
    let mut shown: Vec<(usize, usize)> =
        candidates[..n_kept].iter().map(|column| (*column, comfort(*column))).collect();
    shrink(&mut shown, columns, room);
    for column in &candidates[n_kept..] {
        shown.push((*column, comfort(*column)));
        // The first column that does not fit ends the search, even if a later one is narrower. A
        // wider terminal then only adds columns, and never swaps one for another.
        if total(&shown) > room {
            shown.pop();
            break;
        }
    }
    // Back to the order of the definition.
    shown.sort_unstable();
    // Text stays short until every column is shown: a further figure says more than a longer title.
    if shown.len() == n_candidates {
        grow(&mut shown, &natural, room);
    }
    // Last, and without taking room from the others: the line may grow beyond the width, because
    // another program reads it.
    if names == Names::Whole
        && let Some((_, width)) = shown.iter_mut().find(|(column, _)| naming == Some(*column))
    {
        *width = natural[naming.expect("it was found")];
    }
    let mut start = 0;
    let place = |(column, width)| {
        let placed = Placed { column, start, width };
        start += width + GAP;
        placed
    };
    shown.into_iter().map(place).collect()
}

fn has_content(section: &Section, column: usize) -> bool {
    let mut rows = section.blocks.iter().flat_map(|block| &block.rows);
    rows.any(|row| row[column].lines.iter().any(|(text, _)| !text.is_empty()))
}

/// The width of columns with their gaps.
fn total(shown: &[(usize, usize)]) -> usize {
    shown.iter().map(|(_, width)| width).sum::<usize>() + GAP * shown.len().saturating_sub(1)
}

/// Narrows text, the widest first; where extreme figures leave no room at all, every column.
fn shrink(shown: &mut [(usize, usize)], columns: &[TableColumn], room: usize) {
    while total(shown) > room {
        let elastic = shown.iter_mut().filter(|(column, _)| columns[*column].is_elastic());
        match elastic.max_by_key(|(_, width)| *width) {
            Some((_, width)) if *width > NARROWEST_TEXT => *width -= 1,
            _ => break,
        }
    }
    while total(shown) > room {
        // Numbers are cut only here. A column of width 0 ends nothing: the widest one still has a
        // column to give, since the narrowest terminal is wider than the gaps.
        let Some((_, width)) = shown.iter_mut().max_by_key(|(_, width)| *width) else { break };
        *width -= 1;
    }
}

/// Gives the room that is left to the shortened texts in turn.
fn grow(shown: &mut [(usize, usize)], natural: &[usize], room: usize) {
    // The fixed columns alone may be wider than the room.
    let mut free = room.saturating_sub(total(shown));
    while free > 0 {
        let before = free;
        // One column each in turn, so that a very long title does not take all.
        for (column, width) in shown.iter_mut() {
            if free > 0 && *width < natural[*column] {
                *width += 1;
                free -= 1;
            }
        }
        if free == before {
            break;
        }
    }
}

/// A command in lines of at most `limit` columns, broken between its words only. A longer word has a line of
/// its own: cut in two it would be another argument.
fn command_lines(command: &str, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_quoted = false;
    let words = command.split(|character| {
        is_quoted ^= character == '\'';
        character == ' ' && !is_quoted
    });
    for word in words {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::command_lines;

    #[test]
    fn a_command_is_broken_between_its_words() {
        let command = "debtscan 'my docs/a b' --incidents /a/very/long/path.csv";
        let lines = ["debtscan", "'my docs/a b'", "--incidents", "/a/very/long/path.csv"];
        assert_eq!(command_lines(command, 13), lines);
    }
}
