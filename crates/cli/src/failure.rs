//! What stops a run: one line of error with its causes, perhaps a place, perhaps a hint.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::io;

use anstyle::{AnsiColor, Style};
use debtscan_incidents::{AccountsError, IncidentError};
use debtscan_reporter::trend::TrendError;
use debtscan_reporter::{BuildError, ExplainError, Privacy};
use debtscan_scanner::{CacheError, ScanError};

use crate::config::ConfigError;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Why a run failed, and what the user can do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Box<dyn Error + Send + Sync>,
    hint: Option<String>,
}

impl Failure {
    /// Wraps an error whose text, followed by its sources', tells what was attempted and why it
    /// failed.
    pub(crate) fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { error: error.into(), hint: None }
    }

    /// An incident file that is of no use.
    pub(crate) fn of_incidents(error: IncidentError, privacy: Privacy) -> Self {
        match privacy {
            Privacy::Open => error.into(),
            Privacy::Redacted => error.redacted().into(),
        }
    }

    /// An accounts file that is of no use.
    pub(crate) fn of_accounts(error: &AccountsError) -> Self {
        Self::new(error.to_string()).with_hint(error.hint())
    }

    /// Adds what the user can do.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the reader of the output went away: nobody is left to be told.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        chain(self.error.as_ref())
            .filter_map(|error| error.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The text for standard error, styled for a terminal, ending in a newline.
    pub(crate) fn render(&self) -> String {
        let mut text = error_line(&whole_text(self.error.as_ref()));
        if let Some(error) = self.error.downcast_ref::<ConfigError>() {
            text.push_str(&error.snippet());
        }
        if let Some(hint) = &self.hint {
            text.push_str(&hint_line(hint));
        }
        text
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(error)
    }
}

impl From<IncidentError> for Failure {
    fn from(error: IncidentError) -> Self {
        let hint = Some(error.hint()).filter(|hint| !hint.is_empty());
        Self { error: error.into(), hint }
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        let hint = error.hint().map(ToOwned::to_owned);
        Self { error: error.into(), hint }
    }
}

impl From<CacheError> for Failure {
    fn from(error: CacheError) -> Self {
        Self::new(error)
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::new(Cannot(error))
    }
}

impl From<ExplainError> for Failure {
    fn from(error: ExplainError) -> Self {
        let hint = match &error {
            ExplainError::UnknownTarget { suggestions, .. } if !suggestions.is_empty() => {
                Some(format!("did you mean {}?", suggestions.join(", ")))
            }
            ExplainError::UnknownTarget { .. } => {
                Some("`debtscan --top 1000` lists the areas, with `--group file` the files".to_owned())
            }
            ExplainError::Folder { areas, .. } => Some(format!(
                "explain {}: {}; `debtscan FOLDER` ranks what lies below a folder, `debtscan trend` shows how it grew",
                if areas.len() == 1 { "its area" } else { "one of its areas" },
                some_of(areas)
            )),
            ExplainError::Build(_) => None,
        };
        Self { error: Cannot(error).into(), hint }
    }
}

impl From<TrendError> for Failure {
    fn from(error: TrendError) -> Self {
        let hint = match &error {
            TrendError::UnknownTarget { suggestions, .. } if !suggestions.is_empty() => {
                Some(format!("did you mean {}?", suggestions.join(", ")))
            }
            TrendError::UnknownTarget { .. } => {
                Some("`debtscan --top 1000` lists the areas, with `--group file` the files".to_owned())
            }
            TrendError::UnknownFunction { candidates, .. } if !candidates.is_empty() => {
                Some(format!("it has {}", candidates.join(", ")))
            }
            TrendError::UnknownFunction { .. } | TrendError::Build(_) => None,
        };
        Self { error: Cannot(error).into(), hint }
    }
}

/// The first few names, and how many others there are.
fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// An error whose own text only names the act that failed (`find an area called "x"`).
#[derive(Debug)]
struct Cannot<E>(E);

impl<E: Error> fmt::Display for Cannot<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}", self.0)
    }
}

impl<E: Error> Error for Cannot<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| Error::source(*error))
}

/// An error and its causes on one line.
pub(crate) fn whole_text(error: &(dyn Error + 'static)) -> String {
    let messages: Vec<String> = chain(error).map(ToString::to_string).collect();
    messages.join(": ")
}

/// `error: …`
pub(crate) fn error_line(message: &str) -> String {
    labelled(ERROR, "error", message)
}

/// `warning: …`
pub(crate) fn warning_line(message: &str) -> String {
    labelled(WARNING, "warning", message)
}

/// `hint: …`
pub(crate) fn hint_line(message: &str) -> String {
    labelled(HINT, "hint", message)
}

/// One line with a coloured label. Control characters of the message, which may come from a path,
/// are shown as escapes.
fn labelled(style: Style, label: &str, message: &str) -> String {
    let mut line = format!("{style}{label}:{style:#} ");
    for character in message.trim_end().chars() {
        if character.is_control() {
            write!(line, "{}", character.escape_default()).expect("a string takes any text");
        } else {
            line.push(character);
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::Failure;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read `{0}`")]
    struct Outer(&'static str, #[source] io::Error);

    fn plain(failure: &Failure) -> String {
        anstream::adapter::strip_str(&failure.render()).to_string()
    }

    #[test]
    fn causes_share_the_line_and_the_hint_has_its_own() {
        let failure = Failure::new(Outer("a.csv", io::Error::other("no luck"))).with_hint("try b.csv");
        assert_eq!(plain(&failure), "error: cannot read `a.csv`: no luck\nhint: try b.csv\n");
    }

    #[test]
    fn a_path_cannot_control_the_terminal() {
        let failure = Failure::new(Outer("a\u{1b}[2J\nb", io::Error::other("no")));
        assert_eq!(plain(&failure), "error: cannot read `a\\u{1b}[2J\\nb`: no\n");
    }

    #[test]
    fn a_broken_pipe_is_recognised_below_other_errors() {
        let broken = io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(Failure::new(Outer("standard output", broken)).is_broken_pipe());
        assert!(!Failure::new(io::Error::other("no")).is_broken_pipe());
    }
}
