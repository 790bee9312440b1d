//! Why areas could not be made.

/// Areas could not be made the way that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreaError {
    /// `config` was asked for and there is no `[[area]]`.
    #[error("cannot take areas from the configuration: it has no [[area]]")]
    NoRules,
    /// `codeowners` was asked for and there is no such file.
    #[error("cannot take areas from CODEOWNERS: the scanned revision has no such file")]
    NoCodeOwners,
    /// `packages` was asked for and no folder holds a package manifest.
    #[error("cannot take areas from packages: no folder with source files holds a package manifest")]
    NoPackages,
    /// An area's pattern is not a glob.
    #[error("cannot read pattern {pattern:?} of area {area:?}: {reason}")]
    InvalidPattern {
        /// The area's name.
        area: String,
        /// The pattern as written.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two areas have the same name, or one has none.
    #[error("cannot tell areas apart: the name {0:?} is empty or used twice")]
    InvalidName(String),
    /// Two areas were given the same id, or an empty one.
    #[error("cannot tell areas apart: the id {0:?} is empty or used twice")]
    InvalidId(String),
}
