//! Packages and workspaces, as stated by the files of build tools.

use crate::RepoPath;

/// A file of a build tool at the scanned revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its path.
    pub path: RepoPath,
    /// The tool that reads it.
    pub tool: BuildTool,
    /// The name of the package; `None` if it states none or could not be parsed.
    pub name: Option<String>,
    /// The packages of the workspace whose root it is; `None` if it is not such a root.
    pub workspace: Option<Workspace>,
    /// Folders of other packages that it uses by path, relative to its own folder.
    pub uses: Vec<String>,
}

/// The packages of a workspace: patterns of folders, relative to the folder of the manifest. `*` matches
/// any part of a folder's name, `**` any number of folders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workspace {
    /// Patterns of member folders.
    pub members: Vec<String>,
    /// Patterns of folders that are not members, including everything below them, even if a member pattern
    /// matches.
    pub excluded: Vec<String>,
}

/// The tool that reads a manifest. Workspaces contain packages of one tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuildTool {
    /// `Cargo.toml`.
    Cargo,
    /// `package.json`, `pnpm-workspace.yaml`: npm, pnpm and yarn.
    Npm,
    /// `go.mod`, `go.work`.
    Go,
    /// `pom.xml`.
    Maven,
    /// `build.gradle`, `settings.gradle` and their Kotlin forms.
    Gradle,
    /// `pyproject.toml`, `setup.py`, `setup.cfg`.
    Python,
    /// `composer.json`.
    Composer,
    /// `mix.exs`.
    Mix,
    /// `pubspec.yaml`, `melos.yaml`.
    Dart,
    /// `Package.swift`.
    Swift,
    /// `build.sbt`.
    Sbt,
    /// `DESCRIPTION`.
    R,
    /// `rebar.config`.
    Rebar,
}

impl BuildTool {
    /// The tool that reads files of this name; `None` for any other file.
    pub fn of(file_name: &[u8]) -> Option<Self> {
        Some(match file_name {
            b"Cargo.toml" => Self::Cargo,
            // pnpm states its workspace in a file of its own, but its packages are npm's.
            b"package.json" | b"pnpm-workspace.yaml" => Self::Npm,
            b"go.mod" | b"go.work" => Self::Go,
            b"pom.xml" => Self::Maven,
            b"build.gradle" | b"build.gradle.kts" | b"settings.gradle" | b"settings.gradle.kts" => {
                Self::Gradle
            }
            b"pyproject.toml" | b"setup.py" | b"setup.cfg" => Self::Python,
            b"composer.json" => Self::Composer,
            b"mix.exs" => Self::Mix,
            b"pubspec.yaml" | b"melos.yaml" => Self::Dart,
            b"Package.swift" => Self::Swift,
            b"build.sbt" => Self::Sbt,
            b"DESCRIPTION" => Self::R,
            b"rebar.config" => Self::Rebar,
            _ => return None,
        })
    }
}
