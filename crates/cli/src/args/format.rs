//! Values of `--format`: every word, and which command takes which.
//!
//! The help and the error messages derive from these lists, so that no command accepts a format that it ignores.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use debtscan_render::{Format, ToolFormat};

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatWord {
    /// Aligned text for a terminal
    Table,
    /// One JSON document with every figure
    Json,
    /// One JSON object per line
    Ndjson,
    /// Comma-separated values with a header
    Csv,
    /// GitHub-flavoured Markdown
    Markdown,
    /// One web page that needs no other file
    Html,
    /// Findings as SARIF 2.1.0 for code scanning, at most 1,000
    Sarif,
    /// Findings as annotations of GitHub Actions, at most 10 of each kind
    Github,
    /// Findings as Markdown for the job summary of GitHub Actions
    GithubSummary,
    /// Findings as Code Quality report of GitLab, at most 1,000
    Gitlab,
    /// Findings as JUnit XML, at most 1,000
    Junit,
    /// Figures for Prometheus and OpenMetrics
    Openmetrics,
    /// One flat JSON object per area for developer portals
    Facts,
    /// CSV with one figure per row, the same columns for every repository
    CsvLong,
}

/// Formats of every command that prints findings for people.
const DOCUMENTS: [FormatWord; 6] = [
    FormatWord::Table,
    FormatWord::Json,
    FormatWord::Ndjson,
    FormatWord::Csv,
    FormatWord::Markdown,
    FormatWord::Html,
];

/// Formats for pipelines and dashboards, which need a whole report.
const SINKS: [FormatWord; 8] = [
    FormatWord::Sarif,
    FormatWord::Github,
    FormatWord::GithubSummary,
    FormatWord::Gitlab,
    FormatWord::Junit,
    FormatWord::Openmetrics,
    FormatWord::Facts,
    FormatWord::CsvLong,
];

/// The formats of most commands.
pub(crate) fn document_formats() -> impl TypedValueParser<Value = FormatWord> {
    one_of(DOCUMENTS.to_vec())
}

/// The formats of a report.
pub(crate) fn report_formats() -> impl TypedValueParser<Value = FormatWord> {
    one_of([&DOCUMENTS[..], &SINKS].concat())
}

/// The formats of a trend.
pub(crate) fn trend_formats() -> impl TypedValueParser<Value = FormatWord> {
    one_of([&DOCUMENTS[..], &[FormatWord::Openmetrics]].concat())
}

fn one_of(words: Vec<FormatWord>) -> impl TypedValueParser<Value = FormatWord> {
    let values = words.into_iter().map(|word| word.to_possible_value().expect("no word is hidden"));
    PossibleValuesParser::new(values)
        .map(|word| FormatWord::from_str(&word, false).expect("one of the possible values"))
}

impl FormatWord {
    /// The format for pipelines and dashboards; `None` for a document.
    pub(crate) fn sink(self) -> Option<ToolFormat> {
        let sink = match self {
            Self::Table | Self::Json | Self::Ndjson | Self::Csv | Self::Markdown | Self::Html => return None,
            Self::Sarif => ToolFormat::Sarif,
            Self::Github => ToolFormat::Github,
            Self::GithubSummary => ToolFormat::GithubSummary,
            Self::Gitlab => ToolFormat::Gitlab,
            Self::Junit => ToolFormat::Junit,
            Self::Openmetrics => ToolFormat::Openmetrics,
            Self::Facts => ToolFormat::Facts,
            Self::CsvLong => ToolFormat::CsvLong,
        };
        Some(sink)
    }
}

impl From<FormatWord> for Format {
    fn from(word: FormatWord) -> Self {
        match word {
            FormatWord::Table => Self::Table,
            FormatWord::Ndjson => Self::Ndjson,
            FormatWord::Csv => Self::Csv,
            FormatWord::Markdown => Self::Markdown,
            FormatWord::Html => Self::Html,
            // Programs read the others as they read JSON: with every row, and without notes for people.
            FormatWord::Json
            | FormatWord::Sarif
            | FormatWord::Github
            | FormatWord::GithubSummary
            | FormatWord::Gitlab
            | FormatWord::Junit
            | FormatWord::Openmetrics
            | FormatWord::Facts
            | FormatWord::CsvLong => Self::Json,
        }
    }
}
