//! How to render: the format, and what bounds it.

use debtscan_findings::Grouping;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned text for a terminal.
    Table,
    /// One JSON document with `schema_version`.
    Json,
    /// One JSON object per line and row.
    Ndjson,
    /// Comma-separated values, one header line.
    Csv,
    /// GitHub-flavoured Markdown.
    Markdown,
    /// One self-contained web page.
    Html,
}

/// A tracker whose import format tickets are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracker {
    /// GitHub: one JSON object per line, the body of a request that creates an issue.
    Github,
    /// Jira: CSV with Jira's own markup.
    Jira,
    /// Linear: CSV with Markdown.
    Linear,
    /// Azure DevOps: CSV with HTML.
    AzureDevops,
}

/// An image of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Image {
    /// SVG: areas by what is expected of them.
    Areas,
    /// SVG: incidents and commits by quarter.
    Time,
    /// SVG: files by change and complexity.
    Corners,
    /// SVG: files as rectangles within their areas.
    Map,
    /// SVG: the main figure as a badge.
    Badge,
    /// JSON: the main figure for the endpoint badge of shields.io.
    Shields,
}

/// Whether the names of rows are shortened to fit; only for [`Format::Table`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// To the width of the terminal.
    Fitted,
    /// Never: another program reads them, and `grep` must find a path.
    Whole,
}

/// How much of a report a table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// One screen: the headline, the areas, where to start, and what is missing.
    Summary,
    /// Every section.
    Full,
}

/// The order of a report's areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By expected cost: the ranking.
    Cost,
    /// By the rise of incidents over the year before.
    Changed,
}

/// What a suggested command must repeat to mean the same repository and incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invocation {
    /// How the user calls debtscan, as one word of a shell; `None` for its name.
    pub program: Option<String>,
    /// The repository as the user named it, as one word of a shell; `None` for the current folder.
    pub repository: Option<String>,
    /// Further arguments, each one word of a shell (`--incidents`, `costs.csv`).
    pub arguments: Vec<String>,
}

/// What happens to cells that a spreadsheet would run as a formula; only for [`Format::Csv`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Formulas {
    /// An apostrophe comes before them.
    #[default]
    Escape,
    /// They stay as they are, for programs that join by them.
    Keep,
}

/// How to render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderOptions {
    /// The format.
    pub format: Format,
    /// Rows of the table, CSV and NDJSON formats.
    pub group: Grouping,
    /// The order of a report's areas.
    pub sort: Sort,
    /// Longest list; `None`: 10 rows for people (table, Markdown), 5 in the secondary lists of a report;
    /// all for machines.
    pub top: Option<usize>,
    /// Columns of the terminal; only for [`Format::Table`].
    pub width: usize,
    /// Whether names of rows are shortened.
    pub names: Names,
    /// How much a table of a report shows; Markdown always shows everything.
    pub detail: Detail,
    /// Whether to emit ANSI colour; only for [`Format::Table`].
    pub color: bool,
    /// What happens to formulas; only for [`Format::Csv`].
    pub formulas: Formulas,
    /// What suggested commands repeat; only for [`Format::Table`] and [`Format::Markdown`].
    pub invocation: Invocation,
}

impl Invocation {
    /// A debtscan command on the same repository and incidents.
    pub(crate) fn command(&self, words: &str) -> String {
        // The command comes first and the repository after it, as every usage line has them.
        let program = self.program.as_deref().unwrap_or("debtscan");
        let mut command = program.to_owned();
        let words = Some(words).filter(|words| !words.is_empty());
        let given = self.repository.iter().chain(&self.arguments).map(String::as_str);
        for word in words.into_iter().chain(given) {
            command.push(' ');
            command.push_str(word);
        }
        command
    }
}
