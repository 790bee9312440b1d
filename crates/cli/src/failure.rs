//! Errors that stop a run: one line with the causes, and maybe an excerpt and a hint.

use std::error::Error;
use std::fmt;
use std::io;

use anstyle::{AnsiColor, Style};
use debtscan_app::{AppError, CaseError, ExplainError, FileError, Refused, TrendError, VerifyError};
use debtscan_render as render;

use crate::config::ConfigError;

/// Hint for the owner of a link that debtscan does not follow.
pub(crate) const NAME_THE_TARGET: &str = "if the link is yours, name the file that it points to";

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Why a run failed, with a hint for the user.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Box<dyn Error + Send + Sync>,
    hint: Option<String>,
}

impl Failure {
    /// Wraps an error whose text and sources name the attempt and the reason of its failure.
    pub(crate) fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { error: error.into(), hint: None }
    }

    /// The error without its hint.
    pub(crate) fn error(&self) -> &(dyn Error + 'static) {
        self.error.as_ref()
    }

    /// Adds a hint.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the output pipe was closed (broken pipe).
    pub(crate) fn is_broken_pipe(&self) -> bool {
        // The workflow wraps the error of the stream, and other layers may wrap that.
        chain(self.error.as_ref())
            .filter_map(|error| error.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The text for standard error, styled for a terminal, ending in a newline.
    pub(crate) fn render(&self) -> String {
        let mut text = error_line(&whole_text(self.error.as_ref()));
        // No other error knows lines of a file.
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

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let hint = hint(&error);
        let error: Box<dyn Error + Send + Sync> = match error {
            // These texts name the act alone, because other errors use them as a cause.
            AppError::Build(error) | AppError::Trend(TrendError::Build(error)) => Cannot(error).into(),
            error => error.into(),
        };
        Self { error, hint }
    }
}

/// What the user can do about an error of a workflow; `None` if nothing.
fn hint(error: &AppError) -> Option<String> {
    // No wildcard: a new error needs a decision about its hint.
    let hint = match error {
        AppError::File(FileError::Read { source, .. }) if is_refused(source) => {
            "a debtscan.toml found in a repository can only name files of that repository: \
             name the file on the command line, or the configuration with --config"
        }
        AppError::File(FileError::Refused { .. }) => NAME_THE_TARGET,
        AppError::EmptyKey { .. } => "write a long random secret into it, and keep it private",
        AppError::UnknownLeaver { nearest: None, .. } => {
            "names and addresses are those of `git shortlog --summary --email`, in any letter case"
        }
        AppError::UnknownLeaver { nearest: Some(nearest), .. } => {
            return Some(format!("did you mean `{nearest}`?"));
        }
        AppError::Planning(error) => return Some(error.hint()).filter(|hint| !hint.is_empty()),
        AppError::Case(error) => return hint_of_case(error),
        AppError::Accounts(error) => return Some(error.hint()).filter(|hint| !hint.is_empty()),
        AppError::Incidents(error) => return Some(error.hint()).filter(|hint| !hint.is_empty()),
        AppError::Scan(error) => error.hint()?,
        AppError::Explain(error) => return Some(hint_of_explain(error)),
        AppError::Verify(error) => return hint_of_verify(error),
        AppError::Trend(error) => return hint_of_trend(error),
        AppError::NotTheDemo { .. } => "name a folder that does not exist: `debtscan demo FOLDER`",
        AppError::File(FileError::Read { .. })
        | AppError::Demo(_)
        | AppError::LeaversNotText { .. }
        | AppError::Cache(_)
        | AppError::Build(_) => {
            return None;
        }
    };
    Some(hint.to_owned())
}

/// Whether the boundary, not the system, refused to read a file.
fn is_refused(error: &io::Error) -> bool {
    error.get_ref().and_then(|error| error.downcast_ref::<Refused>()).is_some()
}

const LIST_THE_TARGETS: &str = "`debtscan areas` lists all areas, with `--group file` all files";

fn hint_of_explain(error: &ExplainError) -> String {
    match error {
        ExplainError::UnknownTarget { suggestions, .. } if !suggestions.is_empty() => {
            format!("did you mean {}?", suggestions.join(", "))
        }
        ExplainError::UnknownTarget { .. } => LIST_THE_TARGETS.to_owned(),
        ExplainError::Folder { areas, .. } => format!(
            "explain {}: {}; `debtscan FOLDER` ranks a folder, `debtscan trend` shows how it changed",
            if areas.len() == 1 { "its area" } else { "one of its areas" },
            some_of(areas)
        ),
    }
}

fn hint_of_case(error: &CaseError) -> Option<String> {
    match error {
        CaseError::UnknownArea { areas, .. } if !areas.is_empty() => {
            Some(format!("its areas are such as {}; `debtscan areas` lists all", areas.join(", ")))
        }
        CaseError::UnknownArea { .. } | CaseError::Costs(_) => None,
    }
}

fn hint_of_verify(error: &VerifyError) -> Option<String> {
    match error {
        VerifyError::UnknownArea { areas, .. } if !areas.is_empty() => {
            Some(format!("its areas are such as {}; `debtscan areas` lists all", areas.join(", ")))
        }
        VerifyError::NotPast => {
            Some("give the day of the fix with --since, before the scanned commit".to_owned())
        }
        VerifyError::NoCommit | VerifyError::NoCode { .. } => {
            Some("choose a later day with --since".to_owned())
        }
        VerifyError::TooFewKnown { .. } => {
            Some("choose a later day with --since, or add incidents of the time before".to_owned())
        }
        VerifyError::UnknownArea { .. } | VerifyError::Build(_) => None,
    }
}

fn hint_of_trend(error: &TrendError) -> Option<String> {
    match error {
        TrendError::UnknownTarget { suggestions, .. } if !suggestions.is_empty() => {
            Some(format!("did you mean {}?", suggestions.join(", ")))
        }
        TrendError::UnknownTarget { .. } => Some(LIST_THE_TARGETS.to_owned()),
        TrendError::UnknownFunction { candidates, .. } if !candidates.is_empty() => {
            Some(format!("it has {}", candidates.join(", ")))
        }
        TrendError::UnknownFunction { .. } | TrendError::Build(_) => None,
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

/// An error whose own text only names the act that failed (`divide the files into areas`).
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
    // Each text leaves its cause to the next, so nothing is said twice.
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

/// `accepted: …`
pub(crate) fn accepted_line(message: &str) -> String {
    labelled(HINT, "accepted", message)
}

/// One line with a coloured label. Characters of the message that are not visible, which may come from a
/// path, are shown as escapes.
fn labelled(style: Style, label: &str, message: &str) -> String {
    // Line ends too: a message with its own `error:` line could imitate another one.
    format!("{style}{label}:{style:#} {}\n", render::visible(message.trim_end().as_bytes()))
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
        assert_eq!(plain(&failure), "error: cannot read `a\\x1b[2J\\nb`: no\n");
    }

    #[test]
    fn a_path_cannot_change_the_direction_of_the_text() {
        let failure = Failure::new(Outer("a\u{202e}b", io::Error::other("no")));
        assert_eq!(plain(&failure), "error: cannot read `a\\u{202e}b`: no\n");
    }

    #[test]
    fn a_broken_pipe_is_recognised_below_other_errors() {
        let broken = io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(Failure::new(Outer("standard output", broken)).is_broken_pipe());
        assert!(!Failure::new(io::Error::other("no")).is_broken_pipe());
    }
}
